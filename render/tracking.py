"""An agreement as a Word file in which every change against another one is tracked, to be accepted or rejected by itself.

Accepting all gives the new agreement, rejecting all the old one, letter by letter: what is gone and what is new stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, groupby, pairwise, zip_longest
from typing import Final, Literal, NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

from agreements.comparing.texts import pieces, steps
from agreements.model.document import Block, Document
from render.notes import Note, put_notes
from render.word import (
    Bit,
    Look,
    Writer,
    bits,
    lines_above,
    looks,
    package,
    signature_looks,
    signature_rows,
    state_properties,
    text_width,
    w,
)
from render.wordbase import open_base, style_ids

WORDS, PARAGRAPHS = "zv", "zv (Absätze)"
"""Who made the changes, as Word shows it: words within a paragraph, and whole paragraphs.

Two names, for LibreOffice 7.4 takes an insertion that ends a paragraph and the next whole one of the same hand for one, and the end
between them for new.
"""

PEN_ENDS: Final = 2721
"""Where the line for the pen may end before the places that the style has for it, in twips, so that the year fits behind it twice, gone and
new: with both it would wrap, and the names below would no longer stand level."""
INS: Final = qn("w:ins")
DEL: Final = qn("w:del")

Mark = Literal["", "ins", "del"]
"""Whether something stands in both texts, in the new one alone, or in the old one alone."""


def render_tracked(old: Document, new: Document, notes: Sequence[Note] = ()) -> bytes:
    """The new agreement as .docx with tracked changes against the old one and notes beside it, the same bytes for the same."""
    word = open_base(None, new.entwurf)
    styles = style_ids(word)
    _shorten_pens(word, styles["unterschriftszeile"])
    writer = _Tracking(styles, text_width(word), new.jahr)
    section = word.element.body[-1]
    for element in writer.both(old.blocks, new.blocks):
        section.addprevious(element)
    state_properties(word, new.titel, new.jahr)
    put_notes(word, notes)
    return package(word)


def _shorten_pens(word: WordDocument, style: str) -> None:
    """Lets the lines for the pen end earlier, by their style: how a paragraph stands is the same as in either text."""
    for stops in word.styles.element.iterfind(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']/{qn('w:pPr')}/{qn('w:tabs')}"):
        stops.insert(0, w("tab", val="left", leader="underscore", pos=PEN_ENDS))


# ---------------------------------------------------------------- paragraphs of both texts


@dataclass(slots=True)
class _Para:
    """A paragraph of the old text, of the new one, or of both."""

    old: Block | None
    new: Block | None
    mark: Mark
    """Of its end: where it is gone, or not yet there, the paragraph goes on in the next one."""
    look: Look
    """How it stands in the new text, or else stood in the old one."""
    was: Look
    """How it stood in the old text, or else stands in the new one."""


def _laid(old: Sequence[Block], new: Sequence[Block], old_looks: Sequence[Look], new_looks: Sequence[Look]) -> list[_Para]:
    """The paragraphs of both texts in the order of both; one that moved, or is of another kind now, is gone and new."""
    before, after = iter(old_looks), iter(new_looks)
    laid = []
    for row, side in steps(old, new):
        was = next(before) if row.old and side != "neu" else None
        look = next(after) if row.new and side != "alt" else None
        if was and look and _kind(row.old) == _kind(row.new):
            laid.append(_Para(row.old, row.new, "", look, was))
            continue
        if was:
            laid.append(_Para(row.old, None, "del", was, was))
        if look:
            laid.append(_Para(None, row.new, "ins", look, look))
    return list(_beside_their_lists(laid))


def _beside_their_lists(paras: Sequence[_Para]) -> Iterator[_Para]:
    """What is gone and what is new between two paragraphs of both texts, entries of the list before them first."""
    before: str | None = None
    for kept, run in groupby(paras, key=lambda para: bool(para.old and para.new)):
        several = list(run)
        if kept:
            yield from several
            before = _liste(several[-1])
            continue
        beside = sorted(several, key=lambda para: before is None or _liste(para) != before)
        in_order = all([para for para in beside if para.mark == mark] == [para for para in several if para.mark == mark]
                       for mark in ("ins", "del"))  # fmt: skip
        yield from beside if in_order else several


def _liste(para: _Para) -> str | None:
    block = para.new or para.old
    return block.liste if block else None


def _kind(block: Block | None) -> tuple[str, int] | None:
    """What a change of looks cannot undo: LibreOffice 7.4 leaves a list item its dash."""
    return (block.art, block.level) if block else None


def _closed(paras: Sequence[_Para]) -> list[_Para]:
    """The paragraphs of a list, of a cell, or before a table: the end of the last one is there in both texts.

    It has nothing behind it in which it could go on. So the last paragraph that is gone becomes the last one that is new; where there is
    but one of them, it is the end before, of the last paragraph of both texts, that is gone or new: as in Word, if one types at the end.
    """
    kept = max((place for place, para in enumerate(paras) if para.old and para.new), default=-1)
    gone, come = ([para for para in paras[kept + 1 :] if para.mark == mark] for mark in ("del", "ins"))
    if gone and come:
        last = _Para(gone[-1].old, come[-1].new, "", come[-1].look, gone[-1].was)
        return [*paras[: kept + 1], *gone[:-1], *come[:-1], last]
    if kept >= 0 and (gone or come):
        stays, last = paras[kept], paras[-1]
        stays.mark, last.mark = last.mark, ""
        last.look, last.was = (stays.look, last.was) if gone else (last.look, stays.was)
    return list(paras)


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks by turns as text and as signatures, text first."""
    parts: list[list[Block]] = [[]]
    for signed, run in groupby(blocks, key=lambda block: block.art == "unterschrift"):
        if signed == (len(parts) % 2 == 1):
            parts.append([])
        parts[-1] += run
    return parts


def _lists(paras: Sequence[_Para]) -> Iterator[tuple[str | None, list[_Para]]]:
    """The paragraphs by the list of the new text that they are entries of; what is gone from it stands in it, too."""
    names = [para.new.liste if para.new else None for para in paras]
    there = [place for place, para in enumerate(paras) if para.new]
    for before, after in pairwise(there):
        if names[before] == names[after]:
            names[before:after] = [names[before]] * (after - before)
    for place in (*range(1, len(paras)), *range(len(paras) - 2, -1, -1)):
        old = paras[place].old
        if (
            names[place] is None
            and not paras[place].new
            and old
            and old.liste in (*names[place - 1 : place], *names[place + 1 : place + 2])
        ):
            names[place] = old.liste
    for name, group in groupby(zip(names, paras, strict=True), key=lambda two: two[0]):
        yield name, [para for _, para in group]


# ---------------------------------------------------------------- words of both texts


class _Seg(NamedTuple):
    """A run of letters, and what states it in the old and in the new text."""

    text: str
    mark: Mark
    old: Bit | None
    new: Bit | None


_TAB: Final = "\N{SYMBOL FOR HORIZONTAL TABULATION}"
"""Stands for a tab while texts are compared: it is a sign, no white space, for a pen writes on it."""

_MARKS: Final[dict[str, Mark]] = {"gleich": "", "entfallen": "del", "neu": "ins"}


def _segments(old: Sequence[Bit], new: Sequence[Bit]) -> list[_Seg]:
    """Both texts as one, parted wherever a value begins or ends in either."""
    sides = (old, new)
    texts = ["".join(bit.text for bit in side) for side in sides]
    ends = [list(accumulate(len(bit.text) for bit in side)) for side in sides]
    segments, places = [], [0, 0]
    for piece in pieces(*(text.replace("\t", _TAB) for text in texts)):
        mark = _MARKS[piece.art]
        moving = [side for side in (0, 1) if mark != ("ins", "del")[side]]
        left = len(piece.text)
        while left:
            at = {side: _at(ends[side], places[side]) for side in moving}
            length = min(left, *(ends[side][at[side]] - places[side] for side in moving))
            said, bits_ = texts[moving[0]], [sides[side][at[side]] if side in at else None for side in (0, 1)]
            segments.append(_Seg(said[places[moving[0]] :][:length], mark, *bits_))
            for side in moving:
                places[side] += length
            left -= length
    return list(_value_by_value(segments))


def _value_by_value(segments: Iterable[_Seg]) -> Iterator[_Seg]:
    """The segments with the old text of a value right before its new one, where both changed."""
    for _, run in groupby(segments, key=lambda segment: bool(segment.mark)):
        several = list(run)
        gone, come = ([segment for segment in several if segment.mark == mark] for mark in ("del", "ins"))
        if not (gone and come):
            yield from several
            continue
        waiting: list[_Seg] = []
        for segment in come:
            feld = segment.new.feld if segment.new else None
            same = [place for place, other in enumerate(gone) if feld and other.old and other.old.feld == feld]
            if same:
                yield from (*gone[: same[0]], *waiting, *gone[same[0] : same[-1] + 1], segment)
                gone, waiting = gone[same[-1] + 1 :], []
            else:
                waiting.append(segment)
        yield from (*gone, *waiting)


def _at(ends: Sequence[int], place: int) -> int:
    """Which bit the letter at that place belongs to."""
    return next((number for number, end in enumerate(ends) if end > place), len(ends) - 1)


def _controlled(segments: Sequence[_Seg], new: Sequence[Bit]) -> Iterator[tuple[Bit | None, list[_Seg]]]:
    """The segments by the new text's value that they state; the old text's same value stands with it."""
    owners = [segment.new if segment.new and segment.new.feld else None for segment in segments]
    for bit in new:
        here = [place for place, segment in enumerate(segments) if segment.new is bit]
        if bit.feld and here:
            first, last = here[0], here[-1]
            while first and _states(segments[first - 1], bit.feld) and owners[first - 1] is None:
                first -= 1
            while last + 1 < len(segments) and _states(segments[last + 1], bit.feld):
                last += 1
            owners[first : last + 1] = [bit] * (last + 1 - first)
    for _, group in groupby(zip(owners, segments, strict=True), key=lambda two: id(two[0])):
        several = list(group)
        yield several[0][0], [segment for _, segment in several]


def _states(segment: _Seg, feld: str) -> bool:
    return segment.mark == "del" and segment.old is not None and segment.old.feld == feld


# ---------------------------------------------------------------- the file


class _Tracking(Writer):
    """Builds the elements of both texts at once; changes are numbered in the order in which they are made."""

    def __init__(self, styles: dict[str, str], width: int, jahr: int) -> None:
        super().__init__(styles, width)
        self._changes = count(1)
        self._date = f"{jahr}-01-01T00:00:00Z"  # no clock: the same two texts give the same bytes

    def both(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Element]:
        """Everything that stands in either text."""
        before, after = iter(looks(old)), iter(looks(new))
        for place, (gone, come) in enumerate(zip_longest(_parts(old), _parts(new), fillvalue=())):
            of_old, of_new = [next(before) for _ in gone], [next(after) for _ in come]
            if place % 2:
                yield self.signature_table(self._signature_rows(gone, come))
            else:
                yield from self._text(_laid(gone, come, of_old, of_new))

    def _text(self, paras: Sequence[_Para]) -> Iterator[_Element]:
        for liste, group in _lists(_closed(paras)):
            if liste:
                yield from self._entries(liste, _closed(group))
            else:
                yield from map(self._para, group)

    def _entries(self, liste: str, paras: Sequence[_Para]) -> Iterator[_Element]:
        """All entries of a list in one control; of a new list the control is new, too."""
        new = not any(para.old for para in paras)
        states = {span.zustand for para in paras if para.new for span in para.new.spans}
        settled = len(states) == 1 and (new or all(para.old == para.new for para in paras))
        made = [self._para(para) for para in paras]
        self._shield(liste, made[0], paras[0])
        yield from self._made(self.control(liste, made, states.pop() if settled else ""), "ins" if new else "")

    def _shield(self, liste: str, first: _Element, para: _Para) -> None:
        """Puts the changes of a list's first entry into a control of their own: LibreOffice 7.4 loses those that begin a list's."""
        said = list(first)[1:]
        if any(element.tag in (INS, DEL) for element in said):
            first.extend(self._made(self.control(liste, said, ""), "del" if not para.new else "ins" if not para.old else ""))

    def _para(self, para: _Para, controls: bool = True) -> _Element:
        by = PARAGRAPHS if para.mark and not (para.old and para.new) else WORDS
        properties = self.properties(para.look)
        if para.mark:
            properties.append(w("rPr", self._change(para.mark, by=by)))
        if _seen(para.look) != _seen(para.was):
            properties.append(self._change("pPrChange", self.properties(para.was)))
        paragraph = w("p", properties)
        new = bits(para.new) if para.new else []
        for bit, segments in _controlled(_segments(bits(para.old) if para.old else [], new), new):
            paragraph.extend(self._value(bit, segments, by) if bit and controls else self._runs(segments, by))
        return paragraph

    def _value(self, bit: Bit, segments: Sequence[_Seg], by: str) -> Iterator[_Element]:
        """A value in its control, the old one beside the new one; a control that is filled only in the new text is new, too."""
        new = all(segment.mark == "ins" for segment in segments)
        settled = new or all(not segment.mark for segment in segments)
        control = self.control(bit.feld or "", list(self._runs(segments, by)), bit.zustand if settled else "")
        yield from self._made(control, "ins" if new else "")

    def _made(self, control: _Element, mark: Mark) -> Iterator[_Element]:
        """The control; where it comes or goes with its words, its beginning and its end are each marked as such, as Word does."""
        if not mark:
            yield control
            return
        content = control[-1]
        before, within = self._range(mark)
        behind, without = self._range(mark)
        content.insert(0, within)
        content.append(behind)
        yield from (before, control, without)

    def _range(self, mark: Mark) -> tuple[_Element, _Element]:
        """Where a change of a control's beginning, or of its end, starts and ends."""
        number = next(self._changes)
        name = f"customXml{mark.title()}Range"
        return w(f"{name}Start", id=number, author=WORDS, date=self._date), w(f"{name}End", id=number)

    def _runs(self, segments: Iterable[_Seg], by: str) -> Iterator[_Element]:
        for mark, zustand, text in _runs(segments):
            run = self.run(text, zustand, "delText" if mark == "del" else "t")
            yield self._change(mark, run, by=by) if mark else run

    def _change(self, tag: str, *children: _Element, by: str = WORDS) -> _Element:
        return w(tag, *children, id=next(self._changes), author=by, date=self._date)

    def _signature_rows(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Element]:
        """Rows with as many signatures as before are laid beside each other, line by line; others go and come as a whole."""
        for gone, come in zip_longest(signature_rows(old), signature_rows(new), fillvalue=()):
            if len(gone) == len(come):
                yield self.signature_row([map(self._para, cell) for cell in _cells(gone, come)])
                continue
            if gone:
                yield self._whole_row(_cells(gone, [()] * len(gone)), "del")
            if come:
                yield self._whole_row(_cells([()] * len(come), come), "ins")

    def _whole_row(self, cells: Iterable[list[_Para]], mark: Mark) -> _Element:
        """A row that goes or comes; without controls, for LibreOffice 7.4 would leave their empty row when it goes."""
        return self.signature_row([(self._para(para, controls=False) for para in cell) for cell in cells], self._change(mark))


def _cells(old: Sequence[Sequence[Block]], new: Sequence[Sequence[Block]]) -> Iterator[list[_Para]]:
    """The lines of each signature of a row."""
    before, after = lines_above(old), lines_above(new)
    for gone, come in zip(old, new, strict=True):
        yield _closed(_laid(gone, come, signature_looks(gone, before), signature_looks(come, after)))


def _runs(segments: Iterable[_Seg]) -> Iterator[tuple[Mark, str, str]]:
    """The segments joined where they look alike."""
    shown = [(segment.mark, bit.zustand, segment.text) for segment in segments if (bit := segment.new or segment.old)]
    for (mark, zustand), group in groupby(shown, key=lambda three: three[:2]):
        yield mark, zustand, "".join(text for _, _, text in group)


def _seen(look: Look) -> Look:
    """What of it a reader sees: where a page may end follows from the text."""
    return look._replace(flags=tuple(flag for flag in look.flags if flag != "keepNext"))
