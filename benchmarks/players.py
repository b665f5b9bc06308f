"""What an alternating step of the GAN example costs, relative to one written by hand.

    python -m benchmarks.players [--runs N]

Three loops take the same steps on the same batches: the text of the training; one by hand that
draws noise anew for each player, as the text does, and must give the same losses to the last bit;
and one that generates once for both, as many do by hand. Seconds are those of the processor, runs
are interleaved, and the median of the ratios counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from app.project.examples import load_example
from app.runs.job import Job
from app.training.building import Training, begin
from app.training.samples import read_samples
from codegen.build import build_project
from graph_model.problems import GraphError

TARGET: Final = 0.95
STEPS: Final = 200


def text(job: Job) -> Callable[[Tensor], None]:
    """Return the step of the text."""
    training: Any = _begun(job)
    return training.do_step  # type: ignore[no-any-return]


def by_hand(job: Job, *, anew: bool) -> Callable[[Tensor], None]:
    """Return a step by hand, in which each player has noise ``anew``, or both have the same."""
    training: Any = _begun(job)
    model: nn.Module = training.model
    generator, discriminator = (
        model.get_submodule(name) for name in ("generator", "discriminator")
    )
    of_generator, of_discriminator = (
        torch.optim.Adam(each.parameters(), lr=0.002, betas=(0.0, 0.99))
        for each in (generator, discriminator)
    )
    (images,) = training.train
    unread = training.scores.unread

    def step(index: Tensor) -> None:
        real = images.index_select(0, index).requires_grad_()
        score = discriminator(real)
        real_loss = softplus(-score).mean()
        fake = generator(torch.randn(len(real), 32))
        loss = real_loss + softplus(discriminator(fake.detach())).mean()
        (slope,) = torch.autograd.grad(score.sum(), real, create_graph=True)
        loss = loss + slope.square().sum(dim=(1, 2, 3)).mean()
        of_discriminator.zero_grad()
        loss.backward()
        of_discriminator.step()
        if anew:
            fake = generator(torch.randn(len(real), 32))
        fooled = softplus(-discriminator(fake)).mean()
        of_generator.zero_grad()
        fooled.backward()
        of_generator.step()
        unread.append((len(real), loss.detach(), fooled.detach()))

    step.__dict__["unread"] = unread
    return step


def _begun(job: Job) -> Training:
    training = begin(job, read_samples(job), build_project(job.project))
    training.model.train()
    return training


def seconds(step: Callable[[Tensor], None], batches: list[Tensor]) -> float:
    """Return how long the processor takes for all batches."""
    began = time.process_time()
    for batch in batches:
        step(batch)
    return time.process_time() - began


def losses(step: Callable[[Tensor], None], batches: list[Tensor]) -> list[float]:
    """Return the losses of some steps."""
    for batch in batches:
        step(batch)
    owner: Any = getattr(step, "__self__", None)
    unread = owner.scores.unread if owner is not None else step.__dict__["unread"]
    return [loss.item() for _, *both in unread for loss in both]


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    torch.set_num_threads(1)
    project = load_example("digits-gan")
    recipe = replace(project.recipe, options=(), phases=())  # which are no part of the loop by hand
    job = Job(replace(project, recipe=recipe), threads=1)
    batches = [torch.randint(1000, (64,)) for _ in range(STEPS)]
    told = losses(text(job), batches[:20])
    if told != losses(by_hand(job, anew=True), batches[:20]):
        raise GraphError("the loop by hand does something else")
    ours = text(job)
    for name, anew in (("noise anew for each player", True), ("one fake for both", False)):
        hand = by_hand(job, anew=anew)
        pairs = [(seconds(ours, batches), seconds(hand, batches)) for _ in range(runs)]
        ratio = median(theirs / mine for mine, theirs in pairs)
        step = median(mine for mine, _ in pairs) / STEPS * 1000
        print(f"{name}: {step:.2f} ms a step, {ratio:.2f} of the speed by hand")


if __name__ == "__main__":
    main()
