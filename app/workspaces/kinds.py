"""Which workspaces there are, and which panels lie at the sides of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Workspace(Enum):
    """What one is at work on; the value is its name in settings and actions."""

    DRAW = "draw"
    DATA = "data"
    TRAIN = "train"
    RUNS = "runs"


SIDES: Final[Mapping[Workspace, Mapping[str, str]]] = {
    Workspace.DRAW: {"left": "palette", "right": "inspector", "bottom": "bottom"},
    Workspace.DATA: {"left": "source", "right": "given"},
    Workspace.TRAIN: {"left": "recipe", "right": "network"},
    Workspace.RUNS: {"bottom": "run"},
}
"""The panel on each side of a workspace that can be hidden; a workspace may lack a side."""
