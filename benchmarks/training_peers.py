"""The same training by a bare loop, by Lightning and by skorch: seconds an epoch but the first.

Each trains the same generated module on the same tensors with the same optimizer and batch size,
and tells loss and accuracy of the validation split after each epoch. What else the peers do by
default and is not that (loggers, progress bars, checkpoints) is switched off.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn

Clock = Callable[[], float]


@dataclass(frozen=True)
class Trial:
    """What is trained: a module made anew, and the tensors of its two splits."""

    make: Callable[[], nn.Module]
    train: tuple[Tensor, Tensor]
    validation: tuple[Tensor, Tensor]
    batch_size: int
    epochs: int


def an_epoch(ends: list[float]) -> float:
    """Return the mean time of an epoch, of those that lie between these moments."""
    return (ends[-1] - ends[0]) / (len(ends) - 1)


def by_hand(trial: Trial, clock: Clock) -> float:
    """Train with the loop one would write without any library."""
    return an_epoch([clock() for _ in epochs_by_hand(trial)])


def epochs_by_hand(trial: Trial) -> Iterator[None]:
    """Train so, and yield after each epoch."""
    torch.manual_seed(0)
    model = trial.make()
    (train_x, train_y), (validation_x, validation_y) = trial.train, trial.validation
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    shuffling = torch.Generator().manual_seed(0)
    for _ in range(trial.epochs):
        model.train()
        for index in torch.randperm(len(train_x), generator=shuffling).split(trial.batch_size):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(train_x[index]), train_y[index])
            loss.backward()
            optimizer.step()
        model.eval()
        right, total = 0, 0.0
        with torch.no_grad():
            size = 4 * trial.batch_size
            for start in range(0, len(validation_x), size):
                output = model(validation_x[start : start + size])
                target = validation_y[start : start + size]
                total += nn.functional.cross_entropy(output, target, reduction="sum").item()
                right += int((output.argmax(dim=1) == target).sum())
        yield


def by_lightning(trial: Trial, clock: Clock) -> float:
    """Train with ``lightning.Trainer``."""
    import lightning  # a peer, needed by this benchmark alone
    from torch.utils.data import DataLoader, TensorDataset

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    ends: list[float] = []

    class Module(lightning.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = trial.make()

        def training_step(self, batch: list[Tensor], _: int) -> Tensor:
            return nn.functional.cross_entropy(self.model(batch[0]), batch[1])

        def validation_step(self, batch: list[Tensor], _: int) -> None:
            output = self.model(batch[0])
            right = (output.argmax(dim=1) == batch[1]).float().mean()
            self.log("loss", nn.functional.cross_entropy(output, batch[1]))
            self.log("accuracy", right)

        def on_train_epoch_end(self) -> None:
            ends.append(clock())

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.Adam(self.parameters(), lr=1e-3)

    torch.manual_seed(0)
    trainer = lightning.Trainer(
        max_epochs=trial.epochs,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it advises workers, which tensors in memory do not need
        trainer.fit(
            Module(),
            DataLoader(TensorDataset(*trial.train), trial.batch_size, shuffle=True),
            DataLoader(TensorDataset(*trial.validation), 4 * trial.batch_size),
        )
    return an_epoch(ends)


def by_skorch(trial: Trial, clock: Clock) -> float:
    """Train with ``skorch.NeuralNetClassifier``."""
    import skorch  # a peer, needed by this benchmark alone
    from skorch.helper import predefined_split

    ends: list[float] = []

    class Ends(skorch.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_end(self, net: Any, **_: Any) -> None:
            ends.append(clock())

    torch.manual_seed(0)
    skorch.NeuralNetClassifier(
        trial.make(),
        criterion=nn.CrossEntropyLoss,
        optimizer=torch.optim.Adam,
        lr=1e-3,
        batch_size=trial.batch_size,
        iterator_train__shuffle=True,
        max_epochs=trial.epochs,
        train_split=predefined_split(skorch.dataset.Dataset(*trial.validation)),
        callbacks=[Ends()],
        verbose=0,
    ).fit(*trial.train)
    return an_epoch(ends)


PEERS: Final = {"Lightning": by_lightning, "skorch": by_skorch}
