"""Sentences about what is exported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

EXPORTING: Final[Mapping[str, ProblemKind]] = {
    "export_needs_packages": error(
        "{format} is written by packages that are not installed. Install them: "
        "pip install {packages}"
    ),
    "export_needs_weights": error("{format}: no run has trained this very network yet."),
    "export_bad_module": error("train.py cannot import {name}: choose a name such as model.py."),
    "export_same_name": error(
        "{name} would be two files: the network, and what goes beside it. Call the network's file "
        "otherwise, such as model.py."
    ),
    "export_ended": error("The process that made the export ended before it was done ({reason})."),
    "export_failed": error("{format} cannot express this network. PyTorch says: {reason}"),
    "export_failed_at": error("{format} cannot express {name}. PyTorch says: {reason}"),
    "export_gradient": error(
        "{format} cannot hold the gradient that {name} computes: only Python can. Export a network "
        "without it, such as the block that is of use by itself."
    ),
    "export_reserved_name": error(
        "{format} cannot hold a part called {name}, for PyTorch's programs have something of that "
        "name themselves. Rename it."
    ),
    "export_other_opset": error(
        "ONNX with opset {wanted} cannot be written of this network: PyTorch gives opset {made}. "
        "Choose that one or a later one."
    ),
    "export_other_preprocessing": warning(
        "The weights are left out: the run in {folder} read its samples otherwise than they are "
        "read now, so predict.py would make nonsense of new ones. Put the data back, or train "
        "again."
    ),
    "export_other_data": warning(
        "data.pt has the samples as they are now. The weights are those of the run in {folder}, "
        "which trained on others."
    ),
    "export_fixed_size": warning(
        "{format}: only {name} = {size} is sure to work in this file, for PyTorch fixes that size "
        "in a layer on the way."
    ),
    "cannot_quantise": error("This network cannot be put into eight bits. The reason: {reason}"),
    "nothing_to_quantise": error(
        "There is nothing here that PyTorch has a dynamic form in eight bits for: only linear and "
        "recurrent layers have one."
    ),
    "proof_exact": advice(
        "{file}: equal to the bit on {count} {samples}, batch sizes {sizes}; {bytes}; {time} ms "
        "for a batch of {size}."
    ),
    "proof_equal": advice(
        "{file}: equal to {difference} on {count} {samples}, batch sizes {sizes}; {bytes}; "
        "{time} ms for a batch of {size}."
    ),
    "proof_drawn": advice(
        "{file}: the network draws random numbers, and in this file it draws others: its outputs "
        "differ by up to {difference} on {count} {samples}; {bytes}; {time} ms for a "
        "batch of {size}."
    ),
    "proof_differs": warning(
        "{file} is not equal: its numbers differ by up to {difference}, which is {share} of the "
        "largest, on {count} {samples}, batch sizes {sizes}; {bytes}; {time} ms for a "
        "batch of {size}."
    ),
    "proof_differs_by": warning(
        "{file} is not equal: its numbers differ by up to {difference}, which is {share} of the "
        "largest, on {count} {samples}, batch sizes {sizes}: {figures}; {bytes}; {time} ms for a "
        "batch of {size}."
    ),
    "proof_near": advice(
        "{file}: near the network, as it is meant to be; its numbers differ by up to {difference}, "
        "which is {share} of the largest, on {count} {samples}; {bytes}; {time} ms for a batch of "
        "{size}."
    ),
    "proof_near_by": advice(
        "{file}: near the network, as it is meant to be; its numbers differ by up to {difference}, "
        "which is {share} of the largest, on {count} {samples}: {figures}; {bytes}; {time} ms for "
        "a batch of {size}."
    ),
    "proof_shape": warning(
        "{file} is not equal: {output} has the shape {shape} where the network gives {expected}."
    ),
    "proof_failed": warning("{file} was written, but does not run in a new process: {reason}"),
    "proof_too_long": warning(
        "{file} was written, but in a new process it was not done within {seconds} s."
    ),
    "proof_needs_packages": advice(
        "{file} was not run again, for what runs it is not installed: pip install {packages}"
    ),
    "proof_no_data": advice("The network is not the one that is trained."),
}
