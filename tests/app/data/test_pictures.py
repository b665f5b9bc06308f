"""Folders of pictures: which are read, how, what is left out, and what is not held."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.data.pictures.listing import files_of, list_pictures
from app.data.pictures.many import Pictures
from app.data.pictures.reading import read_one
from app.data.progress import Reading, followed
from app.data.reading import load
from codegen.pictures import USUAL
from graph_model.problems import Refusal, SetDataArguments
from graph_model.recipe import Choice
from tests.app.data.reading import facts_of, refused

RANDOM = np.random.default_rng(0)


def picture(path: Path, size: tuple[int, int] = (8, 8), mode: str = "RGB") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = (*size[::-1], 3) if mode == "RGB" else size[::-1]
    numbers = RANDOM.integers(0, 256, shape).astype(np.uint8)
    Image.fromarray(numbers, None if mode == "RGB" else mode).save(path)
    return path


def folder_of(folder: Path, suffix: str = ".png", count: int = 3) -> Path:
    for name in ("cat", "dog"):
        for number in range(count):
            picture(folder / name / f"{number}{suffix}")
    return folder


def chosen(folder: Path, **more: object) -> Choice:
    return Choice("image_folder", {"path": str(folder), "size": 8, **more})  # type: ignore[dict-item]


def how(channels: int = 1, size: int = 8, **more: object) -> dict[str, object]:
    return {**USUAL, "channels": channels, "height": size, "width": size, **more}


@pytest.mark.parametrize(
    "suffix", [".ppm", ".pgm", ".tif", ".webp", ".gif", ".bmp", ".tga", ".jp2"]
)
def test_every_kind_of_file_is_read(tmp_path: Path, suffix: str) -> None:
    for name in ("00000", "00001"):
        picture(tmp_path / name / f"0{suffix}", mode="L" if suffix == ".pgm" else "RGB")
        picture(tmp_path / name / "x.png")
    assert facts_of(chosen(tmp_path)).samples == 4


def test_sixteen_bits_and_floats_are_scaled_by_their_own_range(tmp_path: Path) -> None:
    numbers = RANDOM.integers(1000, 30000, (8, 8))
    Image.fromarray(numbers.astype(np.uint16)).save(tmp_path / "16.png")
    Image.fromarray((numbers / 1e6).astype(np.float32)).save(tmp_path / "f.tif")
    expected = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    for name in ("16.png", "f.tif"):
        found = read_one(tmp_path / name, how())
        np.testing.assert_allclose(found[0], expected, atol=1e-4)
        coloured = read_one(tmp_path / name, how(3))
        np.testing.assert_array_equal(coloured, np.repeat(found, 3, axis=0))
    fixed = read_one(tmp_path / "16.png", how(levels="format"))
    np.testing.assert_allclose(fixed[0], numbers / 65535, atol=1e-5)
    fixed = read_one(tmp_path / "f.tif", how(levels="format"))
    np.testing.assert_allclose(fixed[0], numbers / 1e6, atol=1e-5)


@pytest.mark.parametrize(("background", "level"), [("white", 1.0), ("black", 0.0)])
def test_what_is_transparent_lies_on_a_background(
    tmp_path: Path, background: str, level: float
) -> None:
    icon = np.zeros((8, 8, 4), np.uint8)
    icon[:4] = (255, 0, 0, 255)
    icon[4:, :4] = (0, 0, 0, 128)
    Image.fromarray(icon).save(tmp_path / "icon.png")
    found = read_one(tmp_path / "icon.png", how(3, background=background))
    assert found[:, 0, 0].tolist() == [1, 0, 0]
    assert found[:, 7, 7].tolist() == [level] * 3
    np.testing.assert_allclose(found[:, 7, 0], level * (1 - 128 / 255), atol=0.01)
    palette = Image.fromarray(icon).convert("P")
    palette.info["transparency"] = palette.getpixel((7, 7))
    palette.save(tmp_path / "p.png", transparency=palette.getpixel((7, 7)))
    assert (
        read_one(tmp_path / "p.png", how(3, background=background))[:, 7, 7].tolist() == [level] * 3
    )


def test_photographs_are_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    numbers = np.zeros((8, 8), np.uint8)
    numbers[0] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # the first row is at the right
    Image.fromarray(numbers).save(tmp_path / "a.png", exif=exif)
    turned = read_one(tmp_path / "a.png", how())
    np.testing.assert_array_equal(turned[0], np.rot90(numbers, -1) / 255)
    as_is = read_one(tmp_path / "a.png", how(turn=False))
    np.testing.assert_array_equal(as_is[0], numbers / 255)


def test_pictures_are_squashed_cut_or_padded(tmp_path: Path) -> None:
    wide = np.zeros((8, 16), np.uint8)
    wide[:, 4:12] = 255
    Image.fromarray(wide).save(tmp_path / "a.png")
    squashed, cut, padded = (
        read_one(tmp_path / "a.png", how(fit=fit, background="grey"))[0]
        for fit in ("squash", "crop", "pad")
    )
    assert 0.4 < squashed.mean() < 0.6
    assert (cut == 1).all()
    assert (np.abs(padded[:2] - 128 / 255) < 0.01).all()
    assert padded[3:5, 3:5].min() > 0.9


def test_scaling_by_the_own_range_is_said(tmp_path: Path) -> None:
    folder_of(tmp_path)
    assert not facts_of(chosen(tmp_path)).notes
    Image.fromarray(np.zeros((8, 8), np.uint16)).save(tmp_path / "cat" / "16.png")
    (note,) = facts_of(chosen(tmp_path)).notes
    assert note.code == "pictures_of_many_levels"
    assert not facts_of(chosen(tmp_path, levels="format")).notes


def test_size_and_colour_are_proposed_by_what_is_there(tmp_path: Path) -> None:
    for name in ("a", "b"):
        picture(tmp_path / name / "0.png", (28, 30), "L")
        picture(tmp_path / name / "1.png", (28, 28), "L")
    choice = chosen(tmp_path, color="auto")
    choice = Choice(choice.kind, {**choice.arguments, "size": 0})
    facts = facts_of(choice)
    assert facts.arrays["features"].shape == (1, 28, 28)
    assert (facts.read_as["color"], facts.read_as["size"]) == ("grey", "28")
    picture(tmp_path / "a" / "2.png")
    assert facts_of(choice).arrays["features"].shape[0] == 3


def test_folders_within_folders(tmp_path: Path) -> None:
    tmp_path = tmp_path / "wrapped"
    for name in ("cat", "dog"):
        picture(tmp_path / name / "top.png")
        for year in ("2019", "2020"):
            picture(tmp_path / name / year / "0.png")
    facts = facts_of(chosen(tmp_path))
    assert (facts.samples, facts.class_names, facts.class_counts) == (6, ("cat", "dog"), (3, 3))
    assert facts.read_as["classes_by"] == "first"
    deepest = facts_of(chosen(tmp_path, classes_by="deepest"))
    assert deepest.class_names == ("2019", "2020", "cat", "dog")
    assert facts_of(chosen(tmp_path.parent)).class_names == ("cat", "dog")


def test_folders_that_train_validate_and_test(tmp_path: Path) -> None:
    for part, count in (("train", 4), ("val", 2), ("test", 1)):
        folder_of(tmp_path / part, count=count)
    data = load(chosen(tmp_path))
    assert data.facts.class_names == ("cat", "dog")
    assert data.own_split is not None
    assert data.own_split.tolist() == [0] * 8 + [1] * 4 + [2] * 2
    assert (data.facts.own_test, data.facts.own_split) == (2, (8, 4, 2))


def test_what_cannot_be_read_is_named_counted_and_left_out(tmp_path: Path) -> None:
    folder_of(tmp_path, ".jpg", 4)
    (tmp_path / "cat" / "0.jpg").write_bytes(b"")
    (tmp_path / "cat" / "1.jpg").write_text("<html>404</html>")
    whole = (tmp_path / "dog" / "0.jpg").read_bytes()
    (tmp_path / "dog" / "0.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "dog" / "._1.jpg").write_bytes(b"\0\5\26\7")
    (tmp_path / "dog" / ".DS_Store").write_bytes(b"Bud1")
    (tmp_path / "__MACOSX" / "cat").mkdir(parents=True)
    (tmp_path / "__MACOSX" / "cat" / "0.jpg").write_bytes(b"x")
    os.mkfifo(tmp_path / "dog" / "pipe.jpg")
    picture(tmp_path / "lost.png")
    data = load(chosen(tmp_path))
    assert (data.facts.samples, data.facts.left_out) == (5, 6)
    assert data.facts.class_counts == (2, 3)
    (note,) = data.facts.notes
    assert (note.code, note.values["count"]) == ("pictures_left_out", "6")
    assert "cat/0.jpg" in note.values["names"]
    problem = refused("image_folder", path=str(tmp_path), size=8, unreadable="refuse")
    assert problem.fixes[0].change == SetDataArguments({"unreadable": "skip"})


def test_links_in_a_circle_and_bombs_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path)
    (tmp_path / "cat" / "again").symlink_to(tmp_path)
    (tmp_path / "cat" / "self").symlink_to(tmp_path / "cat" / "self")
    bomb = picture(tmp_path / "dog" / "bomb.png")
    content = bytearray(bomb.read_bytes())
    content[16:24] = b"\0\1\0\0" * 2  # says that it has 65,536 × 65,536 pixels
    bomb.write_bytes(bytes(content))
    facts = facts_of(chosen(tmp_path))
    assert (facts.samples, facts.left_out) == (6, 2)
    (note,) = facts.notes
    assert note.values["names"] == "cat/again, dog/bomb.png"


def test_each_file_counts_once_whatever_links_lead_to_it(tmp_path: Path) -> None:
    folder_of(tmp_path / "data")
    folder_of(tmp_path / "pool")
    data = tmp_path / "data"
    (data / "again").symlink_to(data / "cat")
    (data / "up").symlink_to(tmp_path)
    (data / "cat" / "same.png").symlink_to(data / "cat" / "0.png")
    (data / "bird").symlink_to(tmp_path / "pool" / "cat")
    for name in ("a", "b"):
        (data / "dog" / f"{name}.png").symlink_to(tmp_path / "pool" / "dog" / "0.png")
    facts = facts_of(chosen(data))
    assert dict(zip(facts.class_names, facts.class_counts, strict=True)) == {
        "bird": 3,
        "cat": 3,
        "dog": 4,
    }
    (note,) = facts.notes
    assert note.values["count"] == "4"
    assert facts.left_out == 4


def test_many_pictures_are_listed_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path, count=5)
    held = load(chosen(tmp_path))
    monkeypatch.setattr("app.data.pictures.loading.read_pictures", None)
    data = load(chosen(tmp_path, keep="files"))
    found = data.features
    assert isinstance(found, Pictures)
    assert found.shape == held.features.shape
    arrays = {name: replace(each, as_needed=False) for name, each in data.facts.arrays.items()}
    assert arrays == held.facts.arrays
    assert [each.as_needed for each in data.facts.arrays.values()] == [True, False]
    np.testing.assert_array_equal(found[[7, 2]], held.features[[7, 2]])
    np.testing.assert_array_equal(found[3], held.features[3])
    np.testing.assert_array_equal(found[2:4], held.features[2:4])
    mean, deviation = found.figures(np.arange(10), (0, 2, 3))
    np.testing.assert_allclose(mean[0, :, 0, 0], held.features.mean(axis=(0, 2, 3)), rtol=1e-5)
    np.testing.assert_allclose(deviation[0, :, 0, 0], held.features.std(axis=(0, 2, 3)), rtol=1e-5)
    monkeypatch.setattr("app.data.pictures.loading.LARGE", 1)
    assert isinstance(
        load(Choice("image_folder", {"path": str(tmp_path), "size": 9})).features, Pictures
    )


def test_other_pictures_have_other_marks(tmp_path: Path) -> None:
    folder_of(tmp_path)
    paths = list_pictures(tmp_path, files_of(tmp_path), "auto").paths

    def mark(channels: int) -> list[int]:
        return next(iter(Pictures(str(tmp_path), paths, how(channels)).marks())).tolist()

    before = mark(3)
    assert mark(3) == before
    assert mark(1) != before
    picture(tmp_path / "cat" / "0.png", (50, 50))
    assert mark(3) != before


def test_reading_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    folder_of(tmp_path)
    reading = Reading()
    reading.stop()
    with followed(reading), pytest.raises(Refusal) as caught:
        load(chosen(tmp_path))
    assert caught.value.problem.code == "data_reading_stopped"
    assert reading.done == 0


def test_pairs_of_pictures_and_masks(tmp_path: Path) -> None:
    expected = []
    for number in range(6):
        part = ("train", "val")[number >= 4]
        picture(tmp_path / part / "images" / f"{number}.jpg", (16, 16))
        mask = np.kron(RANDOM.integers(0, 3, (8, 8)), np.ones((2, 2))).astype(np.uint8)
        expected.append(mask[::2, ::2])
        (tmp_path / part / "masks").mkdir(exist_ok=True)
        Image.fromarray(mask).save(tmp_path / part / "masks" / f"{number}_mask.png")
    picture(tmp_path / "train" / "images" / "lonely.jpg")
    data = load(chosen(tmp_path))
    assert data.facts.read_as["target"] == "masks"
    np.testing.assert_array_equal(data.target, expected)
    assert data.facts.arrays["target"].classes == 3
    assert data.facts.class_counts == tuple(np.bincount(np.ravel(expected)))
    assert (data.facts.samples, data.facts.left_out) == (6, 1)
    assert data.own_split is not None
    assert data.own_split.tolist() == [0] * 4 + [1] * 2
    kept = load(chosen(tmp_path, keep="files"))
    np.testing.assert_array_equal(kept.target, data.target)
    assert isinstance(kept.features, Pictures)


@pytest.mark.parametrize(
    ("keep", "partner"), [("memory", "masks"), ("files", "masks"), ("memory", "target")]
)
def test_a_partner_that_cannot_be_read_is_left_out_with_its_picture(
    tmp_path: Path, keep: str, partner: str
) -> None:
    for number in range(5):
        picture(tmp_path / "images" / f"{number}.png")
        picture(tmp_path / partner / f"{number}.png")
        if partner == "masks":
            mask = (RANDOM.random((8, 8)) > 0.5).astype(np.uint8)
            Image.fromarray(mask).save(tmp_path / partner / f"{number}.png")
    (tmp_path / partner / "3.png").write_bytes(b"no picture")
    data = load(chosen(tmp_path, keep=keep))
    assert (data.facts.samples, data.facts.left_out, len(data.target)) == (4, 1, 4)
    (note, *_) = data.facts.notes
    assert note.values["names"] == f"{partner}/3.png"
    np.testing.assert_array_equal(
        data.features[:], [read_one(tmp_path / "images" / f"{n}.png", how(3)) for n in (0, 1, 2, 4)]
    )
    problem = refused("image_folder", **chosen(tmp_path, keep=keep, unreadable="refuse").arguments)
    assert problem.fixes[0].change == SetDataArguments({"unreadable": "skip"})


def test_masks_of_black_and_white_are_two_classes(tmp_path: Path) -> None:
    for number in range(3):
        picture(tmp_path / "images" / f"{number}.png")
        white = (RANDOM.random((8, 8)) > 0.5).astype(np.uint8) * 255
        (tmp_path / "labels").mkdir(exist_ok=True)
        Image.fromarray(white).save(tmp_path / "labels" / f"{number}.png")
    data = load(chosen(tmp_path))
    assert data.facts.class_names == ("0", "255")
    assert set(np.unique(data.target)) == {0, 1}


def test_pairs_of_pictures(tmp_path: Path) -> None:
    for number in range(4):
        picture(tmp_path / "input" / f"{number}.png")
        picture(tmp_path / "target" / f"{number}.png")
    for keep in ("memory", "files"):
        data = load(chosen(tmp_path, keep=keep))
        assert (data.facts.task, data.facts.read_as["target"]) == ("regression", "pictures")
        wanted = read_one(tmp_path / "target" / "2.png", how(3))
        np.testing.assert_array_equal(data.target[2], wanted)


@pytest.mark.parametrize("header", ["file,label", "id,file_name,label"])
def test_a_table_of_pictures_and_labels(tmp_path: Path, header: str) -> None:
    rows = []
    for number in range(6):
        picture(tmp_path / "pictures" / f"{number}.png")
        first = f"{number}," if header.startswith("id") else ""
        rows.append(f"{first}{number}.png,{('cat', 'dog')[number % 2]}")
    rows.append(rows[0].replace("0.png", "gone.png"))
    (tmp_path / "labels.csv").write_text("\n".join([header, *rows]))
    data = load(chosen(tmp_path))
    assert data.facts.class_names == ("cat", "dog")
    assert data.target.tolist() == [0, 1] * 3
    (note,) = data.facts.notes
    assert note.values["names"] == "gone.png"
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("path,age\n" + "".join(f"pictures/{n}.png,{n + 0.5}\n" for n in range(6)))
    told = load(chosen(tmp_path / "pictures", table=str(numbers)))
    assert told.target.tolist() == [[n + 0.5] for n in range(6)]
    numbers.write_text("a,b\nx,y\n")
    assert refused("image_folder", path=str(tmp_path), table=str(numbers)).code == "data_unreadable"
