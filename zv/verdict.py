"""How the findings of `zv pruefe` are told: on the terminal file by file, severity in words, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agreements.reading.findings import Schwere
from agreements.register.register import load_register
from agreements.rules.case import Verstoss
from agreements.rules.table import rules
from zv.checking import GRAVE, Checked, shown

FORMAT = 1
"""Changes when a reader of the JSON would have to."""
_STYLES: dict[Schwere, str] = {"fehler": "bold white on red", "warnung": "bold yellow", "hinweis": "cyan"}
_SAID: dict[Schwere, tuple[str, str]] = {
    "fehler": ("Fehler", "Fehler"), "warnung": ("Warnung", "Warnungen"), "hinweis": ("Hinweis", "Hinweise")}  # fmt: skip


# ---------------------------------------------------------------- the terminal


def show(results: Sequence[Checked], least: Schwere, console: Console) -> None:
    """Every file with its findings from a severity on, records first, then what they have in common; a line on all.

    Of many records the hints that several have are told by their rule, each sentence once with the places.
    """
    told = GRAVE[: GRAVE.index(least) + 1]
    grouped = _grouped(results) if "hinweis" in told else {}
    common: dict[Path, dict[Verstoss, list[Checked]]] = {}
    for result in results:
        _show_record(result, told, grouped, console)
        for each in result.pruefung.verstoesse:
            if each.datei != result.path and each.schwere in told:
                common.setdefault(each.datei, {}).setdefault(each, []).append(result)
    for rule, hints in grouped.items():
        _show_group(rule, hints, console)
    for datei, found in common.items():
        _show_common(datei, found, results, console)
    console.print(f"\n{summary(results)}", markup=False, soft_wrap=True)


_MANY = 3
"""Records from which on hints are told by rule: two are read side by side."""
_MOST = 5
"""Sentences of a rule that are told; which records have more is said."""
_Hints = Sequence[tuple[Path, Verstoss]]


def _grouped(results: Sequence[Checked]) -> dict[str, _Hints]:
    """The hints in the records' own files that are told together, by rule: those of rules that have something to say of several."""
    if len(results) < _MANY:
        return {}
    found: dict[str, list[tuple[Path, Verstoss]]] = {}
    for result in results:
        for each in result.pruefung.verstoesse:
            if each.schwere == "hinweis" and each.datei == result.path:
                found.setdefault(each.regel, []).append((result.path, each))
    return {rule: hints for rule, hints in found.items() if len({path for path, _ in hints}) > 1}


def _show_group(rule: str, hints: _Hints, console: Console) -> None:
    """A rule's hints in all records: how many, the remedy, and each sentence with the records and lines it is about."""
    places: dict[str, dict[str, list[int]]] = {}
    for path, each in hints:
        places.setdefault(each.grund, {}).setdefault(path.stem, []).append(each.zeile)
    concerned = {path for path, _ in hints}
    title = f": {len(hints)} Hinweise in {len(concerned)} Datensätzen → {hints[0][1].abhilfe}"
    console.print(Text.assemble("\n", (rule, "bold"), title), soft_wrap=True)
    for grund, records in [*places.items()][:_MOST]:
        said = "; ".join(f"{name} Zeile {', '.join(map(str, lines))}" for name, lines in records.items())
        console.print(f"  {grund} {said}", markup=False, soft_wrap=True)
    if rest := [*places.values()][_MOST:]:
        names = ", ".join(dict.fromkeys(name for records in rest for name in records))
        console.print(f"  … und {len(rest)} weitere, in {names}", markup=False, soft_wrap=True)


def _show_record(result: Checked, told: Sequence[Schwere], grouped: Container[str], console: Console) -> None:
    own = [each for each in result.pruefung.verstoesse if each.datei == result.path]
    state = "" if result.pruefung.failed else "in Ordnung"
    counted = _counted(own) + _also(result, own)
    console.print(Text.assemble("\n", (str(result.path), "bold"), f": {', '.join(filter(None, (state, counted)))}"), soft_wrap=True)
    _table([(each, "") for each in own if each.schwere in told and (each.schwere != "hinweis" or each.regel not in grouped)], console)
    for rule, reasons in groupby(result.pruefung.stillgelegt, key=lambda each: (each.regel, each.stillgelegt)):
        times = len(list(reasons))
        console.print(f"  stillgelegt: {rule[0]}{f' ({times}-mal)' if times > 1 else ''} – {rule[1]}", markup=False, soft_wrap=True)


def _also(result: Checked, own: Sequence[Verstoss]) -> str:
    """That there are findings in other files, where those alone are why the record is not in order."""
    elsewhere = sorted({each.datei.name for each in result.pruefung.verstoesse if each not in own and each.schwere != "hinweis"})
    return f"{', ' if own else ''}siehe {', '.join(elsewhere)}" if elsewhere else ""


def _show_common(datei: Path, found: Mapping[Verstoss, Sequence[Checked]], results: Sequence[Checked], console: Console) -> None:
    """What stands in a file that several records share, each finding once."""
    console.print(Text.assemble("\n", (str(shown(datei)), "bold"), f": gilt für mehrere Vereinbarungen, {_counted(found)}"), soft_wrap=True)
    rows = sorted(found.items(), key=lambda item: item[0].zeile)
    _table([(each, _concerned(concerned, results)) for each, concerned in rows], console)


def _concerned(concerned: Sequence[Checked], results: Sequence[Checked]) -> str:
    """Which records, where it is not all of their year."""
    years = {result.record.jahr for result in concerned if result.record}
    all_of_year = [result for result in results if result.record and result.record.jahr in years]
    return "" if len(concerned) == len(all_of_year) else f" Betrifft {', '.join(result.path.stem for result in concerned)}."


def _table(found: Sequence[tuple[Verstoss, str]], console: Console) -> None:
    if not found:
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(min_width=9, no_wrap=True)
    table.add_column(justify="right", min_width=9, no_wrap=True)
    table.add_column(overflow="fold")
    for (each, more), after in zip(found, [*(other for other, _ in found[1:]), None], strict=True):
        severity = Text.assemble("  ", (_SAID[each.schwere][0], _STYLES[each.schwere]))
        alike = after is not None and (after.regel, after.abhilfe) == (each.regel, each.abhilfe)
        table.add_row(severity, f"Zeile {each.zeile}", _sentence(each, more, with_remedy=not alike))
    console.print(table)


def _sentence(each: Verstoss, more: str, with_remedy: bool) -> Text:
    """Words, reason and remedy; the remedy is said once below findings that have it in common."""
    text = Text()
    if each.worte:
        text.append(f"„{each.worte}“\n", "bold" if each.schwere != "hinweis" else "")
    text.append(f"{each.grund}{more}")
    return text.append(f"\n→ {each.abhilfe}").append(f"  [{each.regel}]", "dim") if with_remedy else text


def _counted(found: Iterable[Verstoss]) -> str:
    """ "1 Fehler, 2 Warnungen" """
    several = list(found)
    counts = [(sum(each.schwere == schwere for each in several), _SAID[schwere]) for schwere in GRAVE]
    return ", ".join(f"{count} {names[count > 1]}" for count, names in counts if count)


def summary(results: Sequence[Checked]) -> str:
    """One line on all files, each finding of a shared file counted once."""
    found = dict.fromkeys(each for result in results for each in result.pruefung.verstoesse)
    records = f"{len(results)} {'Datensatz' if len(results) == 1 else 'Datensätze'} geprüft"
    silenced = sum(len(result.pruefung.stillgelegt) for result in results)
    return f"{records}: {_counted(found) or 'nichts gefunden'}{f', {silenced} stillgelegt' if silenced else ''}."


def show_rules(console: Console) -> None:
    """Every rule by group: name, severity, what it looks for and why."""
    for gruppe, several in groupby(rules(), key=lambda rule: rule.text.gruppe):
        console.print(Text(f"\n{gruppe}", "bold"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(min_width=20, no_wrap=True)
        table.add_column(min_width=7, no_wrap=True)
        table.add_column(overflow="fold")
        for rule in several:
            said = f"Sucht {rule.text.sucht}. {rule.text.warum} → {rule.text.abhilfe}"
            table.add_row(f"  {rule.name}", Text(_SAID[rule.text.schwere][0], _STYLES[rule.text.schwere]), Text(said))
        console.print(table)


# ---------------------------------------------------------------- JSON


def as_data(results: Sequence[Checked]) -> dict[str, Any]:
    """Everything for programs."""
    return {"format": FORMAT, "datensaetze": [_record(result) for result in results]}


def _record(result: Checked) -> dict[str, Any]:
    record = result.record
    return {
        "datei": str(result.path), "jahr": record and record.jahr, "traeger": record and record.traeger,
        "aenderung": record.aenderung.nummer if record and record.aenderung else None,
        "name": record and load_register().find(record.traeger, record.jahr).name,
        "in_ordnung": not result.pruefung.failed, "anzahl": result.counts(),
        "verstoesse": [_verstoss(each) for each in result.pruefung.verstoesse],
        "stillgelegt": [{**_verstoss(each), "stillgelegt": each.stillgelegt} for each in result.pruefung.stillgelegt],
    }  # fmt: skip


def _verstoss(each: Verstoss) -> dict[str, Any]:
    return {
        "regel": each.regel, "schwere": each.schwere, "datei": str(shown(each.datei)), "zeile": each.zeile, "feld": each.feld,
        "stelle": each.stelle or None, "worte": each.worte or None, "grund": each.grund, "abhilfe": each.abhilfe, "stilllegen": each.key,
    }  # fmt: skip


def rules_as_data() -> list[dict[str, str]]:
    """Every rule for programs."""
    return [{"regel": rule.name, **rule.text.model_dump()} for rule in rules()]
