"""What floats above the canvas: zoom and fit, the minimap, and a first word on an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from app.examples import EXAMPLES
from app.icons import follow
from app.sentences import translate
from app.style import set_role
from app.theme import SPACE

if TYPE_CHECKING:
    from app.canvas.view import CanvasView

_OFFERED: Final = 3


class Overlay(QObject):
    """The controls in the corner and the hint in the middle; ``example_chosen`` names one."""

    example_chosen = Signal(str)

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._controls = QFrame(view)
        set_role(self._controls, "card")
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        self._buttons: list[QToolButton] = []
        for name, act in (
            ("zoom-out", view.zoom_out),
            ("zoom-in", view.zoom_in),
            ("fit", view.fit),
            ("arrange", view.arrange),
        ):
            button = QToolButton()
            button.setAutoRaise(True)
            button.clicked.connect(act)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            follow(button, name)
            self._buttons.append(button)
        self._zoom = QLabel("100 %")
        self._zoom.setMinimumWidth(44)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._zoom, "caption")
        for widget in (self._buttons[0], self._zoom, *self._buttons[1:]):
            row.addWidget(widget)
        self._hint = QFrame(view)
        box = QVBoxLayout(self._hint)
        box.setSpacing(SPACE)
        self._title, self._text = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._text, "muted")
        box.addWidget(self._title, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._text, 0, Qt.AlignmentFlag.AlignCenter)
        self._examples = [QPushButton() for _ in EXAMPLES[:_OFFERED]]
        examples = QHBoxLayout()
        for button, example in zip(self._examples, EXAMPLES, strict=False):
            button.clicked.connect(lambda _, name=example.name: self.example_chosen.emit(name))
            examples.addWidget(button)
        box.addLayout(examples)
        view.installEventFilter(self)
        self._retranslate()
        self.refresh()

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom in percent."""
        self._zoom.setText(f"{round(100 * zoom)} %")

    def refresh(self) -> None:
        """Show the hint while there is nothing else to see."""
        self._hint.setVisible(not self._view.document.network.nodes)

    def place(self) -> None:
        """Lie in the corner and in the middle of the view."""
        room = self._view.viewport().geometry()
        size = self._controls.sizeHint()
        self._controls.setGeometry(
            room.right() - size.width() - 2 * SPACE,
            room.bottom() - size.height() - 2 * SPACE,
            size.width(),
            size.height(),
        )
        hint = self._hint.sizeHint()
        self._hint.resize(hint)
        self._hint.move(
            room.center().x() - hint.width() // 2, room.center().y() - hint.height() // 2
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        return False

    def _retranslate(self) -> None:
        tips = (self.tr("Zoom out"), self.tr("Zoom in"), self.tr("Show all"), self.tr("Arrange"))
        for button, tip in zip(self._buttons, tips, strict=True):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self._title.setText(self.tr("Drag a layer here, or press Tab"))
        self._text.setText(self.tr("… or begin with an example:"))
        for button, example in zip(self._examples, EXAMPLES, strict=False):
            button.setText(translate("Example", example.title))
        self.place()
