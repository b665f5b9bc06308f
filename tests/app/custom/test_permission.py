"""Permission to run a text: for exactly that text, on this machine, and only by the user."""

from __future__ import annotations

import stat

import pytest

from app.permission import allow, allowed, allowed_texts, known_here, revoke
from app.settings import home
from graph_model.custom_layers.known import digest
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


def test_what_was_allowed_is_kept_to_be_read_and_revoked() -> None:
    allow(SWISH)
    allow(LINEAR)
    assert sorted(allowed_texts()) == sorted((digest(each), each) for each in (SWISH, LINEAR))
    revoke(digest(SWISH))
    revoke(digest(SWISH))
    assert allowed() == {digest(LINEAR)}
    assert not known_here().allows(SWISH)


@pytest.mark.parametrize("name", ["short.py", f"{'0' * 64}.txt", f"{'G' * 64}.py"])
def test_other_files_allow_nothing(name: str) -> None:
    allow(SWISH)
    (home() / "allowed_layers" / name).write_text(LINEAR)
    assert allowed() == {digest(SWISH)}


@pytest.mark.parametrize("stored", [b"", b"\xff", LINEAR.encode()])
def test_another_text_in_its_place_is_not_shown(stored: bytes) -> None:
    allow(SWISH)
    (home() / "allowed_layers" / f"{digest(SWISH)}.py").write_bytes(stored)
    assert allowed_texts() == [(digest(SWISH), "")]


def test_where_it_cannot_be_saved_it_is_not_given() -> None:
    home().parent.mkdir(parents=True, exist_ok=True)
    home().rmdir()
    home().write_text("a file where the folder should be")
    assert stat.S_ISREG(home().stat().st_mode)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        allow(SWISH)
    assert allowed() == frozenset()
