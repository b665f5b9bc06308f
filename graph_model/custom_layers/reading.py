"""What the text of a custom layer takes and gives, found out by reading it, never by running it.

The layer is the last class or function at the top level whose name has no leading underscore; what
stands above helps it. Of a class, which derives from ``nn.Module``, the arguments of ``__init__``
are parameters and those of ``forward`` are inputs. Of a function, arguments without a default, or
with the default ``None`` and no keyword needed, are inputs, the others parameters. An input with
the default ``None`` may stay open. The ``return`` that gives a tuple tells how many outputs there
are.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, NoReturn, TypeAlias

from graph_model.custom_layers.parameters import Argument, arguments_of, parameter
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal
from graph_model.syntax import parse
from graph_model.values import Parameter

LONGEST_TEXT: Final = 100_000

_Definition: TypeAlias = ast.ClassDef | ast.FunctionDef
_STATEMENTS: Final = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef,
                      ast.FunctionDef)  # fmt: skip
_OF_FILE: Final = frozenset(
    "torch nn Tensor super print tuple range int float bool str len min max model".split()
)
"""Names that mean something in the generated file."""


class Import(NamedTuple):
    """One name that a text imports: ``import module as alias`` where ``name`` is empty."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def bound(self) -> str:
        """The name that it defines."""
        return self.alias or self.name or self.module.partition(".")[0]


STANDARD: Final = frozenset(
    {
        Import("torch"),
        Import("torch", "nn"),
        Import("torch", "Tensor"),
        Import("torch.nn", alias="nn"),
    }
)
"""What the generated file imports anyway."""


@frozen
class Entry:
    """What the text of a custom layer says: its name, what it takes and gives, and its parts.

    ``defined`` are the names defined at the top level; ``body`` is the text without its imports.
    """

    name: str = ""
    is_module: bool = False
    parameters: tuple[Parameter, ...] = ()
    inputs: tuple[str, ...] = ()
    optional_inputs: frozenset[str] = frozenset()
    outputs: tuple[str, ...] = ()
    help: str = ""
    imports: tuple[Import, ...] = ()
    defined: frozenset[str] = frozenset()
    body: str = ""

    @property
    def names(self) -> Mapping[str, Import | None]:
        """The names that the text brings into a file: by which import, ``None`` for its own."""
        imported = {each.bound: each for each in self.imports if each not in STANDARD}
        return {**imported, **dict.fromkeys(self.defined)}


@lru_cache(maxsize=256)
def read_text(text: str) -> Entry | Problem:
    """Return what a text says, or what is wrong with it: ``line`` is among its values."""
    try:
        return _Reader(_parsed(text), text).entry()
    except Refusal as refusal:
        return refusal.problem


def refuse(code: str, line: int = 0, column: int = 0, **values: object) -> NoReturn:
    """Refuse a text on account of what stands in this line and column, both from 1 on."""
    named = {name: str(value) for name, value in values.items()}
    place = {"line": str(line), "column": str(column)} if line else {}
    raise Refusal(Problem(code, {**place, **named}))


def _refuse_at(code: str, at: ast.stmt | ast.expr | ast.arg, **values: object) -> NoReturn:
    refuse(code, at.lineno, at.col_offset + 1, **values)


def _parsed(text: str) -> ast.Module:
    if len(text) > LONGEST_TEXT:
        refuse("custom_too_long", limit=f"{LONGEST_TEXT:,}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of "\d", which is for whoever runs it
            return parse(text)
    except SyntaxError as error:
        reason = error.msg.rstrip(".")
        refuse("custom_syntax", max(error.lineno or 1, 1), max(error.offset or 1, 1), reason=reason)
    except (RecursionError, MemoryError):
        refuse("custom_too_deep")
    except ValueError as error:  # a null character
        refuse("custom_syntax", 1, 1, reason=error)


class _Reader:
    """Reads one text, whose classes and functions it knows by name."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._body = tree.body
        self._text = text
        self._definitions: dict[str, _Definition] = {
            each.name: each
            for each in tree.body
            if isinstance(each, ast.ClassDef | ast.FunctionDef)
        }

    def entry(self) -> Entry:
        self._check_statements()
        imports = tuple(self._imports())
        defined = self._defined()
        public = [name for name in self._definitions if not name.startswith("_")]
        if not public:
            refuse("custom_empty")
        definition = self._definitions[public[-1]]
        if isinstance(definition, ast.ClassDef):
            inputs, parameters, outputs = self._of_class(definition)
        else:
            inputs, parameters, outputs = self._of_function(definition)
        names = [each.name for each in (*inputs, *parameters)]
        for name in names:
            if names.count(name) > 1 and isinstance(definition, ast.FunctionDef):
                _refuse_at("custom_duplicate", definition, name=definition.name, parameter=name)
        return Entry(
            definition.name,
            isinstance(definition, ast.ClassDef),
            tuple(parameter(each, refuse) for each in parameters),
            tuple(each.name for each in inputs),
            frozenset(each.name for each in inputs if each.default is not None),
            ("output",) if outputs == 1 else tuple(f"output{n + 1}" for n in range(outputs)),
            (ast.get_docstring(definition) or "").partition("\n")[0],
            imports,
            defined,
            self._without_imports(),
        )

    def _check_statements(self) -> None:
        """Refuse what cannot be moved into another file, or would do something there."""
        last = 0
        for number, each in enumerate(self._body):
            is_docstring = not number and _is_text(each)
            if each.lineno <= last or not (isinstance(each, _STATEMENTS) or is_docstring):
                _refuse_at("custom_statement", each)
            last = each.end_lineno or each.lineno

    def _imports(self) -> Iterator[Import]:
        for each in self._body:
            if isinstance(each, ast.ImportFrom) and (each.level or each.module is None):
                _refuse_at("custom_import", each, got=ast.unparse(each))
            for alias in each.names if isinstance(each, ast.Import | ast.ImportFrom) else ():
                if alias.name == "*":
                    _refuse_at("custom_import", each, got=ast.unparse(each))
                renamed = (alias.asname or "") if alias.asname != alias.name else ""
                if isinstance(each, ast.ImportFrom):
                    found = Import(each.module or "", alias.name, renamed)
                else:
                    found = Import(alias.name, alias=renamed)
                if found not in STANDARD and found.bound in _OF_FILE - {found.module.split(".")[0]}:
                    _refuse_at("custom_reserved_name", each, name=found.bound)
                yield found

    def _defined(self) -> frozenset[str]:
        found: set[str] = set()
        for each in self._body:
            names = [
                node.id
                for node in ast.walk(each)
                if isinstance(each, ast.Assign | ast.AnnAssign)
                and isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Store)
            ]
            if isinstance(each, ast.ClassDef | ast.FunctionDef):
                names.append(each.name)
            for name in names:
                if name in _OF_FILE:
                    _refuse_at("custom_reserved_name", each, name=name)
            found.update(names)
        return frozenset(found)

    def _of_class(self, made: ast.ClassDef) -> tuple[list[Argument], list[Argument], int]:
        bases = self._bases(made)
        outermost = {_dotted(base) for each in bases for base in each.bases}
        if any(name.endswith("Function") for name in outermost):
            _refuse_at("custom_autograd_function", made, name=made.name)
        outside = outermost - {each.name for each in bases}
        is_module = any(name.startswith(("nn.", "torch.nn.")) for name in outside)
        if not is_module and "Module" not in outside:
            _refuse_at("custom_no_module", made, name=made.name)
        forward = self._method(bases, "forward")
        if forward is None:
            _refuse_at("custom_no_method", made, name=made.name, method="forward")
        make = self._method(bases, "__init__")
        if make is None and not outside & {"nn.Module", "torch.nn.Module", "Module"}:
            _refuse_at("custom_no_method", made, name=made.name, method="__init__")
        inputs = [each for each in self._arguments(forward)[1:] if not each.is_keyword]
        parameters = self._arguments(make)[1:] if make else []
        return inputs, parameters, _count_outputs(forward)

    def _of_function(self, made: ast.FunctionDef) -> tuple[list[Argument], list[Argument], int]:
        arguments = self._arguments(made)
        inputs = [each for each in arguments if each.is_input]
        return inputs, [each for each in arguments if not each.is_input], _count_outputs(made)

    def _arguments(self, made: ast.FunctionDef) -> list[Argument]:
        if made.args.vararg or made.args.kwarg or made.args.posonlyargs:
            _refuse_at("custom_starred", made)
        return arguments_of(made)

    def _bases(self, made: ast.ClassDef) -> list[ast.ClassDef]:
        """Return a class and those of the same text that it derives from."""
        found: list[ast.ClassDef] = []
        waiting: list[_Definition | None] = [made]
        while waiting:
            each = waiting.pop(0)
            if isinstance(each, ast.ClassDef) and each not in found:
                found.append(each)
                waiting += [self._definitions.get(_dotted(base)) for base in each.bases]
        return found

    def _method(self, classes: list[ast.ClassDef], name: str) -> ast.FunctionDef | None:
        for made in classes:
            for each in made.body:
                if isinstance(each, ast.FunctionDef) and each.name == name:
                    return each
        return None

    def _without_imports(self) -> str:
        lines = self._text.split("\n")
        for each in self._body:
            if isinstance(each, ast.Import | ast.ImportFrom):
                for number in range(each.lineno - 1, each.end_lineno or each.lineno):
                    lines[number] = "\0"
        return "\n".join(line for line in lines if line != "\0").strip("\n")


def _is_text(each: ast.stmt) -> bool:
    return (
        isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Constant)
        and isinstance(each.value.value, str)
    )


def _dotted(node: ast.expr) -> str:
    """Return ``torch.nn.Module`` for an expression that is such a name, else an empty string."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(owner, name):
            return f"{_dotted(owner)}.{name}"
        case _:
            return ""


def _count_outputs(made: ast.FunctionDef) -> int:
    """Return how many tensors a function returns, by its ``return`` statements."""
    counts: Mapping[int, ast.Return] = {}
    for each in _returns(made):
        count = len(each.value.elts) if isinstance(each.value, ast.Tuple) else 1
        if each.value is None or not count:
            _refuse_at("custom_no_return", each, name=made.name)
        counts = {count: each, **counts}
    annotated = _annotated_outputs(made.returns)
    if annotated and set(counts) == {1}:  # what one expression gives, its annotation tells
        return annotated
    if not counts:
        _refuse_at("custom_no_return", made, name=made.name)
    if len(counts) > 1:
        (got, place), (expected, _) = list(counts.items())[:2]
        _refuse_at("custom_returns_differ", place, got=got, expected=expected)
    return next(iter(counts))


def _annotated_outputs(returns: ast.expr | None) -> int:
    match returns:
        case ast.Subscript(ast.Name("tuple" | "Tuple"), ast.Tuple(entries)):
            return len(entries) if all(_dotted(each).endswith("Tensor") for each in entries) else 0
        case _:
            return 0


def _returns(made: ast.FunctionDef) -> Iterator[ast.Return]:
    """Yield the ``return`` statements of a function, not those of functions within it."""
    waiting: list[ast.AST] = list(made.body)
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, ast.Return):
            yield each
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(each)
