"""How a plan of what came back is told to people: every change by number, with what was sent, what is here, and what came."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from zv.accepting import Plan, Punkt

NOT_KEPT = "Was versandt wurde, ist nicht aufbewahrt: Verglichen ist nur mit dem Datensatz, und nichts wird zu nehmen vorgeschlagen."
"""Said of a plan that knows nothing of what was sent."""
SAME = "Das Dokument sagt dasselbe wie der Datensatz, oder was hier seit dem Versand geändert wurde."
"""Said of a document that changes nothing."""
_WIDTH = 100
_NEAR = 5
"""Words shown before and behind what is otherwise in a long text."""
_LONG = 120
_SUGGESTED = {"nehmen": "nehmen", "entscheiden": "zu entscheiden", "lehnen": "ablehnen"}
_DECIDED = {"genommen": "übernommen", "abgelehnt": "abgelehnt"}


def shown(plan: Plan, datei: Path) -> Iterator[str]:
    """The plan, and how it is carried out."""
    if plan.gesandt is None:
        yield NOT_KEPT
    for punkt in plan.aenderungen:
        yield from _point(punkt)
    if plan.bemerkungen:
        yield ""
        yield "Bemerkungen im Dokument:"
        yield from (line for text in plan.bemerkungen for line in _wrapped("  · ", text))
    yield ""
    if plan.nachverfolgt:
        yield f"Im Dokument sind {len(plan.nachverfolgt)} Änderungen nachverfolgt und nicht angenommen; einzeln zeigt sie zv lies {datei}."
    yield _summary(plan)
    if any(each.entscheidung is None for each in plan.aenderungen):
        yield f"Übernehmen: zv uebernimm {plan.datensatz} {datei} --alle, einzeln mit --nimm 1,3-5 und --lehne 2."


def done(plan: Plan, taken: Collection[int], refused: Collection[int]) -> Iterator[str]:
    """What was decided, and what is still to be."""
    for punkt in plan.aenderungen:
        if punkt.nummer in taken:
            yield from _wrapped(f"{punkt.nummer} übernommen: ", f"{punkt.name}: {_short(punkt.hier)} → {_short(punkt.gekommen)}")
        elif punkt.nummer in refused:
            yield f"{punkt.nummer} abgelehnt: {punkt.name}"
    left = [str(punkt.nummer) for punkt in plan.aenderungen if punkt.entscheidung is None]
    yield f"Noch zu entscheiden: {', '.join(left)}." if left else "Alles ist entschieden."


def _point(punkt: Punkt) -> Iterator[str]:
    suggested = _DECIDED[punkt.entscheidung] if punkt.entscheidung else _SUGGESTED[punkt.vorschlag]
    tracked = ", nachverfolgt" if punkt.nachverfolgt else ""
    yield ""
    yield f"{punkt.nummer:>3}  {punkt.name} ({suggested}{tracked})"
    for name, text in _texts(punkt).items():
        yield from _wrapped(f"     {name:<9} ", text)
    if punkt.grund:
        yield from _wrapped("     ", punkt.grund)


def _texts(punkt: Punkt) -> dict[str, str]:
    """What is to be compared; of long texts that differ in some words only these, with those around them."""
    sent, here, came = (" / ".join(each) for each in (punkt.gesandt or punkt.hier, punkt.hier, punkt.gekommen))
    two = sent == here
    if min(len(sent), len(here), len(came)) < _LONG:
        return {"bisher": here, "gekommen": came} if two else {"gesandt": sent, "hier": here, "gekommen": came}
    return {"gekommen": _marked(sent, came)} if two else {"hier": _marked(sent, here), "gekommen": _marked(sent, came)}


def _marked(old: str, new: str) -> str:
    """A text with what changed in it in brackets: "die [aktuelle → heutige] Lage am …"."""
    before, after = old.split(), new.split()
    steps = Levenshtein.opcodes(before, after)
    said: list[str] = []
    for same, several in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(several)
        gone, come = before[run[0].src_start : run[-1].src_end], after[run[0].dest_start : run[-1].dest_end]
        said.append(_around(gone, first=run[0].src_start == 0, last=run[-1].src_end == len(before)) if same else _instead(gone, come))
    return " ".join(said)


def _instead(gone: Sequence[str], come: Sequence[str]) -> str:
    if not gone:
        return f"[neu: {' '.join(come)}]"
    return f"[{' '.join(gone)} → {' '.join(come)}]" if come else f"[entfällt: {' '.join(gone)}]"


def _around(words: Sequence[str], first: bool, last: bool) -> str:
    """Unchanged words, of many only those beside a change."""
    if len(words) <= 2 * _NEAR:
        return " ".join(words)
    before, after = words[:_NEAR] if not first else [], words[-_NEAR:] if not last else []
    return " ".join([*before, "…", *after])


def _short(texts: Sequence[str]) -> str:
    text = " / ".join(texts)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1].rstrip()}…"


def _wrapped(head: str, text: str) -> Iterator[str]:
    """The text behind its head, further lines as far in."""
    yield from textwrap.wrap(text, _WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False) or [
        head.rstrip()
    ]


def _summary(plan: Plan) -> str:
    if not plan.aenderungen:
        return SAME
    names = {"nehmen": "zu nehmen", "entscheiden": "zu entscheiden", "lehnen": "am Wortlaut (abgelehnt, wenn nichts gesagt wird)"}
    open_ = [each.vorschlag for each in plan.aenderungen if each.entscheidung is None]
    told = ", ".join(f"{open_.count(each)} {name}" for each, name in names.items() if each in open_)
    number = len(plan.aenderungen)
    return f"{number} {'Änderung' if number == 1 else 'Änderungen'}" + (f": {told}." if told else ", alle entschieden.")
