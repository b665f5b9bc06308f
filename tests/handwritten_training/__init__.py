"""Training scripts as a programmer writes them by hand, for recipes of the tests of scripts.

They have what ours have: a seed, validation, the best weights, checkpoints within epochs, a command
line whose mistakes are said, progress within epochs on a terminal, and JSON.
"""

from __future__ import annotations

from pathlib import Path

SCRIPTS = {
    name: Path(__file__).parent / f"{file}.py"
    for name, file in {
        "of iris": "iris",
        "plateau": "diabetes",
        "one cycle": "digits",
        "averaged": "averaged",
        "clipped": "clipped",
    }.items()
}
"""The file that trains what the recipe of this name does."""
