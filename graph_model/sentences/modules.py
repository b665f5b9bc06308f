"""What is said of somebody's own modules, which run to become drawings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error, warning

MODULES: Final[Mapping[str, ProblemKind]] = {
    "module_not_allowed": error(
        "{name} is Python and runs with all your rights. It runs only once you, having read it, "
        "have allowed that very text (SHA-256 {digest})."
    ),
    "module_needs_inputs": error(
        "Say what {name} is given: all sizes of each input, such as 1,3,224,224, or "
        "tokens=N,T:int64 for whole numbers."
    ),
    "module_bad_input": error(
        "“{got}” is no input. Write all its sizes, such as 1,3,224,224, or tokens=N,T:int64 for "
        "whole numbers and any length."
    ),
    "module_bad_argument": error("“{got}” is no argument. It looks like num_classes=10."),
    "module_no_class": error("{path} defines no {name}."),
    "module_is_none": error(
        "{name} gives a {got}. A class of nn.Module is needed, or what makes one of it."
    ),
    "module_import_failed": error("{name} cannot be imported: {reason}."),
    "module_import_failed_at": error(
        "{name} cannot be imported: line {line} of {file}, “{text}”, fails with {reason}."
    ),
    "module_not_made": error("{name} cannot be made: {reason}."),
    "module_not_made_at": error(
        "{name} cannot be made: line {line} of {file}, “{text}”, fails with {reason}."
    ),
    "module_forward_failed": error("The module does not run with these inputs: {reason}."),
    "module_forward_failed_at": error(
        "The module does not run with these inputs: line {line} of {file}, “{text}”, fails with "
        "{reason}."
    ),
    "module_not_traced": error("PyTorch cannot trace the module: {reason}."),
    "module_not_traced_at": error(
        "PyTorch cannot trace the module: line {line} of {file}, “{text}”, fails with {reason}."
    ),
    "module_depends_on_values": error(
        "Line {line} of {file}, “{text}”, does one thing or another by the values of a tensor. A "
        "drawing computes the same for all values; write it without that condition, with "
        "torch.where perhaps."
    ),
    "module_too_slow": error("{name} took longer than {limit} seconds, and was ended."),
    "module_too_slow_at": error(
        "{name} took longer than {limit} seconds, and was ended in line {line}."
    ),
    "module_ended": error("The process in which {name} ran has ended: {reason}."),
    "module_ended_at": error("The process in which {name} ran has ended in line {line}: {reason}."),
    "module_cancelled": error("The module was stopped."),
    "module_fixed_size": warning(
        "The module runs with one size of {name} only, and is drawn for {size}."
    ),
    "module_by_fx": warning(
        "torch.export does not follow the module ({reason}), torch.fx does: what it asserts of "
        "values is left out, and its own modules are no blocks."
    ),
    "module_differs": warning(
        "The drawing gives other results than the module: they differ by up to {difference}."
    ),
    "module_differs_in_shape": warning(
        "The drawing gives results of other shapes than the module."
    ),
    "module_drawing_failed": error("Its file fails with {reason}."),
    "module_not_compared": warning("The drawing was not compared with the module: {reason}"),
}
"""How much a problem matters, and the sentence that tells of it."""
