"""JSON that was written by somebody else: read strictly, with the place of whatever is wrong."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NoReturn

from graph_model.frozen import frozen
from graph_model.phrases import phrase, shortened
from graph_model.problems import Problem
from graph_model.size_texts import whole_number

LARGEST_TEXT: Final = 32 * 2**20
"""How many bytes a project file may have; one of 10,000 nodes has about two million."""

_LARGEST_INTEGER: Final = 2**63 - 1
_LONGEST_KEY: Final = 64
"""How much of a key stands in the place of what is below it."""
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PATH: Final = re.compile(rf"{_IDENTIFIER.pattern}(/{_IDENTIFIER.pattern}){{0,63}}")
_UNFIT_FOR_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT_FOR_CODE: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What could make a line look like another one, such as marks that turn the direction of text."""
_UNFIT_FOR_NAME: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class ProjectFileError(Exception):
    """What keeps a project file from being read: a problem whose values name the place."""

    def __init__(self, code: str, place: str = "", **values: object) -> None:
        named = {name: str(value) for name, value in values.items()}
        self.problem: Final = Problem(code, {"place": place or phrase("The file"), **named})
        super().__init__(self.problem.message)

    @property
    def place(self) -> str:
        """Where in the file it is."""
        return self.problem.values["place"]


def printable_name(name: str) -> str:
    """Return a name with a space for each character that a file may not hold in names."""
    return _UNFIT_FOR_NAME.sub(" ", name)


def printable_text(text: str) -> str:
    """Return a text with a replacement mark for each character that a file may not hold."""
    return _UNFIT_FOR_TEXT.sub("\ufffd", text)


def printable_code(line: str) -> str:
    """Return a line of code with a replacement mark for each character unfit for code."""
    return _UNFIT_FOR_CODE.sub("\ufffd", line)


def parse(text: str) -> Item:
    """Return the root of a JSON text; raises ``ProjectFileError`` where it is not strict JSON."""
    try:
        root = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = phrase("Line {line}, column {column}", line=error.lineno, column=error.colno)
        raise ProjectFileError("file_not_json", place, reason=error.msg) from None
    except RecursionError:
        raise ProjectFileError("file_too_deep") from None
    return Item(root, "")


@frozen
class Item:
    """One value within a JSON text, and the path to it, such as ``networks[0].nodes[3].name``.

    Every method raises ``ProjectFileError`` where the value is not what is asked for.
    """

    value: object
    place: str

    def fields(self, required: str, optional: str = "") -> Mapping[str, Item]:
        """Return the entries of an object that has these keys, given as words, and no others."""
        found = self._object()
        known = (*required.split(), *optional.split())
        for key in found:
            if key not in known:
                self.refuse("file_unknown_key", key=key, known=", ".join(known))
        for key in required.split():
            if key not in found:
                self.refuse("file_missing_key", key=key)
        return {key: self._child(value, key) for key, value in found.items()}

    def entries(self) -> Iterator[tuple[str, Item]]:
        """Return the entries of an object whose keys are free."""
        for key, value in self._object().items():
            if _UNFIT_FOR_NAME.search(key):
                self.refuse("file_bad_character", got=shortened(ascii(key), 80))
            yield key, self._child(value, key)

    def items(self, length: int | None = None) -> list[Item]:
        """Return the items of a list, of this length where one is given."""
        if not isinstance(self.value, list):
            self.wrong_type(phrase("a list"))
        if length is not None and len(self.value) != length:
            self.wrong_type(phrase("a list of {count}", count=length))
        return [Item(each, f"{self.place}[{index}]") for index, each in enumerate(self.value)]

    def text(self) -> str:
        """Return a text, in which line breaks are permitted."""
        return self._text(_UNFIT_FOR_TEXT)

    def code(self) -> str:
        """Return a line of code, which looks like what it is."""
        return self._text(_UNFIT_FOR_CODE)

    def name(self) -> str:
        """Return a text without control characters or line breaks."""
        return self._text(_UNFIT_FOR_NAME)

    def identifier(self) -> str:
        """Return an id of letters, digits, underscores and hyphens."""
        if not isinstance(self.value, str) or not _IDENTIFIER.fullmatch(self.value):
            self.wrong_type(phrase("an id of at most 64 letters and digits"))
        return self.value

    def path(self) -> str:
        """Return one id, or several that slashes part."""
        if not isinstance(self.value, str) or not _PATH.fullmatch(self.value):
            self.wrong_type(
                phrase("an id of at most 64 letters and digits, or several with / between")
            )
        return self.value

    def one_of(self, words: Collection[str]) -> str:
        """Return one of these words."""
        if not isinstance(self.value, str) or self.value not in words:
            self.wrong_type(" or ".join(f'"{word}"' for word in words))
        return self.value

    def integer(self) -> int:
        """Return a whole number within 64 bits."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.wrong_type(phrase("a whole number"))
        if isinstance(self.value, _TooLarge):
            self.refuse(
                "file_number_too_large", got=phrase("{count} digits", count=self.value.digits)
            )
        return self.value

    def boolean(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.wrong_type(phrase("true or false"))
        return self.value

    def number(self) -> float:
        """Return a finite number."""
        if not isinstance(self.value, float):
            return float(self.integer())
        if self.value in (float("inf"), float("-inf")):  # 1e999
            self.refuse("file_number_too_large", got=phrase("more than a float can hold"))
        return self.value

    def refuse(self, code: str, **values: object) -> NoReturn:
        """Refuse the file on account of this value."""
        raise ProjectFileError(code, self.place, **values)

    def wrong_type(self, expected: str) -> NoReturn:
        """Refuse the file since this value is not what belongs here."""
        self.refuse("file_wrong_type", expected=expected, got=_described(self.value))

    def _object(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            self.wrong_type(phrase("an object in braces"))
        return self.value

    def _child(self, value: object, key: str) -> Item:
        key = shortened(key, _LONGEST_KEY)
        return Item(value, f"{self.place}.{key}" if self.place else key)

    def _text(self, unfit: re.Pattern[str]) -> str:
        if not isinstance(self.value, str):
            self.wrong_type(phrase("text"))
        if unfit.search(self.value):
            self.refuse("file_bad_character", got=shortened(ascii(self.value), 80))
        return self.value


def _described(value: object) -> str:
    """Write a value for a message, cut short."""
    if isinstance(value, dict):
        return phrase("an object")
    if isinstance(value, list):
        return phrase("a list of {count}", count=len(value))
    if isinstance(value, _TooLarge):
        return phrase("a number too large")
    return shortened(json.dumps(value), 60)


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twin = next(key for key in found if times[key] > 1)
        raise ProjectFileError("file_duplicate_key", key=ascii(twin)[1:-1])
    return found


class _TooLarge(int):
    """A whole number beyond 64 bits, of which only the number of ``digits`` is known."""

    digits: int


def _whole_number(text: str) -> int:
    number = whole_number(text)
    if abs(number) <= _LARGEST_INTEGER:
        return number
    large = _TooLarge(number)
    large.digits = len(text.lstrip("-"))
    return large


def _refuse_constant(text: str) -> NoReturn:
    raise ProjectFileError(
        "file_not_json", reason=phrase("{text} is not a number of JSON", text=text)
    )


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_without_twins,
    parse_int=_whole_number,
    parse_constant=_refuse_constant,
)
