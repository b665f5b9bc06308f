"""The classes of ``torch.nn`` that are neither drawn nor losses of a recipe, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LAZY: Final = "every size that follows from the input is inferred, and written as a number"
_CONTAINER: Final = "holds modules and computes nothing"
_DEPRECATED: Final = "deprecated by torch in favour of "

LEFT_OUT: Final[Mapping[str, str]] = {
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
"""The classes and their reasons."""
