"""How the application looks: tokens, themes, the stylesheet, icons and fonts."""
