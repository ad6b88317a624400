"""Names of persons as signatures have them: titles, forenames, particles, surnames."""

from __future__ import annotations

import re
import unicodedata

from agreements.language.offices import FUNCTION, IN_NO_NAME

_DEGREES = "h|c|mult|med|jur|iur|phil|rer|nat|pol|oec|agr|theol|paed|habil"
"""What follows "Dr." and is written small, each with its full stop: "Dr. rer. nat. habil.", "Dr. h. c. mult."."""
_OF_TITLES = "Prof|Dr|Mag|Dipl|Ing"
"""Titles that are written short, each with its full stop."""
HONORARY = ["Dr.", "h.", "c."]
"""The words of a doctorate of honour; no other title goes on so behind one of its parts."""
_TITLES = rf"(?:(?:{_OF_TITLES}|{_DEGREES})\.[\s-]*|Dipl\.-[A-Z]\w+\.?\s+)*"
_BEHIND = r"(?:,?\s+(?:[MB]\.\s?(?:A|Sc|Ed|Eng)\.|LL\.\s?[MB]\.|M[BP]A))"
"""A degree behind the name: "M. A.", "LL.M."."""
_TITLE = re.compile(rf"[A-ZÄÖÜ][a-zäöü]{{0,3}}\.(?:-[A-ZÄÖÜ]\w+\.?)*|(?:{_DEGREES})\.|h\.c\.|M\.A\.|LL\.M\.|M[BP]A")
"""One word that is a title, or an initial."""
_PARTICLES = (
    "af", "av", "bin", "da", "dalla", "de", "degli", "del", "della", "dem", "den", "der", "di", "do", "dos", "du", "het", "ibn", "la", "le",
    "los", "'t", "te", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur",
)  # fmt: skip
"""What stands, small, before a surname: "von", "van den", "de la"."""
_PARTICLE = f"von und zu|(?:in|auf|op) de[mnr]|{'|'.join(_PARTICLES)}"
_TOUCHING = "[dl]['’]|(?:a[ldnrstz]|el)-"
"""What stands, small, before a surname and touches it: "d'Aubigné", "al-Hamdani"."""
_BEGINS = f"[ʿʾ]?[A-Z{''.join(sign for sign in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if sign.isupper())}]"
_GOES_ON = r"\w'’ʹʺʿʾ\u0300-\u036f"
"""How a word of a name begins and goes on: any Latin capital, letters with their diacritics, signs of transliteration (DIN 91379)."""
_SURNAME = rf"(?:{_TOUCHING})?{_BEGINS}[{_GOES_ON}-]*"
NAME = (
    rf"{_TITLES}(?:{_BEGINS}[{_GOES_ON}.-]*\s+)(?:(?:{_PARTICLE}|und)\s+)*{_SURNAME}"
    rf"(?:(?:[\s-]+|\s+(?:(?:{_PARTICLE})\s+)+){_SURNAME}){{0,3}}{_BEHIND}?"
)
"""A name, as part of a pattern: "Dr. Anna von der Heide", "Karl Graf von und zu Hof"."""
NAME_ALONE = rf"(?!.*{IN_NO_NAME}){NAME}"
"""The same where nothing else stands beside it: no word of an office is in it."""
_PARTICLES_WITHIN, _ENDS = re.compile(rf"(?<!\S)(?:{_PARTICLE})(?!\S)"), re.compile(f"{_BEHIND}$")
_TOUCHES = re.compile(rf"(?<!\w)(?:{_TOUCHING})")
_INITIAL = re.compile(rf"(?<!\w){_BEGINS}\. ")
_TITLED = re.compile(rf"\(?(?:(?:{_OF_TITLES}|{_DEGREES})\.+[\s-]*)+{_BEGINS}[{_GOES_ON}-]*(?:\s(?:{_PARTICLE}))?")
_FORENAME_ALONE = re.compile(rf"{_TITLES}{_BEGINS}[{_GOES_ON}-]*")
_NOBLE = re.compile(rf"(?:Freiherr|Freifrau|Graf|Gräfin|Prinz|Prinzessin|Fürst|Fürstin|{_PARTICLE})(?!\S)")
"""How only the rest of a name begins: with a title of nobility, or with what stands small before a surname."""
_NO_NAME = re.compile(rf"\(?(?:(?:{_OF_TITLES})\.(?:-Ing\.)?|(?:{_DEGREES})\.|{_NOBLE.pattern})")
_SMALL_AT_END = re.compile(rf"(?<!\S)(?:{_PARTICLE})$")
_FORENAMED = re.compile(r"\([^()]+")
_TORN = re.compile(r"\b(?:Dr|Dipl)\. Ing\.|\bh\. (?!c\.)|(?<!\bh\.)(?<!\bh\. )\bc\.")
"""A title that has a hyphen, and a reader saw a blank in its place; half of a doctorate of honour."""


def is_name(text: str) -> bool:
    """Whether a line can be a name: written like one, and without a word of an office."""
    return bool(re.fullmatch(NAME_ALONE, text))


def is_title(word: str) -> bool:
    """Whether a word of a name is a title or what stands small before a surname: of these there are few, and none has an accent."""
    return bool(_NO_NAME.fullmatch(word))


def is_plain_name(text: str) -> bool:
    """Whether a name is written as names are in a signature: titles, a first name or its initial, particles, a surname, each with a capital
    at its start alone."""
    words = [word for word in _PARTICLES_WITHIN.sub(" ", _ENDS.sub("", text)).split() if not _TITLE.fullmatch(word)]
    return bool(words) and all(map(_is_surname, words)) and (len(words) > 1 or bool(_INITIAL.search(text))) and not _TORN.search(text)


def _is_surname(word: str) -> bool:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.category(sign) not in ("Mn", "Lm"))
    plain = _TOUCHES.sub("", plain)
    parts = re.split(r"[-'’]", re.sub(r"^Ma?c(?=[A-Z])", "", plain))
    return all(len(part) > 1 - place and part.isalpha() and part[0].isupper() and part[1:] == part[1:].lower()
               for place, part in enumerate(reversed(parts)))  # fmt: skip


def is_parted_surname(before: str, text: str) -> bool:
    """Whether a narrow column parts a surname at its hyphen: "(Solveig Torvaldsdóttir-", "Meyer)"; a place is one word: "Osterholz-"."""
    return before.endswith("-") and is_name(before.lstrip("(")[:-1]) and bool(re.fullmatch(r"[A-ZÄÖÜ][\w'’-]+\)?", text))


def is_parted_name(before: str, text: str) -> bool:
    """Whether a narrow column parts a name: "(Prof. Dr. Hans-Jürgen", "Lindner)"; "Björn", "Freiherr von Knigge"."""
    if _FORENAMED.fullmatch(before):
        return bool(re.fullmatch(r"[^()\d]{2,40}\)", text) or re.fullmatch(rf"(?={_NOBLE.pattern})[^()\d]{{2,40}}", text))
    whole = f"{before} {text}"
    if _FORENAME_ALONE.fullmatch(before) and _NOBLE.match(text) and not re.match(FUNCTION, before):
        return is_name(whole) or is_name(f"{whole} {before}")
    if _SMALL_AT_END.search(before) and is_name(whole):
        return True
    is_surname = re.fullmatch(rf"{_BEGINS}[{_GOES_ON}-]+", text) and not re.match(FUNCTION, text)
    return bool(_TITLED.fullmatch(before) and is_surname)
