"""What the text of a training is written from: the recipe, and the names that stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Final

from codegen.model.lower import lower
from codegen.model.program import Program
from codegen.training.layers import Place, place, places
from codegen.training.skeleton import SKELETON
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId, free_name
from graph_model.recipe import BETWEEN, Choice, NodePath, Objective, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES, LossKind
from graph_model.recipes.metrics import metrics_of
from graph_model.recipes.options import OF_MODULES, named_by
from graph_model.recipes.players import Turn as Player
from graph_model.recipes.players import turns, works_against
from graph_model.recipes.weights import (
    NONE,
    Kinds,
    changes_by_itself,
    frozen_with_modes,
    frozen_within,
    has_batch_norms,
    kinds,
    named,
)
from graph_model.recipes.within import depth, find

WEIGHTS: Final = "weights"
"""The tensor with what each sample counts in the losses."""
_OWN: Final = frozenset(
    "self index loss samples start size scores each torch nn total sizes losses batches values "
    "value scale columns predicted true probabilities "
    "RANK PROCESSES distributed share gathered averaged "
    "counts weight weights shares yes passes begun end part norms biases closure module first "
    "layer pairs kinds norm like partial checkpoint RATES DECAYS THAW Iterable phases ACCUMULATE "
    "AVERAGE_FROM PATIENCE MIN_DELTA WARM_UP AveragedModel get_ema_multi_avg_fn fully_shard WHOLE "
    "FROM_FIRST optimizer_state parts last "
    "get_model_state_dict get_optimizer_state_dict set_model_state_dict set_optimizer_state_dict "
    "Image ImageOps read_picture with_levels islice Future ThreadPoolExecutor "
    "read_mask fitted_mask BytesIO held IGNORED counted "
    "StateDictOptions Transforms transforms chance seeds shares share matrix right down zoom slant "
    "brightness contrast saturation hue light inside rows generator numbers a random".split()
)
"""What stands where the names of tensors do, in lines that the outline leaves open."""
_OF_SHARES: Final = "CrossEntropyLoss"
_PIECES: Final = Path(__file__).parent / "pieces"


@cache
def _taken() -> frozenset[str]:
    """Return what the text names by itself: a tensor of that name would hide it.

    Names after a dot are those of attributes, which nothing hides.
    """
    lines = [line for line in SKELETON.splitlines() if not line.strip().startswith("$")]
    text = "\n".join(lines).replace("$", "")
    code = re.sub(r'"""[\s\S]*?"""|"[^"\n]*"|#.*', "", text)
    counting = "".join(each.read_text(encoding="utf-8") for each in _PIECES.glob("*.py"))
    pieces = re.findall(r"^(?:class|def) (\w+)", counting, re.MULTILINE)
    return _OWN | {*pieces} | set(re.findall(r"(?<![.\w])[^\W\d]\w*", code))


@frozen
class Exit:
    """One result of the model: its name in the text, what it is trained for, and against what.

    ``target`` is the name of the tensor it is held against, empty where there is none; ``title``
    is what figures of several outputs are told by, and ``metrics`` is what is told. ``classes``
    are those that it has scores of, where its size is known. It ``is_soft`` where the target has
    the probability of each class, and ``ignores`` places of the target that are of none.
    """

    name: str
    title: str
    objective: Objective
    target: str
    rank: int
    metrics: tuple[Choice, ...]
    classes: int = 0
    is_soft: bool = False
    ignores: bool = False

    @property
    def is_trained(self) -> bool:
        """Whether it counts."""
        return bool(self.objective.weight)

    @property
    def loss(self) -> LossKind:
        """The loss that holds it."""
        return LOSSES[self.objective.loss.kind]

    @property
    def is_judged(self) -> bool:
        """Whether it is compared with a target."""
        return self.is_trained and self.loss.takes_target


@frozen
class Turn:
    """What one of several players does on a batch.

    ``method`` of the model, given ``inputs``, computes ``exits`` alone; ``modules`` are those whose
    weights an ``optimizer`` moves by it, as expressions.
    """

    method: str
    inputs: tuple[str, ...]
    exits: tuple[Exit, ...]
    modules: tuple[str, ...]
    optimizer: Choice
    every: int

    @property
    def title(self) -> str:
        """What it is told by."""
        return " + ".join(each.title for each in self.exits)


@frozen
class Plan:
    """All that the text is written from; ``inputs`` are those of the model, with their ranks.

    With several players there are ``turns``, one for each; ``has_best`` tells whether a lower sum
    of their losses is better.
    ``transformed`` are the inputs that take the features, which transforms change; ``time_last``
    tells that their steps in time are last, as of waves.
    Where ``is_weighed``, each sample counts in the losses by a weight of its own.
    ``layers`` tells where layers and blocks with weights lie, ``within`` where those do that an
    option names within blocks, ``weights`` which kinds these have;
    ``holds_still`` whether any that are frozen in the drawing would still change in training, and
    ``kept`` names the class for what of a sample is held in another form than it enters in.
    ``frozen_within`` names the blocks of which something within is frozen, and
    ``has_batch_norms`` tells whether there may be statistics that weights go with, and ``changes``
    whether some layer may change more than its gradients as it computes.
    """

    recipe: Recipe
    class_name: str
    title: str
    inputs: tuple[str, ...]
    ranks: tuple[int, ...]
    exits: tuple[Exit, ...]
    layers: Mapping[NodeId, Place] = field(default_factory=dict)
    weights: Kinds = NONE
    turns: tuple[Turn, ...] = ()
    has_best: bool = True
    holds_still: bool = False
    within: Mapping[NodePath, Place] = field(default_factory=dict)
    frozen_within: frozenset[NodePath] = frozenset()
    transformed: tuple[str, ...] = ()
    time_last: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)
    is_weighed: bool = False
    has_batch_norms: bool = False
    changes: bool = False

    def named(self, option: str) -> dict[NodePath, float]:
        """Return what an option says of layers that there are, none where it was not chosen.

        What lies within a block comes after the block.
        """
        chosen = self.recipe.option(option)
        value = named_by(option, chosen.arguments) if chosen else None
        places = self.places
        return {
            path: said
            for path, said in sorted(named(value).items(), key=lambda pair: depth(pair[0]))
            if path in places and (places[path].is_module or option not in OF_MODULES)
        }

    @property
    def places(self) -> Mapping[NodePath, Place]:
        """The places of all layers and blocks, and of what options name within them."""
        return {**self.layers, **self.within}

    @property
    def trained(self) -> tuple[Exit, ...]:
        """The results that count."""
        return tuple(each for each in self.exits if each.is_trained)

    @property
    def judged(self) -> tuple[Exit, ...]:
        """The results that are held against targets."""
        return tuple(each for each in self.exits if each.is_judged)

    @property
    def stepped(self) -> str:
        """The expression for the weights that a step moves, where it is taken."""
        return "weights" if self.turns else "self.model.parameters()"

    @property
    def called(self) -> str:
        """The name of the class in the text, which may have a class of that name itself."""
        return f"{self.class_name}Network" if self.class_name in _taken() else self.class_name

    @property
    def samples(self) -> tuple[str, ...]:
        """The names of the tensors that make up a sample: inputs, then targets."""
        return (*self.inputs, *(each.target for each in self.judged))

    @property
    def batch(self) -> tuple[str, ...]:
        """The names of all tensors of a batch: samples, and what each counts."""
        return (*self.samples, *([WEIGHTS] if self.is_weighed else []))


def plan(
    inference: Inference, recipe: Recipe, binding: Binding, facts: DataFacts | None = None
) -> Plan:
    """Return what a training is written from; the network has no errors.

    The ``facts`` of the data tell which array transforms change, and whether samples have weights.
    """
    features = facts.features if facts else "features"
    players = turns(recipe, inference)
    program = lower(inference, [each.outputs for each in players])
    main = program.main
    taken = set(_taken())
    inputs = _free([argument.name for argument in main.arguments], taken)
    outputs = _free([result.name for result in main.results], taken)
    judged = sum(each.weight != 0 and _takes_target(each) for each in binding.objectives)
    exits = []
    for name, result, objective in zip(outputs, main.results, binding.objectives, strict=True):
        target = ""
        if objective.weight and _takes_target(objective):
            (target,) = _free([f"{name}_target" if judged > 1 else "target"], taken)
        title = inference.network.nodes[objective.output].name
        metrics = metrics_of(objective, result.spec)
        size = result.spec.shape[1] if result.spec.rank > 1 else 0
        classes = size if isinstance(size, int) else 0
        array = facts.arrays.get(objective.target) if facts else None
        is_soft = array is not None and array.has_shares and objective.loss.kind == _OF_SHARES
        ignores = array is not None and bool(target and array.ignored)
        rank = result.spec.rank
        exits.append(Exit(name, title, objective, target, rank, metrics, classes, is_soft, ignores))
    title = inference.network.name
    ranks = tuple(argument.spec.rank for argument in main.arguments)
    return Plan(
        recipe,
        main.name,
        title,
        tuple(inputs),
        ranks,
        tuple(exits),
        places(inference, program),
        kinds(inference),
        _turns(players, inference, program, inputs, exits),
        has_best=not works_against(players),
        holds_still=frozen_with_modes(inference),
        transformed=tuple(
            name
            for name, (_, array) in zip(inputs, binding.inputs, strict=True)
            if array == features
        ),
        time_last=facts is not None
        and features in facts.arrays
        and facts.arrays[features].time_last,
        is_weighed=facts is not None and facts.has_weights,
        within=_places_within(recipe, inference, program),
        frozen_within=frozen_within(inference),
        has_batch_norms=has_batch_norms(inference),
        changes=changes_by_itself(inference),
    )


def _places_within(
    recipe: Recipe, inference: Inference, program: Program
) -> Mapping[NodePath, Place]:
    """Return the places of what options name within blocks."""
    values = (named_by(each.kind, each.arguments) for each in recipe.options)
    paths = (path for value in values for path in named(value) if BETWEEN in path)
    found = {path: find(path, inference) for path in paths}
    return {path: place(each.path, inference, program) for path, each in found.items() if each}


def _turns(
    players: Sequence[Player],
    inference: Inference,
    program: Program,
    inputs: Sequence[str],
    exits: Sequence[Exit],
) -> tuple[Turn, ...]:
    main = program.main
    called = {argument.name: name for argument, name in zip(main.arguments, inputs, strict=True)}
    return tuple(
        Turn(
            method.name,
            tuple(called[each.name] for each in method.arguments),
            tuple(each for each in exits if each.objective.output in player.outputs),
            tuple(_modules(player.trains, inference, program)),
            player.optimizer,
            player.every,
        )
        for player, method in zip(players, main.methods, strict=True)
    )


def _modules(paths: Collection[NodePath], inference: Inference, program: Program) -> Iterator[str]:
    """Yield expressions for the modules that hold the weights of nodes, and of what is in them."""
    for each in program.main.attributes:
        members = (each.node, *(each.others if each.form is None else ()))
        name = f"self.model.{each.name}"
        if each.form is not None and each.node in paths:
            yield f"nn.ParameterList([{name}])"
        elif all(node in paths for node in members):
            yield name
        else:
            yield from (f"{name}[{at}]" for at, node in enumerate(members) if node in paths)
        for path in paths:
            if BETWEEN in path and path.partition(BETWEEN)[0] in members:
                yield place(path, inference, program).item


def _takes_target(objective: Objective) -> bool:
    return LOSSES[objective.loss.kind].takes_target


def _free(names: Sequence[str], taken: set[str]) -> list[str]:
    """Return names of which none is taken, and take them."""
    found = []
    for name in names:
        free = free_name(name, taken) if name in taken else name
        taken.add(free)
        found.append(free)
    return found
