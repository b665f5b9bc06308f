"""``layerweft custom``: shows the custom layers of a project, and allows one of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import FINE, UsageError
from app.commands.project import read
from app.permission import allow, allowed, allowed_texts, revoke, yields_samples
from codegen.importing.source import module_names
from graph_model.custom_layers.known import digest
from graph_model.custom_layers.reading import read_text
from graph_model.problems import Problem, Refusal


def run(arguments: argparse.Namespace) -> int:
    """Print every text with its digest, or allow or revoke the one of a digest."""
    if arguments.list:
        shown = [_described(text, digest) for digest, text in allowed_texts()]
        print("\n\n".join(shown) or "No custom layer may run on this machine.")
        return FINE
    if arguments.revoke:
        _revoke(arguments.revoke)
        return FINE
    if arguments.file is None:
        raise UsageError("Name a project file, or --list what may run.")
    texts = _texts(Path(arguments.file))
    if arguments.allow:
        _allow(texts, arguments.allow)
    elif not texts:
        print("The project has no custom layers.")
    else:
        print("\n\n".join(_described(each, digest(each)) for each in texts))
    return FINE


def _texts(file: Path) -> tuple[str, ...]:
    """Return the custom layers of a project, or the text of a Python file that yields samples."""
    if file.suffix != ".py":
        return tuple(layer.text for layer in read(str(file)).layers.values())
    from app.data.own.source import text_of

    try:
        return (text_of(file),)
    except Refusal as refusal:
        raise UsageError(refusal.problem.message) from None


def _described(text: str, found: str) -> str:
    standing = "allowed on this machine" if found in allowed() else "not allowed on this machine"
    entry = read_text(text)
    is_other = yields_samples(text) or bool(module_names(text))
    is_wrong = isinstance(entry, Problem) and not is_other
    mistake = [f"error: {entry.message}"] if is_wrong and isinstance(entry, Problem) else []
    lines = (f"    {line}".rstrip() for line in text.rstrip("\n").split("\n"))
    return "\n".join([f"{_name(text)}: {standing}", f"sha256 {found}", *mistake, "", *lines])


def _name(text: str) -> str:
    entry = read_text(text)
    if isinstance(entry, Problem):
        if names := module_names(text):
            return names[0]
        return "Samples of your own" if yields_samples(text) else "Unreadable text"
    return entry.name


def _revoke(wanted: str) -> None:
    """Revoke the permission of this digest; raises ``UsageError`` where there is none."""
    if wanted not in allowed():
        raise UsageError(f"No text with the SHA-256 {wanted} may run on this machine.")
    try:
        revoke(wanted)
    except OSError as error:
        raise UsageError(f"The permission cannot be taken back: {error.strerror}.") from None
    print("It runs on this machine no more.")


def _allow(texts: tuple[str, ...], wanted: str) -> None:
    """Allow the text of this digest; raises ``UsageError`` where the project has none."""
    for text in texts:
        if digest(text) == wanted:
            try:
                allow(text)
            except OSError as error:
                raise UsageError(f"The permission cannot be saved: {error.strerror}.") from None
            print(f"{_name(text)} may run on this machine now.")
            return
    raise UsageError(f"No custom layer of the project has the SHA-256 {wanted}.")
