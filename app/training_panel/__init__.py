"""Where one trains and compares: the recipe, the run under way, its plots, the runs before it."""
