"""Damages archives at random and reads them: ``python -m tools.hostile_archives FOLDER [COUNT]``.

Each file of the folder is an archive of a model. What is left of it has to end in a project or in
a sentence, within 5 s of CPU, and nothing else.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from typing import Final

from codegen.archives.reading import read_archive
from graph_model.inference.infer import infer_project
from graph_model.problems import Refusal

_LONGEST: Final = 5.0
_MOST: Final = 2_000_000
"""How many bytes an archive may have, so that thousands can be read."""


def damaged(data: bytes, draw: random.Random) -> bytes:
    """Return bytes of which some are others, gone, doubled, or those of another place."""
    found = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        place, length = draw.randrange(len(found)), draw.randint(1, 16)
        match draw.randrange(5):
            case 0:
                found[place] = draw.randrange(256)
            case 1:
                del found[place : place + length]
            case 2:
                found[place:place] = found[place : place + length]
            case 3:
                other = draw.randrange(len(found))
                found[place : place + length] = found[other : other + length]
            case _:
                found[place] = draw.choice((0, 1, 0x7F, 0x80, 0xFF))
        if not found:
            return b"\0"
    return bytes(found[: draw.randrange(len(found))] if draw.random() < 0.1 else found)


def damaged_within(data: bytes, draw: random.Random) -> bytes:
    """Return a zip archive of which one file is damaged: mostly one that says how it is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        texts = [each for each in old.namelist() if each.endswith((".json", ".py", ".pkl"))]
        chosen = draw.choice(texts)
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                content = (
                    _other_value(content, draw) if draw.random() < 0.7 else damaged(content, draw)
                )
            new.writestr(name, content)
    return made.getvalue()


def _other_value(content: bytes, draw: random.Random) -> bytes:
    """Return a text with a number or a word of it in the place of another."""
    found = [*re.finditer(rb'-?[0-9]+|"[^"]*"|[A-Za-z_]+', content)]
    if not found:
        return content
    place, other = draw.choice(found), draw.choice(found)
    value = draw.choice((other[0], b"-1", b"0", b"99999999999", b"null", b"[]", b"{}", b'""'))
    return content[: place.start()] + value + content[place.end() :]


def main(folder: Path, count: int, seed: int) -> int:
    """Damage and read ``count`` archives; return how many ended otherwise than they should."""
    draw = random.Random(seed)
    files = [each for each in sorted(folder.iterdir()) if each.stat().st_size <= _MOST]
    ends: Counter[str] = Counter()
    slowest, bad = 0.0, 0
    with tempfile.TemporaryDirectory() as place:
        for _ in range(count):
            file = draw.choice(files)
            path = Path(place) / f"damaged{file.suffix}"
            data = file.read_bytes()
            is_zip = data[:2] == b"PK" and draw.random() < 0.8
            path.write_bytes(damaged_within(data, draw) if is_zip else damaged(data, draw))
            began = time.process_time()
            try:
                infer_project(read_archive(path).project)
                ends["read"] += 1
            except Refusal as refusal:
                ends[f"a sentence: {refusal.problem.code}"] += 1
            except Exception:  # which is what is looked for
                bad += 1
                error = traceback.format_exc().splitlines()
                places = [each.strip() for each in error if "File " in each]
                ends[f"{error[-1][:80]} at {places[-1][-90:]}"] += 1
            took = time.process_time() - began
            slowest = max(slowest, took)
            if took > _LONGEST:
                bad += 1
                ends[f"{took:.1f} s"] += 1
    for end, times in ends.most_common():
        print(f"{times:6} {end}")
    print(f"{count} archives, {bad} bad, the slowest {slowest:.2f} s")
    return bad


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[2:]]
    count, seed = given[0] if given else 1000, given[1] if len(given) > 1 else 0
    sys.exit(main(Path(sys.argv[1]), count, seed) > 0)
