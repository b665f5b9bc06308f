"""An export written in a process of its own, which can be ended at any moment before it writes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Event, Thread
from typing import Final

from app.exporting.writer import Export, Exported, write
from app.training.process import exit_reason
from graph_model.custom_layers.known import Known, custom_kinds
from graph_model.frozen import frozen
from graph_model.inference.infer import infer
from graph_model.network import NetworkId, Project
from graph_model.problems import Problem, Refusal

_SECONDS_BETWEEN_LOOKS: Final = 0.05


def write_in_process(
    export: Export, tell: Callable[[str], object], cancelled: Event
) -> Exported | None:
    """Write an export as ``write`` does; return ``None`` where it was cancelled: then no file is.

    ``tell`` is called with the name of each target before it is made, and with none before the
    files are written. Raises ``Refusal`` and ``OSError``.
    """
    context = multiprocessing.get_context("spawn")  # a fork would inherit Qt and torch threads
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(_Wanted.of(export), theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while not cancelled.is_set():
            if not ours.poll(_SECONDS_BETWEEN_LOOKS):
                continue
            news = ours.recv()
            if isinstance(news, Exported):
                return news
            if isinstance(news, Problem):
                raise Refusal(news)
            if isinstance(news, OSError):
                raise news
            tell(news)
            if not news and not cancelled.is_set():
                ours.send(None)  # it waits for this; from here on it is too late to cancel
                cancelled = Event()
        return None
    except (EOFError, ConnectionError):
        process.join()
        values = {"reason": exit_reason(process.exitcode)}
        raise Refusal(Problem("export_ended", values)) from None
    finally:
        process.kill()
        process.join()
        ours.close()


@frozen
class _Wanted:
    """An export without what is known of its network, which cannot be sent and is found anew."""

    project: Project
    network: NetworkId
    path: Path
    targets: tuple[str, ...]
    weights: Path | None
    known: Known
    proves: bool
    opset: int | None

    @staticmethod
    def of(export: Export) -> _Wanted:
        network = export.network.network.id
        targets = tuple(export.targets)
        return _Wanted(
            export.project,
            network,
            export.path,
            targets,
            export.weights,
            export.known,
            export.proves,
            export.opset,
        )

    @property
    def export(self) -> Export:
        project = self.project
        kinds = custom_kinds(project.layers, self.known)
        inference = infer(project.networks[self.network], None, project.networks, kinds)
        return Export(
            project,
            inference,
            self.path,
            self.targets,
            self.weights,
            self.known,
            self.proves,
            self.opset,
        )


def _work(wanted: _Wanted, ours: Connection) -> None:
    """Write, in the process of its own."""

    writes = Event()
    end_with_parent(writes)

    def tell(target: str) -> None:
        ours.send(target)
        if not target:
            ours.recv()
            writes.set()

    try:
        ours.send(write(wanted.export, tell))
    except Refusal as refusal:
        ours.send(refusal.problem)
    except OSError as error:
        ours.send(error)


def end_with_parent(unless: Event) -> None:
    """End this process when the one that started it is gone, killed perhaps; not once this is set.

    What takes minutes is made for nobody then.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        if not unless.is_set():
            os._exit(1)

    Thread(target=watch, daemon=True).start()
