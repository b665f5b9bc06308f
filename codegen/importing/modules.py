"""Modules of ``torch.nn`` as they are made: the kind of the catalogue, and its arguments."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any, Final

from codegen.importing.numbers import formula_of, plain
from codegen.importing.values import Layer, Name, unread
from graph_model.complaints import complaint
from graph_model.dims import Expression
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.values import Type, Value

_TORCH_DEFAULTS: Final[Mapping[str, Mapping[str, Value]]] = {
    "RNN": {"batch_first": False},
    "LSTM": {"batch_first": False},
    "GRU": {"batch_first": False},
    "MultiheadAttention": {"batch_first": False},
    "TransformerEncoderLayer": {"batch_first": False},
    "TransformerDecoderLayer": {"batch_first": False},
    "TransformerEncoder": {"enable_nested_tensor": True},
    "Transformer": {"d_model": 512, "nhead": 8, "batch_first": False},
    "KLDivLoss": {"reduction": "mean"},
    "Softmax": {"dim": None},
    "Softmin": {"dim": None},
    "LogSoftmax": {"dim": None},
}
"""What torch takes where nothing is said, and the catalogue takes something else."""
_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"),
        ("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding",
         "groups", "bias", "dilation"),
    ),
    "Upsample": ("size", "scale_factor", "mode", "align_corners"),
    "CrossEntropyLoss": ("weight", "", "ignore_index", "", "reduction", "label_smoothing"),
    "BCEWithLogitsLoss": ("weight", "", "", "reduction", "pos_weight"),
    "SmoothL1Loss": ("", "", "reduction", "beta"),
    "HuberLoss": ("reduction", "delta"),
    "KLDivLoss": ("", "", "reduction", "log_target"),
    "TransformerEncoder": ("encoder_layer", "num_layers", "norm", "enable_nested_tensor"),
    "TransformerDecoder": ("decoder_layer", "num_layers", "norm"),
}  # fmt: skip
"""The order of arguments without names, where it is not that of the catalogue."""
_IDLE: Final = frozenset(
    {"device", "dtype", "size_average", "reduce", "mask_check", "padding_mode"}
)
"""Arguments that say nothing of what is drawn, where the catalogue does not know them."""
_OLD_NAMES: Final = {"SyncBatchNorm": "BatchNorm2d", "Swish": "SiLU", "LazyLinear": "Linear"}
LAYER_TARGETS: Final[Mapping[str, LayerKind]] = {
    kind.form.target: kind for kind in LAYERS.values() if type(kind.form) is Module
}
"""The kinds that are modules, by their names in ``torch.nn``."""


def kind_of(name: Name) -> LayerKind | None:
    """Return the kind that a name such as ``torch.nn.Conv2d`` stands for, if any."""
    if not name.path.startswith(("torch.nn.", "nn.")) or ".functional." in name.path:
        return None
    return LAYER_TARGETS.get(_OLD_NAMES.get(name.last, name.last))


def order_of(kind: LayerKind) -> Sequence[str]:
    """Return the names of the arguments in the order of torch."""
    omitted = kind.form.omitted if isinstance(kind.form, Module) else ()
    usual = [each.name for each in kind.parameters if each.name not in omitted]
    return _ORDERS.get(kind.name, usual)


def made(node: ast.AST, kind: LayerKind, given: Sequence[Any], named: Mapping[str, Any]) -> Layer:
    """Return the module that a call of a class of ``torch.nn`` makes."""
    arguments = {**dict(zip(order_of(kind), given, strict=False)), **named}
    if len(given) > len(order_of(kind)):
        raise unread(node, "import_bad_argument", kind=kind.name, argument=str(plain(given[-1])))
    arguments.pop("", None)
    line = getattr(node, "lineno", 0)
    layer = Layer(kind.name, dict(_TORCH_DEFAULTS.get(kind.name, {})), line=line)
    for name, value in arguments.items():
        if isinstance(value, Layer):
            _take_inner(node, layer, kind, name, value)
        elif name in kind.by_name:
            _set(node, layer, kind, name, value)
        elif not _means_nothing(node, kind, layer, name, plain(value)):
            raise unread(node, "import_bad_argument", kind=kind.name, argument=name)
    return layer


def _take_inner(node: ast.AST, layer: Layer, kind: LayerKind, argument: str, inner: Layer) -> None:
    """Take over the arguments of a module that another is made of, such as ``encoder_layer``."""
    form = kind.form
    assert isinstance(form, Module)
    slot = next((each for each in form.inner if each.argument == argument), None)
    if slot is None or slot.target != inner.kind:
        raise unread(node, "import_bad_argument", kind=kind.name, argument=argument)
    if slot.only_with:
        layer.arguments[slot.only_with] = True
    for own, outer in slot.takes.items():
        if outer in layer.arguments and slot.only_with:
            continue  # a norm behind the layers is like those within
        if own in inner.arguments:
            layer.arguments[outer] = inner.arguments[own]
        elif own in inner.pinned and own == outer:
            layer.pinned[outer] = inner.pinned[own]
        if own in inner.formulas:
            layer.formulas[outer] = inner.formulas[own]


def _set(node: ast.AST, layer: Layer, kind: LayerKind, name: str, value: Any) -> None:
    """Set one argument, and note a size that follows from the input only to hold it against it."""
    parameter = kind.by_name[name]
    if kind.name in ("LayerNorm", "RMSNorm") and name == "normalized_shape":
        several = value if isinstance(value, tuple | list) else (value,)
        if len(several) > 1:
            layer.arguments["dims"] = len(several)
        value = tuple(several)
    if not _is_flat(value):
        raise unread(node, "import_bad_argument", kind=kind.name, argument=name)
    found = _as_value(value, parameter.type)
    if isinstance(found, Name):
        found = found.last
    if callable(found) or (found is not None and complaint(parameter, found) is not None):
        raise unread(
            node, "import_bad_argument", kind=kind.name, argument=f"{name}={_short(found)}"
        )
    if parameter.inferred:
        layer.pinned[name] = found
        if formula_of(value) is None and found is not None:
            layer.written[name] = found
        layer.arguments.pop(name, None)
        return
    if found is None and not parameter.accepts_none:
        return
    if (formula := formula_of(value)) is not None:
        layer.formulas[name] = formula
    else:
        layer.formulas.pop(name, None)
    layer.arguments[name] = found


def _is_flat(value: Any) -> bool:
    """Tell whether a value is one number or text, or a few of them."""
    several = value if isinstance(value, tuple | list) else (value,)
    return not any(isinstance(each, tuple | list | dict | Expression) for each in several)


def _as_value(value: Any, type_of: Type) -> Any:
    """Return a value as the catalogue has it."""
    found = plain(value)
    if isinstance(found, list):
        found = tuple(found)
    if isinstance(found, tuple) and type_of is Type.SIZES:
        is_same = len(set(found)) == 1
        return found[0] if is_same else found
    if type_of is Type.INTEGER and isinstance(found, float) and found.is_integer():
        return int(found)
    if type_of is Type.NUMBER and isinstance(found, int) and not isinstance(found, bool):
        return found
    return found


def _means_nothing(node: ast.AST, kind: LayerKind, layer: Layer, name: str, value: Any) -> bool:
    """Tell whether an argument that the catalogue does not know says nothing new."""
    if name == "size" and kind.name == "Upsample":
        return value is None
    if name == "padding_mode":
        return bool(value == "zeros")
    if name in ("norm", "_weight", "_freeze", "recompute_scale_factor"):
        return value is None or value is False
    return name in _IDLE


def _short(value: Any) -> str:
    return repr(value)[:40]
