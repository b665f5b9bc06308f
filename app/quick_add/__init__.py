"""Reading what people type into quick-add: one line becomes one or several layers."""
