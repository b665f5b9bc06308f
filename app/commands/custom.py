"""``layerweft custom``: shows the custom layers of a project, and allows one of them."""

from __future__ import annotations

import argparse

from app.commands import FINE, UsageError
from app.commands.project import read
from app.custom.permission import allow, allowed, allowed_texts, revoke
from graph_model.custom_layers.known import digest
from graph_model.custom_layers.reading import read_text
from graph_model.network import CustomLayer
from graph_model.problems import Problem


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
    layers = tuple(read(arguments.file).layers.values())
    if arguments.allow:
        _allow(layers, arguments.allow)
    elif not layers:
        print("The project has no custom layers.")
    else:
        print("\n\n".join(_described(each.text, digest(each.text)) for each in layers))
    return FINE


def _described(text: str, found: str) -> str:
    standing = "allowed on this machine" if found in allowed() else "not allowed on this machine"
    entry = read_text(text)
    mistake = [f"error: {entry.message}"] if isinstance(entry, Problem) else []
    name = "Unreadable text" if isinstance(entry, Problem) else entry.name
    lines = (f"    {line}".rstrip() for line in text.rstrip("\n").split("\n"))
    return "\n".join([f"{name}: {standing}", f"sha256 {found}", *mistake, "", *lines])


def _revoke(wanted: str) -> None:
    """Revoke the permission of this digest; raises ``UsageError`` where there is none."""
    if wanted not in allowed():
        raise UsageError(f"No text with the SHA-256 {wanted} may run on this machine.")
    try:
        revoke(wanted)
    except OSError as error:
        raise UsageError(f"The permission cannot be taken back: {error.strerror}.") from None
    print("It runs on this machine no more.")


def _allow(layers: tuple[CustomLayer, ...], wanted: str) -> None:
    """Allow the text of this digest; raises ``UsageError`` where the project has none."""
    for layer in layers:
        if digest(layer.text) == wanted:
            try:
                allow(layer.text)
            except OSError as error:
                raise UsageError(f"The permission cannot be saved: {error.strerror}.") from None
            print(f"{layer.name} may run on this machine now.")
            return
    raise UsageError(f"No custom layer of the project has the SHA-256 {wanted}.")
