"""Where a line must not end: the no-break spaces of a filled agreement, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate, pairwise

from agreements.model.document import Span
from agreements.model.months import MONAT

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_UNITS = rf"%|‰|€|Euro\b|EUR\b|Prozent|Mio\.|Mrd\.|Millionen\b|Milliarden\b|(?:{MONAT})\b"
_CITATIONS = r"§|Abs\.|Absatz(?:es)?|Absätze|Art\.|Artikels?|S\.|Satz(?:es)?|Sätze|Nrn?\.|Nummern?|Buchst\.|Buchstaben?|BGBl\.|SGB"

_TIES = re.compile(
    rf"""
      (?<=\d)\ (?=(?:{_UNITS}))             # 3,9 %  13.155.724 Euro  21,9 Mio.
    | (?<=\d\.)\ (?=(?:{MONAT})\b)        # 1. Februar
    | (?<=Mio\.|Mrd\.)\ (?=Euro\b|EUR\b|€)  # Mio. Euro
    | (?<=\b[^\W\d_]\.)\ (?=[^\W\d_]\.)     # z. B.  i. d. R.
    | (?<=\bDr\.)\ (?=\w)                   # Dr. Arbogast
    | (?<=§\ \d\d)\ (?=[a-z]\b)             # the letter of § 16 k
    | (?<=§\ \d)\ (?=[a-z]\b)
    | (?<=[^\s|–-])\ (?=[–-]\s)            # a dash never opens a line; behind another one a no-break space would (UAX 14, LB 12a)
    """,
    re.VERBOSE,
)
"""Numbers and units, dates, abbreviations after DIN 5008:2020, sections 5 and 10."""

_CITED = re.compile(rf"(?<!\w)({_CITATIONS}) (?=\d|[IVX]+\b|[a-z]\b)")
"""§ 48b, Abs. 1, Satz 3, SGB II: what a citation names stays with its word."""


def no_break(text: str) -> str:
    """The same letters, with a no-break space for each blank at which no line may end."""
    return _CITED.sub(rf"\1{NO_BREAK_SPACE}", _TIES.sub(NO_BREAK_SPACE, text))


def typeset(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of one block with no-break spaces, also where number and unit are different spans."""
    text = no_break("".join(span.text for span in spans))
    bounds = pairwise(accumulate((len(span.text) for span in spans), initial=0))
    return _tie_to_gaps(replace(span, text=text[start:end]) for span, (start, end) in zip(spans, bounds, strict=True))


def _tie_to_gaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with what follows a gap for the pen on the gap's line: no line begins with "2024"."""
    tied: list[Span] = []
    for span in spans:
        after_gap = bool(tied) and tied[-1].zustand == "leer" and span.text.startswith(" ")
        tied.append(replace(span, text=NO_BREAK_SPACE + span.text[1:]) if after_gap else span)
    return tuple(tied)
