"""A trained model in eight bits: how small, how quick, how good, and which layers suffer most."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import torch
from torch import Tensor, nn

from app.observing.nodes import nodes_of
from app.quantising import onnx_way, torch_ways
from app.runs.job import Job
from app.training.judging import Judge, Judged
from app.training.predict import Predictor
from app.training.samples import inputs_at
from graph_model.frozen import frozen
from graph_model.recipe import NodePath

Way: TypeAlias = Literal["static", "dynamic", "onnx"]
WAYS: Final[tuple[Way, ...]] = ("static", "dynamic", "onnx")
SUFFIXES: Final = {"static": ".int8.pt", "dynamic": ".int8.pt", "onnx": ".int8.onnx"}
"""How the files of each way end."""

_SHOWN: Final = 256
"""How many training samples a model is calibrated on."""
_BATCH: Final = 32
_ROUNDS: Final = 30
_STEPS: Final = 127


@frozen
class Made:
    """A model in eight bits: its file, how it does, and a batch's time to that of the whole."""

    way: Way
    content: bytes
    judged: Judged
    time_ratio: float


@frozen
class Suffering:
    """How a model does with one layer alone in eight bits."""

    path: NodePath
    judged: Judged


class Quantiser:
    """A trained model that is put into eight bits."""

    def __init__(self, job: Job, weights: Path) -> None:
        """Read the data and the weights; raises ``Refusal`` where that is not possible."""
        predictor = Predictor(job, weights)
        self._model = predictor.model
        self._nodes = nodes_of(job.project, job.known)
        self._judge = Judge(predictor)
        train = predictor.samples.prepared.split.train[:_SHOWN]
        starts = range(0, len(train), _BATCH)
        self._shown: Sequence[Sequence[Tensor]] = [
            inputs_at(predictor.samples, train[start : start + _BATCH]) for start in starts
        ]
        self.inference = predictor.samples.inference
        self.whole = self._judge.judged(self._model)
        self.bytes = weights.stat().st_size
        """The size of the weights' own file."""

    @property
    def samples(self) -> int:
        """On how many samples it is judged."""
        return len(self._judge.samples)

    @property
    def split(self) -> str:
        """Of which part of the data these are."""
        return self._judge.split

    def made(self, way: Way) -> Made:
        """Return the model in eight bits; raises ``Refusal`` where there is none."""
        if way == "onnx":
            content = onnx_way.static(self._model, self._shown)
            model: nn.Module = onnx_way.Running(content)
        else:
            model = (
                torch_ways.dynamic(self._model)
                if way == "dynamic"
                else torch_ways.static(self._model, self._shown)
            )
            content = torch_ways.as_torchscript(model, self._shown[0])
        return Made(way, content, self._judge.judged(model), self._time_ratio(model))

    def _time_ratio(self, model: nn.Module) -> float:
        """Return how long a batch takes as a share of the whole model's, measured in turns."""
        taken: tuple[list[float], list[float]] = ([], [])
        with torch.inference_mode():
            for turn in range(2 * _ROUNDS):
                begun = time.perf_counter()
                (model if turn % 2 else self._model)(*self._shown[0])
                taken[turn % 2].append(time.perf_counter() - begun)
        return statistics.median(taken[1]) / statistics.median(taken[0])

    def sufferings(self) -> Iterator[Suffering]:
        """Yield how the model does with each layer alone in eight bits, all others whole.

        Weights are rounded for each of their first axis, what arrives for all of it together, in
        the range that it has in each batch.
        """
        for name, module in self._model.named_modules():
            if not isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
                continue
            found = self._nodes.find(name)
            whole = module.weight.detach().clone()
            hook = module.register_forward_pre_hook(_round_inputs)
            with torch.no_grad():
                module.weight.copy_(_rounded(whole, whole.flatten(1).abs().amax(1)))
            yield Suffering(found.path if found else name, self._judge.judged(self._model))
            hook.remove()
            with torch.no_grad():
                module.weight.copy_(whole)


def _round_inputs(_: nn.Module, given: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_rounded(each, each.abs().amax().reshape(1)) for each in given)


def _rounded(tensor: Tensor, most: Tensor) -> Tensor:
    """Return a tensor rounded to 255 steps of a range, which may differ along the first axis."""
    step = (most / _STEPS).clamp_min(1e-12).reshape(-1, *[1] * (tensor.dim() - 1))
    return (tensor / step).round() * step
