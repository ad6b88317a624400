"""What a document without a known wording consists of: its blocks, and the sections that its headings make of them.

Headings and their order tell the section, never the number of a paragraph, which differs from year to year. Every
decision looks at the text and its order alone as far as it can, so that a printed record reads back as the same blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from agreements.language.notation import MONATE, ZUSATZ_FORM
from agreements.model.document import Art
from agreements.model.reading import Paragraph, Reading, Word
from agreements.register.laender import ADJEKTIV
from extract.correction.unknown_text import readable, with_dashes
from extract.layout.signature_columns import relined

Thema = Literal[
    "",
    "grundsaetze",
    "rahmen",
    "regional",
    "schwerpunkte",
    "haushalt",
    "ziele",
    "nachhaltung",
    "leistungen_lebensunterhalt",
    "integrationsquote",
    "alleinerziehende",
    "langzeitleistungsbezug",
]
"""What a section is about, as its heading says; "" where it says none of these."""

SIGNED = re.compile(
    r"(?P<ort>(?!Landkreis\b)[A-ZÄÖÜ][\w.()/ -]{1,40}?)"
    r"(?:,?\s+den(?![a-zäöüß]|\s+[a-zäöü])|,?\s+am\b(?=\s*(?:\d|_|$))|,(?=\s*(?:\d{1,2}\.|_{3,}|\.{3,})))(?P<rest>.{0,45})$"
)
"""Place and date above a signature."""

SIGNED_UNDER_INK = re.compile(r"\W?(?P<ort>[\w.()/-]{3,}(?: [\w.()/-]+){0,3}?),\s+den(?![a-zäöü]|\s+[a-zäöü])(?P<rest>.{0,45})$")
"""The same where a pen's stroke hid the first letter from a reader, or passed for a mark before it."""

_LONGEST_HEADING = 200
_LONGEST_UNMARKED = 140
_LONGEST_FRONT = 160


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the document: what the record keeps as its text, with the words it was read from."""

    art: Art
    words: tuple[Word, ...]
    ebene: int = 0
    """Level of a heading, 1 to 3; column of a signature line, from 1."""

    @property
    def text(self) -> str:
        """The words with one blank between them, in letters that a record may hold."""
        return " ".join(word.text for word in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that letters `start` to `end` of the text touch."""
        found, place = [], 0
        for word in self.words:
            if place < end and place + len(word.text) > start:
                found.append(word)
            place += len(word.text) + 1
        return tuple(found)


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, up to the next one."""

    titel: Piece | None
    thema: Thema
    nummer: int | None = None
    """The number of a goal: "4. …"."""
    pieces: list[Piece] = field(default_factory=list)
    path: tuple[Thema, ...] = ()
    """What the headings above it are about, the outermost first."""

    @property
    def themen(self) -> tuple[Thema, ...]:
        """What it and the headings above it are about."""
        return (*self.path, self.thema)


def _with_romans(pieces: list[Piece]) -> list[Piece]:
    """The chapters of a scan with their numbers in order: "Il." is I or II, which only its place tells."""
    count, found = 0, []
    for piece in pieces:
        if piece.art == "ueberschrift" and (look := re.fullmatch(r"([IVXl1|!]{1,5})\.", piece.words[0].text)) and (piece.ebene <= 1):
            count += 1
            more = look[1] in _ROMANS and len(look[1]) > count  # readers see strokes too few, and never too many
            if _ROMAN_LOOKALIKE.fullmatch(look[1]) and count <= len(_ROMANS) and not more:
                piece = replace(piece, words=(replace(piece.words[0], text=_ROMANS[count - 1] + "."), *piece.words[1:]))
            elif look[1] in _ROMANS:
                count = _ROMANS.index(look[1]) + 1
        found.append(piece)
    return found


_ROMAN_LOOKALIKE = re.compile(r"[Il1|!]{1,3}")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

# ---------------------------------------------------------------- blocks


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """The blocks of a document, in order."""
    scan = reading.lesart in ("texterkennung", "gemischt")
    paragraphs = [kept for paragraph in reading.paragraphs if (kept := readable(paragraph, scan)).words]
    body, signed = _parted([_without_speck(paragraph) for paragraph in paragraphs] if scan else paragraphs, scan)
    start = _front_ends(body, scan)
    front, body = body[:start], _untorn(body[start:]) if scan else body[start:]
    marks = _Marks(body, scan)
    pieces = [*_front(front), *_levelled([_piece(paragraph, marks.is_heading(paragraph)) for paragraph in body], scan)]
    return (*(_with_romans(pieces) if scan else pieces), *(_signature_piece(line) for line in signed))


def _without_speck(paragraph: Paragraph) -> Paragraph:
    """The paragraph, a heading without the marks that a reader makes of dirt behind it, and with the one it has: "III, Ziele."."""
    (first, *rest), text = paragraph.words, paragraph.text
    if len(text) > _LONGEST_UNMARKED:
        return paragraph
    if re.fullmatch(r"[IVX]{1,5}[,;:]", first.text) and _names_chapter(rest):
        first = replace(first, text=f"{first.text[:-1]}.")
        paragraph = replace(paragraph, words=(first, *rest))
    rank = _rank(paragraph.text)
    numbered = rank == 1 or (rank == 0 and _names_chapter(rest))
    if not numbered or not re.search(r"\w[.,;:·]$", text):
        return paragraph
    return replace(paragraph, words=(first, *rest[:-1], replace(rest[-1], text=rest[-1].text[:-1])))


def _names_chapter(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return bool(_CHAPTERS.match(text) or thema_of(text))


def _parted(paragraphs: Sequence[Paragraph], scan: bool) -> tuple[list[Paragraph], list[Paragraph]]:
    """The text, and the lines of the signatures with their columns counted from 1: as the structure of the file says, else as they look."""
    told = [paragraph for paragraph in paragraphs if paragraph.kind == "unterschrift"]
    if told:
        body = [paragraph for paragraph in paragraphs if paragraph.kind != "unterschrift"]
        return _joined(replace(paragraph, spalte=None) for paragraph in body), list(_in_columns(told, scan=False))
    paragraphs = _joined(_without_stray_columns(paragraphs))
    ends = _signatures_begin(paragraphs)
    while scan and 0 < ends < len(paragraphs) and _belongs_to_signature(paragraphs[ends - 1]):
        ends -= 1
    signed = paragraphs[ends:]
    return paragraphs[:ends], list(_whole_lines(_gathered(_in_columns(relined(signed) or signed, scan))))


def _signature_piece(line: Paragraph) -> Piece:
    return Piece("unterschrift", line.words, min(9, line.spalte or 1))


def _joined(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs whole again that a page or column parted."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        cut_law = found and found[-1].text.endswith("SGB") and re.fullmatch(r"[IVXl|]{1,4}[.,;:]?", paragraph.text)
        if cut_law or (found and paragraph.continues and paragraph.spalte == found[-1].spalte and _goes_on(found[-1], paragraph)):
            found[-1] = replace(found[-1], words=found[-1].words + paragraph.words)
        else:
            found.append(paragraph)
    return found


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the rest of the one before it: by its first letter, else only over the end of a page."""
    if before.kind == "ueberschrift" or paragraph.kind in ("ueberschrift", "punkt") or _SENTENCE_END.search(before.text):
        return False
    if paragraph.text[:1].islower():
        return True
    prose = (
        before.kind == "text" and len(before.text) > _LONGEST_LINE and not _MARK.match(paragraph.text) and not ABSATZ.match(paragraph.text)
    )
    return prose and _page(before.words[-1]) != _page(paragraph.words[0])


def _untorn(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs of a scan whole again whose lines the reader took for paragraphs: their sentence goes on."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if found and _is_torn(found[-1], paragraph):
            found[-1] = replace(found[-1], words=tuple(with_dashes((*found[-1].words, *paragraph.words))))
        else:
            found.append(paragraph)
    return found


def _is_torn(before: Paragraph, paragraph: Paragraph) -> bool:
    begins = _MARK.match(paragraph.text) or ABSATZ.match(paragraph.text)
    ended = _SENTENCE_END.search(before.text) and not _ABBREVIATED.search(before.text)
    headings = [one for one in (before, paragraph) if one.kind == "ueberschrift" and not _is_of_sentence(one.text)]
    if headings or paragraph.kind == "punkt" or begins or ended or _rank(before.text) is not None:
        return False
    goes_on = paragraph.text[:1].islower() or _UNIT.match(paragraph.text) or paragraph.text[:1] == ","
    return bool(goes_on) or (before.kind != "punkt" and len(before.text) > _LONGEST_LINE)


_ABBREVIATED = re.compile(r"\b(?:rd|ca|Mio|Mrd|Nr|Abs)\.$")
_UNIT = re.compile(r"(?:Euro|EUR|€|%|Prozent|Personen)(?!\w)")
_SENTENCE_END = re.compile(r"[.!?:;][\"“”)]?$")
_LONGEST_LINE = 60


def _page(word: Word) -> int | None:
    return word.places[-1].seite if word.places else None


def _without_stray_columns(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Columns that are no signatures, such as a table of amounts, are plain text."""
    last = max(
        (place for place, paragraph in enumerate(paragraphs) if paragraph.spalte is None and _MARK.match(paragraph.text)), default=-1
    )
    signs = any(
        paragraph.spalte and place > last and re.search(r"\w,\s+den\b(?!\s+[a-zäöü])|^\(\D{4,60}\)$", paragraph.text)
        for place, paragraph in enumerate(paragraphs)
    )
    return [
        replace(paragraph, spalte=None) if paragraph.spalte and (place < last or not signs) else paragraph
        for place, paragraph in enumerate(paragraphs)
    ]


def in_signature_columns(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with the lines of the signatures column by column, where the places of their words tell the columns."""
    ends = _signatures_begin(paragraphs)
    columns = relined(paragraphs[ends:])
    return (*paragraphs[:ends], *(_whole_lines(columns) if columns else paragraphs[ends:]))


def _signatures_begin(paragraphs: Sequence[Paragraph]) -> int:
    """The first paragraph of the signatures: the first in a column, else the first place and date behind the text's middle."""
    found = next((place for place, paragraph in enumerate(paragraphs) if paragraph.spalte), None)
    if found is not None:
        return found - 1 if found and _opens_signatures(paragraphs[found - 1].text) else found
    last = max((place for place, paragraph in enumerate(paragraphs) if _MARK.match(paragraph.text)), default=len(paragraphs) // 2)
    return next(
        (place for place, paragraph in enumerate(paragraphs) if place > last and _opens_signatures(paragraph.text)), len(paragraphs)
    )


def _opens_signatures(text: str) -> bool:
    """Whether a line begins with place and date; the reader may have put those of several columns in one."""
    return len(text) < 160 and bool(
        SIGNED.match(text) or re.match(r"[A-ZÄÖÜ][\w.()/-]+(?:\s[\w.()/-]+){0,3},\s+den\b(?!\s+[a-zäöü])", text)
    )


def _in_columns(paragraphs: Sequence[Paragraph], scan: bool) -> Iterator[Paragraph]:
    """The lines with their columns counted from 1; where they stand below each other, each place and date begins a column."""
    numbers: dict[int, int] = {}
    column = 0
    above: list[str] = []
    for paragraph in paragraphs:
        if paragraph.spalte:
            column = numbers.setdefault(paragraph.spalte, len(numbers) + 1)
        elif SIGNED.match(paragraph.text) or column == 0 or (scan and _begins_another(above, paragraph.text)):
            column += 1
            above.clear()
        above.append(paragraph.text)
        yield replace(paragraph, spalte=column)


def _gathered(lines: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The lines column by column: what a page's end parted is one, unless place and date come again, where the next signature begins."""
    columns: dict[tuple[int | None, int], list[Paragraph]] = {}
    again: Counter[int | None] = Counter()
    for number, several in groupby(lines, key=lambda line: line.spalte):
        run = list(several)
        if (number, again[number]) in columns and any(SIGNED.match(line.text) for line in run):
            again[number] += 1
        columns.setdefault((number, again[number]), []).extend(run)
    for number, column in enumerate(columns.values(), 1):
        yield from (replace(line, spalte=number) for line in column)


def _begins_another(above: Sequence[str], text: str) -> bool:
    """Whether a line begins the next signature though its place and date are lost under ink: the one above has all that belongs to it."""
    if SIGNED_UNDER_INK.match(text):
        return True
    office = next((place for place, line in enumerate(above) if _OFFICE.match(line)), 0)
    return office > 0 and begins_signature(text) and any(not SIGNED.match(line) for line in above[:office])


def _belongs_to_signature(paragraph: Paragraph) -> bool:
    """Whether a line before the first column is of a signature: places and dates in one line, a year below, or one whose own are lost."""
    text = paragraph.text
    opens = _YEAR.fullmatch(text) or (_OFFICE.match(text) and len(text) <= _LONGEST_UNMARKED)
    return bool(opens) or begins_signature(text) or _opens_signatures(text)


def begins_signature(text: str) -> bool:
    """Whether a line can only stand in a signature: a name in brackets, or that somebody signs for another."""
    return bool(_BRACKETED.fullmatch(text) or ZUSATZ_FORM.fullmatch(text))


_BRACKETED = re.compile(r"\([^()]{5,60}\)")


_MINISTRY = re.compile(rf"{ADJEKTIV}\s+Ministerium\b")
_OFFICE = re.compile(rf"(?:{ADJEKTIV}\s+)?Ministerium\b|Landkreis\b|Region\b|Stadt\b")


_OPEN_END = re.compile(rf"(?:[,–-]|\b(?:und|für|der|des|die|von|den|{ADJEKTIV}|Landkreis|Region|Stadt|Land|Ministerium))$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REST_OF_DATE = re.compile(rf"[_.\s]*(?:\d{{1,2}}\.\s?)?(?:\d{{1,2}}\.\s?|{'|'.join(MONATE)})?\s?(?:(?:19|20)\d\d)?[_.\s]*|[\d.,\s]+")
"""What stands below "Hannover, den" in a narrow column; figures and marks alone, where a reader took them for others."""


def _whole_lines(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Lines of one column that belong together: an office over several lines, the year below "Hannover, den"."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if held is not None and held.spalte == paragraph.spalte and _same_line(held.text, paragraph.text):
            held = replace(held, words=held.words + paragraph.words)
        elif held is not None and held.spalte == paragraph.spalte and _is_parted_place(held, paragraph):
            first, *rest = paragraph.words
            held = replace(held, words=(replace(first, text=held.text + first.text, places=held.words[0].places + first.places), *rest))
        else:
            if held is not None:
                yield held
            held = paragraph
    if held is not None:
        yield held


def _is_parted_place(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a narrow column parts a place at its hyphen: "Osterholz-", "Scharmbeck, den"."""
    return len(before.words) == 1 and before.text.endswith("-") and bool(SIGNED.match(paragraph.text))


_TITLED = re.compile(r"\(?(?:(?:Prof|Dr)\.+[\s-]*)+[A-ZÄÖÜ][\w'’-]*(?:\s(?:von|van|zu|der|de))?")
_FORENAMED = re.compile(r"\([^()]+")


def _is_parted_name(before: str, text: str) -> bool:
    """Whether a narrow column parts a name: "(Prof. Dr. Hans-Jürgen", "Lindner)"."""
    if _FORENAMED.fullmatch(before):
        return bool(re.fullmatch(r"[^()\d]{2,40}\)", text))
    return bool(_TITLED.fullmatch(before) and re.fullmatch(r"[A-ZÄÖÜ][\w'’-]+", text))


def _same_line(before: str, text: str) -> bool:
    if _is_parted_name(before, text):
        return True
    begins = SIGNED.match(text) or text.startswith("(") or _MINISTRY.match(text)
    if begins or before.endswith(")") or (SIGNED.match(before) and _YEAR.search(before)):
        return False
    if re.search(r"(?:,|\bden|\bam)\b[^,]{0,25}$", before) and not _YEAR.search(before) and _REST_OF_DATE.fullmatch(text):
        return True
    if re.search(r"\b(?:den|am)$", before) or ZUSATZ_FORM.match(text) or ZUSATZ_FORM.fullmatch(before):
        return False
    return bool(_OPEN_END.search(before)) or text[:1].islower()


# ---------------------------------------------------------------- headings

_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"(?:[IVX]{1,5}\.?|Teil|Kapitel|Abschnitt|[A-H]\.)\s+(?=\S)")),
    (1, re.compile(r"(?:§\s*\d{1,2}|Artikel\s+\d{1,2}|Art\.\s+\d{1,2})\s+(?!Abs|Satz|Nr)(?=[A-ZÄÖÜ])")),
    (3, re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(?=[A-ZÄÖÜ„\"])")),
    (2, re.compile(rf"\d{{1,2}}[.)]\s+(?!(?:{'|'.join(MONATE)})\b)(?=[A-ZÄÖÜ„\"])")),
)
_MARK = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _MARKS))
_SCAN_MARK = re.compile(r"[IVXl1|!]{1,5}\.\s+(?=[A-ZÄÖÜ])")
_CHAPTERS = re.compile(
    r"(?:Präambel|Grundsätze|Vorbemerkung\w*|Allgemeines|Rahmenbedingungen|Schwerpunkte|Vereinbarungen|Haushaltsmittel|Ziele)\b"
)
ABSATZ = re.compile(r"\(\d{1,2}[a-z]?\)\s")


def _rank(text: str) -> int | None:
    """How deep the number of a heading is, 0 for a chapter; None without a number."""
    return next((rank for rank, pattern in _MARKS if pattern.match(text)), None)


_UNREAD_HEADINGS = 2
"""So many headings of goals in a row may not be told as such in a scan; the next one counts on from them."""


_UNITED = re.compile(rf"\d\s?(?:{_UNIT.pattern}|v\. ?H\.)")


def _is_of_sentence(text: str) -> bool:
    """Whether a line without a number, heavy or large in a scan as a heading is, is of a sentence: it ends so, or states an amount."""
    return _rank(text) is None and bool(_SENTENCE_END.search(text) or _OPEN_END.search(text) or _UNITED.search(text))


class _Marks:
    """Which paragraphs of one document are headings."""

    def __init__(self, paragraphs: Sequence[Paragraph], scan: bool) -> None:
        self._scan = scan
        hinted = [paragraph for paragraph in paragraphs if paragraph.kind == "ueberschrift"]
        self._goals_are_marked = any(_rank(paragraph.text) == 2 for paragraph in hinted)
        self._numbered = self._goals(paragraphs)

    def _goals(self, paragraphs: Sequence[Paragraph]) -> set[int]:
        """Numbered lines that count on from each other, where no typography marks goals: a list within a goal starts anew at 1."""
        found: set[int] = set()
        expected, below_goals = 1, False
        for paragraph in paragraphs:
            rank = _rank(paragraph.text)
            if rank == 1 or rank == 0:
                expected = 1
                below_goals = thema_of(paragraph.text) == "ziele"
            number = re.match(r"(\d{1,2})[.)]\s", paragraph.text)
            if (
                number
                and rank == 2
                and (below_goals or expected > 1 or thema_of(paragraph.text))
                and expected <= int(number[1]) <= expected + (_UNREAD_HEADINGS if self._scan else 0)
                and self._short(paragraph.text)
            ):
                found.add(id(paragraph))
                expected = int(number[1]) + 1
        return found

    @staticmethod
    def _short(text: str) -> bool:
        return len(text) <= _LONGEST_UNMARKED and not re.search(r"[.:;,]$", text)

    def is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading, by its typography or its number."""
        text = paragraph.text
        if ABSATZ.match(text) or len(text) > _LONGEST_HEADING:
            return False
        if paragraph.kind == "ueberschrift":
            return not (self._scan and _is_of_sentence(text))
        if not self._short(text):
            return False
        rank = _rank(text)
        if rank == 2:
            marked = self._goals_are_marked and not self._scan
            return not marked and id(paragraph) in self._numbered and paragraph.kind != "punkt"
        if rank == 0 and not re.match(r"[IVX]", text):
            return False
        if rank is not None and rank < 2:
            return paragraph.kind != "punkt"
        return bool((self._scan and _SCAN_MARK.match(text) and thema_of(text)) or (paragraph.kind is None and _CHAPTERS.fullmatch(text)))


def _piece(paragraph: Paragraph, heading: bool) -> Piece:
    if heading:
        return Piece("ueberschrift", paragraph.words)
    if ABSATZ.match(paragraph.text):
        return Piece("absatz", paragraph.words)
    return Piece("punkt" if paragraph.kind == "punkt" else "text", paragraph.words)


def _levelled(pieces: list[Piece], scan: bool) -> list[Piece]:
    """The pieces with the levels of their headings, 1 to 3, by the kinds of numbers that the document uses."""
    ranks = {place: _heading_rank(piece.text, scan) for place, piece in enumerate(pieces) if piece.art == "ueberschrift"}
    used = sorted({rank for rank in ranks.values() if rank is not None})
    level, found = 0, []
    for place, piece in enumerate(pieces):
        if place in ranks:
            rank = ranks[place]
            ebene = min(3, used.index(rank) + 1) if rank is not None else min(3, level + 1)
            level = ebene if rank is not None else level
            piece = replace(piece, ebene=ebene)
        found.append(piece)
    return found


def _heading_rank(text: str, scan: bool) -> int | None:
    if scan and _SCAN_MARK.match(text) and thema_of(text) in ("grundsaetze", "rahmen", "schwerpunkte"):
        return 0
    return _rank(text)


def _front_ends(paragraphs: Sequence[Paragraph], scan: bool) -> int:
    """The first paragraph behind title page and opening: the first heading of a chapter, or the first running text."""
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text
        short = len(text) <= _LONGEST_UNMARKED and not re.search(
            r"[.:;,]$|\s\d{1,3}$", text
        )  # "I. Grundsätze 3" stands in a table of contents
        if short and (_rank(text) is not None or _CHAPTERS.fullmatch(text) or (scan and _SCAN_MARK.match(text) and thema_of(text))):
            return place
    return next((place for place, paragraph in enumerate(paragraphs) if len(paragraph.text) > _LONGEST_FRONT), len(paragraphs))


def _front(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """Title page and opening; the opening begins where the title is said again, or the parties are named."""
    paragraphs = [line for paragraph in _with_whole_names(paragraphs) for line in _without_representative(paragraph)]
    texts = [paragraph.text for paragraph in paragraphs]
    heads = [" ".join(text.casefold().split()[:3]) for text in texts]
    opens = next(
        (
            place
            for place in range(1, len(texts))
            if heads[place] in heads[:place] or re.match(r"(?i)zwischen\b|schließ(?:t|en)\b", texts[place])
        ),
        0,
    )
    if not 0 < opens <= 12:
        opens = 0
    if opens and texts[opens].casefold().startswith("zwischen") and opens > 1 and texts[opens - 1].casefold() == "vereinbarung":
        opens -= 1
    return [
        Piece("titelseite" if place < opens else "text" if _is_prose(paragraph) else "eingang", paragraph.words)
        for place, paragraph in enumerate(paragraphs)
    ]


def _with_whole_names(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines of the opening, those put together that are one name: "… Verkehr und", "Digitalisierung"."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if (
            found
            and re.search(r"Ministerium\b.*(?:,|\bund|\bfür)$", found[-1].text)
            and not re.match(r"(?:dem|vertreten)\b", paragraph.text)
        ):
            found[-1] = replace(found[-1], words=found[-1].words + paragraph.words)
        else:
            found.append(paragraph)
    return found


def _without_representative(paragraph: Paragraph) -> list[Paragraph]:
    """A party and who represents it as two lines, as they are set in most years."""
    place = next(
        (
            place
            for place in range(1, len(paragraph.words) - 1)
            if paragraph.words[place].text == "vertreten" and paragraph.words[place + 1].text == "durch"
        ),
        None,
    )
    if place is None or len(paragraph.text) > _LONGEST_FRONT:
        return [paragraph]
    return [replace(paragraph, words=paragraph.words[:place]), replace(paragraph, words=paragraph.words[place:])]


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text) > _LONGEST_FRONT and paragraph.text.endswith((".", ":"))


# ---------------------------------------------------------------- sections

_THEMEN: tuple[tuple[Thema, re.Pattern[str]], ...] = (
    ("ziele", re.compile(r"^(?:[IVX]+\.\s+|§\s*\d+\s+|\d+\.\s+)?(?:Vereinbarte\s+)?(?:Ziele|Zielwerte)\b", re.I)),
    ("schwerpunkte", re.compile(r"Schwerpunkt|Landesebene", re.I)),
    (
        "nachhaltung",
        re.compile(
            r"Nachhaltung|Zielnachhaltung|Zieldialog|Zielsteuerung|Controlling|Überprüfung|Zielerreichung|Schlussbestimmung|Inkrafttreten|Laufzeit",
            re.I,
        ),
    ),
    ("haushalt", re.compile(r"Haushalt|finanziell|Finanzen|Finanzierung|Budget|\bMittel\b|Mittelausstattung|Ressourcen", re.I)),
    ("alleinerziehende", re.compile(r"allein ?erziehend", re.I)),
    ("langzeitleistungsbezug", re.compile(r"Langzeit(?:leistungs)?be|langfristige\w* (?:Leistungs|Hilfe)be|Langzeitbezug", re.I)),
    (
        "integrationsquote",
        re.compile(
            r"Integrationsquote|Erwerbsintegration|"
            r"Integration(?:en)? (?:\S+ )?in (?:(?:den|die|eine) )?(?:\S+ )?(?:Erwerbstätigkeit|Arbeitsmarkt|Arbeit\b|Beschäftigung)",
            re.I,
        ),
    ),
    ("leistungen_lebensunterhalt", re.compile(r"Hilfebedürftigkeit|Lebensunterhalt", re.I)),
    ("regional", re.compile(r"regional|\bvor Ort\b|örtlich|Arbeitsmarkt im Landkreis", re.I)),
    ("ziele", re.compile(r"\bZiele\b|Zielindikator|Zielwert|Zielvereinbarung|Zielsetzung", re.I)),
    ("rahmen", re.compile(r"Rahmenbedingung|Ausgangslage|Arbeitsmarktlage", re.I)),
    ("grundsaetze", re.compile(r"Grundsätze|Präambel|Vorbemerkung|Allgemeines", re.I)),
)
_INDIVIDUAL = re.compile(r"individu", re.I)


def thema_of(heading: str) -> Thema:
    """What a heading says its section is about; a goal for a group of its own ("von Geflüchteten") is none of the statutory ones."""
    return next(
        (thema for thema, pattern in _THEMEN if pattern.search(heading) and not (thema in STATUTORY and _OTHER_GROUP.search(heading))), ""
    )


STATUTORY: tuple[Thema, ...] = ("leistungen_lebensunterhalt", "integrationsquote", "alleinerziehende", "langzeitleistungsbezug")
"""Goals with a statutory indicator (§ 48a SGB II)."""
_OTHER_GROUP = re.compile(
    r"Geflüchtet|Flüchtling|Jugendlich|junge[rn]?\b|unter 25|U ?25|Ausländ|Migra|Neuantrag|Neuzug|individu|"
    r"Schwerbehindert|Menschen mit|Ältere|Langzeitarbeitslos|Rehabilitand|Aufstock|Ergänzer",
    re.I,
)


def sections_of(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections of a document, in order; the first holds what stands before any heading, signatures stand in none."""
    found = [Section(None, "")]
    above: list[tuple[int, Thema]] = []
    for piece in pieces:
        if piece.art == "unterschrift":
            continue
        if piece.art != "ueberschrift":
            if above and not (found[-1].thema or found[-1].pieces) and _ANNOUNCES.search(piece.text):
                found[-1].thema = "ziele"  # whatever is left of its heading
                above[-1] = (above[-1][0], "ziele")
            found[-1].pieces.append(piece)
            continue
        above = [(level, thema) for level, thema in above if level < piece.ebene]
        thema = thema_of(piece.text)
        if thema == "ziele" and piece.text.startswith("§"):
            above = []  # no chapter on something else has a § on the goals: the heading of their own was not read
        number = re.match(r"(?:\d{1,2}\.)*(\d{1,2})[.)]?\s", piece.text)
        found.append(Section(piece, thema, int(number[1]) if number else None, path=tuple(thema for _, thema in above)))
        above.append((piece.ebene, thema))
    return tuple(_split_at_absaetze(found))


_ANNOUNCES = re.compile(r"(?:vereinbar|verständig)\w*\b.*\bfolgende[nr]? Ziele\w*:$")


def _split_at_absaetze(sections: list[Section]) -> Iterator[Section]:
    """A goal ends where the next numbered Absatz of its paragraph begins: "(2)" belongs to § 3, not to goal 4."""
    for section in sections:
        place = next((place for place, piece in enumerate(section.pieces) if piece.art == "absatz"), None)
        if section.titel is None or section.titel.ebene < 2 or place is None or section.nummer is None:
            yield section
            continue
        yield replace(section, pieces=section.pieces[:place])
        yield Section(None, "", pieces=section.pieces[place:], path=section.path)
