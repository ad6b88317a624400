"""What recognisers print for another sign where only that can be meant: one table, applied in its order to what was read of a picture.

A rewrite leaves what was read as an alternative of the word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, product
from typing import Literal

from agreements.language.place_and_date import LEADS_WITHIN
from agreements.reading.reading import Paragraph, Word
from extract.correction.lookalikes import folded
from extract.correction.spacing import split

Where = Literal["line", "text", "prose", "name", "value", "day", "target", "reading", "doubted"]
"""`line`: in paragraphs, and before lines are laid out, too; `text`: in paragraphs; `prose`: in those that stand in no column. In what
stands in the place of a name, of any value, of a day, of a target, in one of several readings, one that is doubted."""


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
                found = (*found[:first], *self._as_meant(found[first:last], whole.split()), *found[last:])
        return found

    def _as_meant(self, said: Sequence[Word], meant: Sequence[str]) -> Iterator[Word]:
        """Words that were read as those that are meant, each where it stands."""
        while len(said) > 1 and len(meant) > 1 and said[0].text == meant[0]:
            yield said[0]
            said, meant = said[1:], meant[1:]
        if len(said) == len(meant):
            yield from (_read_as(word, text) for word, text in zip(said, meant, strict=True))
        elif len(said) == 1:
            readings = [parts if len(parts := re.sub(self.seen, self.meant, one).split()) == len(meant) else [one, *meant[1:]]
                        for one in said[0].alternatives]  # fmt: skip
            for word, *others in zip(split(said[0], meant), *readings, strict=True):
                yield replace(word, alternatives=_apart_from(word.text, others))
        elif meant:
            yield _joined(said, "".join(meant))

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
_DIRT = r"*^~`´‘’‚'|_·•°<>=\\"

TABLE = (
    # the sign of a section
    Rewrite(rf"(?<!\S)\S+(?= {_NUMBER})", "§", "nach 6|§ 48", "nach § 48", "nach 6|G 48", "but one reader prints §", told=True),
    Rewrite(rf"(?<!\S)\$(?= {_NUMBER})", "§", "$ 3 Ziele", "§ 3 Ziele", "100 $ je Fall", "no amount is in dollars"),
    Rewrite(rf"(?<!\S)[S&](?= {_OF_LAW})", "§", "nach S 16 Abs. 1", "nach § 16 Abs. 1", "Gruppe S 11b", "a group of pay has no Absatz"),
    Rewrite(rf"(?<!\S)[58](?= (?:[1-9]\d{{0,2}}[a-z]\b|{_OF_LAW}))", "§", "8 48b", "§ 48b", "in 8 24 Betrieben", "as it is law"),
    Rewrite(rf"^8(?= {_HEADING})", "§", "8 3 Ziele", "§ 3 Ziele", "8 3 Betriebe kamen.", "no heading begins with two numbers"),
    Rewrite(r"(?<=§ )[1-9]\d\d(?= SGB [I1l|]{2}(?!\w))", r"[1-8]?\d[a-k]", "§ 161|16i SGB II", "§ 16i SGB II", "§ 161|16i SGB III",
            "SGB II ends with § 88", told=True),
    # Roman figures: readers take their strokes for "l" and "|", see too few of them, and never too many
    *(Rewrite(rf"(?<!\S)(\(?)[I|l]{{{count}}}(?=[.,;:)]?(?!\S))", rf"\1{'I' * count}", "l" * count, "I" * count, "1l Milch",
              "no word is but strokes", "line") for count in (2, 3)),
    Rewrite(r"(§ (?:6|16|18|44|48)[a-k](?: [^\s§]+){0,8} SGB )[Il1|!](?=[.,;:)]*(?!\S))", r"\1II", "§ 48b Abs. 1 SGB 1",
            "§ 48b Abs. 1 SGB II", "§ 35 SGB I gilt", "SGB I ends with § 71, and none of these has a letter there"),
    *(Rewrite(rf"(?<=SGB )[Il1|!]{{{count}}}(?=[.,;:)]*(?!\S))", "I" * count, f"SGB {'1' * count},", f"SGB {'I' * count},",
              f"Nr. {'1' * count},", "the books of the Sozialgesetzbuch have Roman numbers") for count in (1, 2, 3)),
    # the sign of percent
    Rewrite(r"(?<=\d )[°oO0%]?/[oO0](?!\S)", "%", "um 2,5 °/o", "um 2,5 %", "Tür und/oder Tor", "nothing else stands so behind a number"),
    # dirt that was read as a mark
    Rewrite(r"^[·•.,'`´:]+(?=(?:\(\d|§|(?:\d{1,2}|[IVX]+)\.(?!\S)))", "", ".§ 3 Ziele", "§ 3 Ziele", "... 3. Mai", "no number begins so"),
    Rewrite(rf"^[^\W_] (?=§ {_HEADING})", "", "1 § 3 Ziele", "§ 3 Ziele", "Zu § 3 Ziele", "nothing is numbered twice; a photo's edge"),
    Rewrite(r"(?<!\S)un(?= (?:(?:höchstens|mindestens|rund) )?\d)", "um", "un höchstens 9,75 %", "um höchstens 9,75 %", "und 9", "no word"),
    Rewrite(rf"^(?!.*{LEADS_WITHIN.pattern})(.*\S)(?<!SGB)(?<!Buch)(?<!Teil)(?<!Anlage)(?<!Kapitel)(?<!Abschnitt)(?: [•·▪|~¦\\]+)+$", r"\1",
            "dem Vorjahr steigt. •", "dem Vorjahr steigt.", "nach dem SGB ~", "no paragraph ends so but with a number", "prose"),
    Rewrite(r"(?<=\d)[.·](?=€|Euro\b)", "", "5.100.000.€", "5.100.000€", "5.100.000 €", "no number ends so before its unit"),
    Rewrite(r"(?<!\S)([a-zäöü]{2,})[.,·](\d{1,3}(?:\.\d{3})+(?:,\d\d|,[-–])?)(?!\S)", r"\1 \2", "mit.7.229.827", "mit 7.229.827", "vgl.7",
            "no sentence ends so before an amount"),
    Rewrite(r"(?<!\S)Mio,(?= (?:€|Euro\b|EUR\b))", "Mio.", "8,5 Mio, Euro", "8,5 Mio. Euro", "8,5 Mio, die", "an abbreviation"),
    Rewrite(r"(?<!\S)[.,·'`:]+(?=[A-ZÄÖÜ])", "", ".Max Probe", "Max Probe", "Max P. Probe", "no name begins so", "name"),
    Rewrite(r"\.{2,}", ".", "Dr.. Probe", "Dr. Probe", "Dr. Probe", "no name has two full stops in a row", "name"),
    Rewrite(r"(?<!\S)h\.\s?C\.(?=\s)", "h. c.", "Dr. h. C. Probe", "Dr. h. c. Probe", "Dr. H. C. Probe", "they look the same", "name"),
    Rewrite(r"(?<!\S)([Ii]n) vertretung(?!\S)", r"\1 Vertretung", "in vertretung", "in Vertretung", "er vertretung", "v looks like V"),
    Rewrite(r"(?<=\w)[·•](?=\w)", " ", "Max·Probe", "Max Probe", "Max-Probe", "no name has a dot at this height", "name"),
    Rewrite(r"^([IVX]{1,5})[,;:](?= [A-ZÄÖÜ][a-zäöü]\S*(?: \S+){0,5}$)", r"\1.", "II, Ziele", "II. Ziele", "I, II und III", "a chapter"),
    Rewrite(rf"^[{_DIRT}]+(?=[^{_DIRT}])|(?<=[^{_DIRT}])[{_DIRT}]+$", "", "'Pflege_", "Pflege", "(Pflege.", "no print", "doubted"),
    # quotes
    Rewrite(r"(?<=\w)(?:''|’’|‘‘)", "“", "Turbo''", "Turbo“", "Tur'bo", "no word has two of them", "reading"),
    Rewrite(r"[‚,]{2}(?=\w)", "„", ",,Job", "„Job", "ja, Job", "no word begins so", "reading"),
    # blanks: a reader lost one, or saw one within a number
    Rewrite(r"(?<=§)(?=[^\s§])|(?<=[\w.,;:)])(?=[(„]?§)", " ", "nach§3", "nach § 3", "(§ 3", "DIN 5008", "line"),
    Rewrite(r"(?<!\S)([•▪])(?=[^\W\d]{2})", r"\1 ", "•Pflege", "• Pflege", "• 3 Ziele", "a bullet is no letter", "line"),
    Rewrite(r"(?:(?<=\d)|(?<=[a-zäöüß]{3}[.,;])|(?<=\b(?:[Dd]as|[Dd]er|[Dd]ie|[Dd]es|[Dd]em|[Dd]en|[Ff]ür|[Vv]on|[Vv]om|[Zz]um|[Zz]ur|[Bb]ei)))"
            r"(?=[A-ZÄÖÜ][a-zäöüß]{2})|(?<=\w“)(?=\w)", " ", "DasZiel", "Das Ziel", "SocialMedia",
            "between a number or a short word and a noun, after a sentence or a quote"),
    Rewrite(r"(?<=\d )(Euro|EUR)(?=(?:und|sowie|für|[HD]\w+von)(?!\w))", r"\1 ", "2 Euround", "2 Euro und", "2 Europäer", "a unit ends"),
    Rewrite(r"(?<!\S)(Frauen|Männer|\w+erziehenden|\w+beziehenden)um(?= (?:\w+ )?\d)", r"\1 um", "Männerum 2,5 %", "Männer um 2,5 %",
            "Museum 2", "no word"),
    Rewrite(r"(?<!\S)([a-zäöü]{2,})(?=\d+(?:[.,]\d+)+(?!\w))", r"\1 ", "Frauen um8,8 % und", "Frauen um 8,8 % und", "Az8,8 und v2",
            "no word of small letters has a number in it; where a figure of a pen fills the blank"),
    Rewrite(r"(?<!\S)(\d{1,3}(?:\.\d{3})+) (,[-–]+)(?!\S)", r"\1\2", "7.229.827 ,- Euro", "7.229.827,- Euro", "7 ,- 8", "no cents"),
    Rewrite(r"(?<=\d)\s+(?=[.,]\d)|(?<=\d[.,])\s+(?=\d)", "", "5. 118.940 ,00", "5.118.940,00", "5 118", "one value stands there", "value"),
    Rewrite(r"(?<=\d\.)(?=[^\W\d])", " ", "5.Mai 2024", "5. Mai 2024", "5.4.2024", "a month in words stands apart", "day"),
    Rewrite(r"(?<=[a-zäöü])-(?=[a-zäöü])", "", "Vor-jahr", "Vorjahr", "U25-Quote", "no word of a target has a hyphen there", "target"),
    Rewrite(r"(?<=[a-zäöü])(?=\d)|(?<=[\d%])(?=[a-zäöü])", " ", "um2", "um 2", "U25", "they stand apart", "target"),
    Rewrite(r"(?<=\d)\.(?=\d{1,2} %)", ",", "um 6.6 %", "um 6,6 %", "um 6.600 %", "no rate has groups of so few figures", "target"),
    Rewrite(r"(?<=\d)\s*(?:[°oO09]/[oO0])(?!\w)", " %", "um 2,5 9/0", "um 2,5 %", "9/10 der", "a rate stands there", "target"),
)  # fmt: skip
"""In this order: the sign of a section before its number, dirt before the blanks that it hid, blanks before the dash behind an amount.
Of 57 scans in 19 kinds of damage two or three strokes were rewritten 356 times, lost blanks 12 times, a § that but one reader saw 4 times,
dirt behind a paragraph 3 times, and no Angabe otherwise than by the patterns there were before. The other entries did not occur there."""


def rewritten(paragraph: Paragraph) -> Paragraph:
    """The paragraph as it is meant; one whose letters a file states is."""
    places = _ALL if paragraph.column is None else _ALL - {"prose"}
    return paragraph if paragraph.certain else replace(paragraph, words=as_meant(paragraph.words, places))


_ALL: frozenset[Where] = frozenset({"line", "text", "prose"})


def as_meant(words: Sequence[Word], places: frozenset[Where] = _ALL) -> tuple[Word, ...]:
    """The words of a picture as they are meant."""
    found = tuple(words)
    for rewrite in TABLE:
        if rewrite.where in places:
            found = rewrite.on(found)
    return found


def meant(where: Where, text: str) -> str:
    """A text as it is meant in one place."""
    for rewrite in TABLE:
        if rewrite.where == where:
            text = re.sub(rewrite.seen, rewrite.meant, text)
    return text


def _apart_from(text: str, readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in readings if one != text))


def _read_as(word: Word, text: str, *others: str) -> Word:
    """The word as another text, and what was read as its alternative."""
    return replace(word, text=text, alternatives=_apart_from(text, (word.text, *word.alternatives, *others)))


def _joined(said: Sequence[Word], text: str) -> Word:
    """Words as one, with what each may be besides; where the first is all of it, what stands behind it is dirt."""
    if text == said[0].text:
        return _read_as(said[0], text, _text(said))
    readings = map("".join, product(*((word.text, *word.alternatives) for word in said)))
    places = tuple(dict.fromkeys(place for word in said for place in word.places))
    return replace(said[0], text=text, places=places, alternatives=_apart_from(text, (_text(said), *readings)),
                   confidence=min(word.confidence for word in said))  # fmt: skip
