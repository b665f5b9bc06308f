"""Recipes that use all that there is, each small enough to train in a moment."""

from __future__ import annotations

from dataclasses import replace

from app.data.reading import load
from app.runs.job import Job
from codegen.emit import source
from codegen.training.plan import plan
from codegen.training.script import script
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.metrics import METRICS
from tests.codegen.samples import network

NUMBERS = network("Numbers", {
    "x": ("Input", {"shape": ("N", 10)}, ""),
    "fc1": ("Linear", {"out_features": 8}, "x"),
    "act": ("Tanh", {}, "fc1"),
    "fc2": ("Linear", {"out_features": 1}, "act"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip

IMAGES = network("Digits CNN", {
    "image": ("Input", {"shape": ("N", 1, 8, 8)}, ""),
    "conv": ("Conv2d", {"out_channels": 4}, "image"),
    "bn": ("BatchNorm2d", {}, "conv"),
    "relu": ("ReLU", {}, "bn"),
    "dropout": ("Dropout", {}, "relu"),
    "flatten": ("Flatten", {}, "dropout"),
    "fc": ("Linear", {"out_features": 10}, "flatten"),
    "logits": ("Output", {}, "fc"),
})  # fmt: skip

HEADS = network("Three heads", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "fc": ("Linear", {"out_features": 8}, "x"),
    "relu": ("ReLU", {}, "fc"),
    "one": ("Linear", {"out_features": 1}, "relu"),
    "squeeze": ("Squeeze", {}, "one"),
    "malign": ("Output", {}, "squeeze"),
    "two": ("Linear", {"out_features": 2}, "relu"),
    "scores": ("Output", {}, "two"),
    "left_out": ("Output", {}, "fc"),
})  # fmt: skip

THREE = (
    Objective("malign", "target", Choice("BCEWithLogitsLoss")),
    Objective("scores", "target", Choice("CrossEntropyLoss", {"label_smoothing": 0.1}), 0.5),
    Objective("left_out", "target", Choice("MSELoss"), 0.0),
)

SIGNS = network("Signs", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "fc": ("Linear", {"out_features": 1}, "x"),
    "score": ("Output", {}, "fc"),
    "far": ("Softplus", {}, "fc"),
    "distance": ("Output", {}, "far"),
    "label": ("Output", {}, "fc"),
})  # fmt: skip

OF_SIGNS = (
    Objective("score", "target", Choice("SoftMarginLoss")),
    Objective("distance", "target", Choice("HingeEmbeddingLoss", {"margin": 2.0}), 0.5),
    Objective("label", "target", Choice("MultiLabelSoftMarginLoss")),
)

OWN_LOSSES = network("Own losses", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "code": ("Linear", {"out_features": 4}, "x"),
    "again": ("Linear", {"out_features": 30}, "code"),
    "error": ("Subtract", {}, "again x"),
    "square": ("Square", {}, "error"),
    "mean": ("Mean", {"dim": (0, 1)}, "square"),
    "loss": ("Output", {}, "mean"),
    "size": ("Norm", {"dim": (1,)}, "code"),
    "sizes": ("Output", {}, "size"),
    "two": ("Linear", {"out_features": 2}, "code"),
    "scores": ("Output", {}, "two"),
})  # fmt: skip

OF_OWN_LOSSES = (
    Objective("loss", "target", Choice("Output")),
    Objective("sizes", "target", Choice("Output"), 0.01),
    Objective("scores", "target", Choice("CrossEntropyLoss")),
)


def some_metrics(*names: str) -> tuple[Choice, ...]:
    """Return metrics, those of classes told of each."""
    return tuple(
        Choice(name, {"average": "per class"} if METRICS[name].parameters[:1] == F1 else {})
        for name in names
    )


F1 = METRICS["f1"].parameters

CASES = {
    "plateau": (NUMBERS, Recipe(
        Choice("diabetes"),
        objectives=(Objective("y", "target", Choice("HuberLoss", {"delta": 0.5})),),
        optimizer=Choice("RMSprop", {"lr": 0.02, "momentum": 0.5}),
        schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.1}),
        epochs=4, batch_size=100, seed=3)),
    "one cycle": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("SGD", {"momentum": 0.9, "nesterov": True}),
        schedule=Choice("OneCycleLR"), epochs=2, batch_size=64)),
    "cosine": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("AdamW", {"beta1": 0.8}),
        schedule=Choice("CosineAnnealingLR"), epochs=3, batch_size=200, test_fraction=0.0)),
    "steps": (HEADS, Recipe(
        Choice("breast_cancer"), objectives=THREE,
        schedule=Choice("StepLR", {"step_size": 1}), epochs=2, seed=7)),
    "signs": (SIGNS, Recipe(Choice("breast_cancer"), objectives=OF_SIGNS, epochs=2)),
    "own losses": (OWN_LOSSES, Recipe(
        Choice("breast_cancer"), objectives=OF_OWN_LOSSES, epochs=2)),
    "clipped": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("AdamW", {"lr": 0.01, "weight_decay": 0.1}), epochs=2,
        options=(Choice("clip_grad_norm", {"max_norm": 0.1}), Choice("no_decay"),
                 Choice("l1_penalty", {"factor": 0.001}), Choice("detect_anomaly")))),
    "accumulated": (IMAGES, Recipe(
        Choice("digits"), schedule=Choice("OneCycleLR"), epochs=2, batch_size=100,
        options=(Choice("accumulate", {"batches": 3}), Choice("l2_penalty"),
                 Choice("clip_grad_value", {"clip_value": 0.01}), Choice("deterministic")))),
    "averaged": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("SGD", {"lr": 3.0}), epochs=9, batch_size=200,
        options=(Choice("ema", {"decay": 0.5}), Choice("early_stopping", {"patience": 1}),
                 Choice("channels_last")))),
    "mixed": (IMAGES, Recipe(
        Choice("digits"), epochs=2, batch_size=200,
        optimizer=Choice("AdamW", {"lr": 0.01, "weight_decay": 0.1}),
        options=(Choice("autocast"), Choice("batch_norm_eval"),
                 Choice("layer_decay", {"factor": 0.5}),
                 Choice("layer_weight_decays", {"factors": ("conv", 0.0, "fc", 2.0)})))),
    "thawed": (IMAGES, Recipe(
        Choice("digits"), epochs=4, batch_size=300, optimizer=Choice("Adam", {"lr": 0.01}),
        options=(Choice("swa", {"start": 3}), Choice("best_by", {"figure": "accuracy"}),
                 Choice("early_stopping", {"patience": 2}),
                 Choice("thaw", {"epochs": ("conv", 2, "bn", 3)}),
                 Choice("checkpoint", {"layers": ("conv", "fc")}),
                 Choice("layer_rates", {"factors": ("conv", 0.1)})))),
    "halved": (IMAGES, Recipe(
        Choice("digits"), epochs=2, batch_size=300,
        options=(Choice("autocast", {"dtype": "float16"}), Choice("clip_grad_norm")))),
    "warmed": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("Adafactor"), epochs=6, batch_size=100,
        schedule=Choice("PolynomialLR", {"power": 2.0}),
        options=(Choice("warm_up", {"epochs": 2}),))),
    "warmed only": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("Rprop"), epochs=4, batch_size=400,
        options=(Choice("warm_up", {"epochs": 2}),))),
    "warmed by step": (NUMBERS, Recipe(
        Choice("diabetes"), epochs=4, batch_size=50, schedule=Choice("CosineAnnealingLR"),
        options=(Choice("warm_up", {"steps": 5}), Choice("accumulate", {"batches": 2})))),
    "warmed to a plateau": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("SGD", {"lr": 0.1}), epochs=9, batch_size=100,
        schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.3}),
        options=(Choice("warm_up", {"epochs": 2}),
                 Choice("early_stopping", {"patience": 3, "min_delta": 0.1})))),
    "steps to a plateau": (IMAGES, Recipe(
        Choice("digits"), epochs=5, batch_size=200,
        schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.2}),
        options=(Choice("warm_up", {"steps": 3}), Choice("accumulate", {"batches": 2}),
                 Choice("best_by", {"figure": "accuracy"}),
                 Choice("early_stopping", {"patience": 1, "min_delta": 0.2})))),
    "restarts": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("ASGD"), epochs=4, batch_size=100,
        schedule=Choice("CosineAnnealingWarmRestarts", {"T_0": 2}),
        options=(Choice("by_step"),))),
    "augmented": (IMAGES, Recipe(
        Choice("digits"), epochs=3, batch_size=200, seed=2, transforms=(
            Choice("horizontal_flip"), Choice("crop", {"padding": 1}), Choice("noise"),
            Choice("mixup")))),
    "noisy": (NUMBERS, Recipe(
        Choice("diabetes"), epochs=2, batch_size=50, transforms=(
            Choice("feature_dropout"), Choice("noise", {"deviation": 0.2}),
            Choice("mixup", {"probability": 0.5})))),
    "constant": (NUMBERS, Recipe(Choice("diabetes"), epochs=2)),
    "metrics": (HEADS, Recipe(
        Choice("breast_cancer"), epochs=2, options=(Choice("autocast"),), objectives=(
            replace(THREE[0], metrics=some_metrics(
                "balanced_accuracy", "f1", "dice", "roc_auc", "average_precision")),
            replace(THREE[1], metrics=some_metrics(
                "accuracy", "perplexity", "iou", "precision", "confusion", "calibration_error")),
            THREE[2]))),
    "metrics of numbers": (NUMBERS, Recipe(
        Choice("diabetes"), epochs=2, objectives=(Objective(
            "y", "target", Choice("MSELoss"), metrics=some_metrics("rmse", "mape", "r2")),))),
}  # fmt: skip


def texts(network: Network, recipe: Recipe) -> tuple[str, str]:
    """Return the model file and the script."""
    inference = infer(network)
    binding = bind(recipe, inference, load(recipe.data).facts)
    return source(inference).text, script(plan(inference, recipe, binding))


def job(network: Network, recipe: Recipe) -> Job:
    return Job(Project({"main": network}, "main", recipe=recipe), threads=1)
