"""The process that draws pages beside the server."""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing import active_children

import pytest

from zv.arbeitsplatz.pages import Pages


@pytest.mark.skipif(sys.platform == "win32", reason="dort gibt es kein SIGSTOP")
def test_one_that_does_not_answer_keeps_no_server_from_ending() -> None:
    before = active_children()
    pages = Pages()
    (drawer,) = (each for each in active_children() if each not in before)
    assert drawer.pid
    os.kill(drawer.pid, signal.SIGSTOP)
    ending = threading.Thread(target=pages.close, daemon=True)
    ending.start()
    ending.join(60)
    assert not ending.is_alive() and not drawer.is_alive()
