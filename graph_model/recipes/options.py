"""What can be added to a training: each is one or a few lines of its script, and none by default.

How each is written stands in ``codegen.training.options``, under the same name.
"""

from __future__ import annotations

from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.recipes.parameters import figure, node_epochs, node_numbers, nodes
from graph_model.values import Arguments, Value, boolean, choice, integer, number


@frozen
class OptionKind(Entry):
    """One thing that a training can do beyond its optimizer; ``excludes`` names those it bars."""

    excludes: tuple[str, ...] = ()


OF_MODULES: Final = frozenset({"thaw", "checkpoint"})
"""The options that name layers and blocks that are called, unlike a tensor that is read."""
OF_LAYERS: Final = frozenset({"layer_rates", "layer_weight_decays", *OF_MODULES})
"""The options that name layers and blocks."""
PARTING: Final = ("no_decay", "layer_decay", "layer_rates", "layer_weight_decays")
"""The options that treat some weights unlike others."""


def named_by(option: str, arguments: Arguments) -> Value:
    """Return what an option says of layers and blocks, ``None`` where it names none."""
    if option not in OF_LAYERS:
        return None
    return OPTIONS[option].complete(arguments)[OPTIONS[option].parameters[0].name]


OPTIONS: Final = catalogue(
    (
        OptionKind(
            "warm_up",
            "Raises the learning rate evenly over the first epochs, or over the first steps.",
            (
                integer("epochs", 3, "Epochs until it is at its height; it rises with each."),
                integer(
                    "steps",
                    None,
                    "Steps until it is at its height, in place of epochs; it rises with each, and "
                    "the schedule moves step by step then too.",
                ),
                number(
                    "start_factor", 0.1, "What it begins with, as a factor.", above=0, maximum=1
                ),
            ),
            shown="Warm-up",
        ),
        OptionKind(
            "by_step",
            "Moves the learning rate after each step instead of each epoch: a warm-up rises and a "
            "cosine falls without leaps. Epochs are counted as before.",
            shown="Rate by step",
        ),
        OptionKind(
            "early_stopping",
            "Ends the run when no epoch has been better for some epochs, by the validation loss or "
            "by what is chosen instead.",
            (
                integer("patience", 10, "Epochs without progress before the run ends."),
                number(
                    "min_delta",
                    0.0,
                    "How much better an epoch has to be than the last that was progress, to be it "
                    "too. The best weights are those of the best epoch all the same.",
                    minimum=0,
                ),
            ),
            shown="Early stopping",
        ),
        OptionKind(
            "best_by",
            "Which figure of the validation split says which epoch is the best, whose weights are "
            "kept; early stopping and the schedule “On plateau” heed it too. Without this it is "
            "the loss.",
            (figure("figure", "loss", "One of those that are told of an output."),),
            shown="The best is by",
        ),
        OptionKind(
            "clip_grad_norm",
            "Shortens the gradient of all weights together where it is longer than this.",
            (
                number("max_norm", 1.0, "The longest that the gradient may be.", above=0),
                number("norm_type", 2.0, "Which norm is measured, such as 2.", above=0),
            ),
            shown="Clip gradients by norm",
            excludes=("clip_grad_value",),
        ),
        OptionKind(
            "clip_grad_value",
            "Cuts each number of the gradient to a range around 0.",
            (number("clip_value", 0.5, "The largest that each number may be.", above=0),),
            shown="Clip gradients by value",
            excludes=("clip_grad_norm",),
        ),
        OptionKind(
            "accumulate",
            "Adds up the gradients of several batches before each step, as if they were one.",
            (integer("batches", 4, "Batches that make one step.", minimum=2),),
            shown="Accumulate gradients",
        ),
        OptionKind(
            "autocast",
            "Computes the forward pass with 16-bit numbers, as GPUs do fastest.",
            (
                choice(
                    "dtype",
                    ("bfloat16", "float16"),
                    "bfloat16",
                    "With float16 the loss is scaled, so that gradients do not vanish.",
                ),
            ),
            shown="Mixed precision",
        ),
        OptionKind(
            "no_decay",
            "Leaves biases and the weights of norms, which have one dimension, without decay.",
            shown="No decay of norms and biases",
        ),
        OptionKind(
            "layer_decay",
            "Gives each layer a smaller learning rate than the next one: for fine-tuning.",
            (
                number(
                    "factor",
                    0.75,
                    "By which the rate falls from each layer or block to the one before it.",
                    above=0,
                    maximum=1,
                ),
            ),
            shown="Layer-wise decay of the rate",
        ),
        OptionKind(
            "layer_rates",
            "Multiplies the learning rate of some layers and blocks. What is said of a layer "
            "within a block goes before what is said of the block.",
            (node_numbers("factors", "What the rate of each is multiplied by.", minimum=0),),
            shown="Learning rates by layer",
        ),
        OptionKind(
            "layer_weight_decays",
            "Multiplies the weight decay of some layers and blocks. What is said of a layer "
            "within a block goes before what is said of the block.",
            (node_numbers("factors", "What the decay of each is multiplied by.", minimum=0),),
            shown="Weight decay by layer",
        ),
        OptionKind(
            "thaw",
            "Keeps layers and blocks frozen until an epoch, with all that is in them.",
            (
                node_epochs("epochs", "The first epoch in which each is trained.", minimum=1),
                boolean(
                    "in_eval",
                    True,
                    "Keep what is frozen as in evaluation: batch norms keep their statistics, and "
                    "nothing is dropped.",
                ),
            ),
            shown="Thaw layers later",
            excludes=("distributed",),
        ),
        OptionKind(
            "checkpoint",
            "Computes layers and blocks a second time for the gradients, instead of keeping what "
            "is within them: takes less memory, and about a third more time.",
            (nodes("layers", "Those of which only inputs and outputs are kept."),),
            shown="Gradient checkpointing",
        ),
        OptionKind(
            "l1_penalty",
            "Adds the absolute values of all weights to the loss, times a factor.",
            (number("factor", 1e-5, "What they are multiplied by.", above=0),),
            shown="L1 penalty",
        ),
        OptionKind(
            "l2_penalty",
            "Adds the squares of all weights to the loss, times a factor.",
            (number("factor", 1e-4, "What they are multiplied by.", above=0),),
            shown="L2 penalty",
        ),
        OptionKind(
            "ema",
            "Evaluates and keeps a moving average of the weights instead of the last ones.",
            (
                number(
                    "decay",
                    0.999,
                    "How much of the average is kept at each step.",
                    minimum=0,
                    maximum=0.999999,
                ),
            ),
            shown="Average the weights (EMA)",
            excludes=("swa",),
        ),
        OptionKind(
            "swa",
            "Evaluates and keeps the mean of the weights after each of the later epochs. The "
            "statistics of batch norms are measured anew for it, by one more pass through the "
            "training samples.",
            (integer("start", 5, "The first epoch whose weights count."),),
            shown="Average the later epochs (SWA)",
            excludes=("ema",),
        ),
        OptionKind(
            "batch_norm_eval",
            "Leaves the statistics of batch normalisation as they are: for fine-tuning.",
            shown="Keep batch norm statistics",
        ),
        OptionKind(
            "channels_last",
            "Keeps pictures with their channels last in memory, as GPUs convolve them fastest.",
            shown="Channels last",
        ),
        OptionKind(
            "compile",
            "Has torch.compile make one program of the network, which takes a while at first.",
            (boolean("dynamic", False, "Make it once for batches of every size."),),
            shown="Compile",
        ),
        OptionKind(
            "detect_anomaly",
            "Tells which operation gave a gradient that is not a number; makes training slow.",
            shown="Detect anomalies",
        ),
        OptionKind(
            "deterministic",
            "Has torch use only what gives the same result each time, on a GPU too.",
            shown="Deterministic",
        ),
        OptionKind(
            "distributed",
            "Shares every batch among processes, each on a device of its own if there are several.",
            (
                integer(
                    "processes",
                    0,
                    "How many start on this machine; 0 stands for one for each GPU, or two.",
                    minimum=0,
                ),
                choice(
                    "parallel",
                    ("DDP", "FSDP2"),
                    "DDP",
                    "With DDP each process has the whole model; with FSDP2 a part of each block, "
                    "which takes less memory and more time: for models that are too large.",
                ),
            ),
            shown="Several processes (torchrun)",
            excludes=("thaw",),
        ),
    )
)
