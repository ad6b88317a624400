"""Documents that follow a wording and are none that anybody would agree: told in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from edits import Draft
from emsland import REGISTER, emsland, wording

from agreements.errors import UnreadableError
from agreements.filling.fill import fill
from agreements.matching.record import match
from agreements.model.document import Block, Span
from agreements.model.record import Vereinbarung
from agreements.reading.reading import Paragraph


def with_goals(last: int) -> Vereinbarung:
    """The agreement with goals up to a number."""
    record = emsland()
    goal = record.ziele.individuell[6].model_copy(update={"ziel": None, "schritte": None, "erreicht_wenn": None})
    several = {number: goal.model_copy(update={"titel": f"Ziel der Nummer {number}"}) for number in range(6, last + 1)}
    ziele = record.ziele.model_copy(update={"individuell": {4: record.ziele.individuell[4], **several}})
    return record.model_copy(update={"ziele": ziele})


def read_beyond(goals: int) -> Vereinbarung:
    """What is read of a document in which each of so many goals is called by its number."""
    draft = Draft.of(fill(wording(), with_goals(99), REGISTER))
    return match(wording(), extended(draft, goals), REGISTER).record


def extended(draft: Draft, goals: int) -> tuple[Paragraph, ...]:
    """The paragraphs of a draft, behind its last goal others counted on."""
    last = max(number for number, block in enumerate(draft.blocks) if "Ziel der Nummer" in block.text)
    block = draft.blocks[last]
    more = [replace(block, spans=(Span(f"{number}. Ziel der Nummer {number}"),)) for number in range(100, goals + 1)]
    blocks: list[Block] = [*draft.blocks[: last + 1], *more, *draft.blocks[last + 1 :]]
    return replace(draft, blocks=blocks).paragraphs(True)


def test_ninety_nine_goals_are_read_and_not_one_more() -> None:
    assert max(read_beyond(99).ziele.individuell) == 99
    with pytest.raises(UnreadableError, match="mehr als 99 Ziele"):
        read_beyond(103)
