"""Where the panels lie in each workspace, and which is shown; remembered between starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from app.canvas.view import CanvasView
from app.experiments_panel.experiments import Experiments
from app.late import late
from app.project.document import Document
from app.settings import SettingsStore
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import HORIZONTAL, VERTICAL, Arrangement
from app.widgets.late_page import LatePage
from app.workspaces.canvas_place import CanvasPlace
from app.workspaces.kinds import SIDES, Workspace
from graph_model.editing.differences import Differences

_BOTTOM_SHARE: Final = 0.34
_SMALL_SCREEN, _WIDE_SCREEN = 1440, 1800
"""The width, in pixels, up to which the window takes all of it, and from which panels are wide."""
_SHARE_OF_LARGE: Final = 0.85


class Workspaces(QWidget):
    """The workspaces, one of them in view, or the welcome page over them.

    There is one canvas; it lies in whichever workspace is shown, each with its own part in view.
    ``changed`` says that another workspace is shown, or other panels. ``project_wanted`` asks to
    open the project as it was in a run, ``export_wanted`` to export it, and
    ``differences_wanted`` to show what was edited since one, ``report_wanted`` to write of some.
    ``open_data_wanted`` asks for a file to be chosen, ``open_data_folder_wanted`` for a folder.
    """

    changed = Signal()
    project_wanted = Signal(Path)
    export_wanted = Signal(Path)
    differences_wanted = Signal(object)
    report_wanted = Signal(object)
    open_data_wanted = Signal()
    open_data_folder_wanted = Signal()

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        experiments: Experiments,
        canvas: CanvasView,
        welcome: QWidget,
        parts: dict[str, QWidget],
        store: SettingsStore,
    ) -> None:
        super().__init__()
        self._document, self._trainer, self._store = document, trainer, store
        self._experiments = experiments
        experiments.started.connect(lambda: self.go_to(Workspace.RUNS))
        self._canvas, self._welcome, self._parts = canvas, welcome, parts
        self._arrangement = Arrangement(store)
        self._places = {Workspace.DRAW: CanvasPlace()}
        self._views: dict[Workspace, Callable[[], None]] = {}
        self.current = Workspace.DRAW
        """The workspace that is shown, or was before the welcome page."""
        self.data = LatePage(self._make_data)
        """The page where the data are looked at."""
        self.training = LatePage(self._make_training)
        """The page where one trains."""
        self.runs = LatePage(self._make_runs)
        """The page where one compares runs."""
        self._of = {
            Workspace.DRAW: self._make_drawing(),
            Workspace.DATA: self.data,
            Workspace.TRAIN: self.training,
            Workspace.RUNS: self.runs,
        }
        document.readings.wanted.connect(lambda: self.go_to(Workspace.DATA))
        self._pages = QStackedWidget()
        for page in (*self._of.values(), welcome):
            self._pages.addWidget(page)
        self._places[Workspace.DRAW].take(canvas)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)

    def _make_drawing(self) -> QWidget:
        palette, inspector, bottom = (self._parts[each] for each in SIDES[Workspace.DRAW].values())
        palette.setMinimumWidth(140)
        inspector.setMinimumWidth(300)  # what a row of a form in a block needs
        bottom.setMinimumSize(320, 120)  # what its tabs and the buttons beside them need
        sides, heights = _sizes_of_drawing()
        split = self._arrangement.split
        middle = split("middle", VERTICAL, (self._places[Workspace.DRAW], bottom), heights, 0)
        columns = split("columns", HORIZONTAL, (palette, middle, inspector), sides, 1)
        for name, part in self._parts.items():
            self._arrangement.add_panel(name, part)
        return columns

    def _make_data(self) -> QWidget:
        panel = late("app.data_panel.panel").DataPanel(
            self._document, self._trainer.watch, self._arrangement
        )
        panel.source.open_wanted.connect(self.open_data_wanted)
        panel.source.open_folder_wanted.connect(self.open_data_folder_wanted)
        panel.given.drew.connect(self._show_drawn)
        self._arrangement.add_panel("source", panel.source_side)
        self._arrangement.add_panel("given", panel.given_side)
        page: QWidget = panel
        return page

    def _show_drawn(self) -> None:
        """Show the whole of a network that was drawn for the data."""
        self.forget_views()
        self.go_to(Workspace.DRAW)
        self._canvas.fit()

    def _make_training(self) -> QWidget:
        network = self._places[Workspace.TRAIN] = CanvasPlace()
        network.setMinimumWidth(200)
        panel = late("app.training_panel.panel").TrainingPanel(
            self._document, self._trainer, self._arrangement, network
        )
        panel.edited.wanted.connect(self.differences_wanted)
        panel.recipe.data.wanted.connect(lambda: self.go_to(Workspace.DATA))
        self._arrangement.add_panel("recipe", panel.recipe_side)
        self._arrangement.add_panel("network", network)
        page: QWidget = panel
        return page

    def _make_runs(self) -> QWidget:
        panel = late("app.runs_panel.panel").RunsPanel(self._document, self._arrangement)
        panel.project_wanted.connect(self.project_wanted)
        panel.export_wanted.connect(self.export_wanted)
        panel.edited.wanted.connect(self.differences_wanted)
        panel.comparison_wanted.connect(self._show_comparison)
        panel.report_wanted.connect(self.report_wanted)
        panel.go_on_wanted.connect(self._trainer.go_on)
        panel.weights_wanted.connect(self._begin_with)
        self._trainer.run_ended.connect(panel.refresh)
        self._trainer.state_changed.connect(lambda: self._say_whether_free(panel))
        self._say_whether_free(panel)
        bar = late("app.experiments_panel.bar").ExperimentBar(self._experiments.session)
        bar.runs_wanted.connect(panel.show_experiment)
        bar.resume_wanted.connect(self._experiments.resume)
        bar.more_wanted.connect(self._experiments.add)
        self._experiments.session.trial_ended.connect(panel.refresh)
        self._experiments.session.seek()
        panel.show_above(bar)
        self._arrangement.add_panel("run", panel.run_side)
        page: QWidget = panel
        return page

    def _show_comparison(self, project: Path, found: Differences) -> None:
        """Open a project, and show what differs in it once it is there."""
        self.project_wanted.emit(project)
        networks = self._document.project.networks
        if all(
            network in networks and id in networks[network].nodes for network, id in found.where
        ):
            self.differences_wanted.emit(found)

    def _begin_with(self, beginning: object) -> None:
        """Show where a run is begun, with the weights that were chosen."""
        self.go_to(Workspace.TRAIN)
        self._trainer.begin_with(beginning)  # type: ignore[arg-type]  # a signal carries objects

    def _say_whether_free(self, panel: QWidget) -> None:
        obstacle = "" if self._trainer.is_free else self.tr("A training is running.")
        panel.show_obstacle(obstacle)  # type: ignore[attr-defined]  # a panel imported late

    def go_to(self, workspace: Workspace) -> None:
        """Show a workspace, with what was in view on its canvas before."""
        left, self.current = self.current, workspace
        if left is not workspace and left in self._places:
            self._views[left] = self._canvas.view_in_use()
        self._pages.setCurrentWidget(self._of[workspace])
        place = self._places.get(workspace)
        if place is not None and not place.isAncestorOf(self._canvas):
            place.take(self._canvas)
            self._views.get(workspace, self._canvas.fit)()
        self.changed.emit()

    def forget_views(self) -> None:
        """Show all of the network where a workspace is shown for the first time from now on."""
        self._views.clear()

    def show_welcome(self) -> None:
        """Show the welcome page in place of the panels."""
        self._pages.setCurrentWidget(self._welcome)

    def toggle_welcome(self) -> None:
        """Show the welcome page, or leave it."""
        if self._pages.currentWidget() is self._welcome:
            self.leave_welcome()
        else:
            self.show_welcome()

    def leave_welcome(self) -> None:
        """Show the panels."""
        self._pages.setCurrentWidget(self._of[self.current])

    @property
    def has_canvas(self) -> bool:
        """Whether the workspace in view shows the drawing."""
        part = SIDES[self.current].get("right", "")
        return self.current is Workspace.DRAW or (part == "network" and self.is_shown(part))

    def show_canvas(self) -> None:
        """Go where there is a canvas in view, if it is not where one is."""
        self.go_to(self.current if self.has_canvas else Workspace.DRAW)

    def is_shown(self, part: str) -> bool:
        """Whether a panel such as ``palette`` is shown in its workspace."""
        return self._arrangement.is_shown(part)

    def set_shown(self, part: str, shown: bool) -> None:
        """Show or hide a panel of :data:`SIDES`, now or when it is made."""
        self._arrangement.set_shown(part, shown)
        self.changed.emit()

    def part_at(self, side: str) -> str:
        """Return the panel at ``left``, ``bottom`` or ``right``; nothing where there is none."""
        return SIDES[self.current].get(side, "")

    def toggle(self, side: str) -> None:
        """Show the panel at a side, or hide it."""
        self.leave_welcome()
        if part := self.part_at(side):
            self.set_shown(part, not self.is_shown(part))

    def save(self, window: QMainWindow) -> None:
        """Remember the size of the window and how its panels lie."""
        self._store.update(window=bytes(window.saveGeometry().toBase64().data()).decode())
        self._arrangement.save()

    def restore(self, window: QMainWindow) -> None:
        """Give the window the size that it had, else one that suits the screen."""
        remembered = self._store.value.window
        if not window.restoreGeometry(QByteArray.fromBase64(remembered.encode())):
            screen = _screen()
            window.resize(screen * _SHARE_OF_LARGE)
            if screen.width() <= _SMALL_SCREEN:
                window.setWindowState(Qt.WindowState.WindowMaximized)
                window.resize(screen)


def _screen() -> QSize:
    return QGuiApplication.primaryScreen().availableGeometry().size()


def _sizes_of_drawing() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return widths from the left, and heights from above, that suit the screen at first."""
    screen = _screen()
    palette, inspector = (256, 360) if screen.width() >= _WIDE_SCREEN else (216, 304)
    bottom = round(screen.height() * _BOTTOM_SHARE)
    return (
        (palette, screen.width() - palette - inspector, inspector),
        (screen.height() - bottom, bottom),
    )
