"""What the texts of settings mean: values, entries of catalogues, and what is there or is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from graph_model.complaints import complaint
from graph_model.entry import Entry
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.values import Parameter, Type, Value

WITH, WITHOUT = "with", "without"
_OF_WORDS = (Type.TEXT, Type.CHOICE, Type.LAYER, Type.PATH, Type.FOLDER, Type.FIGURE)
_OF_LISTS = (Type.INTEGERS, Type.NUMBERS)


def chosen(
    before: Choice, catalogue: Mapping[str, Entry], name: str, argument: str, text: str
) -> Choice:
    """Return a choice with another argument, or another entry where there is no ``argument``.

    That keeps the arguments which it has too. ``SGD momentum=0.9`` is an entry with arguments.
    """
    if argument:
        parameters = catalogue[before.kind].parameters if before.kind in catalogue else ()
        found = value(parameter(parameters, name, argument), text)
        return Choice(before.kind, {**before.arguments, argument: found})
    kind, *given = text.split() or [text]
    if kind not in catalogue:
        refuse_value(name, text, catalogue)
    known = {each.name: each for each in catalogue[kind].parameters}
    arguments = {key: each for key, each in before.arguments.items() if key in known}
    for pair in given:
        called, _, worth = pair.partition("=")
        of = parameter(known.values(), f"{name}.{called}", called)
        arguments[called] = value(of, worth)
    return Choice(kind, arguments)


def switched(
    choices: Sequence[Choice], kind: str, entry: Entry, name: str, argument: str, text: str
) -> tuple[Choice, ...]:
    """Return choices of which one is there, is not, or has an argument; a new one comes last."""
    places = [place for place, each in enumerate(choices) if each.kind == kind]
    before = choices[places[0]] if places else Choice(kind)
    if argument:
        found = value(parameter(entry.parameters, name, argument), text)
        changed = Choice(kind, {**before.arguments, argument: found})
    elif is_with(name, text):
        changed = before
    else:
        return tuple(each for each in choices if each.kind != kind)
    return tuple(put(choices, places[0] if places else len(choices), changed))


def put(choices: Sequence[Choice], place: int, changed: Choice) -> list[Choice]:
    """Return choices with another one at a place, which may be the one after the last."""
    return [*choices[:place], changed, *choices[place + 1 :]]


def is_with(name: str, text: str) -> bool:
    """Tell whether a text says that something is there."""
    if text not in (WITH, WITHOUT):
        refuse_value(name, text, (WITH, WITHOUT))
    return text == WITH


def parameter(parameters: Iterable[Parameter], name: str, argument: str) -> Parameter:
    """Return the parameter that an argument is for."""
    known = {each.name: each for each in parameters}
    if argument not in known:
        place = name.removesuffix(argument)
        refuse_name(name, (f"{place}{each}" for each in known))
    return known[argument]


def value(parameter: Parameter, text: str) -> Value:
    """Return what a text means to a parameter."""
    found = _meaning(parameter, text)
    wrong = complaint(parameter, found)
    if wrong is not None:
        raise Refusal(Problem(wrong.code, wrong.values, parameter=parameter.name))
    return found


def _meaning(parameter: Parameter, text: str) -> Value:
    if text == "none" and parameter.accepts_none:
        return None
    if parameter.type is Type.BOOLEAN:
        return {"true": True, "false": False, "on": True, "off": False}.get(text.lower(), text)
    if parameter.type in _OF_WORDS:
        return text
    numbers = [_number(each) for each in text.strip("()").split("x" if "x" in text else ";")]
    is_one = len(numbers) == 1 and parameter.type not in _OF_LISTS
    return numbers[0] if is_one else tuple(numbers)


def _number(text: str) -> float | str:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def refuse_name(name: str, choices: Iterable[str]) -> NoReturn:
    """Say that there is no such setting."""
    values = {"name": name, "choices": ", ".join(choices)}
    raise Refusal(Problem("unknown_setting", values))


def refuse_value(name: str, text: str, choices: Iterable[str]) -> NoReturn:
    """Say that a setting has no such value."""
    values = {"parameter": name, "choices": ", ".join(choices), "got": text}
    raise Refusal(Problem("not_a_choice", values, parameter=name))
