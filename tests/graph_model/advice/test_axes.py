"""Sequences and channels-last data: what stands where a layer does not look for it."""

from __future__ import annotations

import pytest

from graph_model.advice.axes import SEQUENCE_KINDS
from graph_model.dims import format_shape
from graph_model.editing.block_edits import make_block
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import Network, Port, Project
from graph_model.problems import Problem
from tools.mistakes import Given, Layer, drawn, f32, i64, one, row

SEQUENCE = f32("N", 24, 8)
IMAGE = f32("N", 3, 32, 32)


def _found(network: Network, code: str) -> Problem:
    (problem,) = (each for each in infer(network).problems if each.code == code)
    return problem


def _result(network: Network) -> str:
    found = infer(network)
    return format_shape(found.nodes[found.of_kind("Output")[0].id].inputs["input"].shape)


@pytest.mark.parametrize(
    ("given", "layers"),
    [
        (SEQUENCE, [("LSTM", {}), ("Transpose", {"dim0": 1, "dim1": 2}), ("BatchNorm1d", {})]),
        (SEQUENCE, [("LSTM", {}), ("LayerNorm", {})]),
        (SEQUENCE, [("LSTM", {}), ("Select", {"dim": 1, "index": -1}), ("BatchNorm1d", {})]),
        (f32("N", 4, 64), [("Linear", {}), ("BatchNorm1d", {})]),
        (f32("N", 12, 1000), [("Conv1d", {})]),
        (f32("N", 64, 100), [("Conv1d", {})]),
        (f32("N", 512, 64), [("Conv1d", {})]),
        (f32("N", 8, 24), [("Conv1d", {}), ("Transpose", {"dim0": 1, "dim1": 2}), ("LSTM", {})]),
        (IMAGE, [("Conv2d", {}), ("LayerNorm", {"dims": 3})]),
        (IMAGE, [("Conv2d", {}), ("Permute", {"dims": (0, 2, 3, 1)}), ("LayerNorm", {})]),
        (SEQUENCE, [("Reshape", {"shape": (-1, 24, 2, 4)})]),
        (SEQUENCE, [("Reshape", {"shape": (-1, 8)})]),
        (SEQUENCE, [("LSTM", {}), ("ReLU", {}), ("Dropout", {}), ("Identity", {}),
            ("BatchNorm1d", {})]),
        (i64("N", "T"), [("Embedding", {}), ("Dropout1d", {}), ("Linear", {})]),
    ],
    ids=lambda each: " ".join(kind for kind, _ in each) if isinstance(each, list) else "",
)  # fmt: skip
def test_what_stands_where_it_should_is_not_advised_against(
    given: Given, layers: list[Layer]
) -> None:
    assert [each.code for each in infer(row("", given, *layers).network).problems] == []


AROUND = "Insert Transpose before and behind it"
BEFORE = "Insert Transpose before it"


@pytest.mark.parametrize(
    ("code", "given", "layers", "fixes"),
    [
        ("size_must_be_number", f32("N", "H", "W", 3), [("Conv2d", {"padding": 1})],
            {"Insert Permute before it": "N×32×H×W"}),
        ("features_last", SEQUENCE, [("LSTM", {}), ("BatchNorm1d", {})], {AROUND: "N×24×64"}),
        ("features_last", SEQUENCE, [("LSTM", {}), ("GroupNorm", {})], {AROUND: "N×24×64"}),
        ("channels_last", f32("N", 32, 32, 3), [("BatchNorm2d", {})],
            {"Insert Permute before it": "N×3×32×32"}),
        ("features_last", SEQUENCE, [("LSTM", {}), ("Dropout", {}), ("AdaptiveAvgPool1d", {})],
            {BEFORE: "N×64×1", AROUND: "N×1×64"}),
        ("features_last", i64("N", 20), [("Embedding", {}), ("Conv1d", {"out_channels": 5})],
            {BEFORE: "N×5×18", AROUND: "N×18×5"}),
        ("features_first", f32("N", 8, 24), [("Conv1d", {}), ("MaxPool1d", {}), ("GRU", {})],
            {BEFORE: "N×11×64", AROUND: "N×64×11"}),
        ("steps_first", f32("N", 128, 9), [("Conv1d", {"out_channels": 5})],
            {BEFORE: "N×5×126", AROUND: "N×126×5"}),
        ("steps_first", f32("N", 128, 9), [("BatchNorm1d", {})], {AROUND: "N×128×9"}),
        ("normalises_places", IMAGE, [("Conv2d", {}), ("ReLU", {}), ("LayerNorm", {})],
            {AROUND: "N×32×30×30", "Set dims to 3": "N×32×30×30"}),
        ("cannot_reshape", f32("N", 8), [("Reshape", {"shape": (-1, 32)})],
            {"Set shape to (-1, 8)": "N×8"}),
        ("samples_mixed", f32(2, "N", 8), [("Reshape", {"shape": (-1, 16)})], {BEFORE: "N×16"}),
        ("samples_mixed", f32(4, "N", 8), [("Reshape", {"shape": (2, -1, 16)})], {}),
        ("samples_mixed", f32("N", 4), [("Reshape", {"shape": (2, -1, 2)})],
            {"Set shape to (-1, 2, 2)": "N×2×2"}),
        ("batch_in_features", IMAGE, [("Reshape", {"shape": (32, -1)}), ("Linear", {})],
            {"Set shape to (-1, 3072)": "N×128"}),
        ("batch_in_features", f32("N", "T", 32), [("Reshape", {"shape": (32, -1)})], {}),
        ("size_must_be_number", f32("N", "T", 3), [("Conv1d", {"padding": 1})],
            {BEFORE: "N×32×T", AROUND: "N×T×32"}),
        ("size_must_be_number", f32("N", "T", 3), [("BatchNorm1d", {})], {AROUND: "N×T×3"}),
        ("kernel_too_large", f32("N", 128, 9), [("Conv1d", {"kernel_size": 11})],
            {BEFORE: "N×32×118", "Set kernel_size to 3": "N×32×7", "Set padding to 1": "N×32×1"}),
    ],
)  # fmt: skip
def test_what_stands_elsewhere_is_told_and_each_fix_mends_it(
    code: str, given: Given, layers: list[Layer], fixes: dict[str, str]
) -> None:
    network = row("", given, *layers).network
    problem = _found(network, code)
    assert [fix.message for fix in problem.fixes] == list(fixes)
    for fix in problem.fixes:
        mended = apply_fix(network, fix)
        assert code not in {each.code for each in infer(mended).problems}
        assert _result(mended) == fixes[fix.message]


@pytest.mark.parametrize("kind", SEQUENCE_KINDS)
def test_a_layer_of_several_inputs_reads_the_swapped_one_in_all_of_them(kind: str) -> None:
    kind_of = LAYERS[kind]
    ports = [
        port for port in kind_of.inputs(kind_of.complete({})) if port not in kind_of.optional_inputs
    ]
    conv = ("conv", "Conv1d", {"out_channels": 64})
    layer = ("layer", kind, {}, " ".join("conv" for _ in ports))
    network = drawn(("x", "Input", {"shape": ("N", 8, 66)}), conv, layer, ("y", "Output", {}))
    problem = _found(network, "features_first")
    assert problem.port == ports[0]
    for fix in problem.fixes:
        mended = apply_fix(network, fix)
        assert infer(mended).problems == ()
        assert len(mended.nodes) == len(network.nodes) + len(fix.message.split(" and "))
        assert {mended.edges[Port("layer", port)].source.node for port in ports}.isdisjoint(
            {"conv"}
        )


@pytest.mark.parametrize("state", ["h_n", "c_n"])
def test_a_state_laid_out_flat_brings_its_batch_to_the_front(state: str) -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 24, 2)}),
        ("lstm", "LSTM", {"hidden_size": 8, "num_layers": 3}),
        ("flat", "Flatten", {}, f"lstm.{state}"),
        ("fc", "Linear", {"out_features": 4}),
        ("y", "Output", {}),
    )
    fix, *others = _found(network, "size_must_be_number").fixes
    assert (fix.message, others) == ("Insert Transpose before flat", [])
    mended = apply_fix(network, fix)
    assert infer(mended).problems == ()
    assert _result(mended) == "N×4"


@pytest.mark.parametrize(("is_first", "shape"), [(True, ("N", "T", 2)), (False, ("T", "N", 2))])
def test_all_steps_laid_out_flat_are_offered_the_last_one(
    is_first: bool, shape: tuple[str | int, ...]
) -> None:
    network = drawn(
        ("x", "Input", {"shape": shape}),
        ("rnn", "GRU", {"hidden_size": 8, "batch_first": is_first}),
        ("flat", "Flatten", {}),
        ("fc", "Linear", {"out_features": 4}),
        ("y", "Output", {}),
    )
    fix = _found(network, "size_must_be_number").fixes[0]
    assert fix.message == "Take the last step before flat"
    mended = apply_fix(network, fix)
    assert infer(mended).problems == ()
    assert _result(mended) == "N×4"


def test_the_features_of_a_block_are_seen_from_outside() -> None:
    network = row("", SEQUENCE, ("LSTM", {}), ("ReLU", {}), ("BatchNorm1d", {})).network
    for inside, place, fixes in (["relu1", "bn1"], "", 0), (["lstm1"], "bn1", 1):
        project, use = make_block(Project({"main": network}, "main"), "main", inside, "Part")
        found = infer(project.network, blocks=project.networks)
        (problem,) = (each for each in found.problems if each.code == "features_last")
        assert problem.node == (place or use)
        assert len(problem.fixes) == fixes


def test_of_what_is_not_known_within_a_block_nothing_is_said() -> None:
    network = row("", IMAGE, ("Conv2d", {}), ("ReLU", {}), ("LayerNorm", {"dims": 9})).network
    project, use = make_block(Project({"main": network}, "main"), "main", ["norm1"], "Part")
    found = infer(project.network, blocks=project.networks)
    assert [(each.code, each.node) for each in found.problems] == [("inside_block_node", use)]


def test_a_row_of_numbers_cannot_be_turned_to_be_multiplied() -> None:
    network = one("", "MatMul", {}, f32("N", 5), f32(4)).network
    assert _found(network, "cannot_multiply").fixes == ()


def test_a_fix_around_a_layer_feeds_all_that_read_it() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 24, 8)}),
        ("lstm", "LSTM", {}),
        ("norm", "BatchNorm1d", {}),
        ("act", "ReLU", {}),
        ("y", "Output", {}),
        ("z", "Output", {}, "norm"),
    )
    mended = apply_fix(network, _found(network, "features_last").fixes[0])
    (behind,) = (edge.target.node for edge in mended.edges.values() if edge.source.node == "norm")
    assert mended.nodes[behind].kind == "Transpose"
    for reader in ("act", "z"):
        assert mended.edges[Port(reader, "input")].source == Port(behind, "output")


@pytest.mark.parametrize(
    ("arguments", "pixels", "fix"),
    [
        ({"stride": 2, "padding": 1}, 14, "Set output_padding of up to 1"),
        ({"stride": (2, 1), "padding": 1}, (14, 7), "Set output_padding of up to (1, 0)"),
        ({"stride": 2}, 14, ""),
        ({"stride": 2, "padding": 1}, 15, ""),
    ],
)
def test_pixels_that_a_stride_had_skipped_come_back(
    arguments: dict[str, object], pixels: int | tuple[int, int], fix: str
) -> None:
    height, width = pixels if isinstance(pixels, tuple) else (pixels, pixels)
    network = drawn(
        ("x", "Input", {"shape": ("N", 4, 7, 7)}),
        ("skip", "Input", {"shape": ("N", 8, height, width)}),
        ("up", "ConvTranspose2d", {"out_channels": 8, **arguments}, "x"),  # type: ignore[dict-item]
        ("act", "ReLU", {}),
        ("joint", "Add", {}, "skip act"),
        ("y", "Output", {}),
    )
    problem = _found(network, "cannot_broadcast")
    offered = [each for each in problem.fixes if "output_padding" in each.message]
    assert [each.message for each in offered] == ([fix] if fix else [])
    for each in offered:
        assert not infer(apply_fix(network, each)).has_errors
