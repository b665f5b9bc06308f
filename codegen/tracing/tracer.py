"""Has somebody's own module run and traced: starts the process for it, and ends it in time."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn

from codegen.custom_layers.process import Process, read_line, reason_of
from codegen.importing.inputs import ToldInput
from graph_model.custom_layers.known import Known, digest
from graph_model.frozen import frozen
from graph_model.problems import GraphError, Problem, Refusal

SECONDS: Final = 120.0
"""How long a module may take to be made, run and traced."""
_SECONDS_TO_START: Final = 120.0
_PASTED: Final = "module.py"
_DRAWING: Final = "layerweft_drawing.py"


@frozen
class Asked:
    """A module that is to run: its text, where that lies, and what it is made with and given.

    ``expression`` is a class, a function that makes a module, a call of either, or a module itself.
    ``arguments`` are Python, as the names of the text mean it.
    """

    text: str
    path: Path | None
    expression: str
    inputs: tuple[ToldInput, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)


@frozen
class Traced:
    """What tracing gave: the archive of the module, and what a person should know."""

    archive: Path
    notes: tuple[Problem, ...] = ()


@frozen
class Compared:
    """How far the results of a drawing are from those of the module."""

    difference: float | None
    """The largest difference; ``None`` where not even the shapes are the same."""
    is_equal: bool


class Tracer:
    """Runs one module in a process of its own, and keeps that until it is closed.

    Use it as a context manager. What it writes is in ``folder``, which goes with it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.folder = Path()
        self._seconds = seconds
        self._process: Process | None = None
        self._is_over = False
        self._changing = threading.Lock()

    def __enter__(self) -> Tracer:
        self.folder = Path(tempfile.mkdtemp(prefix="layerweft-module-"))
        return self

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()
        if self._process is not None:
            self._process.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def cancel(self) -> None:
        """End the process; whoever waits for it is refused."""
        with self._changing:
            self._is_over = True
            if self._process is not None:
                self._process.kill()

    def trace(self, asked: Asked, known: Known) -> Traced:
        """Run a text, which must be allowed, and archive its module; raises ``Refusal``."""
        if not known.allows(asked.text):
            raise GraphError("a text may run only where it is allowed")
        path = asked.path
        if path is None:
            path = self.folder / _PASTED
            path.write_text(asked.text, encoding="utf-8")
        request = {
            "do": "trace",
            "text": asked.text,
            "digest": digest(asked.text),
            "path": str(path.resolve()),
            "expression": asked.expression,
            "arguments": dict(asked.arguments),
            "inputs": [_plain(each) for each in asked.inputs],
            "folder": str(self.folder),
        }
        told = self._tell(request, path)
        notes = tuple(Problem(each["code"], each["values"]) for each in told["notes"])
        return Traced(self.folder / told["archive"], notes)

    def compare(self, text: str, class_name: str, weights: Path | None) -> Compared:
        """Run the file of a drawing beside the module that was traced; raises ``Refusal``."""
        (self.folder / _DRAWING).write_text(text, encoding="utf-8")
        request = {
            "do": "compare",
            "file": _DRAWING,
            "class": class_name,
            "weights": weights.name if weights is not None else None,
            "folder": str(self.folder),
        }
        told = self._tell(request, self.folder / _DRAWING)
        return Compared(told["difference"], told["is_equal"])

    def _tell(self, request: Mapping[str, Any], path: Path) -> dict[str, Any]:
        with self._changing:  # from here on the process is there to be killed
            if self._is_over:
                raise Refusal(Problem("module_cancelled", {}))
            process = self._process = self._process or Process("codegen.tracing.program")
        line = json.dumps({**request, "seconds": self._seconds})
        lines = process.tell(line, self._seconds + _SECONDS_TO_START)
        found = [read for each in lines if isinstance(read := read_line(each), dict)]
        told = next((each for each in found if "status" not in each), None)
        if told is None:
            self._refuse(process, lines, path)
        if "code" in told:
            raise Refusal(Problem(told["code"], told["values"]))
        return told

    def _refuse(self, process: Process, lines: list[str], path: Path) -> NoReturn:
        """Say why there is no answer, with the line where the module was when it ended."""
        if self._is_over:
            raise Refusal(Problem("module_cancelled", {}))
        status = process.close()
        own = re.escape(str(path.resolve()))
        place = re.search(rf'File "{own}", line (\d+)', "".join(lines))
        values = {"name": path.name, **({"line": place[1]} if place else {})}
        suffix = "_at" if place else ""
        if process.was_slow or any(each.startswith("Timeout") for each in lines):
            limit = f"{self._seconds:g}"
            raise Refusal(Problem(f"module_too_slow{suffix}", {**values, "limit": limit}))
        raise Refusal(Problem(f"module_ended{suffix}", {**values, "reason": reason_of(status)}))


def _plain(given: ToldInput) -> dict[str, Any]:
    shape = [size if isinstance(size, int) else str(size) for size in given.spec.shape]
    return {"name": given.name, "shape": shape, "dtype": given.spec.dtype}
