"""ONNX Runtime, told to send nothing: the one module that imports it."""

from __future__ import annotations

import os
from pathlib import Path

# From 1.29 on its wheels for Linux and macOS report to Microsoft (its Privacy.md): the import writes a device id and
# a database below ~/.cache/Microsoft and $TMPDIR/.ses, and nine seconds later a thread asks for mobile.events.data.microsoft.com. This
# keeps all of it away, for this process and those that it starts; once imported, it is too late. Whatever stands there is overruled.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

# The wheel for Windows (1.31.1) does not know the variable: it hands its events to the system, until it is called off here.
onnxruntime.disable_telemetry_events()


def session(path: Path) -> onnxruntime.InferenceSession:
    """The model that lies there, ready to run in one thread.

    It keeps what it has taken of memory (its arena): a scan's lines take a tenth less time, and so many widths less memory than taken anew.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
