"""The samples of a split: the worst first, or in another order, all or those of a class or cell."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.background import Latest
from app.language.numbers import grouped
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.sample_list import SampleList
from app.runs.looks import Looks
from app.runs.predictions import ORDERS, Order, Places, Predictions
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.training.predict import Predictor

_AT_ONCE: Final = 60
"""How many samples are shown until more are asked for."""


class SamplesView(QWidget):
    """Some of the samples of a split; ``opened`` carries the number of one that is to be tried.

    What they look like is read beside the window, and only while this is seen. ``cleared`` says
    that all are wanted again in place of those of a cell.
    """

    opened = Signal(int)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._predictor: Predictor | None = None
        self._predictions: Predictions | None = None
        self._only: Places | None = None
        self._only_words = ""
        self._count, self._whole, self._is_due = _AT_ONCE, 0, False
        self._title, self._told = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._told, "caption")
        self.order = unmoved_by_wheel(QComboBox())
        """Which samples come first."""
        self.order.addItems([""] * len(ORDERS))
        self.of_class = unmoved_by_wheel(QComboBox())
        """All samples, or those of a class."""
        for menu in (self.order, self.of_class):
            menu.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            menu.setMinimumContentsLength(7)
            menu.currentIndexChanged.connect(self._begin_anew)
        self._all = Button()
        set_role(self._all, "link")
        self._all.clicked.connect(self.cleared)
        self._more = Button()
        self._more.clicked.connect(self._show_more)
        self.list = SampleList()
        self.list.opened.connect(self.opened)
        self._reader = Latest(self)
        self._reader.done.connect(self._take)
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(self._title, 1)
        head.addWidget(self.order)
        head.addWidget(self.of_class)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self._told)
        below.addWidget(self._all)
        below.addStretch(1)
        below.addWidget(self._more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(head)
        box.addLayout(below)
        box.addWidget(self.list, 1)
        self.setMinimumWidth(200)
        self._retranslate()

    def show_predictions(self, predictor: Predictor, predictions: Predictions) -> None:
        """Show the samples of a split that an output was asked for."""
        self._predictor, self._predictions = predictor, predictions
        self._only, self._only_words = None, ""
        self._offer_classes()
        self._begin_anew()

    def show_only(self, places: Places | None, words: str = "") -> None:
        """Show these samples alone, which ``words`` describe; with ``None`` all."""
        self._only, self._only_words = places, words
        self._begin_anew()

    def _offer_classes(self) -> None:
        predictions = self._predictions
        are_classes = predictions is not None and predictions.is_flat
        self.of_class.blockSignals(True)
        self.of_class.clear()
        names = predictions.class_names if predictions is not None and are_classes else ()
        self.of_class.addItems([self.tr("All classes"), *names])
        self.of_class.blockSignals(False)
        self.of_class.setEnabled(are_classes)

    def _begin_anew(self) -> None:
        self._count = _AT_ONCE
        self._ask()

    def _show_more(self) -> None:
        self._count *= 2
        self._ask()

    def _ask(self) -> None:
        """Read what the first samples look like, now or when they are seen."""
        if self._predictions is None or self._predictor is None:
            return
        self._is_due = not self.isVisible()
        if not self._is_due:
            order = ORDERS[self.order.currentIndex()]
            of_class = self.of_class.currentIndex() - 1
            wanted = (order, self._only, of_class, self._count)
            self._reader.ask(_looked_at, self._predictor, self._predictions, *wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._ask()

    def _take(self, found: tuple[Predictions, Places, Looks, int]) -> None:
        predictions, places, looks, self._whole = found
        if predictions is self._predictions:
            self.list.show_samples(predictions, places, looks)
            self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Samples"))
        words = (
            self.tr("Worst first"),
            self.tr("Best first"),
            self.tr("Least sure first"),
            self.tr("Surest first"),
            self.tr("At random"),
        )
        for place, word in enumerate(words):
            self.order.setItemText(place, word)
        self.order.setAccessibleName(self.tr("Order"))
        self.of_class.setAccessibleName(self.tr("Class"))
        if self.of_class.count():
            self.of_class.setItemText(0, self.tr("All classes"))
        self._all.setText(self.tr("Show all"))
        self._all.setVisible(self._only is not None)
        self.of_class.setVisible(self._only is None and self.of_class.isEnabled())
        self._more.setText(self.tr("More"))
        whole = self._whole
        self._more.setVisible(whole > self._count)
        told = self.tr("{0} of {1}").format(grouped(min(whole, self._count)), grouped(whole))
        self._told.setText(f"{self._only_words} · {told}" if self._only_words else told)


def _looked_at(
    predictor: Predictor,
    predictions: Predictions,
    order: Order,
    only: Places | None,
    of_class: int,
    count: int,
) -> tuple[Predictions, Places, Looks, int]:
    """Return the first places of an order, what is there, and how many there are."""
    places = only
    if places is None and of_class >= 0:
        places = predictions.of_class(of_class)
    found = predictions.ordered(order, places)
    module = importlib.import_module("app.training.looks")
    looks = module.looks_of(predictor.samples, predictions.samples[found[:count]])
    return predictions, found[:count], looks, len(found)
