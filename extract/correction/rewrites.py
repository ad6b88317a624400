"""What recognisers print for another sign where only that can be meant: one table, applied in its order to what was read of a picture.

A rewrite leaves what was read as an alternative of the word; `settled` drops them where they are no other reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from agreements.reading.reading import Paragraph, Word
from extract.correction.lookalikes import folded
from extract.correction.spacing import as_words
from extract.correction.values import BOTH, FIGURES

Where = Literal["line", "text"]
"""`line`: before lines are laid out, too; `text`: in paragraphs."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One entry of the table; its patterns are of a paragraph's text, the words with one blank between them."""

    seen: str
    meant: str
    """As in `re.sub`; `told`: as a pattern."""
    example: str
    """What is read, "161|16i" where the other reader says otherwise."""
    example_meant: str
    neighbour: str
    """What is like the example, and stays as it is."""
    reason: str
    """What leaves no other meaning, or where it was met."""
    where: Where = "text"
    told: bool = False
    """Whether it is rewritten only to another reading of it that `meant` matches: a § for any sign, else what looks the same."""

    def on(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words as they are meant."""
        found = tuple(words)
        for match in reversed([*re.finditer(self.seen, _text(found))]):
            starts, text = [*accumulate((len(word.text) + 1 for word in found), initial=0)], _text(found)
            first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end())
            meant = self._reading(match, found[first].alternatives) if self.told else match.expand(self.meant)
            if meant is not None:
                whole = text[starts[first] : match.start()] + meant + text[match.end() : starts[last] - 1]
                found = (*found[:first], *_as_meant(found[first:last], whole.split()), *found[last:])
        return found

    def _reading(self, match: re.Match[str], alternatives: Sequence[str]) -> str | None:
        alike = [one for one in alternatives if re.fullmatch(self.meant, one) and (one == "§" or folded(one) == folded(match.group()))]
        return alike[0] if len(alike) == 1 else None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


_LAW = (
    r"(?:,? ff?\.)?,? (?:(?:SGB|Abs|Absatz|Satz|Nr|Nummer)\b|[A-ZÄÖÜ]\w+(?:G|GB|VO)\b"
    r"|(?:des|der|dieser) [\w-]*(?:[Gg]esetz|[Vv]erordnung|[Vv]ereinbarung|[Bb]uch|SGB))"
)
_OF_LAW = rf"[1-9]\d{{0,2}}\s?[a-z]?{_LAW}"
_NUMBER = r"\d{1,3}\s?[a-z]?\b"

_HEADING = r"[1-9]\d?[a-z]? [A-ZÄÖÜ]\S*(?: \S+){0,13}(?<![.:;,])$"

TABLE = (
    # the sign of a section
    Rewrite(rf"(?<!\S)\S+(?= {_NUMBER})", "§", "nach 6|§ 48", "nach § 48", "nach 6|G 48",
            "one reader prints no §, and the other saw one", told=True),
    Rewrite(rf"(?<!\S)\$(?= {_NUMBER})", "§", "$ 3 Ziele", "§ 3 Ziele", "100 $ je Fall", "no amount is in dollars"),
    Rewrite(rf"(?<!\S)[S&](?= {_OF_LAW})", "§", "nach S 16 Abs. 1", "nach § 16 Abs. 1", "Gruppe S 11b", "a group of pay has no Absatz"),
    Rewrite(rf"(?<!\S)[58](?= (?:[1-9]\d{{0,2}}[a-z]\b|{_OF_LAW}))", "§", "nach 8 48b", "nach § 48b", "in 8 24 Betrieben",
            "two numbers in a row, and law behind them"),
    Rewrite(rf"^8(?= {_HEADING})", "§", "8 3 Ziele", "§ 3 Ziele", "8 3 Betriebe kamen.", "no heading begins with two numbers"),
    Rewrite(r"(?<=§ )[1-9]\d\d(?= SGB [I1l|]{2}(?!\w))", r"[1-8]?\d[a-k]", "§ 161|16i SGB II", "§ 16i SGB II", "§ 161|16i SGB III",
            "SGB II ends with § 88", told=True),
    # Roman figures: readers take their strokes for "l" and "|", see too few of them, and never too many
    Rewrite(r"(?<!\S)(\(?)[I|l]{2}(?=[.,;:)]?(?!\S))", r"\1II", "Il. Ziele", "II. Ziele", "1l Milch", "no word is but strokes", "line"),
    Rewrite(r"(?<!\S)(\(?)[I|l]{3}(?=[.,;:)]?(?!\S))", r"\1III", "(Ill) Ziele", "(III) Ziele", "Ille sagt", "as before", "line"),
    Rewrite(r"(§ (?:6|16|18|44|48)[a-k](?: [^\s§]+){0,8} SGB )[Il1|!](?=[.,;:)]*(?!\S))", r"\1II", "§ 48b Abs. 1 SGB 1",
            "§ 48b Abs. 1 SGB II", "§ 35 SGB I gilt", "SGB I ends with § 71, and none of these has a letter there"),
    *(Rewrite(rf"(?<=SGB )[Il1|!]{{{count}}}(?=[.,;:)]*(?!\S))", "I" * count, f"SGB {'1' * count},", f"SGB {'I' * count},",
              f"Nr. {'1' * count},", "the books of the Sozialgesetzbuch have Roman numbers") for count in (1, 2, 3)),
    # the sign of percent
    Rewrite(r"(?<=\d )[°oO0%]?/[oO0](?!\S)", "%", "um 2,5 °/o", "um 2,5 %", "Tür und/oder Tor", "nothing else stands so behind a number"),
)  # fmt: skip


def rewritten(paragraph: Paragraph) -> Paragraph:
    """The paragraph as it is meant; one whose letters a file states is."""
    return paragraph if paragraph.certain else replace(paragraph, words=_rewritten(paragraph.words))


def meant(where: Where, text: str) -> str:
    """A text as it is meant in one place."""
    for rewrite in TABLE:
        if rewrite.where == where:
            text = re.sub(rewrite.seen, rewrite.meant, text)
    return text


def _rewritten(words: Sequence[Word]) -> tuple[Word, ...]:
    found = tuple(words)
    for rewrite in TABLE:
        found = rewrite.on(found)
    return found


def _as_meant(said: Sequence[Word], meant: Sequence[str]) -> Iterator[Word]:
    """Words that were read as those that are meant, each where it stands."""
    if len(said) == len(meant):
        yield from (_read_as(word, text) for word, text in zip(said, meant, strict=True))
    else:
        yield from as_words(" ".join(meant), said, min(word.confidence for word in said))


def _read_as(word: Word, text: str) -> Word:
    """The word as another text, and what was read as its alternative."""
    if text == word.text:
        return word
    return replace(word, text=text, alternatives=tuple(one for one in (word.text, *word.alternatives) if one != text))


_NEAR = 12
"""Words around one that tell what it means."""


def settled(words: Sequence[Word], place: int) -> Word:
    """A word with those other readings alone that the table does not take for it where it stands; where it takes all, it is sure."""
    word = words[place]
    if not word.alternatives:
        return word
    before, after = words[max(0, place - _NEAR) : place], words[place + 1 : place + _NEAR]
    readings = (word.text, *word.alternatives)

    def with_reading(text: str) -> list[str]:
        other = replace(word, text=text, alternatives=tuple(one for one in readings if one != text))
        return [each.text for each in _rewritten((*before, other, *after))]

    said = [each.text for each in (*before, word, *after)]
    others = tuple(one for one in word.alternatives if with_reading(one) != said)
    sure = word.confidence if others or word.confidence < BOTH else max(FIGURES, word.confidence)
    return replace(word, alternatives=others, confidence=sure)
