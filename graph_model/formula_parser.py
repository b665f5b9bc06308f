"""Reading formulas from text, by precedence climbing. Nothing is ever executed."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from graph_model.formulas import (
    FUNCTIONS,
    NEGATION,
    NOT,
    POWER,
    PRECEDENCE,
    Binary,
    Call,
    Conditional,
    Constant,
    Formula,
    Name,
    Sequence,
    Unary,
    write,
)
from graph_model.problems import Problem, Refusal
from graph_model.values import LARGEST

LONGEST: Final = 200
"""How many characters a formula may have, as typed and as written."""
_DEEPEST: Final = 32
_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)
    |(?P<infinity>float\("-?inf"\))
    |(?P<word>[^\W\d]\w*)
    |(?P<text>"(?:[^"\\]|\\.)*"|'[^'\\]*')
    |(?P<symbol>\*\*|//|==|!=|<=|>=|[-+*/%<>(),])
    |(?P<end>$)
    )""",
    re.VERBOSE,
)
_CONSTANTS: Final = {"True": True, "False": False, "None": None}
_WORDS: Final = frozenset({"if", "else", "and", "or", "not", *_CONSTANTS, *FUNCTIONS})


def parse_formula(text: str) -> Formula:
    """Return the formula that a text holds; raises ``Refusal`` where it holds none.

    As long as the text may be what is written for it, with spaces: a file holds that.
    """
    if len(text) > LONGEST or len(write(formula := _Parser(text).whole())) > LONGEST:
        raise Refusal(Problem("formula_too_long", {"limit": str(LONGEST)}))
    return formula


class _Parser:
    """A place in a text, and the token there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self._kind = ""
        self._token = ""
        self._advance()

    def whole(self) -> Formula:
        """Read all of the text."""
        formula = self._conditional()
        if self._kind != "end":
            self._refuse()
        return formula

    def _advance(self) -> str:
        """Go to the next token and return the one that was there."""
        passed = self._token
        found = _TOKEN.match(self._text, self._place)
        if found is None or found.lastgroup is None:
            self._token = self._text[self._place :].strip()[:1]
            self._refuse()
        self._kind, self._token = found.lastgroup, found[found.lastgroup]
        self._place = found.end()
        return passed

    def _conditional(self) -> Formula:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refusal(Problem("formula_too_deep", {"limit": str(_DEEPEST)}))
        formula = self._operators(0)
        if self._token == "if":
            self._advance()
            condition = self._operators(0)
            self._expect("else")
            formula = Conditional(formula, condition, self._conditional())
        self._depth -= 1
        return formula

    def _operators(self, tightness: int) -> Formula:
        left = self._operand(tightness)
        while (mine := PRECEDENCE.get(self._token, 0)) > tightness:
            symbol = self._advance()
            left = Binary(symbol, left, self._operators(mine - (mine == POWER)))
            if mine == PRECEDENCE["=="] == PRECEDENCE.get(self._token):
                self._refuse()  # Python would read a chain
        return left

    def _operand(self, tightness: int) -> Formula:
        if self._token == "not" and tightness < PRECEDENCE["=="]:
            self._advance()
            return Unary("not", self._operators(NOT - 1))
        if self._token == "-":
            self._advance()
            return _negated(self._operators(NEGATION - 1))
        if self._token == "(":
            return self._parentheses()
        if self._kind == "number":
            return Constant(self._read_number())
        if self._kind == "infinity":
            return Constant(float(self._advance()[7:-2]))
        if self._kind == "text":
            return Constant(_unescaped(self._advance()[1:-1]))
        if self._token in _CONSTANTS:
            return Constant(_CONSTANTS[self._advance()])
        if self._token in FUNCTIONS:
            return self._call()
        if self._kind != "word" or self._token in _WORDS:
            self._refuse()
        return Name(self._advance())

    def _call(self) -> Formula:
        function = self._advance()
        inner = self._parentheses()
        if not isinstance(inner, Sequence) or len(inner.items) < 2:
            self._refuse()
        return Call(function, inner.items)

    def _parentheses(self) -> Formula:
        """Read ``(a)``, which is ``a``, or several values."""
        self._expect("(")
        items: list[Formula] = []
        is_sequence = self._token == ")"
        while self._token != ")":
            items.append(self._conditional())
            if self._token != ",":
                break
            self._advance()
            is_sequence = True
        self._expect(")")
        return Sequence(tuple(items)) if is_sequence else items[0]

    def _read_number(self) -> int | float:
        text = self._advance()
        number = int(text) if text.isdecimal() else float(text)
        if abs(number) > LARGEST:
            raise Refusal(Problem("formula_too_large", {"formula": text}))
        return number

    def _expect(self, token: str) -> None:
        if self._token != token:
            self._refuse()
        self._advance()

    def _refuse(self) -> NoReturn:
        values = {"formula": self._text, "got": self._token or "the end"}
        raise Refusal(Problem("formula_syntax", values))


def _negated(formula: Formula) -> Formula:
    """Return ``-4`` as a number and ``-a`` as a formula."""
    if not isinstance(formula, Constant) or isinstance(formula.value, bool | str | None):
        return Unary("-", formula)
    is_negative = str(formula.value).startswith("-")
    return Unary("-", formula) if is_negative else Constant(-formula.value)


def _unescaped(text: str) -> str:
    """Return what a text between quotes stands for; an escape that is none stays as it is."""
    try:
        return text.encode("ascii", "backslashreplace").decode("unicode_escape")
    except UnicodeDecodeError:
        return text
