"""Why a model says what it says: of a picture or text which parts, of a table which columns."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from app.background import Latest
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.explain_views import DependenceView, HeatView, ImportanceView, WordsView
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.results_panel.asking import Outcome
    from app.runs.predictions import Predictions

_PREDICTED = -1


class ExplainPage(QWidget):
    """Explains the answer to a sample that is chosen, or how a model uses the columns of a table.

    Asked beside the window, and only while somebody looks.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self._predictions: Predictions | None = None
        self._output, self._kind = 0, ""
        self._asked = threading.Event()
        self.place = unmoved_by_wheel(QSpinBox())
        """Which sample of the split, from 1 on, the worst first."""
        self.target = unmoved_by_wheel(QComboBox())
        """The class that is asked about."""
        self.way = unmoved_by_wheel(QComboBox())
        """How a picture is explained."""
        self._told = QLabel()
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._told, "caption")
        self.heat, self.words = HeatView(), WordsView()
        self.importance, self.dependence = ImportanceView(), DependenceView()
        self._table = QWidget()
        self.place.lineEdit().setTextMargins(5, 0, 0, 0)
        self._none = QLabel()
        self._none.setWordWrap(True)
        set_role(self._none, "caption")
        self.place.valueChanged.connect(self._ask)
        self.target.activated.connect(self._ask)
        self.way.activated.connect(self._ask)
        self.importance.chosen.connect(self._ask_column)
        self._worker, self._column_worker = Latest(self), Latest(self)
        self._worker.done.connect(self._show)
        self._column_worker.done.connect(self.dependence.show_dependence)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        for widget in (self.place, self.target, self.way):
            head.addWidget(widget)
        head.addStretch(1)
        columns = QHBoxLayout(self._table)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(2 * SPACE)
        columns.addWidget(self.importance, 1)
        columns.addWidget(self.dependence, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE)
        box.addLayout(head)
        box.addWidget(self._told)
        for view in (self.heat, self.words, self._table):
            box.addWidget(view, 1)
        box.addWidget(self._none)
        box.addStretch(0)

    def show_outcome(self, outcome: Outcome, predictions: Predictions, output: int) -> None:
        """Explain what this model says of the samples of a split, by this one of its outputs."""
        self._outcome, self._predictions, self._output = outcome, predictions, output
        self._order = predictions.samples[predictions.ordered("worst")]
        self._kind = _explaining().explains(outcome.predictor)
        self._fill(predictions)
        self._ask()

    def _fill(self, predictions: Predictions) -> None:
        """Offer the samples, the classes and the ways that there are."""
        is_one = self._kind in ("picture", "text")
        self.place.blockSignals(True)
        self.place.setRange(1, max(1, len(self._order)))
        self.place.blockSignals(False)
        self.target.clear()
        self.target.addItem(self.tr("Predicted class"), _PREDICTED)
        for number, name in enumerate(predictions.class_names):
            self.target.addItem(name, number)
        self.way.clear()
        assert self._outcome is not None
        if self._kind == "picture":
            for way in _explaining().ways(self._outcome.predictor):
                self.way.addItem(self._way_names()[way], way)
        for widget, is_seen in (
            (self.place, is_one),
            (self.target, is_one and predictions.has_one_class),
            (self.way, self._kind == "picture"),
            (self.heat, self._kind == "picture"),
            (self.words, self._kind == "text"),
            (self._table, self._kind == "table"),
            (self._none, not self._kind),
        ):
            widget.setVisible(is_seen)

    def _ask(self) -> None:
        self._asked.set()
        if self._outcome is None or self._predictions is None or not self._kind:
            return
        asked, predictor = _explaining(), self._outcome.predictor
        if self._kind == "table":
            self._say(self.tr("Shuffling columns …"))
            samples = self._predictions.samples
            self._worker.ask(asked.of_columns, predictor, self._output, samples, self._goes_on())
            return
        sample = int(self._order[self.place.value() - 1])
        target = self._target_of(sample)
        if self._kind == "text":
            self._worker.ask(asked.of_text, predictor, self._output, sample, target)
        else:
            way = self.way.currentData()
            self._worker.ask(asked.of_picture, predictor, self._output, sample, target, way)

    def _goes_on(self) -> Callable[[], bool]:
        """Return what says whether an answer is still waited for: until the next is asked for."""
        asked = self._asked = threading.Event()
        return lambda: not asked.is_set()

    def _target_of(self, sample: int) -> int | None:
        """Return the class that is asked about, and say what was predicted and what is true."""
        found = self._predictions
        assert found is not None
        place = int((found.samples == sample).argmax())
        says = [self._way_says().get(self.way.currentData(), "")] * (self._kind == "picture")
        self._say("   ·   ".join([self.tr("sample {0}").format(sample), *says]))
        if not found.has_one_class:
            return None
        predicted, true = int(found.predicted[place]), int(found.true[place])
        answer = self.tr("sample {0}: predicted {1}, true {2}").format(
            sample, found.name(predicted), found.name(true)
        )
        self._say("   ·   ".join([answer, *says]))
        if found.scores.shape[1] == 2 and self._is_single():
            return None
        chosen = self.target.currentData()
        return predicted if chosen in (None, _PREDICTED) else int(chosen)

    def _is_single(self) -> bool:
        """Whether the model gives one number for two classes."""
        assert self._outcome is not None
        return bool(_explaining().gives_one_number(self._outcome.predictor, self._output))

    def _ask_column(self, name: str) -> None:
        if self._outcome is not None and self._predictions is not None:
            asked = _explaining().of_column
            samples = self._predictions.samples
            self._column_worker.ask(asked, self._outcome.predictor, self._output, samples, name)

    def _show(self, found: Any) -> None:
        shows: dict[str, Callable[[Any], None]] = {
            "picture": self.heat.show_heat,
            "text": self.words.show_words,
            "table": self._show_columns,
        }
        shows[self._kind](found)

    def _show_columns(self, found: Any) -> None:
        self._say("")
        self.importance.show_columns(found)
        if found.importances:
            self._ask_column(found.importances[0].name)

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _way_names(self) -> dict[str, str]:
        return {
            "grad_cam": self.tr("Grad-CAM"),
            "occlusion": self.tr("Occlusion"),
            "saliency": self.tr("Saliency"),
            "integrated_gradients": self.tr("Integrated gradients"),
        }

    def _way_says(self) -> dict[str, str]:
        return {
            "grad_cam": self.tr("where the last convolution sees what speaks for the answer"),
            "occlusion": self.tr("how much the answer falls where a window is covered"),
            "saliency": self.tr("how strongly each pixel would change the answer"),
            "integrated_gradients": self.tr("what each pixel adds to the answer"),
        }

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.place.setPrefix(self.tr("Sample, the worst first: "))
        self.place.setAccessibleName(self.tr("Which sample"))
        self.target.setAccessibleName(self.tr("Which class"))
        self.way.setAccessibleName(self.tr("How it is explained"))
        self._none.setText(
            self.tr("There is an explanation for one picture, one text, or the columns of a table.")
        )
        if self._predictions is not None:
            self._fill(self._predictions)


def _explaining() -> Any:
    """Return the module that explains, which loads PyTorch; asked where that is loaded already."""
    return importlib.import_module("app.attribution.explaining")
