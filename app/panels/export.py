"""Export: the network's Python file, and beside it what repeats its training."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.state import State
from app.runs.job import SCRIPT, Job
from app.torch_loader import TorchLoader
from app.widgets.reasons import set_reason, unless
from app.widgets.scrolling import unmoved_by_wheel
from codegen.model.emit import source
from graph_model.files.atomic import write_atomically
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer
from graph_model.problems import Refusal

translate = QCoreApplication.translate


@frozen
class Wanted:
    """What to export: a network into ``path``, and what goes beside it."""

    network: Inference
    path: Path
    training: bool
    weights: Path | None

    @property
    def needs_torch(self) -> bool:
        """Whether PyTorch is needed to write it."""
        return self.training or self.weights is not None


class ExportDialog(QDialog):
    """Asks which network to export and where to, and what beside the model's file.

    The first of ``networks`` is the main one, which alone was trained.
    """

    def __init__(
        self,
        networks: Sequence[Inference],
        folder: Path,
        weights: Path | None,
        can_train: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._weights, self._networks, self._can_train = weights, networks, can_train
        self.network = unmoved_by_wheel(QComboBox())
        self.network.addItems([each.network.name for each in networks])
        self.network.setAccessibleName(self.tr("Network"))
        self.network.setVisible(len(networks) > 1)
        self.network.currentIndexChanged.connect(self._offer)
        self.setWindowTitle(self.tr("Export Code"))
        self._browsed = ""
        self.path = QLineEdit(str(folder.absolute() / "model.py"))
        self.path.setMinimumWidth(360)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        self.training = QCheckBox(self.tr("Training script: train.py, with its data"))
        self.with_weights = QCheckBox(self.tr("Best weights of the last run"))
        self._offer()
        note = QLabel(self.tr("model.py needs PyTorch alone, and so does what goes beside it."))
        set_role(note, "caption")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(self.network)
        box.addLayout(row)
        for widget in (self.training, self.with_weights, note, buttons):
            box.addWidget(widget)

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        weights = self._weights if self.with_weights.isChecked() else None
        network = self._networks[self.network.currentIndex()]
        return Wanted(network, Path(self.path.text()), self.training.isChecked(), weights)

    def _offer(self) -> None:
        """Offer beside a network what there is: training and weights are those of the main one."""
        is_main = self.network.currentIndex() == 0
        can_have_weights = is_main and self._weights is not None
        of_main = unless(is_main, self.tr("Only the network that is trained has this."))
        misfit = self.tr("The recipe does not suit the network or the data yet.")
        untrained = self.tr("No run has trained this very network yet.")
        set_reason(self.training, of_main or unless(self._can_train, misfit))
        self.training.setChecked(self.training.isChecked() and self.training.isEnabled())
        set_reason(self.with_weights, of_main or unless(can_have_weights, untrained))
        self.with_weights.setChecked(can_have_weights)

    def _browse(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path.text(), self.tr("Python files (*.py)")
        )
        if path:
            self._browsed = path  # there the file dialog has asked already
            self.path.setText(path)

    def _accept(self) -> None:
        """Ask before a file that is there is replaced."""
        wanted = self.wanted
        written = [wanted.path, *([wanted.path.with_name(SCRIPT)] if wanted.training else [])]
        there = [each.name for each in written if each.exists() and str(each) != self._browsed]
        buttons = QMessageBox.StandardButton
        if there:
            question = self.tr("Replace {0}?").format(", ".join(there))
            answer = QMessageBox.question(
                self, self.windowTitle(), question, buttons.Yes | buttons.No, buttons.No
            )
            if answer != buttons.Yes:
                return
        self.accept()


def export_code(
    state: State,
    folder: Path,
    weights: Path | None,
    can_train: bool,
    window: QWidget,
    torch: TorchLoader,
) -> Path | None:
    """Ask what to export and where to, and write it; return where the model was written.

    ``weights`` are those of the last run where the network still is the one that was trained.
    ``torch`` is waited for where the export needs it.
    """
    dialog = ExportDialog(_exportable(state), folder, weights, can_train, window)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    wanted = dialog.wanted
    try:
        with _busy_cursor():
            if wanted.needs_torch:
                torch.wait()
            write_export(state, wanted)
    except Refusal as refusal:
        _complain(window, wanted.path, problem_sentence(refusal.problem))
        return None
    except OSError as error:
        _complain(window, wanted.path, str(error.strerror or error))
        return None
    return wanted.path


@contextmanager
def _busy_cursor() -> Iterator[None]:
    """Show that the window waits: PyTorch may have to be loaded first."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def _exportable(state: State) -> list[Inference]:
    """Return the main network, and the others that have no errors."""
    project = state.project
    others = (
        infer(network, None, project.networks, state.layers)
        for id, network in project.networks.items()
        if network.role == "network" and id != project.main
    )
    return [state.main, *(each for each in others if not each.has_errors)]


def write_export(state: State, wanted: Wanted) -> None:
    """Write what is wanted; raises ``OSError`` or ``Refusal`` where that cannot be done."""
    if wanted.needs_torch:
        training = importlib.import_module("app.training.export")  # these two need PyTorch
        checkpoint = importlib.import_module("app.training.checkpoint")
        if wanted.training:
            training.export_training(
                Job(state.project, known=state.known), wanted.path.parent, wanted.path.stem
            )
        if wanted.weights is not None:
            weights = wanted.weights.read_bytes()
            write_atomically(wanted.path.with_suffix(".safetensors"), weights)
            checkpoint.as_state_dict(wanted.weights, wanted.path.with_suffix(".pt"))
    write_atomically(wanted.path, source(wanted.network).text.encode())


def _complain(window: QWidget, path: Path, why: str) -> None:
    title = translate("Export", "Export Code")
    text = translate("Export", "{0} could not be written.").format(path.name)
    QMessageBox.critical(window, title, f"{text}\n\n{why}")
