"""How a training is written that several processes share, under ``torchrun``.

Each takes its rows of every batch and computes the whole loss from the outputs of all, so that
losses, figures and decisions are those of one process, and the same in each. DDP takes the mean of
the gradients; a gradient that reaches a process is therefore multiplied by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from codegen.training.plan import Plan
from graph_model.recipe import Recipe

OPTION: Final = "distributed"

_USAGE: Final = (
    "    torchrun --nproc-per-node 2 train.py",
    "",
    "With --max-restarts 3 it goes on from checkpoint.pt where a process was killed; the variable",
    "TORCH_DISABLE_SHARE_RDZV_TCP_STORE has to be 1 then (pytorch#135712).",
)
_CONSTANTS: Final = (
    'RANK = int(os.environ.get("RANK", "0"))',
    'PROCESSES = int(os.environ.get("WORLD_SIZE", "1"))',
)
_IMPORTS: Final = (
    "from torch import distributed",
    "from torch.nn.parallel import DistributedDataParallel",
)
_MAKE_TRAINING: Final = (
    "device = torch.device(options.device)",
    "if PROCESSES > 1:",
    '    if device.type == "cuda":',
    '        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))',
    "        torch.cuda.set_device(device)",
    '    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")',
    "training = Training(load(options.data), device)",
    'is_restarted = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0"',
    "if not is_restarted and not options.resume and not RANK:",
    '    (FOLDER / "checkpoint.pt").unlink(missing_ok=True)',
)
_SHARE: Final = '''

def share(whole: Tensor) -> Tensor:
    """Return the rows of this process; where there are too few, each takes all."""
    return whole[RANK::PROCESSES] if len(whole) >= 2 * PROCESSES else whole
'''
_GATHERED: Final = '''

def gathered(own: Tensor, size: int) -> Tensor:
    """Return the rows of all processes, in order; gradients go to one's own."""
    if len(own) == size:
        return own
    rows = own.new_zeros((size, *own.shape[1:]))
    rows[RANK::PROCESSES] = own.detach()
    distributed.all_reduce(rows)
    if own.requires_grad:
        own.register_hook(lambda gradient: gradient * PROCESSES)  # of which DDP takes the mean
        rows[RANK::PROCESSES] = own
    return rows
'''
_AVERAGED: Final = '''

def averaged(own: Tensor, share: float) -> Tensor:
    """Return the mean over all samples of a loss that this process has for its share of them."""
    if share == 1:
        return own
    mean = own.detach() * share
    distributed.all_reduce(mean)
    if own.requires_grad:
        own.register_hook(lambda gradient: gradient * PROCESSES)  # of which DDP takes the mean
        mean = mean + (own - own.detach()) * share
    return mean
'''


def is_chosen(recipe: Recipe) -> bool:
    """Tell whether a recipe is for several processes."""
    return recipe.option(OPTION) is not None


def additions(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return the lines that the option adds, by place."""
    more = "" if all(each.is_trained for each in plan.exits) else ", static_graph=True"
    return {
        "imports": _IMPORTS,
        "constants": _CONSTANTS,
        "made": (
            'if PROCESSES > 1 and device.type == "cuda":',
            "    self.model = nn.SyncBatchNorm.convert_sync_batchnorm(self.model)",
        ),
        "setup": (
            "self.parallel: nn.Module = self.model",
            "if PROCESSES > 1:",
            f"    self.parallel = DistributedDataParallel(self.model{more})",
        ),
        "after_epoch": (
            "if PROCESSES > 1:",
            "    for buffer in self.model.buffers():  # of batch norm, which differ on the CPU",
            "        distributed.broadcast(buffer, 0)",
        ),
    }


def words(recipe: Recipe) -> Mapping[str, str]:
    """Return the words for the outline."""
    if not is_chosen(recipe):
        return {
            "resumes": "options.resume",
            "skipped": "event is None",
            "threads": "(os.cpu_count() or 2) - 1",
            "try_device": "torch.empty(0, device=options.device)",
        }
    return {
        "resumes": 'options.resume or (is_restarted and (FOLDER / "checkpoint.pt").exists())',
        "skipped": "event is None or RANK",
        "threads": "(os.cpu_count() or 2) // PROCESSES",
        "try_device": "torch.get_device_module(options.device).current_device()",
    }


def places(plan: Plan) -> Mapping[str, Sequence[str]]:
    """Return the lines for the places of the outline."""
    if not is_chosen(plan.recipe):
        made = "training = Training(load(options.data), torch.device(options.device))"
        return {"usage": [], "make_training": [made], "at_end": []}
    return {
        "usage": list(_USAGE),
        "make_training": _MAKE_TRAINING,
        "at_end": ["if PROCESSES > 1:", "    distributed.destroy_process_group()"],
    }


def functions(plan: Plan) -> list[str]:
    """Return the functions by which processes share a batch."""
    if not is_chosen(plan.recipe):
        return []
    ranks = {bool(each.rank) for each in plan.trained}
    text = _SHARE + _GATHERED * (True in ranks) + _AVERAGED * (False in ranks)
    return text.rstrip().splitlines()


def seeding(recipe: Recipe) -> list[str]:
    """Return what begins a step: what is random in it follows from its number and the process."""
    if not is_chosen(recipe):
        return []
    step = "SEED + (self.epoch * self.steps + self.step)"
    return [f"torch.manual_seed({step} * PROCESSES + RANK)"]


def forward(plan: Plan, model: str) -> list[str]:
    """Return the lines by which all processes give the outputs of a batch."""
    names = ", ".join(each.name if each.is_trained else "_" for each in plan.exits)
    first = plan.inputs[0]
    shares = ", ".join(f"share({name})" for name in plan.inputs)
    lines = [f"{names} = {model}({shares})"]
    for each in plan.trained:
        whole = f"gathered({each.name}, len({first}))"
        mean = f"averaged({each.name}, len(share({first})) / len({first}))"
        lines.append(f"{each.name} = {whole if each.rank else mean}")
    return lines
