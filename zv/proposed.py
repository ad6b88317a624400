"""How a plan of what came back is told to people: every change by number, with what was sent, what is here, and what came."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from zv.accepting import Plan, Punkt

_WIDTH = 100
_NEAR = 40
"""Letters shown around what is otherwise in a long text."""
_LONG = 120
_SUGGESTED = {"nehmen": "nehmen", "entscheiden": "zu entscheiden", "lehnen": "ablehnen"}
_DECIDED = {"genommen": "übernommen", "abgelehnt": "abgelehnt"}


def shown(plan: Plan, datei: Path) -> Iterator[str]:
    """The plan, and how it is carried out."""
    if plan.gesandt is None:
        yield "Was versandt wurde, ist nicht aufbewahrt: Verglichen ist nur mit dem Datensatz, und nichts wird zu nehmen vorgeschlagen."
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
    if punkt.gesandt is None or punkt.gesandt == punkt.hier:
        texts = {"bisher": punkt.hier, "gekommen": punkt.gekommen}
    else:
        texts = {"gesandt": punkt.gesandt, "hier": punkt.hier, "gekommen": punkt.gekommen}
    for name, text in zip(texts, _apart([" / ".join(each) for each in texts.values()]), strict=True):
        yield from _wrapped(f"     {name:<9} ", text)
    if punkt.grund:
        yield from _wrapped("     ", punkt.grund)


def _apart(texts: Sequence[str]) -> list[str]:
    """Long texts that differ in a few words, each only around these."""
    if min(map(len, texts)) < _LONG:
        return list(texts)
    first = max(_common(texts) - _NEAR, 0)
    last = max(_common([text[first + _NEAR :][::-1] for text in texts]) - _NEAR, 0)
    return [("…" if first else "") + text[first : len(text) - last] + ("…" if last else "") for text in texts]


def _common(texts: Sequence[str]) -> int:
    """How many letters all begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False)))


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
        return "Das Dokument sagt dasselbe wie der Datensatz, oder was hier seit dem Versand geändert wurde."
    names = {"nehmen": "zu nehmen", "entscheiden": "zu entscheiden", "lehnen": "am Wortlaut (abgelehnt, wenn nichts gesagt wird)"}
    open_ = [each.vorschlag for each in plan.aenderungen if each.entscheidung is None]
    told = ", ".join(f"{open_.count(each)} {name}" for each, name in names.items() if each in open_)
    number = len(plan.aenderungen)
    return f"{number} {'Änderung' if number == 1 else 'Änderungen'}" + (f": {told}." if told else ", alle entschieden.")
