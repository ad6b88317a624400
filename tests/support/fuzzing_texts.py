"""Inputs of `make fuzz` that are text: records, wordings, CSV tables and calls, each drawn by its seed alone.

They begin with something of the corpus and are changed a few times: by what the notation knows (a key, a field, a cell, an option), by
values that are odd somewhere, and at last now and then by bytes. Small ones are taken far more often than whole records and wordings:
what goes wrong in a line goes wrong in a line alone, and thousands of them are tried in a minute.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from agreements.model.record import Vereinbarung
from agreements.planning.table import columns
from zv.main import COMMANDS, OTHER_NAMES

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests/proben/fuzz"
WHOLE = {"yaml": "agreements/2024/lk-emsland.yaml", "wording": "templates/ni/2024.j2"}
"""What is whole, taken one time in some."""
SELDOM = 40
ENORMOUS = 300
"""One input in so many has something of 50,000 signs: what takes time with their square takes minutes for it."""
Text = list[str]
Change = Callable[[random.Random, Text], Text]

ODD = (
    "0", "-0", "-1", "1e300", "1E-300", ".5", "5.", "1_000", "0x10", "0o17", "007", "+7", "99", "100", "9999", "10000", "20245", "²",
    "٣", "½",
    "1" * 20, "9" * 400, "9" * 5000, "0." + "1" * 18, "1" * 18 + "." + "1" * 18, "1.000", "1.000,5", "13155724", "21,9", "3,9 %", ".nan",
    "-.inf",
    "2024-02-31", "0001-01-01", "9999-12-31", "12345-01-01", "1. Februar 2024", "31.12.99999", "2024", "2005", "2099", "2100", "20240",
    "-2024",
    "null", "~", "true", "NO", "''", '""', "offen", "kein", "steigt", "steigt um höchstens 3,3 %", "ni/2024", "ni/aenderung-2024",
    "ni/99999",
    "lk-emsland", "lk-emsland-1", "sk-braunschweig", "rahmen", "LK-ÉMSLAND", "a" * 3000, "a " * 3000, "(2)", " (2) Text", "§ 3",
    "### 100. Titel",
    "Ä\u0308", "a\u0300\u0300\u0300", "\u202e", "\ufeff", "\u2028", "\u00a0", "\u0000", "\x1b[31m", "\ud7ff", "\U0001f600", "Ж", "中",
    "\ufffd", "\ue000",
    "%s", "{}", "{0}", "{nummer}", "{{ jahr }}", "{% raw %}", "{#", "../../x", "=1+1", "@SUMME(A1)", "\\", "\\ud800", "\t", " ", "",
)  # fmt: skip
"""Values that are odd somewhere: numbers, days, words and signs."""
SIGNS = tuple("\n\t \"'#:;-?&*!|>%@`{}[](),.=~\\/\r\0\x85\u2028\ufeffß\U0001f600\x1b")


# ---------------------------------------------------------------- any text


def cut(draw: random.Random, lines: Text) -> Text:
    """Some lines left out."""
    first = draw.randrange(len(lines) + 1)
    return lines[:first] + lines[first + draw.randint(1, 3) :]


def doubled(draw: random.Random, lines: Text) -> Text:
    """Some lines once more, now and then hundreds of times."""
    first = draw.randrange(len(lines) + 1)
    times = draw.choice((1, 1, 1, 2, 5, 300))
    return lines[:first] + lines[first : first + draw.randint(1, 3)] * times + lines[first:]


def swapped(draw: random.Random, lines: Text) -> Text:
    """Two lines in each other's place."""
    if lines:
        one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return lines


def moved_in(draw: random.Random, lines: Text) -> Text:
    """A line with other blanks before it."""
    if lines:
        at = draw.randrange(len(lines))
        lines[at] = " " * draw.choice((0, 1, 2, 3, 4, 8, 40)) + lines[at].lstrip()
    return lines


def with_sign(draw: random.Random, lines: Text) -> Text:
    """A line with a sign somewhere in it."""
    return within(draw, lines, draw.choice(SIGNS))


def with_odd(draw: random.Random, lines: Text) -> Text:
    """A line with an odd value somewhere in it."""
    return within(draw, lines, draw.choice(ODD))


def without_word(draw: random.Random, lines: Text) -> Text:
    """A line without one of its words, or with an odd value in its place."""
    return replaced(draw, lines, r"[^\s:;{}|]+", lambda: draw.choice(("", draw.choice(ODD))))


def within(draw: random.Random, lines: Text, more: str) -> Text:
    """A line with something put into it."""
    if lines:
        at = draw.randrange(len(lines))
        place = draw.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + more + lines[at][place:]
    return lines


def replaced(draw: random.Random, lines: Text, pattern: str, value: Callable[[], str]) -> Text:
    """A line in which something else stands for one match of a pattern."""
    if lines and (found := list(re.finditer(pattern, lines[at := draw.randrange(len(lines))]))):
        match = draw.choice(found)
        lines[at] = lines[at][: match.start()] + value() + lines[at][match.end() :]
    return lines


ANYWHERE: tuple[Change, ...] = (cut, doubled, swapped, moved_in, with_sign, with_odd, without_word)


def changed(draw: random.Random, text: str, own: Sequence[Change]) -> str:
    """A text changed a few times, by what its notation knows more often than by the rest."""
    lines = text.split("\n")
    for _ in range(draw.choice((0, 1, 1, 1, 2, 2, 3, 5, 8))):
        lines = draw.choice(own if own and draw.random() < 0.65 else ANYWHERE)(draw, lines)
    if not draw.randrange(ENORMOUS):
        lines = within(draw, lines, draw.choice(("a", "ä", "(", "„", "1", "1.", " a", "a-", ";")) * 50_000)
    return "\n".join(lines)


def as_bytes(draw: random.Random, text: str) -> bytes:
    """A text as its file has it: mostly as UTF-8, else in another coding, cut off, or with other bytes somewhere."""
    data = text.encode("utf-8", "surrogatepass")
    match draw.randrange(60):
        case 0:
            return text.encode("cp1252", "replace")
        case 1:
            return text.encode("utf-16")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return data[: draw.randrange(len(data) + 1)]
        case 4:
            return data.replace(b"\n", b"\r\n")
        case 5:
            return data.replace(b"\n", b"\r")
        case 6 | 7:
            spoilt = bytearray(data)
            for _ in range(draw.randint(1, 4) if spoilt else 0):
                spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
            return bytes(spoilt)
    return data


@cache
def corpus(kind: str) -> tuple[str, ...]:
    """What inputs of a kind begin with; what is whole stands at the end."""
    small = [path.read_text(encoding="utf-8", errors="replace") for path in sorted((CORPUS / kind).iterdir()) if path.stat().st_size < 8000]
    return (*small, *((ROOT / WHOLE[kind]).read_text(encoding="utf-8") for _ in range(kind in WHOLE)))


def begun(draw: random.Random, kind: str) -> str:
    """What an input begins with."""
    known = corpus(kind)
    return known[-1] if kind in WHOLE and not draw.randrange(SELDOM) else draw.choice(known[:-1] if kind in WHOLE else known)


# ---------------------------------------------------------------- records


@cache
def _keys() -> tuple[str, ...]:
    """The keys that a record may have, and what none may be."""
    schema = Vereinbarung.model_json_schema()
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    return (*sorted(keys), "4", "100", "0", "-1", "? x", "[a]", "{a: b}", "<<", "null", "1.5", "²")


FIELDS = (*columns(), "traeger", "jahr", "ministerien.1.name", "abweichungen.0.neu", "aenderung.nummer",
          "aenderung.neu.haushalt.verwaltungskosten",
          "aenderung.texte.1.neu", "akte.stand", "ziele.individuell", "haushalt", "rahmenbedingungen.regionale_lage.1")  # fmt: skip
"""The dotted names of Angaben, and of what is none."""


def _value(draw: random.Random, lines: Text) -> Text:
    return replaced(
        draw,
        lines,
        r"(?<=: ).+|(?<=- ).+",
        lambda: draw.choice((*ODD, "[" * 3000, "{" * 3000, "- " * 3000, "|", ">-", "&a x", "*a", "!!python/object:os.system x")),
    )


def _key(draw: random.Random, lines: Text) -> Text:
    return replaced(draw, lines, r"[\w.-]+(?=:)", lambda: draw.choice(_keys()))


def _line(draw: random.Random, lines: Text) -> Text:
    """A line of the notation's own somewhere, nested deep now and then."""
    blanks, deep = " " * draw.choice((0, 2, 4, 6)), draw.choice((1, 5, 25, 500, 3000))
    known = (f"{draw.choice(_keys())}: {draw.choice(ODD)}", f"- {draw.choice(ODD)}", f"{draw.choice(_keys())}:", "---", "...", "%YAML 1.1",
             "? " * deep, "- " * deep, "[" * deep + "]" * deep, "{" * deep, "{a: " * deep, "? " + "[" * deep, "# " + draw.choice(ODD),
             "a: |2", "a: >9", "a: &x [*x]", "<<: {a: 1}", "- - - a: b: c")  # fmt: skip
    at = draw.randrange(len(lines) + 1)
    return [*lines[:at], blanks + draw.choice(known), *lines[at:]]


def record(seed: int) -> bytes:
    """A record, or what is none any more."""
    draw = random.Random(seed)
    return as_bytes(draw, changed(draw, begun(draw, "yaml"), (_value, _value, _key, _line)))


# ---------------------------------------------------------------- wordings


def _field(draw: random.Random) -> str:
    """A field of a wording, mostly one there is, written as it may be or as it may not."""
    name = draw.choice((*FIELDS, "jahr", "traeger", "ziel.titel", "absatz", "nummer"))
    name = re.sub(r"\.(\d+)", r"[\1]", name)
    filters = ("", "euro", "mio", "millionen", "datum", 'datum("kurz")', 'zielwert("jahr")', "zielwert", 'zahl("x")', 'worte("x")',
               "name", "dativ",
               "nominativ | satzanfang", 'stelle("land")', "zusatz", "funktion", "fundstelle", "upper", "default(1)",
               "zahl(x)")  # fmt: skip
    odd = (f"{name} - {draw.choice(ODD)}", f"{name}({draw.choice(ODD)})", "jahr - 1", "jahr + 99999", f"jahr + {'9' * 5000}",
           f"{name}[{draw.choice(ODD)}]",
           "(" * 500 + name + ")" * 500, "[" * 3000, "not " * 3000 + name, "-" * 3000 + "1", name + ".a" * 3000, name + "|euro" * 3000,
           repr(draw.choice(ODD)),
           f"{name} if x else y", "loop.index", "self", "{}.__class__", '"\\ud800"', "'{{'", "1" * 5000, "x" * 5000)  # fmt: skip
    said = draw.choice(odd) if not draw.randrange(3) else " | ".join(filter(None, (name, draw.choice(filters))))
    return f"{{{{ {said} }}}}"


def _statement(draw: random.Random, lines: Text) -> Text:
    """A statement, a mark or a field on a line of its own; several in each other now and then."""
    feld = re.sub(r"\.(\d+)", r"[\1]", draw.choice(FIELDS))
    deep = draw.choice((1, 1, 1, 2, 30, 400))
    numbered = (
        f"{{% for nummer, ziel in ziele.individuell.items() if nummer >= {draw.choice(('4', '6', '0', '-1', '100', '9' * 5000, 'x'))} %}}"
    )
    opened = draw.choice(
        (f"{{% if {feld} %}}", "{% for absatz in rahmenbedingungen.regionale_lage %}", numbered, "{% for a in b recursive %}", "{% raw %}")
    )
    closed = draw.choice(("{% endif %}", "{% endfor %}", "{% endraw %}", "{% else %}", ""))
    known = ("::: titelseite", "::: eingang", "::: unterschriften", ":::", ":::: x", "+++", "", " ", "# I. Ziele", "## § 3 Ziele", "##",
             "# ", "### 100. Titel", "- ",
             " (2) Text", "(2) Text", "(100) Text", "(2a) Text", "### {{ nummer }}. {{ ziel.titel }}", _field(draw),
             f"Text {_field(draw)} Text",
             f"{_field(draw)} {_field(draw)}", "{% set x = 1 %}", "{% include 'x' %}", "{% macro x() %}{% endmacro %}", "{%", "{{",
             "{# x", "#}", "{%- if x -%}")  # fmt: skip
    at = draw.randrange(len(lines) + 1)
    if draw.randrange(3):
        return [*lines[:at], draw.choice(known), *lines[at:]]
    end = draw.randint(at, len(lines))
    return [*lines[:at], *[opened] * deep, *lines[at:end], *[closed] * deep, *lines[end:]]


def _otherwise(draw: random.Random, lines: Text) -> Text:
    """Another field for one there is."""
    return replaced(draw, lines, r"\{\{.*?\}\}", lambda: _field(draw))


def wording(seed: int) -> bytes:
    """A wording, or what is none any more."""
    draw = random.Random(seed)
    return as_bytes(draw, changed(draw, begun(draw, "wording"), (_statement, _statement, _otherwise)))


# ---------------------------------------------------------------- tables


def _heading(draw: random.Random) -> str:
    return draw.choice(
        (*columns(), "Träger", "AGS", "Jahr", "Größe", "Wert", "Integrationsquote: Wert", "2024: Verwaltungskosten", "20245: x", *ODD)
    )


def _column(draw: random.Random, lines: Text) -> Text:
    """Another column, its heading known or odd."""
    return [f"{line}{draw.choice(';,')}{draw.choice(ODD) if number else _heading(draw)}" for number, line in enumerate(lines)]


def _cell(draw: random.Random, lines: Text) -> Text:
    odd = draw.choice(ODD)
    return replaced(draw, lines, r'[^;"]+', lambda: draw.choice((odd, odd, f'"{odd}"', f'="{odd}"', f"'{odd}", _heading(draw), f'"{odd}')))


def _row(draw: random.Random, lines: Text) -> Text:
    names = ("Landkreis Emsland", "lk-emsland", "03454", "3454", "Emsland", "Summe", "Osterode", "Landkreis Göttingen", *ODD)
    return [*lines, ";".join([draw.choice(names), *(draw.choice(ODD) for _ in range(draw.choice((0, 1, 2, 3, 300))))])]


def _parted_otherwise(draw: random.Random, lines: Text) -> Text:
    return [line.replace(";", draw.choice((",", "\t", "|", ";;"))) for line in lines]


def table(seed: int) -> bytes:
    """A CSV table, or what is none any more."""
    draw = random.Random(seed)
    return as_bytes(draw, changed(draw, begun(draw, "csv"), (_cell, _cell, _row, _column, _parted_otherwise)))


# ---------------------------------------------------------------- calls

OPTIONS = ("--alle", "--jahr", "--nach", "--format", "--ordner", "--kuerzel", "--nimm", "--lehne", "--schritt", "--liste", "--einfuegen",
           "--ersetzen", "--entfernen",
           "--verschieben", "--ab", "--regeln", "--ohne", "--vorlage", "--endgueltig", "--word", "--grund", "--lesefehler", "--tag",
           "--am", "--name", "--ags",
           "--anders", "--help", "-h", "--version", "--", "-", "--ende-nach", "--ja", "--ganz", "--gemeinsam", "--x", "--jahr=²",
           "--format=")  # fmt: skip
WHERE = ("2024", "2024/lk-emsland", "2024/rahmen", "2024/lk-emsland-1", "2024/lk-emsland-100", "2025", "1999", "20245", "²", "2024/²",
         "2024/../x", "2024-2026", "2024–9999",
         "1000-2999", "2024/" + "a" * 300, "r.yaml", "w.j2", "t.csv", "fehlt.pdf", ".", "ordner", "ordner/x.yaml", "stumm", "kreis",
         "leer.pdf", "\udcfc.docx", "emsland",
         "peine", "Größe.pdf", "a" * 300, "r.yaml/x", "")  # fmt: skip
SERVES = ("arbeitsplatz",)
"""Not called: it serves until it is told to end."""


def call(seed: int) -> list[str]:
    """The words of a call."""
    draw = random.Random(seed)
    known = [name for name in (*COMMANDS, *OTHER_NAMES) if name not in SERVES]
    words = [draw.choice(known)] if draw.randrange(12) else [draw.choice((*ODD, *OPTIONS))]
    if words[0] in ("wortlaut", "land"):
        words.append(draw.choice(("lerne", "pruefe", "durchsicht", "anlegen", "x")))
    more = (*FIELDS, "Verwaltungskosten", "Integrationsquote", "abweichung", "titel", "1,3-5", "1-", "9-1", "he", "ni", "1-" + "9" * 20)
    for _ in range(draw.choice((0, 1, 1, 2, 2, 3, 3, 4, 6))):
        words.append(draw.choice(draw.choice((WHERE, WHERE, OPTIONS, ODD, more))))
    return [word.replace("\0", "") for word in words]  # which no call can hold
