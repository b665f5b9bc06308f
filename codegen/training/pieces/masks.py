"""Masks that are read while they are needed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from codegen.mask_reading import read_mask
from codegen.training.pieces.pictures import Pictures


class Masks(Pictures):
    """The class at each place of some masks, which are read as pictures are."""

    def blank(self) -> Tensor:
        """Return what stands in the place of a mask that cannot be read."""
        sides = (self.how[side] for side in ("height", "width"))
        return torch.zeros(*sides, dtype=self.how["classes"].dtype)

    def finished(self, masks: Tensor) -> Tensor:
        """Return masks as the loss takes them."""
        return masks

    def counts(self, classes: int) -> Tensor:
        """Return how many places have each class, of all masks that can be read."""
        found = torch.zeros(classes, dtype=torch.long, device=self.device)
        for row in range(len(self)):
            mask = self[row : row + 1].long()
            if row not in self.unreadable:
                found += torch.bincount(mask[mask >= 0], minlength=classes)
        return found

    def read(self, name: Any) -> Tensor:
        """Return the class at each place of a mask."""
        is_packed = isinstance(name, bytes)
        path = "a mask" if is_packed else Path(self.how["folder"], name)
        try:
            mask = read_mask(BytesIO(name) if is_packed else path, self.how)
            return self.classes_of(codes_of(mask, self.how["is_blurred"]))
        except Exception as error:  # a damaged file may raise anything
            raise RuntimeError(f"{path} cannot be read: {error}") from error

    def classes_of(self, codes: Tensor) -> Tensor:
        """Return the classes that the values of a mask stand for."""
        known, classes = self.how["codes"], self.how["classes"]
        places = torch.searchsorted(known, codes).clamp(max=len(known) - 1)
        strange = codes[known[places] != codes]
        if len(strange):
            raise ValueError(f"it has the value {int(strange[0])}, which is no class")
        found: Tensor = classes[places]
        if (found == -100).all():
            raise ValueError("every place of it is to be ignored")
        return found


def codes_of(mask: Any, is_blurred: bool) -> Tensor:
    """Return one number for each place of a mask: its level, or its colour from 2^24 on."""
    dtype = torch.int32 if mask.mode == "I" else torch.uint8
    numbers = torch.frombuffer(bytearray(mask.tobytes()), dtype=dtype).int()
    first, *others = numbers.reshape(mask.height, mask.width, -1).unbind(2)
    if is_blurred:
        return torch.where(first < 128, 0, 255).int()
    if not others:
        return first.contiguous()
    green, blue = others
    colour = (1 << 24) + (first << 16) + (green << 8) + blue
    return torch.where((first == green) & (green == blue), first, colour)
