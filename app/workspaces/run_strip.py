"""The run in the top bar: its loss as a small curve, how far it is, how long it will take."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.look import theme
from app.look.theme import RADIUS, SMALL, SPACE, ui_font
from app.training_panel.trainer import Trainer

_CURVE: Final = 60
"""The width, in pixels, of the curve, which is shown wherever the strip is."""
_HEIGHT: Final = 32
_FEWEST_WORDS: Final = 56
"""The room, in pixels, from which words are shown."""
_POINTS: Final = 48
"""How many pieces of the run the curve joins: one for each pixel or so."""
_LINE: Final = 2.0


class RunStrip(QAbstractButton):
    """Shows the run under way, with words where there is room; invisible while there is none.

    A click is to lead to where the run is watched.
    """

    LEAST: Final = _CURVE

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self._fraction: float | None = None
        self._words = ("", "")
        self._widest = 0
        self._curve = QPolygonF()
        self._losses = 0
        """How many of them the curve joins."""
        self.setFont(ui_font(SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        trainer.progressed.connect(self._show_progress)
        trainer.state_changed.connect(self._show_state)
        theme.manager().changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        """Return the size with words, which never shrinks while there is a run."""
        return QSize(_CURVE + SPACE + self._widest + SPACE, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the curve alone."""
        return QSize(self.LEAST, _HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._words, self._widest = ("", ""), 0
            self._trainer.tell()
        super().changeEvent(event)

    def _show_state(self) -> None:
        trainer = self._trainer
        if trainer.is_free:
            self.hide()
            self._curve, self._fraction, self._widest = QPolygonF(), None, 0
            self._words, self._losses = ("", ""), 0
        elif trainer.is_paused:
            self._say(self._words[0], self.tr("Paused"))

    def _show_progress(self, fraction: float | None, what: str, left: str) -> None:
        if self._trainer.is_free:
            return
        self._say(what, self.tr("Paused") if self._trainer.is_paused else left)
        self._draw(fraction)
        self.show()

    def _draw(self, fraction: float | None) -> None:
        """Draw how far the run is, where that is a pixel more than before.

        While it trains all this takes time from the training.
        """
        if not fraction:
            self._curve, self._losses = QPolygonF(), 0
        elif len(self._trainer.session.record.step_loss) * _POINTS >= self._losses * (_POINTS + 1):
            self._curve = self._drawn()
        elif self._fraction and abs(fraction - self._fraction) * self.width() < 1:
            return
        self._fraction = fraction
        self.update()

    def _say(self, what: str, left: str) -> None:
        if (what, left) == self._words:
            return
        self._words = (what, left)
        # With room for two more figures, so that it seldom has to grow while one looks at it.
        widest = max(map(self.fontMetrics().horizontalAdvance, (f"{what}00", f"{left}00")))
        if widest > self._widest:
            self._widest = widest
            self.updateGeometry()
        told = " · ".join(filter(None, self._words))
        self.setAccessibleName(told)
        self.setToolTip(told + "\n" + self.tr("Click to watch it"))
        self.update()

    def _drawn(self) -> QPolygonF:
        """Return the losses so far as means of equal pieces, in shares of width and height."""
        losses = self._trainer.session.record.step_loss
        self._losses = len(losses)
        means = losses.means(_POINTS)
        finite = [(at, mean) for at, mean in enumerate(means) if abs(mean) < float("inf")]
        if len(finite) < 2:
            return QPolygonF()
        low = min(mean for _, mean in finite)
        span = max(mean for _, mean in finite) - low or 1.0
        last = len(means) - 1
        return QPolygonF([QPointF(at / last, (mean - low) / span) for at, mean in finite])

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("pressed"))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        inner = QRectF(self.rect()).adjusted(SPACE / 2, SPACE / 2, -SPACE / 2, -SPACE / 2)
        curve = QRectF(inner.left(), inner.top(), _CURVE - SPACE, inner.height() - _LINE - 3)
        self._paint_curve(painter, curve)
        self._paint_line(painter, inner)
        if self.width() >= _CURVE + _FEWEST_WORDS:
            self._paint_words(painter, _CURVE + SPACE // 2)
        painter.end()

    def _paint_curve(self, painter: QPainter, room: QRectF) -> None:
        pen = QPen(theme.current().color("accent"), 1.6)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        at = [
            QPointF(room.left() + each.x() * room.width(), room.bottom() - each.y() * room.height())
            for each in self._curve.toList()
        ]
        painter.drawPolyline(QPolygonF(at))

    def _paint_line(self, painter: QPainter, inner: QRectF) -> None:
        """Paint how much is done along the foot."""
        colours = theme.current()
        foot = QRectF(inner.left(), inner.bottom() - _LINE, inner.width(), _LINE)
        painter.fillRect(foot, colours.color("border_strong"))
        foot.setWidth(foot.width() * (self._fraction or 0.0))
        painter.fillRect(foot, colours.color("accent"))

    def _paint_words(self, painter: QPainter, left: int) -> None:
        colours, height = theme.current(), (_HEIGHT - SPACE // 2) // 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for place, (words, token) in enumerate(
            zip(self._words, ("text", "text_muted"), strict=True)
        ):
            painter.setPen(colours.color(token))
            line = QRect(left, place * height - 1, self.width() - left - SPACE // 2, height)
            short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, flags, short)

    def _repaint(self) -> None:
        self.update()
