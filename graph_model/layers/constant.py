"""Tensors that no layer computes: learned ones, fixed ones, and those made after another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from graph_model.dims import Dim, Shape
from graph_model.layers.arithmetic import elementwise
from graph_model.layers.kind import Fresh, Function, Held, Pattern
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, dtype, integer, integers, number


def learned(use: Use) -> TensorSpec:
    """Hold a tensor that is trained."""
    shape = _shape(use)
    use.weight("", *shape)
    return TensorSpec(shape)


def kept(use: Use) -> TensorSpec:
    """Hold a tensor that is saved with the weights and not trained."""
    shape = _shape(use)
    use.buffer("", *shape)
    return TensorSpec(shape)


def _shape(use: Use) -> tuple[int, ...]:
    shape = use.integers("shape")
    if any(size < 1 for size in shape):
        use.refuse("sizes_not_positive", parameter="shape")
    return shape


def _made(use: Use, shape: Shape, parameter: str) -> Shape:
    """Return the shape of a tensor that is made, whose sizes may be those of Inputs."""
    if not all(use.at_least(size, 1) for size in shape):
        use.refuse("sizes_not_positive", parameter=parameter)
    return shape


def full(use: Use) -> TensorSpec:
    """Give one number everywhere; a whole dtype takes no fraction."""
    spec = TensorSpec(_made(use, use.shape("shape"), "shape"), use.text("dtype"))
    value = use.number("value")
    if not (spec.has_fractions or float(value).is_integer()):
        fix = set_argument("dtype", "float32")
        use.refuse("fraction_of_whole", fix, parameter="value", got=value, dtype=spec.dtype)
    return spec


def drawn(use: Use) -> TensorSpec:
    """Draw real numbers anew at each call."""
    return TensorSpec(_made(use, use.shape("shape"), "shape"))


def whole_drawn(use: Use) -> TensorSpec:
    """Draw whole numbers from ``low`` up to and without ``high``."""
    low, high = use.integer("low"), use.integer("high")
    if low >= high:
        use.refuse(
            "empty_range", set_argument("high", low + 1), parameter="high", start=low, end=high
        )
    return replace(drawn(use), dtype="int64")


def arange(use: Use) -> TensorSpec:
    """Count from ``start`` up to and without ``end``."""
    start, end, step = use.size("start"), use.size("end"), use.integer("step")
    length: Dim = end - start
    length = -(-length // step) if isinstance(length, int) else (length + step - 1) // step
    if not use.at_least(length, 1):
        use.refuse("empty_range", parameter="end", start=start, end=end)
    return TensorSpec((length,), "int64")


def linspace(use: Use) -> TensorSpec:
    """Go from ``start`` to ``end`` in equal steps."""
    return TensorSpec(_made(use, (use.size("steps"),), "steps"))


def unit_matrix(use: Use) -> TensorSpec:
    """Give a matrix with ones on its diagonal."""
    return TensorSpec(_made(use, (use.size("n"),) * 2, "n"))


def positions(use: Use) -> TensorSpec:
    """Count along a dimension of the input from 0 on."""
    x = use.input()
    size: Dim = x.shape[use.dim("dim", x.rank)]
    return TensorSpec((size,), "int64")


def causal_mask(use: Use) -> TensorSpec:
    """Mark, for each element of a sequence, those that come later."""
    x = use.input()
    size = x.shape[use.dim("dim", x.rank)]
    return TensorSpec((size, size), "bool")


def like(use: Use) -> TensorSpec:
    """Give the shape and dtype of the input."""
    return use.input()


def noise(use: Use) -> TensorSpec:
    """Give real random numbers in the shape of the input."""
    use.need_floating()
    return use.input()


def normal(use: Use) -> TensorSpec:
    """Give random numbers around each mean, by the standard deviation there."""
    use.need_floating()
    return elementwise(use)


def multinomial(use: Use) -> TensorSpec:
    """Draw indices of the last dimension, without replacement no more than there are."""
    use.need_floating()
    x = use.input()
    if x.rank != 1:
        use.need_rank(2, "N×C")
    samples, classes = use.integer("num_samples"), x.shape[-1]
    if not use.flag("replacement") and not use.at_least(classes, samples):
        again = set_argument("replacement", True)
        use.refuse("too_many_samples", again, parameter="num_samples", got=samples, classes=classes)
    return TensorSpec((*x.shape[:-1], samples), "int64")


def full_like(use: Use) -> TensorSpec:
    """Give one number in the shape of the input, which keeps its dtype."""
    x, value = use.input(), use.number("fill_value")
    if not (x.has_fractions or float(value).is_integer()):
        use.refuse("fraction_of_whole", parameter="fill_value", got=value, dtype=x.dtype)
    return x


_kind: Final = partial(operation, "constant", inputs=())
_MADE: Final = {
    "zeros": "torch.zeros({shape})",
    "ones": "torch.ones({shape})",
    "normal": "torch.randn({shape}) * {std}",
    "constant": "torch.full({shape_tuple}, {value})",
}
_RANGES: Final = {
    "end": "torch.arange({end})",
    "start": "torch.arange({start}, {end})",
    "step": "torch.arange({start}, {end}, {step})",
}
_FULL: Final = "torch.full({shape_tuple}, {value})"
_FILLED: Final = {"0": "torch.zeros({shape})", "1": "torch.ones({shape})", "": _FULL}
_GRID: Final = {"": "torch.linspace({start}, {end}, {steps})"}
_UNIT: Final = {"": "torch.eye({n})"}
_SHAPE: Final = integers("shape", (1, 1, 64), "Its sizes; 1 where it is the same for all.")
_STD: Final = number("std", 0.02, "The standard deviation of init = normal.", above=0, maximum=1e6)
_VALUE: Final = number("value", 1.0, "The number of init = constant.", minimum=-1e9, maximum=1e9)


_DRAWN: Final = integers("shape", (1, 64), "Its sizes, such as 1, 64; N is that of an Input.",
                         symbolic=True)  # fmt: skip


def _init(default: str) -> Parameter:
    return choice("init", _MADE, default, "What it begins with.")


KINDS: Final = (
    _kind("Parameter", "A learned tensor, such as a class token or position embedding.",
          Held(_MADE, is_parameter=True), learned, "nn.parameter.Parameter",
          "weight", "learned", "token", "cls", "position", "embedding", "scale",
          parameters=(_SHAPE, _init("normal"), _STD, _VALUE),
          card=("{init}",)),
    _kind("Buffer", "A tensor that is saved with the weights but not trained.",
          Held(_MADE, is_persistent=True), kept, "nn.parameter.Buffer",
          "fixed", "state", "frozen",
          parameters=(_SHAPE, _init("zeros"), _STD, _VALUE),
          card=("{init}",)),
    _kind("Constant", "One number everywhere, fixed.", Held(_FILLED), full, "full",
          "number", "scalar", "fixed",
          parameters=(integers("shape", (1,), "Its sizes, such as 4, 4; N is that of an Input.",
                               symbolic=True),
                      number("value", 1.0, "The number.", minimum=-1e9, maximum=1e9),
                      dtype("dtype", "float32", "The dtype.")),
          card=("!{value}", "{dtype}"), sized=Fresh(_FILLED)),
    _kind("Arange", "The whole numbers from start up to end, fixed.",
          Held(_RANGES), arange, "arange",
          "range", "count", "position",
          parameters=(integer("start", 0, "The first number.", minimum=None, symbolic=True),
                      integer("end", 10, "The number after the last; T is a size of an Input.",
                              minimum=None, symbolic=True),
                      integer("step", 1, "How far apart they are.")),
          card=("!{start} to {end}", "step {step}"), stem="steps", sized=Fresh(_RANGES)),
    _kind("Linspace", "Numbers from start to end in equal steps, fixed.",
          Held(_GRID), linspace, "linspace",
          "range", "grid",
          parameters=(number("start", 0.0, "The first number.", minimum=-1e9, maximum=1e9),
                      number("end", 1.0, "The last number.", minimum=-1e9, maximum=1e9),
                      integer("steps", 10, "How many there are.", symbolic=True)),
          card=("!{start} to {end}", "{steps} steps"), stem="grid", sized=Fresh(_GRID)),
    _kind("Eye", "A matrix with ones on its diagonal, fixed.", Held(_UNIT),
          unit_matrix, "eye", "identity", "unit", "matrix",
          parameters=(integer("n", 4, "How many rows and columns.", symbolic=True),),
          card=("!{n}×{n}",), sized=Fresh(_UNIT)),
    _kind("Positions", "Counts along a dimension of the input: indices for a position embedding.",
          Pattern("torch.arange({input}.shape[{dim}], device={input}.device)"), positions, "arange",
          "arange", "range", "embedding", "transformer",
          parameters=(integer("dim", 1, "The dimension that is counted.", minimum=None),),
          inputs=("input",), card=("!dim {dim}",)),
    _kind("CausalMask", "True where attention would look ahead: the attn_mask or tgt_mask of a "
          "decoder.",
          Pattern("torch.triu(torch.ones({input}.shape[{dim}], {input}.shape[{dim}], "
                  "dtype=torch.bool, device={input}.device), diagonal=1)"), causal_mask, "triu",
          "subsequent", "look-ahead", "autoregressive", "transformer", "triu", "gpt",
          parameters=(integer("dim", 1, "The dimension that is the sequence.", minimum=None),),
          inputs=("input",), card=("!dim {dim}",), stem="causal"),
    _kind("ZerosLike", "Zeros in the shape of the input, such as a first state.",
          Function("torch.zeros_like"), like, "zeros_like", "zero", "state", inputs=("input",),
          stem="zeros_"),
    _kind("OnesLike", "Ones in the shape of the input.", Function("torch.ones_like"), like,
          "ones_like", "one", inputs=("input",), stem="ones_"),
    _kind("FullLike", "One number in the shape of the input.",
          Function("torch.full_like", positional=("fill_value",)), full_like, "full_like",
          "number", inputs=("input",),
          parameters=(number("fill_value", 1.0, "The number.", minimum=-1e9, maximum=1e9),),
          card=("!{fill_value}",), stem="full"),
    _kind("Randn", "New random numbers of mean 0 and deviation 1 at each call, as a generator "
          "begins with.", Fresh({"": "torch.randn({shape})"}), drawn, "randn",
          "noise", "normal", "gaussian", "random", "latent", "gan",
          parameters=(_DRAWN,), stem="noise"),
    _kind("Rand", "New random numbers from 0 to 1 at each call.",
          Fresh({"": "torch.rand({shape})"}), drawn, "rand",
          "noise", "uniform", "random", parameters=(_DRAWN,), stem="noise"),
    _kind("Randint", "New random whole numbers from low up to high at each call.",
          Fresh({"": "torch.randint({low}, {high}, {shape_tuple})"}), whole_drawn, "randint",
          "noise", "uniform", "random", "index",
          parameters=(integer("low", 0, "The least number.", minimum=None),
                      integer("high", 10, "The number after the largest.", minimum=None), _DRAWN),
          card=("!{low} to {high}",), stem="drawn"),
    _kind("RandnLike", "New random numbers in the shape of the input, as autoencoders sample.",
          Function("torch.randn_like"), noise, "randn_like", "noise", "normal", "random", "vae",
          inputs=("input",), stem="noise"),
    _kind("RandLike", "New random numbers from 0 to 1 in the shape of the input.",
          Function("torch.rand_like"), noise, "rand_like", "noise", "uniform", "random",
          inputs=("input",), stem="noise"),
    _kind("Normal", "New random numbers of given means and standard deviations.",
          Function("torch.normal"), normal, "normal", "noise", "gaussian", "random", "sample",
          "vae", inputs=("mean", "std"), stem="sample"),
    _kind("Bernoulli", "New zeros and ones: one as often as the input says.",
          Function("torch.bernoulli"), noise, "bernoulli", "random", "binary", "mask", "sample",
          inputs=("input",), stem="sample"),
    _kind("Multinomial", "Draws indices as often as their weights say, as text is sampled.",
          Function("torch.multinomial", positional=("num_samples",)), multinomial, "multinomial",
          "random", "sample", "token", "categorical", inputs=("input",),
          parameters=(integer("num_samples", 1, "How many are drawn of each row."),
                      boolean("replacement", False, "Whether one may be drawn again.")),
          card=("!{num_samples}", "replacement {replacement}"), stem="sample"),
)  # fmt: skip
