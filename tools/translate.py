"""Keep the translations complete: ``python tools/translate.py update|release|check``.

update   collect every visible string of the sources into the .ts files
release  compile the .ts files into the .qm files that the application loads
check    exit with 1 where a string lacks its translation, or a .qm file is not up to date
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
CHINESE = TRANSLATIONS / "layerweft_zh_CN.ts"
ENGLISH = TRANSLATIONS / "layerweft_en.ts"
"""Holds the singular and plural of the strings that count something, and no others."""

sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Message:
    """One string of a .ts file with its translations (several where it counts something)."""

    context: str
    source: str
    translations: tuple[str, ...]
    is_finished: bool
    counts: bool
    """Whether it has forms for one and for several."""


def catalogue_strings() -> Iterator[tuple[str, str]]:
    """Yield context and text of all sentences that stand in tables and not in ``tr()`` calls."""
    from app.exporting.targets import TARGETS
    from app.project.examples import EXAMPLES, GROUPS, load_example
    from app.project.ready_blocks import ready_blocks
    from graph_model.initialisation.kinds import INITS
    from graph_model.layers import LAYERS
    from graph_model.parametrizations.kinds import PARAMETRIZATIONS
    from graph_model.phrases import PHRASES
    from graph_model.problems import FIXES, KINDS
    from graph_model.recipe import SETTINGS, TURN, WEIGHT
    from graph_model.recipes.losses import LOSSES
    from graph_model.recipes.metrics import METRICS
    from graph_model.recipes.optimizers import OPTIMIZERS
    from graph_model.recipes.options import OPTIONS
    from graph_model.recipes.schedules import SCHEDULES
    from graph_model.recipes.source_kinds.bundled import KINDS_OF_PLAYS
    from graph_model.recipes.sources import SOURCES
    from graph_model.recipes.splitting import SPLITS
    from graph_model.recipes.transforms import TRANSFORMS

    yield from (("Example", heading) for heading in GROUPS)
    for example in EXAMPLES:
        yield "Example", example.title
        yield "Example", example.description
    yield from (("Problem", kind.template) for kind in KINDS.values())
    yield from (("Phrase", text) for text in PHRASES)
    yield from (("Fix", sentence) for sentence in FIXES.values())
    for kind in LAYERS.values():
        yield "Layer", kind.help
        yield from (("Parameter", each.help) for each in kind.parameters if each.help)
    projects = [*ready_blocks().values(), *(load_example(each.name) for each in EXAMPLES)]
    for project in projects:
        for network in project.networks.values():
            yield from (("Parameter", each.help) for each in network.parameters if each.help)
    yield from (("Parameter", each.help) for each in (*SETTINGS, TURN, WEIGHT))
    for entry in (*INITS.values(), *PARAMETRIZATIONS.values()):  # whose names are PyTorch's
        yield "Recipe", entry.help
        yield from (("Parameter", each.help) for each in entry.parameters)
    yield from (("ClassName", name) for name in KINDS_OF_PLAYS)
    yield "ArrayName", "text"
    for source in SOURCES.values():
        usual = {each.name: each.default for each in source.parameters}
        if source.facts:
            facts = source.facts(usual)
            yield from (("ClassName", name) for name in facts.class_names if not name.isdigit())
            yield from (("ArrayName", name) for name in facts.arrays if len(name) > 2)
    for catalogue in (SOURCES, LOSSES, METRICS, OPTIMIZERS, SCHEDULES, OPTIONS, SPLITS, TRANSFORMS):
        for entry in catalogue.values():
            yield "Recipe", entry.title
            yield "Recipe", entry.help
            yield from (("Parameter", each.help) for each in entry.parameters if each.help)
    for target in TARGETS.values():
        yield "Target", target.title
        yield "Target", target.help


def update(chinese: Path, english: Path) -> None:
    """Bring the two .ts files up to the strings of the sources."""
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder, "tables.py")
        tables.write_text(_as_source(dict.fromkeys(catalogue_strings())), encoding="utf-8")
        sources = [*sorted(map(str, (ROOT / "app").rglob("*.py"))), str(tables)]
        options = ["-no-obsolete", "-locations", "none", "-silent"]
        _run("lupdate", *options, *sources, "-target-language", "zh_CN", "-ts", str(chinese))
        _run("lupdate", *options, "-pluralonly", *sources, "-target-language", "en_US", "-ts",
             str(english))  # fmt: skip


def release(source: Path, target: Path) -> None:
    """Compile one .ts file."""
    _run("lrelease", "-silent", "-removeidentical", str(source), "-qm", str(target))


def complaints() -> Iterator[str]:
    """Yield what keeps the translations from being complete and up to date."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        yield from uncollected(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    with tempfile.TemporaryDirectory() as folder:
        fresh = [Path(shutil.copy(path, folder)) for path in (CHINESE, ENGLISH)]
        update(*fresh)
        for committed, path in zip((CHINESE, ENGLISH), fresh, strict=True):
            for message in messages(path):
                yield from (f"{path.name}: {text}" for text in _faults(message))
            compiled = path.with_suffix(".qm")
            release(path, compiled)
            shipped = committed.with_suffix(".qm")
            if not shipped.exists() or shipped.read_bytes() != compiled.read_bytes():
                yield f"{shipped.name} is not up to date: run tools/translate.py release"


def uncollected(text: str, path: str) -> Iterator[str]:
    """Yield each call of ``tr`` or ``translate`` within an f-string, which lupdate passes over."""
    for string in ast.walk(ast.parse(text)):
        for call in ast.walk(string) if isinstance(string, ast.JoinedStr) else ():
            called = call.func if isinstance(call, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else None
            name = called.id if isinstance(called, ast.Name) else name
            if name in {"tr", "translate"}:
                yield f"{path}:{call.lineno}: {name}() within an f-string is not collected"


def messages(path: Path) -> Iterator[Message]:
    """Yield the strings of a .ts file."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                tuple(forms or [translation.text or ""]),
                translation.get("type") is None,
                message.get("numerus") == "yes",
            )


_PLACE = re.compile(r"\{[^{}]*\}|%L?[0-9n]|%%")
_KEY = re.compile(r"&(?=\w)")


def _faults(message: Message) -> Iterator[str]:
    place = f"[{message.context}] {message.source!r}"
    if "%n" in message.source and not message.counts:
        yield f"{place} has no plural: lupdate finds that of tr() alone"
    if not message.is_finished or not all(message.translations):
        yield f"{place} has no finished translation"
        return
    for text in message.translations:
        if sorted(_PLACE.findall(text)) != sorted(_PLACE.findall(message.source)):
            yield f"{place} has other placeholders than {text!r}"
        if len(_KEY.findall(text)) != len(_KEY.findall(message.source)):
            yield f"{place} has other access keys than {text!r}"


def _as_source(strings: dict[tuple[str, str], None]) -> str:
    lines = (
        f"QT_TRANSLATE_NOOP({json.dumps(context)}, {json.dumps(text, ensure_ascii=False)})"
        for context, text in strings
    )
    return "\n".join(lines) + "\n"


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(f"pyside6-{tool}", path=sysconfig.get_path("scripts"))
    if program is None:
        sys.exit(f"pyside6-{tool} is missing: install PySide6-Essentials")
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Run the command that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("update", "release", "check"))
    command = parser.parse_args().command
    if command == "update":
        update(CHINESE, ENGLISH)
    elif command == "release":
        for path in (CHINESE, ENGLISH):
            release(path, path.with_suffix(".qm"))
    else:
        found = list(complaints())
        print(*found, sep="\n") if found else print("The translations are complete.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
