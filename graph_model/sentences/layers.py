"""What can be wrong with a layer: its parameters, and what arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

LAYERS: Final[Mapping[str, ProblemKind]] = {
    # Parameters
    "wrong_type": error("{parameter} takes {expected}, not {got}."),
    "not_a_choice": error("{parameter} must be one of {choices}, not {got}."),
    "below_minimum": error("{parameter} must be at least {bound}, not {got}."),
    "not_above": error("{parameter} must be above {bound}, not {got}."),
    "above_maximum": error("{parameter} must be at most {bound}, not {got}."),
    "same_with_stride": error(
        "padding = same keeps the size of the input, which a stride above 1 does not. Give the "
        "padding as a number."
    ),
    "output_padding_too_large": error(
        "output_padding = {got} must be smaller than stride = {stride} or dilation = {dilation}."
    ),
    "proj_size_too_large": error("proj_size = {got} must be smaller than hidden_size = {hidden}."),
    "padding_idx_outside": error(
        "padding_idx = {got} is outside the {count} entries of the table."
    ),
    "blank_outside": error("blank = {got} is none of the {classes} classes."),
    "bad_cutoffs": error("cutoffs must increase, from 1 on and below n_classes = {classes}."),
    "cluster_without_width": error(
        "Divided by div_value so often, cluster {index} has no features left."
    ),
    "class_weights_differ": error(
        "{parameter} has {got} numbers, but {shape} has {classes} classes. Give one for each."
    ),
    "ignored_of_probabilities": error(
        "“target” holds a probability for each class, so none of them can be left out by "
        "{parameter}."
    ),
    "unknown_init": error("{got} is none of the functions of torch.nn.init: {choices}."),
    "init_bounds": error("The lower bound a = {low} must not be above the upper bound b = {high}."),
    "init_dims": error(
        "{init} fills tensors of at least {fewest} dimensions, but {weight} has {got}."
    ),
    "init_dims_between": error(
        "{init} fills tensors of {fewest} to {most} dimensions, but {weight} has {got}."
    ),
    "init_groups": error(
        "{init} parts the {got} output channels of {weight} into groups = {groups}, which do not "
        "divide them."
    ),
    "init_of_zeros": error(
        "{parametrization} divides the weight of {name} by its size, so it must not begin with "
        "zeros."
    ),
    "unknown_parametrization": error("{got} is no norm of a weight: {choices}."),
    "no_weight_to_norm": error("{parametrization} needs a matrix “weight”, which {name} has not."),
    "norm_of_padding": error(
        "{parametrization} divides each row of {name} by its size, but that of padding_idx is 0. "
        "Use spectral_norm, or no padding_idx."
    ),
    "norm_of_sparse": error(
        "{parametrization} does not pass on the gradients of {name} with sparse = True."
    ),
    "nothing_to_initialise": warning("{name} has no {group} that could be initialised."),
    "bounds_reversed": error("max_val = {high} must be above min_val = {low}."),
    "bounds_missing": error("Give min, max or both: without a bound nothing is cut off."),
    "min_above_max": error("min = {low} must not be above max = {high}."),
    "zero_divisor": error("{parameter} must not be 0: nothing can be divided by it."),
    "dims_reversed": error("start_dim = {start} must not come after end_dim = {end}."),
    "dims_missing": error("{parameter} must name at least one dimension."),
    "dims_repeated": error("{parameter} names a dimension twice."),
    "dims_incomplete": error("{parameter} must name each of the {rank} dimensions once."),
    "unknown_size": error(
        "{parameter} names the size {name}, which no Input of this network has. Known are: {known}."
    ),
    "bad_sizes": error(
        "{parameter} takes sizes of at least 1, one of which may be −1 for what is left."
    ),
    "dims_equal": error("{parameter} = {got} is the same dimension as {other}."),
    "sizes_not_positive": error("{parameter} takes sizes of at least 1."),
    "fraction_of_whole": error("{parameter} = {got} is no {dtype}, which holds whole numbers."),
    "empty_range": error("There is nothing from {start} up to {end}: end must be above start."),
    "bad_equation": error(
        "“{got}” is no equation for {inputs} inputs. Write a letter for each dimension and a comma "
        "between inputs, such as nij,njk->nik."
    ),
    "bad_equation_result": error(
        "The result “{got}” may use each letter of “{known}” once, and no other."
    ),
    "letter_differs": error(
        "The letter {letter} stands for {a}, but {shape} has {b} there. It must be the same."
    ),
    "mask_and_causal": error("is_causal goes without “attn_mask”: it is a mask of its own."),
    "bad_expansion": error(
        "{parameter} needs a size for each of the {rank} dimensions of {shape}: at least 1, or −1 "
        "where it stays. New dimensions come first and need a size."
    ),
    "bad_repeats": error(
        "{parameter} needs a number of at least 1 for each of the {rank} dimensions."
    ),
    "lengths_differ": error(
        "{parameter} has {got} entries, but {other} has {expected}. It takes one for each."
    ),
    "bad_split": error("{parameter} takes 2 to {most} sizes, of at least 1 each."),
    "bad_pad": error(
        "{parameter} takes two numbers for each padded dimension, of at most {rank} dimensions, "
        "but has {got}."
    ),
    "value_without_constant": error("{parameter} goes with mode = constant, not with {mode}."),
    "pad_negative": error("mode = {mode} only adds elements, so {parameter} cannot be {got}."),
    "pad_needs_batch": error(
        "mode = {mode} takes 1 or 2 dimensions more than the {dims} padded ones, at most 3 of "
        "them, but the input has {rank}."
    ),
    "bad_size": error(
        "{parameter} needs {rank} sizes of at least 1, those of {shape} without batch and channels."
    ),
    "corners_without_mode": error(
        "align_corners goes with the modes that interpolate, not with {mode}."
    ),
    "missing_offsets": error(
        "Indices in one row need “offsets” to say where each bag begins. Connect them, or give "
        "one row for each bag."
    ),
    "offsets_with_rows": error(
        "“offsets” go with indices in one row, but {shape} has one row for each bag."
    ),
    "weights_without_sum": error("“per_sample_weights” go with mode = sum, not with {mode}."),
    "not_with_max": error("mode = max does not go with {parameter}."),
    "missing_state": error("h_0 and c_0 go together, but only one of them is connected."),
    # Shapes
    "wrong_rank": error("{kind} takes {expected} dimensions ({layout}), but {shape} has {got}."),
    "rank_too_small": error("{kind} takes at least {expected} dimensions, but {shape} has {got}."),
    "pinned_size": error("{parameter} is set to {pinned}, but the input {shape} has {got} there."),
    "size_must_be_number": error(
        "{parameter} follows from the input, so it needs a number there, but {shape} has {got}."
    ),
    "symbol_not_supported": error(
        "{kind} cannot work this out for any {got}, as {shape} has it. It needs a number there."
    ),
    "wrong_size": error("Dimension {dim} of {shape} must be {expected}, but is {got}."),
    "wrong_shape": error("The shape of “{port}” must be {expected}, but is {got}."),
    "leading_dims_differ": error("{left} and {right} must agree in all dimensions but the last."),
    "not_divisible": error("{what} = {got} must be divisible by {by} = {divisor}."),
    "dim_not_divisible": error(
        "Dimension {dim} of {shape} is {got}, but must be divisible by {divisor}."
    ),
    "kernel_too_large": error(
        "A kernel that spans {span} is larger than the padded input of {got} in {shape}."
    ),
    "kernel_exceeds_output": error(
        "A kernel that spans {span} is larger than the padded output_size of {got}."
    ),
    "size_not_positive": error("Dimension {dim} would become {got}. It must be at least 1."),
    "padding_too_large": error(
        "padding = {padding} must be at most half of kernel_size = {kernel_size}."
    ),
    "padding_exceeds_size": error(
        "{kind} fills the padding from the input, so padding = {padding} must be at most {limit} "
        "for dimension {dim} of {shape}."
    ),
    "windows_do_not_fit": error(
        "{size} windows of kernel_size = {kernel_size} need more than the {got} in {shape}."
    ),
    "size_or_ratio": error("Exactly one of output_size and output_ratio must be given."),
    "unpooled_size_outside": error(
        "output_size = {got} for dimension {dim} must be above {low} and below {high}, from which "
        "the pooling would have come."
    ),
    "lower_above_upper": error("lower = {low} must not be above upper = {high}."),
    "padding_exceeds_input": error(
        "padding_mode = {mode} fills the padding from the input, so padding = {padding} must be "
        "at most {limit} for dimension {dim} of {shape}."
    ),
    "dim_out_of_range": error(
        "{parameter} = {got} is not a dimension of {shape}, which are {first} to {last}."
    ),
    "no_dims": error("{kind} needs a dimension to work along, but its input is a single number."),
    "size_not_within": error(
        "{parameter} is {got}, which is not always within {shape}, whose size is {size} there."
    ),
    "index_out_of_range": error(
        "{parameter} = {got} is outside the dimension of size {size} in {shape}."
    ),
    "cannot_broadcast": error(
        "{left} and {right} do not fit together: dimension {dim} is {a} in one and {b} in the "
        "other. They must be equal, or one of them 1."
    ),
    "cannot_concatenate": error(
        "{left} and {right} cannot be joined along dimension {dim}: they differ in dimension "
        "{other}, {a} against {b}."
    ),
    "cannot_reshape": error("{shape} has {elements} elements, which do not fill {target}."),
    "batch_in_features": error(
        "{shape} as {got} puts parts of different samples into one row, for {batch} stands for any "
        "number of them. Begin with −1, which keeps the samples apart."
    ),
    "cannot_unflatten": error(
        "Dimension {dim} of {shape} is {got}, which is not {target} multiplied out."
    ),
    "bad_dims_of_other": error(
        "The dimensions from {first} up to {end} are not within {shape}. “end” is the one after "
        "the last."
    ),
    "cannot_multiply": error(
        "{left} times {right} does not work: the last dimension of the first, {a}, must equal "
        "dimension −2 of the second, {b}."
    ),
    "cannot_expand": error(
        "Dimension {dim} of {shape} is {got} and cannot become {wanted}: only a size of 1 can be "
        "repeated."
    ),
    "cannot_split": error("The pieces add up to {got}, but dimension {dim} of {shape} is {size}."),
    "cannot_chunk": error(
        "Dimension {dim} of {shape} cannot be parted into {got} equal pieces, but into {made}."
    ),
    "cannot_unbind": error(
        "Dimension {dim} of {shape} has {size} elements, so there are as many outputs, not {got}."
    ),
    "index_too_large": error(
        "Dimension {dim} of the indices {shape} is {got}, which must be at most the {limit} of "
        "{other}."
    ),
    "too_many_samples": error(
        "num_samples = {got} cannot be drawn of {classes} without replacement."
    ),
    "k_too_large": error(
        "k = {got} is more than the {size} elements along that dimension of {shape}."
    ),
    "pad_exceeds_input": error(
        "mode = {mode} fills the padding from the input, so it must be at most {limit} for "
        "dimension {dim} of {shape}, not {got}."
    ),
    "needs_real_numbers": error("{kind} takes real numbers (float32), but “{port}” is {got}."),
    "needs_float32": error("The weights of {kind} are float32, but “{port}” is {got}."),
    "needs_numbers": error("{kind} takes numbers, but “{port}” holds truth values (bool)."),
    "complex_not_taken": error(
        "{kind} takes no complex numbers, but “{port}” is {got}. Take their size (Abs), one of "
        "their parts (Real, Imag), their angle, or both parts as two numbers (ViewAsReal)."
    ),
    "needs_complex_numbers": error("{kind} takes complex numbers (complex64), not {got}."),
    "discards_imaginary": error(
        "As {dtype}, numbers that are {got} would lose their imaginary parts. Take their size "
        "(Abs), one of their parts (Real, Imag), their angle, or both (ViewAsReal)."
    ),
    "spectrum_too_short": error(
        "{shape} holds half the spectrum of no number: give how many there are to be."
    ),
    "needs_indices": error("{kind} takes whole-number indices (int64), but “{port}” is {got}."),
    "needs_whole_numbers": error("{kind} takes whole numbers (int64), but “{port}” is {got}."),
    "needs_truth_values": error("“{port}” takes truth values (bool), but is {got}."),
    "heads_differ": error(
        "“query” has {heads} heads, but “key” has {served}. They must be equal, or with enable_gqa "
        "a multiple, so that each head of the keys serves a group of queries."
    ),
    "different_dtypes": error("The inputs must have the same dtype, but are {a} and {b}."),
    "single_value_per_channel": error(
        "Each channel of {shape} has a single value, so there is nothing to normalise over."
    ),
    "too_few_for_variance": error(
        "{shape} has {count} to take the variance of, and correction = {correction} leaves nothing "
        "to divide by."
    ),
    "single_value_per_group": error(
        "Each group of {shape} has a single value, so there is nothing to normalise over."
    ),
    "mean_over_elements": warning(
        "reduction = mean divides by the number of elements, not of samples, which is no longer "
        "the Kullback–Leibler divergence."
    ),
    "dropout_does_nothing": warning(
        "dropout acts between layers, so with num_layers = 1 it does nothing."
    ),
    "linear_on_image": advice(
        "Linear works along the last dimension of {shape} alone. Flatten it first to use all of it."
    ),
    "broadcasts_both": advice(
        "{left} and {right} both grow, to {result}: every element of one meets every one of the "
        "other. If that is not meant, give them the same shape."
    ),
    "broadcasts_batch": warning(
        "{left} and {right} combine every {dim} with every other {dim}, giving {result}. If that "
        "is not meant, give both the same number of dimensions."
    ),
}
