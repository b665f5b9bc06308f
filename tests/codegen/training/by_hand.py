"""Trainings of several players, each written out as one would by hand, with torch alone.

What a tensor gives to several others is computed in the order of the drawing, in which gradients
are added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as f

from graph_model.network import Network, add_nodes
from graph_model.recipe import Choice, Objective, Player, Recipe
from graph_model.values import Arguments
from tests.codegen.samples import Line, network

Batch = Sequence[Tensor]


@dataclass(frozen=True)
class Hand:
    """A player by hand: its loss of a batch, what it trains, by what, and how often."""

    loss: Callable[[Batch], Tensor]
    optimizer: torch.optim.Optimizer
    every: int = 1
    clipped: float = 0.0


@dataclass(frozen=True)
class ByHand:
    """A whole training by hand: its players, and their losses of a batch in evaluation."""

    hands: tuple[Hand, ...]
    evaluate: Callable[[Batch], Sequence[Tensor]]
    schedules: tuple[torch.optim.lr_scheduler.LRScheduler, ...] = ()


Case = tuple[Network, Recipe, Callable[[nn.Module], ByHand]]


def drawn(name: str, lines: dict[str, Line], **shared: str) -> Network:
    """Return a network of lines, in which some nodes use the weights of another."""
    found = network(name, lines)
    shares = (replace(found.nodes[id], shares=owner, arguments={}) for id, owner in shared.items())
    return add_nodes(found, shares)


def _alone(losses: Callable[[Batch], Sequence[Tensor]], model: nn.Module) -> ByHand:
    """Return a training of one loss, of which everything learns."""
    optimizer = torch.optim.Adam(model.parameters())
    return ByHand((Hand(lambda batch: losses(batch)[0], optimizer),), losses)


def _mean(source: str) -> Line:
    return "Mean", {"dim": (0, 1)}, source


SMALL: Arguments = {"out_features": 6}
GAN = drawn("Tiny GAN", {
    "x": ("Input", {"shape": ("N", 2)}, ""),
    "noise": ("Randn", {"shape": ("N", 3)}, ""),
    "g1": ("Linear", SMALL, "noise"),
    "relu": ("ReLU", {}, "g1"),
    "g2": ("Linear", {"out_features": 2}, "relu"),
    "apart": ("Detach", {}, "g2"),
    "d1": ("Linear", SMALL, "x"), "t1": ("Tanh", {}, "d1"),
    "d2": ("Linear", {"out_features": 1}, "t1"),
    "e1": ("Linear", {}, "apart"), "t2": ("Tanh", {}, "e1"), "e2": ("Linear", {}, "t2"),
    "f1": ("Linear", {}, "g2"), "t3": ("Tanh", {}, "f1"), "f2": ("Linear", {}, "t3"),
    "minus": ("Negative", {}, "d2"), "real": ("Softplus", {}, "minus"), "m1": _mean("real"),
    "fake": ("Softplus", {}, "e2"), "m2": _mean("fake"),
    "both": ("Add", {}, "m1 m2"),
    "critic": ("Output", {}, "both"),
    "against": ("Negative", {}, "f2"), "fooled": ("Softplus", {}, "against"),
    "m3": _mean("fooled"),
    "generator": ("Output", {}, "m3"),
}, e1="d1", e2="d2", f1="d1", f2="d2")  # fmt: skip


def gan(model: nn.Module) -> ByHand:
    """The loop of every introduction to generative adversarial networks."""

    def generate(like: Tensor) -> Tensor:
        noise = torch.randn(len(like), 3)
        return model.g2(torch.relu(model.g1(noise)))

    def judge(points: Tensor) -> Tensor:
        return model.d2(torch.tanh(model.d1(points)))

    def of_critic(real: Tensor, fake: Tensor) -> Tensor:
        return f.softplus(-judge(real)).mean() + f.softplus(judge(fake.detach())).mean()

    def of_generator(fake: Tensor) -> Tensor:
        return f.softplus(-judge(fake)).mean()

    def evaluate(batch: Batch) -> Sequence[Tensor]:
        fake = generate(batch[0])
        return of_critic(batch[0], fake), of_generator(fake)

    critic = torch.optim.Adam([*model.d1.parameters(), *model.d2.parameters()], 0.01, (0.5, 0.9))
    generator = torch.optim.SGD([*model.g1.parameters(), *model.g2.parameters()], 0.1)
    return ByHand(
        (
            Hand(lambda batch: of_critic(batch[0], generate(batch[0])), critic, clipped=0.1),
            Hand(lambda batch: of_generator(generate(batch[0])), generator, 3, clipped=0.1),
        ),
        evaluate,
        tuple(torch.optim.lr_scheduler.StepLR(each, 1, 0.5) for each in (critic, generator)),
    )


PENALISED = drawn("Tiny WGAN-GP", {
    "x": ("Input", {"shape": ("N", 2)}, ""),
    "noise": ("Randn", {"shape": ("N", 3)}, ""),
    "generator": ("Linear", {"out_features": 2}, "noise"),
    "apart": ("Detach", {}, "generator"),
    "share": ("Rand", {"shape": ("N", 1)}, ""), "rest": ("SubtractFrom", {}, "share"),
    "of_real": ("Multiply", {}, "share x"), "of_fake": ("Multiply", {}, "rest apart"),
    "mixed": ("Add", {}, "of_real of_fake"),
    "d1": ("Linear", SMALL, "x"), "t1": ("Tanh", {}, "d1"),
    "d2": ("Linear", {"out_features": 1}, "t1"), "real": _mean("d2"),
    "e1": ("Linear", {}, "apart"), "t2": ("Tanh", {}, "e1"), "e2": ("Linear", {}, "t2"),
    "fake": _mean("e2"),
    "h1": ("Linear", {}, "mixed"), "t3": ("Tanh", {}, "h1"), "h2": ("Linear", {}, "t3"),
    "gradient": ("Gradient", {}, "h2 mixed"),
    "length": ("Norm", {}, "gradient"), "beyond": ("AddNumber", {"value": -1.0}, "length"),
    "square": ("Square", {}, "beyond"), "mean": ("Mean", {"dim": (0,)}, "square"),
    "penalty": ("MultiplyByNumber", {"value": 10.0}, "mean"),
    "apart_by": ("Subtract", {}, "fake real"), "both": ("Add", {}, "apart_by penalty"),
    "critic": ("Output", {}, "both"),
    "f1": ("Linear", {}, "generator"), "t4": ("Tanh", {}, "f1"), "f2": ("Linear", {}, "t4"),
    "praise": _mean("f2"), "minus": ("Negative", {}, "praise"),
    "generator_loss": ("Output", {}, "minus"),
}, e1="d1", e2="d2", f1="d1", f2="d2", h1="d1", h2="d2")  # fmt: skip


def penalised(model: nn.Module) -> ByHand:
    """A Wasserstein GAN whose critic is kept from being too steep, by a penalty of its gradient."""

    def generate(like: Tensor) -> Tensor:
        return model.generator(torch.randn(len(like), 3))

    def drawn_share(like: Tensor) -> Tensor:
        return torch.rand(len(like), 1)

    def judge(points: Tensor) -> Tensor:
        return model.d2(torch.tanh(model.d1(points)))

    @torch.enable_grad()
    def of_critic(real: Tensor, share: Tensor, fake: Tensor) -> Tensor:
        mixed = (share * real + (1 - share) * fake.detach()).requires_grad_()
        (slope,) = torch.autograd.grad(judge(mixed).sum(), mixed, create_graph=True)
        penalty = 10 * ((slope.norm(dim=-1) - 1) ** 2).mean()
        hidden = torch.tanh(model.d1(real))
        return judge(fake.detach()).mean() - model.d2(hidden).mean() + penalty

    def of_generator(fake: Tensor) -> Tensor:
        return -judge(fake).mean()

    def evaluate(batch: Batch) -> Sequence[Tensor]:
        share, fake = drawn_share(batch[0]), generate(batch[0])
        return of_critic(batch[0], share, fake), of_generator(fake)

    def of_batch(batch: Batch) -> Tensor:
        return of_critic(batch[0], drawn_share(batch[0]), generate(batch[0]))

    critic = torch.optim.Adam([*model.d1.parameters(), *model.d2.parameters()], 0.01)
    generator = torch.optim.Adam(model.generator.parameters(), 0.01)
    return ByHand(
        (
            Hand(of_batch, critic),
            Hand(lambda batch: of_generator(generate(batch[0])), generator, 2),
        ),
        evaluate,
    )


VAE = drawn("Tiny VAE", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "encoder": ("Linear", {"out_features": 8}, "x"), "tanh": ("Tanh", {}, "encoder"),
    "mean": ("Linear", {"out_features": 2}, "tanh"),
    "log_variance": ("Linear", {"out_features": 2}, "tanh"),
    "epsilon": ("RandnLike", {}, "mean"),
    "factor": ("Constant", {"value": 0.5}, ""),
    "halved": ("Multiply", {}, "log_variance factor"), "deviation": ("Exp", {}, "halved"),
    "noise": ("Multiply", {}, "epsilon deviation"), "z": ("Add", {}, "mean noise"),
    "decoder": ("Linear", {"out_features": 30}, "z"),
    "error": ("MSELoss", {}, "decoder x"),
    "reconstruction": ("Output", {}, "error"),
    "squares": ("Square", {}, "mean"), "variance": ("Exp", {}, "log_variance"),
    "sum": ("Add", {}, "squares variance"), "less": ("Subtract", {}, "sum log_variance"),
    "m": _mean("less"),
    "divergence": ("Output", {}, "m"),
})  # fmt: skip


def vae(model: nn.Module) -> ByHand:
    """Kingma and Welling's, but for the constant of the divergence."""

    def losses(batch: Batch) -> Sequence[Tensor]:
        (x,) = batch
        hidden = torch.tanh(model.encoder(x))
        mean, log_variance = model.mean(hidden), model.log_variance(hidden)
        z = mean + torch.randn_like(mean) * (log_variance * 0.5).exp()
        error = f.mse_loss(model.decoder(z), x)
        divergence = (mean.square() + log_variance.exp() - log_variance).mean()
        return (error + 0.1 * divergence,)

    return ByHand(
        (Hand(lambda batch: losses(batch)[0], torch.optim.Adam(model.parameters())),), losses
    )


DISTILLED = drawn("Distilled", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "big": ("Linear", {"out_features": 8}, "x"), "relu": ("ReLU", {}, "big"),
    "top": ("Linear", {"out_features": 3}, "relu"),
    "teacher": ("Output", {}, "top"),
    "apart": ("Detach", {}, "top"), "soft": ("Softmax", {}, "apart"),
    "small": ("Linear", {"out_features": 3}, "x"),
    "log": ("LogSoftmax", {}, "small"), "differs": ("KLDivLoss", {}, "log soft"),
    "likeness": ("Output", {}, "differs"),
    "student": ("Output", {}, "small"),
})  # fmt: skip


def distilled(model: nn.Module) -> ByHand:
    """A teacher that learns by itself, and a student of its answers and of the truth."""

    def taught(x: Tensor) -> Tensor:
        return model.top(torch.relu(model.big(x)))

    def of_student(batch: Batch) -> Tensor:
        x, target = batch[0], batch[-1]
        small = model.small(x)
        soft = taught(x).detach().softmax(-1)
        likeness = f.kl_div(small.log_softmax(-1), soft, reduction="batchmean")
        return likeness + 0.5 * f.cross_entropy(small, target)

    def of_teacher(batch: Batch) -> Tensor:
        return f.cross_entropy(taught(batch[0]), batch[-1])

    teacher = torch.optim.Adam([*model.big.parameters(), *model.top.parameters()], 0.01)
    student = torch.optim.Adam(model.small.parameters())
    return ByHand(
        (Hand(of_teacher, teacher), Hand(of_student, student)),
        lambda batch: (of_teacher(batch), of_student(batch)),
    )


PAIRS = drawn("Pairs", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "label": ("Input", {"shape": ("N",), "dtype": "int64"}, ""),
    "fc": ("Linear", {"out_features": 5}, "x"), "tanh": ("Tanh", {}, "fc"),
    "code": ("Linear", {"out_features": 2}, "tanh"),
    "other": ("Roll", {"dims": (0,)}, "x"),
    "fc2": ("Linear", {}, "other"), "tanh2": ("Tanh", {}, "fc2"), "code2": ("Linear", {}, "tanh2"),
    "neighbour": ("Roll", {"dims": (0,)}, "label"),
    "same": ("Equal", {}, "label neighbour"), "alike": ("Cast", {}, "same"),
    "distance": ("PairwiseDistance", {}, "code code2"), "near": ("Square", {}, "distance"),
    "pulled": ("Multiply", {}, "near alike"),
    "loss": ("Mean", {"dim": (0,)}, "pulled"), "pull": ("Output", {}, "loss"),
    "third": ("Roll", {"shifts": (2,), "dims": (0,)}, "code"),
    "triple": ("TripletMarginLoss", {}, "code code2 third"), "triplet": ("Output", {}, "triple"),
}, fc2="fc", code2="code")  # fmt: skip


def pairs(model: nn.Module) -> ByHand:
    """Each sample beside the one before it: codes of the same class are pulled together."""

    def losses(batch: Batch) -> Sequence[Tensor]:
        x, label = batch[:2]
        code = model.code(torch.tanh(model.fc(x)))
        third = code.roll(2, 0)
        other = model.code(torch.tanh(model.fc(x.roll(1, 0))))
        triplet = f.triplet_margin_loss(code, other, third)
        alike = (label == label.roll(1, 0)).float()
        pull = (f.pairwise_distance(code, other).square() * alike).mean()
        return (pull + triplet,)

    return ByHand(
        (Hand(lambda batch: losses(batch)[0], torch.optim.Adam(model.parameters())),), losses
    )


TASKS = drawn("Two tasks", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "trunk": ("Linear", {"out_features": 8}, "x"), "relu": ("ReLU", {}, "trunk"),
    "drop": ("Dropout", {}, "relu"),
    "kind": ("Linear", {"out_features": 3}, "drop"), "species": ("Output", {}, "kind"),
    "again": ("Linear", {"out_features": 4}, "drop"), "copy": ("MSELoss", {}, "again x"),
    "repeated": ("Output", {}, "copy"),
})  # fmt: skip


def tasks(model: nn.Module) -> ByHand:
    """Two heads, of which one trains the trunk as well; each has dropout of its own."""

    def hidden(x: Tensor) -> Tensor:
        return f.dropout(torch.relu(model.trunk(x)), training=model.training)

    def of_species(batch: Batch) -> Tensor:
        return 2.0 * f.cross_entropy(model.kind(hidden(batch[0])), batch[-1])

    def of_copy(batch: Batch) -> Tensor:
        return f.mse_loss(model.again(hidden(batch[0])), batch[0])

    first = torch.optim.Adam([*model.trunk.parameters(), *model.kind.parameters()])
    second = torch.optim.RMSprop(model.again.parameters(), 0.02)
    return ByHand(
        (Hand(of_copy, second, 2), Hand(of_species, first)),
        lambda batch: (of_copy(batch), of_species(batch)),
    )


def _minimised(*outputs: str) -> tuple[Objective, ...]:
    return tuple(Objective(each, "target", Choice("Output")) for each in outputs)


CASES: dict[str, Case] = {
    "gan": (GAN, Recipe(
        Choice("moons"), epochs=3, schedule=Choice("StepLR", {"step_size": 1, "gamma": 0.5}),
        options=(Choice("clip_grad_norm", {"max_norm": 0.1}),), players=(
            Player("critic", (), Choice("Adam", {"lr": 0.01, "beta1": 0.5, "beta2": 0.9})),
            Player("generator", ("g1", "g2"), Choice("SGD", {"lr": 0.1}), 3))), gan),
    "penalised": (PENALISED, Recipe(
        Choice("moons"), epochs=2, optimizer=Choice("Adam", {"lr": 0.01}), players=(
            Player("critic", ("d1", "d2")), Player("generator_loss", ("generator",), every=2))),
            penalised),
    "vae": (VAE, Recipe(Choice("breast_cancer"), epochs=2, objectives=(
        *_minimised("reconstruction"), replace(*_minimised("divergence"), weight=0.1))), vae),
    "distilled": (DISTILLED, Recipe(
        Choice("iris"), epochs=3, players=(Player("teacher", (), Choice("Adam", {"lr": 0.01})),),
        objectives=(
            Objective("teacher", "target", Choice("CrossEntropyLoss")), *_minimised("likeness"),
            Objective("student", "target", Choice("CrossEntropyLoss"), 0.5))), distilled),
    "pairs": (PAIRS, Recipe(Choice("iris"), epochs=2, inputs={"label": "target"}), pairs),
    "tasks": (TASKS, Recipe(
        Choice("iris"), epochs=3, players=(
            Player("repeated", ("again",), Choice("RMSprop", {"lr": 0.02}), 2),),
        objectives=(Objective("species", "target", Choice("CrossEntropyLoss"), 2.0),
                    *_minimised("repeated"))), tasks),
}  # fmt: skip
