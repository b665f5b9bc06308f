"""From a program to Python text, written as a good PyTorch programmer would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codegen.literals import plain
from codegen.lower import Argument, Program, lower
from graph_model.dims import Dim, evaluate, symbols
from graph_model.infer import Inference
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec

LINE_LENGTH = 100
_EXAMPLE_BATCH = 2
_EXAMPLE_SIZE = 32


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a Python file, and which node each of its lines (from 1 on) stems from."""

    text: str
    class_name: str
    line_to_node: Mapping[int, NodeId]

    def lines_of(self, node: NodeId) -> tuple[int, ...]:
        """Return the lines that stem from a node."""
        return tuple(line for line, each in self.line_to_node.items() if each == node)


def source(inference: Inference) -> Source:
    """Return the file for a network without errors."""
    return emit(lower(inference))


def emit(program: Program) -> Source:
    """Return the file for a program."""
    writer = _Writer()
    _write_header(writer, program)
    _write_init(writer, program)
    _write_forward(writer, program)
    _write_main(writer, program)
    return Source(writer.text(), program.class_name, writer.line_to_node)


class _Writer:
    """Collects lines and remembers which node each stems from."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.line_to_node: dict[int, NodeId] = {}

    def write(self, *lines: str, node: NodeId = "") -> None:
        for line in lines:
            self._lines.append(line)
            if node:
                self.line_to_node[len(self._lines)] = node

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def _write_header(writer: _Writer, program: Program) -> None:
    title = plain(program.network_name) or program.class_name
    writer.write(f'"""{title.removesuffix(".")}."""', "")
    if _needs_torch(program):
        writer.write("import torch")
    writer.write("from torch import Tensor, nn", "", "")
    writer.write(f"class {program.class_name}(nn.Module):", f'    """{title}.', "")
    facts = [
        *_facts("Input", [(each.name, each.spec) for each in program.arguments]),
        *_facts("Output", [(each.name, each.spec) for each in program.results]),
        f"Parameters: {program.parameter_count:,}",
    ]
    writer.write(*(f"    {fact}" for fact in facts), '    """', "")


def _facts(word: str, values: Sequence[tuple[str, TensorSpec]]) -> Iterator[str]:
    for name, spec in values:
        yield f"{word}: {name} {_shape(spec)} {spec.dtype}"


def _needs_torch(program: Program) -> bool:
    return bool(program.arguments) or any("torch." in s.expression for s in program.statements)


def _write_init(writer: _Writer, program: Program) -> None:
    if not program.attributes:
        return
    writer.write("    def __init__(self) -> None:", "        super().__init__()")
    for attribute in program.attributes:
        writer.write(
            *_wrapped(f"        self.{attribute.name} = {attribute.constructor}"),
            node=attribute.node,
        )
    writer.write("")


def _write_forward(writer: _Writer, program: Program) -> None:
    arguments = ", ".join(["self", *(f"{each.name}: Tensor" for each in program.arguments)])
    count = len(program.results)
    returned = "Tensor" if count == 1 else f"tuple[{', '.join(['Tensor'] * count)}]"
    start = len(writer.text().splitlines()) + 1
    writer.write(*_wrapped(f"    def forward({arguments}) -> {returned}:"))
    if len(program.arguments) == 1:
        writer.line_to_node[start] = program.arguments[0].node
    for statement in program.statements:
        line = f"        {statement.targets} = {statement.expression}"
        comment = "  # " + ", ".join(map(_shape, statement.specs))
        if len(line + comment) <= LINE_LENGTH:
            writer.write(line + comment, node=statement.node)
        else:
            writer.write(f"        {comment.strip()}", *_wrapped(line), node=statement.node)
    values = ", ".join(result.variable for result in program.results)
    for line in _wrapped(f"        return {values}"):
        writer.write(line, node=program.results[0].node)


def _write_main(writer: _Writer, program: Program) -> None:
    writer.write("", "", 'if __name__ == "__main__":', f"    model = {program.class_name}()")
    names = []
    for argument in program.arguments:
        names.append(argument.name)
        writer.write(*_wrapped(f"    {argument.name} = {_example(argument)}"), node=argument.node)
    result = f"model({', '.join(names)})"
    if len(program.results) == 1:
        writer.write(*_wrapped(f"    print(tuple({result}.shape))"))
    else:
        writer.write(*_wrapped(f"    print([tuple(each.shape) for each in {result}])"))


def _example(argument: Argument) -> str:
    """Return the text of a tensor that the network takes."""
    sizes = ", ".join(str(_example_size(dim)) for dim in argument.spec.shape)
    shape = sizes or "()"
    if argument.spec.dtype == "float32":
        return f"torch.zeros({shape})"
    return f"torch.zeros({shape}, dtype=torch.{argument.spec.dtype})"


def _example_size(dim: Dim) -> int:
    return evaluate(
        dim, {name: _EXAMPLE_BATCH if name == "N" else _EXAMPLE_SIZE for name in symbols(dim)}
    )


def _shape(spec: TensorSpec) -> str:
    dims = ", ".join(map(str, spec.shape))
    return f"({dims},)" if len(spec.shape) == 1 else f"({dims})"


def _wrapped(line: str) -> list[str]:
    """Break a long line at its outermost brackets, each argument on a line where need be."""
    if len(line) <= LINE_LENGTH:
        return [line]
    opening, closing = _outer_brackets(line)
    if opening < 0:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    inner = line[opening + 1 : closing]
    if len(indent) + 4 + len(inner) <= LINE_LENGTH:
        middle = [f"{indent}    {inner}"]
    else:
        middle = [f"{indent}    {part}," for part in _split(inner)]
    return [line[: opening + 1], *middle, f"{indent}{line[closing:]}"]


def _outer_brackets(line: str) -> tuple[int, int]:
    """Return where the last outermost pair of parentheses begins and ends, or (-1, -1)."""
    depth, opening, found = 0, -1, (-1, -1)
    for index, letter in enumerate(line):
        if letter in "([{":
            if depth == 0:
                opening = index
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0 and line[opening] == "(":
                found = (opening, index)
    return found


def _split(text: str) -> list[str]:
    """Split at the commas outside all brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]
