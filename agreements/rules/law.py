"""Rules on what the law says: terms it has replaced, statutory goals that are missing, slips that are known of a wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from agreements.language.tokens import around
from agreements.model.fields import value_at
from agreements.rules.case import Case, Hit
from agreements.rules.tables import recht


def replaced_terms(case: Case) -> Iterator[Hit]:
    """A term that the law no longer has in the agreement's year."""
    for term in recht().begriffe:
        if case.jahr < term.ab:
            continue
        for passage in case.passages:
            for found in term.pattern.finditer(passage.text):
                said = f"Das Gesetz sagt heute „{term.ersatz}“" if term.ersatz else "Das Gesetz hat den Begriff ersetzt"
                words = around(passage.text, *found.span())
                yield Hit(words, f"{said} ({term.quelle}).", passage.feld, passage.zeile, stelle=passage.stelle)


def missing_goals(case: Case) -> Iterator[Hit]:
    """A statutory goal without heading, or without its target."""
    headings = [block.text for block in case.document.blocks if block.art == "ueberschrift"] if case.document else []
    for goal in recht().ziele:
        if headings and not any(re.search(rf"\b{goal.wort}", heading) for heading in headings):
            yield Hit("", f"Das Ziel „{goal.name}“ kommt im Text nicht vor.", goal.feld or "ziele")
        if goal.feld and value_at(case.record, goal.feld) is None:
            # what was read from a document without a known wording may have its value in a sentence nobody understood
            yield Hit(
                "",
                f"Für das Ziel „{goal.name}“ steht kein Zielwert im Datensatz.",
                goal.feld,
                schwere=None if case.record.wortlaut else "warnung",
            )


def known_slips(case: Case) -> Iterator[Hit]:
    """A slip listed beside the wording, where this document has it."""
    printed: dict[str, list[str]] = defaultdict(list)
    for block in case.document.blocks if case.document else ():
        printed[block.stelle].append(block.text)
    lines = {unit.stelle: unit.zeile for unit in case.wording.units} if case.wording else {}
    for slip in case.slips:
        if slip.worte in " ".join(printed[slip.stelle]):
            remedy = f"Künftig: „{slip.berichtigt}“" if slip.berichtigt else None
            yield Hit(slip.worte, slip.grund, zeile=lines[slip.stelle], stelle=slip.stelle, abhilfe=remedy)
