"""Folders of pictures in the forms in which people post them: what each is taken for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.data.foreign import foreign
from app.data.pictures.reading import read_one
from app.data.pictures.runs import mask_of
from app.data.reading import load
from graph_model.problems import SetDataArguments
from tests.app.data.reading import facts_of, refused
from tests.app.data.test_pictures import chosen, how, picture

RANDOM = np.random.default_rng(8)


def text(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def mask(path: Path, levels: int = 2, scale: int = 1) -> np.ndarray:
    numbers = np.kron(RANDOM.integers(0, levels, (4, 4)), np.ones((2, 2))).astype(np.uint8) * scale
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(numbers).save(path)
    return numbers


def test_names_that_begin_with_their_class(tmp_path: Path) -> None:
    for name in ("cat.0.jpg", "cat.1.jpg", "dog.0.jpg", "dog.12.jpg"):
        picture(tmp_path / "all" / name)
    facts = facts_of(chosen(tmp_path))
    assert (facts.class_names, facts.class_counts) == (("cat", "dog"), (2, 2))
    assert facts.read_as["classes_by"] == "name"
    picture(tmp_path / "all" / "readme.jpg")
    assert refused("image_folder", **chosen(tmp_path).arguments).code == "pictures_of_no_classes"
    by_name = facts_of(chosen(tmp_path, classes_by="name"))
    assert (by_name.samples, by_name.left_out) == (4, 1)


@pytest.mark.parametrize("name", ["NORMAL (3).jpeg", "golden retriever_3.png", "黑猫3.png"])
def test_classes_in_names_of_many_kinds(tmp_path: Path, name: str) -> None:
    for number in "1234":
        picture(tmp_path / name.replace("3", number))
        picture(tmp_path / f"other-{number}.png")
    assert set(facts_of(chosen(tmp_path)).class_names) == {
        name.split("3")[0].rstrip(" (_"),
        "other",
    }


def test_pictures_alone_are_offered_as_what_is_predicted(tmp_path: Path) -> None:
    for part, count in (("train", 4), ("test", 2)):
        for number in range(count):
            picture(tmp_path / part / f"x{number}.png")
    problem = refused("image_folder", **chosen(tmp_path).arguments)
    assert problem.code == "pictures_of_no_classes"
    (fix,) = problem.fixes
    assert isinstance(fix.change, SetDataArguments)
    data = load(chosen(tmp_path, **fix.change.arguments))
    assert (data.facts.features, data.facts.target, [*data.arrays]) == ("features",) * 2 + (
        ["features"],
    )
    assert data.facts.own_split == (4, 0, 2)


@pytest.mark.parametrize(
    ("source", "partner"),
    [
        ("{}.jpg", "{}_mask.png"),
        ("benign/x ({}).png", "benign/x ({})_mask.png"),
        ("train/{}.png", "trainannot/{}.png"),
        ("imgs/{}.png", "imgs_masks/{}.png"),
        ("JPEGImages/{}.jpg", "SegmentationClass/{}.png"),
        ("train/images/{}.jpg", "train/masks/{}_seg.png"),
    ],
)
def test_masks_wherever_they_lie(tmp_path: Path, source: str, partner: str) -> None:
    expected = []
    for number in range(5):
        picture(tmp_path / source.format(number))
        expected.append(mask(tmp_path / partner.format(number), 3))
    if "VOC" in source or source.startswith("JPEG"):
        mask(tmp_path / "SegmentationObject" / "0.png")
        text(tmp_path / "Annotations" / "0.xml", "<annotation/>")
    picture(tmp_path / source.format("lonely"))
    data = load(chosen(tmp_path))
    assert data.facts.read_as["target"] == "masks"
    np.testing.assert_array_equal(data.target, expected)
    assert (data.facts.samples, data.facts.left_out) == (5, 1)
    is_told = any(each.code == "pictures_of_pairs" for each in data.facts.notes)
    assert is_told == (not {"masks", "SegmentationClass"} & {*partner.split("/")})


def of_voc(folder: Path) -> np.ndarray:
    """Write pictures with masks of three classes and the background, with 255 at borders."""
    made = []
    for number in range(4):
        mask = np.zeros((16, 16), np.uint8)
        mask[3:10, 3:10], mask[3, 3:10] = 1 + number % 3, 255
        made.append(mask)
        for inner, content in (("masks", mask), ("images", np.stack([mask] * 3, axis=-1))):
            (folder / inner).mkdir(exist_ok=True, parents=True)
            Image.fromarray(content).save(folder / inner / f"{number}.png")
    return np.stack(made)


def test_255_beside_numbers_of_classes_counts_for_nothing(tmp_path: Path) -> None:
    """As in PASCAL VOC, where 255 stands for no class."""
    masks = of_voc(tmp_path)
    for keep in ("memory", "files"):
        data = load(chosen(tmp_path, size=16, keep=keep))
        note = next(each for each in data.facts.notes if each.code == "masks_ignored")
        assert data.facts.class_names == ("0", "1", "2", "3")
        assert (data.facts.read_as["ignored"], data.facts.arrays["target"].ignored) == ("255",) * 2
        np.testing.assert_array_equal(data.target, np.where(masks == 255, -100, masks.astype(int)))
        counts = np.bincount(masks[masks < 255]).tolist() if keep == "memory" else ()
        assert data.facts.class_counts == tuple(counts)
        assert isinstance(note.fixes[0].change, SetDataArguments)
        data = load(chosen(tmp_path, size=16, keep=keep, **note.fixes[0].change.arguments))
        assert data.facts.class_names == ("0", "1", "2", "3", "255")
        np.testing.assert_array_equal(np.array([0, 1, 2, 3, 255])[data.target[:]], masks)


def test_any_value_of_masks_can_be_ignored(tmp_path: Path) -> None:
    masks = of_voc(tmp_path)
    data = load(chosen(tmp_path, size=16, ignored="0"))
    assert data.facts.class_names == ("1", "2", "3", "255")
    np.testing.assert_array_equal(data.target == -100, masks == 0)
    problem = refused("image_folder", **chosen(tmp_path, size=16, ignored="7").arguments)
    assert (problem.code, problem.values["found"]) == ("masks_lack_value", "0, 1, 2, 3, 255")
    colours = np.array([[0, 0, 0], [255, 0, 0], [0, 0, 255], [255, 255, 255]], np.uint8)
    for number, mask in enumerate(masks):
        numbers = np.where(mask == 255, 2, mask % 4)
        Image.fromarray(colours[numbers]).save(tmp_path / "masks" / f"{number}.png")
    data = load(chosen(tmp_path, size=16))
    assert data.facts.class_names == ("0", "255", "#0000ff", "#ff0000")
    data = load(chosen(tmp_path, size=16, ignored="#0000FF"))
    assert data.facts.class_names == ("0", "255", "#ff0000")


def test_a_mask_of_which_nothing_counts_is_left_out(tmp_path: Path) -> None:
    of_voc(tmp_path)
    Image.new("L", (16, 16), 255).save(tmp_path / "masks" / "2.png")
    data = load(chosen(tmp_path, size=16))
    assert (data.facts.samples, data.facts.left_out) == (3, 1)


def test_masks_of_sixteen_bits_keep_their_values(tmp_path: Path) -> None:
    masks = of_voc(tmp_path).astype(np.uint16) * 200
    for number, mask in enumerate(masks):
        Image.fromarray(mask).save(tmp_path / "masks" / f"{number}.png")
    for keep in ("memory", "files"):
        data = load(chosen(tmp_path, size=16, target="masks", keep=keep))
        assert data.facts.class_names == ("0", "200", "400", "600", "51000")
        np.testing.assert_array_equal(np.array([0, 200, 400, 600, 51000])[data.target[:]], masks)


def test_masks_with_blurred_borders_are_cut_in_two(tmp_path: Path) -> None:
    for number in range(4):
        picture(tmp_path / "images" / f"{number}.png", (64, 64))
        whole = Image.new("L", (64, 64))
        ImageDraw.Draw(whole).ellipse((8 + number, 8, 50, 50), fill=255)
        (tmp_path / "masks").mkdir(exist_ok=True)
        whole.save(tmp_path / "masks" / f"{number}.jpg", quality=60)
    data = load(chosen(tmp_path, size=64))
    assert data.facts.class_names == ("0", "255")
    assert [each.code for each in data.facts.notes] == ["pictures_masks_cut"]
    assert ((data.target[3] == 1) == (np.asarray(whole) > 0)).mean() > 0.98


def test_folders_called_a_and_b_are_pairs_where_all_have_partners(tmp_path: Path) -> None:
    for part in ("train", "test"):
        for number in range(3):
            for side in "AB":
                picture(tmp_path / part / side / f"{number}.jpg")
    data = load(chosen(tmp_path))
    assert (data.facts.read_as["target"], data.facts.own_split) == ("pictures", (3, 0, 3))
    wanted = read_one(tmp_path / "train" / "B" / "1.jpg", how(3))
    np.testing.assert_array_equal(data.target[1], wanted)
    (note,) = data.facts.notes
    assert isinstance(note.fixes[0].change, SetDataArguments)
    classes = facts_of(chosen(tmp_path, **note.fixes[0].change.arguments))
    assert classes.class_names == ("A", "B")
    picture(tmp_path / "train" / "A" / "more.jpg")
    assert facts_of(chosen(tmp_path)).class_names == ("A", "B")


def test_folders_of_two_kinds_without_partners(tmp_path: Path) -> None:
    """As CycleGAN takes them: trainA, trainB, testA and testB."""
    for name, count in (("trainA", 5), ("trainB", 3), ("testA", 1), ("testB", 2)):
        for number in range(count):
            picture(tmp_path / name / f"{name[-1]}_{number}.jpg")
    for keep in ("memory", "files"):
        data = load(chosen(tmp_path, keep=keep))
        assert (data.facts.read_as["target"], data.facts.own_split) == ("unpaired", (5, 0, 2))
        expected = [read_one(tmp_path / "trainB" / f"B_{n}.jpg", how(3)) for n in (0, 1, 2, 0, 1)]
        np.testing.assert_array_equal(data.target[:5], expected)
        np.testing.assert_array_equal(
            data.features[6], read_one(tmp_path / "testA" / "A_0.jpg", how(3))
        )
    note = next(each for each in data.facts.notes if each.code == "pictures_unpaired")
    assert (note.values["first"], note.values["second"]) == ("A (6)", "B (5)")
    assert isinstance(note.fixes[0].change, SetDataArguments)
    facts = facts_of(chosen(tmp_path, **note.fixes[0].change.arguments))
    assert (facts.class_names, facts.own_split) == (("A", "B"), (8, 0, 3))
    two = load(chosen(tmp_path, target="unpaired", swapped=True))
    np.testing.assert_array_equal(two.features[1], expected[1])


def test_two_kinds_whose_names_are_alike_are_pairs(tmp_path: Path) -> None:
    for name in ("trainA", "trainB", "testA", "testB"):
        for number in range(3):
            picture(tmp_path / name / f"{number}.jpg")
    data = load(chosen(tmp_path))
    assert (data.facts.read_as["target"], data.facts.own_split) == ("pictures", (3, 0, 3))
    wanted = read_one(tmp_path / "testB" / "1.jpg", how(3))
    np.testing.assert_array_equal(data.target[4], wanted)
    (note,) = data.facts.notes
    assert note.code == "pictures_of_pairs"
    assert isinstance(note.fixes[1].change, SetDataArguments)
    swapped = load(chosen(tmp_path, **note.fixes[1].change.arguments))
    np.testing.assert_array_equal(swapped.features, data.target)
    np.testing.assert_array_equal(swapped.target, data.features)


def test_small_letters_are_classes(tmp_path: Path) -> None:
    """As of handwritten letters: what is called alike in both is mostly a number."""
    for side in "ab":
        for number in range(3):
            picture(tmp_path / side / f"{number}.jpg")
    assert facts_of(chosen(tmp_path)).class_names == ("a", "b")
    assert facts_of(chosen(tmp_path, target="unpaired")).samples == 3


def test_two_squares_in_one_file_are_a_picture_and_its_partner(tmp_path: Path) -> None:
    """As pix2pix is posted: train and val, each file twice as wide as high."""
    whole = {}
    for part in ("train", "val"):
        for number in range(3):
            path = picture(tmp_path / part / f"{number}.png", (16, 8))
            whole[f"{part}/{number}"] = np.asarray(Image.open(path), np.float32).transpose(2, 0, 1)
    for keep in ("memory", "files"):
        data = load(chosen(tmp_path, keep=keep))
        assert (data.facts.read_as["target"], data.facts.own_split) == ("halves", (3, 3, 0))
        picked = whole["val/0"] / np.float32(255)
        np.testing.assert_array_equal(data.features[3], picked[:, :, :8])
        np.testing.assert_array_equal(data.target[3], picked[:, :, 8:])
    note = next(each for each in data.facts.notes if each.code == "pictures_of_halves")
    assert isinstance(note.fixes[0].change, SetDataArguments)
    swapped = load(chosen(tmp_path, **note.fixes[0].change.arguments))
    np.testing.assert_array_equal(swapped.features[3], picked[:, :, 8:])
    picture(tmp_path / "val" / "odd.png", (9, 8))
    assert refused("image_folder", **chosen(tmp_path).arguments).code == "pictures_of_no_classes"


def test_a_table_that_leaves_out_the_endings(tmp_path: Path) -> None:
    for number in range(6):
        picture(tmp_path / ("train" if number < 4 else "test") / f"im{number}.jpg")
    text(
        tmp_path / "train.csv",
        "id_code,breed\n" + "".join(f"im{n},{'ab'[n % 2]}\n" for n in range(4)),
    )
    text(tmp_path / "sample_submission.csv", "id_code,breed\nim4,a\nim5,a\n")
    facts = facts_of(chosen(tmp_path))
    assert (facts.samples, facts.class_names, facts.class_counts) == (4, ("a", "b"), (2, 2))


@pytest.mark.parametrize("are_classes", [True, False])
def test_columns_of_zeros_and_ones_are_classes_or_labels(tmp_path: Path, are_classes: bool) -> None:
    marks = np.eye(3, dtype=int)[np.arange(6) % 3]
    if not are_classes:
        marks[:, 2] = 1
    for number in range(6):
        picture(tmp_path / f"im{number}.jpg")
    rows = [f"im{n}.jpg,{','.join(map(str, marks[n]))},p{n // 2}" for n in range(6)]
    text(tmp_path / "labels.csv", "\n".join(["image,MEL,NV,BCC,patient", *rows]))
    data = load(chosen(tmp_path))
    assert data.groups is not None
    assert data.groups.tolist() == [0, 0, 1, 1, 2, 2]
    assert data.facts.read_as["labels in"] == "MEL, NV, BCC"
    if are_classes:
        assert data.facts.class_names == ("MEL", "NV", "BCC")
        assert data.target.tolist() == [0, 1, 2] * 2
        assert facts_of(chosen(tmp_path, label="BCC")).class_names == ("0", "1")
    else:
        np.testing.assert_array_equal(data.target, marks)
        assert "target" not in data.scaled
    assert refused("image_folder", **chosen(tmp_path, label="x").arguments).code == "data_no_column"


def objects(category: int, *outlines: list[float], area: float, **more: Any) -> dict[str, Any]:
    return {"category_id": category, "segmentation": [*outlines], "area": area, **more}


def coco(path: Path, pictures: list[str], things: list[list[dict[str, Any]]]) -> None:
    images = [{"id": 7 + n, "file_name": name} for n, name in enumerate(pictures)]
    told = [
        {"image_id": 7 + place, "id": 1, **each}
        for place, those in enumerate(things)
        for each in those
    ]
    names = [{"id": 18, "name": "dog"}, {"id": 1, "name": "person"}]
    text(path, json.dumps({"images": images, "annotations": told, "categories": names}))


BLOCK = [[1, 1, 5, 1, 5, 5, 1, 5]]
CORNER = [[6, 6, 7, 6, 7, 7, 6, 7]]


def coco_folder(folder: Path) -> Path:
    for part in ("train2017", "val2017"):
        for number in range(3):
            picture(folder / "images" / part / f"00{number}.jpg")
        things = [
            [objects(18, *BLOCK, area=16), objects(1, *CORNER, area=1)],
            [objects(1, *BLOCK, area=16)],
            [],
        ]
        coco(
            folder / "annotations" / f"instances_{part}.json",
            [f"00{number}.jpg" for number in range(3)],
            things,
        )
        text(folder / "annotations" / f"captions_{part}.json", '{"images": [], "annotations": []}')
    return folder


def test_outlines_of_coco_become_masks(tmp_path: Path) -> None:
    data = load(chosen(coco_folder(tmp_path)))
    assert data.facts.class_names == ("background", "dog", "person")
    assert data.facts.own_split == (3, 3, 0)
    expected = np.zeros((8, 8), np.int64)
    expected[1:6, 1:6] = 1  # Pillow draws the border as well
    expected[6:8, 6:8] = 2
    np.testing.assert_array_equal(data.target[0], expected)
    assert data.target[2].max() == 0
    (note,) = data.facts.notes
    assert note.code == "pictures_of_outlines"
    (fix,) = note.fixes
    assert isinstance(fix.change, SetDataArguments)
    classes = load(chosen(tmp_path, **fix.change.arguments))
    assert classes.facts.class_names == ("dog", "person")
    assert classes.target.tolist() == [0, 1, 0, 1]
    assert classes.facts.left_out == 2  # in which nothing is marked
    assert classes.facts.own_split == (2, 2, 0)


def test_masks_of_coco_lie_as_their_pictures_do(tmp_path: Path) -> None:
    for number in range(2):
        picture(tmp_path / f"{number}.png", (16, 8))
    outline = [[4, 0, 11, 0, 11, 7, 4, 7]]
    things = [[objects(1, *outline, area=64)], [objects(1, *outline, area=64)]]
    coco(tmp_path / "_annotations.coco.json", ["0.png", "1.png"], things)
    expected = np.zeros((8, 16), np.int64)
    expected[:, 4:12] = 2
    cut = load(chosen(tmp_path, fit="crop"))
    np.testing.assert_array_equal(cut.target[0], expected[:, 4:12])
    squashed = load(chosen(tmp_path))
    np.testing.assert_array_equal(squashed.target[0], expected[:, ::2])


@pytest.mark.parametrize("counts", [";45ML14200?M", [11, 4, 5, 1, 1, 2, 5, 4, 5, 4, 20, 1]])
def test_runs_of_coco(counts: object) -> None:
    """The first is what pycocotools 2.0 packs the mask below into."""
    expected = np.zeros((9, 7), np.uint8)
    expected[2:6, 1:5] = 1
    expected[3, 2] = 0
    expected[8, 6] = 1
    np.testing.assert_array_equal(mask_of({"size": [9, 7], "counts": counts}, (7, 9)), expected)


@pytest.mark.parametrize(
    "outline",
    [
        {"size": [10**9, 10**9], "counts": [0, 10**18]},
        {"size": [8, 8], "counts": [10**18] * 9},
        {"size": [8, 8], "counts": "\x00~~~~"},
        [[1e308, -1e308, float("nan"), 1, 2, 3]],
        [],
    ],
)
def test_outlines_beyond_all_bounds_do_no_harm(tmp_path: Path, outline: Any) -> None:
    for number in range(2):
        picture(tmp_path / f"{number}.png")
    thing = {"category_id": 1, "segmentation": outline, "area": 1}
    coco(tmp_path / "_annotations.coco.json", ["0.png", "1.png"], [[thing], [thing]])
    data = load(chosen(tmp_path, target="masks" if outline else "itself"))
    assert data.target.shape == (2, 8, 8) if outline else (2, 3, 8, 8)


def test_other_files_of_json_are_passed_over(tmp_path: Path) -> None:
    for name in "ab":
        picture(tmp_path / name / "0.png")
    content = '{"images": 1, "annotations": ' + "[" * 100_000
    text(tmp_path / "notes.json", content)
    assert facts_of(chosen(tmp_path)).class_names == ("a", "b")
    text(tmp_path / "instances.json", content)
    assert refused("image_folder", **chosen(tmp_path).arguments).code == "data_unreadable"


def test_boxes_of_pascal_voc_give_the_largest_object(tmp_path: Path) -> None:
    sides = "<xmin>0</xmin><ymin>0</ymin><xmax>{}</xmax><ymax>4</ymax>"
    box = f"<object><name>{{}}</name><bndbox>{sides}</bndbox></object>"
    for number in range(4):
        picture(tmp_path / "JPEGImages" / f"{number}.jpg")
        boxes = box.format("cat", 1 + number) + box.format("dog", 3.5)
        text(tmp_path / "Annotations" / f"{number}.xml", f"<annotation>{boxes}</annotation>")
    data = load(chosen(tmp_path))
    assert data.facts.class_names == ("cat", "dog")
    assert data.target.tolist() == [1, 1, 1, 0]
    assert [each.code for each in data.facts.notes] == ["pictures_of_main_objects"]
    problem = refused("image_folder", **chosen(tmp_path, target="masks").arguments)
    assert problem.code == "pictures_only_boxes"


@pytest.mark.parametrize("names", ["names: [cat, 'dog']\n", "nc: 2\nnames:\n  0: cat\n  1: dog\n"])
def test_rows_of_yolo(tmp_path: Path, names: str) -> None:
    outlined = tmp_path / "outlined"
    tmp_path /= "boxes"
    for folder in (tmp_path, outlined):
        text(folder / "data.yaml", f"train: images/train\n{names}")
        for number in range(4):
            picture(folder / "images" / "train" / f"{number}.jpg")
    for number in range(4):
        rows = f"{number % 2} 0.5 0.5 0.5 0.5\n1 0.5 0.5 0.1 0.1\n"
        text(tmp_path / "labels" / "train" / f"{number}.txt", rows)
    data = load(chosen(tmp_path))
    assert (data.facts.class_names, data.target.tolist()) == (("cat", "dog"), [0, 1, 0, 1])
    for number in range(4):
        corners = "0 0 0 0.5 0 0.5 0.99 0 0.99\n"
        text(outlined / "labels" / "train" / f"{number}.txt", corners)
    outlines = load(chosen(outlined))
    assert outlines.facts.class_names == ("background", "cat")
    np.testing.assert_array_equal(outlines.target[0], np.repeat([[1] * 5 + [0] * 3], 8, axis=0))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.pkl", "data_is_pickle"),
        ("a.mat", "data_is_matlab"),
        ("a.pth", "data_is_torch"),
        ("scan.dcm", "data_is_medical"),
        ("brain.nii.gz", "data_is_medical"),
        ("a.tfrecord", "data_is_records"),
        ("a.dta", "data_is_statistics"),
        ("a.tar.gz", "data_is_archive"),
        ("a.mp4", "data_is_video"),
        ("a.JPG", "data_is_picture"),
    ],
)
def test_files_of_other_kinds_are_said_to_be_such(tmp_path: Path, name: str, code: str) -> None:
    text(tmp_path / "x" / name, "x")
    problem = foreign(tmp_path / "x" / name)
    assert problem is not None
    assert problem.code == code
    assert name in problem.message
    if code != "data_is_picture":
        assert refused("image_folder", **chosen(tmp_path).arguments).code == code


def test_cifar_as_it_comes_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "cifar").mkdir()
    for name in ("data_batch_1", "test_batch"):
        (tmp_path / "cifar" / name).write_bytes(b"\x80\x02}q\x01")
    assert refused("image_folder", **chosen(tmp_path / "cifar").arguments).code == "data_is_cifar"
    assert foreign(tmp_path / "table.csv") is None


def test_what_has_several_frames_is_said(tmp_path: Path) -> None:
    frames = [Image.fromarray(RANDOM.integers(0, 256, (8, 8, 3)).astype(np.uint8)) for _ in "123"]
    for name, suffix in (("a", "tif"), ("b", "webp")):
        picture(tmp_path / name / "0.png")
        frames[0].save(tmp_path / name / f"1.{suffix}", save_all=True, append_images=frames[1:])
    facts = facts_of(chosen(tmp_path))
    assert [each.code for each in facts.notes] == ["pictures_of_several_frames"]
    np.testing.assert_array_equal(
        read_one(tmp_path / "a" / "1.tif", how(3)),
        np.asarray(frames[0]).transpose(2, 0, 1) / np.float32(255),
    )
