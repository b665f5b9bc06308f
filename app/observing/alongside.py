"""The script that starts ``train.py`` elsewhere, and looks at its steps for who asks to see them.

It lies beside ``train.py`` and needs PyTorch alone, so the observers are in it word for word. Who
is to look stands in a file beside it, which is read now and then; what is seen is printed as a line
of JSON among the events. The first process looks, for gradients are the same in each.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.runs.folder import OBSERVERS, SHOWN
from graph_model.syntax import parse

_HERE: Final = Path(__file__).parent
_PARTS: Final = (
    "observers",
    "unclipped",
    "shares",
    "layer_costs",
    "phases",
    "histograms",
    "device_memory",
    "catalogue",
    "observing",
    "after_epochs",
)
"""The modules that go into it, each after those that it needs."""
_OWN: Final = ("__future__", "app")
"""Where that is imported from which means nothing in a file by itself."""
_BEGIN: Final = '''\
"""Starts train.py, and looks at it where someone asks to see more of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple


class Observed(NamedTuple):
    step: int
    seen: Figures
    arrays: Arrays


'''
_DRIVER: Final = '''

import train

ASKED = Path(__file__).parent / "$asked"
SHOWN = Path(__file__).parent / "$shown"


class Looking:
    """Looks at a training whenever someone asks to see it."""

    def __init__(self) -> None:
        self.observing: Observing | None = None
        self.names: list[str] = []
        self.due = 0.0
        asked = torch.load(SHOWN) if SHOWN.exists() else {}
        self.after_epochs = {name: AfterEpochs(**each) for name, each in asked.items()}

    def before(self, training: Any) -> None:
        """Attach observers where it is time to look."""
        now = time.perf_counter()
        if now >= self.due:
            self.due = now + _LEAST
            self.names = ASKED.read_text().split() if ASKED.exists() else []
        if self.names:
            self.observing = self.observing or Observing(training)
            self.observing.before_step(self.names)

    def after(self, training: Any) -> None:
        """Tell what they saw."""
        if self.observing is not None and self.observing.is_attached:
            step = training.epoch * training.steps + training.step + 1
            seen = self.observing.after_step(step)
            if seen is not None:
                print(json.dumps({"event": "observed", **seen._asdict()}), flush=True)

    def after_epoch(self, training: Any) -> None:
        """Tell what is given for fixed samples now."""
        for name in self.after_epochs.keys() & set(self.names):
            results = self.after_epochs[name].given(training)
            if results is not None:
                event = {"event": "given", "of": name, "epoch": training.epoch, "results": results}
                print(json.dumps(event), flush=True)


def main() -> None:
    """Train as train.py does."""
    looking, step, end = Looking(), train.Training.do_step, train.Training.end_epoch

    def do_step(training: Any, index: Tensor) -> None:
        looking.before(training)
        step(training, index)
        looking.after(training)

    def end_epoch(training: Any) -> Iterator[Any]:
        yield from end(training)
        looking.after_epoch(training)

    is_parted = hasattr(train, "fully_shard")  # no process has a gradient whole
    if not getattr(train, "RANK", 0) and not is_parted:
        train.Training.do_step, train.Training.end_epoch = do_step, end_epoch
    train.main()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # for a thread of gloo that still holds a tensor would abort Python at its end
'''


def alongside() -> str:
    """Return the text of the script."""
    sources = [(_HERE / f"{name}.py").read_text("utf-8") for name in _PARTS]
    lines = (line for text in sources for line in _without_own(text))
    driver = _DRIVER.replace("$asked", OBSERVERS).replace("$shown", SHOWN)
    return _BEGIN + "\n".join(lines) + driver


def _without_own(text: str) -> Iterator[str]:
    """Yield the lines of a module without its imports of the application."""
    own = {
        number
        for each in parse(text).body
        if isinstance(each, ast.ImportFrom) and (each.module or "").partition(".")[0] in _OWN
        for number in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    }
    yield from (line for number, line in enumerate(text.splitlines(), 1) if number not in own)
