"""What TPE proposes, and what is pruned: held against optuna, and against a known best."""

from __future__ import annotations

import json
import math
import random
import statistics
from pathlib import Path

import optuna
import pytest
from optuna.trial import TrialState, create_trial

from app.cli import main
from app.experiments.proposing import propose
from app.experiments.pruning import FEWEST, first_epoch, lags
from app.experiments.spaces import Space, space_of
from app.experiments.standing import FAILED, FINISHED, PRUNED, UNDER_WAY, Standing
from graph_model.problems import Refusal
from graph_model.recipes.judging import Deciding

JUDGED = Deciding("loss", larger_is_better=False)
SPACES = {
    "lr": space_of("1e-5..1e-1 log"),
    "batch_size": space_of("16..256 log"),
    "dropout": space_of("0..0.5"),
    "layers": space_of("1..6"),
    "optimizer": space_of("SGD, SGD momentum=0.9, Adam"),
}


@pytest.mark.parametrize(
    ("text", "space"),
    [
        ("1e-5..1e-1 log", Space((), 1e-5, 1e-1, is_log=True)),
        ("0..0.5", Space((), 0.0, 0.5)),
        ("0.0..1", Space((), 0.0, 1.0)),
        ("16..256", Space((), 16.0, 256.0, is_whole=True)),
        ("16…256 log", Space((), 16.0, 256.0, is_log=True, is_whole=True)),
        ("SGD, Adam", Space(("SGD", "Adam"))),
        ("1e-3..1e-1 log 3", Space(("0.001", "0.01", "0.1"))),
    ],
)
def test_ranges_and_lists_are_spaces(text: str, space: Space) -> None:
    assert space_of(text) == space


@pytest.mark.parametrize("text", ["0..1 log", "5..1", "-1..1 log", "", "3..3"])
def test_what_is_no_space_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        space_of(text)


def tried(settings: dict[str, str]) -> float:
    """Return a loss that is the least with a rate of 1e-3, a batch of 64 and Adam."""
    rate = math.log10(float(settings["lr"])) + 3
    batch = math.log2(int(settings["batch_size"]) / 64)
    return rate**2 + batch**2 / 4 + (settings["optimizer"] != "Adam") + float(settings["dropout"])


def searched(count: int, seed: int) -> list[Standing]:
    found: list[Standing] = []
    for number in range(count):
        settings = dict(propose(SPACES, seed, found, JUDGED))
        loss = tried(settings)
        states = {3: PRUNED, 5: FAILED, 7: UNDER_WAY}
        state = states.get(number, FINISHED)
        found.append(Standing(settings, Path(), state, figures={"loss": loss}, curve={1: loss}))
    return found


def test_proposals_are_within_their_ranges_the_same_again_and_get_better() -> None:
    found = searched(45, 1)
    for each in found:
        assert 1e-5 <= float(each.settings["lr"]) <= 1e-1
        assert 16 <= int(each.settings["batch_size"]) <= 256
        assert 0 <= float(each.settings["dropout"]) <= 0.5
        assert each.settings["layers"] in "123456"
        assert each.settings["optimizer"] in SPACES["optimizer"].choices
    again = searched(12, 1)
    assert [each.settings for each in again] == [each.settings for each in found[:12]]
    assert [each.settings for each in searched(12, 2)] != [each.settings for each in again]
    losses = [tried(dict(each.settings)) for each in found]
    assert statistics.median(losses[-15:]) < statistics.median(losses[:10]) / 2
    assert min(losses[10:]) < min(losses[:10])


def test_larger_is_better_where_the_figure_says_so() -> None:
    judged = Deciding("accuracy", larger_is_better=True)
    spaces = {"lr": space_of("0.0..1")}
    found: list[Standing] = []
    for _ in range(40):
        settings = propose(spaces, 0, found, judged)
        figures = {"accuracy": float(settings["lr"])}
        found.append(Standing(settings, Path(), FINISHED, figures=figures))
    assert statistics.fmean(float(each.settings["lr"]) for each in found[-15:]) > 0.8


def test_what_lags_is_what_the_median_pruner_of_optuna_says() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    chance, said = random.Random(0), []
    for _ in range(300):
        epochs = chance.randint(1, 12)
        pruner = optuna.pruners.MedianPruner(FEWEST, first_epoch(epochs))
        study = optuna.create_study(pruner=pruner)
        others = [
            {epoch: chance.choice((chance.random(), math.nan)) for epoch in range(1, epochs + 1)}
            for _ in range(chance.randint(0, 7))
        ]
        for each in others:
            told = {epoch: value for epoch, value in each.items() if not math.isnan(value)}
            kept = create_trial(state=TrialState.COMPLETE, value=0.0, intermediate_values=told)
            study.add_trial(kept)
        trial = study.ask()
        curve: dict[int, float] = {}
        for epoch in range(1, chance.randint(1, epochs) + 1):
            curve[epoch] = chance.random() + 0.4
            trial.report(curve[epoch], epoch)
        assert lags(curve, others, epochs) == trial.should_prune(), (curve, others)
        said.append(lags(curve, others, epochs))
    assert 30 < sum(said) < 270


def test_a_search_by_tpe_is_the_same_again_and_when_it_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["search", "example:iris-mlp", "--set", "lr=1e-6..1 log", "--set", "epochs=3,4"]
    given += ["--method", "tpe", "--prune", "--seed", "5", "--json"]

    def done(name: str, *more: str) -> list[tuple[dict[str, str], dict[str, float]]]:
        assert main([*given, "--out", str(tmp_path / name), *more]) == 0
        found = json.loads(capsys.readouterr().out)
        return [(each["settings"], each["validation"]) for each in found]

    whole = done("whole", "--trials", "12")
    assert len(whole) == 12
    assert len(done("parts", "--trials", "5")) == 5
    assert done("parts", "--trials", "12") == whole
    assert main(["runs", str(tmp_path / "whole"), "--where", "outcome=pruned", "--json"]) == 0
    pruned = json.loads(capsys.readouterr().out)
    assert pruned
    assert all(each["epochs"] < each["planned"] for each in pruned)
    assert main([*given, "--trials", "3", "--random", "3"]) == 2


def test_without_optuna_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.experiments.proposing.is_available", lambda: False)
    given = ["search", "example:iris-mlp", "--set", "lr=0..1", "--method", "tpe"]
    assert main([*given, "--out", str(tmp_path / "a")]) == 2
    assert "pip install optuna" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
