"""An experiment as a value: what its trials begin with, and how they are found and done."""

from __future__ import annotations

from collections.abc import Sequence

from app.experiments.trials import Settings, with_settings
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.recipe import Objective
from graph_model.recipes.judging import Deciding, judged_by


@frozen
class Experiment:
    """``usual`` is what Outputs are trained for where the recipe does not say."""

    name: str
    project: Project
    usual: Sequence[Objective] = ()
    device: str = "cpu"

    def project_of(self, settings: Settings) -> Project:
        """Return what a trial trains; raises ``Refusal`` where it cannot have these settings."""
        return with_settings(self.project, settings, self.usual)

    @property
    def judged(self) -> Deciding:
        """The figure by which trials are compared."""
        return judged_by(self.project.recipe)
