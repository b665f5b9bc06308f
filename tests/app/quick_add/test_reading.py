"""What is typed into quick-add becomes layers and their arguments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.project.block_files import ready_blocks
from app.quick_add.reading import MOST_LAYERS, Misread, misread, suggestions
from app.search.chinese_names import CHINESE_BLOCKS, CHINESE_NAMES
from graph_model.blocks import as_kind
from graph_model.complaints import complaint
from graph_model.layers import LAYERS
from graph_model.layers.ranks import stem_of
from graph_model.network import Network
from graph_model.tensors import TensorSpec
from graph_model.values import integer

N = "N"
CONV = {"out_channels": 64, "kernel_size": 3}


def first(text: str, shape: tuple | None = None) -> list[tuple[str, dict]]:
    """Return the kinds and arguments of the likeliest meaning."""
    spec = TensorSpec(shape) if shape else None
    return [
        (each.kind.name, dict(each.arguments)) for each in suggestions(text, given=spec)[0].cards
    ]


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("constant N,H//2,4", "Constant", {"shape": ("N", "H//2", 4)}),
        ("reshape N, 3, H//2, 2, W", "Reshape", {"shape": (-1, 3, "H//2", 2, "W")}),
        ("rand N,T-1", "Rand", {"shape": ("N", "T-1")}),
        ("slice 2 H//2", "Slice", {"dim": 2, "start": "H//2"}),
        ("slice dim=2 end=H//2", "Slice", {"dim": 2, "end": "H//2"}),
        ("select 1 T-1", "Select", {"dim": 1, "index": "T-1"}),
        ("conv 64 3 s2", "Conv2d", {**CONV, "stride": 2}),
        ("conv 3 64 3", "Conv2d", CONV),
        ("conv2d 16 64 3 2 1", "Conv2d", {**CONV, "stride": 2, "padding": 1}),
        ("conv 3 64", "Conv2d", {"out_channels": 64}),
        ("conv 32 7 2", "Conv2d", {"out_channels": 32, "kernel_size": 7, "stride": 2}),
        ("conv 32 8 4", "Conv2d", {"out_channels": 32, "kernel_size": 8, "stride": 4}),
        ("conv 768 16 16", "Conv2d", {"out_channels": 768, "kernel_size": 16, "stride": 16}),
        ("linear 784 10", "Linear", {"out_features": 10}),
        ("全连接 784 10", "Linear", {"out_features": 10}),
        ("lstm 28 128", "LSTM", {"hidden_size": 128}),
        ("lstm 28 128 2", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("lstm 128 2", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("mha 64 8", "MultiheadAttention", {"num_heads": 8}),
        ("conv 64 k3 p1", "Conv2d", {**CONV, "padding": 1}),
        ("conv3x3 64", "Conv2d", {"out_channels": 64, "kernel_size": (3, 3)}),
        ("conv3 64", "Conv2d", CONV),
        ("3x3conv 64", "Conv2d", {"out_channels": 64, "kernel_size": (3, 3)}),
        ("conv 64 3 stride2", "Conv2d", {**CONV, "stride": 2}),
        ("conv 64 3 strides=2", "Conv2d", {**CONV, "stride": 2}),
        ("conv 64 kernel=3 nobias", "Conv2d", {**CONV, "bias": False}),
        ("conv2d 8 3x5", "Conv2d", {"out_channels": 8, "kernel_size": (3, 5)}),
        ("conv 8 (3, 5)", "Conv2d", {"out_channels": 8, "kernel_size": (3, 5)}),
        ("conv 8 3,5", "Conv2d", {"out_channels": 8, "kernel_size": (3, 5)}),
        ("conv3d 8", "Conv3d", {"out_channels": 8}),
        ("conv 1d 8", "Conv1d", {"out_channels": 8}),
        ("conv transpose 8 s2", "ConvTranspose2d", {"out_channels": 8, "stride": 2}),
        ("linear 10", "Linear", {"out_features": 10}),
        ("fc10", "Linear", {"out_features": 10}),
        ("fc 10 bias=false", "Linear", {"out_features": 10, "bias": False}),
        ("dense", "Linear", {}),
        ("bn", "BatchNorm2d", {}),
        ("batch norm", "BatchNorm2d", {}),
        ("max pool", "MaxPool2d", {}),
        ("pool 2", "MaxPool2d", {"kernel_size": 2}),
        ("global average pooling", "AdaptiveAvgPool2d", {}),
        ("leaky relu", "LeakyReLU", {}),
        ("leaky relu 0.2", "LeakyReLU", {"negative_slope": 0.2}),
        ("dropout .25", "Dropout", {"p": 0.25}),
        ("dropout p0.1", "Dropout", {"p": 0.1}),
        ("dropout 50%", "Dropout", {"p": 0.5}),
        ("dropout 1e-2", "Dropout", {"p": 0.01}),
        ("relu", "ReLU", {}),
        ("ReLU", "ReLU", {}),
        ("lstm 128 num_layers=2", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("lstm 128 2 layers", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("lstm 128 bi", "LSTM", {"hidden_size": 128, "bidirectional": True}),
        ("lstm 128 bidirectional", "LSTM", {"hidden_size": 128, "bidirectional": True}),
        ("flat", "Flatten", {}),
        ("softm", "Softmax", {}),
        ("upsample 2 bilinear", "Upsample", {"scale_factor": 2.0, "mode": "bilinear"}),
        ("input 4", "Input", {"shape": (N, 4)}),
        ("input 3x32x32", "Input", {"shape": (N, 3, 32, 32)}),
        ("input N 1 28 28", "Input", {"shape": (N, 1, 28, 28)}),
        ("input N,1,28,28", "Input", {"shape": (N, 1, 28, 28)}),
        ("input (N, 1, 28, 28)", "Input", {"shape": (N, 1, 28, 28)}),
        ("input T int64", "Input", {"shape": (N, "T"), "dtype": "int64"}),
        ("reshape 16 7 7", "Reshape", {"shape": (-1, 16, 7, 7)}),
        ("reshape N 16 49", "Reshape", {"shape": (-1, 16, 49)}),
        ("permute 0 2 1", "Permute", {"dims": (0, 2, 1)}),
        ("+", "Add", {}),
        ("*", "Multiply", {}),
        ("@", "MatMul", {}),
        ("* 0.5", "MultiplyByNumber", {"value": 0.5}),
        ("mha 8 heads", "MultiheadAttention", {"num_heads": 8}),
    ],
)  # fmt: skip
def test_words_are_read(text, kind, arguments):
    assert first(text) == [(kind, arguments)]


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("conv 5x5 32", "Conv2d", {"kernel_size": (5, 5), "out_channels": 32}),
        ("7x7 conv, 64, /2", "Conv2d", {"kernel_size": (7, 7), "out_channels": 64, "stride": 2}),
        ("conv3-64", "Conv2d", CONV),
        ("conv 64 stride 2 padding 1", "Conv2d",
         {"out_channels": 64, "stride": 2, "padding": 1}),
        ("conv 64 filters kernel 3", "Conv2d", CONV),
        ("conv 64 3 padding same", "Conv2d", {**CONV, "padding": "same"}),
        ("lstm hidden 128 layers 2", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("lstm 128 bidirectional 2 layers", "LSTM",
         {"hidden_size": 128, "num_layers": 2, "bidirectional": True}),
        ("BiLSTM(64)", "LSTM", {"hidden_size": 64, "bidirectional": True}),
        ("双向GRU 64 2层", "GRU", {"hidden_size": 64, "num_layers": 2, "bidirectional": True}),
        ("max pooling 3x3 stride 2", "MaxPool2d", {"kernel_size": (3, 3), "stride": 2}),
        ("最大池化 3 步长 2", "MaxPool2d", {"kernel_size": 3, "stride": 2}),
        ("二维卷积 8", "Conv2d", {"out_channels": 8}),
        ("conv2d_transpose 8", "ConvTranspose2d", {"out_channels": 8}),
        ("adaptive average pool 7x7", "AdaptiveAvgPool2d", {"output_size": (7, 7)}),
        ("batch norm 64", "BatchNorm2d", {}),
        ("nn.LayerNorm(64)", "LayerNorm", {}),
        ("fc 128 without bias", "Linear", {"out_features": 128, "bias": False}),
        ("dropout 25 %", "Dropout", {"p": 0.25}),
        ("pad 1", "ZeroPad2d", {"padding": 1}),
        ("upsample x2", "Upsample", {"scale_factor": 2.0}),
        ("transpose 1,2", "Transpose", {"dim0": 1, "dim1": 2}),
        ("embedding 1000x64", "Embedding", {"num_embeddings": 1000, "embedding_dim": 64}),
        ("concat dim -1", "Concatenate", {"dim": -1}),
        ("parameter 1 16 64", "Parameter", {"shape": (1, 16, 64)}),
        ("einsum nij,njk->nik", "Einsum", {"equation": "nij,njk->nik"}),
        ("input batch,3,h,w", "Input", {"shape": (N, 3, "H", "W")}),
        ("Input(shape=(28, 28))", "Input", {"shape": (N, 28, 28)}),
        ("cross entropy", "CrossEntropyLoss", {}),
        ("mse", "MSELoss", {}),
        ("交叉熵损失", "CrossEntropyLoss", {}),
        ("relu激活", "ReLU", {}),
        ("x.view(-1, 16 * 5 * 5)", "Reshape", {"shape": (-1, 400)}),
        ("x.view(x.size(0), -1)", "Flatten", {}),
        ("x.permute(0, 2, 1)", "Permute", {"dims": (0, 2, 1)}),
        ("torch.mean(x, dim=1)", "Mean", {"dim": (1,)}),
        ("torch.cat((a, b, c), 1)", "Concatenate", {"inputs": 3, "dim": 1}),
        ("LSTM(64)", "LSTM", {"hidden_size": 64}),
    ],
)  # fmt: skip
def test_the_same_is_read_however_people_write_it(text, kind, arguments):
    assert first(text) == [(kind, arguments)]


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("nn.Conv2d(3, 64, 3)", "Conv2d", CONV),
        ("conv2d(3, 64, 3, stride=2)", "Conv2d", {**CONV, "stride": 2}),
        ("torch.nn.Conv2d(in_channels=3, out_channels=64, kernel_size=(3, 5))", "Conv2d",
         {"out_channels": 64, "kernel_size": (3, 5)}),
        ("crossentropy weight=0.5,1,2", "CrossEntropyLoss", {"weight": (0.5, 1.0, 2.0)}),
        ("nn.CrossEntropyLoss(weight=torch.tensor([0.5, 1.0]))", "CrossEntropyLoss",
         {"weight": (0.5, 1.0)}),
        ("loss = nn.BCEWithLogitsLoss(reduction='sum', pos_weight=torch.tensor([4.0]))",
         "BCEWithLogitsLoss", {"reduction": "sum", "pos_weight": (4.0,)}),
        ("self.fc = nn.Linear(784, 10)", "Linear", {"out_features": 10}),
        ("nn.LSTM(32, 64, 2, bidirectional=True)", "LSTM",
         {"hidden_size": 64, "num_layers": 2, "bidirectional": True}),
        ("nn.Embedding(1000, 64)", "Embedding", {"num_embeddings": 1000, "embedding_dim": 64}),
        ("F.relu(x)", "ReLU", {}),
        ("nn.Upsample(scale_factor=2, mode='bilinear')", "Upsample",
         {"scale_factor": 2.0, "mode": "bilinear"}),
        ("layers.Conv2D(64, (3, 3))", "Conv2d", {"out_channels": 64, "kernel_size": (3, 3)}),
        ("MaxPooling2D(pool_size=(2, 2))", "MaxPool2d", {"kernel_size": (2, 2)}),
    ],
)  # fmt: skip
def test_calls_are_read_as_they_stand_in_code(text, kind, arguments):
    assert first(text) == [(kind, arguments)]


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("卷积 64 3", "Conv2d", CONV),
        ("卷积64 3，步长2", "Conv2d", {**CONV, "stride": 2}),
        ("3x3卷积 64", "Conv2d", {"out_channels": 64, "kernel_size": (3, 3)}),
        ("全连接 10", "Linear", {"out_features": 10}),
        ("全连接层１０", "Linear", {"out_features": 10}),
        ("池化", "MaxPool2d", {}),
        ("平均池化 2", "AvgPool2d", {"kernel_size": 2}),
        ("激活", "ReLU", {}),
        ("输入 1，28，28", "Input", {"shape": (N, 1, 28, 28)}),
        ("长短期记忆 128 双向", "LSTM", {"hidden_size": 128, "bidirectional": True}),
    ],
)
def test_chinese_is_read(text, kind, arguments):
    assert first(text) == [(kind, arguments)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("dense 128 relu", ["Linear", "ReLU"]),
        ("conv 64 3 bn relu", ["Conv2d", "BatchNorm2d", "ReLU"]),
        ("2 linear 64", ["Linear", "Linear"]),
        ("2x linear 64", ["Linear", "Linear"]),
        ("linear 64 x2", ["Linear", "Linear"]),
        ("flatten > linear 10", ["Flatten", "Linear"]),
        ("flatten -> linear 10 → softmax", ["Flatten", "Linear", "Softmax"]),
        ("nn.Linear(784, 128), nn.ReLU()", ["Linear", "ReLU"]),
        ("Dense(128, activation='relu')", ["Linear", "ReLU"]),
        ("conv 64 3, bn, relu", ["Conv2d", "BatchNorm2d", "ReLU"]),
        (
            "nn.Sequential(nn.Linear(9, 8), nn.ReLU(), nn.Linear(8, 2))",
            ["Linear", "ReLU", "Linear"],
        ),
        ("nn.Linear(9, 8), nn.ReLU(), nn.Linear(8, 2)", ["Linear", "ReLU", "Linear"]),
        ("两个全连接 64", ["Linear", "Linear"]),
        ("卷积 64 3 > 批归一化 > 激活", ["Conv2d", "BatchNorm2d", "ReLU"]),
    ],
)
def test_a_line_may_mean_several_layers(text, kinds):
    assert [kind for kind, _ in first(text)] == kinds


def test_a_number_before_a_name_repeats_its_arguments():
    assert first("2 linear 64") == 2 * [("Linear", {"out_features": 64})]


@pytest.mark.parametrize(
    ("text", "shape", "kind"),
    [
        ("maxpool 2", (N, 8, 28, 28), "MaxPool2d"),
        ("maxpool 2", (N, 8, 28), "MaxPool1d"),
        ("conv 8", (N, 8, 4, 28, 28), "Conv3d"),
        ("conv 8", (N, 8, 28), "Conv1d"),
        ("bn", (N, 128), "BatchNorm1d"),
        ("bn", (N, 8, 28), "BatchNorm1d"),
        ("bn", (N, 8, 28, 28), "BatchNorm2d"),
        ("conv2d 8", (N, 8, 28), "Conv2d"),
    ],
)
def test_the_rank_follows_what_a_layer_is_attached_to_unless_it_is_said(text, shape, kind):
    assert first(text, shape)[0][0] == kind


def test_the_rank_follows_along_a_chain():
    text = "conv 8 3 > bn > pool 2 > flatten > linear 10 > bn"
    flat = [kind for kind, _ in first(text, (N, 3, 100))]
    assert flat == ["Conv1d", "BatchNorm1d", "MaxPool1d", "Flatten", "Linear", "BatchNorm1d"]
    begun = [kind for kind, _ in first("input 1x100 > conv 8 3 > bn")]
    assert begun == ["Input", "Conv1d", "BatchNorm1d"]


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("zzz", "zzz", ""),
        ("foo 3", "foo", ""),
        ("linaer 3", "linaer", ""),
        ("linear x", "x", "Linear"),
        ("linear 1 2 3", "2", "Linear"),
        ("linear -3", "-3", "Linear"),
        ("conv 0", "0", "Conv2d"),
        ("input 0", "0", "Input"),
        ("conv 64 foo", "foo", "Conv2d"),
        ("conv 64 > foo", "foo", ""),
        ("nn.Linear(3, y)", "y", "Linear"),
        ("nn.ReLU(1, 2)", "1", "ReLU"),
        ("Dense(3, activation='foo')", "foo", ""),
        ("1000 linear 5", "1000", ""),
        ("64 linear 5 relu", "1", ""),
        ("- 3", "-", ""),
    ],
)
def test_what_means_nothing_is_named(text, word, after):
    assert suggestions(text) == []
    assert misread(text) == Misread(word, after)


def test_what_means_something_is_not_complained_about():
    assert misread("conv 64 3 > relu") is None
    assert misread("") is None


def test_every_layer_is_found_by_its_name():
    for name in LAYERS:
        assert first(name)[0][0] == name


def test_keywords_find_layers():
    for kind in LAYERS.values():
        for keyword in kind.keywords:
            found = suggestions(keyword.split()[0], limit=len(LAYERS))
            assert kind.name in {each.cards[0].kind.name for each in found}, keyword


def test_chinese_names_are_of_layers_that_exist():
    assert set(CHINESE_NAMES) <= {stem_of(name) for name in LAYERS} | set(LAYERS)


def test_each_chinese_name_means_the_layer_it_is_given():
    for target, names in CHINESE_NAMES.items():
        for name in names:
            found = suggestions(name)[0].cards[0].kind.name
            assert target in (found, stem_of(found)), name


def test_ready_made_blocks_have_chinese_names():
    ready = {each.kind_name: as_kind(each.project.network) for each in ready_blocks()}
    assert set(CHINESE_BLOCKS) == set(ready)
    for target, names in CHINESE_BLOCKS.items():
        for name in names:
            assert suggestions(name, kinds={**LAYERS, **ready})[0].cards[0].kind_name == target


def test_nothing_typed_offers_something():
    assert len(suggestions("")) > 3


def words() -> st.SearchStrategy[str]:
    """Lines made of what people type, in any order."""
    known = "conv 3x3 nn.Conv2d(3, 64 s2 2x > + 卷积 64 relu input N,1,28,28 ( ) bi 50% 0.5 -1"
    more = "linear x2 reshape stride=2 -> | >= no - dim= =3"
    return st.lists(st.sampled_from([*known.split(), *more.split()]), max_size=8).map(" ".join)


@given(st.one_of(st.text(max_size=30), words()))
def test_any_text_yields_valid_arguments_or_a_word_that_means_nothing(text):
    found = suggestions(text)
    assert bool(found) is (misread(text) is None)
    for each in found:
        assert 1 <= len(each.cards) <= MOST_LAYERS
        for card in each.cards:
            for name, value in card.arguments.items():
                assert not complaint(card.kind.by_name[name], value)


@pytest.mark.parametrize(
    "text", ["linear {}", "conv 8 {}x3", "input {}x3", "dropout p{}", "{} linear", "linear x{}"]
)
def test_numbers_of_thousands_of_digits_are_no_values(text):
    for found in suggestions(text.format("9" * 1500)):
        for card in found.cards:
            assert not [
                name
                for name, value in card.arguments.items()
                if complaint(card.kind.by_name[name], value)
            ]


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "linear " + "9" * 9_990, "linear" + " " * 9_990 + "3", "a=" + "." * 9_990],
)
def test_what_nobody_typed_is_not_read(text: str) -> None:
    assert suggestions(text) == []
    assert misread(text) is not None


def test_spaces_are_one() -> None:
    assert first("linear" + " " * 500 + "64") == first("linear 64")


@pytest.mark.parametrize("name", ["Part", "Input", "Reshape", "Constant"])
def test_the_parameter_of_a_block_is_set_whatever_the_block_is_called(name):
    block = as_kind(Network("b", name, {}, {}, "block", (integer("channels", 4, "Channels."),)))
    (card,) = suggestions(f"{name} 5", kinds={**LAYERS, "block:b": block})[0].cards
    assert card.kind is block
    assert card.arguments == {"channels": 5}


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("depthwise conv", {}),
        ("depthwise conv 3x3", {"kernel_size": (3, 3)}),
        ("dwconv3x3 s2", {"kernel_size": (3, 3), "stride": 2}),
        ("depthwise conv 5 s2", {"kernel_size": 5, "stride": 2}),
        ("depthwise conv 32 3", {"kernel_size": 3}),
        ("depthwise conv 64 3", {"out_channels": 64, "kernel_size": 3}),
        ("DepthwiseConv2D(3, strides=2)", {"kernel_size": 3, "stride": 2}),
        ("深度卷积 3", {"kernel_size": 3}),
    ],
)
def test_a_depthwise_convolution_has_as_many_groups_as_there_are_channels(text, arguments):
    found = first(text, (N, 32, 16, 16))
    assert found == [("Conv2d", {"out_channels": 32, "groups": 32, **arguments})]


def test_of_unknown_channels_none_is_read():
    assert misread("depthwise conv 3") == Misread("depthwise", lacks_channels=True)
    assert misread("可分离卷积 3") == Misread("可分离卷积", lacks_channels=True)
    read = first("input 3x32x32 > depthwise conv 3x3 > conv 16 1")
    assert read[1:] == [
        ("Conv2d", {"out_channels": 3, "groups": 3, "kernel_size": (3, 3)}),
        ("Conv2d", {"out_channels": 16, "kernel_size": 1}),
    ]


@pytest.mark.parametrize(
    ("text", "by_itself", "across"),
    [
        ("separable conv 64 3", {"kernel_size": 3}, {"out_channels": 64}),
        ("sep conv 3x3 64 s2", {"kernel_size": (3, 3), "stride": 2}, {"out_channels": 64}),
        ("SeparableConv2D(64, 5)", {"kernel_size": 5}, {"out_channels": 64}),
        ("depthwise separable conv 64 nobias", {"bias": False},
         {"out_channels": 64, "bias": False}),
        ("深度可分离卷积 64 3", {"kernel_size": 3}, {"out_channels": 64}),
    ],
)  # fmt: skip
def test_a_separable_convolution_is_one_for_each_channel_and_one_across_them(
    text, by_itself, across
):
    assert first(text, (N, 32, 16, 16)) == [
        ("Conv2d", {"out_channels": 32, "groups": 32, **by_itself}),
        ("Conv2d", {"kernel_size": 1, **across}),
    ]


def test_separable_convolutions_follow_each_other():
    groups = [each.get("groups") for _, each in first("2 separable conv 64", (N, 8, 16, 16))]
    assert groups == [8, None, 64, None]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("pointwise conv 64", {"kernel_size": 1, "out_channels": 64}),
        ("逐点卷积 64", {"kernel_size": 1, "out_channels": 64}),
        ("dilated conv 64 3", {"dilation": 2, "out_channels": 64, "kernel_size": 3}),
        ("atrous conv 64 3 d4", {"dilation": 4, "out_channels": 64, "kernel_size": 3}),
        ("空洞卷积 64", {"dilation": 2, "out_channels": 64}),
        ("conv(64, 3)", {"out_channels": 64, "kernel_size": 3}),
    ],
)
def test_words_before_a_convolution_say_how_it_goes_about(text, arguments):
    assert first(text) == [("Conv2d", arguments)]


@pytest.mark.parametrize("text", ["encoder layer 512 8", "encoder layer 8"])
def test_a_number_of_heads_is_none_of_hundreds(text):
    assert first(text) == [("TransformerEncoderLayer", {"nhead": 8})]


@pytest.mark.parametrize(
    "text", ["2x (linear 8 relu)", "2 (linear 8, relu)", "(nn.Linear(4, 8), nn.ReLU()) x2"]
)
def test_layers_in_brackets_come_several_times(text):
    assert first(text) == 2 * [("Linear", {"out_features": 8}), ("ReLU", {})]


@pytest.mark.parametrize("text", ["last step", "the last time step", "取最后一步"])
def test_the_last_step_is_one_of_the_sequence(text):
    assert first(text) == [("Select", {"dim": 1, "index": -1})]


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("zeros 4 4", "Constant", {"shape": (4, 4), "value": 0.0}),
        ("ones N,4", "Constant", {"shape": ("N", 4), "value": 1.0}),
        ("torch.zeros(N, H//2)", "Constant", {"shape": ("N", "H//2"), "value": 0.0}),
        ("arange 10", "Arange", {"end": 10}),
        ("arange T", "Arange", {"end": "T"}),
        ("arange 2 10", "Arange", {"start": 2, "end": 10}),
        ("torch.arange(10)", "Arange", {"end": 10}),
        ("view as", "ReshapeLike", {}),
    ],
)
def test_tensors_of_numbers_are_read_as_in_code(text, kind, arguments):
    assert first(text) == [(kind, arguments)]


@pytest.mark.parametrize("text", ["spectral norm", "weight norm", "谱归一化"])
def test_what_a_word_only_reminds_of_is_followed_by_nothing(text):
    assert suggestions(text) == []
    assert misread(text) == Misread(text)
