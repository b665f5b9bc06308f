"""What one call of a layer or a block costs, and how it treats the memory of its tensors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from graph_model.costs.kept import has_gradient, kept, shares_memory
from graph_model.costs.sizes import elements, size_of
from graph_model.dims import evaluate
from graph_model.frozen import frozen
from graph_model.layers.call import Call
from graph_model.layers.kind import Held, LayerKind
from graph_model.layers.measured import Measured


@frozen
class Effect:
    """What one call costs, seen from outside; memory in bytes.

    ``kept`` is what autograd keeps beside the memory of inputs and outputs; of these it keeps the
    ports in ``kept_inputs`` and ``kept_outputs``. ``own`` tells how much memory each output has
    of its own; the memory of the others is that of the port in ``same_as``. Gradients flow back
    through the outputs ``with_gradient``. ``peak`` is the most that is in use at once beside the
    inputs while it computes without gradients; ``backward`` the most that gradients take at once.
    There may be ``more_multiply_adds`` and ``more_kept`` than is known.
    """

    multiply_adds: int = 0
    kept: int = 0
    kept_inputs: Collection[str] = ()
    kept_outputs: Collection[str] = ()
    own: Mapping[str, int] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)
    with_gradient: Collection[str] = ()
    peak: int = 0
    backward: int = 0
    more_multiply_adds: bool = False
    more_kept: bool = False


def effect_of_layer(
    kind: LayerKind, call: Call, with_gradient: Collection[str], *, trained: bool
) -> Effect:
    """Return the effect of a layer whose sizes are all numbers.

    ``with_gradient`` names the inputs through which gradients flow back; ``trained`` tells
    whether it has weights that are.
    """
    tracked = (
        frozenset(port for port in call.outputs if has_gradient(call, port))
        if trained or with_gradient
        else frozenset()
    )
    shared = dict.fromkeys(call.outputs, next(iter(call.inputs), "")) if shares_memory(call) else {}
    held = isinstance(kind.form, Held)
    own = {port: 0 if held else size_of(call.outputs[port]) for port in call.outputs}
    own = {port: size for port, size in own.items() if port not in shared}
    saved = kept(call) if tracked else None
    grads = [call.outputs[port] for port in tracked] + [call.inputs[each] for each in with_gradient]
    return Effect(
        elements((kind.multiply_adds(call),)),
        saved.extra if saved else 0,
        saved.inputs_for(with_gradient, trained=trained) if saved else (),
        saved.outputs if saved else (),
        own,
        shared,
        tracked,
        sum(own.values()),
        sum(map(size_of, grads)) if tracked else 0,
    )


def effect_of_script(
    measured: Measured,
    sizes: Mapping[str, int],
    call: Call,
    with_gradient: Collection[str],
    *,
    trained: bool,
) -> Effect:
    """Return the effect of a custom layer, of which trials have shown what it costs.

    They were made with gradients for every input. What they left unknown is counted as nothing.
    """
    tracked = measured.with_gradient if trained or with_gradient else ()
    shared = dict(measured.same_as)
    own = {port: size_of(spec) for port, spec in call.outputs.items() if port not in shared}
    grads = [call.outputs[port] for port in tracked] + [call.inputs[each] for each in with_gradient]
    return Effect(
        evaluate(measured.multiply_adds or 0, sizes),
        evaluate(measured.kept or 0, sizes) if tracked else 0,
        measured.kept_inputs if tracked else (),
        measured.kept_outputs if tracked else (),
        own,
        shared,
        tracked,
        sum(own.values()),
        sum(map(size_of, grads)) if tracked else 0,
        measured.multiply_adds is None,
        bool(tracked) and measured.kept is None,
    )
