"""Lines on pages → paragraphs: by the file's own tags where it has them, else by gaps, indents, weight and fullness of lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import Literal, NamedTuple

from agreements.reading import Beiwerk, Kind, Paragraph, Place, Word
from extract.columns import BULLETS, Region, tagged_columns, with_columns
from extract.furniture import without_furniture
from extract.hyphens import AUTOMATIC, EITHER, TYPED, Habits, joined, plain, stem
from extract.lines import Line, Node, Page, Token, into_lines, line_of

Path = tuple[int, ...]
Verdict = Literal["join", "break", "doubt"]
"""Whether a line goes on with the paragraph before it; `doubt`: it begins a new one that may be the rest of it."""

FAR = 1.6
"""Line pitches; so far apart two lines are two paragraphs, whatever they say."""
TORN = 2.2
"""Line pitches; lines so far apart are no paragraph although a tag says so."""
APART = 1.13
"""Line pitches; more than rounding and a raised figure make."""
BLANK = 0.36
"""Font sizes: the widest usual blank (0.28) and some reserve, so that only a word that fits easily tells of a line's early end."""
INDENT = 0.45
"""Font sizes; less is inaccuracy of the typesetter."""
MONTHS = frozenset(("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"))
_NUMBER = re.compile(r"\(?\d{1,2}[.)]|\(?[a-z]\)|[IVX]{1,5}\.|\d{1,2}(\.\d{1,2})+\.?")
_LIST_NUMBER = re.compile(r"\d{1,2}[.)]|[a-z]\)")
_TIED = re.compile(r"§§?|\w{1,6}\.|Absatz|Satz|Nummer|SGB|Dr\.|\d{4}")
_SENTENCE_END = re.compile(r"[.:;!?][“”\"»«)\]’‘']*$")
_LEADERS = re.compile(r"(\.\s?){4,}\s*\d+$")
_CONTENTS = re.compile(r"Inhalt(s(verzeichnis|übersicht))?:?", re.IGNORECASE)
_RANKS = (re.compile(r"[IVX]+\.\s"), re.compile(r"§"), re.compile(r"\d"))


class Found(NamedTuple):
    """What the pages hold."""

    paragraphs: tuple[Paragraph, ...]
    beiwerk: tuple[Beiwerk, ...]
    notes: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph in the making."""

    lines: list[list[Token]]
    kind: Kind | None = None
    ebene: int = 0
    label: str = ""
    continues: bool = False
    spalte: int | None = None
    fest: bool = False
    first: Line | None = None
    last: Line | None = None
    edge: float = 0.0
    """How far right its lines may reach; 0 where that is the page's right edge."""
    text_left: float = 0.0
    """Where its lines after the first start, as far as known."""


def paragraphs(pages: list[Page]) -> Found:
    """Paragraphs in reading order, with what is not text apart."""
    rows = [into_lines(page.tokens) for page in pages]
    rest, beiwerk = without_furniture(pages, rows)
    rest, contents = _without_contents(rest)
    slanted = [Beiwerk("stempel", page.number, " ".join(page.slanted)) for page in pages if page.slanted]
    measures = Measures(rest, pages)
    drafts, notes = _Assembly(measures).of(pages, rest)
    habits = _habits(rest, drafts)
    found = tuple(_paragraph(draft, habits, measures) for draft in drafts)
    everything = sorted([*beiwerk, *contents, *slanted], key=lambda one: one.seite or 0)
    return Found(tuple(one for one in found if one.words), tuple(everything), tuple(notes))


def _without_contents(rows: list[list[Line]]) -> tuple[list[list[Line]], list[Beiwerk]]:
    """Lines without those of a table of contents: leaders and a page number at their end, or tagged so."""
    found: list[Beiwerk] = []
    rest: list[list[Line]] = []
    for lines in rows:
        inside = {id(line) for line in lines if _LEADERS.search(line.text) or _tagged_contents(line)}
        inside |= {id(a) for a, b in pairwise(lines) if id(b) in inside and _CONTENTS.fullmatch(a.text)}
        found += [Beiwerk("inhaltsverzeichnis", line.seite, plain(line.text)) for line in lines if id(line) in inside]
        rest.append([line for line in lines if id(line) not in inside])
    return rest, found


def _tagged_contents(line: Line) -> bool:
    return any(token.node is not None and token.node.art == "verzeichnis" for token in line.tokens)


def _habits(rows: list[list[Line]], drafts: list[Draft]) -> Habits:
    """What the document shows about its line ends: its whole words, its sign of a parted word, its blanks."""
    known = {stem(token.text) for lines in rows for line in lines for token in line.tokens[1:-1]}
    ends = [line[-1] for draft in drafts for line in draft.lines[:-1] if line]
    automatic = any(token.text[-1] in AUTOMATIC for token in ends)
    whole = [token for token in ends if token.text[-1] not in AUTOMATIC + EITHER]
    blanks = len(whole) > 4 and sum(token.blank is True for token in whole) > 0.7 * len(whole)
    return Habits(known, automatic, blanks)


class Measures:
    """The document's usual distances: its right edge, its line pitch, its size of type."""

    def __init__(self, rows: list[list[Line]], pages: list[Page]) -> None:
        lines = [line for page in rows for line in page]
        self.widths = {page.number: page.width for page in pages}
        self.size = _most([(line.size, len(line.text)) for line in lines]) if lines else 11.0
        self.bold = sum(len(line.text) for line in lines if line.bold) > 0.5 * sum(len(line.text) for line in lines)
        edge = _right_edge(lines)
        self.right = {page.number: own if (own := _own_edge(found)) else edge for page, found in zip(pages, rows, strict=True)}
        self.left = _most([(float(round(line.left)), 1) for line in lines]) if lines else 0.0
        self.justified = self._is_justified(lines)
        self.pitches = self._pitches(rows)

    def _is_justified(self, lines: list[Line]) -> bool:
        """Whether most lines end exactly at the right edge."""
        return sum(self.reaches(line) for line in lines) >= 0.4 * len(lines) if len(lines) > 5 else False

    def reaches(self, line: Line) -> bool:
        """Whether a line ends at the right edge."""
        return self.right[line.seite] - line.right < 0.2 * line.size

    def _pitches(self, rows: list[list[Line]]) -> dict[float, float]:
        """Distance of baselines inside a paragraph, for every size of type, seen where a sentence surely goes on."""
        sure: dict[float, list[float]] = defaultdict(list)
        any_pair: dict[float, list[float]] = defaultdict(list)
        for lines in rows:
            for a, b in pairwise(lines):
                gap = b.base - a.base
                if abs(a.size - b.size) < 0.3 and 0.8 * a.size < gap < 3 * a.size:
                    any_pair[round(a.size)].append(gap)
                    if b.text[0].islower() and not _SENTENCE_END.search(a.text):
                        sure[round(a.size)].append(gap)
        found = {size: min(gaps) for size, gaps in any_pair.items() if min(gaps) < 1.6 * size}
        return found | {size: median(gaps) for size, gaps in sure.items() if median(gaps) < 2.4 * size}

    def pitch(self, line: Line) -> float:
        """Usual distance to the next baseline of the same paragraph."""
        size = round(line.size)
        known = self.pitches.get(size)
        if known:
            return known
        body = self.pitches.get(round(self.size), 1.2 * self.size)
        return body / self.size * line.size

    def room(self, line: Line, following: Line) -> float:
        """Points that would be left on a line if the next one's first word stood on it; negative where it does not fit."""
        return self.right[line.seite] - line.right - BLANK * line.size - _unbreakable(following)

    def centred(self, line: Line) -> bool:
        """Whether a line stands in the middle between the edges and reaches neither."""
        right = self.right[line.seite]
        left, free = line.left - self.left, right - line.right
        return left > 0.6 * line.size and abs(left - free) < max(2.5, 0.05 * left)


def _most(votes: Iterable[tuple[float, int]]) -> float:
    counter: Counter[float] = Counter()
    for value, weight in votes:
        counter[value] += weight
    return counter.most_common(1)[0][0]


def _right_edge(lines: list[Line]) -> float:
    """Where full lines end: the place where many do, else the farthest."""
    if not lines:
        return 0.0
    votes = Counter(round(line.right) for line in lines)
    place, count = max(((value, votes[value - 1] + votes[value] + votes[value + 1]) for value in votes), key=lambda one: (one[1], one[0]))
    near = [line.right for line in lines if abs(line.right - place) <= 1.5]
    return max(near) if count >= 4 and count >= 0.2 * len(lines) else max(line.right for line in lines)


def _own_edge(lines: list[Line]) -> float | None:
    """The right edge of one page, where it shows it plainly; mirrored margins differ from page to page."""
    if len(lines) < 8:
        return None
    edge = _right_edge(lines)
    return edge if sum(abs(line.right - edge) < 1.5 for line in lines) >= 4 else None


def _unbreakable(line: Line) -> float:
    """Width of a line's first word with what a no-break space may tie to it."""
    place = 0
    while place + 1 < len(line.tokens) and _never_alone(line.tokens[place], line.tokens[place + 1]):
        place += 1
    return line.tokens[place].right - line.left


def _never_alone(first: Token, second: Token) -> bool:
    """Whether a no-break space usually stands between the two ("3,9 %", "§ 3", "Abs. 1"), which the file may not tell."""
    if second.text[:1] in "%€–-" or second.text.startswith(("Euro", "Mio.", "Mrd.", "Prozent")) or second.text in MONTHS:
        return True
    return bool(_TIED.fullmatch(first.text)) and len(second.text) < 8


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
    if _is_bullet(text):
        return Marker(text, True, text in "-–—o*·")
    if _NUMBER.fullmatch(text) and line.tokens[1].text not in MONTHS:
        return Marker(text, False, True)
    return None


def _ended(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.text))


def _hyphenated(line: Line) -> bool:
    text = line.tokens[-1].text
    return len(text) > 1 and text[-1] in TYPED + "\u2010\u00ad" and text[-2].isalpha()


def _small(line: Line) -> bool:
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
            if following and following.seite != line.seite:
                following = None
            current = found[-1] if found else None
            verdict = self._verdict(current, line, following) if current else "break"
            if current and verdict == "join":
                self._append(current, line)
            else:
                found.append(self._new(line, following, verdict == "doubt"))
        for draft in found:
            self._name(draft)
        _number_levels(found)
        return found

    def _append(self, draft: Draft, line: Line) -> None:
        draft.lines.append(line.tokens)
        draft.last = line
        draft.text_left = line.left

    def _new(self, line: Line, following: Line | None, continues: bool) -> Draft:
        """A draft that begins with this line; its bullet, if it has one, taken off."""
        mark = marker(line)
        draft = Draft([line.tokens], continues=continues, first=line, last=line, text_left=line.left)
        if mark is None:
            return draft
        hanging = self._hangs(line, following)
        if mark.bullet or (hanging and _LIST_NUMBER.fullmatch(mark.label) and not line.bold):
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
        small, ended = _small(line), _ended(last)
        room = self.measures.room(last, line)
        full = room < 0
        goes_on = small and ((full and not ended) or _hyphenated(last))
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
            return "join" if _hyphenated(last) and small else "break"
        indent = self._indent(draft, line, full, goes_on)
        if indent:
            return indent
        if not full and not _hyphenated(last):
            return "doubt" if small or not ended else "break"
        if gap is None:
            return self._over_page(draft, line, small, ended)
        if self.measures.justified and not self.measures.reaches(last) and not goes_on and len(draft.lines) > 1 and ended:
            return "break"
        return "join"

    def _gap(self, last: Line, line: Line) -> float | None:
        """Distance of the baselines in line pitches; None over a page break."""
        if last.seite != line.seite:
            return None
        return (line.base - last.base) / max(self.measures.pitch(last), self.measures.pitch(line))

    def _other_style(self, last: Line, line: Line) -> bool:
        return abs(last.size - line.size) > 0.08 * max(last.size, line.size) or (last.bold != line.bold and not self.measures.bold)

    def _begins_item(self, draft: Draft, line: Line, following: Line | None, tight: bool) -> bool:
        """Whether a line's first word is a bullet or number, and not a dash or figure in running text."""
        mark = marker(line)
        if mark is None:
            return False
        if not mark.plain or not tight:
            return True
        assert draft.last is not None
        if mark.bullet:
            return self._hangs(line, following) or (abs(line.left - draft.text_left) > INDENT * line.size)
        drawn_out = self._hangs(line, following) and line.left < line.tokens[1].left - line.size
        return drawn_out or (_ended(draft.last) and not _small(line))

    def _indent(self, draft: Draft, line: Line, full: bool, goes_on: bool) -> Verdict | None:
        """What the left edge says: a first line drawn in, a hanging text, the end of a list; None where it says nothing."""
        shift = line.left - draft.text_left
        if abs(shift) <= INDENT * line.size:
            return None
        if shift > 0:
            return "join" if goes_on and len(draft.lines) == 1 else "break"
        first_drawn_in = len(draft.lines) == 1 and draft.kind != "punkt"
        if first_drawn_in and full:
            return None if draft.last and draft.last.seite == line.seite else "doubt"
        if draft.kind == "punkt" and goes_on:
            return "join" if len(draft.lines) == 1 and draft.last and draft.last.seite == line.seite else "doubt"
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
    return len(draft.lines) == 1 and bool(re.match(r"§\s*\d|[IVX]+\.|\d+\.\s", first.text)) and not _ended(first)


def _number_levels(drafts: list[Draft]) -> None:
    """Levels of headings by size and kind of number, and of list items by their indent."""
    headings = [draft for draft in drafts if draft.kind == "ueberschrift" and draft.first]
    styles = sorted({_style(draft) for draft in headings}, key=lambda style: (-style[0], style[1]))
    for draft in headings:
        draft.ebene = min(6, styles.index(_style(draft)) + 1)
    for is_item, group in groupby(drafts, key=lambda draft: draft.kind == "punkt"):
        if is_item:
            _number_items(list(group))


def _style(draft: Draft) -> tuple[float, int]:
    assert draft.first is not None
    text = draft.first.text + " "
    return round(draft.first.size), next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(text)), 0)


def _number_items(items: list[Draft]) -> None:
    edges: list[float] = []
    for item in items:
        assert item.first is not None
        left = item.first.left
        while edges and edges[-1] > left + 2:
            edges.pop()
        if not edges or left > edges[-1] + 2:
            edges.append(left)
        item.ebene = len(edges) - 1


class _Assembly:
    """Puts together what tags, columns and geometry say, in reading order."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.flow = Flow(measures)
        self.tagged: dict[Path, Draft] = {}
        self.labels: dict[Path, str] = {}
        self.drafts: list[Draft] = []
        self.loose: list[Line] = []
        self.columns = 0
        self.region: Region | None = None
        """Columns met last, while the next page may go on with them."""
        self.untagged: Counter[int] = Counter()
        self.whole_over_pages = True

    def of(self, pages: list[Page], rows: list[list[Line]]) -> tuple[list[Draft], list[str]]:
        """All drafts, and notes on text whose tags are missing or wrong."""
        beside = _tagged_columns(pages, rows)
        self.whole_over_pages = _blocks_over_pages(rows)
        for page, lines in zip(pages, rows, strict=True):
            for item in _with_tagged_columns(lines, beside, self.region) if page.tagged else with_columns(lines, self.region):
                if isinstance(item, Region):
                    self._region(item)
                    continue
                self._emit_region()
                if page.tagged:
                    self._tagged_line(item)
                else:
                    self._loose(item)
        self._emit_region()
        self._flush()
        self._label()
        _number_levels([draft for draft in self.tagged.values() if not draft.ebene and draft.kind == "ueberschrift"])
        drafts, wrong = self._mistrusted()
        notes = [f"Seite {page}: {count} Wörter stehen außerhalb der Struktur der Datei; ihre Absätze sind aus dem Satzbild erschlossen."
                 for page, count in sorted(self.untagged.items())]  # fmt: skip
        notes += [f"Seite {page}: Die Struktur der Datei passt nicht zum Satzbild; Absätze sind daraus erschlossen." for page in wrong]
        return drafts, notes

    def _loose(self, line: Line) -> None:
        self.loose.append(line)
        self.columns = 0

    def _flush(self) -> None:
        """Make paragraphs of the untagged lines met so far."""
        self.drafts += self.flow.drafts(self.loose)
        self.loose = []

    def _region(self, region: Region) -> None:
        """Keep columns until it is known that no more of their lines come."""
        if region.continued and self.region:
            self.region = Region([a + b for a, b in zip(self.region.columns, region.columns, strict=True)], region.corridors)
        else:
            self._emit_region()
            self.region = region

    def _emit_region(self) -> None:
        """One draft a line, column by column; columns that follow directly are numbered on."""
        if self.region is None:
            return
        self._flush()
        for column in self.region.columns:
            self.columns += 1
            self._emit_column(column, max((line.right for line in column), default=0.0))
        self.region = None

    def _emit_column(self, column: list[Line], edge: float) -> None:
        before: Draft | None = None
        for line in column:
            same = before is not None and before.last is not None and _one_paragraph(before.last, line)
            if before and before.last and (_parted(before.last, line) or (same and not _fits(before.last, line, edge))):
                before.lines.append(line.tokens)
                before.last = line
            else:
                before = Draft([line.tokens], "text", continues=same, fest=_tagged(line), first=line, last=line)
                before.spalte, before.edge = self.columns, edge
                self.drafts.append(before)

    def _tagged_line(self, line: Line) -> None:
        """Give every run of tokens to the draft of its block."""
        tokens = line.tokens
        if _lone_bullet(tokens):
            node = tokens[1].node
            assert node is not None
            self.labels.setdefault(node.path, plain(tokens[0].text))
            tokens = tokens[1:]
        for node, run in groupby(tokens, key=lambda token: token.node):
            part = list(run)
            if node is None or node.art == "lose":
                self.untagged[line.seite] += len(part) if node is None else 0
                self._loose(line_of(part))
            elif node.art == "label":
                self.labels[node.path] = (self.labels.get(node.path, "") + " " + plain(line_of(part).text)).strip()
            else:
                self._add(node, line_of(part))

    def _add(self, node: Node, line: Line) -> None:
        """Add a line to its block's draft; a centred block is parted into its lines, which may be its author's."""
        self.columns = 0
        draft = self.tagged.get(node.path)
        if draft and draft.last and not self._line_of_its_own(draft.last, line):
            draft.lines.append(line.tokens)
            draft.last = line
            return
        self._flush()
        rest = draft is None and self._rest_of_page_before(node, line)
        if rest and _hyphenated(line_of(self.drafts[-1].lines[-1])):
            self.tagged[node.path] = self.drafts[-1]
            self.drafts[-1].lines.append(line.tokens)
            self.drafts[-1].last = line
            return
        kind: Kind = "punkt" if node.art == "punkt" else "ueberschrift" if node.art == "ueberschrift" else "text"
        new = Draft([line.tokens], kind, node.ebene, continues=rest or draft is not None, fest=True, first=line, last=line)
        self.tagged[node.path] = new
        self.drafts.append(new)

    def _rest_of_page_before(self, node: Node, line: Line) -> bool:
        """Whether a block may be the rest of the page before's last, in a file that tags what goes over a page break as two."""
        last = self.drafts[-1].last if self.drafts else None
        if self.whole_over_pages or last is None or last.seite == line.seite or node.path in self.labels or not _small(line):
            return False
        return _hyphenated(last) or (self.measures.room(last, line) < 0 and not _ended(last))

    def _line_of_its_own(self, last: Line, line: Line) -> bool:
        centred = self.measures.centred(last) and self.measures.centred(line)
        return centred and self.measures.room(last, line) > 0 and not _hyphenated(last)

    def _label(self) -> None:
        """Give list items their bullets; one that stands in the item's own text is taken off it."""
        for path, draft in self.tagged.items():
            draft.label = self.labels.get(path, "")
            first = draft.lines[0]
            if draft.kind == "punkt" and not draft.label and len(first) > 1 and _is_bullet(plain(first[0].text)):
                draft.label, draft.lines[0] = plain(first[0].text), first[1:]
            elif draft.kind == "text":
                self._retype(draft)

    def _retype(self, draft: Draft) -> None:
        """Call a tagged paragraph a heading where its letters say so: many Word files have no headings but bold paragraphs."""
        bold = not self.measures.bold and all(token.bold for line in draft.lines for token in line)
        if bold and draft.first:
            draft.kind = None if self.measures.centred(draft.first) else "ueberschrift"

    def _mistrusted(self) -> tuple[list[Draft], list[int]]:
        """The drafts, those taken apart by geometry whose tags run several paragraphs together, and their pages."""
        result: list[Draft] = []
        wrong: set[int] = set()
        for draft in self.drafts:
            lines = [line_of(tokens) for tokens in draft.lines if tokens]
            if draft.fest and draft.spalte is None and any(self._torn(a, b) for a, b in pairwise(lines)):
                wrong.add(lines[0].seite)
                result += self.flow.drafts(lines)
            else:
                result.append(draft)
        return result, sorted(wrong)

    def _torn(self, last: Line, line: Line) -> bool:
        """Whether two lines of one block are too far apart, or too different, to be of one paragraph."""
        if last.seite != line.seite:
            return False
        gap = (line.base - last.base) / max(self.measures.pitch(last), self.measures.pitch(line))
        return not 0 < gap < TORN or abs(last.size - line.size) > 0.3 * max(last.size, line.size)


def _blocks_over_pages(rows: list[list[Line]]) -> bool:
    """Whether a tagged block of the document goes over a page break."""
    seen: dict[int, int] = {}
    nodes = ((id(token.node), line.seite) for lines in rows for line in lines for token in line.tokens if token.node)
    return any(seen.setdefault(node, seite) != seite for node, seite in nodes)


def _tagged_columns(pages: list[Page], rows: list[list[Line]]) -> dict[Path, dict[Path, list[Line]]]:
    """Lines of the columns that tags show, over all pages, by the section that holds the columns, and by column."""
    found: dict[Path, dict[Path, list[Line]]] = {}
    parents = {path for page, lines in zip(pages, rows, strict=True) if page.tagged for path in tagged_columns(lines)}
    for lines in rows if parents else []:
        tokens: dict[Path, list[Token]] = defaultdict(list)
        for token in (token for line in lines for token in line.tokens):
            tokens[_column(token, parents)].append(token)
        for column, own in tokens.items():
            if column:
                found.setdefault(column[:-1], {}).setdefault(column, []).extend(into_lines(own))
    return found


def _with_tagged_columns(lines: list[Line], beside: dict[Path, dict[Path, list[Line]]], before: Region | None) -> Iterator[Line | Region]:
    """The page's lines in order, columns put together: those that tags show, then those that the white between them shows.

    Tagged columns are taken out of `beside` where the first of their lines is met.
    """
    order: list[Line | Region] = []
    parents = set(beside)
    for line in lines:
        columns = [_column(token, parents) for token in line.tokens]
        for parent in dict.fromkeys(column[:-1] for column in columns if column):
            if beside[parent]:
                order.append(Region([beside[parent][column] for column in sorted(beside[parent])]))
                beside[parent] = {}
        other = [token for token, column in zip(line.tokens, columns, strict=True) if not column]
        if other:
            order.append(line if len(other) == len(line.tokens) else line_of(other))
    for is_line, group in groupby(order, key=lambda item: isinstance(item, Line)):
        if is_line:
            yield from with_columns([item for item in group if isinstance(item, Line)], before)
        else:
            yield from group
        before = None


def _column(token: Token, parents: set[Path]) -> Path:
    """The outermost column in which a token stands."""
    boxes = token.node.boxes if token.node else ()
    return next((box for box in boxes if box[:-1] in parents), ())


def _tagged(line: Line) -> bool:
    return all(token.node is not None for token in line.tokens)


def _one_paragraph(last: Line, line: Line) -> bool:
    """Whether tags say that two lines are of one paragraph."""
    node = last.tokens[-1].node
    return node is not None and node.art != "lose" and node is line.tokens[0].node


def _parted(last: Line, line: Line) -> bool:
    return _hyphenated(last) and _small(line)


def _fits(last: Line, line: Line, edge: float) -> bool:
    """Whether a line's first word would have stood on the line before it, in a column that reaches to `edge`."""
    return last.right + BLANK * last.size + _unbreakable(line) <= edge


def _is_bullet(text: str) -> bool:
    return len(text) == 1 and (text in BULLETS or "\ue000" <= text <= "\uf8ff")


def _lone_bullet(tokens: list[Token]) -> bool:
    """Whether a line begins with a bullet that no tag covers, before tagged text."""
    return len(tokens) > 1 and tokens[0].node is None and plain(tokens[0].text) in BULLETS and tokens[1].node is not None


@dataclass(slots=True)
class _Parts:
    """A word in the making."""

    text: str
    places: list[Place]
    variants: tuple[str, ...] = field(default=())


def _paragraph(draft: Draft, habits: Habits, measures: Measures) -> Paragraph:
    """The draft with its words whole."""
    words = tuple(Word(plain(part.text), tuple(part.places), part.variants) for part in _words(draft, habits, measures))
    return Paragraph(words, draft.kind, draft.ebene, draft.label, draft.continues, draft.spalte, draft.fest)


def _words(draft: Draft, habits: Habits, measures: Measures) -> Iterator[_Parts]:
    """Words over all lines, those parted at a line's end put together."""
    open_word: _Parts | None = None
    last: Token | None = None
    for line in draft.lines:
        for place, token in enumerate(line):
            whole = None
            if open_word and last and place == 0:
                blank = last.blank if last.blank or _filled(last, token, draft, measures) else None
                whole = joined(open_word.text, token.text, habits, blank)
            if open_word and whole:
                open_word = _Parts(whole.text, [*open_word.places, token.place], whole.variants)
            else:
                if open_word:
                    yield open_word
                open_word = _Parts(token.text, [token.place])
            last = token
    if open_word:
        yield open_word


def _filled(last: Token, token: Token, draft: Draft, measures: Measures) -> bool:
    """Whether a line ended because the next word did not fit; else its author ended it, and no word goes over its end."""
    edge = draft.edge or measures.right[last.place.seite]
    return last.right + token.right - token.left > edge
