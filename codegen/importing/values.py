"""What values are while source is read: numbers that remember their formulas, layers, tensors.

Numbers, texts, tuples, lists and dictionaries stand for themselves. A size of a tensor is an
``int`` or, where it is not known, a :class:`graph_model.dims.Expression`.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from graph_model.formulas import Formula
from graph_model.network import Port
from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.tensors import TensorSpec
from graph_model.values import Value

Number: TypeAlias = int | float | bool


class UnreadError(Exception):
    """What cannot be read, as the problem that names the line."""

    def __init__(self, problem: Problem, line: int = 0) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.line = line or int(problem.values.get("line", "0"))


def unread(node: ast.AST | None, code: str, **values: str) -> UnreadError:
    """Return the error for a place in the text; ``code`` is that of its sentence."""
    line = str(getattr(node, "lineno", 0))
    text = _shortened(ast.unparse(node)) if isinstance(node, ast.expr | ast.stmt) else ""
    return UnreadError(Problem(code, {"line": line, "text": text, **values}))


def _shortened(text: str) -> str:
    first = text.splitlines()[0]
    return first if first == text and len(first) <= _LONGEST else first[:_LONGEST] + " …"


_LONGEST: Final = 80


@dataclass(frozen=True)
class Tagged:
    """A number that follows from arguments of the class which is being made."""

    value: Number
    formula: Formula


@dataclass(frozen=True)
class Name:
    """Something of a library, by its full name: ``torch.nn.functional.relu``."""

    path: str

    @property
    def last(self) -> str:
        """What stands after the last point."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, eq=False)
class DTypeOf(Name):
    """The dtype of a tensor: its name, as good as one that is written, and whose it is."""

    tensor: Any = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)


@dataclass(eq=False)
class Function:
    """A function of the text, and what it sees around it."""

    node: ast.FunctionDef | ast.Lambda
    around: Scope
    owner: Class | None = None
    within: Scope | None = None
    """The names of the class that it stands in, which its defaults may use."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """The defaults of a lambda, which hold what they were when it was made."""


@dataclass(eq=False)
class Bound:
    """A function with what it was asked of."""

    function: Function | Builtin
    of: Any


@dataclass(eq=False)
class Builtin:
    """A function that is done here."""

    name: str
    do: Callable[..., Any]


@dataclass(eq=False)
class Class:
    """A class of the text."""

    node: ast.ClassDef
    around: Scope
    bases: tuple[Any, ...] = ()
    members: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.node.name

    def lineage(self) -> list[Any]:
        """Return the class and what it descends from, the nearest first."""
        found: list[Any] = [self]
        for base in self.bases:
            found += base.lineage() if isinstance(base, Class) else [base]
        return found

    @property
    def is_module(self) -> bool:
        """Whether it descends from ``nn.Module``, or from what stands for one elsewhere."""
        names = [each.last for each in self.lineage() if isinstance(each, Name)]
        return any(each.endswith("Module") or each in _CONTAINERS for each in names)

    @property
    def is_record(self) -> bool:
        """Whether its objects are tuples with names."""
        return any(isinstance(each, Name) and each.last == "NamedTuple" for each in self.lineage())

    @property
    def container(self) -> str:
        """``Sequential``, ``ModuleList`` or ``ModuleDict`` where it descends from one."""
        names = (each.last for each in self.lineage() if isinstance(each, Name))
        return next((each for each in names if each in _CONTAINERS), "")

    def find(self, name: str, after: Class | None = None) -> Any:
        """Return a member by its name, with ``after`` from what follows that class; or ``None``."""
        line = self.lineage()
        for each in line[line.index(after) + 1 if after in line else 0 :]:
            if isinstance(each, Class) and name in each.members:
                return each.members[name]
        return None


_CONTAINERS: Final = ("Sequential", "ModuleList", "ModuleDict")


@dataclass(eq=False)
class Instance:
    """An object of a class of the text: a module, or what holds settings.

    ``arguments`` are the numbers that it was made with, ``given`` how the maker wrote them.
    """

    made_of: Class
    members: dict[str, Any] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    is_frozen: bool = False
    children: Container | None = None
    group: Container | None = None
    """The container that it lies in."""
    origin: ListOf | None = None
    """The list that one expression made, with it among others."""
    index: int | None = None
    """Which it is of those."""
    line: int = 0
    """Where in the text it is made."""


@dataclass(eq=False)
class Layer:
    """A module of the catalogue: its kind, its arguments and the formulas of some of them."""

    kind: str
    arguments: dict[str, Value] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    pinned: dict[str, Value] = field(default_factory=dict)
    name: str = ""
    weights_of: Layer | None = None
    init: dict[str, Choice] = field(default_factory=dict)
    norm: Choice | None = None
    """The norm that its weight is computed with."""
    is_frozen: bool = False
    line: int = 0
    """Where in the text it is made."""
    written: dict[str, Value] = field(default_factory=dict)
    """The sizes among ``pinned`` that stand there as numbers."""
    number: int = field(default_factory=itertools.count().__next__)
    """Which module it is of all that were made."""


@dataclass(eq=False)
class Optional:
    """A module that is there where a condition holds, and else passes on what comes in."""

    module: Any
    condition: Tagged
    name: str = ""


@dataclass(eq=False)
class Container:
    """``nn.Sequential``, ``nn.ModuleList`` or ``nn.ModuleDict``: modules by their names.

    ``count`` is how many there are where one expression made them all.
    """

    kind: str
    modules: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    count: Tagged | int | None = None


@dataclass(eq=False, frozen=True)
class Made:
    """A tensor that depends on no input, by what makes it; drawn where it is used."""

    kind: str
    arguments: Mapping[str, Value]
    formulas: Mapping[str, Formula]
    inputs: tuple[tuple[str, Any], ...] = ()
    port: str = "output"


@dataclass(eq=False)
class Held:
    """A tensor that a module holds, and the name that it is held under."""

    made: Made
    name: str = ""


@dataclass(frozen=True)
class Tensor:
    """A tensor while a network is drawn: the port that gives it, and its shape where known."""

    port: Port
    spec: TensorSpec | None


class Sizes(tuple[Any, ...]):
    """The sizes of a tensor from a dimension on, or some of them."""

    of: Any = None
    first: int = 0
    is_whole: bool = False


@dataclass(frozen=True)
class WeightOf:
    """The weight of a layer, as it is used by another."""

    layer: Layer
    name: str
    is_turned: bool = False


class ListOf(list[Any]):
    """A list that a comprehension made, ``times`` the same but for the index."""

    times: Tagged | int | None = None


class Scope:
    """Names and their values, and those around."""

    def __init__(self, around: Scope | None = None) -> None:
        self.names: dict[str, Any] = {}
        self.around = around

    def find(self, name: str) -> Any:
        """Return the value of a name; raises ``KeyError``."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.around
        raise KeyError(name)


TRAINING: Final = Name("self.training")
"""Whether a module is in training mode: not known while it is read."""
