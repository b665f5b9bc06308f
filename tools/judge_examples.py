"""Trains the examples that read texts, series and pictures, and what they have to be better than.

python -m tools.judge_examples [NAME ...]

Both learn from the same training samples. The baselines are bags of words with a logistic
regression and with naive Bayes, trigrams of letters, the forecast that repeats the last season, and
a logistic regression on rows and pixels.
``fashion-augmented`` is judged on the whole set where that is installed, and on the subset.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.data.dataset import Array
from app.data.texts.plays import passages, plays
from app.project.examples import load_example
from app.runs.job import Job
from app.training.building import begin
from app.training.samples import Samples, as_tensors, read_samples
from codegen.build import build_project
from graph_model.frozen import frozen
from graph_model.recipe import Choice

Split = NDArray[np.int64]
Figures = tuple[float, float]
"""On validation and on test samples."""


@frozen
class Judged:
    """Figures of the network and of the baselines, on validation and test samples.

    ``higher`` says whether more is better, ``beside`` what is told without being beaten.
    """

    figure: str
    higher: bool
    network: Figures
    baselines: Mapping[str, Figures]
    seconds: float
    beside: Mapping[str, Figures] = field(default_factory=dict)

    @property
    def is_better(self) -> bool:
        """Whether the network is better than each baseline on both."""
        sign = 1 if self.higher else -1
        return all(
            sign * mine > sign * other
            for base in self.baselines.values()
            for mine, other in zip(self.network, base, strict=True)
        )


def main() -> None:
    """Train, and print the figures."""
    for name in sys.argv[1:] or [*_JUDGES]:
        found = judge(name)
        simple = {**found.baselines, **found.beside}
        others = "; ".join(f"{key} {_pair(pair)}" for key, pair in simple.items())
        told = "better" if found.is_better else "NO BETTER"
        print(
            f"{name}: {found.figure} {_pair(found.network)} in {found.seconds:.0f} s of CPU, "
            f"{told} than {others}  (validation / test)",
            flush=True,
        )


def _pair(pair: Figures) -> str:
    return f"{pair[0]:.4g} / {pair[1]:.4g}"


def judge(name: str, data: Choice | None = None) -> Judged:
    """Train an example as its recipe says, on other data if any are given, and its baselines."""
    project = load_example(name)
    recipe = replace(project.recipe, data=data or project.recipe.data)
    job = Job(replace(project, recipe=recipe), threads=1)
    torch.set_num_threads(job.threads)
    samples = read_samples(job)
    training = begin(job, samples, build_project(job.project))
    began = time.process_time()
    for _ in training.events():
        pass
    seconds = time.process_time() - began
    training.model.load_state_dict(training.best)
    training.model.eval()
    (inputs,), (targets,) = as_tensors(samples)
    split = samples.prepared.split

    def given(part: Split) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.no_grad():
            pieces = [training.model(inputs[at]) for at in torch.from_numpy(part).split(128)]
        return torch.cat(pieces), targets[torch.from_numpy(part)]

    outputs = [given(part) for part in (split.validation, split.test)]
    return _JUDGES[name](samples, outputs, seconds)


def _both(of: Callable[[Any], float], pairs: Any) -> Figures:
    first, second = (of(each) for each in pairs)
    return first, second


def _accuracy(pair: tuple[torch.Tensor, torch.Tensor]) -> float:
    return float((pair[0].argmax(dim=1) == pair[1]).float().mean())


def _scored(model: Any, x: Any, y: Array, samples: Samples) -> Figures:
    split = samples.prepared.split
    model.fit(x[split.train], y[split.train])
    return _both(lambda part: float(model.score(x[part], y[part])), (split.validation, split.test))


def _plays(samples: Samples, outputs: Any, seconds: float) -> Judged:
    texts = np.array([each for _, text in plays().values() for each in passages(text)], object)
    labels = samples.data.target
    models = {
        "bag of words": LogisticRegression(max_iter=500),
        "naive Bayes": MultinomialNB(),
    }
    found = {
        name: _scored(make_pipeline(CountVectorizer(), model), texts, labels, samples)
        for name, model in models.items()
    }
    return Judged("accuracy", True, _both(_accuracy, outputs), found, seconds)


def _letters(samples: Samples, outputs: Any, seconds: float) -> Judged:
    def perplexity(pair: tuple[torch.Tensor, torch.Tensor]) -> float:
        return float(torch.nn.functional.cross_entropy(*pair).exp())

    tokens = np.concatenate([samples.prepared.inputs[0], samples.prepared.targets[0][:, -1:]], 1)
    split = samples.prepared.split
    found = trigram(tokens, split.train, (split.validation, split.test))
    return Judged("perplexity", False, _both(perplexity, outputs), found, seconds)


def trigram(tokens: Array, train: Split, parts: tuple[Split, Split]) -> dict[str, Figures]:
    """Return the perplexities of what mostly follows two letters, smoothed in two ways.

    What the smoothing is to be weighed by is what is best on the very samples it is judged by.
    """
    size = int(tokens.max()) + 1
    one, two, three = np.zeros(size), np.zeros((size,) * 2), np.zeros((size,) * 3)
    known = tokens[train]
    np.add.at(one, known[:, 1:].ravel(), 1)
    np.add.at(two, (known[:, :-1].ravel(), known[:, 1:].ravel()), 1)
    np.add.at(three, tuple(known[:, at : known.shape[1] - 2 + at].ravel() for at in range(3)), 1)
    return {
        "mixed trigram": _both(lambda part: _least(tokens[part], _mixed(one, two, three)), parts),
        "Kneser-Ney trigram": _both(
            lambda part: _least(tokens[part], _kneser_ney(two, three)), parts
        ),
    }


def _least(some: Array, models: Iterable[tuple[Array, Array]]) -> float:
    """Return the least perplexity; a model has the chances after one letter and after two."""
    a, b, c = (some[:, at : some.shape[1] - 2 + at].ravel() for at in range(3))
    costs = [
        -np.log(after_one[some[:, 0], some[:, 1]]).sum() - np.log(after_two[a, b, c]).sum()
        for after_one, after_two in models
    ]
    return float(np.exp(min(costs) / (len(a) + len(some))))


def _mixed(one: Array, two: Array, three: Array) -> Iterator[tuple[Array, Array]]:
    p_one = (one + 1) / (one + 1).sum()
    p_two, p_three = (
        each / np.maximum(each.sum(axis=-1, keepdims=True), 1) for each in (two, three)
    )
    after_one = 0.95 * p_two + 0.05 * p_one
    for x in np.linspace(0.5, 0.95, 10):
        for z in (0.001, 0.005, 0.02):
            if (y := 1 - x - z) > 0:
                yield after_one, x * p_three + y * p_two + z * p_one


def _kneser_ney(two: Array, three: Array) -> Iterator[tuple[Array, Array]]:
    """Yield interpolated models that take a little from each count, for the shorter ones.

    Those count in how many surroundings a letter stands, not how often.
    """
    around_two, around_one = (three > 0).sum(axis=0), (two > 0).sum(axis=0)
    p_one = (around_one + 1) / (around_one + 1).sum()
    for taken in (0.5, 0.65, 0.75, 0.85, 0.95):
        shorter = _discounted(around_two, taken, p_one)
        yield _discounted(two, taken, p_one), _discounted(three, taken, shorter)


def _discounted(counts: Array, taken: float, shorter: Array) -> Array:
    total = counts.sum(axis=-1, keepdims=True)
    left = taken * (counts > 0).sum(axis=-1, keepdims=True)
    own = np.maximum(counts - taken, 0) + left * shorter
    return np.where(total > 0, own / np.maximum(total, 1), shorter)


def _series(samples: Samples, outputs: Any, seconds: float) -> Judged:
    scaling = samples.preprocessing.exits[0].scaling
    assert scaling is not None
    data, season = samples.data, int(samples.data.facts.read_as["season"])
    true = data.target.reshape(len(data), -1)
    first = data.features.shape[1] - season
    naive = data.features[:, first : first + true.shape[1], 0]

    def off(pair: tuple[torch.Tensor, torch.Tensor]) -> float:
        mine, known = (scaling.undo(each.numpy()) for each in pair)
        return float(np.sqrt(np.mean((mine - known) ** 2)))

    def naive_off(part: Split) -> float:
        return float(np.sqrt(np.mean((naive[part] - true[part]) ** 2)))

    split = samples.prepared.split
    found = {f"what was {season} steps before": _both(naive_off, (split.validation, split.test))}
    return Judged("RMSE", False, _both(off, outputs), found, seconds)


def _pixels(samples: Samples, outputs: Any, seconds: float) -> Judged:
    rows = samples.prepared.inputs[0].reshape(len(samples.data), -1)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000, tol=0.01))
    found = {"logistic regression": _scored(model, rows, samples.data.target, samples)}
    return Judged("accuracy", True, _both(_accuracy, outputs), found, seconds)


def _clothes(samples: Samples, outputs: Any, seconds: float) -> Judged:
    rows = samples.prepared.inputs[0].reshape(len(samples.data), -1)
    model = LogisticRegression(max_iter=300, tol=0.01)
    found = {"logistic regression": _scored(model, rows, samples.data.target, samples)}
    return Judged("accuracy", True, _both(_accuracy, outputs), found, seconds)


def _penguins(samples: Samples, outputs: Any, seconds: float) -> Judged:
    target, split = samples.data.target, samples.prepared.split
    usual = np.bincount(target[split.train]).argmax()
    same = _both(lambda part: float((target[part] == usual).mean()), (split.validation, split.test))
    linear = _pixels(samples, outputs, seconds)
    return Judged(
        *("accuracy", True, linear.network, {"the usual species": same}, seconds),
        beside=linear.baselines,
    )


_JUDGES: Final[Mapping[str, Callable[[Samples, Any, float], Judged]]] = {
    "play-kinds": _plays,
    "character-transformer": _letters,
    "sunspots": _series,
    "carbon-dioxide": _series,
    "penguins": _penguins,
    "coloured-pictures": _pixels,
    "fashion-augmented": _clothes,
}


if __name__ == "__main__":
    main()
