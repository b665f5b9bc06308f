"""Runs as folders, written by hand: what they told, and what they trained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.runs.folder import EVENTS, PROJECT
from graph_model.files.storage import save
from graph_model.network import Project, empty_project
from graph_model.recipes.settings import with_setting


def keep_run(
    folder: Path,
    losses: tuple[float, ...] = (0.5, 0.25),
    settings: Mapping[str, str] | None = None,
    network: str = "Net",
    project: Project | None = None,
    *,
    is_finished: bool = True,
) -> Path:
    """Write the folder of a run of so many epochs, whose accuracy is one less its loss."""
    folder.mkdir(parents=True)
    trained = project or empty_project(network)
    for name, text in (settings or {}).items():
        trained = with_setting(trained, name, text)
    trained = replace(trained, recipe=replace(trained.recipe, epochs=len(losses)))
    save(trained, folder / PROJECT)
    started = {"event": "started", "device": "cpu", "parameters": 12, "epochs": len(losses)}
    sizes = {"steps_per_epoch": 5, "train_samples": 80, "validation_samples": 10}
    lines = [{**started, **sizes, "test_samples": 10}]
    lines += [
        {
            "event": "epoch_ended",
            "epoch": number,
            "step": 5 * number,
            "train": {"loss": loss / 2},
            "validation": {"loss": loss, "accuracy": 1 - loss},
            "learning_rate": 0.1,
            "samples_per_second": 10.0,
            "seconds": 2.0,
            "is_best": loss == min(losses[:number]),
        }
        for number, loss in enumerate(losses, 1)
    ]
    if is_finished:
        best = {"loss": min(losses), "accuracy": 1 - min(losses)}
        end = {"event": "finished", "epochs": len(losses), "stopped": False}
        lines.append({**end, "validation": best, "test": best, "seconds": 2.0 * len(losses)})
    (folder / EVENTS).write_text("".join(json.dumps(each) + "\n" for each in lines))
    return folder
