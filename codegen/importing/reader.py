"""What source does with modules and tensors while it is read: makes them, calls them, draws."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from codegen.importing import (
    binding,
    calling,
    layer_calls,
    making_tensors,
    members,
    methods,
    python_functions,
)
from codegen.importing.blocks import Blocks
from codegen.importing.common import Opaque, Super
from codegen.importing.drawing import Drawing
from codegen.importing.expressions import is_tensor
from codegen.importing.interpreter import Interpreter, ReturnError
from codegen.importing.kept_text import KeptTexts
from codegen.importing.numbers import plain
from codegen.importing.tensor_calls import TensorCalls
from codegen.importing.values import (
    Class,
    Container,
    Function,
    Held,
    Instance,
    Layer,
    Made,
    Optional,
    Scope,
    Sizes,
    Tagged,
    Tensor,
    UnreadError,
    WeightOf,
    unread,
)
from graph_model.dims import Expression
from graph_model.formulas import Name as Parameter
from graph_model.inference.answers import ask
from graph_model.layers import LAYERS
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec

_DEEPEST: Final = 40
"""How many calls may lie within each other: each takes several of Python's own."""


class Reader:
    """Makes modules and draws what they do; the notes are what a person should know of it."""

    def __init__(self, text: str, tree: ast.Module, kept: Collection[str] | None = None) -> None:
        self.interpreter = Interpreter(self)
        self.calls = TensorCalls(self)
        self.blocks = Blocks()
        self.kept = KeptTexts(text, tree, kept)
        self.drawings: list[Drawing] = []
        self.notes: list[Problem] = []
        self.called: set[int] = set()
        """The modules of the catalogue and the tensors of modules that were used."""
        self._unused: set[int] = set()
        self._depth = 0
        self._specs: dict[int, tuple[Made, TensorSpec | None]] = {}

    @property
    def drawing(self) -> Drawing | None:
        """The network that is being drawn."""
        return self.drawings[-1] if self.drawings else None

    def note(self, node: ast.AST, code: str, **values: str) -> None:
        """Note something once for each line."""
        problem = unread(node, code, **values).problem
        if problem not in self.notes:
            self.notes.append(problem)

    def leave_out(self, node: ast.AST) -> None:
        """Note that a statement means nothing for the drawing."""
        self.note(node, "import_left_out")

    def assume(self, node: ast.AST, what: str) -> bool:
        """Take a condition that is not known as it is in evaluation, and say so."""
        self.note(node, "import_as_in_evaluation", what=what)
        return False

    def named(self, target: str, value: Any) -> None:
        """Give what a variable holds its name."""
        if isinstance(value, Tensor) and self.drawing is not None:
            self.drawing.call(value, target)

    def put_in(self, of: Container, name: str, value: Any) -> None:
        """Put a module into a container."""
        methods.put_in(of, name, value)

    def builtin(self, name: str) -> Any:
        """Return a function of Python itself."""
        return python_functions.BUILTINS.get(name)

    def parent(self, node: ast.Call, scope: Scope) -> Any:
        """Return what ``super()`` stands for."""
        try:
            return Super(scope.find("__self__"), scope.find("__class__"))
        except KeyError:
            raise unread(node, "import_unknown_name", name="super") from None

    # Tensors

    def draw(self, layer: Layer, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Draw an operation, or hold it until it is used where nothing is drawn yet."""
        self.calls.check(self.interpreter.at, LAYERS[layer.kind], layer.arguments)
        if self.drawing is None or self._depends_on_nothing(layer, inputs):
            ports = LAYERS[layer.kind].outputs(LAYERS[layer.kind].complete(layer.arguments))
            given = tuple(inputs.items())
            return {
                port: Made(layer.kind, layer.arguments, layer.formulas, given, port)
                for port in ports
            }
        self.drawing.line = getattr(self.interpreter.at, "lineno", 0)
        return self.drawing.layer(layer, {key: self.tensor(each) for key, each in inputs.items()})

    def _depends_on_nothing(self, layer: Layer, inputs: Mapping[str, Any]) -> bool:
        return not LAYERS[layer.kind].holds_module and all(
            isinstance(each, Made) for each in inputs.values()
        )

    def tensor(self, value: Any) -> Tensor:
        """Return a tensor of the drawing, drawn now where it was only held."""
        if isinstance(value, Tensor):
            return value
        assert self.drawing is not None
        if isinstance(value, WeightOf) or not isinstance(value, Made):
            raise unread(None, "import_uses_weight")
        found = self.drawing.made.get(id(value))
        if found is None:
            layer = Layer(value.kind, dict(value.arguments), dict(value.formulas))
            inputs = {key: self.tensor(each) for key, each in value.inputs}
            found = self.drawing.layer(layer, inputs)[value.port]
            self.drawing.made[id(value)] = found
            self._specs.setdefault(id(value), (value, found.spec))  # which keeps it alive
        return found

    def draw_unused(self, module: Instance) -> None:
        """Draw the tensors that a module holds and does not use, each time that it is drawn."""
        for each in module.members.values():
            if isinstance(each, Held) and (id(each) not in self.called or id(each) in self._unused):
                self._unused.add(id(each))
                members.used(self, each)

    def spec(self, tensor: Any) -> TensorSpec | None:
        """Return the shape of a tensor, where it is known."""
        if isinstance(tensor, Tensor):
            return tensor.spec
        if not isinstance(tensor, Made):
            return None
        if id(tensor) not in self._specs:
            self._specs[id(tensor)] = (tensor, self._made_spec(tensor))
        return self._specs[id(tensor)][1]

    def _made_spec(self, made_one: Made) -> TensorSpec | None:
        specs = {port: self.spec(each) for port, each in made_one.inputs}
        if any(each is None for each in specs.values()):
            return None
        complete = LAYERS[made_one.kind].complete(made_one.arguments)
        answer = ask(made_one.kind, tuple(complete.items()), tuple(specs.items()))
        return answer.outputs.get(made_one.port)

    def like_size(self, node: ast.AST, size: Expression, rank: int = 0) -> tuple[Any, int]:
        """Return a tensor of the drawing that has a size; with a rank, the last of that rank."""
        assert self.drawing is not None
        known = [each for each in self.drawing.tensors if each.spec and size in each.spec.shape]
        if not rank and known:
            return known[0], known[0].spec.shape.index(size)  # type: ignore[union-attr]
        for tensor in reversed(known):
            if tensor.spec is not None and tensor.spec.rank == rank:
                return tensor, tensor.spec.shape.index(size)
        for tensor in known:
            if tensor.spec is not None and tensor.spec.shape[0] == size and tensor.spec.rank > rank:
                found: Any = tensor
                for _ in range(tensor.spec.rank - rank):
                    found = self.calls.one("Select", {"dim": -1, "index": 0}, input=found)
                return found, 0
        raise unread(node, "import_size_unknown")

    def operator(self, node: ast.expr, sign: str, operands: Sequence[Any]) -> Any:
        """Draw an operator on tensors; several sums or products in a row are one."""
        if sign in ("+", "*") and isinstance(node, ast.BinOp) and self.drawing is not None:
            kind = "Add" if sign == "+" else "Multiply"
            inner = node.left
            is_row = isinstance(inner, ast.BinOp) and type(inner.op) is type(node.op)
            left, right = operands
            if is_row and isinstance(left, Tensor) and is_tensor(right):
                found = self.drawing.add_further(kind, left, self.tensor(right))
                if found is not None:
                    return found
        return self.calls.operator(node, sign, operands)

    def iterated(self, node: ast.AST, value: Any) -> Sequence[Any]:
        """Return what a loop goes through."""
        value = plain(value) if isinstance(value, Tagged) else value
        match value:
            case Container(kind="ModuleDict" | "ParameterDict"):
                return [*value.modules]
            case Container():
                return [members.used(self, each) for each in value.modules.values()]
            case Instance(children=Container() as children):
                return [*children.modules.values()]
            case Instance() if value.made_of.is_record:
                return [*value.members.values()]
            case range() | tuple() | list() | str():
                return value
            case dict():
                return [*value]
            case Tensor():
                return self.calls.call(node, "unbind", [value, 0], {})  # type: ignore[no-any-return]
            case Made() if (row := making_tensors.row_of(value)) is not None:
                return row
            case Opaque():
                self.note(node, "import_left_out")
                return ()
            case _:
                raise unread(node, "import_cannot_iterate")

    # Members and items

    def sizes(self, node: ast.AST, of: Any) -> Sizes:
        """Return the sizes of a tensor, which remember whose they are."""
        found = Sizes(self.calls.known(node, of).shape)
        found.of, found.is_whole = of, True
        return found

    def member(self, node: ast.Attribute, of: Any) -> Any:
        """Return ``of.name``."""
        return members.member(self, node, of)

    def set_member(self, node: ast.AST, of: Any, name: str, value: Any) -> None:
        """Do ``of.name = value``."""
        members.set_member(self, node, of, name, value)

    def item(self, node: ast.Subscript, of: Any, index: Any) -> Any:
        """Return ``of[index]``."""
        return members.item(self, node, of, index)

    # Calls

    def call(self, node: ast.Call, function: Any, given: list[Any], named: dict[str, Any]) -> Any:
        """Do a call."""
        return calling.call(self, node, function, given, named)

    def run(
        self, node: ast.AST, function: Function, given: list[Any], named: dict[str, Any]
    ) -> Any:
        """Run a function of the text, and return what it gives."""
        return self.returned(node, function, given, named)[0]

    def returned(
        self, node: ast.AST, function: Function, given: list[Any], named: dict[str, Any]
    ) -> tuple[Any, ast.Return | None]:
        """Run a function; return what it gives, and the statement that gave it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise unread(node, "import_too_deep")
        try:
            scope = Scope(function.around)
            binding.bind(self, node, function, given, named, scope)
            if function.owner is not None:
                scope.names["__class__"] = function.owner
            if isinstance(function.node, ast.Lambda):
                return self.interpreter.value(function.node.body, scope), None
            try:
                self.interpreter.run(function.node.body, scope)
            except ReturnError as end:
                return end.value, end.node
            return None, None
        finally:
            self._depth -= 1

    def make(self, node: ast.AST, of: Class, given: list[Any], named: dict[str, Any]) -> Any:
        """Make an object of a class; numbers that a module is given are its parameters."""
        instance = Instance(of, line=getattr(node, "lineno", 0))
        if of.container:
            instance.children = Container(of.container)
        init = of.find("__init__")
        if init is None:
            binding.make_plainly(self, node, instance, given, named)
            return instance
        scope = Scope(init.around)
        binding.bind(self, node, init, [instance, *given], named, scope)
        if of.is_module:
            for name, value in list(scope.names.items()):
                instance.given[name] = value
                number = plain(value) if isinstance(value, Tagged) else value
                instance.arguments[name] = number
                if isinstance(number, int | float):
                    scope.names[name] = Tagged(number, Parameter(name))
                else:
                    scope.names[name] = _without_tags(value)
        scope.names["__class__"] = init.owner
        drawings, self.drawings = self.drawings, []
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise unread(node, "import_too_deep")
            self.interpreter.run(init.node.body, scope)
        except ReturnError:
            pass
        finally:
            self._depth -= 1
            self.drawings = drawings
        return instance

    def optional(self, node: ast.IfExp, condition: Tagged, scope: Scope) -> Any:
        """Return a module that is there only under a condition, where it is such a one."""
        for chosen, other, holds in (
            (node.body, node.orelse, True),
            (node.orelse, node.body, False),
        ):
            if not _is_nothing(other) or not isinstance(chosen, ast.Call) or not holds:
                continue
            module = self.interpreter.value(chosen, scope)
            is_block = isinstance(module, Instance) and module.made_of.is_module
            if is_block and isinstance(condition.value, bool):
                return Optional(module, condition)
        return None

    # Modules are called

    def forward(self, node: ast.AST, module: Any, given: list[Any], named: dict[str, Any]) -> Any:
        """Call a module on tensors."""
        if self.drawing is None:
            self.drawings.append(Drawing("", is_block=True))
            try:
                return self.forward(node, module, self._placed(given), named)
            finally:
                self.drawings.pop()
        match module:
            case Layer():
                self.called.add(id(module))
                return layer_calls.call_layer(self, node, module, given, named)
            case Container(kind="Sequential"):
                for each in module.modules.values():
                    given, named = [self.forward(node, each, given, named)], {}
                return given[0]
            case Optional():
                return self.blocks.optional(self, node, module, given, named)
            case Instance() if module.made_of.is_module:
                return self._use(node, module, given, named)
            case Instance() if (method := module.made_of.find("__call__")) is not None:
                return self.run(node, method, [module, *given], named)
            case _:
                raise unread(node, "import_cannot_call")

    def _use(self, node: ast.AST, module: Instance, given: list[Any], named: dict[str, Any]) -> Any:
        """Draw a use of a module: as a block, else with its text as a custom layer."""
        depth, count = self._depth, len(self.drawings)
        try:
            if self.kept.is_wanted(module.made_of):
                raise unread(node, "import_no_forward", name=module.made_of.name)
            return self.blocks.use(self, node, module, given, named)
        except UnreadError as error:
            self._depth = depth
            del self.drawings[count:]
            assert self.drawing is not None
            is_again = self.drawing.is_used_otherwise(module, "")  # with weights that it shares
            if named or is_again or not self.kept.takes(module.made_of):
                raise
            return self.kept.use(self, module, given, error)

    def _placed(self, given: list[Any]) -> list[Any]:
        """Return tensors that are only made as Inputs of a drawing that nobody keeps."""
        assert self.drawing is not None
        return [
            self.drawing.enter("x", spec)
            if isinstance(each, Made) and (spec := self.spec(each)) is not None
            else each
            for each in given
        ]


def _is_nothing(node: ast.expr) -> bool:
    """Tell whether an expression makes what passes on what comes in."""
    return isinstance(node, ast.Call) and ast.unparse(node).endswith("Identity()")


def _without_tags(value: Any) -> Any:
    """Return what a class is given without the formulas of the one that gives it."""
    if isinstance(value, Layer):
        value.formulas.clear()
    if isinstance(value, dict):
        return {key: _without_tags(each) for key, each in value.items()}
    return plain(value) if isinstance(value, tuple | list) else value
