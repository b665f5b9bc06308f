"""The habits of the hand with a real mouse: wires, cards, menus and keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screen.driver import Hosted, Screen, need_programs, reach, until

pytestmark = pytest.mark.screen

need_programs()


def test_wires_are_things(screen: Screen, tmp_path: Path) -> None:
    with Hosted(screen, ["iris-mlp"], {"LAYERWEFT_HOME": str(tmp_path / "home")}) as hosted:
        before = hosted.ask("state")
        edges, count = before["edges"], len(before["nodes"])
        wire = hosted.where("wire", node="relu1", port="input")
        screen.click(wire)
        reach(hosted, "the wire selected", wires=1, selected=0)
        screen.key("Delete")
        reach(hosted, "the wire removed", edges=edges - 1, wires=0)
        screen.key("ctrl+z")
        reach(hosted, "its return", edges=edges)

        screen.click(hosted.where("wire", node="relu1", port="input"), button=3)
        reach(hosted, "its menu", menu=True, wires=1)
        screen.key("Escape")
        reach(hosted, "the menu gone", menu=False)
        screen.key("Tab")
        until(lambda: hosted.ask("offers"), "layers that fit into the wire")
        screen.type("dropout 0.3")
        screen.key("Return")
        state = reach(hosted, "the layer in the wire", edges=edges + 1, selected=1)
        assert len(state["nodes"]) == count + 1
        screen.key("ctrl+BackSpace")
        state = reach(hosted, "the chain whole again", edges=edges)
        assert len(state["nodes"]) == count


def test_cards_are_copied_connected_and_framed(screen: Screen, tmp_path: Path) -> None:
    with Hosted(screen, ["iris-mlp"], {"LAYERWEFT_HOME": str(tmp_path / "home")}) as hosted:
        before = hosted.ask("state")
        edges, count = before["edges"], len(before["nodes"])
        screen.click(hosted.where("card", node="linear1"))
        screen.click_with("ctrl", hosted.where("card", node="relu1"))
        reach(hosted, "two cards selected", selected=2)
        screen.key("Escape")
        screen.click(hosted.where("card", node="relu1"))
        screen.key("shift+d")
        until(lambda: len(hosted.ask("state")["nodes"]) == count + 1, "the copy")
        state = reach(hosted, "the copy selected", selected=1)
        copy = next(name for name in state["nodes"] if name not in before["nodes"])
        start = hosted.where("port", node="linear1", port="output", is_input=False)
        across, down = hosted.where("card", node=copy)
        screen.drag(start, (across + 30, down + 6))
        reach(hosted, "the wire laid to the card", edges=edges + 1)

        zoom = hosted.ask("state")["zoom"]
        screen.key("f")
        until(lambda: hosted.ask("state")["zoom"] > zoom, "the selection framed")
        screen.key("Home")
        until(lambda: hosted.ask("state")["zoom"] <= zoom, "all in view")
        screen.key("ctrl+f")
        screen.type("linear1")
        screen.key("Return")
        reach(hosted, "the node found", selected_names=["linear1"])
        screen.click(hosted.where("canvas", x=0.05, y=0.9), button=3)
        reach(hosted, "the menu of the canvas", menu=True, selected=0)
        screen.key("Escape")
