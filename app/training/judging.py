"""How well a model does on samples of its data: to compare it with what is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from torch import nn

from app.training.predict import Predictor, predicting
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal

MOST_SAMPLES: Final = 1000
"""On how many samples a model is judged at most: enough to tell one per cent."""


@frozen
class Judged:
    """How a model does: its mean loss, and the share of right answers where it tells classes."""

    loss: float
    accuracy: float | None


class Judge:
    """Judges models that take and give what that of a predictor does, all by the same samples."""

    def __init__(self, predictor: Predictor) -> None:
        """Choose the samples; raises ``Refusal`` where no output has a target to be judged by."""
        if not predicting(predictor.samples):
            raise Refusal(Problem("nothing_to_predict"))
        self._predictor = predictor
        split = predictor.samples.prepared.split
        parts = {name: getattr(split, name) for name in ("validation", "test", "train")}
        self.split = next(name for name, part in parts.items() if len(part))
        """The part of the data that it is: what was held back, if anything was."""
        drawn = np.random.default_rng(0).permutation(parts[self.split])[:MOST_SAMPLES]
        self.samples: Sequence[int] = np.sort(drawn).tolist()

    def judged(self, model: nn.Module) -> Judged:
        """Return how a model does."""
        own = self._predictor.model
        self._predictor.model = model
        try:
            told = self._predictor.at(self.samples)
        finally:
            self._predictor.model = own
        losses = np.concatenate([each.losses.reshape(-1) for each in told])
        right = [each.predicted == each.true for each in told if each.is_flat]
        accuracy = float(np.concatenate(right).mean()) if right else None
        return Judged(float(losses.mean()), accuracy)
