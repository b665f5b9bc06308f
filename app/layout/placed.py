"""Places for the nodes of projects whose files say none."""

from __future__ import annotations

from dataclasses import replace

from app.late import late
from graph_model.network import Project


def placed(project: Project) -> Project:
    """Return the project with those networks arranged of whose nodes its file says no places.

    Such files are written by programs and by hand; all cards would lie upon one another.
    """
    layouts = dict(project.layouts)
    for id, network in project.networks.items():
        if len(network.nodes) > 1 and network.nodes.keys().isdisjoint(layouts.get(id, {})):
            arrange = late("app.layout.arrange").arrange
            layouts[id] = arrange(network, project.networks, project.direction)
    return project if layouts == project.layouts else replace(project, layouts=layouts)
