"""Rules on cross references: a § , Absatz or number that does not exist, or is not what the words say it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agreements.language.numbering import ABSATZ
from agreements.language.sentences import sentences
from agreements.language.tokens import around
from agreements.model.document import Block
from agreements.rules.case import Case, Hit

_NUMBERS = r"\d+(?:(?:\s*,\s*|\s+und\s+|\s+bis\s+|\s*[–-]\s*|\s+oder\s+)\d+)*"
_REFERENCE = re.compile(
    rf"§\s*(?P<section>\d+)(?P<letter>\s?[a-z]\b)?(?:\s+(?:Abs\.|Absatz)\s*(?P<absatz>\d+))?(?:\s+(?:Satz|S\.)\s*\d+)?"
    rf"(?:\s+(?:Nr\.|Nummern?|Nrn\.)\s*(?P<numbers>{_NUMBERS}))?"
)
_GOAL = re.compile(rf"\bZiel(?:en|e|s)? (?:Nr\. |Nrn\. |Nummern? )?(?P<numbers>{_NUMBERS})(?![.,]?\d|\s*[%€]|\s+[A-ZÄÖÜ])")
"""Not what is counted behind it: "Ziel 60 Personen"."""
_OF_A_LAW = re.compile(
    r"\s*(?:(?:Abs\.|Absatz|Satz|S\.|Nr\.|Nummer|Buchst\.|Halbsatz)\s*\w+\s*)*(?:ff?\.\s*)?"
    r"(?:(?:SGB|BGB|GG|VO|AGG|NKomVG|NBGG|LHO|BHO|Nds|AG|Verordnung|Gesetz|Sozialgesetz\w*|Bundes\w+gesetz\w*)\b|[A-ZÄÖÜ]\w*[a-zäöü]?G\b|[A-ZÄÖÜ]\w*V\b"
    r"|(?:des|der|vom|zum)\s+(?:\S+\s+){0,5}?(?:\S*[Gg]esetz\w*|\S*[Bb]uch\w*|\S*[Vv]erordnung\w*))"
)
"""What follows a citation of a law; one of the agreement has none."""
_FEW = 9
"""Agreements have three or four §§: what names a higher one without its law means the SGB II."""


@dataclass(slots=True)
class Outline:
    """What a document has that may be referred to: §§, their Absätze, their numbered goals and what these are."""

    absaetze: dict[int, set[int]] = field(default_factory=dict)
    goals: dict[int, set[int]] = field(default_factory=dict)
    individual: set[int] = field(default_factory=set)
    targets: set[int] = field(default_factory=set)
    """Numbers of goals that agree on a target value."""


def outline(case: Case) -> Outline:
    """The outline of a document by its headings, the kinds of goals by the values printed below them."""
    found = Outline()
    section = goal = 0
    for block in case.document.blocks if case.document else ():
        if block.art == "ueberschrift":
            section, goal = _heading(block, section, found)
        elif block.art == "absatz" and (number := ABSATZ.match(block.text)):
            found.absaetze.setdefault(section, set()).add(int(number[1]))
            goal = 0
        if goal:
            _kinds(block, goal, found)
    found.individual |= {number for numbers in found.goals.values() for number in numbers} & set(case.record.ziele.individuell)
    return found


def _heading(block: Block, section: int, found: Outline) -> tuple[int, int]:
    """The section and goal that a heading opens."""
    if opening := re.match(r"§\s*(\d+)", block.text):
        found.absaetze.setdefault(int(opening[1]), set())
        found.goals.setdefault(int(opening[1]), set())
        return int(opening[1]), 0
    if section and (number := re.match(r"(\d+)\.\s", block.text)):
        found.goals[section].add(int(number[1]))
        return section, int(number[1])
    return (0, 0) if re.match(r"[IVX]+\.", block.text) else (section, 0)


def _kinds(block: Block, goal: int, found: Outline) -> None:
    for span in block.spans:
        feld = span.feld or ""
        if feld.startswith("ziele.individuell."):
            found.individual.add(goal)
        elif feld.startswith("ziele."):
            found.targets.add(goal)


def cross_references(case: Case) -> Iterator[Hit]:
    """A reference within the agreement that leads nowhere, or not to what its sentence names."""
    known = outline(case)
    if not known.absaetze:
        return
    for passage in case.passages:
        for start, stop in sentences(passage.text):
            sentence = passage.text[start:stop]
            for at, end, reason in (*_of_sections(sentence, known), *_of_goals(sentence, known)):
                words = around(passage.text, start + at, start + end)
                yield Hit(words, reason, passage.feld, passage.zeile, stelle=passage.stelle)


def _of_sections(sentence: str, known: Outline) -> Iterator[tuple[int, int, str]]:
    for found in _REFERENCE.finditer(sentence):
        section = int(found["section"])
        if found["letter"] or section > _FEW or _OF_A_LAW.match(sentence, found.end()):
            continue
        reason = _section_fault(found, section, known) or _numbers_fault(found["numbers"], sentence, known.goals.get(section, set()), known)
        if reason:
            yield found.start(), found.end(), reason


def _of_goals(sentence: str, known: Outline) -> Iterator[tuple[int, int, str]]:
    existing = {number for numbers in known.goals.values() for number in numbers}
    for found in _GOAL.finditer(sentence) if existing else ():
        missing = sorted(_expanded(found["numbers"]) - existing)
        if missing:
            yield found.start(), found.end(), f"Ein Ziel mit der Nummer {_listed(missing)} gibt es in der Vereinbarung nicht."


def _section_fault(found: re.Match[str], section: int, known: Outline) -> str | None:
    if section not in known.absaetze:
        return f"Einen § {section} gibt es in der Vereinbarung nicht."
    if found["absatz"] and int(found["absatz"]) not in known.absaetze[section]:
        return f"§ {section} hat keinen Absatz {found['absatz']}."
    return None


def _numbers_fault(numbers: str | None, sentence: str, existing: set[int], known: Outline) -> str | None:
    """What is wrong with the numbers of goals that a sentence names."""
    if not numbers or not existing:
        return None
    named = _expanded(numbers)
    if missing := sorted(named - existing):
        return f"Eine Nr. {_listed(missing)} gibt es dort nicht."
    if re.search(r"\bindividu(?:ell|alisiert)", sentence) and known.individual and named != known.individual:
        return f"Individuell vereinbart sind dort Nr. {_listed(sorted(known.individual))}."
    if re.search(r"\bZielwert", sentence) and known.targets and (without := sorted(named - known.targets)):
        return f"Für Nr. {_listed(without)} ist kein Zielwert vereinbart."
    return None


def _expanded(numbers: str) -> set[int]:
    """Every number that a list names: "1 bis 3" are 1, 2 and 3."""
    found: set[int] = set()
    for part in re.split(r"\s*,\s*|\s+und\s+|\s+oder\s+", numbers):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found.update(range(ends[0], ends[-1] + 1) if ends[-1] - ends[0] < 100 else ends)
    return found


def _listed(numbers: list[int]) -> str:
    said = [str(number) for number in numbers]
    return " und ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
