"""The text of one layer: how its module is made, and what it computes in ``forward``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Final

from codegen.literals import Written, call, is_tuple, literal
from codegen.model.indices import index
from codegen.model.operations import (
    expanded,
    filled,
    fresh,
    operation,
    per_sample,
    sizes_along,
)
from graph_model.layers.kind import (
    ExpandLike,
    Fresh,
    Function,
    Index,
    Inner,
    LayerKind,
    Method,
    Module,
    Operator,
    Pattern,
    PerSample,
    Script,
)
from graph_model.layers.layer_text import as_argument
from graph_model.problems import GraphError
from graph_model.tensors import DTYPES
from graph_model.values import Arguments, Parameter, Type, Value

MOST_POSITIONAL: Final = 4
"""As many arguments the catalogue has in the order of torch's constructors."""
COUNTERS: Final = frozenset({"inputs", "outputs"})
"""Parameters that say how many ports a node has, and are no arguments in the code."""
LIKE: Final = "like"
"""The operand whose device a tensor lies on that is made in ``forward``."""


def constructor(kind: LayerKind, form: Module | Script, arguments: Arguments) -> str:
    """Return the text that makes a module: what torch needs, and what differs from its defaults."""
    if isinstance(form, Script):
        return call(form.entry, [], _differing(kind, arguments))
    inner = {
        each.argument: _made(kind, each, each.takes, arguments, {})
        for each in form.inner
        if not each.only_with or arguments[each.only_with]
    }
    own = {name: name for name in kind.by_name if name not in form.omitted}
    return _made(kind, form, own, arguments, inner)


def _made(
    kind: LayerKind,
    form: Module | Inner,
    takes: Mapping[str, str],
    arguments: Arguments,
    inner: Mapping[str, str],
) -> str:
    """Write the making of a module whose arguments are those parameters and inner modules."""
    values = dict(inner)
    written = set(inner)
    for name, own in takes.items():
        parameter, value = kind.by_name[own], arguments[own]
        values[name] = _given(parameter, value)
        if name in form.always:
            written |= {name} if value is not None else set()
        elif _differs(parameter, value):
            written.add(name)
    last = max((form.positional.index(n) for n in written if n in form.positional), default=-1)
    leading = [*form.positional[: last + 1], *_passed_on(form, values, last)]
    return call(
        f"nn.{form.target}",
        [values[name] for name in leading],
        {name: value for name, value in values.items() if name in written - {*leading}},
    )


def _given(parameter: Parameter, value: Value) -> str:
    """Return an argument as a constructor takes it: numbers for each class as a tensor."""
    text = spelled(parameter, value)
    if parameter.type is not Type.NUMBERS or value is None:
        return text
    if isinstance(value, tuple):
        text = f"[{text[1:-1].removesuffix(',')}]"
    return f"torch.tensor({text})"


def _passed_on(form: Module | Inner, values: Mapping[str, str], last: int) -> Iterator[str]:
    """Yield what follows by position as well: what has the same name outside, ``kernel_size``."""
    following = [*values][last + 1 : MOST_POSITIONAL]
    if isinstance(form, Module) and form.positional == tuple(values)[: last + 1]:
        yield from takewhile(lambda name: values[name] == name, following)


def expression(
    kind: LayerKind,
    attribute: str,
    arguments: Arguments,
    operands: Mapping[str, str],
    ranks: Collection[int],
) -> str:
    """Return the text of what a node computes.

    ``operands`` maps its connected input ports to variables; ``ranks`` are those that its first
    input has in the uses of the block that it lies in.
    """
    form = kind.form
    inputs = [name for port, name in operands.items() if port not in kind.optional_inputs]
    match form:
        case PerSample():
            return per_sample(inputs[0], attribute, ranks)
        case Module():
            return _module_call(kind, form, attribute, arguments, operands)
        case Operator():
            return operation(form, tuple(operands.values()), arguments)
        case Pattern(text):
            return filled(text, arguments, operands)
        case ExpandLike():
            return expanded(operands, arguments["dims"], ranks)
        case Function():
            return _function_call(kind, form, arguments, operands)
        case Method(method, positional, always):
            leading = inputs[1:] + _spread(kind, positional, arguments)
            keywords = _keywords(kind, always, arguments, positional)
            return call(f"{inputs[0]}.{method}", leading, keywords)
        case Script(_, entry):
            optional = {p: name for p, name in operands.items() if p in kind.optional_inputs}
            if form.is_module:
                return call(f"self.{attribute}", inputs, optional)
            return call(entry, inputs, {**optional, **_differing(kind, arguments)})
        case Fresh():
            return fresh(kind, form, arguments, operands[LIKE])
        case Index():
            return index(inputs[0], kind, arguments)
        case _:
            raise GraphError("an Input or Output computes nothing")


def _differing(kind: LayerKind, arguments: Arguments) -> dict[str, str]:
    """Return the arguments that differ from their defaults."""
    return {
        each.name: spelled(each, arguments[each.name])
        for each in kind.parameters
        if _differs(each, arguments[each.name])
    }


def _differs(parameter: Parameter, value: Value) -> bool:
    """Tell whether an argument is written otherwise than its default."""
    default = parameter.default
    return value is not default and spelled(parameter, value) != spelled(parameter, default)


def _function_call(
    kind: LayerKind, form: Function, arguments: Arguments, operands: Mapping[str, str]
) -> str:
    """Write ``torch.lerp(x, y, 0.5)``; optional inputs by keyword."""
    optional = {p: name for p, name in operands.items() if p in kind.optional_inputs}
    inputs = [name for port, name in operands.items() if port not in optional]
    if form.sized and "like" in optional:
        optional = {form.sized: sizes_along(optional["like"], arguments["dim"])}
        arguments = {**arguments, form.sized: kind.defaults[form.sized]}
    positional = (
        *(literal(arguments[name]) for name in form.leading),
        *([f"({', '.join(inputs)})"] if form.inputs_as_tuple else inputs),
        *(spelled(kind.by_name[name], arguments[name]) for name in form.positional),
    )
    unwritten = (*form.leading, *form.positional)
    return call(
        form.target,
        positional,
        {**optional, **_keywords(kind, form.always, arguments, unwritten)},
    )


def _module_call(
    kind: LayerKind,
    form: Module,
    attribute: str,
    arguments: Arguments,
    operands: Mapping[str, str],
) -> str:
    """Write ``self.lstm(x, (h, c))``: optional inputs by the form's pattern, else by keyword."""
    optional = {p: name for p, name in operands.items() if p in kind.optional_inputs}
    keywords = {
        name: _in_full(kind.by_name[name], arguments[name])
        for name in form.call_keywords
        if arguments[name] is not None
    }
    if form.call and optional:
        return call(f"self.{attribute}", [form.call.format_map(operands)], keywords)
    inputs = [name for port, name in operands.items() if port not in optional]
    return call(f"self.{attribute}", inputs, {**optional, **keywords})


def spelled(parameter: Parameter, value: Value) -> str:
    """Return an argument in its parameter's type, ``3`` for ``(3, 3)`` where torch takes both."""
    if parameter.choices == DTYPES:  # as in Cast: ``x.to(torch.float32)``
        return f"torch.{value}"
    if parameter.type is Type.NUMBER and isinstance(value, int):
        return literal(float(value))
    if parameter.type is Type.LAYER and not isinstance(value, Written):
        return layer_word(str(value), parameter.choices)
    if parameter.type is Type.NUMBERS and isinstance(value, tuple):
        return literal(tuple(map(float, value)))
    if isinstance(value, tuple) and (
        (parameter.type is Type.SIZES and len(set(value)) == 1)
        or (parameter.inferred and len(value) == 1)
    ):
        return literal(value[0])
    return literal(value)


def layer_word(text: str, choices: tuple[str, ...]) -> str:
    """Return ``nn.ReLU``, or ``partial(nn.LeakyReLU, negative_slope=0.2)``.

    What comes first in the call is given by position, so that more can follow.
    """
    layer = as_argument(text, choices)
    assert layer is not None
    form, given = layer.kind.form, layer.arguments
    assert isinstance(form, Module)
    written = {name: spelled(layer.kind.by_name[name], value) for name, value in given.items()}
    rest = {name: each for name, each in written.items() if name not in layer.leading}
    head = f"nn.{form.target}"
    first = [written[name] for name in layer.leading]
    return call("partial", [head, *first], rest) if given else head


def _in_full(parameter: Parameter, value: Value) -> str:
    """Write an argument of a call, which takes a size for each dimension."""
    if parameter.type is Type.SIZES and isinstance(value, int):
        return literal((value,) * parameter.length)
    return literal(value)


def _spread(kind: LayerKind, names: Iterable[str], arguments: Arguments) -> list[str]:
    """Return the arguments of a method that are written without keyword, tuples spread out."""
    spread: list[str] = []
    for name in names:
        value = arguments[name]
        if isinstance(value, tuple) and value:
            spread += map(literal, value)
        elif isinstance(value, Written) and is_tuple(value):
            spread.append(value[1:-1].removesuffix(","))
        else:
            spread.append(spelled(kind.by_name[name], value))
    return spread


def _keywords(
    kind: LayerKind, always: Iterable[str], arguments: Arguments, positional: Iterable[str] = ()
) -> dict[str, str]:
    """Return what is written with keyword: what differs from the default, and ``always``.

    ``None`` never is, which is torch's default for all that may be left open.
    """
    return {
        parameter.name: _one_or_several(parameter, arguments[parameter.name])
        for parameter in kind.parameters
        if parameter.name not in {*positional, *COUNTERS}
        and arguments[parameter.name] is not None
        and (parameter.name in always or arguments[parameter.name] != parameter.default)
    }


def _one_or_several(parameter: Parameter, value: Value) -> str:
    """Write ``dim=-1`` for a single dimension and ``dim=(2, 3)`` for several."""
    if isinstance(value, tuple) and len(value) == 1:
        return literal(value[0])
    return spelled(parameter, value)


def targets_of(kind: LayerKind, ports: Iterable[str], names: Mapping[str, str]) -> str:
    """Write what an assignment assigns to, ``_`` for each output that nothing uses."""
    pattern = kind.form.result if isinstance(kind.form, Module) else ""
    if not pattern:
        return ", ".join([names.get(port, "_") for port in ports])
    targets = pattern.format_map(defaultdict(lambda: "_", names))
    # What nothing uses need not be taken apart: ``x, _`` for ``x, (_, _)``.
    return targets.replace("(_, _)", "_")
