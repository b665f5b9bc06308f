"""How weights are parted in groups, which have rates and decays of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.training.plan import Plan
from codegen.training.recipe_literals import table
from graph_model.recipes.optimizers import OPTIMIZERS, Takes
from graph_model.recipes.options import OPTIONS


def constants(plan: Plan) -> list[str]:
    """Return the lines that state the factors of layers."""
    found = (("RATES", _rates(plan), "learning rate"), ("DECAYS", _decays(plan), "weight decay"))
    return [
        line
        for name, factors, of in found
        if factors
        for line in table(name, factors, f"of the {of}, by layer")
    ]


def groups(plan: Plan, weights: str, lr: object, weight_decay: object) -> str:
    """Return the expression of these named weights in groups."""
    decay = f", {weight_decay!r}" if OPTIMIZERS[plan.recipe.optimizer.kind].decays else ""
    return f"self.groups({weights}, {lr!r}{decay})"


def is_by_layer(plan: Plan) -> bool:
    """Tell whether weights are parted by the layer they lie in, or between two optimizers."""
    is_of_two = OPTIMIZERS[plan.recipe.optimizer.kind].takes is not Takes.ALL
    is_parted = is_of_two and plan.recipe.option("no_decay") is not None
    return bool(_rates(plan) or _decays(plan)) or is_parted


def method(plan: Plan) -> list[str]:
    """Return the method that parts weights in groups, none where it is done in a line or two."""
    if not is_by_layer(plan):
        return []
    has_decay = OPTIMIZERS[plan.recipe.optimizer.kind].decays
    decay, rate = _decay_of(plan), _factor("RATES") if _rates(plan) else ""
    keys = [name for name, factor in (("rate", rate), ("decay", decay)) if factor]
    key, first = (keys[0], "1.0") if len(keys) == 1 else ("rate, decay", "(1.0, 1.0)")
    kind = "float" if len(keys) == 1 else "tuple[float, float]"
    made = ['"params": members', f'"lr": lr{" * rate" * bool(rate)}']
    if has_decay:
        made.append(f'"weight_decay": weight_decay{" * decay" * bool(decay)}')
    return [
        "",
        "def groups(",
        "    self,",
        "    weights: Iterable[tuple[str, nn.Parameter]],",
        "    lr: float,",
        *(["    weight_decay: float,"] if has_decay else []),
        ") -> list[dict[str, Any]]:",
        '    """Part weights by their factors; the first group has those that have none."""',
        *(f"    {line}" for line in norms(plan)),
        f"    parted: dict[{kind}, list[nn.Parameter]] = {{{first}: []}}",
        "    for name, weight in weights:",
        *([f"        rate = {rate}"] if rate else []),
        *([f"        decay = {decay}"] if decay else []),
        *(_left_out(plan) if _decays(plan) and plan.recipe.option("no_decay") else ()),
        f"        parted.setdefault({f'({key})' if len(keys) > 1 else key}, []).append(weight)",
        "    return [",
        f"        {{{', '.join(made)}}}",
        f"        for {f'({key})' if len(keys) > 1 else key}, members in parted.items()",
        "    ]",
    ]


_NORMS: Final = (
    "norms = {",
    "    weight",
    "    for module in self.model.modules()",
    "    if isinstance(module, nn.LayerNorm | nn.RMSNorm)",
    "    for weight in module.parameters()",
    "}",
)


_BIASES: Final = (
    "biases = {",
    "    weight",
    "    for name, weight in self.model.named_parameters()",
    '    if name.rpartition(".")[2].startswith("bias")',
    "}",
)


def norms(plan: Plan) -> tuple[str, ...]:
    """Return the lines that find those norms and biases that their dimensions do not tell."""
    found = _sets(plan)
    return (*_NORMS * ("norms" in found), *_BIASES * ("biases" in found))


def _sets(plan: Plan) -> tuple[str, ...]:
    """Return the names of these sets of weights that are needed."""
    if plan.recipe.option("no_decay") is None:
        return ()
    needed = {"norms": plan.weights.wide_norms, "biases": plan.weights.wide_biases}
    return tuple(name for name, is_needed in needed.items() if is_needed)


def is_decayed(plan: Plan) -> str:
    """Return the expression that tells whether a weight decays, not being of a norm or a bias."""
    return "weight.ndim > 1" + "".join(f" and weight not in {each}" for each in _sets(plan))


def is_left_out(plan: Plan) -> str:
    """Return the opposite of this expression."""
    return "weight.ndim <= 1" + "".join(f" or weight in {each}" for each in _sets(plan))


def _left_out(plan: Plan) -> tuple[str, ...]:
    """Return what leaves norms and biases without decay, whatever layer they lie in."""
    return (f"        if {is_left_out(plan)}:", "            decay = 0.0")


def _factor(factors: str) -> str:
    is_within = 'f"{name}.".startswith(f"{each}.")'
    return f"next(({factors}[each] for each in {factors} if {is_within}), 1.0)"


def _decay_of(plan: Plan) -> str:
    """Return the expression of the factor of a weight's decay, empty where all have the same."""
    if _decays(plan):
        return _factor("DECAYS")
    return f"float({is_decayed(plan)})" if plan.recipe.option("no_decay") else ""


def _rates(plan: Plan) -> Mapping[str, float]:
    """Return the factors of the learning rate by the names of modules, the innermost first."""
    said = plan.named("layer_rates")
    chosen = plan.recipe.option("layer_decay")
    factor = OPTIONS["layer_decay"].complete(chosen.arguments)["factor"] if chosen else 1.0
    assert isinstance(factor, int | float)
    names = [(id, name) for id, place in plan.layers.items() for name in place.names]
    found: dict[str, float] = {}
    fallen: dict[str, float] = {}
    for depth, (id, name) in enumerate(reversed(names)):
        fallen[name] = float(factor**depth)
        if chosen or id in said:
            found[name] = fallen[name] * said.get(id, 1.0)
    for path in filter(said.__contains__, plan.within):
        for name in plan.within[path].names:
            around = next(each for each in fallen if name.startswith(f"{each}."))
            found[name] = fallen[around] * said[path]
    return _innermost_first(dict(reversed(found.items())))


def _decays(plan: Plan) -> Mapping[str, float]:
    """Return the factors of the weight decay by the names of modules, the innermost first."""
    said = plan.named("layer_weight_decays")
    return _innermost_first(
        {
            name: float(said[path])
            for path, place in plan.places.items()
            for name in place.names
            if path in said
        }
    )


def _innermost_first(factors: Mapping[str, float]) -> Mapping[str, float]:
    """Return factors with those of what lies within a module before that of the module itself."""
    return {
        name: factors[name]
        for name in sorted(factors, key=lambda name: -sum(map(f"{name}.".startswith, _in(factors))))
    }


def _in(factors: Mapping[str, float]) -> list[str]:
    return [f"{name}." for name in factors]
