"""What a model says of fixed samples is told epoch by epoch, where it is asked for."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from app.results_panel.epoch_samples import EpochSamples
from app.runs.events import ANSWERS
from app.runs.job import Job
from app.runs.record import Record
from app.training import engine, meanwhile
from app.training.control import Control
from app.training.fixed_answers import FixedAnswers
from app.training.samples import read_samples
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, project


def job(epochs: int = 3) -> Job:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Dropout", {}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("digits"), optimizer=Choice("Adam", {"lr": 0.01}), epochs=epochs)
    return Job(project(network, recipe), threads=1)


def record_of(control: Control | None = None) -> Record:
    record = Record()
    for event in engine.train(job(), control):
        record.add(event)
    return record


def test_samples_are_asked_of_after_each_epoch_and_change_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanwhile, "_APART", 0)
    watching = Control()
    watching.observe(ANSWERS)
    record, plain = record_of(watching), record_of()
    assert not plain.answers
    assert [each.epoch for each in record.answers] == [1, 2, 3]
    np.testing.assert_array_equal(record.step_loss.y, plain.step_loss.y)
    (first,), (last,) = record.answers[0].answers, record.answers[-1].answers
    np.testing.assert_array_equal(first.samples, last.samples)
    assert last.losses.mean() < first.losses.mean(), "it learns meanwhile"
    test = read_samples(job()).prepared.split.test
    assert set(last.samples) <= set(test)
    assert record.looks is not None
    assert record.looks.pictures is not None
    assert record.answers[1].looks is None, "they are told once"

    view = EpochSamples()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show_record(record)
    assert not view.list.numbers, "nothing is drawn while it is hidden"
    view.show()
    order = last.samples[np.argsort(-last.losses, kind="stable")].tolist()
    assert view.list.numbers == order
    before = view.list.cards.item(0).text()
    view.slider.setValue(0)
    assert view.list.numbers == order, "each stays at its place"
    assert view.list.cards.item(0).text() != before
    right = int((first.true == first.predicted).sum())
    assert view._told.text().startswith(str(right))


def test_what_is_told_is_what_the_model_gives_in_evaluation() -> None:
    samples = read_samples(job())
    fixed = FixedAnswers(samples)
    torch.manual_seed(3)
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 10), torch.nn.Dropout())
    state = torch.random.get_rng_state()
    (told,) = fixed.of(7, model, torch.device("cpu")).answers
    assert model.training
    assert torch.equal(state, torch.random.get_rng_state())
    model.eval()
    entered = torch.from_numpy(np.asarray(samples.prepared.inputs[0])[fixed.samples])
    with torch.no_grad():
        expected = model(entered).softmax(dim=1).numpy()
    np.testing.assert_allclose(told.scores, expected, atol=1e-6)
    target = torch.from_numpy(samples.data.target[fixed.samples])
    np.testing.assert_array_equal(told.true, target)
    losses = -np.log(expected[np.arange(len(target)), target])
    np.testing.assert_allclose(told.losses, losses, atol=1e-5)
