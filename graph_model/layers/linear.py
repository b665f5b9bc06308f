"""Layers that multiply by a weight matrix."""

from __future__ import annotations

from typing import Final

from graph_model.layers.call import each_row
from graph_model.layers.kind import LayerKind, Module, ports
from graph_model.layers.use import Use
from graph_model.problems import Fix, InsertBefore
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, inferred, integer


def linear(use: Use) -> TensorSpec:
    """``y = x Aᵀ + b`` over the last dimension."""
    use.need_float32()
    x = use.need_rank_at_least(1)
    if x.rank >= 4:
        use.warn("linear_on_image", use.flatten_before("input"), *_mean_before(x), shape=x)
    in_features = use.infer("in_features", -1)
    out_features = use.integer("out_features")
    use.weight("weight", out_features, in_features)
    if use.flag("bias"):
        use.weight("bias", out_features)
    return x.with_dim(-1, out_features)


def _mean_before(x: TensorSpec) -> list[Fix]:
    """Offer the mean over height and width of an image, as global pooling is."""
    change = InsertBefore("input", "Mean", {"dim": tuple(range(2, x.rank))})
    return [Fix("insert_mean", change)]


def bilinear(use: Use) -> TensorSpec:
    """``y = x₁ᵀ A x₂ + b`` over the last dimensions."""
    use.need_float32()
    x1 = use.need_rank_at_least(1, "input1")
    x2 = use.need_rank_at_least(1, "input2")
    if x1.shape[:-1] != x2.shape[:-1]:
        use.refuse("leading_dims_differ", port="input2", left=x1, right=x2)
    out_features = use.integer("out_features")
    use.weight(
        "weight",
        out_features,
        use.infer("in1_features", -1, "input1"),
        use.infer("in2_features", -1, "input2"),
    )
    if use.flag("bias"):
        use.weight("bias", out_features)
    return x1.with_dim(-1, out_features)


KINDS: Final = (
    LayerKind(
        name="Linear",
        family="linear",
        help="Fully connected: multiplies the last dimension by a learned matrix, adds a bias.",
        form=Module("Linear", positional=("in_features", "out_features"), always=("out_features",)),
        rule=linear,
        parameters=(
            inferred("in_features", "Size of the last dimension that comes in."),
            integer("out_features", 128, "Size of the last dimension that goes out."),
            boolean("bias", True, "Whether a learned bias is added."),
        ),
        card=("{in_features}→{out_features}", "bias {bias}"),
        keywords=("dense", "fully connected", "fc", "affine", "perceptron"),
        multiply_adds=each_row,
        documentation="torch.nn.Linear.html",
    ),
    LayerKind(
        name="Bilinear",
        family="linear",
        help="Combines two inputs, every feature of one with every feature of the other.",
        form=Module(
            "Bilinear",
            positional=("in1_features", "in2_features", "out_features"),
            always=("out_features",),
        ),
        rule=bilinear,
        parameters=(
            inferred("in1_features", "Size of the last dimension of the first input."),
            inferred("in2_features", "Size of the last dimension of the second input."),
            integer("out_features", 128, "Size of the last dimension that goes out."),
            boolean("bias", True, "Whether a learned bias is added."),
        ),
        inputs=ports("input1", "input2"),
        card=("{in1_features}, {in2_features}→{out_features}", "bias {bias}"),
        multiply_adds=each_row,
        documentation="torch.nn.Bilinear.html",
    ),
)
