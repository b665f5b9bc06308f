"""Trainings on pictures with masks, held or read as they are needed, some places of no class."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sklearn.metrics
import torch
from PIL import Image
from torch import nn

from app.data import reading
from app.data.class_rows import ClassRows
from app.data.class_weights import class_weights
from app.data.pictures.masks import Masks
from app.runs.events import Finished
from app.runs.folder import BEST
from app.training.engine import train
from app.training.predict import Predictor
from app.training.samples import read_samples
from codegen.build import build_project
from graph_model.network import Network
from graph_model.recipe import Choice, Objective, Recipe
from tests.app.training.networks import graph
from tests.app.training.running import epochs, job, losses, read_every_step
from tests.scripts import run_script

RANDOM = np.random.default_rng(4)
SIDE = 8
STILL = Choice("SGD", {"lr": 1e-30})


def network(classes: int = 3) -> Network:
    """Return a single convolution with a score for each class."""
    size = {"out_channels": classes, "kernel_size": 3, "padding": 1}
    return graph(
        ("pictures", "Input", {"shape": ("N", 3, SIDE, SIDE)}, ()),
        ("conv", "Conv2d", size, ("pictures",)),
        ("scores", "Output", {}, ("conv",)),
    )


def written(folder: Path, count: int = 20, classes: int = 3, void: int | None = 255) -> np.ndarray:
    """Write pictures that are bright where a class is, with borders of no class."""
    masks = []
    for number in range(count):
        mask = np.kron(RANDOM.integers(0, classes, (4, 4)), np.ones((2, 2))).astype(np.uint8)
        shown = np.stack([mask * 80] * 3, axis=-1) + RANDOM.integers(0, 20, (SIDE, SIDE, 1))
        if void is not None:
            mask[number % SIDE] = void
        masks.append(mask)
        for inner, content in (("images", shown.astype(np.uint8)), ("masks", mask)):
            (folder / inner).mkdir(exist_ok=True, parents=True)
            Image.fromarray(content).save(folder / inner / f"{number:02}.png")
    return np.stack(masks)


def recipe(folder: Path, keep: str, loss: Choice | None = None, **more: object) -> Recipe:
    data = Choice("image_folder", {"path": str(folder), "size": SIDE, "keep": keep})
    loss = loss or Choice("CrossEntropyLoss")
    metrics = tuple(map(Choice, ("accuracy", "iou", "f1", "roc_auc", "confusion")))
    objectives = (Objective("scores", "target", loss, metrics=metrics),)
    given = {"epochs": 2, "batch_size": 6, "objectives": objectives, **more}
    return Recipe(data, **{"test_fraction": 0.2, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "loss",
    [
        Choice("CrossEntropyLoss"),
        Choice("CrossEntropyLoss", {"balanced": True}),
        Choice("FocalLoss"),
    ],
)
def test_masks_read_while_training_train_to_the_same_losses(tmp_path: Path, loss: Choice) -> None:
    written(tmp_path / "data")
    held = [*train(job(network(), recipe(tmp_path / "data", "memory", loss)))]
    kept = job(network(), recipe(tmp_path / "data", "files", loss), folder=tmp_path / "run")
    assert isinstance(read_samples(kept).data.target, Masks)
    read = [*train(kept)]
    assert isinstance(read[-1], Finished)
    np.testing.assert_allclose(losses(read), losses(held), rtol=1e-5)
    for mine, other in zip(epochs(read), epochs(held), strict=True):
        assert mine.validation.pop("confusion") == other.validation.pop("confusion")
        assert mine.validation == pytest.approx(other.validation, rel=1e-4)
    printed = run_script(tmp_path / "run")
    told = [value for each in printed for value in each.get("losses", [])]
    np.testing.assert_allclose(told, losses(read), rtol=1e-6)
    (result,) = Predictor(kept, tmp_path / "run" / BEST).split("validation")
    balanced = loss.arguments.get("balanced")
    if not balanced:
        seen = json.loads((tmp_path / "run" / "events.jsonl").read_text().splitlines()[-1])
        assert result.losses.mean() == pytest.approx(seen["validation"]["loss"], rel=1e-4)


@pytest.mark.parametrize("keep", ["memory", "files"])
def test_places_of_no_class_count_neither_in_losses_nor_in_figures(
    tmp_path: Path, keep: str
) -> None:
    masks = written(tmp_path / "data")
    first = job(
        network(), recipe(tmp_path / "data", keep, epochs=1, batch_size=64, optimizer=STILL)
    )
    (loss,) = losses([*train(first)])
    samples = read_samples(first)
    split = samples.prepared.split
    torch.manual_seed(first.recipe.seed)
    model = build_project(first.project).make()
    by_hand = nn.CrossEntropyLoss(ignore_index=255)

    def scores(index: np.ndarray) -> torch.Tensor:
        with torch.no_grad():
            return model(torch.from_numpy(samples.prepared.inputs[0][index]))

    target = torch.from_numpy(masks).long()
    wanted = by_hand(scores(split.train), target[split.train])
    assert loss == pytest.approx(wanted.item(), rel=1e-5)
    (ended,) = epochs([*train(first)])
    output, true = scores(split.validation), target[split.validation]
    kept = true != 255
    found, expected = output.argmax(dim=1)[kept].numpy(), true[kept].numpy()
    assert ended.validation["loss"] == pytest.approx(by_hand(output, true).item(), rel=1e-5)
    figures = {
        "accuracy": sklearn.metrics.accuracy_score(expected, found),
        "iou": sklearn.metrics.jaccard_score(expected, found, average="macro"),
        "f1": sklearn.metrics.f1_score(expected, found, average="macro"),
        "roc_auc": sklearn.metrics.roc_auc_score(
            expected, output.softmax(1).movedim(1, -1)[kept].numpy(), multi_class="ovr"
        ),
    }
    for name, figure in figures.items():
        assert ended.validation[name] == pytest.approx(figure, rel=1e-5)
    np.testing.assert_array_equal(
        ended.validation["confusion"], sklearn.metrics.confusion_matrix(expected, found)
    )


def test_each_loss_leaves_out_what_counts_for_nothing(tmp_path: Path) -> None:
    """Also those that torch gives no ignore_index: as if only the other places were there."""
    masks = written(tmp_path / "data", classes=2)
    two = graph(
        ("pictures", "Input", {"shape": ("N", 3, SIDE, SIDE)}, ()),
        ("conv", "Conv2d", {"out_channels": 1, "kernel_size": 1}, ("pictures",)),
        ("squeeze", "Squeeze", {"dim": 1}, ("conv",)),
        ("scores", "Output", {}, ("squeeze",)),
    )
    wanted = {
        "BCEWithLogitsLoss": nn.BCEWithLogitsLoss(),
        "SoftMarginLoss": lambda score, true: nn.SoftMarginLoss()(score, 2 * true - 1),
        "MSELoss": nn.MSELoss(),
    }
    for name, by_hand in wanted.items():
        for keep in ("memory", "files"):
            made = recipe(tmp_path / "data", keep, epochs=1, batch_size=64, optimizer=STILL)
            objective = Objective("scores", "target", Choice(name))
            first = job(two, replace(made, objectives=(objective,)))
            (loss,) = losses([*train(first)])
            samples = read_samples(first)
            train_split = samples.prepared.split.train
            torch.manual_seed(first.recipe.seed)
            model = build_project(first.project).make()
            with torch.no_grad():
                score = model(torch.from_numpy(samples.prepared.inputs[0][train_split]))
            true = torch.from_numpy(masks)[train_split]
            kept = true != 255
            expected = by_hand(score[kept], true[kept].float())
            assert loss == pytest.approx(expected.item(), rel=1e-5), (name, keep)


def test_results_and_weights_of_classes_are_those_of_held_masks(tmp_path: Path) -> None:
    written(tmp_path / "data")
    runs, weights = {}, {}
    for keep in ("memory", "files"):
        chosen = recipe(tmp_path / "data", keep, Choice("CrossEntropyLoss", {"balanced": True}))
        kept = job(network(), chosen, folder=tmp_path / keep)
        assert isinstance([*train(kept)][-1], Finished)
        runs[keep] = Predictor(kept, tmp_path / keep / BEST)
        samples = runs[keep].samples
        weights[keep] = class_weights(chosen, samples.inference, chosen.objectives)["scores"]
    assert weights["files"] == pytest.approx(weights["memory"])
    (held,), (read,) = (each.split("test") for each in runs.values())
    np.testing.assert_allclose(read.scores, held.scores, atol=1e-5)
    np.testing.assert_array_equal(read.true, held.true)
    np.testing.assert_allclose(read.losses, held.losses, rtol=1e-4)
    scores = torch.from_numpy(read.scores).log()
    one = nn.NLLLoss(ignore_index=-100)(scores[:1], torch.from_numpy(read.true)[:1])
    assert read.losses[0] == pytest.approx(one.item(), rel=1e-4)


def test_masks_that_are_broken_or_strange_leave_their_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that was not among those looked at is told, and its sample left out."""
    written(tmp_path / "data")
    Image.new("L", (SIDE, SIDE), 77).save(tmp_path / "data" / "masks" / "01.png")
    monkeypatch.setattr("app.data.pictures.masks.MOST_LOOKED_AT", 4)
    monkeypatch.setattr("app.data.pictures.loading.MOST_LOOKED_AT", 4)
    chosen = recipe(tmp_path / "data", "files", test_fraction=0.0)
    run = job(network(), chosen)
    assert "masks_looked_at" in [each.code for each in read_samples(run).data.facts.notes]
    (_, ended) = epochs([*train(run)])
    assert ended.unreadable == 1
    assert "77" in ended.first_unreadable
    assert "77" in capsys.readouterr().err


def test_going_on_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "data")
    turned = (Choice("rotate", {"degrees": 20.0}),)
    chosen = recipe(tmp_path / "data", "files", transforms=turned)
    read_every_step(monkeypatch)
    whole = losses([*train(job(network(), chosen))])
    run = job(network(), chosen, folder=tmp_path / "run")
    events = train(run)
    seen: list[float] = []
    for event in events:
        seen = [*seen, *losses([event])]
        if len(seen) >= 3:
            break
    events.close()
    again = losses([*train(job(network(), chosen, folder=run.folder, resumes=True))])
    assert 0 < len(again) <= len(whole)
    assert again == whole[len(whole) - len(again) :]


def test_outlines_are_packed_where_pictures_are_read_as_needed(tmp_path: Path) -> None:
    images, marks = [], []
    for number in range(8):
        (tmp_path / "data").mkdir(exist_ok=True)
        content = RANDOM.integers(0, 255, (12, 10, 3)).astype(np.uint8)
        Image.fromarray(content).save(tmp_path / "data" / f"{number}.png")
        images.append({"id": number, "file_name": f"{number}.png"})
        corners = [1, 1, 8, 1 + number % 3, 7, 9, 2, 8]
        mark = {"image_id": number, "category_id": number % 2, "segmentation": [corners]}
        marks.append({**mark, "bbox": [1, 1, 7, 8]})
    kinds = [{"id": 0, "name": "cat"}, {"id": 1, "name": "dog"}]
    told = {"images": images, "annotations": marks, "categories": kinds}
    (tmp_path / "data" / "instances.json").write_text(json.dumps(told))
    runs = {}
    for keep in ("memory", "files"):
        chosen = recipe(tmp_path / "data", keep, validation_fraction=0.3)
        run = job(network(), chosen, folder=tmp_path / keep)
        data = read_samples(run).data
        assert isinstance(data.target, Masks) == (keep == "files")
        runs[keep] = data.target[:], losses([*train(run)])
    np.testing.assert_array_equal(runs["files"][0], runs["memory"][0])
    assert {*np.unique(runs["files"][0]).tolist()} == {0, 1, 2}
    np.testing.assert_allclose(runs["files"][1], runs["memory"][1], rtol=1e-5)
    told_losses = [
        loss for each in run_script(tmp_path / "files") for loss in each.get("losses", [])
    ]
    np.testing.assert_allclose(told_losses, runs["files"][1], rtol=1e-6)


@pytest.mark.parametrize("void", [255, -1])
@pytest.mark.parametrize("balanced", [False, True])
def test_masks_of_arrays_are_looked_up_where_they_are_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, void: int, balanced: bool
) -> None:
    masks = written(tmp_path / "files", void=None).astype(np.int16)
    masks[:, 3] = void
    masks[5] = void
    pictures = np.stack([masks] * 3, axis=1).astype(np.float32)
    np.savez(tmp_path / "arrays.npz", x=pictures, y=masks)
    chosen = replace(
        recipe(tmp_path, "auto", Choice("CrossEntropyLoss", {"balanced": balanced})),
        data=Choice("npz", {"path": str(tmp_path / "arrays.npz")}),
    )
    objective = replace(chosen.objectives[0], target="y")
    chosen = replace(chosen, objectives=(objective,))
    runs = {}
    for kind in ("held", "looked up"):
        if kind == "looked up":
            monkeypatch.setattr("app.data.arrays.loading.LARGE", 1)
            reading._load.cache_clear()
        run = job(network(), chosen, folder=tmp_path / kind)
        data = read_samples(run).data
        assert isinstance(data.target, ClassRows) == (kind == "looked up")
        assert (data.facts.class_names, data.facts.samples) == (("0", "1", "2"), 19)
        assert data.facts.read_as["ignored"] == str(void)
        kept = np.delete(masks, 5, axis=0)
        assert data.facts.class_counts == tuple(np.bincount(kept[kept != void]))
        np.testing.assert_array_equal(data.target[:], np.where(kept == void, -100, kept))
        events = [*train(run)]
        assert isinstance(events[-1], Finished)
        weights = class_weights(chosen, read_samples(run).inference, chosen.objectives)
        runs[kind] = losses(events), weights["scores"]
    np.testing.assert_allclose(runs["looked up"][0], runs["held"][0], rtol=1e-5)
    assert runs["looked up"][1] == pytest.approx(runs["held"][1])
    printed = run_script(tmp_path / "looked up")
    told = [loss for each in printed for loss in each.get("losses", [])]
    np.testing.assert_allclose(told, runs["looked up"][0], rtol=1e-6)
