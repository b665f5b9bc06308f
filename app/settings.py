"""What the application remembers between two starts: a small JSON file in the user's folder."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, Final

import platformdirs

from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen

RECENT_LIMIT: Final = 12
_LARGEST: Final = 2**20
"""How many bytes of the file are read, many times what there can be in it."""


def home() -> Path:
    """Return the folder of the user's settings; ``LAYERWEFT_HOME`` overrides the usual one."""
    chosen = os.environ.get("LAYERWEFT_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_config_dir("layerweft", False))


@frozen
class Settings:
    """The remembered choices; each field's default stands where nothing valid was stored.

    ``theme`` and ``language`` may be ``"system"``. ``window`` and ``splitters`` hold what Qt's
    ``saveGeometry`` and ``saveState`` give, in base64. ``toggles`` are switches by name.
    """

    theme: str = "system"
    language: str = "system"
    device: str = ""
    recent_files: tuple[str, ...] = ()
    folder: str = ""
    host: Mapping[str, str] = field(default_factory=dict)
    """The other computer that was trained on last: its name, folder, Python and device."""
    window: str = ""
    splitters: Mapping[str, str] = field(default_factory=dict)
    toggles: Mapping[str, bool] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    """What lists show, by their names: words with a comma between."""
    declined_run: str = ""
    """The interrupted run that was not to go on when that was offered."""

    def with_recent(self, path: Path) -> Settings:
        """Return the settings with ``path`` as the latest of the recent files."""
        others = (entry for entry in self.recent_files if entry != str(path))
        return replace(self, recent_files=(str(path), *others)[:RECENT_LIMIT])

    def without_recent(self, path: Path) -> Settings:
        """Return the settings with ``path`` no longer among the recent files."""
        return replace(
            self, recent_files=tuple(each for each in self.recent_files if each != str(path))
        )


class SettingsStore:
    """Holds the settings and writes every change to the file at once.

    Where that cannot be done, on a full disk say, they hold until the end of the program, and
    ``failed`` is called with the ``OSError``.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / "settings.json"
        self.failed: Callable[[OSError], None] = lambda _: None
        self._value = load(self.path)

    @property
    def value(self) -> Settings:
        """The settings as they are now."""
        return self._value

    def update(self, **changes: object) -> None:
        """Change single fields and save."""
        self.set(replace(self._value, **changes))  # type: ignore[arg-type]

    def set(self, value: Settings) -> None:
        """Take on and save ``value``."""
        if value != self._value:
            self._value = value
            try:
                save(value, self.path)
            except OSError as error:
                self.failed(error)


def load(path: Path) -> Settings:
    """Read settings, with defaults for all that is missing or not valid.

    A file that is no JSON object is kept beside its place, as ``settings.json.damaged``.
    """
    try:
        stored = json.loads(read_start(path, _LARGEST))
        if not isinstance(stored, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        _set_aside(path)
        return Settings()
    read = {name: reader(stored.get(name)) for name, reader in _READERS.items()}
    return Settings(**{name: value for name, value in read.items() if value is not None})


def save(settings: Settings, path: Path) -> None:
    """Write settings so that a crash leaves either the old file or the new one.

    Raises ``OSError`` where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode())


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):  # it may be unreadable, or a folder; defaults serve then
        path.replace(path.with_name(path.name + ".damaged"))


# Each reader returns the value of its field, or None where what is stored is not valid.


def _text(stored: object) -> str | None:
    return stored if isinstance(stored, str) else None


def _one_of(*words: str) -> Callable[[object], str | None]:
    return lambda stored: stored if isinstance(stored, str) and stored in words else None


def _texts(stored: object) -> tuple[str, ...] | None:
    if not isinstance(stored, list):
        return None
    return tuple(each for each in stored if isinstance(each, str))[:RECENT_LIMIT]


def _map_of(kind: type) -> Callable[[object], Mapping[str, Any] | None]:
    def read(stored: object) -> Mapping[str, Any] | None:
        if not isinstance(stored, dict):
            return None
        return {name: value for name, value in stored.items() if isinstance(value, kind)}

    return read


_READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "theme": _one_of("system", "light", "dark"),
    "language": _one_of("system", "en", "zh_CN"),
    "device": _text,
    "recent_files": _texts,
    "folder": _text,
    "host": _map_of(str),
    "window": _text,
    "splitters": _map_of(str),
    "toggles": _map_of(bool),
    "lists": _map_of(str),
    "declined_run": _text,
}
