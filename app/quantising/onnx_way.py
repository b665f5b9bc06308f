"""Models in eight bits as ONNX, by the tools of ONNX Runtime: calibrated on samples.

See https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from graph_model.problems import Problem, Refusal


def static(model: nn.Module, batches: Iterable[Sequence[Tensor]]) -> bytes:
    """Return an ONNX file that computes in eight bits; the batch may have any size.

    Raises ``Refusal`` where the model cannot be written as ONNX, or not in eight bits.
    """
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

    shown = list(batches)
    try:
        with _quietly():
            made: Any = torch.onnx.export(
                model,
                tuple(shown[0]),
                dynamic_shapes=[{0: torch.export.Dim("N")} for _ in shown[0]],
                dynamo=True,
                verbose=False,
            )
        names = [each.name for each in made.model_proto.graph.input]

        class Shown(CalibrationDataReader):  # type: ignore[misc]
            """Gives the batches one by one."""

            def __init__(self) -> None:
                self._rest = iter(shown)

            def get_next(self) -> Mapping[str, np.ndarray[Any, Any]] | None:
                batch = next(self._rest, None)
                return None if batch is None else _by_name(names, batch)

        with tempfile.TemporaryDirectory() as folder:
            whole, path = Path(folder, "whole.onnx"), Path(folder, "quantised.onnx")
            made.save(whole)
            with _quietly():
                quantize_static(
                    whole, path, Shown(), quant_format=QuantFormat.QOperator, per_channel=True
                )
            return path.read_bytes()
    except Exception as error:  # both raise whatever their own code meets
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise Refusal(Problem("cannot_quantise", {"reason": reason})) from error


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to itself what the exporter and the quantiser advise their own users."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _by_name(names: Sequence[str], batch: Sequence[Tensor]) -> dict[str, np.ndarray[Any, Any]]:
    return {name: each.numpy() for name, each in zip(names, batch, strict=True)}


class Running(nn.Module):
    """An ONNX file as a module, so that it is judged as the others are."""

    def __init__(self, content: bytes, threads: int = 1) -> None:
        super().__init__()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(content, options)
        self._names = [each.name for each in self._session.get_inputs()]

    def forward(self, *batch: Tensor) -> Tensor | tuple[Tensor, ...]:
        """Compute a batch by ONNX Runtime."""
        given = self._session.run(None, _by_name(self._names, batch))
        found = tuple(map(torch.from_numpy, given))
        return found if len(found) > 1 else found[0]
