"""What can be wrong with a network and its blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error, warning

NETWORKS: Final[Mapping[str, ProblemKind]] = {
    # Structure
    "empty_network": error("The network is empty. Drag a layer onto the canvas to begin."),
    "no_input": error("The network has no Input. Add one so that data can enter."),
    "no_output": error("The network has no Output. Add one to say what it computes."),
    "unknown_kind": error("There is no layer kind called “{kind}” in this version."),
    "unknown_kind_parameter": error(
        "Its kind follows from “{parameter}”, but the network has no such parameter of the type "
        "layer. Known are: {known}."
    ),
    "no_layer_kinds": error(
        "{parameter} lists no layer kinds to choose from. Write some, such as ReLU, Hardswish."
    ),
    "bad_layer_kind": error(
        "{parameter} lists “{got}”, which is no layer kind of one input and one output, or has "
        "arguments that do not suit it. Write it like ReLU or LeakyReLU(negative_slope=0.2)."
    ),
    "layer_kinds_differ": error(
        "{parameter} lists {one}, which is made with the sizes {sizes}, beside {other}, which is "
        "made with {others}. List kinds that are made alike."
    ),
    "unknown_parameter": error("{kind} has no parameter called “{parameter}”."),
    "unknown_port": error("{kind} has no {side} called “{port}”."),
    "missing_input": error("The input “{port}” has no edge. Connect a tensor to it."),
    "left_open": error(
        "“{port}” needs a tensor, but uses of the block may leave “{input}” open. Give {input} a "
        "default, or connect it to what can do without, such as a mask."
    ),
    "open_size_unknown": error(
        "How large “{port}” is where it is left open cannot be told: what is always given has no "
        "size {name}. Write 1, a number or one of: {known}."
    ),
    "cycle": error(
        "These layers feed each other in a circle: {names}. Remove one of the edges between them."
    ),
    "gradient_apart": error(
        "“of” does not follow from {name}, or through a Detach alone, so it has no gradient by it. "
        "Connect to “by” what “of” is computed from."
    ),
    "bad_name": error("“{name}” cannot be a name in the code: {reason}."),
    "duplicate_name": error("Another node is called “{name}” as well. Names must differ."),
    "unused_output": warning("Nothing uses what {name} computes."),
    "dead_branch": warning("From {name} no way leads to an Output, so it is computed for nothing."),
    "sizes_contradict": error(
        "There is no {symbol} with which the sizes here agree as well as those before. Pad or crop "
        "one of them."
    ),
    "overwrites_shared": warning(
        "inplace overwrites a tensor that {others} reads as well, before or after. Switch it off."
    ),
    "overwrites_held": error("inplace would overwrite what “{name}” holds. Switch it off."),
    "overwrites_view": error(
        "inplace cannot overwrite what “{name}” gives: its elements are those of another tensor. "
        "Switch it off."
    ),
    # Blocks
    "inside_block": error("In {block}: {reason}"),
    "inside_block_node": error("In {block}, {node}: {reason}"),
    "unknown_block": error("The project has no block with the id “{block}”."),
    "recursive_block": error("{block} would contain itself. A block can only hold other blocks."),
    "blocks_too_deep": error("The blocks are nested deeper than {limit} levels."),
    "repeats_of_data": error(
        "How large {got} is only the data tell, anew for each repeat, so that repeats cannot be "
        "joined side by side. Repeat in sequence instead."
    ),
    "too_many_differ": error(
        "The {got} repeats of {name} differ, so each has to be worked out by itself, which goes "
        "for {limit}. Repeat it less, or let all be alike."
    ),
    "blocks_too_large": error("Unfolded, this has more than {limit} layers. Repeat it less."),
    "bad_parameter_name": error("“{parameter}” cannot be a parameter of a block: {reason}."),
    "duplicate_parameter": error("Two parameters of this block are called “{parameter}”."),
    "repeat_needs_block": error("Only a block can be repeated. Make a block of {name} first."),
    "repeat_does_not_fit": error(
        "The outputs of a repeated block become its inputs: {inputs} cannot take {outputs}."
    ),
    "parallel_outputs": error(
        "Repeats side by side are joined to one, so the block must have one output, not {outputs}."
    ),
    "repeats_differ": error(
        "Repeats side by side must give the same, but repeat {turn} gives {got} and the first "
        "{expected}."
    ),
    "loop_changes": error(
        "All repeats have the same weights, so each must take what the first takes, {expected}, "
        "but repeat {turn} is given {got}."
    ),
    "shares_with_nothing": error("The node whose weights {name} shares is not there any more."),
    "shares_with_other_kind": error(
        "{name} cannot share the weights of {other}, which is not of the same kind."
    ),
    "shares_without_weights": error("{name} has no weights to share."),
    "shares_other_sizes": error(
        "{name} shares the weights of {other}, which would need other sizes here: {sizes}."
    ),
    "formula_syntax": error("“{formula}” cannot be read: {got} is not expected there."),
    "formula_too_long": error("A formula has at most {limit} characters."),
    "formula_too_deep": error("A formula has at most {limit} parentheses within each other."),
    "formula_too_large": error("{formula} gives a number that is too large."),
    "formula_unknown_name": error(
        "“{name}” is not a parameter of this block. Its parameters: {known}."
    ),
    "formula_wrong_type": error("{formula} must be {expected}, but is {got}."),
    "formula_not_here": error("{parameter} of {kind} cannot be a formula. Give it a value."),
    "formula_not_real": error("{formula} is no real number: a root of a negative one."),
    "formula_division_by_zero": error("{formula} divides by zero."),
}
