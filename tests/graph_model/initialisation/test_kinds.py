"""The functions of torch.nn.init: all of them, with torch's own signatures, on the same tensors."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest
import torch
from torch.nn import init

from graph_model.complaints import complaint
from graph_model.initialisation.kinds import INITS, InitKind
from graph_model.values import Type

every_kind = pytest.mark.parametrize("kind", INITS.values(), ids=lambda kind: kind.name)
_TENSORS = (torch.Tensor, "Tensor")


def test_torch_has_no_other_and_we_have_none_that_torch_lacks() -> None:
    theirs = {
        name
        for name, function in vars(init).items()
        if inspect.isfunction(function) and name.endswith("_") and not name.startswith("_")
    }
    assert set(INITS) == theirs


@every_kind
def test_parameters_are_those_of_torch(kind: InitKind) -> None:
    first, *theirs = inspect.signature(getattr(init, kind.name)).parameters.values()
    assert first.name == "tensor"
    theirs = [each for each in theirs if each.name != "generator"]
    assert [each.name for each in kind.parameters] == [each.name for each in theirs]
    for ours, their in zip(kind.parameters, theirs, strict=True):
        is_required = their.default is inspect.Parameter.empty
        assert (ours.name in kind.positional) == is_required
        assert is_required or ours.default == their.default
        assert complaint(ours, ours.default) is None


@every_kind
@pytest.mark.parametrize("dims", range(7))
def test_torch_takes_as_many_dimensions_as_we_say(kind: InitKind, dims: int) -> None:
    arguments = {each.name: each.default for each in kind.parameters}
    call = getattr(init, kind.name)
    tensor = torch.empty([4] * dims)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if kind.fewest <= dims <= kind.most:
            assert call(tensor, **arguments) is tensor
        else:
            with pytest.raises(ValueError, match="dimension"):
                call(tensor, **arguments)


@every_kind
def test_torch_takes_every_choice(kind: InitKind) -> None:
    for each in kind.parameters:
        if each.type is Type.CHOICE:
            for word in each.choices:
                arguments: dict[str, Any] = {each.name: word}
                tensor = torch.empty(4, 4, 4)
                assert getattr(init, kind.name)(tensor, **arguments) is tensor
