"""In which ways the samples of a network can be read."""

from __future__ import annotations

from graph_model.frozen import frozen


@frozen
class Entrance:
    """One input of the model, as it is made of the array or column called ``array``.

    In a table it ``is_features`` where it holds several columns, and ``is_word`` where it is the
    index of a word.
    """

    array: str
    is_scaled: bool = False
    is_features: bool = False
    is_word: bool = False


@frozen
class Reading:
    """The inputs of a model, and what they can be read from; a table leaves no other way."""

    entrances: tuple[Entrance, ...]
    table: bool = False
    pictures: bool = False
    arrays: bool = False
    values: bool = False
    has_words: bool = False
    """Whether some columns of the features hold words."""
    series: bool = False
    """Whether a sample is the last rows of a table, from which the next ones are forecast."""
    sound: str = ""
    """How sounds enter, where the samples are sounds: as a ``wave`` or as a ``spectrogram``."""
    tokens: str = ""
    """What texts are cut into, where the samples are texts."""
    lowercase: bool = False
    goes_on: bool = False
    """Whether the model says how a text goes on."""

    @property
    def has_files(self) -> bool:
        """Whether files are named on the command line, beside tables."""
        return self.pictures or self.arrays or self.series or bool(self.tokens or self.sound)
