"""Where tensors enter and leave a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from graph_model.constraints import multiple
from graph_model.dims import symbol
from graph_model.layers.kind import Boundary, LayerKind, ports
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, boolean, dtype, multiples, number, shape


def enter(use: Use) -> TensorSpec:
    """Give the tensor that the user declared, and hold its sizes to what was stated of them."""
    entries = use.arguments["shape"]
    assert isinstance(entries, tuple)
    dims = [symbol(each) if isinstance(each, str) else cast("int", each) for each in entries]
    for name, divisor in stated_multiples(use.arguments).items():
        if name in entries and divisor > 1:
            use.constraints.append(multiple(name, divisor))
    spec = TensorSpec(tuple(dims), use.text("dtype"))
    default = use.arguments["default"]
    if isinstance(default, int | float) and not (spec.has_fractions or float(default).is_integer()):
        use.refuse("fraction_of_whole", parameter="default", got=default, dtype=spec.dtype)
    return spec


def stated_multiples(arguments: Arguments) -> Mapping[str, int]:
    """Return the number that each dimension name is said to be a multiple of, by the name."""
    stated = arguments.get("multiples")
    assert stated is None or isinstance(stated, tuple)
    pairs = stated or ()
    return dict(zip(map(str, pairs[::2]), map(int, pairs[1::2]), strict=True))


def leave(_: Use) -> tuple[TensorSpec, ...]:
    """Take any tensor and give none."""
    return ()


KINDS: Final = (
    LayerKind(
        name="Input",
        family="input_output",
        help="Where data enters the network. Its name becomes an argument of forward.",
        form=Boundary(),
        rule=enter,
        parameters=(
            shape(
                "shape",
                ("N", 1, 28, 28),
                "The sizes, batch first; a capital letter such as N stands for any size.",
            ),
            multiples(
                "multiples", "What the symbolic sizes are multiples of, so that none is rounded."
            ),
            dtype("dtype", "float32", "float32 for measurements and pixels, int64 for indices."),
            boolean(
                "optional",
                False,
                "Whether uses of the block may leave it open, as mask=None in forward; layers that "
                "can do without then get None.",
            ),
            number(
                "default",
                None,
                "The number that fills the tensor where a use of the block leaves it open.",
                minimum=-1e9,
                maximum=1e9,
            ),
        ),
        inputs=ports(),
        card=("optional {optional}", "= {default}"),
        stem="input",
        keywords=("placeholder", "data", "source"),
    ),
    LayerKind(
        name="Output",
        family="input_output",
        help="What the network returns. Its name is that of the result.",
        form=Boundary(),
        rule=leave,
        outputs=ports(),
        stem="output",
        keywords=("result", "return", "target"),
    ),
)
