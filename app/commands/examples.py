"""``layerweft examples``: the examples by name."""

from __future__ import annotations

import argparse
import json

from app.commands import FINE
from app.project.examples import EXAMPLES


def run(arguments: argparse.Namespace) -> int:
    """Print the name, title and description of every example."""
    if arguments.json:
        listed = [
            {"name": each.name, "title": each.title, "description": each.description}
            for each in EXAMPLES
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return FINE
    width = max(len(each.name) for each in EXAMPLES)
    for each in EXAMPLES:
        print(f"example:{each.name:{width}}  {each.description}")
    return FINE
