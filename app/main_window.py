"""The window: its panels, how they are put together, and what each action does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.actions.made import Actions
from app.appearance import Appearance
from app.availability import Availability
from app.canvas.menu import offer_menu
from app.canvas.view import CanvasView
from app.colouring import Colouring
from app.custom.custom_layers import CustomLayers
from app.experiments_panel.experiments import Experiments
from app.incoming import Incoming, accept_as_copy
from app.language.i18n import CHINESE, ENGLISH
from app.late import late
from app.look import theme
from app.look.theme import Mode
from app.navigation import Navigation
from app.panels.status_bar import StatusBar
from app.panels.top_bar import TopBar
from app.permission import known_here
from app.project.document import Document, Selection
from app.project.files import Files
from app.project.recovery import Recovery
from app.settings import SettingsStore
from app.taking_away import TakingAway
from app.torch_loader import TorchLoader
from app.training_panel.trainer import Trainer
from app.welcome import Welcome
from app.widgets.late_page import LatePage
from app.workspaces.kinds import Workspace
from app.workspaces.run_strip import RunStrip
from app.workspaces.switch import Switch
from app.workspaces.workspaces import Workspaces
from graph_model.files.storage import Origin
from graph_model.network import Project

if TYPE_CHECKING:
    from app.finder import Finder
    from app.panels.bottom import BottomTabs
    from app.panels.inspector import Inspector
    from app.panels.palette import Palette


class MainWindow(QMainWindow):
    """Makes the panels, connects them to the document and to one another, and nothing more."""

    def __init__(
        self, project: Project, origin: Origin | None, store: SettingsStore, title: str = ""
    ) -> None:
        super().__init__()
        self.document = Document(project, self, known_here())
        self.document.set_origin(origin, title)
        self.selection = Selection(self.document)
        self.store = store
        self.actions_by_id = Actions(self)
        self.files = Files(self.document, store, self)
        self.recovery = Recovery(self.document, self)
        self.canvas = CanvasView(self.document, self.selection, theme.manager())
        self.welcome = Welcome(self.document, self.files)
        self.torch_loader = TorchLoader(self)
        self.trainer = Trainer(self.document, self, self.torch_loader)
        self.experiments = Experiments(self.document, self.trainer, self)
        self._incoming = Incoming(self.document, self.files, self.trainer.watch, store, self)
        makers = {
            "palette": self._make_palette,
            "inspector": self._make_inspector,
            "bottom": self._make_bottom,
        }
        self._panels = {part: LatePage(make, after_picture=True) for part, make in makers.items()}
        strip = RunStrip(self.trainer)
        switch = Switch(self.actions_by_id)
        self.top_bar = TopBar(self.actions_by_id, self.files.recent_menu, switch, strip)
        strip.clicked.connect(self.actions_by_id["workspace_train"].trigger)
        self.status = StatusBar(self.document)
        self.taking_away = TakingAway(
            self.document, self.trainer, store, self.torch_loader, self.status, self
        )
        self.custom_layers = CustomLayers(self.document, self)
        self.workspaces = Workspaces(
            self.document,
            self.trainer,
            self.experiments,
            self.canvas,
            self.welcome,
            dict[str, QWidget](self._panels),
            store,
        )
        self.colouring = Colouring(
            self.actions_by_id, self.document, self.trainer, self.torch_loader, self.canvas
        )
        self.setMenuWidget(self.top_bar)
        self.setCentralWidget(self.workspaces)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        self.setMinimumSize(940, 480)  # room on a screen of 1920 × 1080 pixels at 200 %
        self.appearance = Appearance(self.actions_by_id, store)
        self.navigation = Navigation(
            self.document, self.selection, self.canvas, self.workspaces, self
        )
        self._availability = Availability(
            self.actions_by_id,
            self.document,
            self.selection,
            self.canvas,
            self.trainer,
            self.workspaces,
        )
        self.addActions(list(self.actions_by_id))
        self.canvas.addActions(self.actions_by_id.on_canvas)
        self.actions_by_id.connect_all(self._slots())
        self._wire()
        self._restore()
        self._show_title()
        self._show_state_of_actions()

    # The panels, which the first picture does not wait for

    @property
    def palette_panel(self) -> Palette:
        """What can be added."""
        return cast("Palette", self._panels["palette"].inside)

    @property
    def inspector(self) -> Inspector:
        """What is known of what is selected."""
        return cast("Inspector", self._panels["inspector"].inside)

    @property
    def bottom(self) -> BottomTabs:
        """The tabs below the canvas."""
        return cast("BottomTabs", self._panels["bottom"].inside)

    @cached_property
    def _finder(self) -> Finder:
        found: Finder = late("app.finder").Finder(
            self.actions_by_id,
            self.document,
            self.canvas,
            self.navigation.go_to_place,
            self.welcome.open_example,
        )
        return found

    def _make_palette(self) -> QWidget:
        panel: Palette = late("app.panels.palette").Palette(self.document)
        panel.kind_chosen.connect(self.canvas.add_kind)
        return panel

    def _make_inspector(self) -> QWidget:
        offered = [self.actions_by_id[id] for id in ("make_block", "share_weights")]
        for_edges = [self.actions_by_id[id] for id in ("insert_layer", "delete")]
        panel: Inspector = late("app.panels.inspector").Inspector(
            self.document, self.selection, offered, for_edges
        )
        panel.place_chosen.connect(self.navigation.go_to_place)
        panel.left.connect(self.canvas.setFocus)
        panel.save_wanted.connect(lambda block: self.palette_panel.save_block(block))
        devices = self.trainer.devices
        devices.changed.connect(lambda: panel.set_device(devices.current))
        panel.set_device(devices.current)
        return panel

    def _make_bottom(self) -> QWidget:
        tabs: BottomTabs = late("app.panels.bottom").BottomTabs(
            self.document, self.selection, self.trainer.watch, self.colouring.inspection
        )
        tabs.problems.place_chosen.connect(self.navigation.go_to_place)
        tabs.problems.recipe_chosen.connect(self._show_training)
        tabs.code.export_requested.connect(lambda: self.taking_away.export())
        return tabs

    def _wire(self) -> None:
        """Connect what happens in one panel to what it means for the others."""
        self.custom_layers.added.connect(self.canvas.add_kind)
        self.welcome.finished.connect(self._leave_welcome)
        self.document.replaced.connect(self._after_opening)
        self.document.changed.connect(self._follow_actions)
        self.document.path_changed.connect(self._show_title)
        self.document.history.cleanChanged.connect(self._show_title)
        # An edit is announced before the history has moved on: undo and redo follow this instead.
        self.document.history.indexChanged.connect(self._follow_actions)
        self.selection.changed.connect(self._follow_actions)
        self.workspaces.changed.connect(self._availability.refresh_panels)
        self.torch_loader.started.connect(lambda: self.status.show_loading(is_loading=True))
        self.torch_loader.finished.connect(self._torch_is_there)
        self.canvas.said.connect(lambda text: self.status.say(text, 4000))
        self.canvas.menu_requested.connect(partial(offer_menu, self.canvas, self.actions_by_id))
        self.canvas.example_requested.connect(self.welcome.open_example)
        self.workspaces.differences_wanted.connect(self.navigation.show_differences)
        self.workspaces.project_wanted.connect(self.files.open_path)
        self.workspaces.export_wanted.connect(self.taking_away.export_run)
        self.workspaces.report_wanted.connect(self.taking_away.write_report)
        self.files.said.connect(self.status.say)
        self.actions_by_id.refused.connect(self.status.say)
        self._incoming.said.connect(self.status.say)
        self.workspaces.open_data_wanted.connect(self._incoming.open_file)
        self.workspaces.open_data_folder_wanted.connect(self._incoming.open_folder)
        self.store.failed = self.status.say_not_remembered
        self.recovery.failed.connect(self.status.say_not_kept)
        self._wire_training()

    def _wire_training(self) -> None:
        """Show how the run stands: in the actions, in the status bar, at the node at fault."""
        trainer = self.trainer
        trainer.state_changed.connect(self._availability.refresh_training)
        trainer.run_asked.connect(self._show_training)
        trainer.problem_found.connect(self.navigation.go_to_problem)
        trainer.place_wanted.connect(self.navigation.go_to_place)
        self.welcome.begins_with.connect(trainer.begin_with)
        self._incoming.begins_with.connect(trainer.begin_with)
        trainer.devices.chosen.connect(lambda device: self.store.update(device=device))
        there = trainer.destination
        there.restore(self.store.value.host)
        there.changed.connect(lambda: self.store.update(host=there.stored))
        trainer.script_wanted.connect(partial(self.taking_away.export, ("training", "slurm")))
        self._availability.refresh_training()

    def _torch_is_there(self) -> None:
        """Offer the devices, now that PyTorch can be asked for them."""
        self.status.show_loading(is_loading=False)
        devices = import_module("app.training.devices")
        found = tuple((devices.device_title(name), name) for name in devices.devices())
        self.trainer.devices.offer(found, self.store.value.device)

    def _slots(self) -> Mapping[str, Callable[[], object]]:
        """Return what each action does."""
        history, canvas, go = self.document.history, self.canvas, self.navigation
        return {
            "new": self.files.new,
            "open": self.files.open,
            "open_data": self._incoming.open_file,
            "open_data_folder": self._incoming.open_folder,
            "import": self._incoming.import_file,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": lambda: self.taking_away.export(),
            "picture": lambda: self.taking_away.save_picture(self.colouring.colours.coloured()),
            "continue": self.files.open_last,
            "welcome": self.workspaces.toggle_welcome,
            "quit": self.close,
            "undo": history.undo,
            "redo": history.redo,
            "cut": canvas.editing.cut,
            "copy": canvas.editing.copy,
            "paste": partial(self._incoming.paste, go.paste_layers),
            "duplicate": canvas.editing.duplicate,
            "delete": canvas.editing.delete_selected,
            "select_all": canvas.select_all,
            "delete_reconnect": canvas.editing.delete_and_reconnect,
            "rename": lambda: go.edit_selected(self.inspector),
            "follow": partial(canvas.follow_wire, forwards=True),
            "follow_back": partial(canvas.follow_wire, forwards=False),
            "find_node": lambda: self._finder.offer_nodes(self),
            "find_layer": lambda: go.find_layer(self.palette_panel),
            "add_layer": canvas.ask_for_layer,
            "insert_layer": canvas.ask_for_insertion,
            "new_layer": self.custom_layers.new,
            "allowed_code": self.custom_layers.show_allowed,
            "arrange": canvas.arranging.arrange,
            "flow_right": self._change_direction,
            "open_block": canvas.levels.open_block,
            "leave_block": canvas.levels.leave_block,
            "make_block": canvas.blocks.make,
            "ungroup": canvas.blocks.ungroup,
            "repeat_block": canvas.blocks.ask_repeat,
            "detach_block": canvas.blocks.detach,
            "share_weights": canvas.blocks.share,
            "stop_sharing": canvas.blocks.stop_sharing,
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "fit": canvas.fit,
            "frame": canvas.frame,
            **{
                f"workspace_{each.value}": partial(self.workspaces.go_to, each)
                for each in Workspace
            },
            **{
                f"show_{side}": partial(self.workspaces.toggle, side)
                for side in ("left", "bottom", "right")
            },
            **{
                f"show_{tab}": partial(self._show_tab, tab)
                for tab in ("problems", "code", "layers", "values")
            },
            **self.colouring.slots(),
            "theme": self.appearance.toggle_theme,
            "theme_system": lambda: self.appearance.use_theme(Mode.SYSTEM),
            "language_en": lambda: self.appearance.use_language(ENGLISH),
            "language_zh_CN": lambda: self.appearance.use_language(CHINESE),
            "commands": lambda: self._finder.offer_all(self),
            "train_start": self.trainer.start,
            "train_pause": self.trainer.pause,
            "train_step": self.trainer.step,
            "train_stop": self.trainer.stop,
            **self.experiments.slots(),
            "about": go.show_about,
        }

    def begin(self) -> None:
        """Do what waits until the window is painted: offer lost work, load what is needed later."""
        self.recovery.offer()
        self.torch_loader.begin()
        offer = late("app.training_panel.offer").InterruptedOffer(self.trainer, self.store)
        self.status.addPermanentWidget(offer)
        offer.look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.actions_by_id.retranslate()
            self.files.retranslate()
            self._show_title()
            self._show_state_of_actions()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work and a run under way, and remember where the panels lie."""
        leaves = (self.files.may_discard, self.trainer.may_close, self.experiments.may_close)
        if not all(may_leave() for may_leave in leaves):
            event.ignore()
            return
        self.taking_away.close()
        self.recovery.close()
        self.custom_layers.close()
        self.workspaces.save(self)
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Admit a project file, and data."""
        if self._incoming.are_welcome(event.mimeData()):
            accept_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project file, or train on the data."""
        if self._incoming.take(event.mimeData()):
            accept_as_copy(event)

    def _show_tab(self, tab: str) -> None:
        bottom = self.bottom
        self.navigation.show_tab(bottom, bottom.tab(tab))

    def _restore(self) -> None:
        self.workspaces.restore(self)
        if self.document.network.nodes:
            self.workspaces.go_to(Workspace.DRAW)
            self.canvas.setFocus()
            QTimer.singleShot(0, self.canvas.show_from_start)
        else:
            self.workspaces.show_welcome()

    def _leave_welcome(self) -> None:
        self.workspaces.go_to(Workspace.DRAW)
        self.canvas.setFocus()

    def _after_opening(self) -> None:
        self.selection.set(())
        self.workspaces.go_to(Workspace.DRAW)
        self.workspaces.forget_views()
        self._show_title()
        self.canvas.show_from_start()
        self.canvas.setFocus()

    def _show_title(self) -> None:
        modified = self.document.is_modified
        self.setWindowTitle(f"{self.document.name}[*] — Layerweft")
        self.setWindowModified(modified)
        self.top_bar.show_file(self.document.name, modified)

    def _show_state_of_actions(self) -> None:
        """Enable and tick the actions as things stand."""
        self._availability.refresh()
        self._follow_actions()

    def _follow_actions(self) -> None:
        """Follow an edit, a step of the history, or another selection."""
        actions, history = self.actions_by_id, self.document.history
        self._availability.follow()
        actions["undo"].setToolTip(self.tr("Undo: {0}").format(history.undoText()))
        actions["redo"].setToolTip(self.tr("Redo: {0}").format(history.redoText()))
        actions["flow_right"].setChecked(self.canvas.arranging.direction == "right")

    def _change_direction(self) -> None:
        self.canvas.arranging.change_direction()
        self._show_state_of_actions()

    def _show_training(self) -> None:
        self.workspaces.go_to(Workspace.TRAIN)
