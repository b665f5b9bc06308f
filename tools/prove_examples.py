"""Export every example to every target, and have each file run by its own runtime.

``python -m tools.prove_examples [NAME …] [--targets onnx pt2 …]``: a line for each file, and at the
end how many are equal. What cannot be made or run is told in a sentence that names the node.
Nothing is kept but with ``--out FOLDER``. The large networks take minutes and gigabytes each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from app.exporting.process import write_in_process
from app.exporting.targets import TARGETS
from app.exporting.writer import Export, Exported
from app.project.examples import EXAMPLES, load_example
from graph_model.inference.infer import infer_project
from graph_model.problems import Refusal

PROVEN = ("onnx", "pt2", "torchscript", "notebook")
"""What holds the model without a training."""


def prove(name: str, targets: Sequence[str], out: Path) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each file of an example; all are made at once if they can."""
    project = load_example(name)
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    export = Export(project, infer_project(project), folder / "model.py", tuple(targets))
    export = replace(export, proves=export.holds_models)
    try:
        done = write_in_process(export, lambda _: None, Event())
    except Refusal as refusal:
        if len(targets) > 1:
            for target in targets:
                yield from prove(name, (target,), out)
        else:
            yield refusal.problem.code, f"{targets[0]}: {refusal.problem.message}"
        return
    assert done is not None
    yield from _told(done)


def _told(done: Exported) -> Iterator[tuple[str, str]]:
    for note in done.notes:
        yield note.code, note.message
    for proof in done.report.sentences if done.report else ():
        yield proof.code, proof.message
    if done.report is None:
        yield "written", ", ".join(f"{each.name} {each.stat().st_size:,} B" for each in done.paths)


def main() -> int:
    """Run as the arguments say, and return how many files are not equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=[each.name for each in EXAMPLES])
    parser.add_argument("--targets", nargs="+", default=list(PROVEN), choices=TARGETS)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        for name in arguments.names:
            began = time.monotonic()
            print(f"{name}", flush=True)
            for code, sentence in prove(name, arguments.targets, arguments.out or Path(temporary)):
                count[code] += 1
                print(f"    {sentence}", flush=True)
            print(f"    {time.monotonic() - began:.0f} s", flush=True)
    print(", ".join(f"{code} {number}" for code, number in sorted(count.items())))
    return 1 if count.keys() - {"proof_exact", "proof_equal", "written"} else 0


if __name__ == "__main__":
    sys.exit(main())
