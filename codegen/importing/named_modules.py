"""Modules get their names from where they are kept, and weights their owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from codegen.importing.values import Container, Held, Instance, Layer, Optional


def call_modules(value: Any, name: str) -> None:
    """Give a module its name, and those in a container names that begin with it."""
    if value.name:
        return
    value.name = name
    if isinstance(value, Optional):
        call_modules(value.module, name)
    if isinstance(value, Container):
        for key, each in value.modules.items():
            if isinstance(each, Layer | Instance | Container | Optional):
                call_modules(each, f"{name}_{key}" if str(key).isdigit() else str(key))
                if isinstance(each, Instance):
                    each.group = value
            elif isinstance(each, Held):
                each.name = each.name or f"{name}_{key}"


def tie(layer: Layer, owner: Layer) -> None:
    """Let two layers have one weight; of an Embedding and a Linear, the Embedding keeps it."""
    if owner.kind == "Linear" and layer.kind == "Embedding":
        layer, owner = owner, layer
    layer.weights_of = owner


def enumerate_names(several: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return modules with their numbers as names."""
    return [(str(number), each) for number, each in enumerate(several)]
