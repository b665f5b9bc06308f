import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import settings
from app.settings import Settings, SettingsStore, load, save

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(["system", "light", "dark"]),
    language=st.sampled_from(["system", "en", "zh_CN"]),
    device=TEXTS,
    recent_files=st.lists(TEXTS, max_size=settings.RECENT_LIMIT).map(tuple),
    folder=TEXTS,
    window=TEXTS,
    splitters=st.dictionaries(TEXTS, TEXTS),
    toggles=st.dictionaries(TEXTS, st.booleans()),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


@given(SETTINGS)
def test_what_is_saved_is_what_is_loaded(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    save(value, path)
    assert load(path) == value
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_every_field_has_a_reader():
    assert list(settings._READERS) == [each.name for each in fields(Settings)]


def test_the_first_start_has_defaults(path):
    assert load(path) == Settings()


@pytest.mark.parametrize("text", ["", "{", "[]", '"dark"', "\x00", "[" * 100_000])
def test_a_damaged_file_gives_defaults_and_is_kept_aside(path, text):
    path.parent.mkdir()
    path.write_text(text)
    assert load(path) == Settings()
    assert not path.exists()
    assert path.with_name("settings.json.damaged").read_text() == text


def test_a_pipe_in_place_of_the_file_is_set_aside(path):
    path.parent.mkdir()
    os.mkfifo(path)
    assert load(path) == Settings()
    assert not path.exists()


def test_a_wrong_entry_costs_only_itself(path):
    path.parent.mkdir()
    path.write_text(
        '{"theme": "pink", "language": "zh_CN", "recent_files": ["a", 3], "device": 7,'
        ' "toggles": {"minimap": false, "x": "y"}, "splitters": [], "from_the_future": 1}'
    )
    assert load(path) == Settings(language="zh_CN", recent_files=("a",), toggles={"minimap": False})


def test_the_store_writes_each_change(path):
    store = SettingsStore(path)
    store.update(theme="dark", toggles={"minimap": True})
    assert SettingsStore(path).value == Settings(theme="dark", toggles={"minimap": True})


def test_recent_files_are_the_latest_first_and_few():
    value = Settings()
    for number in range(settings.RECENT_LIMIT + 3):
        value = value.with_recent(Path(f"{number}.weft"))
    value = value.with_recent(Path("7.weft"))
    assert value.recent_files[:2] == ("7.weft", "14.weft")
    assert len(set(value.recent_files)) == settings.RECENT_LIMIT
    assert "7.weft" not in value.without_recent(Path("7.weft")).recent_files


def test_the_folder_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path))
    assert SettingsStore().path == tmp_path / "settings.json"
    monkeypatch.delenv("LAYERWEFT_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert settings.home().name == "layerweft"


def test_settings_that_cannot_be_written_hold_all_the_same_and_it_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way of the folder")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    told = []
    store.failed = told.append
    store.update(theme="dark")
    assert store.value.theme == "dark"
    assert [type(error) for error in told] == [FileExistsError]
