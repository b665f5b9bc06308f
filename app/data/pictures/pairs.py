"""Pictures with a partner each: a mask of classes, or another picture to be made of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.dataset import Array, need_memory, refuse
from app.data.pictures.listing import Listed, files_of, part_named
from graph_model.frozen import frozen
from graph_model.phrases import phrase

_SOURCES: Final = frozenset("images image imgs img inputs input pictures x source sources".split())
_PARTNERS: Final = frozenset(
    "masks mask labels label annotations annotation segmentation segmentations gt ground_truth "
    "targets target outputs output y".split()
)
_ENDS: Final = ("_mask", "-mask", "_label", "_labels", "_seg", "_segmentation", "_gt", "_target")
_FEW: Final = 32
_LOOKED_AT: Final = 20


@frozen
class Pairs:
    """Pictures, their partners in the same order, and what has none."""

    listed: Listed
    partners: tuple[str, ...]


def list_pairs(folder: Path) -> Pairs | None:
    """Pair the pictures of two folders by their names; none where folders are not called so."""
    files, left_out = files_of(folder)
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for path in files:
        words = path.split("/")
        found = [word for word in words[:-1] if word.lower() in _SOURCES | _PARTNERS]
        if not found:
            return None
        side = sides[found[0].lower() in _PARTNERS]
        rest = [word for word in words[:-1] if word != found[0]]
        side["/".join([*rest, _stem(words[-1])])] = path
    both = sorted(sides[0].keys() & sides[1].keys())
    if len(both) < 2:
        return None
    lonely = [path for side in sides for key, path in side.items() if key not in both]
    reason = phrase("it has no partner of its name")
    told = [part_named(key) for key in both]
    parts = [part or 0 for part in told] if {0} < {part or 0 for part in told} else []
    order = sorted(range(len(both)), key=lambda place: parts[place] if parts else 0)
    listed = Listed(
        folder,
        tuple(sides[0][both[place]] for place in order),
        (),
        (),
        tuple(parts[place] for place in order if parts),
        (*left_out, *((path, reason) for path in sorted(lonely))),
    )
    return Pairs(listed, tuple(sides[1][both[place]] for place in order))


def are_masks(pairs: Pairs) -> bool:
    """Tell whether partners hold few values, as masks do."""
    step = max(1, len(pairs.partners) // _LOOKED_AT)
    found: set[Any] = set()
    for path in pairs.partners[::step]:
        values = _values(os.path.join(pairs.listed.folder, path))  # noqa: PTH118
        if values is None:
            continue
        found |= {*map(tuple, np.unique(values.reshape(-1, values.shape[2]), axis=0).tolist())}
        if len(found) > _FEW:
            return False
    return True


def read_masks(
    listed: Listed, partners: Sequence[str], how: Mapping[str, Any]
) -> tuple[Array, tuple[str, ...]]:
    """Return the index of the class at each place of each mask, and the names of the classes."""
    height, width = how["height"], how["width"]
    need_memory(listed.folder, 12 * len(partners) * height * width)
    codes = np.empty((len(partners), height, width), np.int32)
    for place, path in enumerate(partners):
        whole = os.path.join(listed.folder, path)  # noqa: PTH118
        values = _values(whole, how)
        if values is None:
            refuse(
                "data_unreadable", path=whole, reason=phrase("it is no picture that can be read")
            )
        codes[place] = sum(
            values[..., at].astype(np.int32) << (8 * at) for at in range(values.shape[2])
        )
    found, indices = np.unique(codes, return_inverse=True)
    if len(found) < 2:
        what = phrase("classes")
        refuse("data_too_few", path=listed.folder, got=len(found), what=what, expected=2)
    if found[0] == 0 and 2 * len(found) > int(found[-1]):
        return codes.astype(np.int64), tuple(map(str, range(int(found[-1]) + 1)))
    return indices.reshape(codes.shape).astype(np.int64), tuple(map(str, found.tolist()))


def _values(path: str, how: Mapping[str, Any] | None = None) -> Array | None:
    """Return the values of a mask as they are stored, ``(height, width, channels)``."""
    from PIL import Image, ImageOps

    nearest = Image.Resampling.NEAREST
    try:
        with Image.open(path) as opened:
            mode = opened.mode if opened.mode in ("L", "P", "RGB") else "L"
            mask = opened.convert("RGB" if opened.mode == "RGBA" else mode)
    except Exception:  # Pillow's readers of broken files raise anything
        return None
    if how is not None:
        size = (how["width"], how["height"])
        if how["fit"] == "crop":
            mask = ImageOps.fit(mask, size, nearest)
        elif how["fit"] == "pad":
            mask = ImageOps.pad(mask, size, nearest, 0)
        else:
            mask = mask.resize(size, nearest)
    values = np.asarray(mask)
    return values[..., None] if values.ndim == 2 else values


def _stem(name: str) -> str:
    stem = os.path.splitext(name)[0]  # noqa: PTH122
    return next((stem.removesuffix(end) for end in _ENDS if stem.endswith(end)), stem)
