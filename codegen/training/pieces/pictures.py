"""Pictures that are read while they are needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from codegen.picture_reading import read_picture


class Pictures:
    """Some pictures: threads read those of a batch when it is asked for, and of the next ones."""

    def __init__(self, kept: dict[str, Any], index: Tensor, device: torch.device) -> None:
        self.how, self.device = kept, device
        self.names = [kept["paths"][row] for row in index.tolist()]
        self.mean, self.deviation = kept["mean"].to(device), kept["deviation"].to(device)
        self.readers = ThreadPoolExecutor(os.cpu_count(), "pictures")
        self.coming: Iterator[tuple[int, ...]] = iter(())
        self.ahead: dict[tuple[int, ...], list[Future[Tensor]]] = {}
        self.unreadable: dict[int, str] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.names)

    def expect(self, batches: Iterable[Tensor]) -> None:
        """Tell which batches will be asked for, so that two are always being read ahead."""
        self.forget()
        self.coming = (tuple(batch.tolist()) for batch in batches)

    def forget(self) -> None:
        """Give up what is being read ahead."""
        for each in (future for futures in self.ahead.values() for future in futures):
            each.cancel()
        self.ahead = {}

    def __getitem__(self, which: slice) -> Tensor:
        """Return some in order; those that follow are read ahead."""
        places = range(len(self))
        rows, size = tuple(places[which]), len(places[which])
        self.coming = iter([tuple(places[which.stop : which.stop + size])])
        return self.taken(rows)

    def index_select(self, _: int, which: Tensor) -> Tensor:
        """Return those at these places."""
        return self.taken(tuple(which.tolist()))

    def taken(self, rows: tuple[int, ...]) -> Tensor:
        """Return some, and have others read meanwhile."""
        found = self.ahead.pop(rows, None) or self.begun(rows)
        for coming in islice(self.coming, max(0, 2 - len(self.ahead))):
            if coming and coming != rows:
                self.ahead[coming] = self.begun(coming)
        return self.finished(self.whole(rows, found))

    def whole(self, rows: tuple[int, ...], coming: list[Future[Tensor]]) -> Tensor:
        """Return what is read of some."""
        read = [self.result(row, each) for row, each in zip(rows, coming, strict=True)]
        return torch.stack(read).to(self.device)

    def finished(self, pictures: Tensor) -> Tensor:
        """Return pictures as the model takes them."""
        whole = pictures.permute(0, 3, 1, 2).contiguous()
        return whole.float().div_(255).sub_(self.mean).div_(self.deviation)

    def begun(self, rows: tuple[int, ...]) -> list[Future[Tensor]]:
        """Begin to read pictures."""
        return [self.readers.submit(self.read, self.names[row]) for row in rows]

    def result(self, row: int, coming: Future[Tensor]) -> Tensor:
        """Return the numbers of a picture; where it cannot be read, it is told, and black."""
        try:
            numbers = coming.result()
        except RuntimeError as error:
            if row not in self.unreadable:
                print(error, file=sys.stderr)
            self.unreadable[row] = str(error)
            return self.blank()
        self.unreadable.pop(row, None)
        return numbers

    def blank(self) -> Tensor:
        """Return what stands in the place of a picture that cannot be read."""
        sides = (self.how[side] for side in ("height", "width", "channels"))
        return torch.zeros(*sides, dtype=torch.uint8)

    def read(self, name: str) -> Tensor:
        """Return the numbers of a picture from 0 to 255, mostly bytes: height, width, channels."""
        path = Path(self.how["folder"], name)
        try:
            picture = read_picture(path, self.how)
        except Exception as error:  # a damaged file may raise anything
            raise RuntimeError(f"{path} cannot be read: {error}") from error
        dtype = torch.float32 if picture.mode == "F" else torch.uint8
        numbers = torch.frombuffer(bytearray(picture.tobytes()), dtype=dtype)
        shaped = numbers.reshape(picture.height, picture.width, -1)
        return shaped.expand(-1, -1, self.how["channels"])


def readable(rows: Tensor, batch: Iterable[Tensor], samples: list[Any]) -> list[Tensor]:
    """Return the numbers of samples and the samples, without those that cannot be read."""
    found = [rows, *batch]
    pictures = [each for each in samples if isinstance(each, Pictures)]
    kept = [
        place
        for place, row in enumerate(rows.tolist())
        if not any(row in each.unreadable for each in pictures)
    ]
    if not kept:
        reasons = (reason for each in pictures for reason in each.unreadable.values())
        raise RuntimeError(f"no picture of a batch can be read: {next(reasons)}")
    return found if len(kept) == len(rows) else [each[kept] for each in found]


def unreadable(samples: list[Any]) -> dict[str, Any]:
    """Return how many pictures cannot be read and why the first cannot, nothing if all can."""
    reasons = [
        reason
        for each in samples
        if isinstance(each, Pictures)
        for reason in each.unreadable.values()
    ]
    return {"unreadable": len(reasons), "first_unreadable": min(reasons)} if reasons else {}


def read_ahead(batches: tuple[Tensor, ...], samples: list[Any]) -> tuple[Tensor, ...]:
    """Return batches of indices, having told pictures what will be asked for."""
    for each in samples:
        if isinstance(each, Pictures):
            each.expect(batches)
    return batches
