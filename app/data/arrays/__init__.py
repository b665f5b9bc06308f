"""Reading arrays: NumPy, safetensors and HDF5 files."""
