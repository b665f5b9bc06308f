from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.runs.events import LOAD, Event, Finished, Started, Steps
from app.training.control import Control
from app.training_panel.session import TrainingSession, engine

END = Finished(1, 1, {}, {}, 0.1, False)


def run_of(steps: int) -> Iterator[Event]:
    yield Started("cpu", 1, 1, steps, 1, 1, 0)
    yield from (Steps(step, (1.0 / step,), 0.1, 10.0) for step in range(1, steps + 1))
    yield END


def steered(control: Control) -> Iterator[Event]:
    yield Started("cpu", 1, 1, 1_000_000, 1, 1, 0)
    step = 0
    breath = threading.Event()
    while control.admit():
        step += 1
        breath.wait(0.001)
        yield Steps(step, (1.0,), 0.1, 10.0)
    yield Finished(0, 0, {}, {}, 0.1, True)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[TrainingSession]:
    session = TrainingSession()
    yield session
    session.wait()


def test_a_run_is_recorded_and_ends(session: TrainingSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.ended) as ended:
        session.start(lambda _: run_of(7))
        assert session.is_running
    assert ended.args == [END]
    assert len(session.record.step_loss) == 7
    assert not session.is_running


def test_what_is_watched_is_watched_in_every_run(session: TrainingSession, qtbot: QtBot) -> None:
    seen: list[tuple[str, ...]] = []

    def run(control: Control) -> Iterator[Event]:
        seen.append(control.observers)
        yield END

    session.observe("one", "gradients")
    for _ in range(2):
        with qtbot.waitSignal(session.ended):
            session.start(run)
    session.observe("another", "activations", "gradients")
    with qtbot.waitSignal(session.ended):
        session.start(run)
    session.observe("one")
    session.observe("another")
    with qtbot.waitSignal(session.ended):
        session.start(run)
    assert seen == [("gradients",), ("gradients",), ("gradients", "activations"), ()]


def test_what_is_watched_between_runs_is_no_order_to_the_last_one(
    session: TrainingSession, qtbot: QtBot
) -> None:
    """Orders are kept for a run that begins later, so those of one that is over only add up."""
    with qtbot.waitSignal(session.ended):
        session.start(lambda _: run_of(1))
    before = len(session._control._orders)
    for _ in range(5):
        session.observe("one", "gradients")
        session.observe("one")
    assert len(session._control._orders) == before


def test_the_run_goes_on_in_another_thread(session: TrainingSession, qtbot: QtBot) -> None:
    threads: list[int] = []

    def run(_: Control) -> Iterator[Event]:
        threads.append(threading.get_ident())
        yield END

    with qtbot.waitSignal(session.ended):
        session.start(run)
    assert threads != [threading.get_ident()]


def test_pause_step_resume_and_stop(session: TrainingSession, qtbot: QtBot) -> None:
    session.start(steered)
    qtbot.waitUntil(lambda: session.record.step > 3)
    session.pause()
    assert session.is_paused
    qtbot.waitUntil(lambda: _stands_still(session, qtbot))
    before = session.record.step
    session.step()
    qtbot.waitUntil(lambda: session.record.step == before + 1)
    session.pause()
    assert not session.is_paused
    qtbot.waitUntil(lambda: session.record.step > before + 3)
    with qtbot.waitSignal(session.ended) as ended:
        session.stop()
    assert ended.args[0].stopped


def _stands_still(session: TrainingSession, qtbot: QtBot) -> bool:
    """Whether no step came between two looks of the session."""
    before = session.record.step
    with qtbot.waitSignal(session._timer.timeout):
        pass
    with qtbot.waitSignal(session._timer.timeout):
        pass
    return session.record.step == before


def test_waiting_for_the_end_stops_the_run(session: TrainingSession, qtbot: QtBot) -> None:
    session.start(steered)
    qtbot.waitUntil(lambda: session.record.step > 0)
    session.wait()
    assert not session.is_running
    assert isinstance(session.record.ended, Finished)


def test_a_failure_of_the_engine_itself_is_told(session: TrainingSession, qtbot: QtBot) -> None:
    def run(_: Control) -> Iterator[Event]:
        yield Started("cpu", 1, 1, 1, 1, 1, 0)
        raise ZeroDivisionError("a bug")

    with qtbot.waitSignal(session.ended) as ended:
        session.start(run)
    assert "ZeroDivisionError: a bug" in ended.args[0].problem.message


def test_the_engine_is_loaded_when_it_is_called() -> None:
    assert callable(engine("no_such_module", "train"))


def test_what_a_run_takes_is_measured_in_each_run_while_that_is_asked(
    session: TrainingSession, qtbot: QtBot
) -> None:
    over = threading.Event()

    def run(_: Control) -> Iterator[Event]:
        over.wait(60)
        yield END

    threads = threading.active_count()
    for _ in range(2):
        over.clear()
        session.observe("panels", LOAD)
        session.start(run)
        qtbot.waitUntil(lambda: len(session.record.watched.memory) > 0, timeout=30_000)
        session.observe("panels")
        assert threading.active_count() == threads + 1, "the run alone"
        with qtbot.waitSignal(session.ended):
            over.set()
    assert threading.active_count() == threads
