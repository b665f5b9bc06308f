"""From a program to Python text, written as a good PyTorch programmer would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from codegen.custom_layers.sections import Section, import_lines
from codegen.line_breaks import LINE_LENGTH, wrapped
from codegen.literals import plain
from codegen.model.lower import lower
from codegen.model.program import DERIVING, RESET, Argument, Attribute, Class, Method, Part, Program
from codegen.names import is_told
from graph_model.dims import evaluate
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NetworkId, NodeId
from graph_model.tensors import TensorSpec


class Origin(NamedTuple):
    """The node that a line stems from, the network that it lies in, and what it is in the line."""

    network: NetworkId
    node: NodeId
    text: str = ""


@frozen
class Source:
    """The text of a Python file, and which node each of its lines (from 1 on) stems from.

    ``line_to_node`` has the lines of the network itself, ``origins`` those of its blocks as well,
    with all nodes of a line, the innermost first; ``sections`` those of its custom layers.
    """

    text: str
    class_name: str
    line_to_node: Mapping[int, NodeId]
    origins: Mapping[int, tuple[Origin, ...]] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()

    def lines_of(self, node: NodeId, network: NetworkId | None = None) -> tuple[int, ...]:
        """Return the lines that stem from a node, of the main network if no other is named."""
        return tuple(
            line
            for line, origins in self.origins.items()
            if (line in self.line_to_node if network is None else network == origins[0].network)
            and any(each.node == node for each in origins)
        )


def source(inference: Inference, alone: Sequence[Sequence[NodeId]] = ()) -> Source:
    """Return the file for a network.

    Its class has a method for each of ``alone``, which computes these Outputs and no others. Raises
    ``GraphError`` where the network has errors.
    """
    return emit(lower(inference, alone))


def emit(program: Program) -> Source:
    """Return the file for a program."""
    writer = _Writer()
    main = program.main
    writer.write(f'"""{_title(main)}."""', "", *import_lines(program.texts, program.imports))
    sections = tuple(writer.write_section(text) for text in program.texts)
    for block in program.blocks:
        told = is_told(block.title, block.name)  # by the name of the class
        _write_class(writer, block, [] if told else [f'    """{_title(block)}."""', ""])
    facts = [f'    """{_title(main)}.', "", *_facts(program), '    """', ""]
    _write_class(writer, main, facts)
    _write_main(writer, program)
    origins = writer.origins
    nodes = {
        line: each[-1].node for line, each in origins.items() if each[-1].network == main.network
    }
    return Source(writer.text(), main.name, nodes, origins, sections)


class _Writer:
    """Collects lines and remembers which node each stems from."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._network: NetworkId = ""
        self.origins: dict[int, tuple[Origin, ...]] = {}

    def begin(self, network: NetworkId) -> None:
        """Begin the class of a network, whose nodes are meant from here on."""
        self._network = network

    def write(self, *lines: str | _Fact, node: NodeId = "", parts: Sequence[Part] = ()) -> None:
        for line in lines:
            origins = [Part(line.node if isinstance(line, _Fact) else node), *parts]
            self._lines.append(line.text if isinstance(line, _Fact) else line)
            if found := tuple(Origin(self._network, *each) for each in origins if each.node):
                self.origins[len(self._lines)] = found

    def write_section(self, text: str) -> Section:
        """Write the text of a custom layer."""
        self.write("", "")
        section = Section(len(self._lines) + 1, text)
        self.write(*section.lines)
        return section

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


@frozen
class _Fact:
    """A line of a docstring that stems from a node."""

    text: str
    node: NodeId


def _title(made: Class) -> str:
    return plain(made.title).rstrip(".") or made.name


def _facts(program: Program) -> Iterator[str | _Fact]:
    main = program.main
    for word, values in (("Input", main.arguments), ("Output", main.results)):
        for value in values:
            fact = f"    {word}: {value.name} {_shape(value.spec)} {value.spec.dtype}"
            yield _Fact(fact, value.node)
    if program.required:
        yield f"    Needs: {', '.join(program.required)}"
    yield f"    Parameters: {program.parameter_count:,}"


def _write_class(writer: _Writer, made: Class, docstring: Sequence[str | _Fact]) -> None:
    writer.begin(made.network)
    base = "nn.Sequential" if made.is_chain else "nn.Module"
    writer.write("", "", f"class {made.name}({base}):", *docstring)
    _write_init(writer, made)
    if made.is_chain:
        return
    forward = "forward", made.arguments, made.statements, made.results, made.derives
    _write_method(writer, Method(*forward))
    for method in made.methods:
        writer.write("")
        told = "this output" if len(method.results) == 1 else "these outputs"
        _write_method(writer, method, f'        """Return {told} alone."""')


def _write_init(writer: _Writer, made: Class) -> None:
    if not made.attributes and not made.settings:
        return
    settings = (
        f"{each.name}: {each.annotation}" + (f" = {each.default}" if each.default else "")
        for each in made.settings
    )
    writer.write(*wrapped(f"    def __init__({', '.join(['self', *settings])}) -> None:"))
    writer.write("        super().__init__()")
    for attribute in made.attributes:
        for statement in attribute.before:
            for line in statement.lines:
                writer.write(*wrapped(f"        {line}"), parts=statement.parts)
        others = [*map(Part, attribute.others)]
        writer.write(*wrapped(f"        {_made(attribute)}"), node=attribute.node, parts=others)
        if attribute.frozen:
            frozen = f"        self.{attribute.name}.requires_grad_(False)"
            writer.write(frozen, node=attribute.node)
    if made.resets:
        writer.write(f"        self.{RESET}()", "")
        writer.write(f"    def {RESET}(self) -> None:")
        for statement in made.resets:
            for line in statement.lines:
                writer.write(*wrapped(f"        {line}"), parts=statement.parts)
    if not made.is_chain:
        writer.write("")


def _made(attribute: Attribute) -> str:
    """Return the statement that makes a module, a parameter or a buffer, or keeps a setting."""
    name, made, form = attribute.name, attribute.constructor, attribute.form
    if form is None:
        return f"self.{name} = {made}"
    if form.is_parameter:
        return f"self.{name} = nn.Parameter({made})"
    end = "" if form.is_persistent else ", persistent=False"
    return f'self.register_buffer("{name}", {made}{end})'


def _write_method(writer: _Writer, made: Method, *docstring: str) -> None:
    arguments = ", ".join(["self", *map(_argument, made.arguments)])
    count = len(made.results)
    returned = "Tensor" if count == 1 else f"tuple[{', '.join(['Tensor'] * count)}]"
    if made.derives:
        writer.write(f"    @{DERIVING}  # in evaluation, too")
    signature = wrapped(f"    def {made.name}({arguments}) -> {returned}:")
    writer.write(*signature, node=made.arguments[0].node if len(made.arguments) == 1 else "")
    writer.write(*docstring)
    for statement in made.statements:
        *before, line = (f"        {line}" for line in statement.lines)
        for each in before:
            writer.write(*wrapped(each), parts=statement.parts)
        comment = f"# {statement.comment}" if statement.comment else ""
        if len(f"{line}  {comment}".rstrip()) <= LINE_LENGTH:
            writer.write(f"{line}  {comment}".rstrip(), parts=statement.parts)
        else:
            indent = line[: len(line) - len(line.lstrip())]
            above = [f"{indent}{comment}"] if comment else []
            writer.write(*above, *wrapped(line), parts=statement.parts)
    values = ", ".join(result.text for result in made.results)
    first = made.results[0]
    writer.write(*wrapped(f"        return {values}"), parts=(*first.parts, Part(first.node)))


def _argument(argument: Argument) -> str:
    if argument.may_stay_open:
        return f"{argument.name}: Tensor | None = None"
    return f"{argument.name}: Tensor"


def _write_main(writer: _Writer, program: Program) -> None:
    main = program.main
    names = [argument.name for argument in main.arguments]
    model = "model"
    while model in names:
        model += "_"
    writer.write("", "", 'if __name__ == "__main__":', f"    {model} = {main.name}()")
    for argument in main.arguments:
        line = f"    {argument.name} = {_example(argument.spec, program.example_sizes)}"
        writer.write(*wrapped(line), node=argument.node)
    result = f"{model}({', '.join(names)})"
    if len(main.results) == 1:
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
