"""Asks what custom layers give: starts the process that runs them, and ends it where it hangs."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from codegen.custom_layers.conclusions import answer
from codegen.custom_layers.process import Process, read_line, reason_of
from codegen.custom_layers.sections import entry_of
from codegen.custom_layers.size_formulas import Sizes
from codegen.custom_layers.trials import Trial
from graph_model.custom_layers.known import Answer, Known, Question, digest, open_questions
from graph_model.dims import evaluate
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project
from graph_model.problems import GraphError, Problem, Refusal

SECONDS: Final = 10.0
"""How long a layer may take to be tried with some sizes."""
_SECONDS_TO_START: Final = 120.0
_GRACE: Final = 2.0
"""How many seconds later a process is killed that has not ended itself."""
_LINE: Final = re.compile(r'File "<custom layer>", line (\d+)')


class Interrupted(Exception):  # noqa: N818 - it is no error
    """A question is not wanted any more, or the prober is closed."""


class Prober:
    """Answers questions one after the other, in a process that is started with the first of them.

    Use it as a context manager, or :meth:`close` it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: Process | None = None
        self._running: Question | None = None
        self._is_over = False
        self._changing = threading.Lock()

    def __enter__(self) -> Prober:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and the work on a question."""
        self.keep_to(())
        if self._process is not None:
            self._process.close()

    def keep_to(self, questions: Collection[Question]) -> None:
        """End the work on a question that is none of these; ``ask`` then raises Interrupted."""
        with self._changing:
            if self._running is not None and self._running not in questions:
                self._is_over = True
                if self._process is not None:
                    self._process.kill()

    def ask(self, question: Question, known: Known) -> Answer:
        """Run the text of a question, which must be allowed, and return what it gives.

        Raises :class:`Interrupted` where another thread has ended that.
        """
        if not known.allows(question.text):
            raise GraphError("a text may run only where it is allowed")
        with self._changing:
            self._running, self._is_over = question, False
        try:
            return self._answer(question)
        finally:
            with self._changing:
                self._running = None

    def _answer(self, question: Question) -> Answer:
        entry = entry_of(question.text)
        request = {
            "text": question.text,
            "digest": digest(question.text),
            "seconds": self._seconds,
            "entry": entry.name,
            "arguments": dict(question.arguments),
            "optional": sorted(entry.optional_inputs),
        }

        def run(sets: Sequence[Sizes], **how: bool) -> list[Trial]:
            inputs = [list(_concrete(question, sizes)) for sizes in sets]
            return self._trials(entry.name, {**request, **how, "inputs": inputs})

        return answer(question, entry, run)

    def _trials(self, name: str, request: Mapping[str, Any]) -> list[Trial]:
        """Return the trials of a request; raises ``Refusal`` where the process has not answered."""
        with self._changing:  # from here on the process is there to be killed
            if self._is_over:
                raise Interrupted
            is_new = self._process is None
            process = self._process = self._process or Process("codegen.custom_layers.probe")
        if is_new:
            process.tell("{}", _SECONDS_TO_START)  # torch is loaded
        seconds = self._seconds * len(request["inputs"]) + _GRACE
        lines = process.tell(json.dumps(request), seconds)
        found = [read for line in lines if isinstance(read := read_line(line), dict)]
        for each in found:
            if isinstance(each.get("trials"), list):
                trials: list[Trial] = each["trials"]
                return trials
        status = next((each["status"] for each in found if "status" in each), None)
        if status is None:
            self._process = None
            status = process.close()
        if self._is_over:
            raise Interrupted
        place = _LINE.search("".join(lines))  # where it was when it ended
        values = {"name": name, **({"line": place[1]} if place else {})}
        suffix = "_at" if place else ""
        if process.was_slow or any(line.startswith("Timeout") for line in lines):
            limit = f"{self._seconds:g}"
            raise Refusal(Problem(f"custom_too_slow{suffix}", {**values, "limit": limit}))
        raise Refusal(Problem(f"custom_crashed{suffix}", {**values, "reason": reason_of(status)}))


def _concrete(question: Question, sizes: Sizes) -> Iterator[list[object]]:
    for port, spec in question.inputs:
        yield [port, [evaluate(dim, sizes) for dim in spec.shape], spec.dtype]


def settle(project: Project, known: Known, prober: Prober) -> tuple[Inference, Known]:
    """Ask all that has to be known of a project's custom layers, and return what is known then."""
    inference = infer_project(project, known)
    while questions := open_questions(inference):
        known = known.with_answers({each: prober.ask(each, known) for each in questions})
        inference = infer_project(project, known, inference)
    return inference, known
