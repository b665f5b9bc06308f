"""``layerweft demo``: the main job without a window."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import FAILED, INTERRUPTED
from app.commands.pictures import Studio
from app.commands.progress import Progress, figures
from app.commands.project import make_folder, read, say_problems, write
from app.commands.training import job_of, run_job
from app.commands.weights import write_weights
from app.examples import DEFAULT
from app.training.checkpoint import BEST
from app.training.events import Finished
from codegen.emit import source
from graph_model.infer import infer


def run(arguments: argparse.Namespace) -> int:
    """Train, export, draw, and say where everything is."""
    project = read(arguments.file or f"example:{DEFAULT}")
    inference = infer(project.network)
    if say_problems(inference):
        return FAILED
    folder = make_folder(Path(arguments.out))
    progress = Progress(project.network)
    print(f"Training {project.network.name}")
    status = run_job(job_of(project, "cpu", folder), progress.show)
    ended = progress.record.ended
    if not isinstance(ended, Finished) or status == INTERRUPTED:
        return status
    model = folder / "model.py"
    write(model, source(inference).text)
    written = [model, *write_weights(folder / BEST, model, project.network)]
    studio = Studio()
    for name in ("network.png", "network.svg"):
        studio.draw_network(project, folder / name)
    studio.draw_curves(progress.record, folder / "curves.png")
    written += [folder / name for name in ("network.png", "network.svg", "curves.png")]
    print(f"\nValidation: {figures(ended.validation)}")
    print("\n".join(["Written:", *(f"  {path}" for path in written)]))
    return status
