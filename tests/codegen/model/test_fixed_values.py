"""What depends on no input is computed once, and moves and loads with the module."""

from __future__ import annotations

import torch

from codegen.build import build, build_network
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.values import integer
from tests.codegen.blocks import Line, network

ROWS: Line = ("Input", {"shape": ("N", 6, 8)}, "")


def parts(drawn: Network, *blocks: Network) -> tuple[list[str], list[str]]:
    """Return the statements of ``__init__`` and of ``forward``, of the class that comes first."""
    text = source(infer(drawn, blocks={each.id: each for each in blocks})).text
    made, _, rest = text.partition("super().__init__()\n")[2].partition("    def forward")
    body = rest.split("\n\n\n")[0].splitlines()[1:]
    return [line.strip() for line in made.splitlines() if line], [
        line.split("  #")[0].strip() for line in body
    ]


def test_positions_are_a_buffer() -> None:
    drawn = network({}, "main", "Main", {
        "x": ROWS,
        "place": ("Arange", {"end": 6}, ""),
        "real": ("Cast", {}, "place"),
        "column": ("Unsqueeze", {}, "real"),
        "wave": ("Sin", {}, "column"),
        "sum": ("Add", {}, "x wave"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    made, body = parts(drawn)
    assert made == [
        "place = torch.arange(6)",
        "wave = torch.sin(place.to(torch.float32).unsqueeze(1))",
        'self.register_buffer("wave", wave, persistent=False)',
    ]
    assert body == ["return x + self.wave"]
    model = build_network(drawn).make()
    assert not model.state_dict()
    assert model.to(torch.float64)(torch.zeros(1, 6, 8, dtype=torch.float64)).dtype == torch.float64
    expected = torch.arange(6.0).unsqueeze(1).sin()
    torch.testing.assert_close(
        build_network(drawn).make()(torch.zeros(1, 6, 8))[0, :, :1], expected
    )


def test_what_is_trained_saved_random_or_of_the_input_stays_in_forward() -> None:
    drawn = network({}, "main", "Main", {
        "x": ROWS,
        "learned": ("Parameter", {"shape": (6, 8)}, ""),
        "saved": ("Buffer", {"shape": (6, 8)}, ""),
        "grid": ("Linspace", {"steps": 8}, ""),
        "a": ("Exp", {}, "learned"),
        "b": ("Cos", {}, "saved"),
        "noise": ("RandnLike", {}, "grid"),
        "d": ("Multiply", {}, "x grid"),
        "ab": ("Add", {}, "a b"),
        "abc": ("Add", {}, "ab noise"),
        "abcd": ("Add", {}, "abc d"),
        "y": ("Output", {}, "abcd"),
    })  # fmt: skip
    made, body = parts(drawn)
    grid = 'self.register_buffer("grid", torch.linspace(0.0, 1.0, 8), persistent=False)'
    assert grid in made
    assert not {"torch.exp(", "torch.cos(", "torch.randn_like("} & {*"".join(made).split()}
    assert "torch.randn_like(self.grid)" in " ".join(body)


def test_one_of_several_values_stays_in_forward() -> None:
    drawn = network({}, "main", "Main", {
        "x": ROWS,
        "grid": ("Linspace", {"start": 1.0, "end": 0.0, "steps": 8}, ""),
        "sorted": ("Sort", {}, "grid"),
        "wave": ("Sin", {}, "grid"),
        "sum": ("Add", {}, "x wave"),
        "y": ("Output", {}, "sum"),
        "order": ("Output", {}, "sorted.indices"),
    })  # fmt: skip
    _, body = parts(drawn)
    assert body == ["sum = x + self.wave", "_, order = self.grid.sort(dim=-1)", "return sum, order"]
    _, order = build_network(drawn).make()(torch.zeros(1, 6, 8))
    torch.testing.assert_close(order, torch.arange(8).flip(0))


def test_parameters_are_read_where_they_are_given() -> None:
    block = network({}, "waves", "Waves", {
        "x": ROWS,
        "count": ("Arange", {"end": "=count"}, ""),
        "scaled": ("MultiplyByNumber", {"value": "=rate / 4"}, "count"),
        "decay": ("Exp", {}, "scaled"),
        "both": ("Multiply", {}, "x decay"),
        "twice": ("MultiplyByNumber", {"value": "=count"}, "both"),
        "y": ("Output", {}, "twice"),
    }, integer("count", 8), integer("rate", 2))  # fmt: skip
    drawn = network({"waves": block}, "main", "Main", {
        "a": ROWS, "b": ("[waves]", {"rate": 3}, "a"), "y": ("Output", {}, "b"),
    })  # fmt: skip
    made, body = parts(drawn, block)
    assert "scaled = torch.arange(count) * (rate / 4)" in made
    assert 'self.register_buffer("decay", torch.exp(scaled), persistent=False)' in made
    assert body == ["return x * self.decay * self.count_"]


def test_values_that_are_needed_together_are_buffers_each() -> None:
    drawn = network({}, "main", "Main", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "place": ("Arange", {"end": 4}, ""),
        "real": ("Cast", {}, "place"),
        "square": ("Square", {}, "real"),
        "a": ("Multiply", {}, "x real"),
        "b": ("Multiply", {}, "a square"),
        "y": ("Output", {}, "b"),
        "z": ("Output", {}, "square"),
        "w": ("Output", {}, "place"),
    })  # fmt: skip
    made, body = parts(drawn)
    assert made == [
        'self.register_buffer("place", torch.arange(4), persistent=False)',
        'self.register_buffer("real", self.place.to(torch.float32), persistent=False)',
        'self.register_buffer("square", torch.square(self.real), persistent=False)',
    ]
    assert body == ["y = x * self.real * self.square", "return y, self.square, self.place"]
    built = build(source(infer(drawn)))
    places = torch.arange(4.0)
    torch.testing.assert_close(built.make()(torch.ones(1, 4))[0], places[None] ** 3)
    lines = built.source.text.splitlines()
    assert any("torch.square" in lines[line - 1] for line in built.source.lines_of("square"))


def test_a_whole_number_fills_a_tensor_of_floats() -> None:
    block = network({}, "full", "Full", {
        "x": ROWS,
        "shift": ("Constant", {"shape": (8,), "value": "=n"}, ""),
        "ones": ("Constant", {"shape": (8,), "value": "=n", "dtype": "int64"}, ""),
        "halves": ("Constant", {"shape": (8,), "value": "=n / 2"}, ""),
        "a": ("Add", {}, "x shift"),
        "b": ("Add", {}, "a halves"),
        "y": ("Output", {}, "b"),
        "z": ("Output", {}, "ones"),
    }, integer("n", 3))  # fmt: skip
    drawn = network({"full": block}, "main", "Main", {
        "a": ROWS, "b": ("[full]", {}, "a"), "y": ("Output", {}, "b"), "z": ("Output", {}, "b.z"),
    })  # fmt: skip
    text = source(infer(drawn, blocks={"full": block})).text
    assert "torch.full((8,), float(n))" in text
    assert "torch.full((8,), n, dtype=torch.int64)" in text
    result, ones = build_network(drawn, {"full": block}).make()(torch.zeros(1, 6, 8))
    torch.testing.assert_close(result, torch.full((1, 6, 8), 4.5))
    assert ones.dtype == torch.int64


def test_an_operation_may_be_called_what_a_module_calls_its_own() -> None:
    drawn = network({}, "main", "Main", {
        "x": ROWS,
        "half": ("Multiply", {}, "x x"),
        "place": ("Linspace", {"steps": 8}, ""),
        "train": ("Cos", {}, "place"),
        "sum": ("Add", {}, "half train"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    assert infer(drawn).problems == ()
    model = build_network(drawn).make().train()
    x = torch.randn(2, 6, 8)
    torch.testing.assert_close(model(x), x * x + torch.linspace(0, 1, 8).cos())
