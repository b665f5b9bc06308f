"""The sources of text, series and sound, and those that Python text of one's own draws."""

from __future__ import annotations

from typing import Final

from graph_model.recipes.source_kinds.files import ENCODINGS
from graph_model.recipes.source_kinds.kind import NORMALIZE, NORMALIZE_TARGET, Origin, SourceKind
from graph_model.recipes.source_kinds.tokens import HOW
from graph_model.values import choice, folder, integer, number, path, text

_ENCODING: Final = choice(
    "encoding",
    ("auto", *ENCODINGS),
    "auto",
    "How letters are written as bytes.",
)
_TASK: Final = choice(
    "task",
    ("auto", "next_token", "classification", "regression"),
    "auto",
    "Whether the next token is to be found, or the class of a text, or a number.",
)

TEXTS: Final = (
    SourceKind(
        "text",
        "A text to go on with, or the texts in a column of a table, each with its class or number.",
        (
            path("path", "A .txt file, or a table of any form."),
            text("column", "", "The column of texts; the longest one where empty."),
            text(
                "target",
                "",
                "The column of classes or numbers; found by what it holds where empty.",
            ),
            _TASK,
            *HOW,
            _ENCODING,
        ),
        "Text",
        Origin.FILE,
    ),
    SourceKind(
        "text_folder",
        "Texts in folders, one folder for each class.",
        (folder("path", "The folder that holds the folders."), *HOW, _ENCODING),
        "Folder of texts",
        Origin.FILE,
    ),
    SourceKind(
        "python",
        "Samples that a function of your own yields. It runs in a process of its own, and only "
        "where you have allowed its text.",
        (
            path("path", "A .py file with a function samples() that yields (features, target)."),
            integer("samples", 10_000, "How many samples are taken at most.", minimum=2),
            number("seconds", 60.0, "How many seconds the text may take.", above=0, maximum=3600),
            NORMALIZE,
            NORMALIZE_TARGET,
        ),
        "Your own Python",
        Origin.FILE,
    ),
    SourceKind(
        "audio_folder",
        "Sounds in folders, one folder for each class.",
        (
            folder("path", "The folder that holds the folders of .wav files."),
            choice(
                "form",
                ("spectrogram", "wave"),
                "spectrogram",
                "Pictures of bands over time, as the ear has them, or the waves themselves.",
            ),
            path("table", "A table with the name and the label of each sound, if any."),
            integer("bands", 64, "How many bands a spectrogram has.", minimum=4, maximum=512),
            number(
                "seconds",
                None,
                "How long a sample is; longer sounds are cut off, shorter ones end in silence.",
                above=0,
                maximum=3600,
            ),
            integer(
                "rate",
                None,
                "How many numbers a second has; the usual one of the files where empty.",
                minimum=100,
                maximum=768_000,
            ),
            NORMALIZE,
        ),
        "Folder of sounds",
        Origin.FILE,
    ),
)
