"""How a recipe stands in a project file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from graph_model.files.format_values import (
    line_of,
    list_block,
    object_block,
    plain_arguments,
    read_arguments,
)
from graph_model.files.strict_json import Item, printable_name
from graph_model.recipe import Choice, Objective, Phase, Player, Recipe

_RANDOM: Final = Recipe().split
"""How samples are split unless a file says otherwise."""


def recipe_block(recipe: Recipe) -> str:
    """Return the lines of a recipe."""
    options = list_block((line_of(plain_choice(each)) for each in recipe.options), 4)
    players = list_block(map(_player_line, recipe.players), 4)
    phases = list_block(map(_phase_line, recipe.phases), 4)
    transforms = list_block((line_of(plain_choice(each)) for each in recipe.transforms), 4)
    return object_block(
        {
            "data": line_of(plain_choice(recipe.data)),
            "inputs": line_of({printable_name(id): array for id, array in recipe.inputs.items()}),
            "objectives": list_block(map(_objective_line, recipe.objectives), 4),
            "optimizer": line_of(plain_choice(recipe.optimizer)),
            "schedule": line_of(plain_choice(recipe.schedule)),
            "epochs": line_of(recipe.epochs),
            "batch_size": line_of(recipe.batch_size),
            "validation_fraction": line_of(recipe.validation_fraction),
            "test_fraction": line_of(recipe.test_fraction),
            "seed": line_of(recipe.seed),
            **({"options": options} if recipe.options else {}),
            **({"players": players} if recipe.players else {}),
            **({"phases": phases} if recipe.phases else {}),
            **({"split": line_of(plain_choice(recipe.split))} if recipe.split != _RANDOM else {}),
            **({"transforms": transforms} if recipe.transforms else {}),
        },
        2,
    )


def _objective_line(objective: Objective) -> str:
    fields: dict[str, object] = {
        "output": objective.output,
        "target": printable_name(objective.target),
        "loss": plain_choice(objective.loss),
        "weight": objective.weight,
    }
    if objective.metrics:
        fields["metrics"] = [plain_choice(each) for each in objective.metrics]
    return line_of(fields)


def _player_line(player: Player) -> str:
    fields: dict[str, object] = {"output": player.output}
    if player.trains:
        fields["trains"] = [*player.trains]
    if player.optimizer is not None:
        fields["optimizer"] = plain_choice(player.optimizer)
    if player.every != 1:
        fields["every"] = player.every
    return line_of(fields)


def plain_choice(choice: Choice) -> dict[str, object]:
    """Return a choice as plain values."""
    plain: dict[str, object] = {"kind": printable_name(choice.kind)}
    if choice.arguments:
        plain["arguments"] = plain_arguments(choice.arguments)
    return plain


def read_recipe(item: Item) -> Recipe:
    """Read a recipe; raises ``ProjectFileError`` where it is none."""
    found = item.fields(" ".join(NEEDED), " ".join(_READERS))
    return Recipe(**{name: read(found[name]) for name, read in _READERS.items() if name in found})


def read_field(name: str, item: Item) -> Any:
    """Read what stands under one name in a recipe; raises ``KeyError`` where there is none such."""
    return _READERS[name](item)


def _read_inputs(item: Item) -> Mapping[str, str]:
    return {id: array.name() for id, array in item.entries()}


def _phase_line(phase: Phase) -> str:
    return line_of({"start": phase.start, "schedule": plain_choice(phase.schedule)})


def _read_phase(item: Item) -> Phase:
    fields = item.fields("start schedule")
    return Phase(fields["start"].integer(), read_choice(fields["schedule"]))


def read_choice(item: Item) -> Choice:
    """Read a choice; what it chooses may be unknown here."""
    fields = item.fields("kind", "arguments")
    return Choice(fields["kind"].name(), read_arguments(fields))


def _read_objective(item: Item) -> Objective:
    fields = item.fields("output target loss weight", "metrics")
    metrics = fields["metrics"].items() if "metrics" in fields else ()
    return Objective(
        fields["output"].identifier(),
        fields["target"].name(),
        read_choice(fields["loss"]),
        fields["weight"].number(),
        tuple(read_choice(each) for each in metrics),
    )


def _read_player(item: Item) -> Player:
    fields = item.fields("output", "trains optimizer every")
    trains = fields["trains"].items() if "trains" in fields else ()
    return Player(
        fields["output"].identifier(),
        tuple(each.path() for each in trains),
        read_choice(fields["optimizer"]) if "optimizer" in fields else None,
        fields["every"].integer() if "every" in fields else 1,
    )


def _each(read: Callable[[Item], Any]) -> Callable[[Item], tuple[Any, ...]]:
    return lambda item: tuple(map(read, item.items()))


_READERS: Final[Mapping[str, Callable[[Item], Any]]] = {
    "data": read_choice,
    "inputs": _read_inputs,
    "objectives": _each(_read_objective),
    "optimizer": read_choice,
    "schedule": read_choice,
    "epochs": Item.integer,
    "batch_size": Item.integer,
    "validation_fraction": Item.number,
    "test_fraction": Item.number,
    "seed": Item.integer,
    "options": _each(read_choice),
    "players": _each(_read_player),
    "phases": _each(_read_phase),
    "split": read_choice,
    "transforms": _each(read_choice),
}
NEEDED: Final = (*_READERS,)[:10]
"""The names that no recipe is without; the rest begins with ``options``."""
