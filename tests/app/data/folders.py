"""Script folders with the weights that a training begins with, and what their scripts print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from safetensors.torch import save_file

from app.runs.job import Job
from app.training.building import begin
from app.training.samples import read_samples
from app.training.scripts import preprocessing_file, scripts
from codegen.build import build_project
from graph_model.network import Project


def script_folder(project: Project, path: Path) -> tuple[Job, Path]:
    """Write a script folder with the weights that a training begins with."""
    job, built = Job(project), build_project(project)
    samples = read_samples(job)
    model = begin(job, samples, built).model
    files = {
        **scripts(job, samples),
        "model.py": built.source.text.encode(),
        "preprocessing.json": preprocessing_file(job.recipe, samples),
    }
    for name, content in files.items():
        (path / name).write_bytes(content)
    save_file(model.state_dict(), path / "best.safetensors")
    return job, path


def run_script(folder: Path, *arguments: str, complaint: str = "") -> str:
    """Return what a script prints, which complains of nothing but what is expected."""
    command = [sys.executable, "predict.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert complaint in done.stderr if complaint else not done.stderr, done.stderr
    return done.stdout
