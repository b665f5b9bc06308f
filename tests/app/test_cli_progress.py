"""What a terminal sees of a run."""

import io

import pytest

from app.commands.progress import Progress, clock, figures
from app.project.examples import load_example
from app.runs.events import EpochEnded, Finished, Noticed, Started, Steps
from graph_model.problems import ChooseInRecipe, Fix, Problem


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_that_makes_way_for_lines() -> None:
    stream = Terminal()
    progress = Progress(load_example("iris-mlp").network, stream)
    progress.show(Started("cpu", 403, 2, 10, 90, 30, 30))
    assert "left out" not in stream.getvalue()
    progress.show(Steps(5, (0.5,) * 5, 0.01, 1000.0))
    assert stream.getvalue().rpartition("\r\x1b[K")[2].startswith("[██████··················]  25%")
    told = {"loss": 0.5, "accuracy": 0.75}
    progress.show(EpochEnded(1, 10, told, told, 0.01, 1000.0, 0.1, True))
    assert "50% epoch 1/2  loss 0.5000  accuracy 0.7500 *\n" in stream.getvalue()
    progress.show(Finished(1, 1, told, {}, 61.0, True))
    assert stream.getvalue().endswith(
        "\x1b[Kstopped after 1 epochs, 1:01\n"
        "\x1b[Kvalidation (epoch 1): loss 0.5000  accuracy 0.7500\n".replace("\x1b", "\r\x1b")
    )


def test_figures_of_any_size_are_short() -> None:
    assert figures({"loss": 2.1e41, "mae": 0.00001234, "r2": 0.98333}) == (
        "loss 2.100e+41  mae 1.234e-05  r2 0.9833"
    )


def test_rows_that_are_left_out_are_counted() -> None:
    stream = io.StringIO()
    Progress(load_example("iris-mlp").network, stream).show(
        Started("cpu", 403, 2, 10, 90, 30, 30, left_out=12)
    )
    assert stream.getvalue().endswith("30 to test\n12 rows left out: a value is missing\n")


def test_durations() -> None:
    assert [clock(each) for each in (0, 59.6, 600, None)] == ["0:00", "1:00", "10:00", "–:––"]


def test_what_is_noticed_goes_to_the_errors_with_its_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    change = ChooseInRecipe("optimizer", "Adam", {"lr": 0.001})
    fix = Fix("set_argument", change, {"parameter": "lr", "value": "0.001"})
    values = {"first": "1.1", "now": "90", "moved": "300 %", "rate": "1"}
    stream = io.StringIO()
    progress = Progress(load_example("iris-mlp").network, stream)
    progress.show(Noticed(12, Problem("rate_too_high", values, fixes=(fix,))))
    assert not stream.getvalue()
    said = capsys.readouterr().err
    assert said.startswith("noticed in step 12: The loss began at 1.1 and is at 90")
    assert said.endswith("too high.\n  Set lr to 0.001.\n")
