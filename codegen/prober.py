"""Asks what custom layers give: starts the process that runs them, and ends it where it hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Final

from codegen.custom import entry_of
from codegen.fitting import fitted, with_combinations
from graph_model.custom import Answer, Known, Question, digest, open_questions
from graph_model.dims import evaluate, symbols
from graph_model.infer import Inference, infer_project
from graph_model.layers.use import Weight
from graph_model.network import Project
from graph_model.problems import GraphError, Problem
from graph_model.tensors import DTYPES, TensorSpec

SECONDS: Final = 10.0
"""How long one question may take."""
_SECONDS_TO_START: Final = 120.0
_FIRST_SIZES: Final = (29, 31, 37, 41, 43, 47, 53, 59)
"""Sizes for symbolic dimensions: no two alike, and none that a layer would be made for."""
_STEPS: Final = (1, 2, 3, 12)


class Prober:
    """Answers questions one after the other, in a process that is started with the first of them.

    Use it as a context manager, or :meth:`close` it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: _Process | None = None

    def __enter__(self) -> Prober:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a question under way is answered by a problem."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def ask(self, question: Question, known: Known) -> Answer:
        """Run the text of a question, which must be allowed, and return what it gives."""
        if not known.allows(question.text):
            raise GraphError("a text may run only where it is allowed")
        entry = entry_of(question.text)
        sets = list(_size_sets(question))
        answer = self._answer(
            {
                "text": question.text,
                "digest": digest(question.text),
                "seconds": self._seconds,
                "entry": entry.name,
                "arguments": dict(question.arguments),
                "optional": sorted(entry.optional_inputs),
                "inputs": [list(_concrete(question, sizes)) for sizes in sets],
            }
        )
        if "code" in answer:
            return Answer(problem=_problem(entry.name, answer, sets))
        weights = tuple(
            Weight(name, tuple(shape), is_buffer, dtype)
            for name, shape, is_buffer, dtype in answer["weights"]
        )
        found = _outputs(entry.name, question, sets, answer["outputs"])
        return Answer(problem=found) if isinstance(found, Problem) else Answer(found, weights)

    def _answer(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        process = self._process = self._process or _Process()
        line = process.tell(json.dumps(request), self._seconds)
        if line:
            answer: Mapping[str, Any] = json.loads(line)
            return answer
        self._process = None
        reason = process.end()
        if reason:
            return {"code": "custom_crashed", "values": {"reason": reason}}
        return {"code": "custom_too_slow", "values": {"limit": f"{self._seconds:g}"}}


class _Process:
    """The process that runs texts: a line in, a line out."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
        environment = {**os.environ, "PYTHONPATH": paths, "CUDA_VISIBLE_DEVICES": ""}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "codegen.probe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=environment,
        )
        self._was_slow = False
        self.tell("", _SECONDS_TO_START)  # it says when torch is loaded

    def tell(self, line: str, seconds: float) -> str:
        """Send a line and return the line that it answers, empty where it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(seconds, self._stop)
        timer.start()
        try:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
            return self._process.stdout.readline()
        except OSError:  # it has ended; why, end() tells
            return ""
        finally:
            timer.cancel()

    def end(self) -> str:
        """End it and return why it had ended by itself, empty where it was too slow."""
        code = self._process.poll()
        self._process.kill()
        self._process.communicate()
        code = self._process.returncode if code is None else code
        return "" if self._was_slow else _reason(code)

    def _stop(self) -> None:
        self._was_slow = True
        self._process.kill()


def _reason(code: int) -> str:
    """Return what an exit status means."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit status {code}"


def _size_sets(question: Question) -> Iterator[Mapping[str, int]]:
    """Yield sizes for the symbolic dimensions: the first ones, each changed alone, all changed."""
    names = sorted({name for _, spec in question.inputs for d in spec.shape for name in symbols(d)})
    first = {name: _FIRST_SIZES[at % 8] + 60 * (at // 8) for at, name in enumerate(names)}
    yield first
    for name in names:
        for step in _STEPS:
            yield {**first, name: first[name] + step}
    if len(names) > 1:
        yield {name: size + 5 + 7 * at for at, (name, size) in enumerate(first.items())}


def _concrete(question: Question, sizes: Mapping[str, int]) -> Iterator[list[object]]:
    for port, spec in question.inputs:
        yield [port, [evaluate(dim, sizes) for dim in spec.shape], spec.dtype]


def _problem(name: str, answer: Mapping[str, Any], sets: list[Mapping[str, int]]) -> Problem:
    values = {"name": name, **answer["values"]}
    sizes = ", ".join(f"{symbol} = {size}" for symbol, size in sets[answer.get("set", 0)].items())
    if sizes and "reason" in values:
        values["reason"] += f" ({sizes})"
    return Problem(answer["code"], values)


def _outputs(
    name: str, question: Question, sets: list[Mapping[str, int]], found: list[list[Any]]
) -> tuple[TensorSpec, ...] | Problem:
    """Return the outputs with the symbolic dimensions that their sizes in all trials show."""
    dims = dict.fromkeys(d for _, spec in question.inputs for d in spec.shape if symbols(d))
    known = with_combinations(
        [(dim, tuple(evaluate(dim, sizes) for sizes in sets)) for dim in dims]
    )
    unclear = Problem("custom_unclear_size", {"name": name, "sizes": ", ".join(map(str, dims))})
    specs: list[TensorSpec] = []
    for trials in zip(*found, strict=True):
        dtype = trials[0][1]
        if dtype not in DTYPES:
            return Problem("custom_dtype", {"name": name, "got": dtype})
        if len({(len(shape), each) for shape, each in trials}) > 1:
            return unclear
        shape = [fitted(seen, known) for seen in zip(*(each for each, _ in trials), strict=True)]
        if None in shape:
            return unclear
        specs.append(TensorSpec(tuple(dim for dim in shape if dim is not None), dtype))
    return tuple(specs)


def settle(project: Project, known: Known, prober: Prober) -> tuple[Inference, Known]:
    """Ask all that has to be known of a project's custom layers, and return what is known then."""
    inference = infer_project(project, known)
    while questions := open_questions(inference):
        known = known.with_answers({each: prober.ask(each, known) for each in questions})
        inference = infer_project(project, known, inference)
    return inference, known
