"""Custom layers are tried in one process for all tests: each start would import torch anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from codegen.custom_layers import prober
from codegen.custom_layers.process import Process


class _Lent(Process):
    """A process that waits for the next prober once it is given back unharmed."""

    idle: ClassVar[list[_Lent]] = []
    was_killed = False

    def kill(self) -> None:
        self.was_killed = True
        super().kill()

    def close(self) -> int:
        if not self.was_killed and self._process.poll() is None and not self._in_use.locked():
            self.idle.append(self)
            return 0
        return super().close()


def _lend(module: str) -> Process:
    return _Lent.idle.pop() if _Lent.idle else _Lent(module)


@pytest.fixture(autouse=True)
def _one_process_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prober, "Process", _lend)


@pytest.fixture(autouse=True, scope="session")
def _end_those_that_wait() -> Iterator[None]:
    yield
    while _Lent.idle:
        Process.close(_Lent.idle.pop())
