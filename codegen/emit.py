"""From a program to Python text, written as a good PyTorch programmer would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codegen.literals import plain
from codegen.lower import Argument, Attribute, Program, Result, lower
from codegen.wrapping import LINE_LENGTH, wrapped
from graph_model.dims import evaluate
from graph_model.infer import Inference
from graph_model.layers.kind import Module
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec


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
    """Return the file for a network without errors.

    Raises ``GraphError`` where it has some.
    """
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
    title = plain(program.network_name).rstrip(".") or program.class_name
    writer.write(f'"""{title}."""', "")
    writer.write("import torch", "from torch import Tensor, nn", "", "")
    writer.write(f"class {program.class_name}(nn.Module):", f'    """{title}.', "")
    _write_facts(writer, "Input", program.arguments)
    _write_facts(writer, "Output", program.results)
    writer.write(f"    Parameters: {program.parameter_count:,}", '    """', "")


def _write_facts(writer: _Writer, word: str, values: Iterable[Argument | Result]) -> None:
    for value in values:
        fact = f"{word}: {value.name} {_shape(value.spec)} {value.spec.dtype}"
        writer.write(f"    {fact}", node=value.node)


def _write_init(writer: _Writer, program: Program) -> None:
    if not program.attributes:
        return
    writer.write("    def __init__(self) -> None:", "        super().__init__()")
    for attribute in program.attributes:
        writer.write(*wrapped(f"        {_made(attribute)}"), node=attribute.node)
    writer.write("")


def _made(attribute: Attribute) -> str:
    """Return the statement that makes a module, a parameter or a buffer."""
    name, made, form = attribute.name, attribute.constructor, attribute.form
    if isinstance(form, Module):
        return f"self.{name} = {made}"
    if form.is_parameter:
        return f"self.{name} = nn.Parameter({made})"
    end = "" if form.is_persistent else ", persistent=False"
    return f'self.register_buffer("{name}", {made}{end})'


def _write_forward(writer: _Writer, program: Program) -> None:
    arguments = ", ".join(["self", *(f"{each.name}: Tensor" for each in program.arguments)])
    count = len(program.results)
    returned = "Tensor" if count == 1 else f"tuple[{', '.join(['Tensor'] * count)}]"
    signature = wrapped(f"    def forward({arguments}) -> {returned}:")
    writer.write(*signature, node=program.arguments[0].node if len(program.arguments) == 1 else "")
    for statement in program.statements:
        line = f"        {statement.targets} = {statement.expression}"
        comment = f"# {', '.join(map(_shape, statement.specs))}"
        if len(f"{line}  {comment}") <= LINE_LENGTH:
            writer.write(f"{line}  {comment}", node=statement.node)
        else:
            writer.write(f"        {comment}", *wrapped(line), node=statement.node)
    values = ", ".join(result.variable for result in program.results)
    writer.write(*wrapped(f"        return {values}"), node=program.results[0].node)


def _write_main(writer: _Writer, program: Program) -> None:
    names = [argument.name for argument in program.arguments]
    model = "model"
    while model in names:
        model += "_"
    writer.write("", "", 'if __name__ == "__main__":', f"    {model} = {program.class_name}()")
    for argument in program.arguments:
        line = f"    {argument.name} = {_example(argument.spec, program.example_sizes)}"
        writer.write(*wrapped(line), node=argument.node)
    result = f"{model}({', '.join(names)})"
    if len(program.results) == 1:
        writer.write(*wrapped(f"    print(tuple({result}.shape))"))
    else:
        writer.write(*wrapped(f"    for output in {result}:"))
        writer.write("        print(tuple(output.shape))")


def _example(spec: TensorSpec, sizes: Mapping[str, int]) -> str:
    """Return the text of a tensor of this shape; zeros are valid indices as well."""
    shape = ", ".join(str(evaluate(dim, sizes)) for dim in spec.shape) or "()"
    dtype = "" if spec.dtype == "float32" else f", dtype=torch.{spec.dtype}"
    return f"torch.zeros({shape}{dtype})"


def _shape(spec: TensorSpec) -> str:
    dims = ", ".join(map(str, spec.shape))
    return f"({dims},)" if len(spec.shape) == 1 else f"({dims})"
