"""The sentences of a new wording that hang on the year: listed beside it, until a person has changed or ticked each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from agreements.errors import UsageError
from agreements.files.disk import sha256, write_over
from agreements.files.opening import content
from agreements.files.validation import validated
from agreements.files.yaml_edit import change
from agreements.files.yaml_text import decode, parse
from agreements.files.yaml_write import dump
from agreements.language.sentences import sentences
from agreements.model.months import MONAT
from agreements.model.record import plain
from agreements.model.values import Angabenmodell, Text
from agreements.wording.units import Slot, Wording

HANGS: dict[str, re.Pattern[str]] = {
    "Jahr": re.compile(r"(?<![\d.,/§])(?:19|20)\d{2}(?!\d|[.,]\d)"),
    "Prognose": re.compile(r"\d+(?:,\d+)?\s?(?:%|v\. ?H\.|Prozent\w*)"),
    "Tag": re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONAT})\s?(?:\d{{4}})?"),
    "Fundstelle": re.compile(r"\b(?:BGBl|Nds\. GVBl|ABl|BAnz)\b"),
    "Haushalt": re.compile(r"Regierungsentwurf|(?:\bH|[a-z]h)aushalt\b|Kabinettsbeschluss|mittel-?[Vv]erordnung|\bM(?:io|rd)\. Euro"),
}
"""What makes a sentence hang on the year: a figure of a forecast, the basis of the budget, a citation, a day, a year that is no field."""


class Satz(Angabenmodell):
    """A sentence that hangs on the year, where it stands, on what it hangs, and when a person said that it holds for the new one."""

    stelle: Text = Field(title="Stelle im Wortlaut")
    satz: Text = Field(title="Satz")
    wegen: tuple[Text, ...] = Field(title="wovon er abhängt")
    durchgesehen: Text | None = Field(default=None, title="durchgesehen")


class Durchsicht(Angabenmodell):
    """The file beside a wording."""

    saetze: tuple[Satz, ...] = Field(title="Sätze")


HEADER = (
    "Was im Wortlaut vom Jahr abhängt. Erledigt ist ein Satz, wenn er im Wortlaut geändert ist oder hier unter durchgesehen steht,\n"
    "wer ihn wann angesehen hat."
)


def list_of(wording: Wording) -> str:
    """The text of the list beside a new wording; empty where nothing hangs on the year."""
    found = [plain(each) for each in hanging_on_year(wording)]
    return dump({"saetze": found}, header=HEADER) if found else ""


def hanging_on_year(wording: Wording) -> Iterator[Satz]:
    """The sentences of the fixed text in which something hangs on the year, in the order of the text, "…" for each field."""
    for stelle, satz in _sentences(wording):
        if wegen := tuple(name for name, pattern in HANGS.items() if pattern.search(satz)):
            yield Satz(stelle=stelle, satz=satz, wegen=wegen)


def _sentences(wording: Wording) -> Iterator[tuple[str, str]]:
    for unit in wording.units:
        for line in unit.lines:
            text = " ".join("".join("…" if isinstance(part, Slot) else part for part in line).split())
            yield from ((unit.stelle, text[start:end]) for start, end in sentences(text))


def path_beside(wording: Wording) -> Path:
    """Where the list stands."""
    return wording.datei.with_suffix(".durchsicht.yaml")


def listed(wording: Wording) -> tuple[Satz, ...]:
    """The sentences listed beside a wording, none where there is no list.

    RecordError: not of this form. UnreadableError: not to be opened.
    """
    datei = path_beside(wording)
    if not datei.exists():
        return ()
    text = decode(content(datei), datei)
    return validated(Durchsicht, parse(text, datei), datei).saetze


def not_looked_at(wording: Wording, several: Sequence[Satz]) -> tuple[Satz, ...]:
    """Those of the listed sentences that still stand there as they stood in the older wording, and that nobody has ticked."""
    there = set(_sentences(wording))
    return tuple(each for each in several if each.durchgesehen is None and (each.stelle, each.satz) in there)


def tick(wording: Wording, numbers: Sequence[int], said: str) -> None:
    """Notes at listed sentences, by their number from 1, that they hold for the new year, and who says so when.

    UsageError: no such number. ChangedError: the list was changed meanwhile. Else errors as for `listed`.
    """
    datei, count = path_beside(wording), len(listed(wording))
    if wrong := [number for number in numbers if not 1 <= number <= count]:
        raise UsageError(f"Einen Satz {wrong[0]} gibt es nicht.", datei=datei, abhilfe=f"Die Liste hat {count}.")
    data = datei.read_bytes()
    text = decode(data, datei)
    for number in numbers:
        text = change(text, ("saetze", number - 1, "durchgesehen"), said, datei)
    write_over(datei, text.encode(), sha256(data))
