"""What ``train.py`` says where it is told what cannot be, and how far it is, on a terminal."""

from __future__ import annotations

import io
import re
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from app.exporting.training import training_files
from tests.codegen.training.test_script import CASES, job, texts

NAME = "clipped"

Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Return a function that runs a script in this process, which it leaves as it was."""
    model, text = texts(*CASES[NAME])
    (tmp_path / "model.py").write_text(model, encoding="utf-8")
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    (tmp_path / "data.pt").write_bytes(training_files(job(*CASES[NAME]))["data.pt"])
    monkeypatch.syspath_prepend(str(tmp_path))
    threads = torch.get_num_threads()

    def main(*options: str) -> None:
        monkeypatch.setattr(sys, "argv", ["train.py", "--threads", "1", *options])
        runpy.run_path(str(tmp_path / "train.py"), run_name="__main__")

    yield main
    sys.modules.pop("model", None)
    torch.set_num_threads(threads)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--device", "nonsense"], "error: Expected one of cpu, cuda"),
        (["--threads", "0"], "error: set_num_threads expects a positive integer"),
        (["--data", "none.pt"], "error: there is no none.pt"),
        (["--weights", "none.pt"], "none.pt cannot be read: .*No such file"),
        (["--weights", "damaged.pt"], "damaged.pt cannot be read: "),
        (["--weights", "other.pt"], "not those of this model: .*Missing key"),
        (["--weights", "list.pt"], "not those of this model: .*list"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(
    options: list[str],
    said: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("damaged.pt").write_bytes(b"PK\x03\x04 and no more")
    torch.save({"other": torch.zeros(2)}, "other.pt")
    torch.save([1, 2], "list.pt")
    with pytest.raises(SystemExit) as ended:
        run(*options)
    assert ended.value.code == 2
    (line,) = re.findall(r"^(?!usage| ).+", capsys.readouterr().err, re.MULTILINE)
    assert re.search(said, line)


@pytest.mark.parametrize("before", ["", "module.", "_orig_mod.", "module._orig_mod."])
def test_weights_of_a_wrapped_model_are_taken(
    before: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run()
    last = torch.load(tmp_path / "checkpoint.pt")["model"]
    path = tmp_path / "wrapped.pt"
    torch.save({f"{before}{name}": value for name, value in last.items()}, path)
    told = capsys.readouterr().out
    run("--weights", str(path))
    assert _first_loss(capsys.readouterr().out) < _first_loss(told)


def _first_loss(told: str) -> float:
    (loss, *_) = re.findall(r"loss ([\d.]+)", told)
    return float(loss)


class _Terminal(io.StringIO):
    """What is printed on, and says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_an_epoch_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    run()
    pieces = terminal.getvalue().split("\r")
    progress = r"epoch (\d)/2  batch (\d+)/(\d+)  \d+ s left  loss \d+\.\d{4}  rate \d\.\d\de-\d+ *"
    shown = re.split(r"[\r\n]", terminal.getvalue())  # a fast epoch tells once, on a line begun
    found = [match for piece in shown if (match := re.fullmatch(progress, piece))]
    assert [each[1] for each in found if each[2] == each[3]] == ["1", "2"]
    assert {len(piece) for piece in pieces if "\n" not in piece} <= {0, 79}
    assert sum(piece.startswith("epoch 1/2  loss ") for piece in pieces) == 1
