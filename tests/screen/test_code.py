"""The code with a real mouse and keys: the drawing follows, and what is not understood is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screen.driver import Hosted, Screen, need_programs, reach, until

pytestmark = pytest.mark.screen

need_programs()


def test_code_is_typed_and_the_drawing_follows(screen: Screen, tmp_path: Path) -> None:
    with Hosted(screen, ["iris-mlp"], {"LAYERWEFT_HOME": str(tmp_path / "home")}) as hosted:

        def click(text: str) -> None:
            """Put the caret behind a text."""
            place = until(lambda: hosted.ask("code_place", text=text), f"the code {text}")
            screen.click((place[0], place[1]))

        before = hosted.ask("state")
        first = until(lambda: hosted.ask("code"), "the code")
        click("self.linear1 = nn.Linear(4, 1")
        screen.key("BackSpace")
        screen.type("2")
        state = until(
            lambda: (now := hosted.ask("state"))["parameters"] != before["parameters"] and now,
            "the drawing as it was typed",
        )
        assert state["selected_names"] == ["linear1"]
        until(lambda: "nn.Linear(26, " in hosted.ask("code"), "the size that follows")
        screen.key("ctrl+z")
        reach(hosted, "the drawing of before", parameters=before["parameters"])
        until(lambda: hosted.ask("code") == first, "its code")

        click("nn.Linear(4, 16)")
        screen.key("Return")
        screen.type("self.drop = nn.Dropout(0.2)")
        until(lambda: "drop" in hosted.ask("code_said"), "a word on what is never called")
        click("self.linear2(x")
        screen.type(")")
        until(lambda: "Python" in hosted.ask("code_said"), "a word on what is no Python")
        assert len(hosted.ask("state")["nodes"]) == len(before["nodes"])
