"""Damaged project files: refused, or read into a project that all else can work on."""

import json
import random
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from graph_model.infer import infer
from graph_model.storage import (
    ProjectFileError,
    dumps,
    loads,
)
from tests.graph_model.projects import small_project


def examples() -> list[str]:
    folder = Path(__file__).parents[2] / "resources" / "examples"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.weft"))]


JUNK = ['"', "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\x00", "1e999", "-", "null", "\u2028"]


@given(st.integers(0, 2**32 - 1), st.sampled_from(examples()))
def test_damaged_text_is_refused_or_read_whole(seed: int, text: str) -> None:
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text))
        to = at + rng.choice([0, 1, 5, 200])
        text = text[:at] + rng.choice([*JUNK, "", text[at : at + 40]]) + text[to:]
    check_reading(text)


@given(st.integers(0, 2**32 - 1), st.sampled_from(examples()))
@example(0, dumps(small_project()))
def test_altered_documents_are_refused_or_read_whole(seed: int, text: str) -> None:
    rng = random.Random(seed)
    document = json.loads(text)
    for _ in range(rng.randint(1, 3)):
        alter(document, rng)
    check_reading(json.dumps(document))


VALUES = [
    *(None, True, -1, 0, 2, 64, 1.5, 2**62, 2**64, "", "input", "N", "Conv2d", "LSTM"),
    *([], {}, [1, 2], ["N", 3, 8, 8], [0], [-1, "T"], {"number": "inf"}),
]


def alter(holder: object, rng: random.Random) -> None:
    """Change one random value somewhere within a document."""
    while isinstance(holder, dict | list) and holder:
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        inner = holder[key]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.15:
            holder[key] = rng.choice([*VALUES, inner])  # type: ignore[index]
            return
        holder = inner


def check_reading(text: str) -> None:
    """Hold that a text is refused, or read into a project that all else can work on."""
    try:
        project = loads(text)
    except ProjectFileError:
        return
    assert loads(dumps(project)) == project
    for network in project.networks.values():
        for problem in infer(network).problems:
            assert problem.message
            assert all(fix.message for fix in problem.fixes)
