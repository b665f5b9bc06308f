"""Trainings on folders of pictures, held in memory or read as they are needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.runs.events import Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.engine import train
from app.training.predict import Predictor
from app.training.samples import plan_of, read_samples
from codegen.training.script import script
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain
from tests.app.training.running import epochs, failure, job, losses, read_every_step
from tests.scripts import run_script

RANDOM = np.random.default_rng(2)
NETWORK = chain(
    ("Input", {"shape": ("N", 3, 8, 8)}),
    ("Flatten", {}),
    ("Linear", {"out_features": 2}),
    ("Output", {}),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make pictures of many modes and sizes, brighter in one class than in the other."""
    for name, low in (("dark", 0), ("light", 100)):
        (tmp_path / "data" / name).mkdir(parents=True)
        for number in range(20):
            numbers = RANDOM.integers(low, low + 150, (9 + number % 3, 10, 3)).astype(np.uint8)
            picture = Image.fromarray(numbers).convert("RGBA" if number % 4 == 0 else "RGB")
            if number % 5 == 1:
                picture = picture.convert("L")
            picture.save(tmp_path / "data" / name / f"{number}.png")
    sixteen = RANDOM.integers(0, 60000, (8, 8)).astype(np.uint16)
    Image.fromarray(sixteen).save(tmp_path / "data" / "dark" / "16.png")
    return tmp_path / "data"


def recipe(folder: Path, keep: str, **more: object) -> Recipe:
    data = Choice("image_folder", {"path": str(folder), "size": 8, "keep": keep, "fit": "pad"})
    return Recipe(data, test_fraction=0.2, **{"epochs": 3, "batch_size": 8, **more})  # type: ignore[arg-type]


def text(job: Job) -> str:
    return script(plan_of(job, read_samples(job)))


def test_pictures_read_while_training_train_to_the_same_losses(
    folder: Path, tmp_path: Path
) -> None:
    held = [*train(job(NETWORK, recipe(folder, "memory")))]
    kept = job(NETWORK, recipe(folder, "files"), folder=tmp_path / "run")
    assert "class Pictures" in text(kept)
    read = [*train(kept)]
    assert isinstance(read[-1], Finished)
    np.testing.assert_allclose(losses(read), losses(held), rtol=1e-5)
    ended = zip(epochs(read), epochs(held), strict=True)
    assert all(
        mine.validation == pytest.approx(other.validation, rel=1e-4) for mine, other in ended
    )
    printed = run_script(tmp_path / "run")
    told = [loss for each in printed for loss in each.get("losses", [])]
    np.testing.assert_allclose(told, losses(read), rtol=1e-6)


def test_results_and_scripts_go_on_with_them(folder: Path, tmp_path: Path) -> None:
    runs = {}
    for keep in ("memory", "files"):
        kept = job(NETWORK, recipe(folder, keep), folder=tmp_path / keep)
        assert isinstance([*train(kept)][-1], Finished)
        runs[keep] = Predictor(kept, tmp_path / keep / BEST)
    (held,), (read,) = (each.split("test") for each in runs.values())
    np.testing.assert_allclose(read.scores, held.scores, atol=1e-5)
    np.testing.assert_array_equal(read.true, held.true)
    new = sorted((folder / "dark").iterdir())
    command = [sys.executable, "predict.py", "--json", *map(str, new)]
    done = subprocess.run(
        command, cwd=tmp_path / "files", capture_output=True, text=True, check=True
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for path, answer in zip(new, told, strict=True):
        (here,) = runs["files"].file(path)
        (probabilities,) = (
            each["probabilities"] for each in answer.values() if isinstance(each, dict)
        )
        np.testing.assert_allclose([*probabilities.values()], here.scores[0], atol=1e-5)


@pytest.mark.parametrize("are_broken", [False, True])
def test_going_on_is_exact(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, are_broken: bool
) -> None:
    if are_broken:
        broken(folder)
    read_every_step(monkeypatch)
    whole = losses([*train(job(NETWORK, recipe(folder, "files")))])
    run = job(NETWORK, recipe(folder, "files"), folder=tmp_path / "run")
    events = train(run)
    seen: list[float] = []
    for event in events:
        seen = [*seen, *losses([event])]
        if len(seen) >= 6:
            break
    events.close()
    again = losses([*train(job(NETWORK, recipe(folder, "files"), folder=run.folder, resumes=True))])
    assert again == whole[len(whole) - len(again) :]
    assert 0 < len(again) <= len(whole)


def broken(folder: Path) -> list[Path]:
    """Make some pictures unreadable, a different number of each class."""
    paths = [folder / "light" / f"{name}.png" for name in (3, 7)] + [folder / "dark" / "5.png"]
    for path in paths:
        path.write_bytes(b"no longer")
    return paths


def test_pictures_that_cannot_be_read_are_left_out_and_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    still = {
        "batch_size": 64,
        "epochs": 1,
        "optimizer": Choice("SGD", {"lr": 1e-30}),
        "transforms": (Choice("scale", {"by": "nothing"}),),
    }
    first = job(NETWORK, recipe(folder, "files", **still), folder=tmp_path / "first")
    (before,) = losses([*train(first)])
    found = Predictor(first, tmp_path / "first" / BEST).split("train")[0]
    assert found.losses.mean() == pytest.approx(before, rel=1e-5)
    paths = read_samples(first).data.features.paths
    gone = {str(path.relative_to(folder)) for path in broken(folder)}
    second = job(NETWORK, recipe(folder, "files", **still), folder=tmp_path / "second")
    events = [*train(second)]
    left = [paths[place] not in gone for place in found.samples]
    assert losses(events) == [pytest.approx(found.losses[left].mean(), rel=1e-5)]
    (ended,) = epochs(events)
    split = read_samples(second).prepared.split
    seen = {paths[place] for place in (*split.train, *split.validation)}
    assert ended.unreadable == len(gone & seen) > 0
    assert "cannot be read" in ended.first_unreadable
    assert "cannot be read" in capsys.readouterr().err
    again = Predictor(second, tmp_path / "second" / BEST)
    for name in ("train", "test"):
        kept = again.split(name)[0]
        assert not {paths[place] for place in kept.samples} & gone
        assert len(kept.samples) == len(kept.losses) == len(kept.true)
    printed = run_script(tmp_path / "second")
    told = [loss for each in printed for loss in each.get("losses", [])]
    np.testing.assert_allclose(told, losses(events), rtol=1e-6)
    assert [each["unreadable"] for each in printed if each["event"] == "epoch_ended"] == [
        ended.unreadable
    ]


def test_a_folder_that_goes_ends_the_run_with_a_name(folder: Path) -> None:
    doing = train(job(NETWORK, recipe(folder, "files", epochs=50)))
    for event in doing:
        if epochs([event]):
            for path in [*folder.rglob("*.png")]:
                path.write_bytes(b"no longer")
    assert "cannot be read" in failure([event]).problem.message
