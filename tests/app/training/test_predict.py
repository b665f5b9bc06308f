"""What a trained model says of splits, samples and files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn import datasets

from app.data.reading import load
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Objective, Recipe
from tests.app.training.networks import chain, mlp, project


def trained(job: Job) -> Predictor:
    assert job.folder is not None
    run_headless(job, lambda _: None)
    return Predictor(job, job.folder / BEST)


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("digits"), optimizer=Choice("Adam", {"lr": 0.01}), epochs=5)
    folder = tmp_path_factory.mktemp("digits")
    return trained(Job(project(network, recipe), folder=folder, threads=1))


def test_the_worst_samples_are_those_of_the_highest_loss(digits: Predictor) -> None:
    (found,) = digits.split("test")
    worst = found.worst(5)
    assert found.losses[worst[0]] == found.losses.max()
    assert (np.diff(found.losses[worst]) <= 0).all()
    expected = -np.log(found.scores[np.arange(len(found.true)), found.true])
    np.testing.assert_allclose(found.losses, expected, atol=1e-4)


def test_scores_are_probabilities_and_the_confusion_counts_all(digits: Predictor) -> None:
    (found,) = digits.split("validation")
    np.testing.assert_allclose(found.scores.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(found.scores.argmax(axis=1), found.predicted)
    assert found.confusion().sum() == len(found.samples)
    assert np.trace(found.confusion()) == (found.predicted == found.true).sum()
    np.testing.assert_array_equal(found.true, load(Choice("digits")).target[found.samples])


def test_a_sample_and_the_file_of_it_are_predicted_alike(digits: Predictor, tmp_path: Path) -> None:
    picture = datasets.load_digits().images[42]
    (sample,) = digits.at([42])
    np.savez(tmp_path / "one.npz", features=picture[None] / 16)
    (from_arrays,) = digits.file(tmp_path / "one.npz")
    np.testing.assert_allclose(from_arrays.scores, sample.scores, rtol=1e-4)
    Image.fromarray(np.round(picture * 255 / 16).astype(np.uint8)).save(tmp_path / "one.png")
    (from_picture,) = digits.file(tmp_path / "one.png")
    np.testing.assert_allclose(from_picture.scores, sample.scores, atol=0.02)
    assert from_picture.true.size == from_picture.losses.size == 0


def test_files_that_do_not_suit_are_refused(digits: Predictor, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n")
    (tmp_path / "a.png").write_bytes(b"no picture")
    np.savez(tmp_path / "wrong.npz", features=np.zeros((2, 3)))
    np.savez(tmp_path / "other.npz", something=np.zeros((2, 3)))
    for name, code in (
        ("a.csv", "data_bad_array"),
        ("a.png", "data_unreadable"),
        ("wrong.npz", "data_bad_array"),
        ("other.npz", "data_no_array"),
        ("none.npz", "data_not_found"),
    ):
        with pytest.raises(Refusal) as caught:
            digits.file(tmp_path / name)
        assert caught.value.problem.code == code
        assert name in caught.value.problem.message


def test_a_table_is_encoded_as_in_training(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    colours = random.choice(["red", "green", "blue"], 90)
    sizes = random.normal(10, 3, 90)
    rows = [
        f"{colour},{size},{10 * size + (5 if colour == 'red' else 0)}"
        for colour, size in zip(colours, sizes, strict=True)
    ]
    table = tmp_path / "t.csv"
    table.write_text("colour,size,price\n" + "\n".join(rows) + "\n")
    recipe = Recipe(
        Choice("csv", {"path": str(table)}), optimizer=Choice("Adam", {"lr": 0.05}), epochs=40
    )
    job = Job(project(mlp(4, 8, 1), recipe), folder=tmp_path / "run", threads=1)
    predictor = trained(job)
    new = tmp_path / "new.csv"
    new.write_text("size;colour\n" + f"{sizes[7]};{colours[7]}\n{sizes[3]};{colours[3]}\n")
    (from_file,) = predictor.file(new)
    (samples,) = predictor.at([7, 3])
    np.testing.assert_allclose(from_file.predicted, samples.predicted, rtol=1e-4)
    np.testing.assert_allclose(
        samples.true[:, 0], [float(rows[i].split(",")[2]) for i in (7, 3)], rtol=1e-4
    )
    assert np.abs(samples.predicted - samples.true).max() < 20
    new.write_text("size,colour\n1,purple\n2,red\n")
    with pytest.raises(Refusal) as caught:
        predictor.file(new)
    assert caught.value.problem.code == "data_unknown_word"
    assert caught.value.problem.values["line"] == "2"


@pytest.mark.parametrize(
    ("loss", "last"),
    [
        ("BCEWithLogitsLoss", []),
        ("BCELoss", [("Sigmoid", {})]),
        ("MultiLabelSoftMarginLoss", []),
        ("SoftMarginLoss", []),
        ("HingeEmbeddingLoss", [("Softplus", {})]),
    ],
)
def test_yes_or_no_has_two_probabilities(
    tmp_path: Path, loss: str, last: list[tuple[str, dict[str, object]]]
) -> None:
    network = chain(
        ("Input", {"shape": ("N", 30)}), ("Linear", {"out_features": 1}), *last, ("Output", {})
    )
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(
        Choice("breast_cancer"), objectives=(Objective(output, "target", Choice(loss)),), epochs=2
    )
    predictor = trained(Job(project(network, recipe), folder=tmp_path, threads=1))
    (found,) = predictor.split("test")
    assert found.scores.shape == (85, 2)
    np.testing.assert_array_equal(found.predicted, found.scores[:, 1] > 0.5)
    assert found.confusion().shape == (2, 2)
    assert set(found.true) == {0, 1}


def test_log_probabilities_and_flat_numbers(tmp_path: Path) -> None:
    """NLLLoss takes log-probabilities; an Output without a feature dimension takes flat targets."""
    network = chain(
        ("Input", {"shape": ("N", 4)}),
        ("Linear", {"out_features": 3}),
        ("LogSoftmax", {"dim": 1}),
        ("Output", {}),
    )
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(
        Choice("iris"), objectives=(Objective(output, "target", Choice("NLLLoss")),), epochs=1
    )
    (found,) = trained(Job(project(network, recipe), folder=tmp_path, threads=1)).split("test")
    assert found.is_of_classes
    np.testing.assert_allclose(found.scores.sum(axis=1), 1, rtol=1e-5)

    flat = chain(
        ("Input", {"shape": ("N", 10)}),
        ("Linear", {"out_features": 1}),
        ("Squeeze", {"dim": 1}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("diabetes"), epochs=1)
    (found,) = trained(Job(project(flat, recipe), folder=tmp_path, threads=1)).split("test")
    assert found.predicted.shape == found.true.shape == (66,)
    assert not found.is_of_classes


def test_single_columns_of_a_table_are_read_from_a_file(tmp_path: Path) -> None:
    """A column of numbers enters one Input, a column of words, as indices, another."""
    table = tmp_path / "t.csv"
    rows = [f"{n},{'ab'[n % 2]},{2 * n}" for n in range(40)]
    table.write_text("size,letter,price\n" + "\n".join(rows) + "\n")
    number = chain(("Input", {"shape": ("N", 1)}), ("Linear", {"out_features": 1}), ("Output", {}))
    word = chain(
        ("Input", {"shape": ("N",), "dtype": "int64"}),
        ("Embedding", {"num_embeddings": 2, "embedding_dim": 1}),
        ("Output", {}),
    )
    for network, column in ((number, "size"), (word, "letter")):
        entrance = next(node.id for node in network.nodes.values() if node.kind == "Input")
        recipe = Recipe(
            Choice("csv", {"path": str(table), "task": "regression"}),
            inputs={entrance: column},
            epochs=1,
        )
        job = Job(project(network, recipe), folder=tmp_path / column, threads=1)
        predictor = trained(job)
        place = ("size", "letter").index(column)
        cells = [row.split(",")[place] for row in rows[:5]]
        (tmp_path / "new.csv").write_text("\n".join((column, *cells)) + "\n")
        (from_file,) = predictor.file(tmp_path / "new.csv")
        (samples,) = predictor.at(range(5))
        np.testing.assert_allclose(from_file.predicted, samples.predicted, rtol=1e-4)


def test_a_picture_for_a_network_of_tables_is_refused(tmp_path: Path) -> None:
    job = Job(project(mlp(4, 8, 3), Recipe(Choice("iris"), epochs=1)), folder=tmp_path, threads=1)
    Image.new("L", (4, 4)).save(tmp_path / "a.png")
    (tmp_path / "b.npz").write_bytes(b"nothing")
    predictor = trained(job)
    for name, code in (("a.png", "data_bad_array"), ("b.npz", "data_unreadable")):
        with pytest.raises(Refusal) as caught:
            predictor.file(tmp_path / name)
        assert caught.value.problem.code == code
