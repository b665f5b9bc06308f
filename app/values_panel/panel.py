"""The values of what is selected for a sample, worked out while this is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.background import Latest
from app.inspecting.seen import Look, Tiles
from app.language.numbers import grouped
from app.language.sentences import what_is_wrong
from app.look.style import set_role
from app.look.theme import SPACE
from app.overlays.inspection import Inspection, reason
from app.project.document import Document, Selection
from app.project.state import State, is_mere_move
from app.values_panel.bar import SampleBar
from app.values_panel.chosen import Chosen, chosen
from app.values_panel.numbers import HeadView, NumbersView
from app.values_panel.views import CloudView, HeatView, HistogramView, TilesView
from graph_model.problems import Problem
from graph_model.recipe import BETWEEN

if TYPE_CHECKING:
    from app.inspecting.held import Held, Looked

_SETTLED, _EDITED = 80, 400
"""How many milliseconds after another selection, and after an edit, values are asked for: an edit
makes another network, which takes longer than to compute a sample."""
_SMALL, _LARGE = (36, 64), (96, 180)
"""How wide small pictures are, at least and at most: of feature maps, and of attention."""


_AnyView: TypeAlias = NumbersView | HeadView | HistogramView | HeatView | TilesView | CloudView


class ValuesPanel(QWidget):
    """Shows nothing and asks for nothing while it is hidden."""

    def __init__(self, document: Document, selection: Selection, inspection: Inspection) -> None:
        super().__init__()
        self._document, self._selection, self._inspection = document, selection, inspection
        self.bar = SampleBar(document, inspection)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        set_role(self._note, "muted")
        self.numbers, self.histogram, self.heat = NumbersView(), HistogramView(), HeatView()
        self.maps, self.filters = TilesView(*_SMALL), TilesView(*_SMALL)
        self.attention, self.cloud = TilesView(*_LARGE), CloudView()
        self.head = HeadView()
        self._sections: dict[_AnyView, _Section] = {
            view: _Section(view)
            for view in (
                self.numbers,
                self.attention,
                self.cloud,
                self.maps,
                self.filters,
                self.histogram,
                self.heat,
                self.head,
            )
        }
        self._inside = QWidget()
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE)
        row.setSpacing(3 * SPACE)
        for section in self._sections.values():
            row.addWidget(section)
        row.addStretch()
        self._scrolled = QScrollArea()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._note)
        column.addWidget(self._scrolled, 1)
        self._shown: Look | None = None
        self._chosen: Chosen | None = None
        self._latest = Latest(self)
        self._latest.done.connect(self._take)
        self._soon = QTimer(self, singleShot=True, interval=_SETTLED)
        self._soon.timeout.connect(self.refresh)
        self._edited = QTimer(self, singleShot=True, interval=_EDITED)
        self._edited.timeout.connect(self.refresh)
        selection.changed.connect(self._soon.start)
        document.changed.connect(self._follow)
        inspection.weights_changed.connect(self._soon.start)
        self.bar.changed.connect(self._soon.start)
        self.numbers.chosen.connect(self._show_port)
        self._show(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date as soon as it is seen."""
        self.refresh()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.bar.retranslate()
            self._show(self._shown)
            self.refresh()
        super().changeEvent(event)

    def _follow(self, old: State, new: State) -> None:
        if old.project is new.project:
            self._soon.start()  # another level of the same
        elif not is_mere_move(old, new):
            self._edited.start()

    def refresh(self) -> None:
        """Ask for the values of what is selected, unless nobody sees them."""
        if not self.isVisible():
            return
        before, found = self._chosen, chosen(self._document, self._selection)
        self._chosen = found
        self.bar.show_chosen(found)
        wrong = what_is_wrong(self._document.main)
        if found is None or wrong:
            self._latest.drop()
            self._show(None)
            self._say(wrong or self.tr("Select a layer or a wire to see its values."))
            return
        if before is None or _around(before) != _around(found):
            self.bar.show_turn(found.turns[-1] if found.turns else 0)
        if self._shown is None:
            self._say(self.tr("Looking…"))
        self._ask(found)

    def _ask(self, found: Chosen) -> None:
        turns = (*found.turns[:-1], self.bar.repeat.value() - 1) if found.turns else ()
        split, sample = self.bar.split.currentData(), self.bar.sample.value() - 1
        job = self._inspection.job()

        def question(held: Held, forms: Any, weights: object) -> object:
            spot = forms.Spot(found.path, turns)
            return held.look(forms.Wanted(job, weights, spot, found.port, split, sample))

        self._inspection.ask(self._latest, question)

    def _take(self, told: object) -> None:
        if self._chosen is None:
            return
        if isinstance(told, Problem):
            self._show(None)
            self._say(reason(told))
            return
        looked = cast("Looked", told)
        self.bar.show_seen(looked.split, looked.sample, looked.samples, looked.weights)
        self._show(looked.look)
        self._say(
            ""
            if looked.look.values
            else self.tr(
                "It is not computed for a sample: nothing takes what it gives, it is left out, or "
                "it was worked out once when the network was made."
            )
        )

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show(self, look: Look | None) -> None:
        """Show what there is of a look, and nothing of what there is not."""
        self._shown = look
        self.numbers.show_values(look.values if look else ())
        self._show_port()
        self._put_tiles(self.filters, look.filters if look else None, self.tr("Filters"))
        self._put_tiles(self.attention, look.attention if look else None, self.tr("Attention"))
        cloud = look.cloud if look else None
        if cloud is not None:
            self.cloud.show_cloud(cloud)
        share = f"{100 * cloud.share:.0f} %" if cloud else ""
        self._put(
            self.cloud, cloud is not None, self.tr("Vectors by PCA, {0} of variance").format(share)
        )
        self._inside.setVisible(bool(look and look.values))

    def _show_port(self) -> None:
        """Show the port that is chosen."""
        seen = self.numbers.shown
        self._put(self.numbers, seen is not None, self.tr("Numbers"))
        if seen is not None:
            self.head.show_head(seen)
        self._put(self.head, seen is not None, self.tr("First numbers"))
        if seen is not None and seen.histogram is not None:
            self.histogram.show_histogram(seen.histogram)
        self._put(self.histogram, bool(seen and seen.histogram), self.tr("Histogram"))
        heat = seen.heat if seen else None
        if heat is not None:
            self.heat.show_heat(heat)
        size = f"{grouped(heat.rows)} × {grouped(heat.columns)}" if heat else ""
        self._put(self.heat, heat is not None, self.tr("Heat map, {0}").format(size))
        self._put_tiles(self.maps, seen.maps if seen else None, self.tr("Channels"))

    def _put_tiles(self, view: TilesView, tiles: Tiles | None, title: str) -> None:
        if tiles is not None:
            view.show_tiles(tiles)
            shown = len(tiles.pictures)
            of = self.tr("{0}, {1} of {2}") if shown < tiles.total else "{0}, {2}"
            title = of.format(title, shown, grouped(tiles.total))
        self._put(view, tiles is not None, title)

    def _put(self, view: _AnyView, is_there: bool, title: str) -> None:
        section = self._sections[view]
        section.title.setText(title)
        section.setVisible(is_there)


def _around(chosen: Chosen) -> tuple[object, ...]:
    """Return the block that something lies in, in which of its repeats."""
    return chosen.path.rpartition(BETWEEN)[0], chosen.turns


class _Section(QWidget):
    """A view under its title."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.title = QLabel()
        set_role(self.title, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(view, 1)
