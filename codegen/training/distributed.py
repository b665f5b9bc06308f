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

_STANDARD_IMPORTS: Final = ("from gc import collect",)
_AT_END: Final = (
    "if PROCESSES > 1:",
    "    del training  # and the threads that send with it, which would abort Python at its end",
    "    collect()",
    "    distributed.destroy_process_group()",
)
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
_SYNCHRONISED: Final = (
    'if PROCESSES > 1 and device.type == "cuda":',
    "    self.model = nn.SyncBatchNorm.convert_sync_batchnorm(self.model)",
)
_BUFFERS: Final = (
    "if PROCESSES > 1:",
    "    for buffer in self.model.buffers():  # of batch norm, which differ on the CPU",
    "        distributed.broadcast(buffer, 0)",
)
_SHARDED_IMPORTS: Final = (
    "from torch import distributed",
    "from torch.distributed.checkpoint.state_dict import (",
    "    StateDictOptions,",
    "    get_model_state_dict,",
    "    get_optimizer_state_dict,",
    "    set_model_state_dict,",
    "    set_optimizer_state_dict,",
    ")",
    "from torch.distributed.fsdp import fully_shard",
)
_SHARDED_CONSTANTS: Final = (
    "WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True)  # in the first process",
    "FROM_FIRST = StateDictOptions(full_state_dict=True, broadcast_from_rank0=PROCESSES > 1)",
)
_SHARDED: Final = (
    "if PROCESSES > 1:",
    "    for part in self.model.children():",
    "        for block in part if isinstance(part, nn.ModuleList) else [part]:",
    "            if [*block.children()]:",
    "                fully_shard(block)",
    "    fully_shard(self.model, reshard_after_forward=True)  # with all that lies in no block",
)
_KEPT: Final[Mapping[str, Sequence[str]]] = {
    "saved_at": ["saved_at = began"],
    "gathered": [],
    "keep_state": [
        'if event["event"] == "epoch_ended" or time.monotonic() > saved_at + 5:',
        '    save({**training.state(), "data": digest}, FOLDER / "checkpoint.pt")',
        "    saved_at = time.monotonic()",
    ],
}
"""How a checkpoint is kept: by the first process alone, or by one process."""
_KEPT_TOGETHER: Final[Mapping[str, Sequence[str]]] = {
    "saved_at": [],
    "gathered": [
        'state = training.state() if event["event"] == "epoch_ended" else None  # of all processes',
        "if RANK:",
        "    continue",
    ],
    "keep_state": [
        "if state is not None:",
        '    save({**state, "data": digest}, FOLDER / "checkpoint.pt")',
    ],
}
"""How it is kept where each process has a part of it: never by a clock, for these differ."""
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
_OPTIMIZER_STATE: Final = '''

def optimizer_state(training: Training) -> dict[str, Any]:
    """Return what the optimizer holds in all processes, nothing before its first step."""
    if not training.epoch and not training.step:
        return {}
    return get_optimizer_state_dict(training.model, training.optimizer, options=WHOLE)
'''


def is_chosen(recipe: Recipe) -> bool:
    """Tell whether a recipe is for several processes."""
    return recipe.option(OPTION) is not None


def is_sharded(recipe: Recipe) -> bool:
    """Tell whether processes share the weights as well, by FSDP2."""
    chosen = recipe.option(OPTION)
    return chosen is not None and chosen.arguments.get("parallel") == "FSDP2"


def additions(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return the lines that the option adds, by place."""
    if is_sharded(plan.recipe):
        return {
            "standard_imports": _STANDARD_IMPORTS,
            "imports": _SHARDED_IMPORTS,
            "constants": (*_CONSTANTS, *_SHARDED_CONSTANTS),
            "made": (*_SYNCHRONISED, *_SHARDED),
            "after_epoch": _BUFFERS,
        }
    more = "" if all(each.is_trained for each in plan.exits) else ", static_graph=True"
    return {
        "standard_imports": _STANDARD_IMPORTS,
        "imports": _IMPORTS,
        "constants": _CONSTANTS,
        "made": _SYNCHRONISED,
        "setup": (
            "self.parallel: nn.Module = self.model",
            "if PROCESSES > 1:",
            f"    self.parallel = DistributedDataParallel(self.model{more})",
        ),
        "after_epoch": _BUFFERS,
    }


def words(recipe: Recipe, judged: str) -> Mapping[str, str]:
    """Return the words for the outline; ``judged`` is the model whose weights are kept."""
    return {**_of_command(recipe), **_of_weights(recipe, judged)}


def _of_weights(recipe: Recipe, judged: str) -> Mapping[str, str]:
    """Return how weights are read and put back, which processes that share them do together."""
    if is_sharded(recipe):
        put = "set_model_state_dict({}, {}, options=FROM_FIRST)".format
        return {
            "model_state": "get_model_state_dict(self.model, options=WHOLE)",
            "load_model": put("self.model", 'state["model"]'),
            "load_best": put("self.model", "{**(self.best or last)}"),
            "load_last": put("self.model", "{**last}"),
            "load_weights": put("model", "weights"),
            "weights_of": "get_model_state_dict(model, options=WHOLE)",
        }
    return {
        "model_state": "self.model.state_dict()",
        "load_model": 'self.model.load_state_dict(state["model"])',
        "load_best": f"{judged}.load_state_dict(self.best or last)",
        "load_last": f"{judged}.load_state_dict(last)",
        "load_weights": "model.load_state_dict(weights)",
        "weights_of": "model.state_dict()",
    }


def _of_command(recipe: Recipe) -> Mapping[str, str]:
    """Return the words of what begins a training."""
    if not is_chosen(recipe):
        return {
            "resumes": "options.resume",
            "skipped": "event is None",
            "threads": "(os.cpu_count() or 2) - 1",
            "try_device": "torch.empty(0, device=options.device)",
        }
    return {
        "resumes": 'options.resume or (is_restarted and (FOLDER / "checkpoint.pt").exists())',
        "skipped": "event is None" if is_sharded(recipe) else "event is None or RANK",
        "threads": "(os.cpu_count() or 2) // PROCESSES",
        "try_device": "torch.get_device_module(options.device).current_device()",
    }


def places(plan: Plan) -> Mapping[str, Sequence[str]]:
    """Return the lines for the places of the outline."""
    if not is_chosen(plan.recipe):
        made = "training = Training(load(options.data), torch.device(options.device))"
        return {"usage": [], "make_training": [made], "at_end": [], **_KEPT}
    return {
        **(_KEPT_TOGETHER if is_sharded(plan.recipe) else _KEPT),
        "usage": list(_USAGE),
        "make_training": _MAKE_TRAINING,
        "at_end": list(_AT_END),
    }


def functions(plan: Plan) -> list[str]:
    """Return the functions by which processes share a batch."""
    if not is_chosen(plan.recipe):
        return []
    ranks = {bool(each.rank) for each in plan.trained}
    text = _SHARE + _GATHERED * (True in ranks) + _AVERAGED * (False in ranks)
    text += _OPTIMIZER_STATE * is_sharded(plan.recipe)
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
