"""What a goal agreed individually says: title, aim, steps, and when it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agreements.language.numbering import STEP, goal_number
from agreements.language.sentences import STOPPED, sentences
from agreements.language.tokens import shortened
from agreements.model.record import IndividuellesZiel
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Word
from extract.by_grammar.elements import Piece, Section
from extract.confidence.by_bounds import ends_amid
from extract.correction.legibility import weighed
from extract.correction.spacing import may_begin_entry, may_continue

_REACHED = re.compile(r"(?:Das|Dieses)\s+(?:\w+\s+)?Ziel\b.*?\berreicht\b|Die\s+Zielerreichung\b", re.I)


def individual(section: Section) -> Iterator[Found]:
    """Title, goal, steps and what counts as reached, of one individually agreed goal."""
    assert section.titel is not None
    prefix = f"ziele.individuell.{section.nummer}"
    text = section.titel.text
    number = goal_number(text)
    at = number[1] if number else 0
    steps = [place for place, piece in enumerate(section.pieces) if is_step(section.pieces, place)]
    yield _of_words(f"{prefix}.titel", text[at:], section.titel.between(at, len(text)), None if steps else _NO_STEPS)
    if not steps:
        alone = not section.pieces and not section.titel.certain
        yield from _title_alone(prefix, section.titel) if alone else _without_steps(prefix, section.pieces)
        return
    first, last = steps[0], steps[-1]
    doubt = None if len(steps) == last - first + 1 else Doubt("zwischen-den-schritten")
    if doubt is None and not all(piece.certain for piece in section.pieces):
        doubt = _joined_over_page(section.pieces, steps) or _perhaps_step(section.pieces[last + 1 :])
    listed = [_unmarked(section.pieces[place]) for place in steps]
    aim = _before_steps(section.pieces[:first], listed[0][0])
    yield from _paragraphs(f"{prefix}.ziel", aim, _perhaps_introduction(aim))
    reached = list(_reached_within(prefix, section.pieces[last:])) if last + 1 == len(section.pieces) else []
    within = reached[0].doubts[0] if reached else None
    yield from _paragraphs(f"{prefix}.schritte", listed, doubt or within or _perhaps_first(section.pieces[:first]))
    yield from _paragraphs(f"{prefix}.erreicht_wenn", [(piece.text, piece.words) for piece in section.pieces[last + 1 :]], doubt)
    yield from reached


def _reached_within(prefix: str, pieces: Sequence[Piece]) -> Iterator[Found]:
    """When a goal is reached, unread where it seems to stand within another text of the goal."""
    for piece in pieces:
        if within := _REACHED.search(piece.text):
            doubt = Doubt("erreicht-mitten-im-text", worte=within.group())
            yield Found.unread(f"{prefix}.erreicht_wenn", doubt, locations_of(piece.words))
            return


def _perhaps_step(after: Sequence[Piece]) -> Doubt | None:
    """Why a person must look at steps of a picture behind which it is not said when the goal is reached: a bullet may be lost."""
    if not after or _REACHED.match(after[0].text):
        return None
    return Doubt("noch-ein-schritt", worte=shortened(after[0].text))


def _perhaps_first(before: Sequence[Piece]) -> Doubt | None:
    """Why a person must look at steps of a picture that do not follow their announcement: the bullet of the first may be lost."""
    text = next((text.text for announcing, text in pairwise(before) if announcing.text.endswith(":") and not text.certain), None)
    within = _ANNOUNCED.search(before[-1].text) if before and not before[-1].certain else None
    text = text or (within[1] if within else None)
    return Doubt("noch-ein-schritt", worte=shortened(text)) if text else None


_ANNOUNCED = re.compile(r"\w:\s+(?:\W+\s)?([A-ZÄÖÜ][^:]*[^.:\s])$")
"""What stands behind the words that announce steps, in their paragraph, and is no sentence."""


def _joined_over_page(pieces: Sequence[Piece], steps: Sequence[int]) -> Doubt | None:
    """Why a person must look at steps of a picture that go on on the next page, where the bullet of another may be lost."""
    margin = max((place.right for piece in pieces for word in piece.words for place in word.places), default=0.0)
    pairs = (pair for place in steps for pair in pairwise(pieces[place].words))
    return next((may_continue(word) for before, word in pairs if may_begin_entry(before, word, margin)), None)


def is_step(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a piece is a list item, or a numbered line below a sentence that announces a list."""
    if pieces[place].art == "punkt":
        return True
    if not STEP.match(pieces[place].text):
        return False
    return place > 0 and (pieces[place - 1].text.endswith(":") or is_step(pieces, place - 1))


def _unmarked(piece: Piece) -> tuple[str, tuple[Word, ...]]:
    """A step without its number."""
    mark = STEP.match(piece.text)
    start = mark.end() if mark else 0
    return piece.text[start:], piece.between(start, len(piece.text))


_Text = tuple[str, tuple[Word, ...]]


def _before_steps(pieces: Sequence[Piece], step: str) -> list[_Text]:
    """The paragraphs of the goal, without the sentence that introduces the steps: with a colon, of which readers of a picture make ";", or
    going on in them."""
    found = [(piece.text, piece.words) for piece in pieces]
    colons = ":" if pieces and pieces[-1].certain else (":", ";")
    if found and (found[-1][0].endswith(colons) or (not STOPPED.search(found[-1][0]) and step[:1].islower())):
        text = found[-1][0]
        start = list(sentences(text))[-1][0]
        before_dirt = None if pieces[-1].certain else _BEFORE_DIRT.match(text, start)
        rest = text[: before_dirt.end() if before_dirt else start].rstrip()
        found[-1:] = [(rest, pieces[-1].between(0, len(rest)))] if rest else []
    return found


_BEFORE_DIRT = re.compile(r".*[.!?](?=\s+[^\sA-ZÄÖÜ]{1,2}\s+[A-ZÄÖÜ])")
"""A sentence of a picture behind which a sign of dirt stands before the next: "… ohne Auto. 1 Die Partner vereinbaren:"."""


def _perhaps_introduction(aim: Sequence[_Text]) -> Doubt | None:
    """Why a person must look at a goal that ends amid a sentence: its last words may introduce the steps."""
    return ends_amid(aim[-1][0]) if aim and not STOPPED.search(aim[-1][0]) else None


_NO_STEPS = Doubt("keine-schritte")


def _title_alone(prefix: str, titel: Piece) -> Iterator[Found]:
    """What a goal of a picture agrees of which no more than the title was read, all of it unread.

    A scrap of the title beside a deep fold, "eit", passes for the heading of what stands below it.
    """
    yield from (Found.unread(f"{prefix}.{part}", Doubt("nur-der-titel"), locations_of(titel.words)) for part in _BELOW_TITLE)


_BELOW_TITLE = tuple(part for part in IndividuellesZiel.model_fields if part != "titel")


def _without_steps(prefix: str, pieces: Sequence[Piece]) -> Iterator[Found]:
    """A goal that agrees no steps: its paragraphs up to the one that says when it is reached; steps announced and not told are unread."""
    place = next((place for place, piece in enumerate(pieces) if _REACHED.match(piece.text)), len(pieces))
    yield from _paragraphs(f"{prefix}.ziel", [(piece.text, piece.words) for piece in pieces[:place]], _NO_STEPS)
    if announced := [piece for piece in pieces if piece.text.endswith(":")]:
        yield Found.unread(f"{prefix}.schritte", _NO_STEPS, locations_of(announced[-1].words))
    yield from _paragraphs(f"{prefix}.erreicht_wenn", [(piece.text, piece.words) for piece in pieces[place:]], _NO_STEPS)
    if place == len(pieces):
        yield from _reached_within(prefix, pieces)


def _paragraphs(feld: str, texts: Sequence[_Text], doubt: Doubt | None) -> Iterator[Found]:
    if texts:
        words = tuple(word for _, several in texts for word in several)
        yield _of_words(feld, tuple(text for text, _ in texts), words, doubt)


def _of_words(feld: str, value: object, words: tuple[Word, ...], doubt: Doubt | None) -> Found:
    return weighed(feld, value, words, None, doubt)
