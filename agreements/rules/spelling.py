"""The rule on spelling: words that no German dictionary has, nor the list of the field, nor that of the folder one works in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agreements.errors import UnreadableError
from agreements.language.dictionary import german, verb_of
from agreements.language.tokens import around
from agreements.model.fields import angaben
from agreements.register.register import Register, load_register
from agreements.rules.case import Case, Hit, Passage
from agreements.rules.tables import wortliste

_WORD = re.compile(r"(?<![\w@.-])-?[^\W\d_]+(?:-[^\W\d_]+)*-?(?![\w@])")
"""A word with its hyphens, where no figure, address or file name is."""
_NO_PROSE = ("unterschriften.", "ministerien.")
_NO_SENTENCES = ("unterschrift", "eingang", "titelseite")
_SHORTEST, _LONGEST = 3, 40
"""Letters; of fewer a large dictionary knows nearly all, and no agreement has a word of more."""


def unknown_words(case: Case) -> Iterator[Hit]:
    """Each word that is not spelled as any known one, once an agreement; and forms that are wrong though a dictionary has them."""
    own = frozenset((*field_words(), *_words_of(case)))
    seen: set[str] = set()
    for passage in case.passages:
        if (passage.feld or "").startswith(_NO_PROSE) or passage.art in _NO_SENTENCES:
            continue
        for word, at in _parts(passage.text):
            if word not in seen and (reason := _fault(word, own)):
                seen.add(word)
                yield Hit(_around(passage, word, at), reason, passage.feld, passage.zeile, stelle=passage.stelle)


def _around(passage: Passage, word: str, at: int) -> str:
    return around(passage.text, at, at + len(word), letters=15)


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Every word of a text that is to be looked at, with its place; of "Social-Media-Aktivitäten" each part, of "Aus- und" none."""
    for found in _WORD.finditer(text):
        at = found.start()
        parts = found.group().split("-")
        for number, part in enumerate(parts):
            cut = "" in parts[number - 1 : number] or "" in parts[number + 1 :]  # "Beratungs-", "-bezieher": half a word
            if _SHORTEST <= len(part) <= _LONGEST and part[1:].islower() and not cut:
                yield part, at
            at += len(part) + 1


def _fault(word: str, own: frozenset[str]) -> str | None:
    if meant := wortliste().falsch.get(word):
        return f"Zu schreiben ist „{meant}“."
    if word in own or word[0].lower() + word[1:] in own or is_spelled(word):
        return None
    near = _near(word, own)
    return f"„{word}“ steht nicht im Wörterbuch." + (f" Gemeint ist vielleicht „{near}“." if near else "")


# ---------------------------------------------------------------- known words


def field_words() -> frozenset[str]:
    """The words of the field, and the names of the register."""
    return _field_words(load_register())


@cache
def _field_words(register: Register) -> frozenset[str]:
    rows = register.rows
    names = " ".join(form for row in rows for form in (row.name, row.genitiv, row.sitz, row.ort))
    return frozenset((*wortliste().woerter.split(), *re.findall(r"[^\W\d_]+", names)))


def _words_of(case: Case) -> Iterator[str]:
    """The names in the record, and the words of the folder's own list, `agreements/woerter.txt`."""
    for feld, value in angaben(case.record).items():
        if feld.startswith(_NO_PROSE) and isinstance(value, str):
            yield from re.findall(r"[^\W\d_]+", value)
    if path := case.library.store.find("agreements/woerter.txt"):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableError("Die Wortliste ist nicht lesbar.", datei=path, abhilfe="Als UTF-8 speichern.") from error
        for line in lines:
            yield from line.partition("#")[0].split()


@cache
def is_spelled(word: str) -> bool:
    """Whether a word is German: in the dictionary, inflected as one there, or made of some."""
    return _stands(word) or _is_compound(word)


@cache
def _stands(word: str) -> bool:
    """Whether a word stands in the dictionary, as it begins a sentence too; or is an adjective or participle of one that does."""
    known = german()
    small = word[0].lower() + word[1:]
    if word in known or small in known or (verb_of(small) or word) in known:
        return True
    return any(len(bare := small.removesuffix(ending)) > _SHORTEST + 1 and bare in known for ending in _ADJECTIVE if small.endswith(ending))


_ADJECTIVE = ("e", "em", "en", "er", "es")

# ---------------------------------------------------------------- compounds

_JOINTS = ("", "s", "es", "n", "en", "e", "er")
"""What stands between the parts of a compound (Duden, Fugenelement)."""
_NEEDS_S = re.compile(r"(?:ung|heit|keit|schaft|ion|tät|ling|tum)$")
"""What ends so takes an s before the next part: "Leistungsbezug"."""
_HEAD, _TAIL, _MOST = 4, 4, 4
"""Letters of the shortest parts, and how many parts there are at most."""


@cache
def _is_compound(word: str, parts: int = _MOST) -> bool:
    """Whether a word is made of nouns: a noun where it has a capital, else an adjective or participle behind them."""
    for end in range(len(word) - _TAIL, _HEAD - 1, -1):
        tail = word[end:]
        if not _is_head(word[:end].lower()):
            continue
        tail = tail.capitalize() if word[0].isupper() else tail
        if _is_tail(tail) or (parts > 2 and _is_compound(tail, parts - 1)):
            return True
    return False


def _is_tail(part: str) -> bool:
    """Whether a noun, or an adjective, may be the last part; a noun with a small letter is no adjective."""
    if part[0].isupper():
        return part in german()
    return _stands(part) and (part.endswith(_ADJECTIVE) or part.capitalize() not in german())


@cache
def _is_head(part: str) -> bool:
    """Whether a noun, with what joins it, may be the first part of a compound."""
    parted = ((part.removesuffix(joint), joint) for joint in _JOINTS if part.endswith(joint))
    nouns = [noun.capitalize() for noun, joint in parted if _joins(noun, joint)]
    return any(noun in german() for noun in nouns) or (bool(nouns) and not field_words().isdisjoint(nouns))


def _joins(noun: str, joint: str) -> bool:
    """Whether a word is long enough, and of such an end that this joins it with the next."""
    return len(noun) >= _HEAD and not (noun.endswith(("s", "ß", "z")) if joint == "s" else _NEEDS_S.search(noun))


# ---------------------------------------------------------------- what was meant

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"


def _near(word: str, own: frozenset[str]) -> str | None:
    """A known word from which this one differs by one letter or by two that changed places; None where none or several do."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    less = [left + right[1:] for left, right in cuts if right]
    other = [left + letter + right[1:] for left, right in cuts if left and right for letter in _LETTERS]
    more = [left + letter + right for left, right in cuts if left for letter in _LETTERS]
    for several in (swapped, less, more, other):
        known = {each for each in several if each != word and (each in own or _stands(each))}
        known = known or {each for each in several if len(several) < 2 * _LONGEST and each != word and _is_compound(each)}
        if known:
            return known.pop() if len(known) == 1 else None
    return None
