"""Recognisers: the picture of a page or a line in, letters out; one module for each, and nobody else knows which it was."""

PACKAGES = frozenset(("tesserocr", "onnxruntime", "cv2", "zxingcpp"))
"""Whose faults, on the picture of a page, are those of recognisers; see `extract.files.engines`."""
