"""What a run takes of the computer is measured while somebody asks, and in a thread that ends."""

from __future__ import annotations

import queue
import threading

import psutil

from app.runs.events import Load
from app.training_panel.load import LoadSampler


def test_it_measures_until_it_is_stopped() -> None:
    told: queue.Queue[Load] = queue.Queue()
    sampler = LoadSampler(told.put, apart=0.01)
    threads = threading.active_count()
    sampler.start()
    sampler.start()
    assert threading.active_count() == threads + 1
    first, second = told.get(timeout=30), told.get(timeout=30)
    sampler.stop()
    sampler.stop()
    assert threading.active_count() == threads
    assert not sampler.is_running
    assert first.processors is None, "of the time between two measurements there is nothing yet"
    assert second.processors is not None
    assert 0 <= second.processors <= 1
    assert first.memory >= 0.5 * psutil.Process().memory_info().rss
