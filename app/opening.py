"""How a window is opened: the look and language chosen last, the window, and what can wait."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NoReturn

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import app.unhooked  # noqa: F401
from app.arenas import limit_arenas
from app.background import go_on, hold_back
from app.garbage import collect_due, take_over
from app.language.i18n import translations
from app.look import theme
from app.look.icons import application_icon
from app.look.theme import Mode
from app.main_window import MainWindow
from app.project.files import untitled
from app.project.opened import Opened
from app.settings import SettingsStore
from app.widgets.first_paint import AfterFirstPaint

_COLLECT_EVERY: Final = 1000
"""Milliseconds between looks at whether there may be garbage."""


def run(opened: Opened | None, argv: Sequence[str]) -> NoReturn:
    """Open the window on a project, or on the welcome page; its end is that of the process."""
    limit_arenas()  # before Qt begins a thread
    # By an option: to be given the style as an object would have PySide6 make all its enumerations.
    application = QApplication.instance() or QApplication([*argv, "-style", theme.STYLE])
    assert isinstance(application, QApplication)
    window = open_window(application, opened)
    AfterFirstPaint(window, window.begin)
    end_process(application.exec())


def open_window(application: QApplication, opened: Opened | None) -> MainWindow:
    """Show a window on a project, or on the welcome page, in the look and language chosen last."""
    collect_here(application)
    application.setApplicationName("Layerweft")
    application.setWindowIcon(application_icon())
    # The font goes before the widgets, which do not follow it later, and the stylesheet after them.
    application.setFont(theme.ui_font())
    store = SettingsStore()
    theme.manager().set_mode(Mode(store.value.theme))
    translations().use(store.value.language)
    opened = opened or Opened(untitled())
    window = MainWindow(opened.project, opened.origin, store, opened.title)
    window.trainer.begin_with(opened.beginning)
    theme.manager().install()
    hold_back()
    AfterFirstPaint(window, go_on)
    window.show()
    return window


def collect_here(application: QApplication) -> None:
    """Have garbage looked for in the thread of the window alone, between two events."""
    take_over()
    timer = QTimer(application, interval=_COLLECT_EVERY)
    timer.timeout.connect(collect_due)
    timer.start()


def end_process(status: int) -> NoReturn:
    """End at once, once the window is closed and what is to be kept is written.

    Python would wait for every thread: for data that are still read, for PyTorch that is still
    imported, for figures that nobody sees. Processes of ours end as well, as Python has it.
    """
    import multiprocessing  # not at the top: the first picture need not wait for it

    for each in multiprocessing.active_children():
        each.kill()
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(status)
