"""The text by which a script reads texts as tokens, and goes on with one.

``app.data.texts`` does the same here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codegen.outline import filled
from codegen.predicting.rows import lines_of, made, rows_lines
from codegen.predicting.skeleton import MODEL
from codegen.predicting.ways import Reading

READING: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the texts that are given, and those in files."""
    for text in options.text:
        yield sample(" ".join(text.split())[:40], text)
    $table_first
    for path in options.files:
        try:
            yield sample(str(path), path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            complain(path, f"{error}; it takes texts in UTF-8")


def sample(name: str, text: str) -> Sample:
    """Return the numbers of the tokens of a text, having said what of it does not count."""
    numbers, length = numbers_of(text), TEXT["length"]
    complain_of_tokens(name, text, numbers)
    if len(numbers) > length:
        complain(name, f"it has {len(numbers)} tokens, of which the first {length} count")
    return name, padded(numbers)


def padded(numbers: list[int]) -> tuple[Tensor, ...]:
    """Return the numbers of tokens, cut or filled up as in training."""
    length = TEXT["length"]
    filled = numbers[:length] + [0] * (length - len(numbers))
    return (prepared(torch.tensor(filled), 0),)

'''

OF_TABLE: Final = '''
def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts in a column of a table, each with its place."""
    for place, row in rows_of(path):
        if DONE["text_column"] not in row:
            told = f"there is no column “{DONE['text_column']}”. It has: {', '.join(row)}."
            complain(path, told)
            return
        yield place, row[DONE["text_column"]]


def samples_of(path: Path) -> Iterator[Sample]:
    """Yield the texts of a table as tokens; what of them does not count is told once, of all."""
    unknown: Counter[str] = Counter()
    texts = count = longer = 0
    for place, text in texts_of(path):
        numbers = numbers_of(text)
        strange = unknown_tokens(text, numbers)
        unknown.update(strange)
        texts, count = texts + bool(strange), count + len(numbers)
        longer += len(numbers) > TEXT["length"]
        yield place, padded(numbers)
    if unknown:
        some = ", ".join(repr(token) for token, _ in unknown.most_common(10))
        total = sum(unknown.values())
        complain(path, f"{total} of {count} tokens are unknown, in {texts} texts: {some}")
    if longer:
        told = f"of {longer} texts only the first {TEXT['length']} tokens count"
        complain(path, told)

'''

TABLE_FIRST: Final = (
    "if options.csv:",
    "    yield from samples_of(options.csv)",
)

UNKNOWN: Final = '''
def complain_of_tokens(name: str, text: str, numbers: list[int]) -> None:
    """Say which tokens the training did not know, if any: they all count as the same."""
    unknown = unknown_tokens(text, numbers)
    if unknown:
        some = ", ".join(dict.fromkeys(map(repr, unknown[:10])))
        complain(name, f"{len(unknown)} of {len(numbers)} tokens are unknown: {some}")


def unknown_tokens(text: str, numbers: list[int]) -> list[str]:
    """Return the tokens that the training did not know."""
    return [token for token, number in zip(cut(text), numbers, strict=True) if number == 1]

'''

NUMBERS: Final = '''
def numbers_of(text: str) -> list[int]:
    """Return the number of each token; 1 stands for those that are unknown."""
    return [NUMBERS.get(token, 1) for token in cut(text)]

'''

CUT: Final = {
    "characters": '''
def cut(text: str) -> list[str]:
    """Return the characters of a text."""
    return list($text)

''',
    "words": '''
def cut(text: str) -> list[str]:
    """Return the words and marks of a text."""
    letters = r"[^\\W\\u3040-\\u30ff\\u3400-\\u9fff]+"  # each of Chinese and Japanese is a word
    words = rf"[\\u3040-\\u30ff\\u3400-\\u9fff]|{letters}(?:['’]{letters})*|[^\\w\\s]|\\n"
    return re.findall(words, $text)

''',
    "byte_pairs": '''
def cut(text: str) -> list[str]:
    """Return the byte pairs of a text."""
    chunks = re.findall(r" ?\\w+| ?[^\\w\\s]+|\\s+?(?= ?\\S)|\\s+", $text)
    return [token for chunk in chunks for token in joined(chunk)]


@cache
def joined(chunk: str) -> list[str]:
    """Return a chunk as tokens: its characters, joined by the pairs in the order of their rank."""
    tokens = list(chunk)
    while len(tokens) > 1:
        best = min(pairwise(tokens), key=lambda pair: RANKS.get(pair, len(RANKS)))
        if best not in RANKS:
            break
        found: list[str] = []
        for token in tokens:
            if found and (found[-1], token) == best:
                found[-1] += token
            else:
                found.append(token)
        tokens = found
    return tokens

''',
}

GOING_ON: Final = '''\
"""Goes on with a text by $title, token by token.

    python predict.py --text "$example" --tokens 200 --temperature 0.8

Which tokens there are stands in preprocessing.json.
"""

import argparse
$imports
from pathlib import Path

import torch
from torch import Tensor

from $module import $class_name

FOLDER = Path(__file__).parent
DONE = json.loads((FOLDER / "preprocessing.json").read_text(encoding="utf-8"))
$constants


def main() -> None:
    """Print a text and how it goes on."""
    options = parse_options()
    model = loaded_model(options.weights)
    torch.manual_seed(options.seed)
    numbers = numbers_of(options.text)
    if not numbers:
        raise SystemExit("There is nothing to go on with: give a --text.")
    complain_of_tokens("--text", options.text, numbers)
    for _ in range(options.tokens):
        numbers.append(next_token(model, numbers, options.temperature))
    found = [WORDS[number] for number in numbers[len(numbers) - options.tokens :]]
    if options.json:
        print(json.dumps({"text": options.text, "tokens": found}, ensure_ascii=False))
    else:
        print(options.text + $joint.join(["", *found]))


def next_token(model: torch.nn.Module, numbers: list[int], temperature: float) -> int:
    """Draw the next token; the lower the temperature, the more probable ones are drawn."""
    last = numbers[-TEXT["length"] :]
    given = torch.tensor([last + [0] * (TEXT["length"] - len(last))])
    with torch.no_grad():
        $outputs = model(given)
    scores = $scores[0, :, len(last) - 1].float()
    scores[:2] = -torch.inf  # what only fills up, and what is unknown
    if temperature <= 0:
        return int(scores.argmax())
    return int(torch.multinomial((scores / temperature).softmax(dim=0), 1))

$reading

def complain(place: object, why: object) -> None:
    """Say what is not as it should be."""
    print(f"{place}: {why}", file=sys.stderr)


$model

def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Goes on with a text by $module.py.")
    parser.add_argument("--text", default="$example", help="what is to be gone on with")
    parser.add_argument("--tokens", "--continue", type=int, default=200, help="how many are drawn")
    parser.add_argument("--temperature", type=float, default=0.8, help="0 takes the most probable")
    parser.add_argument("--seed", type=int, default=0, help="the same draws the same")
    parser.add_argument("--weights", type=Path, help="others than the best of the training")
    parser.add_argument("--json", action="store_true", help="print a line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
'''


def reading_lines(reading: Reading) -> list[str]:
    """Return the functions that make tokens of texts."""
    lines = []
    if not reading.goes_on:
        first = TABLE_FIRST if reading.text_column else ()
        lines = made(READING, {}, {"table_first": first})
        lines += lines_of(OF_TABLE) + rows_lines(reading.cells) if reading.text_column else []
    return lines + UNKNOWN.splitlines() + numbers_lines(reading)


def numbers_lines(reading: Reading) -> list[str]:
    """Return the functions that make numbers of the tokens of a text."""
    text = "text.lower()" if reading.lowercase else "text"
    return (NUMBERS + CUT[_tokens(reading)].replace("$text", text)).splitlines()


def _tokens(reading: Reading) -> str:
    return reading.tokens or reading.cell_tokens


def imports(reading: Reading) -> list[str]:
    """Return the modules beside those that every script has."""
    return [] if _tokens(reading) == "characters" else ["re"]


def constants(reading: Reading) -> list[str]:
    """Return what is known of the tokens."""
    lines = [
        'TEXT = DONE["text"]',
        'WORDS = TEXT["words"]',
        "NUMBERS = {word: number for number, word in enumerate(WORDS)}",
    ]
    if _tokens(reading) == "byte_pairs":
        pairs = '(first, second) for first, second in TEXT["merges"]'
        lines.append(f"RANKS = {{pair: rank for rank, pair in enumerate({pairs})}}")
    return lines


def going_on(
    reading: Reading, words: dict[str, str], scores: str, weights: Sequence[str]
) -> list[str]:
    """Return the script that goes on with a text."""
    modules = ["json", "sys", *imports(reading)]
    lines = [f"import {each}" for each in sorted(modules)]
    if reading.tokens == "byte_pairs":
        lines += ["from functools import cache", "from itertools import pairwise"]
    joint = '" "' if reading.tokens == "words" else '""'
    filled_words = {**words, "scores": scores, "joint": joint, "example": "The "}
    blocks = {
        "imports": lines,
        "constants": [*weights, *constants(reading)],
        "reading": reading_lines(reading),
        "model": filled(MODEL, words, {}),
    }
    return filled(GOING_ON, filled_words, blocks)
