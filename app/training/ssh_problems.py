"""What ``ssh`` and a host say where something fails, as problems: a sentence for what people do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.runs.hosts import Host
from graph_model.problems import Problem

_OF_CONNECTION: Final[Mapping[str, str]] = {
    "could not resolve hostname": "host_unknown",
    "permission denied (": "host_no_key",
    "host key verification failed": "host_new_key",
    "remote host identification has changed": "host_new_key",
}
_OF_HOST: Final[Mapping[str, str]] = {
    "no module named 'torch'": "host_no_torch",
    "python 3.10 is needed": "host_old_python",
    "no space left on device": "host_no_room",
    "disk quota exceeded": "host_no_room",
    "cannot create directory": "host_no_folder",
    "not found": "host_no_python",
    "no such file or directory": "host_no_python",
}


def connection_problem(host: Host, said: str) -> Problem:
    """Return why a host could not be reached, from what ``ssh`` said of it."""
    return _found(_OF_CONNECTION, host, said)


def remote_problem(host: Host, said: str) -> Problem:
    """Return why something failed on a host that was reached, from what was said there."""
    return _found(_OF_HOST, host, said)


def last_line(said: str) -> str:
    """Return the last line of what was said, without its full stop."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["?"]
    return lines[-1].rstrip(".")


def _found(known: Mapping[str, str], host: Host, said: str) -> Problem:
    lower = said.lower()
    code = next((known[words] for words in known if words in lower), "host_unreachable")
    values = {"host": host.name, "reason": last_line(said)}
    if code in ("host_no_torch", "host_old_python", "host_no_python"):
        values = {"host": host.name, "python": host.python}
    elif code in ("host_no_room", "host_no_folder"):
        values["folder"] = host.folder
    return Problem(code, values)
