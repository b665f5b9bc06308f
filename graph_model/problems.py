"""What is wrong with a network, as values: problems with their sentences, and fixes for them.

A problem holds a code and named values. Its English sentence is the template of that code in
``KINDS``, from which the translations are extracted. Exceptions are for bugs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from graph_model.values import Arguments


class Severity(Enum):
    """How much a problem matters: an error keeps the network from being built."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The severity and the English sentence of one problem code."""

    severity: Severity
    template: str


@dataclass(frozen=True, slots=True)
class SetArguments:
    """Change arguments of the node at fault; ``None`` lets an inferred size follow again."""

    arguments: Arguments


@dataclass(frozen=True, slots=True)
class InsertBefore:
    """Insert a layer of ``kind`` into the edge that ends at ``port`` of the node at fault."""

    port: str
    kind: str
    arguments: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the node at fault another name."""

    name: str


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """Remove the node at fault."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Remove the edge that ends at ``port`` of the node at fault."""

    port: str


Change = SetArguments | InsertBefore | Rename | RemoveNode | Disconnect


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a problem: a change to the node at fault, and its sentence as a code."""

    code: str
    change: Change
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""

    @property
    def message(self) -> str:
        """The English sentence."""
        return FIXES[self.code].format_map(self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it is (``node``, ``port``, ``parameter``), and what would mend it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""
    port: str = ""
    parameter: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return KINDS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether it keeps the network from being built."""
        return self.severity is Severity.ERROR

    @property
    def message(self) -> str:
        """The English sentence."""
        return KINDS[self.code].template.format_map(self.values)


class GraphError(Exception):
    """A bug or misuse in this program's own code; users' mistakes are ``Problem`` values."""


class Refusal(Exception):  # noqa: N818 - it names what happens, and no error reaches a user
    """Carries a problem out of a shape rule to ``infer``, which turns it back into a value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _error(template: str) -> ProblemKind:
    return ProblemKind(Severity.ERROR, template)


def _warning(template: str) -> ProblemKind:
    return ProblemKind(Severity.WARNING, template)


def _advice(template: str) -> ProblemKind:
    return ProblemKind(Severity.ADVICE, template)


KINDS: Final[Mapping[str, ProblemKind]] = {
    # Structure
    "empty_network": _error("The network is empty. Drag a layer onto the canvas to begin."),
    "no_input": _error("The network has no Input. Add one so that data can enter."),
    "no_output": _error("The network has no Output. Add one to say what it computes."),
    "unknown_kind": _error("There is no layer kind called “{kind}” in this version."),
    "unknown_parameter": _error("{kind} has no parameter called “{parameter}”."),
    "unknown_port": _error("{kind} has no {side} called “{port}”."),
    "missing_input": _error("The input “{port}” has no edge. Connect a tensor to it."),
    "cycle": _error(
        "These layers feed each other in a circle: {names}. Remove one of the edges between them."
    ),
    "bad_name": _error("“{name}” cannot be a name in the code: {reason}."),
    "duplicate_name": _error("Another node is called “{name}” as well. Names must differ."),
    "unused_output": _warning("Nothing uses what {name} computes."),
    # Parameters
    "wrong_type": _error("{parameter} takes {expected}, not {got}."),
    "not_a_choice": _error("{parameter} must be one of {choices}, not {got}."),
    "below_minimum": _error("{parameter} must be at least {bound}, not {got}."),
    "not_above": _error("{parameter} must be above {bound}, not {got}."),
    "above_maximum": _error("{parameter} must be at most {bound}, not {got}."),
    "not_divisible": _error("{what} = {got} must be divisible by {by} = {divisor}."),
    "bad_combination": _error("{explanation}"),
    # Shapes
    "wrong_rank": _error("{kind} takes {expected} dimensions ({layout}), but {shape} has {got}."),
    "pinned_size": _error("{parameter} is set to {pinned}, but the input {shape} has {got} there."),
    "size_must_be_number": _error(
        "{parameter} follows from the input, so it needs a number there, but {shape} has {got}."
    ),
    "size_mismatch": _error("{what} must be {expected}, but {shape} has {got}."),
    "kernel_too_large": _error(
        "A kernel that spans {span} is larger than the padded input of {got} in {shape}."
    ),
    "size_not_positive": _error("The {what} would become {got}. It must be at least 1."),
    "padding_too_large": _error(
        "padding = {padding} must be at most half of kernel_size = {kernel_size}."
    ),
    "dim_out_of_range": _error(
        "{parameter} = {got} is not a dimension of {shape}, which are {first} to {last}."
    ),
    "index_out_of_range": _error(
        "{parameter} = {got} is outside the dimension of size {size} in {shape}."
    ),
    "cannot_broadcast": _error(
        "{left} and {right} do not fit together: dimension {dim} is {a} in one and {b} in the "
        "other. They must be equal, or one of them 1."
    ),
    "cannot_concatenate": _error(
        "{left} and {right} cannot be joined along dimension {dim}: they differ in dimension "
        "{other}, {a} against {b}."
    ),
    "cannot_reshape": _error("{shape} has {elements} elements, which do not fill {target}."),
    "cannot_multiply": _error(
        "{left} times {right} does not work: the last dimension of the first, {a}, must equal "
        "dimension −2 of the second, {b}."
    ),
    "wrong_dtype": _error("{kind} takes {expected}, but “{port}” is {got}."),
    "different_dtypes": _error("The inputs must have the same dtype, but are {a} and {b}."),
    "symbolic_not_supported": _error(
        "{kind} needs numbers for {what}, but {shape} has {got} there."
    ),
    "custom": _error("{explanation}"),
}
"""Every problem code with its severity and sentence."""

FIXES: Final[Mapping[str, str]] = {
    "set_argument": "Set {parameter} to {value}",
    "follow_input": "Let {parameter} follow the input",
    "insert_flatten": "Insert Flatten before it",
    "insert_layer": "Insert {kind} before it",
    "rename": "Rename it to {name}",
    "remove_node": "Remove {name}",
    "disconnect": "Remove the edge",
}
"""Every fix code with its sentence."""
