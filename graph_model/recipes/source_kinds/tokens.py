"""The settings by which texts become tokens."""

from __future__ import annotations

from typing import Final

from graph_model.values import Parameter, boolean, choice, integer

TOKENS: Final = choice(
    "tokens",
    ("auto", "characters", "words", "byte_pairs"),
    "auto",
    "What a text is cut into; byte pairs are parts of words that are learned.",
)
VOCABULARY: Final = integer(
    "vocabulary",
    None,
    "How many tokens are known at most; the most frequent of the training split.",
    minimum=3,
    maximum=1_000_000,
)
LENGTH: Final = integer(
    "length",
    None,
    "How many tokens a sample has; shorter texts are filled up, longer ones cut off.",
    maximum=65_536,
)
LOWERCASE: Final = boolean("lowercase", False, "Take capital letters for small ones.")
HOW: Final[tuple[Parameter, ...]] = (TOKENS, VOCABULARY, LENGTH, LOWERCASE)
