"""What is said of texts, series, sounds, samples of one's own, and how samples are split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

SAMPLES: Final[Mapping[str, ProblemKind]] = {
    "text_cut_off": advice(
        "{count} of {total} texts are longer than {length} tokens, the longest {longest}: what is "
        "beyond is cut off."
    ),
    "text_unreadable": warning("{count} texts cannot be read and are left out: {names}."),
    "text_rows_left_out": advice(
        "{count} rows lack a text, or what is to be predicted of it: they are left out."
    ),
    "text_in_pieces": advice(
        "The text is cut into pieces of {length} tokens, side by side: no token is a target twice."
    ),
    "series_too_short": error(
        "{path}: of {rows} rows, windows of {window} steps with {horizon} ahead leave {got} for "
        "training and {validating} for validation. Choose a smaller window, or other shares."
    ),
    "series_no_times": error("{path}: “{got}” in column “{column}” is no date and no number."),
    "series_without_time": advice(
        "No column of times was found: the rows are taken in the order of the file."
    ),
    "series_twins": warning("“{column}” has {count} moments twice."),
    "series_gaps": warning(
        "“{column}” has {count} gaps beside its step of {step}: no window reaches over one. Where "
        "a forecast is made from new rows, each is taken to be as the row before it."
    ),
    "series_gaps_filled": warning(
        "“{column}” has {count} gaps beside its step of {step}: the {lacking} rows that lack are "
        "added, each as the one before it."
    ),
    "series_gaps_joined": warning(
        "“{column}” has {count} gaps beside its step of {step}: rows are taken as if each followed "
        "the one before it at once."
    ),
    "series_grouped": advice(
        "“{column}” tells {count} series apart: no window reaches from one into another, and all "
        "are split at the same moments."
    ),
    "series_filled": advice(
        "{count} of {rows} rows lack a value: the last one before it is taken."
    ),
    "series_left_out": advice(
        "{count} of {rows} rows lack a value: they are left out, and no window reaches over them."
    ),
    "series_split": advice(
        "The first windows train, later ones validate, the last test. {left_out} windows of "
        "{reach} steps lie across a border and are left out."
    ),
    "series_baseline": advice(
        "A forecast that repeats what was {season} steps before is off by {validation} in "
        "validation and by {test} in the test (root of the mean square): a network should do "
        "better."
    ),
    "folders_without_class": advice(
        "What lies in these folders has no class and is left out: {names} ({count} files)."
    ),
    "sound_resampled": advice(
        "{count} of {total} sounds have another rate than {rate} numbers a second: they are "
        "brought to it."
    ),
    "sound_cut": advice(
        "Of {seconds} seconds, {cut} sounds are cut off, and {short} are filled up with silence."
    ),
    "sound_unreadable": warning("{count} sounds cannot be read and are left out: {names}."),
    "python_not_allowed": error(
        "{path} has not run on this computer. Read it, then allow it: it runs with all your rights."
    ),
    "python_failed": error("{path}, line {line}: {reason}."),
    "python_no_entry": error("{path} has no function {name}() that yields samples."),
    "python_no_pair": error(
        "{path}: sample {sample} is one {got}, but has to be two things: (features, target)."
    ),
    "python_no_numbers": error(
        "{path}: the {what} of sample {sample} are no numbers, but of type {got}."
    ),
    "python_not_finite": error(
        "{path}: the {what} of sample {sample} have a value that is no number."
    ),
    "python_samples_differ": error(
        "{path}: sample {sample} has {got}, but the first one has {expected}."
    ),
    "python_perhaps_more": advice(
        "The first {count} samples were taken, as many as may be at most: there may be more."
    ),
    "python_too_few": error("{path} yields {got} samples, but at least 2 are needed."),
    "python_too_much": error("{path} yields more than {limit}, reached with sample {sample}."),
    "python_no_memory": error("{path} takes more memory than it may."),
    "python_too_slow": error("{path} took longer than {limit} s, and was at line {line} then."),
    "python_crashed": error("{path} has ended its process, with status {status}."),
    # How they are split
    "empty_split": error(
        "No samples are left for the {split} split of {samples} samples. Change the fractions."
    ),
    "split_no_own": error(
        "These data are not split already. Choose another way, or tell which column or arrays say "
        "what trains and what tests."
    ),
    "split_no_groups": error(
        "No column says which samples belong together. Give one the role “group”, or split in "
        "another way."
    ),
    "split_few_groups": error(
        "There are {groups} groups, but each split needs at least one: {needed} in all."
    ),
    "split_no_column": error(
        "Samples can be spread by one value each, but {array} has the shape {shape}."
    ),
    "split_no_fold": error("There is no fold {fold}: there are {folds}, from 1 on."),
    "split_many_folds": error("{samples} samples cannot be put into {folds} folds."),
    "split_single_class": warning(
        "Of some classes there is one sample alone, which either trains or tests: {classes}."
    ),
    "split_leaves_gap": advice(
        "Samples of {reach} steps overlap: those that lie across a border between training, "
        "validation and test are left out."
    ),
    "split_ignores_time": advice(
        "Rows follow each other in time by “{column}”, and are split by chance: training sees what "
        "comes after what is asked. For a forecast, split them by time."
    ),
    "split_overlaps": warning(
        "Samples are windows of {reach} steps that overlap: split so, training has seen most of "
        "what is asked in validation and test. Split them in the order of time."
    ),
}
