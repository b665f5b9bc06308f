"""Writes ``docs/layers.md``, the page of all layers: ``python -m tools.layer_docs write|check``.

write  make the page anew from the catalogue
check  exit with 1 where the page is not that of the catalogue
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from app.language.sentences import family_title
from codegen.literals import literal
from graph_model.entry import Entry
from graph_model.initialisation.kinds import INITS
from graph_model.layers import FAMILIES, LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.left_out import LEFT_OUT
from graph_model.parametrizations.kinds import PARAMETRIZATIONS
from graph_model.recipes.losses import LOSSES
from graph_model.values import Parameter, Type
from tools.generated_page import keep

PAGE = Path(__file__).resolve().parent.parent / "docs" / "layers.md"
HEAD = """\
# Layers

Every layer that can be drawn, by family. A parameter in *italics* follows from the input unless
it is pinned. A port in (parentheses) may stay unconnected. This page is made from the catalogue
by `python -m tools.layer_docs write`.
"""


def page() -> str:
    """Return the text of the page."""
    parts = [HEAD, *_contents()]
    for family in FAMILIES:
        kinds = [kind for kind in LAYERS.values() if kind.family == family]
        parts += [f"\n## {family_title(family)}\n", *map(_row, kinds)]
    parts += ["\n## Losses of the recipe\n"]
    parts += map(_chosen, LOSSES.values())
    parts += ["\n## What weights can begin with\n", *map(_chosen, INITS.values())]
    norms = map(_chosen, PARAMETRIZATIONS.values())
    parts += ["\n## Norms of weights\n", *norms]
    parts += ["\n## Classes of torch.nn that are not here\n"]
    parts += [f"- {name}: {reason}." for name, reason in LEFT_OUT.items()]
    return "\n".join(parts) + "\n"


def _chosen(entry: Entry) -> str:
    """Write an entry of a catalogue that is chosen from."""
    named = ", ".join(f"`{_default(each)}`" for each in entry.parameters)
    return f"- **{entry.name}**: {entry.help}{f' {named}.' if named else ''}"


def _contents() -> Iterator[str]:
    modules = sum(isinstance(kind.form, Module) for kind in LAYERS.values())
    yield (
        f"There are {len(LAYERS)} layers, {modules} of which are classes of `torch.nn`, and "
        f"{len(LOSSES)} losses."
    )


def _row(kind: LayerKind) -> str:
    """Write one layer: its name, sentence, parameters and ports."""
    name = f"[{kind.name}]({_link(kind)})" if kind.documentation else kind.name
    lines = [f"- **{name}**: {kind.help}"]
    if kind.parameters:
        lines.append(f"  Parameters: {', '.join(map(_parameter, kind.parameters))}.")
    ports = _ports(kind)
    if ports != "input → output":
        lines.append(f"  Ports: {ports}.")
    return "\n".join(lines)


def _link(kind: LayerKind) -> str:
    return f"https://pytorch.org/docs/stable/generated/{kind.documentation}"


def _parameter(parameter: Parameter) -> str:
    return f"*{parameter.name}*" if parameter.inferred else f"`{_default(parameter)}`"


def _default(parameter: Parameter) -> str:
    value = parameter.default
    return parameter.name if value is None else f"{parameter.name}={literal(value)}"


def _ports(kind: LayerKind) -> str:
    """Write the ports, those that a switch adds included."""
    switches = {each.name: True for each in kind.parameters if each.type is Type.BOOLEAN}
    most = kind.complete(switches)
    inputs = [f"({name})" if name in kind.optional_inputs else name for name in kind.inputs(most)]
    usual = kind.outputs(kind.defaults)
    outputs = [name if name in usual else f"({name})" for name in kind.outputs(most)]
    return f"{', '.join(inputs)} → {', '.join(outputs)}".strip()


if __name__ == "__main__":
    sys.exit(keep(PAGE, page, "tools.layer_docs"))
