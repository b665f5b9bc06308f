"""What depends on no input: computed once, in ``__init__``, and kept as a buffer.

Positions, masks and frequencies follow from tensors that the module holds and that neither
training nor loading changes. What is needed of them in ``forward`` is a buffer that is not saved,
so that it moves with the module and the weights of older files still fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from codegen.line_breaks import LINE_LENGTH
from codegen.model.indices import tightened
from codegen.model.inlining_rules import may_draw
from codegen.model.marks import held_mark
from codegen.model.program import Attribute, Part, Statement
from codegen.model.step import Step
from codegen.model.variables import Variables, named
from graph_model.layers.gradient import RECORDING
from graph_model.layers.kind import Composite, Held, LayerKind, Module, Script
from graph_model.naming import name_complaint

_OWN: Final = re.compile(r"self\.(\w+)")
_BUFFER: Final = Held({})


class Fixed(NamedTuple):
    """What is left for ``forward``, and all that is made in ``__init__``.

    ``words`` says what is written for a value that has become a buffer.
    """

    steps: list[Step]
    attributes: list[Attribute]
    words: Mapping[str, str]


def fixed(
    steps: Sequence[Step],
    attributes: Sequence[Attribute],
    kinds: Mapping[str, LayerKind],
    settings: Collection[str],
    returned: Collection[str],
) -> Fixed:
    """Move to ``__init__`` what depends on no input.

    ``kinds`` are those of the tensors that are held, by the names of their attributes; what keeps
    one of the ``settings`` has no node. ``returned`` are the values of the class.
    """
    kept = {each.name: each.constructor for each in attributes if not each.node}
    constant = {name for name, kind in kinds.items() if _is_constant(kind)}
    early = _independent(steps, constant | kept.keys())
    late = [step for step in steps if step not in early]
    needed = {value for step in late for value in step.reads} | {*returned}
    names = [step.names[0] for step in early] + [each.name for each in attributes]
    early = [_as_attribute(step, names) if step.target in needed else step for step in early]
    words = {step.target: f"self.{step.names[0]}" for step in early if step.target in needed}
    if not words:
        return Fixed([*steps], [*attributes], {})
    late = [_with(step, words) for step in late]
    used = {name for step in early for name in _OWN.findall(step.expression)}
    still = {name for step in late for line in step.text for name in _OWN.findall(line)}
    still |= {name for value in returned for name in _OWN.findall(value)}
    gone = [each for each in attributes if each.name in used & (constant | kept.keys()) - still]
    held = [each for each in gone if each.node]
    marks = {each.name: held_mark(at) for at, each in enumerate(held)}
    begun = [_of_held(each, kinds[each.name], marks[each.name], early) for each in held]
    rest = [_with(_local(step, marks, kept), words) for step in early]
    made = _made([*begun, *rest], words, settings)
    at = max((at for at, each in enumerate(attributes) if each.name in used), default=-1) + 1
    placed = [*attributes[:at], *made, *attributes[at:]]
    return Fixed(late, [each for each in placed if each not in gone], words)


def _as_attribute(step: Step, taken: Collection[str]) -> Step:
    """Return a step by a name that a module leaves free: an operation may be called ``half``."""
    name = step.names[0]
    if not name_complaint(name):
        return step
    while name_complaint(name) or name in taken:
        name += "_"
    return step._replace(names=(name, *step.names[1:]))


def _is_constant(kind: LayerKind) -> bool:
    """Tell whether a tensor that is held is neither trained nor saved."""
    form = kind.form
    return isinstance(form, Held) and not (form.is_parameter or form.is_persistent)


def _independent(steps: Sequence[Step], known: Collection[str]) -> list[Step]:
    """Return the steps that follow from what is known alone."""
    values: set[str] = set()
    found: list[Step] = []
    for step in steps:
        is_operation = not isinstance(step.kind.form, Module | Composite | Script)
        is_operation = is_operation and step.kind is not RECORDING  # it is one in each pass
        follows = values.issuperset(step.reads) and {*known}.issuperset(
            _OWN.findall(step.expression)
        )
        is_whole = step.writes == (step.target,)  # not one of several values
        if is_operation and follows and is_whole and not may_draw(step):
            values.update(step.writes)
            found.append(step)
    return found


def _with(step: Step, words: Mapping[str, str]) -> Step:
    """Return a step with words for some values."""
    table = {ord(value): word for value, word in words.items()}
    return step._replace(
        expression=step.expression.translate(table),
        lines=tuple(line.translate(table) for line in step.lines),
        texts=tuple(text.translate(table) for text in step.texts),
        reads=tuple(value for value in step.reads if value not in words),
        carried=tuple((words.get(before, before), after) for before, after in step.carried),
        kept=tuple(value for value in step.kept if value not in words),
    )


def _local(step: Step, marks: Mapping[str, str], kept: Mapping[str, str]) -> Step:
    """Return a step that reads values and settings of ``__init__`` instead of attributes."""
    words = {**kept, **marks}

    def word(found: re.Match[str]) -> str:
        return words.get(found[1], found[0])

    read = [marks[name] for name in _OWN.findall(step.expression) if name in marks]
    return step._replace(
        expression=tightened(_OWN.sub(word, step.expression)),
        texts=tuple(tightened(_OWN.sub(word, text)) for text in step.texts),
        reads=(*step.reads, *read),
        takers={**step.takers, **dict.fromkeys(read, step.kind)},
    )


def _of_held(attribute: Attribute, kind: LayerKind, mark: str, takers: Sequence[Step]) -> Step:
    """Return the step that makes what was held."""
    names = [name for step in takers for name in _OWN.findall(step.expression)]
    return Step(
        (attribute.node,),
        (kind,),
        ("output",),
        reads=(),
        writes=(mark,),
        names=(attribute.name,),
        target=mark,
        expression=attribute.constructor,
        is_used_once=names.count(attribute.name) == 1,
        texts=(attribute.constructor,),
        is_named=True,
    )


def _made(
    steps: Sequence[Step], words: Mapping[str, str], settings: Collection[str]
) -> list[Attribute]:
    """Return the buffers, each with the statements of ``__init__`` before it."""
    functions = {kind.name for step in steps for kind in step.kinds}
    joined, variables = named(
        steps, lambda steps: Variables(steps, [*words], settings, functions, {})
    )
    found: list[Attribute] = []
    before: list[Statement] = []
    for step in joined:
        parts = tuple(Part(node) for node in step.nodes)
        if step.target not in words:
            before.append(Statement(parts, variables.lines(step)))
            continue
        text, name = variables.written(step.expression), step.names[0]
        if len(f'        self.register_buffer("{name}", {text}, persistent=False)') > LINE_LENGTH:
            before.append(Statement(parts, (f"{name} = {text}",)))
            text = name
        *others, last = step.nodes
        found.append(Attribute(last, name, text, _BUFFER, others=(*others,), before=(*before,)))
        before = []
    return found
