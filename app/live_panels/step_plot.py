"""What all plots over the steps of a run have: a frame that they share, titles and a cursor."""

from __future__ import annotations

from typing import Final

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsSceneWheelEvent, QVBoxLayout, QWidget

from app.live_panels.axes import StepAxis, ValueAxis
from app.live_panels.legend import Legend
from app.live_panels.steps import Steps
from app.look import theme
from app.look.theme import SMALL, SPACE, ui_font
from app.widgets.plot_menus import adopt_menus

SIDES: Final = ("left", "bottom")
_ROOM_FOR_UNIT: Final = 180
"""How many pixels a plot is high at least where a line below its numbers says what they count."""
_ROOM_FOR_TITLE: Final = 300
"""How many pixels a plot is wide at least where words beside its numbers say what they are."""
_TITLE: Final = 18
"""The width, in pixels, of these words."""
_LARGE: Final = (640, 400)
"""From this width and height on, numbers are larger and lines thicker: one looks from afar."""


class _View(pyqtgraph.ViewBox):  # type: ignore[misc]
    """What is within the axes: the wheel chooses steps, with Ctrl or above the values these."""

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        is_for_values = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        super().wheelEvent(event, (1 if is_for_values else 0) if axis is None else axis)


class StepPlot(QWidget):
    """A plot over the steps of a run, under its title and legend.

    The wheel chooses steps, with Ctrl values, a drag both; a double click shows all again. Where no
    values were chosen, those of the steps that are shown fill the plot. The frame is set here:
    plots that pyqtgraph links and frames by itself may correct each other without end.
    """

    def __init__(
        self,
        axis_width: int,
        steps: Steps | None,
        parent: QWidget | None = None,
        *,
        names_one: bool = False,
        left: pyqtgraph.AxisItem | None = None,
    ) -> None:
        super().__init__(parent)
        self._steps, self._has_own_steps = steps or Steps(self), steps is None
        self._unit = self._value_title = ""
        self._axis_width = axis_width
        self._values_chosen: tuple[float, float] | None = None
        """The values that were chosen with the mouse, if any."""
        self._values_framed: tuple[float, float] | None = None
        """Those that are shown."""
        self._legend = Legend(names_one=names_one)
        self.plot = pyqtgraph.PlotWidget(
            enableMenu=False,
            viewBox=_View(enableMenu=False),
            axisItems={"bottom": StepAxis("bottom"), "left": left or ValueAxis("left")},
        )
        item = self._item = self.plot.plotItem
        item.hideButtons()
        item.disableAutoRange()
        item.vb.sigRangeChangedManually.connect(self._hold_frame)
        self._steps.changed.connect(self._redraw)
        adopt_menus(self.plot)
        item.layout.setContentsMargins(1, 7, 8, 1)  # half a number at the ends of the axes
        for side in SIDES:
            item.getAxis(side).enableAutoSIPrefix(False)
            item.getAxis(side).setStyle(showValues=False)
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        item.addItem(self._cursor, ignoreBounds=True)
        self.setMinimumSize(110, 60)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE // 2, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._legend)
        box.addWidget(self.plot, 1)
        self.setAutoFillBackground(True)
        self.plot.scene().sigMouseMoved.connect(self._read_out)
        self.plot.viewport().installEventFilter(self)
        theme.manager().changed.connect(self._follow_theme)

    @property
    def is_large(self) -> bool:
        """Whether it is as large as what is shown to several people."""
        return self.width() >= _LARGE[0] and self.height() >= _LARGE[1]

    def give_legend(self) -> Legend:
        """Return title and legend, to be put somewhere else than above the plot."""
        self._box.setContentsMargins(0, 0, 0, 0)
        self._legend.setContentsMargins(0, 0, 0, 0)
        return self._legend

    def set_title(self, title: str) -> None:
        """Write another title above the plot, as soon as no values are told there."""
        if title != self._legend.title:
            self._legend.title = title
            if not self._cursor.isVisible():
                self._tell_names()

    def set_unit(self, unit: str, values: str = "") -> None:
        """Write what the abscissa counts below its numbers, and what the ``values`` are beside.

        Where there is room for it.
        """
        self._unit, self._value_title = unit, values
        self._show_units()

    def set_axis_width(self, width: int) -> None:
        """Give so many pixels to the numbers at the left, or to names."""
        if width != self._axis_width:
            self._axis_width = width
            self._show_units()

    def _show_units(self) -> None:
        style = {"color": theme.current().text_muted, "font-size": f"{self._small}px"}
        is_high, is_wide = self.height() >= _ROOM_FOR_UNIT, self.width() >= _ROOM_FOR_TITLE
        below, beside = self._item.getAxis("bottom"), self._item.getAxis("left")
        below.setLabel(self._unit, **style)
        below.showLabel(bool(self._unit) and is_high)
        has_title = bool(self._value_title) and is_high and is_wide
        beside.setLabel(self._value_title, **style)
        beside.showLabel(has_title)
        grown = self._axis_width * self._small / (SMALL - 1)
        beside.setWidth(round(grown) + (_TITLE if has_title else 0))
        self._item.layout.activate()  # now, so that the label is never painted over the numbers

    @property
    def _small(self) -> int:
        """The size of numbers at the axes."""
        return SMALL + 2 if self.is_large else SMALL - 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room for what is drawn where there is little."""
        super().resizeEvent(event)
        self._follow_size()

    def _follow_size(self) -> None:
        font = ui_font(self._small)
        self._legend.set_large(self.is_large)
        for side in SIDES:
            axis = self._item.getAxis(side)
            if axis.style["tickFont"] != font:
                axis.setStyle(tickFont=font)
        self._show_units()

    @property
    def legend(self) -> str:
        """What stands above the plot at the moment, as plain text."""
        return self._legend.words

    @property
    def markup(self) -> str:
        """The same as it is given to Qt."""
        return self._legend.text()

    def _show_numbers(self, *, on: bool) -> None:
        for side in SIDES:
            self._item.getAxis(side).setStyle(showValues=on)
        self._item.getAxis("bottom").setHeight()  # as the numbers need, or not: it has not followed

    def refresh(self) -> None:
        """Draw what has been appended, where anybody can see it."""
        if not self.isVisible():
            return
        if not self._steps.include(self.end):  # else all plots draw, this one too
            self._redraw()

    @property
    def end(self) -> float:
        """The last step of what is drawn."""
        raise NotImplementedError

    def _redraw(self) -> None:
        """Draw the steps that are shown."""
        raise NotImplementedError

    def _tell_names(self) -> None:
        """Show title and names in the legend, no values."""
        raise NotImplementedError

    def read_out_at(self, x: float, y: float | None = None) -> None:
        """Mark the abscissa ``x`` and tell the values there; ``y`` where the mouse is on it."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was appended while this was hidden."""
        super().showEvent(event)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the names when the mouse leaves, and to all steps at a double click."""
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self._leave_values()
            self._steps.choose(None)
        if event.type() is QEvent.Type.Leave:
            self._cursor.hide()
            self._tell_names()
        return False

    def _leave_values(self) -> None:
        """Show all values again."""
        self._values_chosen = None

    def _hold_frame(self, _: object) -> None:
        """Show the steps that were chosen with the mouse in all plots, and values if any were."""
        steps, (low, high) = self._item.vb.viewRange()
        if self._values_framed is not None and (low, high) != self._values_framed:
            self._values_chosen = (low, high)
        self._steps.choose(tuple(steps))

    def _frame(self, values: tuple[float, float]) -> bool:
        """Show the steps that are shown, and these values; tell whether that is news."""
        self._values_framed, view = values, self._item.vb
        is_news = [[*self._steps.shown], [*values]] != view.viewRange()
        if is_news:
            view.setRange(xRange=self._steps.shown, yRange=values, padding=0)
        return is_news

    def _read_out(self, at: QPointF) -> None:
        if self._item.vb.sceneBoundingRect().contains(at):
            point = self._item.vb.mapSceneToView(at)
            self.read_out_at(point.x(), point.y())

    def _follow_theme(self) -> None:
        colours = theme.current()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, colours.color("surface"))
        self.setPalette(palette)
        self.plot.setBackground(colours.surface)
        for side in SIDES:
            axis = self._item.getAxis(side)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(self._small))
        self._cursor.setPen(colours.border_strong)
        self._show_units()
        self._tell_names()
