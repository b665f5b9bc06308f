"""Weight norm and spectral norm: what a layer computes its weight from, in place of holding it."""
