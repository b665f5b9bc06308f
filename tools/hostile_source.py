"""Damages PyTorch source at random and reads it: ``python -m tools.hostile_source [COUNT] [SEED]``.

Each damaged text has to end in a project or in a sentence, within 5 s of CPU, and nothing else.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from codegen.importing.source import read_source
from graph_model.inference.infer import infer_project
from graph_model.problems import Refusal

_SOURCES: Final = Path(__file__).parent.parent / "tests" / "codegen" / "importing" / "sources"
_LONGEST: Final = 5.0
_TOKENS: Final = re.compile(r"\w+|[^\w\s]")
_ODD: Final = (
    "None", "-1", "0", "1e9", "10**12", "'x'", "[]", "{}", "()", "x", "self", "torch", "nn.Linear",
    "lambda: 0", "float('nan')", "True", "...", "[[1]]", "nn.Linear(2, 2)", "torch.zeros(2)",
)  # fmt: skip


def _drop_line(text: str, draw: random.Random) -> str:
    lines = text.splitlines()
    del lines[draw.randrange(len(lines))]
    return "\n".join(lines)


def _swap_lines(text: str, draw: random.Random) -> str:
    lines = text.splitlines()
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _odd_value(text: str, draw: random.Random) -> str:
    found = [*re.finditer(r"\b\d+\b|\b[a-z_]\w*\b", text)]
    place = draw.choice(found)
    return text[: place.start()] + draw.choice(_ODD) + text[place.end() :]


def _other_token(text: str, draw: random.Random) -> str:
    found = [*_TOKENS.finditer(text)]
    place, other = draw.choice(found), draw.choice(found)
    return text[: place.start()] + other[0] + text[place.end() :]


def _drop_token(text: str, draw: random.Random) -> str:
    place = draw.choice([*_TOKENS.finditer(text)])
    return text[: place.start()] + text[place.end() :]


_WAYS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _drop_line, _swap_lines, _odd_value, _odd_value, _other_token, _drop_token,
)  # fmt: skip


def main(count: int, seed: int) -> int:
    """Damage and read ``count`` texts; return how many ended otherwise than they should."""
    draw = random.Random(seed)
    texts = [each.read_text("utf-8") for each in sorted(_SOURCES.glob("*.py"))]
    ends: Counter[str] = Counter()
    slowest, bad = 0.0, 0
    for _ in range(count):
        text = draw.choice(texts)
        for _ in range(draw.randint(1, 3)):
            text = draw.choice(_WAYS)(text, draw)
        began = time.process_time()
        try:
            infer_project(read_source(text).project)
            ends["read"] += 1
        except Refusal:
            ends["a sentence"] += 1
        except Exception:  # which is what is looked for
            bad += 1
            error = traceback.format_exc().splitlines()
            places = [
                each.strip() for each in error if "codegen/" in each or "graph_model/" in each
            ]
            ends[f"{error[-1][:80]} at {places[-1][-60:] if places else ''}"] += 1
        took = time.process_time() - began
        slowest = max(slowest, took)
        if took > _LONGEST:
            bad += 1
            ends[f"{took:.1f} s"] += 1
    for end, times in ends.most_common():
        print(f"{times:6} {end}")
    print(f"{count} texts, {bad} bad, the slowest {slowest:.2f} s")
    return bad


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(given[0] if given else 1000, given[1] if len(given) > 1 else 0) > 0)
