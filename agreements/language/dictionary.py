"""Which letters make a German word: words of one's own, and a German dictionary."""

from __future__ import annotations

import mmap
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from agreements.files.disk import write_atomic
from agreements.language.sentences import is_abbreviation

_LETTERS = re.compile(r"(?<!\d)[^\W\d_]+(?!\d)|(?<=\d)[^\W\d_]{3,}|[^\W\d_]{3,}(?=\d)")
"""Runs of letters, one or two beside a figure apart: "48b", "U25"."""
_SHORTEST_PART, _LONG_PART, _MOST_PARTS = 4, 5, 5
_SIDES = ("Süd", "Ost")
"""What begins a compound though it is shorter than any other part: "Südstraße", as "Nordstraße"."""
_JOINTS = ("", "s", "es", "n", "en")
"""What stands between the parts of a compound (Duden, Fugenelement)."""
_SHORT = frozenset({"ab", "am", "an", "da", "du", "ei", "er", "es", "im", "in", "ja", "je", "ob", "so", "tu", "um", "wo", "zu"})
"""Every German word of two letters: of so few letters a large dictionary knows nearly all."""


class Dictionary:
    """Knows whole words: those of its own, those of German, and compounds of these; `others` that German dictionaries lack."""

    def __init__(self, own: Iterable[str], others: Iterable[str] = ()) -> None:
        self.own = frozenset(letters for word in own for letters in _LETTERS.findall(word))
        self._others = frozenset(others)
        self._known: dict[str, bool] = {}

    def knows(self, text: str) -> bool:
        """Whether all that is written in letters are words, and there are letters; parts of "Social-Media" stand for themselves."""
        words = _LETTERS.findall(text)
        return bool(words) and all(self._is_word(word) for word in words)

    def knows_well(self, text: str) -> bool:
        """Whether all is a word of its own, or made of two to three long ones: compounds of short parts may be anything."""
        words = _LETTERS.findall(text)
        return bool(words) and all(self.lists(word) or _is_plain(word) for word in words)

    def lists(self, word: str) -> bool:
        """Whether a word is its own or one that German dictionaries lack, as it is."""
        return word in self.own or word in self._others

    def stands(self, text: str) -> bool:
        """Whether all its words are in a dictionary as they are, no compounds of others."""
        words = _LETTERS.findall(text)
        return bool(words) and all(word in self.own or (_stands(word) if len(word) > 2 else word.lower() in _SHORT) for word in words)

    def is_never_capital(self, word: str) -> bool:
        """Whether a word with a capital is one of those that have it only where a sentence begins."""
        of_name = word.rstrip("emnrs").endswith("isch")  # "Niedersächsisches Ministerium"
        return not of_name and word not in german() and word.lower() in german()

    def is_never_small(self, word: str) -> bool:
        """Whether a small word is one of those that have a capital everywhere, as nouns: "jahr"."""
        return not self.lists(word) and word not in german() and word.capitalize() in german()

    def is_own(self, text: str) -> bool:
        """Whether all its words are the wording's or the register's."""
        words = _LETTERS.findall(text)
        return bool(words) and all(word in self.own for word in words)

    def _is_word(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self.lists(word) or _is_german(word)
        return self._known[word]


class Listed(Container[str]):
    """The words of a file, one a line, in the order of their bytes; the first of each block is known, the rest read where asked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._lines = lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        starts = (lines.find(b"\n", place) + 1 for place in range(_BLOCK, len(lines), _BLOCK))
        self._starts = [0, *(start for start in starts if start < len(lines))]
        self._firsts = [lines[start : lines.find(b"\n", start)] for start in self._starts]

    def __contains__(self, word: object) -> bool:
        sought = str(word).encode()
        block = bisect_right(self._firsts, sought)
        start, end = self._starts[max(0, block - 1)], self._starts[block] if block < len(self._starts) else len(self._lines)
        return b"\n%b\n" % sought in b"\n" + self._lines[start:end]


_BLOCK = 4096
"""Bytes: to know the first words of all blocks takes 3 ms, one word 3 µs; a search from the middle of the file took 7."""

WORDS = Path(__file__).with_name("german.txt")
"""Made by `make`, and part of the wheel: to unpack the dictionary takes half a second, as long as all else of `zv pruefe`."""


@cache
def german() -> Container[str]:
    """A million inflected words; from the dictionary as it lies packed where nobody has made the list."""
    return Listed(WORDS) if WORDS.is_file() else _packed()


def is_entry(word: str) -> bool:
    """Whether the dictionary has a word as it is, or with a small letter where this one has a capital; no compounds."""
    return word in german() or word.lower() in german()


def write_list(path: Path, words: Iterable[str]) -> None:
    """Writes the file in which `Listed` looks words up; ZvError where the disk refuses."""
    write_atomic(path, b"".join(sorted(b"%b\n" % word.encode() for word in words)))


def _packed() -> Mapping[str, str]:
    packed = import_module("simplemma.strategies.dictionaries.stream_dictionary_factory").StreamDictionaryFactory()
    found: Mapping[str, str] = packed.get_dictionary("de")
    return found


@cache
def _is_german(word: str) -> bool:
    if len(word) < 3:
        return word.lower() in _SHORT
    if word.isupper():
        return False
    if any(letter.isupper() for letter in word[1:]):
        return False
    stems = (stem for stem in (verb_of(word), adjective_of(word)) if stem)
    return _stands(word) or any(map(_stands, stems)) or _is_compound(word, _MOST_PARTS)


def _stands(word: str) -> bool:
    """Whether a word is in the dictionary; at the start of a sentence any word has a capital."""
    known = german()
    return word in known or (word[0].isupper() and word.lower() in known) or is_abbreviation(word)


_PARTICIPLE = re.compile(r"(?P<verb>\w+n)d(?:e[mnrs]?)?")


def verb_of(participle: str) -> str | None:
    """The verb whose present participle, inflected, a word may be: "schwächelnder"."""
    found = _PARTICIPLE.fullmatch(participle)
    return found["verb"] if found else None


_ADJECTIVE = re.compile(r"(?P<stem>\w{3,}(?:al|ell|iv|ig|lich|isch|bar|sam|los|haft))e[mnrs]?")


def adjective_of(inflected: str) -> str | None:
    """The adjective of a common ending that a word may be an inflected form of: "saisonale"."""
    found = _ADJECTIVE.fullmatch(inflected)
    return found["stem"] if found else None


@cache
def _is_compound(word: str, parts: int) -> bool:
    """Whether a word is made of at least two of the dictionary, as "Zielabweichungen" is."""
    for end in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 2, -1):
        head, tail = word[:end], word[end:]
        if (head in _SIDES if end < _SHORTEST_PART else _begins(head)) and (
            _is_part(tail) or (parts > 2 and _is_compound(tail, parts - 1))
        ):
            return True
    return False


@cache
def _is_plain(word: str) -> bool:
    """Whether a word stands in the dictionary, or is a noun made of two long ones."""
    if len(word) < 3 or not word[1:].islower():
        return False
    return _stands(word) or _is_plain_compound(word)


def _is_plain_compound(word: str) -> bool:
    return word[0].isupper() and any(_begins(word[:end]) and _is_part(word[end:]) for end in range(_LONG_PART, len(word) - _LONG_PART + 1))


def _begins(part: str) -> bool:
    return any(_is_part(part.removesuffix(joint)) for joint in _JOINTS if part.endswith(joint))


@cache
def _is_part(part: str) -> bool:
    """Whether it stands in the dictionary; readings that differ in a letter share most of their parts."""
    known = german()
    return len(part) >= _SHORTEST_PART - 1 and (part.capitalize() in known or part.lower() in known)


if __name__ == "__main__":
    write_list(WORDS, _packed())
