"""An experiment as a value: what its trials begin with, and how they are found and done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.experiments.spaces import Space, space_of
from app.experiments.trials import Settings, with_settings
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.recipe import Objective
from graph_model.recipes.judging import Deciding, judged_by


@frozen
class Search:
    """Has trials proposed: what may be chosen for each setting, as it was written, and the seed."""

    values: Mapping[str, str]
    seed: int = 0

    @property
    def spaces(self) -> Mapping[str, Space]:
        """Return what may be chosen; raises ``Refusal`` where a text is no such thing."""
        return {name: space_of(text) for name, text in self.values.items()}

    @property
    def ends(self) -> Iterator[Mapping[str, str]]:
        """Yield the settings with all first choices or smallest numbers, then with the last."""
        spaces = self.spaces
        for end in (0, -1):
            yield {name: space.ends[end] for name, space in spaces.items()}


@frozen
class Experiment:
    """``usual`` is what Outputs are trained for where the recipe does not say.

    One that ``prunes`` stops trials that lag behind the others. One with a ``search`` has trials
    proposed by what those before have reached.
    """

    name: str
    project: Project
    usual: Sequence[Objective] = ()
    device: str = "cpu"
    prunes: bool = False
    search: Search | None = None

    def project_of(self, settings: Settings) -> Project:
        """Return what a trial trains; raises ``Refusal`` where it cannot have these settings."""
        return with_settings(self.project, settings, self.usual)

    @property
    def judged(self) -> Deciding:
        """The figure by which trials are compared."""
        return judged_by(self.project.recipe)
