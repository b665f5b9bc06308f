"""Run in a process of its own, ``python -I alone.py FOLDER``: exported files with torch alone.

For every ``NAME.py`` in the folder there is a ``NAME.case`` with its class, weights and inputs.
Each file is run as a script; then its class is loaded with the weights and computes outputs and
gradients, saved by name in ``answers.pt`` with what the script printed.
"""

import contextlib
import io
import runpy
import sys
from pathlib import Path

import torch

torch.set_num_threads(1)
answers = {}

for file in sorted(Path(sys.argv[1]).glob("*.py")):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        members = runpy.run_path(str(file), run_name="__main__")
    case = torch.load(file.with_suffix(".case"))
    model = members[case["class"]]()
    model.load_state_dict(case["weights"])
    torch.default_generator.manual_seed(0)
    outputs = model.eval()(*case["inputs"])
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    losses = [
        (each * torch.arange(each.numel()).cos().reshape(each.shape)).sum()
        for each in (
            torch.view_as_real(one.resolve_conj()) if one.is_complex() else one for one in outputs
        )
        if each.requires_grad
    ]
    if losses:
        torch.stack(losses).sum().backward()
    answers[file.stem] = {
        "printed": printed.getvalue(),
        "outputs": [each.detach().resolve_conj().clone() for each in outputs],
        "gradients": {name: each.grad for name, each in model.named_parameters()},
    }

torch.save(answers, Path(sys.argv[1]) / "answers.pt")

ours = {"app", "codegen", "graph_model", "tests", "PySide6", "networkx", "hypothesis"}
assert not ours & sys.modules.keys(), ours & sys.modules.keys()
