"""Paragraphs in, the pieces of a document's text out: joined, parted, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from agreements.language.numbering import ABSATZ, MARK, ROMAN_MISREAD, ROMANS, rank_of
from agreements.language.sentences import STOPPED, ends_open
from agreements.reading.reading import Paragraph, Reading, Word
from extract.by_grammar.elements import Piece
from extract.by_grammar.headings import (
    CHAPTERS,
    LONGEST_UNMARKED,
    UNIT,
    Marks,
    is_of_sentence,
    levelled,
)
from extract.by_grammar.signature_block import annex_begins, signatures_apart
from extract.by_grammar.tables import is_row
from extract.by_grammar.title_page import front_ends, front_pieces
from extract.by_grammar.topics import thema_of
from extract.correction.rewrites import rewritten
from extract.correction.unknown_text import readable


def _with_romans(pieces: list[Piece]) -> list[Piece]:
    """The chapters with their numbers in order, where these are not certain: "Il." is I or II, which only its place tells."""
    count, found = 0, []
    for piece in pieces:
        chapter = piece.art == "ueberschrift" and piece.level <= 1 and not piece.certain
        if chapter and (look := ROMAN_MISREAD.fullmatch(piece.words[0].text)):
            count += 1
            more = look[1] in ROMANS and len(look[1]) > count  # readers see strokes too few, and never too many
            if _ROMAN_LOOKALIKE.fullmatch(look[1]) and count <= len(ROMANS) and not more:
                piece = replace(piece, words=(replace(piece.words[0], text=ROMANS[count - 1] + "."), *piece.words[1:]))
            elif look[1] in ROMANS:
                count = ROMANS.index(look[1]) + 1
        found.append(piece)
    return found


_ROMAN_LOOKALIKE = re.compile(r"[Il1|!]{1,3}")


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """The blocks of a document, in order."""
    paragraphs = [_without_speck(kept) for paragraph in reading.paragraphs if (kept := readable(paragraph)).words]
    ends = annex_begins(paragraphs)
    body, signed = signatures_apart(paragraphs[:ends])
    body = _joined(replace(paragraph, column=None) for paragraph in body)
    start = front_ends(body)
    front, body = body[:start], _untorn(body[start:])
    annex = _untorn(_joined(replace(paragraph, column=None) for paragraph in paragraphs[ends:]))
    pieces = [*front_pieces(front), *_levelled(body)]
    return (*_with_romans(pieces), *(_signature_piece(line) for line in signed), *_levelled(annex))


def _levelled(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    marks = Marks(paragraphs)
    return levelled([_piece(paragraph, marks.is_heading(paragraph)) for paragraph in paragraphs])


def _without_speck(paragraph: Paragraph) -> Paragraph:
    """The paragraph, a heading without the marks that a reader makes of dirt behind it: "III. Ziele."."""
    (first, *rest), text = paragraph.words, paragraph.text
    if paragraph.certain or len(text) > LONGEST_UNMARKED:
        return paragraph
    rank = rank_of(paragraph.text)
    numbered = rank == 1 or (rank == 0 and _names_chapter(rest))
    if not numbered or not re.search(r"\w[.,;:·]$", text):
        return paragraph
    return replace(paragraph, words=(first, *rest[:-1], replace(rest[-1], text=rest[-1].text[:-1])))


def _names_chapter(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return bool(CHAPTERS.match(text) or thema_of(text))


def _signature_piece(line: Paragraph) -> Piece:
    return Piece("unterschrift", line.words, min(9, line.column or 1))


def _joined(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs whole again that a page or column parted."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        cut_law = found and found[-1].text.endswith("SGB") and re.fullmatch(r"[IVXl|]{1,4}[.,;:]?", paragraph.text)
        if cut_law or (found and paragraph.continues and paragraph.column == found[-1].column and _goes_on(found[-1], paragraph)):
            found[-1] = replace(found[-1], words=found[-1].words + paragraph.words)
        else:
            found.append(paragraph)
    return found


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the rest of the one before it: by its first letter, else only over the end of a page."""
    if before.kind == "ueberschrift" or paragraph.kind in ("ueberschrift", "punkt") or STOPPED.search(before.text):
        return False
    if is_row(paragraph.text) and (is_row(before.text) or _OPENS_LIST.search(before.text)):
        return False
    if paragraph.text[:1].islower():
        return True
    prose = (
        before.kind == "text" and len(before.text) > _LONGEST_LINE and not MARK.match(paragraph.text) and not ABSATZ.match(paragraph.text)
    )
    return prose and _page(before.words[-1]) != _page(paragraph.words[0])


_OPENS_LIST = re.compile(r"\b(?:davon|hiervon|darunter)(?: entfallen(?: auf)?)?$")
"""How a sentence ends that goes on in rows, each with an amount of its own, however small these begin."""


def _untorn(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs of a picture whole again whose lines the reader took for paragraphs: their sentence goes on."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if found and not paragraph.certain and _is_torn(found[-1], paragraph):
            found[-1] = rewritten(replace(found[-1], words=(*found[-1].words, *paragraph.words)))
        else:
            found.append(paragraph)
    return found


def _is_torn(before: Paragraph, paragraph: Paragraph) -> bool:
    begins = MARK.match(paragraph.text) or ABSATZ.match(paragraph.text)
    ended = STOPPED.search(before.text) and not ends_open(before.text)
    headings = [one for one in (before, paragraph) if one.kind == "ueberschrift" and not is_of_sentence(one.text)]
    if headings or paragraph.kind == "punkt" or begins or ended or rank_of(before.text) is not None:
        return False
    goes_on = paragraph.text[:1].islower() or UNIT.match(paragraph.text) or paragraph.text[:1] == ","
    return bool(goes_on) or (before.kind != "punkt" and (len(before.text) > _LONGEST_LINE or bool(_NO_END.search(before.text))))


_LONGEST_LINE = 60
_NO_END = re.compile(r"\b(?:an|auf|bei|im|in|mit|um|von|vom|zum|zur|für|der|die|das|dem|den|des|eine[mnrs]?|und|dass|wenn)$")
"""How no paragraph ends, however short it is."""


def _page(word: Word) -> int | None:
    return word.places[-1].page if word.places else None


def _piece(paragraph: Paragraph, heading: bool) -> Piece:
    if sum(paragraph.cells) == len(paragraph.words):
        return Piece("text", paragraph.words, cells=paragraph.cells)
    if heading:
        return Piece("ueberschrift", paragraph.words)
    if ABSATZ.match(paragraph.text):
        return Piece("absatz", paragraph.words)
    return Piece("punkt" if paragraph.kind == "punkt" else "text", paragraph.words)
