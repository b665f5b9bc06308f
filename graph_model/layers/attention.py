"""Attention, and the transformer layer made of it."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, boolean, choice, inferred, integer, number


def attention(use: Use) -> tuple[TensorSpec, ...]:
    """Attend from each query to all keys (Vaswani et al. 2017, arXiv:1706.03762)."""
    use.need_float32("query", "key", "value")
    batch_first = use.flag("batch_first")
    layout = "N×T×C" if batch_first else "T×N×C"
    query, key, _ = (use.need_rank(3, layout, port) for port in ("query", "key", "value"))
    steps, batch = (1, 0) if batch_first else (0, 1)
    embed = use.infer("embed_dim", -1, "query")
    _need_heads(use, "embed_dim", embed, "num_heads")
    kdim, vdim = use.infer("kdim", -1, "key"), use.infer("vdim", -1, "value")
    if kdim == embed and vdim == embed:
        use.sizes_inferred |= {"kdim": None, "vdim": None}
    for port in ("key", "value"):
        use.need_size(port, batch, query.shape[batch])
    use.need_size("value", steps, key.shape[steps])
    _mask(use, (query.shape[batch], key.shape[steps]))
    _projection_weights(use, "", embed, kdim, vdim)
    output = query.with_dim(-1, embed)
    if not use.flag("need_weights"):
        return (output,)
    attended = key.shape[steps] + (1 if use.flag("add_bias_kv") else 0)
    return output, query.with_shape(query.shape[batch], query.shape[steps], attended)


def _need_heads(use: Use, what: str, size: int, by: str) -> None:
    heads = use.integer(by)
    nearest = next(n for n in range(min(heads, size), 0, -1) if size % n == 0)
    use.need_divisible(what, size, by, heads, set_argument(by, nearest))


def _mask(use: Use, expected: tuple[Dim, Dim], port: str = "key_padding_mask") -> None:
    """Hold a mask, true where a step is padding, against the batch and the steps."""
    if use.has(port):
        use.need_truth_values(port)
        use.need_shape(port, *expected)


def _projection_weights(use: Use, prefix: str, embed: int, kdim: int, vdim: int) -> None:
    if kdim == embed and vdim == embed:
        use.weight(f"{prefix}in_proj_weight", 3 * embed, embed)
    else:
        use.weight(f"{prefix}q_proj_weight", embed, embed)
        use.weight(f"{prefix}k_proj_weight", embed, kdim)
        use.weight(f"{prefix}v_proj_weight", embed, vdim)
    if use.flag("bias"):
        use.weight(f"{prefix}in_proj_bias", 3 * embed)
    use.weight(f"{prefix}out_proj.weight", embed, embed)
    if use.flag("bias"):
        use.weight(f"{prefix}out_proj.bias", embed)
    if prefix == "" and use.flag("add_bias_kv"):
        use.weight("bias_k", 1, 1, embed)
        use.weight("bias_v", 1, 1, embed)


def encoder_layer(use: Use) -> TensorSpec:
    """Self-attention and a two-layer network, each with a skip connection and a norm."""
    use.need_float32("input")
    batch_first = use.flag("batch_first")
    x = use.need_rank(3, "N×T×C" if batch_first else "T×N×C")
    size, width = use.infer("d_model", -1), use.integer("dim_feedforward")
    _need_heads(use, "d_model", size, "nhead")
    batch, steps = (0, 1) if batch_first else (1, 0)
    _mask(use, (x.shape[batch], x.shape[steps]), "src_key_padding_mask")
    _projection_weights(use, "self_attn.", size, size, size)
    for name, shape in (
        ("linear1", (width, size)),
        ("linear2", (size, width)),
        ("norm1", (size,)),
        ("norm2", (size,)),
    ):
        use.weight(f"{name}.weight", *shape)
        if use.flag("bias"):
            use.weight(f"{name}.bias", shape[0])
    return x


def _attention_inputs(_: Arguments) -> tuple[str, ...]:
    return ("query", "key", "value", "key_padding_mask")


def _attention_outputs(arguments: Arguments) -> tuple[str, ...]:
    return ("output", "weights") if arguments["need_weights"] else ("output",)


def _encoder_inputs(_: Arguments) -> tuple[str, ...]:
    return ("input", "src_key_padding_mask")


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
            inferred("kdim", "Features of the key."),
            inferred("vdim", "Features of the value."),
            boolean("batch_first", True, "Whether the batch is the first dimension."),
            boolean("need_weights", False, "Whether the attention weights are an output too."),
        ),
        inputs=_attention_inputs,
        outputs=_attention_outputs,
        optional_inputs=frozenset({"key_padding_mask"}),
        card=("{embed_dim}", "!{num_heads} heads", "dropout {dropout}"),
        stem="attention",
        keywords=("transformer", "self-attention", "mha", "heads"),
        documentation="torch.nn.MultiheadAttention.html",
    ),
    LayerKind(
        name="TransformerEncoderLayer",
        family="attention",
        help="One layer of a transformer: self-attention, then a small network on each step.",
        form=Module(
            "TransformerEncoderLayer",
            positional=("d_model", "nhead"),
            always=("nhead", "batch_first"),
        ),
        rule=encoder_layer,
        parameters=(
            inferred("d_model", "Features of each step."),
            integer("nhead", 4, "Attention heads."),
            integer("dim_feedforward", 2048, "Width of the inner network."),
            number("dropout", 0.1, "Dropout.", minimum=0, maximum=1),
            choice("activation", ("relu", "gelu"), "relu", "Activation of the inner network."),
            number("layer_norm_eps", 1e-5, "Added to the variance in the norms.", minimum=0),
            boolean("batch_first", True, "Whether the batch is the first dimension."),
            boolean("norm_first", False, "Whether norms come before, not after."),
            boolean("bias", True, "Whether learned biases are added."),
        ),
        inputs=_encoder_inputs,
        optional_inputs=frozenset({"src_key_padding_mask"}),
        card=("{d_model}", "!{nhead} heads", "ff {dim_feedforward}"),
        stem="encoder",
        keywords=("transformer", "bert", "self-attention"),
        documentation="torch.nn.TransformerEncoderLayer.html",
    ),
)
