"""Recurrent layers: one step after the other along a sequence."""

from __future__ import annotations

from typing import Final

from graph_model.layers.call import each_row
from graph_model.layers.kind import LayerKind, Module, ports
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, inferred, integer, number

_GATES: Final = {"RNN": 1, "LSTM": 4, "GRU": 3}


def recurrent(use: Use) -> tuple[TensorSpec, ...]:
    """Read a sequence and give every step's output and the last states.

    The output is N×T×directions·size, the states are layers·directions×N×size.
    """
    use.need_float32()
    batch_first = use.flag("batch_first")
    x = use.need_rank(3, "N×T×C" if batch_first else "T×N×C")
    hidden = use.integer("hidden_size")
    projected = use.integer("proj_size") if use.kind == "LSTM" else 0
    if projected >= hidden:
        none = set_argument("proj_size", 0)
        use.refuse("proj_size_too_large", none, parameter="proj_size", got=projected, hidden=hidden)
    size = projected or hidden
    directions = use.called("directions", 2) if use.flag("bidirectional") else 1
    _state_weights(use, use.infer("input_size", -1), hidden, projected, directions)
    layers = use.integer("num_layers")
    if layers == 1 and use.number("dropout") > 0:
        use.warn("dropout_does_nothing", set_argument("dropout", 0.0))
    states = layers * directions
    batch = x.shape[0 if batch_first else 1]
    h_n = x.with_shape(states, batch, size)
    c_n = x.with_shape(states, batch, hidden)
    _check_states(use, {"h_0": h_n, "c_0": c_n})
    output = x.with_dim(-1, directions * size)
    return (output, h_n, c_n) if use.kind == "LSTM" else (output, h_n)


def _state_weights(use: Use, input_size: int, hidden: int, projected: int, directions: int) -> None:
    rows = use.called("gates", _GATES[use.kind]) * hidden
    size = projected or hidden
    for layer in range(use.integer("num_layers")):
        for direction in range(directions):
            end = f"l{layer}{'_reverse' if direction else ''}"
            use.weight(f"weight_ih_{end}", rows, directions * size if layer else input_size)
            use.weight(f"weight_hh_{end}", rows, size)
            if use.flag("bias"):
                use.weight(f"bias_ih_{end}", rows)
                use.weight(f"bias_hh_{end}", rows)
            if projected:
                use.weight(f"weight_hr_{end}", projected, hidden)


def _check_states(use: Use, expected: dict[str, TensorSpec]) -> None:
    """Hold initial states, where given, against what the layer expects."""
    for port, spec in expected.items():
        if use.has(port):
            use.need_shape(port, *spec.shape)
    if use.has("h_0") != use.has("c_0") and "LSTM" in use.kind:
        use.refuse("missing_state", port="c_0" if use.has("h_0") else "h_0")


def cell(use: Use) -> tuple[TensorSpec, ...]:
    """Take one step of a sequence and give the next state."""
    use.need_float32()
    x = use.need_rank(2, "N×C")
    hidden = use.integer("hidden_size")
    rows = use.called("gates", _GATES[use.kind.removesuffix("Cell")]) * hidden
    use.weight("weight_ih", rows, use.infer("input_size", -1))
    use.weight("weight_hh", rows, hidden)
    if use.flag("bias"):
        use.weight("bias_ih", rows)
        use.weight("bias_hh", rows)
    state = x.with_dim(-1, hidden)
    _check_states(use, dict.fromkeys(("hx", "h_0", "c_0"), state))
    return (state, state) if use.kind == "LSTMCell" else (state,)


def _parameters(name: str) -> tuple[Parameter, ...]:
    nonlinearity = choice("nonlinearity", ("tanh", "relu"), "tanh", "The function of each step.")
    proj_size = integer(
        "proj_size", 0, "Size that the state is projected to; 0 for none.", minimum=0
    )
    return (
        inferred("input_size", "Features of each step that come in."),
        integer("hidden_size", 64, "Features of the state."),
        integer("num_layers", 1, "Layers on top of each other."),
        *((nonlinearity,) if name == "RNN" else ()),
        boolean("bias", True, "Whether learned biases are added."),
        boolean("batch_first", True, "Whether the batch is the first dimension, else the second."),
        number("dropout", 0.0, "Dropout between layers.", minimum=0, maximum=1),
        boolean("bidirectional", False, "Whether it also reads from the end."),
        *((proj_size,) if name == "LSTM" else ()),
    )


def _kind(name: str, help: str, *keywords: str) -> LayerKind:
    is_lstm = name == "LSTM"
    return LayerKind(
        name=name,
        family="recurrent",
        help=help,
        form=Module(
            name,
            positional=("input_size", "hidden_size"),
            always=("hidden_size", "batch_first"),
            call="{input}, ({h_0}, {c_0})" if is_lstm else "{input}, {h_0}",
            result="{output}, ({h_n}, {c_n})" if is_lstm else "{output}, {h_n}",
        ),
        rule=recurrent,
        parameters=_parameters(name),
        inputs=ports("input", "h_0", "c_0") if is_lstm else ports("input", "h_0"),
        outputs=ports("output", "h_n", "c_n") if is_lstm else ports("output", "h_n"),
        optional_inputs=frozenset({"h_0", "c_0"} if is_lstm else {"h_0"}),
        card=(
            "{input_size}→{hidden_size}",
            "{num_layers} layers",
            "bidirectional {bidirectional}",
            "dropout {dropout}",
        ),
        keywords=("sequence", "recurrent", *keywords),
        multiply_adds=each_row,
        documentation=f"torch.nn.{name}.html",
    )


def _cell_kind(name: str, help: str, *keywords: str) -> LayerKind:
    is_lstm = name == "LSTMCell"
    nonlinearity = choice("nonlinearity", ("tanh", "relu"), "tanh", "The function of the step.")
    states = ("h_0", "c_0") if is_lstm else ("hx",)
    return LayerKind(
        name=name,
        family="recurrent",
        help=help,
        form=Module(
            name,
            positional=("input_size", "hidden_size"),
            always=("hidden_size",),
            call="{input}, ({h_0}, {c_0})" if is_lstm else "{input}, {hx}",
        ),
        rule=cell,
        parameters=(
            inferred("input_size", "Features that come in."),
            integer("hidden_size", 64, "Features of the state."),
            boolean("bias", True, "Whether learned biases are added."),
            *((nonlinearity,) if name == "RNNCell" else ()),
        ),
        inputs=ports("input", *states),
        outputs=ports("h_1", "c_1") if is_lstm else ports("output"),
        optional_inputs=frozenset(states),
        card=("{input_size}→{hidden_size}",),
        stem=name.removesuffix("Cell").lower() + "_cell",
        keywords=("step", "recurrent", *keywords),
        multiply_adds=each_row,
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind("RNN", "Reads a sequence step by step with a simple state.", "elman"),
    _kind("LSTM", "Reads a sequence with a state that can remember for long.", "memory"),
    _kind("GRU", "Reads a sequence with gates, lighter than an LSTM.", "gate"),
    _cell_kind("RNNCell", "One step of an RNN, for loops of one's own.", "elman"),
    _cell_kind("LSTMCell", "One step of an LSTM, with its state and memory.", "memory"),
    _cell_kind("GRUCell", "One step of a GRU.", "gate"),
)
