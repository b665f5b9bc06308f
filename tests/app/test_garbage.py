"""What is closed is taken apart in the thread of the window, whoever makes the next object."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.background import Latest
from app.garbage import collect_due, take_over, without_collecting
from app.opening import collect_here

YOUNG, ROUNDS, FULL = gc.get_threshold()


@pytest.fixture(autouse=True)
def _as_python_begins() -> Iterator[None]:
    """Let Python look for garbage by itself, as in a program that has just begun."""
    gc.collect()
    gc.enable()
    yield
    take_over()


class Circle:
    """Something that only a search for garbage finds to be gone."""

    def __init__(self) -> None:
        self.itself = self


def made(number: int) -> list[list[None]]:
    """Return so many objects that Python counts."""
    return [[] for _ in range(number)]


def test_timers_in_circles_end_in_the_thread_of_the_window(qapp: QApplication, qtbot) -> None:
    ended: list[threading.Thread] = []
    before = set(qapp.findChildren(QTimer))
    collect_here(qapp)
    (timer,) = set(qapp.findChildren(QTimer)) - before
    lost = QTimer(interval=0)  # ended elsewhere, Qt would call it though it is gone
    lost.itself = lost  # type: ignore[attr-defined]
    lost.start()
    weakref.finalize(lost, lambda: ended.append(threading.current_thread()))
    del lost
    worker = Latest()
    with qtbot.waitSignal(worker.done):
        worker.ask(made, 2 * YOUNG * ROUNDS * FULL)
    assert not ended
    kept = made(2 * YOUNG * ROUNDS * FULL)  # what the worker made may be gone by now
    timer.timeout.emit()
    assert ended == [threading.main_thread()]
    assert kept
    timer.deleteLater()


def test_nothing_of_qt_is_given_to_a_thread(qapp: QApplication) -> None:
    worker = Latest()
    with pytest.raises(AssertionError):
        worker.ask(worker.drop)
    with pytest.raises(AssertionError):
        worker.ask(id, worker)
    with pytest.raises(AssertionError):
        worker.ask(id, worker.drop)


@pytest.mark.parametrize("number", [2 * YOUNG, 2 * YOUNG * ROUNDS, 2 * YOUNG * ROUNDS * FULL])
def test_what_python_would_have_looked_through_is(number: int) -> None:
    take_over()
    circle = weakref.ref(Circle())
    kept = made(number)
    assert circle() is not None
    collect_due()
    assert circle() is None
    assert gc.get_count()[0] < len(kept)


def test_old_garbage_is_found_once_much_was_made() -> None:
    take_over()
    old = Circle()
    gc.collect()
    circle = weakref.ref(old)
    del old
    kept = made(2 * YOUNG)
    collect_due()
    assert circle() is not None
    kept += made(2 * YOUNG * ROUNDS * FULL)
    collect_due()
    assert circle() is None


def test_old_garbage_is_found_after_enough_rounds() -> None:
    take_over()
    old = Circle()
    gc.collect()
    circle, kept = weakref.ref(old), []
    del old
    for _ in range((ROUNDS + 2) * (FULL + 2)):
        kept += made(2 * YOUNG)
        collect_due()
    assert circle() is None


def test_nothing_is_looked_for_where_little_was_made_or_one_asks_for_that() -> None:
    take_over()
    gc.collect()
    circle = weakref.ref(Circle())
    collect_due()
    with without_collecting():
        kept = made(2 * YOUNG)
        collect_due()
    assert circle() is not None
    collect_due()
    assert circle() is None
    assert kept


def test_python_looks_again_by_itself_after_a_pause() -> None:
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()
    take_over()
    with without_collecting():
        pass
    assert not gc.isenabled()
