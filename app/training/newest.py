"""What comes next, as a model says of the newest window of each series of its data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.data.dataset import Array, existing
from app.data.series.newest import named_windows
from app.resources import RESOURCES
from graph_model.frozen import frozen

if TYPE_CHECKING:
    from app.runs.predictions import Predictions
    from app.training.predict import Predictor


@frozen
class Forecast:
    """The newest windows, what follows them, and what each series is called, if there are several.

    ``windows`` has the shape ``(series, steps, variables)``; ``targets`` are the places of those
    variables that are forecast.
    """

    predictions: Predictions
    windows: Array
    names: tuple[str, ...]
    targets: tuple[int, ...]


def series_file(predictor: Predictor) -> Path | None:
    """Return the table that a series was read from, ``None`` where the data are no series."""
    done = predictor.preprocessing
    if "series" not in done.done:
        return None
    path = done.data.arguments.get("path")
    return Path(str(path)) if path else RESOURCES / "data" / f"{done.data.kind}.csv"


def forecast(predictor: Predictor, path: Path, output: int = 0) -> Forecast:
    """Return what an output says follows the newest window of each series in a table.

    Raises ``Refusal`` where the table cannot be read or is too short.
    """
    done = predictor.preprocessing
    series = done.done["series"]
    windows, names = named_windows(existing(path, "file"), series, done.rules)
    columns = list(series["columns"])
    targets = tuple(columns.index(name) for name in series["targets"])
    predictions = predictor.of_arrays([np.asarray(windows, np.float32)])[output]
    return Forecast(predictions, windows, names, targets)
