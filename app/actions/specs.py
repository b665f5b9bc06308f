"""Every action of the window as data; menus, shortcuts and the command palette are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.actions.comparisons import COMPARE, TITLES
from graph_model.frozen import frozen


@frozen
class ActionSpec:
    """One action: its id, its English text, its keys, its icon, and whether it can be checked.

    ``keys`` may hold several shortcuts; menus show the first. ``on_canvas`` limits them to the
    canvas, so that they neither take anything from a panel that has the focus nor surprise there.
    ``canvas_keys`` are further ones that work on the canvas alone, whatever ``keys`` do.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    on_canvas: bool = False
    canvas_keys: tuple[str, ...] = ()


def _spec(
    id: str,
    text: Any,
    *keys: str,
    icon: str = "",
    checkable: bool = False,
    on_canvas: bool = False,
    canvas_keys: tuple[str, ...] = (),
) -> tuple[str, ActionSpec]:
    # The stubs of PySide6 call the text that QT_TRANSLATE_NOOP returns an object: hence Any.
    return id, ActionSpec(id, text, keys, icon, checkable, on_canvas, canvas_keys)


SPECS: Final[Mapping[str, ActionSpec]] = dict(
    (
        _spec("new", QT_TRANSLATE_NOOP("Action", "New"), "Ctrl+N", icon="new"),
        _spec("open", QT_TRANSLATE_NOOP("Action", "Open…"), "Ctrl+O", icon="open"),
        _spec("open_data", QT_TRANSLATE_NOOP("Action", "Open Data…"), "Ctrl+Shift+D", icon="data"),
        _spec("open_data_folder", QT_TRANSLATE_NOOP("Action", "Open a Folder of Data…")),
        _spec("import", QT_TRANSLATE_NOOP("Action", "Import Code or a Model…")),
        _spec("save", QT_TRANSLATE_NOOP("Action", "Save"), "Ctrl+S", icon="save"),
        _spec("save_as", QT_TRANSLATE_NOOP("Action", "Save As…"), "Ctrl+Shift+S"),
        _spec("export", QT_TRANSLATE_NOOP("Action", "Export Code…"), "Ctrl+E", icon="export"),
        _spec("picture", QT_TRANSLATE_NOOP("Action", "Save Picture…"), icon="image"),
        _spec("continue", QT_TRANSLATE_NOOP("Action", "Open the Last Project"), "Ctrl+Shift+O"),
        _spec("welcome", QT_TRANSLATE_NOOP("Action", "Welcome and Examples"), icon="help"),
        _spec("quit", QT_TRANSLATE_NOOP("Action", "Quit"), "Ctrl+Q"),
        _spec("undo", QT_TRANSLATE_NOOP("Action", "Undo"), "Ctrl+Z", icon="undo"),
        _spec("redo", QT_TRANSLATE_NOOP("Action", "Redo"), "Ctrl+Shift+Z", "Ctrl+Y", icon="redo"),
        _spec("cut", QT_TRANSLATE_NOOP("Action", "Cut"), "Ctrl+X"),
        _spec("copy", QT_TRANSLATE_NOOP("Action", "Copy"), "Ctrl+C", icon="copy"),
        _spec("paste", QT_TRANSLATE_NOOP("Action", "Paste"), "Ctrl+V", icon="paste"),
        _spec(
            "duplicate",
            QT_TRANSLATE_NOOP("Action", "Duplicate"),
            "Ctrl+D",
            icon="duplicate",
            canvas_keys=("Shift+D",),
        ),
        _spec(
            "delete",
            QT_TRANSLATE_NOOP("Action", "Delete"),
            "Delete",
            icon="delete",
            on_canvas=True,
        ),
        _spec(
            "delete_reconnect",
            QT_TRANSLATE_NOOP("Action", "Delete and Reconnect"),
            "Ctrl+Backspace",
            "Alt+Delete",
            on_canvas=True,
        ),
        _spec("rename", QT_TRANSLATE_NOOP("Action", "Rename and Edit"), "F2"),
        _spec("select_all", QT_TRANSLATE_NOOP("Action", "Select All"), "Ctrl+A"),
        _spec("find_node", QT_TRANSLATE_NOOP("Action", "Find a Node…"), "Ctrl+F", icon="search"),
        _spec("find_layer", QT_TRANSLATE_NOOP("Action", "Find a Layer to Add"), "/", icon="search"),
        _spec(
            "add_layer",
            QT_TRANSLATE_NOOP("Action", "Add Layer…"),
            "Tab",
            "Shift+A",
            icon="plus",
            on_canvas=True,
        ),
        _spec(
            "insert_layer",
            QT_TRANSLATE_NOOP("Action", "Insert Layer into the Wire…"),
            "Insert",
            icon="plus",
            on_canvas=True,
        ),
        _spec("follow", QT_TRANSLATE_NOOP("Action", "Follow the Wire"), "]", on_canvas=True),
        _spec(
            "follow_back", QT_TRANSLATE_NOOP("Action", "Follow the Wire Back"), "[", on_canvas=True
        ),
        _spec("new_layer", QT_TRANSLATE_NOOP("Action", "New Custom Layer…"), icon="code"),
        _spec("allowed_code", QT_TRANSLATE_NOOP("Action", "Allowed Code…")),
        _spec("arrange", QT_TRANSLATE_NOOP("Action", "Arrange"), "Ctrl+L", icon="arrange"),
        _spec(
            "flow_right",
            QT_TRANSLATE_NOOP("Action", "Flow Left to Right"),
            icon="flow-right",
            checkable=True,
        ),
        _spec(
            "open_block",
            QT_TRANSLATE_NOOP("Action", "Open Block"),
            "Return",
            "Enter",
            on_canvas=True,
        ),
        _spec(
            "leave_block", QT_TRANSLATE_NOOP("Action", "Leave Block"), "Backspace", on_canvas=True
        ),
        _spec("make_block", QT_TRANSLATE_NOOP("Action", "Make Block"), "Ctrl+G", icon="block"),
        _spec("ungroup", QT_TRANSLATE_NOOP("Action", "Ungroup"), "Ctrl+Shift+G"),
        _spec("repeat_block", QT_TRANSLATE_NOOP("Action", "Repeat…"), "Ctrl+R"),
        _spec("detach_block", QT_TRANSLATE_NOOP("Action", "Detach Block")),
        _spec("share_weights", QT_TRANSLATE_NOOP("Action", "Share Weights"), icon="link"),
        _spec("stop_sharing", QT_TRANSLATE_NOOP("Action", "Stop Sharing"), icon="unlink"),
        _spec(
            "zoom_in", QT_TRANSLATE_NOOP("Action", "Zoom In"), "Ctrl+=", "Ctrl++", icon="zoom-in"
        ),
        _spec("zoom_out", QT_TRANSLATE_NOOP("Action", "Zoom Out"), "Ctrl+-", icon="zoom-out"),
        _spec(
            "fit",
            QT_TRANSLATE_NOOP("Action", "Fit the Network"),
            "Ctrl+0",
            icon="fit",
            canvas_keys=("Home",),
        ),
        _spec("frame", QT_TRANSLATE_NOOP("Action", "Frame the Selection"), "F", on_canvas=True),
        _spec("workspace_draw", QT_TRANSLATE_NOOP("Action", "Draw"), "Ctrl+1", checkable=True),
        _spec("workspace_data", QT_TRANSLATE_NOOP("Action", "Data"), "Ctrl+2", checkable=True),
        _spec("workspace_train", QT_TRANSLATE_NOOP("Action", "Train"), "Ctrl+3", checkable=True),
        _spec("workspace_runs", QT_TRANSLATE_NOOP("Action", "Runs"), "Ctrl+4", checkable=True),
        _spec(
            "show_left",
            QT_TRANSLATE_NOOP("Action", "Left Panel"),
            "Ctrl+B",
            icon="sidebar-left",
            checkable=True,
        ),
        _spec(
            "show_bottom",
            QT_TRANSLATE_NOOP("Action", "Lower Panels"),
            "Ctrl+J",
            icon="sidebar-bottom",
            checkable=True,
        ),
        _spec(
            "show_right",
            QT_TRANSLATE_NOOP("Action", "Right Panel"),
            "Ctrl+I",
            icon="sidebar-right",
            checkable=True,
        ),
        _spec("show_problems", QT_TRANSLATE_NOOP("Action", "Problems"), "Alt+1", icon="problems"),
        _spec("show_code", QT_TRANSLATE_NOOP("Action", "Code"), "Alt+2", icon="code"),
        _spec("show_layers", QT_TRANSLATE_NOOP("Action", "Layers"), "Alt+3", icon="layers"),
        _spec("show_values", QT_TRANSLATE_NOOP("Action", "Values"), "Alt+4", icon="grid"),
        _spec("colour_none", QT_TRANSLATE_NOOP("Action", "Colour by Family"), checkable=True),
        _spec(
            "colour_gradient_norm",
            QT_TRANSLATE_NOOP("Action", "Colour by Gradient Norm"),
            checkable=True,
        ),
        _spec(
            "colour_update_ratio",
            QT_TRANSLATE_NOOP("Action", "Colour by Update per Weight"),
            checkable=True,
        ),
        _spec(
            "colour_activation_mean",
            QT_TRANSLATE_NOOP("Action", "Colour by Mean of Outputs"),
            checkable=True,
        ),
        _spec(
            "colour_activation_deviation",
            QT_TRANSLATE_NOOP("Action", "Colour by Deviation of Outputs"),
            checkable=True,
        ),
        _spec(
            "colour_activation_zeros",
            QT_TRANSLATE_NOOP("Action", "Colour by Share of Zeros"),
            checkable=True,
        ),
        _spec(
            "colour_dead_units",
            QT_TRANSLATE_NOOP("Action", "Colour by Dead Units"),
            checkable=True,
        ),
        _spec(
            "colour_activation_saturation",
            QT_TRANSLATE_NOOP("Action", "Colour by Saturation"),
            checkable=True,
        ),
        _spec(
            "colour_forward_seconds",
            QT_TRANSLATE_NOOP("Action", "Colour by Time"),
            checkable=True,
        ),
        _spec(
            "colour_output_bytes",
            QT_TRANSLATE_NOOP("Action", "Colour by Memory"),
            checkable=True,
        ),
        _spec("theme", QT_TRANSLATE_NOOP("Action", "Light or Dark"), "Ctrl+Shift+L", icon="moon"),
        _spec(
            "theme_system", QT_TRANSLATE_NOOP("Action", "Follow the System's Theme"), checkable=True
        ),
        _spec("language_en", "English", checkable=True),
        _spec("language_zh_CN", "简体中文", checkable=True),
        _spec("commands", QT_TRANSLATE_NOOP("Action", "All Commands…"), "Ctrl+K", icon="command"),
        _spec("train_start", QT_TRANSLATE_NOOP("Action", "Start Training"), "F5", icon="run"),
        _spec("train_pause", QT_TRANSLATE_NOOP("Action", "Pause Training"), "F6", icon="pause"),
        _spec("train_step", QT_TRANSLATE_NOOP("Action", "Train One Step"), "F7", icon="step"),
        _spec("train_stop", QT_TRANSLATE_NOOP("Action", "Stop Training"), "Shift+F5", icon="stop"),
        _spec("measure", QT_TRANSLATE_NOOP("Action", "Measure a Step…")),
        _spec("prune", QT_TRANSLATE_NOOP("Action", "Prune a Trained Network…")),
        _spec("find_rate", QT_TRANSLATE_NOOP("Action", "Find a Learning Rate…")),
        _spec("experiment", QT_TRANSLATE_NOOP("Action", "Experiment…"), "Ctrl+Shift+E"),
        _spec("experiments", QT_TRANSLATE_NOOP("Action", "Experiments So Far…")),
        *(_spec(COMPARE + name, title) for name, title in TITLES.items()),
        _spec("about", QT_TRANSLATE_NOOP("Action", "About Layerweft"), icon="info"),
    )
)
"""Every action by its id."""

SEPARATOR: Final = ""
COLOURS: Final = "colours"
"""Stands in a menu for the submenu of the quantities that cards can be coloured by."""
COMPARISONS: Final = "comparisons"
"""Stands in a menu for the submenu of the comparisons on offer."""
COLOUR: Final = "colour_"
"""What the ids of its actions begin with."""
MENUS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (
        QT_TRANSLATE_NOOP("Menu", "&File"),
        (
            "new",
            "open",
            "recent",
            "continue",
            "welcome",
            SEPARATOR,
            "open_data",
            "open_data_folder",
            "import",
            SEPARATOR,
            "save",
            "save_as",
            SEPARATOR,
            "export",
            "picture",
            SEPARATOR,
            "quit",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&Edit"),
        (
            "undo",
            "redo",
            SEPARATOR,
            "cut",
            "copy",
            "paste",
            "duplicate",
            "delete",
            "delete_reconnect",
            "rename",
            SEPARATOR,
            "select_all",
            "follow",
            "follow_back",
            "find_node",
            SEPARATOR,
            "add_layer",
            "insert_layer",
            "find_layer",
            "new_layer",
            "allowed_code",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&Block"),
        (
            "make_block",
            "ungroup",
            SEPARATOR,
            "open_block",
            "leave_block",
            SEPARATOR,
            "repeat_block",
            "detach_block",
            SEPARATOR,
            "share_weights",
            "stop_sharing",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&View"),
        (
            "workspace_draw",
            "workspace_data",
            "workspace_train",
            "workspace_runs",
            SEPARATOR,
            "zoom_in",
            "zoom_out",
            "fit",
            "frame",
            "arrange",
            "flow_right",
            SEPARATOR,
            "show_left",
            "show_bottom",
            "show_right",
            SEPARATOR,
            "show_problems",
            "show_code",
            "show_layers",
            "show_values",
            SEPARATOR,
            COLOURS,
            SEPARATOR,
            "theme",
            "theme_system",
            SEPARATOR,
            "language_en",
            "language_zh_CN",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&Train"),
        (
            "train_start",
            "train_pause",
            "train_step",
            "train_stop",
            SEPARATOR,
            "find_rate",
            "measure",
            "experiment",
            COMPARISONS,
            "experiments",
            "prune",
        ),
    ),
    (QT_TRANSLATE_NOOP("Menu", "&Help"), ("commands", "welcome", SEPARATOR, "about")),
)
"""Title and action ids of each menu; ``recent`` is the submenu of recent files."""

RECENT: Final = "recent"


CANVAS_MENU: Final = (
    ("open_block", "leave_block"),
    ("make_block", "ungroup", "repeat_block", "detach_block"),
    ("share_weights", "stop_sharing"),
    ("cut", "copy", "paste", "duplicate", "delete", "delete_reconnect", "rename"),
    ("show_values",),
    ("arrange", "flow_right", "fit"),
)
"""The groups of the menu on the canvas, of which those that are enabled are shown."""
WIRE_MENU: Final = (
    ("insert_layer",),
    ("show_values",),
    ("follow_back", "follow"),
    ("delete",),
)
"""The groups of the menu of an edge."""
