"""Byte pairs: tokens that are learned by joining the neighbours that stand together most often.

Written here and not taken from a library: it is two loops, and the ones that exist add 5 to 32 MB.
They start from characters, of which a text has few, and not from bytes: so each token is text.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Pair = tuple[str, str]


def learned_pairs(chunks: Mapping[str, int], most: int) -> list[Pair]:
    """Return up to so many pairs, each the most frequent one once those before it are joined.

    ``chunks`` counts what pairs do not reach across. Of pairs that are as frequent, the first by
    its letters is taken; one that stands once is not.
    """
    words = [list(chunk) for chunk in chunks]
    counts = list(chunks.values())
    frequent: Counter[Pair] = Counter()
    places: defaultdict[Pair, set[int]] = defaultdict(set)
    for index, word in enumerate(words):
        for pair in itertools.pairwise(word):
            frequent[pair] += counts[index]
            places[pair].add(index)
    pairs: list[Pair] = []
    while len(pairs) < most and frequent:
        best = min(frequent, key=lambda pair: (-frequent[pair], pair))
        if frequent[best] < 2:
            break
        pairs.append(best)
        for index in places.pop(best):
            word, count = words[index], counts[index]
            for pair in itertools.pairwise(word):
                frequent[pair] -= count
                if not frequent[pair]:
                    del frequent[pair]
            words[index] = word = _joined(word, best)
            for pair in itertools.pairwise(word):
                frequent[pair] += count
                places[pair].add(index)
    return pairs


def joined_pairs(chunk: str, ranks: Mapping[Pair, int]) -> Sequence[str]:
    """Return a chunk as tokens: its characters, joined by the pairs in the order of their rank."""
    tokens = list(chunk)
    while len(tokens) > 1:
        best = min(itertools.pairwise(tokens), key=lambda p: ranks.get(p, len(ranks)))
        if best not in ranks:
            break
        tokens = _joined(tokens, best)
    return tokens


def _joined(tokens: Sequence[str], pair: Pair) -> list[str]:
    """Return tokens with each occurrence of a pair, from the left, made one."""
    found: list[str] = []
    for token in tokens:
        if found and (found[-1], token) == pair:
            found[-1] += token
            # What was just made is no first half of the same pair again: pairs are shorter.
        else:
            found.append(token)
    return found
