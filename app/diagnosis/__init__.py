"""What goes wrong in a training, and why: rules over what it told and what observers saw."""
