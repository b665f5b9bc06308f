"""What the options of all commands are made with: the parser, and what their help shares."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final, TypeAlias

FILE_HELP: Final = "a project file, or example:NAME"


class Parser(argparse.ArgumentParser):
    """A parser whose epilog keeps its lines, and that takes no abbreviated options."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options)  # type: ignore[arg-type]


Add: TypeAlias = "Callable[..., Parser]"
"""Adds the command, given its help, and returns the parser of its options."""


def examples_of(*lines: str) -> str:
    """Return what stands below the help of a command: how it is given."""
    return "\n".join(["examples:", *(f"  {line}" for line in lines)])


def positive_number(text: str) -> float:
    """Return a number above 0, as argparse has options read."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number
