"""The command line: which commands there are, their options, and how they end.

Each command is a module of ``app.commands``, imported once it is asked for, so that ``--help``
comes at once and only the window imports Qt and only training imports torch.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from functools import partial

from app.command_options import COMMANDS, MODULES, Parser, examples_of
from app.commands import FAILED, INTERRUPTED, UNUSABLE, UsageError
from app.late import imports
from app.paths import is_there


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = _with_whole_command(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without “×” is no reason to fail
    try:
        if not given or (not given[0].startswith("-") and given[0] not in COMMANDS):
            _notice_misspelling(given)
            given.insert(0, "open")
        parser = make_parser(given[0])
        chosen = parser.parse_args(given)
        _refuse_empty(parser, chosen)
    except SystemExit as end:  # argparse has said what is wrong, or shown its help
        return end.code if isinstance(end.code, int) else UNUSABLE
    return run(chosen)


def _with_whole_command(given: Sequence[str]) -> list[str]:
    """Return the words of a line, those of a command of two words as one."""
    both = " ".join(given[:2])
    return [both, *given[2:]] if both in COMMANDS else [*given]


def run(chosen: argparse.Namespace) -> int:
    """Run the command that was chosen; say what went wrong in one line."""
    with imports():
        module = MODULES.get(chosen.command, chosen.command)
        command = importlib.import_module(f"app.commands.{module}")
    try:
        status: int = command.run(chosen)
        sys.stdout.flush()
    except UsageError as error:
        print(f"layerweft: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # whoever read the output has gone; nothing more can be said there
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    return status


def _refuse_empty(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Refuse what is given but empty, as where a variable of the shell is not set."""
    for name, value in vars(chosen).items():
        if value == "" or (isinstance(value, list) and "" in value):
            parser.error(f"{name}: the text given for it is empty")


def _notice_misspelling(given: Sequence[str]) -> None:
    """Propose a command for a first word that is neither one nor a file."""
    if given and given[0].isalpha() and not is_there(given[0]):
        from difflib import get_close_matches

        for near in get_close_matches(given[0], COMMANDS, 1):
            make_parser().error(f"there is no command “{given[0]}”; did you mean “{near}”?")


def make_parser(first: str = "") -> argparse.ArgumentParser:
    """Return the parser for a line that begins with this word.

    Where that is a command it knows no other: to make them all takes longer than to read a project.
    """
    parser = Parser(
        prog="layerweft",
        description="Draw a neural network, see every shape, train it, keep the code.",
        epilog=examples_of(
            "layerweft net.weft              open a project in the window",
            "layerweft example:fashion-cnn   open an example",
            "layerweft check net.weft        shapes, parameters and problems",
            "layerweft export net.weft -o model.py",
            "layerweft train net.weft --epochs 5",
        ),
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in (first,) if first in COMMANDS else COMMANDS:
        COMMANDS[name](partial(commands.add_parser, name))
    return parser


class _Version(argparse.Action):
    """Prints the version, which takes as long to find out as all else of the command line."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(_version())
        parser.exit()


def _version() -> str:
    from importlib import metadata

    try:
        return f"layerweft {metadata.version('layerweft')}"
    except metadata.PackageNotFoundError:  # run from its folder, not installed
        return "layerweft (from its source folder)"
