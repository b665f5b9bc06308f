"""The options of the commands that make networks smaller and faster."""

from __future__ import annotations

import argparse

from app.command_options.parsing import Add, examples_of


def prune(add: Add) -> None:
    """Add what takes units away."""
    parser = add(
        help="make a trained network smaller",
        description="Take away the channels, heads and neurons of a run's network that matter "
        "least, or tell how it rests on what could go.",
        epilog=examples_of(
            "layerweft prune runs/first                        what could go, and what that costs",
            "layerweft prune runs/first --share 50 -o small.weft",
            "layerweft prune runs/first --share 50 --evenly --group conv1=4 -o small.weft",
            "layerweft train small.weft --weights small.safetensors --epochs 1",
        ),
    )
    parser.add_argument("run", metavar="RUN", help="the folder of a run, or its name")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the smaller project here")
    parser.add_argument(
        "--share", type=_share, default=50, metavar="PERCENT", help="how much goes (default: 50)"
    )
    parser.add_argument(
        "--evenly", action="store_true", help="as much of each group, not what matters least of all"
    )
    parser.add_argument(
        "--group", action="append", metavar="NAME=N", help="so many units of this group; repeated"
    )
    parser.add_argument(
        "--criterion",
        choices=("l1", "l2", "random"),
        default="l2",
        help="by which norm of its weights a unit matters (default: l2)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def quantise(add: Add) -> None:
    """Add what puts weights into eight bits."""
    parser = add(
        help="put a trained network into eight bits",
        description="Put a run's network into whole numbers of eight bits, calibrated on its "
        "training samples, and tell how small, quick and good it is, and which layers suffer.",
        epilog=examples_of(
            "layerweft quantise runs/first                      compare, write nothing",
            "layerweft quantise runs/first --way onnx -o small.onnx",
        ),
    )
    parser.add_argument("run", metavar="RUN", help="the folder of a run, or its name")
    parser.add_argument("-o", "--output", metavar="FILE", help="write each way beside this name")
    parser.add_argument(
        "--way",
        action="append",
        choices=("static", "dynamic", "onnx"),
        help="static and dynamic by torch.ao, onnx by ONNX Runtime; repeated (default: all)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share < 100:
        raise argparse.ArgumentTypeError("a share from 0 to 99 per cent is expected")
    return share
