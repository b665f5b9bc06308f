"""The English sentences of all problems and fixes, from which the translations are extracted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.advice import ADVICE
from graph_model.sentences.archives import ARCHIVES
from graph_model.sentences.arrays import ARRAYS
from graph_model.sentences.custom import CUSTOM
from graph_model.sentences.diagnosis import DIAGNOSIS
from graph_model.sentences.exporting import EXPORTING
from graph_model.sentences.files import FILES
from graph_model.sentences.importing import IMPORTING
from graph_model.sentences.kind import ProblemKind
from graph_model.sentences.layers import LAYERS
from graph_model.sentences.modules import MODULES
from graph_model.sentences.networks import NETWORKS
from graph_model.sentences.samples import SAMPLES
from graph_model.sentences.tables import TABLES
from graph_model.sentences.training import TRAINING

KINDS: Final[Mapping[str, ProblemKind]] = {
    **NETWORKS,
    **LAYERS,
    **CUSTOM,
    **ADVICE,
    **TRAINING,
    **DIAGNOSIS,
    **ARRAYS,
    **TABLES,
    **SAMPLES,
    **EXPORTING,
    **IMPORTING,
    **ARCHIVES,
    **MODULES,
    **FILES,
}
"""Every problem code with its severity and sentence."""

FIXES: Final[Mapping[str, str]] = {
    "set_argument": "Set {parameter} to {value}",
    "follow_input": "Let {parameter} follow the input",
    "insert_layer": "Insert {kind} before it",
    "read_rows": "Read row by row: {kind1} and {kind2} before it",
    "read_pixels": "Read pixel by pixel: {kind1} and {kind2} before it",
    "insert_around": "Insert {kind} before and behind it",
    "last_step": "Take the last step before {name}",
    "mean_over_steps": "Take the mean over the steps before {name}",
    "set_in_all": "Set {parameter} to {value} in {nodes}",
    "rename": "Rename it to {name}",
    "remove_node": "Remove {name}",
    "bypass": "Take {name} out",
    "swap": "Swap it with {name}",
    "replace_kind": "Use {kind} instead",
    "constant_rate": "Keep the learning rate at {lr}",
    "replace_kinds": "Use {kind} in place of all {count}",
    "swap_bounds": "Swap the bounds",
    "kernel_of_one": "Set kernel_size to 1 and padding to 0",
    "even_kernel": "Set kernel_size to {value} and output_padding to 0",
    "insert_mean": "Insert a mean over all pixels before it",
    "insert_before": "Insert {kind} before {name}",
    "connect": "Connect {name} to it",
    "remove_branch": "Remove {name} and all behind it",
    "add_output": "Add an Output behind {name}",
    "break_cycle": "Remove the edge from {source} to {target}",
    "disconnect": "Remove the edge",
    "stop_sharing": "Give {name} weights of its own",
    "match_data": "Set {node} to {shape}, {dtype}",
    "take_through": "Set {node} to {shape}, {dtype}, and insert {kind} behind it",
    "read_one_channel": "Read the pictures of “{array}” with one channel",
    "take_file": "Take {name}",
    "take_labels_of": "Take labels from “{column}”",
    "keep_together": "Leave such cells as they are",
    "keep_columns": "Leave such columns as they are",
    "keep_ignored": "Take {value} for a class as well",
    "read_as_it_lies": "Read “{array}” as it lies in the file",
    "read_channels_last": "Take the last dimension of “{array}” for channels",
    "read_pictures_as": "Read the pictures as {shape}",
    "set_layer_size": "Set {parameter} of {node} to {value}",
    "reset_init": "Let the {group} begin as PyTorch does",
    "reset_parametrization": "Take the norm away from {name}",
    "skip_rows": "Leave out those rows",
    "count_as_missing": "Let {value} count as missing",
    "words_as_one": "Take them for the same",
    "targets_as_numbers": "Take them for numbers",
    "dates_day_first": "The day comes first",
    "dates_month_first": "The month comes first",
    "loss_of_shares": "Use cross entropy",
    "skip_pictures": "Leave out what cannot be read",
    "leave_incomplete_out": "Leave out the samples in which “{array}” lacks a value",
    "split_training": "Let “{word}” train",
    "split_validation": "Let “{word}” validate",
    "split_test": "Let “{word}” test",
    "split_leave_out": "Leave “{word}” out",
    "fill_gaps": "Fill in missing values",
    "ignore_column": "Leave “{column}” out of the features",
    "give_target_role": "Take {columns} out of the features",
    "balance_classes": "Let rare classes weigh more in the loss of {output}",
    "predict_main_objects": "Let the class of the largest object be predicted",
    "swap_pictures": "Let the other one enter",
    "predict_classes": "Let classes be predicted",
    "predict_outlines": "Let masks of the outlines be predicted",
    "predict_features": "Let “{array}” be input and target",
    "read_as_type": "Read “{array}” as {type}",
    "let_train": "Let {output} train {nodes} alone",
    "add_option": "Add “{option}”",
    "leave_out_option": "Leave out “{option}”",
    "leave_out_phase": "Leave out the schedule from epoch {epoch} on",
    "leave_out_transform": "Leave out “{transform}”",
    "split_at_random": "Split at random",
    "read_as_series": "Read it as windows over “{column}”",
    "read_as_sounds": "Read the sounds",
    "read_as_text": "Read “{column}” as a text that is gone on with",
    "split_by_time": "Split by time",
    "split_in_time": "Split in the order of time",
    "gaps_apart": "Let no window reach over a gap",
    "gaps_fill": "Add the rows that lack",
    "gaps_join": "Let rows follow each other at once",
    "average_from": "Average from epoch {epoch} on",
    "decide_by": "Decide by {figure}",
}
"""Every fix code with its sentence."""
