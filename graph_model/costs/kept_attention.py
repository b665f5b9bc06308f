"""What autograd keeps of attention, and of the layers of a transformer."""

from __future__ import annotations

from typing import Final

from graph_model.costs.kept_value import Kept
from graph_model.costs.sizes import elements, size_of
from graph_model.layers.attention import batch_and_steps
from graph_model.layers.call import Call
from graph_model.tensors import TensorSpec

_FLOAT: Final = 4


def attention(call: Call) -> Kept:
    """Keep queries, keys, values and what comes of them; the scores where they are looked at."""
    query, key = call.inputs["query"], call.inputs["key"]
    scores = 3 if call.arguments["dropout"] != 0 else int(call.flag("need_weights"))
    extra = _attended(call, query, key, call.integer("num_heads"), scores)
    return Kept(("query", "key", "value"), extra=extra)


def _attended(call: Call, query: TensorSpec, key: TensorSpec, heads: int, scores: int) -> int:
    """Return how many bytes one attention keeps beside its inputs, the scores so many times."""
    batch, steps = batch_and_steps(call, query)
    pairs = elements((batch, heads, steps, batch_and_steps(call, key)[1]))
    return 2 * (size_of(query) + size_of(key)) + scores * pairs * _FLOAT


def scaled_attention(call: Call) -> Kept:
    """Keep queries, keys, values and a mask of numbers, and the result."""
    real = tuple(port for port, spec in call.inputs.items() if spec.is_floating)
    return Kept(real, ("output",))


def encoder(call: Call) -> Kept:
    """Keep what each layer keeps, and the sequences between them."""
    layers = _layers(call, "num_layers")
    between = (layers - 1) * size_of(call.inputs["input"])
    return Kept(("input",), extra=_encoding(call, "input") * layers + between)


def decoder(call: Call) -> Kept:
    """Keep what each layer keeps, and the sequences between them."""
    layers = _layers(call, "num_layers")
    between = (layers - 1) * size_of(call.inputs["tgt"])
    return Kept(("tgt", "memory"), extra=_decoding(call, "memory") * layers + between)


def transformer(call: Call) -> Kept:
    """Keep what the layers of both halves keep, and the sequences between them."""
    encoded = _encoding(call, "src") + size_of(call.inputs["src"])
    decoded = _decoding(call, "src") + size_of(call.inputs["tgt"])
    extra = encoded * call.integer("num_encoder_layers")
    return Kept(("src", "tgt"), extra=extra + decoded * call.integer("num_decoder_layers"))


def _layers(call: Call, name: str) -> int:
    return call.integer(name) if name in call.arguments else 1


def _encoding(call: Call, port: str) -> int:
    """Return what one layer keeps: attention, the wide inner network, norms, skips, masks."""
    x = call.inputs[port]
    drops = call.arguments["dropout"] != 0
    wide = size_of(x.with_dim(-1, call.integer("dim_feedforward")))
    attended = _attended(call, x, x, call.integer("nhead"), 3 if drops else 0)
    return attended + (7 if drops else 3) * size_of(x) + (3 if drops else 1) * wide


def _decoding(call: Call, memory: str) -> int:
    x, seen = call.inputs["tgt"], call.inputs[memory]
    drops = call.arguments["dropout"] != 0
    across = _attended(call, x, seen, call.integer("nhead"), 3 if drops else 0)
    return _encoding(call, "tgt") + across + (4 if drops else 2) * size_of(x)
