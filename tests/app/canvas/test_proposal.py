"""What a fix of a diagnosis would change is seen before, and undone in one step."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QGraphicsPathItem

from app.canvas.view import CanvasView
from app.look import theme
from app.project.document import Document, Selection
from app.project.places import Found, Place
from app.project.state import Trail
from app.widgets.problem_card import FixButton
from graph_model.editing.edits import set_init
from graph_model.network import Project
from graph_model.problems import (
    AddOption,
    ChooseInRecipe,
    Fix,
    InsertBefore,
    Problem,
    ReplaceKinds,
    ResetInit,
    SetDataArguments,
    SetOptionArguments,
)
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import graph

NETWORK = graph(
    ("entry", "Input", {"shape": ("N", 4)}, ()),
    ("first", "Linear", {"out_features": 8}, ("entry",)),
    ("squashed", "Sigmoid", {}, ("first",)),
    ("log", "Log", {}, ("squashed",)),
    ("last", "Linear", {"out_features": 3}, ("log",)),
    ("exit", "Output", {}, ("last",)),
)
RECIPE = Recipe(
    Choice("iris", {"normalize": False}),
    optimizer=Choice("Adam", {"lr": 30.0}),
    options=(Choice("autocast", {"dtype": "float16"}),),
)
LR = {"parameter": "lr", "value": "?"}
FIXES = {
    "rate": (
        Fix("set_argument", ChooseInRecipe("optimizer", "Adam", {"lr": 0.003}), LR),
        "optimizer.lr: 30 → 0.003",
    ),
    "data": (
        Fix("set_argument", SetDataArguments({"normalize": True}), LR),
        "data.normalize: off → on",
    ),
    "option": (
        Fix("add_option", AddOption("early_stopping", {"patience": 5}), {"option": "x"}),
        "early_stopping",
    ),
    "precision": (
        Fix("set_argument", SetOptionArguments("autocast", {"dtype": "bfloat16"}), LR),
        "float16 → bfloat16",
    ),
    "kinds": (
        Fix(
            "replace_kinds",
            ReplaceKinds(("squashed",), "ReLU"),
            {"kind": "ReLU", "count": "1"},
            "squashed",
        ),
        "kind: Sigmoid → ReLU",
    ),
    "init": (
        Fix("reset_init", ResetInit("weight"), {"group": "weight"}, "first"),
        "init.weight: normal_(std=20.0)",
    ),
    "insertion": (
        Fix(
            "insert_layer", InsertBefore("input", "Clamp", {"min": 1e-6}), {"kind": "Clamp"}, "log"
        ),
        "clamp1: added",
    ),
}


@pytest.fixture
def document(qapp: object) -> Document:
    theme.manager().install()
    heavy = set_init(NETWORK, "first", "weight", Choice("normal_", {"std": 20.0}))
    return Document(Project({"main": heavy}, "main", recipe=RECIPE))


def button(document: Document, fix: Fix) -> FixButton:
    problem = Problem("rate_too_high", {}, node=fix.node, fixes=(fix,))
    found = Found(problem, Place(Trail("main"), fix.node), "main", ())
    return FixButton(document, fix, found)


@pytest.mark.parametrize("name", FIXES)
def test_a_fix_says_what_it_changes_and_is_undone_in_one_step(
    name: str, document: Document, qtbot
) -> None:
    (fix, words), before = FIXES[name], document.project
    made = button(document, fix)
    qtbot.addWidget(made)
    assert words in made.preview()
    assert document.project is before
    made.click()
    assert document.project != before
    assert document.history.count() == 1
    document.history.undo()
    assert document.project == before


def test_the_drawing_shows_what_would_change_while_one_points_at_it(
    document: Document, qtbot
) -> None:
    canvas = CanvasView(document, Selection(document), theme.manager())
    qtbot.addWidget(canvas)
    shown = {}
    for name in ("rate", "kinds", "insertion"):
        made = button(document, FIXES[name][0])
        qtbot.addWidget(made)
        made.show()
        made.setFocus()
        made._show()
        shown[name] = [each for each in canvas._proposal.items if each.scene() is canvas.canvas]
        made.hide()
        assert canvas._proposal.items == []
    assert shown["rate"] == []
    (ring,), (label,) = shown["kinds"], shown["insertion"]
    assert ring.pos().toTuple() == tuple(canvas.canvas.centre("squashed"))
    between = [canvas.canvas.centre(each) for each in ("squashed", "log")]
    assert label.pos().toTuple() == tuple(sum(axis) / 2 for axis in zip(*between, strict=True))
    assert isinstance(label, QGraphicsPathItem)
    assert label.childItems()[0].text() == "+ clamp1"
