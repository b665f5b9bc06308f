"""What users read about their mistakes with operations, and what is offered to mend them."""

from __future__ import annotations

import pytest

from graph_model.dims import Dim, symbol
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.layers.kind import numbered_outputs
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.graph_model.layers.single import NODE, network, refusal, result, shapes

N, T = symbol("N"), symbol("T")


def _spec(*shape: Dim, dtype: str = "float32") -> TensorSpec:
    return TensorSpec(shape, dtype)


def _ask(kind: str, arguments: Arguments, *specs: TensorSpec) -> Inference:
    ports = LAYERS[kind].inputs(LAYERS[kind].complete(arguments))
    return infer(network(LAYERS[kind], arguments, dict(zip(ports, specs, strict=False))))


WHOLE, TRUTH = _spec(N, 4, dtype="int64"), _spec(N, 4, dtype="bool")


@pytest.mark.parametrize(
    ("kind", "arguments", "specs", "message", "fixes"),
    [
        (
            "Clamp", {"min": None}, [_spec(N)],
            "Give min, max or both: without a bound nothing is cut off.", ["Set min to 0.0"],
        ),
        (
            "Clamp", {"min": 1.0, "max": 0.0}, [_spec(N)],
            "min = 1.0 must not be above max = 0.0.", ["Set max to 1.0"],
        ),
        (
            "DivideByNumber", {"value": 0.0}, [_spec(N)],
            "value must not be 0: nothing can be divided by it.", ["Set value to 1.0"],
        ),
        (
            "FloorDivide", {}, [_spec(N)],
            "FloorDivide takes whole numbers (int64), but “input” is float32.",
            ["Insert Cast before it"],
        ),
        (
            "AddNumber", {}, [TRUTH],
            "AddNumber takes numbers, but “input” holds truth values (bool).",
            ["Insert Cast before it"],
        ),
        (
            "Power", {"exponent": -1.0}, [WHOLE],
            "Power takes real numbers (float32), but “input” is int64.", ["Insert Cast before it"],
        ),
        (
            "BatchMatMul", {}, [_spec(2, 3, 4), _spec(3, 4, 5)],
            "Dimension 0 of 3×4×5 must be 2, but is 3.", [],
        ),
        (
            "Outer", {}, [_spec(N), _spec(N, 2)],
            "Outer takes 1 dimensions (N), but N×2 has 2.", [],
        ),
        (
            "Einsum", {}, [_spec(N, 3, 4), _spec(N, 3, 4)],
            "The letter j stands for 4, but N×3×4 has 3 there. It must be the same.", [],
        ),
        (
            "Einsum", {"equation": "ij"}, [_spec(N, 3), _spec(N, 3)],
            "“ij” is no equation for 2 inputs. Write a letter for each dimension and a "
            "comma between inputs, such as nij,njk->nik.", [],
        ),
        (
            "Einsum", {"equation": "ij,ij->kk"}, [_spec(N, 3), _spec(N, 3)],
            "The result “kk” may use each letter of “ij,ij” once, and no other.", [],
        ),
        (
            "Einsum", {"equation": "ii,ij"}, [_spec(N, 1), _spec(N, 3)],
            "The letter i stands for N, but N×1 has 1 there. It must be the same.", [],
        ),
        (
            "ScaledDotProductAttention", {}, [_spec(N, T, 8), _spec(N, T, 7), _spec(N, T, 8)],
            "Dimension 2 of N×T×7 must be 8, but is 7.", [],
        ),
        (
            "ScaledDotProductAttention", {}, [_spec(N, T, 8), _spec(N, T, 8), WHOLE],
            "The inputs must have the same dtype, but are float32 and int64.", [],
        ),
        (
            "ScaledDotProductAttention", {"is_causal": True},
            [_spec(N, T, 8)] * 3 + [_spec(T, T, dtype="bool")],
            "is_causal goes without “attn_mask”: it is a mask of its own.",
            ["Set is_causal to False"],
        ),
        (
            "ScaledDotProductAttention", {}, [_spec(N, T, 8)] * 3 + [_spec(T, dtype="bool")],
            "The shape of “attn_mask” must be N×T×T, but is T.", [],
        ),
        (
            "Inverse", {}, [_spec(N, 3, 4)],
            "Dimension 2 of N×3×4 must be 3, but is 4.", [],
        ),
        (
            "Diagonal", {"dim2": -2}, [_spec(3, 4)],
            "dim2 = -2 is the same dimension as dim1.", [],
        ),
        (
            "Diagonal", {}, [_spec(N, T, 4)],
            "Diagonal cannot work this out for any T, as N×T×4 has it. It needs a number "
            "there.", [],
        ),
        (
            "Diagonal", {"offset": 5}, [_spec(3, 4)],
            "Dimension 0 would become -1. It must be at least 1.", [],
        ),
        (
            "LogicalNot", {}, [_spec(N)],
            "“input” takes truth values (bool), but is float32.", ["Insert Cast before it"],
        ),
        (
            "Where", {}, [TRUTH, _spec(N, 4), WHOLE],
            "The inputs must have the same dtype, but are float32 and int64.", [],
        ),
        (
            "MaskedFill", {}, [_spec(N, 4), _spec(N, 3, dtype="bool")],
            "N×4 and N×3 do not fit together: dimension -1 is 4 in one and 3 in the other. "
            "They must be equal, or one of them 1.", [],
        ),
        (
            "MaskedFill", {"value": 0.5}, [WHOLE, _spec(1, dtype="bool")],
            "value = 0.5 is no int64, which holds whole numbers.", [],
        ),
        (
            "Var", {}, [_spec(N, 1)],
            "N×1 has 1 to take the variance of, and correction = 1 leaves nothing to divide"
            " by.", ["Set correction to 0"],
        ),
        (
            "TopK", {"k": 5}, [_spec(N, 4)],
            "k = 5 is more than the 4 elements along that dimension of N×4.", ["Set k to 4"],
        ),
        (
            "Expand", {"sizes": (-1,)}, [_spec(1, 4)],
            "sizes needs a size for each of the 2 dimensions of 1×4: at least 1, or −1 "
            "where it stays. New dimensions come first and need a size.", [],
        ),
        (
            "Expand", {"sizes": (3, 5)}, [_spec(1, 4)],
            "Dimension 1 of 1×4 is 4 and cannot become 5: only a size of 1 can be repeated.",
            ["Set sizes to (3, -1)"],
        ),
        (
            "ExpandLike", {"dims": ()}, [_spec(1, 4), _spec(N, 4)],
            "dims must name at least one dimension.", ["Set dims to (0,)"],
        ),
        (
            "ExpandLike", {"dims": (1,)}, [_spec(1, 4), _spec(N, T)],
            "Dimension 1 of 1×4 is 4 and cannot become T: only a size of 1 can be repeated.", [],
        ),
        (
            "Repeat", {"repeats": (2,)}, [_spec(N, 4)],
            "repeats needs a number of at least 1 for each of the 2 dimensions.",
            ["Set repeats to (1, 1)"],
        ),
        (
            "Roll", {"shifts": (1, 2)}, [_spec(N, 4)],
            "shifts has 2 entries, but dims has 1. It takes one for each.", [],
        ),
        (
            "Flip", {"dims": ()}, [_spec(N, 4)],
            "dims must name at least one dimension.", ["Set dims to (-1,)"],
        ),
        (
            "Flip", {"dims": (1, -1)}, [_spec(N, 4)],
            "dims names a dimension twice.", ["Set dims to (1,)"],
        ),
        (
            "Split", {"split_sizes": (4,)}, [_spec(N, 4)],
            "split_sizes takes 2 to 64 sizes, of at least 1 each.", [],
        ),
        (
            "Split", {"split_sizes": (1,) * 65}, [_spec(N, 65)],
            "split_sizes takes 2 to 64 sizes, of at least 1 each.", [],
        ),
        (
            "Split", {"split_sizes": (1, 2)}, [_spec(N, 4)],
            "The pieces add up to 3, but dimension 1 of N×4 is 4.", ["Set split_sizes to (1, 3)"],
        ),
        (
            "Split", {"split_sizes": (4, 2)}, [_spec(N, 4)],
            "The pieces add up to 6, but dimension 1 of N×4 is 4.", [],
        ),
        (
            "Split", {"dim": 0}, [_spec(N, 4)],
            "The pieces add up to 2, but dimension 0 of N×4 is N.", [],
        ),
        (
            "Chunk", {"chunks": 4}, [_spec(N, 6)],
            "Dimension 1 of N×6 cannot be parted into 4 equal pieces, but into 3.",
            ["Set chunks to 3"],
        ),
        (
            "Chunk", {"dim": 0}, [_spec(N, 6)],
            "Chunk cannot work this out for any N, as N×6 has it. It needs a number there.", [],
        ),
        (
            "Chunk", {}, [_spec(N, 1)],
            "Dimension 1 of N×1 cannot be parted into 2 equal pieces, but into 1.", [],
        ),
        (
            "Unbind", {}, [_spec(N, 3)],
            "Dimension 1 of N×3 has 3 elements, so there are as many outputs, not 2.",
            ["Set outputs to 3"],
        ),
        (
            "Unbind", {}, [_spec(N, T)],
            "Dimension 1 of N×T has T elements, so there are as many outputs, not 2.", [],
        ),
        (
            "Windows", {"size": 5}, [_spec(N, 4)],
            "Dimension 1 would become 0. It must be at least 1.", [],
        ),
        (
            "Lookup", {}, [_spec(9, 4), _spec(N)],
            "Lookup takes whole-number indices (int64), but “index” is float32.",
            ["Insert Cast before it"],
        ),
        (
            "Gather", {}, [_spec(N, 4), _spec(T, 4, dtype="int64")],
            "Dimension 0 of the indices T×4 is T, which must be at most the N of N×4.", [],
        ),
        (
            "ScatterAdd", {}, [_spec(9, 4), _spec(N, 4, dtype="int64"), WHOLE],
            "The inputs must have the same dtype, but are float32 and int64.", [],
        ),
        (
            "TakeAlongDim", {}, [_spec(N, 4), _spec(4, dtype="int64")],
            "TakeAlongDim takes 2 dimensions (N×4), but 4 has 1.", [],
        ),
        (
            "Pad", {"pad": (1,)}, [_spec(N, 4)],
            "pad takes two numbers for each padded dimension, of at most 2 dimensions, but "
            "has 1.", [],
        ),
        (
            "Pad", {"pad": (-2, -2)}, [_spec(N, 4)],
            "Dimension 1 would become 0. It must be at least 1.", [],
        ),
        (
            "Pad", {"pad": (2, -5)}, [_spec(N, 4)],
            "Dimension 1 would become -1. It must be at least 1.", [],
        ),
        (
            "Pad", {"mode": "reflect", "value": 1.0}, [_spec(N, 2, 4)],
            "value goes with mode = constant, not with reflect.", ["Set value to None"],
        ),
        (
            "Pad", {"mode": "reflect"}, [_spec(N, 2, 3, 4)],
            "mode = reflect takes 1 or 2 dimensions more than the 1 padded ones, at most 3 "
            "of them, but the input has 4.", ["Set mode to constant"],
        ),
        (
            "Pad", {"mode": "reflect", "pad": (4, 4)}, [_spec(N, 2, 4)],
            "mode = reflect fills the padding from the input, so it must be at most 3 for "
            "dimension 2 of N×2×4, not 4.", ["Set mode to constant"],
        ),
        (
            "Pad", {"mode": "circular", "pad": (5, 4)}, [_spec(N, 2, 4)],
            "mode = circular fills the padding from the input, so it must be at most 4 for "
            "dimension 2 of N×2×4, not 5.", ["Set mode to constant"],
        ),
        (
            "Pad", {"mode": "replicate", "pad": (-1, 4)}, [_spec(N, 2, 4)],
            "mode = replicate only adds elements, so pad cannot be -1.", ["Set mode to constant"],
        ),
        (
            "Interpolate", {"size": (3,)}, [_spec(N, 2, 4, 4)],
            "size needs 2 sizes of at least 1, those of N×2×4×4 without batch and channels.", [],
        ),
        (
            "InterpolateLike", {}, [_spec(N, 2, 4, 4), _spec(N, 2, 4)],
            "InterpolateLike takes 4 dimensions (N×C×H×W), but N×2×4 has 3.", [],
        ),
        (
            "Parameter", {"shape": (0, 3)}, [],
            "shape takes sizes of at least 1.", [],
        ),
        (
            "Constant", {"value": 0.5, "dtype": "int64"}, [],
            "value = 0.5 is no int64, which holds whole numbers.", ["Set dtype to float32"],
        ),
        (
            "FullLike", {"fill_value": 0.5}, [WHOLE],
            "fill_value = 0.5 is no int64, which holds whole numbers.", [],
        ),
        (
            "Arange", {"end": 0}, [],
            "There is nothing from 0 up to 0: end must be above start.", [],
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_explained(
    kind: str, arguments: Arguments, specs: list[TensorSpec], message: str, fixes: list[str]
) -> None:
    problem = refusal(_ask(kind, arguments, *specs))
    assert problem is not None
    assert problem.message == message
    assert [fix.message for fix in problem.fixes] == fixes


@pytest.mark.parametrize(
    ("kind", "arguments", "specs", "expected"),
    [
        ("ExpandLike", {}, [_spec(1, 1, 8), _spec(N, T, 8)], [(N, 1, 8)]),
        ("Expand", {"sizes": (3, -1, 5)}, [_spec(N, 1)], [(3, N, 5)]),
        ("Repeat", {"repeats": (3, 1, 5)}, [_spec(N, T)], [(3, N, T * 5)]),
        ("Chunk", {"chunks": 3}, [_spec(N, 8)], [(N, 3), (N, 3), (N, 2)]),
        ("Split", {"split_sizes": (1, 4)}, [_spec(N, 5)], [(N, 1), (N, 4)]),
        ("Unbind", {}, [_spec(N, 2, T)], [(N, T)] * 2),
        ("Positions", {}, [_spec(N, T, 8)], [(T,)]),
        ("CausalMask", {}, [_spec(N, T, 8)], [(T, T)]),
        ("Windows", {"dimension": 1, "size": 4}, [_spec(N, T)], [(N, T - 3, 4)]),
        ("Pad", {"pad": (1, -2, 3, 0)}, [_spec(N, T, 8)], [(N, T + 3, 7)]),
        ("Diagonal", {}, [_spec(N, T, T)], [(N, T)]),
        ("Einsum", {"equation": "nti,nsi"}, [_spec(N, T, 8), _spec(N, 5, 8)], [(5, T)]),
        ("Einsum", {"equation": "nt,nt->tn"}, [_spec(1, T), _spec(N, T)], [(T, N)]),
        ("InterpolateLike", {}, [_spec(N, 3, 4, 4), _spec(1, 9, T, 7)], [(N, 3, T, 7)]),
        ("Lookup", {}, [_spec(9, 8), _spec(N, T, dtype="int64")], [(N, T, 8)]),
        ("Parameter", {"shape": ()}, [], [()]),
        ("MatMul", {}, [_spec(N, T, 8), _spec(8)], [(N, T)]),
        ("MatMul", {}, [_spec(8), _spec(N, 8, T)], [(N, T)]),
        ("MatMul", {}, [_spec(T), _spec(T)], [()]),
    ],
)  # fmt: skip
def test_symbols_are_carried_through(
    kind: str, arguments: Arguments, specs: list[TensorSpec], expected: list[tuple[Dim, ...]]
) -> None:
    ports = LAYERS[kind].inputs(LAYERS[kind].complete(arguments))
    found, problem = result(LAYERS[kind], arguments, dict(zip(ports, specs, strict=True)))
    assert problem is None
    assert shapes(found) == tuple(expected)


@pytest.mark.parametrize(
    ("kind", "arguments", "dtype", "expected"),
    [
        ("Exp", {}, "int64", "float32"),
        ("Exp", {}, "float16", "float16"),
        ("Abs", {}, "int64", "int64"),
        ("AddNumber", {"value": 2.0}, "int64", "int64"),
        ("AddNumber", {"value": 0.5}, "int64", "float32"),
        ("DivideByNumber", {}, "int64", "float32"),
        ("Power", {"exponent": 0.5}, "int64", "float32"),
        ("CumSum", {}, "bool", "int64"),
        ("Prod", {}, "int32", "int64"),
        ("Equal", {}, "int64", "bool"),
        ("CountNonzero", {}, "bool", "int64"),
    ],
)
def test_dtypes_are_those_of_torch(
    kind: str, arguments: Arguments, dtype: str, expected: str
) -> None:
    found, _ = result(LAYERS[kind], arguments, {"input": _spec(2, 3, dtype=dtype)})
    assert [spec.dtype for spec in found.outputs.values()] == [expected]


@pytest.mark.parametrize("count", [0, 1, 1000, "many", None, (1, 2)])
def test_there_are_ports_even_while_their_number_is_wrong(count: object) -> None:
    ports = numbered_outputs("outputs")({"outputs": count})  # type: ignore[dict-item]
    assert ports[0] == "output1"
    assert 1 <= len(ports) <= 64


def test_a_fix_of_the_number_of_outputs_mends_it() -> None:
    kind = LAYERS["Unbind"]
    before = network(kind, {"outputs": 5}, {"input": _spec(N, 3)})
    problem = infer(before).nodes[NODE].problems[0]
    after = infer(apply_fix(before, problem.fixes[0]))
    assert tuple(after.nodes[NODE].outputs) == ("output1", "output2", "output3")
