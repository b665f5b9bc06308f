"""What the window asks and complains of: lost work, files, runs that end or cannot be kept."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tools.window_gallery.stage import Stage


def _saved(stage: Stage, name: str) -> Path:
    """Save the project in view in a folder of its own and change it; return the file."""
    from graph_model.files.storage import save

    path = Path.cwd() / name
    document = stage.window.document
    document.saved(save(document.project, path))
    document.edit_network(replace(document.network, name="Changed"), "Rename")
    return path


def _lost_work(*, is_changed: bool) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        from graph_model.files.journal import Journal, left_behind

        stage.open("fashion-cnn")
        path = _saved(stage, "clothes.weft")
        document, folder = stage.window.document, Path.cwd() / "left-behind"
        journal = Journal(folder)
        journal.write(document.project, document.origin)
        journal._lock.release()  # as a crash would
        if is_changed:
            path.write_text(path.read_text().replace("Fashion", "Another"))
        (entry,) = left_behind(folder)
        with stage.asked("lost-work-changed" if is_changed else "lost-work"):
            stage.window.recovery._is_given_up(entry)
        entry.discard()
        document.history.setClean()

    return show


def _changed_meanwhile(stage: Stage) -> None:
    stage.open("fashion-cnn")
    path = _saved(stage, "clothes.weft")
    path.write_text(path.read_text().replace("Fashion", "Another"))
    with stage.asked("changed-meanwhile"):
        stage.window.files.save()
    stage.window.document.history.setClean()


def _unreadable(stage: Stage) -> None:
    path = Path.cwd() / "broken.weft"
    path.write_text('{"format": "layerweft project", "version": 1, "networks": {')
    with stage.asked("unreadable"):
        stage.window.files.open_path(path)


def _not_saved(stage: Stage) -> None:
    stage.open("fashion-cnn")
    with stage.asked("not-saved"):
        stage.window.files.save_to(Path.cwd() / "no such folder" / "clothes.weft")


def _not_remembered(stage: Stage) -> None:
    """Say at the foot of the window what a full disk means for it."""
    stage.open("fashion-cnn")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    stage.window.status.say_not_remembered(full)
    stage.window.status.say_not_kept(os.strerror(errno.ENOSPC))


def _run_not_kept(stage: Stage, *, is_over: bool) -> Any:
    """Let a run be under way whose folder cannot be written; return its trainer."""
    from app.runs.events import NotKept
    from app.training_panel.keeping_bar import KeepingBar
    from graph_model.problems import Problem

    stage.window.status.say_not_kept("")
    trainer = stage.window.trainer
    if not trainer.is_running:
        stage.open("fashion-cnn")
        stage.train(epochs=1)
        trainer.pause()
    values = {"folder": "/full/runs/first", "reason": os.strerror(errno.ENOSPC)}
    trainer.session.record.not_kept = NotKept(Problem("run_not_kept", values), is_over)
    stage.window.workspaces.training.inside.findChild(KeepingBar).refresh()
    return trainer


def _not_kept(stage: Stage) -> None:
    _run_not_kept(stage, is_over=False)
    stage.go("train")


def _stopping(stage: Stage) -> None:
    from app.training_panel.questions import agrees_to_stop

    _run_not_kept(stage, is_over=False)
    with stage.asked("stopping"):
        agrees_to_stop(stage.window)


def _closing(*, is_safe: bool) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        from app.training_panel.leaving import LeavingDialog

        trainer = _run_not_kept(stage, is_over=True)
        if is_safe:
            _kept(stage, trainer)
        dialog = LeavingDialog(trainer, stage.window)
        with stage.asked("closing" if is_safe else "closing-not-kept"):
            dialog.exec()
        dialog.deleteLater()
        _kept(stage, trainer)

    return show


def _kept(stage: Stage, trainer: Any) -> None:
    """Let what waited to be written be safe."""
    from app.training_panel.keeping_bar import KeepingBar

    trainer.session.record.not_kept = None
    stage.window.workspaces.training.inside.findChild(KeepingBar).refresh()


def _giving_up(stage: Stage) -> None:
    from app.training_panel.questions import agrees_to_lose

    with stage.asked("giving-up"):
        agrees_to_lose(stage.window)


def _replacing(stage: Stage) -> None:
    from app.panels.export import ExportDialog

    stage.window.trainer.stop()
    stage.until(lambda: not stage.window.trainer.is_running)
    stage.open("fashion-cnn")
    path = Path.cwd() / "model.py"
    path.touch()
    dialog = ExportDialog(stage.window.document.state, path, None, True, stage.window)
    dialog.path.setText(str(path))
    dialog.show()
    with stage.asked("replacing"):
        dialog._accept()
    dialog.deleteLater()


def _left_text(stage: Stage) -> None:
    from app.custom.editor import LayerEditor

    editor = LayerEditor(stage.window.document, stage.window.custom_layers.checker, "", None)
    with stage.asked("left-text"):
        editor._may_lose()
    editor.deleteLater()


QUESTION_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "ask-lost-work": _lost_work(is_changed=False),
    "ask-lost-work-changed": _lost_work(is_changed=True),
    "ask-changed-meanwhile": _changed_meanwhile,
    "ask-stopping": _stopping,
    "ask-closing": _closing(is_safe=True),
    "ask-closing-not-kept": _closing(is_safe=False),
    "ask-giving-up": _giving_up,
    "ask-replacing": _replacing,
    "ask-left-text": _left_text,
    "error-unreadable": _unreadable,
    "error-not-saved": _not_saved,
    "error-full-disk": _not_remembered,
    "error-run-not-kept": _not_kept,
}
