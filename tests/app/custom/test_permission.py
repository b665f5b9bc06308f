"""Permission to run a text: for exactly that text, on this machine, and only by the user."""

from __future__ import annotations

import json
import stat

import pytest

from app.custom.permission import allow, allowed, known_here
from app.settings import home
from graph_model.custom import digest
from tests.custom_layers import LINEAR, SWISH


def test_nothing_is_allowed_at_first() -> None:
    assert allowed() == frozenset()


def test_exactly_the_text_that_was_allowed() -> None:
    allow(SWISH)
    allow(LINEAR)
    assert allowed() == {digest(SWISH), digest(LINEAR)}
    known = known_here()
    assert known.allows(SWISH)
    for other in (
        f"{SWISH}\n",
        SWISH.rstrip("\n"),
        SWISH.replace("a", "\u0430"),  # Cyrillic, and looks the same
    ):
        assert not known.allows(other)


@pytest.mark.parametrize(
    "stored",
    ["", "{", "[]", '{"allowed": 3}', '{"allowed": [3, "short", null]}', "[" * 100_000, "\udcff"],
)
def test_a_damaged_file_allows_nothing(stored: str) -> None:
    home().mkdir(parents=True, exist_ok=True)
    path = home() / "allowed_layers.json"
    path.write_bytes(stored.encode(errors="surrogateescape"))
    assert allowed() == frozenset()
    allow(SWISH)
    assert json.loads(path.read_text())["allowed"] == [digest(SWISH)]


def test_where_it_cannot_be_saved_it_is_not_given() -> None:
    home().parent.mkdir(parents=True, exist_ok=True)
    home().rmdir()
    home().write_text("a file where the folder should be")
    assert stat.S_ISREG(home().stat().st_mode)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        allow(SWISH)
    assert allowed() == frozenset()
