"""From a recipe to a training script that stands alone and repeats a run to the last bit.

The script goes beside the generated ``model.py`` and ``data.pt``, a dict of ``inputs`` and
``targets`` (lists of tensors with all samples, in the order of the model's arguments and results)
and of the indices ``train``, ``validation`` and ``test``. It prints JSON, one object a line, with
the names of the application's own events.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from string import Template
from typing import Final, cast

from codegen.line_breaks import LINE_LENGTH, wrapped
from codegen.literals import call, literal, plain
from codegen.model.lower import main_class_name
from graph_model.inference.infer import Inference
from graph_model.problems import GraphError
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES, Pace
from graph_model.values import Value

_TEMPLATE: Final = '''\
"""Trains $title on the samples in data.pt.

    python train.py --device cuda

Prints one JSON object a line: the losses of each epoch, at last the figures of the best weights,
which are saved as best.pt. The same seed gives the same losses.
"""

import argparse
import json
import math
import os
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from $module import $class_name

FOLDER = Path(__file__).parent
SEED = $seed
BATCH_SIZE = $batch_size
EVALUATION_BATCH_SIZE = 4 * BATCH_SIZE
$losses

Tensors = tuple[Tensor, ...]
Samples = tuple[Tensors, Tensors]


def main() -> None:
    """Train, evaluating after each epoch, and keep the weights of the best."""
    options = parse_options()
    device = torch.device(options.device)
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    model = $class_name()
    if options.weights:
        model.load_state_dict(torch.load(options.weights, map_location="cpu"))
    model.to(device)

    data = torch.load(options.data)
    train, validation, test = (
        select(data, name, device) for name in ("train", "validation", "test")
    )
    shuffling = torch.Generator().manual_seed(SEED)
    count = len(train[0][0])
    full, rest = divmod(count, BATCH_SIZE)
    steps = full + (rest > 1) or 1  # a batch of a single sample is left out
$optimizer

    best, best_epoch = math.nan, 0
    for epoch in range(1, options.epochs + 1):
        model.train()
        losses = []
        order = torch.randperm(count, generator=shuffling).split(BATCH_SIZE)[:steps]
        for index in order:
            inputs, targets = batch(train, index.to(device))
            rate = optimizer.param_groups[0]["lr"]
            optimizer.zero_grad()
            loss = total_loss(run(model, inputs), targets)
            loss.backward()
            optimizer.step()
$after_step
            losses.append(loss.detach())
        train_losses = torch.stack(losses).tolist()
        if not all(map(math.isfinite, train_losses)):
            raise SystemExit(f"The loss is no longer a number in epoch {epoch}.")
        figures = evaluate(model, validation)
$after_epoch
        if math.isnan(best) or figures["loss"] < best:
            best, best_epoch = figures["loss"], epoch
            torch.save(model.state_dict(), options.best)
        tell(
            "epoch_ended",
            epoch=epoch,
            train={"losses": train_losses, "loss": mean(train_losses, map(len, order))},
            validation=figures,
            learning_rate=rate,
        )

    if best_epoch:
        model.load_state_dict(torch.load(options.best))
    tell(
        "finished",
        best_epoch=best_epoch,
        validation=evaluate(model, validation),
        test=evaluate(model, test) if len(test[0][0]) else {},
    )


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    threads = max(1, (os.cpu_count() or 2) - 1)
    parser = argparse.ArgumentParser(description="Trains the network in $module.py.")
    parser.add_argument("--epochs", type=int, default=$epochs)
    parser.add_argument("--device", default="cpu", help="such as cpu, cuda, cuda:1 or mps")
    parser.add_argument("--data", type=Path, default=FOLDER / "data.pt")
    parser.add_argument("--weights", type=Path, help="a state_dict to begin with")
    parser.add_argument("--best", type=Path, default=FOLDER / "best.pt", help="where to save")
    parser.add_argument(
        "--threads", type=int, default=threads, help="other numbers change the last digits"
    )
    return parser.parse_args()


def select(data: dict, name: str, device: torch.device) -> Samples:
    """Return the inputs and targets of one split."""
    index = data[name]
    return (
        tuple(each[index].to(device) for each in data["inputs"]),
        tuple(each[index].to(device) for each in data["targets"]),
    )


def batch(samples: Samples, index: Tensor | slice) -> Samples:
    """Return some of the samples."""
    inputs, targets = samples
    return tuple(each[index] for each in inputs), tuple(each[index] for each in targets)


def run(model: nn.Module, inputs: Tensors) -> Tensors:
    """Return the outputs of the model."""
    return $outputs


def total_loss(outputs: Tensors, targets: Tensors) -> Tensor:
    """Return the loss of a batch."""
$total_loss


def evaluate(model: nn.Module, samples: Samples) -> dict[str, float]:
    """Return the figures of the model on a split."""
    model.eval()
    losses, sizes = [], []
$begin_figures
    with torch.no_grad():
        for start in range(0, len(samples[0][0]), EVALUATION_BATCH_SIZE):
            inputs, targets = batch(samples, slice(start, start + EVALUATION_BATCH_SIZE))
            outputs = run(model, inputs)
            losses.append(total_loss(outputs, targets))
            sizes.append(len(targets[0]))
$keep_outputs
    figures = {"loss": mean(torch.stack(losses).tolist(), sizes)}
$end_figures
    return figures


def mean(losses: list[float], sizes: Iterable[int]) -> float:
    """Return the mean loss over samples from those over batches."""
    pairs = list(zip(losses, sizes, strict=True))
    return sum(loss * size for loss, size in pairs) / sum(size for _, size in pairs)


def tell(event: str, **values: object) -> None:
    """Print an event as JSON."""
    print(json.dumps({"event": event, **values}), flush=True)


if __name__ == "__main__":
    main()
'''


def script(inference: Inference, recipe: Recipe, binding: Binding, module: str = "model") -> str:
    """Return the training script for a network without errors, its recipe and what binds them.

    ``module`` is the name of the generated file beside it, without ``.py``. Raises ``GraphError``
    where that cannot be imported, ``KeyError`` for a loss, optimizer or schedule that no
    catalogue has.
    """
    if not module.isidentifier() or keyword.iskeyword(module):
        raise GraphError(f"{module!r} is no name of a module")
    network, class_name = inference.network, main_class_name(inference)
    names = [network.nodes[each.output].name for each in binding.objectives]
    pace = SCHEDULES[recipe.schedule.kind].pace
    words = {
        "title": plain(network.name) or class_name,
        "class_name": class_name,
        "module": module,
        "seed": literal(int(recipe.seed)),
        "batch_size": literal(int(recipe.batch_size)),
        "epochs": literal(int(recipe.epochs)),
        "outputs": "(model(*inputs),)" if len(names) == 1 else "model(*inputs)",
    }
    return _filled(
        words,
        {
            "optimizer": _optimizer(recipe),
            "after_step": ["            schedule.step()"] if pace is Pace.STEP else [],
            "after_epoch": _AFTER_EPOCH.get(pace, []),
            "losses": _losses(binding.objectives, names),
            "total_loss": _total_loss(binding.objectives, inference),
            **_figures(binding.objectives, names),
        },
    )


_AFTER_EPOCH: Final[Mapping[Pace, Sequence[str]]] = {
    Pace.EPOCH: ["        schedule.step()"],
    Pace.VALIDATION: ['        schedule.step(figures["loss"])'],
}


def _filled(words: Mapping[str, str], blocks: Mapping[str, Sequence[str]]) -> str:
    """Put words into the template, and blocks in place of the lines that name them."""
    lines: list[str] = []
    for line in _TEMPLATE.splitlines():
        if line.startswith("$"):
            lines += [part for each in blocks[line[1:]] for part in wrapped(each)]
        else:
            lines.append(Template(line).substitute(words))
    return "\n".join(lines) + "\n"


def _optimizer(recipe: Recipe) -> list[str]:
    kind = OPTIMIZERS[recipe.optimizer.kind]
    arguments = _literals(kind.torch_arguments(recipe.optimizer.arguments))
    made = call(f"torch.optim.{kind.name}", ["model.parameters()"], arguments)
    lines = [f"    optimizer = {made}"]
    schedule = SCHEDULES[recipe.schedule.kind]
    if schedule.pace is not Pace.NEVER:
        of_run = {"T_max": "options.epochs"} if _follows_epochs(recipe) else {}
        if schedule.pace is Pace.STEP:
            of_run = {"total_steps": "options.epochs * steps"}
        told = _literals(schedule.torch_arguments(recipe.schedule.arguments, 1, 1)) | of_run
        made = call(f"torch.optim.lr_scheduler.{schedule.name}", ["optimizer"], told)
        lines.append(f"    schedule = {made}")
    return lines


def _follows_epochs(recipe: Recipe) -> bool:
    complete = SCHEDULES[recipe.schedule.kind].complete(recipe.schedule.arguments)
    return complete.get("T_max", 0) is None


def _literals(arguments: Mapping[str, object]) -> dict[str, str]:
    return {name: literal(cast(Value, value)) for name, value in arguments.items()}


def _trained(objectives: Sequence[Objective]) -> list[tuple[int, Objective]]:
    """Return the objectives that count, with the place of their output among the results."""
    return [(index, each) for index, each in enumerate(objectives) if each.weight]


def _losses(objectives: Sequence[Objective], names: Sequence[str]) -> list[str]:
    lines = []
    for index, objective in _trained(objectives):
        kind = LOSSES[objective.loss.kind]
        if not kind.takes_target:
            continue
        made = call(
            f"nn.{kind.name}", [], _literals(kind.torch_arguments(objective.loss.arguments))
        )
        lines.append(f"LOSS_{index + 1} = {made}  # of {names[index]}")
    return lines


def _total_loss(objectives: Sequence[Objective], inference: Inference) -> list[str]:
    terms = []
    for index, objective in _trained(objectives):
        factor = "" if objective.weight == 1 else f"{literal(float(objective.weight))} * "
        term = f"LOSS_{index + 1}(outputs[{index}], targets[{index}])"
        if not LOSSES[objective.loss.kind].takes_target:
            term = f"outputs[{index}]"
            if inference.nodes[objective.output].inputs["input"].rank:
                term += ".mean()"
        terms.append(factor + term)
    lines = [f"    total = {terms[0]}", *(f"    total = total + {term}" for term in terms[1:])]
    return [*lines, "    return total"] if len(terms) > 1 else [f"    return {terms[0]}"]


def _assigned(target: str, value: str) -> list[str]:
    """Write an assignment, in parentheses where it is too long for a line."""
    line = f"{target} = {value}"
    return [line] if len(line) <= LINE_LENGTH else [f"{target} = (", f"        {value}", "    )"]


def _figures(objectives: Sequence[Objective], names: Sequence[str]) -> dict[str, list[str]]:
    """Return what ``evaluate`` does to tell the share predicted right, of outputs with classes."""
    trained = _trained(objectives)
    judged = sum(LOSSES[each.loss.kind].takes_target for _, each in trained)
    lines = []
    for index, objective in trained:
        kind = LOSSES[objective.loss.kind]
        output, target = f"outputs[{index}]", f"samples[1][{index}]"
        prefix = f"{names[index]}." if judged > 1 else ""
        if kind.target is Target.CLASSES:
            right = f"({output}.argmax(dim=1) == {target})"
        elif kind.target in {Target.BINARY, Target.SIGNS}:
            above = "<" if kind.small_is_one else ">"
            true = f"({target} > 0)" if kind.target is Target.SIGNS else f"{target}.bool()"
            right = f"(({output} {above} {literal(kind.threshold)}) == {true})"
        else:
            continue
        lines += _assigned(f'    figures["{prefix}accuracy"]', f"{right}.double().mean().item()")
    if not lines:
        return {"begin_figures": [], "keep_outputs": [], "end_figures": []}
    has_loss = not all(LOSSES[each.loss.kind].takes_target for each in objectives)
    kept = "[torch.atleast_1d(each) for each in outputs]" if has_loss else "outputs"
    joined = "    outputs = [torch.cat(parts) for parts in zip(*kept, strict=True)]"
    return {
        "begin_figures": ["    kept = []"],
        "keep_outputs": [f"            kept.append({kept})"],
        "end_figures": [joined, *lines],
    }
