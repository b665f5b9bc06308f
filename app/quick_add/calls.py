"""The arguments of a call as it stands in code: ``nn.Conv2d(3, 64, 3)``, ``x.permute(0, 2, 1)``."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from typing import Final

from app.quick_add.value_texts import Setting
from app.quick_add.values import named_value
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.size_texts import whole_number
from graph_model.values import Parameter, Type

_TENSOR: Final = re.compile(r"[a-z_][\w.]*(\(.*\))?")
_TENSORS: Final = re.compile(r"[(\[]\s*[a-z_]\w*(?:\s*,\s*[a-z_]\w*)*\s*,?\s*[)\]]")
_PRODUCT: Final = re.compile(r"\d{1,9}(?: ?\* ?\d{1,9}){1,9}")
_LISTS: Final = frozenset({Type.INTEGERS, Type.SHAPE})
_KERAS: Final = frozenset({"Dense", "Reshape"})
_IDLE: Final = frozenset({"name", "input_shape", "input_length", "device"})
"""Arguments of Keras and PyTorch that say nothing of a layer here."""


@frozen
class Argument:
    """An argument that was read: what it sets, ``None`` for what means nothing."""

    text: str
    found: Setting | None = None


def name_of(word: str) -> str:
    """Return the name that is called: ``Conv2d`` of ``nn.Conv2d(3, 64, 3)``."""
    return word.partition("(")[0] or word


def arguments_of(
    kind: LayerKind, word: str, known: Collection[str] = ()
) -> tuple[list[Argument], list[str]]:
    """Read the arguments of a call; return them, and activations that are layers of their own.

    Those without a name are in PyTorch's order. What PyTorch wants first and follows from the
    input here is passed over; Keras, whose names end in ``2D`` or are its own, has no such. What
    is ``known`` from the name has no place among them.
    """
    texts = [*_split(word.partition("(")[2].removesuffix(")"))]
    positional = [each for each in texts if not _key(each)]
    is_short = _says_no_input(kind, texts, positional)
    order = [each for each in _order(kind, word, positional) if each.name not in known]
    order = [each for each in order if not (is_short and each.inferred)]
    arguments: list[Argument] = []
    activations: list[str] = []
    for place, text in enumerate(texts):
        key, value = _key(text), text.partition("=")[2]
        if key == "activation" and key not in kind.by_name:
            activations.append(value.strip().strip("'\""))
        elif key:
            arguments += _by_name(kind, key, value, text)
        elif place < _inputs(kind) and _TENSOR.fullmatch(text):
            continue  # a tensor that a function is given: F.relu(x)
        elif _TENSORS.fullmatch(text) and "inputs" in kind.by_name:
            order = [each for each in order if each.name != "inputs"]
            count = len(re.findall(r"\w+", text))
            arguments.append(Argument(text, named_value(kind, "inputs", str(count))))
        elif not order:
            arguments.append(Argument(text))
        elif order[0].type in _LISTS and not order[0].inferred and not text.startswith(("(", "[")):
            arguments.append(_spread(kind, order.pop(0), texts[place:]))
            break
        elif not (parameter := order.pop(0)).inferred:
            is_reshape = kind is LAYERS["Reshape"] and name_of(word) == "Reshape"
            is_shape = is_reshape and not text.startswith("(-1")
            text = f"(-1, {text[1:]}" if is_shape and text.startswith("(") else text
            arguments.append(Argument(text, named_value(kind, parameter.name, text)))
    return arguments, activations


def _order(kind: LayerKind, word: str, positional: list[str]) -> list[Parameter]:
    """Return the parameters in the order of the arguments that have no name."""
    omitted = kind.form.omitted if isinstance(kind.form, Module) else ()
    order = [each for each in kind.parameters if each.name not in omitted]
    follows = next((each for each in order if not each.inferred), None)
    is_alone = len(positional) == 1 and follows is not None and follows.type is Type.INTEGER
    if len(positional) == 1 and [each.name for each in order[:2]] == ["start", "end"]:
        return order[1:]  # torch.arange(10) says where it ends
    if _is_keras(word) or is_alone:  # Linear(10) says what it gives
        return [each for each in order if not each.inferred]
    return order


def _says_no_input(kind: LayerKind, texts: list[str], positional: list[str]) -> bool:
    """Tell whether a convolution has fewer arguments than PyTorch wants: ``conv(64, 3)``."""
    has_kernel = "kernel_size" in {_key(each) for each in texts}
    is_convolution = {"out_channels", "kernel_size"} <= {*kind.by_name}
    return is_convolution and not has_kernel and len(positional) == 2


def _by_name(kind: LayerKind, key: str, value: str, text: str) -> list[Argument]:
    parameter = kind.by_name.get(key)
    if key in _IDLE or (parameter and parameter.inferred):
        return []
    return [Argument(text, named_value(kind, key, value))]


def _spread(kind: LayerKind, parameter: Parameter, texts: list[str]) -> Argument:
    """Read sizes that stand side by side, as in ``x.view(-1, 784)``."""
    positional = [each for each in texts if not _key(each)]
    text = ", ".join(positional)
    found = named_value(kind, parameter.name, text) if len(positional) == len(texts) else None
    return Argument(text if found else texts[0], found)


def _key(text: str) -> str:
    """Return the name that an argument is passed by, "" where it has none."""
    found = re.match(r"\s*(\w+)\s*=(?!=)", text)
    return found[1] if found else ""


def _inputs(kind: LayerKind) -> int:
    return max(1, len(kind.inputs(kind.defaults)))


def _is_keras(word: str) -> bool:
    name = name_of(word)
    last = name.rpartition(".")[2]
    return last in _KERAS or "keras" in name or bool(re.search(r"\dD(Transpose)?$", last))


def _split(inside: str) -> Iterator[str]:
    """Yield what stands between the commas that are not within brackets."""
    for each in re.findall(r"(?:[^,()\[\]]|\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])+", inside):
        if each.strip():
            yield _PRODUCT.sub(_multiplied, each.strip())


def _multiplied(product: re.Match[str]) -> str:
    return str(math.prod(map(whole_number, re.findall(r"\d+", product[0]))))
