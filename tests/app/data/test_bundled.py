"""What comes along: small, and every file of it with its source and licence on a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LARGEST = 6_000_000


@pytest.fixture
def page(root: Path) -> list[list[str]]:
    """The rows of the table that says where data are from."""
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    table = text.split("| Data | File |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


def test_all_that_comes_along_is_small(root: Path) -> None:
    files = [path for path in (root / "resources" / "data").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= LARGEST


def test_every_file_has_its_source_and_its_licence(root: Path, page: list[list[str]]) -> None:
    folder = root / "resources" / "data"
    told = {row[1].strip("`"): row for row in page}
    texts = {path.name for path in folder.iterdir() if path.suffix in {".txt", ".md"}}
    assert set(told) | texts == {path.name for path in folder.iterdir()}
    for row in told.values():
        assert len(row) == 5
        assert all(row)


def test_licences_that_are_to_go_with_the_files_lie_beside_them(root: Path) -> None:
    folder = root / "resources" / "data"
    named = set(re.findall(r"LICENSE-[\w-]+\.txt", (root / "docs" / "data.md").read_text("utf-8")))
    assert named == {path.name for path in folder.glob("LICENSE*")}
    for name in named:
        assert len((folder / name).read_text(encoding="utf-8")) > 500
