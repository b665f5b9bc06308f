"""A report of a run, or of several compared: one HTML file that needs nothing else to be read.

It has no scripts and asks for nothing from elsewhere: text, tables and SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.experiments.effects import effects
from app.language.i18n import translations
from app.language.sentences import fix_words, metric_title, problem_sentence, translate
from app.runs.columns import figure_keys
from app.runs.comparison import Comparison
from app.runs.curves import Curve
from app.runs.notices import Notice, Remedy, notices_of, way_to
from app.runs.store import trained_project
from app.runs.summaries import Summary
from app.runs_panel.comparing import STEPS, TRAIN, Epochs, curve_of, figures_of, read, sections
from app.runs_panel.figure_choice import figure_of, varied
from app.runs_panel.lessons import lessons
from app.runs_panel.svg_curves import COLOURS, curves_svg
from app.runs_panel.words import cell_text, column_title, value_text
from graph_model.layers.card import format_value

_MOST: Final = 24
"""How many runs are set side by side; more are no table to be read."""
_FACTS: Final = (
    *("network", "experiment", "began", "outcome", "epochs_done", "duration"),
    *("parameters", "samples", "device", "host", "tags", "note"),
)
_STYLE: Final = """
:root { color-scheme: light dark; --muted: #6e7581; --line: #d9dce3; }
@media (prefers-color-scheme: dark) { :root { --muted: #9aa1ad; --line: #3a3f4a; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 32px auto;
  padding: 0 20px; }
h1 { font-size: 26px; } h2 { font-size: 19px; margin-top: 36px; }
table { border-collapse: collapse; margin: 8px 0; }
th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line);
  vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; } .muted, caption, figcaption { color: var(--muted); }
.wide { overflow-x: auto; } .figures { display: flex; flex-wrap: wrap; gap: 24px; }
figure { margin: 0; flex: 1 1 480px; max-width: 640px; } svg.curves { width: 100%; height: auto; }
.grid { stroke: var(--line); stroke-width: 1; } .tick { font-size: 11px; fill: var(--muted); }
.drawing svg { max-width: 100%; height: auto; } .dot { font-size: 18px; }
"""
_WIDTH: Final = '<meta name="viewport" content="width=device-width">'
_EFFECTS: Final[tuple[Any, ...]] = (
    QT_TRANSLATE_NOOP("Report", "Setting"),
    QT_TRANSLATE_NOOP("Report", "Value"),
    QT_TRANSLATE_NOOP("Report", "Runs"),
    QT_TRANSLATE_NOOP("Report", "Mean"),
    QT_TRANSLATE_NOOP("Report", "Standard error"),
)
_NOTICED: Final[tuple[Any, ...]] = (
    QT_TRANSLATE_NOOP("Report", "Run"),
    QT_TRANSLATE_NOOP("Report", "Step"),
    QT_TRANSLATE_NOOP("Report", "Where"),
    QT_TRANSLATE_NOOP("Report", "What was noticed"),
    QT_TRANSLATE_NOOP("Report", "What would mend it"),
)


def report(runs: Sequence[Summary], drawings: Mapping[Path, str] | None = None) -> str:
    """Return the report of these runs; ``drawings`` are SVG texts of what some of them trained."""
    found = read([each.run.folder for each in runs])
    title = (
        runs[0].name
        if len(runs) == 1
        else translate("Report", "Comparison of {0} runs").format(len(runs))
    )
    parts = [f"<h1>{escape(title)}</h1>", _muted(_made())]
    parts += _one(runs[0]) if len(runs) == 1 else _several(runs[:_MOST], found.comparison)
    parts += _notices(runs[:_MOST])
    parts += _curves(runs[:_MOST], found.epochs)
    if len(runs) > 2:
        parts += _effects(runs)
    parts += _drawings(runs, drawings or {})
    parts += [part for each in runs[:_MOST] for part in _settings(each)]
    head = f'<meta charset="utf-8">{_WIDTH}<title>{escape(title)}</title><style>{_STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="{_language()}"><head>{head}</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _language() -> str:
    return translations().language.replace("_", "-") or "en"


def _made() -> str:
    words = translate("Report", "Made by Layerweft on {0}.")
    return words.format(f"{datetime.now():%Y-%m-%d %H:%M}")


def _one(run: Summary) -> Iterator[str]:
    """Yield what is known of a single run, and what it reached."""
    rows = [(column_title(key, is_figure=False), cell_text(run, key)) for key in _FACTS]
    yield _table((row for row in rows if row[1]), ())
    yield _heading(translate("Report", "Figures"))
    figures = [
        (column_title(key, is_figure=True), cell_text(run, key)) for key in figure_keys([run])
    ]
    yield _table(figures, ())


def _several(runs: Sequence[Summary], comparison: Comparison | None) -> Iterator[str]:
    """Yield what differs between runs."""
    names = ("", *(each.name for each in runs))
    for section in sections(runs, comparison):
        yield _heading(section.title)
        if section.rows:
            yield _table(((name, *texts) for name, texts in section.rows), names)
        else:
            yield _muted(translate("Report", "the same"))


def _notices(runs: Sequence[Summary]) -> Iterator[str]:
    """Yield what looked wrong while they trained: when, where, and what would mend it."""
    rows = [
        (run.name, *row)
        for run in runs
        for row in map(_notice, notices_of(run.run.folder), repeat(run.run.folder))
    ]
    yield _heading(translate("Report", "Noticed while training"))
    if not rows:
        yield _muted(translate("Report", "Nothing looked wrong."))
        return
    first = 1 if len(runs) == 1 else 0  # whose it was is known of a single run
    titles = tuple(translate("Report", each) for each in _NOTICED)
    yield _table((row[first:] for row in rows), titles[first:])


def _notice(notice: Notice, folder: Path) -> tuple[str, ...]:
    noticed = notice.noticed
    where = " › ".join(way_to(trained_project(folder), noticed.path))
    return (
        f"{noticed.step}",
        where or translate("Report", "the recipe"),
        problem_sentence(noticed.problem),
        " · ".join(map(_remedy, notice.remedies)),
    )


def _remedy(remedy: Remedy) -> str:
    return fix_words(remedy.code, remedy.values or {}) if remedy.code else remedy.words


def _curves(runs: Sequence[Summary], epochs: Epochs) -> Iterator[str]:
    """Yield a picture of each figure; of a single run with that of the training beside it."""
    yield _heading(translate("Report", "Curves"))
    pictures = []
    for figure in figures_of(epochs):
        if figure.startswith(TRAIN):
            continue
        curves = _curves_of(runs, epochs, figure)
        picture = curves_svg(curves, translate("Report", "steps"))
        if picture:
            title = translate("Report", "Validation {0}").format(metric_title(figure))
            if len(runs) == 1:
                title = metric_title(figure)
            pictures.append(_figure(title, curves, picture))
    yield f'<div class="figures">{"".join(pictures)}</div>'


def _curves_of(runs: Sequence[Summary], epochs: Epochs, figure: str) -> dict[str, Curve]:
    if len(runs) > 1:
        return {each.name: curve_of(epochs[each.run.folder], figure, STEPS) for each in runs}
    (only,) = epochs.values()
    return {
        translate("Report", "validation"): curve_of(only, figure, STEPS),
        translate("Report", "training"): curve_of(only, TRAIN + figure, STEPS),
    }


def _figure(title: str, curves: Mapping[str, Curve], picture: str) -> str:
    shown = [name for name, curve in curves.items() if len(curve)]
    legend = " ".join(
        f'<span class="dot" style="color:{COLOURS[number % len(COLOURS)]}">●</span> {escape(name)}'
        for number, name in enumerate(shown)
    )
    return f"<figure><figcaption>{escape(title)} {legend}</figcaption>{picture}</figure>"


def _effects(runs: Sequence[Summary]) -> Iterator[str]:
    """Yield what each setting does to the loss on the validation split."""
    told = [(each.settings, figure_of(each, "loss")) for each in runs]
    found = effects(told, varied(runs))
    if not found:
        return
    yield _heading(translate("Report", "Effects on the validation loss"))
    yield from (f"<p>{escape(each)}</p>" for each in lessons(found, "loss"))
    titles = tuple(translate("Report", each) for each in _EFFECTS)
    rows = []
    for effect in found:
        share = translate("Report", "{0} (explains {1} %)")
        name = share.format(effect.setting, f"{100 * effect.share:.0f}")
        for level in effect.levels:
            value = value_text(level.value, effect.setting)
            figures = (str(level.count), f"{level.mean:.4g}", f"{level.error:.2g}")
            rows.append((name, value, *figures))
            name = ""
    yield _table(rows, titles)


def _drawings(runs: Sequence[Summary], drawings: Mapping[Path, str]) -> Iterator[str]:
    """Yield the networks, each once however many runs trained it."""
    shown: dict[str, list[str]] = {}
    for each in runs:
        drawing = drawings.get(each.run.folder)
        if drawing is not None:
            shown.setdefault(drawing, []).append(each.name)
    for drawing, names in shown.items():
        yield _heading(translate("Report", "Network"))
        if len(runs) > 1:
            yield _muted(", ".join(names))
        yield f'<div class="drawing">{drawing[drawing.index("<svg") :]}</div>'


def _settings(run: Summary) -> Iterator[str]:
    words = translate("Report", "All settings of {0}").format(run.name)
    rows = (
        (name, "" if each is None else format_value(each)) for name, each in run.settings.items()
    )
    yield f"<details><summary>{escape(words)}</summary>{_table(rows, ())}</details>"


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _muted(words: str) -> str:
    return f'<p class="muted">{escape(words)}</p>'


def _table(rows: Iterable[Sequence[str]], titles: Sequence[str]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in titles)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'
