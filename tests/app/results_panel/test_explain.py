"""Answers of a trained model are explained: pictures place by place, tables by column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn.inspection import permutation_importance

from app.attribution import explaining
from app.results_panel.explain_views import heat_image
from app.results_panel.results import _WHY, ResultsView
from app.runs.events import Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, mlp, project

PICTURES = chain(
    ("Input", {"shape": ("N", 1, 8, 8)}),
    ("Conv2d", {"out_channels": 4}),
    ("ReLU", {}),
    ("Flatten", {}),
    ("Linear", {"out_features": 10}),
    ("Output", {}),
)


def _run(network: Network, kind: str, folder: Path) -> tuple[Job, Finished]:
    recipe = Recipe(Choice(kind), optimizer=Choice("Adam", {"lr": 0.02}), epochs=3)
    job = Job(project(network, recipe), folder=folder, threads=1)
    finished = run_headless(job, lambda _: None)
    assert isinstance(finished, Finished)
    return job, finished


@pytest.fixture(scope="module")
def flowers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, Finished]:
    return _run(mlp(4, 8, 3), "iris", tmp_path_factory.mktemp("iris"))


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, Finished]:
    return _run(PICTURES, "digits", tmp_path_factory.mktemp("digits"))


def _view(qtbot: QtBot, run: tuple[Job, Finished]) -> ResultsView:
    view = ResultsView()
    qtbot.addWidget(view)
    view.resize(704, 640)
    view.show()
    view.show_run(*run)
    qtbot.waitUntil(lambda: view._outcome is not None, timeout=60_000)
    view._tabs.setCurrentIndex(_WHY)
    return view


class _Estimator:
    """A model as scikit-learn asks one, on features as they enter."""

    def __init__(self, predictor: Predictor) -> None:
        self.predictor = predictor

    def fit(self, *_: object) -> _Estimator:
        return self

    def score(self, features: np.ndarray, target: np.ndarray) -> float:
        found = explaining._predictions(self.predictor, 0, features.astype(np.float32))
        return float((found.predicted == target).mean())


def test_columns_are_shuffled_as_scikit_learn_does(flowers: tuple[Job, Finished]) -> None:
    job, _ = flowers
    assert job.folder is not None
    predictor = Predictor(job, job.folder / BEST)
    assert explaining.explains(predictor) == "table"
    test = predictor.samples.prepared.split.test
    found = explaining.of_columns(predictor, 0, test)
    assert found.figure == "accuracy"
    features = predictor.samples.prepared.inputs[0][test]
    expected = permutation_importance(
        _Estimator(predictor), features, predictor.at(test)[0].true, random_state=0
    )
    means = sorted(expected.importances_mean.tolist(), reverse=True)
    assert [each.mean for each in found.importances] == pytest.approx(means)
    assert not explaining.of_columns(predictor, 0, test, lambda: False).importances
    line = explaining.of_column(predictor, 0, test, "petal length")
    values = predictor.samples.data.features[test, 2]
    assert values.min() - 1e-3 <= line.values.min() < line.values.max() <= values.max() + 1e-3
    assert line.means.shape == (3, len(line.values))
    np.testing.assert_allclose(line.means.sum(axis=0), 1, rtol=1e-5)


def test_the_page_of_a_table(qtbot: QtBot, look: None, flowers: tuple[Job, Finished]) -> None:
    page = _view(qtbot, flowers).why
    qtbot.waitUntil(lambda: page.dependence._shown is not None, timeout=60_000)
    assert page.importance.isVisible()
    assert not page.heat.isVisible()
    best = page.importance._shown
    assert best is not None
    assert page.dependence.title == best.importances[0].name
    page.importance.chosen.emit("sepal width")
    qtbot.waitUntil(lambda: page.dependence.title == "sepal width")
    rows = [*page.dependence.rows]
    assert rows[0] == ("sepal width", "setosa", "versicolor", "virginica")


def test_the_page_of_pictures(qtbot: QtBot, look: None, digits: tuple[Job, Finished]) -> None:
    page = _view(qtbot, digits).why
    for way in range(page.way.count()):
        page.way.setCurrentIndex(way)
        page.heat._shown = None
        page.way.activated.emit(way)
        qtbot.waitUntil(lambda: page.heat._shown is not None, timeout=60_000)
        assert page.heat._shown.heat.shape == (8, 8)
    assert page.way.count() == 4
    assert "predicted" in page._told.text()
    page.target.setCurrentIndex(4)
    page.heat._shown = None
    page.target.activated.emit(4)
    qtbot.waitUntil(lambda: page.heat._shown is not None)


def test_heat_is_opaque_where_it_is_strong(look: None) -> None:
    image = heat_image(np.array([[0.0, 1.0], [-0.5, 0.0]]))
    alphas = [[image.pixelColor(x, y).alpha() for x in range(2)] for y in range(2)]
    assert alphas[0][1] > alphas[1][0] > alphas[0][0] == alphas[1][1] == 0
    assert image.pixelColor(1, 0) != image.pixelColor(0, 1)
