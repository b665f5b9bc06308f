"""Finds out, beside the window, what the custom layers give that may run on this machine."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.background import Latest
from app.late import late
from app.permission import allow, revoke
from app.project.document import Document
from graph_model.custom_layers.known import Answer, Known, Question, digest, open_questions

if TYPE_CHECKING:
    from codegen.custom_layers.prober import Prober

_PROBER: Final = "codegen.custom_layers.prober"
"""What runs the texts; imported once there are any."""


class _Found:
    """What the thread finds out, and what it may still run; it knows nothing of the window."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.answers: dict[Question, Answer] = {}
        self.is_closed = False


def _find_out(found: _Found, prober: Prober, questions: frozenset[Question]) -> None:
    """Ask, in a thread; what was asked before is not asked again, nor what is now revoked."""
    for each in questions - found.answers.keys():
        known = found.known
        if known.allows(each.text) and not found.is_closed:
            with suppress(late(_PROBER).Interrupted):
                found.answers[each] = prober.ask(each, known)


class Checker(QObject):
    """Asks what the document has to know of custom layers, and tells it the answers."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._prober: Prober | None = None
        self._asked: frozenset[Question] = frozenset()
        self._found = _Found(document.known)
        self._worker = Latest(self)
        self._worker.done.connect(self._learn)
        document.changed.connect(self._ask)
        self._ask()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._worker.is_busy

    def allow(self, text: str) -> None:
        """Let exactly this text run on this machine, from now on.

        Where that cannot be remembered, ``OSError`` is raised and nothing is allowed.
        """
        allow(text)
        known = self._without_answers(digest(text))
        self._document.learn(replace(known, allowed=known.allowed | {digest(text)}))

    def revoke(self, digest: str) -> None:
        """Let the text of this digest run no more; what it is found to give just now is ended.

        Where that cannot be remembered, ``OSError`` is raised and nothing is revoked.
        """
        revoke(digest)
        known = self._without_answers(digest)
        self._document.learn(replace(known, allowed=known.allowed - {digest}))

    def close(self) -> None:
        """End the process that runs the texts."""
        self._found.is_closed = True
        if self._prober is not None:
            self._prober.close()

    def _without_answers(self, revoked: str) -> Known:
        """Return what is known but for what a text has shown, so that it is asked anew."""
        answers = self._found.answers
        for question in [*answers]:
            if digest(question.text) == revoked:
                del answers[question]
        return replace(self._document.known, answers=dict(answers))

    def _ask(self) -> None:
        state = self._document.state
        self._found.known = self._document.known
        questions = frozenset().union(*map(open_questions, {state.main, *state.levels}))
        if not questions and self._prober is None:
            return
        prober = self._prober = self._prober or late(_PROBER).Prober()
        prober.keep_to(questions)
        if questions - self._asked:
            self._asked = questions
            self._worker.ask(_find_out, self._found, prober, questions)

    def _learn(self) -> None:
        self._asked = frozenset()
        self._document.learn(self._document.known.with_answers(self._found.answers))
