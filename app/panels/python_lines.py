"""Python text cut into the spans that are coloured."""

from __future__ import annotations

from typing import Final, NamedTuple

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, _TokenType

_STYLES: Final[tuple[tuple[_TokenType, str], ...]] = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Operator, "operator"),
    (Punctuation, "operator"),
    (Name.Function, "function"),
    (Name.Class, "class"),
    (Name.Builtin, "builtin"),
)


class Span(NamedTuple):
    """Some letters of a line and the name of their colour in ``Theme.syntax``."""

    start: int
    length: int
    style: str


class Line(NamedTuple):
    """One line of code, cut into spans."""

    text: str
    spans: tuple[Span, ...]


def cut_into_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of Python text with their coloured spans."""
    texts, spans = [""], [[]]  # type: tuple[list[str], list[list[Span]]]
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        style = next((name for wider, name in _STYLES if _belongs(kind, wider)), "")
        for place, piece in enumerate(value.split("\n")):
            if place:
                texts.append("")
                spans.append([])
            if style and piece:
                spans[-1].append(Span(len(texts[-1]), len(piece), style))
            texts[-1] += piece
    return tuple(Line(each, tuple(cut)) for each, cut in zip(texts, spans, strict=True))


def _belongs(kind: _TokenType, wider: _TokenType) -> bool:
    return kind in wider  # type: ignore[comparison-overlap]  # the token type says what it holds
