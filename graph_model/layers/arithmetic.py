"""Operations that combine tensors, element by element or as matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.dims import Dim, Shape, product
from graph_model.layers.broadcasting import broadcast
from graph_model.layers.call import Call, nothing
from graph_model.layers.kind import (
    Count,
    Form,
    Function,
    LayerKind,
    Operator,
    Rule,
    numbered_inputs,
    ports,
)
from graph_model.layers.use import Use, set_argument
from graph_model.problems import Fix, InsertBefore
from graph_model.tensors import TensorSpec
from graph_model.values import integer

INPUTS: Final = integer("inputs", 2, "How many tensors are combined.", minimum=2, maximum=64)


def same_dtype(use: Use) -> list[TensorSpec]:
    """Return the inputs in order, refused where their dtypes differ."""
    specs = list(use.inputs.values())
    for port, spec in use.inputs.items():
        if spec.dtype != specs[0].dtype:
            wanted = specs[0].dtype
            cast = InsertBefore(port, "Cast", {"dtype": wanted})
            fix = Fix("insert_layer", cast, {"kind": "Cast"})
            use.refuse("different_dtypes", fix, port=port, a=wanted, b=spec.dtype)
    return specs


def elementwise(use: Use) -> TensorSpec:
    """Combine tensors element by element, broadcasting their shapes."""
    specs = dict(zip(use.inputs, same_dtype(use), strict=True))
    (_, combined), *others = specs.items()
    for port, spec in others:
        shape = broadcast(use, combined, spec, port)
        _say_if_both_grow(use, combined, spec, shape)
        combined = combined.with_shape(*shape)
    return combined


def _say_if_both_grow(use: Use, left: TensorSpec, right: TensorSpec, shape: Shape) -> None:
    """Say that both tensors grow, unless each step meets each other step, as in attention."""
    if shape not in (left.shape, right.shape) and len(set(shape)) == len(shape):
        use.warn("broadcasts_both", left=left, right=right, result=left.with_shape(*shape))


def _numbers(use: Use) -> TensorSpec:
    """Combine numbers element by element, which truth values are not."""
    use.need_numbers()
    return elementwise(use)


def _divide(use: Use) -> TensorSpec:
    """Divide numbers, which gives float32 for whole numbers."""
    use.need_numbers()
    quotient = elementwise(use)
    return quotient if quotient.has_fractions else replace(quotient, dtype="float32")


def matmul(use: Use) -> TensorSpec:
    """Multiply the matrices in the last two dimensions, broadcasting those before.

    A vector is one row of them on the left and one column on the right, which the result lacks.
    """
    a, b = same_dtype(use)
    use.need_numbers()
    for port, spec in use.inputs.items():
        if not spec.shape:
            use.refuse("no_dims", port=port, kind=use.kind)
    across, down = a.shape[-1], b.shape[-2:][0]
    if use.same(across, down) is None:
        use.refuse("cannot_multiply", port="input2", left=a, right=b, a=across, b=down)
    batch = broadcast(use, a.with_shape(*a.shape[:-2]), b.with_shape(*b.shape[:-2]))
    columns = b.shape[-1:] if b.rank > 1 else ()
    return a.with_shape(*batch, *a.shape[:-1][-1:], *columns)


def count_products(call: Call) -> Dim:
    """Return the multiply-adds of a product of matrices."""
    return product(call.output.shape) * call.inputs["input1"].shape[-1]


def concatenate(use: Use) -> TensorSpec:
    """Join tensors along one dimension; all others must agree."""
    specs = same_dtype(use)
    first = specs[0]
    dim = use.dim("dim", first.rank, "input1")
    joined = first
    for number, spec in enumerate(specs[1:], start=2):
        use.need_rank(first.rank, str(first), f"input{number}")
        joined = _join(use, joined, spec, dim, f"input{number}")
    return joined


def _join(use: Use, left: TensorSpec, right: TensorSpec, dim: int, port: str) -> TensorSpec:
    """Join two tensors of the same rank."""
    sizes: list[Dim] = []
    for other, (a, b) in enumerate(zip(left.shape, right.shape, strict=True)):
        agreed = a + b if other == dim else use.same(a, b)
        if agreed is None:
            differing = sum(a != b for a, b in zip(left.shape, right.shape, strict=True))
            is_along_other = differing == 1 and len(use.inputs) == 2
            use.refuse(
                "cannot_concatenate",
                *([set_argument("dim", other)] if is_along_other else []),
                port=port,
                left=left,
                right=right,
                dim=dim,
                other=other,
                a=a,
                b=b,
            )
        sizes.append(agreed)
    return left.with_shape(*sizes)


def stack(use: Use) -> TensorSpec:
    """Join tensors of one shape along a new dimension."""
    specs = same_dtype(use)
    first = specs[0]
    for port in use.inputs:
        use.need_shape(port, *first.shape)
    dim = use.dim("dim", first.rank + 1, "input1")
    return first.with_shape(*first.shape[:dim], use.integer("inputs"), *first.shape[dim:])


def _kind(
    name: str,
    help: str,
    form: Form,
    rule: Rule,
    function: str,
    *keywords: str,
    many: bool = False,
    multiply_adds: Count = nothing,
) -> LayerKind:
    return LayerKind(
        name=name,
        family="arithmetic",
        help=help,
        form=form,
        rule=rule,
        parameters=(INPUTS,) if many else (),
        inputs=numbered_inputs if many else ports("input1", "input2"),
        keywords=keywords,
        multiply_adds=multiply_adds,
        documentation=f"torch.{function}.html",
    )


KINDS: Final = (
    _kind(
        "Add",
        "Adds tensors element by element: the way a skip connection comes back.",
        Operator("+"),
        elementwise,
        "add",
        "plus", "sum", "residual", "skip",
        many=True,
    ),
    _kind("Subtract", "Subtracts the second tensor from the first, element by element.",
          Operator("-"), _numbers, "sub", "minus", "difference"),
    _kind("Multiply", "Multiplies tensors element by element, as gates and attention masks do.",
          Operator("*"), elementwise, "mul", "times", "product", "gate", many=True),
    _kind("Divide", "Divides the first tensor by the second, element by element.",
          Operator("/"), _divide, "div", "quotient"),
    _kind("Maximum", "Takes the larger of two tensors, element by element.",
          Function("torch.maximum"), elementwise, "maximum", "max"),
    _kind("Minimum", "Takes the smaller of two tensors, element by element.",
          Function("torch.minimum"), elementwise, "minimum", "min"),
    _kind("MatMul", "Multiplies matrices in the last two dimensions.",
          Operator("@"), matmul, "matmul", "matrix", "bmm", "dot",
          multiply_adds=count_products),
    LayerKind(
        name="Concatenate",
        family="arithmetic",
        help="Joins tensors along one dimension, one after the other.",
        form=Function("torch.cat", inputs_as_tuple=True, always=("dim",)),
        rule=concatenate,
        parameters=(INPUTS, integer("dim", 1, "The dimension that grows.", minimum=None)),
        inputs=numbered_inputs,
        card=("!dim {dim}",),
        stem="cat",
        keywords=("cat", "join", "merge", "skip", "densenet", "unet"),
        documentation="torch.cat.html",
    ),
    LayerKind(
        name="Stack",
        family="arithmetic",
        help="Joins tensors of one shape along a new dimension.",
        form=Function("torch.stack", inputs_as_tuple=True, always=("dim",)),
        rule=stack,
        parameters=(INPUTS, integer("dim", 1, "Where the new dimension goes.", minimum=None)),
        inputs=numbered_inputs,
        card=("!dim {dim}",),
        keywords=("join", "merge"),
        documentation="torch.stack.html",
    ),
)  # fmt: skip
