"""Layer kinds as arguments of a class: ``activation: type[nn.Module] = nn.ReLU``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeAlias

from codegen.literals import Written
from codegen.model.expressions import constructor
from codegen.model.program import Class
from codegen.model.sizes import Sizes
from graph_model.custom_layers.reading import Import
from graph_model.formulas import Name
from graph_model.inference.infer import Inference, NodeResult
from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.layer_text import Layer, as_argument
from graph_model.network import Node
from graph_model.values import Arguments, Value, with_default

Given: TypeAlias = Callable[[Node, LayerKind, NodeResult], Mapping[str, Value]]
"""Returns what is written for the arguments of a module."""


def by_parameter(node: Node, sizes: Sizes, given: Given) -> str:
    """Return the text that makes a module of the kind that an argument of the class says."""
    word = sizes.formula(Name(node.kind_from))
    inference, layer = _telling(node, sizes)
    mine = inference.network.nodes[node.id]
    arguments = given(mine, layer.kind, inference.nodes[node.id])
    form = layer.kind.form
    assert isinstance(form, Module)
    if not isinstance(word, Written):
        return constructor(layer.kind, form, arguments)
    return word + _call(layer, form, arguments)


def _telling(node: Node, sizes: Sizes) -> tuple[Inference, Layer]:
    """Return a use and its kind, of those that are needed one that is made with most sizes."""
    found: list[tuple[Inference, Layer]] = []
    parameters = sizes.needed[0].network.parameters
    choices = next(each.choices for each in parameters if each.name == node.kind_from)
    for each in sizes.needed:
        layer = as_argument(str(each.scope[node.kind_from]), choices)
        assert layer is not None
        found.append((each, layer))
    return max(found, key=lambda each: len(each[1].open_sizes))


def _call(layer: Layer, form: Module, arguments: Arguments) -> str:
    """Write the brackets of the call that makes a layer, without what comes with its kind."""
    given = layer.arguments
    own = replace(
        layer.kind,
        parameters=tuple(
            with_default(each, given.get(each.name, each.default)) for each in layer.kind.parameters
        ),
    )
    rest = replace(
        form,
        always=tuple(name for name in form.always if name not in given),
        positional=tuple(
            takewhile(lambda name: name not in given, form.positional[len(layer.leading) :])
        ),
    )
    return constructor(own, rest, arguments).removeprefix(f"nn.{form.target}")


def imports(classes: Iterable[Class]) -> list[Import]:
    """Return what classes import whose arguments are layer kinds."""
    texts: list[str] = []
    for each in classes:
        texts += [made.constructor for made in each.attributes]
        texts += [f"{one.annotation} = {one.default}" for one in each.settings]
    wanted = {
        "Callable[..., nn.Module]": Import("collections.abc", "Callable"),
        "partial(nn.": Import("functools", "partial"),
    }
    return [found for sign, found in wanted.items() if any(sign in text for text in texts)]
