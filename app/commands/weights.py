"""Trained weights beside an exported model."""

from __future__ import annotations

from pathlib import Path

from app.commands import UsageError
from app.training.checkpoint import as_state_dict, copy_of_weights, load_weights, save_weights
from codegen.build import build_network
from graph_model.network import Network
from graph_model.problems import Refusal


def write_weights(trained: Path, model: Path, network: Network) -> tuple[Path, Path]:
    """Write the weights in ``trained`` beside the Python file ``model``, and return where.

    They become a ``.safetensors`` file and a torch ``state_dict``. Raises ``UsageError`` where
    they cannot be read or do not fit the network.
    """
    module = build_network(network).make()
    tensors, state = model.with_suffix(".safetensors"), model.with_suffix(".pt")
    try:
        load_weights(trained, module)
        save_weights(tensors, copy_of_weights(module))
        as_state_dict(tensors, state)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    except OSError as error:
        raise UsageError(f"{model.parent} cannot be written: {error.strerror}.") from None
    return tensors, state
