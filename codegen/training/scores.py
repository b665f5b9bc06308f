"""How the figures of a run are counted: the classes that count, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from codegen.line_breaks import LINE_LENGTH
from codegen.literals import call, quoted
from codegen.training import objectives
from codegen.training.excerpts import excerpt
from codegen.training.metrics import Counter, Form, form
from codegen.training.plan import Exit, Plan
from codegen.training.values import named_by, with_values
from graph_model.frozen import frozen
from graph_model.recipes.losses import Target

_WEIGHED: Final = "losses, weights, "


def places(plan: Plan) -> Mapping[str, Sequence[str]]:
    """Return the lines of the class of scores, for the places of the outline."""
    return {
        "make_metrics": _made(plan),
        "columns": _columns(plan),
        "values": _values(plan),
        "count_losses": _count_losses(plan),
        "update_metrics": [line for each in plan.judged for line in _updates(each, plan)],
        "figures": _figures(plan),
        "scores_state": _state(plan),
        "as_words": _as_words(plan),
    }


def words(plan: Plan) -> Mapping[str, str]:
    """Return the words for the places of the outline."""
    needed = scalings(plan)
    declared = [f"{name}: dict[str, Tensor]" for name in needed]
    given = [f"self.{name}" for name in needed]
    is_costly = any(each.in_evaluation for _, each in _counters(plan))
    evaluating = ["evaluating=True"] if is_costly else []
    if is_costly:
        declared.append("evaluating: bool = False")
    is_of_lists = any(told.is_list for told in _told(plan))
    return {
        "scores_arguments": "".join(f", {each}" for each in declared),
        "new_scores": call("Scores", given, {}),
        "new_evaluation_scores": call("Scores", [*given, *evaluating], {}),
        "figure": "Any" if is_of_lists else "float",
    }


def scalings(plan: Plan) -> tuple[str, ...]:
    """Return which numbers of the data, by target, bring figures into its units."""
    made = "".join(each.made for _, each in _counters(plan))
    return tuple(name for name in ("deviations", "means") if f"{name}[" in made)


def added(plan: Plan, *, detached: bool) -> str:
    """Return what a batch adds to the scores."""
    end = ".detach()" if detached else ""
    parts = [f"len({plan.inputs[0]})", f"loss{end}"]
    if weighed := objectives.weighed(plan):
        parts.append(weighed)
    if objectives.weighed_apart(plan):
        parts += [f"torch.stack(losses){end}", objectives.shares(plan)]
    for each in plan.judged:
        parts += [f"{each.name}{end}", each.target]
    return f"({', '.join(parts)})"


def _forms(each: Exit) -> list[Form]:
    return [form(each, chosen) for chosen in each.metrics]


def _counters(plan: Plan) -> list[tuple[str, Counter]]:
    """Return all that counts, each by its attribute."""
    return [
        (_attribute(each, counter, plan), counter)
        for each in plan.judged
        for counter in _counters_of(each)
    ]


def _counters_of(each: Exit) -> list[Counter]:
    return list(dict.fromkeys(found.counter for found in _forms(each)))


def _attribute(each: Exit, counter: Counter, plan: Plan) -> str:
    prefix = "" if len(plan.judged) == 1 else f"{each.name}_"
    return f"self.{prefix}{counter.attribute}"


def pieces(plan: Plan) -> list[str]:
    """Return the classes that count, each followed by two empty lines."""
    used: dict[str, set[str]] = {}
    for each in plan.judged:
        for found in _forms(each):
            names = used.setdefault(found.counter.piece, set())
            names |= {found.counter.method, found.method, *found.functions}
    return [line for name in used for line in (*excerpt(name, used[name]), "", "")]


def _made(plan: Plan) -> list[str]:
    counters = _counters(plan)
    lines = ["self.evaluating = evaluating"] if any(c.in_evaluation for _, c in counters) else []
    lines += [f"{attribute} = {counter.made}" for attribute, counter in counters]
    if len(_counted_always(plan)) > 1:
        lines.append(f"self.metrics: list[Any] = [{', '.join(_counted_always(plan))}]")
    if plan.turns:
        lines.append(f"self.of_players = [0.0] * {len(plan.turns)}")
    if objectives.weighed(plan):
        lines.append("self.weight = 0.0")
    if objectives.weighed_apart(plan):
        lines.append(f"self.sums = torch.zeros(2, {len(plan.trained)}, dtype=torch.float64)")
    return lines


def _values(plan: Plan) -> list[str]:
    """Return the lines that bring the losses of the batches from the device."""
    if not plan.turns:
        return ["values: list[float] = torch.stack(losses).tolist()"]
    return [
        "of_players = [torch.stack(each).tolist() for each in losses]",
        "values = [sum(each) for each in zip(*of_players, strict=True)]",
        "for player, each in enumerate(of_players):",
        "    pairs = zip(each, sizes, strict=True)",
        "    self.of_players[player] += sum(value * size for value, size in pairs)",
    ]


def _count_losses(plan: Plan) -> list[str]:
    """Return the lines that add the losses of the batches up, to a mean in the end.

    Where a batch is a mean by weights of samples or classes, it counts in the whole by their sum;
    of several outputs each has its own.
    """
    if objectives.weighed_apart(plan):
        return [
            "counted = torch.stack(weights).cpu().double()",
            "weighed = torch.stack(terms).cpu().double() * counted",
            "self.sums += torch.stack([weighed.sum(dim=0), counted.sum(dim=0)])",
            "self.samples += sum(sizes)",
        ]
    if not objectives.weighed(plan):
        return [
            "for value, size in zip(values, sizes, strict=True):",
            "    self.loss += value * size",
            "    self.samples += size",
        ]
    return [
        "shares = torch.stack(weights).tolist()",
        "for value, size, weight in zip(values, sizes, shares, strict=True):",
        "    self.loss += value * weight",
        "    self.samples += size",
        "    self.weight += weight",
    ]


def _counted_always(plan: Plan) -> list[str]:
    """Return the attributes of what counts while training too, whose state is kept."""
    return [name for name, counter in _counters(plan) if not counter.in_evaluation]


def _columns(plan: Plan) -> list[str]:
    """Return the lines that join the batches, column by column."""
    names = [name for each in plan.judged for name in (each.name, each.target)]
    several = len(plan.turns)
    if not names:
        return [f"sizes, {'*' * bool(several)}losses = zip(*batches, strict=True)"]
    is_narrow = plan.recipe.option("autocast") is not None
    parted = f"losses, columns = columns[:{several}], columns[{several}:]"
    first = "" if several else _WEIGHED if objectives.weighed(plan) else "losses, "
    if objectives.weighed_apart(plan):
        first = "losses, terms, weights, "
    return [
        f"sizes, {first}*columns = zip(*batches, strict=True)",
        *([parted] if several else []),
        f"{', '.join(names)} = map(torch.cat, columns)",
        *(f"{each.name} = {each.name}.float()" for each in plan.judged if is_narrow),
    ]


def _updates(each: Exit, plan: Plan) -> list[str]:
    """Return the lines that count the batches of an output."""
    always, late = (
        [
            f"{_attribute(each, counter, plan)}.{counter.update}"
            for counter in _counters_of(each)
            if counter.in_evaluation is in_evaluation
        ]
        for in_evaluation in (False, True)
    )
    taken = list[str]()
    if each.ignores:
        taken = [f"{each.name}, {each.target} = counted({each.name}, {each.target})"]
        each = replace(each, rank=2 if each.loss.target is Target.CLASSES else 1)
    before = [*taken, *with_values(always, each, also=late)]
    if not late:
        return before
    within = with_values(late, each, known=named_by(before))
    return [*before, "if self.evaluating:", *(f"    {line}" for line in within)]


@frozen
class _Told:
    """A figure as it stands in the text: its name, and the expression that gives it."""

    name: str
    expression: str
    in_evaluation: bool = False
    is_list: bool = False

    @property
    def item(self) -> str:
        """What stands for it in a dict."""
        return f"{quoted(self.name)}: {self.expression}"


def _told(plan: Plan) -> list[_Told]:
    """Return the figures of all outputs, preceded by the output's name where there are several."""
    return [
        _Told(
            found.name if len(plan.judged) == 1 else f"{each.title}.{found.name}",
            f"{_attribute(each, found.counter, plan)}.{found.asked}",
            found.counter.in_evaluation,
            found.is_list,
        )
        for each in plan.judged
        for found in _forms(each)
    ]


def _figures(plan: Plan) -> list[str]:
    parts = [
        _Told(f"{each.title}.loss", f"self.of_players[{at}] / self.samples")
        for at, each in enumerate(plan.turns)
    ]
    over = "weight" if objectives.weighed(plan) else "samples"
    mean = f"self.loss / self.{over}"
    if objectives.weighed_apart(plan):
        mean = "float((self.sums[0] / self.sums[1]).sum())"
    told = [_Told("loss", mean), *parts, *_told(plan)]
    late = [each for each in told if each.in_evaluation]
    items = [each.item for each in told if not each.in_evaluation]
    if not late:
        return _dict("return", items)
    return [
        *_dict("figures: Figures =", items),
        "if self.evaluating:",
        *(f"    figures[{quoted(each.name)}] = {each.expression}" for each in late),
        "return figures",
    ]


def _dict(before: str, items: Sequence[str]) -> list[str]:
    line = f"{before} {{{', '.join(items)}}}"
    if len(line) + _INDENT <= LINE_LENGTH:
        return [line]
    return [f"{before} {{", *(f"    {item}," for item in items), "}"]


_INDENT: Final = 8
"""Of the lines of a method."""


def _as_words(plan: Plan) -> list[str]:
    if not any(each.is_list for each in _told(plan)):
        return ['return "  ".join(f"{name} {value:#.4g}" for name, value in figures.items())']
    return [
        "numbers = [pair for pair in figures.items() if isinstance(pair[1], float)]",
        'return "  ".join(f"{name} {value:#.4g}" for name, value in numbers)',
    ]


def _state(plan: Plan) -> list[str]:
    counted = _counted_always(plan)
    kept, named = ['"loss": self.loss', '"samples": self.samples'], list[str]()
    restored = ['self.loss, self.samples = state["loss"], state["samples"]']
    if len(counted) == 1:
        kept.append(f'"metrics": [vars({counted[0]})]')
        restored.append(f'vars({counted[0]}).update(state["metrics"][0])')
    elif counted:
        named = ["metrics = [vars(each) for each in self.metrics]"]
        kept.append('"metrics": metrics')
        restored += [
            'for each, before in zip(self.metrics, state["metrics"], strict=True):',
            "    vars(each).update(before)",
        ]
    if plan.turns:
        kept.append('"of_players": self.of_players')
        restored.append('self.of_players = state["of_players"]')
    if objectives.weighed(plan):
        kept.append('"weight": self.weight')
        restored.append('self.weight = state.get("weight", self.samples)  # which older runs lack')
    if objectives.weighed_apart(plan):
        kept.append('"sums": self.sums')
        restored.append('self.sums = state["sums"].cpu()')
    return [
        "",
        "def state(self) -> dict[str, Any]:",
        '    """Return what has been counted."""',
        *(f"    {line}" for line in (*named, *_dict("return", kept))),
        "",
        "def resume(self, state: dict[str, Any]) -> None:",
        '    """Count on from there."""',
        *(f"    {line}" for line in restored),
    ]
