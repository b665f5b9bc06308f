"""What floats above the canvas: zoom and fit, the minimap, and a first word on an empty one."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSpacerItem,
    QToolButton,
    QWidget,
)

from app.canvas.arranging_note import ArrangingNote
from app.canvas.breadcrumb import Breadcrumb
from app.canvas.empty_hint import EmptyHint
from app.canvas.kept import KeptPicture
from app.canvas.levels import Levels
from app.canvas.minimap import Minimap
from app.canvas.surface import Surface
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE

_EDGE: Final = 2 * SPACE
_ZOOM_WIDTH: Final = 48


class Overlay(QObject):
    """The controls in the corner and the hint in the middle; ``example_chosen`` names one."""

    example_chosen = Signal(str)

    def __init__(self, view: Surface, levels: Levels) -> None:
        super().__init__(view)
        self._view = view
        self.minimap = Minimap(view)
        self.minimap.hide()
        self.breadcrumb = Breadcrumb(view, levels)
        self.note = ArrangingNote(view.arranging, view)
        self.hint = EmptyHint(view)
        self.hint.example_chosen.connect(self.example_chosen)
        self.hint.data_wanted.connect(view.document.readings.wanted)
        self._controls = QFrame(view)
        set_role(self._controls, "card")
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        self._zoom = QLabel(view)
        """Above the controls, not among them: it is another with each frame of a zoom."""
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._zoom, "caption")
        self._buttons = {name: self._button(name) for name in self._tips()}
        self._buttons["minimap"].setCheckable(True)
        self._buttons["colours"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._buttons["colours"].setVisible(False)
        self._legend: QWidget | None = None
        self._direction = ""
        for name, act in (
            ("zoom-out", view.zoom_out),
            ("zoom-in", view.zoom_in),
            ("fit", view.fit),
            ("arrange", view.arranging.arrange),
            ("flow-right", view.arranging.change_direction),
            ("minimap", self._show_minimap),
        ):
            self._buttons[name].clicked.connect(act)
            row.addWidget(self._buttons[name])
        row.addWidget(self._buttons["colours"])
        self._gap = QSpacerItem(_ZOOM_WIDTH, 0)
        row.insertItem(1, self._gap)
        self._kept = KeptPicture(self._controls)
        view.installEventFilter(self)
        view.zoomed.connect(self.show_zoom)
        view.resized.connect(self.place)
        self._retranslate()
        self.show_zoom(view.zoom)
        self.refresh()

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom in percent."""
        self._zoom.setText(f"{round(100 * zoom)} %")
        self.minimap.update()

    def refresh(self) -> None:
        """Follow the network: the map, and the hint while there is nothing else to see."""
        document = self._view.document
        is_main = document.network.id == document.project.main
        self.hint.setVisible(is_main and not document.network.nodes)
        if not self.hint.isHidden():
            path = document.project.recipe.data.arguments.get("path", "")
            self.hint.show_data(PurePath(str(path)).name)
            self._centre_hint()
        self.minimap.refresh()
        self.breadcrumb.refresh()
        if self._view.arranging.direction != self._direction:
            self._show_direction()

    def offer_colours(self, menu: QMenu) -> None:
        """Offer what cards can be coloured by."""
        self._buttons["colours"].setMenu(menu)
        self._buttons["colours"].setVisible(True)
        self.place()

    def show_legend(self, legend: QWidget) -> None:
        """Keep a legend in its corner."""
        self._legend = legend
        self.place()

    def covered(self) -> QRegion:
        """Return the part of the view above which something floats."""
        floating = (self._controls, self.minimap, self.breadcrumb, self.hint, self.note)
        legend = [self._legend] if self._legend is not None else []
        shown = [each.geometry() for each in (*floating, *legend) if not each.isHidden()]
        return sum((QRegion(each) for each in shown), QRegion())

    def top(self) -> int:
        """Return how much of the view's top the breadcrumb takes."""
        hidden = self.breadcrumb.isHidden()
        return 0 if hidden else self.breadcrumb.height() + _EDGE

    def place(self) -> None:
        """Lie in the corners and in the middle of the view."""
        room = self._view.viewport().geometry()
        controls = self._controls
        self._make_room(room.width() - 2 * _EDGE)
        controls.move(
            room.right() - controls.width() - _EDGE, room.bottom() - controls.height() - _EDGE
        )
        self.minimap.move(
            room.right() - self.minimap.width() - _EDGE,
            controls.y() - self.minimap.height() - SPACE,
        )
        self._zoom.setGeometry(self._gap.geometry().translated(controls.pos()))
        self.note.move(room.left() + _EDGE, controls.y())
        self._place_legend()
        self.breadcrumb.refresh()
        self.breadcrumb.move(room.topLeft() + QPoint(_EDGE, _EDGE))
        self._centre_hint()

    def _make_room(self, width: int) -> None:
        """Let the controls take no more than this: where it is narrow they do not say the zoom."""
        controls, row = self._controls, self._controls.layout()
        for gap in (_ZOOM_WIDTH, 0):
            self._gap.changeSize(gap, 0)
            row.invalidate()  # type: ignore[union-attr]  # they lie in a row
            controls.adjustSize()
            if controls.width() <= width:
                break
        # Hidden, as in another workspace, they are not laid out anew by themselves.
        row.setGeometry(controls.rect())  # type: ignore[union-attr]
        self._zoom.setVisible(self._gap.sizeHint().width() > 0)

    def _place_legend(self) -> None:
        """Put the legend at the lower left, above the controls where there is no room beside."""
        legend, room = self._legend, self._view.viewport().geometry()
        if legend is None:
            return
        bottom = room.bottom() - _EDGE
        if room.left() + 2 * _EDGE + legend.width() > self._controls.x():
            bottom = self._controls.y() - SPACE
        legend.move(room.left() + _EDGE, bottom - legend.height())

    def _centre_hint(self) -> None:
        self.hint.adjustSize()
        self.hint.move(self._view.viewport().geometry().center() - self.hint.rect().center())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        return False

    def _show_minimap(self, shown: bool) -> None:
        self.minimap.refresh()
        self.minimap.setVisible(shown)

    def _show_direction(self) -> None:
        """Show on the button where the network would flow."""
        self._direction = self._view.arranging.direction
        is_down = self._direction == "down"
        self._buttons["flow-right"].setIcon(icon("flow-right" if is_down else "flow-down"))
        self._buttons["flow-right"].setToolTip(self._flow_tip())
        self._buttons["flow-right"].setAccessibleName(self._flow_tip())
        self._kept.forget()

    def _flow_tip(self) -> str:
        if self._view.arranging.direction == "down":
            return self.tr("Flow left to right")
        return self.tr("Flow top to bottom")

    def _button(self, glyph: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIcon(icon(glyph))
        return button

    def _tips(self) -> dict[str, str]:
        return {
            "zoom-out": self.tr("Zoom out"),
            "zoom-in": self.tr("Zoom in"),
            "fit": self.tr("Show all"),
            "arrange": self.tr("Arrange"),
            "flow-right": self._flow_tip(),
            "minimap": self.tr("Minimap"),
            "colours": self.tr("Colour by …"),
        }

    def _retranslate(self) -> None:
        for name, tip in self._tips().items():
            self._buttons[name].setToolTip(tip)
            self._buttons[name].setAccessibleName(tip)
        self.hint.retranslate()
        self.place()
