"""The script that predicts as a training is predicted from here: which ways lead into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.data.dataset import UNSEEN
from app.data.preprocessing import Preprocessing
from app.data.tables.rules import DECIMALS, THOUSANDS
from app.training.samples import Samples
from codegen.predicting.script import predicting_script
from codegen.predicting.table_forms import FUNCTIONS, SUFFIXES
from codegen.predicting.ways import LIES, Cells, Entrance, Reading
from codegen.training.plan import Plan


def predict_text(samples: Samples, plan: Plan, module: str = "model") -> str:
    """Return ``predict.py`` for the samples of a run, nothing where no result says anything."""
    if not plan.judged:
        return ""
    return predicting_script(plan, samples.inference, _reading(samples.preprocessing), module)


def has_words(done: Preprocessing) -> bool:
    """Tell whether some columns of the features hold words."""
    return any(name in done.categories for name in done.columns)


def _cells(done: Preprocessing) -> Cells:
    """Return how the text of a table was read, the usual for what comes from no file."""
    if not done.rules:
        return Cells()
    rules, usual = done.rules, {",", ";", "\t"}
    form = form_of(Path(str(done.data.arguments.get("path", ""))))
    skip = 0 if form in FUNCTIONS else rules["skip"]
    is_guessed = (
        rules["header"] == "yes"
        and rules["decimal"] == "point"
        and rules["delimiter"] in usual
        and not rules["comment"]
        and not skip
        and rules["quotes"]
    )
    return Cells(
        form=form,
        encoding=rules["encoding"],
        delimiter="" if is_guessed else rules["delimiter"],
        decimal=DECIMALS[rules["decimal"]],
        thousands=THOUSANDS[rules["thousands"]],
        has_quotes=rules["quotes"],
        comment=rules["comment"],
        skip=skip,
        is_headless=rules["header"] == "no",
        is_trailing=rules["trailing"],
        has_twins=rules["twins"],
        has_dates=bool(done.dates),
        has_gaps=bool(done.gaps or done.word_fillings),
        knows_missing=True,
        has_fills=any(each.fill is not None for each in done.entrances),
        has_signs=rules["signs"],
        has_suffixes="suffixes" in rules,
        has_parts="apart" in rules,
        joins_columns="together" in rules,
        ignores_case="ignores_case" in rules,
        has_numbered_words=any(
            all(word == UNSEEN or word.replace(".", "", 1).isdigit() for word in words)
            for words in done.categories.values()
        ),
    )


def form_of(path: Path) -> str:
    """Return what form a table has by its name: nothing for plain text."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return "packed"
    return next((form for form, suffixes in SUFFIXES.items() if suffix in suffixes), "")


def _reading(done: Preprocessing) -> Reading:
    texts = done.done.get("text", {}).get("columns", {})
    pictures = done.done.get("pictures_of", {})
    entrances = tuple(
        Entrance(
            each.array,
            each.scaling is not None and not each.scaling.by_sample,
            is_features=each.array == done.features and each.array not in (*texts, *pictures),
            is_text=each.array in texts,
            is_picture=each.array in pictures,
            is_word=each.array in done.categories,
            is_date=each.array in done.dates,
            by_sample=each.scaling is not None and each.scaling.by_sample,
        )
        for each in done.entrances
    )
    text = done.done.get("text")
    if text is not None and not texts:
        goes_on = text["task"] == "next_token"
        return Reading(
            entrances,
            tokens=text["tokens"],
            lowercase=text["lowercase"],
            goes_on=goes_on,
            text_column="text_column" in done.done,
            cells=_cells(done),
        )
    if "sound" in done.done:
        bands = done.done["sound"]["bands"]
        return Reading(entrances, sound="spectrogram" if bands else "wave")
    if "series" in done.done:
        series = done.done["series"]
        steps = series["steps"]["unit"] if series["steps"] else ""
        cells = replace(_cells(done), has_dates=bool(series["forms"]))
        return Reading(
            entrances, series=True, has_times=bool(series["time"]), steps=steps, cells=cells
        )
    if done.columns or done.rules:
        has_texts = any(each.is_text for each in entrances)
        return Reading(
            entrances,
            table=True,
            has_words=has_words(done),
            cells=_cells(done),
            cell_tokens=text["tokens"] if text and has_texts else "",
            lowercase=bool(text and has_texts and text["lowercase"]),
        )
    shape = done.entrances[0].shape
    is_single = len(entrances) == 1
    is_picture = is_single and len(shape) == 3 and shape[0] in (1, 3)
    are_pictures = done.data.kind == "image_folder"
    return Reading(
        entrances,
        pictures=is_picture,
        arrays=not are_pictures,
        values=is_single and len(shape) == 1,
        lies=tuple(word for word in LIES if word in done.done),
        cells=Cells(has_fills=any(each.fill is not None for each in done.entrances)),
    )
