"""What went wrong while somebody's module ran, with its place in their files."""

from __future__ import annotations

import linecache
import sysconfig
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

_LONGEST: Final = 400
_DEPENDS: Final = ("GuardOnDataDependentSymNode", "TraceError")
"""The errors of torch where the way through a module depends on the values of a tensor."""


class Failure(Exception):  # noqa: N818 - it carries an answer
    """A problem: its code and its values."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.answer: Final[dict[str, Any]] = {"code": code, "values": values}


class told:  # noqa: N801 - used like a function
    """Turns any exception within into a failure with the place in the file, or one beside it."""

    def __init__(self, code: str, path: Path, **values: str) -> None:
        self._code, self._path, self._values = code, path, values

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, Failure):
            raise failure(self._code, error, self._path, **self._values) from error


def failure(code: str, error: BaseException, path: Path, **values: str) -> Failure:
    """Return the problem that tells of an exception; its code says whether the place is known."""
    place = place_of(error, path)
    if place is None:
        return Failure(code, reason=sentence(error), **values)
    file, line = place
    text = linecache.getline(file, line).strip()[:_LONGEST]
    where = {"file": Path(file).name, "line": str(line), "text": text}
    if any(each.__name__ in _DEPENDS for each in type(error).__mro__):
        return Failure("module_depends_on_values", **where, **values)
    return Failure(f"{code}_at", reason=sentence(error), **where, **values)


def has_place(error: BaseException, path: Path) -> bool:
    """Tell whether an exception has a place in the files of the module."""
    return place_of(error, path) is not None


def place_of(error: BaseException, path: Path) -> tuple[str, int] | None:
    """Return the file and line of an exception: in the module's own file, else in one beside it."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return error.filename, error.lineno
    frames: list[tuple[str, int]] = []
    seen: BaseException | None = error
    while seen is not None and not frames:  # torch raises its own in place of what it met
        found = traceback.extract_tb(seen.__traceback__)
        frames = [(each.filename, each.lineno or 0) for each in found
                  if _is_own(each.filename, path)]  # fmt: skip
        seen = seen.__cause__ or seen.__context__
    return next((each for each in reversed(frames) if each[0] == str(path)),
                frames[-1] if frames else None)  # fmt: skip


_INSTALLED: Final = tuple({sysconfig.get_path(each) for each in ("stdlib", "purelib", "platlib")})


def _is_own(file: str, path: Path) -> bool:
    """Tell whether a file lies with the module, and is not of what is installed."""
    if file == str(path):
        return True
    return Path(file).is_relative_to(path.parent) and not file.startswith(_INSTALLED)


def sentence(error: BaseException) -> str:
    """Return an exception as one line."""
    text = str(error).strip().partition("\n")[0][:_LONGEST].rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
