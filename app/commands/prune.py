"""``layerweft prune``: a trained network without the units that matter least."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.commands import FINE, UsageError
from app.commands.project import settled
from app.commands.runs import table
from app.commands.trained import figure, judged_as_json, trained_in
from app.pruning.choosing import Counts, by_importance, evenly, units_of
from app.pruning.importance import Scores
from app.pruning.trial import Size, Trial, size_of
from app.training.checkpoint import copy_of_weights, save_weights
from app.training.judging import Judged
from graph_model.files.storage import ProjectFileError, save
from graph_model.problems import Refusal
from graph_model.pruning.groups import Unit
from graph_model.recipe import NodePath
from graph_model.recipes.within import everything

_PERCENT = 100


def run(chosen: argparse.Namespace) -> int:
    """Prune the network of a run, or tell how it rests on what could go."""
    job, weights = trained_in(chosen.run)
    try:
        trial = Trial(job, weights)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    if not trial.found.groups:
        raise UsageError("Nothing can go of this network: its layers are all needed whole.")
    names = {each.path: each.title for each in everything(trial.inference)}
    scores = trial.scores(chosen.criterion, job.recipe.seed)
    if chosen.output is None:
        return _tell(trial, scores, names, as_json=chosen.json)
    counts = _counts(chosen, trial, scores, names)
    return _write(chosen, trial, units_of(trial.found, scores, counts))


def _tell(trial: Trial, scores: Scores, names: Mapping[NodePath, str], *, as_json: bool) -> int:
    """Say what could go, and how the model does without shares of each."""
    groups = {group.path: group for group in trial.found.groups}
    told = list(trial.sensitivities(scores))
    if as_json:
        found = [
            {
                "group": names.get(each.path, each.path),
                "units": groups[each.path].count,
                "repeats": len(groups[each.path].strands),
                "exact": groups[each.path].is_exact,
                "without": {
                    str(share): judged_as_json(judged) for share, judged in each.judged.items()
                },
            }
            for each in told
        ]
        whole = judged_as_json(trial.whole)
        print(json.dumps({"whole": whole, "groups": found}, ensure_ascii=False, indent=1))
        return FINE
    print(f"Whole: {figure(trial.whole)} on {trial.samples} samples ({trial.split}).")
    head = ("group", "units", *(f"without {share:.0%}" for share in told[0].judged))
    rows = [
        (
            names.get(each.path, each.path),
            str(groups[each.path].count),
            *map(figure, each.judged.values()),
        )
        for each in told
    ]
    print(table([head, *rows]))
    print("Nothing was changed: --share says how much is to go, -o where the rest is written.")
    return FINE


def _counts(
    chosen: argparse.Namespace, trial: Trial, scores: Scores, names: Mapping[NodePath, str]
) -> Counts:
    share = chosen.share / _PERCENT
    counts = dict(
        evenly(trial.found, share) if chosen.evenly else by_importance(trial.found, scores, share)
    )
    groups = {names.get(each.path, each.path): each for each in trial.found.groups}
    for given in chosen.group or ():
        name, mark, count = given.partition("=")
        group = groups.get(name)
        if not mark or group is None or not count.isdecimal() or int(count) >= group.count:
            known = ", ".join(f"{name}=0…{each.count - 1}" for name, each in groups.items())
            raise UsageError(
                f"{given}: how many units of which group are to go is said as {known}."
            )
        counts[group.path] = int(count)
    return counts


def _write(chosen: argparse.Namespace, trial: Trial, units: set[Unit]) -> int:
    """Write the smaller project and its weights, and say how it does before it learns on."""
    made = trial.without(units)
    path = Path(chosen.output)
    weights = path.with_suffix(".safetensors")
    before, after = size_of(trial.inference), size_of(settled(made.project)[0])
    judged = trial.judged(units)
    try:
        save(made.project, path)
        save_weights(weights, copy_of_weights(trial.model_of(made)))
    except ProjectFileError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{weights} cannot be written: {error.strerror}.") from None
    if chosen.json:
        print(json.dumps({
            "project": str(path), "weights": str(weights),
            "before": _size(before) | judged_as_json(trial.whole),
            "after": _size(after) | judged_as_json(judged),
        }, ensure_ascii=False, indent=1))  # fmt: skip
    else:
        print("\n".join(_lines(before, after, trial.whole, judged)))
        print(f"Written: {path}, {weights}")
        print(f"To let it learn on: layerweft train {path} --weights {weights} --epochs 1")
    return FINE


def _lines(before: Size, after: Size, whole: Judged, judged: Judged) -> Iterator[str]:
    yield f"Parameters: {before.parameters:,} → {after.parameters:,}"
    if before.multiply_adds:
        yield f"Multiply-adds for a sample: {before.multiply_adds:,} → {after.multiply_adds:,}"
    yield f"Before it learns on: {figure(whole)} → {figure(judged)}"


def _size(size: Size) -> dict[str, Any]:
    return {"parameters": size.parameters, "multiply_adds": size.multiply_adds}
