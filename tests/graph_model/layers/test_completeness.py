"""Whatever ``torch.nn`` has is in the catalogue, is a loss of the recipe, or is left out for cause.

When torch gains a class, or a class an argument, one of these tests fails and says which; the
signatures themselves are held in ``test_signatures``.
"""

from __future__ import annotations

import inspect
from typing import Final

from torch import nn

from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.layers.left_out import LEFT_OUT
from graph_model.recipes.losses import LOSSES

THEIR_LOSSES: Final = {name for name, kind in LOSSES.items() if kind.takes_target}


def _theirs() -> set[str]:
    return {
        name
        for name, member in vars(nn).items()
        if inspect.isclass(member) and issubclass(member, nn.Module)
    }


def _ours() -> set[str]:
    return {kind.form.target for kind in LAYERS.values() if isinstance(kind.form, Module)}


def test_torch_has_no_class_that_is_not_here() -> None:
    assert _theirs() - _ours() - THEIR_LOSSES - set(LEFT_OUT) == set()


def test_nothing_is_here_that_torch_lacks() -> None:
    assert _ours() | THEIR_LOSSES <= _theirs()


def test_what_is_left_out_is_really_left_out() -> None:
    assert set(LEFT_OUT) & (_ours() | THEIR_LOSSES) == set()
    newer = {"LinearCrossEntropyLoss"}  # than the oldest torch that is supported
    assert set(LEFT_OUT) - _theirs() <= newer
    assert all(reason for reason in LEFT_OUT.values())


_NOT_OFFERED: Final = {
    "size_average": "deprecated by torch in favour of reduction",
    "reduce": "deprecated by torch in favour of reduction",
    "reduction": "a run needs one number for each batch, and one for each sample to show the worst",
    "weight": "a tensor, which a recipe does not hold",
    "pos_weight": "a tensor, which a recipe does not hold",
    "ignore_index": "every sample of the data sources here has a class",
}
"""What torch's losses take and a recipe does not offer, each with its reason."""


def test_a_loss_has_all_that_torchs_takes() -> None:
    for name in THEIR_LOSSES:
        theirs = set(inspect.signature(getattr(nn, name)).parameters)
        assert theirs - set(_NOT_OFFERED) == {each.name for each in LOSSES[name].parameters}, name


def test_a_lazy_class_has_its_twin() -> None:
    for name in _theirs():
        if name.startswith("Lazy"):
            assert name.removeprefix("Lazy") in _ours()
