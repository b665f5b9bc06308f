"""Runs somebody's own module to trace it: the work of a process of its own.

    python -m codegen.tracing.program

It reads requests, one JSON object a line, from its standard input: the first runs a text, makes
its module and archives that as ``torch.export`` does, the second runs the file of the drawing
beside the module. :mod:`tracer` beside it starts it, and ends it where it takes too long.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

import torch

from codegen.custom_layers.memory import limit_memory
from codegen.tracing.comparing import compared
from codegen.tracing.exporting import Traced, traced
from codegen.tracing.failures import Failure, sentence
from codegen.tracing.making import make


class Session:
    """What is kept of a module from one request to the next."""

    def __init__(self) -> None:
        self._traced: Traced | None = None

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return what came of a request: a problem's ``code`` and ``values`` where it failed."""
        do = {"trace": self._trace, "compare": self._compare}[request["do"]]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of torch, about torch
                return do(request)
        except Failure as failure:
            return failure.answer

    def _trace(self, request: Mapping[str, Any]) -> dict[str, Any]:
        model = make(request)
        self._traced = found = traced(model, request["inputs"], Path(request["path"]))
        name = type(model).__name__
        archive = f"{name if name.isidentifier() else 'module'}.pt2"
        torch.export.save(found.program, Path(request["folder"]) / archive)
        return {"archive": archive, "notes": found.notes}

    def _compare(self, request: Mapping[str, Any]) -> dict[str, Any]:
        assert self._traced is not None
        folder = Path(request["folder"])
        weights = folder / request["weights"] if request["weights"] else None
        try:
            return compared(self._traced, folder / request["file"], request["class"], weights)
        except Exception as error:
            raise Failure("module_drawing_failed", reason=sentence(error)) from error


def _end_with(requests: TextIO, todo: list[str], more: threading.Condition) -> None:
    """Take requests as they come, and end this process when whoever sends them is gone."""
    for line in requests:
        with more:
            todo.append(line)
            more.notify()
    os._exit(1)


def main() -> None:  # pragma: no cover - in a process of its own
    """Answer until the input ends."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)  # what a text reads is no request
    os.dup2(2, 1)  # what it prints is no answer
    torch.set_num_threads(1)
    torch.backends.mha.set_fastpath_enabled(False)  # one operation in place of a whole layer
    limit_memory()
    todo: list[str] = []
    more = threading.Condition()
    threading.Thread(target=_end_with, args=(requests, todo, more), daemon=True).start()
    _serve(Session().answer, answers, todo, more)


def _serve(
    answer: Callable[[Mapping[str, Any]], dict[str, Any]],
    answers: TextIO,
    todo: list[str],
    more: threading.Condition,
) -> None:  # pragma: no cover - in a process of its own
    while True:
        with more:
            while not todo:
                more.wait()
            request = json.loads(todo.pop(0))
        # Whatever hangs, even in C, is ended, and the answer is where it was.
        faulthandler.dump_traceback_later(request["seconds"], exit=True, file=answers)
        told = json.dumps(answer(request))
        faulthandler.cancel_dump_traceback_later()
        answers.write(f'{told}\n{{"status": 0}}\n')
        answers.flush()
        sys.stdout.flush()


if __name__ == "__main__":  # pragma: no cover - in a process of its own
    main()
