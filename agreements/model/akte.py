"""What belongs to a record beside its Angaben: where it departs from its wording, and its akte, which no document says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

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


class Fundstelle(Angabenmodell):
    """Where a value was read in the document, how surely, and as what."""

    seite: Annotated[int, Field(ge=1)] | None = Field(default=None, title="Seite")
    sicherheit: Annotated[Zahl, Field(le=1)] | None = Field(default=None, title="Sicherheit")
    gelesen: str | None = Field(default=None, title="gelesen als")


class Akte(Angabenmodell):
    """What the document does not say."""

    quelle: Quelle | None = Field(default=None, title="Quelle")
    lesart: Lesart | None = Field(default=None, title="Lesart")
    """How the record was read; None: it was written."""
    stand: Literal["entwurf", "versandt", "unterzeichnet"] | None = Field(default=None, title="Stand")
    uebernommen: dict[str, Jahr] = Field(default={}, title="übernommen aus dem Jahr")
    nachverfolgt: dict[str, str] = Field(default={}, title="in Word nachverfolgt geändert")
    """What stood in a Word file before changes that were tracked and not accepted."""
    geprueft: dict[str, str] = Field(default={}, title="geprüft")
    stillgelegt: dict[str, str] = Field(default={}, title="stillgelegte Prüfregeln")
    signatur: tuple[dict[str, str], ...] = Field(default=(), title="elektronische Signaturen")
    fundstellen: dict[str, Fundstelle] = Field(default={}, title="Fundstellen")
