"""The options of the commands by which networks come in and go out."""

from __future__ import annotations

import argparse
from typing import Final

from app.command_options.parsing import FILE_HELP, Add, examples_of, positive_number
from app.exporting.targets import OPSETS, TARGETS

_FORMATS: Final = tuple(name for name in TARGETS if name not in ("training", "weights"))
"""What ``--as`` takes; the others have options of their own."""


def export(add: Add) -> None:
    """Add what writes a network in other forms."""
    parser = add(
        help="write the network as a PyTorch file",
        description="Write the network as a Python file that needs PyTorch alone.",
        epilog=examples_of(
            "layerweft export net.weft                 print it",
            "layerweft export net.weft -o model.py",
            "layerweft export net.weft --to folder     with train.py, predict.py and the data",
            "layerweft export net.weft -o model.py --weights run/best.safetensors --as onnx pt2",
            "layerweft export net.weft -o model.py --prove      run it, and compare",
        ),
    )
    parser.add_argument("file", help=FILE_HELP)
    parser.add_argument("-o", "--output", metavar="PATH", help="the file to write, model.py")
    parser.add_argument(
        "--to",
        metavar="DIR",
        help="write a script folder: the model, train.py, predict.py, and all that they need",
    )
    parser.add_argument(
        "--train", action="store_true", help="write the rest of a script folder beside the model"
    )
    parser.add_argument(
        "--weights",
        metavar="PATH",
        help="trained weights (.safetensors, or a state_dict .pt) to write beside it, as both",
    )
    parser.add_argument(
        "--as",
        dest="formats",
        nargs="+",
        action="extend",
        default=[],
        choices=_FORMATS,
        metavar="FORMAT",
        help=f"write it beside, with those weights or as it begins: {', '.join(_FORMATS)}",
    )
    opset = f"the version of ONNX's operators, {OPSETS[0]} to {OPSETS[-1]}"
    parser.add_argument("--opset", type=int, choices=OPSETS, metavar="NUMBER", help=opset)
    parser.add_argument(
        "--prove",
        action=argparse.BooleanOptionalAction,
        help="run what is written in a new process and compare: done anyway where more than code "
        "holds the model; reported in NAME.proof.json, exit status 1 where numbers differ",
    )
    parser.add_argument("--json", action="store_true", help="print files and proof as JSON")
    parser.add_argument(
        "--list", action="store_true", help="list what can be written, and what is missing for it"
    )


def import_(add: Add) -> None:
    """Add what reads a network in another form."""
    parser = add(
        help="read PyTorch source or an archive of a model into a project, without running it",
        description="Read a Python file with an nn.Module, without running it, and write it as a\n"
        "project. What is read, guessed and left out is told, each with its line. A class that\n"
        "cannot be read becomes a custom layer with its own text. ONNX models, .pt2 archives and\n"
        "TorchScript are read as data, their weights written beside the project as safetensors.",
        epilog=examples_of(
            "layerweft import model.py -o net.weft",
            "layerweft import model.py:ResNet -o net.weft --input 3x224x224",
            'layerweft import "model.py:Net(num_classes=10)" -o net.weft',
            "layerweft import lm.py -o net.weft --input tokens=T:int64",
            "layerweft import model.onnx -o net.weft",
        ),
    )
    parser.add_argument(
        "file", metavar="FILE", help="FILE.py or FILE.py:CLASS, or an archive: FILE.onnx, FILE.pt2"
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="the project file to write")
    parser.add_argument(
        "--input",
        action="append",
        metavar="[NAME=]SIZES[:DTYPE]",
        help="the sizes of an input without the batch, 3x224x224; repeated for several",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def import_module(add: Add) -> None:
    """Add what runs a module to read it into a project."""
    parser = add(
        help="run somebody's own module, once you allow it, and read it into a project",
        description="Run a Python file in a process of its own, make the module that it defines,\n"
        "follow it with torch.export, and write it as a project with its weights beside. The file\n"
        "and what it imports run with all your rights: read it first. --allow lets exactly this\n"
        "text run from now on (layerweft custom --list, --revoke). The project is then compared\n"
        "with the module, and what cannot be followed is told with its line.",
        epilog=examples_of(
            "layerweft import module net.py:Net --input 1,3,224,224 --allow -o net.weft",
            'layerweft import module "net.py:resnet(depth=50)" --input 1,3,224,224 --allow',
            "layerweft import module net.py:Net --argument num_classes=10 --input 8,32 --allow",
            "layerweft import module lm.py:Gpt --input tokens=N,T:int64 --allow",
        ),
    )
    parser.add_argument(
        "file", metavar="FILE", help="FILE.py:CLASS, or a function of it, or a call of either"
    )
    parser.add_argument(
        "--input",
        action="append",
        metavar="[NAME=]SIZES[:DTYPE]",
        help="all sizes of an input, 1,3,224,224, or N,T with letters for any number; repeated "
        "for several; with NAME it is given by that",
    )
    parser.add_argument(
        "--argument",
        action="append",
        metavar="NAME=VALUE",
        help="an argument for the class, as Python; may be repeated",
    )
    parser.add_argument("--allow", action="store_true", help="let the text of the file run")
    parser.add_argument(
        "--seconds",
        type=positive_number,
        default=120.0,
        metavar="S",
        help="how long it may take to be made and followed (default: 120)",
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="the project file to write")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def picture(add: Add) -> None:
    """Add what draws a network."""
    parser = add(
        help="draw the network into a file",
        description="Draw the network as the canvas shows it, into an SVG, PNG or PDF file.",
        epilog=examples_of("layerweft picture net.weft -o net.svg"),
    )
    parser.add_argument("file", help=FILE_HELP)
    parser.add_argument(
        "-o", "--output", required=True, metavar="PATH", help="ends in .svg, .png or .pdf"
    )
    parser.add_argument("--dark", action="store_true", help="in the dark theme")


def weights(add: Add) -> None:
    """Add what tells which weights of a file fit."""
    parser = add(
        help="match the weights of a file with a network",
        description="Tell which tensors of a file go to which weights of a network: by name, by\n"
        "the name behind one prefix, by a shape that only these two have. Nothing in the file is\n"
        "run. Exit status 1 where some of the network's weights are given nothing.",
        epilog=examples_of(
            "layerweft weights net.weft checkpoint.pt",
            "layerweft weights example:resnet-18 resnet18.pth --map -o mine.safetensors",
            "layerweft train net.weft --weights mine.safetensors",
        ),
    )
    parser.add_argument("file", help=FILE_HELP)
    parser.add_argument("weights", metavar="WEIGHTS", help="a .safetensors, .pt or .pth file")
    parser.add_argument("--map", action="store_true", help="map the rest by their order")
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="write what fits under the network's own names"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
