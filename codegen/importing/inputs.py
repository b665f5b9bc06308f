"""What a network is given: told on the command line, by a docstring, or guessed from its layers."""

from __future__ import annotations

import ast
import re
from typing import Any, Final

from codegen.importing.choosing import chosen, module_scope
from codegen.importing.reader import Reader
from codegen.importing.values import Class, Instance, Layer
from graph_model.dims import is_symbol, symbol
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal
from graph_model.tensors import DTYPES, TensorSpec


@frozen
class ToldInput:
    """An input as it was told: ``image=3x224x224:float32``."""

    spec: TensorSpec
    name: str = ""


_OUTPUT: Final = re.compile(r"^\s*Output: (\w+) \(", re.MULTILINE)
_INPUT: Final = re.compile(r"^\s*Input: (\w+) \(([^()]*)\) (\w+)\s*$", re.MULTILINE)


def told_inputs(tree: ast.Module) -> list[ToldInput]:
    """Return the inputs that the docstring of a class tells, as exported ones do."""
    for each in reversed(tree.body):
        if isinstance(each, ast.ClassDef):
            found = _INPUT.findall(ast.get_docstring(each) or "")
            if found and all(_is_told(shape, dtype) for _, shape, dtype in found):
                return [
                    ToldInput(TensorSpec(read_shape(shape), dtype), name)
                    for name, shape, dtype in found
                ]
    return []


def _is_told(shape: str, dtype: str) -> bool:
    return dtype in DTYPES and all(_is_size(each) for each in _sizes(shape))


def _is_size(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", text) is not None or is_symbol(text)


def _sizes(shape: str) -> list[str]:
    return [each.strip() for each in shape.split(",") if each.strip()]


def read_shape(text: str) -> tuple[Any, ...]:
    """Return a shape such as ``N, 3, 224, 224``."""
    return tuple(int(each) if each.isdigit() else symbol(each) for each in _sizes(text))


def read_input(text: str, *, is_whole: bool = False) -> ToldInput:
    """Return an input such as ``image=3x224x224:float32``; the batch comes before it.

    With ``is_whole`` these are all sizes. Raises ``Refusal`` where the text is none.
    """
    name, _, rest = text.rpartition("=")
    shape, _, dtype = rest.partition(":")
    parts = [each for each in re.split(r"[x×,]", shape) if each]
    is_fine = all(map(_is_size, parts))
    if not is_fine or (dtype and dtype not in DTYPES) or (name and not name.isidentifier()):
        code = "module_bad_input" if is_whole else "import_bad_input"
        raise Refusal(Problem(code, {"got": text}))
    dims = [int(each) if each.isdigit() else symbol(each) for each in parts]
    batch = () if is_whole else (symbol("N"),)
    return ToldInput(TensorSpec((*batch, *dims), dtype or "float32"), name)


def guesses(tree: ast.Module, text: str, wanted: str) -> list[list[ToldInput]]:
    """Return inputs that the first layers of the network would take."""
    reader = Reader(text, tree)
    scope = module_scope(reader, tree)
    module = chosen(reader, scope, tree, wanted)
    count = len(_required(module))
    for layer in sorted(layers_of(module, set()), key=lambda each: each.number):
        shapes = _fitting(layer)
        if shapes:
            return [[ToldInput(each)] * max(count, 1) for each in shapes]
    return [[ToldInput(TensorSpec((symbol("N"), 3, 224, 224)))] * max(count, 1)]


def _required(module: Instance) -> list[str]:
    forward = module.made_of.find("forward")
    if forward is None:
        return ["x"]
    names = [each.arg for each in forward.node.args.args][1:]
    return names[: len(names) - len(forward.node.args.defaults)]


def outputs_told(of: Class) -> list[str]:
    """Return the names of the outputs that the docstring of a class tells, as exported ones do."""
    return _OUTPUT.findall(ast.get_docstring(of.node) or "")


def layers_of(of: Any, seen: set[int]) -> list[Layer]:
    """Return the layers of a module in the order in which they were made."""
    if id(of) in seen:
        return []
    seen.add(id(of))
    if isinstance(of, Layer):
        return [of]
    if isinstance(of, Instance):
        inner = [*of.members.values(), *([of.children] if of.children else [])]
    else:
        inner = [*getattr(of, "modules", {}).values()]
        if (module := getattr(of, "module", None)) is not None:
            inner.append(module)
    return [layer for each in inner for layer in layers_of(each, seen)]


_IMAGES: Final = (224, 32, 28, 64, 299, 227)


def _fitting(layer: Layer) -> list[TensorSpec]:
    """Return shapes that a first layer would take."""
    batch = symbol("N")
    pinned = {key: value for key, value in layer.pinned.items() if isinstance(value, int)}
    wanted = {"in_channels", "in_features", "input_size", "num_features"}
    if layer.kind not in ("Embedding", "EmbeddingBag") and not wanted & pinned.keys():
        return []
    match layer.kind:
        case "Conv2d" | "ConvTranspose2d" | "BatchNorm2d":
            channels = pinned.get("in_channels") or pinned["num_features"]
            several = dict.fromkeys((channels, 3, 1))  # what comes in may have been added to
            return [TensorSpec((batch, c, size, size)) for c in several for size in _IMAGES]
        case "Conv1d":
            return [TensorSpec((batch, pinned["in_channels"], length)) for length in (128, 1024)]
        case "Conv3d":
            return [TensorSpec((batch, pinned["in_channels"], 16, 64, 64))]
        case "Linear":
            features = pinned["in_features"]
            flat = TensorSpec((batch, features))
            square = round(features**0.5)
            images = [TensorSpec((batch, 1, square, square))] if square**2 == features else []
            length = TensorSpec((batch, symbol("T"), features))
            return [flat, length, *images]
        case "LSTM" | "GRU" | "RNN":
            size = pinned["input_size"]
            return [TensorSpec((batch, symbol("T"), size)), TensorSpec((symbol("T"), batch, size))]
        case "Embedding" | "EmbeddingBag":
            tokens = TensorSpec((batch, symbol("T")), "int64")
            return [tokens, TensorSpec((batch,), "int64"), TensorSpec((batch, 64), "int64")]
        case _:
            return []
