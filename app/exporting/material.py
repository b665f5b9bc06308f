"""What targets are made of: the module of a network with its weights, and example inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from app.exporting.writer import Export
from app.runs.job import Beginning, Job
from app.training.beginning import begin_with
from app.training.samples import Samples, read_samples
from codegen.build import Built, build
from codegen.emit import source
from graph_model.dims import Dim, evaluate, is_symbol, symbols
from graph_model.inference.example_sizes import example_sizes
from graph_model.problems import Problem, Refusal
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
    def built(self) -> Built:
        """The class of the network; raises ``Refusal`` where its custom layers may not run."""
        return build(source(self.export.network), self.export.known)

    @cached_property
    def module(self) -> nn.Module:
        """The network as it predicts, in main memory.

        Raises ``Refusal`` where the weights cannot be read or do not fit.
        """
        export = self.export
        torch.manual_seed(export.project.recipe.seed)
        module = self.built.make()
        if export.weights is not None:
            begin_with(Beginning(export.weights), module)
        return module.eval()

    @cached_property
    def samples(self) -> Samples | Problem:
        """The samples that train the network, or why there are none."""
        export = self.export
        if export.network.network.id != export.project.main:
            return Problem("proof_no_data")
        try:
            return read_samples(Job(export.project, known=export.known))
        except Refusal as refusal:
            return refusal.problem

    @cached_property
    def inputs(self) -> tuple[Tensor, ...]:
        """Zeros in the shapes and dtypes of its Inputs, in the order of ``forward``."""
        sizes = self.sizes
        return tuple(
            torch.zeros(
                [evaluate(dim, sizes) for dim in spec.shape], dtype=getattr(torch, spec.dtype)
            )
            for spec in self.specs
        )

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """A size for each symbolic dimension: that of the data, where there is one.

        For torch may fix a size at that of the example, and the data are what it has to suit.
        """
        sizes = dict(example_sizes(self.export.network))
        if sizes.keys() <= {"N"} or isinstance(self.samples, Problem):
            return sizes
        for spec, array in zip(self.specs, self.samples.prepared.inputs, strict=True):
            for dim, size in zip(spec.shape[1:], array.shape[1:], strict=True):
                if is_symbol(str(dim)):
                    sizes[str(dim)] = size
        return sizes

    @cached_property
    def symbolic(self) -> tuple[dict[int, Dim], ...]:
        """For each input the dimensions that may have any size, by their place."""
        return tuple(
            {place: dim for place, dim in enumerate(spec.shape) if symbols(dim)}
            for spec in self.specs
        )

    @property
    def output_names(self) -> list[str]:
        """The names of its Outputs, in the order of the results."""
        return [node.name for node in self.export.network.of_kind("Output")]

    @property
    def specs(self) -> list[TensorSpec]:
        """What its Inputs give, in the order of ``forward``."""
        network = self.export.network
        return [network.nodes[node.id].outputs["output"] for node in network.of_kind("Input")]
