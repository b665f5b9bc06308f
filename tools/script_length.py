"""Prints how long training scripts are beside those by hand: ``python -m tools.script_length``."""

from __future__ import annotations

from app.exporting.training import training_files
from tests.codegen.training.test_length import job_of
from tests.handwritten_training import SCRIPTS
from tools.code_length import lines_of_code


def main() -> None:
    """Print a line for each recipe: lines of code of ours, of those by hand, and the ratio."""
    for name, path in SCRIPTS.items():
        ours = lines_of_code(training_files(job_of(name))["train.py"].decode())
        by_hand = lines_of_code(path.read_text(encoding="utf-8"))
        print(f"{name:12} {ours:4} {by_hand:4}  {ours / by_hand:.2f}")


if __name__ == "__main__":
    main()
