"""What the rules refuse although torch lets it pass: by the problem, for which kinds, and why."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

from graph_model.layers import LAYERS
from graph_model.layers.complex_numbers import TAKING_COMPLEX


def _family(*families: str) -> frozenset[str]:
    return frozenset(kind.name for kind in LAYERS.values() if kind.family in families)


_FOURIER: Final = frozenset(name for name in LAYERS if "FFT" in name)
_MAKING_COMPLEX: Final = frozenset({"ViewAsComplex", "Complex", "Polar"})
_NORMS: Final = _family("normalisation")

STRICTER: Final[Mapping[str, tuple[Set[str], str]]] = {
    "wrong_rank": (
        _family("convolution", "pooling", "padding", "recurrent", "attention", "distance", "loss")
        | {
            "Dropout1d",
            "Dropout2d",
            "Dropout3d",
            "PixelShuffle",
            "PixelUnshuffle",
            "Scatter",
            "ScatterAdd",
        }
        | {"Softmax2d", "Unfold", "Fold", "ExpandLike", "TakeAlongDim", "IndexSelect"}
        | {"Scatter", "ScatterAdd"}
        | _NORMS - {"LayerNorm", "RMSNorm", "GroupNorm"},
        "a batch comes first in every network drawn here, where torch takes a tensor with one "
        "dimension less for a sample without a batch, and some layers nearly anything",
    ),
    "rank_too_small": (
        {
            "FeatureAlphaDropout",
            "Nonzero",
            "DropPath",
            "IndexAdd",
            "PairwiseDistance",
            "TripletMarginLoss",
            "GaussianNLLLoss",
        },
        "torch pretends that a single number has one dimension; without channels "
        "FeatureAlphaDropout works for p = 0 alone",
    ),
    "needs_real_numbers": (
        _family("activation", "dropout", "pooling", "padding", "distance", "loss")
        | {"LocalResponseNorm", "Unfold", "Fold", "Power", "Atan2", "LogAddExp", "Hypot", "Lerp"}
        | _FOURIER
        | _MAKING_COMPLEX
        | {"Pad", "Upsample", "Interpolate", "InterpolateLike", "Bernoulli", "Normal"},
        "torch takes whole numbers here and there, and gives whole numbers or float32; a Cast says "
        "which is meant",
    ),
    "needs_float32": (
        _NORMS | _family("loss"),
        "torch mixes dtypes in normalisation and with weights of classes, by "
        "conversions that differ from device to device",
    ),
    "different_dtypes": (
        _family("arithmetic", "comparison", "distance", "loss", "attention")
        | {"ScatterAdd", "Scatter", "IndexAdd", "Bucketize", "Normal"},
        "torch would find a common dtype, so that a wrong connection goes unnoticed",
    ),
    "dim_out_of_range": (
        {"IRFFTN"},
        "what the result is to be like has the dimensions that are transformed",
    ),
    "bad_expansion": ({"Expand"}, "torch takes a size of 0, of which nothing is left"),
    "wrong_shape": (
        _family("loss"),
        "torch broadcasts, so that losses of things that do not belong together are added up",
    ),
    "class_weights_differ": (
        _family("loss"),
        "torch broadcasts, so that one weight goes for all, or one loss becomes several",
    ),
    "cluster_without_width": (
        {"AdaptiveLogSoftmaxWithLoss"},
        "torch makes tables without elements, so that the rarest classes are all alike",
    ),
    "complex_not_taken": (
        {*LAYERS} - TAKING_COMPLEX | {"RFFT", "RFFT2", "RFFTN"},
        "torch takes complex numbers here and there, where a gradient or a meaning is lost; "
        "Abs, Real and others say which real numbers are meant",
    ),
    "needs_complex_numbers": (
        {"Real"},
        "torch gives real numbers back as they are, so that a wrong connection goes unnoticed",
    ),
    "discards_imaginary": (
        {"Cast", "CastLike"},
        "torch leaves the imaginary parts out, with a warning",
    ),
    "needs_truth_values": (
        _family("attention", "comparison", "reduction"),
        "torch adds a mask of numbers to the weights, and takes any number but zero for true; "
        "truth values say what is meant",
    ),
    "no_dims": (
        _family("shape", "reduction", "activation", "distance", "loss"),
        "torch pretends that a single number has one dimension",
    ),
    "pinned_size": (_NORMS, "torch ignores the size where there are no weights, or warns"),
    "single_value_per_group": ({"GroupNorm"}, "the result would be zero whatever comes in"),
    "dims_repeated": ({"FFTShift", "IFFTShift"}, "torch shifts twice"),
    "dims_missing": (
        _family("reduction") | {"Flip", "ExpandLike"} | _FOURIER,
        "torch takes no dimension for all of them",
    ),
    "bad_sizes": (
        {"Reshape"},
        "torch turns one element into a single number, which has no batch",
    ),
    "bad_dims_of_other": ({"UnflattenLike"}, "torch cuts the range off at the end"),
    "wrong_size": ({"Squeeze"}, "torch removes nothing, silently"),
    "index_out_of_range": (
        {"Slice"},
        "torch cuts the range off at the end, so that the size differs from what was asked",
    ),
    "cannot_chunk": ({"Chunk"}, "torch gives fewer pieces than were asked for"),
    "cannot_unbind": (
        {"Unbind"},
        "torch gives as many pieces as there are, which may be more than a card has ports",
    ),
    "bad_pad": ({"Pad"}, "torch pads nothing, silently"),
    "pad_negative": ({"Pad"}, "torch cuts off in modes that are made for padding"),
    "value_without_constant": ({"Pad"}, "torch takes a value of 0 for none"),
    "bad_repeats": ({"Repeat"}, "torch gives tensors without elements"),
    "bad_split": ({"Split"}, "torch gives tensors without elements"),
    "sizes_not_positive": (
        _FOURIER | {"Parameter", "Buffer", "Constant", "Randn", "Rand", "Randint"},
        "torch gives tensors without elements",
    ),
    "size_not_positive": (
        {"Slice", "Diagonal", "Pad"} | _family("convolution", "pooling", "padding", "embedding"),
        "torch gives tensors without elements",
    ),
    "empty_range": ({"Arange"}, "torch gives tensors without elements"),
    "needs_indices": (
        {"Gather", "IndexSelect", "ScatterAdd", "Scatter", "IndexAdd", "Lookup", "TakeAlongDim"},
        "older versions of torch do not take int32",
    ),
    "bad_equation": ({"Einsum"}, "torch has ... for dimensions without a letter"),
    "min_above_max": ({"Clamp"}, "torch lets the upper bound win"),
    "too_few_for_variance": ({"Var", "Std"}, "torch gives not-a-number, and warns"),
    "lengths_differ": ({"Roll"}, "torch rolls the tensor as if it were flat"),
    "needs_numbers": (
        _family("arithmetic", "comparison", "reduction"),
        "torch takes truth values for numbers",
    ),
    "fraction_of_whole": ({"Constant", "FullLike", "MaskedFill"}, "torch rounds towards zero"),
    "needs_whole_numbers": (
        {"FloorDivide"},
        "torch divides real numbers so, but has no gradient of it",
    ),
    "zero_divisor": ({"DivideByNumber", "FloorDivide", "Remainder"}, "torch gives infinity"),
}


def is_stricter(kind: str, code: str) -> bool:
    """Tell whether a kind refuses by this problem what torch may let pass."""
    return code in STRICTER and kind in STRICTER[code][0]
