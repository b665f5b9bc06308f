"""Random networks, a thousand in a campaign: what is inferred, emitted and built is torch's.

Half of them have blocks: nested, repeated, with parameters, sharing weights.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, note, settings

from codegen.build import build
from codegen.emit import source
from graph_model.formulas import evaluate
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.network import Network, Project, rename, used_network
from tests.block_strategies import projects
from tests.codegen.running import (
    as_tuple,
    assert_same,
    backward,
    example_inputs,
    gradients,
    real_shape,
    run,
)
from tests.interpreter import Interpreter
from tests.random_layers import CUSTOM, KINDS, KNOWN
from tests.sampling import IS_CAMPAIGN, cases
from tests.suitable_layers import NOT_DRAWN

COUNT = cases(300, 1000)
LONG = 36
"""Letters in a name that make many lines too long for one, and none for its head alone."""
_all_of_them = settings(max_examples=COUNT, database=None, suppress_health_check=list(HealthCheck))

# torch gives advice on arguments that were drawn at random
pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:torch.*"),
    pytest.mark.filterwarnings("ignore:torch.searchsorted:UserWarning"),
    pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning"),
    pytest.mark.filterwarnings("ignore:Since version 1.3.0, affine_grid:UserWarning"),
]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def corpus() -> list[Inference]:
    """The networks of one run of hypothesis, to be looked at together."""
    found: list[Inference] = []

    @settings(_all_of_them, phases=[Phase.generate])
    @given(projects())
    def collect(project: Project) -> None:
        found.append(infer_project(project, KNOWN))

    collect()
    return found


def test_the_networks_are_many_and_hold_every_kind_of_layer(corpus: list[Inference]) -> None:
    kinds = Counter(
        node.kind
        for each in corpus
        for network in each.networks.values()
        for node in network.nodes.values()
    )
    print("\n".join(f"{kind:24}{kinds[kind]:6}" for kind in KINDS))
    assert len(corpus) == COUNT
    rare = {kind: kinds[kind] for kind in KINDS.keys() - NOT_DRAWN if kinds[kind] < 5}
    assert len(rare) <= (0 if IS_CAMPAIGN else len(KINDS) // 4), rare
    assert all(sum(len(one.nodes) for one in each.networks.values()) >= 5 for each in corpus)
    assert sum(map(_branches, corpus)) >= COUNT / 2


def has_conditions(inference: Inference) -> Iterator[bool]:
    """Yield for each use of a block on a condition, in every turn, whether it is there."""
    for id, result in inference.nodes.items():
        repeat = inference.network.nodes[id].repeat
        if not isinstance(repeat, int) and isinstance(evaluate(repeat, inference.scope), bool):
            yield bool(result.passes)
        for each in result.passes:
            yield from has_conditions(each.inference)


def has_open_inputs(inference: Inference) -> Iterator[bool]:
    """Yield for each use of a block, in every turn, whether it leaves an Input open."""
    for result in inference.nodes.values():
        for each in result.passes:
            inputs = {node.name for node in each.inference.of_kind("Input")}
            yield len(result.inputs) < len(inputs)
            yield from has_open_inputs(each.inference)


def has_tied_head(network: Network) -> bool:
    """Tell whether a Linear uses the weights of an Embedding."""
    nodes = network.nodes
    return any(
        node.kind == "Linear" and nodes[node.shares].kind == "Embedding"
        for node in nodes.values()
        if node.shares
    )


def _branches(inference: Inference) -> bool:
    uses = Counter(edge.source for edge in inference.network.edges.values())
    return max(uses.values()) > 1


def test_blocks_are_used_in_every_way(corpus: list[Inference]) -> None:
    figures: Counter[str] = Counter()
    for each in corpus:
        nodes = [
            (network.role, node)
            for network in each.networks.values()
            for node in network.nodes.values()
        ]
        uses = [(role, node) for role, node in nodes if used_network(node.kind)]
        figures += Counter({
            "with blocks": bool(uses),
            "nested": any(role == "block" for role, _ in uses),
            "repeated": any(node.repeat != 1 for _, node in uses),
            "repeated by a formula": any(not isinstance(node.repeat, int) for _, node in uses),
            "there on a condition": any(has_conditions(each)),
            "left out": not all(has_conditions(each)),
            "blocks that share": any(node.shares for _, node in uses),
            "heads tied to an embedding": any(map(has_tied_head, each.networks.values())),
            "layers that share": any(node.shares and node.kind in KINDS for _, node in nodes),
            "with frozen weights": any(node.frozen for _, node in nodes),
            "that say what they begin with": any(node.init for _, node in nodes),
            "with norms of weights": any(node.parametrization for _, node in nodes),
            "whose layers begin alike": any(other.init for other in each.networks.values()),
            "with arguments": any(node.arguments for _, node in uses),
            "with kinds as parameters": any(node.kind_from for _, node in nodes),
            "with inputs left open": any(has_open_inputs(each)),
            "with formulas": any(node.formulas for _, node in nodes),
        })  # fmt: skip
    print(figures)
    assert figures.pop("with blocks") >= COUNT / 3
    assert len(figures) == 16
    assert min(figures.values()) >= COUNT / 50, figures


@settings(_all_of_them, max_examples=cases(120, 1000))
@given(projects())
def test_a_module_is_what_inference_says_and_computes_what_the_interpreter_does(
    project: Project,
) -> None:
    inference = infer_project(project, KNOWN)
    assert not inference.has_errors, inference.problems
    built = build(source(inference), KNOWN)
    note(built.source.text)
    model = built.make()
    assert sum(each.numel() for each in model.parameters()) == inference.parameter_count
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    inputs = example_inputs(inference)
    ends = inference.of_kind("Output")
    specs = [inference.nodes[end.id].inputs["input"] for end in ends]
    for training in (True, False):
        model.load_state_dict(weights)
        model.zero_grad()
        outputs = run(model.train(training), inputs.values())
        assert [tuple(each.shape) for each in outputs] == [real_shape(spec) for spec in specs]
        assert [str(each.dtype) for each in outputs] == [f"torch.{spec.dtype}" for spec in specs]
        interpreter = Interpreter(
            project.network, weights, training=training, blocks=project.networks
        )
        expected = interpreter.run(inputs)
        assert_same({end.name: each for end, each in zip(ends, outputs, strict=True)}, expected)
        backward(outputs)
        backward(expected.values())
        assert_same(gradients(model), interpreter.gradients())


def test_exported_files_are_clean_and_do_the_same_with_torch_alone(
    corpus: list[Inference], tmp_path: Path
) -> None:
    expected = {
        f"net{number}": export(inference, tmp_path / f"net{number}.py")
        for number, inference in enumerate(corpus)
    }
    check_with_ruff(tmp_path)
    script = Path(__file__).parents[1] / "alone.py"
    command = [sys.executable, "-I", "-W", "ignore", script, tmp_path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = torch.load(tmp_path / "answers.pt")
    assert answers.keys() == expected.keys()
    for name, (outputs, wanted) in expected.items():
        answer = answers[name]
        assert_same(dict(enumerate(answer["outputs"])), dict(enumerate(outputs)))
        assert_same(answer["gradients"], wanted)
        assert answer["printed"].count("(") == len(outputs), name


def test_long_names_are_broken_where_ruff_breaks_them(
    corpus: list[Inference], tmp_path: Path
) -> None:
    for number, inference in enumerate(corpus):
        network = inference.network
        for id, node in network.nodes.items():
            network = rename(network, id, f"{node.name}_".ljust(LONG - number % 12, "x"))
        text = source(infer(network, None, inference.networks, CUSTOM)).text
        (tmp_path / f"net{number}.py").write_text(text, encoding="utf-8")
    check_with_ruff(tmp_path)


def export(
    inference: Inference, file: Path
) -> tuple[tuple[torch.Tensor, ...], dict[str, torch.Tensor | None]]:
    """Write the file and the case of a network; return what the built module computes."""
    built = build(source(inference), KNOWN)
    model = built.make().eval()
    inputs = list(example_inputs(inference).values())
    file.write_text(built.source.text, encoding="utf-8")
    case = {"class": built.source.class_name, "weights": model.state_dict(), "inputs": inputs}
    torch.save(case, file.with_suffix(".case"))
    torch.default_generator.manual_seed(0)  # FractionalMaxPool is random even in evaluation
    outputs = as_tuple(model(*inputs))
    backward(outputs)
    return tuple(each.detach() for each in outputs), gradients(model)


def check_with_ruff(folder: Path) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    options = ["--isolated", "--no-cache", "--line-length=100", folder]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff, *command, *options], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[:3000] + done.stderr
