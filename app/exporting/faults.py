"""What PyTorch says of a network that it cannot express, told of the node that it is about."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import torch
import torch.fx

from app.exporting.material import Material
from app.exporting.targets import TARGETS
from graph_model.inference.infer import Inference
from graph_model.network import Network, used_network
from graph_model.problems import Problem, Refusal

_QUIET: Final = ("", "torch.onnx", "onnxscript", "onnx_ir")
"""The loggers that say how an export goes; the root is one of them, by ONNX Runtime."""


@contextmanager
def refusing(material: Material, target: str) -> Iterator[None]:
    """Turn what torch says of a network that it cannot express into a refusal; keep it quiet."""
    title = TARGETS[target].title
    _need_no_gradient(material.export.network, title)
    if target != "torchscript":
        _need_own_names(material, title)
    loggers = [logging.getLogger(name) for name in _QUIET]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # they are about how torch does it
            yield
    except Refusal:
        raise
    except Exception as error:  # whatever torch raises: it promises nothing
        values = {"format": title, "reason": _reason(error)}
        node = node_at_fault(material, error)
        code = "export_failed_at" if node else "export_failed"
        raise Refusal(Problem(code, values | ({"name": node} if node else {}))) from error
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _reason(error: BaseException) -> str:
    """Return the first line of what torch says, without colours; of a step, what failed."""
    while type(error).__name__ == "ConversionError" and error.__cause__ is not None:
        error = error.__cause__
    said = re.sub(r"\x1b\[\d*m", "", str(error)).strip()
    return (said.splitlines() or [type(error).__name__])[0]


def node_at_fault(material: Material, error: BaseException) -> str:
    """Return the name of the node that an exception is about, nothing where it does not tell.

    It passed through the line of that node, or torch quotes the line in which it was traced.
    """
    built, network = material.built, material.export.network.network
    cause: BaseException | None = error
    while cause is not None:
        node = built.node_at_fault(cause)
        if node is not None:
            return network.nodes[node].name
        quoted = re.findall(rf'{re.escape(built.file_name)}"?, line (\d+)', str(cause))
        for origin in (each for line in quoted for each in built.source.origins.get(int(line), ())):
            if origin.node in network.nodes:
                return network.nodes[origin.node].name
        cause = cause.__cause__ or cause.__context__
    return ""


def _need_no_gradient(inference: Inference, title: str) -> None:
    """Refuse what asks autograd for a gradient, which programs without Python cannot do."""
    for network in _used(inference.network, inference):
        for node in network.nodes.values():
            if node.kind == "Gradient":
                raise Refusal(Problem("export_gradient", {"format": title, "name": node.name}))


def _need_own_names(material: Material, title: str) -> None:
    """Refuse parts called as what the modules of torch's programs have, such as ``code``."""
    for name, _ in material.module.named_children():
        if hasattr(torch.fx.GraphModule, name):
            raise Refusal(Problem("export_reserved_name", {"format": title, "name": name}))


def _used(network: Network, inference: Inference) -> Iterator[Network]:
    """Yield a network and the blocks within it."""
    yield network
    for node in network.nodes.values():
        block = used_network(node.kind)
        if block is not None and block in inference.networks:
            yield from _used(inference.networks[block], inference)
