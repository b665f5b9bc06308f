"""Pictures of two kinds: without partners, as trainA and trainB hold, or two beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.data.dataset import refuse
from app.data.pictures.listing import Files, Listed, are_two_kinds, parted
from app.data.pictures.reading import looked_at
from graph_model.frozen import frozen

_LOOKED_AT: Final = 50


@frozen
class TwoKinds:
    """Pictures of one kind, in order, and as many of another; the fewer are there several times.

    ``counts`` tells how many there are of each, ``names`` what their folders are called.
    """

    listed: Listed
    others: tuple[str, ...]
    counts: tuple[int, int]
    names: tuple[str, str]


def two_kinds(folder: Path, files: Files) -> TwoKinds:
    """Put pictures of two kinds beside each other, in no order that means anything.

    They lie in trainA and trainB and the like, or in two folders.
    """
    by_part: dict[int, tuple[list[str], list[str]]] = {}
    if are_two_kinds(files.pictures):
        for path in files.pictures:
            part, letter, _ = parted(path) or (0, "", "")
            by_part.setdefault(part, ([], []))[letter == "B"].append(path)
        names = ("A", "B")
    else:
        inner = sorted({path.partition("/")[0] for path in files.pictures if "/" in path})
        if len(inner) != 2:
            refuse("pictures_of_one_kind", parameter="data.target", path=folder, got=len(inner))
        names = (inner[0], inner[1])
        for path in files.pictures:
            if "/" in path:
                by_part.setdefault(0, ([], []))[path.startswith(f"{inner[1]}/")].append(path)
    left, right, parts = list[str](), list[str](), list[int]()
    for part, sides in sorted(by_part.items()):
        first, second = map(sorted, sides)
        count = max(len(first), len(second)) if first and second else 0
        left += [first[place % len(first)] for place in range(count)]
        right += [second[place % len(second)] for place in range(count)]
        parts += [part] * count
    if len(left) < 2:
        refuse("pictures_of_one_kind", parameter="data.target", path=folder, got=1)
    told = tuple(parts) if {0} < {*parts} else ()
    listed = Listed(folder, tuple(left), (), (), told, files.left_out)
    return TwoKinds(listed, tuple(right), (len({*left}), len({*right})), names)


def are_halves(folder: Path, files: Files) -> bool:
    """Tell whether pictures hold two squares beside each other, as those of pix2pix do."""
    step = max(1, len(files.pictures) // _LOOKED_AT)
    found = looked_at([str(folder / path) for path in files.pictures[::step]])
    return len(found) > 1 and all(each.width == 2 * each.height for each in found)
