"""Which network and which node of one drawing is which of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar

from graph_model.network import LayerId, Network, NetworkId, Node, NodeId, used_layer, used_network

if TYPE_CHECKING:
    from codegen.revising.sheets import Sheet


_Key = TypeVar("_Key", bound=Hashable)


@dataclass
class Pairing:
    """The ids of one drawing, by those of another that is newer."""

    networks: dict[NetworkId, NetworkId] = field(default_factory=dict)
    nodes: dict[NetworkId, dict[NodeId, NodeId]] = field(default_factory=dict)
    layers: dict[LayerId, LayerId] = field(default_factory=dict)

    def kind(self, kind: str) -> str:
        """Return a kind of the newer drawing as that of the older; ``block`` where not known."""
        block, layer = used_network(kind), used_layer(kind)
        if block is not None:
            return f"block:{self.networks[block]}" if block in self.networks else "block"
        if layer is not None:
            return f"custom:{self.layers[layer]}" if layer in self.layers else "custom"
        return kind

    def old_kind(self, kind: str) -> str:
        """Return a kind of the older drawing; ``block`` where that has no partner yet."""
        block, layer = used_network(kind), used_layer(kind)
        if block is not None and block not in self.networks.values():
            return "block"
        return "custom" if layer is not None and layer not in self.layers.values() else kind

    def forget_others(self, old: Sheet, new: Sheet) -> None:
        """Forget pairs of different kinds: what a text draws otherwise than the project."""
        for id, nodes in self.nodes.items():
            before, after = old.networks[self.networks[id]], new.networks[id]
            self.nodes[id] = {
                node: partner
                for node, partner in nodes.items()
                if self.kind(after.nodes[node].kind) == before.nodes[partner].kind
            }


def line_map(old: str, new: str) -> dict[int, int]:
    """Return the numbers that the lines of a newer text had, as far as they were not edited."""
    olds, news = old.split("\n"), new.split("\n")
    before = _same_length(olds, news)
    room = min(len(olds), len(news)) - before
    after = min(room, _same_length(olds[::-1], news[::-1]))
    found = {number: number for number in range(1, before + 1)}
    matcher = SequenceMatcher(
        None, olds[before : len(olds) - after], news[before : len(news) - after], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for place in range(before + 1, before + block.size + 1):
            found[block.b + place] = block.a + place
    for place in range(after):
        found[len(news) - place] = len(olds) - place
    return found


def _same_length(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines from the start on are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    first = next((n for n, (one, other) in pairs if one != other), None)
    return min(len(old), len(new)) if first is None else first


def paired(old: Sheet, new: Sheet, lines: Mapping[int, int]) -> Pairing:
    """Pair two drawings, from their main networks down; ``lines`` are the old by the new ones."""
    pairing = Pairing({new.main: old.main})
    names = {each.name: id for id, each in old.layers.items()}
    for id, layer in new.layers.items():
        if layer.name in names:
            pairing.layers[id] = names.pop(layer.name)
    for class_name, id in _once(old):
        other = dict(_once(new)).get(class_name)
        if other is not None:
            pairing.networks[other] = id
    waiting = [new.main]
    for id in waiting:
        before, after = old.networks[pairing.networks[id]], new.networks[id]
        found = _Nodes(old, new, before, after, pairing, lines).found
        pairing.nodes[id] = found
        for node, partner in found.items():
            inner = used_network(after.nodes[node].kind)
            outer = used_network(before.nodes[partner].kind)
            if inner and outer and inner in new.networks and outer in old.networks:
                _pair_blocks(pairing, inner, outer, waiting)
    return pairing


def _pair_blocks(
    pairing: Pairing, inner: NetworkId, outer: NetworkId, waiting: list[NetworkId]
) -> None:
    if inner not in pairing.networks and outer not in pairing.networks.values():
        pairing.networks[inner] = outer
    if pairing.networks.get(inner) == outer and inner not in waiting:
        waiting.append(inner)


def _once(sheet: Sheet) -> list[tuple[str, NetworkId]]:
    """Return the classes of blocks whose name no other has."""
    named = [(each.class_name, id) for id, each in sheet.marks.items() if id != sheet.main]
    counts = Counter(name for name, _ in named)
    return [(name, id) for name, id in named if counts[name] == 1]


class _Nodes:
    """Pairs the nodes of two networks, the surest first."""

    def __init__(
        self,
        old: Sheet,
        new: Sheet,
        before: Network,
        after: Network,
        pairing: Pairing,
        lines: Mapping[int, int],
    ) -> None:
        self._before, self._after, self._pairing = before, after, pairing
        self._old_marks, self._new_marks = old.marks[before.id], new.marks[after.id]
        self._old_places, self._new_places = old.places[before.id], new.places[after.id]
        self._lines = lines
        self.found: dict[NodeId, NodeId] = {}
        self._back: dict[NodeId, NodeId] = {}
        self._by_name()
        self._by_line()
        self._by_neighbours()
        self._by_line(in_order=True)
        self._by_order()
        self._by_neighbours()
        self._alike(self._old_gap, self._new_gap, in_order=True)
        self._in_place()
        self._alike(_port_kind, _port_kind, in_order=True)

    def _pair(self, new: NodeId, old: NodeId) -> None:
        self.found[new], self._back[old] = old, new

    def _left(self) -> tuple[list[Node], list[Node]]:
        """Return the nodes of both that have no partner yet."""
        old = [each for id, each in self._before.nodes.items() if id not in self._back]
        new = [each for id, each in self._after.nodes.items() if id not in self.found]
        return old, new

    def _alike(
        self,
        old_key: Callable[[Node], Hashable | None],
        new_key: Callable[[Node], Hashable | None],
        *,
        in_order: bool = False,
    ) -> bool:
        """Pair what has the same key: what has it alone, or as many in their order."""
        old, new = self._left()
        olds, news = _grouped(old, old_key), _grouped(new, new_key)
        before = len(self.found)
        for key, those in news.items():
            others = olds.get(key, [])
            if len(those) == len(others) and (in_order or len(those) == 1):
                for one, other in zip(those, others, strict=True):
                    self._pair(one.id, other.id)
        return len(self.found) > before

    def _by_name(self) -> None:
        """Pair what has one name in both texts, of one kind first."""
        kind, old_kind = self._pairing.kind, self._pairing.old_kind

        def old_said(node: Node) -> str:
            return self._old_marks.nodes[node.id].said if not node.shares else ""

        def new_said(node: Node) -> str:
            return self._new_marks.nodes[node.id].said if not node.shares else ""

        self._alike(
            lambda each: (old_kind(each.kind), said) if (said := old_said(each)) else None,
            lambda each: (kind(each.kind), said) if (said := new_said(each)) else None,
        )
        self._alike(
            lambda each: old_said(each) or None if _port_kind(each) is None else None,
            lambda each: new_said(each) or None if _port_kind(each) is None else None,
        )

    def _by_line(self, *, in_order: bool = False) -> None:
        """Pair what stands in the same lines: what stands there alone, or as many in their order.

        Of a drawing the lines of each node are all known, of a text only where its parts begin.
        """
        old, new = self._left()
        for (kind, lines), those in _grouped(new, self._line_key).items():
            others = [
                each
                for each in old
                if self._pairing.old_kind(each.kind) == kind
                and each.id not in self._back
                and lines <= self._old_places.get(each.id, frozenset())
            ]
            if len(those) == len(others) and (in_order or len(those) == 1):
                for one, other in zip(those, others, strict=True):
                    self._pair(one.id, other.id)

    def _line_key(self, node: Node) -> tuple[str, frozenset[int]] | None:
        lines = frozenset(self._lines.get(line, 0) for line in self._new_places[node.id])
        return (self._pairing.kind(node.kind), lines) if lines and 0 not in lines else None

    def _by_neighbours(self) -> None:
        """Pair what is fed by the same, or feeds the same, as long as that finds more."""
        kind, old_kind = self._pairing.kind, self._pairing.old_kind
        old, new = _Ends(self._before), _Ends(self._after)
        is_more = True
        while is_more:
            is_more = self._alike(
                lambda each: _beside(old_kind(each.kind), old.fed(each, self._itself)),
                lambda each: _beside(kind(each.kind), new.fed(each, self._partner)),
            )
            is_more |= self._alike(
                lambda each: _beside(old_kind(each.kind), old.feeds(each, self._itself)),
                lambda each: _beside(kind(each.kind), new.feeds(each, self._partner)),
            )

    def _in_place(self) -> None:
        """Pair what is fed by the same and feeds the same, whatever it is now."""
        old, new = _Ends(self._before), _Ends(self._after)

        def old_key(node: Node) -> Hashable | None:
            return _both(old.fed(node, self._itself), old.feeds(node, self._itself))

        def new_key(node: Node) -> Hashable | None:
            return _both(new.fed(node, self._partner), new.feeds(node, self._partner))

        self._alike(
            lambda each: old_key(each) if _port_kind(each) is None else None,
            lambda each: new_key(each) if _port_kind(each) is None else None,
        )

    def _itself(self, old: NodeId) -> NodeId:
        return old if old in self._back else ""

    def _partner(self, new: NodeId) -> NodeId:
        return self.found.get(new, "")

    def _by_order(self) -> None:
        """Pair rows of nodes with the same arguments that stand in the same order."""
        old, new = self._left()
        matcher = SequenceMatcher(
            None,
            [(self._pairing.old_kind(each.kind), _content(each)) for each in old],
            [(self._pairing.kind(each.kind), _content(each)) for each in new],
            autojunk=False,
        )
        for block in matcher.get_matching_blocks():
            for place in range(block.size):
                self._pair(new[block.b + place].id, old[block.a + place].id)

    def _old_gap(self, node: Node) -> Hashable | None:
        return self._pairing.old_kind(node.kind), _last(self._before, node, self._back.keys())

    def _new_gap(self, node: Node) -> Hashable | None:
        last = _last(self._after, node, self.found.keys())
        return self._pairing.kind(node.kind), self.found.get(last, "")


def _last(network: Network, node: Node, known: Container[NodeId]) -> NodeId:
    """Return the last node before this one that is among the known; none is ``""``."""
    last = ""
    for id in network.nodes:
        if id == node.id:
            break
        if id in known:
            last = id
    return last


def _both(one: Hashable, other: Hashable) -> Hashable | None:
    return (one, other) if one and other else None


def _beside(kind: str, others: Hashable | None) -> Hashable | None:
    return (kind, others) if others else None


def _port_kind(node: Node) -> str | None:
    return node.kind if node.kind in ("Input", "Output") else None


def _content(node: Node) -> str:
    return repr((sorted(node.arguments.items(), key=str), sorted(node.formulas.items(), key=str)))


class _Ends:
    """What feeds the nodes of a network, and what they feed; none where a partner lacks."""

    def __init__(self, network: Network) -> None:
        self._fed: dict[NodeId, list[tuple[str, NodeId]]] = {}
        self._feeds: dict[NodeId, list[tuple[str, NodeId]]] = {}
        for edge in network.edges.values():
            is_block = used_network(network.nodes[edge.target.node].kind) is not None
            port = "" if is_block else edge.target.name
            self._fed.setdefault(edge.target.node, []).append((port, edge.source.node))
            self._feeds.setdefault(edge.source.node, []).append((port, edge.target.node))

    def fed(self, node: Node, known: Callable[[NodeId], NodeId]) -> Hashable | None:
        """Return what feeds a node, as what its partners are."""
        return _known(self._fed.get(node.id, ()), known)

    def feeds(self, node: Node, known: Callable[[NodeId], NodeId]) -> Hashable | None:
        """Return what a node feeds."""
        return _known(self._feeds.get(node.id, ()), known)


def _known(
    ends: Iterable[tuple[str, NodeId]], known: Callable[[NodeId], NodeId]
) -> Hashable | None:
    found = [(name, known(node)) for name, node in ends]
    return (*sorted(found),) if found and all(id for _, id in found) else None


def _grouped(nodes: Iterable[Node], key: Callable[[Node], _Key | None]) -> dict[_Key, list[Node]]:
    found: dict[_Key, list[Node]] = {}
    for each in nodes:
        if (own := key(each)) is not None:
            found.setdefault(own, []).append(each)
    return found
