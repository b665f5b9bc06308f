"""The Data workspace: the source at the left, what was read in the middle, what follows right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.background import Latest
from app.data.progress import Reading
from app.data_panel.classes_view import ClassesView
from app.data_panel.columns_model import PARAMETERS
from app.data_panel.columns_view import ColumnsView
from app.data_panel.given_side import GivenSide
from app.data_panel.looking import Wanted, has_torch, look
from app.data_panel.source_side import SourceSide
from app.data_panel.waiting import Waiting
from app.data_panel.words import class_names
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import found_in_main
from app.training_panel.data_watch import DataWatch
from app.widgets.arrangement import HORIZONTAL, VERTICAL, Arrangement
from app.widgets.page_parts import discard, heading
from app.widgets.problem_card import ProblemCard
from graph_model.editing.dismissals import standing
from graph_model.editing.project_edits import choose_data
from graph_model.problems import Problem
from graph_model.recipes.columns import decided, with_decision
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import SOURCES

if TYPE_CHECKING:
    from app.data.preview import Preview

_WIDTHS, _WIDE_WIDTHS = (316, 644, 320), (376, 1464, 560)
_HEIGHTS: Final = (440, 260)
_FEW: Final = 6
"""How many rows leave the rest of the height to the classes."""
_HEAD, _ROW, _MOST = 96, 28, 16_777_215
_WIDE_SCREEN: Final = 1800
_TORCH_EVERY: Final = 1000
"""Milliseconds between looks at whether PyTorch has come."""
_NOTES_SHARE: Final = 3
"""The notes take at most one part in so many of the height; they scroll then."""


class DataPanel(QWidget):
    """Shows the data that the recipe names, and takes decisions about them.

    What it shows beyond the facts is found out beside the window, and dropped where the recipe
    has become another one meanwhile.
    """

    def __init__(
        self,
        document: Document,
        watch: DataWatch,
        arrangement: Arrangement,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self.preview: Preview | None = None
        """What was found out of the data in view."""
        self._unseen: Problem | None = None
        """Why nothing was found out, where the data can no longer be read."""
        self._asked: tuple[object, ...] = ()
        self._reading = Reading()
        self._looker = Latest(self)
        self._looker.done.connect(self._take)
        self._epoch, self._had_torch = 0, False
        self._torch_wait = QTimer(self, singleShot=True, interval=_TORCH_EVERY)
        self._torch_wait.timeout.connect(self._look_for_torch)
        self.source = SourceSide(document, watch)
        self.given = GivenSide(document, watch)
        self.columns = ColumnsView()
        self.waiting = Waiting()
        self.waiting.hide()
        self.waiting.stop_wanted.connect(lambda: self._reading.stop())
        self.waiting.again_wanted.connect(self._look_again_at_all)
        self.classes = ClassesView()
        self._classes_title = heading()
        self.columns.decided.connect(self._decide)
        self.given.next_wanted.connect(lambda: self._ask(epoch=self._epoch + 1))
        self.given.transforms_chosen.connect(lambda: self._ask(epoch=self._epoch))
        self.source_side, self.given_side = self.source, _scrolled(self.given)
        self._lower = self._lower_part()
        self._upper_part = self._upper()
        halves = (self._upper_part, self._lower)
        self._halves = arrangement.split("data-middle", VERTICAL, halves, _HEIGHTS, 0)
        self._usual: list[int] = []
        """The heights of both where the upper one is not as low as its few rows."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        widths = _WIDE_WIDTHS if screen.width() >= _WIDE_SCREEN else _WIDTHS
        sides = (self.source_side, self._halves, self.given_side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(arrangement.split("data", HORIZONTAL, sides, widths, 1))
        watch.changed.connect(self._refresh)
        document.changed.connect(self._refresh)
        theme.manager().changed.connect(self._look_again)
        self._retranslate()

    def _upper(self) -> QWidget:
        """Return what stands above: what a person should know, and the columns."""
        upper = QWidget()
        set_role(upper, "panel")
        upper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        inside = QWidget()
        inside.setLayout(self._notes)
        self._notes_area = _scrolled(inside)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setContentsMargins(SPACE, SPACE, SPACE, SPACE // 2)
        set_role(self._title, "heading")
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        box = QVBoxLayout(upper)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._title)
        box.addWidget(self._notes_area)
        for widget in (self.columns, self.waiting, self._empty):
            box.addWidget(widget, 1)
        return upper

    def _lower_part(self) -> QWidget:
        lower = QWidget()
        set_role(lower, "panel")
        lower.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(lower)
        box.setContentsMargins(0, 0, 0, 0)
        self._classes_title.setContentsMargins(SPACE, SPACE, SPACE, 0)
        box.addWidget(self._classes_title)
        box.addWidget(self.classes, 1)
        return lower

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what was changed while this was hidden."""
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Show the facts at once, and ask for what has to be looked for."""
        if not self.isVisible():
            return
        facts = self._watch.facts
        recipe, inference = self._document.project.recipe, self._document.main
        asked = (recipe, inference, facts, self._watch.fits)
        if len(asked) == len(self._asked) and all(map(_same, asked, self._asked)):
            return
        self._asked = asked
        self._show_notes()
        if isinstance(facts, DataFacts):
            self._document.readings.saw(recipe.data)
            self._ask(epoch=0)
        else:
            self._looker.drop()  # what was asked of other data would be shown as of these
            self.preview = self._unseen = None
        self._show()

    def _ask(self, *, epoch: int) -> None:
        """Have the data looked at, and once more when PyTorch has come, which batches need."""
        facts, document = self._watch.facts, self._document
        if not isinstance(facts, DataFacts):
            return
        fits = self._watch.fits and not document.main.has_errors
        self._epoch, self._had_torch = epoch, has_torch()
        done = self.given.transforms_done
        self._reading.stop()  # what was asked before is of no use any more
        self._reading = Reading()
        wanted = Wanted(
            document.project,
            document.main,
            facts,
            document.known,
            self._reading,
            fits,
            epoch,
            done,
        )
        self._looker.ask(look, wanted)
        if fits and not self._had_torch:
            self._torch_wait.start()

    def _look_again_at_all(self) -> None:
        """Begin anew what was stopped."""
        self._ask(epoch=self._epoch)
        self._show()

    def _look_for_torch(self) -> None:
        if self.isVisible() and has_torch():
            self._ask(epoch=self._epoch)
        elif self.isVisible():
            self._torch_wait.start()

    def _take(self, found: Preview | Problem) -> None:
        self.preview = None if isinstance(found, Problem) else found
        self._unseen = found if isinstance(found, Problem) else None
        self._show()

    def _show(self) -> None:
        facts, preview = self._watch.facts, self.preview
        recipe = self._document.project.recipe
        self.given.show_preview(preview, self._unseen)
        has_facts = isinstance(facts, DataFacts)
        columns = facts.columns if isinstance(facts, DataFacts) else ()
        columns = columns or (preview.columns if preview else ())
        self.columns.setVisible(bool(columns))
        self.waiting.setVisible(has_facts and not columns)
        self.waiting.show_reading(self._reading if self._looker.is_busy else None)
        self._empty.setVisible(not has_facts)
        self._say_empty()
        if not isinstance(facts, DataFacts):
            self._lower.hide()
            self._fit_upper(has_classes=False)
            return
        parameters = SOURCES[recipe.data.kind].parameters
        self.columns.choices = {
            each.name: each.choices for each in parameters if each.name in PARAMETERS.values()
        }
        chosen = {each: decided(recipe.data.arguments, each) for each in self.columns.choices}
        ranges = preview.ranges if preview else {}
        self.columns.model.show_columns(columns, facts, ranges, chosen, recipe.data)
        counts = facts.class_counts or (preview.class_counts if preview else ())
        names = class_names(recipe.data, facts)
        self.classes.show_classes(names, counts, preview.pictures if preview else {})
        self._lower.setVisible(bool(counts))
        self._fit_upper(has_classes=bool(counts))

    def _fit_upper(self, *, has_classes: bool) -> None:
        """Leave the room that a few rows do not need to the classes, and the other way round."""
        rows = self.columns.model.rowCount()
        is_short = has_classes and 0 < self.columns.model.count <= _FEW
        notes = self._notes_area.height() if self._notes_area.isVisibleTo(self) else 0
        needed = _HEAD + notes + _ROW * rows
        self._upper_part.setMaximumHeight(needed if is_short else _MOST)
        if is_short:  # a splitter does not follow by itself
            sizes = self._halves.sizes()
            self._usual = self._usual or sizes
            self._halves.setSizes([needed, max(0, sum(sizes) - needed)])
        elif self._usual:
            self._halves.setSizes(self._usual)
            self._usual = []
        wanted = self._classes_title.sizeHint().height() + self.classes.wanted + 2 * SPACE
        self._lower.setMaximumHeight(_MOST if is_short else wanted)
        if has_classes and not is_short and self._halves.sizes()[1] > wanted:
            self._halves.setSizes([sum(self._halves.sizes()) - wanted, wanted])

    def _say_empty(self) -> None:
        facts = self._watch.facts
        reading, lacking = (
            self.tr("Reading the data…"),
            self.tr("Drop a file or a folder here, or choose data at the left."),
        )
        unread = self.tr("The data could not be read; why stands at the left.")
        is_wrong = isinstance(facts, Problem) and facts.is_error
        self._empty.setText(reading if facts is None else unread if is_wrong else lacking)

    def _show_notes(self) -> None:
        facts, project = self._watch.facts, self._document.project
        while (item := self._notes.takeAt(0)) is not None:
            discard(item.widget())
        notes = facts.notes if isinstance(facts, DataFacts) else ()
        for note in standing(project, project.main, notes):
            where = found_in_main(note, self._document.state)
            card = ProblemCard(self._document, note, where, title="")
            self._notes.addWidget(card)
            card.show()  # at once, so that it counts for the height
        self._notes_area.setVisible(self._notes.count() > 0)
        self._fit_notes()

    def _fit_notes(self) -> None:
        """Give the notes the height that their words need at their width, up to a share of all."""
        needed = self._notes.totalHeightForWidth(max(200, self._upper_part.width() - SPACE))
        most = max(96, self.height() // _NOTES_SHARE)
        self._notes_area.setFixedHeight(max(0, min(needed, most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_notes)

    def _decide(self, parameter: str, column: str, word: str) -> None:
        data = with_decision(self._document.project.recipe.data, parameter, column, word)
        text = self.tr("Decide on “{0}”").format(column)
        self._document.edit(choose_data(self._document.project, data), text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("What was read"))
        self._classes_title.setText(self.tr("Classes"))
        self._look_again()

    def _look_again(self) -> None:
        """Show all anew, in the language and the theme in use."""
        self._asked = ()
        self._refresh()


def _same(one: object, other: object) -> bool:
    return one is other


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
