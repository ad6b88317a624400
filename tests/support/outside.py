"""The outside half of `make treffer`: what is read of documents that no part of zv has made. Not a test.

    outside.py [FOLDER] --make     makes documents there, reads them, and tells what became of them
    outside.py [FOLDER]            reads those that lie there once more
    outside.py --table FILE.json   the table of the handbook, from the report of a run

Truth lies beside each document. An Angabe that a pen has changed has but one right answer, a flag; a day that a pen has written may be
flagged. Exit code 1 where anything is silently wrong or reading crashed, 2 where it was interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from outside_marks import CHANGED
from rich.console import Console
from rich.table import Table
from round_trip import ROOT
from treffer import KINDS, PROCESSES, Case, Goal, Truth, Value, cases_of, values_read
from uncalibrated import Read, read_all

from agreements.errors import ZvError
from extract.confidence.calibration import share

BESIDE = ROOT / ".venv" / "beside"
"""Where `make treffer` puts what only the making of these documents needs."""
Sort = Literal["plain", "day", "changed"]
"""What an Angabe is: printed; a day written by a pen; changed by a pen, so that only a flag is right."""
SORTS: tuple[Sort, ...] = ("plain", "day", "changed")
BOUNDS = (0.0, 0.5, 0.9, 0.95, 0.98, 1.01)
"""Of the bins of confidence."""
ENOUGH = 1000
"""Angaben of a bin that is held against what it says: of fewer chance alone moves the share by points."""


@dataclass(slots=True)
class Outcome:
    """What became of one document."""

    name: str
    kind: str
    seed: int
    dpi: int
    error: str = ""
    values: dict[Sort, list[Value]] = field(default_factory=lambda: {sort: [] for sort in SORTS})
    marks: dict[str, str] = field(default_factory=dict)
    """How a pen has changed an Angabe."""
    seconds: float = 0.0


def outcome_of(path: Path, read: Read) -> Outcome:
    """What became of a document, by the truth that lies beside it."""
    truth_of = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    truth = {feld: want for feld, want in truth_of.items() if not feld.startswith("_")}
    outcome = Outcome(path.stem, truth_of["_kind"], truth_of["_seed"], truth_of["_dpi"], marks=truth_of["_changed"], seconds=read.seconds)
    outcome.error = read.error
    if isinstance(read.said, ZvError):
        values: Iterable[Value] = [Value(feld, "flagged", want, None, None, read.error, None, None) for feld, want in truth.items()]
    else:
        values = values_read(Truth(outcome.name, truth["traeger"], b"", truth, {}, None), read.said)
    for value in values:
        outcome.values["changed" if value.want == CHANGED else "day" if value.feld in truth_of["_by_hand"] else "plain"].append(value)
    return outcome


def outcomes_of(paths: Sequence[Path]) -> Iterator[Outcome]:
    """What becomes of each document, in the order they end; each is read in a process of its own, within the program's limits."""
    for path, read in read_all(paths, PROCESSES):
        yield outcome_of(path, read)


# ---------------------------------------------------------------- the report


class Row(NamedTuple):
    """Some documents taken together: how many Angaben of each sort came out how."""

    name: str
    documents: int
    counts: dict[Sort, dict[str, int]]
    unflagged: float | None
    """Part of the printed Angaben outside the signature block that were right and not flagged; None without any."""
    needless: float | None
    """Needless flags among 100 printed Angaben."""

    @property
    def silent(self) -> int:
        """Angaben of any sort that are silently wrong."""
        return sum(counts.get("silent", 0) for counts in self.counts.values())


def row(name: str, outcomes: Sequence[Outcome]) -> Row:
    """The sums over some documents."""
    counts = {sort: dict(Counter(str(value.kind) for one in outcomes for value in one.values[sort])) for sort in SORTS}
    plain = [value for one in outcomes for value in one.values["plain"]]
    outside = [value for value in plain if not value.feld.startswith("unterschriften.")]
    unflagged = sum(value.kind == "right" for value in outside) / len(outside) if outside else None
    needless = 100 * sum(value.kind == "right but flagged" for value in plain) / len(plain) if plain else None
    return Row(name, len(outcomes), counts, unflagged, needless)


GROUPS: dict[str, Callable[[Outcome], bool]] = {
    "200 dpi, ordinary": lambda one: one.kind in ("ordinary", "days"),
    "150 dpi, poor": lambda one: one.dpi == 150,
    "all but copier dirt, deep fold": lambda one: one.kind not in ("copier dirt", "deep fold"),
    "all": lambda one: True,
}


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """A row for each kind, then one for each group."""
    kinds = dict.fromkeys(sorted(one.kind for one in outcomes))
    return [
        *(row(kind, [one for one in outcomes if one.kind == kind]) for kind in kinds),
        *(row(name, [one for one in outcomes if belongs(one)]) for name, belongs in GROUPS.items()),
    ]


class Bin(NamedTuple):
    """Printed Angaben whose `sicherheit` lies between two bounds."""

    least: float
    most: float
    values: int
    said: float
    """The mean of what they say."""
    right: float
    """How many of them are right."""


def reliability(cases: Iterable[Case]) -> list[Bin]:
    """What printed Angaben say of themselves by the table as it is now, and how many are right."""
    rated = [(share(group, doubted, sure), right) for group, doubted, sure, right in cases]
    bins = []
    for least, most in pairwise(BOUNDS):
        inside = [(sure, right) for sure, right in rated if least <= sure < most]
        if inside:
            count = len(inside)
            bins.append(
                Bin(least, min(most, 1.0), count, sum(sure for sure, _ in inside) / count, sum(right for _, right in inside) / count)
            )
    return bins


def goals_of_bins(bins: Iterable[Bin]) -> Iterator[Goal]:
    """What bins say beside how many are right, those of too few not measured."""
    for each in bins:
        off, most_off = 100 * abs(each.said - each.right), 0.5 if each.least >= 0.98 else 2.0
        name = f"sicherheit {each.least:g} to {each.most:g}, {each.values} Angaben: points beside what it says"
        reached = off <= most_off if each.values >= ENOUGH else None
        yield Goal(name, f"{100 * each.said:.1f} said, {100 * each.right:.1f} right", f"≤ {most_off:g}", reached)


def goals(outcomes: Sequence[Outcome]) -> list[Goal]:
    """Every figure that must hold, beside its goal."""
    by_name = {each.name: each for each in rows(outcomes)}
    every = by_name["all"]
    sums = {sort: sum(every.counts[sort].values()) for sort in SORTS}
    found = [Goal("silently wrong", str(every.silent), "≤ 3, then 0", every.silent == 0)]
    found += [Goal(name, str(count), f"≥ {least}", count >= least) for name, count, least in
              (("documents", every.documents, 120), ("Angaben", sum(sums.values()), 3000), ("pen corrections", sums["changed"], 300),
               ("handwritten days", sums["day"], 500))]  # fmt: skip
    for name, least, most in (
        ("200 dpi, ordinary", 0.97, 2.0),
        ("150 dpi, poor", 0.92, None),
        ("all but copier dirt, deep fold", 0.85, 4.0),
    ):
        unflagged, needless = by_name[name].unflagged, by_name[name].needless
        figure = "–" if unflagged is None else f"{100 * unflagged:.1f} %"
        reached = None if unflagged is None else unflagged >= least
        found.append(Goal(f"{name}: right unflagged, no signatures", figure, f"≥ {100 * least:.0f} %", reached))
        if most is not None:
            figure = "–" if needless is None else f"{needless:.1f}"
            found.append(Goal(f"{name}: needless flags in 100", figure, f"≤ {most:g}", None if needless is None else needless <= most))
    return [*found, *goals_of_bins(reliability(said(outcomes)))]


def said(outcomes: Iterable[Outcome]) -> list[Case]:
    """What the readers said of the printed Angaben."""
    return cases_of(value for one in outcomes for value in one.values["plain"])


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Prints the whole report, each Angabe that is silently wrong with its document, seed, and what it should have been."""
    table = Table(
        "kind", "docs", "Angaben", *KINDS, "unflagged", "needless", "days", "silent", "changed", "silent", title="Treffer, outside"
    )
    for each in rows(outcomes):
        if each.name == next(iter(GROUPS)):
            table.add_section()
        plain = sum(each.counts["plain"].values())
        shares = [f"{100 * each.counts['plain'].get(kind, 0) / max(1, plain):.1f} %" for kind in KINDS[:3]]
        others = [str(number) for sort in ("day", "changed") for number in
                  (sum(each.counts[sort].values()), each.counts[sort].get("silent", 0))]  # fmt: skip
        unflagged = "–" if each.unflagged is None else f"{100 * each.unflagged:.1f} %"
        needless = "–" if each.needless is None else f"{each.needless:.1f}"
        silent = str(each.counts["plain"].get("silent", 0))
        table.add_row(each.name, str(each.documents), str(plain), *shares, silent, unflagged, needless, *others)
    console.print(table)
    show_goals(goals(outcomes), console)
    for one in outcomes:
        for fault in faults(one):
            console.print(f"{one.name} (seed {one.seed}): {fault}", highlight=False, markup=False, soft_wrap=True)


def show_goals(found: Iterable[Goal], console: Console) -> None:
    """Prints figures beside their goals."""
    for goal in found:
        verdict = {True: "reached", False: "MISSED", None: "not measured"}[goal.reached]
        console.print(f"{goal.name}: {goal.figure}; goal {goal.goal}: {verdict}", highlight=False)


def faults(one: Outcome) -> Iterator[str]:
    """What of a document is wrong without a word, or why it was not read."""
    for sort in SORTS:
        for value in one.values[sort]:
            if value.kind == "silent":
                how = f" ({one.marks[value.feld]})" if value.feld in one.marks else ""
                yield f"{sort}: {value.feld}{how}: want {value.want!r}, got {value.got!r}"
    if one.error:
        yield one.error


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The report for programs: rows, bins, goals, and of each document what is not right and unflagged."""
    report = {
        "rows": [each._asdict() for each in rows(outcomes)],
        "reliability": [each._asdict() for each in reliability(said(outcomes))],
        "goals": [goal._asdict() for goal in goals(outcomes)],
        "documents": [_document(one) for one in outcomes],
        "said": said(outcomes),
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _document(one: Outcome) -> dict[str, Any]:
    values = {sort: [value._asdict() for value in values if value.kind != "right"] for sort, values in one.values.items()}
    return {**asdict(one), "values": values}


GERMAN = {
    "ordinary": "gewöhnlicher Scan, 200 dpi", "days": "Tage von Hand geschrieben", "corrections": "Zahlen von Hand geändert",
    "markup": "Textmarker, Unterstreichungen, Paraphen", "ink": "schwacher oder verlaufener Druck", "paper": "fleckiges, raues Papier",
    "tinted": "farbiges Papier", "through": "Rückseite scheint durch", "light": "Schatten, ungleiches Licht",
    "bound": "geheftet, Rand mitgescannt", "overlay": "Wasserzeichen, Streifen", "askew": "schief eingelegt, von Hand geändert",
    "spread": "zwei Seiten nebeneinander", "photo": "mit dem Telefon fotografiert", "poor": "150 dpi, stark verkleinert", "fax": "Fax",
    "copier dirt": "verschmutzter Kopierer", "deep fold": "tiefe Falten", "all": "alle",
}  # fmt: skip
"""What an official calls a kind of damage, in the order of the handbook's table."""


def table_of(report: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the table in the handbook, from the report for programs."""
    by_name = {each["name"]: each for each in report["rows"]}
    yield "| Scan | Dokumente | Angaben | richtig | zu prüfen | falsch, ohne Hinweis |"
    yield "|---|---|---|---|---|---|"
    for name, german in GERMAN.items():
        if name in by_name:
            sums = Counter[str]()
            for counts in by_name[name]["counts"].values():
                sums.update(counts)
            flagged, every = sums["flagged"] + sums["right but flagged"], sum(sums.values())
            shares = [f"{100 * part / every:.1f} %".replace(".", ",") for part in (sums["right"], flagged)]
            yield f"| {german} | {by_name[name]['documents']} | {every} | {' | '.join(shares)} | {sums['silent']} |"


# ---------------------------------------------------------------- the run


def make(folder: Path, documents: int, seed: int) -> None:
    """Makes documents in a folder that holds none but such, with the packages that lie beside the environment."""
    for old in (*folder.glob("*-*.json"), *folder.glob("*-*.pdf")):
        old.unlink()
    script = Path(__file__).with_name("outside_documents.py")
    words = [sys.executable, str(script), str(folder), "--documents", str(documents), "--seed", str(seed)]
    before = [os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else []
    subprocess.run(words, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(BESIDE), *before])})


def main() -> int:
    """Reads the documents of a folder and prints the report, of what was done until then where it is interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "out" / "outside", help="of the documents (default: %(default)s)")
    parser.add_argument("--make", action="store_true", help="empty the folder and make documents there")
    parser.add_argument("--documents", type=int, default=240, help="how many are made (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of those made; another release makes others of it (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="KIND", help="only these, by the beginning of their kind")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the report for programs")
    parser.add_argument("--table", type=Path, metavar="FILE", help="print the table of the handbook from a report")
    parser.add_argument("--bins", type=Path, nargs="+", metavar="FILE", help="print the bins of confidence of several reports together")
    args = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 170)
    if args.table:
        print("\n".join(table_of(json.loads(args.table.read_text(encoding="utf-8")))))
        return 0
    if args.bins:
        every = [case for path in args.bins for case in json.loads(path.read_text(encoding="utf-8"))["said"]]
        show_goals(goals_of_bins(reliability(every)), console)
        return 0
    if args.make:
        make(args.folder, args.documents, args.seed)
    paths = sorted(path.with_suffix(".pdf") for path in args.folder.glob(f"*-{args.only}*.json"))
    outcomes: list[Outcome] = []
    interrupted = False
    try:
        for one in outcomes_of(paths):
            outcomes.append(one)
            counts = Counter(value.kind for values in one.values.values() for value in values)
            tally = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
            found = "".join(f"; {fault}" for fault in faults(one))
            print(f"{len(outcomes)}/{len(paths)} {one.name}: {tally}{found} ({one.seconds:.0f} s)", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        interrupted = True
    outcomes.sort(key=lambda one: one.name)
    show(outcomes, console)
    if args.json:
        args.json.write_text(as_json(outcomes), encoding="utf-8")
    failed = any(each.error.startswith("crashed") for each in outcomes) or row("all", outcomes).silent
    return 1 if failed else 2 if interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
