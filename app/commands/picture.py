"""``layerweft picture``: the network as the canvas shows it, in a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import FINE
from app.commands.pictures import Studio
from app.commands.project import read


def run(arguments: argparse.Namespace) -> int:
    """Draw the network, whatever problems it has: the picture shows them."""
    Studio(dark=arguments.dark).draw_network(read(arguments.file), Path(arguments.output))
    return FINE
