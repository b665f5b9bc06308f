"""Trains the examples that others begin with, and keeps their weights beside them.

python -m tools.make_beginnings
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from app.project.examples import EXAMPLES, load_example
from app.runs.events import Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.engine import train


def main() -> None:
    """Train each of them, and write its best weights."""
    for example in EXAMPLES:
        if example.beginning is not None:
            with tempfile.TemporaryDirectory() as folder:
                run = Path(folder) / "run"
                job = Job(load_example(example.begins_with), folder=run, threads=1)
                *_, ended = train(job)
                assert isinstance(ended, Finished), ended
                shutil.copyfile(run / BEST, example.beginning.path)
            print(f"{example.beginning.path.name}: {ended.validation}")


if __name__ == "__main__":
    main()
