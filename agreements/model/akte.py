"""What belongs to a record beside its Angaben: where it departs from its wording, and its akte, which no document says."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from agreements.model.values import Angabenmodell, Jahr, Lesart, Text, Wortfolge, Zahl


class Abweichung(Angabenmodell):
    """Where a document departs from its wording; rendering prints `neu` in place of `alt`.

    `ersetzt`: `alt` becomes `neu`. `gestrichen`: `alt` goes. `eingefuegt`: behind the words `alt`, or, without them,
    as a block of its own behind `stelle`. `verschoben`: the block `stelle` stands behind the block at `neu`.
    `vorkommen` counts the words `alt` at `stelle`, or, for a block, the blocks at the place it stands behind.
    """

    stelle: Text = Field(title="Stelle im Wortlaut")
    art: Literal["ersetzt", "eingefuegt", "gestrichen", "verschoben"] = Field(title="Art")
    alt: Wortfolge | None = Field(default=None, title="Wortlaut")
    neu: Wortfolge | None = Field(default=None, title="Dokument")
    vorkommen: Annotated[int, Field(ge=1)] = Field(default=1, title="wievieltes Vorkommen an der Stelle")
    baustein: Literal["ueberschrift", "absatz", "punkt", "text"] = Field(default="text", title="Art des eingefügten Bausteins")


class Quelle(Angabenmodell):
    datei: str = Field(title="Datei")
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(title="SHA-256 der Datei")
    seiten: Annotated[str, Field(pattern=r"^\d+–\d+ von \d+$")] | None = Field(default=None, title="Seiten der Datei")
    """Where the file holds other agreements beside this one."""
    lesart: Lesart | None = Field(default=None, title="Lesart")
    """How the file was read; None: nothing of the record was read from it, or by a zv that knew no open points."""


class Fundstelle(Angabenmodell):
    """Where a value was read in the document, how surely, and as what."""

    seite: Annotated[int, Field(ge=1)] | None = Field(default=None, title="Seite")
    sicherheit: Annotated[Zahl, Field(le=1)] | None = Field(default=None, title="Sicherheit")
    gelesen: str | None = Field(default=None, title="gelesen als")


Punktart = Literal[
    "unsicher", "offen", "abweichung", "uebernommen", "nachverfolgt", "kommentar", "widerspruch", "ohne-stelle", "pruefregel"
]
"""What is still to be decided of a record. In the record itself stand those of a reading: an Angabe that was not read surely, words
that depart from the wording and that nobody has agreed to, a change tracked in Word, a comment, two places that contradict each other,
an Angabe that stands nowhere in a kept text. The others are told from what the record says: open values, texts carried over, rules."""
Entscheidungsart = Literal["bestaetigt", "berichtigt", "vereinbart", "lesefehler", "nicht-lesbar", "steht-nicht-da"]
Kennung = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]


def kennung(ort: str, art: Punktart, worte: str, sha256: str, zahl: int = 1) -> str:
    """The identifier of an open point: the same whenever the same words of the same file are doubted for the same reason.

    `ort` is the Angabe or the place in the wording, `zahl` counts points that are equal in all of this.
    """
    said = "\0".join((ort, art, worte, sha256, *((str(zahl),) if zahl > 1 else ())))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


class Lesung(Angabenmodell):
    """What one reader made of a place."""

    leser: str | None = Field(default=None, title="Leser")
    text: str | None = Field(default=None, title="Text")
    """Letter by letter, in short; None where it is not known."""
    wert: str | None = Field(default=None, title="Wert")
    """The value that it makes, in German notation; None where it makes none, or where it is a longer text."""


class OffenerPunkt(Angabenmodell):
    """A doubt of a reading that nobody has decided."""

    kennung: Kennung = Field(title="Kennung")
    art: Punktart = Field(title="Art")
    feld: str | None = Field(default=None, title="Angabe")
    stelle: str | None = Field(default=None, title="Stelle im Wortlaut")
    grund: str = Field(title="Grund")
    abweichung: Abweichung | None = Field(default=None, title="Abweichung vom Wortlaut")
    lesungen: tuple[Lesung, ...] = Field(default=(), title="Lesungen")
    """First that which the record holds."""
    sicherheit: Annotated[Zahl, Field(le=1)] | None = Field(default=None, title="Sicherheit")
    datei: str | None = Field(default=None, title="Datei")
    seite: Annotated[int, Field(ge=1)] | None = Field(default=None, title="Seite")
    kasten: tuple[Zahl, ...] = Field(default=(), title="Kasten")
    """Left, top, right and bottom, points from the top left of the page as it is shown."""
    drehung: Annotated[int, Field(gt=0, lt=360, multiple_of=90)] | None = Field(default=None, title="Drehung")
    """By how many degrees, clockwise, the page as it is shown lies turned; None: it is upright."""

    @model_validator(mode="after")
    def _has_a_box_or_none(self) -> OffenerPunkt:
        if len(self.kasten) not in (0, 4):
            raise PydanticCustomError("kasten", "kasten hat vier Zahlen: links, oben, rechts, unten.")
        return self


class Entscheidung(Angabenmodell):
    """What a person has decided of an open point."""

    kennung: Kennung = Field(title="Kennung")
    art: Punktart = Field(title="Art")
    feld: str | None = Field(default=None, title="Angabe")
    stelle: str | None = Field(default=None, title="Stelle im Wortlaut")
    abweichung: Abweichung | None = Field(default=None, title="Abweichung vom Wortlaut")
    """The departure that was decided; one that is agreed stands in `abweichungen`, too."""
    wie: Entscheidungsart = Field(title="Entscheidung")
    tag: date = Field(title="Tag")
    kuerzel: str | None = Field(default=None, title="Kürzel")


class Akte(Angabenmodell):
    """What the document does not say."""

    quelle: Quelle | None = Field(default=None, title="Quelle")
    lesart: Lesart | None = Field(default=None, title="Lesart")
    """How the record was read, where a zv wrote it that knew no open points: none of its departures are decided then."""
    stand: Literal["entwurf", "versandt", "unterzeichnet"] | None = Field(default=None, title="Stand")
    stand_am: date | None = Field(default=None, title="Tag, seit dem dieser Stand gilt")
    uebernommen: dict[str, Jahr] = Field(default={}, title="übernommen aus dem Jahr")
    nachverfolgt: dict[str, str] = Field(default={}, title="in Word nachverfolgt geändert")
    """What stood in a Word file before changes that were tracked and not accepted; now an open point."""
    geprueft: dict[str, str] = Field(default={}, title="geprüft")
    """Angaben that a person has looked at; now `entschieden`."""
    stillgelegt: dict[str, str] = Field(default={}, title="stillgelegte Prüfregeln")
    signatur: tuple[dict[str, str], ...] = Field(default=(), title="elektronische Signaturen")
    fundstellen: dict[str, Fundstelle] = Field(default={}, title="Fundstellen")
    """Where numbers were read, and how surely; now the open points tell it of those that are doubted."""
    offen: tuple[OffenerPunkt, ...] = Field(default=(), title="offene Punkte")
    entschieden: tuple[Entscheidung, ...] = Field(default=(), title="entschiedene Punkte")

    @property
    def gelesen(self) -> Lesart | None:
        """How the record was read; None: it was written."""
        return (self.quelle.lesart if self.quelle else None) or self.lesart

    @property
    def before_points(self) -> bool | None:
        """Whether a zv read the record that knew no open points; None: that is not told, as where only signatures were read."""
        if self.lesart is not None:
            return True
        return None if self.quelle and self.quelle.lesart is None else False

    @property
    def strittig(self) -> tuple[Abweichung, ...]:
        """The departures from the wording that were read and that nobody has agreed to."""
        decided = {each.kennung for each in self.entschieden}
        return tuple(each.abweichung for each in self.offen if each.abweichung is not None and each.kennung not in decided)

    def agreed(self, departure: Abweichung) -> bool:
        """Whether a person has decided that a departure is agreed."""
        return any(each.wie == "vereinbart" and each.abweichung == departure for each in self.entschieden)

    def looked_at(self, feld: str) -> bool:
        """Whether a person has looked at an Angabe and stands for it."""
        return feld in self.geprueft or any(each.feld == feld for each in self.entschieden)
