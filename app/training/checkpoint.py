"""The folder of a run: the project as it was, the figures, and the best and last weights.

::

    project.weft           what was trained, with its recipe
    metrics.jsonl          every event, one a line
    preprocessing.json     normalisation, encodings, class names
    best.safetensors       weights of the epoch with the lowest validation loss
    last.safetensors       weights of the last step
"""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Mapping
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TypeAlias

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from app.training.events import Event, Steps, as_json
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import need_plain_file
from graph_model.files.storage import save
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

State: TypeAlias = Mapping[str, Tensor]

PROJECT: Final = "project.weft"
METRICS: Final = "metrics.jsonl"
PREPROCESSING: Final = "preprocessing.json"
BEST: Final = "best.safetensors"
LAST: Final = "last.safetensors"

_LOG: Final = logging.getLogger(__name__)
_SECONDS_BETWEEN_SAVES: Final = 5.0


def save_weights(path: Path, state: State) -> None:
    """Write weights as safetensors, whole or not at all."""
    write_atomically(path, safetensors.torch.save({**state}))


def load_weights(path: Path, model: nn.Module) -> None:
    """Load saved weights into a model.

    Raises ``Refusal`` where the file cannot be read or its weights do not fit.
    """
    try:
        need_plain_file(path)
        model.load_state_dict(safetensors.torch.load_file(path))
    except FileNotFoundError:
        raise Refusal(Problem("file_not_found", {"path": str(path)})) from None
    except (OSError, safetensors.SafetensorError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"path": str(path), "reason": reason}
        raise Refusal(Problem("wrong_weights", values)) from error


def copy_of_weights(model: nn.Module) -> dict[str, Tensor]:
    """Return a copy of all weights and buffers in main memory."""
    return {
        name: tensor.detach().to("cpu", copy=True).contiguous()
        for name, tensor in model.state_dict().items()
    }


class Keeper:
    """Keeps the best and last weights of a run in memory and, now and then, on disk.

    Without a folder nothing is written. Files are written at most every few seconds, and in
    :meth:`close`, for tiny epochs would otherwise wait for the disk.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._log: TextIOWrapper | None = None
        self._best_written = True
        self._last_written = False
        self._written_at = time.monotonic()
        self.best: State | None = None

    def open(self, project: Project, preprocessing: Mapping[str, Any]) -> None:
        """Begin a run: make the folder, and note what is trained."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        save(project, self._folder / PROJECT)
        text = json.dumps(preprocessing, ensure_ascii=False, indent=1)
        write_atomically(self._folder / PREPROCESSING, text.encode())
        for name in (BEST, LAST):
            (self._folder / name).unlink(missing_ok=True)
        self._log = (self._folder / METRICS).open("w", encoding="utf-8")

    def note(self, event: Event) -> None:
        """Write an event to the log."""
        if self._log is not None:
            self._log.write(json.dumps(as_json(event), ensure_ascii=False) + "\n")
            if not isinstance(event, Steps):
                self._log.flush()

    def epoch_ended(self, model: nn.Module, *, is_best: bool) -> None:
        """Keep the weights of an epoch."""
        self._last_written = False
        if is_best:
            self.best = copy_of_weights(model)
            self._best_written = False
        if time.monotonic() - self._written_at > _SECONDS_BETWEEN_SAVES:
            self.write(model)

    def write(self, model: nn.Module) -> None:
        """Write the last weights, and the best unless they have been written."""
        if self._folder is None:
            return
        save_weights(self._folder / LAST, copy_of_weights(model))
        if self.best is not None and not self._best_written:
            save_weights(self._folder / BEST, self.best)
            self._best_written = True
        self._written_at = time.monotonic()
        self._last_written = True

    def close(self, model: nn.Module | None, failed: Event | None = None) -> None:
        """End the run: note how it failed, if it did, and write what has not been written.

        Where even that fails nobody is left to be told, so it goes to the log.
        """
        try:
            with self._log or nullcontext():
                if failed is not None:
                    self.note(failed)
                if model is not None and not self._last_written:
                    self.write(model)
        except OSError as error:
            _LOG.warning("The end of the run could not be written: %s", error)


def as_state_dict(path: Path, target: Path) -> None:
    """Write saved weights as a torch ``state_dict`` too, for ``torch.load``."""
    buffer = io.BytesIO()
    torch.save(safetensors.torch.load_file(path), buffer)
    write_atomically(target, buffer.getvalue())
