"""A batch script that starts ``train.py`` on a cluster with Slurm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.exporting.material import Material

_HEAD: Final = """\
#!/bin/bash
#SBATCH --job-name={name}
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node={gpus}
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --output=slurm-%j.txt

# Submit it from the folder of train.py: sbatch train.sbatch
# A job that Slurm has put back into the queue goes on where it was. The events are in events.jsonl.

set -eu
resume=""
if [ "${{SLURM_RESTART_COUNT:-0}}" -gt 0 ] && [ -e checkpoint.pt ]; then resume="--resume"; fi
"""
_ALONE: Final = "srun python train.py --device cuda --json $resume >> events.jsonl\n"
_SHARED: Final = """\
export TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1
first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
srun torchrun --nnodes "$SLURM_NNODES" --nproc-per-node "$SLURM_GPUS_ON_NODE" --max-restarts 3 \\
    --rdzv-backend c10d --rdzv-id "$SLURM_JOB_ID" --rdzv-endpoint "$first:29500" \\
    train.py --device cuda --json $resume >> events.jsonl
"""


def files(material: Material) -> Sequence[bytes]:
    """Return ``train.sbatch``: for one GPU, or for as many as share a training by its recipe."""
    project = material.export.project
    shared = project.recipe.option("distributed") is not None
    name = re.sub(r"[^\w.-]+", "-", project.network.name, flags=re.ASCII).strip("-.") or "train"
    head = _HEAD.format(name=name[:40], gpus=2 if shared else 1)
    return [(head + (_SHARED if shared else _ALONE)).encode()]
