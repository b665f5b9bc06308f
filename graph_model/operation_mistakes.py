"""What users read about their mistakes with operations: problem codes with their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OPERATION_MISTAKES: Final[Mapping[str, str]] = {
    "overwrites_held": "inplace would overwrite what “{name}” holds. Switch it off.",
    "overwrites_view": (
        "inplace cannot overwrite what “{name}” gives: its elements are those of another tensor. "
        "Switch it off."
    ),
    "bounds_missing": "Give min, max or both: without a bound nothing is cut off.",
    "min_above_max": "min = {low} must not be above max = {high}.",
    "zero_divisor": "{parameter} must not be 0: nothing can be divided by it.",
    "dims_equal": "{parameter} = {got} is the same dimension as {other}.",
    "sizes_not_positive": "{parameter} takes sizes of at least 1.",
    "fraction_of_whole": "{parameter} = {got} is no {dtype}, which holds whole numbers.",
    "empty_range": "There is nothing from {start} up to {end}: end must be above start.",
    "bad_equation": (
        "“{got}” is no equation for {inputs} inputs. Write a letter for each dimension and a comma "
        "between inputs, such as nij,njk->nik."
    ),
    "bad_equation_result": (
        "The result “{got}” may use each letter of “{known}” once, and no other."
    ),
    "letter_differs": (
        "The letter {letter} stands for {a}, but {shape} has {b} there. It must be the same."
    ),
    "mask_and_causal": "is_causal goes without “attn_mask”: it is a mask of its own.",
    "bad_expansion": (
        "{parameter} needs a size for each of the {rank} dimensions of {shape}: at least 1, or −1 "
        "where it stays. New dimensions come first and need a size."
    ),
    "bad_repeats": "{parameter} needs a number of at least 1 for each of the {rank} dimensions.",
    "lengths_differ": (
        "{parameter} has {got} entries, but {other} has {expected}. It takes one for each."
    ),
    "bad_split": "{parameter} takes 2 to {most} sizes, of at least 1 each.",
    "bad_pad": (
        "{parameter} takes two numbers for each padded dimension, of at most {rank} dimensions, "
        "but has {got}."
    ),
    "value_without_constant": "{parameter} goes with mode = constant, not with {mode}.",
    "pad_negative": "mode = {mode} only adds elements, so {parameter} cannot be {got}.",
    "pad_needs_batch": (
        "mode = {mode} takes 1 or 2 dimensions more than the {dims} padded ones, at most 3 of "
        "them, but the input has {rank}."
    ),
    "bad_size": (
        "{parameter} needs {rank} sizes of at least 1, those of {shape} without batch and channels."
    ),
    "cannot_expand": (
        "Dimension {dim} of {shape} is {got} and cannot become {wanted}: only a size of 1 can be "
        "repeated."
    ),
    "cannot_split": "The pieces add up to {got}, but dimension {dim} of {shape} is {size}.",
    "cannot_chunk": (
        "Dimension {dim} of {shape} cannot be parted into {got} equal pieces, but into {made}."
    ),
    "cannot_unbind": (
        "Dimension {dim} of {shape} has {size} elements, so there are as many outputs, not {got}."
    ),
    "index_too_large": (
        "Dimension {dim} of the indices {shape} is {got}, which must be at most the {limit} of "
        "{other}."
    ),
    "k_too_large": "k = {got} is more than the {size} elements along that dimension of {shape}.",
    "pad_exceeds_input": (
        "mode = {mode} fills the padding from the input, so it must be at most {limit} for "
        "dimension {dim} of {shape}, not {got}."
    ),
    "needs_whole_numbers": "{kind} takes whole numbers (int64), but “{port}” is {got}.",
    "too_few_for_variance": (
        "{shape} has {count} to take the variance of, and correction = {correction} leaves nothing "
        "to divide by."
    ),
}
"""The sentence of each error that a rule of an operation states."""
