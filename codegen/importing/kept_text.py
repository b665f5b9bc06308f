"""A class that cannot be read stays as it is: a custom layer with that very text."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from codegen.importing.drawing import Drawing
from codegen.importing.values import Class, Instance, Tensor, UnreadError
from graph_model.custom_layers.reading import Entry, read_text
from graph_model.network import CustomLayer, custom_kind
from graph_model.problems import Problem
from graph_model.values import Value

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


class KeptTexts:
    """The custom layers that classes of a file became."""

    def __init__(self, text: str, tree: ast.Module, names: Collection[str] | None) -> None:
        self._text, self._tree, self._names = text, tree, names
        self.layers: dict[str, CustomLayer] = {}

    def is_wanted(self, made_of: Class) -> bool:
        """Tell whether a class is to be kept, though it might be drawn."""
        return self._names is not None and made_of.name in self._names

    def takes(self, made_of: Class) -> bool:
        """Tell whether a class may be kept: where none are told, any that cannot be drawn."""
        return self._names is None or made_of.name in self._names

    def use(
        self, reader: Reader, module: Instance, given: Sequence[Any], error: UnreadError
    ) -> Any:
        """Draw a use of a class as a custom layer; raises the error where it cannot be one."""
        assert reader.drawing is not None
        text = self.text_of(module.made_of, module.arguments)
        entry = read_text(text)
        tensors = [reader.tensor(each) for each in given if each is not None]
        if not isinstance(entry, Entry) or not tensors or len(tensors) > len(entry.inputs):
            raise error
        id = module.made_of.name.lower()
        self.layers[id] = CustomLayer(id, text)
        values = {"name": module.made_of.name, "line": str(module.made_of.node.lineno)}
        problem = Problem("import_kept_as_text", {**values, "reason": error.problem.message})
        if problem not in reader.notes and self._names is None:
            reader.notes.append(problem)
        inputs = dict(zip(entry.inputs, tensors, strict=False))
        reader.drawing.line = getattr(reader.interpreter.at, "lineno", 0)
        return _drawn(reader.drawing, module, custom_kind(id), entry, inputs)

    def text_of(self, of: Class, arguments: Mapping[str, Any]) -> str:
        """Return the text of a class, with the imports and helpers that it needs above it.

        Arguments without a default get what is given here: a custom layer has one for each.
        """
        definitions = {name: each for each in self._tree.body for name in _defined(each)}
        needed: dict[str, ast.stmt] = {}
        waiting: list[ast.stmt] = [of.node]
        while waiting:
            for each in ast.walk(waiting.pop()):
                name = each.id if isinstance(each, ast.Name) else ""
                if name in definitions and name != of.name and name not in needed:
                    needed[name] = definitions[name]
                    waiting.append(definitions[name])
        kept = [each for each in self._tree.body if each in needed.values()]
        lines = self._text.encode().splitlines()
        for place, value in _missing(of, arguments):
            line, column = place
            lines[line - 1] = lines[line - 1][:column] + value.encode() + lines[line - 1][column:]
        whole = b"\n".join(lines).decode()
        ends = [_span(each) for each in (*kept, of.node)]
        texts = whole.split("\n")
        parts = ["\n".join(texts[first - 1 : last]) for first, last in ends]
        return "\n\n\n".join(parts) + "\n"


def _span(statement: ast.stmt) -> tuple[int, int]:
    """Return the first and last line of a statement, its decorators included."""
    marks = getattr(statement, "decorator_list", [])
    return min(each.lineno for each in (statement, *marks)), statement.end_lineno or 0


def _missing(of: Class, arguments: Mapping[str, Any]) -> list[tuple[tuple[int, int], str]]:
    """Return where the defaults of arguments have to stand that have none, from the end on."""
    init = next((each for each in of.node.body if _is_init(each)), None)
    if not isinstance(init, ast.FunctionDef):
        return []
    names = [*init.args.posonlyargs, *init.args.args][1:]
    without = names[: len(names) - len(init.args.defaults)]
    found = []
    for each in reversed(without):
        is_typed = each.annotation is not None
        value = f" = {arguments.get(each.arg)!r}" if is_typed else f"={arguments.get(each.arg)!r}"
        found.append(((each.end_lineno or 0, each.end_col_offset or 0), value))
    return found


def _is_init(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and statement.name == "__init__"


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [each.asname or each.name.partition(".")[0] for each in names]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
        case _:
            return []


def _drawn(
    drawing: Drawing,
    module: Instance,
    kind: str,
    entry: Entry,
    inputs: Mapping[str, Tensor],
) -> Any:
    arguments: dict[str, Value] = {}
    for each in entry.parameters:
        value = module.arguments.get(each.name)
        if value is not None and value != each.default:
            arguments[each.name] = value
    outputs = dict.fromkeys(entry.outputs or ("output",))
    found = drawing.block(module, kind, arguments, {}, inputs, outputs)
    values = [*found.values()]
    return values[0] if len(values) == 1 else tuple(values)
