"""Blocks with a real mouse: made, named, opened, edited, left and repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screen.driver import Hosted, Screen, need_programs, reach, until

pytestmark = pytest.mark.screen

need_programs()


def test_a_block_made_opened_edited_and_repeated(screen: Screen, tmp_path: Path) -> None:
    with Hosted(screen, ["iris-mlp"], {"LAYERWEFT_HOME": str(tmp_path / "home")}) as hosted:
        parameters = hosted.ask("state")["parameters"]
        screen.click(hosted.where("card", node="linear1"))
        screen.click_with("shift", hosted.where("card", node="relu1"))
        reach(hosted, "two cards selected", selected=2)
        screen.key("ctrl+g")
        until(lambda: hosted.ask("asked"), "the question for a name")
        screen.type("Hidden layer")
        screen.key("Return")
        state = reach(hosted, "the block named", asked=False, parameters=parameters)
        assert state["nodes"]["hidden_layer1"]["kind"].startswith("block:")

        screen.click(hosted.where("card", node="hidden_layer1"), times=2)
        reach(hosted, "the block opened", network="Hidden layer")
        screen.click(hosted.where("card", node="relu1"))
        reach(hosted, "the activation selected", selected=1)
        screen.key("Delete")
        state = reach(hosted, "the activation removed", selected=0)
        assert set(state["nodes"]) == {"x", "linear1", "y"}
        screen.key("ctrl+z")
        reach(hosted, "its return, selected again", edges=3, selected=1)
        screen.key("Escape")
        reach(hosted, "nothing selected", selected=0)
        screen.key("Escape")
        reach(hosted, "the network again", network="Iris MLP", selected=1)

        screen.key("ctrl+r")
        until(lambda: hosted.ask("asked"), "the question how often")
        screen.type("3")
        screen.key("Return")
        state = reach(hosted, "the block repeated", asked=False)
        assert state["parameters"] > parameters
        until(lambda: "for _ in range(2)" in hosted.ask("code"), "the loop in the code")
