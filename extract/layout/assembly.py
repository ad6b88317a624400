"""Lines on pages → paragraphs: by the file's own tags where it has them, else by gaps, indents, weight and fullness of lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from agreements.language.names import is_parted_surname
from agreements.language.numbering import BULLETS
from agreements.language.place_and_date import opens_signatures
from agreements.language.signatures import stand_apart
from agreements.reading.reading import Beiwerk, Kind, Paragraph
from extract.layout.columns import Region, tagged_columns, with_columns, year_below
from extract.layout.footnotes import without_footnotes
from extract.layout.furniture import without_furniture
from extract.layout.hyphenation import AUTOMATIC, plain
from extract.layout.lines import Line, Node, Page, Token, into_lines, line_of
from extract.layout.metrics import BLANK, Measures, sentence_ends, unbreakable
from extract.layout.paragraphs import Draft, Flow, begins_small, ends_with_hyphen, is_bullet, number_levels, with_bullet_apart
from extract.layout.tables import Rows, Table, aligned, with_tables
from extract.layout.words import habits_of, paragraph

Path = tuple[int, ...]

TORN = 2.2
"""Line pitches; lines so far apart are no paragraph although a tag says so."""
_LEADERS = re.compile(r"(\.\s?){4,}\s*\d{1,3}$")
"""A page's number at the end of a line; a year there stands behind the dots for a day: "Verden, den ........ 2024"."""
_CONTENTS = re.compile(r"Inhalt(s(verzeichnis|übersicht))?:?", re.IGNORECASE)


class Found(NamedTuple):
    """What the pages hold."""

    paragraphs: tuple[Paragraph, ...]
    beiwerk: tuple[Beiwerk, ...]
    notes: tuple[str, ...]


def paragraphs(pages: list[Page], *, our_own: bool = False) -> Found:
    """Paragraphs in reading order, with what is not text apart; `our_own` as in `habits_of`."""
    rows = [into_lines(page.tokens) for page in pages]
    rest, beiwerk = without_furniture(pages, rows)
    rest, feet, unread = without_footnotes(pages, rest, our_own=our_own)
    rest, contents = _without_contents(rest)
    slanted = [Beiwerk("stempel", page.number, " ".join(page.slanted)) for page in pages if page.slanted]
    measures = Measures(rest, pages)
    drafts, notes = _Assembly(measures).of(pages, rest)
    habits = habits_of(rest, drafts, our_own=our_own)
    found = _whole_rows(drafts, [paragraph(draft, habits, measures) for draft in drafts])
    apart = [each for page in pages for each in page.beiwerk]
    everything = sorted([*beiwerk, *feet, *contents, *slanted, *apart], key=lambda one: one.page or 0)
    return Found(tuple(one for one in found if one.words), tuple(everything), (*notes, *unread))


def _whole_rows(drafts: list[Draft], found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, the cells of each row of a table put together as one."""
    whole: list[Paragraph] = []
    for row, several in groupby(zip(drafts, found, strict=True), key=lambda pair: pair[0].cell[0] if pair[0].cell else None):
        pairs = list(several)
        if row is None:
            whole += [paragraph for _, paragraph in pairs]
            continue
        words = {draft.cell[1]: paragraph.words for draft, paragraph in pairs if draft.cell}
        count = next(draft.cell[2] for draft, _ in pairs if draft.cell)
        cells = tuple(len(words.get(place, ())) for place in range(count))
        whole.append(Paragraph(tuple(word for place in sorted(words) for word in words[place]), "text", cells=cells))
    return whole


def _without_contents(rows: list[list[Line]]) -> tuple[list[list[Line]], list[Beiwerk]]:
    """Lines without those of a table of contents: leaders and a page number at their end, or tagged so."""
    found: list[Beiwerk] = []
    rest: list[list[Line]] = []
    for lines in rows:
        inside = {id(line) for line in lines if _LEADERS.search(line.text) or _tagged_contents(line)}
        inside |= {id(a) for a, b in pairwise(lines) if id(b) in inside and _CONTENTS.fullmatch(a.text)}
        found += [Beiwerk("inhaltsverzeichnis", line.page, plain(line.text)) for line in lines if id(line) in inside]
        rest.append([line for line in lines if id(line) not in inside])
    return rest, found


def _tagged_contents(line: Line) -> bool:
    return any(token.node is not None and token.node.art == "verzeichnis" for token in line.tokens)


class _Assembly:
    """Puts together what tags, columns and geometry say, in reading order."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.flow = Flow(measures)
        self.tagged: dict[Path, Draft] = {}
        self.labels: dict[Path, str] = {}
        self.signed: set[Path] = set()
        """Blocks that begin with place and day, as a signature does."""
        self.drafts: list[Draft] = []
        self.loose: list[Line] = []
        self.columns = 0
        self.rows = 0
        """How many rows of tables were met."""
        self.region: Region | None = None
        """Columns met last, while the next page may go on with them."""
        self.untagged: Counter[int] = Counter()
        self.whole_over_pages = True

    def of(self, pages: list[Page], rows: list[list[Line]]) -> tuple[list[Draft], list[str]]:
        """All drafts, and notes on text whose tags are missing or wrong."""
        beside = _tagged_columns(pages, rows)
        self.whole_over_pages = _blocks_over_pages(rows)
        for page, lines in zip(pages, rows, strict=True):
            for part in with_tables(lines, page.grids):
                self._part(part, page.tagged, beside)
        self._emit_region()
        self._flush()
        self._label()
        number_levels([draft for draft in self.tagged.values() if not draft.level and draft.kind == "ueberschrift"])
        drafts, wrong = self._mistrusted()
        notes = [f"Seite {page}: {count} Wörter stehen außerhalb der Struktur der Datei; ihre Absätze sind aus dem Satzbild erschlossen."
                 for page, count in sorted(self.untagged.items()) if count]  # fmt: skip
        notes += [f"Seite {page}: Die Struktur der Datei passt nicht zum Satzbild; Absätze sind daraus erschlossen." for page in wrong]
        return drafts, notes

    def _part(self, part: list[Line] | Table, tagged: bool, beside: dict[Path, dict[Path, list[Line]]]) -> None:
        """Make drafts of some lines of a page, or of the rows of a table on it."""
        if isinstance(part, Table):
            self._emit_region()
            self._rows(part.rows)
            return
        for item in _with_tagged_columns(part, beside, self.region) if tagged else with_columns(part, self.region):
            if isinstance(item, Region):
                self._region(item)
                continue
            self._emit_region()
            if tagged:
                self._tagged_line(item)
            else:
                self._loose(item)

    def _rows(self, rows: Rows) -> None:
        """One draft a cell, row by row."""
        self._flush()
        self.columns = 0
        edges = [max((line.right for row in rows for line in row[place]), default=0.0) for place in range(len(rows[0]))]
        for row in rows:
            self.rows += 1
            for place, lines in enumerate(row):
                if lines:
                    cell = (self.rows, place, len(row))
                    tokens = [line.tokens for line in lines]
                    self.drafts.append(Draft(tokens, "text", first=lines[0], last=lines[-1], edge=edges[place], cell=cell))

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
        if rows := aligned(self.region.columns):
            self.region = None
            self._rows(rows)
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
            if before and before.last and _goes_on(before.last, line, edge):
                before.lines.append(line.tokens)
                before.last = line
            else:
                kind: Kind = "unterschrift" if _signs(line) else "text"
                before = Draft([line.tokens], kind, continues=same, stated=_tagged(line), first=line, last=line)
                before.column, before.edge = self.columns, edge
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
                self.untagged[line.page] += len(part) if node is None else 0
                self._loose(line_of(part))
            elif node.art == "label":
                self.labels[node.path] = (self.labels.get(node.path, "") + " " + plain(line_of(part).text)).strip()
            else:
                self._add(node, line_of(part))

    def _add(self, node: Node, line: Line) -> None:
        """Add a line to its block's draft; a centred block, and a signature, is parted into its lines, which may be its author's."""
        self.columns = 0
        draft = self.tagged.get(node.path)
        if draft is None and opens_signatures(plain(line.text)):
            self.signed.add(node.path)
        if draft and draft.last and not self._line_of_its_own(node, draft.last, line):
            draft.lines.append(line.tokens)
            draft.last = line
            return
        self._flush()
        rest = draft is None and self._rest_of_page_before(node, line)
        if rest and self.drafts[-1].lines[-1][-1].text[-1] in AUTOMATIC:
            self.tagged[node.path] = self.drafts[-1]
            self.drafts[-1].lines.append(line.tokens)
            self.drafts[-1].last = line
            return
        kind: Kind = "punkt" if node.art == "punkt" else "ueberschrift" if node.art == "ueberschrift" else "text"
        new = Draft([line.tokens], kind, node.level, continues=rest or draft is not None, stated=True, first=line, last=line)
        self.tagged[node.path] = new
        self.drafts.append(new)

    def _rest_of_page_before(self, node: Node, line: Line) -> bool:
        """Whether a block may be the rest of the page before's last, in a file that tags what goes over a page break as two."""
        last = self.drafts[-1].last if self.drafts else None
        if self.whole_over_pages or last is None or last.page == line.page or node.path in self.labels or not begins_small(line):
            return False
        parted = last.tokens[-1].text[-1] in AUTOMATIC
        return parted or (self.measures.room(last, line) < 0 and not sentence_ends(last))

    def _line_of_its_own(self, node: Node, last: Line, line: Line) -> bool:
        if node.path in self.signed and stand_apart(plain(last.text), plain(line.text)):
            return True
        centred = self.measures.centred(last) and self.measures.centred(line)
        return centred and self.measures.room(last, line) > 0 and not ends_with_hyphen(last)

    def _label(self) -> None:
        """Give list items their bullets; one that stands in the item's own text is taken off it."""
        for path, draft in self.tagged.items():
            draft.label = self.labels.get(path, "")
            first = with_bullet_apart(line_of(draft.lines[0])).tokens if draft.kind == "punkt" and not draft.label else draft.lines[0]
            if draft.kind == "punkt" and not draft.label and len(first) > 1 and is_bullet(plain(first[0].text)):
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
            if draft.stated and draft.column is None and any(self._torn(a, b) for a, b in pairwise(lines)):
                wrong.add(lines[0].page)
                result += self.flow.drafts(lines)
            else:
                result.append(draft)
        return result, sorted(wrong)

    def _torn(self, last: Line, line: Line) -> bool:
        """Whether two lines of one block are too far apart, or too different, to be of one paragraph."""
        if last.page != line.page:
            return False
        gap = (line.base - last.base) / max(self.measures.pitch(last), self.measures.pitch(line))
        return not 0 < gap < TORN or abs(last.size - line.size) > 0.3 * max(last.size, line.size)


def _blocks_over_pages(rows: list[list[Line]]) -> bool:
    """Whether a tagged block of the document goes over a page break."""
    seen: dict[int, int] = {}
    nodes = ((id(token.node), line.page) for lines in rows for line in lines for token in line.tokens if token.node)
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
    """Whether tags state to which paragraph a line belongs."""
    return all(token.node is not None and token.node.art != "lose" for token in line.tokens)


def _signs(line: Line) -> bool:
    """Whether the file says that a line is of a signature."""
    return any(token.node is not None and token.node.signatures for token in line.tokens)


def _one_paragraph(last: Line, line: Line) -> bool:
    """Whether tags say that two lines are of one paragraph."""
    node = last.tokens[-1].node
    return node is not None and node.art != "lose" and node is line.tokens[0].node


def _goes_on(last: Line, line: Line, edge: float) -> bool:
    """Whether a line of a column is the rest of the paragraph above it."""
    if _signs(line):
        return _one_paragraph(last, line)
    if year_below(last, line):
        return True
    if _one_paragraph(last, line):
        return not _fits(last, line, edge) and not stand_apart(plain(last.text), plain(line.text))
    parted = begins_small(line) or is_parted_surname(plain(last.text), plain(line.text))
    return not (_tagged(last) and _tagged(line)) and ends_with_hyphen(last) and parted


def _fits(last: Line, line: Line, edge: float) -> bool:
    """Whether a line's first word would have stood on the line before it, in a column that reaches to `edge`."""
    return last.right + BLANK * last.size + unbreakable(line) <= edge


def _lone_bullet(tokens: list[Token]) -> bool:
    """Whether a line begins with a bullet that no tag covers, before tagged text."""
    return len(tokens) > 1 and tokens[0].node is None and plain(tokens[0].text) in BULLETS and tokens[1].node is not None
