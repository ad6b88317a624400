"""What one agreement says: its Angaben, their types, and the names by which everybody calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from agreements.model.akte import Abweichung as Abweichung
from agreements.model.akte import Akte as Akte
from agreements.model.akte import Fundstelle as Fundstelle
from agreements.model.akte import Quelle as Quelle
from agreements.model.values import FORESEEN, OFFEN, Absaetze, Angabenmodell, Euro, Jahr, Offen, Text, Wortfolge, Zahl

# ---------------------------------------------------------------- targets

Richtung = Literal["steigt", "sinkt", "gleich", "betraegt"]
Schranke = Literal["mindestens", "hoechstens", "rund"]
Einheit = Literal["prozent", "prozentpunkte", "prozent_niveau", "personen", "euro"]


class Zielwert(Angabenmodell):
    """An agreed target in its normal form: a change against a year, or a level."""

    richtung: Richtung = Field(title="Richtung")
    schranke: Schranke | None = Field(default=None, title="Schranke")
    wert: Zahl | None = Field(default=None, title="Wert")
    einheit: Einheit = Field(default="prozent", title="Einheit")
    bezug: Jahr | None = Field(default=None, title="Bezugsjahr")
    entspricht: Zielwert | None = Field(default=None, title="entspricht einem Niveau von")

    @model_validator(mode="after")
    def _is_normal(self) -> Zielwert:
        if fault := self._fault():
            raise PydanticCustomError("zielwert", "{grund}", {"grund": fault})
        return self

    def _fault(self) -> str | None:
        match self.richtung:
            case "gleich":
                if self.wert is not None or self.schranke is not None or self.einheit != "prozent":
                    return "„gleich“ hat weder Wert noch Schranke, und als Einheit prozent."
            case "steigt" | "sinkt":
                if self.wert is None:
                    return f"„{self.richtung}“ braucht einen Wert. Ist er noch offen, steht für den ganzen Zielwert null."
                if self.einheit == "prozent_niveau":
                    return (
                        f"prozent_niveau ist ein Niveau und passt nicht zu „{self.richtung}“. "
                        "Für eine Veränderung prozent oder prozentpunkte schreiben."
                    )
            case "betraegt":
                if self.wert is None:
                    return "„betraegt“ braucht einen Wert. Ist er noch offen, steht für den ganzen Zielwert null."
                if self.einheit not in ("prozent_niveau", "personen", "euro") or self.bezug is not None:
                    return "„betraegt“ nennt ein Niveau: einheit prozent_niveau, personen oder euro, und kein bezug."
        if self.entspricht is not None and self.entspricht.richtung != "betraegt":
            return "entspricht nennt ein Niveau: seine richtung ist betraegt."
        return None


class Leistungen(Angabenmodell):
    gesamt: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Summe der Leistungen zum Lebensunterhalt")


class Integrationsquote(Angabenmodell):
    gesamt: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Integrationsquote")
    frauen: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Integrationsquote der Frauen")
    maenner: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Integrationsquote der Männer")
    alleinerziehende: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Integrationsquote der Alleinerziehenden")


class Langzeitleistungsbezug(Angabenmodell):
    gesamt: Annotated[Zielwert | Offen | None, FORESEEN] = Field(default=None, title="Bestand an Langzeitleistungsbeziehenden")


class IndividuellesZiel(Angabenmodell):
    """An individually agreed goal."""

    titel: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Titel")
    ziel: Annotated[Absaetze | Offen | None, FORESEEN] = Field(default=None, title="Ziel")
    schritte: Annotated[Absaetze | Offen | None, FORESEEN] = Field(default=None, title="Umsetzungsschritte")
    erreicht_wenn: Annotated[Absaetze | Offen | None, FORESEEN] = Field(default=None, title="Zielerreichung")


MOST = 99
"""What is numbered has two digits at most."""
Nummer = Annotated[int, Field(ge=1, le=MOST)]


class Ziele(Angabenmodell):
    leistungen_lebensunterhalt: Leistungen = Leistungen()
    integrationsquote: Integrationsquote = Integrationsquote()
    langzeitleistungsbezug: Langzeitleistungsbezug = Langzeitleistungsbezug()
    individuell: dict[Nummer, IndividuellesZiel] = Field(default={}, title="Ziel")


# ---------------------------------------------------------------- the rest of the agreement


class Rahmenbedingungen(Angabenmodell):
    regionale_lage: Annotated[Absaetze | Offen | None, FORESEEN] = Field(default=None, title="Regionale Lage")


class Haushalt(Angabenmodell):
    gesamtbudget_mio: Annotated[Zahl | Offen | None, FORESEEN] = Field(default=None, title="Gesamtbudget (Mio. Euro)")
    verwaltungskosten: Annotated[Euro | Offen | None, FORESEEN] = Field(default=None, title="Verwaltungskosten (Euro)")
    eingliederungsleistungen: Annotated[Euro | Offen | None, FORESEEN] = Field(default=None, title="Leistungen zur Eingliederung (Euro)")


class Ministerium(Angabenmodell):
    name: Annotated[Text | Offen, FORESEEN] = Field(title="Name")
    kurz: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Abkürzung")


class Unterschrift(Angabenmodell):
    """One signature: what stands around it; a `datum` of null is a line left blank for the pen."""

    ort: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Ort")
    datum: Annotated[date | Offen | None, FORESEEN] = Field(default=OFFEN, title="Datum")
    zusatz: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Zusatz")
    name: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Name")
    funktion: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Funktion")
    stelle: Annotated[Text | Offen | None, FORESEEN] = Field(default=None, title="Stelle")
    zustand: Literal["leer", "gedruckt", "handschriftlich", "elektronisch"] | None = Field(default=None, title="Zustand")


class Unterschriften(Angabenmodell):
    land: dict[Nummer, Unterschrift] = Field(default={}, title="Unterschrift Land")
    traeger: dict[Nummer, Unterschrift] = Field(default={}, title="Unterschrift Träger")


class Vereinbartes(Angabenmodell):
    """What can be agreed anew during the year, named as in the agreement itself."""

    rahmenbedingungen: Rahmenbedingungen = Rahmenbedingungen()
    haushalt: Haushalt = Haushalt()
    ziele: Ziele = Ziele()


class Textaenderung(Angabenmodell):
    """Words of the fixed text that an amendment replaces: `alt`, as they stand at `stelle`, by `neu`."""

    stelle: Text = Field(title="Stelle im Wortlaut")
    alt: Text = Field(title="bisherige Worte")
    neu: Text = Field(title="neue Worte")


class Aenderung(Angabenmodell):
    """What an amendment changes; it is an agreement of its own, and this is the part that makes it one."""

    nummer: Annotated[int, Field(ge=1, le=99)] = Field(title="Nummer der Änderung")
    grund: Annotated[Absaetze | Offen | None, FORESEEN] = Field(default=None, title="Anlass der Änderung")
    alt: Vereinbartes = Vereinbartes()
    """The numbers and targets that `neu` replaces: stated only where the document says otherwise than the agreement."""
    neu: Vereinbartes = Vereinbartes()
    texte: dict[Nummer, Textaenderung] = Field(default={}, title="Textänderung")


class Textblock(Angabenmodell):
    art: Literal["titelseite", "eingang", "ueberschrift", "absatz", "punkt", "text", "unterschrift"] = Field(title="Art")
    ebene: Annotated[int, Field(ge=0, le=9)] = Field(default=0, title="Ebene")
    text: Wortfolge = Field(title="Text")


class Vereinbarung(Angabenmodell):
    """One agreement: `agreements/<jahr>/<traeger>.yaml`."""

    jahr: Jahr = Field(title="Jahr")
    traeger: Annotated[str, Field(pattern="^(lk|sk|region)-[a-z]+(-[a-z]+)*$")] = Field(title="Träger")
    wortlaut: Annotated[str, Field(pattern="^[a-z]{2}/(aenderung-)?[0-9]{4}$")] | None = Field(title="Wortlaut")
    aenderung: Aenderung | None = Field(default=None, title="Änderung")
    """Only in an amendment, which states nothing else but who signs."""
    ministerien: dict[Nummer, Ministerium] = Field(default={}, title="Ministerium")
    rahmenbedingungen: Rahmenbedingungen = Rahmenbedingungen()
    haushalt: Haushalt = Haushalt()
    ziele: Ziele = Ziele()
    unterschriften: Unterschriften = Unterschriften()
    abweichungen: tuple[Abweichung, ...] = Field(default=(), title="Abweichungen vom Wortlaut")
    text: tuple[Textblock, ...] = Field(default=(), title="Text")
    akte: Akte = Akte()

    @model_validator(mode="after")
    def _has_one_text(self) -> Vereinbarung:
        if self.wortlaut is not None and self.text:
            raise PydanticCustomError("text_und_wortlaut", "text steht nur, wo wortlaut null ist. Eines von beiden entfernen.")
        return self

    @model_validator(mode="after")
    def _changes_or_agrees(self) -> Vereinbarung:
        if (self.aenderung is None) == ("aenderung" in (self.wortlaut or "")):
            grund = "aenderung steht nur in einer Änderung, und deren wortlaut ist der der Änderungen, wie ni/aenderung-2024."
            raise PydanticCustomError("aenderung", "{grund}", {"grund": grund})
        if self.aenderung is None:
            return self
        stated = [name for name in Vereinbartes.model_fields if not _is_absent(getattr(self, name))]
        if stated or self.text:
            grund = f"Eine Änderung nennt unter aenderung.neu, was sich ändert. {(*stated, 'text')[0]} gehört nicht hierher."
            raise PydanticCustomError("aenderung", "{grund}", {"grund": grund})
        return self

    @property
    def kennung(self) -> str:
        """What it is called among the records of its year: "lk-emsland", its second amendment "lk-emsland-2"."""
        return f"{self.traeger}-{self.aenderung.nummer}" if self.aenderung else self.traeger


class Rahmen(Angabenmodell):
    """What is the same in all agreements of a Land and year: `agreements/<jahr>/rahmen.yaml`."""

    jahr: Jahr = Field(title="Jahr")
    land: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = Field(default=None, title="Land")
    """Which Land's; None: of whichever Land the records beside it are."""
    papiercode: bool | None = Field(default=None, title="Papiercode auf der letzten Seite")
    ministerien: dict[Nummer, Ministerium] = Field(default={}, title="Ministerium")
    unterschriften: Unterschriften = Unterschriften()


# ---------------------------------------------------------------- names


def plain(value: Any) -> Any:
    """A record or a part of it as mappings, lists, numbers, texts and None (for `OFFEN`), absent keys left out."""
    if value is OFFEN:
        return None
    if isinstance(value, Vereinbarung | Zielwert):
        kept = {"wortlaut"} if isinstance(value, Vereinbarung) else {"schranke", "wert", "bezug"}
        return {name: plain(part) for name in type(value).model_fields if not _is_absent(part := getattr(value, name)) or name in kept}
    if isinstance(value, BaseModel):
        return {name: plain(part) for name in type(value).model_fields if not _is_absent(part := getattr(value, name))}
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def _is_absent(value: Any) -> bool:
    if isinstance(value, BaseModel) and not isinstance(value, Zielwert | Unterschrift):
        return all(_is_absent(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value == () or value == {}


def effective(record: Vereinbarung, rahmen: Rahmen | None) -> Vereinbarung:
    """The record with what its year's `rahmen` states for all, wherever it does not state it itself."""
    if rahmen is None:
        return record
    ministerien = {**rahmen.ministerien, **record.ministerien}
    common, own = rahmen.unterschriften.land, record.unterschriften.land
    return _with_land(record, ministerien, {n: _over(common.get(n), own.get(n)) for n in sorted({*common, *own})})


def without_rahmen(record: Vereinbarung, rahmen: Rahmen | None) -> Vereinbarung:
    """The record without what its year's `rahmen` already states: the inverse of `effective`."""
    if rahmen is None:
        return record
    ministerien = {n: own for n, own in record.ministerien.items() if own != rahmen.ministerien.get(n)}
    common, own = rahmen.unterschriften.land, record.unterschriften.land
    return _with_land(record, ministerien, {n: rest for n in own if (rest := _beyond(common.get(n), own[n])) is not None})


def _with_land(record: Vereinbarung, ministerien: dict[int, Ministerium], land: dict[int, Unterschrift]) -> Vereinbarung:
    return record.model_copy(update={"ministerien": ministerien, "unterschriften": record.unterschriften.model_copy(update={"land": land})})


def _over(common: Unterschrift | None, own: Unterschrift | None) -> Unterschrift:
    """A signature that states place, name and office stands for itself: only so can it lack the "In Vertretung" of the others."""
    if common is None or own is None:
        return own or common or Unterschrift()
    if {"ort", "name", "stelle"} <= own.model_fields_set:
        return own
    return common.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _beyond(common: Unterschrift | None, own: Unterschrift) -> Unterschrift | None:
    if common is None:
        return own
    rest = {name: value for name in Unterschrift.model_fields if (value := getattr(own, name)) != getattr(common, name)}
    if None in rest.values():
        return own
    return Unterschrift.model_construct(set(rest), **rest) if rest else None
