"""What can be added to a network: layer kinds by family, and blocks from near and far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.sentences import family_title, layer_help, problem_sentence, translate
from app.project.block_files import BlockFile, library, ready_blocks
from app.project.document import Document
from app.search.chinese_names import CHINESE_BLOCKS, chinese_names
from graph_model.blocks import as_kind
from graph_model.frozen import frozen
from graph_model.layers import FAMILIES, LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.network import Network, use_kind

BLOCK: Final = "block"
"""The family of all blocks."""

READY: Final = "ready"
"""The section of the blocks that come with the application."""

_READY_TITLES: Final = (
    QT_TRANSLATE_NOOP("ReadyBlock", "Conv BN ReLU"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Squeeze excite"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Basic block"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Bottleneck"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Inverted residual"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Dense layer"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Inception"),
    QT_TRANSLATE_NOOP("ReadyBlock", "U-Net down"),
    QT_TRANSLATE_NOOP("ReadyBlock", "U-Net up"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Patch embedding"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Self-attention"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Transformer encoder block"),
    QT_TRANSLATE_NOOP("ReadyBlock", "Transformer decoder block"),
)
"""What the files of ready-made blocks call them, to be translated."""


@frozen
class Entry:
    """One thing to add: the name of its kind, what it is called and about, further search words.

    A file that cannot be read has no ``kind``; its ``tip`` says why.
    """

    kind_name: str
    title: str
    family: str
    tip: str = ""
    keywords: tuple[str, ...] = ()
    kind: LayerKind | None = field(default=None, compare=False)

    @property
    def is_broken(self) -> bool:
        """Whether it cannot be added."""
        return self.kind is None


@frozen
class Section:
    """A heading of the palette and what stands below it."""

    id: str
    title: str
    entries: tuple[Entry, ...]


def project_section(document: Document) -> Section:
    """Return the blocks of the project."""
    networks = document.project.networks.values()
    blocks = (_of_block(use_kind(each.id), each) for each in networks if each.role == "block")
    return Section("project", translate("Palette", "Blocks in this project"), tuple(blocks))


def custom_section(document: Document) -> Section:
    """Return the custom layers of the project."""
    found = (
        Entry(name, kind.name, kind.family, layer_help(kind), ("custom", "python"), kind)
        for name, kind in document.state.layers.items()
    )
    return Section("custom", translate("Palette", "Custom layers"), tuple(found))


def project_sections(document: Document) -> list[Section]:
    """Return what the project itself offers."""
    return [project_section(document), custom_section(document)]


def file_sections() -> list[Section]:
    """Return the user's blocks and those that come with the application, read from their files."""
    return [library_section(), ready_section()]


def library_section() -> Section:
    """Return the user's blocks, read from their files."""
    return Section("library", translate("Palette", "My library"), _from_files(library()))


def ready_section(*, is_read: bool = True) -> Section:
    """Return the blocks that come with the application; their files are read where ``is_read``."""
    blocks = _from_files(ready_blocks()) if is_read else ()
    return Section(READY, translate("Palette", "Ready-made blocks"), blocks)


def layer_sections() -> list[Section]:
    """Return the layer kinds by family."""
    return [Section(each, family_title(each), _of_family(each)) for each in FAMILIES]


def entries(document: Document) -> Iterator[Entry]:
    """Yield all that can be added."""
    for section in (*project_sections(document), *file_sections(), *layer_sections()):
        yield from section.entries


def kinds(document: Document) -> dict[str, LayerKind]:
    """Return the kinds of all that can be added, layers first, by the names that stand for them."""
    found = {each.kind_name: each.kind for each in entries(document) if each.kind is not None}
    return {**LAYERS, **found}


def _of_block(kind_name: str, block: Network) -> Entry:
    words = ("block", *chinese_names(kind_name))
    title = translate("ReadyBlock", block.name) if kind_name in CHINESE_BLOCKS else block.name
    return Entry(kind_name, title, BLOCK, _about(block), words, as_kind(block))


def _about(block: Network) -> str:
    """Say which parameters a block has."""
    names = ", ".join(parameter.name for parameter in block.parameters)
    return f"{block.name} ({names})" if names else block.name


def _from_files(blocks: list[BlockFile]) -> tuple[Entry, ...]:
    return tuple(
        _of_block(each.kind_name, each.project.network)
        if each.project
        else Entry(each.kind_name, each.name, BLOCK, _complaint(each))
        for each in blocks
    )


def _complaint(block: BlockFile) -> str:
    assert block.problem is not None
    return problem_sentence(block.problem)


def _of_family(family: str) -> tuple[Entry, ...]:
    return tuple(_of_kind(kind) for kind in LAYERS.values() if kind.family == family)


def _of_kind(kind: LayerKind) -> Entry:
    keywords = (*kind.keywords, *chinese_names(kind.name))
    return Entry(kind.name, kind.name, kind.family, layer_help(kind), keywords, kind)
