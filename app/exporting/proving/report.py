"""What came of proving an export: values, the sentence of each file, and the report beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Final

from graph_model.frozen import frozen
from graph_model.phrases import Phrase, phrase
from graph_model.problems import Problem, Severity

SUFFIX: Final = ".proof.json"
"""What the report is called after the name of the model."""
_KILO: Final = 1000


@frozen
class Effect:
    """A figure of the network and of the file, where the answers to the samples are known."""

    name: str
    before: float
    after: float


@frozen
class Given:
    """What the files were run on: how many samples, from where, and in batches of which sizes.

    ``split`` is that of the data, or ``random`` with the reason ``why``.
    """

    count: int
    split: str
    sizes: tuple[int, ...]
    why: Problem | None = None


@frozen
class Proof:
    """How a file compares with the network; a ``problem`` says why that is not known.

    What is not ``is_exact`` is not meant to be equal.

    ``difference`` is the largest between two numbers, ``relative`` the same as a share of the
    largest number of the network's outputs, ``milliseconds`` the time of a batch by its size.
    """

    target: str
    file: str
    size: int
    runtime: str = ""
    is_equal: bool = False
    difference: float = 0.0
    relative: float = 0.0
    outputs: Mapping[str, float] = field(default_factory=dict)
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    is_drawn: bool = False
    is_exact: bool = True
    problem: Problem | None = None


@frozen
class Report:
    """The proofs of an export."""

    network: str
    given: Given
    proofs: tuple[Proof, ...]
    milliseconds: Mapping[str, float]
    versions: Mapping[str, str]

    @property
    def is_refuted(self) -> bool:
        """Whether a file is known not to compute what the network computes."""
        return any(each.severity is Severity.WARNING for each in self.sentences)

    @property
    def sentences(self) -> Sequence[Problem]:
        """One for each file."""
        return [_sentence(each, self.given) for each in self.proofs]

    def as_json(self) -> bytes:
        """Return the report as it lies beside the files."""
        return (json.dumps(self.plain(), indent=2, ensure_ascii=False) + "\n").encode()

    def plain(self) -> Mapping[str, Any]:
        """Return the report in the words of JSON."""
        given = self.given
        files = zip(self.proofs, self.sentences, strict=True)
        return {
            "written_by": "Layerweft",
            "network": self.network,
            "versions": dict(self.versions),
            "samples": {
                "count": given.count,
                "from": given.split,
                "batch_sizes": list(given.sizes),
                "why": given.why.message if given.why else None,
            },
            "milliseconds": _rounded(self.milliseconds),
            "files": [_plain(proof, sentence) for proof, sentence in files],
        }


def _plain(proof: Proof, sentence: Problem) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "file": proof.file,
        "target": proof.target,
        "bytes": proof.size,
        "runtime": proof.runtime,
        "equal": proof.is_equal,
        "sentence": sentence.message,
    }
    if proof.problem is None:
        found |= {
            "largest_difference": proof.difference,
            "relative": proof.relative,
            "outputs": dict(proof.outputs),
            "milliseconds": _rounded(proof.milliseconds),
            "figures": {
                each.name: {"network": each.before, "file": each.after} for each in proof.effects
            },
        }
    return found


def _rounded(times: Mapping[str, float]) -> Mapping[str, float]:
    return {size: round(each, 4) for size, each in times.items()}


def _sentence(proof: Proof, given: Given) -> Problem:
    """Return what is said of a file."""
    if proof.problem is not None:
        return proof.problem
    size, time = next(iter(proof.milliseconds.items()))
    values: dict[str, Any] = {
        "file": proof.file,
        "difference": f"{proof.difference:.1e}",
        "count": str(given.count),
        "samples": _samples(given),
        "sizes": ", ".join(map(str, given.sizes)),
        "bytes": told_size(proof.size),
        "time": f"{time:.3g}",
        "size": size,
    }
    if proof.is_equal:
        return Problem("proof_equal" if proof.difference else "proof_exact", values)
    if proof.is_drawn:
        return Problem("proof_drawn", values)
    values["share"] = f"{proof.relative:.2g}"
    code = "proof_differs" if proof.is_exact else "proof_near"
    if not proof.effects:
        return Problem(code, values)
    shown = (f"{each.name} {each.before:.4g} → {each.after:.4g}" for each in proof.effects)
    return Problem(f"{code}_by", values | {"figures": ", ".join(shown)})


def _samples(given: Given) -> Phrase:
    known = {"validation": "validation samples", "train": "training samples"}
    return phrase(known.get(given.split, "random samples"))


def told_size(count: int) -> str:
    """Return a number of bytes as people write it."""
    if count < _KILO:
        return f"{count} B"
    if count < _KILO**2:
        return f"{count / _KILO:.3g} kB"
    return f"{count / _KILO**2:.3g} MB"
