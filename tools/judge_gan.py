"""Trains the GAN of the examples, and has a separate classifier say which digits it draws.

python -m tools.judge_gan [SEED]

The classifier is scikit-learn's. It learns from half of the real digits, and besides these ten
classes one of what is none: noise, digits whose pixels are shuffled, and two digits over each
other. What it says of the other half, of more such things and of the generator before its training
is told beside.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.svm import SVC
from torch import nn

from app.project.examples import load_example
from app.runs.job import Job
from app.training.building import begin
from app.training.samples import read_samples
from codegen.build import build_project

Pictures: TypeAlias = NDArray[Any]

SAMPLES: Final = 1000
NONE: Final = 10
"""The class of what is no digit."""


def main() -> None:
    """Train, and print the shares."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else load_example("digits-gan").recipe.seed
    classifier = judge()
    before, after, seconds = pictures(seed)
    tell("drawn before the training", classifier, before)
    tell(f"drawn after {seconds:.0f} s", classifier, after)


def pictures(seed: int) -> tuple[Pictures, Pictures, float]:
    """Return what the example draws before and after its training, and the seconds that took."""
    project = load_example("digits-gan")
    job = Job(replace(project, recipe=replace(project.recipe, seed=seed)), threads=1)
    torch.set_num_threads(job.threads)
    samples = read_samples(job)
    (scaling,) = samples.prepared.scalings.values()
    training = begin(job, samples, build_project(job.project))
    before = scaling.undo(drawn(training.model))
    began = time.process_time()
    for _ in training.events():
        pass
    seconds = time.process_time() - began
    training.model.load_state_dict(training.best)
    return before, scaling.undo(drawn(training.model)), seconds


def judge() -> SVC:
    """Return the classifier, and print how far it is to be trusted."""
    images, digits = load_digits(return_X_y=True)
    images = images / 16
    random = np.random.default_rng(0)
    nothing = np.concatenate([*others(images[::2], digits[::2], random).values()])
    classes = [*digits[::2], *[NONE] * len(nothing)]
    classifier = SVC(C=10).fit(np.concatenate([images[::2], nothing]), classes)
    tell("real digits it has not seen", classifier, images[1::2])
    for name, found in others(images[1::2], digits[1::2], random).items():
        tell(name, classifier, found)
    return classifier


def others(
    images: Pictures, digits: NDArray[np.int64], random: np.random.Generator
) -> dict[str, Pictures]:
    """Return what is no digit, by what it is."""
    order = random.permutation(len(images))
    differ = digits != digits[order]
    return {
        "noise": random.random(images.shape),
        "shuffled pixels": random.permuted(images, axis=1),
        "two over each other": (images / 2 + images[order] / 2)[differ],
    }


def drawn(model: nn.Module) -> Pictures:
    """Return what a generator draws."""
    model.eval()
    noise = torch.randn(SAMPLES, 32, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        images: Pictures = model.get_submodule("generator")(noise).numpy()
    return images


def tell(name: str, classifier: SVC, images: Pictures) -> None:
    """Print how many pictures are taken for a digit, and for which."""
    counts = counted(classifier, images)
    share, listed = sum(counts) / len(images), " ".join(map(str, counts))
    print(f"{name}: {share:.1%} taken for digits; 0 to 9: {listed}", flush=True)


def counted(classifier: SVC, images: Pictures) -> list[int]:
    """Return how many pictures are taken for each of the ten digits."""
    found = classifier.predict(images.reshape(len(images), -1))
    return [int((found == digit).sum()) for digit in range(NONE)]


if __name__ == "__main__":
    main()
