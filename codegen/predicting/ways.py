"""In which ways the samples of a network can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.frozen import frozen

LIES: Final[Mapping[str, tuple[str, ...]]] = {
    "samples_last": (
        'if name in DONE["samples_last"] and array.ndim == len(shape) + 1:',
        "    array = array.movedim(-1, 0)",
    ),
    "channels_last": (
        'if name in DONE["channels_last"]:',
        "    array = array[None] if array.ndim == 3 else array",
        "    array = array.movedim(3, 1) if array.ndim == 4 else array",
    ),
    "no_channels": (
        'if name in DONE["no_channels"]:',
        "    array = array.unsqueeze(-3)",
    ),
}
"""The lines that turn arrays which lie otherwise in their files, in this order."""


@frozen
class Entrance:
    """One input of the model, as it is made of the array or column called ``array``.

    In a table it ``is_features`` where it holds several columns, and ``is_word`` where it is the
    index of a word, ``is_date`` where it is made of a date, ``is_text`` and ``is_picture`` where it
    has the tokens of a text or the picture that a cell names.
    """

    array: str
    is_scaled: bool = False
    is_features: bool = False
    is_word: bool = False
    is_date: bool = False
    is_text: bool = False
    is_picture: bool = False
    by_sample: bool = False
    """Whether each sample is scaled by its own mean and deviation."""


@frozen
class Cells:
    """How the text of a table is read, as far as that differs from a plain CSV file in UTF-8.

    ``form`` is ``packed`` where the file of the training was a packed text, and the name of the
    format where it was none. ``delimiter`` is empty where it is guessed by the header.
    ``has_dates`` and ``has_gaps`` tell that some columns hold dates, or may lack a value;
    ``has_signs`` that numbers may have a currency or percent sign, ``has_numbered_words`` that
    some categories are numbers.
    """

    form: str = ""
    encoding: str = "utf-8"
    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    has_quotes: bool = True
    comment: str = ""
    skip: int = 0
    is_headless: bool = False
    is_trailing: bool = False
    has_twins: bool = False
    has_dates: bool = False
    has_gaps: bool = False
    knows_missing: bool = False
    """Whether there are words that stand for no value."""
    has_fills: bool = False
    has_signs: bool = False
    has_numbered_words: bool = False
    has_suffixes: bool = False
    """Whether a unit stands behind the numbers of some columns."""
    has_parts: bool = False
    """Whether cells of some columns hold several numbers or words."""
    joins_columns: bool = False
    """Whether several columns tell a moment together."""
    ignores_case: bool = False
    """Whether words that differ in capitals alone are the same."""

    @property
    def has_marks(self) -> bool:
        """Whether numbers are written otherwise than Python does."""
        return self.has_signs or self.decimal != "." or bool(self.thousands)


@frozen
class Reading:
    """The inputs of a model, and what they can be read from; a table leaves no other way."""

    entrances: tuple[Entrance, ...]
    table: bool = False
    pictures: bool = False
    arrays: bool = False
    values: bool = False
    lies: tuple[str, ...] = ()
    """How arrays lie in their files otherwise than they enter: words of ``LIES``."""
    has_words: bool = False
    """Whether some columns of the features hold words."""
    cells: Cells = Cells()
    series: bool = False
    """Whether a sample is the last rows of a table, from which the next ones are forecast."""
    has_times: bool = False
    """Whether a column of a series tells the moments of its rows, by which they are ordered."""
    steps: str = ""
    """The unit that those moments keep to, if any: ``seconds``, ``weekdays`` or ``months``."""
    sound: str = ""
    """How sounds enter, where the samples are sounds: as a ``wave`` or as a ``spectrogram``."""
    tokens: str = ""
    """What texts are cut into, where the samples are texts."""
    text_column: bool = False
    """Whether the texts stood in a column of a table."""
    lowercase: bool = False
    cell_tokens: str = ""
    """What the texts in cells of a table are cut into, where any enter."""
    goes_on: bool = False
    """Whether the model says how a text goes on."""

    @property
    def has_cell_pictures(self) -> bool:
        """Whether cells of a table name pictures that enter."""
        return any(each.is_picture for each in self.entrances)

    @property
    def reads_text_tables(self) -> bool:
        """Whether texts are read from tables too."""
        return self.text_column and not self.goes_on

    @property
    def reads_rows(self) -> bool:
        """Whether rows of tables are read at all."""
        return self.table or self.series or self.reads_text_tables

    @property
    def has_files(self) -> bool:
        """Whether files are named on the command line, beside tables."""
        return self.pictures or self.arrays or self.series or bool(self.tokens or self.sound)
