"""The real agreement's text as paragraphs: what a reader of that one text file sees, its known artefacts undone.

The file is a reading of a signed scan: blank lines where pages broke (also inside a sentence), Absätze (2) to (6) as list
items, handwriting between asterisks, the two signature columns interleaved row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from agreements.reading.reading import Paragraph, Word

SEED = Path(__file__).parents[1] / "proben" / "original" / "emsland-2024.txt"


def read_seed(path: Path = SEED) -> tuple[Paragraph, ...]:
    """The paragraphs of the seed, in order."""
    text = path.read_text(encoding="utf-8").replace("*", "")
    body, signatures = re.split(r"\n(?=Hannover, den)", text, maxsplit=1)
    return (*_paragraphs(body), *_columns(signatures))


def _paragraphs(body: str) -> Iterator[Paragraph]:
    unfinished = False
    for lines in re.split(r"\n\s*\n", body):
        for line in lines.strip().splitlines():
            found = re.match(r"- (?!\()(.*)|(?:- )?(.*)", line)
            assert found
            item, plain = found.groups()
            words = tuple(Word(word) for word in (item or plain).split())
            if words:
                yield Paragraph(words, kind="punkt" if item else None, continues=unfinished)
                unfinished = len(line) > 120 and not line.endswith((".", ":")) and not item


def _columns(signatures: str) -> Iterator[Paragraph]:
    """The interleaved lines, each in its column: place, addition, year of one, then of the other; then names and offices."""
    groups = [[line.strip() for line in group.splitlines()] for group in re.split(r"\n\s*\n", signatures) if group.strip()]
    (place, *addition), (year,), right, *below = groups
    half = len(below) // 2 + 1
    land, traeger = [f"{place} {year}", *addition, *chain(*below[:half])], [*right, *chain(*below[half:])]
    for number, column in enumerate((land, traeger), 1):
        for line in column:
            yield Paragraph(tuple(Word(word) for word in line.split()), column=number)
