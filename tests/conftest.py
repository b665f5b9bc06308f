"""What every test shares: isolation from the user's own files, and strictness."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.garbage import collect_due, take_over

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # torch's threads spin against each other

settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("repeatable")  # --hypothesis-profile=explore looks further


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, journals and runs of a test away from the user's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LAYERWEFT_HOME", str(home))
    for kind in ("CONFIG", "DATA", "STATE"):  # the cache may stay: it holds the list of fonts
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(autouse=True)
def _no_leaked_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test after which more windows exist than before, shown or not."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QEvent  # not at the top: most tests need no Qt

    qapp = request.getfixturevalue("qapp")
    before = set(qapp.topLevelWidgets())
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if set(qapp.topLevelWidgets()) - before:
        gc.collect()  # slow, and only needed for widgets that lie in circles
    left = set(qapp.topLevelWidgets()) - before
    assert not left, f"still there: {left}"


def pytest_collection_finish() -> None:
    """Leave what is there when the tests begin out of every search for garbage: it stays.

    From then on garbage is looked for between tests, in their thread, as the window does.
    """
    gc.collect()
    gc.freeze()
    take_over()


def pytest_runtest_setup() -> None:
    """Collect what the tests before have left, which pytest holds on to until they are over."""
    collect_due()


def pytest_sessionfinish() -> None:
    """Leave nothing of Python's on the clipboard, which without a screen outlives Python."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return Path(__file__).resolve().parent.parent
