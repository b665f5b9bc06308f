"""The welcome page: begin anew, go on, or open an example."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import metric_title, translate
from app.look.icons import application_icon, icon
from app.look.style import set_role
from app.look.theme import SPACE, ui_font
from app.project.document import Document
from app.project.examples import BY_NAME, GROUPS, Example, load_example
from app.project.files import Files
from app.widgets.button import Button

_FEWEST, _MOST = 3, 5
"""How many examples stand side by side."""
_WIDTH: Final = 960
"""The width of the page with the fewest, in pixels."""
_NARROW: Final = 1280
"""The width of the window up to which it has the fewest."""
_CARD: Final = 232
"""The width that one more takes."""
_LONGEST_NAME: Final = 16


class Welcome(QScrollArea):
    """The ways on and recent files on the left, examples on the right.

    ``finished`` says that the canvas is to be shown, whatever is on it; ``begins_with`` tells the
    weights that runs of an example just opened begin with, ``None`` for new ones.
    """

    finished = Signal()
    begins_with = Signal(object)

    def __init__(self, document: Document, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._files = document, files
        self.setWidgetResizable(True)
        self._content = QWidget()
        self.setWidget(self._content)
        outer = QHBoxLayout(self._content)
        outer.addStretch()
        self._columns = QHBoxLayout()
        self._columns.setSpacing(6 * SPACE)
        outer.addLayout(self._columns)
        outer.addStretch()
        self._page: QWidget | None = None
        self._across = _FEWEST

    def refresh(self) -> None:
        """Make the page anew, in the language in use and with the latest files."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = QWidget()
        self._across = self._fitting()
        self._page.setFixedWidth(_WIDTH + (self._across - _FEWEST) * _CARD)
        row = QHBoxLayout(self._page)
        row.setSpacing(6 * SPACE)
        row.setContentsMargins(SPACE, 6 * SPACE, SPACE, 6 * SPACE)
        row.addLayout(self._begin(), 1)
        row.addLayout(self._examples(), self._across)
        self._columns.addWidget(self._page)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the latest files, and begin at the first button."""
        if not event.spontaneous():
            self.refresh()
        super().showEvent(event)
        self._first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use what room there is."""
        super().resizeEvent(event)
        if self._page is not None and self._across != self._fitting():
            self.refresh()
            self._first.setFocus()

    def _fitting(self) -> int:
        """Return how many examples there is room for side by side."""
        return max(_FEWEST, min(_MOST, _FEWEST + (self.width() - _NARROW) // _CARD))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._page is not None:
            self.refresh()
        super().changeEvent(event)

    def _begin(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        logo = QLabel()
        logo.setPixmap(application_icon().pixmap(56, 56))
        column.addWidget(logo)
        column.addWidget(_title("Layerweft", 26))
        motto = QLabel(self.tr("Draw a network. See every shape. Watch it learn."))
        motto.setWordWrap(True)
        set_role(motto, "muted")
        column.addWidget(motto)
        column.addSpacing(2 * SPACE)
        buttons = self._ways_on()
        (self._first, glyph), *_ = buttons
        set_role(self._first, "primary")
        self._first.setIcon(icon(glyph, "on_accent"))
        for button, _ in buttons:  # as wide as the column, whatever they say
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        told = QLabel(self.tr("Or drop data or a project here: a table, arrays, pictures, texts."))
        told.setWordWrap(True)
        set_role(told, "caption")
        column.addWidget(told)
        recent = self._files.recent()[:6]
        if recent:
            column.addSpacing(2 * SPACE)
            column.addWidget(_section(self.tr("Recent")))
        for path in recent:
            button = self._button(
                "file", _short(path.name, 28), partial(self._files.open_path, path)
            )
            set_role(button, "link")
            button.setToolTip(str(path))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return column

    def _examples(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        for heading, examples in GROUPS.items():
            column.addWidget(_section(translate("Example", heading)))
            grid = QGridLayout()
            grid.setSpacing(2 * SPACE)
            for place, example in enumerate(examples):
                card = _ExampleCard(example, self.open_example)
                card.setMinimumWidth(1)  # columns of one width, whatever the titles say
                grid.addWidget(card, *divmod(place, self._across))
            for place in range(self._across):
                grid.setColumnStretch(place, 1)
                if place >= len(examples):  # a column without anything would have no gap before it
                    grid.addWidget(QWidget(), 0, place)
            column.addLayout(grid)
            column.addSpacing(SPACE)
        column.addStretch(1)
        return column

    def open_example(self, name: str) -> None:
        """Open a copy of an example."""
        if self._files.replace(load_example(name)):
            self.begins_with.emit(BY_NAME[name].beginning)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the page with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def _ways_on(self) -> list[tuple[QPushButton, str]]:
        """Return the buttons that lead on and their icons, the likeliest wish first."""
        last, is_empty = self._files.last, not self._document.network.nodes
        back = self.tr("Back to the canvas")
        if not is_empty:
            back = self.tr("Back to {0}").format(_short(self._document.name))
        ways = {
            "new": (self.tr("New network"), self._files.new, ""),
            "open": (self.tr("Open…"), self._files.open, ""),
            "chevron-left": (back, self.finished.emit, "Esc"),
        }
        if last is not None:
            text = self.tr("Continue with {0}").format(_short(last.stem))
            ways = {"clock": (text, partial(self._files.open_path, last), str(last)), **ways}
        first = "chevron-left" if not is_empty else "clock" if last is not None else "new"
        found = []
        for glyph in sorted(ways, key=lambda each: each != first):
            text, act, tip = ways[glyph]
            button = self._button(glyph, text.replace("&", "&&"), act)
            button.setToolTip(tip)
            found.append((button, glyph))
        return found

    def _button(self, glyph: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = Button(text)
        button.setIcon(icon(glyph))
        button.clicked.connect(lambda _: slot())
        return button


class _ExampleCard(QFrame):
    """One example: its title and what it shows. A click or Enter opens it."""

    def __init__(self, example: Example, open: Callable[[str], None]) -> None:
        super().__init__()
        self._name, self._open = example.name, open
        set_role(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title = QLabel(translate("Example", example.title))
        title.setWordWrap(True)
        set_role(title, "heading")
        text = QLabel(translate("Example", example.description))
        text.setWordWrap(True)
        text.setMinimumWidth(1)  # cards of one width, whatever they say
        set_role(text, "muted")
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(text.text())
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 12, 2 * SPACE, 12)
        box.setSpacing(4)
        box.addWidget(title)
        box.addWidget(text)
        box.addStretch()
        box.addWidget(self._figure(example))

    def _figure(self, example: Example) -> QLabel:
        """Return what the example comes to, or how large it is; a GAN has neither."""
        figure = QLabel()
        set_role(figure, "caption")
        if example.metric:
            sign = "≤" if example.metric == "loss" else "≥"
            figure.setText(f"{metric_title(example.metric)} {sign} {example.reaches:g}")
            figure.setToolTip(self.tr("What its recipe reaches on the validation split"))
        elif example.parameters:
            figure.setText(self.tr("{count} parameters").format(count=f"{example.parameters:,}"))
        return figure

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._open(self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._name)
        else:
            super().keyPressEvent(event)


def _short(name: str, longest: int = _LONGEST_NAME) -> str:
    """Return a name with its middle left out where it is too long for a button."""
    half = longest // 2
    return name if len(name) <= longest else f"{name[:half].rstrip()}…{name[-half:].lstrip()}"


def _title(text: str, size: int) -> QLabel:
    label = QLabel(text)
    font = ui_font(size)
    font.setWeight(font.Weight.DemiBold)
    label.setFont(font)
    return label


def _section(text: str) -> QLabel:
    label = QLabel(text)
    set_role(label, "heading")
    return label
