"""Every action of the window: as data, and as what menus and buttons are made of."""
