"""What is asked of a trained model, all of it off the window's thread: it loads PyTorch."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.runs.job import Job
    from app.runs.looks import Looks
    from app.runs.pictures import Shown
    from app.runs.predictions import Predictions
    from app.training.drawing import Drawable
    from app.training.newest import Forecast
    from app.training.predict import Predictor
    from app.training.rows import CellField
    from app.training.text_trial import Continuation, TextField

_MOST_NUMBERS: Final = 2**24
"""So many numbers may come out of a model for all samples together: 64 MiB."""


@frozen
class Takes:
    """What a model can be tried on: cells of a row, a text, a drawing, a picture, a series."""

    cells: tuple[CellField, ...] = ()
    text: TextField | None = None
    drawable: Drawable | None = None
    pictures: bool = False
    series: Path | None = None


@frozen
class Outcome:
    """What a trained model says of one split, and shows for it.

    There are no ``predictions`` where no output has a target. ``splits`` has how many samples are
    in each part that is not empty; of a large one no more are ``asked`` than memory should hold.
    """

    predictor: Predictor
    weights: Path
    split: str
    splits: Mapping[str, int]
    asked: int
    predictions: tuple[Predictions, ...]
    shown: tuple[Shown, ...]
    takes: Takes


@frozen
class Trial:
    """What the model says of one sample, or of each row of a file.

    ``looks`` is how a sample of the data looks, ``seen`` the picture that entered, ``text`` the
    text; ``wrong`` says why nothing is said of some rows.
    """

    predictions: Predictions
    text: str | None = None
    unknown: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()
    looks: Looks | None = None
    seen: NDArray[Any] | None = None


@frozen
class Ahead:
    """What follows the newest windows of series."""

    forecast: Forecast


def outcome(
    job: Job, weights: Path, split: str, before: Outcome | None, goes_on: Callable[[], bool]
) -> Outcome | Refusal | None:
    """Ask a model of a split; of the test split, where ``split`` is empty and there is one.

    What was read ``before`` of the same run is not read again. ``None`` where it no longer
    ``goes_on``.
    """
    predict = importlib.import_module("app.training.predict")
    try:
        predictor: Predictor
        if before is not None and before.weights == weights:
            predictor = before.predictor
        else:
            samples = before.predictor.samples if before is not None else None
            predictor = predict.Predictor(job, weights, samples)
        parts = predictor.samples.prepared.split
        counts = {"test": parts.test, "validation": parts.validation, "train": parts.train}
        splits = {name: len(part) for name, part in counts.items() if len(part)}
        chosen = split if split in splits else next(iter(splits))
        asked = _some(predictor, counts[chosen])
        predictions = predictor.at(asked, goes_on)
        shown = importlib.import_module("app.training.showing").shown(predictor)
        takes = before.takes if before is not None else _takes(predictor)
    except Refusal as refusal:
        return refusal
    except predict.NotWantedError:
        return None
    return Outcome(predictor, weights, chosen, splits, len(asked), predictions, shown, takes)


def _some(predictor: Predictor, part: NDArray[Any]) -> NDArray[Any]:
    """Return the samples of a part, of too many some that are spread evenly."""
    told = sum(each.numel() for each in predictor.results(part[:1]))
    most = max(1, _MOST_NUMBERS // max(1, told))
    return part if len(part) <= most else part[np.linspace(0, len(part) - 1, most).astype(int)]


def _takes(predictor: Predictor) -> Takes:
    done, data = predictor.preprocessing, predictor.samples.data
    trial = importlib.import_module("app.training.text_trial")
    text = trial.text_field(done, "")
    arrays = [each.array for each in done.entrances]
    rows = importlib.import_module("app.training.rows")
    cells = () if text else rows.cell_fields(data, arrays)
    is_single = len(done.entrances) == 1
    drawable, shape = None, done.entrances[0].shape if is_single else ()
    pictures = is_single and len(shape) == 3 and shape[0] in (1, 3) and "sound" not in done.done
    if pictures:
        drawing = importlib.import_module("app.training.drawing")
        train = predictor.samples.prepared.split.train
        drawable = drawing.drawable(data, done.entrances[0].array, train)
    series = importlib.import_module("app.training.newest").series_file(predictor)
    return Takes(cells, text, drawable, pictures, series)


def of_sample(predictor: Predictor, output: int, index: int) -> Trial:
    """Ask of one sample of the data."""
    looks = importlib.import_module("app.training.looks").looks_of(
        predictor.samples, np.array([index])
    )
    found = predictor.at([index])
    shown = looks.pictures if looks.pictures is not None else looks.curves
    seen = shown[0] if shown is not None else None
    text = looks.texts[0] if looks.texts else None
    return Trial(found[output], text, looks=looks, seen=seen)


def of_row(predictor: Predictor, output: int, cells: Mapping[str, str]) -> Trial | Refusal:
    """Ask of a row that is filled in."""
    rows = importlib.import_module("app.training.rows")
    try:
        return Trial(rows.predict_row(predictor, cells, output))
    except Refusal as refusal:
        return refusal


def of_text(predictor: Predictor, output: int, text: str) -> Trial:
    """Ask of a text that is typed."""
    trial = importlib.import_module("app.training.text_trial")
    found = trial.predict_text(predictor, text, output)
    return Trial(found, None, trial.unknown_in(predictor, text))


def gone_on(
    predictor: Predictor, output: int, text: str, count: int, temperature: float, seed: int
) -> Continuation:
    """Ask how a text goes on."""
    trial = importlib.import_module("app.training.text_trial")
    found: Continuation = trial.continued(predictor, text, count, temperature, seed)
    return found


def of_drawing(
    predictor: Predictor, output: int, like: Drawable, ink: NDArray[Any], is_fitted: bool
) -> Trial:
    """Ask of what was drawn, with ink from 0 to 1."""
    drawing = importlib.import_module("app.training.drawing")
    sample = drawing.as_sample(ink, like, is_fitted=is_fitted)
    return Trial(predictor.of_arrays([sample])[output], seen=sample[0])


def of_picture(predictor: Predictor, output: int, like: Drawable, path: Path) -> Trial | Refusal:
    """Ask of a picture of something like what can be drawn, fitted to the data."""
    drawing = importlib.import_module("app.training.drawing")
    try:
        return of_drawing(predictor, output, like, drawing.ink_of_picture(path), True)
    except Refusal as refusal:
        return refusal


def of_file(predictor: Predictor, output: int, path: Path) -> Trial | Refusal:
    """Ask of a file: a text, a picture, or each row of a table."""
    trial = importlib.import_module("app.training.text_trial")
    predict = importlib.import_module("app.training.predict")
    try:
        text: str | None = trial.text_of_file(predictor, path)
        unknown = trial.unknown_in(predictor, text) if text else ()
        wrong: list[Problem] = []
        predictions = predictor.file(path, wrong)[output]
        seen = predict.picture_of(predictor, path)
        return Trial(predictions, text, unknown, tuple(wrong), seen=seen)
    except Refusal as refusal:
        return refusal


def newest(predictor: Predictor, output: int, path: Path) -> Ahead | Refusal:
    """Ask what follows the newest window of each series in a table."""
    module = importlib.import_module("app.training.newest")
    try:
        return Ahead(module.forecast(predictor, path, output))
    except Refusal as refusal:
        return refusal
