"""What was noticed of a run, as long as it holds of the project as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.background import AfterTheFrame
from app.project.document import Document
from app.project.state import Noted
from app.runs.events import Noticed
from graph_model.network import Network, NodeId, Project
from graph_model.problems import OfRecipe

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer


class Noticing(QObject):
    """Tells a document what was noticed of the last run of a trainer.

    What was mended is told no more, and told again where that is undone.
    """

    def __init__(self, document: Document, trainer: Trainer) -> None:
        super().__init__(trainer)
        self._document, self._trainer = document, trainer
        self._soon = AfterTheFrame(self.refresh, self)
        trainer.session.progressed.connect(self.refresh)
        trainer.run_started.connect(self.refresh)
        trainer.run_ended.connect(self.refresh)
        document.changed.connect(self._soon.start)

    def refresh(self) -> None:
        """Tell what is known by now."""
        job, project = self._trainer.job, self._document.project
        told = self._trainer.session.record.noticed
        self._document.notice(
            tuple(
                Noted(each.problem, each.network, each.path, each.step)
                for each in told
                if job is not None and holds(each, job.project, project)
            )
        )


def holds(noticed: Noticed, was: Project, now: Project) -> bool:
    """Tell whether what was noticed of a project holds of it as it is now.

    What is said of a node holds while that and what feeds it are as they were; what a change of the
    recipe would mend, while the recipe is.
    """
    node = noticed.problem.node
    is_of_recipe = not node or any(
        isinstance(fix.change, OfRecipe) for fix in noticed.problem.fixes
    )
    if is_of_recipe and was.recipe != now.recipe:
        return False
    before, after = was.networks.get(noticed.network), now.networks.get(noticed.network)
    if before is None or after is None:
        return False
    return not node or _around(before, node) == _around(after, node)


def _around(network: Network, node: NodeId) -> object:
    """Return a node and what feeds it."""
    feeding = {
        edge.target: edge.source for edge in network.edges.values() if edge.target.node == node
    }
    return network.nodes.get(node), feeding
