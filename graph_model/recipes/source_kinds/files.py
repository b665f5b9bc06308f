"""The sources that are read from files: tables, arrays and pictures."""

from __future__ import annotations

from typing import Final

from graph_model.recipes.columns import ARRAY_ROLES, ARRAY_TYPES, CODINGS, PARTS, ROLES, TYPES
from graph_model.recipes.parameters import named_words
from graph_model.recipes.source_kinds.kind import (
    JOIN_TIMES,
    NORMALIZE,
    NORMALIZE_TARGET,
    Origin,
    SourceKind,
)
from graph_model.recipes.source_kinds.tokens import HOW
from graph_model.values import boolean, choice, folder, integer, path, text

ENCODINGS: Final = (
    "utf-8",
    "utf-16",
    "utf-32",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp1252",
    "cp1251",
    "latin-1",
)

_FIT: Final = choice(
    "fit",
    ("squash", "crop", "pad"),
    "squash",
    "How pictures of other proportions are fitted in: squashed, cut off, or with "
    "background beside them.",
)
_BACKGROUND: Final = choice(
    "background",
    ("white", "black", "grey"),
    "white",
    "What transparent pictures are laid on.",
)
_TURN: Final = boolean("turn", True, "Turn photographs as the camera was held (EXIF).")
_LEVELS: Final = choice(
    "levels",
    ("picture", "format"),
    "picture",
    "Pictures of 16 bits or of floats: from the darkest to the brightest of each, or "
    "by what their format can hold.",
)
_IGNORED: Final = text(
    "ignored",
    "",
    "Of masks, the value of places that count for nothing, in no loss and no figure: a number such "
    "as 255, a colour such as #ffffff, or “none”. Where empty, 255 or −1 beside class numbers.",
)
_SIZE_HELP: Final = "Pictures are scaled to this width and height; 0 for what suits most of them."
_COLOR_HELP: Final = "Three channels or one; auto takes one where all pictures are grey."
OF_TEXTS: Final = tuple(each.name for each in HOW)
OF_PICTURES: Final = ("size", "fit", "color", "background", "turn", "levels")
"""The settings of a table that count where it has columns of texts, and of pictures."""

FILES: Final = (
    SourceKind(
        "fashion_mnist_folder",
        "The full Fashion-MNIST, MNIST or any like it, from a folder of IDX files.",
        (
            folder("path", "Folder with train-images-idx3-ubyte and so on, packed or not."),
            NORMALIZE,
        ),
        "IDX folder (MNIST files)",
        Origin.FILE,
    ),
    SourceKind(
        "csv",
        "A table: CSV and its kin, Excel, Parquet, JSON lines. Each column has a role.",
        (
            path("path", "The file: .csv, .tsv, .txt, .xlsx, .parquet, .jsonl, .json, or .csv.gz."),
            text("target", "", "The column to predict; where empty, the one that looks like it."),
            choice(
                "task",
                ("auto", "classification", "regression"),
                "auto",
                "Whether the target is a class or a number.",
            ),
            choice(
                "delimiter",
                ("auto", "comma", "semicolon", "tab", "pipe", "whitespace"),
                "auto",
                "What stands between the columns.",
            ),
            choice(
                "header", ("auto", "yes", "no"), "auto", "Whether the first row names the columns."
            ),
            choice(
                "encoding", ("auto", *ENCODINGS), "auto", "How the letters are written as bytes."
            ),
            choice("decimal", ("auto", "point", "comma"), "auto", "What stands before decimals."),
            choice(
                "thousands",
                ("auto", "none", "comma", "point", "space", "apostrophe"),
                "auto",
                "What stands between groups of three digits.",
            ),
            choice(
                "dates",
                ("auto", "month", "day"),
                "auto",
                "Which comes first in dates such as 3/4/2020 that leave it open.",
            ),
            text(
                "sheet", "", "Of an Excel file, the sheet to read; the first filled one if empty."
            ),
            JOIN_TIMES,
            boolean(
                "apart",
                True,
                "Make columns of cells that hold several numbers, as [0.1, 0.2], or several words, "
                "as red|blue.",
            ),
            boolean("ignore_case", False, "Take words that differ in capitals alone for the same."),
            text("missing_words", "", "More words that stand for no value, separated by commas."),
            choice(
                "missing",
                ("auto", "median", "mean", "most_frequent", "category", "skip", "refuse"),
                "auto",
                "What becomes of missing values: by default the median of the training samples for "
                "numbers, and for words a category of their own. “skip” leaves their rows out.",
            ),
            named_words("roles", ROLES, "What columns are for, where it is not as proposed."),
            named_words("types", TYPES, "What columns hold, where it is not as it looks."),
            named_words("codings", CODINGS, "How words and dates enter, where it is not as usual."),
            named_words("fillings", (), "What becomes of missing values of single columns."),
            named_words("parts", PARTS, "Which part each word of a “split” column stands for."),
            *HOW,
            integer("size", 0, _SIZE_HELP, minimum=0),
            _FIT,
            choice("color", ("auto", "rgb", "grey"), "auto", _COLOR_HELP),
            _BACKGROUND,
            _TURN,
            _LEVELS,
            NORMALIZE,
            NORMALIZE_TARGET,
        ),
        "Table",
        Origin.FILE,
    ),
    SourceKind(
        "npz",
        "Arrays of a NumPy, safetensors or HDF5 file, or of a folder of .npy files.",
        (
            path(
                "path",
                "The file: .npz, .npy, .safetensors, .h5, or .mat from version 7.3 on; or a folder "
                "of .npy.",
            ),
            text("features", "", "The array that enters; found by name where empty."),
            text("target", "", "The array to predict; found by name where empty."),
            choice(
                "layout",
                ("auto", "as_is", "channels_last", "no_channels", "samples_last"),
                "auto",
                "How pictures lie in their array: with channels as layers take them, behind the "
                "pixels, or with none at all; or with the samples along the last dimension.",
            ),
            choice(
                "missing",
                ("auto", "mean", "median", "skip", "refuse"),
                "auto",
                "What becomes of values that are no number: by default the mean of the training "
                "samples. “skip” leaves their samples out, as is always done without a target.",
            ),
            named_words("roles", ARRAY_ROLES, "What each array is for."),
            named_words("types", ARRAY_TYPES, "What each array holds."),
            named_words("fillings", (), "What becomes of missing values of single arrays."),
            _IGNORED,
            named_words("parts", PARTS, "Which part each word of a “split” array stands for."),
            NORMALIZE,
            NORMALIZE_TARGET,
        ),
        "Arrays",
        Origin.FILE,
    ),
    SourceKind(
        "image_folder",
        "Pictures in folders by class, with masks, marked objects or a table of labels, or alone.",
        (
            folder("path", "The folder that holds the folders."),
            integer("size", 32, _SIZE_HELP, minimum=0),
            _FIT,
            choice("color", ("rgb", "grey", "auto"), "rgb", _COLOR_HELP),
            _BACKGROUND,
            _TURN,
            _LEVELS,
            choice(
                "target",
                ("auto", "classes", "masks", "pictures", "unpaired", "halves", "itself"),
                "auto",
                "What is to be predicted: the class, the partner of each picture as a mask or as a "
                "picture, masks of marked objects, a picture of another kind that is no partner, "
                "the other half of two squares in one file, or the picture itself.",
            ),
            boolean("swapped", False, "Of two pictures, take the second for what enters."),
            _IGNORED,
            path("table", "A table with the name and the label of each picture, if any."),
            text("label", "", "The table's column of labels; found by its name where empty."),
            choice(
                "classes_by",
                ("auto", "first", "deepest", "name"),
                "auto",
                "What names the class: the first of several folders within each other, the "
                "deepest, or what the name of a picture begins with, as in cat.12.jpg.",
            ),
            choice(
                "unreadable",
                ("skip", "refuse"),
                "skip",
                "What becomes of pictures that cannot be read.",
            ),
            choice(
                "keep",
                ("auto", "memory", "files"),
                "auto",
                "Whether pictures are held in memory, or read as they are needed while training.",
            ),
            NORMALIZE,
        ),
        "Folder of pictures",
        Origin.FILE,
    ),
)
