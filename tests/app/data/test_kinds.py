"""What a file or a folder is taken for, by what it is called and what it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.data.kinds import data_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("  1.5   2\n -3.0   4\n  5.5   6\n", "csv"),
        ("height weight class\n1.5 60 a\n1.7 70 b\n1.6 65 a\n", "csv"),
        ("a|b\n1|x\n2|y\n", "csv"),
        ("a\tb\n1\tx\n2\ty\n", "csv"),
        ("to be or\nnot to be\nthat is it\n", "text"),
        ("one line of words\n", "text"),
        ("1 2 3\n", "text"),
        ("", "text"),
    ],
)
def test_a_txt_is_a_table_where_its_lines_are_rows(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "given.txt").write_text(text)
    assert data_kind(tmp_path / "given.txt") == kind


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (("a/1.png", "a/2.png", "b/1.png", "a/notes.txt"), "image_folder"),
        (("a/1.txt", "b/2.txt", "b/cover.png", "a/.DS_Store"), "text_folder"),
        (("a/1.wav", "b/2.WAV", "readme.txt"), "audio_folder"),
        (("1.wav", "2.wav"), "audio_folder"),
        (("train-images-idx3-ubyte.gz", "1.txt", "2.txt"), "fashion_mnist_folder"),
        ((), "image_folder"),
    ],
)
def test_a_folder_is_what_most_of_its_files_are(
    tmp_path: Path, files: tuple[str, ...], kind: str
) -> None:
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert data_kind(tmp_path) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It was a dark night,\nand the rain fell,\nas it often does,\n", "text"),
        ("To be, or not to be\nthat is, as they say\nthe thing, so to speak\n", "text"),
        ("red,apple\ngreen,pear\nblue,plum\n", "csv"),
        ("name,age\nAnn of the long name,3\nBob of the long name,4\n", "csv"),
    ],
)
def test_prose_with_a_comma_in_each_line_is_no_table(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "given.txt").write_text(text)
    assert data_kind(tmp_path / "given.txt") == kind


def test_files_without_an_ending_are_looked_into(tmp_path: Path) -> None:
    (tmp_path / "SMSSpamCollection").write_text("ham\tHi there\nspam\tWin\nham\tOk\n")
    assert data_kind(tmp_path / "SMSSpamCollection") == "csv"
    (tmp_path / "novel").write_text("It was a dark night.\nIt rained.\nYes.\n")
    assert data_kind(tmp_path / "novel") == "text"
    (tmp_path / "thing").write_bytes(bytes(range(256)) * 40)
    assert data_kind(tmp_path / "thing") is None


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (("train/pos/1.txt", "test/neg/2.txt", "README"), "text_folder"),
        (("alt.atheism/51121", "sci.space/60120"), "text_folder"),
        (("audio/1.wav", "audio/2.wav", "meta/list.csv"), "audio_folder"),
    ],
)
def test_what_lies_deeper_tells_too(tmp_path: Path, files: tuple[str, ...], kind: str) -> None:
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("some words")
    assert data_kind(tmp_path) == kind
