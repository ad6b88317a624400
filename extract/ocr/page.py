"""One scanned page → lines of words, seen by both readers; what runs in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from agreements.model.months import MONATE
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Ink, Place
from extract.files.engines import boundary
from extract.layout.columns import Region, with_columns
from extract.layout.lines import Line, Token
from extract.layout.spreads import gutter
from extract.ocr.code import without_code
from extract.ocr.crops import fused_at, pieces, rows_of_dots, with_leaders
from extract.ocr.engine import Box, Cut, SeenLine, SeenWord, Twice
from extract.ocr.engines import PACKAGES
from extract.ocr.first_letter import told_by_gap
from extract.ocr.fusion import alone
from extract.ocr.ink import Row, closed_in, stains
from extract.ocr.marks import told_by_marks
from extract.ocr.missed import Piece, bullet_apart, numerals, overlooked, with_bullets
from extract.ocr.raised_figures import doubting_raised
from extract.ocr.raster import Picture, Pixels, Raster, lies_sideways, rasterise, straightened
from extract.ocr.readers import READERS
from extract.ocr.scanned_page import Counts, ScannedLine, ScannedPage, ScannedWord
from extract.ocr.second_reading import SURE, doubted, parts
from extract.ocr.strokes import Strokes
from extract.ocr.written_over import parted
from extract.text_layer.opened import on_page, opened

POOR = 0.75
"""A page whose letters are less sure may lie turned."""
FEW = 5
"""Words; so few say nothing about how a page lies."""
BELIEVED = 0.5
"""Words less sure tell nothing about columns: a pen's stroke reads as letters."""
ILLEGIBLE = 0.4
"""A line less sure, without a figure or a date's words, is ink that is no text."""
ALONE = 0.7
"""The second reader alone is believed when it is surer."""
DOT = 0.25
"""Heights of the line; no letter or figure is so low."""
OVERSIZED = 2.2
"""Usual heights; letters so large that are not sure are a signature's strokes."""
SUREST = 0.999
"""However sure recognisers are, a word of a picture is never as certain as letters that a file states."""
READING = 2
"""Parts of lines that the second reader sees at a time: the last page of a document has both processors to itself."""
_MONTH = re.compile(rf"(?i)\b(?:{'|'.join(month[:3] for month in MONATE)})|\d")


def read_scan(path: Path, number: int, without: Set[int] = frozenset(), notes: bool = True) -> ScannedPage:
    """What two readers see on a page, counted from 1; `without` and `notes` as in `rasterise`.

    Raises UnreadableError where it cannot be rendered or an engine is missing.
    """
    with opened(path) as document, on_page(number, path):
        raster = rasterise(document[number - 1], number, path, without, notes=notes)
    said = f"Seite {number}: Die Texterkennung kommt mit dem Bild der Seite nicht zurecht."
    with boundary(PACKAGES, said, path, "Bitte in A4 mit 300 dpi neu scannen."):
        return _seen_on(raster, number)


def _seen_on(raster: Raster, number: int) -> ScannedPage:
    """What two readers see in a page's picture."""
    raster, code = without_code(raster)
    picture, seen = _upright(raster)
    apart = _pages_apart(picture, seen)
    read = [_read(half, seen_there, number) for half, seen_there in apart]
    middle = apart[1][0].to_read.point(0, 0)[0] if len(apart) > 1 else None
    lines, illegible, unread, counts = (tuple(chain.from_iterable(each)) for each in zip(*read, strict=True))
    return ScannedPage(number, picture.width, picture.height, lines, illegible, unread, picture.turns, picture.as_shown,
                       round(raster.dpi), READERS["page"].name(), Counts(sum(counts[::2]), sum(counts[1::2])), code, middle)  # fmt: skip


class _Read(NamedTuple):
    """What two readers see in a picture."""

    lines: tuple[ScannedLine, ...]
    illegible: tuple[str, ...]
    unread: tuple[Ink, ...]
    counts: Counts


def _read(picture: Picture, seen: list[SeenLine], number: int) -> _Read:
    """What two readers see in a picture, in which the first of them saw these lines."""
    seen = _with_columns_apart(picture, seen)
    usual = _usual(seen)
    seen = _with_overlooked(picture.grey, seen, usual)
    read, counts = _read_twice(picture.grey, with_bullets(picture.grey, seen, usual))
    read = [(line, doubting_raised(bullet_apart(words, picture.grey, usual), picture.grey, min(line.base))) for line, words in read]
    read = [(line, told_by_marks(words, picture.grey, sum(line.base) / 2, usual)) for line, words in read]
    read = [(line, told_by_gap(words, picture.grey, sum(line.base) / 2, usual)) for line, words in read]
    lines, illegible = _legible([*read, *_lone_figures(picture.grey, seen, usual)])
    lines, written = parted(lines)
    pen, stamp = _ink_in_colour(picture, lines)
    lines = _with_pen(_without_traces(lines, pen), pen)
    over = [word.box for _, words in written for word in words]
    strokes = Strokes(picture.grey, picture.coloured, usual, [(words, sum(line.base) / 2) for line, words in lines], over)
    scanned = tuple(_scanned(line, picture, number, strokes) for line in lines)
    illegible += [" ".join(word.text for word in words) for _, words in written]
    return _Read(scanned, (*illegible, *stamp), tuple(_unread(picture, lines, scanned, usual, number)), counts)


def _pages_apart(picture: Picture, seen: list[SeenLine]) -> list[tuple[Picture, list[SeenLine]]]:
    """The picture and what was seen in it; where two pages lie side by side, each of them, seen anew by itself."""
    height, width = picture.grey.shape
    middle = gutter([word.box for line in seen for word in line.words if word.confidence >= BELIEVED], width, height)
    if middle is None:
        return [(picture, seen)]
    halves = [picture.cut(0, round(middle)), picture.cut(round(middle), width)]
    return [(half, _seen(half.grey)) for half in halves]


def _upright(raster: Raster) -> tuple[Picture, list[SeenLine]]:
    """The picture the right way up and what the first reader sees in it; turned only where it then reads better."""
    turns = _turns_of_lying(raster) if lies_sideways(raster) else 0
    picture = straightened(raster, turns)
    seen = _seen(picture.grey)
    if sureness(seen) >= POOR or sum(len(line.words) for line in seen) < FEW:
        return picture, seen
    told = READERS["page"].quarter_turns(picture.grey)
    for other in [told] if told else [2, 1, 3] if told is None else []:
        tried = straightened(raster, (turns + other) % 4)
        there = _seen(tried.grey)
        if sureness(there) > sureness(seen) + 0.1:
            return tried, there
    return picture, seen


def _turns_of_lying(raster: Raster) -> int:
    """Quarter turns that set a page upright whose lines run from top to bottom."""
    told = READERS["page"].quarter_turns(straightened(raster, 1).grey)
    return 1 if told is None else (1 + told) % 4


def _seen(grey: Pixels, within: Cut | None = None) -> list[SeenLine]:
    """What the first reader sees, without the letters that it makes of dots of dirt, and the marks that it makes of a lone bullet."""
    found = []
    for line in READERS["page"].read(grey, within).lines:
        words = tuple(word for word in line.words if word.box[3] - word.box[1] > DOT * line.height or not word.text.isalnum())
        if words and (any(letter.isalnum() for word in words for letter in word.text) or sureness([line]) >= ILLEGIBLE):
            found.append(replace(line, words=words))
    return found


def sureness(lines: Sequence[SeenLine]) -> float:
    """How sure the letters of some lines are, from 0 to 1; 1.0 where there are none."""
    weighed = [(word.confidence, len(word.text)) for line in lines for word in line.words]
    letters = sum(weight for _, weight in weighed)
    return sum(sure * weight for sure, weight in weighed) / letters if letters else 1.0


def _with_columns_apart(picture: Picture, seen: list[SeenLine]) -> list[SeenLine]:
    """The lines, columns side by side read anew one by one: their lines need not stand at one height."""
    tokens = [[_token(word, line) for word in line.words if word.confidence >= BELIEVED or sureness([line]) >= POOR] for line in seen]
    plain = [_as_line(row) for row in tokens if row]
    plain.sort(key=lambda line: line.base)
    found = with_columns(plain)
    for place, item in enumerate(found):
        if isinstance(item, Region) and item.corridors:
            below = next((other.top for other in found[place + 1 :] if isinstance(other, Line)), float(picture.grey.shape[0]))
            seen = _reread(picture.grey, seen, item, below)
    return seen


def _token(word: SeenWord, line: SeenLine) -> Token:
    left, top, right, bottom = (float(value) for value in word.box)
    size = line.height or bottom - top
    return Token(word.text, Place(1, left, top, right, bottom), left, top, right, bottom, sum(line.base) / 2, size)


def _as_line(tokens: list[Token]) -> Line:
    return Line(tokens, 1, tokens[0].base, tokens[0].size)


def _reread(grey: Pixels, seen: list[SeenLine], region: Region, below: float) -> list[SeenLine]:
    """The lines with those of a region read column by column, where that is surer.

    A line belongs to the region by its baseline: strokes of a pen and descenders reach below it.
    """
    lines = [line for column in region.columns for line in column]
    height = median(line.size for line in lines)
    top, bottom = int(min(line.top for line in lines) - 0.6 * height), int(min(below - 0.2 * height, grey.shape[0]))
    last = max(line.bottom for line in lines) + 0.6 * height
    inside = [line for line in seen if top <= line.box[1] <= last and max(line.base) <= bottom]
    bottom = min(bottom, int(max([last, *(line.box[3] + 0.4 * height for line in inside)])))
    edges = [0, *(int((left + right) / 2) for left, right in region.corridors), grey.shape[1]]
    anew = [line for left, right in pairwise(edges) for line in _seen(grey, (left, max(0, top), right, bottom))]
    if not anew or sureness(anew) < sureness(inside) - 0.02:
        return seen
    kept = [line for line in seen if not any(line is other for other in inside)]
    return [*kept, *anew]


def _with_overlooked(grey: Pixels, seen: list[SeenLine], usual: float) -> list[SeenLine]:
    """The lines with those that the first reader left out of the page and reads when it is shown them alone.

    A part of a line that goes on under ink is left: half a line would be taken for a whole one.
    """
    pad = round(0.35 * usual)
    height, width = grey.shape
    found = list(seen)
    boxes = [word.box for line in seen for word in line.words]
    for piece in overlooked(grey, boxes, usual):
        within = (max(0, piece.left - 2 * pad), max(0, piece.top - pad), min(width, piece.right + 2 * pad), min(height, piece.bottom + pad))
        lines = [line for line in _seen(grey, within) if sureness([line]) >= BELIEVED and _stands_in(line, piece)]
        found += [line for line in lines if closed_in(grey, boxes, _row(line), usual)]
    return found


def _row(line: SeenLine) -> Row:
    return Row([word.box for word in line.words], [word.text for word in line.words], sum(line.base) / 2)


def _stands_in(line: SeenLine, piece: Piece) -> bool:
    """Whether a line is the one that was overlooked, and no strip of its neighbour."""
    middle = (line.box[1] + line.box[3]) / 2
    return piece.top <= middle <= piece.bottom


def _read_twice(grey: Pixels, seen: Sequence[SeenLine]) -> tuple[list[Twice], Counts]:
    """Every line with its words, those that need it read by both."""
    usual = _usual(seen)
    found: list[tuple[SeenLine, list[Future[list[SeenWord]]]]] = []
    twice = 0
    with ThreadPoolExecutor(READING) as beside:
        for line, doubts in zip(seen, doubted(seen), strict=True):
            leaders = rows_of_dots(grey, line, usual) if any(doubts) else None
            if leaders:
                found.append((line, [beside.submit(with_leaders, grey, line, leaders, usual)]))
                twice += len(line.words)
                continue
            read = []
            rest = iter(doubts)
            for piece in pieces(grey, line, usual):
                for words, again in parts(piece, [next(rest) for _ in piece], line.height or usual):
                    read.append(beside.submit(fused_at, grey, line, words, usual) if again else beside.submit(alone, words))
                    twice += len(words) if again else 0
            found.append((line, read))
    lines = [(line, [word for part in read for word in part.result()]) for line, read in found]
    return lines, Counts(sum(len(line.words) for line in seen), twice)


def _lone_figures(grey: Pixels, seen: Sequence[SeenLine], usual: float) -> Iterator[Twice]:
    """Page numbers that only the second reader sees."""
    for piece in numerals(grey, seen, usual):
        pad = round(0.2 * usual)
        around = (max(0, piece.left - 2 * pad), max(0, piece.top - pad), piece.right + 2 * pad, piece.bottom + pad)
        words = list(READERS["line"].read(grey, around).words)
        text = "".join(word.text for word in words)
        if text.isdigit() and min(word.confidence for word in words) > ALONE:
            word = SeenWord(text, piece.box, 0.8)
            base = float(piece.bottom)
            yield SeenLine((word,), (base, base), usual), [word]


def _usual(seen: Sequence[SeenLine]) -> float:
    """Height of most lines, in dots."""
    return median([line.height for line in seen for _ in line.words if line.height] or [40.0])


def _legible(read: Sequence[Twice]) -> tuple[list[Twice], list[str]]:
    """Lines of text, and apart from them what is read from ink that is none."""
    kept: list[Twice] = []
    illegible: list[str] = []
    usual = _usual([line for line, _ in read])
    for line, words in read:
        letters = sum(len(word.text) for word in words)
        sure = sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
        text = " ".join(word.text for word in words)
        large = line.height > OVERSIZED * usual and sure < SURE
        if words and not large and any(map(str.isalnum, text)) and (sure >= ILLEGIBLE or _MONTH.search(text)):
            kept.append((line, words))
        elif words:
            illegible.append(text)
    return kept, illegible


def _ink_in_colour(picture: Picture, lines: Sequence[Twice]) -> tuple[list[Twice], list[str]]:
    """What is written in colour: on a line of the text it is a pen's date or the like, elsewhere a stamp."""
    if picture.coloured is None:
        return [], []
    pen: list[Twice] = []
    stamp: list[str] = []
    read, _ = _read_twice(picture.coloured, _seen(picture.coloured))
    for line, words in read:
        text = " ".join(word.text for word in words)
        level = [other for other, _ in lines if _same_height(other, line)]
        if level and words and _MONTH.search(text):
            weak = [replace(word, confidence=min(word.confidence, 0.6)) for word in words]
            pen += [(_nearest(level, word), [word]) for word in weak]
        elif words:
            stamp.append(text)
    return pen, stamp


def _nearest(lines: Sequence[SeenLine], word: SeenWord) -> SeenLine:
    """The line that a word stands on, of several at its height: those of columns side by side."""
    return min(lines, key=lambda line: max(line.box[0] - word.box[2], word.box[0] - line.box[2]))


def _without_traces(lines: Sequence[Twice], pen: Sequence[Twice]) -> list[Twice]:
    """The lines without what was guessed of ink in colour, which leaves traces in black, where that ink was read itself."""
    found = []
    for line, words in lines:
        sides = [side for other, written in pen if other is line for word in written for side in word.box[::2]]
        traces = [word for word in words if sides and _is_trace(word, min(sides), max(sides), line.height)]
        found.append((line, [word for word in words if not any(word is trace for trace in traces)]))
    return found


def _is_trace(word: SeenWord, left: float, right: float, height: float) -> bool:
    """Whether a word is what was made of the edges of ink in colour, that was read itself from left to right: within it, or a bad guess."""
    if word.confidence < ILLEGIBLE:
        return left - height < word.box[2] and word.box[0] < right + height
    return word.confidence < SURE and left - height / 2 < word.box[0] and word.box[2] < right + height / 2


def _with_pen(lines: Sequence[Twice], pen: Sequence[Twice]) -> list[Twice]:
    """The lines, each with what a pen wrote on it from left to right; a word whose box runs on along a rule ends there."""
    found = []
    for line, words in lines:
        written = [word for other, several in pen if other is line for word in several]
        row = sorted((*words, *written), key=lambda word: word.box[0])
        found.append((line, [_ended(word, other) for word, other in pairwise((*row, row[-1]))] if written else words))
    return found


def _ended(word: SeenWord, following: SeenWord) -> SeenWord:
    left, top, right, bottom = word.box
    return replace(word, box=(left, top, following.box[0], bottom)) if left < following.box[0] < right else word


def _unread(picture: Picture, lines: Sequence[Twice], scanned: Sequence[ScannedLine], usual: float, number: int) -> Iterator[Ink]:
    """The ink beside the words; what is hardly sure to be a word is ink too."""
    grey = picture.grey if picture.coloured is None else np.minimum(picture.grey, picture.coloured)
    rows: list[Row] = []
    order: list[list[int]] = []
    for line, words in lines:
        read = max((word.confidence for word in words), default=0.0) >= BELIEVED
        places = sorted(range(len(words)) if read else (), key=lambda place: words[place].box[0])
        boxes, texts = [words[place].box for place in places], [words[place].text for place in places]
        rows.append(Row(boxes, texts, sum(line.base) / 2, [words[place].alternatives for place in places]))
        order.append(places)
    for stain in stains(grey, rows, usual):
        beside = tuple(scanned[row].words[order[row][place]].place for row, place in stain.words)
        yield Ink(stain.art, beside, _place(stain.box, picture, number))


def _same_height(one: SeenLine, other: SeenLine) -> bool:
    return abs(sum(one.base) - sum(other.base)) / 2 < 0.6 * (one.height or 40)


def _scanned(read: Twice, picture: Picture, number: int, strokes: Strokes) -> ScannedLine:
    """A line in points."""
    line, words = read
    scale = picture.to_read.a
    base = picture.to_read.point(0, sum(line.base) / 2)[1]
    seen = strokes.doubts(words, sum(line.base) / 2)
    found = tuple(_scanned_word(word, picture, number, doubts) for word, doubts in zip(words, seen, strict=True))
    return ScannedLine(found, base, scale * line.height)


def _scanned_word(word: SeenWord, picture: Picture, number: int, seen: tuple[Doubt, ...]) -> ScannedWord:
    sure = min(SUREST, round(word.confidence, 3))
    return ScannedWord(word.text, _place(word.box, picture, number), sure, word.alternatives,
                       _stroke(picture.grey, word.box) * picture.to_read.a, seen)  # fmt: skip


def _place(box: Box, picture: Picture, number: int) -> Place:
    """Where a box lies on the page as read, in points."""
    return Place(number, *(round(value, 2) for value in picture.to_read.box(*box)))


def _stroke(grey: Pixels, box: Box) -> float:
    """Mean thickness of the strokes in a box, in dots: their area by half their outline."""
    left, top, right, bottom = (max(0, round(value)) for value in box)
    ink = grey[top:bottom, left:right] < 128
    outline = np.count_nonzero(ink[:, 1:] != ink[:, :-1]) + np.count_nonzero(ink[1:] != ink[:-1])
    return 2 * float(np.count_nonzero(ink)) / outline if outline else 0.0
