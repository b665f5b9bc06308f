"""Every metric, counted batch by batch by the text of a training, against scikit-learn."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve
from torch import Tensor

from app.runs.predictions import confusion_matrix
from codegen.training.metrics import FORMS
from codegen.training.plan import Exit, Plan
from codegen.training.safety import check
from codegen.training.script import script
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.metrics import METRICS, figure, metric_of
from graph_model.values import Type

DEVIATION, MEAN = 2.5, 7.0


@dataclass(frozen=True)
class Output:
    """What an output is: the loss that holds it, and the shape of one sample of it."""

    loss: str
    shape: tuple[int, ...]

    @property
    def target(self) -> Target:
        return LOSSES[self.loss].target


OUTPUTS = (
    Output("CrossEntropyLoss", (4,)),
    Output("CrossEntropyLoss", (3, 5)),
    Output("NLLLoss", (4, 3, 2)),
    Output("BCEWithLogitsLoss", ()),
    Output("BCEWithLogitsLoss", (1,)),
    Output("BCEWithLogitsLoss", (1, 3, 2)),
    Output("BCEWithLogitsLoss", (3, 2)),
    Output("BCELoss", (3,)),
    Output("MultiLabelSoftMarginLoss", (3, 2, 2)),
    Output("SoftMarginLoss", (1,)),
    Output("HingeEmbeddingLoss", (1,)),
    Output("MSELoss", (1,)),
    Output("HuberLoss", (3, 2)),
)


def choices(name: str) -> list[Choice]:
    """Return a metric with each of its choices, and with a number other than its default."""
    (parameter,) = METRICS[name].parameters or (None,)
    if parameter is None:
        return [Choice(name)]
    values = parameter.choices if parameter.type is Type.CHOICE else (2, parameter.default)
    return [
        Choice(name, {parameter.name: value}) for value in values if (name, value) != ("top", 5)
    ]


CASES = [
    pytest.param(output, chosen, id=f"{figure(chosen)}-{output.loss}-{len(output.shape)}")
    for name, kind in METRICS.items()
    for chosen in choices(name)
    for output in OUTPUTS
    if output.target in kind.suits
]


def test_every_metric_is_written_and_every_one_is_tried() -> None:
    assert FORMS.keys() == METRICS.keys() == {case.values[1].kind for case in CASES}


def test_a_figure_is_known_by_its_name() -> None:
    for case in CASES:
        chosen = case.values[1]
        known = metric_of(figure(chosen))
        assert known is not None
        assert known[0] is METRICS[chosen.kind]
    assert figure(Choice("top")) == "top_5"
    assert metric_of("f1_per_class") == (METRICS["f1"], "per class")
    assert metric_of("loss") is None


def scores_class(output: Output, *chosen: Choice) -> type[Any]:
    """Return the class ``Scores`` in the text of a training."""
    objective = Objective("o", "target", Choice(output.loss), metrics=chosen)
    rank = 1 + len(output.shape)
    exits = (Exit("scores", "scores", objective, "target", rank, chosen),)
    text = script(plan := Plan(Recipe(), "Net", "Net", ("x",), (2,), exits))
    assert plan.judged
    check(text, "model")
    return executed(text)


@cache
def executed(text: str) -> type[Any]:
    """Return what a script calls ``Scores``."""
    space: dict[str, Any] = {"__name__": "train", "__file__": "train.py"}
    exec(text.replace("from model import Net\n", ""), space)
    made: type[Any] = space["Scores"]
    return made


def new_scores(output: Output, chosen: Choice) -> Any:
    """Return scores for evaluation; what has no costly metric has no such argument."""
    given: dict[str, Any] = {"evaluating": True} if METRICS[chosen.kind].in_evaluation else {}
    if output.target is Target.REAL:
        given["deviations"] = {"target": torch.tensor(DEVIATION)}
    if chosen.kind == "mape":
        given["means"] = {"target": torch.tensor(MEAN)}
    return scores_class(output, chosen)(**given)


def drawn(output: Output, generator: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Return outputs and targets in which every class occurs."""
    count = 40
    raw = generator.normal(size=(count, *output.shape)).astype(np.float32)
    if output.target in (Target.BINARY, Target.SIGNS):
        raw = raw.round(1)  # many scores are the same
    scores = torch.from_numpy(raw)
    if output.target is Target.REAL:
        return scores, torch.from_numpy(generator.normal(size=raw.shape).astype(np.float32))
    if output.target is Target.CLASSES:
        classes = output.shape[0]
        true = generator.integers(0, classes, (count, *output.shape[1:]))
        true[:classes] = np.arange(classes).reshape(-1, *[1] * (true.ndim - 1))
        is_log = LOSSES[output.loss].expects == "log-probabilities"
        return scores.log_softmax(dim=1) if is_log else scores, torch.from_numpy(true)
    yes = generator.integers(0, 2, raw.shape)
    yes[:2] = np.arange(2).reshape(-1, *[1] * (yes.ndim - 1))
    signed = output.target is Target.SIGNS
    if LOSSES[output.loss].expects == "probabilities":
        scores = scores.sigmoid()
    return scores, torch.from_numpy(2 * yes - 1 if signed else yes).float()


@pytest.mark.parametrize(("output", "chosen"), CASES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_metric_is_that_of_scikit_learn(output: Output, chosen: Choice, seed: int) -> None:
    generator = np.random.default_rng(seed)
    scores, target = drawn(output, generator)
    counted = new_scores(output, chosen)
    ends = sorted({*generator.integers(1, len(scores), 6).tolist(), len(scores)})
    for start, end in zip([0, *ends], ends, strict=False):
        part = slice(start, end)
        counted.unread.append((end - start, torch.tensor(1.0), scores[part], target[part]))
        if generator.integers(2) or end == len(scores):
            counted.read()
            if not METRICS[chosen.kind].in_evaluation:
                counted = gone_on(counted, output, chosen)
    found = counted.figures()[figure(chosen)]
    expected = ORACLES[output.target](chosen, scores, target, LOSSES[output.loss].name)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def gone_on(counted: Any, output: Output, chosen: Choice) -> Any:
    """Return new scores that go on from those that were saved."""
    buffer = io.BytesIO()
    torch.save(counted.state(), buffer)
    buffer.seek(0)
    again = new_scores(output, chosen)
    again.resume(torch.load(buffer, weights_only=True))
    return again


# What scikit-learn says


def of_numbers(chosen: Choice, scores: Tensor, target: Tensor, loss: str) -> float:
    predicted, true = (
        each.double().flatten(1).numpy() * DEVIATION + MEAN for each in (scores, target)
    )
    function = {
        "r2": sk.r2_score,
        "mae": sk.mean_absolute_error,
        "rmse": sk.root_mean_squared_error,
        "mape": sk.mean_absolute_percentage_error,
    }[chosen.kind]
    return float(function(true, predicted))


def of_classes(chosen: Choice, scores: Tensor, target: Tensor, loss: str) -> Any:
    rows = scores.movedim(1, -1).reshape(-1, scores.shape[1])
    probabilities = rows.double().softmax(dim=1).numpy()  # of log-probabilities, these again
    predicted, true = rows.argmax(dim=1).numpy(), target.flatten().numpy()
    labels = range(scores.shape[1])
    match chosen.kind:
        case "accuracy":
            return sk.accuracy_score(true, predicted)
        case "balanced_accuracy":
            return sk.balanced_accuracy_score(true, predicted)
        case "top":
            k = METRICS["top"].complete(chosen.arguments)["k"]
            return sk.top_k_accuracy_score(true, probabilities, k=k, labels=labels)
        case "confusion":
            return sk.confusion_matrix(true, predicted, labels=labels)
        case "perplexity":
            return np.exp(sk.log_loss(true, probabilities, labels=labels))
        case "calibration_error":
            return calibration(chosen, predicted == true, probabilities.max(axis=1))
        case "roc_auc" | "average_precision":
            return area(chosen, np.eye(len(labels))[true], rows.softmax(dim=1).numpy())
    return overlap(chosen, true, predicted)


def of_two(chosen: Choice, scores: Tensor, target: Tensor, loss: str) -> Any:
    kind = LOSSES[loss]
    sign = -1 if kind.small_is_one else 1
    pooled = scores.ndim in (1, 3) or scores.shape[1] == 1
    scores, target = (
        each.reshape(-1) if pooled else each.movedim(1, -1).reshape(-1, each.shape[1])
        for each in (scores, target)
    )
    predicted = (sign * scores > sign * kind.threshold).numpy()
    true = (target > 0).numpy()
    match chosen.kind:
        case "accuracy":
            return sk.accuracy_score(true.ravel(), predicted.ravel())
        case "balanced_accuracy":
            return sk.balanced_accuracy_score(true.ravel(), predicted.ravel())
        case "confusion":
            return sk.confusion_matrix(true.ravel(), predicted.ravel())
        case "calibration_error":
            if kind.expects != "probabilities":
                scores = (sign * (scores - kind.threshold)).double().sigmoid()
            return calibration(chosen, true.ravel(), scores.numpy().ravel())
        case "roc_auc" | "average_precision":
            return area(chosen, true, sign * scores.numpy())
    return overlap(chosen, true, predicted)


def averaged(chosen: Choice, true: Any, **usual: Any) -> dict[str, Any]:
    """Return how scikit-learn is to average; what has two classes has nothing to average."""
    average = METRICS[chosen.kind].complete(chosen.arguments)["average"]
    if true.dtype == bool and true.ndim == 1:
        return {} if average != "per class" else {"average": "binary", **usual}
    return {"average": None if average == "per class" else average, **usual}


def overlap(chosen: Choice, true: Any, predicted: Any) -> Any:
    function = {
        "precision": sk.precision_score,
        "recall": sk.recall_score,
        "f1": sk.f1_score,
        "dice": sk.f1_score,
        "iou": sk.jaccard_score,
    }[chosen.kind]
    found = function(true, predicted, **averaged(chosen, true, zero_division=0))
    return np.atleast_1d(found) if chosen.arguments["average"] == "per class" else found


def area(chosen: Choice, true: Any, scores: Any) -> Any:
    functions: dict[str, Callable[..., Any]] = {
        "roc_auc": sk.roc_auc_score,
        "average_precision": sk.average_precision_score,
    }
    average = averaged(chosen, true)
    average = {} if average.get("average") == "binary" else average
    found = functions[chosen.kind](true, scores, **average)
    return np.atleast_1d(found) if chosen.arguments["average"] == "per class" else found


def calibration(chosen: Choice, true: Any, confidence: Any) -> float:
    bins = METRICS["calibration_error"].complete(chosen.arguments)["bins"]
    shares, means = calibration_curve(true, confidence, n_bins=bins)
    places = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence)
    counts = np.bincount(places)
    return float(np.abs(shares - means) @ counts[counts > 0] / len(true))


ORACLES = {
    Target.REAL: of_numbers,
    Target.CLASSES: of_classes,
    Target.BINARY: of_two,
    Target.SIGNS: of_two,
}


# What is undefined, rare or shared


def count(scores: Any, output: Tensor, target: Tensor) -> dict[str, Any]:
    scores.unread.append((len(output), torch.tensor(0.0), output, target))
    scores.read()
    figures: dict[str, Any] = scores.figures()
    return figures


def test_a_class_that_never_occurs_does_not_count() -> None:
    output, true = torch.eye(4)[[0, 1, 1, 0]], torch.tensor([0, 1, 0, 0])
    for name in ("f1", "precision", "recall", "iou"):
        found = count(new_scores(OUTPUTS[0], Choice(name)), output, true)[name]
        function = {"iou": "jaccard"}.get(name, name)
        expected = getattr(sk, f"{function}_score")(true, output.argmax(1), average="macro")
        assert found == pytest.approx(expected)
    assert np.isnan(
        count(new_scores(OUTPUTS[0], Choice("roc_auc")), output[:1], true[:1])["roc_auc"]
    )


def test_metrics_that_need_the_same_counts_share_them() -> None:
    chosen = tuple(map(Choice, ("f1", "iou", "precision", "roc_auc", "average_precision")))
    scores = scores_class(OUTPUTS[0], *chosen)(evaluating=True)
    assert {"counts", "ranking"} == {
        name for name, value in vars(scores).items() if type(value).__module__ != "builtins"
    }


def test_while_training_only_what_is_cheap_is_counted() -> None:
    scores = scores_class(OUTPUTS[0], Choice("accuracy"), Choice("roc_auc"))()
    assert count(scores, torch.eye(4), torch.arange(4)) == {"loss": 0.0, "accuracy": 1.0}


@given(
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    arrays.arrays(np.float32, (19, 3), elements=st.floats(-100, 100, width=16)),
    st.integers(1, 19),
)
def test_r2_of_numbers_that_hardly_vary(
    predicted: np.ndarray, true: np.ndarray, batch: int
) -> None:
    scores = new_scores(Output("MSELoss", (3,)), Choice("r2"))
    for start in range(0, 19, batch):
        part = slice(start, start + batch)
        found = count(scores, torch.from_numpy(predicted[part]), torch.from_numpy(true[part]))
    expected = sk.r2_score(true.astype(float), predicted.astype(float))
    assert found["r2"] == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
    arrays.arrays(np.int64, 40, elements=st.integers(0, 3)),
)
def test_confusion(true: np.ndarray, predicted: np.ndarray) -> None:
    expected = sk.confusion_matrix(true, predicted, labels=range(4))
    np.testing.assert_array_equal(confusion_matrix(true, predicted, 4), expected)
