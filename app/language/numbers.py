"""Numbers as people read them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from graph_model.dims import format_factor
from graph_model.inference.infer import NodeResult
from graph_model.layers.weight import Weight
from graph_model.tensors import TensorSpec

USUAL_DTYPE: Final = "float32"
"""What need not be said of a tensor."""
_IN_A_LINE: Final = 2
"""How many weights are added up in a line."""


def grouped(number: int) -> str:
    """Write a whole number with its thousands apart: ``1,792``."""
    return f"{number:,}"


def figure(number: float, digits: int = 4) -> str:
    """Write a number with so many digits that count, a large one whole: ``0.123``, ``298,779``."""
    size = abs(number)
    return f"{number:,.0f}" if 10**digits <= size < 1e9 else f"{number:.{digits}g}"


def duration(seconds: float, digits: int = 0) -> str:
    """Write a duration as people do: ``48 s``, ``3:05``, ``2:07:30``; seconds alone with digits."""
    whole = round(seconds)
    if whole < 60:
        return QCoreApplication.translate("Duration", "{0} s").format(f"{seconds:.{digits}f}")
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


def brief_count(count: int) -> str:
    """Write a count as briefly as on a card: ``448``, ``1.8 k``, ``61.1 M``."""
    if count < 1000:
        return str(count)
    for unit, size in (("G", 10**9), ("M", 10**6), ("k", 10**3)):
        if count >= 0.9995 * size:
            number = count / size
            return f"{number:.3g} {unit}" if number < 999.5 else f"{number:.0f} {unit}"
    return str(count)


def byte_size(count: int) -> str:
    """Write a number of bytes in the unit that suits it: ``4.7 MB``."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def at_least(number: int, text: str, *, more: bool) -> str:
    """Write a figure that may be ``more``: ``≥ 1.8 k``, and where nothing is known, so."""
    if not more:
        return text
    return f"≥ {text}" if number else QCoreApplication.translate("Numbers", "not known")


def count_formula(weights: tuple[Weight, ...]) -> str:
    """Write how the parameters add up: ``weight 64×3×3×3 + bias 64 = 1,792``.

    More of them than fit in a line or two stand below each other.
    """
    trained = [weight for weight in weights if not weight.is_buffer]
    if not trained:
        return ""
    total = f"= {grouped(sum(weight.count for weight in trained))}"
    width = max(len(weight.name) for weight in trained) if len(trained) > _IN_A_LINE else 0
    terms = [f"{each.name:{width}} {'×'.join(map(str, each.shape))}".strip() for each in trained]
    return "\n".join([*terms, total]) if width else f"{' + '.join(terms)} {total}"


def passes_formula(result: NodeResult) -> str:
    """Write how the parameters of a block's repeats add up: ``3 × 7,104 = 21,312``."""
    if not result.parameter_count:
        return ""
    total = grouped(result.parameter_count)
    counts = [(times, grouped(each.parameter_count)) for each, times in result.copies]
    terms = [count if times == 1 else f"{times} × {count}" for times, count in counts]
    return f"{' + '.join(terms)} = {total}" if terms != [total] else total


def shape_label(spec: TensorSpec) -> str:
    """Write a shape with its dtype, unless that is the usual one: ``N×T int64``."""
    return str(spec) if spec.dtype == USUAL_DTYPE else f"{spec} {spec.dtype}"


def shape_texts(spec: TensorSpec | None) -> tuple[str, ...]:
    """Write each dimension of a shape as on the cards; ``?`` for one that is not known."""
    if spec is None:
        return ("?",)
    return tuple(map(format_factor, spec.shape)) or ("scalar",)
