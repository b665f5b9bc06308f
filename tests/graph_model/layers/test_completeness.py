"""Whatever ``torch.nn`` has is in the catalogue, or is left out for cause.

When torch gains a class, or a class an argument, one of these tests fails and says which; the
signatures themselves are held in ``test_signatures``.
"""

from __future__ import annotations

import inspect

from torch import nn

from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.layers.left_out import LEFT_OUT
from graph_model.recipes.losses import LOSSES


def _theirs() -> set[str]:
    return {
        name
        for name, member in vars(nn).items()
        if inspect.isclass(member) and issubclass(member, nn.Module)
    }


def _ours() -> set[str]:
    return {kind.form.target for kind in LAYERS.values() if isinstance(kind.form, Module)}


def test_torch_has_no_class_that_is_not_here() -> None:
    assert _theirs() - _ours() - set(LEFT_OUT) == set()


def test_nothing_is_here_that_torch_lacks() -> None:
    assert _ours() <= _theirs()


def test_what_is_left_out_is_really_left_out() -> None:
    assert set(LEFT_OUT) & _ours() == set()
    newer = {"LinearCrossEntropyLoss"}  # than the oldest torch that is supported
    assert set(LEFT_OUT) - _theirs() <= newer
    assert all(reason for reason in LEFT_OUT.values())


def test_a_loss_of_the_recipe_takes_what_its_layer_takes() -> None:
    """But for what becomes of a batch, a class that does not count, and weights of classes, which
    a recipe takes from the data.
    """
    of_drawings = {"reduction", "ignore_index", "weight", "pos_weight"}
    for name, loss in LOSSES.items():
        if loss.takes_target and name in LAYERS:
            own = {each.name for each in LAYERS[name].parameters} - of_drawings
            assert {each.name for each in loss.parameters} - {"balanced"} == own, name
            assert loss.help == LAYERS[name].help


def test_a_lazy_class_has_its_twin() -> None:
    for name in _theirs():
        if name.startswith("Lazy"):
            assert name.removeprefix("Lazy") in _ours()
