"""Makes each comparison on offer, with an example.

python -m tools.worked_comparisons [NAME ...]

Trains what *Train → Compare* would, each value with three seeds, and writes ``docs/comparisons.md``
with a picture, a table and the sentence that the program makes of the numbers. The figures of
comparisons that are not named stay as they were told before.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from app.experiments.effects import Effect, Level, effects
from app.experiments.experiment import Experiment
from app.experiments.lesson import deviation
from app.experiments.presets import presets
from app.experiments.trials import Settings, combinations
from app.experiments.values import values_of
from app.experiments_panel.words import TITLES
from app.language.sentences import metric_title
from app.project.examples import BY_NAME, load_example
from app.runs.curves import Curve
from app.runs.events import EpochEnded, Failed, Finished
from app.runs.job import Job
from app.runs_panel.lessons import lessons
from app.runs_panel.svg_curves import COLOURS, curves_svg
from app.training.engine import train
from app.training.samples import read_samples
from graph_model.editing.block_edits import make_block
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.problems import GraphError
from graph_model.values import Value

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "comparisons.md"
PICTURES: Final = ROOT / "docs" / "images" / "comparisons"
_SEEDS: Final = "0..2"
_EXAMPLES: Final[Mapping[str, str]] = {
    "rates": "digits-resnet",
    "optimizers": "digits-resnet",
    "schedules": "digits-resnet",
    "seeds": "digits-resnet",
    "depth": "iris-mlp",
    "dropout": "fashion-mlp",
    "batch_norm": "digits-resnet",
    "l1": "perceptron",
    "l2": "perceptron",
    "early_stopping": "iris-mlp",
    "augmentation": "fashion-augmented",
}
_JUDGED_BY_LOSS: Final = ("depth", "l1", "l2", "early_stopping")
"""Comparisons whose examples nearly always come to the highest accuracy there is."""
_STYLE: Final = (
    "<style>.grid{stroke:#888;stroke-opacity:.5;stroke-width:.6}"
    ".tick{font:11px sans-serif;fill:#888}.name{font:12px sans-serif}</style>"
)
_ABOUT: Final = """# Comparisons

What people often ask of a network, asked of the examples. *Train → Compare* makes each of these
with one click, for any project. Every value is trained with three seeds (but where the seed itself
is asked about); figures are of the best epoch, on the validation split: the mean ± the standard
deviation. The curves are means over the seeds. The sentence is the one that *Runs → Effects* and
reports make of the numbers: it tells values apart only where they differ by more than their runs
do.

This page is made by `python -m tools.worked_comparisons`, on one thread of a CPU.
"""


@frozen
class Trained:
    """What a trial was given, what it came to, and its figure by epoch."""

    settings: Settings
    came_to: float
    by_epoch: Sequence[float]


def main() -> int:
    """Make the comparisons that are named, or all, and write the page."""
    torch.manual_seed(0)
    kept = PICTURES / "figures.json"
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for name in sys.argv[1:] or TITLES:
        print(name, flush=True)
        found = [*_trained(name)]
        told[name] = [[dict(each.settings), each.came_to, [*each.by_epoch]] for each in found]
    runs = {name: [Trained(*each) for each in told[name]] for name in TITLES if name in told}
    PICTURES.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")
    for name, found in runs.items():
        (PICTURES / f"{name}.svg").write_text(_picture(name, found), encoding="utf-8")
    sections = [_section(name, found) for name, found in runs.items()]
    PAGE.write_text("\n".join([_ABOUT, *sections]), encoding="utf-8")
    return 0


def _trained(name: str) -> Iterator[Trained]:
    """Train all that a comparison asks for."""
    project = _project(name)
    usual = read_samples(Job(project)).binding.objectives
    values = {setting: values_of(text) for setting, text in presets(project)[name].items()}
    experiment = Experiment(name, project, usual)
    for settings in combinations({**values, **({} if "seed" in values else {"seed": _seeds()})}):
        yield _run(settings, experiment.project_of(settings), _figure(name))


def _seeds() -> Sequence[str]:
    return values_of(_SEEDS)


def _project(name: str) -> Project:
    """Return the example of a comparison; for depths, with a block that can be repeated."""
    project = load_example(_EXAMPLES[name])
    if name != "depth":
        return project
    ids = [each.id for each in project.network.nodes.values() if each.name in ("linear2", "relu2")]
    return make_block(project, project.main, ids, "Layer")[0]


def _figure(name: str) -> str:
    return "loss" if name in _JUDGED_BY_LOSS else BY_NAME[_EXAMPLES[name]].metric


def _run(settings: Settings, project: Project, figure: str) -> Trained:
    by_epoch: list[float] = []
    for event in train(Job(project, threads=1)):
        if isinstance(event, EpochEnded):
            by_epoch.append(float(str(event.validation[figure])))
        if isinstance(event, Failed):
            raise GraphError(f"{settings}: {event.problem.message}")
        if isinstance(event, Finished):
            print(f"  {settings}: {event.validation[figure]:.4f}", flush=True)
            return Trained(settings, float(str(event.validation[figure])), by_epoch)
    raise GraphError(f"{settings}: no end")


def _asked(name: str, runs: Sequence[Trained]) -> Sequence[Effect]:
    varied = [each for each in runs[0].settings if each != "seed" or name == "seeds"]
    told = [(_values(each.settings), each.came_to) for each in runs]
    return effects(told, varied)


def _values(settings: Settings) -> dict[str, Value]:
    """Return settings with numbers as such, so that they come in the order of their size."""
    found: dict[str, Value] = dict(settings)
    for setting, text in settings.items():
        with suppress(ValueError):
            found[setting] = float(text)
    return found


def _level_name(level: Level) -> str:
    return f"{level.value:g}" if isinstance(level.value, float) else f"{level.value or 'without'}"


def _of_level(level: Level, effect: Effect, runs: Sequence[Trained]) -> Sequence[Trained]:
    return [each for each in runs if _values(each.settings)[effect.setting] == level.value]


def _section(name: str, runs: Sequence[Trained]) -> str:
    (effect,) = _asked(name, runs)
    example, figure = BY_NAME[_EXAMPLES[name]], _figure(name)
    rows = [
        f"| {_level_name(level)} | {level.count} | {_epochs(_of_level(level, effect, runs))} "
        f"| {level.mean:.4f}{f' ± {deviation(level):.2g}' if level.count > 1 else ''} |"
        for level in effect.levels
    ]
    return "\n".join(
        [
            f"## {TITLES[name]}",
            "",
            f"![{TITLES[name]}](images/comparisons/{name}.svg)",
            "",
            f"| `{effect.setting}` of *{example.title}* | runs | epochs | {metric_title(figure)} |",
            "|---|---|---|---|",
            *rows,
            "",
            *(f"**{each}**" for each in lessons([effect], figure)),
            "",
        ]
    )


def _epochs(runs: Sequence[Trained]) -> str:
    """Return how many epochs runs took."""
    return f"{statistics.fmean(len(each.by_epoch) for each in runs):.3g}"


def _picture(name: str, runs: Sequence[Trained]) -> str:
    """Return the curves of the means by value, with their names beside them."""
    (effect,) = _asked(name, runs)
    curves = {}
    for level in effect.levels:
        of_value = [each.by_epoch for each in _of_level(level, effect, runs)]
        curve = Curve()
        means = [statistics.fmean(at) for at in zip(*of_value, strict=False)]
        curve.extend(np.arange(1.0, len(means) + 1), np.array(means))
        curves[_level_name(level)] = curve
    inner = curves_svg(curves, "epochs")
    names = "".join(
        f'<text class="name" x="572" y="{24 + 18 * place}" '
        f'fill="{COLOURS[place % len(COLOURS)]}">{escape(each)}</text>'
        for place, each in enumerate(curves)
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 260" width="820" height="260">'
    return f"{head}{_STYLE}{inner.partition('>')[2].removesuffix('</svg>')}{names}</svg>\n"


if __name__ == "__main__":
    sys.exit(main())
