"""What was noticed of a training: the evidence, a likely cause and, in fixes, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, warning

DIAGNOSIS: Final[Mapping[str, ProblemKind]] = {
    # The first number that is none
    "not_finite_data": warning(
        "Sample {sample} of “{array}” has {got} at {place}, so that the loss of step {step} is no "
        "number. Leave it out, or fill it in."
    ),
    "not_finite_input": warning(
        "What {name} is given in step {step} is not finite already: the data have such values. "
        "Leave them out, or fill them in."
    ),
    "not_finite_log": warning(
        "{name} is the first to give {got}, in step {step}: it takes the logarithm of numbers from "
        "{least} to {greatest}. Below 0 there is none, and of 0 it is −∞. Keep them above 0."
    ),
    "not_finite_root": warning(
        "{name} is the first to give {got}, in step {step}: it takes the root of numbers from "
        "{least} to {greatest}. Below 0 there is none, and one over that of 0 is ∞. Keep them "
        "above 0."
    ),
    "not_finite_division": warning(
        "{name} is the first to give {got}, in step {step}: it divides by 0, or by nearly 0. Keep "
        "the divisor away from 0."
    ),
    "not_finite_power": warning(
        "{name} is the first to give {got}, in step {step}: numbers from {least} to {greatest} are "
        "too large for it. Keep them smaller."
    ),
    "not_finite_arc": warning(
        "{name} is the first to give {got}, in step {step}: it takes numbers from {least} to "
        "{greatest}, but is known from −1 to 1 only."
    ),
    "not_finite_softmax": warning(
        "{name} is the first to give {got}, in step {step}: in some row of what it takes each "
        "entry is −∞, as where a mask hides all of it."
    ),
    "not_finite_here": warning(
        "{name} is the first to give {got}, in step {step}: it takes numbers from {least} to "
        "{greatest}, all of which are finite."
    ),
    "not_finite_half": warning(
        "{name} is the first to give ∞, in step {step}: it takes numbers from {least} to "
        "{greatest}, and makes more of them than float16 can hold, which ends at 65,504. "
        "bfloat16 goes as far as float32."
    ),
    "not_finite_loss": warning(
        "The loss itself is the first to be {got}, in step {step}: it takes numbers from {least} "
        "to {greatest}, all of which are finite."
    ),
    "not_finite_gradient": warning(
        "On the way back {name} is the first to make a gradient that is not finite, in step "
        "{step}: it took numbers from {least} to {greatest}. The slope of a root at 0 is infinite, "
        "for one. Keep what it takes away from there."
    ),
    "not_finite_weight": warning(
        "A weight of {name}, “{weight}”, was not finite before step {step}: what the run began "
        "with has such values, or an earlier step made them."
    ),
    "not_finite_update": warning(
        "The step before step {step} made a weight of {name}, “{weight}”, infinite, though its "
        "gradient was finite: the step was too long. Choose a lower learning rate."
    ),
    # What hinders learning from the beginning
    "inputs_unscaled": warning(
        "{name} is given numbers of a size of about {size}. Weights are made for numbers of about "
        "1: what is much larger saturates or explodes, what is much smaller is hardly heard. "
        "Scale the features."
    ),
    "targets_unscaled": warning(
        "The target has numbers of a size of about {size}, but a network begins with outputs of "
        "about 1 and has a long way to go. Scale the target; results are told in its own units."
    ),
    "weights_too_large": warning(
        "The weights that {name} begins with are too large: it gives numbers {growth} times as "
        "large as it takes, where about 1 is usual, and the run begins with a loss of {loss}. What "
        "lies behind explodes or saturates, and steps of a usual length hardly move such weights."
    ),
    "values_too_large": warning(
        "{name} gives numbers {growth} times as large as it takes, from the first step on: a few "
        "of them outweigh all others, as where something is divided by nearly 0. Keep what it "
        "takes in bounds."
    ),
    "units_dead": warning(
        "{share} of the units of {activation} give 0 for every sample from the first step on, so "
        "that no gradient passes and they never learn. {name} gives it numbers below 0 only: look "
        "at the biases it begins with."
    ),
    "units_dead_here": warning(
        "{share} of the units of {name} give 0 for every sample from the first step on, so that no "
        "gradient passes and they never learn: what it is given is below 0."
    ),
    "units_saturated": warning(
        "{share} of what {activation} gives lies where its curve is flat, from the first step on, "
        "so that hardly any gradient passes. {name} gives it numbers that are too large: look at "
        "the weights it begins with."
    ),
    "units_saturated_here": warning(
        "{share} of what {name} gives lies where its curve is flat, from the first step on, so "
        "that hardly any gradient passes: what it is given is too large."
    ),
    "gradients_vanish": warning(
        "The gradient of {name} is {ratio} of that of {last}, each measured by the weights: "
        "between them are {count} of {kind} and the like, each of which lets a part of it through. "
        "A layer that hears so little does not learn. Use ReLU in their place, norms, or skips."
    ),
    "gradients_vanish_otherwise": warning(
        "The gradient of {name} is {ratio} of that of {last}, each measured by the weights. A "
        "layer that hears so little does not learn. The layers between begin with weights that are "
        "too small, or lack norms and skips."
    ),
    "gradient_stops": warning(
        "{name} lets hardly any gradient through: {gave} comes back to it, and {took} goes on to "
        "what lies before. {layer} and all before {name} hardly learn. Where its curve is flat "
        "for what it takes, give it other numbers, or leave it out."
    ),
    # The learning rate
    "rate_too_high": warning(
        "The loss began at {first} and is at {now}, and a step moves the weights by {moved} of "
        "their size, where about 0.1 % is usual. The learning rate, {rate}, is too high."
    ),
    "rate_too_low": warning(
        "The loss began at {first} and is at {now}, and a step moves the weights by {moved} of "
        "their size, all steps of the run by {all} at most. The learning rate, {rate}, is too low."
    ),
    # Several players
    "player_rate_too_high": warning(
        "A step of the player {player} moves its weights by {moved} of their size, where about "
        "0.1 % is usual. Its learning rate, {rate}, is too high."
    ),
    "player_rate_too_low": warning(
        "The loss of the player {player} stands, and a step moves its weights by {moved} of their "
        "size, where about 0.001 is usual. Its learning rate, {rate}, is too low."
    ),
    "player_unheard": warning(
        "The gradient of the player {player} is {ratio} of that of {other}, each measured by the "
        "weights: it hardly learns. The other has got far ahead of it, as a discriminator does "
        "that is never wrong. Slow the other down, or let it train less often."
    ),
    # What the figures of the epochs say
    "nothing_decides": warning(
        "By “{figure}” the best epoch is to be found, but of the {samples} samples of validation "
        "it is no number: an area needs samples of every class, for one. As long as that is so, "
        "the weights of the newest epoch count. Decide by another figure, or validate with more "
        "samples."
    ),
    "labels_unrelated": warning(
        "After {epochs} epochs the loss of training is {train}, but that of validation was never "
        "below {validation}, and {chance} is what guessing gives. What is learnt by heart helps "
        "with no other sample: the labels may not belong to the samples, as where one of two files "
        "was sorted or shuffled alone."
    ),
    "labels_tell_nothing": warning(
        "After {epochs} epochs the loss is {train}, and {chance} is what guessing gives, though "
        "gradients and steps are as usual. The labels may not belong to the samples, or the "
        "samples may not tell what is asked for."
    ),
    "overfitting": warning(
        "Since epoch {epoch} the loss of validation has risen from {best} to {now}, while that of "
        "training has fallen from {before} to {train}: samples are learnt by heart. The weights of "
        "the best epoch are kept. Stop earlier, have more samples, or make it harder for the "
        "network: dropout, weight decay, augmentation, fewer weights."
    ),
}
"""What a diagnosis says."""
