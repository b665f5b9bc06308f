"""Rules for layers that hold weights: which of their axes follow what arrives, and what they make.

The weights are named and shaped as in torch's ``state_dict``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.pruning.channels import Axes, Line
from graph_model.pruning.visit import Rule, Visit

_BUFFERS: Final = ("weight", "bias", "running_mean", "running_var")


def linear(visit: Visit) -> Mapping[str, Axes]:
    """Make new channels of those in the last axis."""
    *before, into = visit.axes
    out = visit.channels.fresh(visit.integer("out_features"))
    visit.hold("weight", out, into, reads=1)
    visit.hold("bias", out)
    visit.size("in_features", into)
    visit.size("out_features", out)
    return visit.everywhere((*before, out))


def bilinear(visit: Visit) -> Mapping[str, Axes]:
    """Make new channels of the last axes of two tensors."""
    one, other = visit.given.values()
    visit.fix([other[-1]])
    for mine, its in zip(one[:-1], other[:-1], strict=True):
        visit.sheet.agree(mine, its, visit.path)
    out = visit.channels.fresh(visit.integer("out_features"))
    visit.hold("weight", out, one[-1], None, reads=1)
    visit.hold("bias", out)
    visit.size("in1_features", one[-1])
    visit.size("out_features", out)
    return visit.everywhere((*one[:-1], out))


def convolution(visit: Visit) -> Mapping[str, Axes]:
    """Make new channels of those in the second axis, within groups where there are any."""
    spatial = len(visit.weights["weight"]) - 2
    if visit.spec.rank != spatial + 2:
        return visit.fix_all()
    visit.fix(visit.axes[2:])
    into = visit.axes[1]
    is_transposed = visit.node.kind.startswith("ConvTranspose")
    if into is not None and visit.integer("groups", 1) == len(into):
        out = _depthwise(visit, into, is_transposed=is_transposed)
    else:
        out = _in_groups(visit, into, is_transposed=is_transposed)
    visit.hold("bias", out)
    visit.size("in_channels", into)
    visit.size("out_channels", out)
    return visit.everywhere((visit.axes[0], out, *(None,) * spatial))


def _depthwise(visit: Visit, into: Line, *, is_transposed: bool) -> Line:
    """Give each channel its own: what comes out goes with what came in."""
    times = visit.integer("out_channels") // len(into)
    out = tuple(channel for channel in into for _ in range(times))
    rest = (None,) * (len(visit.weights["weight"]) - 1)
    reads = 0 if len(into) == 1 else None
    visit.hold("weight", into if is_transposed else out, *rest, reads=reads)
    visit.size("groups", into)
    return out


def _in_groups(visit: Visit, into: Line | None, *, is_transposed: bool) -> Line:
    """Make channels; each group loses the same of what it reads and of what it makes."""
    groups = visit.integer("groups", 1)
    part = visit.channels.fresh(visit.integer("out_channels") // groups)
    out = part * groups
    each = None
    if into is not None:
        count = len(into) // groups
        parts = [into[at * count : (at + 1) * count] for at in range(groups)]
        visit.channels.join_all(parts)
        each = parts[0]
    rest = (None,) * (len(visit.weights["weight"]) - 2)
    if is_transposed:
        visit.hold("weight", into, part, *rest, reads=0)
    else:
        visit.hold("weight", out, each, *rest, reads=1)
    return out


def embedding(visit: Visit) -> Mapping[str, Axes]:
    """Make channels of numbers."""
    out = visit.channels.fresh(visit.integer("embedding_dim"))
    visit.hold("weight", None, out)
    visit.size("embedding_dim", out)
    if visit.arguments.get("max_norm") is not None:
        visit.channels.loosen(out)
    before = (None,) * (visit.out.rank - 1)
    return visit.everywhere((*before, out))


def tied(visit: Visit) -> Mapping[str, Axes]:
    """Compare the last axis with the weights of an embedding: the answers are its numbers."""
    *before, into = visit.axes
    visit.hold("weight", None, into, reads=1)
    return visit.everywhere((*before, None))


def batch_norm(visit: Visit) -> Mapping[str, Axes]:
    """Bring each channel into the same range."""
    line = visit.axes[1] if visit.spec.rank > 1 else None
    for name in _BUFFERS:
        visit.hold(name, line)
    visit.size("num_features", line)
    return visit.everywhere(visit.axes)


def layer_norm(visit: Visit) -> Mapping[str, Axes]:
    """Bring the channels of a sample into the same range together."""
    count = len(visit.weights.get("weight", ())) or visit.integer("dims", 1)
    lines = visit.axes[-count:]
    for name in ("weight", "bias"):
        visit.hold(name, *lines)
    for at, line in enumerate(lines):
        visit.channels.loosen(line or ())
        visit.size("normalized_shape", line, at)
    return visit.everywhere(visit.axes)


def group_norm(visit: Visit) -> Mapping[str, Axes]:
    """Bring groups of channels into the same range; a group goes as a whole, or none does."""
    line, groups = visit.axes[1], visit.integer("num_groups", 1)
    for name in ("weight", "bias"):
        visit.hold(name, line)
    if line is not None and len(line) % groups == 0:
        each = len(line) // groups
        for place in range(1, each):
            visit.channels.join(line[::each], line[place::each])
        visit.size("num_groups", line[::each])
        visit.size("num_channels", line)
    return visit.everywhere(visit.axes)


def prelu(visit: Visit) -> Mapping[str, Axes]:
    """Give each channel a slope of its own, where there are several."""
    if visit.integer("num_parameters", 1) > 1 and visit.spec.rank > 1:
        visit.hold("weight", visit.axes[1])
        visit.size("num_parameters", visit.axes[1])
    return visit.everywhere(visit.axes)


def parameter(visit: Visit) -> Mapping[str, Axes]:
    """Give channels that come from no other layer."""
    axes = tuple(
        visit.channels.fresh(size) if isinstance(size, int) and size > 1 else None
        for size in visit.out.shape
    )
    visit.hold("", *axes)
    for at, line in enumerate(axes):
        visit.size("shape", line, at)
    return visit.everywhere(axes)


def recurrent(visit: Visit) -> Mapping[str, Axes]:
    """Remember in hidden units, of which all layers and both directions lose the same."""
    if visit.integer("proj_size"):
        return visit.fix_all()
    visit.fix(visit.axes[:-1])
    hidden = visit.channels.fresh(visit.integer("hidden_size"))
    _with_states(visit, hidden)
    directions = 2 if visit.arguments.get("bidirectional") else 1
    for layer in range(visit.integer("num_layers", 1)):
        into = visit.axes[-1] if layer == 0 else hidden * directions
        for direction in range(directions):
            _gates(visit, into, hidden, f"_l{layer}{'_reverse' * direction}")
    visit.size("input_size", visit.axes[-1])
    visit.size("hidden_size", hidden)
    found: dict[str, Axes] = {}
    for at, (port, spec) in enumerate(visit.outputs.items()):
        line = hidden * directions if at == 0 else hidden
        found[port] = (*(None,) * (spec.rank - 1), line)
    return found


def recurrent_cell(visit: Visit) -> Mapping[str, Axes]:
    """Do one step of remembering: the state goes with what comes out."""
    hidden = visit.channels.fresh(visit.integer("hidden_size"))
    _gates(visit, visit.axes[-1], hidden, "")
    _with_states(visit, hidden)
    visit.size("input_size", visit.axes[-1])
    visit.size("hidden_size", hidden)
    return {port: (*(None,) * (spec.rank - 1), hidden) for port, spec in visit.outputs.items()}


def _with_states(visit: Visit, hidden: Line) -> None:
    """Let states that are given go with the hidden units."""
    for state in list(visit.given.values())[1:]:
        visit.fix(state[:-1])
        visit.sheet.agree(state[-1], hidden, visit.path)


def _gates(visit: Visit, into: Line | None, hidden: Line, end: str) -> None:
    """Hold the weights of one layer in one direction, the gates of which lie one below another."""
    gates = visit.weights[f"weight_hh{end}"][0] // len(hidden)
    visit.hold(f"weight_ih{end}", hidden * gates, into, reads=1)
    visit.hold(f"weight_hh{end}", hidden * gates, hidden, reads=1)
    visit.hold(f"bias_ih{end}", hidden * gates)
    visit.hold(f"bias_hh{end}", hidden * gates)


def transformer_layers(visit: Visit) -> Mapping[str, Axes]:
    """Keep what arrives as it is; what can go are the units between the two linear layers."""
    visit.fix_all()
    ends = [name.removesuffix("linear1.weight") for name in visit.weights]
    for before in (end for end, name in zip(ends, visit.weights, strict=True) if end != name):
        inner = visit.channels.fresh(visit.integer("dim_feedforward"))
        visit.hold(f"{before}linear1.weight", inner, None)
        visit.hold(f"{before}linear1.bias", inner)
        visit.hold(f"{before}linear2.weight", None, inner, reads=1)
        visit.size("dim_feedforward", inner)
    return {}


def attention(visit: Visit) -> Mapping[str, Axes]:
    """Let the heads of all three go together, and what is looked up keep its width."""
    query, key, value = (visit.given[port] for port in ("query", "key", "value"))
    for axes in (query, key):
        visit.fix(axes[-2:])
    visit.fix(value[-2:-1])
    if visit.arguments.get("enable_gqa"):
        visit.fix((*query[:-2], *key[:-2], *value[:-2]))
    for port, axes in visit.given.items():
        if port not in ("query", "key", "value"):
            visit.fix(axes)
    if not len(query) == len(key) == len(value):
        return visit.fix_all()
    before: list[Line | None] = []
    for lines in zip(query[:-2], key[:-2], value[:-2], strict=True):
        visit.sheet.agree(lines[0], lines[1], visit.path)
        visit.sheet.agree(lines[0], lines[2], visit.path)
        before.append(lines[0])
    return visit.everywhere((*before, None, value[-1]))


def products(visit: Visit) -> Mapping[str, Axes]:
    """Multiply matrices: what is summed over stays, what stands side by side goes together."""
    one, other = visit.given.values()
    if len(one) != len(other) or len(one) < 2:
        return visit.fix_all()
    visit.fix((one[-1], other[-2]))
    before: list[Line | None] = []
    shapes = zip(*(spec.shape[:-2] for spec in visit.specs.values()), strict=True)
    for (a, b), sizes in zip(zip(one[:-2], other[:-2], strict=True), shapes, strict=True):
        if sizes[0] == sizes[1]:
            visit.sheet.agree(a, b, visit.path)
        else:
            visit.fix((a, b))
        before.append(a if a is not None else b)
    return visit.everywhere((*before, one[-2], other[-1]))


HOLDING: Final[Mapping[str, Rule]] = {
    **{f"Conv{transposed}{rank}d": convolution for transposed in ("", "Transpose")
       for rank in (1, 2, 3)},
    **{f"{norm}Norm{rank}d": batch_norm for norm in ("Batch", "Instance") for rank in (1, 2, 3)},
    **dict.fromkeys(("RNN", "LSTM", "GRU"), recurrent),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), recurrent_cell),
    **dict.fromkeys(("TransformerEncoderLayer", "TransformerEncoder"), transformer_layers),
    **dict.fromkeys(("TransformerDecoderLayer", "TransformerDecoder"), transformer_layers),
    **dict.fromkeys(("Embedding", "EmbeddingBag"), embedding),
    **dict.fromkeys(("LayerNorm", "RMSNorm"), layer_norm),
    **dict.fromkeys(("MatMul", "BatchMatMul"), products),
    "Transformer": transformer_layers,
    "Linear": linear,
    "Bilinear": bilinear,
    "GroupNorm": group_norm,
    "PReLU": prelu,
    "Parameter": parameter,
    "ScaledDotProductAttention": attention,
}  # fmt: skip
