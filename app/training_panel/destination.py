"""Where the next run is done: here, on another computer, or by a cluster that takes a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from app.runs.hosts import Host
from graph_model.problems import Problem


class Where(Enum):
    """Where a run is done; that several processes share it here stands in its recipe."""

    HERE = "here"
    HOST = "host"
    SLURM = "slurm"


class Destination(QObject):
    """What was chosen; ``changed`` says that it is something else now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.where = Where.HERE
        self.host = Host("")
        """The other computer, as it was named last."""
        self.device = "cpu"
        """The device of the other computer, as torch names it there."""

    @property
    def problem(self) -> Problem | None:
        """What keeps a run from being begun there, as far as it can be told without asking."""
        return self.host.problem if self.where is Where.HOST else None

    @property
    def stored(self) -> dict[str, str]:
        """The other computer, as it can be remembered."""
        return {**asdict(self.host), "device": self.device}

    def restore(self, stored: Mapping[str, str]) -> None:
        """Name the other computer as it was remembered; what is missing is as usual."""
        fields = {name: stored[name] for name in asdict(self.host) if name in stored}
        self.host, self.device = replace(self.host, **fields), stored.get("device", self.device)

    def choose(self, where: Where) -> None:
        """Do the next runs there."""
        self.where = where
        self.changed.emit()

    def name(self, host: Host, device: str) -> None:
        """Take another computer by this name, with these paths and this device."""
        self.host, self.device = host, device
        self.changed.emit()
