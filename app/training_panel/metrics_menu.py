"""What is told of an output: a button that names it, with a menu of all that could be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from app.language.sentences import metric_title
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.staying_menu import StayingMenu, choosing
from graph_model.recipe import Choice, Objective
from graph_model.recipes.metrics import MetricKind, figure, metrics_of, suiting, variants
from graph_model.tensors import TensorSpec


class MetricsRow(QWidget):
    """Chooses the metrics of one output; ``edited`` carries them, none for the usual ones."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._objective: Objective | None = None
        self._spec: TensorSpec | None = None
        self._classes = 0
        self._usual = QAction(self)
        self._actions: dict[str, QAction] = {}
        self._label = QLabel()
        set_role(self._label, "caption")
        self.button, self.menu = choosing()
        self.menu.aboutToShow.connect(self._fill)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._label)
        row.addWidget(self.button, 1)

    def show_objective(self, objective: Objective, spec: TensorSpec | None, classes: int) -> None:
        """Show what is told of an output of this shape, held against so many classes."""
        self._objective, self._spec, self._classes = objective, spec, classes
        self._say()
        self._check()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    @property
    def _chosen(self) -> tuple[Choice, ...]:
        return metrics_of(self._objective, self._spec) if self._objective else ()

    def _say(self) -> None:
        self._label.setText(self.tr("Metrics"))
        names = ", ".join(metric_title(figure(each)) for each in self._chosen)
        room = self.button.width() - 4 * SPACE
        elide = Qt.TextElideMode.ElideRight
        self.button.setText(self.button.fontMetrics().elidedText(names, elide, room))
        self.button.setToolTip(names)
        self.button.setAccessibleName(f"{self._label.text()}: {names}")

    def _fill(self) -> None:
        """Make the menu anew: the usual ones, then each metric, those of several kinds within."""
        self.menu.clear()
        self._actions.clear()
        if self._objective is None:
            return
        self._usual = self.menu.addAction(self.tr("The usual ones"))
        self._usual.triggered.connect(lambda: self.edited.emit(()))
        self._usual.setCheckable(True)
        self.menu.addSeparator()
        for kind in suiting(self._objective).values():
            found = variants(kind, self._classes, self._chosen)
            menu = self.menu if len(found) == 1 else self._submenu(kind)
            for each in found:
                title = _translated(kind.title) if menu is self.menu else metric_title(figure(each))
                action = menu.addAction(title, partial(self._toggle, each))
                action.setCheckable(True)
                action.setToolTip(_translated(kind.help))
                self._actions[figure(each)] = action
        self._check()

    def _submenu(self, kind: MetricKind) -> QMenu:
        menu = StayingMenu(self.menu)
        menu.setTitle(_translated(kind.title))
        menu.menuAction().setToolTip(_translated(kind.help))
        self.menu.addMenu(menu)
        return menu

    def _check(self) -> None:
        """Mark what is told."""
        assert self._objective is not None
        self._usual.setChecked(not self._objective.metrics)
        told = set(map(figure, self._chosen))
        for name, action in self._actions.items():
            action.setChecked(name in told)

    def _toggle(self, choice: Choice) -> None:
        """Tell it, or no longer; where nothing would be left, the usual ones are told again."""
        assert self._objective is not None
        kept = tuple(each for each in self._chosen if figure(each) != figure(choice))
        changed = kept if len(kept) < len(self._chosen) else (*kept, choice)
        usual = metrics_of(replace(self._objective, metrics=()), self._spec)
        is_usual = set(map(figure, changed)) == set(map(figure, usual))
        self.edited.emit(() if is_usual else changed)
        self._check()  # where nothing has changed, Qt has marked it all the same


def _translated(text: str) -> str:
    return QCoreApplication.translate("Recipe", text)
