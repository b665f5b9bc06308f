"""How averages of weights are written: a moving one, and the mean over the later epochs.

The statistics that batch norms gathered belong to the weights they were gathered with, so those of
a mean of weights are measured anew on the training samples, as ``update_bn`` of torch does. Here
nothing is dropped meanwhile: no random number is drawn, which the steps that follow would lack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from codegen.literals import literal
from codegen.training import distributed
from codegen.training.keeping import whole_epoch
from codegen.training.plan import Plan
from graph_model.values import Value

Places = Mapping[str, Sequence[str]]

NORMS: Final = "nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d"


def norms(plan: Plan) -> str:
    """Return the expression of the classes of batch norm that a training may have."""
    return f"{NORMS} | nn.SyncBatchNorm" if distributed.is_chosen(plan.recipe) else NORMS


def moving(arguments: Mapping[str, Value]) -> Places:
    """Return the lines of a moving average."""
    average = f"get_ema_multi_avg_fn({literal(arguments['decay'])})"
    return {
        "imports": ("from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn",),
        "setup": (f"self.averaged = AveragedModel(self.model, multi_avg_fn={average})",),
        "updated": ("self.averaged.update_parameters(self.model)",),
    }


def of_epochs(arguments: Mapping[str, Value], plan: Plan) -> Places:
    """Return the lines of a mean over epochs."""
    measured = ["    yield from self.measure_norms()"] if measures(plan) else []
    return {
        "imports": ("from torch.optim.swa_utils import AveragedModel",),
        "constants": (f"AVERAGE_FROM = {literal(arguments['start'])}  # epoch",),
        "setup": ("self.averaged = AveragedModel(self.model, use_buffers=True)",),
        "after_epoch": (
            "if self.epoch + 1 < AVERAGE_FROM:",
            "    self.averaged.module.load_state_dict(self.model.state_dict())",
            "else:",
            "    self.averaged.update_parameters(self.model)",
            *measured,
        ),
    }


def measures(plan: Plan) -> bool:
    """Tell whether there are statistics of batch norms that a mean of weights has to have anew."""
    is_kept = plan.recipe.option("batch_norm_eval") is not None
    return plan.has_batch_norms and plan.recipe.option("swa") is not None and not is_kept


def method(plan: Plan, inputs: Sequence[str], context: Sequence[str]) -> list[str]:
    """Return the method that measures them, nothing where there are none.

    ``inputs`` follow a batch, and the forward pass is done within ``context``.
    """
    if not measures(plan):
        return []
    count = len(plan.inputs)
    taken = ", ".join(plan.inputs) if count > 1 else f"({plan.inputs[0]},)"
    called = f"self.averaged({', '.join(plan.inputs)})"
    forward = [f"with {', '.join(context)}:", f"    {called}"] if context else [called]
    step = [
        f"{taken} = (each.index_select(0, index.to(self.device)) for each in self.train[:{count}])",
        *inputs,
        *forward,
        "yield",
    ]
    lines = [
        "pairs = zip(self.averaged.module.modules(), self.model.modules(), strict=True)",
        f"kinds = {norms(plan)}",
        "norms = [norm for norm, like in pairs if isinstance(norm, kinds) and like.training]",
        "self.averaged.eval()  # all else does what it does in evaluation",
        "for norm in norms:",
        "    norm.reset_running_stats()",
        "    norm.momentum = None  # all batches count alike",
        "    norm.train()",
        "shuffling = torch.Generator().manual_seed(SEED + self.epoch)",
        "order = torch.randperm(len(self.train[0]), generator=shuffling)",
        f"for index in {whole_epoch(plan)}:",
        *(f"    {line}" for line in step),
    ]
    return [
        "",
        "@torch.no_grad()",
        "def measure_norms(self) -> Generator[None, None, None]:",
        '    """Measure the statistics of averaged batch norms anew, on the training samples."""',
        *(f"    {line}" for line in lines),
    ]
