"""The transformer (Vaswani et al. 2017, arXiv:1706.03762): its layers, their stacks, the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.dims import Dim
from graph_model.layers.attention import (
    batch_and_steps,
    need_heads,
    need_mask,
    need_sequence,
    projection_weights,
)
from graph_model.layers.call import Call
from graph_model.layers.kind import Count, Inner, LayerKind, Module, Rule, ports
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, inferred, integer, number


def encoder_layer(use: Use) -> TensorSpec:
    """Self-attention and a two-layer network, each with a skip connection and a norm."""
    x, size = _source(use, "input")
    _layer(use, "", size, decodes=False)
    return x


def encoder(use: Use) -> TensorSpec:
    """Encoder layers on top of each other."""
    x, size = _source(use, "input")
    _stack(use, "", "num_layers", size, decodes=False, norm=use.flag("final_norm"))
    return x


def decoder_layer(use: Use) -> TensorSpec:
    """Attention to the target and then to the memory, and a two-layer network."""
    x, size = _source(use, "tgt", "memory")
    _layer(use, "", size, decodes=True)
    return x


def decoder(use: Use) -> TensorSpec:
    """Decoder layers on top of each other."""
    x, size = _source(use, "tgt", "memory")
    _stack(use, "", "num_layers", size, decodes=True, norm=use.flag("final_norm"))
    return x


def transformer(use: Use) -> TensorSpec:
    """An encoder of the source, and a decoder of the target that attends to what it gives."""
    x, size = _source(use, "tgt", "src")
    _stack(use, "encoder.", "num_encoder_layers", size, decodes=False, norm=True)
    _stack(use, "decoder.", "num_decoder_layers", size, decodes=True, norm=True)
    return x


def _source(use: Use, port: str, memory: str = "") -> tuple[TensorSpec, int]:
    """Return the sequence at ``port`` and its features, all inputs checked against it."""
    use.need_float32(port, *([memory] if memory else []))
    x = need_sequence(use, port)
    size = use.infer("d_model", -1, port)
    need_heads(use, "d_model", size, "nhead")
    attended = x
    if memory:
        attended = need_sequence(use, memory)
        batch = 0 if use.flag("batch_first") else 1
        use.need_size(memory, batch, x.shape[batch])
        use.need_size(memory, -1, size)
    for mask, (query, key) in _masks(x, attended).items():
        need_mask(use, mask, query, key, use.integer("nhead"))
    return x, size


def _masks(x: TensorSpec, memory: TensorSpec) -> dict[str, tuple[TensorSpec, TensorSpec]]:
    """Return which sequence each mask lets attend to which; a source is its own memory."""
    return {
        "mask": (x, x),
        "src_mask": (memory, memory),
        "tgt_mask": (x, x),
        "memory_mask": (x, memory),
        "src_key_padding_mask": (memory, memory),
        "tgt_key_padding_mask": (x, x),
        "memory_key_padding_mask": (x, memory),
    }


def _stack(use: Use, prefix: str, count: str, size: int, *, decodes: bool, norm: bool) -> None:
    """State the weights of layers on top of each other, and of the norm after the last."""
    for index in range(use.integer(count)):
        _layer(use, f"{prefix}layers.{index}.", size, decodes=decodes)
    if norm:
        _weights(use, f"{prefix}norm", size)


def _layer(use: Use, prefix: str, size: int, *, decodes: bool) -> None:
    """State the weights of one layer: attention, a network of two layers, norms."""
    width = use.integer("dim_feedforward")
    projection_weights(use, f"{prefix}self_attn.", size, size, size)
    _weights(use, f"{prefix}linear1", width, size)
    _weights(use, f"{prefix}linear2", size, width)
    for number_of in (1, 2, 3) if decodes else (1, 2):
        _weights(use, f"{prefix}norm{number_of}", size)
    if decodes:
        projection_weights(use, f"{prefix}multihead_attn.", size, size, size)


def _weights(use: Use, name: str, *shape: int) -> None:
    use.weight(f"{name}.weight", *shape)
    if use.flag("bias"):
        use.weight(f"{name}.bias", shape[0])


def _encoding(call: Call, port: str) -> Dim:
    """Return the multiply-adds of one encoder layer for the sequence at a port."""
    batch, steps = batch_and_steps(call, call.inputs[port])
    size = call.inputs[port].shape[-1]
    width = call.integer("dim_feedforward")
    return batch * steps * size * (4 * size + 2 * width + 2 * steps)


def _decoding(call: Call, memory: str) -> Dim:
    """Return the multiply-adds of one decoder layer, which attends to ``memory`` as well."""
    batch, steps = batch_and_steps(call, call.inputs["tgt"])
    seen = batch_and_steps(call, call.inputs[memory])[1]
    size = call.inputs["tgt"].shape[-1]
    across = 2 * steps * size + 2 * seen * size + 2 * steps * seen
    return _encoding(call, "tgt") + batch * size * across


def _encoder_multiply_adds(call: Call) -> Dim:
    return _encoding(call, "input") * _layers(call, "num_layers")


def _decoder_multiply_adds(call: Call) -> Dim:
    return _decoding(call, "memory") * _layers(call, "num_layers")


def _transformer_multiply_adds(call: Call) -> Dim:
    encoded = _encoding(call, "src") * _layers(call, "num_encoder_layers")
    return encoded + _decoding(call, "src") * _layers(call, "num_decoder_layers")


def _layers(call: Call, name: str) -> int:
    return call.integer(name) if name in call.arguments else 1


_D_MODEL: Final = inferred("d_model", "Features of each step.")
_NHEAD: Final = integer("nhead", 4, "Attention heads.")
_LAYER: Final = (
    integer("dim_feedforward", 2048, "Width of the inner network."),
    number("dropout", 0.1, "Dropout.", minimum=0, maximum=1),
    choice("activation", ("relu", "gelu"), "relu", "Activation of the inner network."),
    number("layer_norm_eps", 1e-5, "Added to the variance in the norms.", minimum=0),
    boolean("batch_first", True, "Whether the batch is the first dimension."),
    boolean("norm_first", False, "Whether norms come before, not after."),
    boolean("bias", True, "Whether learned biases are added."),
)
_FINAL_NORM: Final = boolean("final_norm", False, "Whether a norm follows the last layer.")
_NESTED: Final = boolean(
    "enable_nested_tensor", False, "Whether padding is skipped in evaluation; it becomes zero."
)
_DECODER_MASKS: Final = (
    "tgt_mask",
    "memory_mask",
    "tgt_key_padding_mask",
    "memory_key_padding_mask",
)


def _inner(argument: str, layer: str) -> tuple[Inner, ...]:
    """Return the layer that a stack repeats, and the norm that may follow the last."""
    taken = [each.name for each in (_D_MODEL, _NHEAD, *_LAYER)]
    return (
        Inner(
            argument,
            layer,
            takes={name: name for name in taken},
            positional=("d_model", "nhead"),
            always=("d_model", "nhead", "batch_first"),
        ),
        Inner(
            "norm",
            "LayerNorm",
            takes={"normalized_shape": "d_model", "eps": "layer_norm_eps", "bias": "bias"},
            positional=("normalized_shape",),
            always=("normalized_shape",),
            only_with="final_norm",
        ),
    )


_MULTIPLY_ADDS: Final[Mapping[Rule, Count]] = {
    encoder_layer: _encoder_multiply_adds,
    encoder: _encoder_multiply_adds,
    decoder_layer: _decoder_multiply_adds,
    decoder: _decoder_multiply_adds,
    transformer: _transformer_multiply_adds,
}


def _kind(
    name: str,
    help: str,
    rule: Rule,
    parameters: tuple[Parameter, ...],
    inputs: tuple[str, ...],
    *,
    form: Module,
    stem: str,
    keywords: tuple[str, ...] = (),
) -> LayerKind:
    depth = [f"{{{each.name}}} layers" for each in parameters if each.name == "num_layers"]
    masks = frozenset(port for port in inputs if port.endswith("mask"))
    return LayerKind(
        name=name,
        family="attention",
        help=help,
        form=form,
        rule=rule,
        parameters=parameters,
        inputs=ports(*inputs),
        optional_inputs=masks,
        card=("{d_model}", "!{nhead} heads", "ff {dim_feedforward}", *depth),
        stem=stem,
        keywords=("transformer", "self-attention", *keywords),
        multiply_adds=_MULTIPLY_ADDS[rule],
        documentation=f"torch.nn.{name}.html",
    )


def _layer_kind(
    name: str, help: str, rule: Rule, inputs: tuple[str, ...], *keywords: str
) -> LayerKind:
    form = Module(name, positional=("d_model", "nhead"), always=("nhead", "batch_first"))
    parameters = (_D_MODEL, _NHEAD, *_LAYER)
    stem = name.removeprefix("Transformer").removesuffix("Layer").lower()
    return _kind(name, help, rule, parameters, inputs, form=form, stem=stem, keywords=keywords)


def _stack_kind(
    name: str, help: str, rule: Rule, inputs: tuple[str, ...], *keywords: str
) -> LayerKind:
    stem = name.removeprefix("Transformer").lower()
    layer = (_D_MODEL, _NHEAD, *_LAYER, _FINAL_NORM)
    own = (_NESTED,) if stem == "encoder" else ()
    form = Module(
        name,
        positional=(f"{stem}_layer", "num_layers"),
        always=("num_layers", *(each.name for each in own)),
        omitted=tuple(each.name for each in layer),
        inner=_inner(f"{stem}_layer", f"{name}Layer"),
    )
    depth = integer("num_layers", 6, "Layers on top of each other.")
    parameters = (*layer[:2], depth, *layer[2:], *own)
    return _kind(name, help, rule, parameters, inputs, form=form, stem=stem, keywords=keywords)


KINDS: Final = (
    _layer_kind(
        "TransformerEncoderLayer",
        "One layer of a transformer: self-attention, then a small network on each step.",
        encoder_layer,
        ("input", "src_key_padding_mask", "src_mask"),
        "bert",
    ),
    _layer_kind(
        "TransformerDecoderLayer",
        "One layer that attends to its target and to a memory, then a small network.",
        decoder_layer,
        ("tgt", "memory", *_DECODER_MASKS),
        "cross-attention",
    ),
    _stack_kind(
        "TransformerEncoder",
        "Several encoder layers on top of each other.",
        encoder,
        ("input", "src_key_padding_mask", "mask"),
        "bert",
        "vit",
    ),
    _stack_kind(
        "TransformerDecoder",
        "Several decoder layers on top of each other.",
        decoder,
        ("tgt", "memory", *_DECODER_MASKS),
        "cross-attention",
    ),
    _kind(
        "Transformer",
        "Encoder and decoder: reads one sequence and writes another, as in translation.",
        transformer,
        (
            _D_MODEL,
            _NHEAD,
            integer("num_encoder_layers", 6, "Layers of the encoder."),
            integer("num_decoder_layers", 6, "Layers of the decoder."),
            *_LAYER,
        ),
        ("src", "tgt", "src_mask", "src_key_padding_mask", *_DECODER_MASKS),
        form=Module(
            "Transformer",
            positional=("d_model", "nhead"),
            always=("d_model", "nhead", "batch_first"),
        ),
        stem="transformer",
        keywords=("translation", "seq2seq", "encoder-decoder"),
    ),
)
