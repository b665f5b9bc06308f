"""The application's own window, with a side door that only answers where things are.

Reads questions from standard input, one JSON object a line, and writes the answers. Actions come
from the X server alone.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu, QMenuBar, QWidget

from app.canvas.prompt import Prompt
from app.language.i18n import translations
from app.look import theme
from app.look.icons import application_icon
from app.look.theme import Mode
from app.main_window import MainWindow
from app.project.examples import EXAMPLES
from app.settings import SettingsStore
from app.widgets.problem_card import FixButton
from app.workspaces.kinds import Workspace
from graph_model.files.storage import load
from graph_model.network import Port, empty_project

Place = list[int]

SETTLED = 8
"""How many times in a row nothing has moved once a window is ready."""


class SideDoor:
    """Answers questions about a window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._standing: object = None
        self._times = 0
        self._lines: queue.Queue[str] = queue.Queue()
        self._answers: Mapping[str, Callable[..., Any]] = {
            "ready": self._is_settled,
            "palette_item": self._palette_item,
            "palette_search": lambda: _centre(window.palette_panel.search),
            "canvas": self._canvas,
            "port": self._port,
            "card": self._card,
            "wire": self._wire,
            "offers": self._offers,
            "action": self._action,
            "tab": self._tab,
            "fix_button": self._fix_button,
            "network_offer": self._network_offer,
            "menu": self._menu,
            "menu_item": self._menu_item,
            "export_box": lambda name: _left_end(self._export.targets[name]),
            "export_save": lambda: _centre(self._export.findChild(QDialogButtonBox).buttons()[0]),
            "epochs": lambda: _centre(self._train.recipe.essentials.form.field("epochs")),
            "note": lambda: _centre(self._train.edited) if self._train.edited.text() else None,
            "run": self._run,
            "compared": lambda: len(self._runs.run_side.comparison.plot.values_at(0.0)),
            "dialog": lambda: QApplication.activeModalWidget() is not None,
            "asked": self._is_asked,
            "state": self._state,
            "training": self._training,
            "code": self._code,
            "code_place": self._code_place,
            "code_said": self._code_said,
        }
        threading.Thread(target=self._read, daemon=True).start()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._answer)
        self._timer.start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)

    def _answer(self) -> None:
        while not self._lines.empty():
            asked = json.loads(self._lines.get())
            try:
                answer = {"answer": self._answers[asked.pop("question")](**asked)}
            except Exception as error:  # the answer to a bad question is its error
                answer = {"error": repr(error)}
            print(json.dumps(answer), flush=True)

    def _is_settled(self) -> bool:
        """Tell whether the window is there, and all in it has stayed in its place for a while."""
        standing = (self._window.canvas.viewport().size(), self._window.canvas.zoom)
        self._times = self._times + 1 if standing == self._standing else 0
        self._standing = standing
        return self._window.isVisible() and self._times >= SETTLED

    def _palette_item(self, kind: str) -> Place:
        tree = self._window.palette_panel.tree
        found = tree.findItems(kind, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        tree.scrollToItem(found[0])
        centre = tree.visualItemRect(found[0]).center()
        return _point(tree.viewport().mapToGlobal(centre))

    def _canvas(self, x: float, y: float) -> Place:
        """Return a point of the canvas, in shares of its width and height."""
        viewport = self._window.canvas.viewport()
        return _point(
            viewport.mapToGlobal(QPoint(round(x * viewport.width()), round(y * viewport.height())))
        )

    def _port(self, node: str, port: str, is_input: bool) -> Place:
        at = self._card_of(node).port(port, is_input=is_input)
        return self._on_screen(at)

    def _card(self, node: str) -> Place:
        return self._on_screen(self._card_of(node).pos())

    def _wire(self, node: str, port: str) -> Place:
        """Return the middle of the wire that ends at an input."""
        id = self._card_of(node).node
        wire = self._window.canvas.canvas.wires[Port(id, port)]
        return self._on_screen(wire.path().pointAtPercent(0.5))

    def _offers(self) -> list[str]:
        """Return what quick-add lists, where it is open."""
        quick_add = self._window.canvas.quick_add
        rows = range(quick_add._list.count()) if quick_add.isVisible() else ()
        return [quick_add._list.item(row).text() for row in rows]

    def _card_of(self, name: str) -> Any:
        nodes = self._window.document.network.nodes.values()
        id = next(node.id for node in nodes if node.name == name)
        return self._window.canvas.canvas.cards[id]

    def _on_screen(self, at: QPointF) -> Place:
        view = self._window.canvas
        return _point(view.viewport().mapToGlobal(view.mapFromScene(at)))

    def _action(self, name: str) -> Place:
        action = self._window.actions_by_id[name]
        button = next(each for each in action.associatedObjects() if _is_button(each))
        return _centre(button)

    def _fix_button(self) -> Place | None:
        """Return the first button that mends a problem of the recipe, in view."""
        recipe = self._train.recipe
        buttons = [each for each in recipe.findChildren(FixButton) if each.isVisible()]
        if not buttons:
            return None
        recipe.ensureWidgetVisible(buttons[0])
        return _centre(buttons[0])

    def _network_offer(self) -> Place | None:
        """Return the button that draws a network for the data, once it is there."""
        offer = self._window.workspaces.data.inside.given.offer
        return _centre(offer) if offer is not None and offer.isVisible() else None

    def _menu(self, index: int) -> Place:
        bar = self._window.top_bar.findChild(QMenuBar)
        return _point(bar.mapToGlobal(bar.actionGeometry(bar.actions()[index]).center()))

    def _menu_item(self, action: str) -> Place | None:
        """Return an action in the menu that is open."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return None
        area = menu.actionGeometry(self._window.actions_by_id[action])
        return _point(menu.mapToGlobal(area.center()))

    @property
    def _export(self) -> Any:
        """The dialog that asks what to export."""
        return QApplication.activeModalWidget()

    @property
    def _train(self) -> Any:
        """Where one trains."""
        return self._window.workspaces.training.inside

    @property
    def _runs(self) -> Any:
        """Where runs are compared."""
        return self._window.workspaces.runs.inside

    def _run(self, index: int) -> Place | None:
        """Return the place of a run in the list, once it is there."""
        table = self._runs.list.table
        row = table.model().index(index, 0)
        if not row.isValid():
            return None
        beside_the_star = table.visualRect(row.siblingAtColumn(1))
        return _point(table.viewport().mapToGlobal(beside_the_star.center()))

    def _tab(self, index: int) -> Place:
        bar = self._window.bottom.tabBar()
        return _point(bar.mapToGlobal(bar.tabRect(index).center()))

    def _is_asked(self) -> bool:
        """Tell whether the canvas asks for a name or a number."""
        return any(prompt.isVisible() for prompt in self._window.canvas.findChildren(Prompt))

    def _state(self) -> dict[str, Any]:
        inference = self._window.document.inference
        return {
            "nodes": {
                node.name: {
                    "kind": node.kind,
                    "shapes": [str(spec) for spec in inference.nodes[id].outputs.values()],
                }
                for id, node in inference.network.nodes.items()
            },
            "edges": len(inference.network.edges),
            "problems": [problem.message for problem in inference.problems],
            "selected": len(self._window.selection.nodes),
            "selected_names": sorted(
                inference.network.nodes[id].name for id in self._window.selection.nodes
            ),
            "wires": len(self._window.selection.edges),
            "menu": isinstance(QApplication.activePopupWidget(), QMenu),
            "zoom": self._window.canvas.zoom,
            "workspace": self._window.workspaces.current.value,
            "network": inference.network.name,
            "parameters": inference.parameter_count,
            "asked": self._is_asked(),
        }

    def _training(self) -> dict[str, Any]:
        training = self._window.trainer
        record = training.session.record
        return {
            "can_start": training.can_start,
            "running": training.is_running,
            "points": len(record.step_loss),
            "epochs": len(record.epochs),
            "losses": record.step_loss.y.tolist()[:5],
            "ended": type(record.ended).__name__ if record.ended else "",
            "problems": [problem.message for problem in training.watch.problems],
        }

    def _code_place(self, text: str) -> Place | None:
        """Return the place behind the first letters of this kind in the code, brought into view."""
        panel = self._window.bottom.code
        if not panel.is_settled or text not in panel.view.toPlainText():
            return None
        cursor = QTextCursor(panel.view.document())
        cursor.setPosition(panel.view.toPlainText().index(text) + len(text))
        panel.view.show_from(cursor.blockNumber())
        place = panel.view.cursorRect(cursor).center()
        return _point(panel.view.viewport().mapToGlobal(place))

    def _code_said(self) -> str:
        said = self._window.bottom.code.edits.said
        return said.sentence if said else ""

    def _code(self) -> str:
        return self._window.bottom.code.view.toPlainText()


def _is_button(item: object) -> bool:
    return isinstance(item, QWidget) and item.isVisible() and not isinstance(item, MainWindow)


def _centre(widget: QWidget) -> Place:
    return _point(widget.mapToGlobal(widget.rect().center()))


def _left_end(widget: QWidget) -> Place:
    """Return where the box of a check box is."""
    return _point(widget.mapToGlobal(QPoint(10, widget.height() // 2)))


def _point(at: QPoint) -> Place:
    return [at.x(), at.y()]


def main(arguments: list[str]) -> int:
    """Show the window: ``[EXAMPLE] [light|dark] [en|zh_CN]``."""
    application = QApplication(arguments[:1])
    application.setWindowIcon(application_icon())
    theme.manager().set_mode(Mode.DARK if "dark" in arguments else Mode.LIGHT)
    theme.manager().install()
    translations().use("zh_CN" if "zh_CN" in arguments else "en")
    example = next((each for each in EXAMPLES if each.name in arguments), None)
    project = load(Path(example.path)) if example else empty_project()
    window = MainWindow(project, None, SettingsStore())
    window.workspaces.go_to(Workspace.DRAW)
    window.showMaximized()
    door = SideDoor(window)
    status = application.exec()
    del door
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [""]))
