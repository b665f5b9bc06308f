"""Arguments of the recipe as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from codegen.literals import literal
from graph_model.values import Value


def literals(arguments: Mapping[str, object]) -> dict[str, str]:
    """Return arguments as Python literals."""
    return {name: literal(cast(Value, value)) for name, value in arguments.items()}
