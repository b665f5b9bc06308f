"""Calls on tensors, and what they are in the catalogue: ``torch.cat``, ``x.mean``, ``F.relu``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import Function, LayerKind, Method
from graph_model.values import Value


@frozen
class Operation:
    """A call on tensors: its kind, the names of what follows the tensors, and what is fixed."""

    kind: LayerKind
    order: tuple[str, ...]
    fixed: Mapping[str, Value]
    idle: frozenset[str] = frozenset()


def _usual() -> dict[str, Operation]:
    """Return the operations by the names that the catalogue writes."""
    found: dict[str, Operation] = {}
    for kind in LAYERS.values():
        form = kind.form
        if isinstance(form, Function | Method):
            name = form.target.rpartition(".")[2] if isinstance(form, Function) else form.name
            order = tuple(each.name for each in kind.parameters if each.name != "inputs")
            found.setdefault(name, Operation(kind, order, {}))
    return found


def _of(kind: str, *order: str, idle: tuple[str, ...] = (), **fixed: Value) -> Operation:
    return Operation(LAYERS[kind], order, fixed, frozenset({"inplace", "training", "out", *idle}))


_POOL: Final = ("kernel_size", "stride", "padding")
_LOSS: Final = ("size_average", "reduce")


def _functional() -> dict[str, Operation]:
    """Return those that are modules in the catalogue, by their names in ``torch.nn.functional``."""
    found: dict[str, Operation] = {}
    for name in (
        "ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "Sigmoid", "Tanh",
        "Softsign", "Tanhshrink", "LogSigmoid",
    ):  # fmt: skip
        found[name.lower()] = _of(name)
    found |= {
        "logsigmoid": _of("LogSigmoid"),
        "relu_": _of("ReLU"),
        "leaky_relu": _of("LeakyReLU", "negative_slope", "inplace"),
        "elu": _of("ELU", "alpha", "inplace"),
        "celu": _of("CELU", "alpha", "inplace"),
        "gelu": _of("GELU", "approximate"),
        "glu": _of("GLU", "dim"),
        "hardtanh": _of("Hardtanh", "min_val", "max_val", "inplace"),
        "softplus": _of("Softplus", "beta", "threshold"),
        "softshrink": _of("Softshrink", "lambd"),
        "threshold": _of("Threshold", "threshold", "value", "inplace"),
        "softmax": _of("Softmax", "dim", idle=("_stacklevel", "dtype")),
        "softmin": _of("Softmin", "dim", idle=("_stacklevel", "dtype")),
        "log_softmax": _of("LogSoftmax", "dim", idle=("_stacklevel", "dtype")),
        "local_response_norm": _of("LocalResponseNorm", "size", "alpha", "beta", "k"),
        "dropout": _of("Dropout", "p", "training", "inplace"),
        "alpha_dropout": _of("AlphaDropout", "p", "training", "inplace"),
        "dropout1d": _of("Dropout1d", "p", "training", "inplace"),
        "dropout2d": _of("Dropout2d", "p", "training", "inplace"),
        "dropout3d": _of("Dropout3d", "p", "training", "inplace"),
        "pixel_shuffle": _of("PixelShuffle", "upscale_factor"),
        "pixel_unshuffle": _of("PixelUnshuffle", "downscale_factor"),
        "channel_shuffle": _of("ChannelShuffle", "groups"),
        "fold": _of("Fold", "output_size", "kernel_size", "dilation", "padding", "stride"),
        "cosine_similarity": _of("CosineSimilarity", "dim", "eps"),
        "pairwise_distance": _of("PairwiseDistance", "p", "eps", "keepdim"),
        "mse_loss": _of("MSELoss", *_LOSS, "reduction", idle=_LOSS),
        "l1_loss": _of("L1Loss", *_LOSS, "reduction", idle=_LOSS),
        "smooth_l1_loss": _of("SmoothL1Loss", *_LOSS, "reduction", "beta", idle=_LOSS),
        "huber_loss": _of("HuberLoss", "reduction", "delta"),
        "nll_loss": _of("NLLLoss", "weight", "", "ignore_index", "", "reduction", idle=_LOSS),
        "kl_div": _of("KLDivLoss", *_LOSS, "reduction", "log_target", idle=_LOSS),
        "binary_cross_entropy": _of("BCELoss", "weight", *_LOSS, "reduction", idle=_LOSS),
        "binary_cross_entropy_with_logits": _of(
            "BCEWithLogitsLoss", "weight", *_LOSS, "reduction", "pos_weight", idle=_LOSS
        ),
        "cross_entropy": _of(
            "CrossEntropyLoss", "weight", "", "ignore_index", "", "reduction", "label_smoothing",
            idle=_LOSS,
        ),
    }  # fmt: skip
    for rank in (1, 2, 3):
        found[f"max_pool{rank}d"] = _of(
            f"MaxPool{rank}d", *_POOL, "dilation", "ceil_mode", "return_indices"
        )
        order = (*_POOL, "ceil_mode", "count_include_pad", "divisor_override")
        found[f"avg_pool{rank}d"] = _of(f"AvgPool{rank}d", *order)
        for word in ("Avg", "Max"):
            kind = f"Adaptive{word}Pool{rank}d"
            found[f"adaptive_{word.lower()}_pool{rank}d"] = _of(kind, "output_size")
    return found


_ALIASES: Final[Mapping[str, Operation]] = {
    "concat": _of("Concatenate", "dim"),
    "concatenate": _of("Concatenate", "dim"),
    "cat": _of("Concatenate", "dim"),
    "stack": _of("Stack", "dim"),
    "swapaxes": _of("Transpose", "dim0", "dim1"),
    "swapdims": _of("Transpose", "dim0", "dim1"),
    "moveaxis": _of("MoveDim", "source", "destination"),
    "absolute": _of("Abs"),
    "clip": _of("Clamp", "min", "max"),
    "clamp": _of("Clamp", "min", "max"),
    "arctan": _of("Atan"),
    "arctan2": _of("Atan2"),
    "special_expm1": _of("Expm1"),
    "upsample": _of("Interpolate", "size", "scale_factor", "mode", "align_corners"),
    "interpolate": _of("Interpolate", "size", "scale_factor", "mode", "align_corners"),
    "pad": _of("Pad", "pad", "mode", "value"),
    "normalize": _of("Normalize", "p", "dim", "eps", idle=("out",)),
    "mean": _of("Mean", "dim", "keepdim", idle=("dtype",)),
    "sum": _of("Sum", "dim", "keepdim", idle=("dtype",)),
    "amax": _of("Max", "dim", "keepdim"),
    "amin": _of("Min", "dim", "keepdim"),
    "norm": _of("Norm", "p", "dim", "keepdim"),
    "vector_norm": _of("Norm", "p", "dim", "keepdim"),
    "where": _of("Where"),
    "cumsum": _of("CumSum", "dim"),
    "gather": _of("Gather", "dim"),
    "index_select": _of("IndexSelect", "dim"),
    "roll": _of("Roll", "shifts", "dims"),
    "flip": _of("Flip", "dims"),
    "split": _of("Split", "split_sizes", "dim"),
    "einsum": _of("Einsum", "equation"),
    "scaled_dot_product_attention": _of(
        "ScaledDotProductAttention", "dropout_p", "is_causal", "scale", "enable_gqa"
    ),
}

OPERATIONS: Final[Mapping[str, Operation]] = {**_usual(), **_functional(), **_ALIASES}
"""Every call on tensors that is one operation of the catalogue, by its bare name."""

SIGNS: Final[Mapping[str, str]] = {
    "+": "Add", "-": "Subtract", "*": "Multiply", "/": "Divide", "@": "MatMul",
    "&": "LogicalAnd", "|": "LogicalOr", "^": "LogicalXor",
}  # fmt: skip
NUMBER_SIGNS: Final[Mapping[str, tuple[str, str]]] = {
    "+": ("AddNumber", "value"), "*": ("MultiplyByNumber", "value"),
    "/": ("DivideByNumber", "value"), "//": ("FloorDivide", "value"),
    "%": ("Remainder", "value"), "**": ("Power", "exponent"),
    "==": ("Equal", "value"), "!=": ("NotEqual", "value"), ">": ("Greater", "value"),
    ">=": ("GreaterEqual", "value"), "<": ("Less", "value"), "<=": ("LessEqual", "value"),
}  # fmt: skip
"""Operators with a number on the right, and what the number is called."""
MIRRORED: Final = {"==": "==", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">=",
                   "+": "+", "*": "*"}  # fmt: skip
NAMED_SIGNS: Final[Mapping[str, str]] = {
    "add": "+", "sub": "-", "subtract": "-", "mul": "*", "multiply": "*", "div": "/",
    "divide": "/", "true_divide": "/", "floor_divide": "//", "remainder": "%", "pow": "**",
    "matmul": "@", "mm": "@", "bmm": "@", "mv": "@", "eq": "==", "ne": "!=", "gt": ">",
    "ge": ">=", "lt": "<", "le": "<=", "logical_and": "&", "logical_or": "|",
    "add_": "+", "mul_": "*", "sub_": "-", "div_": "/",
}  # fmt: skip
"""Functions and methods that are operators by another name."""
UNCHANGED: Final = frozenset(
    {"contiguous", "cuda", "cpu", "requires_grad_", "resolve_conj", "clone", "squeeze_"}
)
"""Methods after which a tensor is what it was."""
CASTS: Final[Mapping[str, str]] = {
    "float": "float32", "double": "float64", "half": "float16", "bfloat16": "bfloat16",
    "long": "int64", "int": "int32", "short": "int16", "bool": "bool",
}  # fmt: skip
