"""Networks whose generated files are kept under ``tests/golden``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from graph_model.layers import LAYERS
from graph_model.network import Edge, Network, Node, Port
from graph_model.values import Arguments

Line: TypeAlias = tuple[str, Arguments, str]
"""Kind, arguments, and what feeds its inputs in order: ``"conv1 lstm1.h_n"``, ``-`` for none."""


def network(name: str, lines: Mapping[str, Line]) -> Network:
    """Return a network of named nodes; ids are the names, so that the files stay the same."""
    nodes = {id: Node(id, kind, id, arguments) for id, (kind, arguments, _) in lines.items()}
    edges: dict[Port, Edge] = {}
    for id, (kind, arguments, sources) in lines.items():
        ports = LAYERS[kind].inputs(LAYERS[kind].complete(arguments))
        for port, source in zip(ports, sources.split(), strict=False):
            if source != "-":
                node, _, output = source.partition(".")
                target = Port(id, port)
                edges[target] = Edge(Port(node, output or "output"), target)
    return Network("main", name, nodes, edges)


LINEAR: Final = network("Linear regression", {
    "x": ("Input", {"shape": ("N", 1)}, ""),
    "linear": ("Linear", {"out_features": 1}, "x"),
    "y": ("Output", {}, "linear"),
})  # fmt: skip

CNN: Final = network("Tiny CNN", {
    "image": ("Input", {"shape": ("N", 1, 28, 28)}, ""),
    "conv1": ("Conv2d", {"out_channels": 16, "padding": 1, "bias": False}, "image"),
    "bn1": ("BatchNorm2d", {}, "conv1"),
    "relu1": ("ReLU", {"inplace": True}, "bn1"),
    "pool1": ("MaxPool2d", {}, "relu1"),
    "conv2": ("Conv2d", {"kernel_size": (3, 5), "stride": (2, 2), "padding": (1, 2),
                         "padding_mode": "reflect"}, "pool1"),
    "act2": ("LeakyReLU", {"negative_slope": 0.2}, "conv2"),
    "flatten": ("Flatten", {}, "act2"),
    "dropout": ("Dropout", {"p": 0.25}, "flatten"),
    "fc": ("Linear", {"out_features": 10}, "dropout"),
    "logits": ("Output", {}, "fc"),
})  # fmt: skip

RESIDUAL: Final = network("Residual net", {
    "image": ("Input", {"shape": ("N", 3, "H", "W")}, ""),
    "stem": ("Conv2d", {"out_channels": 16, "padding": 1}, "image"),
    "conv1": ("Conv2d", {"out_channels": 16, "padding": 1}, "stem"),
    "bn1": ("BatchNorm2d", {}, "conv1"),
    "add1": ("Add", {}, "stem bn1"),
    "relu1": ("ReLU", {}, "add1"),
    "conv2": ("Conv2d", {"out_channels": 32, "stride": 2, "padding": 1}, "relu1"),
    "bn2": ("BatchNorm2d", {}, "conv2"),
    "shortcut": ("Conv2d", {"out_channels": 32, "kernel_size": 1, "stride": 2}, "relu1"),
    "add2": ("Add", {}, "shortcut bn2"),
    "relu2": ("ReLU", {}, "add2"),
    "pool": ("AdaptiveAvgPool2d", {}, "relu2"),
    "flatten": ("Flatten", {}, "pool"),
    "fc": ("Linear", {"out_features": 10}, "flatten"),
    "logits": ("Output", {}, "fc"),
})  # fmt: skip

UNET: Final = network("Small U-Net", {
    "image": ("Input", {"shape": ("N", 3, "H", "W")}, ""),
    "down1": ("Conv2d", {"out_channels": 8, "padding": 1}, "image"),
    "pool1": ("MaxPool2d", {}, "down1"),
    "down2": ("Conv2d", {"out_channels": 16, "padding": 1}, "pool1"),
    "up1": ("ConvTranspose2d", {"out_channels": 8, "kernel_size": 2, "stride": 2}, "down2"),
    "up2": ("Upsample", {"mode": "bilinear"}, "pool1"),
    "cat": ("Concatenate", {"inputs": 2}, "up1 up2"),
    "mask": ("Conv2d", {"out_channels": 1, "kernel_size": 1}, "cat"),
    "sigmoid": ("Sigmoid", {}, "mask"),
    "segmentation": ("Output", {}, "sigmoid"),
})  # fmt: skip

TWO_INPUTS: Final = network("Caption match", {
    "image": ("Input", {"shape": ("N", 3, 32, 32)}, ""),
    "tokens": ("Input", {"shape": ("N", "T"), "dtype": "int64"}, ""),
    "conv": ("Conv2d", {"out_channels": 8, "stride": 4}, "image"),
    "relu": ("ReLU", {}, "conv"),
    "mean1": ("Mean", {"dim": (2, 3)}, "relu"),
    "embedding": ("Embedding", {"num_embeddings": 500, "embedding_dim": 16, "padding_idx": 0},
                  "tokens"),
    "mean2": ("Mean", {"dim": (1,)}, "embedding"),
    "bilinear": ("Bilinear", {"out_features": 1}, "mean1 mean2"),
    "score": ("Output", {}, "bilinear"),
})  # fmt: skip

TWO_OUTPUTS: Final = network("Two heads", {
    "features": ("Input", {"shape": ("N", 20)}, ""),
    "fc1": ("Linear", {"out_features": 32}, "features"),
    "act": ("GELU", {"approximate": "tanh"}, "fc1"),
    "norm": ("LayerNorm", {}, "act"),
    "classes": ("Linear", {"out_features": 4}, "norm"),
    "value": ("Linear", {"out_features": 1}, "norm"),
    "squeeze": ("Squeeze", {}, "value"),
    "amount": ("Output", {}, "squeeze"),
    "log_probabilities": ("LogSoftmax", {"dim": 1}, "classes"),
    "scores": ("Output", {}, "log_probabilities"),
    "best": ("ArgMax", {}, "classes"),
    "label": ("Output", {}, "best"),
})  # fmt: skip

LSTM: Final = network("LSTM classifier", {
    "sequence": ("Input", {"shape": ("N", "T", 8)}, ""),
    "lstm": ("LSTM", {"hidden_size": 32, "num_layers": 2, "bidirectional": True}, "sequence"),
    "last": ("Select", {}, "lstm"),
    "fc": ("Linear", {"out_features": 2}, "last"),
    "logits": ("Output", {}, "fc"),
})  # fmt: skip

STATES: Final = network("States in and out", {
    "x": ("Input", {"shape": ("N", "T", 8)}, ""),
    "h": ("Input", {"shape": (1, "N", 16)}, ""),
    "c": ("Input", {"shape": (1, "N", 16)}, ""),
    "lstm": ("LSTM", {"hidden_size": 16}, "x h c"),
    "gru": ("GRU", {"hidden_size": 16, "batch_first": False}, "lstm.h_n"),
    "output": ("Output", {}, "lstm"),
    "h_n": ("Output", {}, "gru.h_n"),
    "c_n": ("Output", {}, "lstm.c_n"),
})  # fmt: skip

ATTENTION: Final = network("Attention block", {
    "tokens": ("Input", {"shape": ("N", "T", 32)}, ""),
    "padding": ("Input", {"shape": ("N", "T"), "dtype": "bool"}, ""),
    "norm1": ("LayerNorm", {}, "tokens"),
    "attention": ("MultiheadAttention", {"dropout": 0.1}, "norm1 norm1 norm1 padding"),
    "add1": ("Add", {}, "tokens attention"),
    "norm2": ("LayerNorm", {"eps": 1e-6}, "add1"),
    "fc1": ("Linear", {"out_features": 64}, "norm2"),
    "gelu": ("GELU", {}, "fc1"),
    "fc2": ("Linear", {"out_features": 32}, "gelu"),
    "add2": ("Add", {}, "add1 fc2"),
    "encoder": ("TransformerEncoderLayer", {"dim_feedforward": 64, "norm_first": True},
                "add2 padding"),
    "pooler": ("MultiheadAttention", {"num_heads": 2, "need_weights": True},
               "encoder tokens tokens"),
    "encoded": ("Output", {}, "pooler"),
    "weights": ("Output", {}, "pooler.weights"),
})  # fmt: skip

OPERATIONS: Final = network("Operations only", {
    "a": ("Input", {"shape": ("N", 4, 6)}, ""),
    "b": ("Input", {"shape": ("N", 4, 6), "dtype": "float32"}, ""),
    "steps": ("Slice", {"dim": 2, "start": 1, "step": 2}, "a"),
    "turned": ("Permute", {"dims": (0, 2, 1)}, "b"),
    "product": ("MatMul", {}, "turned a"),
    "flat": ("Reshape", {"shape": (-1, 36)}, "product"),
    "few": ("Slice", {"end": 9}, "flat"),
    "total": ("Sum", {"dim": (1,), "keepdim": True}, "few"),
    "swapped": ("Transpose", {}, "steps"),
    "stacked": ("Stack", {"dim": 0}, "swapped swapped"),
    "joined": ("Concatenate", {"inputs": 3}, "total total total"),
    "larger": ("Maximum", {}, "a b"),
    "first": ("Output", {}, "stacked"),
    "second": ("Output", {}, "joined"),
    "third": ("Output", {}, "larger"),
})  # fmt: skip

TOKENS: Final = network("Class token", {
    "patches": ("Input", {"shape": ("N", "T", 32)}, ""),
    "class_token": ("Parameter", {"shape": (1, 1, 32)}, ""),
    "position": ("Parameter", {"shape": (1, 65, 32), "init": "zeros"}, ""),
    "scale": ("Parameter", {"shape": (32,), "init": "constant", "value": 1e-6}, ""),
    "mean": ("Buffer", {"shape": (32,)}, ""),
    "grid": ("Linspace", {"start": -1, "end": 1, "steps": 32}, ""),
    "steps": ("Arange", {"end": 4}, ""),
    "temperature": ("Constant", {"value": 2}, ""),
    "odd": ("Arange", {"start": 1, "end": 8, "step": 2}, ""),
    "two": ("Constant", {"shape": (2, 2), "value": 2, "dtype": "int64"}, ""),
    "token": ("ExpandLike", {}, "class_token patches"),
    "cat": ("Concatenate", {}, "token patches"),
    "scaled": ("Multiply", {}, "cat scale"),
    "centred": ("Subtract", {}, "scaled mean"),
    "waves": ("Add", {}, "centred grid"),
    "warm": ("Divide", {}, "waves temperature"),
    "counted": ("Positions", {}, "patches"),
    "table": ("Parameter", {"shape": (64, 32), "init": "ones"}, ""),
    "looked_up": ("Lookup", {}, "table counted"),
    "joined": ("Add", {}, "patches looked_up"),
    "first": ("Output", {}, "warm"),
    "second": ("Output", {}, "joined"),
    "third": ("Output", {}, "position"),
    "fourth": ("Output", {}, "steps"),
    "fifth": ("Output", {}, "two"),
    "sixth": ("Output", {}, "odd"),
})  # fmt: skip

NUMBERS: Final = network("Attention by hand", {
    "x": ("Input", {"shape": ("N", "T", 24)}, ""),
    "labels": ("Input", {"shape": ("N", "T"), "dtype": "int64"}, ""),
    "parts": ("Chunk", {"chunks": 3, "dim": -1}, "x"),
    "turned": ("Transpose", {}, "parts.output2"),
    "scores": ("MatMul", {}, "parts.output1 turned"),
    "scaled": ("DivideByNumber", {"value": 2.8284271}, "scores"),
    "late": ("Triu", {"diagonal": 1}, "scaled"),
    "mask": ("NotEqual", {}, "late"),
    "masked": ("MaskedFill", {}, "scaled mask"),
    "softmax": ("Softmax", {}, "masked"),
    "mixed": ("MatMul", {}, "softmax parts.output3"),
    "same": ("ScaledDotProductAttention", {"is_causal": True},
             "parts.output1 parts.output2 parts.output3"),
    "closer": ("Lerp", {"weight": 0.25}, "mixed same"),
    "square": ("Power", {}, "closer"),
    "root": ("Sqrt", {}, "square"),
    "rest": ("SubtractFrom", {}, "root"),
    "limited": ("Clamp", {"min": None, "max": 1.0}, "rest"),
    "best": ("TopK", {"k": 2}, "limited"),
    "chosen": ("Where", {}, "positive limited root"),
    "positive": ("GreaterEqual", {"value": 0.5}, "limited"),
    "shifted": ("Roll", {"shifts": (1, -1), "dims": (1, 2)}, "chosen"),
    "padded": ("Pad", {"pad": (1, 1), "mode": "reflect"}, "shifted"),
    "product": ("Einsum", {"equation": "nti,nsi->nts"}, "padded padded"),
    "spread": ("Std", {"dim": (1, 2), "keepdim": True, "correction": 0}, "product"),
    "hot": ("OneHot", {"num_classes": 4}, "labels"),
    "numbers": ("Output", {}, "spread"),
    "largest": ("Output", {}, "best.values"),
    "classes": ("Output", {}, "hot"),
})  # fmt: skip

WIDE: Final = network("Many inputs", {
    **{f"measurement{n}": ("Input", {"shape": ("N", 3)}, "") for n in range(1, 13)},
    "cat": ("Concatenate", {"inputs": 12}, " ".join(f"measurement{n}" for n in range(1, 13))),
    "add": ("Add", {"inputs": 12}, " ".join(f"measurement{n}" for n in range(1, 13))),
    "scale": ("RMSNorm", {"eps": 1e-8}, "cat"),
    "joined": ("Output", {}, "scale"),
    "total": ("Output", {}, "add"),
})  # fmt: skip

TRANSFORMERS: Final = network("Transformers", {
    "source": ("Input", {"shape": ("N", "S", 32)}, ""),
    "target": ("Input", {"shape": ("N", "T", 32)}, ""),
    "padding": ("Input", {"shape": ("N", "S"), "dtype": "bool"}, ""),
    "causal": ("Input", {"shape": ("T", "T"), "dtype": "bool"}, ""),
    "encoder": ("TransformerEncoder", {"num_layers": 2, "dim_feedforward": 64, "norm_first": True,
                "final_norm": True, "bias": False, "layer_norm_eps": 1e-6}, "source padding"),
    "decoder": ("TransformerDecoder", {"num_layers": 2, "nhead": 8}, "target encoder causal"),
    "layer": ("TransformerDecoderLayer", {"activation": "gelu"}, "decoder encoder - - - padding"),
    "transformer": ("Transformer", {"num_decoder_layers": 3, "dropout": 0.0},
                    "source layer - padding causal"),
    "attention": ("MultiheadAttention", {"add_zero_attn": True}, "layer source source padding"),
    "written": ("Output", {}, "transformer"),
    "attended": ("Output", {}, "attention"),
})  # fmt: skip

SEGMENTATION: Final = network("Pooled and unpooled", {
    "image": ("Input", {"shape": ("N", 3, 13, 13)}, ""),
    "pad": ("ReflectionPad2d", {"padding": (1, 2, 1, 2)}, "image"),
    "pool1": ("MaxPool2d", {"return_indices": True}, "pad"),
    "norm": ("LocalResponseNorm", {"k": 2.0}, "pool1"),
    "pool2": ("MaxPool2d", {"return_indices": True, "ceil_mode": True}, "norm"),
    "fractional": ("FractionalMaxPool2d", {"output_size": 2, "output_ratio": None,
                   "return_indices": True}, "pool2"),
    "border": ("ConstantPad2d", {"padding": 1, "value": -1}, "fractional"),
    "unpool2": ("MaxUnpool2d", {}, "border pool2.indices"),
    "unpool1": ("MaxUnpool2d", {"output_size": 16}, "unpool2 pool1.indices"),
    "share": ("FractionalMaxPool2d", {"kernel_size": (2, 3)}, "unpool1"),
    "columns": ("Unfold", {"kernel_size": 2, "stride": 2}, "unpool1"),
    "image2": ("Fold", {"output_size": 16, "kernel_size": 2, "stride": 2}, "columns"),
    "mask": ("Output", {}, "image2"),
    "shares": ("Output", {}, "share"),
    "places": ("Output", {}, "fractional.indices"),
})  # fmt: skip

STEPS: Final = network("One step at a time", {
    "words": ("Input", {"shape": ("W",), "dtype": "int64"}, ""),
    "bags": ("Input", {"shape": ("N",), "dtype": "int64"}, ""),
    "weights": ("Input", {"shape": ("W",)}, ""),
    "h": ("Input", {"shape": ("N", 16)}, ""),
    "c": ("Input", {"shape": ("N", 16)}, ""),
    "label": ("Input", {"shape": ("N",), "dtype": "int64"}, ""),
    "bag": ("EmbeddingBag", {"num_embeddings": 500, "embedding_dim": 16, "mode": "sum"},
            "words bags weights"),
    "rnn_cell": ("RNNCell", {"hidden_size": 16}, "bag h"),
    "lstm_cell": ("LSTMCell", {"hidden_size": 16}, "rnn_cell h c"),
    "gru_cell": ("GRUCell", {"hidden_size": 16, "bias": False}, "lstm_cell.c_1"),
    "classifier": ("AdaptiveLogSoftmaxWithLoss", {"n_classes": 50, "cutoffs": (10,)},
                   "lstm_cell.h_1 label"),
    "similarity": ("CosineSimilarity", {"dim": -1}, "gru_cell bag"),
    "triplet": ("TripletMarginLoss", {"reduction": "none"}, "gru_cell bag rnn_cell"),
    "log_probability": ("Output", {}, "classifier"),
    "loss": ("Output", {}, "classifier.loss"),
    "alike": ("Output", {}, "similarity"),
    "apart": ("Output", {}, "triplet"),
})  # fmt: skip

SAMPLES: Final = {
    "linear": LINEAR,
    "cnn": CNN,
    "residual": RESIDUAL,
    "unet": UNET,
    "two_inputs": TWO_INPUTS,
    "two_outputs": TWO_OUTPUTS,
    "lstm": LSTM,
    "states": STATES,
    "attention": ATTENTION,
    "operations": OPERATIONS,
    "transformers": TRANSFORMERS,
    "segmentation": SEGMENTATION,
    "steps": STEPS,
    "tokens": TOKENS,
    "numbers": NUMBERS,
    "wide": WIDE,
}
