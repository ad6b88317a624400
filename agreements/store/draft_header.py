"""The remarks at the top of a draft's file: what is still to be done, which is said no more once the agreement is signed."""

from __future__ import annotations

from itertools import takewhile

BEGINS = "Entwurf für "
_REMARKS = (
    BEGINS,
    "Alle Angaben sind offen (null).",
    "Was diese Vereinbarung nicht enthalten soll, ",
    "Werte, Daten und Unterzeichnende sind offen (null);",
    "Texte sind aus ",
    "Gelesen aus ",
    "Übernommen sind nur die Angaben, ",
    "Stillgelegte Prüfregeln gelten neu: ",
    "Im Wortlaut vorgesehen, ",
    "Nicht übernommen: ",
    "Lässt sich so noch nicht drucken: ",
)
"""What a draft says of itself, each by its beginning; a line that somebody has written there begins otherwise."""


def without_draft_header(text: str) -> str:
    """The text of a record's file without what its draft said of itself; what a person has written at the top stays."""
    lines = text.splitlines(keepends=True)
    if not lines or not lines[0].startswith(f"# {BEGINS}"):
        return text
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    kept = [line for line in head if not line.removeprefix("# ").startswith(_REMARKS)]
    rest = lines[len(head) :]
    while not kept and rest and not rest[0].strip():
        rest = rest[1:]
    return "".join((*kept, *rest))
