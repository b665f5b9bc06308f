"""What the command palette offers: what can be done, added and gone to, or nodes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.actions.made import Actions, keys_of
from app.canvas.view import CanvasView
from app.language.sentences import translate
from app.look.icons import icon, layer_icon
from app.project.document import Document
from app.project.examples import EXAMPLES
from app.project.places import Place, trail_to
from app.search.command_palette import Command, CommandPalette
from app.search.palette_entries import entries
from graph_model.network import Network, NetworkId


class Finder(QObject):
    """Lists commands. ``go_to`` shows a place; ``open_example`` opens a copy of one."""

    def __init__(
        self,
        actions: Actions,
        document: Document,
        canvas: CanvasView,
        go_to: Callable[[Place], object],
        open_example: Callable[[str], object],
    ) -> None:
        super().__init__(actions)
        self._actions, self._document, self._canvas = actions, document, canvas
        self._go_to, self._open_example = go_to, open_example

    def offer_all(self, window: QWidget) -> None:
        """Let the user choose from all there is, above a window."""
        CommandPalette(self.commands(), window).popup()

    def offer_nodes(self, window: QWidget) -> None:
        """Let the user choose a node to go to."""
        CommandPalette(self.nodes(), window, self.tr("Name or kind of a node")).popup()

    def commands(self) -> list[Command]:
        """Return all there is; at the end actions that are grey, with the reasons."""
        actions = list(self._of_actions())
        possible = [each for each in actions if each.reason is None]
        grey = [each for each in actions if each.reason is not None]
        found = (self._of_layers(), self._of_nodes(), self._of_networks(), self._of_examples())
        return [*possible, *chain.from_iterable(found), *grey]

    def nodes(self) -> list[Command]:
        """Return the way to each node of the project, those on the canvas first."""
        canvas, networks = self._document.network, self._document.project.networks
        others = [each for each in networks.values() if each.id != canvas.id]
        return [each for network in (canvas, *others) for each in self._nodes_of(network)]

    def _of_actions(self) -> Iterator[Command]:
        for action in self._actions:
            id = action.objectName()
            if id != "commands":
                reason = None if action.isEnabled() else action.reason
                run = action.trigger
                yield Command(action.text(), run, keys_of(id), action.icon(), (), reason)

    def _of_layers(self) -> Iterator[Command]:
        for entry in entries(self._document):
            if entry.kind is not None:
                add = partial(self._canvas.add_kind, entry.kind_name)
                text = self.tr("Add {0}").format(entry.title)
                yield Command(text, add, "", layer_icon(entry.kind), entry.keywords)

    def _of_nodes(self) -> Iterator[Command]:
        for each in self._nodes_of(self._document.network):
            text = self.tr("Go to {0}").format(each.text)
            yield Command(text, each.run, "", each.icon)

    def _of_networks(self) -> Iterator[Command]:
        for network in self._document.project.networks.values():
            text = self.tr("Open {0}").format(network.name)
            yield Command(text, partial(self.open_network, network.id))

    def _of_examples(self) -> Iterator[Command]:
        for example in EXAMPLES:
            title = translate("Example", example.title)
            run = partial(self._open_example, example.name)
            also = (title, example.title, example.name)
            yield Command(
                self.tr("Open the example {0}").format(title), run, "", icon("file"), also
            )

    def open_network(self, network: NetworkId) -> None:
        """Put a network on the canvas, as one of its uses has it where there is one."""
        state = self._document.state
        self._document.go_to(trail_to(state, state.project.main, network))

    def _nodes_of(self, network: Network) -> Iterator[Command]:
        state = self._document.state
        is_here = network.id == state.network.id
        trail = state.trail if is_here else trail_to(state, state.project.main, network.id)
        for node in network.nodes.values():
            kind = state.kind(node.kind)
            name = node.name if is_here else f"{network.name} › {node.name}"
            title, glyph = (kind.name, layer_icon(kind)) if kind else (node.kind, None)
            go = partial(self._go_to, Place(trail, node.id))
            yield Command(name, go, title, glyph, (title,))
