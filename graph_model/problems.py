"""What is wrong with a network, as values: problems with their sentences, and fixes for them.

A problem holds a code and named values. Its English sentence is the template of that code in
``KINDS``, from which the translations are extracted. Exceptions are for bugs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from operator import attrgetter

from graph_model.frozen import frozen
from graph_model.phrases import shortened
from graph_model.sentences import FIXES, KINDS
from graph_model.sentences.kind import Severity
from graph_model.values import Arguments

__all__ = ["FIXES", "KINDS", "Severity"]  # what a Problem says stands beside it


@frozen
class SetArguments:
    """Change arguments of the node at fault; ``None`` lets an inferred size follow again."""

    arguments: Arguments


@frozen
class InsertBefore:
    """Insert a layer of ``kind`` into the edge that ends at ``port`` of the node at fault.

    Where ``all_uses``, the node is given what that gives wherever it has read the same output.
    """

    port: str
    kind: str
    arguments: Arguments = field(default_factory=dict)
    all_uses: bool = False


@frozen
class InsertRow:
    """Insert layers one behind the other before the node at fault, each a kind and its arguments.

    They go before ``port`` and wherever else the node reads the same output.
    """

    port: str
    layers: tuple[tuple[str, Arguments], ...]


@frozen
class InsertAround:
    """Insert a layer of ``kind`` before the node at fault, and the same behind it.

    It goes before ``port`` and wherever else the node reads the same output.
    """

    port: str
    kind: str
    arguments: Arguments = field(default_factory=dict)


@frozen
class TakeThrough:
    """Change arguments of the Input at fault, and let all that it feeds read it through a layer."""

    arguments: Arguments
    kind: str
    layer: Arguments = field(default_factory=dict)


@frozen
class SetInAll:
    """Change the same arguments of several nodes, all of which are at fault together."""

    nodes: tuple[str, ...]
    arguments: Arguments


@frozen
class ReplaceKinds:
    """Make several nodes ones of another kind with the same ports, as :class:`ReplaceKind` does."""

    nodes: tuple[str, ...]
    kind: str


@frozen
class Rename:
    """Give the node at fault another name."""

    name: str


@frozen
class RemoveNode:
    """Remove the node at fault."""


@frozen
class Bypass:
    """Remove the node at fault; what it fed is fed by what fed it."""


@frozen
class SwapWithFeeder:
    """Let the node at fault change places with the one that feeds its ``port`` alone."""

    port: str


@frozen
class ReplaceKind:
    """Make the node at fault one of another kind with the same ports.

    It keeps the arguments that the other kind takes as well.
    """

    kind: str


@frozen
class Connect:
    """Let an output of ``source``, another node, feed ``port`` of the node at fault."""

    source: str
    output: str
    port: str


@frozen
class RemoveBranch:
    """Remove the node at fault and all that it feeds."""


@frozen
class AddOutput:
    """Add an Output that the node at fault feeds."""


@frozen
class Disconnect:
    """Remove the edge that ends at ``port`` of the node at fault."""

    port: str


@frozen
class StopSharing:
    """Give the node at fault weights of its own."""


@frozen
class ResetInit:
    """Let a group of tensors begin as torch does, of a node, or of the network if none is named."""

    group: str


@frozen
class ResetParametrization:
    """Let the node at fault hold its weight as it is, without a norm."""


@frozen
class SetDataArguments:
    """Change arguments of the recipe's data."""

    arguments: Arguments


@frozen
class ChooseLoss:
    """Hold an Output against an array by a loss with these arguments."""

    output: str
    target: str
    kind: str
    arguments: Arguments


@frozen
class ChooseInRecipe:
    """Choose another entry for a ``place`` of the recipe, such as its schedule."""

    place: str
    kind: str
    arguments: Arguments = field(default_factory=dict)


@frozen
class ChooseForPlayer:
    """Give the player of an Output an optimizer of its own."""

    output: str
    kind: str
    arguments: Arguments = field(default_factory=dict)


@frozen
class AddOption:
    """Take an option into the recipe, in place of one of its kind."""

    option: str
    arguments: Arguments = field(default_factory=dict)


@frozen
class SetOptionArguments:
    """Change arguments of an option of the recipe."""

    option: str
    arguments: Arguments


@frozen
class LeaveOutOption:
    """Take an option out of the recipe."""

    option: str


@frozen
class LeaveOutPhase:
    """Take out one of the schedules that follow the first."""

    place: int


@frozen
class LeaveOutTransform:
    """Take one of the transforms out of the recipe."""

    place: int


@frozen
class LetTrain:
    """Let the recipe's player of an Output train these nodes alone."""

    output: str
    nodes: tuple[str, ...]


OfRecipe = (
    SetDataArguments
    | ChooseLoss
    | ChooseInRecipe
    | ChooseForPlayer
    | AddOption
    | SetOptionArguments
    | LeaveOutOption
    | LeaveOutPhase
    | LeaveOutTransform
    | LetTrain
)
"""The changes of which no node is at fault."""

Change = (
    SetArguments
    | InsertBefore
    | InsertRow
    | InsertAround
    | TakeThrough
    | SetInAll
    | ReplaceKinds
    | Rename
    | RemoveNode
    | Bypass
    | SwapWithFeeder
    | ReplaceKind
    | Connect
    | RemoveBranch
    | AddOutput
    | Disconnect
    | StopSharing
    | ResetInit
    | ResetParametrization
    | OfRecipe
)


@frozen
class Fix:
    """A way to mend a problem: a change to what is at fault, and its sentence as a code."""

    code: str
    change: Change
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""

    @property
    def message(self) -> str:
        """The English sentence."""
        return _sentence(FIXES[self.code], self.values)


def is_error(code: str) -> bool:
    """Tell whether a problem with this code keeps a network from being built."""
    return KINDS[code].severity is Severity.ERROR


def errors_first(problems: Collection[Problem]) -> tuple[Problem, ...]:
    """Return problems in their order, but errors before what only could be better."""
    codes = set(map(attrgetter("code"), problems))
    errors = {code for code in codes if is_error(code)}
    if not errors or len(errors) == len(codes):
        return tuple(problems)
    return tuple(sorted(problems, key=lambda problem: problem.code not in errors))


@frozen
class Problem:
    """One thing wrong, where it is (``node``, ``port``, ``parameter``), and what would mend it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""
    port: str = ""
    parameter: str = ""
    fixes: tuple[Fix, ...] = ()
    cause: Problem | None = None
    """What is wrong within the block that the node uses, at a node of that block."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return KINDS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether it keeps the network from being built."""
        return is_error(self.code)

    @property
    def message(self) -> str:
        """The English sentence."""
        return _sentence(KINDS[self.code].template, self.values)


def _sentence(template: str, values: Mapping[str, str]) -> str:
    return template.format_map({name: shortened(value) for name, value in values.items()})


class GraphError(Exception):
    """A bug or misuse in this program's own code; users' mistakes are ``Problem`` values."""


class Refusal(Exception):  # noqa: N818 - it names what happens, and no error reaches a user
    """Carries a problem out of a shape rule to ``infer``, which turns it back into a value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
