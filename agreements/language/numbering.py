"""Numbers and signs before headings, Absätze, goals and items of lists, and of which rank a heading is by its number."""

from __future__ import annotations

import re

from agreements.model.months import MONAT

_CAPITAL = r"(?=[A-ZÄÖÜ„\"])"
_NAMED = r"(?:Ziel|Kennzahl)\s+\d{1,2}(?::|\.|\s?[–-])"
"""The number of a goal that says what it counts: "Ziel 4:", "Kennzahl 2 –"."""
_ANLAGE = r"Anlagen?(?:\s+(?:\d{1,2}|[A-H]|[IVX]{1,4}))?(?=\s*(?:[:–-]\s.{1,80}|zu[rm]?\s.{1,80})?$)"
_RANKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"(?:[IVX]{{1,5}}\.?|Teil|Kapitel|Abschnitt|[A-H][.)])\s+(?=\S)|{_ANLAGE}")),
    (1, re.compile(r"(?:§\s*\d{1,2}|(?:Artikel|Ziffer|Art\.)\s+\d{1,2}(?:[.:]|\s[–-])?)\s+(?!Abs|Satz|Nr)(?=[A-ZÄÖÜ])")),
    (3, re.compile(rf"\d{{1,2}}\.\d{{1,2}}\.?\s+{_CAPITAL}")),
    (2, re.compile(rf"(?:\d{{1,2}}[.)]|{_NAMED})\s+(?!(?:{MONAT})\b){_CAPITAL}")),
)
"""Chapter, paragraph of the agreement, goal, and what a goal is parted in: "I. Ziele", "§ 3 Ziele", "4. Quote", "4.1 Quote"."""
MARK = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _RANKS))
"""The number of a heading of any rank."""
ANLAGE = re.compile(_ANLAGE)
"""The heading of what is attached to an agreement: "Anlage 1: Zielwerte", and no sentence that begins so."""
ABSATZ = re.compile(r"\((?P<number>\d{1,2})[a-z]?\)\s")
"""The number of an Absatz: "(2) ", "(2a) "."""
OF_LAW = re.compile(rf"§\s?\d|{ABSATZ.pattern}")
"""The number of a paragraph of the agreement or of its Absatz: what no signature has."""
SECTION_MISREAD = re.compile(r"[§8$]\s?\d{1,2}\s+[A-ZÄÖÜ]")
"""The heading of a paragraph of the agreement, as a reader of a scan may have its sign: "8 3 Ziele"."""
_STROKES = r"[IVXl1|!]{1,5}"
CHAPTER_MISREAD = re.compile(rf"{_STROKES}\.\s+(?=[A-ZÄÖÜ])")
"""The number of a chapter, as a reader of a scan may have its strokes: "Il. Ziele"."""
ROMAN_MISREAD = re.compile(rf"({_STROKES})\.")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NUMBER = re.compile(r"(?:(?:Ziel|Kennzahl|Ziffer)\s+)?(?:\d{1,2}\.)*(?P<number>\d{1,2})(?:[.):]|\s?[–-])?\s+")
"""What stands before the title of a goal, with the numbers of what it is in: "4. ", "3.4 ", "Ziel 4: "."""
ROMAN = re.compile(r"(?P<number>[IVX]{1,5})[.)]\s+(?=\S)")
"""The number of a chapter, or of a goal, in Roman numerals."""
LETTER = re.compile(r"(?P<within>)(?P<number>[A-H])[.)]\s+(?=[A-ZÄÖÜ])")
DECIMAL = re.compile(r"(?P<within>\d{1,2})\.(?P<number>\d{1,2})\.?\s+(?=[A-ZÄÖÜ])")
"""The letter of a chapter; the number of what is counted within another."""
BARE = re.compile(rf"\d{{1,2}}\s+{_CAPITAL}")
"""The number of a chapter without a mark: "1 Grundsätze"; other lines begin so, too."""
GOAL = re.compile(r"(?:(?:Ziel|Kennzahl)\s+)?(?P<number>\d{1,2})(?:[.):]|\s?[–-])\s")
"""The number of a goal alone."""
LIKE_A_GOAL = re.compile(r"(\d{1,2})\.\s+(?=[A-ZÄÖÜ])")
"""How the heading of a goal begins, and hardly a sentence."""
BEFORE_GOALS = r"(?:[IVX]+\.\s+|§\s*\d+\s+|\d+\.\s+)?"
"""What may stand before the title of the chapter on the goals, as part of a pattern."""
SHORT_LINE = re.compile(r"§\s*\d|[IVX]+\.|\d+\.\s")
"""How a heading begins that is set like text; a number alone begins other lines, too: "5 Personen"."""
HEAVY_LINE = re.compile(rf"§\s*\d|[IVXLC]+\.\s|\d+(?:\.\d+)*[.)]?\s|[A-H][.)]\s|(?:Artikel|Ziffer)\s+\d|{_NAMED}\s")
"""How a heading begins that is set in bold letters."""
KINDS = (re.compile(r"[IVX]+\.\s"), re.compile(r"§"), re.compile(r"\d"))
"""The kinds of numbers by which headings of one size differ in level."""
ITEM = re.compile(r"\(?\d{1,2}[.)]|\(?[a-z]\)|[IVX]{1,5}\.|\d{1,2}(\.\d{1,2})+\.?")
"""A word that may be the number of a heading, an Absatz or an item: "(2)", "a)", "4.", "4.1"."""
LIST_ITEM = re.compile(r"\d{1,2}[.)]|[a-z]\)")
"""The number of an item of a list alone."""
_TOUCHES = r"(?=[A-ZÄÖÜ„])"
STEP = re.compile(rf"(?:\d{{1,2}}[.)]|[a-z]\)|[-–—•])\s+|[-–—•·▪●]{_TOUCHES}")
"""What stands before an item of a list that was typed as text."""
BULLETS = frozenset("-–—•·▪◦‣●○■□*➢✓⁃∙o")
"""Signs that pages have before items."""
TYPED_BULLET = re.compile(rf"\s*([-–—•·▪●○‣*])(?:\s+(?=\S)|(?<!\*){_TOUCHES})")
"""A sign that people type before an item; one that looks like a box, or ticks it, says more."""
TOUCHING_BULLET = re.compile(rf"[-–—•·▪●○‣◦]{_TOUCHES}")
"""A sign before an item that touches its first word: "-Saisonale Beschäftigung"."""


def goal_number(text: str) -> tuple[int, int] | None:
    """The number of a goal, and where its title begins."""
    if found := NUMBER.match(text):
        return int(found["number"]), found.end()
    roman = ROMAN.match(text)
    return (ROMANS.index(roman["number"]) + 1, roman.end()) if roman and roman["number"] in ROMANS else None


def names_what_it_counts(text: str) -> bool:
    """Whether the number of a heading says that it counts goals: "Ziel 4:"."""
    return bool(re.match(_NAMED, text))


def rank_of(text: str) -> int | None:
    """How deep the number of a heading is, 0 for a chapter; None without a number."""
    return next((rank for rank, pattern in _RANKS if pattern.match(text)), None)
