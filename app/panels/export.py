"""Asks what to export: the network's Python file, and what of the catalogue goes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker
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

from app.background import Latest
from app.exporting.targets import OPSETS, TARGETS, Target
from app.exporting.writer import Export
from app.look.style import set_role
from app.look.theme import SPACE
from app.paths import is_there
from app.project.state import State
from app.runs.folder import runs_folder
from app.runs.weights import Kept, weights_of_network, weights_of_run
from app.widgets.reasons import Reason, set_reason, unless
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.inference.infer import Inference, infer
from graph_model.naming import as_name

translate = QCoreApplication.translate


class ExportDialog(QDialog):
    """Asks which network to export and where to, and what beside the model's file.

    ``weights`` are the first choice, those of the last run where the network still is the one that
    was trained; those of all other runs that trained it are looked for beside the window.
    """

    def __init__(
        self,
        state: State,
        folder: Path,
        weights: Path | None,
        can_train: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._state, self._can_train = state, can_train
        self._networks = networks = _exportable(state)
        self.network = unmoved_by_wheel(QComboBox())
        self.network.addItems([each.network.name for each in networks])
        self.network.setAccessibleName(self.tr("Network"))
        self.network.setVisible(len(networks) > 1)
        self.network.currentIndexChanged.connect(self._offer)
        self.weights = _weights_menu()
        """Those that go with it, the best and the last ones of each run."""
        self._of_weights = QLabel(self.tr("Weights"))
        set_role(self._of_weights, "caption")
        self.setWindowTitle(self.tr("Export Code"))
        self._browsed = ""
        self._beside = folder.absolute() / "model.py"
        self.path = QLineEdit(str(self._beside))
        self.path.setMinimumWidth(360)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        self.targets = {name: _target_box(target) for name, target in TARGETS.items()}
        """What may be written beside the model's file."""
        self.targets["training"].toggled.connect(self._give_a_folder)
        self.opset = _opset_menu()
        """The version of ONNX's operators."""
        self.proof = QCheckBox(
            self.tr("Proof: run what is written in a new process, and compare it with the network")
        )
        self.proof.setChecked(True)
        for target in self.targets.values():
            target.toggled.connect(self._offer_more)
        self._note = QLabel()
        self._note.setWordWrap(True)
        set_role(self._note, "caption")
        self._show_weights(weights_of_run(weights.parent) if weights else (), weights)
        self.weights.currentIndexChanged.connect(self._offer)
        self._finder = Latest(self)
        self._finder.done.connect(self._show_found)
        self._finder.ask(weights_of_network, state.project, runs_folder())
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
        for name, target in self.targets.items():
            box.addLayout(_beside(target, self.opset)) if name == "onnx" else box.addWidget(target)
        box.addWidget(self.proof)
        box.addWidget(self._note)
        of_run = QHBoxLayout()
        of_run.addWidget(self._of_weights)
        of_run.addWidget(self.weights, 1)
        box.addLayout(of_run)
        box.addWidget(buttons)

    @property
    def wanted(self) -> Export:
        """What was chosen."""
        index = self.network.currentIndex()
        made = Export(
            self._state.project,
            self._networks[index],
            Path(self.path.text()),
            tuple(name for name, box in self.targets.items() if box.isChecked()),
            self._chosen if index == 0 else None,
            self._state.known,
            opset=self.opset.currentData(),
        )
        return replace(made, proves=made.holds_models and self.proof.isChecked())

    def want(self, targets: Sequence[str]) -> None:
        """Choose these targets, where they can be."""
        for name in targets:
            if self.targets[name].isEnabled():
                self.targets[name].setChecked(True)

    @property
    def _chosen(self) -> Path | None:
        """The weights that are chosen, if there are any."""
        chosen: Path | None = self.weights.currentData()
        return chosen

    def _show_found(self, found: Sequence[Kept]) -> None:
        self._show_weights(found, self._chosen)

    def _show_weights(self, found: Sequence[Kept], chosen: Path | None) -> None:
        """Offer these weights, and keep to those that are chosen where they are among them."""
        is_first = not self.weights.count()
        with QSignalBlocker(self.weights):
            self.weights.clear()
            for kept in found:
                which = self.tr("the best epoch") if kept.is_best else self.tr("the last step")
                self.weights.addItem(f"{kept.run} · {which}", kept.path)
            if found:
                self.weights.addItem(self.tr("new ones, not trained"), None)
                paths = [*(each.path for each in found), None]
                newest = is_first and chosen is None
                self.weights.setCurrentIndex(
                    0 if newest or chosen not in paths else paths.index(chosen)
                )
        self._offer()

    def _offer(self) -> None:
        """Offer beside a network what there is: training and weights are those of the main one."""
        is_main = self.network.currentIndex() == 0
        is_trained = is_main and self._chosen is not None
        for widget in (self._of_weights, self.weights):
            widget.setVisible(is_main and self.weights.count() > 0)
        for name, box in self.targets.items():
            reason = self._obstacle(TARGETS[name])
            set_reason(box, reason)
            box.setChecked(reason is None and (box.isChecked() or TARGETS[name].needs_weights))
        self._offer_more()
        first = self.tr("No run has trained this very network yet: its weights are the first ones.")
        is_said = not is_trained and not self.weights.isVisibleTo(self)
        alone = self.tr("model.py needs PyTorch alone.")
        self._note.setText(f"{alone} {first}" if is_said else alone)

    def _offer_more(self) -> None:
        """Offer what belongs to the targets that are chosen."""
        self.opset.setVisible(self.targets["onnx"].isChecked())
        alone = self.tr("The code alone is the very text that runs here.")
        set_reason(self.proof, unless(self.wanted.holds_models, alone))

    def _obstacle(self, target: Target) -> Reason | None:
        """Return why a target cannot be written of the network that is chosen, if it cannot."""
        is_main = self.network.currentIndex() == 0
        packages = " ".join(target.missing)
        return (
            unless(is_main or not target.is_of_run, self.tr("Only the trained network has this."))
            or unless(
                self._can_train or target.name != "training",
                self.tr("The recipe does not suit the network or the data yet."),
            )
            or unless(
                self._chosen is not None or not target.needs_weights,
                self.tr("These weights are not trained.")
                if self.weights.count()
                else self.tr("No run has trained this very network yet."),
            )
            or unless(
                not packages,
                self.tr("Install what writes it first: pip install {0}").format(packages),
            )
        )

    def _give_a_folder(self, wanted: bool) -> None:
        """Propose a folder of their own for scripts with their data, where none was chosen."""
        name = as_name(self._state.main.network.name, "network")
        within = self._beside.parent / name / self._beside.name
        before, after = (self._beside, within) if wanted else (within, self._beside)
        if self.path.text() == str(before):
            self.path.setText(str(after))

    def _browse(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path.text(), self.tr("Python files (*.py)")
        )
        if path:
            self._browsed = path  # there the file dialog has asked already
            self.path.setText(path)

    def _accept(self) -> None:
        """Ask before a file that is there is replaced."""
        paths = [each for each in self.wanted.paths if str(each) != self._browsed]
        there = [each.name for each in paths if is_there(each)]
        buttons = QMessageBox.StandardButton
        if there:
            question = self.tr("Replace {0}?").format(", ".join(there))
            answer = QMessageBox.question(
                self, self.windowTitle(), question, buttons.Yes | buttons.No, buttons.No
            )
            if answer != buttons.Yes:
                return
        self.accept()


def _exportable(state: State) -> list[Inference]:
    """Return the main network, and the others that have no errors."""
    project = state.project
    others = (
        infer(network, None, project.networks, state.layers)
        for id, network in project.networks.items()
        if network.role == "network" and id != project.main
    )
    return [state.main, *(each for each in others if not each.has_errors)]


def _weights_menu() -> QComboBox:
    menu = unmoved_by_wheel(QComboBox())
    menu.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    menu.setAccessibleName(translate("ExportDialog", "Weights"))
    return menu


def _opset_menu() -> QComboBox:
    menu = unmoved_by_wheel(QComboBox())
    menu.addItem(translate("ExportDialog", "opset as PyTorch chooses"), None)
    for number in OPSETS:
        menu.addItem(translate("ExportDialog", "opset {0}").format(number), number)
    menu.setAccessibleName(translate("ExportDialog", "Opset"))
    return menu


def _beside(box: QCheckBox, menu: QComboBox) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(box, 1)
    row.addWidget(menu)
    return row


def _target_box(target: Target) -> QCheckBox:
    title, help = (translate("Target", each) for each in (target.title, target.help))
    return QCheckBox(f"{title}: {help}")
