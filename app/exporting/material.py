"""What targets are made of: the module of a network with its weights, and example inputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from app.exporting.writer import Export
from app.runs.job import Beginning
from app.training.beginning import begin_with
from codegen.build import build
from codegen.emit import source
from graph_model.dims import Dim, evaluate, symbols
from graph_model.inference.example_sizes import example_sizes
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec

_T = TypeVar("_T")


class Material:
    """Makes each thing once, when the first target asks for it; ``notes`` are for people."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.notes: list[Problem] = []
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """Return what was made under this name, which several targets are made of."""
        if name not in self._made:
            self._made[name] = make()
        made: _T = self._made[name]
        return made

    @cached_property
    def module(self) -> nn.Module:
        """The network as it predicts, in main memory.

        Raises ``Refusal`` where the weights cannot be read or do not fit.
        """
        export = self.export
        torch.manual_seed(export.project.recipe.seed)
        module = build(source(export.network), export.known).make()
        if export.weights is not None:
            begin_with(Beginning(export.weights), module)
        return module.eval()

    @cached_property
    def inputs(self) -> tuple[Tensor, ...]:
        """Zeros in the shapes and dtypes of its Inputs, in the order of ``forward``."""
        sizes = example_sizes(self.export.network)
        return tuple(
            torch.zeros(
                [evaluate(dim, sizes) for dim in spec.shape], dtype=getattr(torch, spec.dtype)
            )
            for spec in self._specs
        )

    @cached_property
    def symbolic(self) -> tuple[dict[int, Dim], ...]:
        """For each input the dimensions that may have any size, by their place."""
        return tuple(
            {place: dim for place, dim in enumerate(spec.shape) if symbols(dim)}
            for spec in self._specs
        )

    @property
    def output_names(self) -> list[str]:
        """The names of its Outputs, in the order of the results."""
        return [node.name for node in self.export.network.of_kind("Output")]

    @property
    def _specs(self) -> list[TensorSpec]:
        network = self.export.network
        return [network.nodes[node.id].outputs["output"] for node in network.of_kind("Input")]
