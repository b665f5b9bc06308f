"""What a catalogue entry is: the facts about one layer kind.

The palette, the inspector, validation, code generation and the documentation all read entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from graph_model.dims import Dim
from graph_model.frozen import frozen
from graph_model.layers.call import Call, nothing
from graph_model.layers.measured import Measured
from graph_model.layers.use import Use
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Parameter, Value

Rule: TypeAlias = Callable[[Use], TensorSpec | Sequence[TensorSpec]]
Ports: TypeAlias = Callable[[Arguments], tuple[str, ...]]
Count: TypeAlias = Callable[[Call], Dim]
Measure: TypeAlias = Callable[[Arguments, Mapping[str, TensorSpec]], Measured]


@frozen
class Inner:
    """A module made as the argument of another's constructor, such as ``encoder_layer``.

    ``takes`` maps its own constructor arguments to the parameters of the kind that fill them;
    those in ``always`` are written in any case. With ``only_with``, it is made where that
    parameter is on.
    """

    argument: str
    target: str
    takes: Mapping[str, str]
    positional: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    only_with: str = ""


@frozen
class Module:
    """Written as a ``torch.nn`` module made in ``__init__`` and called in ``forward``.

    ``positional`` names the arguments written without keyword, in order. An argument is written
    where it differs from its default; those in ``always`` are written anyway unless ``None``,
    since torch has no default for them or another one; those in ``omitted`` are the catalogue's
    own, or those of an ``inner`` module, and not written among them. ``call`` is the pattern of
    the operands where the optional inputs are connected and not passed by keyword;
    ``call_keywords`` names arguments passed to the call unless ``None``. ``result`` is the pattern
    that the call returns, ``{port}`` standing for each output; outputs side by side need none.
    """

    target: str
    positional: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    call: str = ""
    call_keywords: tuple[str, ...] = ()
    result: str = ""
    inner: tuple[Inner, ...] = ()


@frozen
class PerSample(Module):
    """Written as a module called with a one for each sample, which the input is multiplied with."""


@frozen
class Function:
    """Written as the call of a ``torch`` function: ``torch.cat((a, b), dim=1)``.

    ``leading`` and ``positional`` name the arguments written without keyword, always, before and
    after the inputs. Optional inputs are passed by keyword. ``sized`` names the argument that
    the sizes of an optional input ``like`` are passed as, those along ``dim``.
    """

    target: str
    always: tuple[str, ...] = ()
    inputs_as_tuple: bool = False
    leading: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    sized: str = ""


@frozen
class Method:
    """Written as the call of a tensor's method: ``x.permute(0, 2, 1)``.

    ``positional`` names the arguments written without keyword, always; a tuple is spread out, and
    a dtype is written ``torch.float32``.
    """

    name: str
    positional: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


@frozen
class Operator:
    """Written with an operator between the inputs: ``a + b``.

    ``number`` names the argument that stands in for a second input: ``x * 0.5``.
    """

    symbol: str
    number: str = ""


@frozen
class Pattern:
    """Written as it stands, with variables for ``{port}`` and numbers for ``{parameter}``."""

    text: str


@frozen
class ExpandLike:
    """Written as ``x.expand(y.shape[0], -1, -1)``: ``dims`` as long as those of ``like``."""


@frozen
class Held:
    """Written as a tensor that the module holds: made in ``__init__``, read as ``self.name``.

    ``made`` holds the patterns that make it: by the argument ``init``, else the first is taken
    that names every argument which differs from its default.
    """

    made: Mapping[str, str]
    is_parameter: bool = False
    is_persistent: bool = False


@frozen
class Fresh:
    """Written as the making of a tensor in ``forward``: ``torch.zeros(x.shape[0], 16)``.

    It lies on the device of what its sizes are read from. ``made`` is as that of ``Held``.
    """

    made: Mapping[str, str]


@frozen
class Index:
    """Written as an index along ``dim``: ``x[:, -1]`` or ``x[:, 2:5]``."""


@frozen
class Boundary:
    """An argument of ``forward`` or a value that it returns; writes no statement of its own."""


@frozen
class Composite:
    """Written as a class of its own, made in ``__init__`` and called in ``forward``: a block."""


@frozen
class Script:
    """Written as the user's own text, which stands in the file, and a use of its ``entry``.

    That is a class made in ``__init__`` and called in ``forward``, or else a function.
    ``measured`` tells what a use of it costs whose outputs are known, ``problem`` what keeps the
    text from being read.
    """

    text: str
    entry: str
    measured: Measure = field(compare=False)
    problem: Problem | None = None
    is_module: bool = False


Form: TypeAlias = (
    Module
    | Function
    | Method
    | Operator
    | Pattern
    | ExpandLike
    | Held
    | Fresh
    | Index
    | Boundary
    | Composite
    | Script
)


def _one_input(_: Arguments) -> tuple[str, ...]:
    return ("input",)


def _one_output(_: Arguments) -> tuple[str, ...]:
    return ("output",)


def ports(*names: str) -> Ports:
    """Return ports that do not depend on the arguments."""
    return lambda _: names


def numbered_inputs(arguments: Arguments) -> tuple[str, ...]:
    """Return the ports ``input1``, ``input2``, … as many as the argument ``inputs`` says."""
    count = arguments["inputs"]
    count = count if isinstance(count, int) else 2
    return tuple(f"input{number}" for number in range(1, max(1, min(count, 64)) + 1))


MOST_OUTPUTS: Final = 64


def numbered_outputs(parameter: str) -> Ports:
    """Return the ports ``output1``, ``output2``, …: as many as an argument says or lists."""

    def outputs(arguments: Arguments) -> tuple[str, ...]:
        value = arguments[parameter]
        count = len(value) if isinstance(value, tuple) else value
        count = count if isinstance(count, int) else 2
        count = max(1, min(count, MOST_OUTPUTS))
        return tuple(f"output{number}" for number in range(1, count + 1))

    return outputs


@dataclass(frozen=True)
class LayerKind:
    """One layer kind.

    ``card`` lists the pieces of its one-line summary on the canvas; ``{name}`` stands for an
    argument, and a piece is left out where every argument within has its default. ``stem`` begins
    the code names of its nodes. ``optional_inputs`` need no edge. ``shown`` is the word on the
    card and in the palette where it differs from ``name``. ``keywords`` are further search words.
    ``multiply_adds`` counts what one call multiplies and adds up. Where an argument names a size
    of an Input, it is written in the form ``sized``, if there is one.
    """

    name: str
    family: str
    help: str
    form: Form
    rule: Rule
    parameters: tuple[Parameter, ...] = ()
    inputs: Ports = _one_input
    outputs: Ports = _one_output
    optional_inputs: frozenset[str] = frozenset()
    card: tuple[str, ...] = ()
    stem: str = ""
    keywords: tuple[str, ...] = ()
    multiply_adds: Count = nothing
    sized: Form | None = None
    documentation: str = ""
    """The page at pytorch.org, relative to ``docs/stable/generated/``."""
    by_name: Mapping[str, Parameter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.parameters})

    @cached_property
    def holds_module(self) -> bool:
        """Whether a node has a module of its own, made in ``__init__``."""
        form = self.form
        return isinstance(form, Module) or (isinstance(form, Script) and form.is_module)

    @cached_property
    def symbolic(self) -> tuple[Parameter, ...]:
        """The parameters that take sizes of the Inputs by name."""
        return tuple(each for each in self.parameters if each.symbolic)

    @cached_property
    def problem(self) -> Problem | None:
        """What keeps the text of a custom layer from being read."""
        return self.form.problem if isinstance(self.form, Script) else None

    @cached_property
    def defaults(self) -> Arguments:
        """The default of every parameter."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    @property
    def glyph(self) -> str:
        """The name of its icon: that of its family, but an Input and an Output differ."""
        return self.name.lower() if self.family == "input_output" else self.family

    @cached_property
    def code_stem(self) -> str:
        """What the code names of its nodes begin with."""
        return self.stem or _snake(re.sub(r"\d+d$", "", self.name))

    @cached_property
    def decides_on_ports(self) -> frozenset[str]:
        """The parameters that its ports depend on: those that are looked at to name them."""
        asked = _Asked(self.defaults)
        self.inputs(asked)
        return frozenset(asked.names) | self.decides_on_outputs

    @cached_property
    def decides_on_outputs(self) -> frozenset[str]:
        """Those of them that its outputs depend on."""
        asked = _Asked(self.defaults)
        self.outputs(asked)
        return frozenset(asked.names)

    @cached_property
    def usual_outputs(self) -> tuple[str, ...]:
        """The outputs that it has by its defaults, and always where nothing decides on them."""
        return self.outputs(self.defaults)

    def complete(self, arguments: Arguments) -> Arguments:
        """Return the given arguments with defaults for the rest."""
        return {**self.defaults, **arguments}


class _Asked(dict[str, Value]):
    """Arguments that remember which of them were looked up."""

    def __init__(self, arguments: Arguments) -> None:
        super().__init__(arguments)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        self.names.add(name)
        return super().__getitem__(name)


_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _snake(name: str) -> str:
    return _WORD_START.sub("_", name).lower()
