"""Somebody's own module, run in a process of its own, as a project with its weights; without Qt."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.source_import.archives import ArchiveAnswer, FoundArchive, found_archive, write_weights
from codegen.emit import source
from codegen.importing.inputs import read_input
from codegen.importing.source import module_names
from codegen.tracing.tracer import SECONDS, Asked, Tracer
from graph_model.custom_layers.known import Known, digest
from graph_model.files.limits import LARGEST  # noqa: F401
from graph_model.problems import Problem, Refusal
