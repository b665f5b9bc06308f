"""Runs as logs of TensorBoard, and logs as runs: read by tensorboardX, and by what it wrote."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tensorboardX import SummaryWriter

from app.runs.comparison import compare
from app.runs.store import read_run
from app.runs.tensorboard import figure_of, import_scalars, read_scalars, write_logs
from tests.app.runs.kept import keep_run


def test_a_run_is_written_and_read_again(tmp_path: Path) -> None:
    write_logs(keep_run(tmp_path / "run", (0.5, 0.25)), tmp_path / "logs")
    found = read_scalars(tmp_path / "logs")
    assert found["loss/validation"] == {5: 0.5, 10: 0.25}
    assert found["loss/training"] == {5: 0.25, 10: 0.125}
    assert found["accuracy/validation"] == pytest.approx({5: 0.5, 10: 0.75})
    import_scalars(found, tmp_path / "again")
    again = read_run(tmp_path / "again")
    assert (again.outcome, again.epochs, again.last["loss"]) == ("finished", 2, 0.25)
    assert again.best["accuracy"] == 0.75
    assert compare(tmp_path / "run", tmp_path / "again").figures["loss"] == (0.25, 0.25)


def test_scalars_of_others_become_epochs(tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        for step in range(1, 7):
            writer.add_scalar("train_loss", 1 / step, step)
            if step % 3 == 0:
                writer.add_scalar("val_acc", step / 10, step)
        writer.add_text("note", "no scalar")
    import_scalars(read_scalars(tmp_path / "logs"), tmp_path / "run")
    run = read_run(tmp_path / "run")
    assert run.epochs == 2
    assert run.validation == pytest.approx({"accuracy": 0.6}) or run.last == pytest.approx(
        {"accuracy": 0.6}
    )


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("val_loss", ("loss", True)),
        ("loss/val", ("loss", True)),
        ("Loss/Validation", ("loss", True)),
        ("train/acc", ("accuracy", False)),
        ("epoch_f1", ("f1", False)),
        ("lr", ("learning_rate", False)),
        ("train", ("value", False)),
    ],
)
def test_what_a_tag_is_of(tag: str, expected: tuple[str, bool]) -> None:
    assert figure_of(tag) == expected


def test_a_log_that_is_cut_off_or_no_log_gives_what_it_has(tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path)) as writer:
        for step in range(3):
            writer.add_scalar("loss", float(step), step)
    (log,) = tmp_path.iterdir()
    whole = log.read_bytes()
    log.write_bytes(whole[:-7])
    assert read_scalars(tmp_path)["loss"] == {0: 0.0, 1: 1.0}
    log.write_bytes(struct.pack("<Q", 2**60) + whole)
    assert read_scalars(tmp_path) == {}
    log.write_bytes(struct.pack("<QI", 4, 0) + b"\xff\xff\xff\xff" + whole)
    assert read_scalars(tmp_path) == {}
