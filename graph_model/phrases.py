"""Pieces of sentences that stand in a problem's values and are translated by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.naming import LONGEST

REASONS: Final = (
    "No space left on device",
    "Disk quota exceeded",
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "No such file or directory",
    "Not a directory",
    "Is a directory",
    "File exists",
    "File name too long",
    "File too large",
    "Input/output error",
    "Directory not empty",
    "Device or resource busy",
    "Too many open files",
    "Cannot allocate memory",
    "Stale file handle",
    "Transport endpoint is not connected",
    "Invalid cross-device link",
    "Too many levels of symbolic links",
    "Expecting value",
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Expecting property name enclosed in double quotes",
    "Illegal trailing comma before end of object",
    "Illegal trailing comma before end of array",
    "Extra data",
    "Unterminated string starting at",
    "Invalid control character at",
    "Invalid \\escape",
    "Invalid \\uXXXX escape",
)
"""Why the system cannot do something with a file, or Python read its JSON, in their own words."""

PHRASES: Final = (
    *REASONS,
    # What was found in reading data
    "read from",
    # What a parameter takes
    "a whole number",
    "a number",
    "true or false",
    "a layer kind",
    "one of the choices",
    "text",
    "a path",
    "a whole number, or one for each spatial dimension",
    "whole numbers separated by commas",
    "numbers separated by commas",
    "a whole number, or a size such as T - 1",
    "whole numbers, or sizes such as N and H // 2, separated by commas",
    "sizes or dimension names separated by commas, such as N, 3, 32, 32",
    "dimension names, each with a number, such as H, 32, W, 32",
    "layers",
    "layers, each with a number",
    "layers, each with a whole number",
    "columns or arrays, each with a word for it",
    "nothing",
    # Why a name cannot be one
    "it is empty",
    f"it is longer than {LONGEST} characters",
    "a name has letters, digits and underscores, and does not begin with a digit",
    "it is a keyword of Python",
    "it is easily mistaken for another letter or a digit",
    "names that begin with an underscore belong to Python and PyTorch",
    "PyTorch's nn.Module or the generated file uses it already",
    "it is a function of formulas",
    "it is how often a block is used in sequence",
    # Sides of a node, places of a recipe, parts of the data
    "input",
    "output",
    "data",
    "loss",
    "optimizer",
    "schedule",
    "options",
    "split",
    "transforms",
    # What becomes of values that are no number
    "the mean of the training samples",
    "the median of the training samples",
    # What transforms change
    "pictures of shape N×C×H×W",
    "pictures in three colours, N×3×H×W",
    "series of shape N×T×C",
    "indices of words, N×T",
    "metrics",
    "training",
    "validation",
    "test",
    # What has to hold for a symbol
    "{symbol} divisible by {divisor}",
    "{symbol} odd",
    "{symbol} divided by {divisor} leaves {remainders}",
    "{symbol} at least {minimum}",
    "{left} equal to {right}",
    "no {symbol} fits",
    # What a loss takes
    "raw scores",
    "log-probabilities",
    "probabilities",
    # What exported files are run on
    "validation samples",
    "training samples",
    "random samples",
    # What is read, and what of it
    "file",
    "folder",
    "samples",
    "columns",
    "rows",
    "rows without a gap",
    "classes in “{name}”",
    "as its cells look",
    "chosen by you",
    "it is mostly empty: {share} are missing",
    "it has the same value in every row",
    "its cells are dates, such as {form}",
    "it is free text, whose tokens can enter an Input of their own",
    "it names pictures, which can enter an Input of their own",
    "it names pictures that are not found beside the table",
    "no picture is named",
    "it is no object",
    "all its cells are empty",
    "two columns have one name",
    "they add up to 1 in every row, as probabilities of classes do",
    "its cells are numbers in {unit}",
    "day",
    "month",
    "texts",
    "pictures",
    "it differs in every row",
    "its words are the parts of a split",
    "it has {count} different words in {rows} rows",
    "it has {count} different words",
    "it counts the rows",
    "it differs in every row and is called like an id",
    "it has {count} whole numbers and is called like a class",
    "its cells are numbers",
    "they are called like targets",
    "it is called like a target",
    "it is the last column",
    "it alone is of few whole numbers",
    "each sample may have several of these words",
    "it is the last column that can be predicted",
    "it is the only column that can be predicted",
    "there is no other column to learn from",
    "it is too long",
    "it is no list of objects",
    "it is not {encoding} text ({reason})",
    "folders with pictures",
    "folders with .txt files",
    "classes of text",
    # What settings left open were taken for
    "time",
    "season",
    "step",
    "window",
    "vocabulary",
    "rate",
    "seconds",
    "classes",
    "folders with .wav files",
    "it is no sound in WAV format",
    "columns of numbers",
    "a working day",
    "a month",
    "a year",
    "it is no text",
    "{count} months",
    "characters",
    "it is not text in {encoding} ({reason})",
    "numbers",
    "classes",
    "a picture",
    "a table",
    "at least 1",
    "it is a folder",
    "it is no ordinary file",
    "it is not UTF-8 text ({reason})",
    # Of files of weights
    "it holds Python objects beside tensors, which could do anything when they are read; where it "
    "was written, save model.state_dict() instead of the model",
    "it is damaged, or no file of safetensors or torch.save",
    "it holds no tensors by name",
    "not in it: {names}",
    "only in it: {names}",
    "not in it: {names}; only in it: {others}",
    "{names} and {count} more",
    "nothing in it is asked for",
    # What there is in a project file, and where
    "The file",
    "Line {line}, column {column}",
    "Byte {number}",
    "a list",
    "a list of {count}",
    "an object",
    "an object in braces",
    "an id of at most 64 letters and digits",
    "an id of at most 64 letters and digits, or several with / between",
    "a number too large",
    "{count} digits",
    "more than a float can hold",
    "{text} is not a number of JSON",
    "line {line}: {reason}",
    "it is no IDX file of bytes with {dimensions} dimensions",
    "it should hold {size} bytes behind its header, not more or less",
    # What a number is, and why
    "{parameter} of {name}",
    "It follows from what comes in, so that the weights fit.",
    "a parameter of the block {block}",
    "It is worked out from the parameters of the block {block}.",
    "It is worked out for each repeat; here it is that of the first.",
    "which repeat it is, counted from 0",
    "parameters of {name}",
    "The parameters of all layers add up; shared weights count once.",
    "The parameters of all layers add up.",
    "repeat {first}",
    "repeats {first} to {last}, each",
    "Each repeat of the block has weights of its own, which add up.",
    "All repeats of the block have the same weights, which count once.",
    "{count} repeats lie side by side along this dimension.",
    "A weight holds as many numbers as its sizes multiplied; all weights add up.",
    "These weights are those of {name}, and counted there.",
    "Only the data tell how many {kind} finds: {value} stands for that number, which may differ at "
    "each call and be zero.",
    "{kind} was run on a tensor without data, and gave it.",
    "It is what comes out of the block {block}.",
    "It is what goes into the block {block}.",
    "You called this dimension {symbol}: it stands for any size.",
    "You called this dimension {symbol}: it stands for any multiple of {divisor}.",
    "{kind} gives {value} here.",
    "You gave this size at the input.",
    "{kind} leaves this dimension as it came.",
    "It is an argument of {kind}.",
    "The tensors lie one after the other, so their sizes are added.",
    "These dimensions become one, so their sizes are multiplied.",
    "It is the number of places that the window takes, step by step.",
    "{kind} works it out like this.",
    "part of {kind}",
    "the formula {formula}",
    "set by you",
    "follows from what comes in",
    "the default",
    "{dimension} of the input {name}",
    "{dimension} of {name}’s output",
    "{dimension} of {name}’s output {port}",
    "dimension {index}",
    "batch size",
    "channels",
    "steps",
    "length",
    "depth",
    "height",
    "width",
    # What an array is read as
    "a class at each place",
    "the class with the most in each row",
    # Why an array was taken for what it is, and what is wrong with a file of arrays
    "it is hidden",
    "it is not as COCO writes it ({reason})",
    "nothing tells what is in it",
    "nothing is marked in it",
    "background",
    "pictures",
    "the pictures",
    "it leads to what is read already",
    "labels in",
    "table",
    "target",
    "encoding",
    "delimiter",
    "header",
    "decimal",
    "thousands",
    "time",
    "step",
    "season",
    "column",
    "it has no partner of its name",
    "left",
    "right",
    "it has the value {value}, which is no class",
    "every place of it is to be ignored",
    "no column holds names of pictures",
    "no column holds labels",
    "there is no such picture",
    "it is too large",
    "it lies in no folder of a class",
    "it is no picture that can be read",
    "it stands for a file that Git LFS has not fetched",
    "by its name",
    "{one}; {other}",
    "the first array",
    "the last array",
    "it holds words",
    "it holds neither numbers nor words",
    "it holds numbers",
    "it holds several numbers for each sample",
    "whole numbers below 0 are no indices",
    "whole numbers may be indices, such as those of words",
    "each row adds up to 1",
    "each row has a single 1 among zeros",
    "each place has a single 1 among zeros",
    "it has a whole number at each place, {count} in all",
    "it has a whole number at each step, {count} in all",
    "{count} distinct values in {samples} samples",
    "at most {largest} classes, or numbers",
    "whole numbers",
    "its header is broken",
    "the array “{array}” is cut off",
    "HDF5 files are read where the Python package h5py is installed",
)


_LONGEST_SHOWN: Final = 500
"""How many characters of a value stand in a sentence, which may quote a file of another's."""


class Phrase(str):
    """An English phrase that remembers the template and the values that it was made of."""

    template: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        """Return itself, so that collecting values as text does not lose the template."""
        return self


class Title(Phrase):
    """What an entry of a recipe's catalogues is called in menus."""


class Figures(Phrase):
    """Figures by the names that the events of a run have for them, which menus call otherwise."""


def shortened(text: str, most: int = _LONGEST_SHOWN) -> str:
    """Return a text as a sentence quotes it: cut where it is longer than anyone would read."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def title(text: str) -> Title:
    """Return the title of an entry, which is translated as in the menus."""
    made = Title(text)
    made.template, made.values = text, {}
    return made


def figure_names(*names: str) -> Figures:
    """Return the names of figures, separated by commas."""
    made = Figures(", ".join(names))
    made.template, made.values = str(made), {name: name for name in names}
    return made


def phrase(template: str, **values: object) -> Phrase:
    """Return the phrase of a template, which must stand in ``PHRASES``."""
    assert template in PHRASES, template
    named = {name: str(value) for name, value in values.items()}
    made = Phrase(template.format_map(named))
    made.template, made.values = template, named
    return made
