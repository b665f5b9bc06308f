"""The networks that are written by hand beside this file, as they are drawn."""

from __future__ import annotations

from graph_model.network import Port, Project
from graph_model.values import integer
from tools.examples.sketch import Sketch, other

DIM = integer("dim", 64, "")
HEADS = integer("heads", 4, "")
HIDDEN = integer("hidden", 160, "")


def _rotary() -> Project:
    s = Sketch("Rotary", integer("dim", 16, ""), id="rotary")
    x = s.input("x", "N", 4, "T", 16)
    even = s.add("Arange", name="even", start=0, end="=dim", step=2)
    scaled = s.add("MultiplyByNumber", even, name="exponents", value="=-9.21034 / dim")
    frequencies = s.add("Exp", scaled, name="frequencies")
    places = s.add("Cast", s.add("Positions", x, name="places", dim=2), name="real")
    places = s.add("Unsqueeze", places, name="column")
    angle = s.add("Multiply", places, frequencies, name="angle")
    angles = s.add("Concatenate", angle, angle, name="angles", dim=-1)
    x1 = s.add("Chunk", x, name="x_half", chunks=2, dim=-1)
    x2 = other(x1, "output2")
    turned = s.add("Concatenate", s.add("Negative", x2, name="minus"), x1, name="turned", dim=-1)
    one = s.add("Multiply", x, s.add("Cos", angles, name="cosine"), name="one")
    two = s.add("Multiply", turned, s.add("Sin", angles, name="sine"), name="two")
    s.output(s.add("Add", one, two, name="both"))
    return s.project()


def _heads(s: Sketch, x: Port, name: str) -> Port:
    y = s.add("Linear", x, name=name, out_features="=dim", bias=False)
    y = s.add("Unflatten", y, name=f"{name}_heads", dim=-1, unflattened_size="=(heads, -1)")
    return s.add("Transpose", y, name=name.upper())


def _llama_attention() -> Project:
    s = Sketch("Attention", DIM, HEADS, id="attention")
    x = s.input("x", "N", "T", 64)
    q, k, v = (_heads(s, x, name) for name in "qkv")
    rotary = s.add(_rotary(), q, name="rotary", dim="=dim // heads")
    turned = s.again(rotary, k, name="rotary2")
    y = s.add("ScaledDotProductAttention", rotary, turned, v, name="mixed", is_causal=True)
    y = s.add("Transpose", y, name="back", dim0=1, dim1=2)
    y = s.add("Flatten", y, name="flat", start_dim=2)
    s.output(s.add("Linear", y, name="out", out_features="=dim", bias=False))
    return s.project()


def _gated_feed_forward() -> Project:
    s = Sketch("Feed forward", DIM, HIDDEN, id="feed_forward")
    x = s.input("x", "N", "T", 64)
    gate = s.add("Linear", x, name="gate", out_features="=hidden", bias=False)
    gate = s.add("SiLU", gate, name="act")
    up = s.add("Linear", x, name="up", out_features="=hidden", bias=False)
    both = s.add("Multiply", gate, up, name="both")
    s.output(s.add("Linear", both, name="down", out_features="=dim", bias=False))
    return s.project()


def _llama_layer() -> Project:
    s = Sketch("Layer", DIM, HEADS, HIDDEN, id="layer")
    x = s.input("x", "N", "T", 64)
    y = s.add("RMSNorm", x, name="norm1")
    y = s.add(_llama_attention(), y, name="attention", dim="=dim", heads="=heads")
    x = s.add("Add", x, y, name="add1")
    y = s.add("RMSNorm", x, name="norm2")
    y = s.add(_gated_feed_forward(), y, name="feed_forward", dim="=dim", hidden="=hidden")
    s.output(s.add("Add", x, y, name="add2"))
    return s.project()


def llama() -> Project:
    s = Sketch("Llama")
    x = s.input("tokens", "N", "T", dtype="int64")
    x = s.add("Embedding", x, name="embedding", num_embeddings=500, embedding_dim=64)
    x = s.add(_llama_layer(), x, name="layers", repeat=2)
    x = s.add("RMSNorm", x, name="norm")
    s.output(s.add("Linear", x, name="head", out_features=500, bias=False))
    return s.project()


def _window_attention() -> Project:
    s = Sketch("Window attention", integer("dim", 32, ""), integer("heads", 2, ""), id="window")
    x = s.input("x", "N", 16, 32)
    y = s.add("Linear", x, name="qkv", out_features="=3 * dim")
    y = s.add("Unflatten", y, name="heads", dim=-1, unflattened_size="=(3, heads, -1)")
    y = s.add("Permute", y, name="sorted", dims=(2, 0, 3, 1, 4))
    q = s.add("Unbind", y, name="parts", outputs=3, dim=0)
    table = s.add("Parameter", name="table", shape="=(49, heads)")
    count = s.add("Arange", name="count", end=4)
    y = s.add("RepeatInterleave", count, name="y", repeats=4, dim=0)
    x_ = s.add("Repeat", count, name="x_", repeats=(4,))
    parts = []
    for name, place in (("rows", y), ("columns", x_)):
        down = s.add("Unsqueeze", place, name=f"{name}_down", dim=1)
        across = s.add("Unsqueeze", place, name=f"{name}_across", dim=0)
        apart = s.add("Subtract", down, across, name=f"{name}_apart")
        parts.append(s.add("AddNumber", apart, name=name, value=3))
    place = s.add(
        "Add",
        s.add("MultiplyByNumber", parts[0], name="sevenfold", value=7),
        parts[1],
        name="place",
    )
    bias = s.add("Lookup", table, place, name="picked")
    bias = s.add("Permute", bias, name="bias", dims=(2, 0, 1))
    k, v = other(q, "output2"), other(q, "output3")
    y = s.add("ScaledDotProductAttention", q, k, v, bias, name="mixed")
    y = s.add("Flatten", s.add("Transpose", y, name="back"), name="flat", start_dim=2)
    s.output(s.add("Linear", y, name="out", out_features="=dim"))
    return s.project()


def _swin_layer() -> Project:
    s = Sketch(
        "Swin layer", integer("dim", 32, ""), integer("shift", 0, "", minimum=-8), id="layer"
    )
    x = s.input("x", "N", 16, 16, 32)
    y = s.add("LayerNorm", x, name="norm1")
    y = s.add("Roll", y, name="shifted", shifts="=(-shift, -shift)", dims=(1, 2))
    y = s.add("Reshape", y, name="cut", shape="=(-1, 4, 4, 4, 4, dim)")
    y = s.add("Transpose", y, name="gathered", dim0=2, dim1=3)
    y = s.add("Reshape", y, name="windows", shape="=(-1, 16, dim)")
    y = s.add(_window_attention(), y, name="attention", dim="=dim")
    y = s.add("Reshape", y, name="cut2", shape="=(-1, 4, 4, 4, 4, dim)")
    y = s.add("Transpose", y, name="spread", dim0=2, dim1=3)
    y = s.add("Reshape", y, name="picture", shape="=(-1, 16, 16, dim)")
    y = s.add("Roll", y, name="back", shifts="=(shift, shift)", dims=(1, 2))
    x = s.add("Add", x, y, name="add1")
    y = s.add("LayerNorm", x, name="norm2")
    y = s.add("Linear", y, name="fc1", out_features="=dim * 4")
    y = s.add("GELU", y, name="act")
    y = s.add("Linear", y, name="fc2", out_features="=dim")
    s.output(s.add("Add", x, y, name="add2"))
    return s.project()


def swin() -> Project:
    s = Sketch("Swin")
    x = s.input("image", "N", 3, 64, 64)
    x = s.add("Conv2d", x, name="patches", out_channels=32, kernel_size=4, stride=4)
    x = s.add("Permute", x, name="last", dims=(0, 2, 3, 1))
    x = s.add(_swin_layer(), x, name="layer1")
    x = s.add(_swin_layer(), x, name="layer2", shift=2)
    x = s.add("LayerNorm", x, name="norm")
    x = s.add("Mean", x, name="mean", dim=(1, 2))
    s.output(s.add("Linear", x, name="head", out_features=10))
    return s.project()


def experts() -> Project:
    e = Sketch("Expert", integer("dim", 32, ""), integer("hidden", 64, ""), id="expert")
    x = e.input("x", "N", 32)
    y = e.add("Linear", x, name="fc1", out_features="=hidden")
    y = e.add("GELU", y, name="act")
    e.output(e.add("Linear", y, name="fc2", out_features="=dim"))
    expert = e.project()
    s = Sketch("Experts")
    x = s.input("x", "N", 32)
    y = s.add("LayerNorm", x, name="norm")
    weights = s.add("Linear", y, name="router", out_features=8)
    weights = s.add("Softmax", weights, name="softmax")
    answers = [s.add(expert, y, name=f"expert{number}") for number in range(1, 9)]
    stacked = s.add("Stack", *answers, name="answers", inputs=8, dim=-1)
    column = s.add("Unsqueeze", weights, name="column")
    mixed = s.add("Sum", s.add("Multiply", stacked, column, name="weighed"), name="mixed")
    s.output(s.add("Linear", s.add("Add", x, mixed, name="both"), name="head", out_features=5))
    return s.project()


def vae() -> Project:
    s = Sketch("VAE")
    x = s.input("x", "N", 784)
    hidden = s.add("ReLU", s.add("Linear", x, name="fc1", out_features=200), name="act1")
    mean = s.add("Linear", hidden, name="mean", out_features=16)
    log_var = s.add("Linear", hidden, name="log_var", out_features=16)
    std = s.add("Exp", s.add("MultiplyByNumber", log_var, name="halved", value=0.5), name="std")
    noise = s.add("Multiply", s.add("RandnLike", mean, name="noise"), std, name="scaled")
    z = s.add("Add", mean, noise, name="z")
    y = s.add("ReLU", s.add("Linear", z, name="fc2", out_features=200), name="act2")
    s.output(s.add("Linear", y, name="fc3", out_features=784), "decoded")
    terms = s.add(
        "Add", s.add("Exp", log_var, name="var"), s.add("Square", mean, name="square"), name="sum"
    )
    terms = s.add(
        "AddNumber", s.add("Subtract", terms, log_var, name="rest"), name="terms", value=-1
    )
    kl = s.add("MultiplyByNumber", s.add("Sum", terms, name="total"), name="kl", value=0.5)
    s.output(kl, "divergence")
    return s.project()


def wavenet() -> Project:
    c, d = integer("channels", 16, ""), integer("dilation", 1, "")
    g = Sketch("Gated layer", d, c, id="gated")
    x = g.input("x", "N", 16, "T")
    past = g.add("ConstantPad1d", x, name="pad", padding="=(dilation, 0)")
    parts = []
    for name, act, kind in (("filter", "tanh", "Tanh"), ("gate", "sigmoid", "Sigmoid")):
        y = g.add(
            "Conv1d", past, name=name, out_channels="=channels", kernel_size=2, dilation="=dilation"
        )
        parts.append(g.add(kind, y, name=act))
    y = g.add("Multiply", *parts, name="gated")
    skip = g.add("Conv1d", y, name="skip", out_channels=32, kernel_size=1)
    y = g.add("Conv1d", y, name="out", out_channels="=channels", kernel_size=1)
    g.output(g.add("Add", x, y, name="add"), "on")
    g.output(skip, "skip_out")
    gated = g.project()
    s = Sketch("WaveNet")
    x = s.input("wave", "N", 1, "T")
    x = s.add("Conv1d", x, name="stem", out_channels=16, kernel_size=1)
    total = None
    for at in range(20):
        x = s.add(gated, x, name=f"layer{at + 1}", dilation=2 ** (at % 10))
        skip = other(x, "skip_out")
        total = s.add("Add", total, skip, name=f"add{at}") if total else skip
    x = s.add("ReLU", total, name="relu1")
    x = s.add("Conv1d", x, name="conv", out_channels=32, kernel_size=1)
    x = s.add("ReLU", x, name="relu2")
    s.output(s.add("Conv1d", x, name="head", out_channels=256, kernel_size=1))
    return s.project()


def recommender() -> Project:
    s = Sketch("Recommender")
    numbers = s.input("numbers", "N", 13)
    categories = s.input("categories", "N", 26, dtype="int64")
    dense = s.add("ReLU", s.add("Linear", numbers, name="bottom", out_features=16), name="act1")
    rows = []
    for at in range(26):
        column = s.add("Select", categories, name=f"column{at + 1}", index=at)
        rows.append(
            s.add("Embedding", column, name=f"table{at + 1}", num_embeddings=100, embedding_dim=16)
        )
    features = s.add("Stack", dense, *rows, name="features", inputs=27)
    turned = s.add("Transpose", features, name="turned")
    products = s.add("MatMul", features, turned, name="products")
    flat = s.add("Flatten", products, name="flat")
    x = s.add("Concatenate", dense, flat, name="everything")
    x = s.add("ReLU", s.add("Linear", x, name="fc", out_features=64), name="act2")
    s.output(s.add("Linear", x, name="head", out_features=1))
    return s.project()
