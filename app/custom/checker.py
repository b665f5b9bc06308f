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


class Checker(QObject):
    """Asks what the document has to know of custom layers, and tells it the answers."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._prober: Prober | None = None
        self._is_closed = False
        self._asked: frozenset[Question] = frozenset()
        self._answers: dict[Question, Answer] = {}
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
        self._is_closed = True
        if self._prober is not None:
            self._prober.close()

    def _without_answers(self, revoked: str) -> Known:
        """Return what is known but for what a text has shown, so that it is asked anew."""
        self._answers = {
            question: answer
            for question, answer in list(self._answers.items())
            if digest(question.text) != revoked
        }
        return replace(self._document.known, answers=dict(self._answers))

    def _ask(self) -> None:
        state = self._document.state
        questions = frozenset().union(*map(open_questions, {state.main, *state.levels}))
        if not questions and self._prober is None:
            return
        prober = self._prober = self._prober or late(_PROBER).Prober()
        prober.keep_to(questions)
        if questions - self._asked:
            self._asked = questions
            self._worker.ask(self._find_out, prober, questions)

    def _find_out(self, prober: Prober, questions: frozenset[Question]) -> None:
        """Ask, in a thread; what was asked before is not asked again, nor what is now revoked."""
        for each in questions - self._answers.keys():
            known = self._document.known
            if known.allows(each.text) and not self._is_closed:
                with suppress(late(_PROBER).Interrupted):
                    self._answers[each] = prober.ask(each, known)

    def _learn(self) -> None:
        self._asked = frozenset()
        self._document.learn(self._document.known.with_answers(self._answers))
