"""Each operator of ONNX, as other exporters write it, against ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx.helper import make_node as node

from tests.codegen.archives.running import model_of, need_same

_DRAW = np.random.default_rng(0)


def _array(*shape: int) -> Any:
    return _DRAW.normal(size=shape).astype(np.float32)


def _whole(*numbers: int) -> Any:
    return np.array(numbers, np.int64)


X: dict[str, Any] = {"x": ("N", 4, 8, 8)}
ROWS: dict[str, Any] = {"x": ("N", 6)}
SEQUENCE: dict[str, Any] = {"x": (5, "N", 3)}

CASES: dict[str, tuple[list[Any], dict[str, Any], dict[str, Any], int]] = {
    "a convolution that pads unevenly": (
        [node("Conv", ["x", "w", "b"], ["y"], pads=[0, 1, 2, 1], strides=[2, 1], group=2)],
        X, {"w": _array(6, 2, 3, 3), "b": _array(6)}, 17,
    ),
    "a convolution of TensorFlow": (
        [node("Conv", ["x", "w"], ["y"], auto_pad="SAME_UPPER", strides=[2, 2])],
        X, {"w": _array(6, 4, 3, 3)}, 13,
    ),
    "channels last around a convolution": (
        [node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
         node("Conv", ["t", "w"], ["c"], auto_pad="SAME_LOWER"),
         node("Transpose", ["c"], ["y"], perm=[0, 2, 3, 1])],
        {"x": ("N", 8, 8, 4)}, {"w": _array(6, 4, 3, 3)}, 13,
    ),
    "a transposed convolution": (
        [node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 2], pads=[1, 1, 1, 1],
              output_padding=[1, 1])],
        X, {"w": _array(4, 5, 3, 3)}, 11,
    ),
    "batch norm": (
        [node("BatchNormalization", ["x", "s", "b", "m", "v"], ["y"], epsilon=1e-3)],
        X, {"s": _array(4), "b": _array(4), "m": _array(4), "v": np.abs(_array(4))}, 15,
    ),
    "group norm of the older exporter": (
        [node("Reshape", ["x", "three"], ["r"]),
         node("InstanceNormalization", ["r", "one", "zero"], ["i"]),
         node("Shape", ["x"], ["shape"]), node("Reshape", ["i", "shape"], ["back"]),
         node("Mul", ["back", "gamma"], ["m"]), node("Add", ["m", "beta"], ["y"])],
        X, {"three": _whole(0, 2, -1), "one": np.ones(2, np.float32), "gamma": _array(4, 1, 1),
            "zero": np.zeros(2, np.float32), "beta": _array(4, 1, 1)}, 13,
    ),
    "group norm": (
        [node("GroupNormalization", ["x", "s", "b"], ["y"], num_groups=2)],
        X, {"s": _array(4), "b": _array(4)}, 21,
    ),
    "layer norm in its parts": (
        [node("ReduceMean", ["x"], ["m"], axes=[-1]), node("Sub", ["x", "m"], ["d"]),
         node("Pow", ["d", "two"], ["p"]), node("ReduceMean", ["p"], ["v"], axes=[-1]),
         node("Add", ["v", "eps"], ["e"]), node("Sqrt", ["e"], ["r"]),
         node("Div", ["d", "r"], ["n"]),
         node("Mul", ["n", "gamma"], ["g"]), node("Add", ["g", "beta"], ["y"])],
        ROWS, {"two": np.float32(2), "eps": np.float32(1e-5), "gamma": _array(6),
               "beta": _array(6)}, 13,
    ),
    "gelu in its parts": (
        [node("Div", ["x", "root"], ["d"]), node("Erf", ["d"], ["e"]),
         node("Add", ["e", "one"], ["a"]),
         node("Mul", ["x", "a"], ["m"]), node("Mul", ["m", "half"], ["y"])],
        ROWS, {"root": np.float32(2**0.5), "one": np.float32(1), "half": np.float32(0.5)}, 13,
    ),
    "gelu by tanh in its parts": (
        [node("Pow", ["x", "three"], ["c"]), node("Mul", ["c", "k"], ["s"]),
         node("Add", ["x", "s"], ["a"]),
         node("Mul", ["a", "root"], ["r"]), node("Tanh", ["r"], ["t"]),
         node("Add", ["t", "one"], ["o"]),
         node("Mul", ["x", "half"], ["h"]), node("Mul", ["h", "o"], ["y"])],
        ROWS, {"three": np.float32(3), "k": np.float32(0.044715), "one": np.float32(1),
               "root": np.float32((2 / np.pi) ** 0.5), "half": np.float32(0.5)}, 13,
    ),
    "attention in its parts": (
        [node("Transpose", ["k"], ["t"], perm=[0, 1, 3, 2]), node("MatMul", ["q", "t"], ["s"]),
         node("Div", ["s", "root"], ["d"]), node("Softmax", ["d"], ["p"], axis=-1),
         node("MatMul", ["p", "v"], ["y"])],
        dict.fromkeys("qkv", ("N", 2, 5, 4)), {"root": np.float32(2)}, 13,
    ),
    "swish": ([node("Sigmoid", ["x"], ["s"]), node("Mul", ["x", "s"], ["y"])], ROWS, {}, 11),
    "a dense layer of Keras": (
        [node("MatMul", ["x", "w"], ["m"]), node("Add", ["m", "b"], ["y"])],
        ROWS, {"w": _array(6, 3), "b": _array(3)}, 13,
    ),
    "gemm with factors": (
        [node("Gemm", ["x", "w", "b"], ["y"], alpha=0.5, beta=2.0)],
        ROWS, {"w": _array(6, 3), "b": _array(3)}, 11,
    ),
    "max pool at the edges": (
        [node("MaxPool", ["x"], ["y"], kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])],
        X, {}, 12,
    ),
    "average pool that counts what is added": (
        [node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], pads=[1, 1, 1, 1],
              count_include_pad=1)],
        X, {}, 11,
    ),
    "average pool that does not": (
        [node("AveragePool", ["x"], ["y"], kernel_shape=[3, 3], pads=[1, 1, 1, 1])], X, {}, 11,
    ),
    "the mean of each channel": (
        [node("GlobalAveragePool", ["x"], ["g"]), node("Flatten", ["g"], ["y"])], X, {}, 11,
    ),
    "clip with inputs": (
        [node("Clip", ["x", "low", "high"], ["y"])],
        ROWS, {"low": np.float32(0), "high": np.float32(6)}, 11,
    ),
    "hard sigmoid of Keras": ([node("HardSigmoid", ["x"], ["y"])], ROWS, {}, 11),
    "hard swish": ([node("HardSwish", ["x"], ["y"])], ROWS, {}, 14),
    "slopes of channels": ([node("PRelu", ["x", "s"], ["y"])], X, {"s": _array(4, 1, 1)}, 11),
    "softmax of an older opset": ([node("Softmax", ["x"], ["y"])], ROWS, {}, 11),
    "doubled by the nearest": (
        [node("Resize", ["x", "", "s"], ["y"], mode="nearest", nearest_mode="floor",
              coordinate_transformation_mode="asymmetric")],
        X, {"s": np.array([1, 1, 2, 2], np.float32)}, 13,
    ),
    "doubled between the nearest": (
        [node("Resize", ["x", "", "s"], ["y"], mode="linear",
              coordinate_transformation_mode="half_pixel")],
        X, {"s": np.array([1, 1, 2, 2], np.float32)}, 13,
    ),
    "upsampling of an old opset": (
        [node("Upsample", ["x", "s"], ["y"], mode="nearest")],
        X, {"s": np.array([1, 1, 2, 2], np.float32)}, 9,
    ),
    "padding by what is at the edge": (
        [node("Pad", ["x", "p"], ["y"], mode="reflect")],
        X, {"p": _whole(0, 0, 1, 2, 0, 0, 3, 0)}, 13,
    ),
    "depth to space": (
        [node("DepthToSpace", ["x"], ["y"], blocksize=2, mode="DCR")], X, {}, 13,
    ),
    "space to depth": ([node("SpaceToDepth", ["x"], ["y"], blocksize=2)], X, {}, 13),
    "parts and their sum": (
        [node("Split", ["x", "s"], ["a", "b"], axis=1), node("Concat", ["b", "a"], ["c"], axis=1),
         node("Slice", ["c", "from", "to", "of"], ["y"])],
        ROWS, {"s": _whole(2, 4), "from": _whole(1), "to": _whole(2**31), "of": _whole(1)}, 13,
    ),
    "a shape that is computed": (
        [node("Shape", ["x"], ["s"]), node("Gather", ["s", "zero"], ["n"]),
         node("Unsqueeze", ["n", "axes"], ["u"]), node("Concat", ["u", "rest"], ["to"], axis=0),
         node("Reshape", ["x", "to"], ["y"])],
        X, {"zero": np.array(0, np.int64), "axes": _whole(0), "rest": _whole(-1)}, 13,
    ),
    "statistics": (
        [node("ReduceMean", ["x"], ["m"], axes=[2, 3], keepdims=0),
         node("ReduceMax", ["x"], ["h"], axes=[2, 3], keepdims=0), node("Sub", ["h", "m"], ["y"])],
        X, {}, 13,
    ),
    "a threshold": (
        [node("Greater", ["x", "zero"], ["c"]), node("Where", ["c", "x", "low"], ["y"])],
        ROWS, {"zero": np.float32(0), "low": np.float32(-2)}, 13,
    ),
    "a position that is added": ([node("Add", ["x", "pos"], ["y"])], ROWS, {"pos": _array(1, 6)},
         13),
    "an LSTM in both directions": (
        [node("LSTM", ["x", "w", "r", "b"], ["o", "h", "c"], hidden_size=4,
              direction="bidirectional"),
         node("Transpose", ["o"], ["t"], perm=[0, 2, 1, 3]), node("Reshape", ["t", "to"], ["y"])],
        SEQUENCE, {"w": _array(2, 16, 3), "r": _array(2, 16, 4), "b": _array(2, 32),
                   "to": _whole(0, 0, -1)}, 14,
    ),
    "a GRU": (
        [node("GRU", ["x", "w", "r", "b"], ["o", "h"], hidden_size=4, linear_before_reset=1),
         node("Squeeze", ["o", "one"], ["y"])],
        SEQUENCE, {"w": _array(1, 12, 3), "r": _array(1, 12, 4), "b": _array(1, 24),
                   "one": _whole(1)}, 14,
    ),
    "an RNN and its last state": (
        [node("RNN", ["x", "w", "r"], ["o", "h"], hidden_size=4),
         node("Squeeze", ["h", "zero"], ["y"])],
        SEQUENCE, {"w": _array(1, 4, 3), "r": _array(1, 4, 4), "zero": _whole(0)}, 14,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_gives_what_onnx_runtime_gives(name: str, tmp_path: Path) -> None:
    nodes, inputs, fixed, opset = CASES[name]
    path = tmp_path / "net.onnx"
    onnx.save(model_of(nodes, inputs, "y", fixed, opset), path)
    given = {
        key: _array(*(3 if size == "N" else size for size in shape))
        for key, shape in inputs.items()
    }
    need_same(path, given)


def test_a_table_is_an_embedding(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    gather = [node("Gather", ["words.weight", "x"], ["y"])]
    fixed = {"words.weight": _array(9, 4)}
    onnx.save(model_of(gather, {"x": ("N", "T")}, "y", fixed, dtype=onnx.TensorProto.INT64), path)
    archive = need_same(path, {"x": np.array([[1, 8, 0], [2, 2, 3]])})
    (made,) = [each for each in archive.project.network.nodes.values() if each.kind == "Embedding"]
    assert made.name == "words"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("layer norm in its parts", "LayerNorm"), ("gelu in its parts", "GELU"),
     ("gelu by tanh in its parts", "GELU"), ("swish", "SiLU"), ("a dense layer of Keras", "Linear"),
     ("attention in its parts", "ScaledDotProductAttention")],
)  # fmt: skip
def test_parts_are_one_layer_again(name: str, kind: str, tmp_path: Path) -> None:
    nodes, inputs, fixed, opset = CASES[name]
    path = tmp_path / "net.onnx"
    onnx.save(model_of(nodes, inputs, "y", fixed, opset), path)
    given = {
        key: _array(*(3 if size == "N" else size for size in of)) for key, of in inputs.items()
    }
    kinds = [each.kind for each in need_same(path, given).project.network.nodes.values()]
    assert [each for each in kinds if each not in ("Input", "Output")] == [kind]
