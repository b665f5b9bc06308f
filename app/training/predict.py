"""What a trained model says: on a split after a run, on one sample, on a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from app.data.arrays.reading import SUFFIXES as ARRAYS
from app.data.arrays.reading import read_arrays
from app.data.cells import cells_of
from app.data.dataset import Array, Indices, existing, refuse
from app.data.pictures.reading import read_one
from app.data.preprocessing import Entrance, Exit, Preprocessing, unscaled
from app.data.series.newest import last_windows
from app.data.sounds.source import sample_of
from app.data.tables.new_rows import read_as_before, read_rows
from app.data.tables.opening import SUFFIXES as TABLES
from app.data.texts.learning import encoded
from app.data.texts.reading import read_text
from app.data.texts.tokens import of_json
from app.runs.job import Job
from app.runs.predictions import Numbers, Predictions
from app.training.checkpoint import load_weights
from app.training.outputs import (
    EVALUATION_FACTOR,
    joined,
    losses_of,
    predicted_classes,
    results_of,
    true_classes,
)
from app.training.samples import Samples, digest, inputs_at, read_samples, readable
from app.training.scripts import is_of_others
from codegen.build import build_project
from codegen.pictures import SUFFIXES
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Objective
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.shown import picture_outputs

SplitName: TypeAlias = Literal["train", "validation", "test"]
GoesOn: TypeAlias = Callable[[], bool]
"""Asked between batches whether anybody still waits for the rest."""


class NotWantedError(Exception):
    """Nobody waits any longer for what is being computed."""


def _to_the_end() -> bool:
    return True


class Predictor:
    """A model with saved weights and all that leads into it and out of it."""

    def __init__(self, job: Job, weights: Path, samples: Samples | None = None) -> None:
        """Read the data of the job, unless they were read before, and load the weights.

        Raises ``Refusal`` where either cannot be read or does not fit, or no output predicts.
        """
        self.samples: Samples = samples or read_samples(job)
        if weights.parent == job.folder and is_of_others(job.folder, digest(self.samples)):
            raise Refusal(Problem("data_changed_since", {"folder": str(job.folder)}))
        self._predicting = predicting(self.samples)
        self.pictures = picture_outputs(self.samples.binding.objectives, self.samples.inference)
        """The outputs that give pictures."""
        if not (self._predicting or self.pictures):
            raise Refusal(Problem("nothing_to_predict"))
        self.model: nn.Module = build_project(job.project, job.known).make()
        load_weights(weights, self.model)
        self.model.eval()
        self._batch_size = EVALUATION_FACTOR * job.recipe.batch_size

    @property
    def first_output(self) -> int:
        """The place of the first output that predicts."""
        return self._predicting[0]

    @property
    def preprocessing(self) -> Preprocessing:
        """What leads into the model and out of it."""
        return self.samples.preprocessing

    def split(self, name: SplitName, goes_on: GoesOn = _to_the_end) -> tuple[Predictions, ...]:
        """Return the predictions of each output that is trained for a target, on one split."""
        return self.at(getattr(self.samples.prepared.split, name), goes_on)

    def at(
        self, indices: Sequence[int] | NDArray[np.int64], goes_on: GoesOn = _to_the_end
    ) -> tuple[Predictions, ...]:
        """Return the predictions of each output for samples of the data.

        Samples of which a picture can no longer be read are left out. Raises ``NotWantedError``
        where it no longer ``goes_on`` before a batch.
        """
        chosen = np.asarray(indices, np.int64)
        outputs = self.results(indices, goes_on)
        targets = {index: self._targets_at(index, chosen) for index in self._predicting}
        kept = readable(self.samples, chosen)
        return tuple(
            self._predictions(index, outputs[index][kept], chosen[kept], target[kept])
            for index, target in targets.items()
        )

    def results(
        self, indices: Sequence[int] | NDArray[np.int64], goes_on: GoesOn = _to_the_end
    ) -> tuple[torch.Tensor, ...]:
        """Return what the model gives for samples of the data, all outputs in their order.

        What it draws at random is the same each time.
        """
        chosen = np.array(indices, np.int64)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return self._run(self._inputs_of(chosen, goes_on))

    def _inputs_of(self, chosen: Indices, goes_on: GoesOn) -> Iterator[tuple[torch.Tensor, ...]]:
        for start in range(0, len(chosen), self._batch_size):
            if not goes_on():
                raise NotWantedError
            yield inputs_at(self.samples, chosen[start : start + self._batch_size])

    def _targets_at(self, index: int, chosen: NDArray[np.int64]) -> torch.Tensor:
        return torch.from_numpy(np.asarray(self.samples.prepared.targets[index][chosen]))

    def file(self, path: Path, wrong: list[Problem] | None = None) -> tuple[Predictions, ...]:
        """Return the predictions for a picture, or for each row of a table or ``.npz`` arrays.

        The file needs the columns or arrays that the model was trained on; others are ignored.
        Rows of a table that cannot be read are left out, and told of in ``wrong`` where somebody
        asks for that. Raises ``Refusal`` where the file, or any such row, cannot be read.
        """
        path, done = existing(path, "file"), self.preprocessing
        if is_table(path, done):
            return self._told_of(*read_rows(path, done.entrances, done, wrong))
        return self.of_arrays([read_entrance(path, each, done) for each in done.entrances])

    def of_arrays(self, given: Sequence[Array]) -> tuple[Predictions, ...]:
        """Return the predictions for an array for each argument of ``forward``, not yet scaled."""
        return self._told_of(given, np.arange(len(given[0])))

    def _told_of(self, given: Sequence[Array], samples: Array) -> tuple[Predictions, ...]:
        pairs = zip(given, self.preprocessing.entrances, strict=True)
        arrays = tuple(_scaled(array, entrance) for array, entrance in pairs)
        outputs = self._run(self._batches(arrays))
        return tuple(
            self._predictions(index, outputs[index], samples, None) for index in self._predicting
        )

    def _batches(self, inputs: tuple[torch.Tensor, ...]) -> Iterator[tuple[torch.Tensor, ...]]:
        for start in range(0, len(inputs[0]), self._batch_size):
            yield tuple(each[start : start + self._batch_size] for each in inputs)

    def _run(self, batches: Iterable[tuple[torch.Tensor, ...]]) -> tuple[torch.Tensor, ...]:
        with torch.no_grad():
            parts = [results_of(self.model, batch) for batch in batches]
        return tuple(joined(each) for each in zip(*parts, strict=True))

    def _predictions(
        self,
        index: int,
        output: torch.Tensor,
        samples: NDArray[np.int64],
        target: torch.Tensor | None,
    ) -> Predictions:
        objective = self.samples.binding.objectives[index]
        ignores = bool(self.samples.data.facts.arrays[objective.target].ignored)
        done = self.preprocessing.exits[index]
        return predictions_of(objective, done, output, samples, target, ignores=ignores)


def predicting(samples: Samples) -> list[int]:
    """Return the places of the outputs that are trained for a target."""
    return [
        index
        for index, each in enumerate(samples.binding.objectives)
        if each.weight and LOSSES[each.loss.kind].takes_target
    ]


def predictions_of(
    objective: Objective,
    done: Exit,
    output: torch.Tensor,
    chosen: NDArray[np.int64],
    target: torch.Tensor | None,
    *,
    ignores: bool,
) -> Predictions:
    """Return what an output says of samples, and how wrong it is where the target is known."""
    names: tuple[str, ...] = ()
    scores = np.empty((0, 0), np.float32)
    losses = np.empty(0)
    if target is not None:
        losses = losses_of(objective.loss, output, target, ignores=ignores).numpy()
    if LOSSES[objective.loss.kind].target is Target.REAL:
        predicted = unscaled(output.float().numpy(), done.scaling)
        true = unscaled(target.numpy(), done.scaling) if target is not None else np.empty(0)
    else:
        predicted = predicted_classes(output, objective).numpy()
        true = (
            true_classes(target, objective).numpy() if target is not None else np.empty(0, np.int64)
        )
        names, scores = done.class_names, probabilities(objective, output)
        if predicted.ndim == 2 and predicted.shape[1] == 1:
            predicted, true = predicted[:, 0], true.reshape(-1)
    return Predictions(done.name, names, chosen, predicted, true, scores, losses.astype(np.float32))


def probabilities(objective: Objective, output: torch.Tensor) -> Numbers:
    """Return a probability for each class along dimension 1, whatever the loss takes."""
    output = output.float()
    kind = LOSSES[objective.loss.kind]
    if kind.target is Target.CLASSES:
        found = output.exp() if kind.name == "NLLLoss" else output.softmax(dim=1)
    else:
        score = kind.threshold - output if kind.small_is_one else output
        yes = output if kind.expects == "probabilities" else score.sigmoid()
        yes = yes.reshape(len(yes), -1)
        found = torch.cat((1 - yes, yes), dim=1) if yes.shape[1] == 1 else yes
    return np.asarray(found.numpy(), np.float32)


def picture_of(predictor: Predictor, path: Path) -> Array | None:
    """Return a picture of a file as it enters, not yet scaled; ``None`` where it is none."""
    done = predictor.preprocessing
    if is_table(path, done) or path.suffix.lower() not in SUFFIXES or len(done.entrances) != 1:
        return None
    picture: Array = read_entrance(path, done.entrances[0], done)[0]
    return picture


def is_table(path: Path, done: Preprocessing) -> bool:
    """Tell whether a file is read as a table of new rows."""
    are_cells = "columns" in done.done.get("text", {"columns": ()})
    has_rows = bool(done.columns or done.rules) and are_cells and "series" not in done.done
    return has_rows and path.suffix.lower() not in (*SUFFIXES, *ARRAYS)


def read_entrance(path: Path, entrance: Entrance, done: Preprocessing) -> Array:
    """Return the array for one argument of ``forward`` from a file, not yet scaled."""
    if "text" in done.done:
        return encoded(
            texts_of_file(path, done), of_json(done.done["text"]), done.done["text"]["length"]
        )
    if "sound" in done.done:
        return sample_of(path, done.done["sound"])[None]
    if "series" in done.done:
        return last_windows(path, done.done["series"], done.rules)
    if path.suffix.lower() in SUFFIXES:
        how = done.done.get("pictures_of", {}).get(entrance.array) or done.done.get("pictures")
        if how is None or len(entrance.shape) != 3:
            shape = "×".join(map(str, entrance.shape))
            refuse(
                "data_bad_array",
                path=path,
                array=entrance.name,
                got=phrase("a picture"),
                expected=shape,
            )
        try:
            return read_one(path, how)[None]
        except ValueError as error:
            refuse("data_unreadable", path=path, reason=error)
    if path.suffix.lower() in ARRAYS:
        return _from_arrays(path, entrance, done)
    expected = phrase("a picture") if len(entrance.shape) == 3 else ".npz"
    got = phrase("a table")
    return refuse("data_bad_array", path=path, array=entrance.name, got=got, expected=expected)


def texts_of_file(path: Path, done: Preprocessing) -> Sequence[str]:
    """Return the texts of a file: those of a table's column where training had them from one."""
    column = done.done.get("text_column")
    if column is None or not path.name.lower().endswith(TABLES):
        return [read_text(path)[0]]
    table = read_as_before(path, done.rules)
    if column not in table.columns:
        choices = ", ".join(list(table.columns)[:50])
        refuse("data_no_column", path=path, column=column, choices=choices)
    return cells_of(table, column)


def _from_arrays(path: Path, entrance: Entrance, done: Preprocessing) -> Array:
    arrays = read_arrays(path)
    if path.suffix.lower() == ".npy":  # its one array has no name of its own
        arrays = dict.fromkeys((entrance.array,), *arrays.values())
    if entrance.array not in arrays:
        refuse("data_no_array", path=path, array=entrance.array, choices=", ".join(arrays))
    array = _turned(arrays[entrance.array], entrance, done)
    if array.shape == entrance.shape:
        array = array[None]
    if array.shape[1:] != entrance.shape or array.dtype.kind not in "fiub":
        got = f"{'×'.join(map(str, array.shape))} of {array.dtype}"
        expected = "×".join(map(str, ("N", *entrance.shape)))
        refuse("data_bad_array", path=path, array=entrance.array, got=got, expected=expected)
    if entrance.fill is None:
        return array
    numbers = array.astype(np.float32)
    return np.where(np.isfinite(numbers), numbers, entrance.fill).astype(np.float32)


def _turned(array: Array, entrance: Entrance, done: Preprocessing) -> Array:
    """Return an array that lies as those of the training did in the order in which it enters."""

    def lies(word: str) -> bool:
        return entrance.array in done.done.get(word, ())

    if lies("samples_last") and array.ndim == len(entrance.shape) + 1:
        array = np.moveaxis(array, -1, 0)
    if lies("channels_last"):
        array = array[None] if array.ndim == 3 else array
        array = np.moveaxis(array, 3, 1) if array.ndim == 4 else array
    if lies("no_channels") and array.ndim > 1:
        array = np.expand_dims(array, -3)
    return array


def _scaled(array: Array, entrance: Entrance) -> torch.Tensor:
    if entrance.scaling is not None:
        array = entrance.scaling.apply(array)
    return torch.tensor(array, dtype=getattr(torch, entrance.dtype))
