"""What is read of a hostile file and has no errors becomes code that does nothing but compute."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.emit import source
from codegen.model.safety import check
from graph_model.files.storage import ProjectFileError
from graph_model.inference.infer import infer_project
from tests.graph_model.files.test_damaged_files import altered, examples, nothing_runs, read, seeds

FEWEST: dict[str, int] = {"refused": 10, "with errors": 30, "written": 5}


def test_what_can_be_written_is_safe() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=300, database=None, suppress_health_check=list(HealthCheck))
    @given(seeds, st.sampled_from(examples()))
    def is_safe(seed: int, text: str) -> None:
        with nothing_runs():
            outcomes[_outcome(altered(text, seed, mildly=True))] += 1

    is_safe()
    print(outcomes)
    assert all(outcomes[name] >= fewest for name, fewest in FEWEST.items()), outcomes


def _outcome(text: str) -> str:
    project = read(text)
    if isinstance(project, ProjectFileError):
        return "refused"
    inference = infer_project(project)
    if inference.has_errors:
        return "with errors"
    written = source(inference)
    check(written.text, written.sections)
    return "written"
