"""An archive of TorchScript becomes a project with its weights: its code is read, and never run."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from codegen.archives.aten import UNFIT, AtenReader
from codegen.archives.graph import ReadArchive
from codegen.archives.pickled import Held
from codegen.archives.protobuf import DamagedError
from codegen.archives.pt2_file import Call, CallGraph
from codegen.archives.reasons import refusal
from codegen.archives.script_calls import NUMBERS, ON_LISTS, ON_NUMBERS, ON_TENSORS
from codegen.archives.script_file import ScriptFile
from codegen.importing.inputs import ToldInput
from codegen.importing.values import Name, Tensor, UnreadError
from graph_model.dims import Expression, Shape, symbol
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec

_MOST: Final = 500_000
"""How many expressions are read at most."""
_DEEPEST: Final = 80
_DTYPES: Final = {
    0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32",
    7: "float64", 9: "complex64", 10: "complex128", 11: "bool", 15: "bfloat16",
}  # fmt: skip
"""The dtypes of TorchScript by their numbers."""


class _Method:
    """A method of a module, or a function of the code."""

    def __init__(self, node: ast.FunctionDef, of: Held | None, path: str) -> None:
        self.node, self.of, self.path = node, of, path


class _ReturnedError(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def read_torchscript(path: Path, inputs: Sequence[ToldInput] = ()) -> ReadArchive:
    """Return what an archive draws, and its weights; raises ``Refusal`` where it is none.

    Its inputs are those that it was traced with, with any batch, unless others are told.
    """
    file = ScriptFile(path)
    try:
        return _Script(file, inputs).read()
    except UnreadError as error:
        raise refusal(error) from None
    except DamagedError as error:
        raise file.damaged(str(error)) from None
    except (RecursionError, *UNFIT) as error:
        raise file.damaged(f"its code is not as expected ({error})") from None
    finally:
        file.close()


class _Script:
    """Goes through the code of the outermost module, and through what that calls."""

    def __init__(self, file: ScriptFile, inputs: Sequence[ToldInput]) -> None:
        self._file = file
        self._module = file.module()
        self._constants = file.constants()
        self._graph = CallGraph()
        self._called = 0
        self._steps = 0
        self._depth = 0
        self._weights(self._module, "")
        self._told(inputs)
        self._reader = AtenReader(self._graph, file.path.stem)

    def _weights(self, module: Held, path: str, depth: int = 0) -> None:
        """Find all tensors of a module and of those within, and whether they are learned."""
        if depth > _DEEPEST:
            raise DamagedError("its modules lie too deep within each other")
        learned = _listed(self._file.definition(module.of), "__parameters__")
        for name, value in module.members.items():
            title = f"{path}.{name}" if path else name
            if isinstance(value, Held):
                self._weights(value, title, depth + 1)
                continue
            module.members[name] = found = self._file.resolved(value)
            if isinstance(found, np.ndarray):
                self._graph.constants[title] = found
                self._graph.titles[title] = title
                if name in learned:
                    self._graph.parameters.add(title)

    def _told(self, inputs: Sequence[ToldInput]) -> None:
        """Take the inputs that are told, else those that the module was traced with."""
        forward = self._function(self._module, "forward")
        names = [each.arg for each in forward.node.args.args][1:]
        specs = [each.spec for each in inputs]
        if not specs:
            for each in self._file.examples():
                sizes: Shape = (symbol("N"), *each.sizes[1:]) if each.sizes else ()
                specs.append(TensorSpec(sizes, each.storage.dtype))
        if not specs:
            raise UnreadError(Problem("archive_needs_inputs", {"names": ", ".join(names)}))
        self._graph.inputs = dict(zip(names, specs, strict=False))
        if not inputs:
            shown = ", ".join(f"{name} {spec}" for name, spec in self._graph.inputs.items())
            self._graph.notes.append(Problem("archive_inputs_traced", {"shape": shown}))

    def read(self) -> ReadArchive:
        """Read the code, and return what it draws."""
        reader = self._reader
        reader.enter()
        given = [reader.values[name] for name in self._graph.inputs]
        forward = self._function(self._module, "forward")
        result = self._run(forward, [self._module, *given], {}, ())
        names = []
        for number, value in enumerate(_tensors(result), 1):
            names.append(f"\0result{number}")
            reader.values[names[-1]] = value
        self._graph.outputs = names
        return reader.leave()

    def _function(self, module: Held, name: str) -> _Method:
        of = self._file.definition(module.of)
        for each in of.body if isinstance(of, ast.ClassDef) else ():
            if isinstance(each, ast.FunctionDef) and each.name == name:
                return _Method(each, module, module.of)
        raise DamagedError(f"{module.of} has no {name}")

    # Statements

    def _run(self, method: _Method, given: list[Any], named: dict[str, Any], scope: Any) -> Any:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DamagedError("its calls lie too deep within each other")
        try:
            arguments = method.node.args
            names = [each.arg for each in arguments.args]
            values = dict(zip(names, given, strict=False)) | named
            for name, default in zip(reversed(names), reversed(arguments.defaults), strict=False):
                if name not in values:
                    values[name] = self._value(default, {}, scope)
            self._statements(method.node.body, values, scope)
        except _ReturnedError as end:
            return end.value
        finally:
            self._depth -= 1
        return None

    def _statements(self, body: Sequence[ast.stmt], values: dict[str, Any], scope: Any) -> None:
        for each in body:
            match each:
                case ast.Assign(targets=[target], value=value):
                    self._assign(target, self._value(value, values, scope), values)
                case ast.Return(value=value):
                    raise _ReturnedError(value and self._value(value, values, scope))
                case ast.Expr(value=value):
                    self._value(value, values, scope)
                case ast.If(test=test, body=inner, orelse=other):
                    holds = self._truth(test, values, scope)
                    self._statements(inner if holds else other, values, scope)
                case ast.For(target=target, iter=over, body=inner):
                    for value in self._value(over, values, scope):
                        self._assign(target, value, values)
                        self._statements(inner, values, scope)
                case ast.While(test=test, body=inner):
                    while self._truth(test, values, scope):
                        self._statements(inner, values, scope)
                case ast.Pass() | ast.AnnAssign() | ast.Assert():
                    pass
                case _:
                    raise self._unread(each)

    def _truth(self, test: ast.expr, values: dict[str, Any], scope: Any) -> bool:
        found = self._value(test, values, scope)
        if isinstance(found, bool | int | None):
            return bool(found)
        raise self._unread(test)

    def _assign(self, target: ast.expr, value: Any, values: dict[str, Any]) -> None:
        match target:
            case ast.Name(id=name):
                values[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for each, part in zip(targets, value, strict=True):
                    self._assign(each, part, values)
            case _:
                raise self._unread(target)

    def _unread(self, node: ast.AST) -> UnreadError:
        text = ast.unparse(node).splitlines()[0][:80]
        return UnreadError(Problem("archive_code_unread", {"text": text}))

    # Expressions

    def _value(self, node: ast.expr, values: dict[str, Any], scope: Any) -> Any:
        self._steps += 1
        if self._steps > _MOST:
            raise DamagedError("its code goes on for too long")
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return values.get(name, NUMBERS.get(name, Name(name)))
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return [self._value(each, values, scope) for each in parts]
            case ast.Attribute(value=of, attr=name):
                return self._member(self._value(of, values, scope), name)
            case ast.Call():
                return self._call(node, values, scope)
            case ast.Subscript(value=of, slice=index):
                return self._value(of, values, scope)[self._value(index, values, scope)]
            case ast.UnaryOp(op=op, operand=operand):
                inner = self._value(operand, values, scope)
                return not inner if isinstance(op, ast.Not) else self._op("neg", [inner], {}, scope)
            case ast.BoolOp(op=op, values=parts):
                truths = (self._truth(each, values, scope) for each in parts)
                return all(truths) if isinstance(op, ast.And) else any(truths)
            case _:
                raise self._unread(node)

    def _member(self, of: Any, name: str) -> Any:
        if isinstance(of, Name):
            if of.path == "CONSTANTS" and name[:1] == "c" and name[1:].isdecimal():
                return self._constants[int(name[1:])]
            return Name(f"{of.path}.{name}")
        if name == "training":
            return False  # as in evaluation, which is what is drawn
        if isinstance(of, Held):
            if name in of.members:
                return of.members[name]
            return self._fixed_member(of, name)
        raise DamagedError(f"{name} is a member of nothing")

    def _fixed_member(self, of: Held, name: str) -> Any:
        """Return a method of a module, or a constant that its class has."""
        definition = self._file.definition(of.of)
        for each in definition.body if isinstance(definition, ast.ClassDef) else ():
            match each:
                case ast.AnnAssign(target=ast.Name(id=found), value=value) if found == name:
                    if value is not None:
                        return ast.literal_eval(value)
                case ast.FunctionDef(name=found) if found == name:
                    return _Method(each, of, of.of)
        raise DamagedError(f"{of.of} has no {name}")

    def _call(self, node: ast.Call, values: dict[str, Any], scope: Any) -> Any:
        match node.func:
            case ast.Attribute(value=of_node, attr=name):
                of = self._value(of_node, values, scope)
                function = self._member(of, name)
            case _:
                of, function = None, self._value(node.func, values, scope)
        if isinstance(function, Name) and function.last == "annotate":
            return self._value(node.args[-1], values, scope)
        given = [self._value(each, values, scope) for each in node.args]
        named = {
            each.arg: self._value(each.value, values, scope) for each in node.keywords if each.arg
        }
        if isinstance(function, _Method):
            inner = scope
            if isinstance(of, Held) and isinstance(of_node, ast.Name | ast.Call):
                inner = (*scope, (self._path(of), _class_of(of.of)))
            first = [function.of] if function.of is not None else []
            return self._run(function, [*first, *given], named, inner)
        if not isinstance(function, Name):
            raise self._unread(node)
        found = self._named(function.path, given, named, scope)
        if function.last.endswith("_") and node.args and isinstance(node.args[0], ast.Name):
            values[node.args[0].id] = found  # which was changed in its place
        return found

    def _path(self, module: Held) -> str:
        """Return what the model calls a module."""
        if not self._paths:
            self._find_paths(self._module, "")
        return self._paths.get(id(module), "")

    _paths: Mapping[int, str] = {}

    def _find_paths(self, module: Held, path: str) -> None:
        self._paths = {**self._paths, id(module): path}
        for name, each in module.members.items():
            if isinstance(each, Held):
                self._find_paths(each, f"{path}.{name}" if path else name)

    def _named(self, path: str, given: list[Any], named: dict[str, Any], scope: Any) -> Any:
        """Do a call by the name of what is called."""
        last = path.rpartition(".")[2]
        if path.startswith("__torch__."):
            definition = self._file.definition(path)
            if not isinstance(definition, ast.FunctionDef):
                raise DamagedError(f"{path} is made while the model runs")
            return self._run(_Method(definition, None, path), given, named, scope)
        if path == "getattr":
            return self._member(*given)
        if path == "unchecked_cast" or last in ("NumToTensor", "unchecked_cast"):
            return given[-1]
        if path == "uninitialized" or path.startswith("torch.device"):
            return None
        if last == "RaiseException":
            raise UnreadError(Problem("archive_code_unread", {"text": str(given[0])[:80]}))
        if path in ON_LISTS and not any(isinstance(each, Tensor | np.ndarray) for each in given):
            return ON_LISTS[path](*given)
        if path.startswith(("torch.", "ops.aten.", "ops.prim.")):
            return self._op(last, given, named, scope)
        if path in ("int", "float", "bool"):
            return self._number(path, given[0])
        raise UnreadError(Problem("archive_code_unread", {"text": path}))

    def _number(self, kind: str, value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.size == 1:
            value = value.item()
        if isinstance(value, Expression):
            return value
        if not isinstance(value, int | float):
            raise UnreadError(Problem("archive_code_unread", {"text": f"{kind}(…)"}))
        return {"int": int, "float": float, "bool": bool}[kind](value)

    def _op(self, kind: str, given: list[Any], named: dict[str, Any], scope: Any) -> Any:
        """Draw an operation, or do it at once where it is one of numbers."""
        given = [_plain(each) for each in given]
        is_of_numbers = not any(isinstance(each, Tensor | np.ndarray) for each in _flat(given))
        if is_of_numbers and kind in ON_NUMBERS:
            return ON_NUMBERS[kind](*given)
        if kind in ("to", "type", "_cast_Float") and len(given) > 1 and type(given[1]) is int:
            given[1:] = [_dtype(given[1])]
        named = {
            name: _dtype(value) if name == "dtype" and type(value) is int else value
            for name, value in named.items()
        }
        if kind in ON_TENSORS:
            return ON_TENSORS[kind](*given)
        self._called += 1
        call = Call(kind, f"{kind}_{self._called}", [], {}, ["output"], scope)
        found = self._reader.apply(call, given, named)
        if isinstance(found, list) and len(found) == 1:
            return found[0]
        return [*found] if isinstance(found, tuple) else found


def _class_of(path: str) -> str:
    """Return the class of a module without what TorchScript adds to its name."""
    parts = [each for each in path.split(".") if not each.startswith("___torch_mangle")]
    return ".".join(parts).removeprefix("__torch__.")


def _listed(of: ast.stmt, name: str) -> list[str]:
    """Return the texts of a list in the body of a class."""
    for each in of.body if isinstance(of, ast.ClassDef) else ():
        match each:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.List(elts=parts)):
                if found == name:
                    return [part.value for part in parts if isinstance(part, ast.Constant)
                            and isinstance(part.value, str)]  # fmt: skip
    return []


def _tensors(result: Any) -> list[Any]:
    if isinstance(result, list | tuple):
        return [inner for each in result for inner in _tensors(each)]
    if isinstance(result, dict):
        return _tensors([*result.values()])
    return [result] if result is not None else []


def _flat(values: Sequence[Any]) -> list[Any]:
    return [
        inner
        for each in values
        for inner in (_flat(each) if isinstance(each, list | tuple) else [each])
    ]


def _plain(value: Any) -> Any:
    """Return a fixed number as such."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return value.item()
    return value


def _dtype(number: int) -> Name:
    return Name(f"torch.{_DTYPES.get(number, 'unknown')}")
