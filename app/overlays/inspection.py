"""Asks what the network on the canvas computes, in a thread, as soon as PyTorch is there."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import Latest
from app.language.sentences import problem_sentence, translate
from app.late import late
from app.project.document import Document
from app.torch_loader import TorchLoader
from app.training_panel.trainer import Trainer
from graph_model.problems import Problem

if TYPE_CHECKING:
    from app.inspecting.held import Held
    from app.runs.job import Job

_HELD: Final = "app.inspecting.held"
_KEPT: Final = 120_000
"""How many milliseconds after the last question the network and its data are held."""


class Inspection(QObject):
    """What is asked with: the project as it is now, and the weights that were chosen.

    ``weights_changed`` says that others were chosen, or that those of the last run are there.
    """

    weights_changed = Signal()

    def __init__(self, document: Document, trainer: Trainer, torch: TorchLoader) -> None:
        super().__init__(document)
        self._document, self._trainer, self._torch = document, trainer, torch
        self.file: Path | None = None
        """The file of weights that was chosen, if one was."""
        self.are_new = False
        """Whether those were chosen that a training begins with."""
        self._held: Held | None = None
        self._lock = threading.Lock()
        self._unused = QTimer(self, singleShot=True, interval=_KEPT)
        self._unused.timeout.connect(self.forget)
        self._beginning = trainer.beginning
        trainer.run_ended.connect(self.weights_changed)
        trainer.state_changed.connect(self._follow_beginning)
        document.replaced.connect(self._begin_anew)

    def choose(self, file: Path | None = None, *, are_new: bool = False) -> None:
        """Take the weights of a file, or of a new network; without either the best there are."""
        if (file, are_new) != (self.file, self.are_new):
            self.file, self.are_new = file, are_new
            self.weights_changed.emit()

    def _begin_anew(self) -> None:
        """Hold nothing of the project before: neither its network and data, nor its weights."""
        self.forget()
        self.choose()

    def _follow_beginning(self) -> None:
        """Tell where the next run is to begin with other weights."""
        if self._trainer.beginning is not self._beginning:
            self._beginning = self._trainer.beginning
            self.weights_changed.emit()

    def forget(self) -> None:
        """Let go of the network and its data: they are read again when they are asked for."""
        with self._lock:
            self._held = None

    def job(self) -> Job:
        """Return what is looked at: the project as it is now, as a training of it begins."""
        project, beginning = self._document.project, self._trainer.beginning
        made: Job = late("app.runs.job").Job(project, weights=beginning, known=self._document.known)
        return made

    def ask(self, latest: Latest, question: Callable[[Held, Any, Any], object]) -> None:
        """Put a question to what holds the network, in the thread of ``latest``.

        It is given what it asks, the module with the forms of questions, and the weights chosen.
        """
        self._unused.start()
        last = self._trainer.weights_of(self._document.project)
        chosen = {"file": self.file, "are_new": self.are_new, "last": last}

        def answer() -> object:
            module = importlib.import_module(_HELD)
            with self._lock:
                held = self._held = self._held or module.Held()
            return question(held, module, module.Weights(**chosen))

        self._torch.when_loaded(lambda: latest.ask(answer))


def reason(problem: Problem) -> str:
    """Say what keeps from looking: where it is the data, that samples are needed."""
    said = problem_sentence(problem)
    if problem.code.startswith("data_"):
        return translate("Overlays", "There are no samples to compute: {0}").format(said)
    return said


def weights_text(file: Path | None) -> str:
    """Say which weights a file has: of the best epoch of a run, or those that one begins with."""
    if file is None:
        return translate("Overlays", "initial weights")
    if file.name == "best.safetensors":
        return translate("Overlays", "best weights of {0}").format(file.parent.name)
    return translate("Overlays", "last weights of {0}").format(file.parent.name)
