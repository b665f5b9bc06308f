"""What can be wrong with a recipe, its data and a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

TRAINING: Final[Mapping[str, ProblemKind]] = {
    "measured_nothing": error("The training ended before its steps could be measured."),
    "batch_takes_too_much": warning(
        "A batch of {batch} takes more memory than is free; it was ended before that ran out."
    ),
    # Training: the recipe
    "unknown_choice": error("There is no {place} called “{kind}”. Choose one of: {choices}."),
    "unknown_array": error("The data has no array called “{array}”. It has: {choices}."),
    "weights_of_players": error(
        "Samples have weights here, which cannot be done where several players train. Let the "
        "column of weights be ignored."
    ),
    "weights_of_loss": error(
        "Samples have weights here, and the loss “{loss}” of {name} cannot count them. Choose "
        "another loss, or let the column of weights be ignored."
    ),
    "weights_twice": error(
        "Samples have weights here, so classes cannot have weights as well: turn “balanced” off "
        "for {name}, or let the column of weights be ignored."
    ),
    "weights_wrong": error(
        "Weights of samples are numbers of at least 0; here they go from {least} to {most}."
    ),
    "weights_of_nothing": error(
        "All samples of the {split} split have the weight 0. Split in another way, or let the "
        "column of weights be ignored."
    ),
    "transform_unsuited": error(
        "“{transform}” is for {takes}, but what takes the features is {got}."
    ),
    "transform_of_nothing": error("“{transform}” changes the features, but no Input takes them."),
    "transform_cannot_mix": error(
        "“{transform}” mixes targets, and the loss “{loss}” of {name} cannot be held against a "
        "mixture. Cross entropy without weights can, and so can losses of one number each."
    ),
    "transform_of_players": error(
        "“{transform}” mixes targets, which cannot be done where several players train."
    ),
    "transform_of_no_size": error(
        "The smallest rectangle of “{transform}” is larger than the largest."
    ),
    "transform_border": error(
        "The border of “{transform}” mirrors the picture, so it has to be narrower than {size} "
        "pixels."
    ),
    "transform_twice": error("“{transform}” is said twice: one of them counts alone."),
    "options_exclude": error("“{option}” and “{other}” exclude each other: choose one of them."),
    "option_of_one_pass": error(
        "“{option}” is for one gradient a step, but {optimizer} looks at the loss several times "
        "for each. Leave it out, or choose another optimizer."
    ),
    "option_of_all_weights": error(
        "“{option}” is not for {optimizer}, which has no groups of weights. Leave it out, or "
        "choose another optimizer."
    ),
    "option_of_dense": error("“{option}” needs whole gradients, but those of {name} are sparse."),
    "sparse_gradients": error(
        "{optimizer} cannot use the gradients of {name}, which are sparse. SGD, Adagrad and "
        "SparseAdam can."
    ),
    "sparse_decay": error(
        "The gradients of {name} are sparse: {optimizer} can use them only with weight_decay = 0."
    ),
    "nothing_sparse": error(
        "{optimizer} is for embeddings with sparse = True, and this network has none."
    ),
    "no_matrices": error(
        "{optimizer} is for weights that are matrices, and this network has none."
    ),
    "nesterov_alone": error(
        "nesterov looks ahead along the momentum: it needs a momentum above 0 and a dampening of 0."
    ),
    "nothing_to_decay": warning(
        "“{option}” changes nothing, for {optimizer} decays no weights here."
    ),
    "average_of_the_beginning": warning(
        "With a decay of {decay} the average of the weights is still close to those that the run "
        "begins with after {updates} steps, and these are what is judged. A smaller decay forgets "
        "them sooner."
    ),
    "accumulated_by_weights": warning(
        "{name} is a mean by the weights of classes, or over what is not ignored. “{option}” takes "
        "the parts of a batch together by their samples, so it is not quite that of the whole one. "
        "The same loss is exact where it is chosen at the output instead of being drawn."
    ),
    "loss_of_whole_precision": warning(
        "PyTorch refuses BCELoss beside mixed precision on a GPU. Leave the Sigmoid out and choose "
        "BCEWithLogitsLoss, which does the same in one."
    ),
    "rate_never_moves": warning(
        "“{option}” changes nothing, for the learning rate stays as it is all along. Choose a "
        "schedule or a warm-up beside it."
    ),
    "rate_not_heeded": warning(
        "The learning rate lr, {lr}, changes nothing: “{schedule}” has rates of its own, {max_lr} "
        "at the top. Change max_lr, or keep the rate constant."
    ),
    "names_no_layer": error(
        "“{option}” names no layer of the network so far. Choose at least one, or leave it out."
    ),
    "never_thawed": warning(
        "{name} stays frozen to the end: it thaws in epoch {epoch}, but the run has {epochs}."
    ),
    "not_in_phases": error(
        "“{schedule}” makes up a whole run, so that no other schedule can follow or come before it."
    ),
    "phase_too_early": error(
        "A schedule that is to follow another begins with epoch {start}, but must do so after "
        "epoch {before}."
    ),
    "phase_never_begins": warning(
        "A schedule is to begin with epoch {start}, but the run has {epochs}."
    ),
    "warm_up_never_ends": warning(
        "The warm-up takes {steps} steps, but the run has {total}: the learning rate never gets to "
        "its height."
    ),
    "averaged_never": warning(
        "Weights are averaged from epoch {start} on, but the run has {epochs}: none ever is."
    ),
    "unknown_figure": error(
        "No output tells “{figure}”, by which the best epoch is to be found. These are told: "
        "{choices}."
    ),
    "metric_unsuited": error(
        "{metric} cannot be worked out for an output that {loss} holds. Choose another metric."
    ),
    "metric_of_fewer": error(
        "The class is always among the {k} highest scores, for there are {classes} classes. "
        "Choose a smaller k."
    ),
    "metric_of_many": error(
        "{metric} is told of at most {most} classes, but there are {classes}. Leave it out."
    ),
    "metric_of_all_scores": warning(
        "{metric} keeps all scores of a split, here about {size} GB in main memory."
    ),
    "nothing_to_train": error("Every output has weight 0, so there is nothing to train for."),
    "trained_twice": error(
        "{nodes} would be trained for both “{output}” and “{other}”, each with an optimizer of its "
        "own. Let one of them do it."
    ),
    "trained_by_nobody": warning("Nobody trains {nodes}: no loss reaches it, or none is to."),
    "player_does_not_reach": error(
        "“{output}” is to train {nodes}, but its gradient does not get there."
    ),
    "player_trains_nothing": error("There is nothing that “{output}” could train."),
    "player_twice": error(
        "“{output}” has {times} players. Let one of them train all that is to be trained for it."
    ),
    "player_never": error(
        "“{output}” would take a step every {got} batches. It has to be 1 or more."
    ),
    "player_rarely": error(
        "“{output}” is held against the data, so it takes a step on every batch. For fewer steps, "
        "draw its loss as a layer before the Output."
    ),
    "optimizer_of_one_player": error(
        "{optimizer} cannot train for “{output}” beside other players. Choose another optimizer."
    ),
    "option_of_one_player": error(
        "“{option}” does not go along with several players. Leave it out, or let one optimizer "
        "train everything."
    ),
    "option_of_whole_weights": error(
        "“{option}” needs the weights whole, of which each process has a part with FSDP2. Leave it "
        "out, or choose DDP."
    ),
    "optimizer_of_whole_weights": error(
        "{optimizer} needs the weights whole, of which each process has a part with FSDP2. Choose "
        "another optimizer, or DDP."
    ),
    "nothing_to_learn": error(
        "No layer of the network has weights, so there is nothing to train. Add a layer that has, "
        "such as Linear or Conv2d."
    ),
    "all_frozen": error(
        "The weights of every layer are frozen, so there is nothing to train. Let at least one "
        "layer be trained."
    ),
    "no_run_there": error(
        "{path} is no run: it needs a folder with events.jsonl, such a file, or a folder with logs "
        "of TensorBoard (events.out.tfevents…)."
    ),
    "tensorboardx_missing": error(
        "Logs of TensorBoard are written and read by tensorboardX, which is not installed: pip "
        "install tensorboardX."
    ),
    "no_values": error(
        "“{got}” is no list of values such as “0.1, 0.2”, and no range such as “1e-5..1e-1 log 5”, "
        "“0..1 of 3” or “0..4”."
    ),
    "no_range": error(
        "“{got}” is no range such as “1e-5..1e-1 log”, “0..0.5” or “16..256”: its first number "
        "has to be the smaller one, and above 0 where it is logarithmic."
    ),
    "optuna_missing": error(
        "Values are proposed by optuna, which is not installed: pip install optuna."
    ),
    "too_many_values": error("These are {count} values, more than {most}. Give fewer."),
    "unknown_setting": error("There is no setting “{name}”. There are: {choices}."),
    "nothing_to_predict": error(
        "Each output that is trained is itself a loss, so there are no predictions to show."
    ),
    "input_shape": error("“{node}” takes {got}, but the data “{array}” is {expected}."),
    "input_dtype": error("“{node}” takes {got}, but the data “{array}” is {expected}."),
    "input_sizes": error(
        "“{node}” gets {got} from the data “{array}”, but the network needs: {needed}."
    ),
    "index_outside_table": error(
        "The data hold indices up to {index}, but the entries of {name} end at {last}."
    ),
    "batch_of_one": error(
        "With batch_size = 1 each channel of {name} has a single value, so there is nothing to "
        "normalise over. Use a larger batch."
    ),
    "output_dtype": error("A loss needs real numbers (float32), but this output is {got}."),
    "output_shape": error(
        "{loss} needs {expected} for the target “{array}”, but “{node}” gives {got}."
    ),
    "loss_wants_classes": error(
        "{loss} needs classes as its target, but “{array}” holds numbers. Choose another loss, "
        "such as MSELoss."
    ),
    "loss_wants_one_class": error(
        "{loss} is held against one class of each sample, but “{array}” has the probability of "
        "each class. Cross entropy, without weights of classes, takes these."
    ),
    "loss_wants_two_classes": error(
        "{loss} needs a target of two classes, but “{array}” has {classes}. Choose "
        "CrossEntropyLoss."
    ),
    "loss_wants_numbers": error(
        "{loss} needs numbers as its target, but “{array}” holds {classes} classes. Choose "
        "CrossEntropyLoss."
    ),
    "wrong_activation": warning("{loss} expects {expects}, but the output comes from {kind}."),
    "memory": warning(
        "The run needs about {needed}, more than 80 % of the {free} that are free on {device}. "
        "A batch of at most {batch} samples would fit."
    ),
    # Training: the data
    "data_no_path": advice("Choose the {what} to read."),
    "data_not_found": error("{path}: there is no such {what}."),
    "data_unreadable": error("{path} cannot be read: {reason}."),
    "data_text_too_large": error("{path} has {got} of text; at most {limit} are read."),
    "data_binary_text": error("{path} is no text: it has bytes that stand for no letters."),
    "data_text_too_short": error(
        "{path}: the text gives {got} pieces of {length} tokens, but at least 10 are needed. "
        "Choose a smaller length."
    ),
    "data_too_many_files": error("{path}: {got} files, but at most {limit} are read."),
    "data_reading_stopped": error("The reading of the data was stopped."),
    "data_reading_failed": error(
        "{path}: reading it ended in a fault of Layerweft’s own ({reason}). Choose another way to "
        "read it, or save it in another form; and please report this."
    ),
    "data_too_large": error("{path} would take {got} in memory; at most {limit} can be used."),
    "data_missing_value": error(
        "{path}, line {line}: column “{column}” is empty. Rows without a value there: {count}. "
        "Fill them in, or leave them out: “missing” of the data set to “skip” does that."
    ),
    "data_ragged_row": error(
        "{path}, line {line}: {got} cells, but the header has {expected} columns."
    ),
    "data_bad_number": error("{path}, line {line}: “{got}” in column “{column}” is no number."),
    "data_bad_date": error(
        "{path}, line {line}: “{got}” in column “{column}” is no date as in the training."
    ),
    "data_bad_picture": error(
        "{path}, line {line}: “{got}” in column “{column}” is no picture that can be read: "
        "{reason}."
    ),
    "data_unknown_gap": error(
        "{path}, line {line}: column “{column}” is empty, which it never was in the training."
    ),
    "data_unknown_word": error(
        "{path}, line {line}: “{got}” in column “{column}” is unknown. Known are: {choices}."
    ),
    "data_no_column": error("{path} has no column “{column}”. It has: {choices}."),
    "data_no_sheet": error("{path} has no sheet “{sheet}”. It has: {choices}."),
    "data_too_many_columns": error("{path} has {got} columns; at most {limit} can be read."),
    "data_too_many_categories": error(
        "{path}: column “{column}” has {got} different words, more than {limit}. Leave it out, "
        "or group them."
    ),
    "data_no_array": error("{path} has no array “{array}”. It has: {choices}."),
    "data_lengths_differ": error(
        "{path}: “{array}” has {got} samples, but “{other}” has {expected}."
    ),
    "data_bad_array": error("{path}: the array “{array}” holds {got}, but needs {expected}."),
    "data_too_few": error("{path}: {got} {what}, but at least {expected} are needed."),
    # Training: the run
    "loss_not_finite": error(
        "The loss became {got} in epoch {epoch}, step {step}. A smaller learning rate often helps."
    ),
    "loss_not_finite_found": error(
        "The loss became {got} in epoch {epoch}, step {step}. What was noticed says where that "
        "began."
    ),
    "out_of_memory": error("{device} ran out of memory. Try a smaller batch size."),
    "training_failed": error("The training stopped with an error: {reason}"),
    "values_failed": error("What the layers give cannot be computed: {reason}"),
    "process_killed": error("The training process was killed ({reason})."),
    "run_not_kept": warning(
        "The run cannot be kept in {folder}: {reason}. Nothing is lost yet: it is held in memory, "
        "and is tried again every few seconds."
    ),
    "no_checkpoint": error(
        "There is no {path} to go on from. The run has to begin anew, or from its weights."
    ),
    "damaged_checkpoint": error(
        "{path} is no checkpoint that this run can go on from: {reason}. The weights beside it are "
        "as they were: a new run can begin with them."
    ),
    "other_run": error("{folder} holds another run, which stays as it is."),
    "no_experiment": error("There is no experiment to go on with in {path}: {reason}."),
    "experiment_not_kept": error("The experiment cannot be kept in {path}: {reason}."),
    "experiment_under_way": error(
        "The experiment in {folder} is under way already, in another program."
    ),
    "run_under_way": error("The run in {folder} is under way already, in another program."),
    "host_unreachable": error(
        "{host} could not be reached, or refused: {reason}. Try “ssh {host}” in a terminal, which "
        "has to log in without a question."
    ),
    "host_unknown": error(
        "There is no host “{host}”: {reason}. Write it as “ssh” takes it, such as me@gpu.lab, or "
        "as it is called in ~/.ssh/config."
    ),
    "host_no_key": error(
        "{host} lets nobody in without a password: {reason}. Give it your key with “ssh-copy-id "
        "{host}”, after which “ssh {host}” asks no question."
    ),
    "host_new_key": error(
        "This computer does not know {host} yet, or knows it by another key: {reason}. Log in once "
        "with “ssh {host}” in a terminal, and confirm its key."
    ),
    "host_missing": error("Name the computer to train on, as “ssh” takes it."),
    "host_no_name": error("“{host}” is no name of a host. Write it as “ssh” takes it."),
    "host_no_path": error(
        "“{path}” cannot be a path there: letters, digits, dots, dashes and slashes can, and a ~/ "
        "at its beginning."
    ),
    "host_no_python": error(
        "{host} has no “{python}”. Name a Python that has PyTorch, such as ~/venv/bin/python."
    ),
    "host_old_python": error(
        "“{python}” of {host} is older than Python 3.10. Name another Python with PyTorch."
    ),
    "host_no_torch": error(
        "“{python}” of {host} has no PyTorch. Install it there with “{python} -m pip "
        "install torch”, or name a Python that has it."
    ),
    "host_no_folder": error(
        "The folder {folder} cannot be made on {host}: {reason}. Choose another one."
    ),
    "host_no_room": error(
        "There is no room on {host} in {folder}: {reason}. Choose another folder, or make room."
    ),
    "host_full": error(
        "{folder} on {host} has {free} left, but the run needs {needed} to begin. Choose another "
        "folder, or make room."
    ),
    "host_out_of_reach": warning(
        "The connection to {host} is lost: {reason}. The run goes on there, and the connection is "
        "tried again."
    ),
    "data_changed": error(
        "The data are no longer those that the run in {folder} was trained on, so it cannot go "
        "on. Put them back, or begin a new run with its weights."
    ),
    "data_changed_since": error(
        "The data are no longer those that the run in {folder} was trained on, so it cannot be "
        "said what its weights make of them. Put them back, or train again."
    ),
    "wrong_weights": error("The weights in {path} do not fit this network: {reason}"),
    "no_weights": error("{path} holds no weights that can be read: {reason}."),
    "no_such_part": error("The model has no weights under “{name}”. It has: {choices}."),
    "no_device": error("There is no device “{device}” here. There are: {choices}."),
}
