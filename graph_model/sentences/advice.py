"""What could be better in a network that runs, and what torch lets pass in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, warning

ADVICE: Final[Mapping[str, ProblemKind]] = {
    # What follows what
    "no_activation_between": advice(
        "{kind} follows {before} with no activation between them. Two linear steps in a row can "
        "do no more than one."
    ),
    "bias_before_norm": advice(
        "The bias of {name} has no effect: {norm} subtracts the mean, and the bias with it."
    ),
    "dropout_before_norm": advice(
        "{norm} learns the statistics of what {name} has thinned out, which are others when "
        "nothing is dropped. Put the dropout behind it."
    ),
    "activation_twice": advice(
        "{kind} follows {before}, another activation. One of them is enough."
    ),
    "activation_before_softmax": advice(
        "{before} limits the scores before {kind} turns them into probabilities. Give it the raw "
        "scores."
    ),
    "softmax_twice": advice(
        "{kind} follows {before}, which has made probabilities already. Twice makes them almost "
        "equal."
    ),
    "dropout_last": advice(
        "{name} drops a share of the results themselves. Dropout belongs before the last layer."
    ),
    "first_step": advice(
        "This takes the first step of {before}, which has read one element only. The last step, "
        "index −1, has read them all."
    ),
    "loss_given_otherwise": warning("{kind} expects {expects}, but {before} gives others."),
    # Sizes that torch takes without a word
    "softmax_over_batch": warning(
        "{kind} works along the batch of {shape}, so that samples compete with each other. Let "
        "dim be that of the classes."
    ),
    "softmax_of_one": warning(
        "Dimension {dim} of {shape} has a single element, for which {kind} always gives {result}."
    ),
    "normalises_one": warning(
        "{kind} normalises single elements of {shape}, so it gives the same for every input."
    ),
    "dropout_all": warning("With p = 1 everything is dropped, and nothing can be learned."),
    "flatten_mixes_batch": warning(
        "start_dim = {start} merges the samples of a batch into one. Keep dimension 0: start_dim = "
        "1."
    ),
    "sequence_order": warning(
        "With batch_first = {got}, {kind} takes {layout}, but the batch {batch} of {shape} is in "
        "another place: it would read the samples as the steps of a sequence."
    ),
    "sequence_of_one": warning(
        "The sequence {shape} has a single step, so {kind} has nothing to remember. Are steps and "
        "features swapped?"
    ),
    "channels_last": warning(
        "{kind} takes the channels first, {layout}, so it reads {shape} as an image of {got} "
        "channels. Are the {channels} at the end the channels?"
    ),
    "samples_mixed": warning(
        "{shape} as {got} puts elements of different samples into one row, since the batch {batch} "
        "stays in the order of memory."
    ),
    "steps_first": warning(
        "{kind} takes the channels first, {layout}, so it reads {shape} as {got} channels of "
        "{channels} steps. Are the {channels} at the end the channels?"
    ),
    "features_last": warning(
        "{kind} takes the features in dimension 1, {layout}, but {before} gives them last: of "
        "{shape}, it works on the {got} steps as if they were features."
    ),
    "features_first": warning(
        "{kind} takes the features last, {layout}, but {before} gives them in dimension 1: of "
        "{shape}, it works on the {got} steps as if they were features."
    ),
    "normalises_places": warning(
        "{kind} normalises the last dimensions, {got} of {shape}, but {before} gives its features "
        "in dimension 1: each of them is normalised by itself, along one line of places."
    ),
    "kernel_sees_padding": advice(
        "The image {shape} is a single pixel, so all but the middle of a kernel of {span} sees "
        "nothing but padding."
    ),
    "stride_skips": advice(
        "A stride of {stride} is larger than the {span} that the kernel spans, so what lies "
        "between is never looked at."
    ),
    "uneven_overlap": advice(
        "A kernel of {kernel} spread with stride {stride} overlaps unevenly, which shows as a "
        "checkerboard. A kernel of {better} gives the same size evenly."
    ),
    "large_linear": advice(
        "{name} has {count} weights, since it reads every pixel of {shape}. Pooling before it "
        "needs far fewer."
    ),
}
