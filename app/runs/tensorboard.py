"""Runs as logs of TensorBoard, and scalars that TensorBoard logged elsewhere as runs.

Needs tensorboardX, which is optional: see ``docs/dependencies.md``.
"""

from __future__ import annotations

import importlib.util
import json
import math
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.runs.events import EpochEnded, Steps, numbers
from app.runs.folder import EVENTS, log_of
from app.runs.told import told_until
from graph_model.files.plain_file import need_plain_file

_MOST_STEPS: Final = 2**53
_LARGEST_RECORD: Final = 2**24
"""Bytes of one record of a log; those with scalars have a few hundred."""
PATTERN: Final = "events.out.tfevents*"
"""What its logs are called."""
_VALIDATION: Final = ("val", "valid", "validation", "test", "eval", "dev")


def is_available() -> bool:
    """Tell whether tensorboardX is installed."""
    return importlib.util.find_spec("tensorboardX") is not None


def write_logs(run: Path, folder: Path) -> None:
    """Write what a run told as a log of TensorBoard; raises ``OSError``.

    Figures are called ``loss/validation`` and ``accuracy/training``, by epochs' steps; the loss of
    each step is ``loss/step``.
    """
    from tensorboardX import SummaryWriter

    folder.mkdir(parents=True, exist_ok=True)
    with SummaryWriter(str(folder)) as writer:
        for event in told_until(log_of(run), _MOST_STEPS, _MOST_STEPS).events:
            match event:
                case Steps():
                    first = event.step - len(event.losses) + 1
                    for step, loss in enumerate(event.losses, first):
                        writer.add_scalar("loss/step", loss, step)
                    writer.add_scalar("learning_rate", event.learning_rate, event.step)
                    writer.add_scalar("samples_per_second", event.samples_per_second, event.step)
                case EpochEnded():
                    told = {"training": event.train, "validation": event.validation}
                    for split, figures in told.items():
                        for name, value in numbers(figures).items():
                            writer.add_scalar(f"{name}/{split}", value, event.step)


def read_scalars(folder: Path) -> dict[str, dict[int, float]]:
    """Return the scalars that were logged into a folder: by tag, then by step.

    Raises ``OSError`` where its logs cannot be read; what is damaged ends a log.
    """
    found: dict[str, dict[int, float]] = {}
    for log in sorted(folder.glob(PATTERN)):
        for step, tag, value in _scalars(log):
            found.setdefault(tag, {})[step] = value
    return found


def import_scalars(scalars: Mapping[str, Mapping[int, float]], run: Path) -> None:
    """Make the folder of a run of scalars that were logged elsewhere; raises ``OSError``.

    A step at which something of a validation split is told ends an epoch; where nothing is, each
    step does.
    """
    figures = {tag: figure_of(tag) for tag in scalars}
    ends = {step for tag, (_, split) in figures.items() if split for step in scalars[tag]}
    ends = ends or {step for steps in scalars.values() for step in steps}
    lines = [{"event": "started", "device": "elsewhere", "parameters": 0, "epochs": len(ends)}]
    sizes = {"steps_per_epoch": 1, "train_samples": 0, "validation_samples": 0, "test_samples": 0}
    lines[0].update(sizes)
    lines += [_epoch(number, step, scalars, figures) for number, step in enumerate(sorted(ends), 1)]
    lines.append({"event": "finished", "epochs": len(ends), "validation": {}, "stopped": False})
    run.mkdir(parents=True)
    text = "".join(json.dumps(each) + "\n" for each in lines)
    (run / EVENTS).write_text(text, encoding="utf-8")


def _epoch(
    number: int,
    step: int,
    scalars: Mapping[str, Mapping[int, float]],
    figures: Mapping[str, tuple[str, bool]],
) -> dict[str, Any]:
    told: dict[bool, dict[str, float]] = {True: {}, False: {}}
    for tag, values in scalars.items():
        name, is_validation = figures[tag]
        value = values.get(step)
        if value is not None and math.isfinite(value):
            told[is_validation][name] = value
    return {
        "event": "epoch_ended",
        "epoch": number,
        "step": step,
        "train": told[False],
        "validation": told[True],
        "learning_rate": told[False].pop("learning_rate", 0.0),
        "samples_per_second": 0.0,
        "seconds": 0.0,
        "is_best": False,
    }


def figure_of(tag: str) -> tuple[str, bool]:
    """Return the figure that a tag is of, and whether it is one of a validation split.

    ``val_loss``, ``loss/val`` and ``Loss/Validation`` are all the loss on a validation split.
    """
    words = [each for each in tag.lower().replace("/", "_").split("_") if each]
    is_validation = any(each in _VALIDATION for each in words)
    left = [each for each in words if each not in (*_VALIDATION, "train", "training", "epoch")]
    name = "_".join(left) or "value"
    return {"acc": "accuracy", "lr": "learning_rate"}.get(name, name), is_validation


def _scalars(log: Path) -> Iterator[tuple[int, str, float]]:
    """Yield the scalars of one log; its records are as TensorFlow frames them."""
    from tensorboardX.proto.event_pb2 import Event

    need_plain_file(log)
    with log.open("rb") as file:
        while len(head := file.read(12)) == 12:
            (size,) = struct.unpack("<Q", head[:8])
            if size > _LARGEST_RECORD or len(data := file.read(size + 4)) < size + 4:
                return
            event = Event()
            try:
                event.ParseFromString(data[:size])
            except Exception:  # protobuf's own kind, whose name differs between its versions
                return
            for value in event.summary.value:
                number = _number(value)
                if number is not None:
                    yield event.step, value.tag, number


def _number(value: Any) -> float | None:
    """Return a scalar, which newer writers keep as a tensor."""
    if value.HasField("simple_value"):
        return float(value.simple_value)
    if value.HasField("tensor"):
        tensor = value.tensor
        if len(tensor.float_val) == 1:
            return float(tensor.float_val[0])
        if len(tensor.tensor_content) == 4:
            return float(struct.unpack("<f", tensor.tensor_content)[0])
    return None
