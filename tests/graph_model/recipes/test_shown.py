"""Which Outputs give pictures follows from their shapes, and the originals from the drawing."""

from __future__ import annotations

import pytest

from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Objective
from graph_model.recipes.shown import PictureOutput, picture_outputs
from tests.codegen.samples import Line, network

IMAGE: Line = ("Input", {"shape": ("N", 1, 8, 8)}, "")


@pytest.mark.parametrize(
    ("lines", "sizes", "original"),
    [
        ({"made": ("Conv2d", {"out_channels": 1, "padding": 1}, "image")}, (1, 8, 8), "image"),
        ({"made": ("Conv2d", {"out_channels": 3}, "image")}, (3, 6, 6), ""),
        ({"made": ("Flatten", {}, "image")}, (1, 8, 8), "image"),
        ({"made": ("RandnLike", {}, "image")}, (1, 8, 8), ""),
        (
            {
                "noise": ("Randn", {"shape": ("N", 4)}, ""),
                "linear": ("Linear", {"out_features": 64}, "noise"),
                "made": ("Unflatten", {"dim": 1, "unflattened_size": (1, 8, 8)}, "linear"),
            },
            (1, 8, 8),
            "",
        ),
        ({"made": ("Conv2d", {"out_channels": 2}, "image")}, None, ""),
        ({"made": ("Conv2d", {"out_channels": 1, "kernel_size": 6}, "image")}, None, ""),
        ({"flat": ("Flatten", {}, "image"), "made": ("Linear", {}, "flat")}, None, ""),
        ({"made": ("Greater", {"value": 0.0}, "image")}, None, ""),
    ],
)
def test_a_picture_is_told_by_its_shape(
    lines: dict[str, Line], sizes: tuple[int, int, int] | None, original: str
) -> None:
    drawn = network("drawn", {"image": IMAGE, **lines, "out": ("Output", {}, "made")})
    found = picture_outputs((Objective("out", "target", Choice("MSELoss"), 0.0),), infer(drawn))
    assert found == ((PictureOutput("out", sizes, original),) if sizes else ())


def test_what_is_only_shown_comes_first_and_scores_of_classes_are_none() -> None:
    drawn = network("drawn", {
        "image": IMAGE,
        "a": ("Output", {}, "image"), "b": ("Output", {}, "image"), "c": ("Output", {}, "image"),
    })  # fmt: skip
    objectives = (
        Objective("a", "target", Choice("MSELoss")),
        Objective("b", "target", Choice("CrossEntropyLoss")),
        Objective("c", "target", Choice("CrossEntropyLoss"), 0.0),
    )
    assert [each.output for each in picture_outputs(objectives, infer(drawn))] == ["c", "a"]
