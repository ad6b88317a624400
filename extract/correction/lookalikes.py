"""How alike two texts are to an optical reader: which letters it takes for each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from agreements.language.tokens import shape
from agreements.matching.alignment import cheapest

_LOOK_ALIKE = {
    letter: like
    for like, alike in {
        "a": "äàáâ",
        "o": "öòóô0",
        "u": "üùúû",
        "e": "éèc¢€",
        "b": "ß86",
        "l": "ij1íìı|!][",
        "s": "5$§",
        "g": "q9",
        "f": "ſ",
    }.items()
    for letter in map(ord, alike)
}
_GROUPS = (("rn", "m"), ("ri", "n"), ("vv", "w"), ("cl", "d"), ("ll", "u"))
_EITHER_WAY = [pair for one, other in _GROUPS[:-1] for pair in ((one, other), (other, one))]
"""Two letters and the one that looks the same, which readers take for each other either way; nobody reads a "u" as "ll"."""
_SEEN_AS_T = (("t", "f"), ("t", "l"))
"""A bar that runs out of the stem on a coarse page makes either a t."""
_STROKES = str.maketrans("l|1!]", "IIIII")
_ROMAN = re.compile(r"\(?[IVX]{1,4}[.,;:)]{0,2}")
_FIGURES = str.maketrans("OoQlI|iSsBZz", "000111155822")
_BULLETS = str.maketrans(dict.fromkeys("•·●○▪◦■□*«»¢°", "-"))
_SECTION_READ_AS = "[§8S$&56B3]"
"""What a reader that cannot print § puts in its place."""


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The letters alone, quotes and dashes in one shape: what differs only here is the same to a reader."""
    return "".join(shape(unicodedata.normalize("NFC", text)).replace(",,", '"').replace("''", '"').translate(_BULLETS).split())


def digits(text: str) -> str:
    """The figures of a text."""
    return "".join(letter for letter in text if letter.isdigit())


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """The text without the marks between and around its letters and figures, in small letters."""
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter in "§%€$&")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text with each letter in the place of all that look like it."""
    plain = letters(text).translate(_LOOK_ALIKE)
    for group, single in _GROUPS:
        plain = plain.replace(group, single)
    return plain


@lru_cache(maxsize=65536)
def distance(one: str, other: str) -> float:
    """How much of a text differs from what an optical reader saw, from 0 to 1; marks and blanks count little."""
    if bare(one) == bare(other):
        return 0.0
    if ("§" in one and same_figures(one, other)) or (is_roman(one) and same_roman(one, other)):
        return 0.05
    a, b = folded(one), folded(other)
    if a == b:
        return 0.05 if a else 0.3
    return max(0.1, Levenshtein.normalized_distance(a, b))


def slips(one: str, other: str) -> int:
    """How many letters differ to an optical reader."""
    return Levenshtein.distance(folded(one), folded(other))


def is_roman(text: str) -> bool:
    """Whether a text is a Roman figure up to XXX, with the marks around it."""
    return bool(_ROMAN.fullmatch(text))


def same_roman(expected: str, read: str) -> bool:
    """Whether what was read has the strokes of a Roman figure: "Il" is II, and neither I nor III."""
    return letters(expected.translate(_STROKES)) == letters(read.translate(_STROKES))


def same_figures(expected: str, read: str) -> bool:
    """Whether the figures are the same, a figure read as a letter or a § read as a figure apart; never one figure for another."""
    if digits(expected) and digits(expected) in (digits(read), digits(lettered(read))):
        return True
    return "§" in expected and same_section(expected, read)


def are_two_numbers(one: str, other: str) -> bool:
    """Whether two readings with the same figures are two numbers: any mark before the last one or two is a comma, "34.0" is no 340."""
    return digits(one) == digits(other) and _decimal(one) != _decimal(other)


def _decimal(text: str) -> tuple[str, ...] | None:
    found = _DECIMAL.fullmatch(text)
    return found.groups() if found else None


_DECIMAL = re.compile(r"\D*(\d+)[.,;:](\d{1,2})\D*")


def same_section(expected: str, read: str) -> bool:
    """Whether a text with § was read but for the sign, in whatever that was read as."""
    pattern = _SECTION_READ_AS.join(re.escape(part) for part in bare(expected).split("§"))
    return any(re.fullmatch(pattern, bare(text), re.I) for text in (read, lettered(read)))


def lettered(text: str) -> str:
    """The text with letters that stand among figures as the figures they look like."""
    return re.sub(r"(?<=\d)[OoQlI|iSsBZz](?![a-zäöü])|\b[OoQlI|SBZ](?=[\d.,]*\d)", lambda found: found.group().translate(_FIGURES), text)


def unlike(one: str, other: str) -> int:
    """How many letters of two texts differ otherwise than readers take letters for each other."""
    a, b = letters(one), letters(other)

    def ways(i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if i < len(a) and j < len(b):
            yield 1, 1, float((a[i], b[j]) not in _PAIRS and folded(a[i]) != folded(b[j]))
        yield from ((len(x), len(y), 0.0) for x, y in _GROUP_PAIRS if a.startswith(x, i) and b.startswith(y, j))
        yield from ((1, 0, 1.0),) * (i < len(a))
        yield from ((0, 1, 1.0),) * (j < len(b))

    return round(sum(step.price for step in cheapest(len(a), len(b), ways) or ()))


def near_misses(text: str) -> Iterator[str]:
    """Texts that a reader may have taken for this one, by one slip in one of its longer words."""
    for word in re.finditer(r"\w{4,}", text):
        for meant in one_slip(word.group()):
            yield text[: word.start()] + meant + text[word.end() :]


def one_slip(word: str) -> Iterator[str]:
    """Words that a reader may have taken for this one, by one slip."""
    for at, letter in enumerate(word):
        for meant in _MEANT.get(letter, ""):
            yield word[:at] + meant + word[at + 1 :]
        yield from _taken_for(word, at, _TAKEN_FOR)


def slips_of_both(word: str) -> Iterator[str]:
    """Words that several readers at once have taken for this one: two letters run together or parted, "Comelia", a t for an f or l.

    Of names that were read wrongly in 1,250 scans, six had a t for an f or l, "Siegtried", "Öztem", none an f or l for a t.
    """
    for at in range(len(word)):
        yield from _taken_for(word, at, (*_EITHER_WAY, *_SEEN_AS_T))


def _taken_for(word: str, at: int, groups: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The word with what each group of letters that begins there is taken for."""
    for group, meant in groups:
        if word.startswith(group, at):
            yield word[:at] + meant + word[at + len(group) :]


_CONFUSED = re.findall(
    r"\S+",
    """aäoe oöec uüna iljtI ecoaé nuhr hbnk bh ftr tflr rtn cea sz gq qg BRß ßB DO ODQ SE EF FE IlJ
    vy yv wv mn zs dcl
    kh pb GC CG KR PF AÄ UÜ ÖO 1lI 0oO 5sS 8B 6bG 9g""",
)
_MEANT: dict[str, str] = {}
for _group in _CONFUSED:
    for _letter in _group:
        _MEANT[_letter] = "".join(dict.fromkeys(_MEANT.get(_letter, "") + "".join(filter(str.isalpha, _group.replace(_letter, "")))))
_TAKEN_FOR = re.findall(r"(\w+)=(\w+)", "rn=m m=rn ii=ü ii=u ti=ü ri=n cl=d vv=w in=m li=h ni=m iu=m ss=ß")
_PAIRS = {
    pair for meant, several in _MEANT.items() for other in several.lower() for pair in ((meant.lower(), other), (other, meant.lower()))
}
"""Letters that readers take for each other."""
_GROUP_PAIRS = {pair for one, other in [*_EITHER_WAY, *_TAKEN_FOR] for pair in ((one, other), (other, one))}
