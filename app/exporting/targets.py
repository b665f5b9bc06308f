"""The catalogue of what can be written of a network. Window and command line offer it alike.

A target is added by an entry here and a function of one argument, the
:class:`app.exporting.material.Material`, that returns the content of each file by its suffix.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen

_RUN_AS: Final[Mapping[str, str]] = {
    ".onnx": "onnx",
    ".int8.onnx": "onnx",
    ".pt2": "pt2",
    ".torchscript": "torchscript",
    ".ipynb": "notebook",
    ".safetensors": "weights",
    ".pt": "weights",
    "best.pt": "weights",
}
"""How files that hold the model are run when they are proven."""


@frozen
class Target(Entry):
    """Something that can be written beside the model's own file.

    ``files`` are the suffixes that it gives the name of the model, or names of their own.
    ``writer`` is the module and function, apart by a colon, that make their contents. What
    ``is_of_run`` is only there for the network that is trained, what ``needs_weights`` only after
    a run. ``packages`` have to be installed beside PyTorch. Files called as those ``shared`` may be
    anybody's, and are written over only where they are of an earlier export. What is not
    ``is_exact`` is not meant to give the same numbers.
    """

    files: tuple[str, ...] = ()
    writer: str = ""
    shared: tuple[str, ...] = ()
    is_of_run: bool = False
    needs_weights: bool = False
    packages: tuple[str, ...] = ()
    is_exact: bool = True

    def names(self, stem: str) -> tuple[str, ...]:
        """Return the names of its files beside a model of this name."""
        return tuple(f"{stem}{each}" if each.startswith(".") else each for each in self.files)

    def models(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield those of its files that hold the model, each with the way in which it is run."""
        for each, name in zip(self.files, self.names(stem), strict=True):
            if each in _RUN_AS:
                yield name, _RUN_AS[each]

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages that it needs and that are not installed."""
        return tuple(each for each in self.packages if importlib.util.find_spec(each) is None)


OPSETS: Final = range(18, 26)
"""The versions of ONNX's operators that PyTorch writes."""
TARGETS: Final[Mapping[str, Target]] = catalogue(
    (
        Target(
            "training",
            "train.py, predict.py, the data and the weights, which run by themselves",
            shown="Script folder",
            files=(
                "train.py",
                "predict.py",
                "data.pt",
                "preprocessing.json",
                "best.pt",
                "requirements.txt",
                "README.md",
            ),
            shared=("requirements.txt", "README.md"),
            writer="app.exporting.training:files",
            is_of_run=True,
        ),
        Target(
            "slurm",
            "train.sbatch, which starts train.py on a cluster and goes on after a requeue",
            shown="Slurm script",
            files=("train.sbatch",),
            writer="app.exporting.slurm:files",
            is_of_run=True,
        ),
        Target(
            "weights",
            "as .safetensors, and as .pt for torch.load",
            shown="Trained weights",
            files=(".safetensors", ".pt"),
            writer="app.exporting.weights:files",
            is_of_run=True,
            needs_weights=True,
        ),
        Target(
            "onnx",
            "for ONNX Runtime and many others, with its weights",
            shown="ONNX",
            files=(".onnx",),
            writer="app.exporting.programs:onnx",
            packages=("onnx", "onnxscript"),
        ),
        Target(
            "onnx_int8",
            "with weights of 8 bits: about a quarter of the size, and near the numbers",
            shown="ONNX, int8",
            files=(".int8.onnx",),
            writer="app.exporting.programs:onnx_int8",
            packages=("onnx", "onnxscript", "onnxruntime"),
            is_exact=False,
        ),
        Target(
            "pt2",
            "for torch.export.load and AOTInductor, with its weights",
            shown="Exported program (.pt2)",
            files=(".pt2",),
            writer="app.exporting.programs:exported_program",
        ),
        Target(
            "torchscript",
            "for torch.jit.load and libtorch, with its weights; PyTorch calls it deprecated",
            shown="TorchScript",
            files=(".torchscript",),
            writer="app.exporting.programs:torchscript",
        ),
        Target(
            "notebook",
            "the model and a first call, which run from top to bottom",
            shown="Notebook",
            files=(".ipynb",),
            writer="app.exporting.notebook:notebook",
        ),
        Target(
            "card",
            "drawing, layers, recipe and figures, in Markdown",
            shown="Model card",
            files=(".md",),
            writer="app.exporting.model_card:model_card",
        ),
        Target(
            "diagrams",
            "the drawing as text, for documents and papers",
            shown="Mermaid, Graphviz and TikZ",
            files=(".mmd", ".dot", ".tex"),
            writer="app.exporting.diagrams:diagrams",
        ),
        Target(
            "pictures",
            "the drawing as the canvas shows it",
            shown="Pictures (SVG, PDF, PNG)",
            files=(".svg", ".pdf", ".png"),
            writer="app.canvas.exported_pictures:pictures",
        ),
        Target(
            "summary",
            "layers, shapes and counts as a table of plain text, as Keras prints it",
            shown="Text summary",
            files=(".txt",),
            writer="app.exporting.summary:summary",
        ),
    )
)
"""Every target by its name, in the order in which they are offered."""
