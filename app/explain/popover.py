"""The card that explains a number, with an arrow to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.explain.asking import root_of
from app.explain.page import Page, as_text, title_text
from app.look import icons, theme
from app.look.style import set_role
from app.look.theme import RADIUS, SPACE
from app.project.document import Document
from graph_model.explain import Explanation, Question, explain

_WIDTH: Final = 680
_TALLEST: Final = 460
_ARROW: Final = 10


class Popover(QFrame):
    """Explains one number after the other, going upstream by links and back again."""

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self._before: QWidget | None = None
        self._trail: list[Question] = []
        self._shown: Explanation | None = None
        self._page: Page | None = None
        self._tip, self._is_below = 0, True
        self._target = QRect()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        set_role(self._title, "heading")
        self._back, self._copy, self._close = (
            _button("chevron-left"),
            _button("copy"),
            _button("close"),
        )
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.viewport().setAutoFillBackground(False)
        self._text.setStyleSheet("background: transparent")
        self._text.anchorClicked.connect(self._follow)
        top = QHBoxLayout()
        top.setSpacing(SPACE // 2)
        top.addWidget(self._back)
        top.addWidget(self._title, 1)
        top.addWidget(self._copy)
        top.addWidget(self._close)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE + _ARROW, SPACE, SPACE + _ARROW)
        box.addLayout(top)
        box.addWidget(self._text)
        self._back.clicked.connect(self.go_back)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.close)
        document.changed.connect(self._leave)
        theme.manager().changed.connect(self._fill)
        self._retranslate()
        self.hide()

    def open(self, question: Question, target: QRect) -> bool:
        """Explain a number that stands at ``target``, in pixels of the screen.

        Return whether there is anything to say.
        """
        explained = explain(root_of(self._document), question)
        if explained is None:
            return False
        self._target = QRect(self._window.mapFromGlobal(target.topLeft()), target.size())
        self._trail = [question]
        self.show()  # before its size is measured, in the fonts of the stylesheet
        self._show(explained)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self.raise_()
        self._before = QApplication.focusWidget()
        self._text.setFocus(Qt.FocusReason.PopupFocusReason)
        return True

    def _leave(self) -> None:
        self.close()

    def go_back(self) -> None:
        """Show again what was explained before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._ask()

    def copy(self) -> None:
        """Copy what is selected, or the whole explanation as text."""
        cursor = self._text.textCursor()
        if cursor.hasSelection():
            self._text.copy()
        elif self._shown is not None:
            QGuiApplication.clipboard().setText(as_text(self._shown))

    def _follow(self, link: QUrl) -> None:
        assert self._page is not None
        self._trail.append(self._page.questions[int(link.toString())])
        self._ask()

    def _ask(self) -> None:
        explained = explain(root_of(self._document), self._trail[-1])
        if explained is not None:
            self._show(explained)

    def _show(self, explained: Explanation) -> None:
        self._shown = explained
        self._back.setVisible(len(self._trail) > 1)
        self._fill()

    def _fill(self) -> None:
        if self._shown is None:
            return
        self._page = Page(self._shown, theme.current())
        self._title.setText(title_text(self._shown))
        self._text.setHtml(self._page.html())
        self._place()

    def _place(self) -> None:
        """Take the room that is needed, below the number or above it."""
        window = self._window.rect().adjusted(SPACE, SPACE, -SPACE, -SPACE)
        width = min(_WIDTH, window.width())
        self.setFixedWidth(width)
        margins = self._box.contentsMargins()
        document = self._text.document()
        document.setTextWidth(width - margins.left() - margins.right())
        top = max(self._back.sizeHint().height(), self._title.heightForWidth(width - 140))
        around = top + margins.top() + margins.bottom() + self._box.spacing()
        height = min(round(document.size().height()) + 2, _TALLEST) + around
        below, above = window.bottom() - self._target.bottom(), self._target.top() - window.top()
        self._is_below = below >= height or below >= above
        height = min(height, max(below, above))
        x = self._target.center().x() - width // 2
        x = max(window.left(), min(x, window.right() - width))
        self._tip = self._target.center().x() - x
        self.setFixedHeight(height)
        self.move(x, self._target.bottom() if self._is_below else self._target.top() - height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its arrow."""
        colours = theme.current()
        outline = QPainterPath()
        card = QRectF(self.rect()).adjusted(0.5, _ARROW, -0.5, -_ARROW)
        outline.addRoundedRect(card, RADIUS + 2, RADIUS + 2)
        x = max(card.left() + 2 * _ARROW, min(float(self._tip), card.right() - 2 * _ARROW))
        edge, end = (card.top(), 1.0) if self._is_below else (card.bottom(), self.height() - 1.0)
        inner = edge + (1 if self._is_below else -1)
        arrow = QPainterPath()
        arrow.addPolygon(
            QPolygonF([QPointF(x - _ARROW, inner), QPointF(x, end), QPointF(x + _ARROW, inner)])
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color("border_strong"), 1))
        painter.setBrush(colours.color("raised"))
        painter.drawPath(outline.united(arrow))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc, copy by Ctrl+C, go back by Backspace or Alt+Left."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Back) or event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a click elsewhere, or when the window changes."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            at = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(at):
                self.close()
        elif event.type() is QEvent.Type.Resize and watched is self._window:
            self.close()
        elif watched is self._text and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()  # before a shortcut of the window takes it
            if event.type() is QEvent.Type.KeyPress:
                self.keyPressEvent(event)
            return True
        return False

    def closeEvent(self, event: QEvent) -> None:
        """Go for good, and give the focus back to what had it."""
        before = self._before
        if self.isAncestorOf(QApplication.focusWidget() or self) and before and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for button, name in (
            (self._back, self.tr("Back")),
            (self._copy, self.tr("Copy as text")),
            (self._close, self.tr("Close")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self._text.setAccessibleName(self.tr("Explanation"))


def _button(glyph: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icons.icon(glyph))
    return button


def _is_ours(event: QKeyEvent) -> bool:
    """Tell whether a key is ours although the text has the focus."""
    if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
        return False
    keys = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
    standard = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Back)
    return event.key() in keys or any(event.matches(each) for each in standard)
