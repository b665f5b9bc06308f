"""What a rule is given of a node that channels pass through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph_model.network import Node
from graph_model.pruning.channels import Axes, Channels, Line
from graph_model.pruning.sheet import Place, Sheet, SizeKey, WeightKey
from graph_model.recipe import NodePath
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

Rule: TypeAlias = Callable[["Visit"], Mapping[str, Axes]]
"""Says what the axes of a node's outputs carry, by port; what it does not name carries nothing."""


@dataclass(frozen=True)
class Visit:
    """A node on the way: its arguments, what arrives, what leaves, and its weights by name.

    ``place`` is that of the node whose weights it uses.
    """

    sheet: Sheet
    place: Place
    node: Node
    arguments: Arguments
    specs: Mapping[str, TensorSpec]
    outputs: Mapping[str, TensorSpec]
    given: Mapping[str, Axes]
    weights: Mapping[str, tuple[int, ...]]

    @property
    def channels(self) -> Channels:
        """The channels of the whole network."""
        return self.sheet.channels

    @property
    def path(self) -> NodePath:
        """The path of the node."""
        return self.place.node_path

    @property
    def axes(self) -> Axes:
        """What the first input carries."""
        return next(iter(self.given.values()))

    @property
    def spec(self) -> TensorSpec:
        """The first input."""
        return next(iter(self.specs.values()))

    @property
    def out(self) -> TensorSpec:
        """The first output."""
        return next(iter(self.outputs.values()))

    def integer(self, name: str, default: int = 0) -> int:
        """Return an argument that is a whole number."""
        value = self.arguments.get(name)
        return value if isinstance(value, int) else default

    def axis(self, name: str, rank: int | None = None) -> int:
        """Return an argument that names an axis, from 0 on."""
        return self.integer(name) % max(1, self.spec.rank if rank is None else rank)

    def hold(self, name: str, *axes: Line | None, reads: int | None = None) -> None:
        """Write down what the axes of a weight carry, where the layer has it."""
        if name in self.weights:
            key = WeightKey(self.path, self.place.turns, name)
            self.sheet.hold(key, axes, reads)

    def size(self, argument: str, line: Line | None, at: int | None = None) -> None:
        """Write down that an argument counts a line, unless it follows from what arrives."""
        given = self.arguments.get(argument)
        is_given = argument in self.node.arguments or argument in self.node.formulas
        if line is not None and given is not None and (is_given or argument not in FOLLOWING):
            self.sheet.size(SizeKey(self.path, argument, at), line)

    def fix(self, lines: Iterable[Line | None]) -> None:
        """Say that this node needs all of these channels."""
        for line in lines:
            self.channels.fix(line or (), self.path)

    def fix_all(self) -> Mapping[str, Axes]:
        """Say that this node needs all that arrives."""
        for axes in self.given.values():
            self.fix(axes)
        return {}

    def everywhere(self, axes: Axes) -> Mapping[str, Axes]:
        """Return the same for all outputs."""
        return dict.fromkeys(self.outputs, axes)


FOLLOWING: Final = frozenset(
    {"in_channels", "in_features", "in1_features", "in2_features", "num_features", "num_channels",
     "normalized_shape", "input_size"}
)  # fmt: skip
"""The arguments that follow from what arrives where they are not given."""
