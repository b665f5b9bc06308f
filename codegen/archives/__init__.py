"""ONNX, ``.pt2`` and TorchScript archives become drawings with their weights, read as data."""
