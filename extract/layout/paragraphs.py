"""Untagged lines → paragraphs: by gaps, indents, weight, bullets, and whether the next word would have fitted on the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from agreements.language.numbering import BULLETS, ITEM, KINDS, LIST_ITEM, SHORT_LINE, TOUCHING_BULLET
from agreements.model.months import MONATE
from agreements.reading.reading import Kind
from extract.layout.hyphenation import AUTOMATIC, TYPED, plain
from extract.layout.lines import Line, Token, line_of
from extract.layout.metrics import Measures, sentence_ends

Verdict = Literal["join", "break", "doubt"]
"""Whether a line goes on with the paragraph before it; `doubt`: it begins a new one that may be the rest of it."""

FAR = 1.6
"""Line pitches; so far apart two lines are two paragraphs, whatever they say."""
APART = 1.13
"""Line pitches; more than rounding and a raised figure make."""
INDENT = 0.45
"""Font sizes; less is inaccuracy of the typesetter."""


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph in the making."""

    lines: list[list[Token]]
    kind: Kind | None = None
    level: int = 0
    label: str = ""
    continues: bool = False
    column: int | None = None
    stated: bool = False
    first: Line | None = None
    last: Line | None = None
    edge: float = 0.0
    """How far right its lines may reach; 0 where that is the page's right edge."""
    text_left: float = 0.0
    """Where its lines after the first start, as far as known."""
    cell: tuple[int, int, int] | None = None
    """Of a cell of a table: the number of its row in the document, which of the row's cells it is, and how many there are."""


def is_bullet(text: str) -> bool:
    """Whether a word is a bullet: one of the usual signs, or one of the private letters of symbol fonts."""
    return len(text) == 1 and (text in BULLETS or "\ue000" <= text <= "\uf8ff")


class Marker(NamedTuple):
    """What may be a bullet or number at a line's start."""

    label: str
    bullet: bool
    plain: bool
    """Whether it is a sign that running text has too: a dash, an "o", a number."""


def marker(line: Line) -> Marker | None:
    """The bullet or number with which a line begins."""
    if len(line.tokens) < 2:
        return None
    text = plain(line.tokens[0].text)
    if is_bullet(text):
        return Marker(text, True, text in "-–—o*·")
    if ITEM.fullmatch(text) and line.tokens[1].text not in MONATE:
        return Marker(text, False, True)
    return None


def with_bullet_apart(line: Line) -> Line:
    """The line, a bullet that touches its first word as a token of its own."""
    first, *rest = line.tokens
    if not TOUCHING_BULLET.match(first.text):
        return line
    edge = first.left + (first.right - first.left) / len(first.text)
    others = tuple(TOUCHING_BULLET.sub("", other, count=1) for other in first.alternatives)
    bullet = replace(first, text=first.text[0], place=first.place._replace(right=edge), right=edge, alternatives=())
    word = replace(first, text=first.text[1:], place=first.place._replace(left=edge), left=edge, alternatives=others)
    return line_of([bullet, word, *rest])


def ends_with_hyphen(line: Line) -> bool:
    """Whether a line ends inside a word."""
    text = line.tokens[-1].text
    return len(text) > 1 and text[-1] in TYPED + AUTOMATIC and text[-2].isalpha()


def begins_small(line: Line) -> bool:
    """Whether a line begins with a small letter, brackets and quotes apart."""
    return line.text.lstrip("(„“\"'»[")[:1].islower()


class Flow:
    """Untagged lines in reading order → drafts."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.items: list[tuple[float, float]] = []
        """Where the bullets met so far stand, and the text after them."""

    def drafts(self, lines: list[Line]) -> list[Draft]:
        """The paragraphs of some lines."""
        found: list[Draft] = []
        for place, line in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else None
            if following and following.page != line.page:
                following = None
            current = found[-1] if found else None
            verdict = self._verdict(current, line, following) if current else "break"
            if current and verdict == "join":
                self._append(current, line)
            else:
                found.append(self._new(line, following, verdict == "doubt"))
        for draft in found:
            self._name(draft)
        number_levels(found)
        return found

    def _append(self, draft: Draft, line: Line) -> None:
        draft.lines.append(line.tokens)
        draft.last = line
        draft.text_left = line.left

    def _new(self, line: Line, following: Line | None, continues: bool) -> Draft:
        """A draft that begins with this line; its bullet, if it has one, taken off."""
        line = with_bullet_apart(line)
        mark = marker(line)
        draft = Draft([line.tokens], continues=continues, first=line, last=line, text_left=line.left)
        if mark is None:
            return draft
        hanging = self._hangs(line, following)
        if mark.bullet or (hanging and LIST_ITEM.fullmatch(mark.label) and not line.bold):
            draft.kind, draft.label, draft.lines = "punkt", mark.label, [line.tokens[1:]]
            self.items.append((line.left, line.tokens[1].left))
        if mark.bullet or hanging:
            draft.text_left = line.tokens[1].left
        return draft

    def _hangs(self, line: Line, following: Line | None) -> bool:
        """Whether a bullet or number hangs to the left of its text."""
        text = line.tokens[1].left
        if following and abs(following.left - text) < 1.5 and text - line.left > 0.5 * line.size and line.base < following.base:
            return True
        gaps = line.gaps
        usual = max(gaps[1:], default=0.35 * line.size)
        as_before = any(abs(line.left - bullet) < 1.5 and abs(text - after) < 1.5 for bullet, after in self.items[-6:])
        return as_before or gaps[0] > max(1.6 * usual, 0.6 * line.size)

    def _verdict(self, draft: Draft, line: Line, following: Line | None) -> Verdict:
        """Whether a line goes on with the draft."""
        last = draft.last
        assert last is not None
        small, ended = begins_small(line), sentence_ends(last)
        room = self.measures.room(last, line)
        full = room < 0
        goes_on = small and ((full and not ended) or ends_with_hyphen(last))
        gap = self._gap(last, line)
        if gap is not None and gap > FAR:
            return "doubt" if goes_on else "break"
        if self._other_style(last, line):
            return "join" if goes_on and (gap is None or gap <= APART) and abs(last.size - line.size) < 0.5 else "break"
        if self._begins_item(draft, line, following, full and (gap is None or gap <= APART)):
            return "break"
        if gap is not None and gap > APART:
            return "join" if goes_on and gap < 1.4 else "doubt" if goes_on else "break"
        if self.measures.centred(last) and self.measures.centred(line):
            return "join" if ends_with_hyphen(last) and small else "break"
        indent = self._indent(draft, line, full, goes_on)
        if indent:
            return indent
        if not full and not ends_with_hyphen(last):
            return "doubt" if small or not ended else "break"
        if gap is None:
            return self._over_page(draft, line, small, ended)
        if self.measures.justified and not self.measures.reaches(last) and not goes_on and len(draft.lines) > 1 and ended:
            return "break"
        return "join"

    def _gap(self, last: Line, line: Line) -> float | None:
        """Distance of the baselines in line pitches; None over a page break."""
        if last.page != line.page:
            return None
        return (line.base - last.base) / max(self.measures.pitch(last), self.measures.pitch(line))

    def _other_style(self, last: Line, line: Line) -> bool:
        return abs(last.size - line.size) > 0.08 * max(last.size, line.size) or (last.bold != line.bold and not self.measures.bold)

    def _begins_item(self, draft: Draft, line: Line, following: Line | None, tight: bool) -> bool:
        """Whether a line's first word is a bullet or number, and not a dash or figure in running text."""
        line = with_bullet_apart(line)
        mark = marker(line)
        if mark is None:
            return False
        if not mark.plain or not tight:
            return True
        assert draft.last is not None
        if mark.bullet:
            return self._hangs(line, following) or (abs(line.left - draft.text_left) > INDENT * line.size)
        drawn_out = self._hangs(line, following) and line.left < line.tokens[1].left - line.size
        return drawn_out or (sentence_ends(draft.last) and not begins_small(line))

    def _indent(self, draft: Draft, line: Line, full: bool, goes_on: bool) -> Verdict | None:
        """What the left edge says: a first line drawn in, a hanging text, the end of a list; None where it says nothing."""
        shift = line.left - draft.text_left
        if abs(shift) <= INDENT * line.size:
            return None
        if shift > 0:
            return "join" if goes_on and len(draft.lines) == 1 else "break"
        first_drawn_in = len(draft.lines) == 1 and draft.kind != "punkt"
        if first_drawn_in and full:
            return None if draft.last and draft.last.page == line.page else "doubt"
        if draft.kind == "punkt" and goes_on:
            return "join" if len(draft.lines) == 1 and draft.last and draft.last.page == line.page else "doubt"
        return "doubt" if goes_on else "break"

    def _over_page(self, draft: Draft, line: Line, small: bool, ended: bool) -> Verdict:
        """Over a page break, after a full line: whether the paragraph goes on."""
        if small or not ended:
            return "join"
        hanging = draft.kind == "punkt" and line.left - self.measures.left > INDENT * line.size
        return "join" if hanging else "doubt"

    def _name(self, draft: Draft) -> None:
        """Give a draft its kind where typography tells it."""
        first, last = draft.first, draft.last
        if draft.kind or first is None or last is None or draft.continues:
            return
        if self.measures.centred(first) and self.measures.centred(last):
            return
        heavy = not self.measures.bold and all(token.bold for line in draft.lines for token in line)
        large = first.size > 1.09 * self.measures.size
        if (heavy or large) and len(draft.lines) <= 4:
            draft.kind = "ueberschrift"
        elif not _looks_like_heading(draft, first):
            draft.kind = "text"


def _looks_like_heading(draft: Draft, first: Line) -> bool:
    """Whether one short numbered line may be a heading although its letters are like the text's."""
    return len(draft.lines) == 1 and bool(SHORT_LINE.match(first.text)) and not sentence_ends(first)


def number_levels(drafts: list[Draft]) -> None:
    """Levels of headings by size and kind of number, and of list items by their indent."""
    headings = [draft for draft in drafts if draft.kind == "ueberschrift" and draft.first]
    styles = sorted({_style(draft) for draft in headings}, key=lambda style: (-style[0], style[1]))
    for draft in headings:
        draft.level = min(6, styles.index(_style(draft)) + 1)
    for is_item, group in groupby(drafts, key=lambda draft: draft.kind == "punkt"):
        if is_item:
            _number_items(list(group))


def _style(draft: Draft) -> tuple[float, int]:
    assert draft.first is not None
    text = draft.first.text + " "
    return round(draft.first.size), next((rank for rank, pattern in enumerate(KINDS) if pattern.match(text)), 0)


def _number_items(items: list[Draft]) -> None:
    edges: list[float] = []
    for item in items:
        assert item.first is not None
        left = item.first.left
        while edges and edges[-1] > left + 2:
            edges.pop()
        if not edges or left > edges[-1] + 2:
            edges.append(left)
        item.level = len(edges) - 1
