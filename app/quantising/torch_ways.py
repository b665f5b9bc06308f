"""Models in eight bits by ``torch.ao``, which warns that it is deprecated: nothing else calls it.

See https://docs.pytorch.org/docs/stable/quantization.html. A model is traced by ``torch.fx``, so
that one whose ``forward`` asks for values cannot be made static.
"""

from __future__ import annotations

import copy
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import torch
from torch import Tensor, nn

from graph_model.problems import Problem, Refusal

_DYNAMIC: Final = (nn.Linear, nn.LSTM, nn.GRU, nn.RNNCell, nn.LSTMCell, nn.GRUCell)
"""Of what ``quantize_dynamic`` has a form in eight bits."""


def dynamic(model: nn.Module) -> nn.Module:
    """Return a model whose linear and recurrent weights have eight bits; the rest is as it was."""
    ao: Any = torch.ao.quantization
    if not any(isinstance(each, _DYNAMIC) for each in model.modules()):
        raise Refusal(Problem("nothing_to_quantise"))
    with _quietly():
        made: nn.Module = ao.quantize_dynamic(copy.deepcopy(model).eval(), {*_DYNAMIC})
    return made


def static(model: nn.Module, batches: Iterable[Sequence[Tensor]]) -> nn.Module:
    """Return a model that computes in eight bits, in ranges that it is shown by some batches.

    Raises ``Refusal`` where it cannot be traced, or has an operation that there is none for.
    """
    from torch.ao.quantization import get_default_qconfig_mapping, quantize_fx

    shown = list(batches)
    try:
        with _quietly(), torch.no_grad():
            made: Any = quantize_fx.prepare_fx(
                copy.deepcopy(model).eval(), get_default_qconfig_mapping(_engine()), tuple(shown[0])
            )
            for batch in shown:
                made(*batch)
            made = quantize_fx.convert_fx(made)
            made(*shown[0])
    except Exception as error:  # torch raises whatever its own code meets
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise Refusal(Problem("cannot_quantise", {"reason": reason})) from error
    whole: nn.Module = made
    return whole


def as_torchscript(model: nn.Module, batch: Sequence[Tensor]) -> bytes:
    """Return a file for ``torch.jit.load``, the one form in which these models are kept."""
    buffer = io.BytesIO()
    with _quietly(), torch.no_grad():
        torch.jit.save(torch.jit.trace(model, tuple(batch), check_trace=False), buffer)
    return buffer.getvalue()


def _engine() -> str:
    engines = torch.backends.quantized.supported_engines
    return next((each for each in ("x86", "fbgemm", "onednn") if each in engines), engines[0])


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the warnings of what is deprecated, or of observers that saw one value, to itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
