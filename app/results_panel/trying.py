"""Asks a trained model of whatever it is tried on, and shows the newest answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.background import Latest
from app.language.sentences import problem_sentence
from app.results_panel import asking
from app.results_panel.try_view import TryView
from codegen.pictures import SUFFIXES
from graph_model.problems import Refusal

if TYPE_CHECKING:
    from app.results_panel.asking import Ahead, Outcome, Trial
    from app.runs.predictions import Predictions
    from app.training.text_trial import Continuation


class Trying(QObject):
    """Drives a :class:`TryView`; ``named`` gives predictions the names of classes to be shown."""

    def __init__(
        self, view: TryView, named: Callable[[Predictions], Predictions], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._named = named
        self._outcome: Outcome | None = None
        self._output, self._is_begun = 0, False
        self.view = view
        """What is given, and the answer."""
        view.sample_chosen.connect(self.try_sample)
        view.file_given.connect(self._try_file)
        view.row_wanted.connect(self._try_row)
        view.newest_wanted.connect(self._try_newest)
        view.drawing.drawn.connect(self._try_drawing)
        view.text.edited.connect(self._try_text)
        view.text.wanted.connect(self._go_on)
        self.worker = Latest(self)
        """Answers come from here."""
        self.worker.done.connect(self._show)

    def use(self, outcome: Outcome | None, output: int) -> None:
        """Ask this model from now on, and this one of its outputs; ``None`` asks nobody."""
        if outcome is self._outcome and output == self._output:
            return
        before = self._outcome.takes if self._outcome is not None else None
        is_same = outcome is not None and outcome.takes is before
        self._outcome, self._output = outcome, output
        self.worker.drop()
        if outcome is None or is_same:
            if is_same and self._is_begun:
                self.try_sample(self.view.number.value())
            return
        self._is_begun = False
        takes = outcome.takes
        self.view.text.show_field(takes.text)
        self.view.answer.setVisible(not self.view.text.is_gone_on)  # which is answered in its place
        self.view.offer(
            outcome.predictor.samples.data.facts.samples,
            takes.cells,
            takes.drawable,
            takes_pictures=takes.pictures,
            is_series=takes.series is not None,
        )
        self.view.answer.clear()

    def begin(self) -> None:
        """Try the first sample of the split, unless something was tried already."""
        if self._outcome is not None and not self._is_begun:
            self.try_sample(int(self._outcome.predictions[0].samples[0]))

    def try_sample(self, index: int) -> None:
        """Try a sample of the data."""
        self._ask(asking.of_sample, index)

    def _try_file(self, path: Path) -> None:
        takes = self._outcome.takes if self._outcome is not None else None
        like = takes.drawable if takes is not None and _is_picture(path) else None
        if like is not None and self.view.drawing.fitted.isChecked():
            self._ask(asking.of_picture, like, path)
        else:
            self._ask(asking.of_file, path)

    def _try_row(self, cells: Mapping[str, str]) -> None:
        self._ask(asking.of_row, cells)

    def _try_text(self, text: str) -> None:
        if text.strip():
            self._ask(asking.of_text, text)

    def _go_on(self, text: str, count: int, temperature: float, seed: int) -> None:
        self._ask(asking.gone_on, text, count, temperature, seed)

    def _try_drawing(self, ink: NDArray[Any], is_fitted: bool) -> None:
        like = self._outcome.takes.drawable if self._outcome is not None else None
        if like is None:
            return
        if not ink.any():
            self.worker.drop()
            self.view.answer.clear()
            return
        self._ask(asking.of_drawing, like, ink, is_fitted)

    def _try_newest(self) -> None:
        if self._outcome is not None and self._outcome.takes.series is not None:
            self._ask(asking.newest, self._outcome.takes.series)

    def _ask(self, function: Callable[..., object], *arguments: object) -> None:
        if self._outcome is not None:
            self._is_begun = True
            self.worker.ask(function, self._outcome.predictor, self._output, *arguments)

    def _show(self, found: Trial | Ahead | Continuation | Refusal) -> None:
        if self._outcome is None:  # cleared meanwhile
            return
        view = self.view
        if isinstance(found, Refusal):
            view.answer.complain(problem_sentence(found.problem))
        elif isinstance(found, asking.Trial):
            self._show_trial(found)
        elif isinstance(found, asking.Ahead):
            view.answer.show_forecast(found.forecast)
        else:
            view.text.show_continuation(found)

    def _show_trial(self, found: Trial) -> None:
        view, predictions = self.view, self._named(found.predictions)
        if found.text is not None:
            view.text.show_text(found.text)
        if found.looks is not None:
            view.show_number(int(predictions.samples[0]))
            view.row.show_cells(dict(zip(found.looks.columns, *found.looks.cells, strict=True))
                                if found.looks.cells else {})  # fmt: skip
        if view.text.is_gone_on:
            view.answer.clear()
            return
        view.answer.show_prediction(predictions, found.seen)
        view.text.tell_unknown(found.unknown)
        view.answer.tell(self._told(found))

    def _told(self, found: Trial) -> str:
        """Return what is told of the rows of a file: what is wrong with some."""
        lines = [problem_sentence(each) for each in found.wrong[:1]]
        if len(found.wrong) > 1:
            lines.append(self.tr("{0} more cannot be read.").format(len(found.wrong) - 1))
        return "\n".join(lines)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES
