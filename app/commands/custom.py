"""``layerweft custom``: shows the custom layers of a project, and allows one of them."""

from __future__ import annotations

import argparse

from app.commands import FINE, UsageError
from app.commands.project import read
from app.custom.permission import allow, allowed
from graph_model.custom import digest
from graph_model.custom_reading import read_text
from graph_model.network import CustomLayer
from graph_model.problems import Problem


def run(arguments: argparse.Namespace) -> int:
    """Print every text with its digest, or allow the one of a digest."""
    layers = tuple(read(arguments.file).layers.values())
    if arguments.allow:
        _allow(layers, arguments.allow)
    elif not layers:
        print("The project has no custom layers.")
    else:
        print("\n\n".join(map(_described, layers)))
    return FINE


def _described(layer: CustomLayer) -> str:
    found = digest(layer.text)
    standing = "allowed on this machine" if found in allowed() else "not allowed on this machine"
    entry = read_text(layer.text)
    mistake = [f"error: {entry.message}"] if isinstance(entry, Problem) else []
    lines = (f"    {line}".rstrip() for line in layer.text.rstrip("\n").split("\n"))
    return "\n".join([f"{layer.name}: {standing}", f"sha256 {found}", *mistake, "", *lines])


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
