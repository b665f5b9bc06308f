"""Runs that begin with weights: of any file, all or some of them, and what was not taken."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from app.runs.events import BegunWith, Finished
from app.runs.job import Beginning
from app.training.beginning import begin_with
from graph_model.problems import Refusal
from tests.app.training.networks import mlp
from tests.app.training.running import IRIS, failure, run


class Net(nn.Module):
    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6))
        self.head = nn.Linear(6, classes)


def code(chosen: Beginning, model: nn.Module) -> str:
    """Return the code of the refusal; the model stays as it is."""
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with pytest.raises(Refusal) as refused:
        begin_with(chosen, model)
    after = model.state_dict()
    assert all(torch.equal(after[name], before[name]) for name in before)
    return refused.value.problem.code


def same(one: nn.Module, other: nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(*pair) for pair in pairs)


@pytest.mark.parametrize("kind", ["safetensors", "pt", "checkpoint", "wrapped", "compiled"])
def test_weights_come_from_files_of_many_kinds(kind: str, tmp_path: Path) -> None:
    saved, model = Net(), Net()
    state = saved.state_dict()
    path = tmp_path / ("w.safetensors" if kind == "safetensors" else "w.pt")
    match kind:
        case "safetensors":
            save_file(state, path)
        case "pt":
            torch.save(state, path)
        case "checkpoint":
            torch.save({"epoch": 3, "model": state}, path)
        case "wrapped":
            torch.save({f"module.{name}": value for name, value in state.items()}, path)
        case "compiled":
            torch.save({f"_orig_mod.{name}": value for name, value in state.items()}, path)
    assert begin_with(Beginning(path), model) == BegunWith(str(path), len(state))
    assert same(saved, model)


def test_what_does_not_fit_is_refused_or_listed(tmp_path: Path) -> None:
    path = tmp_path / "w.pt"
    state = Net(5).state_dict()
    state["more"] = state.pop("body.0.bias")
    torch.save(state, path)
    model = Net()
    assert code(Beginning(path), model) == "wrong_weights"
    assert begin_with(Beginning(path, where_fitting=True), model) == BegunWith(
        str(path),
        6,
        ("body.0.bias", "head.weight (3×6; in the file 5×6)", "head.bias (3; in the file 5)"),
        ("more",),
    )
    assert torch.equal(model.body[0].weight, state["body.0.weight"])
    torch.save({"strange": torch.ones(2)}, path)
    assert code(Beginning(path, where_fitting=True), model) == "wrong_weights"


def test_the_weights_of_one_part_alone_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "w.pt"
    saved, model = Net(5), Net()
    torch.save(saved.state_dict(), path)
    head = model.head.weight.clone()
    assert begin_with(Beginning(path, blocks=("body",)), model).taken == 7
    assert same(saved.body, model.body)
    assert torch.equal(model.head.weight, head)
    assert code(Beginning(path, blocks=("bod",)), model) == "no_such_part"
    assert code(Beginning(path, blocks=("head",)), model) == "wrong_weights"


def test_what_is_no_file_of_weights_is_refused_and_never_run(tmp_path: Path) -> None:
    model, path = Net(), tmp_path / "w.pt"
    assert code(Beginning(path), model) == "file_not_found"
    (tmp_path / "run").mkdir()
    assert code(Beginning(tmp_path / "run"), model) == "no_weights"
    mark = tmp_path / "executed"
    path.write_bytes(b"cos\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR.")
    assert code(Beginning(path), model) == "no_weights"
    torch.save(model, path)  # a whole model needs its class, which is code
    assert code(Beginning(path), model) == "no_weights"
    with pytest.raises(Refusal, match=r"save model.state_dict\(\) instead of the model\.$"):
        begin_with(Beginning(path), model)
    torch.save([1, 2], path)
    assert code(Beginning(path), model) == "no_weights"
    path.write_bytes(b"junk")
    with pytest.raises(
        Refusal, match=r"it is damaged, or no file of safetensors or torch\.save\.$"
    ):
        begin_with(Beginning(path), model)
    (tmp_path / "w.safetensors").write_bytes(b"not weights")
    assert code(Beginning(tmp_path / "w.safetensors"), model) == "no_weights"
    assert not mark.exists()


def test_a_run_tells_what_it_began_with(tmp_path: Path) -> None:
    run(mlp(4, 16, 3), IRIS, folder=tmp_path)
    best = tmp_path / "best.safetensors"
    other = mlp(4, 16, 2)
    assert failure(run(other, IRIS, weights=Beginning(best))).problem.code in (
        "wrong_weights",
        "output_shape",
    )
    wider = mlp(4, 8, 3)
    first, *others = run(wider, IRIS, weights=Beginning(best, where_fitting=True))
    assert isinstance(first, BegunWith)
    assert first.taken == 1
    assert len(first.left) == 3
    assert isinstance(others[-1], Finished)
