"""The examples with several losses: they suit their data, learn, and their scripts repeat it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.data.reading import describe
from app.exporting.training import training_files
from app.project.examples import BY_NAME, PLAYERS, Example, load_example
from app.runs.events import EpochEnded, Finished, Steps
from app.runs.job import Job
from app.training.building import begin
from app.training.engine import train
from app.training.samples import read_samples
from codegen.build import build_project
from codegen.emit import source
from graph_model.inference.infer import infer, infer_project
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.players import alone
from tests.sampling import IS_CAMPAIGN
from tools import judge_gan

each = pytest.mark.parametrize("example", PLAYERS, ids=[e.name for e in PLAYERS])
SAMPLED = [each.name for each in PLAYERS if IS_CAMPAIGN or "digits" in each.name]
"""Those that are trained: the others take up to two minutes, and are trained in a campaign."""
TUNED = [each.name for each in PLAYERS if each.begins_with]
"""Those whose figures are held in ``test_fine_tuning.py``."""


@each
def test_its_data_suit_it(example: Example) -> None:
    project = load_example(example.name)
    inference = infer_project(project)
    assert recipe_problems(project.recipe, inference, describe(project.recipe.data)) == ()


@each
def test_each_of_its_weights_moves_in_the_first_steps(example: Example) -> None:
    project = load_example(example.name)
    options = tuple(each for each in project.recipe.options if each.kind != "thaw")
    project = replace(project, recipe=replace(project.recipe, options=options))
    job = Job(project, threads=1)
    training = begin(job, read_samples(job), build_project(project))
    before = {name: each.clone() for name, each in training.model.named_parameters()}
    for index in torch.arange(len(training.train[0])).split(project.recipe.batch_size)[:2]:
        training.do_step(index)
    still = [n for n, each in training.model.named_parameters() if torch.equal(each, before[n])]
    assert still == []
    _, *losses = training.scores.unread[-1]
    assert all(torch.isfinite(loss).all() for loss in losses)


def test_the_student_has_a_third_of_the_weights() -> None:
    networks = load_example("fashion-distillation").networks
    teacher, student = (infer(networks[id]).parameter_count for id in ("teacher", "student"))
    assert teacher == infer_project(load_example("fashion-cnn")).parameter_count
    assert student <= teacher / 3


@pytest.mark.parametrize("name", SAMPLED)
def test_its_script_repeats_it(name: str, tmp_path: Path) -> None:
    project = load_example(name)
    project = replace(project, recipe=replace(project.recipe, epochs=1))
    job, inference = Job(project, threads=1), infer_project(project)
    for file, content in training_files(job).items():
        (tmp_path / file).write_bytes(content)
    model = source(inference, alone(project, inference)).text
    (tmp_path / "model.py").write_text(model, encoding="utf-8")
    command = [sys.executable, "-W", "error", "train.py", "--json", "--threads", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    script = [loss for line in lines if line["event"] == "steps" for loss in line["losses"]]
    engine = [loss for event in train(job) if isinstance(event, Steps) for loss in event.losses]
    assert script == engine


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [each.name for each in PLAYERS if each.metric and each.name in {*SAMPLED} - {*TUNED}],
)
def test_it_reaches_what_it_states(name: str) -> None:
    example = BY_NAME[name]
    events = list(train(Job(load_example(name), threads=1)))
    ended = events[-1]
    assert isinstance(ended, Finished), ended
    figure = ended.validation[example.metric]
    assert figure <= example.reaches if example.metric == "loss" else figure >= example.reaches
    losses = [event.validation["loss"] for event in events if isinstance(event, EpochEnded)]
    assert min(losses) < losses[0]


@pytest.mark.skipif(not IS_CAMPAIGN, reason="three minutes: campaigns do it")
def test_what_the_gan_draws_is_taken_for_digits() -> None:
    seed = load_example("digits-gan").recipe.seed
    _, after, _ = judge_gan.pictures(seed)
    counts = judge_gan.counted(judge_gan.judge(), after)
    assert sum(counts) >= 0.8 * len(after)
    assert min(counts) >= 0.02 * len(after)
