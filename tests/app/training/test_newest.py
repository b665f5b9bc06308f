"""What follows the newest window of each series in a table, by all of its series."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.runs.folder import BEST
from app.runs.job import Job
from app.training.headless import run_headless
from app.training.newest import forecast, series_file
from app.training.predict import Predictor
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, project


def test_every_series_of_a_table_has_its_forecast(tmp_path: Path) -> None:
    rows = [
        f"{np.datetime64('2020-01-01') + day},{name},{np.sin(day + place):.4f}"
        for day in range(90)
        for place, name in enumerate(("south", "north"))
    ]
    table = tmp_path / "sensors.csv"
    table.write_text("day,place,value\n" + "\n".join(rows) + "\n")
    network = chain(
        ("Input", {"shape": ("N", 6, 1)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    settings = {"path": str(table), "window": 6, "horizon": 2, "group": "place"}
    recipe = Recipe(Choice("series", settings), epochs=1)
    job = Job(project(network, recipe), folder=tmp_path / "run", threads=1)
    run_headless(job, lambda _: None)
    predictor = Predictor(job, tmp_path / "run" / BEST)
    path = series_file(predictor)
    assert path == table
    found = forecast(predictor, path)
    assert found.names == ("north", "south")
    assert found.targets == (0,)
    for place, start in ((0, 1), (1, 0)):
        values = np.round(np.sin(np.arange(84, 90) + start), 4)
        np.testing.assert_allclose(found.windows[place, :, 0], values, atol=1e-4)
        (expected,) = predictor.of_arrays([found.windows[place : place + 1]])
        np.testing.assert_allclose(  # a batch of two is not computed as one of one
            found.predictions.predicted[place], expected.predicted[0], rtol=1e-5
        )
    assert found.predictions.predicted.shape == (2, 2)
