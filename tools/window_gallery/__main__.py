"""Pictures of the whole window in every state that people see, to look at.

python -m tools.window_gallery FOLDER [--theme dark] [--language zh_CN] [--size 2560x1440] [WORD …]

Each theme, language and size is made by a process of its own, without a screen; ``WORD`` picks the
states with that in their name. Menus, prompts and dialogs are painted over the window.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tools.window_gallery.board_scenes import BOARD_SCENES
from tools.window_gallery.result_scenes import RESULT_SCENES
from tools.window_gallery.scenes import SCENES
from tools.window_gallery.stage import Stage

THEMES: Final = ("light", "dark")
LANGUAGES: Final = ("en", "zh_CN")
SIZES: Final = ("1280x800", "2560x1440")


def main() -> int:
    """Make the pictures that are asked for."""
    parser = argparse.ArgumentParser(description="Make pictures of the window in every state.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--size", choices=SIZES)
    asked = parser.parse_intermixed_args()
    if asked.theme and asked.language and asked.size:
        return _make(asked.folder, asked.theme, asked.language, asked.size, asked.words)
    chosen = itertools.product(
        THEMES if asked.theme is None else (asked.theme,),
        LANGUAGES if asked.language is None else (asked.language,),
        SIZES if asked.size is None else (asked.size,),
    )
    failed = 0
    for theme, language, size in chosen:
        options = ["--theme", theme, "--language", language, "--size", size]
        command = [sys.executable, "-m", "tools.window_gallery", str(asked.folder), *asked.words]
        failed += subprocess.run([*command, *options]).returncode != 0
    return failed


def _make(folder: Path, theme: str, language: str, size: str, words: list[str]) -> int:
    width, height = map(int, size.split("x"))
    home = Path(tempfile.mkdtemp())
    (home / "screen.json").write_text(json.dumps({"screens": [_screen(width, height)]}))
    (home / "settings.json").write_text(json.dumps({"theme": theme, "language": language}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={home / 'screen.json'}"
    os.environ["LAYERWEFT_HOME"] = str(home)
    os.chdir(home)  # what is offered as a place for exports
    target = folder.absolute() / f"{theme}-{language}-{size}"
    target.mkdir(parents=True, exist_ok=True)
    stage = Stage(target, width, height)
    failed = 0
    for name, scene in {**SCENES, **BOARD_SCENES, **RESULT_SCENES}.items():
        if not words or any(word in name for word in words):
            failed += not _made(stage, name, scene)
    stage.close()
    return failed


def _made(stage: Stage, name: str, scene: Callable[[Stage], None]) -> bool:
    """Make one picture; where that fails, say why and let the others be made."""
    try:
        scene(stage)
        stage.take(name)
    except Exception:
        traceback.print_exc()
        return False
    finally:
        stage.clear()
    return True


def _screen(width: int, height: int) -> dict[str, Any]:
    return {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}


if __name__ == "__main__":
    sys.exit(main())
