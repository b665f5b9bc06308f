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
from graph_model.recipes.losses import LOSSES

_LAZY: Final = "every size that follows from the input is inferred, and written as a number"
_CONTAINER: Final = "holds modules and computes nothing"
_DEPRECATED: Final = "deprecated by torch in favour of "

NOT_HERE: Final = {
    **{
        f"Lazy{name}{rank}d": _LAZY
        for name in ("Conv", "ConvTranspose", "BatchNorm", "InstanceNorm")
        for rank in (1, 2, 3)
    },
    "LazyLinear": _LAZY,
    "Module": "the base of all",
    "RNNBase": "the base of RNN, LSTM and GRU",
    "RNNCellBase": "the base of the cells",
    "Container": _DEPRECATED + "Module",
    "Sequential": _CONTAINER + "; the wires are the sequence",
    "ModuleList": _CONTAINER,
    "ModuleDict": _CONTAINER,
    "ParameterList": _CONTAINER,
    "ParameterDict": _CONTAINER,
    "DataParallel": "runs a whole model on several GPUs; torch advises against it",
    "SyncBatchNorm": "trains on several GPUs alone, and convert_sync_batchnorm makes it there of "
    "a drawn BatchNorm",
    "UpsamplingNearest2d": _DEPRECATED + "interpolate, which is Upsample",
    "UpsamplingBilinear2d": _DEPRECATED + "interpolate, which is Upsample",
    "NLLLoss2d": _DEPRECATED + "NLLLoss",
    "TripletMarginWithDistanceLoss": "takes a function of Python; with its default it is "
    "TripletMarginLoss",
    "LinearCrossEntropyLoss": "newer than the oldest torch that exported files run on; it is "
    "Linear with CrossEntropyLoss",
}
"""The classes of ``torch.nn`` that are not here, each with its reason."""


def _theirs() -> set[str]:
    return {
        name
        for name, member in vars(nn).items()
        if inspect.isclass(member) and issubclass(member, nn.Module)
    }


def _ours() -> set[str]:
    return {kind.form.target for kind in LAYERS.values() if isinstance(kind.form, Module)}


def test_torch_has_no_class_that_is_not_here() -> None:
    assert _theirs() - _ours() - set(LOSSES) - set(NOT_HERE) == set()


def test_nothing_is_here_that_torch_lacks() -> None:
    assert _ours() | set(LOSSES) <= _theirs()


def test_what_is_left_out_is_really_left_out() -> None:
    assert set(NOT_HERE) & (_ours() | set(LOSSES)) == set()
    newer = {"LinearCrossEntropyLoss"}  # than the oldest torch that is supported
    assert set(NOT_HERE) - _theirs() <= newer
    assert all(reason for reason in NOT_HERE.values())


def test_a_lazy_class_has_its_twin() -> None:
    for name in _theirs():
        if name.startswith("Lazy"):
            assert name.removeprefix("Lazy") in _ours()
