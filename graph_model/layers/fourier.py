"""Fourier transforms, with the sizes and dtypes that torch gives them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from graph_model.dims import Dim
from graph_model.layers.complex_numbers import need_single_or_double, refuse_complex
from graph_model.layers.kind import Function, Held, LayerKind, Rule
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, choice, integer, integers, number


def _transformed(use: Use) -> TensorSpec:
    """Give complex numbers as many as come in, or as many as are asked for."""
    need_single_or_double(use)
    x, sizes = use.input().complex_numbers, list(use.input().shape)
    for dim, size in _asked(use).items():
        sizes[dim] = size
    return x.with_shape(*sizes)


def _halved(use: Use) -> TensorSpec:
    """Give the half of the spectrum of real numbers that the other half follows from."""
    if use.input().is_complex:
        refuse_complex(use, "input", "complex_not_taken")
    whole, last = _transformed(use), _last(use)
    return whole.with_dim(last, whole.shape[last] // 2 + 1)


def _whole(use: Use) -> TensorSpec:
    """Give real numbers of half a spectrum: an even number of them, unless more is said."""
    spectrum, last = _transformed(use), _last(use)
    if last not in _asked(use):
        size = 2 * (spectrum.shape[last] - 1)
        if not use.at_least(size, 1):
            use.refuse("spectrum_too_short", port="input", shape=use.input())
        spectrum = spectrum.with_dim(last, size)
    return spectrum.real_numbers


def _last(use: Use) -> int:
    """Return the dimension that is halved: the last of those that are transformed."""
    return [*_dims(use)][-1]


def _dims(use: Use) -> list[int]:
    """Return the dimensions that are transformed, none of which stands twice."""
    rank, given = use.input().rank, use.arguments["dim"]
    if not isinstance(given, tuple):
        return [use.dim("dim", rank)]
    if not given:
        use.refuse("dims_missing", set_argument("dim", (-1,)), parameter="dim")
    dims = [use.as_dim(each, "dim", rank) for each in use.integers("dim")]
    if len({*dims}) < len(dims):
        use.refuse(
            "dims_repeated", set_argument("dim", tuple(dict.fromkeys(dims))), parameter="dim"
        )
    return dims


def _asked(use: Use) -> dict[int, Dim]:
    """Return the sizes that are asked for, by their dimensions: by numbers or by another tensor."""
    dims = _dims(use)
    if use.has("like"):
        like = use.input("like")
        return {dim: like.shape[use.as_dim(dim, "dim", like.rank, "like")] for dim in dims}
    if "n" in use.arguments:
        n = use.optional_integer("n")
        return {} if n is None else {dims[0]: n}
    sizes = use.integers("s")
    if not sizes:
        return {}
    if any(size < 1 for size in sizes):
        use.refuse("sizes_not_positive", parameter="s")
    if len(sizes) != len(dims):
        use.refuse("lengths_differ", set_argument("s", ()), parameter="s", got=len(sizes),
                   other="dim", expected=len(dims))  # fmt: skip
    return dict(zip(dims, sizes, strict=True))


def _shifted(use: Use) -> TensorSpec:
    """Put the middle of some dimensions first, or back."""
    _dims(use)
    return use.input()


def _frequencies(use: Use) -> TensorSpec:
    """Give the frequencies of a transform of n numbers."""
    return TensorSpec((use.integer("n"),))


def _half_of_frequencies(use: Use) -> TensorSpec:
    """Give the frequencies of half a spectrum of n numbers."""
    return TensorSpec((use.integer("n") // 2 + 1,))


_NORM: Final = choice(
    "norm",
    ("backward", "ortho", "forward"),
    "backward",
    "Which way is divided by the number of elements: back, both by its root, or there.",
)
_N: Final = integer("n", None, "How many numbers are transformed; empty for all that come in.")
_S: Final = integers("s", (), "The size of each of these dimensions; empty for those of the input.")
_HELP: Final = "The dimensions that are transformed."
_PLANE: Final = integers("dim", (-2, -1), _HELP)
_SPACE: Final = integers("dim", (-3, -2, -1), _HELP)


def _of_numbers(plural: Parameter | None) -> tuple[Parameter, ...]:
    if plural is None:
        return (_N, integer("dim", -1, "The dimension that is transformed.", minimum=None), _NORM)
    return (_S, plural, _NORM)


def _transforms(suffix: str, dims: Parameter | None, where: str) -> tuple[LayerKind, ...]:
    """Describe the transforms along one dimension, two or more."""
    parameters = _of_numbers(dims)
    always = ("dim",) if suffix == "n" else ()
    argument = parameters[0].name

    def kind(name: str, help: str, rule: Rule, *words: str) -> LayerKind:
        takes_like = name == "irfft"
        return operation(
            "arithmetic", f"{name}{suffix}".upper(), help.format(where),
            Function(f"torch.fft.{name}{suffix}", always, sized=argument if takes_like else ""),
            rule, f"fft.{name}{suffix}", "fourier", "frequency", "spectrum", "spectral", *words,
            parameters=parameters,
            inputs=("input", "like") if takes_like else ("input",),
            optional=("like",) if takes_like else (),
            card=("!dim {dim}",), stem="signal" if name == "irfft" else "spectrum",
        )  # fmt: skip

    return (
        kind("fft", "The Fourier transform {}.", _transformed),
        kind("ifft", "The inverse Fourier transform {}.", _transformed, "inverse"),
        kind(
            "rfft", "Half the Fourier transform {}, which is all that real numbers have.", _halved
        ),
        kind(
            "irfft",
            "Real numbers of half a Fourier transform {}, as many as “like” has.",
            _whole,
            "inverse",
        ),
    )


_kind: Final = partial(operation, "arithmetic")

KINDS: Final = (
    *_transforms("", None, "along one dimension"),
    *_transforms("2", _PLANE, "of pictures"),
    *_transforms("n", _SPACE, "along several dimensions"),
    _kind("FFTShift", "Puts the frequency 0 of a spectrum into the middle.",
          Function("torch.fft.fftshift", ("dim",)), _shifted, "fft.fftshift", "fourier",
          "spectrum", "centre",
          parameters=(replace(_PLANE, help="The dimensions whose middle comes first."),),
          card=("!dim {dim}",), stem="spectrum"),
    _kind("IFFTShift", "Puts the middle of a spectrum first, as transforms back take it.",
          Function("torch.fft.ifftshift", ("dim",)), _shifted, "fft.ifftshift", "fourier",
          "spectrum", "inverse",
          parameters=(replace(_PLANE, help="The dimensions whose middle comes first."),),
          card=("!dim {dim}",), stem="spectrum"),
    *(
        _kind(name, help, Held({"d": f"torch.fft.{name.lower()}({{n}})",
                                "": f"torch.fft.{name.lower()}({{n}}, {{d}})"}),
              rule, f"fft.{name.lower()}", "fourier", "frequency", "wave number",
              inputs=(), stem="frequencies",
              parameters=(integer("n", 64, "How many numbers are transformed."),
                          number("d", 1.0, "How far apart they are.", above=0)),
              card=("!{n}", "{d}"))
        for name, help, rule in (
            ("FFTFreq", "The frequencies of a Fourier transform, fixed.", _frequencies),
            ("RFFTFreq", "The frequencies of half a spectrum, fixed.", _half_of_frequencies),
        )
    ),
)  # fmt: skip
