"""A network that tells its values for samples of its data, with some weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import torch
from torch import nn

from app.inspecting.watch import Look, Spot, Watch
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.checkpoint import load_weights
from app.training.samples import Samples, inputs_at, read_samples
from app.training.weight_names import as_called_now
from codegen.build import build_project, build_watched
from codegen.model.lower import lower
from graph_model.inference.arguments import as_owner
from graph_model.inference.infer import Inference
from graph_model.recipe import BETWEEN

_REHEARSALS: Final = 2
"""How often a network computes before it is timed: the first time takes longer."""


class Watched:
    """A network in evaluation with the weights of a file, or without one those it begins with.

    Raises ``Refusal`` where the data cannot be read or the weights do not fit.
    """

    def __init__(self, job: Job, weights: Path | None, samples: Samples | None = None) -> None:
        self.samples = samples or read_samples(job)
        self.inference: Inference = self.samples.inference
        self._watch = Watch()
        program = lower(self.inference, one_by_one=True)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(job.recipe.seed)
            self.model: nn.Module = build_watched(program, self._watch, job.known).make()
            if weights is None:
                torch.manual_seed(job.recipe.seed)
                begun = build_project(job.project, job.known).make()
                if job.weights is not None:
                    begin_with(job.weights, begun)
                self.model.load_state_dict(as_called_now(begun.state_dict(), self.model))
        if weights is not None:
            load_weights(weights, self.model)
        self.model.eval()

    def see(self, chosen: Sequence[int], look: Look | None, *, records: bool = False) -> None:
        """Compute some samples of the data, given by their places, and have all values looked at.

        What it draws at random is the same each time. Where torch ``records`` for gradients, its
        transformers take no short cut past the modules within them.
        """
        inputs = inputs_at(self.samples, torch.tensor([*chosen]).numpy())
        self._watch.look = look
        try:
            with torch.set_grad_enabled(records), torch.random.fork_rng(devices=[]):
                torch.manual_seed(0)
                self.model(*inputs)
        finally:
            self._watch.look = None

    def seconds(self, chosen: Sequence[int]) -> dict[Spot, float]:
        """Return what each node takes for some samples, a block all that is within it."""
        for _ in range(_REHEARSALS):
            self._watch.seconds.clear()
            self.see(chosen, None)
        return dict(self._watch.seconds)

    def module(self, spot: Spot) -> nn.Module | None:
        """Return the module of a node, ``None`` where it has none, as an operation."""
        within: Inference | None = self.inference
        found: object = self.model
        for depth, id in enumerate(spot.path.split(BETWEEN)):
            if within is None or id not in within.network.nodes:
                return None
            node = as_owner(within.network, within.network.nodes[id])
            found = getattr(found, node.name, None)
            if depth < len(spot.turns):
                turn = spot.turns[depth]
                if type(found) in {nn.Sequential, nn.ModuleList}:
                    found = found[turn]  # type: ignore[index]
                within = within.inside(id, turn)
        return found if isinstance(found, nn.Module) else None

    def words(self, count: int) -> tuple[str, ...]:
        """Return the tokens of the data's vocabulary, where there are so many of them."""
        words = tuple(self.samples.preprocessing.done.get("text", {}).get("words", ()))
        return words if len(words) == count else ()
