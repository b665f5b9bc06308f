"""A text that is typed to try a model on it: what it is, or how it goes on.

``codegen.predicting.texts`` writes the same for scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

from app.data.texts.learning import encoded
from app.data.texts.tokens import PADDING, SPECIAL, UNKNOWN, Encoder, of_json, text_of
from app.training.outputs import results_of
from app.training.predict import texts_of_file
from graph_model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.data.preprocessing import Preprocessing
    from app.runs.predictions import Predictions
    from app.training.predict import Predictor

_NAMED: Final = 10


@frozen
class TextField:
    """How a model takes a text: cut into which tokens, how many, and what it says of it.

    ``words`` are those that it knows; a text is ``gone_on`` with where the next token is said.
    """

    tokens: str
    words: tuple[str, ...]
    length: int
    gone_on: bool
    example: str = ""

    def read(self, numbers: Sequence[int]) -> str:
        """Return the text that numbers of tokens stand for, without what fills it up."""
        found = [self.words[each] for each in numbers if 0 <= each < len(self.words)]
        while found and found[-1] == SPECIAL[PADDING]:
            found.pop()
        return text_of(found, self.tokens)


@frozen
class Continuation:
    """A text and how it goes on; ``unknown`` tokens of it count all as the same."""

    text: str
    added: str
    unknown: tuple[str, ...] = ()


def text_field(done: Preprocessing, example: str) -> TextField | None:
    """Return how a model takes a text, ``None`` where it takes none."""
    text = done.done.get("text")
    if text is None or len(done.entrances) != 1:
        return None
    if done.entrances[0].array not in text.get("columns", {done.entrances[0].array}):
        return None  # other columns of a table have texts, which no Input takes
    gone_on = text["task"] == "next_token"
    return TextField(text["tokens"], tuple(text["words"]), text["length"], gone_on, example)


def first_text(predictor: Predictor, index: int) -> str:
    """Return the text of a sample, as it is known of its tokens."""
    field = text_field(predictor.preprocessing, "")
    if field is None:
        return ""
    return field.read(predictor.samples.prepared.inputs[0][index].tolist())


def text_of_file(predictor: Predictor, path: Path) -> str | None:
    """Return the text of a file, or the first of a table, where the model takes texts.

    Raises ``Refusal`` where it cannot be read.
    """
    done = predictor.preprocessing
    has_rows = "columns" in done.done.get("text", {})
    return texts_of_file(path, done)[0] if "text" in done.done and not has_rows else None


def unknown_in(predictor: Predictor, text: str) -> tuple[str, ...]:
    """Return the first of the tokens of a text that the training did not know."""
    encoder = Encoder(of_json(predictor.preprocessing.done["text"]))
    pairs = zip(encoder.tokens(text), encoder.numbers(text), strict=True)
    found = dict.fromkeys(token for token, number in pairs if number == UNKNOWN)
    return tuple(found)[:_NAMED]


def predict_text(predictor: Predictor, text: str, output: int = 0) -> Predictions:
    """Return what an output of a model says of a text."""
    done = predictor.preprocessing.done["text"]
    return predictor.of_arrays((encoded([text], of_json(done), done["length"]),))[output]


def continued(
    predictor: Predictor, text: str, count: int, temperature: float, seed: int
) -> Continuation:
    """Return how a text goes on for so many tokens, drawn by a seed as ``predict.py`` does.

    The lower the temperature, the more probable ones are drawn; 0 takes the most probable.
    """
    field = text_field(predictor.preprocessing, "")
    assert field is not None
    numbers = Encoder(of_json(predictor.preprocessing.done["text"])).numbers(text)
    start, unknown = len(numbers), unknown_in(predictor, text)
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        for _ in range(count if start else 0):
            numbers.append(_next(predictor, numbers[-field.length :], field.length, temperature))
    first = " " if field.tokens == "words" else ""
    added = text_of([field.words[number] for number in numbers[start:]], field.tokens)
    return Continuation(text, f"{first}{added}" if added else "", unknown)


def _next(predictor: Predictor, last: list[int], length: int, temperature: float) -> int:
    given = torch.tensor([last + [PADDING] * (length - len(last))])
    scores = results_of(predictor.model, (given,))[predictor.first_output]
    chosen = scores[0, :, len(last) - 1].float()
    chosen[: len(SPECIAL)] = -torch.inf
    if temperature <= 0:
        return int(chosen.argmax())
    return int(torch.multinomial((chosen / temperature).softmax(dim=0), 1))
