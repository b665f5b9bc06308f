"""What metrics look at of an output and its target, as expressions.

A batch is in two names, that of the output and that of the target. From them follow ``predicted``
and ``true`` (classes, yes or no, or numbers) and ``probabilities``; a name of its own is given to
whatever of these is needed more than once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from codegen.literals import literal
from codegen.training.plan import Exit
from graph_model.recipes.losses import Target

_WORD: Final = re.compile(r"\{(\w+)\}")
_SHARED: Final = re.compile(r"\{(predicted|true|probabilities)\}(\.?)")
_PLAIN: Final = re.compile(r"[\w.]+(\([^()]*\))?")
"""What needs no parentheses before a dot."""


def with_values(
    lines: Sequence[str], each: Exit, *, also: Sequence[str] = (), known: Sequence[str] = ()
) -> list[str]:
    """Put expressions for all words in braces, and lines before that name the shared ones.

    What ``also`` uses counts as a use; what is ``known`` has been named already.
    """
    derived, shared = _derived(each), _shared(each)
    lines, also = (
        [_WORD.sub(lambda word: derived.get(word[1], word[0]), line) for line in texts]
        for texts in (lines, also)
    )
    here, there = (
        [word[1] for line in texts for word in _SHARED.finditer(line)] for texts in (lines, also)
    )
    named = [
        word
        for word in dict.fromkeys(here)
        if (here + there).count(word) > 1 and word not in known and not shared[word].isidentifier()
    ]

    def expression(word: re.Match[str]) -> str:
        text = word[1] if word[1] in (*named, *known) else shared[word[1]]
        return f"({text})." if word[2] and not _PLAIN.fullmatch(text) else text + word[2]

    return [
        *(f"{word} = {shared[word]}" for word in named),
        *(_SHARED.sub(expression, line) for line in lines),
    ]


def named_by(lines: Sequence[str]) -> tuple[str, ...]:
    """Return what of the shared values lines give a name to."""
    heads = (line.partition(" = ")[0] for line in lines)
    return tuple(head for head in heads if _SHARED.fullmatch(f"{{{head}}}"))


def probabilities(each: Exit) -> str:
    """Return the expression of the probabilities that an output stands for."""
    return _shared(each)["probabilities"]


def threshold_passed(each: Exit) -> str:
    """Return the expression of the classes 0 and 1 that an output of yes and no stands for."""
    return f"({_shared(each)['predicted']}).long()"


def _shared(each: Exit) -> Mapping[str, str]:
    output, target, kind = each.name, each.target, each.loss
    if kind.target is Target.REAL:
        return {"predicted": output, "true": target}
    if kind.target is Target.CLASSES:
        is_log = kind.expects == "log-probabilities"
        return {
            "predicted": f"{output}.argmax(dim=1)",
            "true": f"{target}.argmax(dim=1)" if each.is_soft else target,
            "probabilities": f"{output}.exp()" if is_log else f"{output}.softmax(dim=1)",
        }
    threshold, sign = literal(kind.threshold), "<" if kind.small_is_one else ">"
    return {
        "predicted": f"{output} {sign} {threshold}",
        "true": f"{target} > 0" if kind.target is Target.SIGNS else f"{target}.bool()",
        "probabilities": (
            output
            if kind.expects == "probabilities"
            else f"({threshold} - {output}).sigmoid()"
            if kind.small_is_one
            else f"{output}.sigmoid()"
        ),
    }


def _derived(each: Exit) -> Mapping[str, str]:
    """Return what follows from the shared values; a row stands for each thing that has a class."""
    output, kind = each.name, each.loss
    words = {"output": output, "target": each.target}
    if kind.target is Target.CLASSES:
        loss = "nll_loss" if kind.expects == "log-probabilities" else "cross_entropy"
        return {
            **words,
            "indices": f"{{predicted}}, {{true}}, {output}.shape[1]",
            "true_rows": f"nn.functional.one_hot({{true}}.flatten(), {output}.shape[1]).bool()",
            "score_rows": "{probabilities}" + _BY_PLACE * (each.rank > 2),
            "confidence": "{probabilities}.amax(dim=1)",
            "right": "{predicted} == {true}",
            "surprise": f'nn.functional.{loss}({output}, {each.target}, reduction="none")',
        }
    rows = _BY_PLACE if each.rank > 3 else "" if each.rank == 2 else ".reshape(-1, 1)"
    return {
        **words,
        "indices": "{predicted}.long(), {true}.long(), 2",
        "predicted_rows": "{predicted}" + rows,
        "true_rows": "{true}" + rows,
        "score_rows": ("-" if kind.small_is_one else "") + output + rows,
        "confidence": "{probabilities}",
        "right": "{true}",
    }


_BY_PLACE: Final = ".movedim(1, -1).flatten(0, -2)"
"""Makes rows of what has its classes or labels along dimension 1. Three dimensions of yes and no
are a mask for each sample, so they have one label."""
