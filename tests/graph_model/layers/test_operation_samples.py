"""Every shape rule of an operation agrees with torch on the samples that torch's own tests use.

``op_db`` holds, for each function of torch, inputs that must work and inputs that must not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest
import torch
from torch import Tensor
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import OpInfo, SampleInput

from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.tensors import DTYPES
from graph_model.values import Type, Value, complaint
from tests.graph_model.explain.reading import assert_explained
from tests.graph_model.layers.draws import Drawn
from tests.graph_model.layers.oracle import dtype_of, spec_of
from tests.graph_model.layers.single import result
from tests.graph_model.layers.test_against_torch import STRICTER

SAMPLES_DTYPES: Final = (torch.float32, torch.int64, torch.bool)
FEWEST_SAMPLES: Final = 2200
FEWEST_ERRORS: Final = 40

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

WITHOUT: Final = {
    "Slice": "indexing has an entry of its own, of other kinds of index",
    "Cast": "Tensor.to takes devices and layouts as well",
    "ExpandLike": "expand by another name",
    "Clamp": "its samples have tensors for bounds, as Maximum and Minimum have",
    "MoveDim": "its samples move several dimensions at once",
    "Detach": "nothing is computed",
    "Lookup": "indexing by one tensor of several possible",
    "InterpolateLike": "interpolate by another name",
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
}
"""Defaults of torch that are not those of the catalogue."""
_NEEDED: Final = {"dim", "dims", "size", "end"}
"""What has another meaning in torch where it is left out."""

NOT_OFFERED: Final = "an argument that the catalogue does not offer"
LEFT_OUT: Final = "no dimension named, which means all of them or the flat tensor"
OTHER_VALUE: Final = "a value of a type or range that the catalogue does not take"
OTHER_PORTS: Final = "a number where a tensor is taken, or the reverse"
EMPTY: Final = "a tensor without elements"
"""Why a sample is no use of a kind."""
_IGNORED: Final = {"dropout_p", "compute_mode", "device", "requires_grad"}
"""Arguments that change neither a shape nor a dtype."""
_OWN_DTYPE: Final = {"Arange": torch.int64, "Linspace": torch.float32, "Eye": torch.float32}
_WITH_NUMBERS: Final = {"AddNumber", "MultiplyByNumber", "DivideByNumber", "SubtractFrom"}
"""Kinds whose entry has samples with numbers among its further ones alone."""
OF_VALUES: Final = "is out of bounds for dimension"
"""What torch says of the elements of a tensor, which no shape rule sees."""
_OUT_OF_BOUNDS: Final = {"wrong_type", "below_minimum", "above_maximum", "not_above"}

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's, on its own samples


def test_every_operation_is_compared_with_an_entry() -> None:
    operations = {
        kind.name
        for kind in LAYERS.values()
        if not isinstance(kind.form, Module) and kind.family != "input_output"
    }
    also_modules = {"Flatten", "Unflatten"}
    assert ENTRIES.keys() | WITHOUT.keys() == operations | also_modules
    assert not ENTRIES.keys() & WITHOUT.keys()
    assert {entry[0] for entry in ENTRIES.values()} <= {info.name for info in op_db}


@pytest.mark.parametrize("kind", [LAYERS[name] for name in ENTRIES], ids=lambda kind: kind.name)
def test_a_rule_agrees_on_torchs_samples(kind: LayerKind) -> None:
    outcomes = _outcomes(kind.name)
    print(dict(outcomes))
    assert outcomes["agreed"], "no sample of torch's can be expressed"


def test_the_samples_are_many() -> None:
    total = sum((_outcomes(name) for name in ENTRIES), Counter())
    print(f"{len(ENTRIES)} kinds, {dict(total)}")
    assert total["agreed"] >= FEWEST_SAMPLES


@cache
def _outcomes(name: str) -> Counter[str]:
    kind = LAYERS[name]
    outcomes: Counter[str] = Counter()
    for info in _infos(kind):
        for dtype in SAMPLES_DTYPES:
            if dtype not in info.dtypes:
                continue
            further = kind.name in _WITH_NUMBERS
            samples = info.reference_inputs if further else info.sample_inputs
            for sample in samples("cpu", dtype):
                outcomes[_outcome(kind, info, sample)] += 1
    return outcomes


def _outcome(kind: LayerKind, info: OpInfo, sample: SampleInput) -> str:
    drawn = _expressed(kind, sample)
    if isinstance(drawn, str):
        return drawn
    given = info.op(sample.input, *sample.args, **sample.kwargs)
    outputs = (given,) if isinstance(given, Tensor) else tuple(given)
    found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
    place = f"{kind.name} {drawn.arguments} {drawn.inputs}"
    if problem:
        if problem.code in _OUT_OF_BOUNDS:
            return "out of bounds"
        assert kind.name in STRICTER.get(problem.code, ()), f"{place}: {problem.message}"
        return "refused on purpose"
    shapes = tuple(map(spec_of, outputs))
    assert tuple(found.outputs.values()) == shapes, place
    assert_explained(drawn.kind, drawn.arguments, drawn.inputs, shapes, found.weights)
    return "agreed"


def test_rules_refuse_torchs_error_samples() -> None:
    outcomes: Counter[str] = Counter()
    for name in ENTRIES:
        kind = LAYERS[name]
        for info in _infos(kind):
            for error in info.error_inputs("cpu") if info.error_inputs_func else ():
                drawn = _expressed(kind, error.sample_input)
                if isinstance(drawn, str) or OF_VALUES in error.error_regex:
                    outcomes[drawn if isinstance(drawn, str) else OF_VALUES] += 1
                    continue
                _, problem = result(kind, drawn.arguments, drawn.inputs)
                place = f"{kind.name} {drawn.arguments} {drawn.inputs}: {error.error_regex}"
                assert problem, place
                assert problem.code != "missing_input", place
                outcomes["refused"] += 1
    print(dict(outcomes))
    assert outcomes["refused"] >= FEWEST_ERRORS


def _infos(kind: LayerKind) -> Iterator[OpInfo]:
    """Return the entries of a kind; those of ``max`` and ``min`` have variants for pairs too."""
    return (info for info in op_db if info.name == ENTRIES[kind.name][0])


def _expressed(kind: LayerKind, sample: SampleInput) -> Drawn | str:
    """Return a sample as a use of the catalogue's kind, or why it is no such use."""
    _, *names = ENTRIES[kind.name]
    values = (sample.input, *sample.args)
    if len(values) > len(names):
        return NOT_OFFERED
    named = {**dict(zip(names, values, strict=False)), **sample.kwargs}
    tensors: dict[str, Tensor] = {}
    arguments: dict[str, Value] = dict(TORCH_DEFAULTS.get(kind.name, {}))
    for name, value in named.items():
        port, _, parameter = name.partition("|")
        if name in _IGNORED or (name == "dtype" and value == _OWN_DTYPE.get(kind.name)):
            continue
        if isinstance(value, Tensor):
            tensors[port] = value
        elif name == "inputs":
            tensors |= {f"input{n}": each for n, each in enumerate(value, start=1)}
            arguments["inputs"] = len(value)
        elif (parameter or port) in kind.by_name:
            arguments[parameter or port] = _plain(kind, parameter or port, value)
        elif value not in (None, False):
            return NOT_OFFERED
    given = {name.partition("|")[2] or name for name in named} | set(arguments)
    if any(name in _NEEDED - given for name in kind.by_name) and kind.name != "Pad":
        return LEFT_OUT
    if kind.name == "Unbind":
        arguments["outputs"] = _elements(tensors["input"], arguments["dim"])
    return _checked(kind, arguments, tensors)


def _plain(kind: LayerKind, name: str, value: Any) -> Any:
    """Return an argument as the catalogue has it."""
    if isinstance(value, list | torch.Size):
        value = tuple(value)
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if kind.by_name[name].type is Type.INTEGERS and type(value) is int:
        return (value,)
    return value


def _elements(x: Tensor, dim: Value) -> int:
    assert isinstance(dim, int)
    return x.shape[dim] if -x.dim() <= dim < x.dim() else 2


def _checked(
    kind: LayerKind, arguments: Mapping[str, Value], tensors: Mapping[str, Any]
) -> Drawn | str:
    """Return the use, unless a port or parameter takes something else."""
    for name, value in arguments.items():
        if complaint(kind.by_name[name], value):
            return OTHER_VALUE
    if not all(isinstance(each, Tensor) for each in tensors.values()):
        return OTHER_VALUE
    if any(0 in each.shape for each in tensors.values()):
        return EMPTY
    if any(each.dim() > 64 or dtype_of(each) not in DTYPES for each in tensors.values()):
        return OTHER_VALUE
    ports = set(kind.inputs(kind.complete(arguments)))
    if not ports - kind.optional_inputs <= set(tensors) <= ports:
        return OTHER_PORTS
    return Drawn(kind, arguments, {port: spec_of(each) for port, each in tensors.items()})
