"""Long lines broken as ruff's formatter breaks them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

LINE_LENGTH: Final = 100
_STEP: Final = "    "
_NO_CODE: Final = ("#", '"""')
_LIST: Final = re.compile(r"( *\*?\[)(.*)(\],?)")
_NAMED_LIST: Final = re.compile(r"( *(?:\*|\w+=)?\[)(.*)(\],?)")
_CHOICE: Final = re.compile(r"(?P<value>\S+\(.*\)) if (?P<condition>.+) else (?P<other>\S+\(\))")
_COMPREHENSION: Final = re.compile(r"( *\w+ = )\[(.*?) for (.*)\]")
_OPERATOR: Final = re.compile(r" ([-+*/@%&|^<>]|\*\*|//|[=!<>]=) ")


def wrapped(line: str) -> list[str]:
    """Break a line that is too long: at its last brackets, at its operators, or at its commas.

    What is no code stays as it is: a comment, or the first line of a docstring.
    """
    if len(line) <= LINE_LENGTH or line.lstrip().startswith(_NO_CODE):
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    if " = " in line and (choice := _CHOICE.fullmatch(_head_and_value(line)[1])):
        return _broken_choice(_head_and_value(line)[0], choice, indent)
    if loop := _COMPREHENSION.fullmatch(line):
        return [
            f"{loop[1]}[",
            f"{indent}{_STEP}{loop[2]}",
            f"{indent}{_STEP}for {loop[3]}",
            f"{indent}]",
        ]
    opening, closing = _outer_parentheses(line)
    if opening >= LINE_LENGTH and " = " in line:
        return _broken_assignment(line, indent)
    if opening >= 0:
        inner = line[opening + 1 : closing]
        is_whole = not line[:opening].endswith((" ", "=")) or _parted_loop(inner) is not None
        if len(indent + _STEP + inner) <= LINE_LENGTH and is_whole:
            middle = [indent + _STEP + inner]
        else:
            middle = _one_a_line(inner, indent + _STEP)
        return [line[: opening + 1], *middle, *_closed(indent + line[closing:], indent)]
    head, hugged = _head_and_value(line)
    if len(head) >= LINE_LENGTH and ", " in head and hugged:
        return _broken_assignment(line, indent)
    value = hugged.replace("**", " ** ")  # with spaces where it is broken, and only there
    if _OPERATOR.search(value) and len(indent + _STEP + hugged) <= LINE_LENGTH:
        return [f"{head}(", indent + _STEP + hugged, f"{indent})"]
    if _OPERATOR.search(value):
        broken = _OPERATOR.sub(lambda found: f"\n{found[1]} ", value).splitlines()
        return [f"{head}(", *(indent + _STEP + part for part in broken), f"{indent})"]
    if ", " in value:
        return [f"{head}(", *_one_a_line(value, indent + _STEP), f"{indent})"]
    if " = " in line and len(indent + _STEP + value) <= LINE_LENGTH:
        return [f"{head}(", indent + _STEP + value, f"{indent})"]
    return [line]


def _broken_choice(head: str, choice: re.Match[str], indent: str) -> list[str]:
    """Break ``x = a if b else c``: within parentheses, at ``if`` and ``else`` where need be."""
    whole = f"{indent}{_STEP}{choice[0]}"
    parts = [choice["value"], f"if {choice['condition']}", f"else {choice['other']}"]
    lines = [whole] if len(whole) <= LINE_LENGTH else [f"{indent}{_STEP}{part}" for part in parts]
    return [f"{head}(", *(each for line in lines for each in wrapped(line)), f"{indent})"]


def _closed(line: str, indent: str) -> list[str]:
    """Break what follows the arguments of a function, ``) -> tuple[Tensor, Tensor]:``."""
    head, bracket, inner = line.partition("[")
    if len(line) <= LINE_LENGTH or not inner:
        return [line]
    items = inner.removesuffix("]:")
    return [head + bracket, *_one_a_line(items, indent + _STEP), f"{indent}]:"]


def _broken_assignment(line: str, indent: str) -> list[str]:
    """Break what is too long before the brackets of its value: the targets, or all around it."""
    head, value = _head_and_value(line)
    if len(head) < LINE_LENGTH:
        return [f"{head}(", *_at_operators(indent + _STEP + value), f"{indent})"]
    targets = _one_a_line(head.removesuffix(" = ").strip(), indent + _STEP)
    first, *rest = wrapped(f"{indent}_ = {value}")
    return [f"{indent}(", *targets, first.replace("_", ")", 1), *rest]


def _at_operators(line: str) -> list[str]:
    """Break what stands in parentheses of its own: at operators outside its brackets, if any."""
    if len(line) <= LINE_LENGTH:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    places = [each.start() for each in _OPERATOR.finditer(line)]
    places = [place for place in places if _is_balanced(line[:place])]
    parts = [line[start:end].strip() for start, end in pairwise([0, *places, len(line)])]
    return [each for part in parts for each in wrapped(indent + part)]


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(end) for opening, end in ("()", "[]"))


def _one_a_line(text: str, indent: str) -> list[str]:
    if loop := _parted_loop(text):
        return _broken_loop(loop, indent)
    parts = _split(text)
    end = "" if len(parts) == 1 and _LIST.fullmatch(text) else ","
    return [line for part in parts for line in _item(f"{indent}{part}{end}", indent)]


def _item(line: str, indent: str) -> list[str]:
    """Break one of several items: a list within its brackets, and before its ``for``."""
    found = _NAMED_LIST.fullmatch(line) if len(line) > LINE_LENGTH else None
    if found is None:
        return wrapped(line)
    opening, inner, closing = found.groups()
    return [opening, *_one_a_line(inner, indent + _STEP), indent + closing]


def _parted_loop(text: str) -> tuple[str, str] | None:
    """Part ``layer(x) for layer in self.layers`` before a ``for`` that lies in no brackets."""
    made, loop, source = text.rpartition(" for ")
    return (made, source) if loop and _is_balanced(made) else None


def _broken_loop(loop: tuple[str, str], indent: str) -> list[str]:
    made, source = loop
    return [*wrapped(indent + made), f"{indent}for {source}"]


def _head_and_value(line: str) -> tuple[str, str]:
    """Part ``x = a + b`` into ``x = `` and the rest, and ``return a, b`` likewise."""
    separator = " = " if " = " in line else "return "
    head, _, value = line.partition(separator)
    return head + separator, value


def _outer_parentheses(line: str) -> tuple[int, int]:
    """Return where the last outermost parentheses begin and end, or (-1, -1) for none.

    The brackets of an index count where the line ends with them.
    """
    depth, opening, found = 0, -1, (-1, -1)
    for index, letter in enumerate(line):
        if letter in "([":
            if depth == 0:
                opening = index
            depth += 1
        elif letter in ")]":
            depth -= 1
            if depth == 0 and (letter == ")" or index == len(line) - 1):
                found = (opening, index)
    return found


def _split(text: str) -> list[str]:
    """Split at the commas outside all brackets and quotes."""
    parts, depth, start, is_quoted = [], 0, 0, False
    for index, letter in enumerate(text):
        is_quoted ^= letter == '"'
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0 and not is_quoted:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]
