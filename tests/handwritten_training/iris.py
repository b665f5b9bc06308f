"""Trains an MLP on iris.

Every epoch is validated; the best weights and a checkpoint are kept.
"""

import argparse
import json
import math
import os
import sys
import time
from pathlib import Path

import torch
from model import IrisMLP
from torch import nn

HERE = Path(__file__).parent


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--data", type=Path, default=HERE / "data.pt")
    parser.add_argument("--weights", type=Path, help="weights to begin with")
    parser.add_argument("--resume", action="store_true", help="go on from checkpoint.pt")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    arguments = parser.parse_args()
    if arguments.threads < 1:
        parser.error("--threads has to be 1 or more")
    try:
        torch.zeros(1, device=arguments.device)
    except (AssertionError, RuntimeError):
        parser.error(f"there is no device {arguments.device}")
    if arguments.resume and not (HERE / "checkpoint.pt").exists():
        parser.error("there is no checkpoint.pt")
    return arguments


def load_splits(path: Path, device: torch.device) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    data = torch.load(path)
    x, y = data["samples"].values()
    return {
        name: (x[data[name]].to(device), y[data[name]].to(device))
        for name in ("train", "validation", "test")
    }


def load_weights(model: nn.Module, path: Path) -> None:
    try:
        weights = torch.load(path, map_location="cpu")
        model.load_state_dict(
            {name.removeprefix("module."): each for name, each in weights.items()}
        )
    except Exception as error:
        print(f"cannot begin with {path}: {error}", file=sys.stderr)
        sys.exit(2)


class Meter:
    """Sums up losses and right predictions."""

    def __init__(self) -> None:
        self.loss = 0.0
        self.right = 0
        self.count = 0

    def update(self, loss: torch.Tensor, output: torch.Tensor, target: torch.Tensor) -> None:
        self.loss += loss.item() * len(target)
        self.right += int((output.argmax(dim=1) == target).sum())
        self.count += len(target)

    def figures(self) -> dict[str, float]:
        return {"loss": self.loss / self.count, "accuracy": self.right / self.count}


@torch.no_grad()
def evaluate(
    model: nn.Module, criterion: nn.Module, x: torch.Tensor, y: torch.Tensor, batch_size: int
) -> dict[str, float]:
    model.eval()
    meter = Meter()
    for inputs, target in zip(x.split(batch_size), y.split(batch_size), strict=True):
        output = model(inputs)
        meter.update(criterion(output, target), output, target)
    return meter.figures()


def save(content: dict, name: str) -> None:
    """Write a file whole or not at all."""
    temporary = HERE / f"{name}.tmp"
    torch.save(content, temporary)
    temporary.replace(HERE / name)


class Trainer:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.device = torch.device(arguments.device)
        torch.manual_seed(arguments.seed)
        self.model = IrisMLP().to(self.device)
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=arguments.lr)
        self.splits = load_splits(arguments.data, self.device)
        self.epoch = 0
        self.step = 0
        self.meter = Meter()
        self.best_loss = math.inf
        self.best_epoch = 0
        self.best: dict[str, torch.Tensor] = {}
        self.saved_at = self.began = time.monotonic()

    def tell(self, event: str, **values: object) -> None:
        if self.arguments.json:
            print(json.dumps({"event": event, **values}), flush=True)
        elif event == "step" and sys.stdout.isatty():
            self.show_progress(values["step"], values["loss"])
        elif event == "epoch":
            train, validation = self.words(values["train"]), self.words(values["validation"])
            print(f"epoch {values['epoch']}/{self.arguments.epochs}  {train}  |  {validation}")
        elif event == "finished":
            print(f"best epoch {values['best_epoch']}  |  test {self.words(values['test'])}")

    def show_progress(self, step: int, loss: float) -> None:
        epochs, batch_size = self.arguments.epochs, self.arguments.batch_size
        total = epochs * math.ceil(len(self.splits["train"][0]) / batch_size)
        left = (time.monotonic() - self.began) / step * (total - step)
        told = f"epoch {self.epoch + 1}/{epochs}  step {step}/{total}  loss {loss:.4f}"
        print(f"{told}  {left:.0f} s left", end="\r", flush=True)

    @staticmethod
    def words(figures: object) -> str:
        assert isinstance(figures, dict)
        return "  ".join(f"{name} {value:.4f}" for name, value in figures.items())

    def train(self) -> None:
        parameters = sum(weight.numel() for weight in self.model.parameters())
        counts = {name: len(x) for name, (x, _) in self.splits.items()}
        self.tell("started", device=str(self.device), parameters=parameters, samples=counts)
        while self.epoch < self.arguments.epochs:
            self.train_epoch()
            self.end_epoch()
        last = self.copy_of_weights()
        if self.best:
            self.model.load_state_dict(self.best)
        validation = self.evaluate("validation")
        test = self.evaluate("test") if len(self.splits["test"][0]) else {}
        self.model.load_state_dict(last)
        self.tell("finished", best_epoch=self.best_epoch, validation=validation, test=test)

    def train_epoch(self) -> None:
        self.model.train()
        x, y = self.splits["train"]
        generator = torch.Generator().manual_seed(self.arguments.seed + self.epoch)
        batches = torch.randperm(len(x), generator=generator).split(self.arguments.batch_size)
        for index in batches[self.step :]:
            inputs, target = x[index], y[index]
            self.optimizer.zero_grad()
            output = self.model(inputs)
            loss = self.criterion(output, target)
            loss.backward()
            self.optimizer.step()
            self.meter.update(loss, output, target)
            self.step += 1
            if not math.isfinite(loss.item()):
                raise SystemExit("The loss is not finite.")
            step = self.epoch * len(batches) + self.step
            self.tell("step", step=step, loss=loss.item(), lr=self.learning_rate)
            if time.monotonic() > self.saved_at + 5:
                self.save_checkpoint()

    def end_epoch(self) -> None:
        train, validation = self.meter.figures(), self.evaluate("validation")
        self.epoch, self.step, self.meter = self.epoch + 1, 0, Meter()
        is_best = validation["loss"] < self.best_loss
        if is_best:
            self.best_loss, self.best_epoch = validation["loss"], self.epoch
            self.best = self.copy_of_weights()
            save(self.best, "best.pt")
        self.tell(
            "epoch",
            epoch=self.epoch,
            train=train,
            validation=validation,
            lr=self.learning_rate,
            is_best=is_best,
        )
        self.save_checkpoint()

    @property
    def learning_rate(self) -> float:
        return self.optimizer.param_groups[0]["lr"]

    def evaluate(self, split: str) -> dict[str, float]:
        return evaluate(
            self.model, self.criterion, *self.splits[split], 4 * self.arguments.batch_size
        )

    def copy_of_weights(self) -> dict[str, torch.Tensor]:
        return {name: each.cpu().clone() for name, each in self.model.state_dict().items()}

    def save_checkpoint(self) -> None:
        checkpoint = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "meter": vars(self.meter),
            "best_loss": self.best_loss,
            "best_epoch": self.best_epoch,
            "best": self.best,
            "random": torch.get_rng_state(),
        }
        if self.device.type == "cuda":
            checkpoint["random_cuda"] = torch.cuda.get_rng_state(self.device)
        save(checkpoint, "checkpoint.pt")
        self.saved_at = time.monotonic()

    def resume(self) -> None:
        checkpoint = torch.load(HERE / "checkpoint.pt", map_location="cpu")
        self.model.load_state_dict(checkpoint["model"])
        self.optimizer.load_state_dict(checkpoint["optimizer"])
        self.epoch = checkpoint["epoch"]
        self.step = checkpoint["step"]
        vars(self.meter).update(checkpoint["meter"])
        self.best_loss = checkpoint["best_loss"]
        self.best_epoch = checkpoint["best_epoch"]
        self.best = checkpoint["best"]
        torch.set_rng_state(checkpoint["random"])
        if self.device.type == "cuda":
            torch.cuda.set_rng_state(checkpoint["random_cuda"], self.device)


def main() -> None:
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    trainer = Trainer(arguments)
    if arguments.resume:
        trainer.resume()
    elif arguments.weights:
        load_weights(trainer.model, arguments.weights)
    trainer.train()


if __name__ == "__main__":
    main()
