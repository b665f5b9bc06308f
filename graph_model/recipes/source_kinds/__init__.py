"""The entries of the catalogue of data sources, by where the data come from."""
