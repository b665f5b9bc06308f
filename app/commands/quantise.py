"""``layerweft quantise``: a trained network in whole numbers of eight bits."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.commands import FAILED, FINE, UsageError
from app.commands.project import write
from app.commands.runs import table
from app.commands.trained import figure, judged_as_json, trained_in
from app.quantising.trial import SUFFIXES, WAYS, Made, Quantiser, Suffering, Way
from graph_model.problems import Refusal
from graph_model.recipes.within import everything


def run(chosen: argparse.Namespace) -> int:
    """Put the network of a run into eight bits in each way that is asked for, and compare."""
    job, weights = trained_in(chosen.run)
    try:
        quantiser = Quantiser(job, weights)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    made, refused = _made(quantiser, chosen.way or WAYS)
    suffer = sorted(quantiser.sufferings(), key=lambda each: -each.judged.loss)
    files = {each.way: _write(chosen, each) for each in made} if chosen.output else {}
    if chosen.json:
        told = _as_json(quantiser, made, suffer, files) | {"refused": refused}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(quantiser, made, suffer)
        for way, reason in refused.items():
            print(f"{way}: {reason}")
        for path in files.values():
            print(f"Written: {path}")
    return FINE if made else FAILED


def _made(quantiser: Quantiser, ways: Sequence[Way]) -> tuple[list[Made], dict[Way, str]]:
    made: list[Made] = []
    refused: dict[Way, str] = {}
    for way in ways:
        try:
            made.append(quantiser.made(way))
        except Refusal as refusal:
            refused[way] = str(refusal)
    return made, refused


def _write(chosen: argparse.Namespace, made: Made) -> Path:
    path = Path(chosen.output).with_suffix("")
    path = path.with_name(f"{path.name}-{made.way}{SUFFIXES[made.way]}")
    write(path, made.content)
    return path


def _tell(quantiser: Quantiser, made: list[Made], suffer: list[Suffering]) -> None:
    names = {each.path: each.title for each in everything(quantiser.inference)}
    print(f"On {quantiser.samples} samples ({quantiser.split}):")
    rows = [
        ("", "size", "result", "a batch"),
        ("whole", _bytes(quantiser.bytes), figure(quantiser.whole), "1"),
    ]
    rows += [
        (
            each.way,
            f"{_bytes(len(each.content))} ({_times(quantiser.bytes / len(each.content))})",
            figure(each.judged),
            f"{each.time_ratio:.2f}",
        )
        for each in made
    ]
    print(table(rows))
    print("Each layer alone in eight bits, those that suffer most first:")
    print(table([(names.get(each.path, each.path), figure(each.judged)) for each in suffer]))


def _times(ratio: float) -> str:
    return f"{ratio:.2f}× smaller" if ratio >= 1 else f"{1 / ratio:.2f}× larger"


def _bytes(count: int) -> str:
    return f"{count / 1000:,.1f} kB"


def _as_json(
    quantiser: Quantiser, made: list[Made], suffer: list[Suffering], files: dict[Any, Path]
) -> dict[str, Any]:
    return {
        "whole": {"bytes": quantiser.bytes, **judged_as_json(quantiser.whole)},
        "ways": {
            each.way: {
                "bytes": len(each.content),
                "time_ratio": each.time_ratio,
                **judged_as_json(each.judged),
                **({"file": str(files[each.way])} if files else {}),
            }
            for each in made
        },
        "layers": {each.path: judged_as_json(each.judged) for each in suffer},
    }
