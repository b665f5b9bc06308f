"""What a line typed into quick-add means: ``conv 64 3 s2 > bn > relu`` becomes three layers.

Read are words (``dense 128 relu``), calls as they stand in code (``nn.Conv2d(3, 64, 3)``), signs
(``+``), names in Chinese (``卷积 64 3``), and how often something comes (``2 linear 64``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from app.quick_add.calls import arguments_of, name_of
from app.quick_add.manners import BEGUN, NEEDS_CHANNELS, Manner, separated
from app.quick_add.names import ALIKE, EXACT, SYMBOLS, Kinds, Named, exactly, named
from app.quick_add.ranks import behind, channels_of, spatial_rank
from app.quick_add.value_texts import Setting
from app.quick_add.values import LARGEST_KERNEL, glued, value_at, whole_numbers
from app.quick_add.wording import counted, parts_of, words_of
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value

MOST_LAYERS: Final = 64
"""How many layers one line may add."""
LONGEST: Final = 2000
"""How many characters of a line are read; more are none of a line that somebody typed."""


@frozen
class Card:
    """A layer or block to be added. ``kind_name`` is the name by which nodes know its kind."""

    kind_name: str
    kind: LayerKind
    arguments: Arguments


@frozen
class Suggestion:
    """What a line may mean: cards, each fed by the one before."""

    cards: tuple[Card, ...]


@frozen
class Misread:
    """The first word that means nothing where it stands; ``after`` names the layer before it.

    It may mean something where it is known how many channels come: ``lacks_channels``.
    """

    word: str
    after: str = ""
    lacks_channels: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads words from left to right. ``given`` is what the first layer is given."""

    kinds: Kinds
    given: TensorSpec | None
    cards: list[Card] = field(default_factory=list)
    misread: Misread | None = None
    _passed: int = 0

    @property
    def spec(self) -> TensorSpec | None:
        """What the layers read so far pass on, worked out when a further one is read."""
        for card in self.cards[self._passed :]:
            self.given = behind(self.given, card.kind_name, card.arguments)
        self._passed = len(self.cards)
        return self.given

    def called(self, names: Sequence[str]) -> Named | None:
        """Return the kind that is called so, ``None`` where none is."""
        return next(iter(exactly(names, self.kinds, spatial_rank(self.spec))), None)

    def finish(self, found: Named, arguments: Arguments, times: int = 1) -> None:
        """Take a card, so many times."""
        if len(self.cards) + times > MOST_LAYERS:
            self.fail(str(times))
            return
        self.cards += times * [Card(found.kind_name, self.kinds[found.kind_name], arguments)]

    def finish_separable(self, found: Named, arguments: Arguments, times: int) -> None:
        """Take both cards of a separable convolution, so many times."""
        for _ in range(min(times, MOST_LAYERS)):
            channels = channels_of(self.spec)
            if channels is None:  # of another rank than what comes
                self.fail(str(found.manner), lacks_channels=True)
                return
            for each in separated(arguments, channels):
                self.finish(found, each)

    def fail(self, word: str, after: str = "", *, lacks_channels: bool = False) -> None:
        """Keep the word that could not be read."""
        self.misread = self.misread or Misread(word, after, lacks_channels)


def suggestions(
    text: str, limit: int = 12, kinds: Kinds = LAYERS, given: TensorSpec | None = None
) -> list[Suggestion]:
    """Return what a line may mean among ``kinds``, the likeliest first.

    ``given`` is the tensor that the first layer will be given, where it is known.
    """
    if len(text) > LONGEST:
        return []
    parts = parts_of(text)
    if not parts:
        first = list(kinds.items())[:limit]
        return [Suggestion((Card(name, kind, {}),)) for name, kind in first]
    found = (_read(parts, choice, kinds, given) for choice in _choices(parts[0], kinds, given))
    fitting = (Suggestion(tuple(each.cards)) for each in found if each.misread is None)
    return list(islice(fitting, limit))


def misread(text: str, kinds: Kinds = LAYERS, given: TensorSpec | None = None) -> Misread | None:
    """Return the word for which a line means nothing; ``None`` where it means something."""
    if len(text) > LONGEST:
        return Misread(text)
    parts = parts_of(text)
    if not parts:
        return None
    choices = _choices(parts[0], kinds, given)
    if not choices:
        return Misread(words_of(counted(parts[0])[0])[0])
    readings = (_read(parts, choice, kinds, given).misread for choice in choices)
    first = next(readings)
    return None if first is None or None in readings else first


def _choices(part: str, kinds: Kinds, given: TensorSpec | None) -> list[Named]:
    """Return what the first name of a line may mean."""
    words = words_of(counted(part)[0])
    sign = SYMBOLS.get(words[0])
    if sign is not None:
        kind = sign[1] if len(words) > 1 else sign[0]
        return [Named(kind, EXACT)] if kind else []
    names = [name_of(word) for word in words]
    return named(names if "(" not in words[0] else names[:1], kinds, spatial_rank(given))


def _read(parts: Sequence[str], first: Named, kinds: Kinds, given: TensorSpec | None) -> _Reader:
    """Read a whole line whose first name means ``first``."""
    reader = _Reader(kinds, given)
    for index, part in enumerate(parts):
        text, times = counted(part)
        words = words_of(text)
        start = first if index == 0 else _start(words, reader)
        if start is None:
            reader.fail(words[0])
        if reader.misread is not None:
            break
        assert start is not None
        _read_part(reader, words, start, times)
    return reader


def _start(words: Sequence[str], reader: _Reader) -> Named | None:
    """Return what the name at the start of a part further on means best."""
    choices = _choices(" ".join(words), reader.kinds, reader.spec)
    return choices[0] if choices and choices[0].score <= ALIKE else None


def _read_part(reader: _Reader, words: Sequence[str], start: Named, times: int) -> None:
    """Read a name and what follows it: values, and further names that need no sign between."""
    found, at = start, 0
    while True:
        kind = reader.kinds[found.kind_name]
        arguments: dict[str, Value] = {**BEGUN.get(found.manner, {})}
        following: list[str] = []
        behind_name = at + found.words
        if found.manner in NEEDS_CHANNELS and channels_of(reader.spec) is None:
            reader.fail(words[at], lacks_channels=True)
            return
        if found.manner is Manner.BY_CHANNEL:
            behind_name = _by_channel(reader, words, behind_name, arguments)
        if found.glued:
            _take(reader, glued(kind, found.glued, arguments), arguments, words[at], kind)
        if "(" in words[at] and found.words == 1:
            following = _call(reader, kind, words[at], arguments)
        at = _read_values(kind, words, behind_name, arguments)
        if found.manner is Manner.SEPARABLE:
            reader.finish_separable(found, arguments, times)
        else:
            reader.finish(found, arguments, times)
        _add_activations(reader, following)
        if at >= len(words) or reader.misread is not None:
            return
        if found.score > ALIKE:  # what is only reminded of is followed by nothing
            reader.fail(" ".join(words))
            return
        nearest = reader.called([name_of(word) for word in words[at:]])
        if nearest is None:
            reader.fail(words[at], kind.name)
            return
        found, times = nearest, 1


def _by_channel(reader: _Reader, words: Sequence[str], at: int, arguments: dict[str, Value]) -> int:
    """Set as many groups as there are channels; return the place of the first word behind that.

    A number of channels that come out may follow, where it is one of several or can be no kernel.
    """
    channels = channels_of(reader.spec)
    assert channels is not None
    arguments |= {"out_channels": channels, "groups": channels}
    numbers = whole_numbers(words[at:])
    is_told = len(numbers) > 1 or (numbers and numbers[0] > LARGEST_KERNEL)
    if is_told and numbers[0] % channels == 0:
        arguments["out_channels"] = numbers[0]
        at += 1
    return at


def _read_values(
    kind: LayerKind, words: Sequence[str], at: int, arguments: dict[str, Value]
) -> int:
    """Read words as values of a kind; return the place of the first that is none."""
    while at < len(words):
        found, taken = value_at(kind, words, at, arguments)
        if not taken:
            return at
        arguments |= {parameter.name: value for parameter, value in found}
        at += taken
    return at


def _take(
    reader: _Reader,
    value: Setting | None,
    arguments: dict[str, Value],
    word: str,
    kind: LayerKind,
) -> None:
    """Keep a value, or the word that gives none."""
    if value is None:
        reader.fail(word, kind.name)
    else:
        arguments[value[0].name] = value[1]


def _call(reader: _Reader, kind: LayerKind, word: str, arguments: dict[str, Value]) -> list[str]:
    """Read the arguments of a call; return the activations that it names."""
    read, activations = arguments_of(kind, word, arguments)
    for each in read:
        _take(reader, each.found, arguments, each.text, kind)
    return activations


def _add_activations(reader: _Reader, names: Sequence[str]) -> None:
    """Add a card for each activation that a call of Keras names."""
    for name in names:
        found = reader.called([name])
        if found is None:
            reader.fail(name)
        else:
            reader.finish(found, {})
