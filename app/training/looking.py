"""Looking closely at a step of a training: one under way, or what its first one would be."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from app.diagnosis.look import Look, WeightSeen, nodes_seen
from app.observing.nodes import Nodes
from app.observing.observers import Gradients, optimizers_of
from app.observing.places import Places
from app.observing.trace import Seen, Trace
from app.observing.tracing import traced
from app.training.building import Training


class Looking:
    """Looks at steps of a training, none of which comes out otherwise for that."""

    def __init__(
        self,
        training: Training,
        nodes: Nodes,
        places: Places,
        begun: Callable[[], nn.Module],
        batch_size: int,
    ) -> None:
        self._training, self._nodes, self._places = training, nodes, places
        self._begun, self._batch_size = begun, batch_size
        self._start: Look | None = None
        self.last = Look()
        """What was seen at the last step that was looked at."""

    @contextmanager
    def at_step(self) -> Iterator[None]:
        """Look at the step that is done within."""
        training: Any = self._training
        gradients = Gradients()
        names = [name for name, _ in training.model.named_parameters()]
        with torch.no_grad():
            held = [_root_of_mean_square(each) for each in training.model.parameters()]
        sizes = dict(zip(names, _read(held), strict=True))
        handles = [*gradients.attach(training)]
        try:
            with traced(training, self._places) as tracing:
                yield
        finally:
            for handle in handles:
                handle.remove()
        figures = gradients.figures()
        norms, moved = figures.get("gradient_norm", {}), figures.get("update_ratio", {})
        weights = [
            self._weight(name, each, sizes[name], norms.get(name, 0.0), moved.get(name))
            for name, each in training.model.named_parameters()
        ]
        trace = tracing.trace
        losses = [seen for number in trace.losses for seen in trace.calls[number].gave]
        is_finite = all(seen.is_finite for seen in (*losses, *_inputs(trace)))
        loss = sum(seen.size for seen in losses) if is_finite else math.nan
        self.last = Look(nodes_seen(trace), weights, loss)

    def _weight(
        self, name: str, weight: nn.Parameter, size: float, norm: float, moved: float | None
    ) -> WeightSeen:
        found = self._nodes.find(name)
        count = weight.numel()
        fan_in = count // weight.shape[0] if weight.dim() > 1 and weight.shape[0] else 0
        path = found.path if found is not None else ""
        return WeightSeen(path, name, size, fan_in, count, norm / max(1, count) ** 0.5, moved)

    def at_start(self) -> Look:
        """Look at what the first step was, with the weights that the run began with.

        All is put back as it was, to the bit; there must be no steps that are not read.
        """
        if self._start is None:
            self._start = self._look_at_start()
        return self._start

    def _look_at_start(self) -> Look:
        training: Any = self._training
        state = copy.deepcopy(training.state())
        held = dict(vars(training))
        gradients = [(each, each.grad) for each in training.model.parameters()]
        modes = [(each, each.training) for each in training.model.modules()]
        kept = self.last
        transforms: Any = held.get("transforms")
        begun = dict(vars(transforms)) if transforms is not None else {}
        _forget_gradients(training.model)
        try:
            training.model.load_state_dict(self._begun().state_dict())
            for optimizer in optimizers_of(training):
                optimizer.state.clear()
            if not training.model.training:
                training.model.train()
            training.epoch = training.step = 0
            if transforms is not None:
                transforms.begin(0)
            index = torch.arange(min(len(training.train[0]), self._batch_size))
            with self.at_step():
                training.do_step(index.to(training.device))
            return self.last
        finally:
            training.scores.unread.clear()
            _forget_gradients(training.model)
            vars(training).update(held)
            if transforms is not None:
                vars(transforms).clear()
                vars(transforms).update(begun)
            training.resume(state)
            for weight, gradient in gradients:
                weight.grad = gradient
            for module, mode in modes:
                module.training = mode
            self.last = kept


def _inputs(trace: Trace) -> Iterator[Seen]:
    """Yield what the network is given, as the first of its nodes take it."""
    for call in trace.calls:
        if call.path and not any(trace.calls[maker].path for maker in call.fed):
            yield from call.took


def _forget_gradients(model: nn.Module) -> None:
    for weight in model.parameters():
        weight.grad = None


@torch.no_grad()
def sizes_at_start(
    training: Training, inputs: int, count: int
) -> tuple[list[float], list[float], list[float]]:
    """Return the sizes of the first inputs, what each matrix makes larger, and those of biases.

    Sizes are roots of mean squares; a matrix makes what is not correlated larger by its size times
    the root of how many inputs one of its outputs has. Tables of embeddings are none.
    """
    parts: list[Any] = vars(training)["train"][:inputs]
    read = [each[:count] for each in parts if isinstance(each, Tensor) and each.is_floating_point()]
    tables = [
        each
        for each in training.model.modules()
        if isinstance(each, nn.Embedding | nn.EmbeddingBag)
    ]
    left_out = {id(weight) for each in tables for weight in each.parameters()}
    matrices, biases = [], []
    for name, weight in training.model.named_parameters():
        if id(weight) in left_out or not weight.numel():
            continue
        if weight.dim() > 1:
            fan_in = weight.numel() // weight.shape[0]
            matrices.append(_root_of_mean_square(weight) * fan_in**0.5)
        elif "bias" in name:
            biases.append(_root_of_mean_square(weight))
    sizes = [_root_of_mean_square(each) for each in read if each.numel()]
    return (_read(sizes), _read(matrices), _read(biases))


def _root_of_mean_square(tensor: Tensor) -> Tensor:
    return tensor.detach().float().square().mean().sqrt()


def _read(numbers: Sequence[Tensor]) -> list[float]:
    """Read numbers from the device at once."""
    return torch.stack([*numbers]).tolist() if numbers else []
