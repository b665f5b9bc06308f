"""``layerweft check`` lists the fixes that are offered, and takes one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import cli
from app.commands import FAILED, FINE, UNUSABLE
from graph_model.files.storage import load, save
from graph_model.inference.infer import infer, infer_project
from graph_model.network import Edge, Network, Node, Port, Project
from graph_model.recipe import Choice, Recipe
from tools.mistakes import drawn


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A convolution that is far too large for its pictures."""
    network = drawn(
        ("x", "Input", {"shape": ("N", 1, 28, 28)}),
        ("conv", "Conv2d", {"out_channels": 8, "kernel_size": 99}),
        ("y", "Output", {}),
    )
    path = tmp_path / "wrong.weft"
    save(Project({network.id: network}, network.id), path)
    return path


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_fixes_stand_below_their_problems_numbered_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 1, 28, 28)}),
        ("conv", "Conv2d", {"out_channels": 8, "kernel_size": 99}),
        ("sequence", "Input", {"shape": ("N", 16, 100)}),
        ("conv2", "Conv2d", {"out_channels": 8}),
        ("y", "Output", {}, "conv"),
        ("z", "Output", {}, "conv2"),
    )
    path = tmp_path / "two.weft"
    save(Project({network.id: network}, network.id), path)
    problems = infer(network).problems
    assert cli.main(["check", str(path)]) == FAILED
    expected, number = [], 0
    for problem in problems:
        expected.append(f"error: {problem.node}: {problem.message}")
        for fix in problem.fixes:
            number += 1
            expected.append(f"  fix {number}: {fix.message}")
    assert number > 2
    assert said(capsys)[-len(expected) :] == expected
    assert cli.main(["check", str(path), "--json"]) == FAILED
    told = [
        (each["number"], each["message"])
        for problem in json.loads(capsys.readouterr().out)["problems"]
        for each in problem["fixes"]
    ]
    assert told == list(enumerate((x.message for each in problems for x in each.fixes), 1))


def test_a_fix_is_taken_by_its_number(
    wrong: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = load(wrong)
    (problem,) = infer(before.network).problems
    elsewhere = tmp_path / "mended.weft"
    assert cli.main(["check", str(wrong), "--fix", "1", "-o", str(elsewhere)]) == FINE
    assert said(capsys)[0] == f"{problem.fixes[0].message}: written to {elsewhere}"
    assert load(wrong) == before
    assert cli.main(["check", str(wrong), "--fix", "1"]) == FINE
    assert load(wrong) == load(elsewhere) != before
    assert not infer(load(wrong).network).problems


def test_a_fix_within_a_block_mends_the_block(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = replace(
        drawn(
            ("a", "Input", {"shape": ("N", 1, 28, 28)}),
            ("conv", "Conv2d", {"out_channels": 8, "kernel_size": 99}),
            ("out", "Output", {}),
        ),
        id="b",
        name="Block",
        role="block",
    )
    nodes = {
        "x": Node("x", "Input", "x", {"shape": ("N", 1, 28, 28)}),
        "use": Node("use", "block:b", "use"),
        "y": Node("y", "Output", "y"),
    }
    edges = [("x", "output", "use", "a"), ("use", "out", "y", "input")]
    main = Network(
        "main",
        "Main",
        nodes,
        {Port(c, d): Edge(Port(a, b), Port(c, d)) for a, b, c, d in edges},
    )
    path = tmp_path / "block.weft"
    save(Project({"main": main, "b": block}, "main"), path)
    assert cli.main(["check", str(path), "--fix", "1"]) == FINE
    mended = load(path)
    assert mended.networks["b"].nodes["conv"].arguments["kernel_size"] == 3
    assert not infer_project(mended).problems


def test_what_is_inserted_has_a_place(tmp_path: Path) -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 28, 28)}),
        ("conv", "Conv2d", {"out_channels": 8}),
        ("y", "Output", {}),
    )
    path = tmp_path / "insert.weft"
    save(Project({network.id: network}, network.id), path)
    assert cli.main(["check", str(path), "--fix", "1"]) == FINE
    mended = load(path)
    places = mended.layouts[mended.main]
    assert set(places) == set(mended.network.nodes)
    assert len(set(places.values())) == 4


def test_a_fix_of_the_recipe_is_taken_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "holes.csv"
    table.write_text("a,b,target\n1,2,x\n,3,y\n" + "4,5,x\n6,7,y\n" * 20, encoding="utf-8")
    network = drawn(
        ("x", "Input", {"shape": ("N", 2)}),
        ("fc", "Linear", {"out_features": 2}),
        ("y", "Output", {}),
    )
    data = {"path": str(table), "target": "target", "missing": "refuse"}
    recipe = Recipe(Choice("csv", data))
    path = tmp_path / "table.weft"
    save(Project({network.id: network}, network.id, recipe=recipe), path)
    assert cli.main(["check", str(path)]) == FAILED
    assert any(line.startswith("  fix 1: ") for line in said(capsys))
    assert cli.main(["check", str(path), "--fix", "1"]) == FINE


def test_what_cannot_be_taken_is_said(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(wrong), "--fix", "9"]) == UNUSABLE
    assert "There is no fix 9" in capsys.readouterr().err
    assert cli.main(["check", str(wrong), "--fix", "0"]) == UNUSABLE
    assert cli.main(["check", "example:iris-mlp", "--fix", "1"]) == UNUSABLE
    assert "nothing that a fix" in capsys.readouterr().err
