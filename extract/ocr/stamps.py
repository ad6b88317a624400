"""The stamp of an office's incoming mail on a scanned page: it is no text of the agreement, and parts lines that it lies over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from agreements.reading.reading import Beiwerk
from extract.layout.lines import Page, Token

_HEADS = ("EINGEGANGEN", "EINGANG", "POSTEINGANG", "EINGANGSSTEMPEL")
_ALIKE = 80
"""Of 100; ink and noise cost a letter or two."""
_ABOVE, _BELOW, _BESIDE = 3.0, 6.0, 6.0
"""Heights of the head's letters above, below and beside it: a stamp reaches no farther."""
_BLANK = 6.0
"""Points; words nearer each other are of one line."""
_SAID = re.compile(
    r"\W*(?:\d{1,2}[.,]?|(?:19|20)\d\d|\d{1,2}\W\d{1,2}\W(?:19|20)?\d\d|(?:JAN|FEB|M[ÄR]R?Z|APR|MAI|JUNI?|JULI?|AUG|SEPT?|OKT|NOV|DEZ)[.,]?|"
    r"[A-ZÄÖÜ]{4,}|Kreisverwaltun\w|Poststelle|Uhr|Anl\.?|Az\.?:?|Nr\.?)\W*"
)
"""What stands on such a stamp: a day, its office, capitals."""


def without_stamps(page: Page) -> Page:
    """The page without the words of such stamps, which it has as beiwerk."""
    stamped = list(_stamped(page.tokens))
    found = tuple(Beiwerk("stempel", page.number, " ".join(token.text for token in stamp)) for stamp in stamped)
    taken = {id(token) for stamp in stamped for token in stamp}
    return replace(page, tokens=[token for token in page.tokens if id(token) not in taken], beiwerk=found)


def _stamped(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The words of each stamp, from its top."""
    for head in (token for token in tokens if _is_head(token)):
        near = [token for token in tokens if _is_near(token, head)]
        words = [token for token in near if token is head or (_SAID.fullmatch(token.text) and not _goes_on(token, near, tokens))]
        if not _goes_on(head, near, tokens):
            yield sorted(words, key=lambda token: (token.base, token.left))


def _is_head(token: Token) -> bool:
    text = re.sub(r"\W", "", token.text)
    return text.isupper() and any(fuzz.ratio(text, head) >= _ALIKE for head in _HEADS)


def _is_near(token: Token, head: Token) -> bool:
    height = head.bottom - head.top
    beside = head.left - _BESIDE * height < token.left and token.right < head.right + _BESIDE * height
    return beside and head.top - _ABOVE * height < token.top and token.bottom < head.bottom + _BELOW * height


def _goes_on(token: Token, near: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a word stands in a line of text, that goes on beyond the stamp."""
    return any(
        other is not token
        and not (any(other is one for one in near) and _SAID.fullmatch(other.text))
        and abs(other.base - token.base) < 0.5 * token.size
        and max(other.left - token.right, token.left - other.right) < _BLANK
        for other in tokens
    )
