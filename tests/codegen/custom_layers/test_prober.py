"""The process that runs custom layers: when it starts, how it ends, and what is told of that."""

from __future__ import annotations

import os
import select
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codegen.custom_layers.prober import Interrupted, Prober
from graph_model.custom_layers.known import Answer, Question, question
from graph_model.problems import GraphError
from graph_model.tensors import TensorSpec
from tests.codegen.custom_layers.asking import allowing, asked, complaint, function
from tests.custom_layers import SWISH


class Leaving(Prober):
    """One whose answer nobody wants any more by the time that it sets to work."""

    def _answer(self, question: Question) -> Answer:
        self.keep_to(())
        return super()._answer(question)


def test_a_text_that_is_not_allowed_does_not_run() -> None:
    never = Question(SWISH, (), ())
    with Prober() as own, pytest.raises(GraphError):
        own.ask(never, allowing(SWISH + "\n"))


def test_a_text_that_hangs_is_stopped() -> None:
    with Prober(seconds=0.2) as impatient:
        endless = function("while True:\n        pass\n    return x")
        problem = complaint(asked(impatient, endless, (2,)))
        assert problem.code == "custom_too_slow_at"
        assert problem.values["line"] in "56"


def test_a_process_that_cannot_end_itself_is_killed() -> None:
    with Prober(seconds=1) as impatient:
        stopped = function("import os, signal; os.kill(os.getpid(), signal.SIGSTOP); return x")
        problem = complaint(asked(impatient, stopped, (2,)))
        assert (problem.code, problem.values["limit"]) == ("custom_too_slow", "1")


def test_a_question_that_is_not_wanted_any_more_is_given_up(tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    listening = os.open(reached, os.O_RDONLY | os.O_NONBLOCK)
    says_so = f"open({str(reached)!r}, 'w').write('here')"
    endless = function(f"{says_so}\n    while True:\n        pass\n    return x")
    with Prober() as own, ThreadPoolExecutor(1) as elsewhere:
        waiting = elsewhere.submit(asked, own, endless, (2,))
        assert select.select([listening], [], [], 60)[0]
        own.keep_to([question(endless, {}, {"x": TensorSpec((2,))})])
        assert not waiting.done()
        own.keep_to(())
        with pytest.raises(Interrupted):
            waiting.result()
        assert asked(own, SWISH, (2,)).outputs == (TensorSpec((2,)),)
    os.close(listening)


def test_nothing_is_started_for_what_is_given_up_before() -> None:
    leaving = Leaving()
    with pytest.raises(Interrupted):
        asked(leaving, SWISH, (2,))
    assert leaving._process is None


def test_a_process_that_was_killed_is_told_and_started_again() -> None:
    with Prober() as own:
        asked(own, SWISH, (2,))
        assert own._process is not None
        own._process._process.kill()
        own._process._process.wait()
        problem = complaint(asked(own, SWISH, (3,)))
        assert (problem.code, problem.values["reason"]) == ("custom_crashed", "SIGKILL")


def test_a_text_that_ends_the_process() -> None:
    text = "import os\n\n\ndef tried(x):\n    os._exit(7)\n    return x\n"
    with Prober() as own:
        problem = complaint(asked(own, text, (2,)))
        assert (problem.code, problem.values["reason"]) == ("custom_crashed", "exit status 7")
        assert asked(own, SWISH, (2,)).problem is None
