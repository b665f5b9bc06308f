"""Attention: each step of a sequence gathers from steps of the same or of another one."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.call import Call
from graph_model.layers.kind import LayerKind, Module, ports
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, boolean, inferred, integer, number

SEQUENCES: Final = frozenset({"input", "query", "key", "value", "src", "tgt", "memory", "output"})
"""The ports of sequences at the layers that take ``batch_first``; the others are masks, states."""


def need_sequence(use: Use, port: str) -> TensorSpec:
    """Return the sequence at a port, refused unless it has a batch, steps and features."""
    return use.need_rank(3, "N×T×C" if use.flag("batch_first") else "T×N×C", port)


def batch_and_steps(use: Use | Call, spec: TensorSpec) -> tuple[Dim, Dim]:
    """Return the batch and the steps of a sequence, whichever comes first."""
    first, second = spec.shape[:2]
    return (first, second) if use.flag("batch_first") else (second, first)


def need_heads(use: Use, what: str, size: int, by: str) -> None:
    """Refuse heads that cannot share the features out evenly, offering the nearest that can."""
    heads = use.integer(by)
    nearest = next(n for n in range(min(heads, size), 0, -1) if size % n == 0)
    use.need_divisible(what, size, by, heads, set_argument(by, nearest))


def need_mask(use: Use, port: str, query: TensorSpec, key: TensorSpec, heads: int) -> None:
    """Hold a mask against the sequences, where there is one.

    It is true where nothing is attended to, or holds numbers that are added to the scores; of
    several, torch wants all to be the same. A padding mask is N×S; one of attention is T×S, or
    N·heads×T×S.
    """
    if not use.has(port):
        return
    mask = use.input(port)
    if mask.dtype != query.dtype:
        use.need_truth_values(port)
    first = next(spec for name, spec in use.inputs.items() if name.endswith("mask"))
    if mask.dtype != first.dtype:
        use.refuse("different_dtypes", port=port, a=first.dtype, b=mask.dtype)
    batch, steps = batch_and_steps(use, query)
    keys = batch_and_steps(use, key)[1]
    if port.endswith("key_padding_mask"):
        use.need_shape(port, batch, keys)
    elif use.input(port).rank == 3:
        use.need_shape(port, batch * heads, steps, keys)
    else:
        use.need_shape(port, steps, keys)


def attention(use: Use) -> tuple[TensorSpec, ...]:
    """Attend from each query to all keys (Vaswani et al. 2017, arXiv:1706.03762)."""
    use.need_float32("query", "key", "value")
    query, key, _ = (need_sequence(use, port) for port in ("query", "key", "value"))
    embed = use.infer("embed_dim", -1, "query")
    need_heads(use, "embed_dim", embed, "num_heads")
    kdim, vdim = use.infer("kdim", -1, "key"), use.infer("vdim", -1, "value")
    if kdim == embed and vdim == embed:
        use.sizes_inferred |= {"kdim": None, "vdim": None}
    (batch, steps), (_, keys) = batch_and_steps(use, query), batch_and_steps(use, key)
    batch_dim = 0 if use.flag("batch_first") else 1
    use.need_size("key", batch_dim, batch)
    use.need_size("value", batch_dim, batch)
    use.need_size("value", 1 - batch_dim, keys)
    for port in ("key_padding_mask", "attn_mask"):
        need_mask(use, port, query, key, use.integer("num_heads"))
    projection_weights(use, "", embed, kdim, vdim)
    if use.flag("add_bias_kv"):
        use.weight("bias_k", 1, 1, embed)
        use.weight("bias_v", 1, 1, embed)
    if not use.flag("need_weights"):
        return (query,)
    attended = keys + use.flag("add_bias_kv") + use.flag("add_zero_attn")
    return query, query.with_shape(batch, steps, attended)


def projection_weights(use: Use, prefix: str, embed: int, kdim: int, vdim: int) -> None:
    """State the weights that queries, keys, values and the result are multiplied with."""
    if kdim == embed and vdim == embed:
        use.weight(f"{prefix}in_proj_weight", 3 * embed, embed)
    else:
        use.weight(f"{prefix}q_proj_weight", embed, embed)
        use.weight(f"{prefix}k_proj_weight", embed, kdim)
        use.weight(f"{prefix}v_proj_weight", embed, vdim)
    use.weight(f"{prefix}out_proj.weight", embed, embed)
    if use.flag("bias"):
        use.weight(f"{prefix}in_proj_bias", 3 * embed)
        use.weight(f"{prefix}out_proj.bias", embed)


def _multiply_adds(call: Call) -> Dim:
    query, key, value = (call.inputs[port] for port in ("query", "key", "value"))
    (batch, steps), (_, keys) = batch_and_steps(call, query), batch_and_steps(call, key)
    seen = keys + call.flag("add_bias_kv") + call.flag("add_zero_attn")
    embed = query.shape[-1]
    projected = 2 * steps * embed + keys * (key.shape[-1] + value.shape[-1])
    return batch * embed * (projected + 2 * steps * seen)


def _outputs(arguments: Arguments) -> tuple[str, ...]:
    return ("output", "weights") if arguments["need_weights"] else ("output",)


KINDS: Final = (
    LayerKind(
        name="MultiheadAttention",
        family="attention",
        help="Lets each step of the query gather from all steps of key and value.",
        form=Module(
            "MultiheadAttention",
            positional=("embed_dim", "num_heads"),
            always=("num_heads", "batch_first"),
            omitted=("need_weights",),
            call_keywords=("need_weights",),
            result="{output}, {weights}",
        ),
        rule=attention,
        parameters=(
            inferred("embed_dim", "Features of the query."),
            integer("num_heads", 4, "Heads, which share the features out."),
            number("dropout", 0.0, "Dropout of the attention weights.", minimum=0, maximum=1),
            boolean("bias", True, "Whether learned biases are added."),
            boolean("add_bias_kv", False, "Whether a learned step is added to key and value."),
            boolean("add_zero_attn", False, "Whether a step of zeros is added to key and value."),
            inferred("kdim", "Features of the key."),
            inferred("vdim", "Features of the value."),
            boolean("batch_first", True, "Whether the batch is the first dimension."),
            boolean("need_weights", False, "Whether the attention weights are an output too."),
        ),
        inputs=ports("query", "key", "value", "key_padding_mask", "attn_mask"),
        outputs=_outputs,
        optional_inputs=frozenset({"key_padding_mask", "attn_mask"}),
        card=("{embed_dim}", "!{num_heads} heads", "dropout {dropout}"),
        stem="attention",
        keywords=("transformer", "self-attention", "mha", "heads"),
        multiply_adds=_multiply_adds,
        documentation="torch.nn.MultiheadAttention.html",
    ),
)
