"""An explanation written out: as a page with links, and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from app.language.sentences import phrase_text
from app.look.theme import BODY, SMALL, Theme, monospace_font, ui_font
from graph_model.dims import Dim
from graph_model.explain import (
    DimensionOf,
    Explanation,
    ParametersOf,
    Part,
    Question,
    Variable,
    Written,
    plain,
    size_text,
)
from graph_model.phrases import Phrase
from graph_model.values import Value

_LARGE: Final = 20
_MIDDLE: Final = 15
_LONGEST: Final = 160
"""Of formulas of more characters the beginning is shown; the list below has all."""
_ON_ONE_LINE: Final = 1060
"""How many characters of size 1 fit into the width of the card."""
_COLOURS: Final = ("function", "number", "string", "keyword", "builtin", "class")
"""The colours of variables, in turn, of those of code."""


class Page:
    """The page of one explanation; ``questions`` are those of its links, in order."""

    def __init__(self, explanation: Explanation, theme: Theme) -> None:
        self.questions: list[Question] = []
        self._explanation, self._theme = explanation, theme
        keys = [*(each.key for each in explanation.variables)]
        keys += [part.names[0] for part in explanation.parts]
        colours = [theme.syntax[name] for name in _COLOURS]
        self._colours: Mapping[str, str] = {
            key: colours[index % len(colours)] for index, key in enumerate(dict.fromkeys(keys))
        }

    def html(self) -> str:
        """Write the page."""
        told = self._explanation
        blocks = [self._shape(), self._formula(), _paragraph(phrase_text(told.why), "")]
        if len(told.parts) > 1:
            blocks.append(_table(map(self._part, told.parts)))
        rows = (self._variable(each) for each in told.variables)
        blocks.append(_table(rows))
        return "".join(blocks)

    def _shape(self) -> str:
        """Write the shape, each dimension as a link to its own explanation."""
        asked = self._explanation.question
        if not isinstance(asked, DimensionOf):
            return ""
        dims = []
        for index, dim in enumerate(self._explanation.shape):
            text = escape(str(dim))
            if index == asked.index:
                style = f"background:{self._theme.selection}; font-weight:600"
                dims.append(f'<span style="{style}">&nbsp;{text}&nbsp;</span>')
            else:
                question = DimensionOf(asked.steps, asked.node, asked.port, index)
                dims.append(self._link(question, text))
        return _paragraph(" × ".join(dims), _mono(_MIDDLE))

    def _formula(self) -> str:
        told = self._explanation
        longest = max(len(plain(told.formula)), len(plain(told.filled)))
        size = max(_MIDDLE, min(_LARGE, _ON_ONE_LINE // max(longest, 1)))
        result = _result(told.result, told.question)
        lines = [self._written(each) for each in (told.formula, told.filled) if each]
        if lines and plain(told.filled) == result:
            lines.pop()  # of a single variable, which the result is
        lines.append(f"<b>{escape(result)}</b>")
        return _paragraph("<br>= ".join(lines), _mono(size))

    def _written(self, written: Written) -> str:
        text = ""
        length = 0
        for piece in written:
            length += len(piece.text)
            if length > _LONGEST:
                return f"{text}…"
            text += self._coloured(piece.text, piece.variable)
        return text

    def _coloured(self, text: str, key: str) -> str:
        colour = self._colours.get(key)
        shown = escape(text).replace(" ", "&nbsp;")
        if text.startswith(" "):  # a line may break before an operator, and nowhere else
            shown = shown.replace("&nbsp;", " ", 1)
        return f'<span style="color:{colour}; font-weight:600">{shown}</span>' if colour else shown

    def _part(self, part: Part) -> tuple[str, ...]:
        value = f"{part.value:,}"
        if plain(part.filled) == str(part.value):
            shown = f"{self._written(part.formula)} = {value}"
        else:
            shown = f"{self._written(part.formula)}<br>= {self._written(part.filled)} = {value}"
        times = f"{len(part.names)}&nbsp;×" if len(part.names) > 1 else ""
        name = self._coloured(_shortly(part.names), part.names[0])
        return name, times, shown

    def _variable(self, variable: Variable) -> tuple[str, ...]:
        source = escape(phrase_text(variable.source))
        ui = f"font-family:'{ui_font().family()}'; font-size:{BODY}px"
        if variable.question is not None:
            source = self._link(variable.question, f"{source}&nbsp;→")
        value = escape(_result(variable.value, self._explanation.question))
        name = self._coloured(variable.label, variable.key)
        return name, f"= {value}" if name else value, f'<span style="{ui}">{source}</span>'

    def _link(self, question: Question, text: str) -> str:
        self.questions.append(question)
        style = f"color:{self._theme.accent_text}; text-decoration:none"
        return f'<a href="{len(self.questions) - 1}" style="{style}">{text}</a>'


def as_text(explanation: Explanation) -> str:
    """Write an explanation without any markup, as it is copied."""
    result = _result(explanation.result, explanation.question)
    lines = [phrase_text(explanation.title)]
    formulas = dict.fromkeys((plain(explanation.formula), plain(explanation.filled), result))
    lines.append("\n= ".join(text for text in formulas if text))
    lines.append(phrase_text(explanation.why))
    for part in explanation.parts if len(explanation.parts) > 1 else ():
        sizes = f"{plain(part.formula)} = {plain(part.filled)} = {part.value:,}"
        lines.append(f"{', '.join(part.names)}: {sizes}")
    for each in explanation.variables:
        value = _result(each.value, explanation.question)
        lines.append(f"{each.label or result} = {value}: {phrase_text(each.source)}")
    return "\n".join(lines)


def title_text(explanation: Explanation) -> str:
    """Return what is explained, beginning with a capital letter unless with a name."""
    text = phrase_text(explanation.title)
    values = explanation.title.values.values()
    names = tuple(each for each in values if not isinstance(each, Phrase))
    return text if text.startswith(names) else text[:1].upper() + text[1:]


def _result(value: Value | Dim, question: Question) -> str:
    if isinstance(question, ParametersOf) and isinstance(value, int):
        return f"{value:,}"
    return str(value) if isinstance(value, str | bool | float | tuple | None) else size_text(value)


def _shortly(names: tuple[str, ...]) -> str:
    """List names, of many the first and the last."""
    return ", ".join(names) if len(names) < 3 else f"{names[0]} … {names[-1]}"


def _mono(size: int) -> str:
    return f"font-family:'{monospace_font(size).family()}'; font-size:{size}px"


def _paragraph(text: str, style: str) -> str:
    return f'<p style="margin-top:0; margin-bottom:10px; {style}">{text}</p>' if text else ""


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    style = "padding:2px 14px 2px 0"
    cells = ("".join(f'<td style="{style}">{cell}</td>' for cell in row) for row in rows)
    lines = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table style="{_mono(SMALL + 2)}; margin-bottom:8px">{lines}</table>' if lines else ""
