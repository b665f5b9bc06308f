"""Classes become blocks: drawn where they are used, and the same where they draw the same."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from codegen.importing.drawing import Drawing
from codegen.importing.expressions import is_tensor
from codegen.importing.marks import Marks
from codegen.importing.numbers import formula_of, plain
from codegen.importing.values import Class, Instance, Optional, Tensor, unread
from codegen.names import class_name
from graph_model.blocks import INDEX
from graph_model.formula_parser import LONGEST
from graph_model.formulas import Formula, evaluate, names_in, write
from graph_model.network import Network, Node, use_kind
from graph_model.problems import Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, Value, integer

if TYPE_CHECKING:
    from codegen.importing.reader import Reader

_MOST_PORTS: Final = 64


class Blocks:
    """The blocks that were drawn so far."""

    def __init__(self) -> None:
        self.networks: dict[str, Network] = {}
        self._of: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        self.marks: dict[str, Marks] = {}

    def in_order(self) -> dict[str, Network]:
        """Return the blocks by their ids, in the order of their classes."""
        ids = sorted(self.networks, key=lambda id: self._lines[id])
        return {id: self.networks[id] for id in ids}

    def use(
        self,
        reader: Reader,
        node: ast.AST,
        module: Instance,
        given: list[Any],
        named: dict[str, Any],
    ) -> Any:
        """Draw a use of a module: its block where there is none like it, and the node."""
        assert reader.drawing is not None
        outer = reader.drawing
        inner = Drawing(module.made_of.name, is_block=True, follows=outer.follows)
        inputs, arguments, keywords = _entered(reader, inner, module, given, named)
        reader.drawings.append(inner)
        try:
            result, where = run_forward(reader, node, module, arguments, keywords)
            specs, shape = _left(reader, node, inner, result, where)
        finally:
            reader.drawings.pop()
        network, kept = self._interned(module, inner)
        if outer.is_used_otherwise(module, use_kind(network.id)):
            raise unread(node, "import_used_otherwise", name=module.made_of.name)
        values, formulas = _given(module, kept)
        outer.line, outer.at = getattr(node, "lineno", 0), node
        found = outer.block(module, use_kind(network.id), values, formulas, inputs, specs)
        return _rebuilt(shape, found)

    def optional(
        self,
        reader: Reader,
        node: ast.AST,
        module: Optional,
        given: list[Any],
        named: dict[str, Any],
    ) -> Any:
        """Draw a module that is there only under a condition."""
        assert reader.drawing is not None
        if not reader.drawing.is_block:  # which has no arguments that could be otherwise
            is_there = module.condition.value
            return reader.forward(node, module.module, given, named) if is_there else given[0]
        result = self.use(reader, node, module.module, given, named)
        drawn = reader.drawing.nodes[result.port.node]
        drawn.repeat = module.condition.formula
        return result if module.condition.value else Tensor(result.port, given[0].spec)

    def _interned(
        self, module: Instance, drawing: Drawing
    ) -> tuple[Network, tuple[Parameter, ...]]:
        """Return the block that is like a drawing, which becomes one where there is none."""
        name = title_of(module.made_of)
        formulas_hold(drawing, module.arguments)
        network = drawing.network("", name)
        used = {each for node in network.nodes.values() for each in _names_of(node)}
        parameters = tuple(
            _parameter(key, value, module) for key, value in module.arguments.items() if key in used
        )
        network = replace(network, parameters=parameters)
        for id in self._of.get(name, []):
            known = self.networks[id]
            if _content(known) == _content(network):
                return known, known.parameters
        number = len(self._of.setdefault(name, [])) + 1
        id = module.made_of.name.lower() + (f"-{number}" if number > 1 else "")
        made = replace(network, id=id, name=name if number == 1 else f"{name}{number}")
        self.networks[id] = made
        self._of[name].append(id)
        self._lines[id] = module.made_of.node.lineno
        self.marks[id] = marks_of(drawing, module)
        return made, parameters


def run_forward(
    reader: Reader, node: ast.AST, module: Instance, given: list[Any], named: dict[str, Any]
) -> tuple[Any, ast.Return | None]:
    """Run what a module does when it is called; draw its tensors that this does without as well.

    These are part of its weights all the same.
    """
    forward = module.made_of.find("forward")
    if forward is not None:
        found = reader.returned(node, forward, [module, *given], named)
    elif module.children is None or module.children.kind != "Sequential":
        raise unread(node, "import_no_forward", name=module.made_of.name)
    else:
        for each in module.children.modules.values():
            given, named = [reader.forward(node, each, given, named)], {}
        found = given[0], None
    reader.draw_unused(module)
    return found


def forward_arguments(module: Instance) -> list[ast.arg]:
    """Return the arguments of ``forward``, without ``self``."""
    forward = module.made_of.find("forward")
    if forward is None:
        return [ast.arg("x")]
    return [*forward.node.args.args][1:]


def _entered(
    reader: Reader,
    inner: Drawing,
    module: Instance,
    given: Sequence[Any],
    named: Mapping[str, Any],
) -> tuple[dict[str, Tensor], list[Any], dict[str, Any]]:
    """Draw an Input for each tensor given; return these, and what stands for them."""
    inputs: dict[str, Tensor] = {}

    def enter(name: str, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return type(value)(enter(f"{name}{n}", each) for n, each in enumerate(value, 1))
        if isinstance(value, dict):
            return {key: enter(str(key), each) for key, each in value.items()}
        if not is_tensor(value):
            return plain(value)
        tensor = reader.tensor(value)
        if tensor.spec is None:
            raise unread(None, "import_shape_unknown")
        entered = inner.enter(name, tensor.spec)
        inputs[inner.nodes[entered.port.node].name] = tensor
        return entered

    names = [each.arg for each in forward_arguments(module)]
    names += [f"x{number}" for number in range(len(names), len(given))]
    arguments = [enter(name, each) for name, each in zip(names, given, strict=False)]
    return inputs, arguments, {key: enter(key, each) for key, each in named.items()}


def _left(
    reader: Reader, node: ast.AST, inner: Drawing, result: Any, where: ast.Return | None
) -> tuple[dict[str, TensorSpec | None], Any]:
    """Draw an Output for each tensor that comes back; return their shapes and what they lie in."""
    specs: dict[str, TensorSpec | None] = {}
    called = result_names(result, where)

    def leave(value: Any, name: str) -> Any:
        if isinstance(value, list | tuple):
            parts = [leave(each, f"{name}{n}") for n, each in enumerate(value, 1)]
            return tuple(parts) if isinstance(value, tuple) else parts
        if isinstance(value, dict):
            return {key: leave(each, str(key)) for key, each in value.items()}
        if not is_tensor(value):
            return value
        tensor = reader.tensor(value)
        left = inner.leave(name, tensor)
        specs[left] = tensor.spec
        if len(specs) > _MOST_PORTS:
            raise unread(node, "import_too_large")
        return Leaving(left)

    if isinstance(result, list | tuple) and called:
        parts = [leave(each, name) for each, name in zip(result, called, strict=True)]
        shape: Any = tuple(parts)
    else:
        shape = leave(result, "output")
    if not specs:
        raise unread(node, "import_gives_no_tensor")
    return specs, shape


def title_of(made_of: Class) -> str:
    """Return the first line of a docstring where the class is called after it, else its name."""
    title = (ast.get_docstring(made_of.node) or "").partition("\n")[0].removesuffix(".")
    return title if title and class_name(title) == made_of.name else made_of.name


def marks_of(drawing: Drawing, module: Instance) -> Marks:
    """Return where in the text a network stands that was drawn, and what it says of itself."""
    init = module.made_of.find("__init__")
    names = [each.arg for each in init.node.args.args[1:]] if init is not None else []
    told = {name: default_of(init.node, name) for name in names} if init is not None else {}
    defaults = {name: value for name, value in told.items() if isinstance(value, int | float)}
    made_of = module.made_of
    return Marks(made_of.name, made_of.node.lineno, drawing.marks, tuple(names), defaults)


class Leaving(str):
    """The name of an Output in the place of what it gives."""


def result_names(result: Any, where: ast.Return | None) -> list[str]:
    """Return what the results are called in the text, where each has a name of its own."""
    value = where.value if where is not None else None
    if isinstance(result, list | tuple) and isinstance(value, ast.Tuple | ast.List):
        names = [
            each.id if isinstance(each, ast.Name) and len(each.id) > 1 else f"output{number}"
            for number, each in enumerate(value.elts, 1)
        ]
        return names if len(names) == len(result) else []
    return []


def _rebuilt(shape: Any, found: Mapping[str, Tensor]) -> Any:
    if isinstance(shape, Leaving):
        return found[shape]
    if isinstance(shape, tuple):
        return tuple(_rebuilt(each, found) for each in shape)
    if isinstance(shape, list):
        return [_rebuilt(each, found) for each in shape]
    if isinstance(shape, dict):
        return {key: _rebuilt(each, found) for key, each in shape.items()}
    return shape


def formulas_hold(drawing: Drawing, scope: Mapping[str, Any]) -> None:
    """Leave only formulas that give what stands there, by the arguments of this class alone."""
    numbers = {key: value for key, value in scope.items() if isinstance(value, int | float)}
    drawing.scope = numbers
    for drawn in drawing.nodes.values():
        for name, formula in list(drawn.formulas.items()):
            if not _holds(formula, numbers, drawn.arguments.get(name), drawn.index):
                del drawn.formulas[name]


def _holds(formula: Formula, scope: Mapping[str, Any], value: Value, index: int | None) -> bool:
    known = {**scope} if index is None else {**scope, INDEX: index}
    try:
        found = evaluate(formula, known)
    except Refusal:
        return False
    return found == value and len(write(formula)) <= LONGEST


def _names_of(node: Node) -> list[str]:
    formulas: list[Formula] = [*node.formulas.values()]
    if not isinstance(node.repeat, int):
        formulas.append(node.repeat)
    return [name for each in formulas for name in names_in(each)]


def _parameter(name: str, value: Any, module: Instance) -> Parameter:
    """Return the parameter of a block: its default is that of the class, else what comes first."""
    init = module.made_of.find("__init__")
    default = default_of(init.node, name) if init is not None else None
    usual = default if isinstance(default, int | float) else value
    if isinstance(usual, bool):
        return Parameter(name, Type.BOOLEAN, usual)
    if isinstance(usual, int) and not isinstance(value, float):
        return integer(name, usual, minimum=None)
    return Parameter(name, Type.NUMBER, float(usual))


def default_of(node: ast.FunctionDef, name: str) -> Any:
    """Return the number that an argument of a function has by default, if it has one."""
    arguments = node.args
    pairs = [
        *zip(reversed(arguments.args), reversed(arguments.defaults), strict=False),
        *(
            (each, value)
            for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if value
        ),
    ]
    for argument, value in pairs:
        if argument.arg == name and isinstance(value, ast.Constant):
            return value.value
    return None


def _content(network: Network) -> Any:
    """Return all of a network that makes it what it is, but for its name and declared sizes."""
    nodes = {
        id: replace(node, arguments={}) if node.kind == "Input" else node
        for id, node in network.nodes.items()
    }
    return nodes, network.edges, {each.name for each in network.parameters}


def _given(
    module: Instance, parameters: Sequence[Parameter]
) -> tuple[dict[str, Value], dict[str, Formula]]:
    """Return what a use gives the parameters of its block, and the formulas of some."""
    values: dict[str, Value] = {}
    formulas: dict[str, Formula] = {}
    for each in parameters:
        value = module.arguments[each.name]
        if (formula := formula_of(module.given.get(each.name))) is not None:
            formulas[each.name] = formula
            values[each.name] = value
        elif value != each.default:
            values[each.name] = float(value) if each.type is Type.NUMBER else value
    return values, formulas
