"""Runs the text that yields samples: the work of a process of its own.

    python -m app.data.own.worker

It reads one request, a JSON object, from its standard input, writes the arrays to the file that
the request names, and the answer, a JSON object, as the last line of its standard output.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import numpy as np

FILE: Final = "<own data>"
_ENTRY: Final = "samples"


class Wrong(Exception):  # noqa: N818 - it carries an answer
    """What a text did wrong: a problem code and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.answer: Final = {
            "code": code,
            "values": {name: str(value) for name, value in values.items()},
        }


def arrays_of(request: Mapping[str, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the features and targets that a text yields; raises ``Wrong``."""
    text = request["text"]
    if hashlib.sha256(text.encode()).hexdigest() != request["digest"]:
        raise ValueError("this is not the text that was allowed")
    features: list[Any] = []
    targets: list[Any] = []
    size = 0
    for index, pair in enumerate(islice(_yielded(text), request["most"])):
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise Wrong("python_no_pair", got=type(pair).__name__, sample=index)
        for made, part, what in zip((features, targets), pair, ("features", "target"), strict=True):
            made.append(_array(part, index, what))
            size += made[-1].nbytes
            first = made[0]
            if made[-1].shape != first.shape or made[-1].dtype.kind != first.dtype.kind:
                raise Wrong(
                    "python_samples_differ",
                    sample=index,
                    got=_shape(made[-1]),
                    expected=_shape(first),
                )
        if size > request["size"]:
            raise Wrong("python_too_much", sample=index, limit=request["size_text"])
    if len(features) < 2:
        raise Wrong("python_too_few", got=len(features))
    return np.stack(features), np.stack(targets)


def _yielded(text: str) -> Iterator[Any]:
    """Yield what ``samples`` yields; any exception becomes an answer with the line of the text."""
    names: dict[str, Any] = {"__name__": "own_data"}
    try:
        exec(compile(text, FILE, "exec"), names)
        if not callable(names.get(_ENTRY)):
            raise Wrong("python_no_entry", name=_ENTRY)
        yield from names[_ENTRY]()
    except Wrong:
        raise
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == FILE]
        if isinstance(error, SyntaxError) and error.filename == FILE:
            lines.append(error.lineno)
        first = str(error).strip().partition("\n")[0][:400]
        reason = f"{type(error).__name__}: {first}" if first else type(error).__name__
        raise Wrong("python_failed", line=lines[-1] if lines else 1, reason=reason) from error


def _array(part: Any, index: int, what: str) -> np.ndarray[Any, Any]:
    try:
        array = np.asarray(part)
    except (ValueError, TypeError):
        array = np.array(None)
    if array.dtype.kind not in "fiubU":
        raise Wrong("python_no_numbers", sample=index, what=what, got=type(part).__name__)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise Wrong("python_not_finite", sample=index, what=what)
    return array


def _shape(array: np.ndarray[Any, Any]) -> str:
    return f"{'×'.join(map(str, array.shape)) or '1'} {array.dtype}"


def main() -> None:  # pragma: no cover - in a process of its own
    """Answer one request."""
    request = json.loads(sys.stdin.readline())
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (request["memory"],) * 2)
    # Whatever hangs, even in C, is ended, and where it was is told.
    faulthandler.dump_traceback_later(request["seconds"], exit=True, file=sys.stdout)
    try:
        features, target = arrays_of(request)
        np.savez(request["file"], features=features, target=target)
        answer: dict[str, Any] = {}
    except Wrong as wrong:
        answer = wrong.answer
    except MemoryError:
        answer = {"code": "python_no_memory", "values": {}}
    faulthandler.cancel_dump_traceback_later()
    print("\n" + json.dumps(answer), flush=True)


if __name__ == "__main__":  # pragma: no cover - in a process of its own
    main()
