"""How long until all shapes, counts and problems of a network are known, beside its peers.

``python -m benchmarks.inference [RUNS]`` needs ``pip install -e ".[benchmarks]"``. Ours has a
symbolic batch and symbolic height and width where the network allows, and starts each time with
every cache empty; peers are warmed up once, on one thread as well. "torchinfo.summary" and
"fx ShapeProp" run the network on real tensors, which is what they do unless told otherwise, and
"meta" on tensors without data. Keras makes the weights as well, which its functional build
cannot do without. All are medians of processor time.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from functools import _lru_cache_wrapper

import torch

from app.project.examples import load_example
from benchmarks.inference_peers import MODULES, PEERS
from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import Inference, infer
from graph_model.network import Edge, Network, Node, Port, Project, set_arguments

EXAMPLES = {"ResNet-50": "resnet-50", "ResNet-152": "resnet-152", "ViT-B/16": "vit-b-16"}
WANTED = {"MLP-1000": 10}
"""How many times faster than each peer a full inference should be; 50 unless it says otherwise."""


def mlp(count: int = 1000, width: int = 64) -> Project:
    """Return a chain of linear layers and activations by turns, ``count`` in all."""
    nodes = {"x": Node("x", "Input", "x", {"shape": ("N", width)})}
    for number in range(1, count + 1):
        if number % 2:
            nodes[f"linear{number}"] = Node(
                f"linear{number}", "Linear", f"linear{number}", {"out_features": width}
            )
        else:
            nodes[f"relu{number}"] = Node(f"relu{number}", "ReLU", f"relu{number}")
    nodes["y"] = Node("y", "Output", "y")
    edges = {}
    for before, after in itertools.pairwise(nodes):
        edges[Port(after, "input")] = Edge(Port(before, "output"), Port(after, "input"))
    return Project({"main": Network("main", "MLP", nodes, edges)}, "main")


def everything(inference: Inference) -> Inference:
    """Ask for what is worked out only on demand."""
    if inference.problems and inference.has_errors:
        raise SystemExit(inference.problems[0].message)
    assert inference.parameter_count
    return inference


def forget() -> None:
    """Empty every cache of the model and of the code generation."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in {"graph_model", "codegen"}:
            for member in vars(module).values():
                if isinstance(member, _lru_cache_wrapper):
                    member.cache_clear()


def milliseconds(runs: int, act: Callable[[], object], before: Callable[[], object]) -> float:
    """Return the median of several runs, each after ``before``."""
    taken = []
    for _ in range(runs):
        before()
        gc.collect()
        start = time.process_time()  # on one thread; what else the machine does is not counted
        act()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken)


def full(name: str, project: Project, runs: int) -> None:
    """Compare a full inference with what the peers take."""

    def ours() -> object:
        return everything(infer(project.network, blocks=project.networks))

    own = milliseconds(3 * runs, ours, forget)
    print(f"\n{name:32}{'ms':>10}{'times ours':>12}")
    print(f"{'Layerweft, caches cold':32}{own:10.2f}{1:12.1f}")
    for peer, prepare in PEERS.items():
        try:
            act = prepare(name)
            act()
            taken = milliseconds(runs, act, lambda: None)
        except (Exception, RecursionError) as error:  # whatever a peer cannot do is told
            print(f"{peer:32}{'fails':>10}  {type(error).__name__}: {str(error)[:60]}")
            continue
        short = "" if taken >= WANTED.get(name, 50) * own else "  below the target"
        print(f"{peer:32}{taken:10.1f}{taken / own:12.1f}{short}")


def edited(project: Project, runs: int) -> float:
    """Return what it takes to know all again after one layer in the middle was changed."""
    before = everything(infer(project.network))
    middle = list(project.network.nodes)[len(project.network.nodes) // 2]
    assert project.network.nodes[middle].kind == "Linear"
    sizes = itertools.count(65)
    changed: list[Network] = []

    def change() -> None:
        changed[:] = [set_arguments(project.network, middle, {"out_features": next(sizes)})]

    return milliseconds(10 * runs, lambda: everything(infer(changed[0], before)), change)


def written(project: Project, runs: int) -> tuple[float, float]:
    """Return what text, class and module of a network take, and torch's own share of it."""
    inference = everything(infer(project.network))
    ours = milliseconds(runs, lambda: build(source(inference)).make(), forget)
    return ours, milliseconds(runs, MODULES["MLP-1000"][0], lambda: None)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    projects = {name: load_example(example) for name, example in EXAMPLES.items()}
    projects["MLP-1000"] = mlp()
    for name, project in projects.items():
        full(name, project, runs)
    print("\nMLP-1000")
    print(f"{'one edit in the middle':32}{edited(projects['MLP-1000'], runs):10.2f} ms")
    ours, torchs = written(projects["MLP-1000"], runs)
    print(f"{'text, class and module':32}{ours:10.1f} ms")
    print(f"{'torch alone makes the layers':32}{torchs:10.1f} ms")
    print(f"{'so above torch':32}{ours - torchs:10.1f} ms")


if __name__ == "__main__":
    main()
