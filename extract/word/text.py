"""Text of a Word file on its way from runs to words: what a character means, where words end, which tag they carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Word
from extract.word.seen_otherwise import DIRECTION, Sights, Stretch
from extract.word.visibility import Height

BREAK = "\n"
"""A line break typed into a paragraph; the text of a run never holds one."""
PAGE = "\f"
"""A page or column break inside a paragraph."""
TAB = "\t"

_MEANT = str.maketrans(
    {
        # what nobody sees (Unicode's Default_Ignorable_Code_Point): soft hyphen, joiners, blanks without width, variants, tags;
        # those that turn the direction are doubted and stay until then
        **dict.fromkeys("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0"),
        **dict.fromkeys((*range(0x180B, 0x1810), *range(0x200B, 0x200F), *range(0x2060, 0x2066), *range(0x206A, 0x2070))),
        **dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE1000))),
        **dict.fromkeys("\t\n\r\u2800", " "),
        **{ligature: unicodedata.normalize("NFKC", ligature) for ligature in "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"},
        "\u2011": "-",  # a hyphen at which no line may end
        # The fonts Symbol and Wingdings have their signs from U+F000 on ([MS-OI29500] 2.1.432).
        "\uf02d": "–",
        "\uf0a7": "▪",
        "\uf0a8": "□",
        "\uf0b7": "•",
        "\uf0e0": "→",
        "\uf0fc": "✓",
        "\uf0fe": "☒",
    }
)
_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """A stretch of text of one run: `tag` is the innermost content control's."""

    text: str
    tag: str | None = None
    bold: bool = False
    seen: tuple[Doubt, ...] = ()
    """Why a person sees it otherwise; see `Word.seen`."""
    height: Height = ""
    """Whether it stands above or below the line."""
    sign: bool = False
    """Whether a font draws signs in place of its letters."""


def signs(text: str, fonts: tuple[str, str]) -> str:
    """The letters of fonts of signs, that of ASCII and that of others, where such fonts have them: from U+F000 on."""
    return "".join(_sign(letter, fonts[not letter.isascii()]) for letter in text)


def _sign(letter: str, font: str) -> str:
    """A letter in a font of signs; the figures and marks of Symbol are what they say."""
    same = not font or not 0x20 < ord(letter) < 0x100 or (font.casefold() == "symbol" and letter in _AS_IN_SYMBOL)
    return letter if same else chr(_PRIVATE + ord(letter))


_PRIVATE = 0xF000
_AS_IN_SYMBOL = "0123456789.,:;%()[]{}+/<>=|&!?_ \u00a0"


def meant(text: str) -> str:
    """What a run's letters say: without soft hyphens and marks that nobody sees, ligatures resolved, every break a blank."""
    return text if text.isascii() and text.isprintable() else text.translate(_MEANT)


def plain(pieces: Iterable[Piece]) -> str:
    """The pieces' text with one blank wherever there is white space, without marks of direction."""
    return unicodedata.normalize("NFC", " ".join(DIRECTION.sub("", "".join(piece.text for piece in pieces)).split()))


def words(pieces: Sequence[Piece]) -> tuple[Word, ...]:
    """The words between blanks, NFC; a word's tag is the first that covers a part of it. Note figures are no part of a word."""
    text = "".join(piece.text for piece in pieces)
    tagged: list[tuple[int, int, str]] = []
    stretches: list[Stretch] = []
    at = 0
    for piece in pieces:
        if piece.seen or piece.height:
            stretches.append(Stretch(at, at + len(piece.text), piece.seen, piece.height))
        if piece.tag is not None and piece.text:
            tagged.append((at, at + len(piece.text), piece.tag))
        at += len(piece.text)
    found: list[Word] = []
    sights = Sights(text, tuple(stretches))
    first = 0
    for match in _WORD.finditer(text):
        while first < len(tagged) and tagged[first][1] <= match.start():
            first += 1
        tag = tagged[first][2] if first < len(tagged) and tagged[first][0] < match.end() else None
        said, seen = sights.of(match.start(), match.end())
        if not DIRECTION.sub("", match.group()):
            continue
        if said or not found:
            said = said or match.group()
            found.append(Word(unicodedata.normalize("NFC", said), tag=tag, seen=seen))
        else:  # a note figure that stands for itself belongs to the word before it
            found[-1] = replace(found[-1], seen=found[-1].seen or seen)
    return tuple(found)


def split(pieces: Sequence[Piece], at: re.Pattern[str]) -> list[list[Piece]]:
    """The pieces between the matches of the pattern, empty stretches among them."""
    text = "".join(piece.text for piece in pieces)
    ends = [(match.start(), match.end()) for match in at.finditer(text)]
    if not ends:
        return [list(pieces)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [part(pieces, start, stop) for start, stop in zip(starts, stops, strict=True)]


def part(pieces: Sequence[Piece], start: int, stop: int) -> list[Piece]:
    """The pieces' text from `start` to `stop`, both counted in characters."""
    cut: list[Piece] = []
    at = 0
    for piece in pieces:
        text = piece.text[max(start - at, 0) : max(stop - at, 0)]
        if text:
            cut.append(piece._replace(text=text))
        at += len(piece.text)
    return cut
