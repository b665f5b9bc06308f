"""The main job with a real mouse: drag layers, wire them, see shapes, train, export, run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.screen.driver import Hosted, Screen, need_programs, until

pytestmark = pytest.mark.screen

need_programs()


@pytest.fixture
def hosted(screen: Screen, tmp_path: Path) -> Iterator[Hosted]:
    with Hosted(screen, ["empty"], {"LAYERWEFT_HOME": str(tmp_path / "home")}) as started:
        yield started


def drop(screen: Screen, hosted: Hosted, kind: str, x: float, y: float) -> None:
    """Search a kind in the palette and drag it onto the canvas."""
    before = len(hosted.ask("state")["nodes"])
    screen.click(hosted.where("palette_search"), times=3)
    screen.type(kind)
    item = until(lambda: _found(hosted, kind), f"{kind} in the palette")
    screen.drag(item, hosted.where("canvas", x=x, y=y))
    until(lambda: len(hosted.ask("state")["nodes"]) == before + 1, f"{kind} on the canvas")


def _found(hosted: Hosted, kind: str) -> tuple[int, int] | None:
    try:
        return hosted.where("palette_item", kind=kind)
    except AssertionError:
        return None


def wire(screen: Screen, hosted: Hosted, source: str, target: str) -> None:
    """Drag from an output to an input."""
    before = hosted.ask("state")["edges"]
    start = hosted.where("port", node=source, port="output", is_input=False)
    end = hosted.where("port", node=target, port="input", is_input=True)
    screen.drag(start, end)
    until(lambda: hosted.ask("state")["edges"] == before + 1, f"{source} wired to {target}")


def epochs(screen: Screen, hosted: Hosted, count: int) -> None:
    """Type how many epochs are trained."""
    screen.click(hosted.where("epochs"), times=3)
    screen.type(str(count))
    screen.key("Return")


def test_from_an_empty_canvas_to_a_file_that_runs(
    screen: Screen, hosted: Hosted, tmp_path: Path
) -> None:
    places = [
        ("Input", 0.2, 0.2),
        ("Flatten", 0.2, 0.45),
        ("Linear", 0.2, 0.7),
        ("ReLU", 0.6, 0.2),
        ("Linear", 0.6, 0.45),
        ("Output", 0.6, 0.7),
    ]
    for kind, x, y in places:
        drop(screen, hosted, kind, x, y)
    chain = ["input1", "flatten1", "linear1", "relu1", "linear2", "output1"]
    assert list(hosted.ask("state")["nodes"]) == chain
    for source, target in pairwise(chain):
        wire(screen, hosted, source, target)
    state = until(
        lambda: state if not (state := hosted.ask("state"))["problems"] else None, "no problems"
    )
    assert state["nodes"]["flatten1"]["shapes"] == ["N×784"]
    assert state["nodes"]["linear2"]["shapes"] == ["N×128"]
    assert "class Network(nn.Module)" in until(lambda: hosted.ask("code"), "the code")

    screen.click(hosted.where("card", node="linear2"))
    until(lambda: hosted.ask("state")["selected"] == 1, "a card selected")
    screen.key("ctrl+z")
    until(lambda: hosted.ask("state")["edges"] == 4, "the last wire undone")
    screen.key("ctrl+shift+z")
    until(lambda: hosted.ask("state")["edges"] == 5, "the last wire redone")

    screen.click(hosted.where("action", name="workspace_train"))
    epochs(screen, hosted, 2)
    for _ in range(4):
        if until(lambda: hosted.ask("training")["can_start"] or _button(hosted), "a fix") is True:
            break
        screen.click(until(lambda: _button(hosted), "a button that mends the recipe"))
    assert hosted.ask("state")["nodes"]["linear2"]["shapes"] == ["N×10"]
    screen.click(hosted.where("action", name="train_start"))
    until(lambda: hosted.ask("training")["points"] > 4, "points on the curve", 90)
    until(lambda: hosted.ask("training")["ended"] == "Finished", "the end of the run", 120)

    path = tmp_path / "exported" / "model.py"
    path.parent.mkdir()
    screen.key("ctrl+e")
    until(lambda: hosted.ask("dialog"), "the dialog to export")
    screen.key("ctrl+a")
    screen.type(str(path))
    screen.key("Return")
    until(path.exists, "the exported file")
    done = subprocess.run(
        [sys.executable, "-I", str(path)], capture_output=True, text=True, check=True
    )
    assert "(2, 10)" in done.stdout


def _button(hosted: Hosted) -> tuple[int, int] | None:
    at = hosted.ask("fix_button")
    return (round(at[0]), round(at[1])) if at else None


def test_train_edit_and_compare_by_the_workspaces(screen: Screen, tmp_path: Path) -> None:
    settings = {"LAYERWEFT_HOME": str(tmp_path / "home")}
    with Hosted(screen, ["iris-mlp"], settings) as hosted:

        def go(workspace: str) -> None:
            screen.click(hosted.where("action", name=f"workspace_{workspace}"))
            until(lambda: hosted.ask("state")["workspace"] == workspace, workspace)

        def train() -> None:
            until(lambda: hosted.ask("training")["can_start"], "the recipe to fit")
            screen.click(hosted.where("action", name="train_start"))
            until(lambda: hosted.ask("state")["workspace"] == "train", "the run in view", 60)
            ended = until(lambda: hosted.ask("training")["ended"], "the end of the run", 120)
            assert ended == "Finished"

        go("train")
        epochs(screen, hosted, 6)
        train()
        told = hosted.ask("training")
        assert told["epochs"] == 6
        assert len(set(told["losses"])) == len(told["losses"])
        go("draw")
        screen.click(hosted.where("card", node="relu2"))
        until(lambda: hosted.ask("state")["selected"] == 1, "a card selected")
        screen.key("ctrl+BackSpace")
        until(lambda: "relu2" not in hosted.ask("state")["nodes"], "the layer deleted")
        go("train")
        screen.click(until(lambda: hosted.ask("note"), "what was edited"))
        until(lambda: hosted.ask("state")["workspace"] == "draw", "the change in view")
        train()
        go("runs")
        screen.click(until(lambda: hosted.ask("run", index=0), "the second run"))
        screen.click_with("ctrl", hosted.where("run", index=1))
        until(lambda: hosted.ask("compared") == 2, "two curves over one another")
