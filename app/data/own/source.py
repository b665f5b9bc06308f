"""Python text of one's own as data: it runs where it is allowed, and nowhere else."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.bytes import format_bytes
from app.data.dataset import LIMIT, Array, Dataset, classified, describe_arrays, existing, refuse
from app.permission import allowed
from graph_model.custom_layers.known import digest
from graph_model.files.plain_file import read_start
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.values import Arguments

_LARGEST: Final = 2**22
"""How many bytes of text are read, many times what anybody writes."""
_MEMORY: Final = 16 * 2**30
_GRACE: Final = 5.0
"""How many seconds later a process is killed that has not ended itself."""
_LINE: Final = re.compile(r'File "<own data>", line (\d+)')
_MOST_CLASSES: Final = 1000


def load(arguments: Arguments) -> Dataset:
    """Run the text in a process of its own, and make samples of what it yields."""
    path = existing(arguments["path"], "file")
    text = text_of(path)
    if digest(text) not in allowed():
        refuse("python_not_allowed", path=path)
    arrays = _run(path, text, arguments)
    data = _dataset(path, arrays["features"], arrays["target"])
    if len(data) != arguments["samples"]:
        return data
    note = Problem("python_perhaps_more", {"count": f"{len(data):,}"}, parameter="data.samples")
    return replace(data, facts=replace(data.facts, notes=(note,)))


def text_of(path: Path) -> str:
    """Return the text of a file, exactly as it is allowed or not."""
    try:
        raw = read_start(path, _LARGEST + 1)
        if len(raw) > _LARGEST:
            refuse("data_text_too_large", path=path, got=format_bytes(path.stat().st_size),
                   limit=format_bytes(_LARGEST))  # fmt: skip
        return raw.decode()
    except UnicodeDecodeError:
        refuse("data_binary_text", path=path)
    except OSError as error:
        refuse("data_unreadable", path=path, reason=error.strerror or error)


def _run(path: Path, text: str, arguments: Arguments) -> dict[str, Array]:
    seconds = float(str(arguments["seconds"]))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "arrays.npz"
        request = {
            "text": text,
            "digest": digest(text),
            "most": arguments["samples"],
            "seconds": seconds,
            "size": LIMIT,
            "size_text": format_bytes(LIMIT),
            "memory": _MEMORY,
            "file": str(file),
        }
        told, status = _asked(request, path.parent, seconds + _GRACE)
        answer = _answer(told)
        if answer is None:
            found = _LINE.search(told)
            line = found[1] if found else "–"
            if "Timeout" in told or status is None:
                refuse("python_too_slow", path=path, line=line, limit=f"{seconds:g}")
            refuse("python_crashed", path=path, status=status)
        if answer:
            refuse(str(answer["code"]), path=path, **answer["values"])
        with np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in ("features", "target")}


def _asked(request: dict[str, Any], folder: Path, seconds: float) -> tuple[str, int | None]:
    """Return what the process tells and its exit status; none where it was killed for its time."""
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "app.data.own.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": paths},
        cwd=folder,  # so that a text may open files that lie beside it
        start_new_session=True,  # so that what it starts ends with it
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        told, _ = process.communicate(json.dumps(request) + "\n")
    finally:
        timer.cancel()
        _kill(process)
    return told[-_LARGEST:], None if late.is_set() else process.returncode


def _kill(process: subprocess.Popen[str]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _answer(told: str) -> dict[str, Any] | None:
    """Return the answer, ``None`` where there is none: a text may write there as well."""
    lines = told.strip().splitlines()
    try:
        answer = json.loads(lines[-1]) if lines else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    is_known = not answer or (
        str(answer.get("code", "")).startswith("python_") and isinstance(answer.get("values"), dict)
    )
    return answer if is_known else None


def _dataset(path: Path, features: Array, target: Array) -> Dataset:
    """Words and whole numbers from 0 on are classes, other targets are numbers."""
    if features.dtype.kind == "U":
        refuse("data_bad_array", path=path, array="features", got=features.dtype,
               expected=phrase("numbers"))  # fmt: skip
    if target.dtype.kind == "U" and target.ndim == 1:
        words, labels = np.unique(target, return_inverse=True)
        names = tuple(map(str, words))
    elif _are_classes(target):
        labels = target
        names = tuple(map(str, range(int(target.max()) + 1)))
    else:
        numbers = target.astype(np.float32)
        numbers = numbers.reshape(-1, 1) if numbers.ndim == 1 else numbers
        arrays = {"features": _features(features), "target": numbers}
        return Dataset(arrays, describe_arrays(arrays, "regression"))
    if len(names) < 2:
        refuse("data_too_few", path=path, got=1, what=phrase("classes"), expected=2)
    data = classified(features, labels, names)
    if features.dtype.kind in "iu":
        arrays = {**data.arrays, "features": _features(features)}
        facts = describe_arrays(arrays, "classification", names)
        data = replace(data, arrays=arrays, facts=facts)
    counts = np.bincount(labels.astype(np.int64), minlength=len(names))
    return replace(data, facts=replace(data.facts, class_counts=tuple(map(int, counts))))


def _are_classes(target: Array) -> bool:
    if target.dtype.kind not in "iub" or target.ndim != 1:
        return False
    return bool(target.min() >= 0 and target.max() < _MOST_CLASSES)


def _features(features: Array) -> Array:
    """Whole numbers are indices, all others measurements."""
    return features.astype(np.int64 if features.dtype.kind in "iu" else np.float32)
