"""The rule on spelling: what it knows, what it finds, and that a folder may have words of its own."""

from __future__ import annotations

import random
from pathlib import Path

import officialese
import pytest
from cases import LIBRARY, changed, fitting, hits

from agreements.errors import UnreadableError
from agreements.library.library import open_library
from agreements.rules.spelling import field_words, is_spelled

STEP = "ziele.individuell.4.schritte.0"


def told(text: str, folder: Path | None = None) -> list[str]:
    """What is said of a text."""
    record = changed(fitting(), {STEP: text})
    found = hits("rechtschreibung", record, open_library(folder) if folder else LIBRARY)
    return [hit.grund for hit in found if hit.feld == STEP]


@pytest.mark.parametrize(("text", "said"), [
    ("Ausbau der aufsuchneden Beratung", "„aufsuchneden“ steht nicht im Wörterbuch. Gemeint ist vielleicht „aufsuchenden“."),
    ("Verbesserung der Arbeitsmarktinegration", "„Arbeitsmarktinegration“ steht nicht im Wörterbuch."),
    ("Ein Augenmerk wird daraufgelegt", "Zu schreiben ist „darauf gelegt“."),
    ("Die Beratung am arbeitsmarkt", "„arbeitsmarkt“ steht nicht im Wörterbuch."),
    ("Eingliederungmittel planen", "„Eingliederungmittel“ steht nicht im Wörterbuch."),
])  # fmt: skip
def test_a_misspelt_word_is_told_with_what_is_meant(text: str, said: str) -> None:
    (found,) = told(text)
    assert found.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "Ausbau der Integrationsfachkräfteschulung",
        "Social-Media-Auftritte der JBA in den BBSen",
        "Beratungs- und Integrationsprozesse",
        "Kundinnen und Kunden, Mitarbeiter/innen",
        "Gesprächsführung nach § 16i SGB II",
        "Auskunft: jobcenter@landkreis-emsland.de",
        "Ausbau niedrigschwelliger Angebote in Papenburg und Lingen",
        "rechtskreisübergreifende, wohnortnahe Teilqualifizierung",
    ],
)
def test_words_of_the_field_compounds_abbreviations_and_halves_of_words_are_known(text: str) -> None:
    assert told(text) == []


def test_a_word_is_told_once_an_agreement() -> None:
    record = changed(fitting(), {STEP: "Ausbau der Berratung", "ziele.individuell.6.schritte.0": "Mehr Berratung"})
    assert len(hits("rechtschreibung", record)) == 1


def test_a_folder_may_have_words_of_its_own(tmp_path: Path) -> None:
    assert len(told("Ausbau des Projekts Grünfix", tmp_path)) == 1
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements/woerter.txt").write_text("# Projekte\nGrünfix Blaufix  # seit 2024\n", encoding="utf-8")
    assert told("Ausbau des Projekts Grünfix", tmp_path) == []
    (tmp_path / "agreements/woerter.txt").write_bytes(b"Gr\xfcnfix")
    with pytest.raises(UnreadableError, match="Wortliste"):
        told("Ausbau des Projekts Grünfix", tmp_path)


def known(word: str) -> bool:
    return word in field_words() or is_spelled(word)


def long_words(*texts: str) -> list[str]:
    """Their words of six letters and more, each once."""
    letters = "".join(sign if sign.isalpha() else " " for text in texts for sign in f"{text} ")
    return sorted({word for word in letters.split() if len(word) > 5 and word[1:].islower()})


def test_nearly_all_slips_of_the_pen_are_found() -> None:
    chance = random.Random(4)
    words = [word for word in long_words(*officialese.LAGE, *officialese.SCHRITTE, *officialese.ZIELE) if known(word)]
    slips = [slip for word in words * 2 if (slip := _slip(word, chance)) != word]
    missed = [slip for slip in slips if known(slip)]
    assert len(slips) > 250
    assert len(missed) < 0.06 * len(slips), missed


def _slip(word: str, chance: random.Random) -> str:
    """The word with a letter too few, too many or another, or with two that changed places."""
    at = chance.randrange(1, len(word) - 1)
    forms = (word[:at] + word[at + 1:], word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at] + word[at:],
             word[:at] + chance.choice("etnirsa") + word[at + 1:])  # fmt: skip
    return chance.choice(forms)
