"""What observers saw of a run, summed up by hand and by NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from app.runs.columns_of_steps import Columns, Histogram, LayerColumns, joined
from app.runs.events import Load, Observed, Steps
from app.runs.record import Record
from app.runs.watched import Watched


def test_norms_are_joined_and_it_is_counted_how_often_clipping_acted() -> None:
    watched = Watched()
    for step, after in ((1, 5.0), (2, 1.0)):
        norms = {"a": 0.6 * after, "b": 0.8 * after}
        before = {"a": 3.0, "b": 4.0, "of nobody": 7.0}
        watched.add(Observed(step, {"gradient_norm": norms, "unclipped_norm": before}))
    np.testing.assert_allclose(watched.gradient_norm.y, [5, 1])
    np.testing.assert_allclose(watched.unclipped_norm.y, [5, 5])
    np.testing.assert_allclose(watched.clipped.y, [0, 50])


def test_the_spread_of_updates_is_that_of_numpy() -> None:
    watched = Watched()
    ratios = {str(number): 10.0**-number for number in range(8)}
    watched.add(Observed(4, {"update_ratio": ratios}))
    low, median, high = np.quantile([*ratios.values()], (0.1, 0.5, 0.9))
    found = [each.y[-1] for each in (watched.update_low, watched.update_ratio, watched.update_high)]
    assert found == pytest.approx([low, median, high])


def test_what_is_measured_beside_a_run_lies_at_its_step() -> None:
    record = Record()
    record.add(Load(5 * 2**30, None))
    record.add(Steps(3, (1.0, 1.0, 1.0), 0.1, 10.0))
    record.add(Load(6e9, 0.25))
    watched = record.watched
    np.testing.assert_array_equal(watched.memory.x, [0, 3])
    assert watched.memory.y[0] == 5
    np.testing.assert_array_equal(watched.processors.y, [25])


def test_phases_layers_and_histograms_are_kept_apart() -> None:
    watched = Watched()
    watched.add(Observed(1, {"seconds": {"forward": 0.2}}))
    arrays = {"weights": {"fc": (0.0, 1.0, *([1.0] * 64))}}
    watched.add(Observed(2, {"sizes": {"fc": 6.0}, "activation_zeros": {"act": 0.5}}, arrays))
    assert watched.milliseconds["forward"].y == [200]
    assert watched.sizes == {"fc": 6.0}
    assert [*watched.layers] == ["activation_zeros"]
    assert watched.histograms["weights"]["fc"].steps == [2]


def test_columns_stay_so_many_and_stand_for_all_there_was() -> None:
    columns: Columns[tuple[int, ...]] = Columns(lambda earlier, later: earlier + later, most=4)
    for step in range(11):
        columns.add(step, (step,))
        assert len(columns) <= 4
    assert [each for column in columns.values for each in column] == [*range(11)]
    assert columns.steps == [0, 4, 8]
    assert [len(each) for each in columns.values] == [4, 4, 3]
    alone: Columns[int] = Columns(int.__add__)
    alone.add(5, 1)
    assert alone.at(np.array([4.0, 5.0, 500.0])).tolist() == [-1, 0, 0], "until there is another"
    assert columns.at(np.array([-1.0, 0.0, 3.9, 4.0, 11.0, 12.0])).tolist() == [-1, 0, 0, 1, 2, -1]


def test_steps_that_share_a_column_show_the_mean_of_each_layer() -> None:
    layers = LayerColumns(most=2)
    seen = [{"a": 1.0}, {"a": 3.0, "late": np.nan}, {"a": 5.0, "late": 8.0}, {"a": np.inf}]
    for step, each in enumerate(seen):
        layers.add(step, each)
    assert layers.names == ["a", "late"]
    assert layers.columns.steps == [0, 2]
    np.testing.assert_array_equal(layers.means([0, 1]), [[2.0, 5.0], [np.nan, 8.0]])


def test_joining_histograms_loses_no_value() -> None:
    generator = np.random.default_rng(0)
    parts = [generator.normal(mean, 1, 4000) for mean in (0.0, 2.0)]
    found = []
    for part in parts:
        counts, edges = np.histogram(part, 64)
        found.append(Histogram.of([edges[0], edges[-1], *counts]))
    both = joined(*found)
    assert both.counts.sum() == 8000
    middle = np.linspace(both.low, both.high, 65)
    expected, _ = np.histogram(np.concatenate(parts), middle)
    assert np.abs(both.counts - expected).sum() < 0.05 * 8000
    np.testing.assert_allclose(found[0].over(-100, 100, 1), [4000])
