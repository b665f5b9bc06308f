"""Products of matrices, and operations on the matrices in the last two dimensions."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import Final

from graph_model.dims import Dim, product
from graph_model.layers.arithmetic import INPUTS, count_products, matmul, same_dtype
from graph_model.layers.broadcasting import broadcast
from graph_model.layers.call import Call
from graph_model.layers.kind import (
    Function,
    Method,
    numbered_inputs,
)
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, integer, number, text

_EQUATION: Final = re.compile(r"[A-Za-z]*(,[A-Za-z]*)*(->[A-Za-z]*)?")


def batched(use: Use) -> TensorSpec:
    """Multiply matrices pair by pair, without broadcasting."""
    use.need_rank(3, "N×H×W", "input1")
    use.need_rank(3, "N×H×W", "input2")
    use.need_size("input2", 0, use.input("input1").shape[0])
    return matmul(use)


def outer(use: Use) -> TensorSpec:
    """Multiply each element of one vector with each of another."""
    a, b = same_dtype(use)
    use.need_numbers()
    use.need_rank(1, "N", "input1")
    use.need_rank(1, "N", "input2")
    return a.with_shape(*a.shape, *b.shape)


def einsum(use: Use) -> TensorSpec:
    """Multiply elements and add up over the letters that the result lacks."""
    same_dtype(use)
    use.need_numbers()
    equation = use.text("equation").replace(" ", "")
    terms, right = _sides(equation)
    if not _EQUATION.fullmatch(equation) or len(terms) != len(use.inputs):
        use.refuse("bad_equation", parameter="equation", got=equation, inputs=len(use.inputs))
    sizes = _letters(use, terms)
    if len(set(right)) < len(right) or not set(right) <= set(sizes):
        use.refuse("bad_equation_result", parameter="equation", got=right, known=",".join(terms))
    return use.input("input1").with_shape(*(sizes[letter] for letter in right))


def _sides(equation: str) -> tuple[list[str], str]:
    """Return the letters of each input and of the result: by default those that occur once."""
    left, arrow, right = equation.replace(" ", "").partition("->")
    if not arrow:
        right = "".join(each for each in sorted(left) if each.isalpha() and left.count(each) == 1)
    return left.split(","), right


def _letters(use: Use, terms: list[str]) -> dict[str, Dim]:
    """Return the size that each letter stands for; 1 gives way to another size."""
    sizes: dict[str, Dim] = {}
    for port, term in zip(use.inputs, terms, strict=True):
        spec = use.need_rank(len(term), term, port)
        for dim, letter in enumerate(term):
            size = spec.shape[dim]
            before = sizes.get(letter, 1)
            is_repeated = term.index(letter) < dim
            if size != before and (is_repeated or 1 not in (size, before)):
                use.refuse("letter_differs", port=port, letter=letter, a=before, b=size,
                           shape=spec)  # fmt: skip
            sizes[letter] = before if size == 1 else size
    return sizes


def _einsum_multiply_adds(call: Call) -> Dim:
    """Go from left to right as torch does; where nothing is added up, nothing counts."""
    terms, right = _sides(str(call.arguments["equation"]))
    operands = [
        {letter: size for letter, size in zip(term, spec.shape, strict=True) if size != 1}
        for spec, term in zip(call.inputs.values(), terms, strict=True)
    ]
    total: Dim = 0
    done = operands[0]
    for index, other in enumerate(operands[1:], start=1):
        needed = set(right).union(*operands[index + 1 :])
        both = {**done, **other}
        added_up = (done.keys() & other.keys()) - needed
        if added_up:
            total += product(tuple(both[each] for each in both if each in needed | added_up))
        done = {letter: size for letter, size in both.items() if letter in needed}
    return total


def attention(use: Use) -> TensorSpec:
    """``softmax(Q Kᵀ / √E) V`` over the last two dimensions (Vaswani et al. 2017)."""
    query, key, value = (use.need_rank_at_least(2, port) for port in ("query", "key", "value"))
    for port, spec in (("key", key), ("value", value)):
        if spec.dtype != query.dtype:
            use.refuse("different_dtypes", port=port, a=query.dtype, b=spec.dtype)
    use.need_floating("query")
    use.need_size("key", -1, query.shape[-1])
    use.need_size("value", -2, key.shape[-2])
    keys = use.input("key").with_shape(*broadcast(use, _batch(key), _batch(value)))
    batch = broadcast(use, _batch(query), _repeated(use, query, keys))
    if use.has("attn_mask"):
        _need_mask(use, query.with_shape(*batch, query.shape[-2], key.shape[-2]))
    return query.with_shape(*batch, query.shape[-2], value.shape[-1])


def _repeated(use: Use, query: TensorSpec, keys: TensorSpec) -> TensorSpec:
    """Return the batch of keys, each head of which serves a group of queries where that is on.

    Source: Ainslie et al. 2023, arXiv:2305.13245.
    """
    mine, theirs = query.shape[-3:-2], keys.shape[-1:]
    is_grouped = use.flag("enable_gqa")
    if is_grouped:
        for port in ("query", "key", "value"):
            use.need_rank_at_least(3, port)
    if not mine or not theirs or mine == theirs or (theirs == (1,) and not is_grouped):
        return keys
    heads, served = mine[0], theirs[0]
    fits = isinstance(heads, int) and isinstance(served, int) and heads % served == 0
    if is_grouped and fits:
        return keys.with_shape(*keys.shape[:-1], heads)
    if is_grouped or (isinstance(heads, int) and isinstance(served, int) and heads != 1):
        fixes = [set_argument("enable_gqa", True)] if fits and not is_grouped else []
        use.refuse("heads_differ", *fixes, port="key", heads=heads, served=served)
    return keys


def _attention_multiply_adds(call: Call) -> Dim:
    query, key = call.inputs["query"].shape, call.inputs["key"].shape
    sides = zip_longest(reversed(query[:-2]), reversed(key[:-2]), fillvalue=1)
    batch = product(tuple(b if a == 1 else a for a, b in sides))
    if call.flag("enable_gqa"):
        batch = product(call.output.shape[:-2])
    scores = batch * query[-2] * key[-2] * query[-1]
    return scores + product(call.output.shape) * key[-2]


def _batch(spec: TensorSpec) -> TensorSpec:
    """Return what comes before the matrices in the last two dimensions."""
    return spec.with_shape(*spec.shape[:-2])


def _need_mask(use: Use, scores: TensorSpec) -> None:
    mask = use.input("attn_mask")
    if use.flag("is_causal"):
        off = set_argument("is_causal", False)
        use.refuse("mask_and_causal", off, parameter="is_causal", port="attn_mask")
    if mask.dtype != scores.dtype:
        use.need_truth_values("attn_mask")
    if mask.rank < 2 or broadcast(use, mask, scores) != scores.shape:
        use.refuse("wrong_shape", port="attn_mask", expected=scores, got=mask)


def distances(use: Use) -> TensorSpec:
    """Take the distance of each vector of one tensor to each of another."""
    use.need_float32()
    a, b = use.need_rank_at_least(2, "x1"), use.need_rank_at_least(2, "x2")
    use.need_size("x2", -1, a.shape[-1])
    return a.with_shape(*broadcast(use, _batch(a), _batch(b)), a.shape[-2], b.shape[-2])


def triangle(use: Use) -> TensorSpec:
    """Keep one triangle of each matrix."""
    return use.need_rank_at_least(2)


def diagonal(use: Use) -> TensorSpec:
    """Take the diagonal between two dimensions as the last one."""
    x = use.need_rank_at_least(2)
    first, second = use.dim("dim1", x.rank), use.dim("dim2", x.rank)
    if first == second:
        use.refuse("dims_equal", parameter="dim2", got=use.integer("dim2"), other="dim1")
    offset = use.integer("offset")
    rows = x.shape[first] + min(offset, 0)
    columns = x.shape[second] - max(offset, 0)
    rest = (size for index, size in enumerate(x.shape) if index not in (first, second))
    return x.with_shape(*rest, _smaller(use, rows, columns))


def _smaller(use: Use, a: Dim, b: Dim) -> Dim:
    if a == b:
        size = a
    elif isinstance(a, int) and isinstance(b, int):
        size = min(a, b)
    else:
        use.refuse_symbol(b if isinstance(a, int) else a)
    use.need_positive(use.input().rank - 2, size)
    return size


def diagonal_matrices(use: Use) -> TensorSpec:
    """Put the last dimension on the diagonal of a matrix."""
    x = use.need_rank_at_least(1)
    size = x.shape[-1] + abs(use.integer("offset"))
    return x.with_shape(*x.shape[:-1], size, size)


def inverse(use: Use) -> TensorSpec:
    """Invert square matrices."""
    use.need_float32()
    x = use.need_rank_at_least(2)
    use.need_size("input", -1, x.shape[-2])
    return x


_kind: Final = partial(operation, "arithmetic")
_TWO: Final = ("input1", "input2")
_DIAGONAL: Final = integer("diagonal", 0, "Where it ends: 0 is the diagonal, 1 above.",
                           minimum=None)  # fmt: skip
_OFFSET: Final = integer("offset", 0, "Which one: 0 is the main diagonal, 1 above.", minimum=None)

KINDS: Final = (
    _kind("BatchMatMul", "Multiplies matrices, one pair for each sample of the batch.",
          Function("torch.bmm"), batched, "bmm", "bmm", "matmul", inputs=_TWO, stem="product",
          multiply_adds=count_products),
    _kind("Einsum", "Multiplies elements and adds up, as an equation over dimensions says.",
          Function("torch.einsum", leading=("equation",)), einsum, "einsum", "sum", "product",
          parameters=(replace(INPUTS, minimum=1), text("equation", "nij,njk->nik",
                                   "One letter for each dimension, a comma between inputs.")),
          inputs=numbered_inputs, card=("!{equation}",), multiply_adds=_einsum_multiply_adds),
    _kind("Outer", "Multiplies each element of one vector with each of another.",
          Function("torch.outer"), outer, "outer", "product", inputs=_TWO),
    _kind("ScaledDotProductAttention", "Attends from queries to keys and mixes their values.",
          Function("nn.functional.scaled_dot_product_attention"), attention,
          "nn.functional.scaled_dot_product_attention", "transformer", "softmax", "sdpa",
          parameters=(boolean("is_causal", False, "Whether no query sees later keys."),
                      number("scale", None, "The factor of the scores; empty for 1/√E.", above=0),
                      boolean("enable_gqa", False, "Whether a key head serves several.")),
          inputs=("query", "key", "value", "attn_mask"), optional=("attn_mask",),
          card=("causal {is_causal}", "gqa {enable_gqa}"), stem="attention",
          multiply_adds=_attention_multiply_adds),
    _kind("PairwiseDistances", "The distance of each vector of one tensor to each of another.",
          Function("torch.cdist"), distances, "cdist", "cdist", "nearest", "euclid",
          parameters=(number("p", 2.0, "Which norm: 1, 2, or inf.", minimum=0),),
          inputs=("x1", "x2"), stem="distances"),
    _kind("Tril", "Keeps the lower triangle of each matrix, with zeros above.",
          Method("tril"), triangle, "tril", "lower", "causal", "mask",
          parameters=(_DIAGONAL,), card=("diagonal {diagonal}",)),
    _kind("Triu", "Keeps the upper triangle of each matrix, with zeros below.",
          Method("triu"), triangle, "triu", "upper", "causal", "mask",
          parameters=(_DIAGONAL,), card=("diagonal {diagonal}",)),
    _kind("Diagonal", "Takes the diagonal between two dimensions.",
          Method("diagonal", always=("dim1", "dim2")), diagonal, "diagonal", "trace",
          parameters=(_OFFSET, integer("dim1", -2, "The rows.", minimum=None),
                      integer("dim2", -1, "The columns.", minimum=None)),
          card=("offset {offset}",)),
    _kind("DiagEmbed", "Puts the last dimension on the diagonal of matrices.",
          Function("torch.diag_embed"), diagonal_matrices, "diag_embed", "diagonal",
          parameters=(_OFFSET,), card=("offset {offset}",), stem="diagonal"),
    _kind("Inverse", "Inverts the square matrices in the last two dimensions.",
          Method("inverse"), inverse, "inverse", "linalg", "solve"),
)  # fmt: skip
