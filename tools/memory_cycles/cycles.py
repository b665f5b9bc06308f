"""What can be repeated: each ends as it began, so that what is left over each time is a leak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenuBar, QTabBar

from app.canvas.menu import offer_menu
from graph_model.network import used_network
from tools.memory_cycles.driven import Driven

_KINDS_OF_DATA: Final = (
    "iris-mlp", "penguins", "digits-resnet", "fashion-mlp", "text-classifier", "sunspots",
    "coloured-pictures",
)  # fmt: skip
_SMALL, _LARGE = "iris-mlp", "resnet-50"


def new(window: Driven) -> None:
    """Begin a new project."""
    window.open_nothing()


def examples(window: Driven) -> None:
    """Open examples, a small one and a large one."""
    for name in (_SMALL, _LARGE, "gpt-2", "digits-gan"):
        window.open(name)
    window.open_nothing()


def workspaces(window: Driven) -> None:
    """Go through the workspaces, with a project."""
    _have(window, _SMALL)
    window.do("workspace_data", "workspace_train", "workspace_runs", "workspace_draw")
    window.do("welcome", "welcome")


def tabs(window: Driven) -> None:
    """Look at the tabs below the canvas, and hide the panels."""
    _have(window, _SMALL)
    window.do("show_problems", "show_layers", "show_values", "show_code")
    for side in ("left", "bottom", "right"):
        window.do(f"show_{side}", f"show_{side}")


def theme(window: Driven) -> None:
    """Make it dark and light again."""
    _have(window, _SMALL)
    window.do("theme", "theme")


def language(window: Driven) -> None:
    """Read it in Chinese and in English again."""
    _have(window, _SMALL)
    window.do("language_zh_CN", "language_en")


def view(window: Driven) -> None:
    """Zoom and pan."""
    _have(window, _LARGE)
    window.do("zoom_in", "zoom_in", "zoom_in", "zoom_out", "zoom_out", "fit")
    bars = (window.window.canvas.horizontalScrollBar(), window.window.canvas.verticalScrollBar())
    for bar in bars:
        for place in range(0, 400, 40):
            bar.setValue(place)
            window.settle(20)
    window.do("fit")


def hover(window: Driven) -> None:
    """Move the mouse over cards, wires and panels, with tips."""
    _have(window, _SMALL)
    canvas = window.window.canvas
    for card in list(canvas.canvas.cards.values()):
        window.hover(canvas.viewport(), canvas.mapFromScene(card.pos()))
    for wire in list(canvas.canvas.wires.values()):
        middle = wire.path().pointAtPercent(0.5)
        window.hover(canvas.viewport(), canvas.mapFromScene(middle))


def select(window: Driven) -> None:
    """Select layers, and what lies between them."""
    _have(window, _LARGE)
    window.each_node(lambda: window.settle(60))
    for port in list(window.window.document.network.edges)[:4]:
        window.window.selection.set((), [port])
        window.settle()
    window.do("select_all")
    window.window.selection.set(())
    window.settle()


def blocks(window: Driven) -> None:
    """Open a block and leave it."""
    _have(window, _LARGE)
    document = window.window.document
    nodes = document.network.nodes.values()
    for node in [each.id for each in nodes if used_network(each.kind)][:3]:
        document.enter(node)
        window.settle()
        document.leave()
        window.settle()


def edits(window: Driven) -> None:
    """Add, copy, rename, delete; take all back, do it again, and take it back."""
    _have(window, _SMALL)
    window.window.canvas.setFocus()
    window.window.canvas.add_kind("Conv2d", QPointF(900, 300))
    window.do("copy", "paste", "duplicate", "select_all", "arrange", "flow_right", "delete")
    history = window.window.document.history
    for step in (history.undo, history.redo, history.undo):
        for _ in range(history.count()):
            step()
            window.settle(40)
    history.setClean()
    _anew(window, _SMALL)


def many_edits(window: Driven) -> None:
    """Edit one layer often, and begin anew."""
    _have(window, _SMALL)
    document = window.window.document
    node = next(iter(document.network.nodes.values()))
    for number in range(20):
        named = replace(node, name=f"name{number}")
        nodes = {**document.network.nodes, node.id: named}
        document.edit_network(replace(document.network, nodes=nodes), "Rename")
        window.settle(20)
    _anew(window, _SMALL)


def quick_add(window: Driven) -> None:
    """Type layers on the canvas and change one's mind, or add them and take them back."""
    _have(window, _SMALL)
    window.do("add_layer")
    window.type("conv 3x3 64 > relu")
    window.key(Qt.Key.Key_Return)
    window.do("add_layer")
    window.key(Qt.Key.Key_Escape)
    _anew(window, _SMALL)


def commands(window: Driven) -> None:
    """Look for commands and nodes."""
    _have(window, _SMALL)
    for action in ("commands", "find_node"):
        window.do(action)
        window.type("lin")
        window.close_what_is_open()
        window.settle()


def menus(window: Driven) -> None:
    """Open the menus of the canvas and of the bar."""
    _have(window, _SMALL)
    canvas = window.window.canvas
    window.each_node(lambda: _canvas_menu(window), 2)
    for action in window.window.top_bar.findChild(QMenuBar).actions():
        action.menu().popup(canvas.mapToGlobal(QPoint(50, 50)))
        window.settle()
        window.close_what_is_open()
        window.settle(50)


def dialogs(window: Driven) -> None:
    """Open what asks something, and close it again."""
    _have(window, _SMALL)
    for action in ("export", "new_layer", "allowed_code", "about", "experiment", "experiments"):
        window.ask(action)


def torch_dialogs(window: Driven) -> None:
    """Measure a step and look for a rate, and close what shows it."""
    _have(window, _SMALL)
    for action in ("measure", "find_rate"):
        window.ask(action)


def custom_layer(window: Driven) -> None:
    """Write a custom layer."""
    _have(window, _SMALL)
    window.ask("new_layer")


def files(window: Driven) -> None:
    """Save a project and open it again, save a picture of it."""
    _have(window, _SMALL)
    path = window.folder / "cycle.weft"
    window.window.files.save_to(path)
    window.settle()
    window.window.files.open_path(path)
    window.settle()


def _data(window: Driven, name: str) -> None:
    """Look at columns and batches of the data of an example."""
    window.open(name)
    window.do("workspace_data")
    panel = window.window.workspaces.data.inside
    window.until(lambda: not panel._looker.is_busy, "the data")
    window.settle(300)
    window.open_nothing()


def table(window: Driven) -> None:
    """Open a table of one's own."""
    path = window.folder / "cycle.csv"
    rows = "".join(f"{n},{n * n % 7},{'ab'[n % 2]}\n" for n in range(400))
    path.write_text(f"x,y,kind\n{rows}", encoding="utf-8")
    window.open_nothing()
    window.window._incoming._choose("csv", path)
    trainer = window.window.trainer
    window.until(lambda: trainer.watch.facts is not None, "the facts of a table")
    window.do("workspace_data")
    window.settle(400)
    window.open_nothing()


def training(window: Driven) -> None:
    """Train on a table and stop."""
    window.open(_SMALL)
    window.train(3)
    window.open_nothing()


def picture_training(window: Driven) -> None:
    """Train on pictures and stop."""
    window.open("fashion-mlp")
    window.train(1)
    window.open_nothing()


def convolutions(window: Driven) -> None:
    """Train a network with convolutions and stop."""
    window.open("digits-resnet")
    window.train(1)
    window.open_nothing()


def same_training(window: Driven) -> None:
    """Train what is open once more, with the board in view."""
    _have(window, _SMALL)
    window.do("workspace_train")
    window.train(3)
    window.do("workspace_draw")


def results(window: Driven) -> None:
    """Train to the end and look at each page of the results."""
    window.open(_SMALL)
    window.train(3)
    window.do("workspace_train")
    panel = window.window.workspaces.training.inside
    panel._tabs.setCurrentIndex(1)
    window.settle(400)
    bar = panel.results.findChild(QTabBar)
    for index in range(bar.count()):
        if bar.isTabVisible(index):
            bar.setCurrentIndex(index)
            window.settle(300)
    panel._tabs.setCurrentIndex(0)
    window.open_nothing()


def values(window: Driven) -> None:
    """Look at the values of layers."""
    _have(window, "digits-resnet")
    window.do("show_values")
    window.each_node(lambda: window.settle(300), 5)
    window.do("show_code")
    window.window.selection.set(())


def colours(window: Driven) -> None:
    """Colour cards by what the network computes."""
    _have(window, _SMALL)
    window.do("colour_activation_mean")
    window.settle(500)
    window.do("colour_output_bytes")
    window.settle(300)
    window.do("colour_none")


def runs(window: Driven) -> None:
    """Look at runs, alone and side by side, on every page that there is of them."""
    window.do("workspace_runs")
    panel = window.window.workspaces.runs.inside
    panel.refresh()
    window.settle(500)
    table = panel.list.table
    folders = [each.run.folder for each in table.rows() if hasattr(each, "run")]
    for chosen in (folders[:1], folders[1:2], folders[:3], []):
        table.choose(chosen)
        window.settle(300)
        pages = panel.run_side.several if len(chosen) > 1 else panel.run_side.single
        for index in range(pages.count()):
            pages.setCurrentIndex(index)
            window.settle(300)
        pages.setCurrentIndex(0)
    window.do("workspace_draw")


def export(window: Driven) -> None:
    """Write code as files."""
    _have(window, _SMALL)
    window.window.bottom.code.view.selectAll()
    window.ask("export")


CYCLES: Final[Mapping[str, Callable[[Driven], None]]] = {
    each.__name__: each
    for each in (
        new, examples, workspaces, tabs, theme, language, view, hover, select, blocks, edits,
        many_edits, quick_add, commands, menus, dialogs, torch_dialogs, custom_layer, files, table,
        training, picture_training, convolutions, same_training, results, values, colours,
        runs, export,
    )
} | {f"data-{name}": partial(_data, name=name) for name in _KINDS_OF_DATA}  # fmt: skip


def _have(window: Driven, example: str) -> None:
    """Have an example open; it stays so from round to round."""
    if window.window.document.title != example:
        _anew(window, example)


def _anew(window: Driven, example: str) -> None:
    window.open(example)
    window.window.document.set_origin(None, example)
    window.do("workspace_draw")


def _canvas_menu(window: Driven) -> None:
    offer_menu(window.window.canvas, window.window.actions_by_id, QPoint(200, 200), QPointF())
    window.settle()
    window.close_what_is_open()
    window.settle()
