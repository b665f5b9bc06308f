"""Complex numbers: what they are made of, what is made of them, and which layers take them."""

from __future__ import annotations

from functools import partial
from typing import Final, NoReturn

from graph_model.layers.arithmetic import elementwise
from graph_model.layers.kind import Function, LayerKind, Pattern
from graph_model.layers.operation import operation
from graph_model.layers.use import Use
from graph_model.problems import Fix, InsertBefore
from graph_model.tensors import TensorSpec

_WAYS_OUT: Final = ("Abs", "Real", "Imag", "Angle", "ViewAsReal")
"""What makes real numbers of complex ones."""


def need_what_it_takes(kind: LayerKind, use: Use) -> None:
    """Refuse complex numbers at a layer that is for real ones."""
    if kind.name not in TAKING_COMPLEX:
        for port, spec in use.inputs.items():
            if spec.is_complex:
                refuse_complex(use, port, "complex_not_taken")


def refuse_complex(use: Use, port: str, code: str, dtype: str = "") -> NoReturn:
    """Refuse complex numbers, with the layers as fixes that make real ones of them."""
    fixes = [
        Fix("insert_layer", InsertBefore(port, each, {}), {"kind": each}) for each in _WAYS_OUT
    ]
    use.refuse(code, *fixes, port=port, kind=use.kind, got=use.input(port).dtype, dtype=dtype)


def need_single_or_double(use: Use) -> None:
    """Refuse real numbers of half precision, which have no complex ones, and whole numbers."""
    for port, spec in use.inputs.items():
        if port != "like" and not (spec.is_complex or spec.complex_numbers.is_complex):
            use.refuse_dtype("needs_real_numbers", port, "float32")


def _need_complex(use: Use) -> None:
    if not use.input().is_complex:
        use.refuse_dtype("needs_complex_numbers", "input", "complex64")


def parted(use: Use) -> TensorSpec:
    """Take one real number of each complex one."""
    _need_complex(use)
    return use.input().real_numbers


def turned(use: Use) -> TensorSpec:
    """Tell the angle of each number, which is 0 or π for real ones."""
    x = use.input()
    return x.real_numbers if x.has_fractions else TensorSpec(x.shape)


def conjugated(use: Use) -> TensorSpec:
    """Turn the sign of each imaginary part."""
    use.need_numbers()
    return use.input()


def as_pairs(use: Use) -> TensorSpec:
    """Write each complex number as two real ones, in a dimension behind all others."""
    _need_complex(use)
    x = use.input().real_numbers
    return x.with_shape(*x.shape, use.called("parts", 2))


def of_pairs(use: Use) -> TensorSpec:
    """Read two real numbers along the last dimension as a complex one."""
    need_single_or_double(use)
    use.need_floating()
    x = use.need_rank_at_least(1)
    use.need_size("input", -1, 2)
    return x.complex_numbers.with_shape(*x.shape[:-1])


def combined(use: Use) -> TensorSpec:
    """Make a complex number of two real ones, broadcasting their shapes."""
    need_single_or_double(use)
    use.need_floating()
    return elementwise(use).complex_numbers


_kind: Final = partial(operation, "arithmetic")

KINDS: Final = (
    _kind("Real", "Takes the real part of each complex number.", Pattern("{input}.real"), parted,
          "Tensor.real", "complex", "part"),
    _kind("Imag", "Takes the imaginary part of each complex number.", Pattern("{input}.imag"),
          parted, "Tensor.imag", "complex", "imaginary", "part"),
    _kind("Angle", "Gives the angle of each complex number, its phase.", Function("torch.angle"),
          turned, "angle", "complex", "phase", "argument"),
    _kind("Conj", "Turns the sign of each imaginary part.", Function("torch.conj_physical"),
          conjugated, "conj_physical", "complex", "conjugate", stem="conjugate"),
    _kind("ViewAsReal", "Writes each complex number as two real ones, in a last dimension of 2.",
          Pattern("torch.view_as_real({input}.resolve_conj())"), as_pairs, "view_as_real",
          "complex", "pairs", stem="pairs"),
    _kind("ViewAsComplex", "Reads a last dimension of 2 as the parts of complex numbers.",
          Pattern("torch.view_as_complex({input}.contiguous())"), of_pairs, "view_as_complex",
          "complex", "pairs", stem="complex"),
    _kind("Complex", "Makes complex numbers of their real and imaginary parts.",
          Function("torch.complex"), combined, "complex", "imaginary", inputs=("real", "imag")),
    _kind("Polar", "Makes complex numbers of their sizes and angles.", Function("torch.polar"),
          combined, "polar", "complex", "phase", "rotary", inputs=("abs", "angle")),
)  # fmt: skip

TAKING_COMPLEX: Final = frozenset(
    name
    for names in (
        "Input Output Identity Real Imag Angle Conj ViewAsReal",
        "FFT IFFT IRFFT FFT2 IFFT2 IRFFT2 FFTN IFFTN IRFFTN FFTShift IFFTShift",
        # As they are, in another order or shape
        "Flatten Unflatten Reshape ReshapeLike UnflattenLike Permute Transpose Squeeze Unsqueeze",
        "Select Slice Expand ExpandLike Repeat RepeatInterleave Roll Flip MoveDim Split Chunk",
        "Unbind Windows Detach Diagonal DiagEmbed Tril Triu Concatenate Stack Where Cast CastLike",
        "Lookup IndexSelect Gather TakeAlongDim ScatterAdd Scatter IndexAdd",
        "ZerosLike OnesLike Positions CausalMask",
        # Calculated with
        "Add Subtract Multiply Divide MatMul BatchMatMul Einsum Outer",
        "AddNumber SubtractFrom MultiplyByNumber DivideByNumber Negative Square Reciprocal",
        "Abs Exp Log Sqrt Sin Cos Tan Sinh Cosh Mean Sum Prod CumSum CumProd Norm CountNonzero",
        "Nonzero MaskedSelect",
        "Equal NotEqual IsNaN IsFinite",
    )
    for name in names.split()
)
"""The kinds whose rules are right for complex numbers; every other kind refuses them."""
