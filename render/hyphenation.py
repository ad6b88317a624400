"""German hyphenation for the PDF: pyphen's dictionary, read lazily, and only breaks between two syllables."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pyphen

_BLANKS = b" \t\r"
_DIGITS = b"0123456789"
_NOT_PATTERNS = ("#", "%", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN", "NOHYPHEN", "NEXTLEVEL")
_PARTS = re.compile(r"(\d?)(\D?)")

_VOWEL = re.compile("[aeiouy]")
_ONSET = re.compile(
    r"""(?: [^aeiouy]? | [bcfgkp][lr] | [dtvw]r | ch[lr]? | ck | [gk]n | pf[lr]? | ph[lr]? | ps | qu | rh | sch[lmnrw]? | sh
          | sk[lr]? | s[lmnwz] | sp[lr]? | str? | thr? | tsch | vl | zw )[aeiouy]""",
    re.VERBOSE,
)
"""How a German syllable begins: at most one consonant, or a group that is spoken as one."""

SEAMS = (
    "arbeit-such", "bedarfs-abfrage", "bedarfs-deck", "bedarfs-gemein", "gesamt-ergebnis",
    "sprach-erwerb", "ver-stetig", "ziel-abweich", "ziel-indikator",
)  # fmt: skip
"""Words of these agreements that the dictionary parts elsewhere ("Zie-lindikator"), with the seam between their parts."""

EDGE = 3
"""Letters that stay together at either end of a word, as in the style sheet."""

Pattern = tuple[int, tuple[int, ...]]


def use_german(lang: str = "de-DE") -> None:
    """Makes every `pyphen.Pyphen` of this process that is asked for `lang` hyphenate as this module does."""
    path = pyphen.LANGUAGES[pyphen.language_fallback(lang)]
    if not isinstance(pyphen.hdcache.get(path), German):
        pyphen.hdcache[path] = German(Path(path))


class Patterns(dict[str, Pattern | None]):
    """The patterns of a `hyph_*.dic`, each parsed when a word first asks for it.

    pyphen parses all 70,000 in every process, which takes 0.7 s; an agreement needs a few hundred.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        encoding, _, body = path.read_bytes().partition(b"\n")
        codec = encoding.decode("ascii").strip()
        lines = body.translate(None, _BLANKS).decode(codec).split("\n")
        letters = body.translate(None, _BLANKS + _DIGITS).decode(codec).split("\n")
        self._lines = {key: line for key, line in zip(letters, lines, strict=True) if line != key and not line.startswith(_NOT_PATTERNS)}
        self.longest = max(map(len, self._lines))

    def get(self, key: str, default: None = None) -> Pattern | None:  # type: ignore[override]
        """Offset and values of the pattern with these letters, None where there is none."""
        line = self._lines.get(key)
        if line is None:
            return default
        if key not in self:
            self[key] = _parse(line)
        return self[key]


class German(pyphen.HyphDict):  # type: ignore[misc]
    """pyphen's dictionary without the breaks that leave a piece nobody can pronounce."""

    def __init__(self, path: Path) -> None:
        self.patterns = Patterns(path)
        self.maxlen = self.patterns.longest
        self.cache: dict[str, list[int]] = {}
        self._sound: dict[str, list[int]] = {}

    def positions(self, word: str) -> list[int]:
        """Where the word may be parted; pyphen takes both levels of the dictionary for one, which yields "era-r-bei-tet"."""
        if word not in self._sound:
            self._sound[word] = self._around_seam(word) or self._between_syllables(word)
        return self._sound[word]

    def _around_seam(self, word: str) -> list[int]:
        """The breaks of a word whose seam is known: there, and in both its parts; none for other words."""
        for seam in SEAMS:
            before, found, _ = word.lower().partition(seam.replace("-", ""))
            if found:
                cut = len(before) + seam.index("-")
                breaks = [*self.positions(word[:cut]), cut, *(cut + at for at in self.positions(word[cut:]))]
                return [pyphen.DataInt(at) for at in breaks]
        return []

    def _between_syllables(self, word: str) -> list[int]:
        breaks = [at for at in super().positions(word) if EDGE <= at <= len(word) - EDGE]
        pieces = [word[start:end] for start, end in zip([0, *breaks], [*breaks, len(word)], strict=True)]
        return [at for at, left, right in zip(breaks, pieces, pieces[1:], strict=False) if _syllables(left, right)]


def _parse(line: str) -> Pattern | None:
    """Offset and values of one pattern, as `pyphen.HyphDict` keeps them."""
    values = [int(digit or "0") for digit, _ in _PARTS.findall(line)]
    marked = [at for at, value in enumerate(values) if value]
    return (marked[0], tuple(values[marked[0] : marked[-1] + 1])) if marked else None


def _syllables(left: str, right: str) -> bool:
    """Whether both pieces can be spoken, and the right one begins as a German syllable does."""
    left, right = _plain(left), _plain(right)
    return len(left) > 1 and len(right) > 1 and _VOWEL.search(left) is not None and _ONSET.match(right) is not None


def _plain(piece: str) -> str:
    """Small letters without their marks: "größ" is "groß"."""
    return "".join(char for char in unicodedata.normalize("NFD", piece.lower()) if not unicodedata.combining(char))
