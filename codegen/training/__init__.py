"""From a recipe to the text that trains."""
