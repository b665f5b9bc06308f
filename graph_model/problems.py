"""What is wrong with a network, as values: problems with their sentences, and fixes for them.

A problem holds a code and named values. Its English sentence is the template of that code in
``KINDS``, from which the translations are extracted. Exceptions are for bugs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from graph_model.operation_mistakes import OPERATION_MISTAKES
from graph_model.values import Arguments


class Severity(Enum):
    """How much a problem matters: an error keeps the network from being built."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The severity and the English sentence of one problem code."""

    severity: Severity
    template: str


@dataclass(frozen=True, slots=True)
class SetArguments:
    """Change arguments of the node at fault; ``None`` lets an inferred size follow again."""

    arguments: Arguments


@dataclass(frozen=True, slots=True)
class InsertBefore:
    """Insert a layer of ``kind`` into the edge that ends at ``port`` of the node at fault."""

    port: str
    kind: str
    arguments: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the node at fault another name."""

    name: str


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """Remove the node at fault."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Remove the edge that ends at ``port`` of the node at fault."""

    port: str


Change = SetArguments | InsertBefore | Rename | RemoveNode | Disconnect


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a problem: a change to the node at fault, and its sentence as a code."""

    code: str
    change: Change
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""

    @property
    def message(self) -> str:
        """The English sentence."""
        return FIXES[self.code].format_map(self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it is (``node``, ``port``, ``parameter``), and what would mend it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    node: str = ""
    port: str = ""
    parameter: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return KINDS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether it keeps the network from being built."""
        return self.severity is Severity.ERROR

    @property
    def message(self) -> str:
        """The English sentence."""
        return KINDS[self.code].template.format_map(self.values)


class GraphError(Exception):
    """A bug or misuse in this program's own code; users' mistakes are ``Problem`` values."""


class Refusal(Exception):  # noqa: N818 - it names what happens, and no error reaches a user
    """Carries a problem out of a shape rule to ``infer``, which turns it back into a value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _error(template: str) -> ProblemKind:
    return ProblemKind(Severity.ERROR, template)


def _warning(template: str) -> ProblemKind:
    return ProblemKind(Severity.WARNING, template)


def _advice(template: str) -> ProblemKind:
    return ProblemKind(Severity.ADVICE, template)


KINDS: Final[Mapping[str, ProblemKind]] = {
    # Structure
    "empty_network": _error("The network is empty. Drag a layer onto the canvas to begin."),
    "no_input": _error("The network has no Input. Add one so that data can enter."),
    "no_output": _error("The network has no Output. Add one to say what it computes."),
    "unknown_kind": _error("There is no layer kind called “{kind}” in this version."),
    "unknown_parameter": _error("{kind} has no parameter called “{parameter}”."),
    "unknown_port": _error("{kind} has no {side} called “{port}”."),
    "missing_input": _error("The input “{port}” has no edge. Connect a tensor to it."),
    "cycle": _error(
        "These layers feed each other in a circle: {names}. Remove one of the edges between them."
    ),
    "bad_name": _error("“{name}” cannot be a name in the code: {reason}."),
    "duplicate_name": _error("Another node is called “{name}” as well. Names must differ."),
    "unused_output": _warning("Nothing uses what {name} computes."),
    "overwrites_shared": _warning(
        "inplace overwrites a tensor that {others} reads as well, before or after. Switch it off."
    ),
    # Parameters
    "wrong_type": _error("{parameter} takes {expected}, not {got}."),
    "not_a_choice": _error("{parameter} must be one of {choices}, not {got}."),
    "below_minimum": _error("{parameter} must be at least {bound}, not {got}."),
    "not_above": _error("{parameter} must be above {bound}, not {got}."),
    "above_maximum": _error("{parameter} must be at most {bound}, not {got}."),
    "output_padding_too_large": _error(
        "output_padding = {got} must be smaller than stride = {stride} or dilation = {dilation}."
    ),
    "proj_size_too_large": _error("proj_size = {got} must be smaller than hidden_size = {hidden}."),
    "padding_idx_outside": _error(
        "padding_idx = {got} is outside the {count} entries of the table."
    ),
    "bounds_reversed": _error("max_val = {high} must be above min_val = {low}."),
    "dims_reversed": _error("start_dim = {start} must not come after end_dim = {end}."),
    "dims_missing": _error("{parameter} must name at least one dimension."),
    "dims_repeated": _error("{parameter} names a dimension twice."),
    "dims_incomplete": _error("{parameter} must name each of the {rank} dimensions once."),
    "bad_sizes": _error(
        "{parameter} takes sizes of at least 1, one of which may be −1 for what is left."
    ),
    "corners_without_mode": _error(
        "align_corners goes with the modes that interpolate, not with {mode}."
    ),
    "missing_state": _error("h_0 and c_0 go together, but only one of them is connected."),
    # Shapes
    "wrong_rank": _error("{kind} takes {expected} dimensions ({layout}), but {shape} has {got}."),
    "rank_too_small": _error("{kind} takes at least {expected} dimensions, but {shape} has {got}."),
    "pinned_size": _error("{parameter} is set to {pinned}, but the input {shape} has {got} there."),
    "size_must_be_number": _error(
        "{parameter} follows from the input, so it needs a number there, but {shape} has {got}."
    ),
    "symbol_not_supported": _error(
        "{kind} cannot work this out for any {got}, as {shape} has it. It needs a number there."
    ),
    "wrong_size": _error("Dimension {dim} of {shape} must be {expected}, but is {got}."),
    "wrong_shape": _error("The shape of “{port}” must be {expected}, but is {got}."),
    "leading_dims_differ": _error("{left} and {right} must agree in all dimensions but the last."),
    "not_divisible": _error("{what} = {got} must be divisible by {by} = {divisor}."),
    "dim_not_divisible": _error(
        "Dimension {dim} of {shape} is {got}, but must be divisible by {divisor}."
    ),
    "kernel_too_large": _error(
        "A kernel that spans {span} is larger than the padded input of {got} in {shape}."
    ),
    "size_not_positive": _error("Dimension {dim} would become {got}. It must be at least 1."),
    "padding_too_large": _error(
        "padding = {padding} must be at most half of kernel_size = {kernel_size}."
    ),
    "padding_exceeds_input": _error(
        "padding_mode = {mode} fills the padding from the input, so padding = {padding} must be "
        "at most {limit} for dimension {dim} of {shape}."
    ),
    "dim_out_of_range": _error(
        "{parameter} = {got} is not a dimension of {shape}, which are {first} to {last}."
    ),
    "no_dims": _error("{kind} needs a dimension to work along, but its input is a single number."),
    "index_out_of_range": _error(
        "{parameter} = {got} is outside the dimension of size {size} in {shape}."
    ),
    "cannot_broadcast": _error(
        "{left} and {right} do not fit together: dimension {dim} is {a} in one and {b} in the "
        "other. They must be equal, or one of them 1."
    ),
    "cannot_concatenate": _error(
        "{left} and {right} cannot be joined along dimension {dim}: they differ in dimension "
        "{other}, {a} against {b}."
    ),
    "cannot_reshape": _error("{shape} has {elements} elements, which do not fill {target}."),
    "cannot_multiply": _error(
        "{left} times {right} does not work: the last dimension of the first, {a}, must equal "
        "dimension −2 of the second, {b}."
    ),
    "needs_real_numbers": _error("{kind} takes real numbers (float32), but “{port}” is {got}."),
    "needs_float32": _error("The weights of {kind} are float32, but “{port}” is {got}."),
    "needs_numbers": _error("{kind} takes numbers, but “{port}” holds truth values (bool)."),
    "needs_indices": _error("{kind} takes whole-number indices (int64), but “{port}” is {got}."),
    "needs_truth_values": _error("“{port}” takes truth values (bool), but is {got}."),
    "different_dtypes": _error("The inputs must have the same dtype, but are {a} and {b}."),
    "single_value_per_channel": _error(
        "Each channel of {shape} has a single value, so there is nothing to normalise over."
    ),
    "single_value_per_group": _error(
        "Each group of {shape} has a single value, so there is nothing to normalise over."
    ),
    "dropout_does_nothing": _warning(
        "dropout acts between layers, so with num_layers = 1 it does nothing."
    ),
    "linear_on_image": _advice(
        "Linear works along the last dimension of {shape} alone. Flatten it first to use all of it."
    ),
    "broadcasts_batch": _warning(
        "{left} and {right} combine every {dim} with every other {dim}, giving {result}. If that "
        "is not meant, give both the same number of dimensions."
    ),
    **{code: _error(template) for code, template in OPERATION_MISTAKES.items()},
    # Training: the recipe
    "unknown_choice": _error("There is no {place} called “{kind}”. Choose one of: {choices}."),
    "unknown_array": _error("The data has no array called “{array}”. It has: {choices}."),
    "empty_split": _error(
        "No samples are left for the {split} split of {samples} samples. Change the fractions."
    ),
    "nothing_to_train": _error("Every output has weight 0, so there is nothing to train for."),
    "input_shape": _error("“{node}” takes {got}, but the data “{array}” is {expected}."),
    "input_dtype": _error("“{node}” takes {got}, but the data “{array}” is {expected}."),
    "output_dtype": _error("A loss needs real numbers (float32), but this output is {got}."),
    "output_shape": _error(
        "{loss} needs {expected} for the target “{array}”, but “{node}” gives {got}."
    ),
    "loss_wants_classes": _error(
        "{loss} needs classes as its target, but “{array}” holds numbers. Choose another loss, "
        "such as MSELoss."
    ),
    "loss_wants_two_classes": _error(
        "{loss} needs a target of two classes, but “{array}” has {classes}. Choose "
        "CrossEntropyLoss."
    ),
    "loss_wants_numbers": _error(
        "{loss} needs numbers as its target, but “{array}” holds {classes} classes. Choose "
        "CrossEntropyLoss."
    ),
    "wrong_activation": _warning("{loss} expects {expects}, but the output comes from {kind}."),
    "memory": _warning(
        "The run needs about {needed}, more than 80 % of the {free} that are free on {device}. "
        "A smaller batch size needs less."
    ),
    # Training: the data
    "data_no_path": _error("Choose the {what} to read."),
    "data_not_found": _error("{path}: there is no such {what}."),
    "data_unreadable": _error("{path} cannot be read: {reason}."),
    "data_too_large": _error("{path} would take {got} in memory; at most {limit} can be used."),
    "data_missing_value": _error(
        "{path}, line {line}: column “{column}” is empty. Fill it in, or leave the row out."
    ),
    "data_ragged_row": _error(
        "{path}, line {line}: {got} cells, but the header has {expected} columns."
    ),
    "data_bad_number": _error("{path}, line {line}: “{got}” in column “{column}” is no number."),
    "data_unknown_word": _error(
        "{path}, line {line}: “{got}” in column “{column}” is unknown. Known are: {choices}."
    ),
    "data_no_column": _error("{path} has no column “{column}”. It has: {choices}."),
    "data_duplicate_column": _error("{path}: two columns are called “{column}”."),
    "data_too_many_categories": _error(
        "{path}: column “{column}” has {got} different words, more than {limit}. Leave it out, "
        "or group them."
    ),
    "data_no_array": _error("{path} has no array “{array}”. It has: {choices}."),
    "data_lengths_differ": _error(
        "{path}: “{array}” has {got} samples, but “{other}” has {expected}."
    ),
    "data_bad_array": _error("{path}: the array “{array}” holds {got}, but needs {expected}."),
    "data_not_finite": _error("{path}: “{array}” has a value that is no number in sample {row}."),
    "data_too_few": _error("{path}: {got} {what}, but at least {expected} are needed."),
    # Training: the run
    "loss_not_finite": _error(
        "The loss became {got} in epoch {epoch}, step {step}. A smaller learning rate often helps."
    ),
    "out_of_memory": _error("{device} ran out of memory. Try a smaller batch size."),
    "training_failed": _error("The training stopped with an error: {reason}"),
    "process_killed": _error("The training process was killed ({reason})."),
    "wrong_weights": _error("The weights in {path} do not fit this network: {reason}"),
    "no_device": _error("There is no device “{device}” here. There are: {choices}."),
    # Project files
    "file_not_found": _error("{path}: there is no such file."),
    "file_unreadable": _error("{path} cannot be read: {reason}."),
    "file_too_large": _error(
        "{place} has more than {limit} bytes, which no project file of Layerweft has."
    ),
    "file_not_text": _error("{place}: this is not text in UTF-8, so it is no project file."),
    "file_not_json": _error("{place}: this is not JSON: {reason}."),
    "file_too_deep": _error("{place} is nested deeper than any project file is."),
    "file_wrong_format": _error("{place} is not a “{expected}”."),
    "file_newer": _error(
        "The file was written by a newer version of Layerweft: its format is {got}, and this "
        "version reads up to {known}. Update Layerweft to open it."
    ),
    "file_wrong_version": _error("{place}: there has never been a format {got}; it is {known}."),
    "file_unknown_key": _error("{place}: “{key}” does not belong here. Known are: {known}."),
    "file_missing_key": _error("{place}: “{key}” is missing."),
    "file_duplicate_key": _error("{place} has an object in which “{key}” stands twice."),
    "file_duplicate_id": _error("{place}: the id “{id}” is used twice."),
    "file_missing_id": _error("{place}: there is nothing of the id “{id}”."),
    "file_second_edge": _error("{place}: two edges end at “{port}” of the node “{node}”."),
    "file_wrong_type": _error("{place}: expected {expected}, but found {got}."),
    "file_number_too_large": _error("{place}: a number is too large ({got})."),
    "file_bad_character": _error("{place}: a character is not permitted in {got}."),
}
"""Every problem code with its severity and sentence."""

FIXES: Final[Mapping[str, str]] = {
    "set_argument": "Set {parameter} to {value}",
    "follow_input": "Let {parameter} follow the input",
    "insert_layer": "Insert {kind} before it",
    "rename": "Rename it to {name}",
    "remove_node": "Remove {name}",
    "disconnect": "Remove the edge",
    "match_data": "Set {node} to {shape}, {dtype}",
    "set_layer_size": "Set {parameter} of {node} to {value}",
}
"""Every fix code with its sentence."""
