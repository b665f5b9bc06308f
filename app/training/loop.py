"""The training loop: a generator of frozen events, in plain PyTorch.

What it does, in this order, so that a script can repeat it to the last bit:

1.  ``torch.manual_seed(seed)``, then the model is made (on the CPU), given saved weights where the
    run begins with some, and moved to the device.
2.  ``shuffling = torch.Generator().manual_seed(seed)``, used for nothing but the order of samples.
3.  In each epoch ``order = torch.randperm(len(train), generator=shuffling)``, cut into batches of
    ``batch_size`` in that order; a last batch of a single sample is left out, unless it is the
    only one.
4.  For each batch: ``zero_grad``, forward, the weighted sum of the losses, ``backward``, ``step``;
    then a schedule that moves by step (OneCycleLR) moves.
5.  After each epoch: evaluation of the validation split in batches of four times ``batch_size``,
    in their order, without gradients; its loss is the mean over samples. Then a schedule that moves
    by epoch moves; ReduceLROnPlateau is told the validation loss.
6.  The best weights are those of the lowest validation loss; with them the test split is evaluated.

Losses stay on the device and are read in batches, about twenty times a second.
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Final

import torch
from torch import Tensor, nn

from app.runs.events import EpochEnded, Event, Failed, Finished, Metrics, Started, Steps
from app.runs.job import Job
from app.training.checkpoint import copy_of_weights
from app.training.control import Control
from app.training.keeper import Keeper
from app.training.metrics import Tallies
from app.training.parts import joined, results_of
from app.training.setting_up import Setup, Tensors, read_samples, set_up
from codegen.build import Built, build_project
from graph_model.problems import Problem, Refusal

_SECONDS_BETWEEN_READS: Final = 0.05
_MEMORY_WORDS: Final = ("can't allocate memory", "not enough memory", "out of memory")
"""What torch says on Linux, on Windows and on MPS; only CUDA has an exception of its own."""
EVALUATION_FACTOR: Final = 4
"""How many times larger batches are without gradients."""


def train(
    job: Job, control: Control | None = None, make_model: Callable[[], nn.Module] | None = None
) -> Iterator[Event]:
    """Do a job and tell of it; the last event is ``Finished`` or ``Failed``.

    ``control`` is asked before each step, and at the end where the run cannot be kept; without one
    nobody decides, and what cannot be written then is lost. ``make_model`` stands in for the job's
    own network. What goes wrong ends the run with ``Failed``; nothing is raised.
    """
    built: Built | None = None
    model: nn.Module | None = None
    control = control or Control.of_nobody()
    keeper = Keeper(job.folder, control)
    try:
        torch.set_num_threads(job.threads)
        samples = read_samples(job)
        built = build_project(job.project, job.known)
        setup = set_up(job, samples, make_model or built.make)
        model = setup.model
        keeper.open(job.project, samples.preprocessing.as_json())
        del samples  # the split tensors on the device are all that is needed from here on
        for event in _Run(setup, control, keeper).events():
            yield from keeper.keep(event, model)
            yield event
    except Exception as error:
        failed = _failure(error, job, built)
        yield from keeper.keep(failed, model)
        yield failed
    finally:
        keeper.close(model)


def _failure(error: Exception, job: Job, built: Built | None) -> Failed:
    """Return the event for an exception: why, and at which node."""
    if isinstance(error, Refusal):
        return Failed(error.problem)
    node = (built.node_at_fault(error) if built else None) or ""
    details = "".join(traceback.format_exception(error))
    if _is_out_of_memory(error):
        return Failed(Problem("out_of_memory", {"device": job.device}, node=node), details)
    reason = str(error).strip().split("\n")[0] or type(error).__name__
    return Failed(Problem("training_failed", {"reason": reason}, node=node), details)


def _is_out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    said = str(error).lower()
    return isinstance(error, RuntimeError) and any(words in said for words in _MEMORY_WORDS)


@dataclass(slots=True)
class _Pending:
    """Steps done whose losses have not been read yet."""

    losses: list[Tensor] = field(default_factory=list)
    outputs: list[tuple[Tensor, ...]] = field(default_factory=list)
    targets: list[tuple[Tensor, ...]] = field(default_factory=list)


class _Run:
    """The state of one run."""

    def __init__(self, setup: Setup, control: Control, keeper: Keeper) -> None:
        self.setup = setup
        self._control = control
        self._keeper = keeper
        self._shuffling = torch.Generator().manual_seed(setup.recipe.seed)
        self._step = 0
        self._epoch = 0
        self._pending = _Pending()
        self._tallies = setup.scorer.fresh()
        self._read_at = 0.0
        self._best_epoch = 0
        self._best: Metrics = {}
        self._waited = 0.0

    def events(self) -> Iterator[Event]:
        """Train, and tell of it."""
        setup = self.setup
        started = time.perf_counter()
        yield Started(
            str(setup.device),
            sum(weight.numel() for weight in setup.model.parameters()),
            setup.recipe.epochs,
            setup.steps_per_epoch,
            len(setup.train),
            len(setup.validation),
            len(setup.test),
            setup.left_out,
        )
        stopped = False
        try:
            while self._epoch < setup.recipe.epochs and not stopped:
                stopped = yield from self._one_epoch()
            validation, test = self._last_figures()
        except _LeavingError:
            stopped, validation, test = True, self._best, {}
        seconds = time.perf_counter() - started - self._waited
        yield Finished(self._epoch, self._best_epoch, validation, test, seconds, stopped)

    def _one_epoch(self) -> Generator[Event, None, bool]:
        """Train for one epoch; return whether the run was stopped within it."""
        setup = self.setup
        began = self._read_at = time.perf_counter()
        waited = self._waited
        self._tallies = setup.scorer.fresh()
        setup.model.train()
        order = torch.randperm(len(setup.train), generator=self._shuffling)
        batches = order.split(setup.recipe.batch_size)[: setup.steps_per_epoch]
        rate = setup.schedule.learning_rate
        for index in batches:
            if self._control.would_wait and self._pending.losses:
                yield self._read(rate)
            if not self._admitted():
                if self._pending.losses:
                    yield self._read(rate)
                return True
            rate = setup.schedule.learning_rate
            self._do_step(index.to(setup.device))
            if time.perf_counter() - self._read_at > _SECONDS_BETWEEN_READS:
                yield self._read(rate)
        if self._pending.losses:
            yield self._read(rate)
        trained = time.perf_counter()
        self._epoch += 1
        began += self._waited - waited
        yield self._end_epoch(rate, trained - began, began)
        return False

    def _admitted(self) -> bool:
        """Wait while paused; the time waited counts for nothing."""
        if not self._control.would_wait:
            return self._control.admit()
        began = time.perf_counter()
        admitted = self._control.admit()
        waited = time.perf_counter() - began
        self._waited += waited
        self._read_at += waited
        return admitted

    def _do_step(self, index: Tensor) -> None:
        """Take one step down the gradient of one batch."""
        setup, pending = self.setup, self._pending
        inputs, targets = setup.train.batch(index)
        setup.optimizer.zero_grad()
        outputs = results_of(setup.model, inputs)
        loss = setup.total_loss(outputs, targets)
        loss.backward()
        setup.optimizer.step()
        setup.schedule.after_step()
        pending.losses.append(loss.detach())
        pending.outputs.append(tuple([output.detach() for output in outputs]))
        pending.targets.append(targets)
        self._step += 1

    def _read(self, rate: float) -> Steps:
        """Read the losses of the steps since the last time, and count their predictions."""
        pending, self._pending = self._pending, _Pending()
        losses: list[float] = torch.stack(pending.losses).tolist()
        first = self._step - len(losses) + 1
        for step, loss in enumerate(losses, first):
            if not math.isfinite(loss):
                self._refuse_loss(loss, step)
        sizes = [len(targets[0]) for targets in pending.targets]
        for loss, size in zip(losses, sizes, strict=True):
            self._tallies.add_loss(loss, size)
        self._tallies.add(_joined(pending.outputs), _joined(pending.targets))
        now = time.perf_counter()
        speed = sum(sizes) / max(now - self._read_at, 1e-9)
        self._read_at = now
        return Steps(self._step, tuple(losses), rate, speed)

    def _refuse_loss(self, loss: float, step: int) -> None:
        epoch = (step - 1) // self.setup.steps_per_epoch + 1
        values = {"got": str(loss), "epoch": str(epoch), "step": str(step)}
        raise Refusal(Problem("loss_not_finite", values))

    def _end_epoch(self, rate: float, training_seconds: float, began: float) -> EpochEnded:
        """Evaluate, and keep the weights if they are the best so far."""
        setup = self.setup
        validation = evaluate(setup, setup.validation, self._control)
        best = self._best.get("loss", math.nan)
        is_best = math.isnan(best) or validation["loss"] < best
        if is_best:
            self._best, self._best_epoch = validation, self._epoch
        setup.schedule.after_epoch(validation["loss"])
        return EpochEnded(
            self._epoch,
            self._step,
            self._tallies.figures(),
            validation,
            rate,
            len(setup.train) / max(training_seconds, 1e-9),
            time.perf_counter() - began,
            is_best,
        )

    def _last_figures(self) -> tuple[Metrics, Metrics]:
        """Evaluate the best weights on validation and test, leaving the last ones in the model."""
        setup, control = self.setup, self._control
        last = copy_of_weights(setup.model)
        if self._keeper.best is not None:
            setup.model.load_state_dict(self._keeper.best)
        try:
            validation = self._best or evaluate(setup, setup.validation, control)
            return validation, evaluate(setup, setup.test, control) if len(setup.test) else {}
        finally:
            setup.model.load_state_dict(last)


class _LeavingError(Exception):
    """The run is to end at once, in the midst of figures that nobody waits for."""


def evaluate(setup: Setup, split: Tensors, control: Control) -> dict[str, float]:
    """Return the figures of a model on a split, in evaluation mode and without gradients."""
    tallies: Tallies = setup.scorer.fresh()
    size = EVALUATION_FACTOR * setup.recipe.batch_size
    losses: list[Tensor] = []
    counts: list[int] = []
    setup.model.eval()
    with torch.no_grad():
        for start in range(0, len(split), size):
            if control.is_leaving:
                raise _LeavingError
            inputs, targets = split.part(slice(start, start + size))
            outputs = results_of(setup.model, inputs)
            losses.append(setup.total_loss(outputs, targets))
            counts.append(len(targets[0]))
            tallies.add(outputs, targets)
    for loss, count in zip(torch.stack(losses).tolist(), counts, strict=True):
        tallies.add_loss(loss, count)
    return tallies.figures()


def _joined(batches: list[tuple[Tensor, ...]]) -> tuple[Tensor, ...]:
    return tuple(joined(parts) for parts in zip(*batches, strict=True))
