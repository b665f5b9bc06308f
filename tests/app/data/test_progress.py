"""Reading tells how far it is to whoever follows it, and gives up when it is stopped."""

from __future__ import annotations

import threading

import pytest

from app.data.progress import STOPPED, Reading, followed, tell
from graph_model.problems import Refusal


def test_what_is_read_is_told_to_whoever_follows() -> None:
    reading = Reading()
    tell(1, 2)  # to nobody
    with followed(reading):
        tell(1, 4)
    tell(3, 4)
    assert reading.done == 0.25


def test_a_stopped_reading_gives_up_where_it_next_tells() -> None:
    reading = Reading()
    with followed(reading):
        tell(1, 4)
        reading.stop()
        with pytest.raises(Refusal) as refused:
            tell(2, 4)
    assert refused.value.problem == STOPPED


def test_readings_of_two_threads_do_not_mix() -> None:
    reading = Reading()
    with followed(reading):
        other = threading.Thread(target=tell, args=(1, 2))
        other.start()
        other.join()
    assert reading.done is None
