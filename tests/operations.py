"""What each operation computes, one call of torch each, written from torch's documentation.

The first is given the tensors by port, the second the arguments. Where several ways lead to the
same, another is taken here than the generated text takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

Tensors: TypeAlias = Mapping[str, Tensor]
Arguments: TypeAlias = Mapping[str, Any]
Computed: TypeAlias = Tensor | tuple[Tensor, ...]


def _whole(value: float) -> float:
    """Return a whole number as an ``int``, which keeps the dtype of whole tensors."""
    return int(value) if float(value).is_integer() else value


def _second(x: Tensors, a: Arguments, name: str = "value") -> Any:
    return x.get("other", _whole(a[name]))


def _unary(*names: str) -> dict[str, Callable[[Tensors, Arguments], Computed]]:
    """Return the functions of one tensor whose name is that of the kind."""
    return {
        name: lambda x, _, name=name: getattr(torch, name.lower())(x["input"]) for name in names
    }


def _expand_like(x: Tensor, like: Tensor, dims: tuple[int, ...]) -> Tensor:
    sizes = list(x.shape)
    for dim in dims:
        sizes[dim] = like.shape[dim]
    return torch.broadcast_to(x, sizes)


def _transformed(transform: Callable[..., Tensor], x: Tensors, a: Arguments) -> Tensor:
    dims = a["dim"]
    sizes = a["s"] or None if "s" in a else a["n"]
    if "like" in x:
        shape = x["like"].shape
        sizes = [shape[dim] for dim in dims] if isinstance(dims, tuple) else shape[dims]
    return transform(x["input"], sizes, dims, a["norm"])


def _gradient(x: Tensors, _: Arguments) -> Tensor:
    """Derive the product of the sums, which follows from both."""
    of, by = (x[name].detach().clone().requires_grad_() for name in ("of", "by"))
    (of.sum() * by.sum()).backward()
    assert by.grad is not None
    return by.grad


FUNCTIONS: Final[Mapping[str, Callable[[Tensors, Arguments], Computed]]] = {
    **_unary(
        "Abs", "Sign", "Square", "Floor", "Ceil", "Round", "Trunc", "Exp", "Expm1", "Log", "Log1p",
        "Log2", "Log10", "Sqrt", "Rsqrt", "Reciprocal", "Sin", "Cos", "Tan", "Asin", "Acos",
        "Atan", "Sinh", "Cosh", "Erf", "Erfc", "Lgamma", "IsNaN", "IsFinite",
    ),
    "Negative": lambda x, _: torch.neg(x["input"]),
    "AddNumber": lambda x, a: torch.add(x["input"], _whole(a["value"])),
    "SubtractFrom": lambda x, a: torch.rsub(x["input"], _whole(a["value"])),
    "MultiplyByNumber": lambda x, a: torch.mul(x["input"], _whole(a["value"])),
    "DivideByNumber": lambda x, a: torch.true_divide(x["input"], a["value"]),
    "FloorDivide": lambda x, a: torch.floor_divide(x["input"], _second(x, a)),
    "Remainder": lambda x, a: torch.remainder(x["input"], _second(x, a)),
    "Power": lambda x, a: torch.pow(x["input"], _second(x, a, "exponent")),
    "Clamp": lambda x, a: torch.clip(x["input"], a["min"], a["max"]),
    "NanToNum": lambda x, a: torch.nan_to_num(x["input"], a["nan"], a["posinf"], a["neginf"]),
    "Atan2": lambda x, _: torch.arctan2(x["y"], x["x"]),
    "LogAddExp": lambda x, _: torch.logaddexp(x["input1"], x["input2"]),
    "Hypot": lambda x, _: torch.hypot(x["input1"], x["input2"]),
    "Lerp": lambda x, a: torch.lerp(x["input"], x["end"], a["weight"]),
    "BatchMatMul": lambda x, _: torch.bmm(x["input1"], x["input2"]),
    "Einsum": lambda x, a: torch.einsum(a["equation"], list(x.values())),
    "Outer": lambda x, _: torch.ger(x["input1"], x["input2"]),
    "ScaledDotProductAttention": lambda x, a: functional.scaled_dot_product_attention(
        x["query"], x["key"], x["value"], x.get("attn_mask"), 0.0, a["is_causal"],
        scale=a["scale"], enable_gqa=a["enable_gqa"],
    ),
    "PairwiseDistances": lambda x, a: torch.cdist(x["x1"], x["x2"], a["p"]),
    "Tril": lambda x, a: torch.tril(x["input"], a["diagonal"]),
    "Triu": lambda x, a: torch.triu(x["input"], a["diagonal"]),
    "Diagonal": lambda x, a: torch.diagonal(x["input"], a["offset"], a["dim1"], a["dim2"]),
    "DiagEmbed": lambda x, a: torch.diag_embed(x["input"], a["offset"]),
    "Inverse": lambda x, _: torch.linalg.inv(x["input"]),
    "Real": lambda x, _: torch.real(x["input"]),
    "Imag": lambda x, _: torch.imag(x["input"]),
    "Angle": lambda x, _: torch.angle(x["input"]),
    "Conj": lambda x, _: torch.conj(x["input"]).resolve_conj(),
    "ViewAsReal": lambda x, _: torch.stack((x["input"].real, x["input"].imag), -1),
    "ViewAsComplex": lambda x, _: torch.view_as_complex(x["input"].contiguous()),
    "Complex": lambda x, _: torch.complex(x["real"], x["imag"]),
    "Polar": lambda x, _: torch.polar(x["abs"], x["angle"]),
    **{
        f"{name}{many}".upper(): partial(_transformed, getattr(torch.fft, f"{name}{many.lower()}"))
        for name in ("fft", "ifft", "rfft", "irfft")
        for many in ("", "2", "N")
    },
    "FFTShift": lambda x, a: torch.fft.fftshift(x["input"], a["dim"]),
    "IFFTShift": lambda x, a: torch.fft.ifftshift(x["input"], a["dim"]),
    "FFTFreq": lambda _, a: torch.fft.fftfreq(a["n"], a["d"]),
    "RFFTFreq": lambda _, a: torch.fft.rfftfreq(a["n"], a["d"]),
    "Equal": lambda x, a: torch.eq(x["input"], _second(x, a)),
    "NotEqual": lambda x, a: torch.ne(x["input"], _second(x, a)),
    "Greater": lambda x, a: torch.gt(x["input"], _second(x, a)),
    "GreaterEqual": lambda x, a: torch.ge(x["input"], _second(x, a)),
    "Less": lambda x, a: torch.lt(x["input"], _second(x, a)),
    "LessEqual": lambda x, a: torch.le(x["input"], _second(x, a)),
    "IsClose": lambda x, a: torch.isclose(x["input"], x["other"], a["rtol"], a["atol"]),
    "LogicalAnd": lambda x, _: torch.logical_and(x["input1"], x["input2"]),
    "LogicalOr": lambda x, _: torch.logical_or(x["input1"], x["input2"]),
    "LogicalXor": lambda x, _: torch.logical_xor(x["input1"], x["input2"]),
    "LogicalNot": lambda x, _: torch.logical_not(x["input"]),
    "Where": lambda x, _: torch.where(x["condition"], x["input"], x["other"]),
    "MaskedFill": lambda x, a: torch.masked_fill(x["input"], x["mask"], a["value"]),
    "Prod": lambda x, a: torch.prod(x["input"], a["dim"], a["keepdim"]),
    "Var": lambda x, a: torch.var_mean(
        x["input"], a["dim"], correction=a["correction"], keepdim=a["keepdim"]
    )[0],
    "Std": lambda x, a: torch.std_mean(
        x["input"], a["dim"], correction=a["correction"], keepdim=a["keepdim"]
    )[0],
    "LogSumExp": lambda x, a: torch.logsumexp(x["input"], a["dim"], a["keepdim"]),
    "Norm": lambda x, a: torch.linalg.vector_norm(x["input"], a["p"], a["dim"], a["keepdim"]),
    "All": lambda x, a: torch.all(x["input"], a["dim"], a["keepdim"]),
    "Any": lambda x, a: torch.any(x["input"], a["dim"], a["keepdim"]),
    "CountNonzero": lambda x, a: torch.count_nonzero(x["input"], a["dim"]),
    "ArgMin": lambda x, a: torch.argmin(x["input"], a["dim"], a["keepdim"]),
    "CumSum": lambda x, a: torch.cumsum(x["input"], a["dim"]),
    "CumProd": lambda x, a: torch.cumprod(x["input"], a["dim"]),
    "LogCumSumExp": lambda x, a: torch.logcumsumexp(x["input"], a["dim"]),
    "CumMax": lambda x, a: tuple(torch.cummax(x["input"], a["dim"])),
    "CumMin": lambda x, a: tuple(torch.cummin(x["input"], a["dim"])),
    "Sort": lambda x, a: tuple(torch.sort(x["input"], a["dim"], a["descending"])),
    "ArgSort": lambda x, a: torch.argsort(x["input"], a["dim"], a["descending"]),
    "TopK": lambda x, a: tuple(
        torch.topk(x["input"], a["k"], a["dim"], a["largest"], a["sorted"])
    ),
    "KthValue": lambda x, a: tuple(torch.kthvalue(x["input"], a["k"], a["dim"], a["keepdim"])),
    "Median": lambda x, a: tuple(torch.median(x["input"], a["dim"], a["keepdim"])),
    "MaxWithIndices": lambda x, a: tuple(torch.max(x["input"], a["dim"], a["keepdim"])),
    "MinWithIndices": lambda x, a: tuple(torch.min(x["input"], a["dim"], a["keepdim"])),
    "Expand": lambda x, a: x["input"].expand(a["sizes"]),
    "ExpandLike": lambda x, a: _expand_like(x["input"], x["like"], a["dims"]),
    "Repeat": lambda x, a: x["input"].repeat(a["repeats"]),
    "RepeatInterleave": lambda x, a: torch.repeat_interleave(x["input"], a["repeats"], a["dim"]),
    "Roll": lambda x, a: torch.roll(x["input"], a["shifts"], a["dims"]),
    "Flip": lambda x, a: torch.flip(x["input"], a["dims"]),
    "MoveDim": lambda x, a: torch.moveaxis(x["input"], a["source"], a["destination"]),
    "Split": lambda x, a: torch.split(x["input"], list(a["split_sizes"]), a["dim"]),
    "Chunk": lambda x, a: torch.chunk(x["input"], a["chunks"], a["dim"]),
    "Unbind": lambda x, a: torch.unbind(x["input"], a["dim"]),
    "Windows": lambda x, a: x["input"].unfold(a["dimension"], a["size"], a["step"]),
    "Gradient": _gradient,
    "Detach": lambda x, _: x["input"].detach(),
    "Lookup": lambda x, _: x["input"][x["index"]],
    "IndexSelect": lambda x, a: torch.index_select(x["input"], a["dim"], x["index"]),
    "Gather": lambda x, a: torch.gather(x["input"], a["dim"], x["index"]),
    "TakeAlongDim": lambda x, a: torch.take_along_dim(x["input"], x["index"], a["dim"]),
    "ScatterAdd": lambda x, a: torch.scatter_add(x["input"], a["dim"], x["index"], x["src"]),
    "Scatter": lambda x, a: torch.scatter(x["input"], a["dim"], x["index"], x["src"]),
    "IndexAdd": lambda x, a: torch.index_add(x["input"], a["dim"], x["index"], x["source"]),
    "ReshapeLike": lambda x, _: x["input"].reshape_as(x["like"]),
    "UnflattenLike": lambda x, a: x["input"].unflatten(
        a["dim"], list(x["like"].shape)[a["first"] : a["end"]]
    ),
    "CastLike": lambda x, _: x["input"].type_as(x["like"]),
    "RandLike": lambda x, _: torch.rand(x["input"].shape, dtype=x["input"].dtype),
    "Normal": lambda x, _: torch.normal(x["mean"], x["std"].abs()),
    "Bernoulli": lambda x, _: torch.bernoulli(x["input"].sigmoid()),
    "Multinomial": lambda x, a: torch.multinomial(
        x["input"].sigmoid(), a["num_samples"], a["replacement"]
    ),
    "GridSample": lambda x, a: functional.grid_sample(
        x["input"], x["grid"], a["mode"], a["padding_mode"], a["align_corners"]
    ),
    "AffineGrid": lambda x, a: functional.affine_grid(
        x["theta"], list(x["like"].shape), a["align_corners"]
    ),
    "Nonzero": lambda x, _: torch.argwhere(x["input"]),
    "MaskedSelect": lambda x, _: torch.cat(
        [each[where] for each, where in [torch.broadcast_tensors(x["input"], x["mask"])]]
    ),
    "OneHot": lambda x, a: functional.one_hot(x["input"], a["num_classes"]),
    "Bucketize": lambda x, _: torch.searchsorted(x["boundaries"], x["input"]),
    "Pad": lambda x, a: functional.pad(x["input"], a["pad"], a["mode"], a["value"]),
    "Interpolate": lambda x, a: functional.interpolate(x["input"], a["size"], mode=a["mode"]),
    "InterpolateLike": lambda x, a: functional.interpolate(
        x["input"], list(x["like"].shape[2:]), mode=a["mode"]
    ),
    "Normalize": lambda x, a: functional.normalize(x["input"], a["p"], a["dim"], a["eps"]),
    "Constant": lambda _, a: torch.full(
        a["shape"], _whole(a["value"]), dtype=getattr(torch, a["dtype"])
    ),
    "Arange": lambda _, a: torch.tensor(list(range(a["start"], a["end"], a["step"]))),
    "Linspace": lambda _, a: torch.linspace(a["start"], a["end"], a["steps"]),
    "Eye": lambda _, a: torch.diag(torch.ones(a["n"])),
    "Randn": lambda _, a: torch.randn(a["shape"]),
    "Rand": lambda _, a: torch.rand(a["shape"]),
    "Randint": lambda _, a: torch.randint(a["low"], a["high"], a["shape"]),
    "Positions": lambda x, a: torch.tensor(list(range(x["input"].shape[a["dim"]]))),
    "CausalMask": lambda x, a: torch.isinf(
        torch.nn.Transformer.generate_square_subsequent_mask(x["input"].shape[a["dim"]])
    ),
    "ZerosLike": lambda x, _: torch.zeros(x["input"].shape, dtype=x["input"].dtype),
    "OnesLike": lambda x, _: torch.ones(x["input"].shape, dtype=x["input"].dtype),
    "FullLike": lambda x, a: torch.full(
        x["input"].shape, _whole(a["fill_value"]), dtype=x["input"].dtype
    ),
    "RandnLike": lambda x, _: torch.randn(x["input"].shape, dtype=x["input"].dtype),
}  # fmt: skip
