"""A network computed with fresh weights, whether or not it could be built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn

from graph_model.network import Node
from tests.interpreter import Interpreter, make


class Untrained(Interpreter):
    """Computes a network with the weights that torch begins with, and the sizes as pinned."""

    def _module(
        self, node: Node, arguments: Mapping[str, Any], inputs: Mapping[str, Tensor]
    ) -> nn.Module:
        return make(node.kind, self._sized(node, arguments, inputs) | dict(node.arguments))
