"""From a plan to the script that predicts, which goes beside ``model.py`` and its weights.

What was done to the data in training it reads from ``preprocessing.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from codegen.line_breaks import wrapped
from codegen.literals import literal, plain, quoted
from codegen.model.lower import lower
from codegen.outline import filled
from codegen.pictures import SUFFIXES
from codegen.predicting import series, skeleton, sounds, texts
from codegen.predicting.rows import asks_for_columns, is_chained
from codegen.predicting.table_forms import MODULES
from codegen.predicting.tables import table_lines
from codegen.predicting.ways import LIES, Reading
from codegen.training.plan import Exit, Plan
from codegen.training.values import probabilities, threshold_passed
from codegen.verbatim import verbatim
from graph_model.inference.infer import Inference
from graph_model.recipes.losses import Target

_Blocks: TypeAlias = Mapping[str, Sequence[str]]
_WEIGHTS: Final = ("best.pt", "best.safetensors")
_WEIGHTS_LINE: Final = f"WEIGHTS = {literal(_WEIGHTS)}"


def predicting_script(
    plan: Plan, inference: Inference, reading: Reading, module: str = "model"
) -> str:
    """Return the predicting script of a plan, for samples that are read in these ways.

    ``inference`` is that of the plan's network, ``module`` the Python file of the model.
    """
    shapes = [result.spec.shape for result in lower(inference).main.results]
    told = {
        each.name: _answer(each, len(shape) < 2 or shape[1] == 1, index)
        for index, (each, shape) in enumerate(zip(plan.exits, shapes, strict=True))
        if each.is_judged
    }
    answers = [f"{quoted(each.title)}: {told[each.name]}," for each in plan.judged]
    names = ", ".join(each.name if each.is_judged else "_" for each in plan.exits)
    words = {
        "title": plain(plan.title) or plan.class_name,
        "module": module,
        "class_name": plan.class_name,
        "outputs": names,
        "words": (
            'f"{name} {words}" for name, (words, _) in answers.items()'
            if len(told) > 1
            else "words for words, _ in answers.values()"
        ),
        "given": _given(reading),
        "nothing_given": f"name what is to be predicted: {_choices(reading)}",
    }
    if reading.goes_on:
        scores = plan.judged[0].name
        return "\n".join(texts.going_on(reading, words, scores, [_WEIGHTS_LINE])) + "\n"
    read = _reading(reading)
    blocks: dict[str, Sequence[str]] = {
        "usage": _usage(reading),
        "imports": _imports(reading, "\n".join(read)),
        "constants": _constants(reading),
        "answers": answers,
        "reading": read,
        "prepared": _prepared(reading),
        "model": filled(skeleton.MODEL, words, {}),
        "answering": _answering(" " + " ".join(told.values())),
        "arguments": _arguments(reading),
    }
    return "\n".join(filled(skeleton.SKELETON, words, blocks)) + "\n"


def _answer(each: Exit, is_single: bool, index: int) -> str:
    """Return the call that says what a result means."""
    done = f"OUTPUTS[{index}]"
    if each.loss.target is Target.REAL:
        return f"numbers({each.name}.float(), {done})"
    if each.rank > 2:
        is_of_classes = each.loss.target is Target.CLASSES
        indices = f"{each.name}.argmax(dim=1)" if is_of_classes else threshold_passed(each)
        return f"places({indices}, {done})"
    if each.loss.target is Target.CLASSES:
        return f"classes({probabilities(each)}, {done})"
    function = "yes_or_no" if is_single else "labels"
    return f"{function}({probabilities(each)}, {done})"


def _answering(used: str) -> list[str]:
    """Return the functions that say what results mean, those that are used."""
    pieces = {
        skeleton.CLASSES: ("yes_or_no(", " classes("),
        skeleton.YES_OR_NO: ("yes_or_no(",),
        skeleton.LABELS: ("labels(",),
        skeleton.PLACES: ("places(",),
        skeleton.NUMBERS: ("numbers(",),
    }
    found = "".join(text for text, names in pieces.items() if any(each in used for each in names))
    return _lines(found + (skeleton.NAMES if "names_of(" in found else ""))


def _usage(reading: Reading) -> list[str]:
    lines = []
    if reading.series:
        lines.append("python predict.py new.csv                what comes after its last rows")
    if reading.sound:
        lines.append("python predict.py a.wav b.wav               sounds")
    if reading.tokens:
        lines.append('python predict.py --text "A text." a.txt    texts, and those in files')
    if reading.reads_text_tables:
        lines.append("python predict.py --csv new.csv          those in the column of the training")
    if reading.table:
        lines.append("python predict.py --csv new.csv          with the columns of the training")
    if reading.pictures:
        lines.append("python predict.py picture.png folder     pictures, and all those in a folder")
    if reading.arrays:
        lines.append("python predict.py new.npz                arrays called as in the training")
    if reading.values:
        lines.append("python predict.py --values …             the numbers of one sample, in order")
    return [f"    {line}" for line in lines]


def _imports(reading: Reading, text: str) -> list[str]:
    """Return the imports of a script whose reading is done by this text."""
    standard = ["json", "os", "sys"]
    standard += ["csv"] * reading.reads_rows
    if reading.table or reading.values:
        standard += ["math"] * ("math." in text)
    if reading.arrays:
        standard.append("zipfile")
    if reading.series:
        standard += series.imports(reading)
    if reading.sound:
        standard += ["struct"] + ["math"] * (reading.sound == "spectrogram")
    standard += ["re"] * (re.search(r"\bre\.\w+\(", text) is not None)
    cached = "byte_pairs" in (reading.tokens, reading.cell_tokens)
    form = reading.cells.form
    standard += ["gzip", "zlib"] * (form == "packed" and reading.reads_rows)
    third = ["import torch"]
    if reading.arrays:
        third.insert(0, "import numpy")
    if form in MODULES and reading.reads_rows:
        third.insert(0, f"import {MODULES[form]}")
    if reading.pictures or reading.has_cell_pictures:
        third.append("from PIL import Image, ImageOps")
    chained = reading.reads_rows and is_chained(reading.cells)
    dated = [name for name in ("datetime", "timedelta") if re.search(rf"\b{name}\b", text)]
    return [
        *(f"import {each}" for each in sorted(standard)),
        *["from collections import Counter"] * reading.reads_text_tables,
        "from collections.abc import Iterator",
        *([f"from datetime import {', '.join(dated)}"] if dated else []),
        *(["from functools import cache"] if cached else []),
        f"from itertools import {'chain, ' * chained}islice{', pairwise' * cached}",
        "from pathlib import Path",
        f"from typing import Any{', TextIO' * reading.reads_rows}",
        "",
        *third,
    ]


def _constants(reading: Reading) -> list[str]:
    lines = [_WEIGHTS_LINE]
    if reading.tokens or reading.cell_tokens:
        lines += texts.constants(reading)
    if reading.series:
        lines += series.CONSTANTS
    if reading.sound:
        lines.append('SOUND = DONE["sound"]')
    if reading.reads_rows and not reading.table and asks_for_columns(reading.cells):
        lines.append(f"COLUMNS = {_columns(reading)}")
    if reading.table:
        single = [each.array for each in reading.entrances if not each.is_features]
        columns = 'DONE["columns"]'
        if single:
            named = [*map(quoted, dict.fromkeys(single))]
            given = ["*" + columns] if len(single) < len(reading.entrances) else []
            columns = f"[{', '.join((*given, *named))}]"
        lines.append(f"COLUMNS = {columns}")
    if reading.pictures:
        lines.append(f"SUFFIXES = {literal(SUFFIXES)}")
    if reading.pictures or reading.arrays or reading.has_cell_pictures:
        errors = ["OSError", "ValueError"]
        if reading.pictures or reading.has_cell_pictures:
            errors += ["SyntaxError", "Image.DecompressionBombError"]
        if reading.arrays:
            errors += ["EOFError", "TypeError", "zipfile.BadZipFile"]
        lines.append(f"UNREADABLE = ({', '.join(errors)})")
    return [each for line in lines for each in wrapped(line)]


def _columns(reading: Reading) -> str:
    """Return the expression of the columns that a series or a text is made of."""
    return 'SERIES["columns"]' if reading.series else '[DONE["text_column"]]'


def _reading(reading: Reading) -> list[str]:
    if reading.tokens:
        return texts.reading_lines(reading)
    if reading.sound:
        return _lines(sounds.reading(is_spectrogram=reading.sound == "spectrogram"))
    if reading.series:
        return series.reading_lines(reading)
    if reading.table:
        return table_lines(reading)
    files = "all_files(options.files)" if reading.pictures else "options.files"
    read_picture = "yield picture(path)"
    read_arrays = "yield from arrays(path)"
    both = [
        'if path.suffix.lower() in (".npy", ".npz"):',
        f"    {read_arrays}",
        "else:",
        f"    {read_picture}",
    ]
    only = [read_arrays if reading.arrays else read_picture]
    blocks: _Blocks = {
        "values_first": (
            ["if options.values:", "    yield from values_sample(options.values)"]
            if reading.values
            else []
        ),
        "read_file": both if reading.pictures and reading.arrays else only,
    }
    words = {"files": files, "choices": _choices(reading, among_files=True)}
    pieces = [
        skeleton.VALUES if reading.values else "",
        _pictures() if reading.pictures else "",
        _arrays(reading) if reading.arrays else "",
    ]
    return [*filled(skeleton.FILES, words, blocks), *_lines("".join(pieces))]


def _arrays(reading: Reading) -> str:
    """Return the function that reads arrays, with the lines that turn those that lie otherwise."""
    lies = [line for word in reading.lies for line in LIES[word]]
    return "\n".join(filled(skeleton.ARRAYS, {}, {"lies": lies})) + "\n"


def _pictures() -> str:
    return skeleton.PICTURES.replace("$read_picture", "\n".join(verbatim("picture_reading")))


def _prepared(reading: Reading) -> list[str]:
    is_scaled = any(each.is_scaled for each in reading.entrances)
    is_shifted = is_scaled or any(each.by_sample for each in reading.entrances)
    shifted = ", shifted and scaled as in training" if is_shifted else ""
    fill = skeleton.FILL if reading.table else skeleton.FILL_ALL
    blocks: _Blocks = {
        "fill": fill if reading.cells.has_fills else (),
        "scale": [
            *(skeleton.SCALE if is_scaled else ()),
            *(skeleton.SCALE_EACH if any(each.by_sample for each in reading.entrances) else ()),
        ],
    }
    return filled(skeleton.PREPARED, {"shifted": shifted}, blocks)


def _arguments(reading: Reading) -> list[str]:
    return [f"parser.add_argument({text})" for text in _argument_texts(reading)]


def _argument_texts(reading: Reading) -> Iterator[str]:
    if reading.tokens:
        yield '"--text", action="append", default=[], help="a text itself; may be repeated"'
    if reading.table or reading.reads_text_tables:
        yield '"--csv", type=Path, help="a table with a header"'
    if reading.table or reading.values:
        kind = "" if reading.table else " type=float,"
        yield f'"--values", nargs="+",{kind} metavar="VALUE", help="of one sample, in order"'
    if reading.has_files:
        yield f'"files", type=Path, nargs="*", help="{_choices(reading, among_files=True)}"'


def _given(reading: Reading) -> str:
    """Return the condition that something was named on the command line."""
    names = {
        "csv": reading.table or reading.reads_text_tables,
        "values": reading.table or reading.values,
        "files": reading.has_files,
        "text": bool(reading.tokens),
    }
    found = [f"options.{name}" for name, is_there in names.items() if is_there]
    return f"({' or '.join(found)})" if len(found) > 1 else found[0]


def _choices(reading: Reading, *, among_files: bool = False) -> str:
    found = []
    if reading.series:
        found.append("tables over time")
    if reading.sound:
        found.append("sounds")
    if reading.tokens:
        found.append("files of text" if among_files else "--text, files of text")
    if reading.pictures:
        found += ["pictures", "folders of them"]
    if reading.arrays:
        found.append(".npz or .npy files")
    if reading.table or (reading.reads_text_tables and not among_files):
        found.append("--csv FILE")
    if (reading.table or reading.values) and not among_files:
        found.append("--values")
    return ", ".join(found)


def _lines(text: str) -> list[str]:
    return [each for line in text.splitlines() for each in (wrapped(line) if line else [""])]
