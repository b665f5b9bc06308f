"""Modules of the catalogue are called on tensors, and begin as the source says."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from codegen.importing.common import Given, Named
from codegen.importing.numbers import plain
from codegen.importing.values import Layer, Made, Tensor, WeightOf, unread
from graph_model.initialisation.kinds import INITS
from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.recipe import Choice

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def call_layer(reader: Reader, node: ast.AST, layer: Layer, given: Given, named: Named) -> Any:
    """Draw a call of a module of the catalogue."""
    kind = LAYERS[layer.kind]
    form = kind.form
    assert isinstance(form, Module)
    values = [*given]
    for name in form.call_keywords:
        if name in named:
            layer.arguments[name] = plain(named[name])
    usual = [*kind.inputs(kind.complete(layer.arguments))]
    if form.call:
        names = ast.literal_eval(_quoted(form.call, usual))
        inputs = dict(_matched(names, values))
    else:
        inputs = dict(zip(usual, values, strict=False))
    for name, value in named.items():
        if name in usual:
            inputs[name] = value
        elif not (name in form.call_keywords or _says_nothing(name, value)):
            raise unread(node, "import_bad_argument", kind=kind.name, argument=name)
    inputs = {name: value for name, value in inputs.items() if value is not None}
    if not all(isinstance(each, Tensor | Made) for each in inputs.values()):
        raise unread(node, "import_unknown_call", name=kind.name)
    if kind.name == "MultiheadAttention" and "need_weights" not in named:
        layer.arguments["need_weights"] = False  # which mostly nobody uses
    found = reader.draw(layer, inputs)
    if form.result:
        return _result(form.result, found)
    values = [*found.values()]
    return values[0] if len(values) == 1 else tuple(values)


def _says_nothing(name: str, value: Any) -> bool:
    return value is None or name in ("average_attn_weights", "is_causal", "src_is_causal",
                                     "tgt_is_causal", "memory_is_causal")  # fmt: skip


def _quoted(pattern: str, names: Sequence[str]) -> str:
    """Return the pattern of operands as a literal with their names."""
    for name in names:
        pattern = pattern.replace("{" + name + "}", repr(name))
    return f"({pattern},)"


def _matched(names: Any, values: Any) -> list[tuple[str, Any]]:
    """Return the values by the names that stand in their places."""
    if isinstance(names, str):
        return [(names, values)]
    if not isinstance(values, tuple | list):
        return []
    return [
        pair for name, each in zip(names, values, strict=False) for pair in _matched(name, each)
    ]


def _result(pattern: str, found: Mapping[str, Any]) -> Any:
    names = ast.literal_eval(_quoted(pattern, ["output", "h_n", "c_n", "weights"]))

    def placed(name: Any) -> Any:
        if isinstance(name, tuple):
            return tuple(placed(each) for each in name)
        return found.get(name)

    return placed(names[0] if len(names) == 1 and isinstance(names[0], tuple) else names)


def begin(reader: Reader, node: ast.Call, name: str, given: Given, named: Named) -> Any:
    """Take over ``nn.init.normal_(layer.weight, std=0.02)``."""
    of, *rest = given
    kind = INITS.get(name) or INITS.get(name + "_")
    if isinstance(of, WeightOf) and kind is not None:
        names = [each.name for each in kind.parameters]
        values = {**dict(zip(names, rest, strict=False)), **named}
        arguments = {key: plain(each) for key, each in values.items() if key in names}
        of.layer.init[of.name] = Choice(kind.name, arguments)
    else:
        reader.note(node, "import_left_out")
    return of
