"""Edits of a project, at random: those that people make, and the same without a hand."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

from app.actions.specs import SPECS
from app.main_window import MainWindow
from app.project.examples import EXAMPLES
from app.project.files import new_project
from graph_model.files.storage import load
from graph_model.layers import LAYERS
from graph_model.network import Project, remove_nodes, set_arguments, used_network

_NEVER: Final = frozenset({"quit", "train_start", "train_step", "picture", "export"})
_EDITS: Final = """
    undo redo delete delete_reconnect duplicate cut copy paste select_all make_block ungroup
    repeat_block share_weights stop_sharing detach_block open_block leave_block arrange flow_right
    insert_layer rename add_layer
""".split()
_SHOWN: Final = """
    language_en language_zh_CN theme workspace_draw workspace_data workspace_train workspace_runs
    show_left show_bottom show_right show_problems show_code show_layers welcome
""".split()
_OFTEN: Final = 0.35
_LOOKS: Final = 0.3
"""How often one of these is done where it could be, for each takes long."""
_SMALL: Final = 30
"""Up to how many nodes the networks have that are opened."""


class Edits:
    """Edits the project in a window."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self._window, self._chance = window, chance

    def now_and_then(self) -> None:
        """Make an edit, or none."""
        if self._chance.random() < _OFTEN:
            self.edit()

    def edit(self) -> None:
        """Make an edit."""
        document = self._window.document
        nodes = list(document.network.nodes)
        some = self._chance.sample(nodes, min(len(nodes), self._chance.randint(1, 4)))
        choice = self._chance.randrange(10)
        if choice <= 1 and nodes:
            document.edit_network(remove_nodes(document.network, set(some)), "Delete")
        elif choice == 2:
            document.history.undo()
        elif choice == 3:
            document.history.redo()
        elif choice == 4 and nodes:
            arguments = dict(document.network.nodes[some[0]].arguments)
            for name in arguments:
                arguments[name] = self._chance.choice([1, 64, True, "x", None, arguments[name]])
            document.edit_network(set_arguments(document.network, some[0], arguments), "Set")
        elif choice == 5:
            self._window.selection.set(some)
        elif choice == 6:
            self._window.canvas.add_kind(self._chance.choice(list(LAYERS)))
        elif choice == 7:
            self._go_somewhere()
        elif choice == 8:
            self._do(self._chance.choice(_EDITS))
        elif self._chance.random() < _LOOKS:
            self._do(self._chance.choice(_SHOWN))

    def act(self) -> None:
        """Trigger any action."""
        self._do(self._chance.choice(list(SPECS)))

    def open(self) -> None:
        """Open another project."""
        document = self._window.document
        document.history.setClean()
        document.open(new_project() if self._chance.random() < 0.2 else small(self._chance))

    def _go_somewhere(self) -> None:
        document = self._window.document
        blocks = [id for id, node in document.network.nodes.items() if used_network(node.kind)]
        if blocks and self._chance.random() < 0.6:
            document.enter(self._chance.choice(blocks))
        elif len(document.state.levels) > 1:
            document.leave()

    def _do(self, name: str) -> None:
        if name in SPECS and name not in _NEVER:
            self._window.actions_by_id[name].trigger()


def small(chance: random.Random) -> Project:
    """Return an example that is not large."""
    while True:
        project = load(Path(chance.choice(EXAMPLES).path))
        if len(project.network.nodes) <= _SMALL:
            return project
