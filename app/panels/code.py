"""The code panel: the generated file, that of the main network or of another one on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.background import AfterTheFrame, Latest
from app.language.sentences import what_is_wrong
from app.late import late
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.code_editor import CodeEditor
from app.panels.code_edits import CodeEdits, Said
from app.project.document import Document, Selection
from app.project.places import trail_to
from app.widgets.button import Button
from app.widgets.reasons import set_reason, unless
from graph_model.findings.unfinished import lacking
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.recipes.players import alone

if TYPE_CHECKING:
    from app.panels.writing import Written

_SETTLE: Final = 30
"""Milliseconds to wait for further edits before the code is written anew."""
_PATIENCE: Final = 2
"""How many times as long as the last writing took to wait: it slows down what the hand does."""

_BANNER: Final = 32
"""The least height of a sentence in a strip."""

_Wanted: TypeAlias = tuple[Inference, tuple[tuple[NodeId, ...], ...]]
"""What is to be written: the file of a network, and which Outputs have a method of their own."""


def write(wanted: _Wanted) -> Written:
    """Return the file of a network without errors; runs beside the window."""
    written: Written = late("app.panels.writing").write(*wanted)
    return written


class CodePanel(QWidget):
    """Shows the file, and while the network has errors the last one without, dimmed.

    It is the file of the main network, also while the inside of a block is on the canvas; that of
    another network while this is, with its name.
    ``export_requested`` and ``problems_requested`` stem from its buttons; :attr:`buttons` are to
    stand beside the tabs.
    """

    export_requested = Signal()
    problems_requested = Signal()
    written = Signal()

    def __init__(
        self, document: Document, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._written: Written | None = None
        self._asked: _Wanted | None = None
        self._asked_of = document.project
        self._lasted = 0.0
        self._network = document.network.id
        self._is_dim = self._is_leading = False
        self.view = CodeEditor()
        self.edits = CodeEdits(document, selection, self.view, self)
        self._banner = _Banner()
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._name, "muted")
        self._copy, self._export = QToolButton(), QToolButton()
        for button in (self._copy, self._export):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._copy.setIcon(icon("copy"))
        self._export.setIcon(icon("export"))
        self._worker = Latest(self)
        self._settle = QTimer(self, singleShot=True)
        self._soon = AfterTheFrame(self._show_errors, self)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, SPACE, 0)
        row.setSpacing(4)
        row.addWidget(self._name)
        row.addWidget(self._copy)
        row.addWidget(self._export)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        box.addWidget(self._banner)  # below the lines, that they stay where they are
        self._copy.clicked.connect(self._copy_text)
        self._export.clicked.connect(self.export_requested)
        self._banner.button.clicked.connect(self._answer)
        self.edits.told.connect(self._tell)
        self._settle.timeout.connect(self._ask)
        self._worker.done.connect(self._show)
        self.view.line_clicked.connect(self._select_line)
        document.changed.connect(self._network_changed)
        document.replaced.connect(self._forget)
        selection.changed.connect(self._mark)
        self._retranslate()
        self._network_changed()
        self._show_errors()

    @property
    def _inference(self) -> Inference:
        """What is known of the network whose file is shown."""
        state = self._document.state
        return state.levels[0] if state.levels[0].network.role == "network" else state.main

    @property
    def text(self) -> str:
        """The file shown, without highlighting."""
        return self._written.source.text if self._written else ""

    @property
    def _shown(self) -> str:
        return self.text.removesuffix("\n")

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is that of the network on the canvas."""
        is_waiting = self._soon.is_waiting or self._settle.isActive()
        return not is_waiting and not self._worker.is_busy and self.edits.is_settled

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Code of the network"))
        self.edits.retell()
        self._copy.setText(self.tr("Copy"))
        self._export.setText(self.tr("Export…"))
        self._tell()

    def _tell(self) -> None:
        """Say what is to be said of what was typed, else why there is no code or that of before."""
        said, has_errors = self.edits.said, self._inference.has_errors
        is_pending = self.edits.is_pending
        if is_pending or not has_errors:
            self._banner.setVisible(said is not None)
        else:
            said = Said("error" if self._written else "advice", self._why_not())
            self._banner.setVisible(True)
        self.view.set_editable(
            is_pending or (self._written is not None and not has_errors and self.edits.is_readable)
        )
        if said is None:
            return
        if said.severity != self._banner.property("severity"):
            set_role(self._banner, "banner", said.severity)
        self._banner.label.setText(said.sentence)
        self._banner.button.setText(
            self.tr("Discard edits") if is_pending else self.tr("Show problems")
        )
        self._banner.button.setVisible(
            is_pending or (has_errors and bool(self._inference.network.nodes))
        )

    def _why_not(self) -> str:
        return (
            self.tr(
                "The network has problems. This is its last code without any; it can be edited "
                "once they are solved."
            )
            if self._written
            else self.tr("The code appears here once the network has an Input and an Output.")
            if lacking(self._inference)
            else self.tr("The code appears here once the problems are solved.")
        )

    def _answer(self) -> None:
        """Do what the button of the strip says."""
        if self.edits.is_pending:
            self.edits.discard()
        else:
            self.problems_requested.emit()

    def _network_changed(self) -> None:
        """Show at once what another network is; what is wrong with it once that is painted."""
        network = self._inference.network
        if self._written is not None and network.id != self._written.network:
            self._forget()
        if self._document.network.id != self._network:
            self._mark()
        self._soon.start()
        self._ask_soon()

    def _show_errors(self) -> None:
        """Show of which network there is code, and whether it is that of before an error."""
        network, has_errors = self._inference.network, self._inference.has_errors
        self._soon.stop()
        self._tell()
        self._name.setText("" if network.id == self._document.project.main else network.name)
        wrong = what_is_wrong(self._document.main)
        set_reason(self._export, unless(not wrong, wrong, self.problems_requested.emit))
        self._dim(has_errors)

    def _forget(self) -> None:
        """Do not show the file of the project before, where this one has none yet."""
        if self._inference.has_errors:
            self.edits.put_aside()
            self._written = self._asked = None
            self.view.show_lines(())
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Write what nobody wanted to see before."""
        super().showEvent(event)
        self._ask_soon()

    def _ask_soon(self) -> None:
        """Have the file written, if it is seen and not that of the network as it is."""
        if self.isVisible() and not self._is_asked() and not self._inference.has_errors:
            self._settle.start(max(_SETTLE, round(_PATIENCE * 1000 * self._lasted)))

    def _is_asked(self) -> bool:
        """Tell whether the file of the network as it is has been asked for."""
        inference, methods = self._asked or (None, ())
        return inference is self._inference and methods == self._methods

    @property
    def _methods(self) -> tuple[tuple[NodeId, ...], ...]:
        return alone(self._document.project, self._inference)

    def _ask(self) -> None:
        if not self._inference.has_errors:
            self._asked, self._asked_of = (self._inference, self._methods), self._document.project
            self._worker.ask(write, self._asked)

    def _show(self, written: Written) -> None:
        self._written, self._lasted = written, written.seconds
        self.edits.show(written, self._asked_of)
        self._tell()
        self._mark()
        self.written.emit()

    def _mark(self) -> None:
        """Mark the lines of the selected nodes; show the class of a block that was just opened."""
        if self._written is None:
            return
        network, nodes = self._document.network.id, self._selection.nodes
        here = self._written.places.get(network, {})
        is_other = self.view.text != self._shown
        self.view.mark(set() if is_other else {n for node in nodes for n in here.get(node, ())})
        if network != self._network and here and not nodes and not self._is_leading:
            self.view.show_from(min(map(min, here.values())))
        self._network = network

    def _select_line(self, line: int) -> None:
        """Select the node that a line stems from, in the block where it lies."""
        if self.view.text != self._shown:
            return  # lines are not where they were generated
        origins = self._written.source.origins.get(line) if self._written else None
        networks = self._document.project.networks
        if not origins or origins[-1].node not in networks[origins[-1].network].nodes:
            return
        origin = origins[-1]
        state = self._document.state
        self._is_leading = True  # the line that was clicked stays under the mouse
        self._document.go_to(trail_to(state, self._inference.network.id, origin.network))
        self._is_leading = False
        self._selection.set([origin.node])

    def _dim(self, dim: bool) -> None:
        if dim == self._is_dim:
            return
        self._is_dim = dim
        effect = QGraphicsOpacityEffect(self.view.viewport(), opacity=0.45) if dim else None
        self.view.viewport().setGraphicsEffect(effect)  # type: ignore[arg-type]

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.view.text + "\n")


class _Banner(QFrame):
    """A sentence in a coloured strip, with a button."""

    def __init__(self) -> None:
        super().__init__()
        self.label, self.button = QLabel(), Button()
        self.label.setWordWrap(True)
        set_role(self.button, "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 2, 2, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.setMinimumHeight(_BANNER)  # without the button as well
