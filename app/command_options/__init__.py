"""The options of each command of the command line, and what is said of them in its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Final

from app.command_options import exchange, smaller
from app.command_options.parsing import FILE_HELP, Add, Parser, examples_of

__all__ = ["COMMANDS", "MODULES", "Parser", "examples_of"]


def _open(add: Add) -> None:
    parser = add(
        help="open the window (what happens without a command)",
        description="Open the window.",
        epilog=examples_of("layerweft", "layerweft net.weft", "layerweft example:digits-resnet"),
    )
    parser.add_argument("file", nargs="?", help=FILE_HELP)


def _check(add: Add) -> None:
    parser = add(
        help="print shapes, parameter count and problems",
        description="Print the shapes, the parameter count and the problems of a network and of\n"
        "its recipe, unless that is as a new project has it. The exit status is 1 where an error\n"
        "keeps the network from being built or trained. Below each problem stand the fixes for\n"
        "it, with the numbers by which --fix takes them.",
        epilog=examples_of(
            "layerweft check net.weft",
            "layerweft check net.weft --json",
            "layerweft check net.weft --fix 2            mend the file by fix 2",
            "layerweft check net.weft --fix 2 -o mended.weft",
        ),
    )
    parser.add_argument("file", help=FILE_HELP)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--fix", type=_positive, metavar="N", help="take fix N, then check again")
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="with --fix: the file to write, instead of the same"
    )


def _data(add: Add) -> None:
    parser = add(
        help="print what is read of a file or folder of data, and why",
        description="Print what a table, an archive of arrays or a folder of pictures is read as:\n"
        "columns with their roles, types and gaps, arrays, classes, and what is worth knowing\n"
        "before training. Settings are changed as in the recipe.",
        epilog=examples_of(
            "layerweft data titanic.csv",
            "layerweft data titanic.csv --json",
            "layerweft data euro.csv --set delimiter=semicolon --set decimal=comma",
            "layerweft data titanic.csv --set target=Fare --set roles.Name=ignore",
        ),
    )
    parser.add_argument("path", help="a file or folder, or the kind of a bundled data set")
    parser.add_argument("--kind", help="what it is, where its name does not tell: csv, npz, …")
    parser.add_argument(
        "--set", action="append", metavar="NAME=VALUE", help="a setting; may be repeated"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _custom(add: Add) -> None:
    parser = add(
        help="show the custom layers, allow them to run, and revoke that",
        description="Show the Python text of the custom layers, each with its SHA-256.\n"
        "None of it runs on this machine before you, having read it, allow that very text.",
        epilog=examples_of(
            "layerweft custom net.weft",
            "layerweft custom net.weft --allow SHA256",
            "layerweft custom samples.py --allow SHA256   Python that yields samples",
            "layerweft custom --list                   all that may run, of any project",
            "layerweft custom --revoke SHA256",
        ),
    )
    parser.add_argument("file", nargs="?", help=FILE_HELP)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--allow", metavar="SHA256", help="let the text of this digest run")
    what.add_argument("--revoke", metavar="SHA256", help="let it run no more, in any project")
    what.add_argument("--list", action="store_true", help="show all that may run, of any project")


def _train(add: Add) -> None:
    parser = add(
        help="train the network as its recipe says",
        description="Train the network as its recipe says, and keep the weights.",
        epilog=examples_of(
            "layerweft train net.weft",
            "layerweft train net.weft --epochs 20 --device cuda:0 --out runs/first",
            "layerweft train example:iris-mlp --seed 1 --json",
            "layerweft train net.weft --on me@gpu --device cuda --out runs/there",
            "layerweft train net.weft --weights runs/first --weights-of encoder",
            "layerweft train runs/first --resume                 where it was interrupted",
            "layerweft train runs/first --resume --epochs 40     further",
        ),
    )
    parser.add_argument("file", help=f"{FILE_HELP}; with --resume the folder of a run as well")
    parser.add_argument("--epochs", type=_positive, metavar="N", help="instead of the recipe's")
    parser.add_argument("--device", help="cpu, cuda:0, mps (default: cpu, or as the run was)")
    parser.add_argument(
        "--on", metavar="HOST", help="train there, over ssh; --out keeps what is told and fetched"
    )
    parser.add_argument(
        "--python", default="python3", metavar="PATH", help="the Python with PyTorch on that host"
    )
    parser.add_argument(
        "--there", metavar="DIR", help="where runs have folders there, if not in ~/.layerweft/runs"
    )
    parser.add_argument("--seed", type=_natural, metavar="S", help="instead of the recipe's")
    parser.add_argument("--out", metavar="DIR", help="the folder that keeps weights and figures")
    parser.add_argument(
        "--weights",
        metavar="FILE",
        help="begin with these: .safetensors, a state_dict (.pt), or the best of a run's folder",
    )
    parser.add_argument(
        "--weights-match",
        action="store_true",
        help="take of them what has the name and shape of a weight, and list the rest",
    )
    parser.add_argument(
        "--weights-of",
        action="append",
        metavar="PART",
        help="take only those of this block or layer, by its name in the code; may be repeated",
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the run in that folder, to the bit"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON event a line")


def _runs(add: Add) -> None:
    parser = add(
        help="list the runs that are kept",
        description="List the runs of the window, or those in another folder, the newest first.",
        epilog=examples_of(
            "layerweft runs",
            'layerweft runs --where "accuracy>0.9 optimizer=Adam tag=good"',
            "layerweft runs experiments --json",
            "layerweft runs --where starred --tensorboard logs",
            "layerweft runs --add lightning_logs/version_0",
        ),
    )
    parser.add_argument("folder", nargs="?", metavar="DIR", help="a folder that holds runs")
    parser.add_argument(
        "--where", metavar="WORDS", help="only runs of which this holds, as above the list of runs"
    )
    parser.add_argument(
        "--tensorboard", metavar="DIR", help="write these runs as logs of TensorBoard too"
    )
    parser.add_argument(
        "--add", metavar="PATH", help="take in a run made elsewhere: a folder, or its events.jsonl"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON list")


def _compare(add: Add) -> None:
    parser = add(
        help="say what differs between two runs",
        description="Say what differs between two runs in the drawing, the recipe and the data,\n"
        "and what came of each.",
        epilog=examples_of("layerweft compare runs/first runs/second"),
    )
    for name in ("one", "other"):
        parser.add_argument(name, help="the folder of a run, or the name of one of the window's")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _report(add: Add) -> None:
    parser = add(
        help="write what runs have reached into an HTML file",
        description="Write curves, figures, settings and the networks of runs into one HTML file\n"
        "that needs nothing else to be read; of several, what differs between them.",
        epilog=examples_of(
            "layerweft report runs/first -o first.html",
            'layerweft report --where "experiment=rates" -o rates.html',
        ),
    )
    parser.add_argument(
        "runs", nargs="*", help="folders of runs, or the names of some of the window's"
    )
    parser.add_argument("--where", metavar="WORDS", help="all of the window's of which this holds")
    parser.add_argument("-o", "--output", required=True, metavar="FILE.html")


def _search(add: Add) -> None:
    parser = add(
        help="train once for each combination of settings",
        description="Train the network once for each combination of values, each as a run in a\n"
        "folder of its own, and say which is best. A search that was interrupted goes on where\n"
        "it was, with the same command or by --resume; other values are added to it. Settings\n"
        "are those of the recipe (epochs, lr, optimizer, schedule.gamma, l2_penalty.factor,\n"
        "thaw.conv1, transforms.crop.padding, loss.label_smoothing, OUTPUT.weight,\n"
        "inputs.INPUT, players.OUTPUT.lr, phases.1.start), arguments of nodes\n"
        "(linear1.out_features), and what is there or not (dropout1, ema, transforms.noise).",
        epilog=examples_of(
            "layerweft search net.weft --set lr=1e-4,1e-3,1e-2",
            'layerweft search net.weft --set "lr=1e-5..1e-1 log 9" --set seed=0..4 --out first',
            'layerweft search net.weft --set "optimizer=SGD momentum=0.9, Adam"',
            "layerweft search net.weft --set dropout1=with,without",
            "layerweft search net.weft --set transforms.crop.padding=0,2,4 --set loss.gamma=1,2",
            "layerweft search net.weft --set lr=1e-4,1e-3,1e-2 --set batch_size=16,32 --random 4",
            'layerweft search net.weft --set "lr=1e-5..1e-1 log" --method tpe --trials 30 --prune',
            "layerweft search first --resume",
        ),
    )
    parser.add_argument("file", nargs="?", help=f"{FILE_HELP}, or the folder of a search")
    parser.add_argument("--set", action="append", metavar="NAME=V,V", help="a setting, its values")
    parser.add_argument("--resume", action="store_true", help="go on with the search in the folder")
    parser.add_argument(
        "--at-once", type=_positive, metavar="N", help="so many runs at a time, in processes"
    )
    parser.add_argument(
        "--random", type=_positive, metavar="N", help="only so many of the combinations, by chance"
    )
    parser.add_argument(
        "--method",
        choices=("grid", "tpe"),
        default="grid",
        help="every combination, or what TPE proposes by what the trials before have reached",
    )
    parser.add_argument(
        "--trials", type=_positive, metavar="N", help="how many TPE proposes in all (default: 20)"
    )
    parser.add_argument(
        "--prune", action="store_true", help="stop trials that lag behind the median of the others"
    )
    parser.add_argument("--seed", type=_natural, metavar="S", help="draws the same ones again")
    parser.add_argument("--device", help="cpu, cuda:0, mps (default: cpu)")
    parser.add_argument("--out", metavar="DIR", help="the folder that keeps the runs")
    parser.add_argument("--json", action="store_true", help="print one JSON list")


def _list_examples(add: Add) -> None:
    add(
        help="list the examples",
        description="List the examples; example:NAME stands for a file in every command.",
        epilog=examples_of("layerweft examples", "layerweft example:iris-mlp"),
    ).add_argument("--json", action="store_true", help="print one JSON list")


def _demo(add: Add) -> None:
    parser = add(
        help="do the main job without a window",
        description="Train an example without a window, and write its Python file, its weights,\n"
        "a picture of the network and one of the curves.",
        epilog=examples_of("layerweft demo", "layerweft demo example:iris-mlp --out demo"),
    )
    parser.add_argument("file", nargs="?", help=f"{FILE_HELP} (default: digits-resnet)")
    parser.add_argument(
        "--out", metavar="DIR", help="the folder for all of it (default: layerweft-demo)"
    )


def _positive(text: str) -> int:
    return _whole(text, 1)


def _natural(text: str) -> int:
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least {least}")
    return number


COMMANDS: Final[Mapping[str, Callable[[Add], None]]] = {
    "open": _open,
    "check": _check,
    "data": _data,
    "custom": _custom,
    "export": exchange.export,
    "import": exchange.import_,
    "import module": exchange.import_module,
    "weights": exchange.weights,
    "train": _train,
    "runs": _runs,
    "compare": _compare,
    "report": _report,
    "search": _search,
    "prune": smaller.prune,
    "quantise": smaller.quantise,
    "picture": exchange.picture,
    "examples": _list_examples,
    "demo": _demo,
}
"""Every command by its name, in the order of the help."""
MODULES: Final[Mapping[str, str]] = {"import": "importing", "import module": "module_import"}
"""The modules of commands whose names are words of Python, or several words."""
