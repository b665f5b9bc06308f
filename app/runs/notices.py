"""What was noticed of a run, as its log tells it: when, where, what, and what would have mended it.

Fixes are told in words alone: they were for the project as it was then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.runs.events import Noticed
from app.runs.folder import log_of
from app.runs.told import STEPS, as_mapping, lines_of, noticed_of
from graph_model.frozen import frozen
from graph_model.network import Project, used_network
from graph_model.problems import FIXES
from graph_model.recipe import BETWEEN


@frozen
class Remedy:
    """The words of a fix: a code of ``FIXES`` with its values, or what an older log has written."""

    code: str = ""
    values: Mapping[str, str] | None = None
    words: str = ""


@frozen
class Notice:
    """What was noticed, and what would mend it."""

    noticed: Noticed
    remedies: tuple[Remedy, ...] = ()


def notices_of(folder: Path) -> tuple[Notice, ...]:
    """Return what the log of a run says was noticed; nothing where it cannot be read."""
    found = []
    try:
        for line in lines_of(log_of(folder)):
            if line.startswith(STEPS) or b'"noticed"' not in line:
                continue
            read = as_mapping(line)
            noticed = noticed_of(read) if read and read.get("event") == "noticed" else None
            if read is not None and noticed is not None:
                found.append(Notice(noticed, tuple(_remedies(read))))
    except OSError:
        pass
    return tuple(found)


def way_to(project: Project | None, path: str) -> tuple[str, ...]:
    """Return the names on the way to a node from the main network; ids of what is not there."""
    names = []
    network = project.network if project is not None else None
    for id in filter(None, path.split(BETWEEN)):
        node = network.nodes.get(id) if network is not None else None
        names.append(node.name if node is not None else id)
        inner = used_network(node.kind) if node is not None else None
        network = project.networks.get(inner) if project is not None and inner else None
    return tuple(names)


def _remedies(read: Mapping[str, Any]) -> Iterator[Remedy]:
    told = read.get("mended_by")
    for each in told if isinstance(told, list) else ():
        match each:
            case {"code": str(code), "values": dict(values)} if code in FIXES and all(
                isinstance(value, str) for value in values.values()
            ):
                yield Remedy(code, values)
    if told is None and isinstance(read.get("fixes"), list):
        yield from (Remedy(words=each) for each in read["fixes"] if isinstance(each, str))
