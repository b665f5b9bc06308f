"""A model is tried on a text that is typed: what it is, or how it goes on as the script says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from app.data.reading import load
from app.project.document import Document
from app.training.predict import Predictor
from app.training.text_trial import Continuation, continued, first_text, predict_text, unknown_in
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from graph_model.recipe import Choice
from tests.app.data.folders import run_script, script_folder
from tests.app.data.texts_by_hand import classifier, goes_on
from tests.app.training_panel.test_panel import run_to_the_end

SENTENCES = ("what a fine day", "what a bad day", "a fine film", "a bad film, really")


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    rows = [f'"{SENTENCES[n % 4]}",{("good", "poor")[n % 2]}' for n in range(80)]
    path.write_text("\n".join(["review,mood", *rows]))
    return path


def test_a_text_is_told_as_the_script_tells_it(reviews: Path, tmp_path: Path) -> None:
    data = Choice("text", {"path": str(reviews)})
    words = load(data).facts.arrays["features"].classes
    job, folder = script_folder(classifier(data, words, 2), tmp_path)
    predictor = Predictor(job, folder / "best.safetensors")
    text = "what a superb day"
    found = predict_text(predictor, text)
    told = json.loads(run_script(folder, "--json", "--text", text, complaint="'superb'"))
    np.testing.assert_allclose(
        found.scores[0], list(told["kind"]["probabilities"].values()), atol=1e-6
    )
    assert unknown_in(predictor, text) == ("superb",)
    assert first_text(predictor, 0) == SENTENCES[0]


def test_each_row_of_a_table_of_texts_is_told(reviews: Path, tmp_path: Path) -> None:
    data = Choice("text", {"path": str(reviews)})
    words = load(data).facts.arrays["features"].classes
    job, folder = script_folder(classifier(data, words, 2), tmp_path)
    new = tmp_path / "new.csv"
    new.write_text('mood,review\n?,"a bad film, really"\n')
    (found,) = Predictor(job, folder / "best.safetensors").file(new)
    told = json.loads(run_script(folder, "--json", "--csv", str(new)))
    assert told["sample"].endswith("line 2")
    by_script = list(told["kind"]["probabilities"].values())
    np.testing.assert_allclose(found.scores[0], by_script, atol=1e-6)
    alone = json.loads(run_script(folder, "--json", "--text", "a bad film, really"))
    assert alone["kind"] == told["kind"]


@pytest.mark.parametrize("tokens", ["characters", "words", "byte_pairs"])
def test_a_text_goes_on_as_in_the_script_by_the_same_seed(tmp_path: Path, tokens: str) -> None:
    data = Choice("shakespeare", {"length": 24, "tokens": tokens, "vocabulary": 200})
    classes = load(data).facts.arrays["features"].classes
    job, folder = script_folder(goes_on(data, classes), tmp_path)
    predictor = Predictor(job, folder / "best.safetensors")
    given = ("--json", "--text", "the king", "--continue", "30", "--seed", "7")
    told = json.loads(run_script(folder, *given))["tokens"]
    found = continued(predictor, "the king", 30, 0.8, 7)
    assert found.added.split() == "".join(told).split() or tokens == "words"
    if tokens == "words":
        assert found.added.replace(" ", "") == "".join(told).replace(" ", "")
    assert continued(predictor, "the king", 30, 0.8, 8).added != found.added
    assert continued(predictor, "", 30, 0.8, 7).added == ""
    state = torch.random.get_rng_state()
    continued(predictor, "the", 2, 1.0, 3)
    assert torch.equal(state, torch.random.get_rng_state())


def test_the_window_has_a_field_for_a_text(
    panel: TrainingPanel, trainer: Trainer, document: Document, reviews: Path, qtbot: QtBot
) -> None:
    data = Choice("text", {"path": str(reviews)})
    words = load(data).facts.arrays["features"].classes
    with qtbot.waitSignal(trainer.watch._reader.done):
        document.edit(classifier(data, words, 2), "Try")
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        run_to_the_end(trainer, qtbot)
    panel.results.try_it()
    form, tried = panel.results.trial.text, panel.results.trying.worker
    qtbot.waitUntil(lambda: form.text.toPlainText() in SENTENCES)
    assert form.isVisibleTo(panel)
    assert not form.answer.isVisibleTo(panel)
    with qtbot.waitSignal(tried.done):
        form.text.setPlainText("a superb film")
    assert "superb" in form._told.text()
    assert form._told.isVisibleTo(panel)
    assert "%" in panel.results.trial.answer.verdict.text()


def test_the_window_goes_on_with_a_text(
    panel: TrainingPanel, trainer: Trainer, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "rhyme.txt"
    path.write_text("the cat sat on the mat.\n" * 60)
    data = Choice("text", {"path": str(path), "length": 16})
    classes = load(data).facts.arrays["features"].classes
    with qtbot.waitSignal(trainer.watch._reader.done):
        document.edit(goes_on(data, classes), "Try")
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        run_to_the_end(trainer, qtbot)
    panel.results.try_it()
    form, tried = panel.results.trial.text, panel.results.trying.worker
    assert form.answer.isVisibleTo(panel)
    form.text.setPlainText("the c")
    form.count.setValue(12)
    with qtbot.waitSignal(tried.done, timeout=60_000, check_params_cb=_is_continuation):
        form.go_on.click()
    assert form.answer.toPlainText().startswith("the c")
    assert len(form.answer.toPlainText()) == 5 + 12


def _is_continuation(found: object) -> bool:
    return isinstance(found, Continuation)
