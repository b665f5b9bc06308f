"""Losses of several inputs are layers, and the output that gives one is what is minimised."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from app.data.reading import load
from app.runs.events import EpochEnded, Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.engine import train
from app.training.predict import Predictor
from app.training.samples import as_tensors, read_samples
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from tests.codegen.blocks import Line, network

SIGN: dict[str, Line] = {"sign": ("Input", {"shape": ("N",)}, "")}
LOSSES: dict[str, tuple[dict[str, Line], int, str, nn.Module]] = {
    "TripletMarginLoss": ({}, 3, "anchor positive negative", nn.TripletMarginLoss()),
    "MSELoss": ({}, 3, "anchor positive", nn.MSELoss()),
    "CosineEmbeddingLoss": (
        SIGN,
        3,
        "anchor positive sign",
        nn.CosineEmbeddingLoss(),
    ),
    "MarginRankingLoss": (
        {**SIGN, "column": ("Unsqueeze", {"dim": 1}, "sign")},
        1,
        "anchor positive column",
        nn.MarginRankingLoss(),
    ),
}
"""More nodes, how many numbers encode an input, what feeds the layer, what it is in torch."""


def siamese(loss: str) -> Network:
    """Return a network that encodes each of three inputs with the same weights."""
    more, width, sources, _ = LOSSES[loss]
    lines: dict[str, Line] = {
        name: ("Input", {"shape": ("N", 6)}, "") for name in ("anchor", "positive", "negative")
    }
    lines |= {
        "first": ("Linear", {"out_features": width}, "anchor"),
        "second": ("first again", {}, "positive"),
        "third": ("first again", {}, "negative"),
        **more,
    }
    encoded = {"anchor": "first", "positive": "second", "negative": "third"}
    feeding = " ".join(encoded.get(word, word) for word in sources.split())
    lines |= {
        "loss": (loss, {}, feeding),
        "embedding": ("Output", {}, "first"),
        "other": ("Output", {}, "third"),
        "minimised": ("Output", {}, "loss"),
    }
    return network({}, "main", "Siamese", lines)


@pytest.fixture
def triplets(tmp_path: Path) -> Recipe:
    """The recipe for triplets, of which the first two are of one kind and the third is not."""
    random = np.random.default_rng(0)
    kinds = random.normal(size=(2, 6))
    mine = random.integers(0, 2, 80)
    arrays = {
        "anchor": kinds[mine] + random.normal(size=(80, 6)),
        "positive": kinds[mine] + random.normal(size=(80, 6)),
        "negative": kinds[1 - mine] + random.normal(size=(80, 6)),
        "sign": np.where(random.random(80) < 0.5, 1.0, -1.0),
    }
    path = tmp_path / "triplets.npz"
    np.savez(path, **{name: each.astype(np.float32) for name, each in arrays.items()})
    return Recipe(
        Choice("npz", {"path": str(path), "target": "negative"}),
        optimizer=Choice("Adam", {"lr": 0.02}),
        epochs=6,
        batch_size=20,
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_layer_is_trained_by(loss: str, triplets: Recipe, tmp_path: Path) -> None:
    drawn = siamese(loss)
    job = Job(Project({"main": drawn}, "main", recipe=triplets), folder=tmp_path / "run", threads=1)
    binding = bind(triplets, infer(drawn), load(triplets.data).facts)
    weights = {each.output: each.weight for each in binding.objectives}
    assert weights == {"embedding": 0, "other": 0, "minimised": 1}
    events = list(train(job))
    finished = events[-1]
    assert isinstance(finished, Finished), finished
    losses = [event.train["loss"] for event in events if isinstance(event, EpochEnded)]
    assert losses[-1] < losses[0]
    assert finished.validation == {"loss": pytest.approx(by_hand(loss, job), rel=1e-5)}
    with pytest.raises(Refusal) as refused:
        Predictor(job, tmp_path / "run" / BEST)
    assert refused.value.problem.code == "nothing_to_predict"


def by_hand(loss: str, job: Job) -> float:
    """Return the loss of the best weights on the validation split, by torch's own layer."""
    from safetensors.torch import load_file

    samples = read_samples(job)
    inputs, _ = as_tensors(samples)
    names = [each.name for each in samples.preprocessing.entrances]
    chosen = {
        name: each[torch.from_numpy(samples.prepared.split.validation)]
        for name, each in zip(names, inputs, strict=True)
    }
    weights = load_file(job.folder / BEST)  # type: ignore[operator]
    _, width, sources, layer = LOSSES[loss]
    encode = nn.Linear(6, width)
    encode.load_state_dict({key.removeprefix("first."): each for key, each in weights.items()})
    values = []
    for word in sources.split():
        if word in {"anchor", "positive", "negative"}:
            values.append(encode(chosen[word]))
        else:
            values.append(chosen["sign"][:, None] if word == "column" else chosen["sign"])
    return float(layer(*values).detach())
