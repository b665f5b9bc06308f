"""``layerweft demo``: the main job without a window."""

from __future__ import annotations

import argparse
from typing import Final

from app.commands import FAILED, INTERRUPTED
from app.commands.beside import write_training, write_weights
from app.commands.pictures import Studio
from app.commands.progress import Progress, figures
from app.commands.project import read, say_problems, settled, write
from app.commands.training import folder_for_run, free_folder, run_job
from app.project.examples import DEFAULT
from app.runs.events import Finished
from app.runs.folder import BEST, PROJECT
from app.runs.job import Job
from codegen.model.emit import source

WRITTEN: Final = (
    ("model.py", "the network, for PyTorch alone"),
    ("model.safetensors", "its trained weights"),
    ("model.pt", "the same as a state_dict"),
    ("train.py", "repeats the training on data.pt"),
    ("network.png", "a picture of the network (network.svg, too)"),
    ("curves.png", "the curves of the training"),
    (PROJECT, "the project, with its recipe"),
)


def run(arguments: argparse.Namespace) -> int:
    """Train, export, draw, and say where everything is."""
    project = read(arguments.file or f"example:{DEFAULT}")
    inference, known = settled(project)
    if say_problems(inference):
        return FAILED
    folder = folder_for_run(arguments.out or free_folder("layerweft-demo"))
    progress = Progress(project.network)
    print(f"Training {project.network.name}")
    status = run_job(Job(project, "cpu", folder, known=known), progress.show)
    ended = progress.record.ended
    if not isinstance(ended, Finished) or status == INTERRUPTED:
        return status
    model = folder / "model.py"
    write(model, source(inference).text)
    write_weights(folder / BEST, model, project, known)
    write_training(project, model, known)
    studio = Studio()
    studio.draw_network(project, folder / "network.png")
    studio.draw_network(project, folder / "network.svg")
    studio.draw_curves(progress.record, folder / "curves.png")
    print(f"\nValidation: {figures(ended.validation)}")
    print("Written:")
    width = max(len(str(folder / name)) for name, _ in WRITTEN)
    for name, what in WRITTEN:
        print(f"  {folder / name!s:<{width}}  {what}")
    return status
