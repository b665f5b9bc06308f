"""The edits that the canvas offers for blocks: making, dissolving, repeating, sharing weights."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.canvas.prompt import Prompt
from app.language.sentences import complaint_sentence, problem_sentence
from app.layout.free_places import free_place, room_around
from app.project.document import Document, Selection
from app.widgets.reasons import Reason, unless
from graph_model.blocks import REPEAT, as_kind, uses
from graph_model.complaints import complaint
from graph_model.editing.block_edits import detach, free_block_name, make_block
from graph_model.editing.block_parameters import rename_network
from graph_model.editing.repeating import may_repeat_layer, repeat_layer
from graph_model.editing.ungrouping import ungroup
from graph_model.findings.sharing import has_weights_to_share, is_tied
from graph_model.formula_parser import parse_formula
from graph_model.formulas import evaluate, names_in, write
from graph_model.inference.arguments import as_owner
from graph_model.network import (
    Network,
    NetworkId,
    Node,
    NodeId,
    Project,
    free_name,
    names,
    rename,
    set_repeat,
    share_weights,
    stop_sharing,
    used_layer,
    used_network,
    with_layout,
    with_network,
)
from graph_model.problems import GraphError, Refusal
from graph_model.validate import nodes_between

_BOUNDARY: Final = frozenset({"Input", "Output"})
_NAME: Final = "Block"
"""What a block is called before the user names it; a name in the code, so not translated."""


class BlockEditing(QObject):
    """Each edit is one step of the history.

    ``said`` tells the user why nothing was done, or what else was.
    """

    said = Signal(str)

    def __init__(
        self, document: Document, selection: Selection, prompt: Prompt, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._prompt = document, selection, prompt

    def reasons(self) -> dict[str, Reason | None]:
        """Return for each action on blocks why it makes no sense for what is selected, if so."""
        chosen = [self._network.nodes[id] for id in self._selection.nodes]
        blocks = [node for node in chosen if self.block_of(node) is not None]
        alone = chosen[0] if len(chosen) == 1 else None
        is_inside = self._document.state.above is not None
        return {
            "make_block": unless(bool(chosen), self.tr("Select layers first.")),
            "ungroup": unless(bool(blocks), self.tr("Select a block first.")),
            "open_block": unless(
                alone is not None and self._opens(alone),
                self.tr("Select a single block or custom layer first."),
            ),
            "leave_block": unless(is_inside, self.tr("The canvas shows no block.")),
            "repeat_block": unless(
                alone is not None and bool(blocks or self._may_repeat_layer(alone.id)),
                self.tr("Select a single block, or a layer that gives what it takes."),
            ),
            "detach_block": self._why_not_detached(blocks if len(chosen) == 1 else []),
            "share_weights": unless(len(chosen) > 1, self.tr("Select several layers first.")),
            "stop_sharing": unless(
                any(node.shares for node in chosen),
                self.tr("Select a layer that shares its weights first."),
            ),
        }

    def _opens(self, node: Node) -> bool:
        is_custom = used_layer(node.kind) in self._document.project.layers
        return is_custom or self.block_of(node) is not None

    def _why_not_detached(self, alone: list[Node]) -> Reason | None:
        if not alone:
            return Reason(self.tr("Select a single block first."))
        count = len(uses(self._document.project.networks, self.block_of(alone[0]) or ""))
        return unless(count > 1, self.tr("The block is used nowhere else."))

    def block_of(self, node: Node) -> NetworkId | None:
        """Return the block that a node uses, ``None`` where it uses none of the project."""
        used = used_network(node.kind)
        return used if used in self._document.project.networks else None

    @property
    def _network(self) -> Network:
        return self._document.network

    def _chosen_block(self) -> Node | None:
        node = self._network.nodes.get(self._selection.single or "")
        return node if node is not None and self.block_of(node) is not None else None

    def _edit(self, network: Network, text: str) -> None:
        self._document.edit_network(network, text)

    # Making and dissolving

    def make(self) -> None:
        """Move the selected nodes into a block, and ask for its name."""
        network, project = self._network, self._document.project
        ids = [id for id in self._selection.nodes if network.nodes[id].kind not in _BOUNDARY]
        if not ids:
            text = self.tr("Inputs and Outputs alone make no block: select layers as well.")
            self.said.emit(text)
            return
        if between := nodes_between(network, ids):
            listed = ", ".join(network.nodes[id].name for id in between)
            text = self.tr("The block would feed itself: select what lies between as well: {0}.")
            self.said.emit(text.format(listed))
            return
        name = free_block_name(project, _NAME)
        project, use = make_block(project, network.id, ids, name, self._document.known)
        project = _with_free_place(project, network.id, use)
        key = f"make block {use}"
        self._document.edit(project, self.tr("Make Block"), key)
        self._selection.set([use])
        parted = [n.name for n in network.nodes.values() if n.shares and _is_parted(n, ids)]
        if parted:
            text = self.tr(
                "Weights are not shared across the edge of a block: {0} has its own now."
            )
            self.said.emit(text.format(", ".join(parted)))
        self._prompt.ask(
            use,
            self.tr("Name of the block"),
            name,
            partial(self._name, use, key),
            self._document.history.undo,
        )

    def _name(self, use: NodeId, key: str, wish: str) -> str:
        """Name the block just made, and its use after it, within the same step."""
        project, network = self._document.project, self._network
        block = self.block_of(network.nodes[use]) if use in network.nodes else None
        if block is None or wish in ("", project.networks[block].name):
            return ""
        others = {id: each for id, each in project.networks.items() if id != block}
        name = free_block_name(replace(project, networks=others), wish)
        project = rename_network(project, block, name)
        taken = names(network) - {network.nodes[use].name}
        stem = as_kind(project.networks[block]).code_stem
        network = rename(network, use, free_name(stem, taken))
        self._document.edit(with_network(project, network), self.tr("Make Block"), key)
        return ""

    def ungroup(self) -> None:
        """Put the nodes within the selected blocks in their place."""
        project, network = self._document.project, self._network
        before = network.nodes.keys()
        for id in self._selection.nodes:
            node = network.nodes[id]
            is_there = id in project.networks[network.id].nodes  # not dissolved with one like it
            if not is_there or self.block_of(node) is None:
                continue
            try:
                project = self._ungrouped(project, network.id, id)
            except Refusal as refusal:
                text = self.tr("{0} cannot be ungrouped: {1}")
                self.said.emit(text.format(node.name, problem_sentence(refusal.problem)))
                return
            except GraphError:
                text = self.tr("{0} cannot be ungrouped: its formulas would become too long.")
                self.said.emit(text.format(node.name))
                return
        chosen = self._selection.nodes
        self._document.edit(project, self.tr("Ungroup"))
        after = self._network.nodes.keys()
        self._selection.set((after - before) | (chosen & after))

    def _ungrouped(self, project: Project, network: NetworkId, id: NodeId) -> Project:
        layout = project.layouts.get(network, {})
        before = project.networks[network].nodes.keys() - {id}
        project = ungroup(project, network, id)
        fresh = project.networks[network].nodes.keys() - before
        if id not in layout:
            return project
        placed = room_around(project.layouts[network], fresh, layout[id], project.direction)
        return with_layout(project, network, placed)

    def detach(self) -> None:
        """Give the selected use of a block a block of its own."""
        node = self._chosen_block()
        if node is not None:
            project = detach(self._document.project, self._network.id, node.id)
            self._document.edit(project, self.tr("Detach Block"))

    # Repeating

    def _may_repeat_layer(self, id: NodeId) -> bool:
        document = self._document
        return may_repeat_layer(document.project, self._network.id, id, document.known)

    def ask_repeat(self) -> None:
        """Ask how many times in sequence the selected block or layer is used."""
        node = self._network.nodes.get(self._selection.single or "")
        if node is None or self.reasons()["repeat_block"] is not None:
            return
        owner = as_owner(self._network, node)
        now = str(owner.repeat) if isinstance(owner.repeat, int) else write(owner.repeat)
        caption = self.tr("How many times")
        self._prompt.ask(node.id, caption, now, partial(self._repeat, node.shares or node.id))

    def _repeat(self, id: NodeId, text: str) -> str:
        """Repeat a block or layer so many times, or return why it cannot be."""
        try:
            formula = parse_formula(text)
            value = evaluate(formula, self._document.inference.scope)
        except Refusal as refusal:
            return problem_sentence(refusal.problem)
        is_condition = isinstance(value, bool) and any(names_in(formula))
        if not is_condition and (wrong := complaint(REPEAT, value)):
            return complaint_sentence(wrong)
        times = value if isinstance(value, int) and not any(names_in(formula)) else formula
        node = self._network.nodes.get(id)
        if node is not None and times != node.repeat:
            document = self._document
            project = (
                with_network(document.project, set_repeat(self._network, id, times))
                if self.block_of(node)
                else repeat_layer(document.project, self._network.id, id, times, document.known)
            )
            document.edit(project, self.tr("Repeat"))
        return ""

    # Sharing

    def share(self) -> None:
        """Make the selected nodes uses of the weights of the first of them that has any."""
        network = self._network
        flow = [*self._document.inference.structure.order, *network.nodes]
        ids = list(dict.fromkeys(id for id in flow if id in self._selection.nodes))
        known = self._document.inference.nodes
        ids.sort(key=lambda id: not known[id].parameter_count)  # one that has weights to give
        if len(ids) < 2:
            return
        owner, *others = [network.nodes[id] for id in ids]
        if not has_weights_to_share(self._document.state.kind(owner.kind)):
            self.said.emit(self.tr("{0} has no weights to share.").format(owner.name))
            return
        for other in others:
            if other.kind != owner.kind and not is_tied(other, owner):
                text = self.tr("Only nodes of one kind can share weights; {0} and {1} differ.")
                self.said.emit(text.format(owner.name, other.name))
                return
        owns = owner.shares or owner.id
        sharers = {id for id, node in network.nodes.items() if node.shares in ids} | set(ids)
        for id in sharers - {owns}:
            network = share_weights(network, id, owns)
        self._edit(network, self.tr("Share Weights"))

    def stop_sharing(self) -> None:
        """Give the selected nodes weights of their own."""
        network = self._network
        for id in self._selection.nodes:
            if network.nodes[id].shares:
                network = stop_sharing(network, id)
        self._edit(network, self.tr("Stop Sharing"))


def _is_parted(node: Node, ids: Collection[NodeId]) -> bool:
    """Tell whether only one of a node and the owner of its weights is among these."""
    return (node.id in ids) != (node.shares in ids)


def _with_free_place(project: Project, network: NetworkId, use: NodeId) -> Project:
    """Return the project with the use of a block just made beside what lies in its middle."""
    others = dict(project.layouts.get(network, {}))
    place = others.pop(use, None)
    if place is None:
        return project
    return with_layout(project, network, {**others, use: free_place(others, place)})
