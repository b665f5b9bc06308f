"""What is typed above the list of runs, and runs in groups."""

from __future__ import annotations

import statistics
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runs.columns import FACTS, differing, figure_keys, setting_keys, value_of
from app.runs.groups import BY_SEED, grouped_by
from app.runs.labels import Labels
from app.runs.query import read_query
from app.runs.store import Run
from app.runs.summaries import Summary


def summary(name: str, loss: float, labels: Labels | None = None, **settings: object) -> Summary:
    figures = {"loss": loss, "accuracy": 1 - loss}
    run = Run(Path(name), "finished", 3, figures, {"loss": loss}, 6.0, best=figures, last=figures)
    told = {"optimizer": "Adam", "lr": 0.1, "seed": 0, **settings}
    return Summary(run, labels or Labels(), "Net", 1.0, told)  # type: ignore[arg-type]


RUNS = (
    summary("a", 0.5, Labels("First", ("good", "old"), "tried with Dropout")),
    summary("b", 0.25, Labels(is_starred=True), optimizer="SGD"),
    summary("c", 0.125, lr=0.01, dropout="with"),
)
KEYS = {*FACTS, *figure_keys(RUNS), *setting_keys(RUNS)}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", "abc"),
        ("first", "a"),
        ("DROPOUT", "a"),
        ("net", "abc"),
        ("accuracy>0.6", "bc"),
        ("loss<=0.25", "bc"),
        ("loss>=0.25 loss<0.5", "b"),
        ("test.loss<0.2", "c"),
        ("optimizer=sgd", "b"),
        ("optimizer!=SGD", "ac"),
        ("optimizer:da", "ac"),
        ("lr=1e-1", "ab"),
        ("lr=.01", "c"),
        ("tag=good", "a"),
        ("tag=goo", ""),
        ("tag:goo", "a"),
        ("-tag=good", "bc"),
        ("starred", "b"),
        ("-starred", "ac"),
        ("dropout=with", "c"),
        ("dropout!=with", "ab"),
        ("dropout>1", ""),
        ('"tried with"', "a"),
        ('"tried with', "a"),
        ("outcome=finished is=finished", "abc"),
        ("accuracy>", "abc"),
        ("accuracy>x", ""),
        ("-", ""),
    ],
)
def test_what_a_line_leaves(text: str, left: str) -> None:
    query = read_query(text, KEYS)
    assert "".join(each.run.folder.name for each in RUNS if query.admits(each)) == left
    assert query.unknown == ()


def test_what_no_run_has_is_told_and_leaves_all() -> None:
    query = read_query("colour=3 accuracy>0.6 size<2", KEYS)
    assert query.unknown == ("colour", "size")
    assert [query.admits(each) for each in RUNS] == [False, True, True]


@given(st.text())
def test_any_line_means_something(text: str) -> None:
    query = read_query(text, KEYS)
    assert all(query.admits(each) in (True, False) for each in RUNS)


def test_figures_of_each_kind_have_a_key() -> None:
    assert [value_of(RUNS[0], key) for key in ("loss", "best.accuracy", "test.loss")] == [0.5] * 3
    assert value_of(RUNS[0], "test.accuracy") is None
    assert differing(RUNS) == ("optimizer", "lr", "dropout")
    two = replace(RUNS[0], run=replace(RUNS[0].run, validation={"mask.iou": 0.5}))
    assert value_of(two, "mask.iou") == 0.5, "a figure of one of several outputs"


def test_runs_that_differ_in_their_seed_alone_are_one_group() -> None:
    losses = (0.5, 0.25, 0.3)
    seeds = [summary(str(at), loss, seed=at) for at, loss in enumerate(losses)]
    others = [summary("x", 0.1, lr=0.2), summary("y", 0.1, lr=0.2, seed=1)]
    groups = grouped_by([*seeds, *others], [BY_SEED])
    assert [len(each.runs) for each in groups] == [3, 2]
    spread = groups[0].spread("loss")
    assert spread is not None
    assert spread.mean == pytest.approx(statistics.mean(losses))
    assert spread.deviation == pytest.approx(statistics.stdev(losses))
    assert groups[0].spread("epochs_done") is not None
    assert groups[0].spread("optimizer") is None


def test_runs_are_grouped_by_what_they_have_in_common() -> None:
    groups = grouped_by(RUNS, ["optimizer"])
    assert [(each.values, len(each.runs)) for each in groups] == [(("Adam",), 2), (("SGD",), 1)]
    alone = groups[1].spread("loss")
    assert alone is not None
    assert (alone.mean, alone.deviation, alone.count) == (0.25, 0.0, 1)
