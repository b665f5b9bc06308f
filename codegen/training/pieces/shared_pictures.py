"""Pictures that several processes read together."""

from __future__ import annotations

import os
from concurrent.futures import Future
from pathlib import Path

import torch
from torch import Tensor, distributed

from codegen.training.pieces.pictures import Pictures

RANK = int(os.environ.get("RANK", "0"))
PROCESSES = int(os.environ.get("WORLD_SIZE", "1"))


class SharedPictures(Pictures):
    """Pictures of which each process reads its share, and is given the others."""

    def begun(self, rows: tuple[int, ...]) -> list[Future[Tensor]]:
        """Begin to read the share of this process."""
        return super().begun(rows[RANK::PROCESSES])

    def whole(self, rows: tuple[int, ...], coming: list[Future[Tensor]]) -> Tensor:
        """Return what all processes have read of some; they agree on what cannot be read."""
        own, blank = rows[RANK::PROCESSES], self.blank()
        read = [self.result(row, each) for row, each in zip(own, coming, strict=True)]
        told = torch.zeros(len(rows) + 1, dtype=torch.uint8)
        told[:-1][RANK::PROCESSES] = torch.tensor([row in self.unreadable for row in own])
        told[-1] = any(each.is_floating_point() for each in read)
        told = told.to(self.device)
        if PROCESSES > 1:
            distributed.all_reduce(told, distributed.ReduceOp.MAX)
        dtype = torch.float32 if told[-1] else blank.dtype
        found = torch.zeros(len(rows), *blank.shape, dtype=dtype, device=self.device)
        if read:
            found[RANK::PROCESSES] = torch.stack(read).to(found)
        if PROCESSES > 1:
            distributed.all_reduce(found)
        for row, is_lost in zip(rows, told[:-1].tolist(), strict=True):
            if not is_lost:
                self.unreadable.pop(row, None)
            elif row not in self.unreadable:
                self.unreadable[row] = f"{self.named(row)} cannot be read by another process"
        return found

    def named(self, row: int) -> str:
        """Return what a picture is called."""
        name = self.names[row]
        return str(Path(self.how["folder"], name)) if isinstance(name, str) else "a mask"
