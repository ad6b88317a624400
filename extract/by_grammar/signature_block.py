"""Which paragraphs are signatures, and which of their lines belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from agreements.language.calendar import YEAR
from agreements.language.names import is_parted_name, is_parted_surname
from agreements.language.numbering import ANLAGE, MARK, OF_LAW
from agreements.language.offices import FUNCTION, MINISTRY, OFFICE, RANK, ZUSATZ_FORM
from agreements.language.place_and_date import (
    LEADS_AT_END,
    LEADS_WITHIN,
    PLACE_ENDS,
    REST_OF_DATE,
    SIGNED,
    SIGNED_UNDER_INK,
    UNFINISHED,
    opens_signatures,
)
from agreements.language.sentences import STOPPED
from agreements.language.signatures import BRACKETED, FOR_WHOM, begins_signature, spans_of
from agreements.reading.reading import Paragraph
from extract.by_grammar.headings import LONGEST_UNMARKED, OPEN_END
from extract.layout.hyphenation import joined
from extract.layout.signature_columns import relined


def annex_begins(paragraphs: Sequence[Paragraph]) -> int:
    """The first paragraph of what is attached behind the signatures; how many there are where nothing is."""
    signs = next((place for place, paragraph in enumerate(paragraphs) if paragraph.kind == "unterschrift" or _signs(paragraph)), None)
    if signs is None:
        return len(paragraphs)
    headings = (place for place, each in enumerate(paragraphs) if place > signs and each.column is None and ANLAGE.match(each.text))
    return next((place for place in headings if not any(map(_signs, paragraphs[place:]))), len(paragraphs))


def signatures_apart(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The text, and the lines of the signatures with their columns counted from 1: as the structure of the file says, else as they look."""
    told = [paragraph for paragraph in paragraphs if paragraph.kind == "unterschrift"]
    if told:
        return [paragraph for paragraph in paragraphs if paragraph.kind != "unterschrift"], list(_in_columns(told))
    body, signed = _parted(paragraphs)
    while body and signed and not body[-1].certain and _belongs_to_signature(body[-1]):
        signed.insert(0, body.pop())
    return body, list(_whole_lines(_gathered(_in_columns(relined(signed) or signed))))


def _parted(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The text, and what begins behind its last numbered paragraph or sentence with a column, or with place and date.

    Columns that are no signatures, such as a table of amounts, are none.
    """
    signs = max((place for place, paragraph in enumerate(paragraphs) if _signs(paragraph)), default=-1)
    texts = (place for place, each in enumerate(paragraphs) if _is_numbered(each) or (place < signs and _is_sentence(each.text)))
    last = max(texts, default=-1)
    behind = paragraphs[last + 1 :]
    columns = any(each.column and _signs(each) for each in behind)
    half = len(paragraphs) // 2 if last < 0 else 0  # without any number, a place and date may stand on the title page
    begins = (place for place, each in enumerate(behind) if (columns and each.column) or (place >= half and opens_signatures(each.text)))
    first = last + 1 + next(begins, len(behind))
    if 0 < first < len(paragraphs) and FOR_WHOM.fullmatch(paragraphs[first - 1].text):
        first -= 1
    signed = paragraphs[first:]
    return list(paragraphs[:first]), list(signed if columns else (replace(each, column=None) for each in signed))


def _signs(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line that signatures have: place and date, in a column also a name in brackets."""
    text = paragraph.text
    return opens_signatures(text) or (paragraph.column is not None and bool(LEADS_WITHIN.search(text) or BRACKETED.match(text)))


def _is_numbered(paragraph: Paragraph) -> bool:
    """Whether a paragraph has the number of an Absatz or heading, as no line of a signature."""
    return bool(OF_LAW.match(paragraph.text) or (paragraph.column is None and MARK.match(paragraph.text)))


def _is_sentence(text: str) -> bool:
    """Whether a line ends a sentence, as no line of a signature."""
    return len(text) > _LONGEST_LINE and bool(STOPPED.search(text)) and not spans_of(text)


_LONGEST_LINE = 40
"""Letters of a line of signatures that ends in a full stop."""


def _in_columns(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines with their columns counted from 1; where they stand below each other, each place and date begins a column.

    Where the first one is headed by whom it is for, so are the others.
    """
    numbers: dict[int, int] = {}
    column = 0
    above: list[str] = []
    lines = list(paragraphs)
    begins = FOR_WHOM.fullmatch if lines and FOR_WHOM.fullmatch(lines[0].text) else SIGNED.match
    for paragraph in lines:
        if paragraph.column:
            column = numbers.setdefault(paragraph.column, len(numbers) + 1)
        elif begins(paragraph.text) or column == 0 or (not paragraph.certain and _begins_another(above, paragraph.text)):
            column += 1
            above.clear()
        above.append(paragraph.text)
        yield replace(paragraph, column=column)


def _gathered(lines: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The lines column by column: what a page's end parted is one, unless place and date come again, where the next signature begins."""
    columns: dict[tuple[int | None, int], list[Paragraph]] = {}
    again: Counter[int | None] = Counter()
    for number, several in groupby(lines, key=lambda line: line.column):
        run = list(several)
        if (number, again[number]) in columns and any(SIGNED.match(line.text) for line in run):
            again[number] += 1
        columns.setdefault((number, again[number]), []).extend(run)
    for number, column in enumerate(columns.values(), 1):
        yield from (replace(line, column=number) for line in column)


def _begins_another(above: Sequence[str], text: str) -> bool:
    """Whether a line begins the next signature though its place and date are lost under ink: the one above has all that belongs to it."""
    if SIGNED_UNDER_INK.match(text):
        return True
    office = next((place for place, line in enumerate(above) if OFFICE.match(line)), 0)
    return office > 0 and begins_signature(text) and any(not SIGNED.match(line) for line in above[:office])


def _belongs_to_signature(paragraph: Paragraph) -> bool:
    """Whether a line before the first column is of a signature: places and dates in one line, a year below, or one whose own are lost."""
    text = paragraph.text
    opens = YEAR.fullmatch(text) or (OFFICE.match(text) and len(text) <= LONGEST_UNMARKED)
    return bool(opens) or begins_signature(text) or opens_signatures(text)


def _whole_lines(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Lines of one column that belong together: an office over several lines, the year below "Hannover, den"."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if held is not None and held.column == paragraph.column and _is_parted_word(held, paragraph):
            held = _with_whole_word(held, paragraph)
        elif held is not None and held.column == paragraph.column and _is_parted_place(held, paragraph):
            first, *rest = paragraph.words
            held = replace(held, words=(replace(first, text=held.text + first.text, places=held.words[0].places + first.places), *rest))
        elif held is not None and held.column == paragraph.column and _same_line(held.text, paragraph.text):
            held = replace(held, words=held.words + paragraph.words)
        else:
            if held is not None:
                yield held
            held = paragraph
    if held is not None:
        yield held


def _is_parted_word(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a narrow column parts a word at its hyphen: "(Anke Müller-", "Lüdenscheidt)"; "Niedersächsisches Minis-", "terium"."""
    goes_on = paragraph.text[:1].islower() and before.text.endswith("-")
    return is_parted_surname(before.text, paragraph.text) or (
        goes_on and joined(before.words[-1].text, paragraph.words[0].text) is not None
    )


def _with_whole_word(held: Paragraph, paragraph: Paragraph) -> Paragraph:
    """The two lines with the word whole that they part at its hyphen; what either reader saw otherwise stays to be seen."""
    (*before, one), (other, *behind) = held.words, paragraph.words
    first = (
        (one.text, *one.alternatives) if other.text[:1].isupper() else [each.removesuffix("-") for each in (one.text, *one.alternatives)]
    )
    text, *readings = (*(each + other.text for each in first), *(first[0] + each for each in other.alternatives))
    confidence = min(one.confidence, other.confidence)
    whole = replace(one, text=text, places=one.places + other.places, alternatives=tuple(readings), confidence=confidence)
    return replace(held, words=(*before, whole, *behind))


def _is_parted_place(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a narrow column parts a place at its hyphen: "Osterholz-", "Scharmbeck, den"."""
    ends = SIGNED.match(paragraph.text) or PLACE_ENDS.fullmatch(paragraph.text)
    return len(before.words) == 1 and before.text.endswith("-") and ends is not None


def _same_line(before: str, text: str) -> bool:
    whole = f"{before} {text}"
    if is_parted_name(before, text) or ZUSATZ_FORM.fullmatch(whole) or (re.fullmatch(RANK, before) and re.match(FUNCTION, whole)):
        return True
    begins = SIGNED.match(text) or text.startswith("(") or MINISTRY.match(text) or begins_signature(text)
    if begins or before.endswith(")") or (SIGNED.match(before) and YEAR.search(before)):
        return False
    if UNFINISHED.search(before) and not YEAR.search(before) and REST_OF_DATE.fullmatch(text):
        return True
    if LEADS_AT_END.search(before) or ZUSATZ_FORM.match(text) or ZUSATZ_FORM.fullmatch(before):
        return False
    return bool(OPEN_END.search(before)) or text[:1].islower()
