"""How what is done to training samples is written: a class that changes a batch of them.

What is random about a sample follows from the seed, the epoch and the sample alone: in each epoch
a row of numbers is drawn for every sample. Noise has a number for each element, drawn by a seed of
the sample in that row. Samples are mixed with the one before them in the batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from codegen.literals import literal
from codegen.training.excerpts import functions
from codegen.training.plan import Exit, Plan
from graph_model.recipes.losses import Target
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Value

Arguments = Mapping[str, Value]


@dataclass
class _Writer:
    """What a batch is, by names in the text, and what has been written about it so far."""

    inputs: tuple[str, ...]
    pictures: tuple[str, ...]
    masks: tuple[str, ...]
    targets: tuple[Exit, ...]
    used: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    numbers: int = 0
    seeds: int = 0
    alphas: list[str] = field(default_factory=list)
    is_mixed: bool = False
    time_last: bool = False

    def chance(self, count: int = 1) -> str:
        """Return the expression of so many random numbers from 0 to 1 for each sample."""
        first, self.numbers = self.numbers, self.numbers + count
        return f"chance[:, {first}]" if count == 1 else f"chance[:, {first}:{self.numbers}]"

    def either_way(self, most: Value) -> str:
        """Return the expression of a random number up to so much, either way."""
        return f"{literal(most)} * (2 * {self.chance()} - 1)"

    def seed(self) -> str:
        """Return the expression of a seed for each sample."""
        self.seeds += 1
        return f"seeds[:, {self.seeds - 1}]"

    def share(self, alpha: Value) -> str:
        """Return the expression of what each sample has of a mixture."""
        self.alphas.append(literal(float(str(alpha))))
        return f"shares[:, {len(self.alphas) - 1}]"

    def put(self, function: str, *arguments: str, over_time: bool = False) -> None:
        """Change every input by a function, which takes more arguments; ``over_time`` as N×T×C."""
        self.used.add(function)
        given = "".join(f", {each}" for each in arguments)
        turn = ".mT" * (over_time and self.time_last)
        self.lines += [f"{name} = {function}({name}{turn}{given}){turn}" for name in self.inputs]

    def move(self, function: str, *arguments: str, of_masks: Sequence[str] | None = None) -> None:
        """Change every input and every picture that is a target, and masks with them."""
        self.put(function, *arguments)
        given = "".join(f", {each}" for each in arguments)
        self.lines += [f"{name} = {function}({name}{given})" for name in self.pictures]
        if of_masks is None:
            self.lines += [f"{name} = {function}({name}{given})" for name in self.masks]
            return
        given = "".join(f", {each}" for each in of_masks)
        for name in self.masks:
            changed = f"{function}({name}[:, None].float(){given})[:, 0]"
            self.lines.append(f"{name} = {changed}.to({name}.dtype)")

    def begin_mixing(self) -> None:
        """Make the targets that can be mixed: those of classes become a share of each."""
        if self.is_mixed:
            return
        self.is_mixed = True
        for each in self.targets:
            is_class = each.loss.target is Target.CLASSES and not each.is_soft
            shares = f"nn.functional.one_hot({each.target}, {each.classes}).float()"
            self.lines.append(f"{mixture(each)} = {shares if is_class else each.target}")


def mixture(each: Exit) -> str:
    """Return what holds the target of an output where samples are mixed."""
    return f"mixed_{each.target}"


def _horizontal_flip(arguments: Arguments, to: _Writer) -> None:
    to.move("flipped", f"{to.chance()} < {literal(arguments['probability'])}", "-1")


def _vertical_flip(arguments: Arguments, to: _Writer) -> None:
    to.move("flipped", f"{to.chance()} < {literal(arguments['probability'])}", "-2")


_BORDERS: Final = {"zeros": "", "border": "replicate", "reflection": "reflect"}
"""What torch calls what lies around a picture, where a border is put around it."""


def _crop(arguments: Arguments, to: _Writer) -> None:
    border = _BORDERS[str(arguments["outside"])]
    told = [to.chance(2), literal(arguments["padding"]), *([f'"{border}"'] if border else [])]
    to.move("cropped", *told, of_masks=told)


def _warp(matrix: str, outside: Value, to: _Writer) -> None:
    to.lines.append(f"matrix = {matrix}")
    around = [] if outside == "zeros" else [f'outside="{outside}"']
    to.move("warped", "matrix", *around, of_masks=["matrix", '"nearest"', *around])


def _rotate(arguments: Arguments, to: _Writer) -> None:
    to.used.add("rotation")
    turn = to.either_way(round(math.radians(float(str(arguments["degrees"]))), 12))
    _warp(f"rotation({turn})", arguments["outside"], to)


def _affine(arguments: Arguments, to: _Writer) -> None:
    to.used.add("placement")
    to.lines += [
        f"right, down = ({literal(arguments['shift'])} * (2 * {to.chance(2)} - 1)).unbind(1)",
        f"zoom = 1 + {to.either_way(arguments['zoom'])}",
        f"slant = {to.either_way(arguments['shear'])}",
    ]
    _warp("placement(torch.zeros_like(zoom), zoom, slant, right, down)", arguments["outside"], to)


def _brightness_contrast(arguments: Arguments, to: _Writer) -> None:
    to.lines += [
        f"brightness = {to.either_way(arguments['brightness'])}",
        f"contrast = 1 + {to.either_way(arguments['contrast'])}",
    ]
    to.put("relit", "brightness", "contrast")


def _colour(arguments: Arguments, to: _Writer) -> None:
    hue = round(2 * math.pi * float(str(arguments["hue"])), 12)
    to.lines += [
        f"saturation = 1 + {to.either_way(arguments['saturation'])}",
        f"hue = {to.either_way(hue)}",
    ]
    to.put("recoloured", "saturation", "hue")


def _blur(arguments: Arguments, to: _Writer) -> None:
    largest = float(str(arguments["largest"]))
    to.put("blurred", f"{literal(largest)} * {to.chance()}", str(math.ceil(3 * largest)))


def _noise(arguments: Arguments, to: _Writer) -> None:
    to.used.add("normals")
    for name in to.inputs:
        noise = f"normals({to.seed()}, {name}, {name}.shape[1:])"
        to.lines.append(f"{name} = {name} + {literal(arguments['deviation'])} * {noise}")


def _erase(arguments: Arguments, to: _Writer) -> None:
    smallest, largest = (float(str(arguments[name])) for name in ("smallest", "largest"))
    chosen = f"{to.chance()} < {literal(arguments['probability'])}"
    share = f"{literal(smallest)} + {literal(round(largest - smallest, 12))} * {to.chance()}"
    to.put("erased", chosen, share, to.chance(3))


def _mix_share(arguments: Arguments, to: _Writer) -> str:
    """Return the expression of what each sample keeps, which is all where it is not mixed."""
    share = to.share(arguments["alpha"])
    if arguments["probability"] == 1:
        return share
    return f"torch.where({to.chance()} < {literal(arguments['probability'])}, {share}, 1.0)"


def _mixup(arguments: Arguments, to: _Writer) -> None:
    to.begin_mixing()
    to.used.add("mixed")
    to.lines.append(f"share = {_mix_share(arguments, to)}")
    names = (*to.inputs, *map(mixture, to.targets))
    to.lines += [f"{name} = mixed({name}, share)" for name in names]


def _cutmix(arguments: Arguments, to: _Writer) -> None:
    to.begin_mixing()
    to.used |= {"mixed", "rectangles"}
    share, place = f"1 - {_mix_share(arguments, to)}", to.chance(2)
    first = to.inputs[0]
    to.lines += [
        f"share = {share}",
        f"inside = rectangles({first}, share, torch.ones_like(share), {place})",
        *(f"{name} = torch.where(inside, {name}.roll(1, 0), {name})" for name in to.inputs),
        "share = 1 - inside.float().mean(dim=(1, 2, 3))",
        *(f"{name} = mixed({name}, share)" for name in map(mixture, to.targets)),
    ]


def _rand_augment(arguments: Arguments, to: _Writer) -> None:
    to.used |= {"augmentation", "relit"}
    for _ in range(int(str(arguments["count"]))):
        drawn = f"augmentation({to.chance(2)}, {literal(arguments['strength'])})"
        to.lines.append(f"matrix, light, contrast = {drawn}")
        to.move("warped", "matrix", of_masks=["matrix", '"nearest"'])
        to.put("relit", "light", "contrast")


def _feature_dropout(arguments: Arguments, to: _Writer) -> None:
    to.used.add("dropped")
    for name in to.inputs:
        told = f"{name}, {to.seed()}, {literal(arguments['probability'])}"
        to.lines.append(f"{name} = dropped({told})")


def _token_mask(arguments: Arguments, to: _Writer) -> None:
    to.used.add("dropped")
    value = "" if arguments["token"] == 0 else f", {literal(arguments['token'])}"
    for name in to.inputs:
        told = f"{name}, {to.seed()}, {literal(arguments['probability'])}{value}"
        to.lines.append(f"{name} = dropped({told})")


def _scaling(arguments: Arguments, to: _Writer) -> None:
    to.used.add("normals")
    for name in to.inputs:
        shape = f"({name}.shape[1], 1)" if to.time_last else f"(1, {name}.shape[2])"
        drawn = f"normals({to.seed()}, {name}, {shape})"
        to.lines.append(f"{name} = {name} * (1 + {literal(arguments['deviation'])} * {drawn})")


def _time_shift(arguments: Arguments, to: _Writer) -> None:
    to.put("shifted", to.chance(), literal(arguments["most"]), over_time=True)


def _time_crop(arguments: Arguments, to: _Writer) -> None:
    to.put("stretched", to.chance(), literal(arguments["share"]), over_time=True)


FORMS: Final[Mapping[str, Callable[[Arguments, _Writer], None]]] = {
    "horizontal_flip": _horizontal_flip,
    "vertical_flip": _vertical_flip,
    "crop": _crop,
    "rotate": _rotate,
    "affine": _affine,
    "brightness_contrast": _brightness_contrast,
    "colour": _colour,
    "blur": _blur,
    "noise": _noise,
    "erase": _erase,
    "mixup": _mixup,
    "cutmix": _cutmix,
    "rand_augment": _rand_augment,
    "feature_dropout": _feature_dropout,
    "scaling": _scaling,
    "time_shift": _time_shift,
    "time_crop": _time_crop,
    "token_mask": _token_mask,
}
"""How each transform of the catalogue is written that is done in training."""


def is_chosen(plan: Plan) -> bool:
    """Tell whether anything is done to training samples at random."""
    return any(each.kind in FORMS for each in plan.recipe.transforms)


def are_mixed(plan: Plan) -> bool:
    """Tell whether samples are mixed, so that losses take mixtures of targets."""
    return any(TRANSFORMS[each.kind].mixes for each in plan.recipe.transforms)


def moves_masks(plan: Plan) -> bool:
    """Tell whether targets that have a class for each pixel may be others in training."""
    return is_chosen(plan) and any(map(_is_mask, plan.judged))


def of_losses(plan: Plan) -> Plan:
    """Return the plan in which targets are those that losses take in training."""
    if not are_mixed(plan):
        return plan
    exits = [replace(each, target=mixture(each)) if each.is_judged else each for each in plan.exits]
    return replace(plan, exits=tuple(exits))


def pieces(plan: Plan) -> list[str]:
    """Return the functions and the class that change a batch, nothing where nothing does."""
    if not is_chosen(plan):
        return []
    to = _written(plan)
    begin = [
        "generator = torch.Generator().manual_seed(SEED + 1_000_003 * (epoch + 1))",
        *_drawn(to),
    ]
    taken = [
        *["chance = self.chance[index]"] * bool(to.numbers),
        *["seeds = self.seeds[index.cpu()]"] * bool(to.seeds),
        *["shares = self.shares[index]"] * bool(to.alphas),
    ]
    given = ", ".join(f"{name}: Tensor" for name in plan.samples)
    lines = [
        "class Transforms:",
        '    """What is done to training samples: by the seed, the epoch and the sample alone."""',
        "",
        "    def __init__(self, samples: int, device: torch.device) -> None:",
        "        self.samples, self.device = samples, device",
        "",
        "    def begin(self, epoch: int) -> None:",
        '        """Draw the numbers of an epoch, a row for each sample."""',
        *_indented(begin),
        "",
        f"    def __call__(self, index: Tensor, {given}) -> tuple[Tensor, ...]:",
        '        """Return a batch as it enters the network, of samples of these numbers."""',
        *_indented([*taken, *to.lines, f"return {', '.join(results(plan))}"]),
    ]
    return [*functions("transforms", to.used), *lines, "", ""]


def _drawn(to: _Writer) -> list[str]:
    """Return the lines that draw what the transforms of an epoch need."""
    lines = []
    if to.numbers:
        drawn = f"torch.rand(self.samples, {to.numbers}, generator=generator)"
        lines.append(f"self.chance = {drawn}.to(self.device)")
    if to.seeds:
        drawn = f"torch.randint(2**31, (self.samples, {to.seeds}), generator=generator)"
        lines.append(f"self.seeds = {drawn}")
    if to.alphas:
        alphas = ", ".join(to.alphas) + "," * (len(to.alphas) == 1)
        row = f"[numbers.betavariate(a, a) for a in ({alphas})]"
        lines += [
            "numbers = random.Random(generator.initial_seed())",
            f"rows = [{row} for _ in range(self.samples)]",
            "shares = torch.tensor(rows).to(self.device)",
            "self.shares = torch.maximum(shares, 1 - shares)  # a sample has the larger in itself",
        ]
    return lines


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"        {line}" for line in lines]


def imports(plan: Plan) -> list[str]:
    """Return the modules of the standard library that are needed."""
    return ["import random"] if are_mixed(plan) else []


def results(plan: Plan) -> tuple[str, ...]:
    """Return the names of what a batch is made into."""
    mixtures = (mixture(each) for each in plan.judged) if are_mixed(plan) else ()
    return (*plan.samples, *mixtures)


def setup(plan: Plan) -> list[str]:
    """Return the line that makes the transforms of a training."""
    return ["self.transforms = Transforms(len(self.train[0]), device)"] * is_chosen(plan)


def at_epoch(plan: Plan) -> list[str]:
    """Return the line that begins an epoch."""
    return ["self.transforms.begin(self.epoch)"] * is_chosen(plan)


def of_batch(plan: Plan) -> list[str]:
    """Return the line that changes a batch."""
    if not is_chosen(plan):
        return []
    made = results(plan)
    left = ", ".join(made) if len(made) > 1 else f"({made[0]},)"
    return [f"{left} = self.transforms(index, {', '.join(plan.samples)})"]


def _written(plan: Plan) -> _Writer:
    """Return what the transforms of a plan have written, in their order."""
    to = _Writer(
        plan.transformed,
        tuple(each.target for each in plan.judged if _is_picture(each)),
        tuple(each.target for each in plan.judged if _is_mask(each)),
        plan.judged,
        time_last=plan.time_last,
    )
    for each in plan.recipe.transforms:
        if each.kind in FORMS:
            FORMS[each.kind](TRANSFORMS[each.kind].complete(each.arguments), to)
    return to


def _is_mask(each: Exit) -> bool:
    """Tell whether a target has a class, or yes or no, for each pixel: N×H×W."""
    is_of_classes = each.loss.target is Target.CLASSES
    return each.rank == 4 if is_of_classes else each.rank == 3 and each.loss.target is Target.BINARY


def _is_picture(each: Exit) -> bool:
    return each.rank == 4 and each.loss.target is not Target.CLASSES
