"""The catalogues of a recipe: data sources, losses, optimizers and schedules, as facts."""
