"""Formulas as mathematics writes them: ``⌊(H + 2·padding − 1) / stride⌋ + 1``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from graph_model.dims import Dim
from graph_model.explain.traced import of_dim, worked_out
from graph_model.formulas import Binary, Call, Constant, Formula, Name, Unary, write
from graph_model.frozen import frozen
from graph_model.values import Value

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_ROUNDED: Final = {"floor": "⌊⌋", "ceil": "⌈⌉"}


@frozen
class Piece:
    """Some of a written formula; ``variable`` is the key of the variable that it stands for."""

    text: str
    variable: str = ""


Written: TypeAlias = tuple[Piece, ...]


def plain(written: Written) -> str:
    """Return a written formula as text."""
    return "".join(piece.text for piece in written)


def size_text(size: Dim) -> str:
    """Write a size as mathematics does: ``⌊H / 2⌋`` for ``H//2``."""
    return plain(Writer({}, {}, keeps_floors=True).write(of_dim(size)))


@frozen
class Writer:
    """Writes formulas over variables: ``words`` are their names, or the values to fill in.

    ``keeps_floors`` tells to write a division as rounded even where it comes out even; ``values``
    are what the variables stand for, from which that is seen.
    """

    words: Mapping[str, str | Dim]
    values: Mapping[str, Dim | float]
    keeps_floors: bool = False
    groups: bool = False
    """Whether thousands are written apart, as in counts."""
    times: str = "·"
    """The sign between the factors of a formula that is a product."""

    def write(self, formula: Formula) -> Written:
        """Write a formula."""
        return self._write(formula, _SUM, is_whole=True)

    def _write(self, formula: Formula, tightness: int, *, is_whole: bool = False) -> Written:
        match formula:
            case Name(key) if key in self.words:
                return self._variable(key, tightness)
            case Name(symbol):
                return (Piece(symbol),)
            case Constant(value):
                return _held(self._number(value), _SUM if _is_negative(value) else _ATOM, tightness)
            case Binary("+" | "-", _, _) | Unary("-", _):
                return _held(self._sum(formula), _SUM, tightness)
            case Binary("*", _, _) | Binary("/", _, _):
                return _held(self._product(formula, is_whole=is_whole), _PRODUCT, tightness)
            case Binary("//", left, right):
                return self._division(left, right, tightness, is_whole=is_whole)
            case Binary("**", left, right):
                power = (*self._write(left, _ATOM), Piece("^"), *self._write(right, _ATOM))
                return _held(power, _POWER, tightness)
            case Call(function, (within,)) if function in _ROUNDED:
                return self._rounded(within, _ROUNDED[function])
            case _:
                texts = {key: str(word) for key, word in self.words.items()}
                return _held((Piece(write(formula, texts)),), _SUM, tightness)

    def _variable(self, key: str, tightness: int) -> Written:
        word = self.words[key]
        if isinstance(word, str):
            return (Piece(word, key),)
        if isinstance(word, int):
            text = plain(self._number(word))
            return (Piece(f"({text})" if word < 0 and tightness else text, key),)
        text = plain(Writer({}, {}, keeps_floors=True)._write(of_dim(word), tightness))
        return (Piece(text, key),)

    def _number(self, value: Value) -> Written:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = f"{value:,}" if self.groups and isinstance(value, int) else str(value)
        return (Piece(text.replace("-", "−")),)

    def _sum(self, formula: Formula) -> Written:
        """Write a sum; what is subtracted from it loses its parentheses and turns its signs."""
        found: list[Piece] = []
        for is_negative, term in _terms(formula, False):
            if found:
                found.append(Piece(" − " if is_negative else " + "))
            elif is_negative:
                found.append(Piece("−"))
            found.extend(self._write(term, _PRODUCT))
        return tuple(found)

    def _product(self, formula: Formula, *, is_whole: bool) -> Written:
        """Write a product, with more room where it is all there is."""
        match formula:
            case Binary("*" | "/" as symbol, left, right):
                sign = "/" if symbol == "/" else self.times if is_whole else "·"
                before = self._product(left, is_whole=is_whole)
                after = (
                    self._product(right, is_whole=is_whole)
                    if symbol == "*"
                    else self._write(right, _POWER)
                )
                spaced = is_whole or symbol == "/"
                return (*before, Piece(f" {sign} " if spaced else sign), *after)
            case Binary("//", left, right) if not self._is_rounded(left, right):
                return self._product(Binary("/", left, right), is_whole=is_whole)
            case _:
                return self._write(formula, _PRODUCT)

    def _division(
        self, left: Formula, right: Formula, tightness: int, *, is_whole: bool
    ) -> Written:
        if self._is_rounded(left, right):
            return self._rounded(Binary("/", left, right), "⌊⌋")
        exact = self._product(Binary("/", left, right), is_whole=is_whole)
        return _held(exact, _PRODUCT, tightness)

    def _rounded(self, formula: Formula, brackets: str) -> Written:
        return (Piece(brackets[0]), *self._write(formula, _SUM), Piece(brackets[1]))

    def _is_rounded(self, left: Formula, right: Formula) -> bool:
        if self.keeps_floors:
            return True
        above, below = worked_out(left, self.values), worked_out(right, self.values)
        return not (isinstance(above, int) and isinstance(below, int) and above % below == 0)


def _terms(formula: Formula, is_negative: bool) -> list[tuple[bool, Formula]]:
    """Return the terms of a sum in order, each with whether it is subtracted."""
    match formula:
        case Binary("+" | "-" as symbol, left, right):
            second = is_negative != (symbol == "-")
            return [*_terms(left, is_negative), *_terms(right, second)]
        case Unary("-", operand):
            return _terms(operand, not is_negative)
        case _:
            return [(is_negative, formula)]


def _held(written: Written, mine: int, tightness: int) -> Written:
    """Put parentheses around what binds less than ``tightness``."""
    return written if mine >= tightness else (Piece("("), *written, Piece(")"))


def _is_negative(value: Value) -> bool:
    return isinstance(value, int | float) and value < 0
