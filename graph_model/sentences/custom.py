"""What can be wrong with custom layers: with their text, and with what it does when it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error

CUSTOM: Final[Mapping[str, ProblemKind]] = {
    # The text, read but not run
    "custom_syntax": error("Line {line} is not Python: {reason}."),
    "custom_too_long": error("The text of a custom layer has at most {limit} characters."),
    "custom_too_deep": error("The text is nested too deeply to be read."),
    "custom_empty": error(
        "The text holds no class and no function. The last of them is the layer."
    ),
    "custom_statement": error(
        "Line {line}: here, only imports, constants, functions and classes can stand, "
        "each on lines of its own."
    ),
    "custom_import": error("Line {line}: {got} cannot be exported. Import by full names."),
    "custom_reserved_name": error(
        "Line {line}: “{name}” means something else in the exported file. Choose another name."
    ),
    "custom_no_module": error("Line {line}: {name} must derive from nn.Module."),
    "custom_autograd_function": error(
        "Line {line}: {name} is a torch.autograd.Function. Write a function below it that "
        "returns {name}.apply(…): that is the layer."
    ),
    "custom_no_method": error("Line {line}: {name} has no {method}."),
    "custom_starred": error("Line {line}: name every argument. What *, ** and / take has no port."),
    "custom_no_default": error(
        "Line {line}: give {parameter} a default, which the layer has when it is put down."
    ),
    "custom_default": error(
        "Line {line}: the default of {parameter} must be a number, a text, True, False, or a "
        "tuple of whole numbers."
    ),
    "custom_annotation": error(
        "Line {line}: {parameter} can be an int, float, bool, str, tuple[int, ...] or Literal, "
        "each also | None."
    ),
    "custom_duplicate": error("Line {line}: {name} takes two things called “{parameter}”."),
    "custom_no_return": error("Line {line}: {name} returns nothing."),
    "custom_returns_differ": error(
        "Line {line}: {got} tensors are returned here, but {expected} elsewhere."
    ),
    # In a project
    "unknown_custom": error("The project has no custom layer with the id “{id}”."),
    "custom_name_taken": error(
        "“{name}” is defined by the custom layer {layer} as well. Rename one of the two."
    ),
    "custom_not_allowed": error(
        "{name} is Python text that did not run on this machine yet. Read it, then allow it."
    ),
    # Run
    "custom_pending": error("{name} is being tried out…"),
    "custom_failed": error("{name}, line {line}: {reason}"),
    "custom_failed_outside": error("{name}: {reason}"),
    "custom_backward_failed": error("{name}, going backward in line {line}: {reason}"),
    "custom_too_slow": error("{name} was stopped after {limit} seconds."),
    "custom_too_slow_at": error("{name}, line {line}: stopped after {limit} seconds."),
    "custom_crashed": error("{name} ended the process in which it was tried: {reason}."),
    "custom_crashed_at": error(
        "{name}, line {line}, ended the process in which it was tried: {reason}."
    ),
    "custom_not_tensors": error("{name} must return tensors, but returned {got}."),
    "custom_lazy": error(
        "{name} makes a {module}, whose size only its first input tells. Make one of a given size."
    ),
    "custom_dtype": error("{name} returned a tensor of the unknown dtype {got}."),
    "custom_wrong_outputs": error("{name} returned {got} tensors, but its text shows {expected}."),
    "custom_depends_on_numbers": error(
        "The size of what {name} returns depends on the numbers that come in. It must follow from "
        "their sizes."
    ),
    "custom_unclear_size": error(
        "How the output of {name} follows from {sizes} cannot be told. Give them numbers."
    ),
}
