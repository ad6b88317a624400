"""What recognisers made of a picture is remembered by all processes of a run of tests."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from seen_before import Memory, Remembering

from extract.ocr.engine import Cut, SeenLine, SeenPage, SeenWord
from extract.ocr.engines import ppocr, tesseract
from extract.ocr.raster import Pixels
from extract.ocr.readers import READERS

PICTURE = np.arange(12, dtype=np.uint8).reshape(3, 4)
splits = pytest.mark.skipif(not hasattr(os, "fork"), reason="hier wird kein Prozess abgespalten")


class Asked:
    """A recogniser that counts how often it is asked."""

    LACKS: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.times = 0

    def read(self, picture: Pixels, within: Cut | None = None) -> SeenPage:
        self.times += 1
        word = SeenWord(f"{picture.sum()}{within}", (0.0, 0.0, 1.0, 1.0), 0.9)
        return SeenPage((SeenLine((word,), (1.0, 1.0), 1.0),))

    def quarter_turns(self, picture: Pixels) -> int | None:
        self.times += 1
        return None

    def prints(self, letter: str) -> bool:
        return True

    def name(self) -> str:
        return "Zähler"


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "gesehen")


def split_off(work: Callable[[], object]) -> None:
    """Done in a process that is split off from this one."""
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()


def test_a_picture_is_shown_to_the_recogniser_once(memory: Memory) -> None:
    asked = Asked()
    reader = Remembering(asked, memory)
    first = reader.read(PICTURE)
    assert reader.read(PICTURE.copy()) == first == asked.read(PICTURE)
    assert asked.times == 2, "the last time by the test"
    assert (reader.quarter_turns(PICTURE), reader.quarter_turns(PICTURE), asked.times) == (None, None, 3)


@pytest.mark.usefixtures("unremembered")
def test_a_test_of_what_recognising_costs_asks_the_recognisers_themselves() -> None:
    assert [*READERS.values()] == [tesseract, ppocr]


def test_another_picture_shape_or_cut_is_shown_anew(memory: Memory) -> None:
    asked = Asked()
    reader = Remembering(asked, memory)
    different = PICTURE.copy()
    different[0, 0] += 1
    for picture, within in (
        (PICTURE, None),
        (different, None),
        (PICTURE.reshape(4, 3), None),
        (PICTURE, (0, 0, 2, 2)),
        (PICTURE, (0, 0, 2, 1)),
    ):
        assert reader.read(picture, within) == Asked().read(picture, within)
    assert asked.times == 5


@splits
def test_what_one_process_has_seen_all_that_are_split_off_remember(memory: Memory) -> None:
    asked = Asked()
    reader = Remembering(asked, memory)
    split_off(lambda: reader.read(PICTURE))
    reader.read(PICTURE)
    assert asked.times == 0


def test_what_one_worker_has_seen_the_others_remember(tmp_path: Path) -> None:
    asked = Asked()
    several = [Remembering(asked, Memory(tmp_path / "gesehen", number, 2)) for number in range(2)]
    cuts = [(0, 0, number, 1) for number in range(9)]
    for number, cut in enumerate(cuts):
        several[number % 2].read(PICTURE, cut)
    assert [several[0].read(PICTURE, cut) for cut in cuts] == [several[1].read(PICTURE, cut) for cut in cuts]
    assert asked.times == len(cuts)


@splits
def test_one_that_is_ended_while_it_adds_is_not_waited_for(memory: Memory) -> None:
    asked = Asked()
    reader = Remembering(asked, memory)

    def ended() -> None:
        memory.lock.acquire()
        os.kill(os.getpid(), signal.SIGKILL)

    split_off(ended)
    assert reader.read(PICTURE) == reader.read(PICTURE)
    assert asked.times == 2


@pytest.mark.parametrize("written", [b"", b"half of a digest\x09"])
def test_what_is_not_wholly_written_is_not_there_yet(written: bytes, memory: Memory) -> None:
    asked = Asked()
    reader = Remembering(asked, memory)
    memory.own[:8] = (400).to_bytes(8, sys.byteorder)
    memory.own[8 : 8 + len(written)] = written
    assert reader.read(PICTURE) == Asked().read(PICTURE)
    assert (asked.times, memory.known) == (1, {})


def test_what_has_no_room_is_not_remembered_and_nothing_else_is_lost(tmp_path: Path) -> None:
    asked = Asked()
    reader = Remembering(asked, Memory(tmp_path / "gesehen", room=600))
    cuts = [(0, 0, number, 1) for number in range(9)]
    answers = [reader.read(PICTURE, cut) for cut in cuts]
    assert [reader.read(PICTURE, cut) for cut in cuts] == answers
    assert 9 < asked.times < 18
