"""What is written down on the way through a network: weights, and arguments that are sizes."""

from __future__ import annotations

from typing import NamedTuple

from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.pruning.channels import Axes, Channels, Line
from graph_model.recipe import BETWEEN, NodePath


class WeightKey(NamedTuple):
    """A weight: of the node at a path, in these repeats of the blocks on it, by torch's name."""

    path: NodePath
    turns: tuple[int, ...]
    name: str


class SizeKey(NamedTuple):
    """An argument of the node at a path that is a size, ``at`` this place where it is a tuple."""

    path: NodePath
    argument: str
    at: int | None = None


@frozen
class Place:
    """A node, or the network around it: the nodes on the way there, and which repeats."""

    path: tuple[NodeId, ...] = ()
    turns: tuple[int, ...] = ()

    @property
    def node_path(self) -> NodePath:
        """The path as recipes name it."""
        return BETWEEN.join(self.path)

    def at(self, id: NodeId) -> Place:
        """Return the place of a node here."""
        return Place((*self.path, id), self.turns)

    def turn(self, number: int) -> Place:
        """Return the inside of a block here, in one of its repeats."""
        return Place(self.path, (*self.turns, number))


@frozen
class Held:
    """The axes of a weight, and which of them is read along: that of what arrives."""

    axes: Axes
    reads: int | None = None


class Sheet:
    """All that is known of the channels of a network."""

    def __init__(self) -> None:
        self.channels = Channels()
        self.weights: dict[WeightKey, Held] = {}
        self.sizes: dict[SizeKey, list[Line]] = {}
        self.tied: list[tuple[WeightKey, WeightKey]] = []
        self.fixing = 0
        """Above 0 while going through a block whose repeats differ by more than their weights."""

    def hold(self, key: WeightKey, axes: Axes, reads: int | None) -> None:
        """Write a weight down; another use of the same one joins its axes."""
        if key in self.weights:
            for mine, other in zip(self.weights[key].axes, axes, strict=True):
                self.agree(mine, other, key.path)
        else:
            self.weights[key] = Held(axes, reads)
        if self.fixing:
            for line in axes:
                self.channels.fix(line or (), key.path)

    def agree(self, one: Line | None, other: Line | None, path: NodePath) -> None:
        """Let two lines go together; fix one where nothing is known of the other."""
        if one is not None and other is not None:
            self.channels.join(one, other)
        else:
            self.channels.fix(one or other or (), path)

    def size(self, key: SizeKey, line: Line) -> None:
        """Write down that an argument counts the channels of a line."""
        self.sizes.setdefault(key, []).append(line)

    def tie(self) -> None:
        """Join the weights that are one tensor under two names, and are read as one too."""
        for one, other in self.tied:
            if one in self.weights and other in self.weights:
                self.weights[other] = Held(self.weights[other].axes, self.weights[one].reads)
                for mine, its in zip(self.weights[one].axes, self.weights[other].axes, strict=True):
                    self.agree(mine, its, one.path)
