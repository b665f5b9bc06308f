"""Every transform through the text that trains, against the same by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from codegen.training.transforms import FORMS
from graph_model.network import Network
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.facts import ArrayFacts, DataFacts, classification
from graph_model.recipes.transforms import TRANSFORMS, Suits
from tests.codegen.samples import network
from tests.codegen.training.tiny import TRAINED, begun, finished, problems, run
from tests.codegen.training.transforms_by_hand import moved, transformed

PICTURES = network("Pictures", {
    "x": ("Input", {"shape": ("N", 3, 7, 9)}, ""),
    "flat": ("Flatten", {}, "x"),
    "fc": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
SERIES = network("Series", {
    "x": ("Input", {"shape": ("N", 11, 2)}, ""),
    "flat": ("Flatten", {}, "x"),
    "fc": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
TOKENS = network("Words", {
    "x": ("Input", {"shape": ("N", 12), "dtype": "int64"}, ""),
    "words": ("Embedding", {"num_embeddings": 9, "embedding_dim": 2}, "x"),
    "flat": ("Flatten", {}, "words"),
    "fc": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
NETWORKS = {Suits.SERIES: SERIES, Suits.TOKENS: TOKENS}
SHAPES = {Suits.SERIES: (11, 2), Suits.TOKENS: (12,)}
TARGET = torch.arange(12) % 3
RECIPE = Recipe(batch_size=3, epochs=2, seed=4)
CHANGED = [name for name, kind in TRANSFORMS.items() if not kind.fitted]
VARIED: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in CHANGED),
    *(("rotate", {"outside": outside}) for outside in ("border", "reflection")),
    *(("affine", {"outside": outside}) for outside in ("border", "reflection")),
    *(("crop", {"outside": outside, "padding": 2}) for outside in ("border", "reflection")),
    ("rotate", {"degrees": 180.0}),
    ("affine", {"shift": 0.4, "zoom": 0.5, "shear": 0.7}),
    ("blur", {"largest": 2.5}),
    ("erase", {"probability": 1.0, "smallest": 0.5, "largest": 1.0}),
    ("mixup", {"probability": 0.5, "alpha": 1.0}),
    ("cutmix", {"probability": 0.5, "alpha": 0.4}),
    ("rand_augment", {"count": 4, "strength": 1.0}),
    ("token_mask", {"token": 5, "probability": 0.4}),
]  # fmt: skip


def data_for(name: str) -> tuple[Network, DataFacts, Tensor]:
    suits = TRANSFORMS[name].suits
    shape = SHAPES.get(suits, (3, 7, 9))
    drawn = torch.Generator().manual_seed(1)
    facts = classification(12, shape, ("a", "b", "c"))
    if suits is Suits.TOKENS:
        x = torch.randint(9, (12, *shape), generator=drawn)
        arrays = {**facts.arrays, "features": ArrayFacts("features", shape, "int64", highest=8)}
        facts = replace(facts, arrays=arrays)
    else:
        x = torch.randn((12, *shape), generator=drawn)
    return NETWORKS.get(suits, PICTURES), facts, x


def changed(recipe: Recipe, index: list[int], epoch: int = 0) -> tuple[Tensor, ...]:
    """Return what the text makes of samples of these numbers."""
    net, facts, x = data_for(recipe.transforms[0].kind)
    assert problems(recipe, net, facts) == ()
    training: Any = begun(recipe, net, facts, x, TARGET).training
    training.transforms.begin(epoch)
    made: tuple[Tensor, ...] = training.transforms(torch.tensor(index), x[index], TARGET[index])
    return made


def test_every_transform_has_a_form() -> None:
    assert set(FORMS) == set(CHANGED)


@pytest.mark.parametrize(("name", "arguments"), VARIED)
def test_a_transform_is_that_by_hand(name: str, arguments: dict[str, Any]) -> None:
    recipe = replace(RECIPE, transforms=(Choice(name, arguments),))
    _, _, x = data_for(name)
    is_other = False
    for epoch in range(3):
        for index in ([0, 1, 2, 3], [7, 5]):
            made = changed(recipe, index, epoch)
            by_hand, soft = transformed(
                recipe, epoch, TRAINED, index, x[index].numpy(), 3, TARGET[index].numpy()
            )
            assert made[0].shape == x[index].shape
            assert made[0].dtype == x.dtype
            np.testing.assert_allclose(made[0].numpy(), by_hand, atol=3e-5)
            is_other |= not torch.equal(made[0], x[index])
            assert torch.equal(made[1], TARGET[index])  # figures count what it is
            if soft is not None:
                np.testing.assert_allclose(made[2].numpy(), soft, atol=1e-6)
    assert is_other


@pytest.mark.parametrize("name", [name for name in CHANGED if not TRANSFORMS[name].mixes])
def test_a_sample_is_changed_alike_in_every_batch(name: str) -> None:
    recipe = replace(RECIPE, transforms=(Choice(name),))
    together = changed(recipe, [0, 1, 2, 3, 4, 5, 6, 7])[0]
    for index in ([3], [6, 2, 3], [7, 0]):
        assert torch.equal(changed(recipe, index)[0], together[index])
    assert not torch.equal(changed(recipe, [*range(8)], epoch=1)[0], together)
    other = replace(recipe, seed=recipe.seed + 1)
    assert not torch.equal(changed(other, [*range(8)])[0], together)


def test_several_follow_one_another_with_numbers_of_their_own() -> None:
    transforms = [
        Choice("horizontal_flip"), Choice("crop", {"padding": 2}), Choice("noise"),
        Choice("mixup"), Choice("horizontal_flip"), Choice("noise", {"deviation": 0.5}),
        Choice("cutmix", {"probability": 0.5}), Choice("feature_dropout"),
    ]  # fmt: skip
    recipe = replace(RECIPE, transforms=tuple(transforms))
    _, _, x = data_for("crop")
    index = [4, 0, 6, 1]
    made = changed(recipe, index, 1)
    by_hand, soft = transformed(
        recipe, 1, TRAINED, index, x[index].numpy(), 3, TARGET[index].numpy()
    )
    np.testing.assert_allclose(made[0].numpy(), by_hand, atol=1e-5)
    assert soft is not None
    np.testing.assert_allclose(made[2].numpy(), soft, atol=1e-6)


@pytest.mark.parametrize("name", CHANGED)
def test_what_trains_is_changed_and_what_is_evaluated_is_not(name: str) -> None:
    recipe = replace(RECIPE, transforms=(Choice(name),))
    net, facts, x = data_for(name)
    ran = begun(recipe, net, facts, x, TARGET)
    seen: dict[bool, list[Tensor]] = {True: [], False: []}
    ran.training.model.register_forward_pre_hook(
        lambda model, given: seen[model.training].append(given[0].clone())
    )
    finished(ran)
    assert all(torch.equal(each, x[TRAINED:]) for each in seen[False])
    known = {each.numpy().tobytes() for each in x}
    assert any(each.numpy().tobytes() not in known for batch in seen[True] for each in batch)
    assert torch.isfinite(torch.tensor(ran.losses)).all()


def test_a_training_without_transforms_has_no_line_for_them() -> None:
    net, facts, x = data_for("crop")
    text = run(replace(RECIPE, epochs=1), net, facts, x, TARGET).text
    assert "ransforms" not in text
    assert "import random" not in text
    flip = run(
        replace(RECIPE, epochs=1, transforms=(Choice("horizontal_flip"),)), net, facts, x, TARGET
    )
    assert len(flip.text.splitlines()) - len(text.splitlines()) < 40


SEGMENTS = network("Segments", {
    "x": ("Input", {"shape": ("N", 3, 7, 9)}, ""),
    "conv": ("Conv2d", {"out_channels": 3, "kernel_size": 1}, "x"),
    "y": ("Output", {}, "conv"),
})  # fmt: skip
MOVING = [name for name, kind in TRANSFORMS.items() if kind.pixels_move]


@pytest.mark.parametrize("name", [*MOVING, "noise", "brightness_contrast", "blur", "erase"])
def test_masks_and_pictures_that_are_targets_move_with_the_input(name: str) -> None:
    """Where the mask is a function of the pixel, it is so afterwards: the two stay together."""
    mask = torch.randint(3, (12, 3, 3), generator=torch.Generator().manual_seed(0))
    mask = mask.repeat_interleave(3, 1).repeat_interleave(3, 2)[:, :7]
    x = torch.nn.functional.one_hot(mask, 3).movedim(-1, 1).float()
    told = {"strength": 0.9, "count": 1} if name == "rand_augment" else {}
    recipe = replace(RECIPE, transforms=(Choice(name, told),))
    arrays = {
        "features": ArrayFacts("features", (3, 7, 9)),
        "target": ArrayFacts("target", (7, 9), "int64", 3),
    }
    facts = DataFacts(12, arrays, class_names=("a", "b", "c"))
    assert problems(recipe, SEGMENTS, facts) == ()
    training: Any = begun(recipe, SEGMENTS, facts, x, mask).training
    training.transforms.begin(0)
    index = torch.arange(8)
    picture, moved_mask = training.transforms(index, x[:8], mask[:8])
    assert moved_mask.dtype == mask.dtype
    if name not in MOVING:
        assert torch.equal(moved_mask, mask[:8])
        return
    assert not torch.equal(moved_mask, mask[:8])
    if name in ("horizontal_flip", "vertical_flip", "crop"):
        inside = picture.sum(1) > 0
        assert torch.equal(picture.argmax(1)[inside], moved_mask[inside])
        return
    sure = (picture.amax(1) > 0.55) & (picture.sum(1) > 0.9) & (picture.sum(1) < 1.1)
    if name != "rand_augment":
        assert sure.any()
        assert (picture.argmax(1)[sure] == moved_mask[sure]).float().mean() > 0.95


def test_a_mask_is_moved_by_its_nearest_pixels() -> None:
    mask = torch.arange(12 * 63).view(12, 7, 9) % 3
    x = torch.randn(12, 3, 7, 9)
    told = {"degrees": 90.0, "outside": "border"}
    recipe = replace(RECIPE, transforms=(Choice("rotate", told),))
    arrays = {
        "features": ArrayFacts("features", (3, 7, 9)),
        "target": ArrayFacts("target", (7, 9), "int64", 3),
    }
    facts = DataFacts(12, arrays, class_names=("a", "b", "c"))
    training: Any = begun(recipe, SEGMENTS, facts, x, mask).training
    training.transforms.begin(0)
    _, found = training.transforms(torch.arange(8), x[:8], mask[:8])
    turns = (2 * training.transforms.chance[:, 0].double() - 1) * np.pi / 2
    for at in range(8):
        by_hand = moved(mask[at : at + 1].numpy(), turn=float(turns[at]), outside="border", order=0)
        assert (found[at].numpy() == by_hand[0]).mean() > 0.95  # ties are rounded either way


def codes(recipe: Recipe, net: Network, facts: DataFacts) -> list[str]:
    return [each.code for each in problems(recipe, net, facts)]


@pytest.mark.parametrize("name", TRANSFORMS)
def test_a_transform_that_suits_no_input_is_a_sentence(name: str) -> None:
    suits = TRANSFORMS[name].suits
    facts = classification(12, (4,), ("a", "b", "c"))
    plain = network("Plain", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fc": ("Linear", {"out_features": 3}, "x"),
        "y": ("Output", {}, "fc"),
    })  # fmt: skip
    recipe = replace(RECIPE, transforms=(Choice(name),))
    expected = [] if suits is Suits.NUMBERS else ["transform_unsuited"]
    assert codes(recipe, plain, facts) == expected
    if name != "token_mask":
        tokens, facts, _ = data_for("token_mask")
        (problem,) = problems(recipe, tokens, facts)
        assert problem.code == "transform_unsuited"
        assert "int64" in problem.message


@pytest.mark.parametrize(
    ("transforms", "loss", "code"),
    [
        ((Choice("mixup"),), Choice("FocalLoss"), "transform_cannot_mix"),
        ((Choice("cutmix"),), Choice("NLLLoss"), "transform_cannot_mix"),
        ((Choice("mixup"),), Choice("MultiMarginLoss"), "transform_cannot_mix"),
        ((Choice("erase", {"smallest": 0.5}),), Choice("CrossEntropyLoss"), "transform_of_no_size"),
        (
            (Choice("crop", {"padding": 7, "outside": "reflection"}),),
            Choice("CrossEntropyLoss"),
            "transform_border",
        ),
        ((Choice("scale"), Choice("scale")), Choice("CrossEntropyLoss"), "transform_twice"),
        ((Choice("noise", {"deviation": -1.0}),), Choice("CrossEntropyLoss"), "not_above"),
        ((Choice("magic"),), Choice("CrossEntropyLoss"), "unknown_choice"),
    ],
)  # fmt: skip
def test_what_a_transform_cannot_do_is_a_sentence(
    transforms: tuple[Choice, ...], loss: Choice, code: str
) -> None:
    net, facts, _ = data_for("crop")
    objectives = (Objective("y", "target", loss),)
    assert codes(replace(RECIPE, transforms=transforms, objectives=objectives), net, facts) == [
        code
    ]


@pytest.mark.parametrize("name", ["Transforms", "Scores", "Training"])
def test_a_network_may_be_called_as_a_class_of_the_text(name: str) -> None:
    net, facts, x = data_for("crop")
    recipe = replace(RECIPE, epochs=1, transforms=(Choice("crop"),))
    named = run(recipe, replace(net, name=name), facts, x, TARGET)
    assert named.losses == run(recipe, net, facts, x, TARGET).losses
