"""The schema with which an editor checks and completes records: JSON Schema, its words German."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from agreements.model.record import Vereinbarung
from agreements.register.register import load_register

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(model: type[BaseModel] = Vereinbarung) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record's file, or of the file of another model (`Rahmen`)."""
    schema = _described(model.model_json_schema(schema_generator=_Generator))
    if "traeger" in schema["properties"]:
        zkt = {row.schluessel for row in load_register().rows if row.jobcenter == "zkT"}
        schema["properties"]["traeger"] |= {"enum": sorted(zkt)}
        del schema["properties"]["traeger"]["pattern"]
    if "Zielwert" in schema.get("$defs", {}):
        schema["$defs"]["Zielwert"]["allOf"] = _NORMAL_FORM
    return {"$schema": DIALECT, **schema}


class _Generator(GenerateJsonSchema):
    """Says of numbers, texts and numbered entries what a person may write in YAML."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A plain number: pydantic would take one in quotes, too, a record does not."""
        return {"type": "number", "minimum": 0}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text that may not be empty has single blanks between its words and none around them."""
        plain = super().str_schema(schema)
        return {**plain, "pattern": r"^\S+( \S+)*$"} if plain.get("minLength") else plain

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Numbered entries have numbers as keys; JSON Schema knows keys as text only."""
        plain = super().dict_schema(schema)
        if schema.get("keys_schema", {}).get("type") != "int":
            return plain
        entry = plain["additionalProperties"]
        return {"type": "object", "patternProperties": {"^[1-9][0-9]*$": entry}, "additionalProperties": False}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Only defaults that say something: an editor would write the others into the record."""
        says = isinstance(schema.get("default"), str | int)
        return super().default_schema(schema) if says else self.generate_inner(schema["schema"])


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with German descriptions in place of the docstrings, which are for programmers."""
    for name, part in (*schema.get("$defs", {}).items(), (schema["title"], schema)):
        part["description"] = _MODELS[name]
        for key, field in part["properties"].items():
            if note := _FIELDS.get(f"{name}.{key}"):
                field["description"] = note
            field.setdefault("title", _SECTIONS.get(key, key))
    return schema


_MODELS = {
    "Vereinbarung": "Eine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II. Ein Schlüssel, der fehlt: Diese Vereinbarung hat die "
    "Angabe nicht. null: vorgesehen, aber noch nicht vereinbart; gedruckt als „[… offen]“.",
    "Rahmen": "Was in allen Vereinbarungen des Jahres gleich ist.",
    "Rahmenbedingungen": "Kapitel Rahmenbedingungen.",
    "Haushalt": "Die finanziellen Rahmenbedingungen.",
    "Ziele": "Die Ziele und ihre vereinbarten Werte.",
    "Leistungen": "K1, Summe der Leistungen zum Lebensunterhalt.",
    "Integrationsquote": "K2, Integrationsquote.",
    "Langzeitleistungsbezug": "K3, durchschnittlicher Bestand an Langzeitleistungsbeziehenden.",
    "IndividuellesZiel": "Ein individuell vereinbartes Ziel.",
    "Zielwert": "Ein vereinbarter Wert: steigt oder sinkt um einen Wert, bleibt gleich, oder beträgt ein Niveau.",
    "Ministerium": "Ein Ministerium, das für das Land unterzeichnet.",
    "Unterschriften": "Die Unterschriften, von links nach rechts ab 1 nummeriert.",
    "Unterschrift": "Was um eine Unterschrift steht.",
    "Abweichung": "Wo das Dokument von seinem Wortlaut abweicht; gedruckt wird der abweichende Text.",
    "Aenderung": "Was eine Änderung während des Jahres ändert. Nur in deren Datei, zum Beispiel agreements/2024/lk-emsland-1.yaml.",
    "Vereinbartes": "Was neu vereinbart wird, mit den Namen der Vereinbarung; was hier fehlt, bleibt unverändert.",
    "Textaenderung": "Worte des festen Textes, die ersetzt werden.",
    "Textblock": "Ein Baustein des Textes einer Vereinbarung ohne bekannten Wortlaut.",
    "Fundstelle": "Wo ein Wert im eingelesenen Dokument steht.",
    "Akte": "Was nicht im Dokument steht.",
    "OffenerPunkt": "Was beim Lesen nicht sicher war und noch zu entscheiden ist; „zv offen“ nennt alle.",
    "Lesung": "Was eine Texterkennung an dieser Stelle liest.",
    "Entscheidung": "Was jemand von einem offenen Punkt entschieden hat.",
    "Quelle": "Die Datei, aus der die Angaben gelesen wurden.",
}
_SECTIONS = {
    "rahmenbedingungen": "Rahmenbedingungen",
    "haushalt": "Haushalt",
    "ziele": "Ziele",
    "leistungen_lebensunterhalt": "Leistungen zum Lebensunterhalt",
    "integrationsquote": "Integrationsquote",
    "langzeitleistungsbezug": "Langzeitleistungsbezug",
    "unterschriften": "Unterschriften",
    "akte": "Akte",
    "alt": "bisher vereinbart",
    "neu": "neu vereinbart",
}
_FIELDS = {
    "Vereinbarung.traeger": "Schlüssel des zugelassenen kommunalen Trägers im Register; alle nennt: zv traeger",
    "Vereinbarung.wortlaut": "Land und Jahr des Wortlauts (ni/2024); null: keiner bekannt, der Text steht unter text.",
    "Vereinbarung.text": "Der ganze Text, nur wo wortlaut null ist.",
    "Aenderung.nummer": "Die Änderungen einer Vereinbarung zählen ab 1.",
    "Aenderung.alt": "Nur, wo das Dokument einen anderen bisherigen Wert nennt als die Vereinbarung.",
    "Textaenderung.stelle": "Kapitel, Paragraph, Nummer oder Absatz: II, III.§2.Nr5, III.§3.1",
    "Textaenderung.alt": "Die Worte, wie sie dort stehen; sie dürfen dort nur einmal vorkommen.",
    "Rahmen.land": "Für welches Land die Datei gilt (ni); ohne Angabe für das der Datensätze daneben.",
    "Rahmen.papiercode": "true: auf der letzten Seite jeder Vereinbarung steht ein Code, an dem zv das unterschriebene Blatt erkennt.",
    "Rahmenbedingungen.regionale_lage": "Die Absätze zur Lage am regionalen Arbeitsmarkt, in ihrer Reihenfolge.",
    "Haushalt.gesamtbudget_mio": "In Mio. Euro, gerundet wie vereinbart, mit Punkt: 21.9",
    "Haushalt.verwaltungskosten": "In Euro, ohne Tausenderpunkte: 13155724",
    "Haushalt.eingliederungsleistungen": "In Euro, ohne Tausenderpunkte: 8696936",
    "Ziele.individuell": "Die individuell vereinbarten Ziele unter ihrer Nummer im Dokument: 4:, 6:",
    "IndividuellesZiel.ziel": "Die Absätze vor den Umsetzungsschritten, bis zum Satz, der sie einleitet.",
    "IndividuellesZiel.schritte": "Die vereinbarten Umsetzungsschritte, ohne Aufzählungszeichen.",
    "IndividuellesZiel.erreicht_wenn": "Die Absätze nach den Umsetzungsschritten.",
    "Zielwert.schranke": "mindestens; hoechstens („um nicht mehr als“, „maximal“); rund; null: ohne Zusatz.",
    "Zielwert.wert": "Ziffern wie geschrieben, mit Punkt: 14.0",
    "Zielwert.einheit": "prozent ist die Veränderung gegenüber dem Bezugsjahr, nicht Prozentpunkte; prozent_niveau ein Niveau.",
    "Zielwert.bezug": "Das Jahr, mit dem verglichen wird.",
    "Zielwert.entspricht": "Das Niveau, dem die Veränderung entspricht („dies entspricht einer Quote von …“).",
    "Unterschrift.datum": "Als 2024-02-01; null: freie Stelle, die von Hand ausgefüllt wird.",
    "Unterschrift.zusatz": "„In Vertretung“ oder „Im Auftrage“.",
    "Quelle.lesart": "Wie gelesen wurde: aus Text (textebene, word) oder Bild (texterkennung, gemischt).",
    "OffenerPunkt.abweichung": "Worte, die vom Wortlaut abweichen und die niemand vereinbart hat; gedruckt wird bis dahin der Wortlaut.",
    "OffenerPunkt.kasten": "Links, oben, rechts, unten; Punkte von der linken oberen Ecke der Seite.",
    "Akte.offen": "Was beim Lesen nicht sicher war und noch zu entscheiden ist.",
    "Akte.entschieden": "Was von den offenen Punkten entschieden ist, wie und wann.",
    "Akte.lesart": "In älteren Datensätzen: wie gelesen wurde, aus Text (textebene, word) oder Bild (texterkennung, gemischt).",
    "Akte.uebernommen": "Angaben, die aus einem früheren Jahr übernommen sind: Name der Angabe und Jahr.",
    "Akte.geprueft": "In älteren Datensätzen: Angaben, die jemand angesehen hat.",
    "Akte.nachverfolgt": "In älteren Datensätzen: in Word nachverfolgt geändert, Name der Angabe und was dort vorher stand.",
    "Akte.fundstellen": "In älteren Datensätzen: wo eine Zahl im Dokument steht, wie sicher sie gelesen ist (0 bis 1), wie sie lautet.",
    "Akte.stillgelegt": "Prüfregeln, die für diese Vereinbarung nicht gelten, und der Grund.",
}

_NORMAL_FORM = [
    {
        "if": {"properties": {"richtung": {"const": "gleich"}}},
        "then": {"properties": {"wert": {"const": None}, "schranke": {"const": None}, "einheit": {"const": "prozent"}}},
    },
    {
        "if": {"properties": {"richtung": {"enum": ["steigt", "sinkt"]}}},
        "then": {"properties": {"wert": {"type": "number"}, "einheit": {"not": {"const": "prozent_niveau"}}}, "required": ["wert"]},
    },
    {
        "if": {"properties": {"richtung": {"const": "betraegt"}}},
        "then": {
            "properties": {
                "wert": {"type": "number"},
                "einheit": {"enum": ["prozent_niveau", "personen", "euro"]},
                "bezug": {"const": None},
            },
            "required": ["wert", "einheit"],
        },
    },
]
"""What the model refuses as well: see `Zielwert`."""
