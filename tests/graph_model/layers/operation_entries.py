"""How the functions of torch's own test database are written as layers of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.values import Value

_UNARY: Final = {
    name: (name.lower(), "input")
    for name in (
        "Abs", "Sign", "Square", "Floor", "Ceil", "Round", "Trunc", "Exp", "Expm1", "Log", "Log1p",
        "Log2", "Log10", "Sqrt", "Rsqrt", "Reciprocal", "Sin", "Cos", "Tan", "Asin", "Acos",
        "Atan", "Sinh", "Cosh", "Erf", "Erfc", "Lgamma", "IsNaN", "IsFinite",
    )
}  # fmt: skip
_PAIRS: Final = {
    "Subtract": "sub", "Divide": "div", "Maximum": "maximum", "Minimum": "minimum",
    "MatMul": "matmul", "LogAddExp": "logaddexp", "Hypot": "hypot", "BatchMatMul": "bmm",
    "Outer": "outer", "LogicalAnd": "logical_and", "LogicalOr": "logical_or",
    "LogicalXor": "logical_xor",
}  # fmt: skip
_COMPARISONS: Final = {
    "Equal": "eq", "NotEqual": "ne", "Greater": "gt", "GreaterEqual": "ge", "Less": "lt",
    "LessEqual": "le", "FloorDivide": "floor_divide", "Remainder": "remainder",
}  # fmt: skip
_REDUCTIONS: Final = {
    "Mean": "mean", "Sum": "sum", "Max": "amax", "Min": "amin", "Prod": "prod", "All": "all",
    "Any": "any", "LogSumExp": "logsumexp", "ArgMax": "argmax", "ArgMin": "argmin",
    "Median": "median", "Var": "var", "Std": "std", "MaxWithIndices": "max",
    "MinWithIndices": "min",
}  # fmt: skip
_SCANS: Final = {
    name: (name.lower(), "input", "dim")
    for name in ("CumSum", "CumProd", "LogCumSumExp", "CumMax", "CumMin")
}
ENTRIES: Final[Mapping[str, tuple[str, ...]]] = {
    **_UNARY,
    **{kind: (name, "input1", "input2") for kind, name in _PAIRS.items()},
    **{kind: (name, "input", "other|value") for kind, name in _COMPARISONS.items()},
    **{kind: (name, "input", "dim", "keepdim") for kind, name in _REDUCTIONS.items()},
    **_SCANS,
    "Add": ("add", "input1", "input2"),
    "Multiply": ("mul", "input1", "input2"),
    "AddNumber": ("add", "input", "value"),
    "MultiplyByNumber": ("mul", "input", "value"),
    "DivideByNumber": ("div", "input", "value"),
    "SubtractFrom": ("rsub", "input", "value"),
    "Negative": ("neg", "input"),
    "NanToNum": ("nan_to_num", "input", "nan", "posinf", "neginf"),
    "Power": ("pow", "input", "other|exponent"),
    "Atan2": ("atan2", "y", "x"),
    "Lerp": ("lerp", "input", "end", "weight"),
    "Real": ("real", "input"),
    "Imag": ("imag", "input"),
    "Angle": ("angle", "input"),
    "Conj": ("conj_physical", "input"),
    "ViewAsReal": ("view_as_real", "input"),
    "ViewAsComplex": ("view_as_complex", "input"),
    "Complex": ("complex", "real", "imag"),
    "Polar": ("polar", "abs", "angle"),
    **{
        name.upper(): (f"fft.{name}", "input", "n", "dim", "norm")
        for name in ("fft", "ifft", "rfft", "irfft")
    },
    **{
        f"{name}{many}".upper(): (f"fft.{name}{many}", "input", "s", "dim", "norm")
        for name in ("fft", "ifft", "rfft", "irfft")
        for many in ("2", "n")
    },
    "FFTShift": ("fft.fftshift", "input", "dim"),
    "IFFTShift": ("fft.ifftshift", "input", "dim"),
    "Concatenate": ("cat", "inputs", "dim"),
    "Stack": ("stack", "inputs", "dim"),
    "Einsum": ("einsum", "inputs", "equation"),
    "ScaledDotProductAttention": (
        "nn.functional.scaled_dot_product_attention", "query", "key", "value", "attn_mask",
    ),
    "PairwiseDistances": ("cdist", "x1", "x2", "p", "compute_mode"),
    "Tril": ("tril", "input", "diagonal"),
    "Triu": ("triu", "input", "diagonal"),
    "Diagonal": ("diagonal", "input", "offset", "dim1", "dim2"),
    "DiagEmbed": ("diag_embed", "input", "offset"),
    "Inverse": ("linalg.inv", "input"),
    "IsClose": ("isclose", "input", "other", "rtol", "atol"),
    "LogicalNot": ("logical_not", "input"),
    "Where": ("where", "input", "condition", "other"),
    "MaskedFill": ("masked_fill", "input", "mask", "value"),
    "Norm": ("norm", "input", "p", "dim", "keepdim"),
    "CountNonzero": ("count_nonzero", "input", "dim"),
    "Sort": ("sort", "input", "dim", "descending"),
    "ArgSort": ("argsort", "input", "dim", "descending"),
    "TopK": ("topk", "input", "k", "dim", "largest", "sorted"),
    "KthValue": ("kthvalue", "input", "k", "dim", "keepdim"),
    "Reshape": ("reshape", "input", "shape"),
    "Permute": ("permute", "input", "dims"),
    "Transpose": ("transpose", "input", "dim0", "dim1"),
    "Squeeze": ("squeeze", "input", "dim"),
    "Unsqueeze": ("unsqueeze", "input", "dim"),
    "Select": ("select", "input", "dim", "index"),
    "Flatten": ("flatten", "input", "start_dim", "end_dim"),
    "Unflatten": ("unflatten", "input", "dim", "unflattened_size"),
    "Expand": ("expand", "input", "sizes"),
    "Repeat": ("repeat", "input", "repeats"),
    "RepeatInterleave": ("repeat_interleave", "input", "repeats", "dim"),
    "Roll": ("roll", "input", "shifts", "dims"),
    "Flip": ("flip", "input", "dims"),
    "Split": ("split_with_sizes", "input", "split_sizes", "dim"),
    "Chunk": ("chunk", "input", "chunks", "dim"),
    "Unbind": ("unbind", "input", "dim"),
    "Windows": ("unfold", "input", "dimension", "size", "step"),
    "IndexSelect": ("index_select", "input", "dim", "index"),
    "Gather": ("gather", "input", "dim", "index"),
    "TakeAlongDim": ("take_along_dim", "input", "index", "dim"),
    "ScatterAdd": ("scatter_add", "input", "dim", "index", "src"),
    "Scatter": ("scatter", "input", "dim", "index", "src"),
    "IndexAdd": ("index_add", "input", "dim", "index", "source"),
    "ReshapeLike": ("reshape_as", "input", "like"),
    "Randn": ("randn", "shape"),
    "Randint": ("randint", "low", "high", "shape"),
    "RandLike": ("rand_like", "input"),
    "Normal": ("normal", "mean", "std"),
    "Bernoulli": ("bernoulli", "input"),
    "Multinomial": ("multinomial", "input", "num_samples", "replacement"),
    "GridSample": (
        "nn.functional.grid_sample", "input", "grid", "mode", "padding_mode", "align_corners",
    ),
    "Nonzero": ("nonzero", "input"),
    "MaskedSelect": ("masked_select", "input", "mask"),
    "OneHot": ("nn.functional.one_hot", "input", "num_classes"),
    "Bucketize": ("bucketize", "input", "boundaries"),
    "Pad": ("nn.functional.pad", "input", "pad", "mode", "value"),
    "Interpolate": ("nn.functional.interpolate", "input", "size"),
    "Normalize": ("nn.functional.normalize", "input", "p", "dim", "eps"),
    "Constant": ("full", "shape", "value"),
    "Arange": ("arange", "start", "end", "step"),
    "Linspace": ("linspace", "start", "end", "steps"),
    "Eye": ("eye", "n"),
    "ZerosLike": ("zeros_like", "input"),
    "OnesLike": ("ones_like", "input"),
    "FullLike": ("full_like", "input", "fill_value"),
    "RandnLike": ("randn_like", "input"),
}  # fmt: skip
"""The entry of ``op_db`` for a kind, and what the function's arguments are called here."""

SPELLINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    *ENTRIES.items(),
    ("AddNumber", ("add", "value", "input")),
    ("MultiplyByNumber", ("mul", "value", "input")),
    ("Subtract", ("rsub", "input2", "input1")),
    ("SubtractFrom", ("sub", "value", "input")),
    ("FloorDivide", ("div", "input", "other|value", "rounding_mode")),
    ("Maximum", ("max", "input1", "input2")),
    ("Minimum", ("min", "input1", "input2")),
    ("Upsample", ("nn.functional.interpolate", "input", "size", "scale_factor", "mode")),
    ("Upsample", ("nn.functional.upsample_nearest", "input", "size", "scale_factor")),
)
"""Every way in which a function of torch is a layer; some functions are several layers."""

WITHOUT: Final = {
    "Slice": "indexing has an entry of its own, of other kinds of index",
    "Cast": "Tensor.to takes devices and layouts as well",
    "ExpandLike": "expand by another name",
    "Clamp": "its samples have tensors for bounds, as Maximum and Minimum have",
    "MoveDim": "its samples move several dimensions at once",
    "Detach": "nothing is computed",
    "Gradient": "op_db has none of autograd.grad",
    "CastLike": "Tensor.type_as, which has no entry",
    "UnflattenLike": "unflatten by another name",
    "AffineGrid": "op_db has none of affine_grid",
    "Lookup": "indexing by one tensor of several possible",
    "InterpolateLike": "interpolate by another name",
    "FFTFreq": "op_db has none of fft.fftfreq",
    "RFFTFreq": "op_db has none of fft.rfftfreq",
    "Rand": "op_db has none of rand",
    "Parameter": "no function: a tensor that a module holds",
    "Buffer": "no function: a tensor that a module holds",
    "Positions": "arange by another name",
    "CausalMask": "triu by another name",
}
"""Operations that ``op_db`` has no entry for: they are held to torch by drawn arguments alone."""

TORCH_DEFAULTS: Final[Mapping[str, Mapping[str, Value]]] = {
    "Concatenate": {"dim": 0},
    "Stack": {"dim": 0},
    "Chunk": {"dim": 0},
    "Unbind": {"dim": 0},
    "Split": {"dim": 0},
    "Diagonal": {"dim1": 0, "dim2": 1},
    "Flatten": {"start_dim": 0},
    "Normalize": {"dim": 1},
    **{name: {"dim": (-2, -1)} for name in ("FFT2", "IFFT2", "RFFT2", "IRFFT2")},
    **{name: {"dim": -1} for name in ("Sort", "ArgSort", "TopK", "KthValue")},
}
"""Defaults of torch that are not those of the catalogue."""
OF_VALUES_ALONE: Final = frozenset({
    "dropout_p", "compute_mode", "device", "requires_grad", "stable", "equal_nan", "right", "alpha",
    "decimals", "recompute_scale_factor",
})  # fmt: skip
"""Arguments that change neither a shape nor a dtype."""
