"""Further networks that are written by hand beside this file, as they are drawn."""

from __future__ import annotations

from graph_model.network import Project
from graph_model.values import integer
from tools.examples.sketch import Sketch, other

CHANNELS = integer("channels", 16, "")


def _squeeze() -> Project:
    s = Sketch("Squeeze excite", CHANNELS, id="squeeze")
    x = s.input("x", "N", 16, "H", "W")
    y = s.add("AdaptiveAvgPool2d", x, name="pool", output_size=1)
    y = s.add("Conv2d", y, name="fc1", out_channels="=channels // 4", kernel_size=1)
    y = s.add("ReLU", y, name="relu")
    y = s.add("Conv2d", y, name="fc2", out_channels="=channels", kernel_size=1)
    s.output(s.add("Multiply", x, s.add("Sigmoid", y, name="sigmoid"), name="weighed"))
    return s.project()


def squeeze() -> Project:
    b = Sketch("Block", CHANNELS, integer("stride", 2, ""), id="block")
    x = b.input("x", "N", 3, "H", "W")
    conv = {"out_channels": "=channels", "padding": 1, "bias": False}
    y = b.add("Conv2d", x, name="conv1", stride="=stride", **conv)
    y = b.add("ReLU", b.add("BatchNorm2d", y, name="bn1"), name="relu1")
    y = b.add("BatchNorm2d", b.add("Conv2d", y, name="conv2", **conv), name="bn2")
    y = b.add(_squeeze(), y, name="squeeze", channels="=channels")
    short = {"out_channels": "=channels", "kernel_size": 1, "stride": "=stride"}
    x = b.add("Conv2d", x, name="shortcut", **short)
    b.output(b.add("ReLU", b.add("Add", y, x, name="add"), name="relu2"))
    block = b.project()
    s = Sketch("Squeeze net")
    x = s.input("image", "N", 3, "H", "W")
    x = s.add(block, x, name="block1", channels=16, stride=1)
    x = s.add(block, x, name="block2", channels=32)
    x = s.add(block, x, name="block3", channels=64)
    x = s.add("Flatten", s.add("AdaptiveAvgPool2d", x, name="pool", output_size=1), name="flatten")
    s.output(s.add("Linear", x, name="head", out_features=10))
    return s.project()


def _noisy() -> Project:
    s = Sketch(
        "Noisy linear", integer("in_features", 64, ""), integer("out_features", 64, ""), id="noisy"
    )
    x = s.input("x", "N", 64)
    constant = {"init": "constant", "value": 0.017}
    spread = s.add("Parameter", name="spread", shape="=(out_features, in_features)", **constant)
    bias = s.add("Parameter", name="bias_spread", shape="=(out_features,)", **constant)
    rows = s.add("Constant", name="rows", shape="=(out_features,)", value=0)
    noise = []
    for name, like in (("into", x), ("out", rows)):
        drawn = s.add("RandnLike", like, name=f"{name}_drawn")
        size = s.add("Sqrt", s.add("Abs", drawn, name=f"{name}_abs"), name=f"{name}_root")
        noise.append(s.add("Multiply", s.add("Sign", drawn, name=f"{name}_sign"), size, name=name))
    mean = s.add("Linear", x, name="mean", out_features="=out_features")
    y = s.add("Multiply", x, noise[0], name="shaken")
    y = s.add(
        "MatMul", y, s.add("Transpose", spread, name="turned", dim0=0, dim1=1), name="product"
    )
    y = s.add("Add", mean, s.add("Multiply", y, noise[1], name="first"), name="noisy")
    s.output(s.add("Add", y, s.add("Multiply", bias, noise[1], name="second"), name="whole"))
    return s.project()


def dueling() -> Project:
    noisy = _noisy()
    s = Sketch("Dueling")
    x = s.input("state", "N", 8)
    x = s.add("ReLU", s.add("Linear", x, name="fc", out_features=64), name="relu")
    y = s.add("ReLU", s.add(noisy, x, name="value_hidden"), name="relu1")
    value = s.add(noisy, y, name="value", out_features=1)
    y = s.add("ReLU", s.add(noisy, x, name="advantage_hidden"), name="relu2")
    advantage = s.add(noisy, y, name="advantage", out_features=4)
    mean = s.add("Mean", advantage, name="usual", keepdim=True)
    s.output(s.add("Subtract", s.add("Add", value, advantage, name="sum"), mean, name="q"))
    return s.project()


def _gated_residual() -> Project:
    out = integer("out", 32, "")
    s = Sketch("Gated residual", integer("dim", 32, ""), out, id="gated")
    x = s.input("x", "N", 32)
    static = s.input("static", "N", 8)
    first = s.add("Linear", x, name="fc1", out_features="=dim")
    context = s.add("Linear", static, name="context", out_features="=dim", bias=False)
    y = s.add("ELU", s.add("Add", first, context, name="add1"), name="elu")
    y = s.add("Dropout", s.add("Linear", y, name="fc2", out_features="=dim"), name="dropout", p=0.1)
    y = s.add("GLU", s.add("Linear", y, name="gate", out_features="=out * 2"), name="glu")
    skip = s.add("Linear", x, name="skip", out_features="=out")
    s.output(s.add("LayerNorm", s.add("Add", skip, y, name="add2"), name="norm"))
    return s.project()


def chooser() -> Project:
    gated = _gated_residual()
    s = Sketch("Chooser")
    features = s.input("features", "N", 5)
    static = s.input("static", "N", 8)
    x = s.add("Linear", features, name="embedding", out_features=32)
    weights = s.add("Softmax", s.add(gated, x, static, name="weigh", out=5), name="softmax")
    x = s.add("Multiply", features, weights, name="chosen")
    x = s.add(gated, x, static, name="mix", dim=5)
    x = s.add(gated, x, static, name="refine")
    s.output(s.add("Linear", x, name="head", out_features=1))
    return s.project()


def mixer() -> Project:
    f = Sketch("Feed forward", integer("dim", 48, ""), integer("hidden", 96, ""), id="ff")
    x = f.input("x", "N", 16, 48)
    y = f.add("GELU", f.add("Linear", x, name="fc1", out_features="=hidden"), name="act")
    f.output(f.add("Linear", y, name="fc2", out_features="=dim"))
    feed_forward = f.project()
    b = Sketch("Mixer layer", integer("dim", 48, ""), integer("patches", 16, ""), id="mixer")
    x = b.input("x", "N", 16, 48)
    y = b.add("Transpose", b.add("LayerNorm", x, name="norm1"), name="turned")
    y = b.add(feed_forward, y, name="tokens", dim="=patches", hidden=24)
    x = b.add("Add", x, b.add("Transpose", y, name="back"), name="add1")
    y = b.add("LayerNorm", x, name="norm2")
    y = b.add(feed_forward, y, name="channels", dim="=dim", hidden=96)
    b.output(b.add("Add", x, y, name="add2"))
    s = Sketch("Mixer")
    x = s.input("image", "N", 3, 32, 32)
    x = s.add("Conv2d", x, name="patches", out_channels=48, kernel_size=8, stride=8)
    x = s.add("Transpose", s.add("Flatten", x, name="flat", start_dim=2), name="turned")
    x = s.add(b.project(), x, name="layers", repeat=4)
    x = s.add("Mean", s.add("LayerNorm", x, name="norm"), name="mean", dim=(1,))
    s.output(s.add("Linear", x, name="head", out_features=10))
    return s.project()


def answers() -> Project:
    f = Sketch("FiLM", integer("channels", 32, ""), id="film")
    x = f.input("x", "N", 32, "H", "W")
    question = f.input("question", "N", 24)
    x = f.add("Conv2d", x, name="conv1", out_channels="=channels", kernel_size=1)
    x = f.add("ReLU", x, name="relu1")
    y = f.add("Conv2d", x, name="conv2", out_channels="=channels", padding=1)
    y = f.add("BatchNorm2d", y, name="norm", affine=False)
    both = f.add("Linear", question, name="scale_shift", out_features="=channels * 2")
    both = f.add("Unsqueeze", f.add("Unsqueeze", both, name="row", dim=-1), name="plane", dim=-1)
    scale = f.add("Chunk", both, name="parts", dim=1)
    factor = f.add("AddNumber", scale, name="factor", value=1)
    y = f.add("Multiply", y, factor, name="scaled")
    y = f.add("Add", y, other(scale, "output2"), name="shifted")
    f.output(f.add("Add", x, f.add("ReLU", y, name="relu2"), name="add"))
    s = Sketch("Answers")
    image = s.input("image", "N", 3, "H", "W")
    words = s.input("words", "N", "T", dtype="int64")
    y = s.add("Embedding", words, name="embedding", num_embeddings=60, embedding_dim=16)
    y = s.add("GRU", y, name="gru", hidden_size=24)
    question = s.add("Select", other(y, "h_n"), name="question", dim=0, index=0)
    x = s.add("Conv2d", image, name="stem", out_channels=32, kernel_size=4, stride=4)
    x = s.add(f.project(), x, question, name="films", repeat=3)
    x = s.add("Max", x, name="most", dim=(2, 3))
    s.output(s.add("Linear", x, name="head", out_features=9))
    return s.project()


def _time() -> Project:
    s = Sketch("Time embedding", integer("dim", 64, ""), id="time")
    time = s.input("time", "N")
    count = s.add("Arange", name="count", end=16)
    scaled = s.add("MultiplyByNumber", count, name="exponents", value=-0.6140227)
    frequencies = s.add("Exp", scaled, name="frequencies")
    column = s.add("Unsqueeze", time, name="column")
    angles = s.add("Multiply", column, frequencies, name="angles")
    waves = [s.add(kind, angles, name=kind.lower() + "e") for kind in ("Sin", "Cos")]
    y = s.add("Concatenate", *waves, name="waves", dim=-1)
    y = s.add("SiLU", s.add("Linear", y, name="fc1", out_features="=dim"), name="act")
    s.output(s.add("Linear", y, name="fc2", out_features="=dim"))
    return s.project()


def _res_block() -> Project:
    s = Sketch("Res block", integer("channels", 32, ""), id="res")
    x = s.input("x", "N", 16, "H", "W")
    time = s.input("time", "N", 64)
    y = s.add("SiLU", s.add("GroupNorm", x, name="norm1", num_groups=4), name="act1")
    y = s.add("Conv2d", y, name="conv1", out_channels="=channels", padding=1)
    told = s.add("Linear", time, name="told", out_features="=channels")
    told = s.add("Unsqueeze", s.add("Unsqueeze", told, name="row", dim=-1), name="plane", dim=-1)
    y = s.add("Add", y, told, name="add1")
    y = s.add("SiLU", s.add("GroupNorm", y, name="norm2", num_groups=4), name="act2")
    y = s.add("Conv2d", y, name="conv2", out_channels="=channels", padding=1)
    skip = s.add("Conv2d", x, name="skip", out_channels="=channels", kernel_size=1)
    s.output(s.add("Add", skip, y, name="add2"))
    return s.project()


def denoiser() -> Project:
    block = _res_block()
    s = Sketch("Denoiser")
    noisy = s.input("noisy", "N", 1, 16, 16)
    time = s.add(_time(), s.input("when", "N"), name="time")
    x = s.add("Conv2d", noisy, name="stem", out_channels=16, padding=1)
    skip = s.add(block, x, time, name="down1")
    x = s.add("AvgPool2d", skip, name="pool")
    x = s.add(block, x, time, name="down2", channels=64)
    x = s.add("Upsample", x, name="grow")
    x = s.add("Concatenate", x, skip, name="joined")
    x = s.add(block, x, time, name="up")
    s.output(s.add("Conv2d", x, name="head", out_channels=1, padding=1))
    return s.project()


def nerf() -> Project:
    s = Sketch("NeRF")
    points, directions = s.input("points", "N", 63), s.input("directions", "N", 27)
    x = points
    for i in range(1, 9):
        x = s.add("Concatenate", points, x, name="skip") if i == 5 else x
        x = s.add("Linear", x, name=f"fc{i}", out_features=256)
        x = s.add("ReLU", x, name=f"relu{i}")
    sigma = s.add("Linear", x, name="density", out_features=1)
    x = s.add("Linear", x, name="feature", out_features=256)
    x = s.add("Concatenate", x, directions, name="seen")
    x = s.add("ReLU", s.add("Linear", x, name="fc_view", out_features=128), name="relu_view")
    s.output(sigma, "sigma")
    color = s.add("Linear", x, name="color", out_features=3)
    s.output(s.add("Sigmoid", color, name="sigmoid"), "rgb")
    return s.project()
