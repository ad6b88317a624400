"""The agreement of the Emsland with two amendments."""

from __future__ import annotations

import shutil
from pathlib import Path

from emsland import ROOT

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung

FIRST = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024

aenderung:
  nummer: 1
  grund:
    - Der Bundeshaushalt 2024 ist beschlossen.
  neu:
    haushalt:
      gesamtbudget_mio: 22.4
      verwaltungskosten: 13655724
    ziele:
      integrationsquote:
        frauen:
          richtung: steigt
          wert: 4.50
          bezug: 2023
      individuell:
        6:
          schritte:
            - Arbeit in regionalen Netzwerken
            - Gemeinsame Bedarfsabfrage mit den Kammern
  texte:
    1:
      stelle: III.§3.1
      alt: zweimal jährlich
      neu: dreimal jährlich

unterschriften:
  traeger:
    1:
      ort: Meppen
      datum: 2024-06-03
      name: Martin Gerenkamp
      stelle: Landkreis Emsland
"""
SECOND = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024
aenderung:
  nummer: 2
  neu:
    haushalt:
      verwaltungskosten: 13700000
  texte:
    1:
      stelle: III.§3.1
      alt: dreimal jährlich
      neu: viermal jährlich
unterschriften:
  traeger:
    1:
      ort: Meppen
      name: Martin Gerenkamp
      stelle: Landkreis Emsland
"""
NAME = "agreements/2024/lk-emsland-{}.yaml"


def office_with_amendments(tmp_path: Path) -> Path:
    """A folder with the agreement of the Emsland and two amendments to it."""
    shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024")
    for number, text in enumerate((FIRST, SECOND), 1):
        (tmp_path / NAME.format(number)).write_text(text, encoding="utf-8")
    return tmp_path


def library_of_office(office: Path) -> Library:
    return open_library(office)


def amendment(library: Library, number: int = 1) -> Vereinbarung:
    return library.effective(library.store.load((2024, f"lk-emsland-{number}")).record)


def changed(office: Path, old: str, new: str) -> Library:
    """The office with other words in its first amendment."""
    path = office / NAME.format(1)
    assert old in FIRST
    path.write_text(FIRST.replace(old, new), encoding="utf-8")
    return open_library(office)
