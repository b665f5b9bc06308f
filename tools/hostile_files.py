"""Reads damaged and hostile project files by the thousand, and names whatever does not end well.

``python -m tools.hostile_files [PROJECTS] [NAMES] [--seed S]`` alters the examples as a merge, an
older version or an attacker might, and gives nodes, blocks and parameters names that would like to
be code. Each project has to be refused with a sentence and a place, or be read, inferred, explained
and written as code that is safe: without a traceback, within five seconds of CPU and a gigabyte of
memory, and without anything being run. Two tests do some of it: ``test_damaged_files`` and
``test_damaged_projects``.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from codegen.emit import source
from codegen.model.safety import check
from graph_model.files.storage import ProjectFileError
from graph_model.inference.infer import infer_project
from tests.graph_model.files.test_damaged_files import (
    altered,
    check_reading,
    examples,
    nothing_runs,
    read,
)

LONGEST: Final = 5
"""Seconds of CPU that a single project may take."""
LARGEST: Final = 2**20
"""Kilobytes of memory that the whole program may take."""

_PARTS: Final = [
    "x", "self", "nn", "torch", "forward", "half", "zeros", "__init__", "class", "None", "lambda",
    '"', "'", '"""', "'''", "\\", "\\n", "\n", "\r", "\t", "\0", "#", ";", ":", "(", ")", "{", "}",
    "import os", "os.system('x')", "__import__('os')", "eval", "exec", "{0}", "%s", "f'{x}'", "]",
    "ｓｅｌｆ", "ﬁ", "é", "е", "名", "\u202e", "\u2028", "\u200b", "\ud800", "\U0001f600", "1", "_",
    "a" * 300, "-", " ", ".", "/", "../", "~", "$(x)", "`x`", "<b>", "&amp;", "print", "Network",
]  # fmt: skip


class TooSlowError(Exception):
    """A project took more than its time."""


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlowError


def named(text: str, rng: random.Random) -> str:
    """Return the text of a project in which some names are made up of hostile parts."""
    document = json.loads(text)
    holders: list[dict[str, Any]] = []
    waiting: list[Any] = [document]
    while waiting:
        each = waiting.pop()
        waiting += (
            each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        )
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            holders.append(each)
    for holder in rng.sample(holders, min(len(holders), rng.choice([1, 1, 2, 5]))):
        holder["name"] = "".join(rng.choices(_PARTS, k=rng.choice([1, 1, 2, 3, 6])))
    return json.dumps(document)


def outcome(text: str) -> str:
    """Read a text and do with it all that can be done; return how far it came."""
    check_reading(text)
    with nothing_runs():
        project = read(text)
        if isinstance(project, ProjectFileError):
            return "refused"
        inference = infer_project(project)
        if inference.has_errors:
            return "with errors"
        written = source(inference)
        check(written.text, written.sections)
        compile(written.text, "<written>", "exec")
    return "written"


def timed(text: str) -> str:
    """Return the outcome of a text, or how it went wrong."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        return outcome(text)
    except TooSlowError:
        return "BAD: too slow"
    except BaseException:  # whatever it is, it is what is looked for
        return f"BAD: {traceback.format_exc(limit=-6)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> int:
    """Go through so many altered projects and so many hostile names; return 1 if any is bad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="?", type=int, default=50_000)
    parser.add_argument("names", nargs="?", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    rng, texts = random.Random(chosen.seed), examples()
    weights = [1 / len(text) for text in texts]  # a large one takes no more time than a small one
    ways: list[Callable[[str], str]] = [
        *[lambda text: altered(text, rng.randrange(2**32), mildly=rng.random() < 0.4)]
        * chosen.projects,
        *[lambda text: named(text, rng)] * chosen.names,
    ]
    outcomes: collections.Counter[str] = collections.Counter()
    slowest = 0.0
    for number, way in enumerate(ways, 1):
        text = way(*rng.choices(texts, weights))
        begun = time.process_time()
        found = timed(text)
        slowest = max(slowest, time.process_time() - begun)
        outcomes[found.partition(":")[0]] += 1
        if found.startswith("BAD"):
            print(f"{number}: {found}\n{text[:2000]}\n", flush=True)
        if number % 1000 == 0:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(f"{number}: {dict(outcomes)}, {slowest:.2f} s, {memory >> 10} MB", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(ways)}: {dict(outcomes)}, slowest {slowest:.2f} s, {memory >> 10} MB")
    return int("BAD" in outcomes or memory > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
