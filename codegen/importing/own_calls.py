"""Calls on tensors that are several operations, or one that depends on more than its arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from codegen.importing import shapes
from codegen.importing.expressions import is_tensor
from codegen.importing.numbers import plain
from codegen.importing.operations import CASTS, OPERATIONS
from codegen.importing.shapes import spread
from codegen.importing.values import DTypeOf, Name, Sizes, Tensor, unread
from graph_model.dims import Expression
from graph_model.layers import LAYERS
from graph_model.tensors import DTYPES

if TYPE_CHECKING:
    from codegen.importing.tensor_calls import TensorCalls


def reshape(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    """Draw ``x.view(…)``."""
    x, *sizes = given
    wanted = sizes or [*named.values()]
    if len(wanted) == 1 and isinstance(wanted[0], tuple | list):
        if isinstance(wanted[0], Sizes) and wanted[0].is_whole:
            return calls.one("ReshapeLike", {}, input=x, like=wanted[0].of)
        wanted = [*wanted[0]]
    if len(wanted) == 1 and isinstance(wanted[0], Name):  # view(dtype)
        raise unread(node, "import_unknown_call", name="view")
    return shapes.reshaped(calls, node, x, wanted)


def _flatten(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    values = {**dict(zip(("start_dim", "end_dim"), rest, strict=False)), **named}
    start = values.get("start_dim", 0)
    return calls.one("Flatten", {"start_dim": start, "end_dim": values.get("end_dim", -1)}, input=x)


def _unflatten(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    values = {**dict(zip(("dim", "sizes"), rest, strict=False)), **named}
    sizes = tuple(values["sizes"])
    return calls.one("Unflatten", {"dim": values["dim"], "unflattened_size": sizes}, input=x)


def _permute(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    dims = spread(given[1:]) or spread([named["dims"]])
    return calls.one("Permute", {"dims": tuple(dims)}, input=given[0])


def _squeeze(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    dims = [*spread(rest), *spread([*named.values()])]
    if not dims:
        shape = calls.known(node, x).shape
        dims = [index for index, size in enumerate(shape) if size == 1]
    spec = calls.spec(x)
    rank = spec.rank if spec else 0
    for dim in sorted((each % rank if rank else each for each in dims), reverse=True):
        if spec is None or spec.shape[dim] == 1:
            x = calls.one(
                "Squeeze", {"dim": dim if len(dims) > 1 or rank == 0 else dims[0]}, input=x
            )
    return x


def _parts(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    """Draw ``split``: into parts of a size, or of these sizes."""
    x, *rest = given
    order = ("split_size_or_sections", "dim")
    values = {**dict(zip(order, rest, strict=False)), **named}
    sizes = plain(values.get("split_size_or_sections", values.get("split_size")))
    dim = plain(values.get("dim", 0))
    if isinstance(sizes, int):
        whole = calls.known(node, x).shape[dim]
        if not isinstance(whole, int):
            raise unread(node, "import_size_unknown")
        count, rest_size = divmod(whole, sizes)
        if not rest_size:
            return _chunk(calls, node, [x, count, dim], {})
        sizes = (sizes,) * count + (rest_size,)
    found = calls.several("Split", {"split_sizes": tuple(sizes), "dim": dim}, input=x)
    return tuple(found.values())


def _chunk(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    values = {**dict(zip(("chunks", "dim"), rest, strict=False)), **named}
    arguments = {"chunks": values["chunks"], "dim": values.get("dim", 0)}
    return tuple(calls.several("Chunk", arguments, input=x).values())


def _unbind(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    dim = plain(rest[0] if rest else named.get("dim", 0))
    count = calls.known(node, x).shape[dim]
    if not isinstance(count, int):
        raise unread(node, "import_size_unknown")
    return tuple(calls.several("Unbind", {"outputs": count, "dim": dim}, input=x).values())


def _expand(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    return shapes.expanded(calls, node, given[0], spread(given[1:]))


def _expand_as(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    rank = calls.rank(node, given[1])
    return calls.one("ExpandLike", {"dims": tuple(range(rank))}, input=given[0], like=given[1])


def _repeat(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    repeats = [plain(each) for each in spread(given[1:])]
    if any(isinstance(each, Expression) for each in repeats):
        shape = calls.known(node, given[0]).shape
        own = (*(1,) * (len(repeats) - len(shape)), *shape)
        if any(1 not in pair for pair in zip(own, repeats, strict=True)):
            raise unread(node, "import_size_unknown")
        sizes = [size if times == 1 else times for size, times in zip(own, repeats, strict=True)]
        return shapes.expanded(calls, node, given[0], sizes)
    return calls.one("Repeat", {"repeats": tuple(repeats)}, input=given[0])


def _to(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    for each in (*rest, *named.values()):
        like = each.tensor if isinstance(each, DTypeOf) else each
        if isinstance(like, Tensor):
            return calls.one("CastLike", {}, input=x, like=like)
        if isinstance(each, Name) and each.last in DTYPES:
            return calls.one("Cast", {"dtype": each.last}, input=x)  # also to what it is now
        if isinstance(each, Name) and each.last in CASTS:
            return calls.cast(x, CASTS[each.last])
        if is_tensor(each) and (spec := calls.spec(each)) is not None:
            return calls.cast(x, spec.dtype)
    return x


def _reduction(kind: str) -> Callable[..., Any]:
    """Return what draws a reduction, over all dimensions where none is named."""

    def draw(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
        x, *rest = given
        order = ("dim", "unbiased", "keepdim") if kind in ("Var", "Std") else ("dim", "keepdim")
        values = {**dict(zip(order, rest, strict=False)), **named}
        values["dim"] = values.pop("axis", values.get("dim"))
        values.pop("dtype", None)
        unbiased = values.pop("unbiased", None)
        if unbiased is not None:
            values["correction"] = int(plain(unbiased))
        if isinstance(values["dim"], bool):
            values["correction"], values["dim"] = int(values["dim"]), None
        if values["dim"] is None:
            values["dim"] = tuple(range(calls.rank(node, x)))
        calls.check(node, LAYERS[kind], values)
        return calls.one(kind, values, input=x)

    return draw


def _extreme(
    calls: TensorCalls, node: ast.AST, name: str, given: list[Any], named: dict[str, Any]
) -> Any:
    if len(given) > 1 and is_tensor(given[1]):
        return calls.two("Maximum" if name == "max" else "Minimum", *given[:2])
    values = {**dict(zip(("dim", "keepdim"), given[1:], strict=False)), **named}
    if "dim" not in values:
        kind = "Max" if name == "max" else "Min"
        return _reduction(kind)(calls, node, given[:1], {})
    kind = "MaxWithIndices" if name == "max" else "MinWithIndices"
    return tuple(calls.several(kind, values, input=given[0]).values())


def _max(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    return _extreme(calls, node, "max", given, named)


def _min(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    return _extreme(calls, node, "min", given, named)


def _dropout(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    values = {**dict(zip(("p", "training", "inplace"), rest, strict=False)), **named}
    training = values.get("training", True)
    if not plain(training):  # which is never on
        return x
    return calls.one("Dropout", {"p": values.get("p", 0.5)}, input=x)


def _interpolate(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, *rest = given
    order = ("size", "scale_factor", "mode", "align_corners")
    values = {**dict(zip(order, rest, strict=False)), **named}
    mode, size, scale = (
        values.get("mode", "nearest"),
        values.get("size"),
        values.get("scale_factor"),
    )
    corners = plain(values.get("align_corners")) is True
    if scale is not None:
        scale = scale[0] if isinstance(scale, tuple | list) else scale
        arguments = {"scale_factor": scale, "mode": mode, "align_corners": corners}
        return calls.one("Upsample", arguments, input=x)
    if corners:
        raise unread(node, "import_bad_argument", kind="Interpolate", argument="align_corners")
    if isinstance(size, Sizes) and size.of is not None:
        return calls.one("InterpolateLike", {"mode": mode}, input=x, like=size.of)
    if isinstance(plain(size), int):
        size = (plain(size),) * (calls.rank(node, x) - 2)
    return calls.one("Interpolate", {"size": tuple(size or ()), "mode": mode}, input=x)


def _where(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    condition, one, other = given
    if is_tensor(one) and is_tensor(other):
        return calls.operation(node, OPERATIONS["where"], given, named)
    if is_tensor(one):
        opposite = calls.one("LogicalNot", {}, input=condition)
        return _masked(calls, node, [one, opposite, other], {})
    if is_tensor(other):
        return _masked(calls, node, [other, condition, one], {})
    raise unread(node, "import_unknown_call", name="where")


def _masked(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    x, mask, *rest = given
    value = rest[0] if rest else named["value"]
    spec = calls.spec(mask)
    if spec is not None and spec.dtype != "bool":
        mask = calls.cast(mask, "bool")
    return calls.one("MaskedFill", {"value": value}, input=x, mask=mask)


def _attention(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    names = ("query", "key", "value", "attn_mask", "dropout_p", "is_causal", "scale")
    values = {**dict(zip(names, given, strict=False)), **named}
    inputs = {key: values[key] for key in names[:4] if is_tensor(values.get(key))}
    options = ("is_causal", "scale", "enable_gqa")
    arguments = {key: values[key] for key in options if values.get(key) is not None}
    return calls.one("ScaledDotProductAttention", arguments, **inputs)


def _einsum(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    equation, *tensors = given
    tensors = (
        [*tensors[0]] if len(tensors) == 1 and isinstance(tensors[0], list | tuple) else tensors
    )
    inputs = {f"input{number}": each for number, each in enumerate(tensors, 1)}
    return calls.one("Einsum", {"inputs": len(tensors), "equation": equation}, **inputs)


def _linear(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    values = {**dict(zip(("input", "weight", "bias"), given, strict=False)), **named}
    return calls.linear(node, values["input"], values["weight"], values.get("bias"))


def _along(kind: str, *ports: str) -> Callable[..., Any]:
    """Return what draws ``x.gather(dim, index)``, whose other tensors follow the dimension."""

    def draw(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
        values = {**dict(zip(("input", "dim", *ports), given, strict=False)), **named}
        dim = values.pop("dim")
        if not all(is_tensor(each) for each in values.values()):
            raise unread(node, "import_unknown_call", name=kind)
        return calls.one(kind, {"dim": dim}, **values)

    return draw


def _as_complex(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    return calls.one("ViewAsComplex", {}, input=given[0])


def _as_real(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    return calls.one("ViewAsReal", {}, input=given[0])


def _reshape_like(
    calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]
) -> Any:
    return calls.one("ReshapeLike", {}, input=given[0], like=given[1])


def _affine(calls: TensorCalls, node: ast.AST, given: list[Any], named: dict[str, Any]) -> Any:
    values = {**dict(zip(("theta", "size", "align_corners"), given, strict=False)), **named}
    size = values["size"]
    if not (isinstance(size, Sizes) and size.is_whole):
        raise unread(node, "import_size_unknown")
    corners = values.get("align_corners") or False
    return calls.one("AffineGrid", {"align_corners": corners}, theta=values["theta"], like=size.of)


OWN: Final[Mapping[str, Callable[..., Any]]] = {
    "view": reshape,
    "reshape": reshape,
    "view_as": _reshape_like,
    "reshape_as": _reshape_like,
    "flatten": _flatten,
    "unflatten": _unflatten,
    "permute": _permute,
    "t": lambda calls, node, given, named: calls.turned(given[0]),
    "squeeze": _squeeze,
    "split": _parts,
    "chunk": _chunk,
    "unbind": _unbind,
    "expand": _expand,
    "expand_as": _expand_as,
    "repeat": _repeat,
    "tile": _repeat,
    "to": _to,
    "type": _to,
    "type_as": _to,
    "max": _max,
    "min": _min,
    "dropout": _dropout,
    "interpolate": _interpolate,
    "upsample": _interpolate,
    "where": _where,
    "masked_fill": _masked,
    "scaled_dot_product_attention": _attention,
    "einsum": _einsum,
    "linear": _linear,
    "index_select": _along("IndexSelect", "index"),
    "gather": _along("Gather", "index"),
    "scatter": _along("Scatter", "index", "src"),
    "scatter_add": _along("ScatterAdd", "index", "src"),
    "index_add": _along("IndexAdd", "index", "source"),
    "view_as_complex": _as_complex,
    "view_as_real": _as_real,
    "affine_grid": _affine,
    **{
        name: _reduction(kind)
        for name, kind in {
            "mean": "Mean", "sum": "Sum", "amax": "Max", "amin": "Min", "prod": "Prod",
            "var": "Var", "std": "Std", "logsumexp": "LogSumExp", "all": "All", "any": "Any",
        }.items()
    },
}  # fmt: skip
"""Calls that are several operations, or one that depends on more than its arguments."""
