"""How sure the Angaben of a scan are: what was doubtful to its readers, and what does not fit together, a person must look at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from agreements.language.offices import MINISTRY_INFLECTED
from agreements.language.signatures import is_plainly
from agreements.language.tokens import shapes, shortened
from agreements.library.consistency import budget, years
from agreements.matching.evidence import Evidence
from agreements.matching.placement import UNSURE_LINE, Placed, Placing, Stray
from agreements.matching.values import UNLIKE, Values
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import SUREST, WEAKEST, Befund, Found, Location
from agreements.reading.reading import Word
from agreements.register.laender import land_with
from agreements.register.register import Traeger
from agreements.rules.tables import ministries_known
from agreements.wording.units import Node, Unit, Wording
from extract.confidence.by_absence import NAMELESS
from extract.confidence.by_ink import MINISTRY
from extract.correction.known_text import Repaired
from extract.correction.lookalikes import bare, digits, letters
from extract.correction.values import surely

MORE_GOALS = Befund("fehlt", "warnung", "Auf der fehlenden Seite stehen vielleicht weitere Ziele.", "ziele.individuell")
_SUM = ("haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen")


@dataclass(frozen=True, slots=True)
class Optical(Evidence):
    """That of a text read from a picture: what its readers were not sure of, and which pages are `missing`."""

    wording: Wording
    repaired: Repaired
    missing: tuple[Befund, ...] = ()

    def weigh(self, placing: Placing, values: Values) -> None:
        repaired = self.repaired
        for path, several in _places(placing).items():
            found = values.found.get(path)
            if found is not None:
                values.found[path] = _weighed(_by_itself(found, values), several, repaired)
        for path, doubt in tuple(_inheriting(values)):
            _flag(values, path, doubt)
        for path in repaired.written_dates:
            _written_by_hand(values, path)
        for path, said in repaired.beside_ink.items():
            _flag(values, path, Doubt("neben-tinte", worte=said))
        told = (_unparted(placing), _beside_lists(placing), self._cut_off(placing), _mixed_up(values, placing), _unknown_ministries(values))
        for path, doubt in chain(*told):
            _flag(values, path, doubt)
        for befund in values.befunde:
            if befund.art == "widerspruch" and befund.feld in values.found:
                _flag(values, befund.feld, Doubt("auch-genannt", worte=befund.text))

    def cross_check(self, values: Values, record: Vereinbarung) -> None:
        """Marks what does not fit together: the sum of the budget, the years."""
        for befund in budget(record):
            for path in _SUM:
                _flag(values, path, Doubt("summe", betrag=befund.text, erwartet=str(befund.erwartet)))
        for befund in years(record):
            _flag(values, befund.feld or "", Doubt("passt-nicht", worte=befund.text, erwartet=str(befund.erwartet)))

    def findings(self, placing: Placing, values: Values) -> tuple[Befund, ...]:
        return (*self.repaired.befunde, *self._missing(placing, values))

    def _missing(self, placing: Placing, values: Values) -> Iterator[Befund]:
        """Findings on pages that are not there, on what may have stood on them, and on signatures without a name."""
        pages = self._missing_pages(placing)
        yield from pages
        if pages:
            yield MORE_GOALS
            absent = [
                path for path in _foreseen(self.wording.body) if not any(f"{known}.".startswith(f"{path}.") for known in values.by_path)
            ]
            for feld in dict.fromkeys(path.rpartition(".")[0] if path.startswith("ziele.") else path for path in absent):
                yield Befund("fehlt", "warnung", "steht vielleicht auf einer fehlenden Seite.", feld)
        for path, found in values.found.items():
            if path.endswith(".schritte") and UNLIKE in found.doubts and f"{path.rpartition('.')[0]}.erreicht_wenn" not in values.found:
                yield Befund("fehlt", "warnung", "steht vielleicht bei den Schritten.", f"{path.rpartition('.')[0]}.erreicht_wenn")
            if path.startswith("unterschriften.") and path.endswith(".name") and found.wert is None and found.doubtful:
                yield Befund("unterschrift", "warnung", NAMELESS, path)

    def _missing_pages(self, placing: Placing) -> tuple[Befund, ...]:
        return tuple(_gone(placing)) or self.missing

    def _cut_off(self, placing: Placing) -> Iterator[tuple[str, Doubt]]:
        """Free texts beside a page that is not there."""
        for befund in self._missing_pages(placing):
            for block in placing.blocks:
                pages = {place.page for word in block.text.words for place in word.places}
                if block.unit.free and befund.location.page in (*pages, *(page - 1 for page in pages)):
                    yield block.slots[0].path, Doubt("seite-fehlt")


def _inheriting(values: Values) -> Iterator[tuple[str, Doubt]]:
    """Targets whose year may be that of a total in doubt."""
    for path, found in tuple(values.found.items()):
        total = values.found.get(f"{path.rpartition('.')[0]}.gesamt")
        doubted = total is not None and total is not found and total.doubtful
        if doubted and isinstance(found.wert, Zielwert) and found.wert.bezug != values.context.jahr - 1:
            yield path, Doubt("vergleichsjahr-unsicher")


def _written_by_hand(values: Values, path: str) -> None:
    """Says of a signature whose date was written by hand that it was; the date must be looked at."""
    if path in values.found:
        zustand = f"{path.rpartition('.')[0]}.zustand"
        values.by_path[zustand] = "handschriftlich"
        values.found[zustand] = Found(zustand, "handschriftlich", values.found[path].locations, WEAKEST)
        _flag(values, path, Doubt("von-hand"))


def _unparted(placing: Placing) -> Iterator[tuple[str, Doubt]]:
    """Lists that follow one another where no fixed text and no bullet tells what belongs to which."""
    free = [block if not block.missing and block.unit.free else None for block in placing.blocks]
    for one, other in pairwise(free):
        if one is None or other is None or one.slots[0].path == other.slots[0].path or one.unit.column:
            continue
        if not _are_told_apart(one, other, placing):
            doubt = Doubt("gehoert-noch-dazu", worte=shortened(other.text.text))
            yield from ((slot.path, doubt) for slot in (*one.slots, *other.slots))


def _beside_lists(placing: Placing) -> Iterator[tuple[str, Doubt]]:
    """Lists before or behind words that are none of the wording's: an entry, where its bullet was read as another sign."""
    for pair in pairwise(placing.items):
        lists = [item for item in pair if isinstance(item, Placed) and _is_list(item)]
        words = next((text for text in map(_more_than_foreseen, pair) if len(letters(text)) >= _ENTRY), None)
        if lists and words:
            yield lists[0].slots[0].path, Doubt("gehoert-noch-dazu", worte=shortened(words.strip()))


def _is_list(item: Placed) -> bool:
    return not item.missing and bool(item.unit.free) and item.unit.art == "punkt"


def _more_than_foreseen(item: Placed | Stray) -> str:
    """What a paragraph says that its wording does not: all of it, or what goes on behind the last fixed word."""
    if isinstance(item, Stray):
        return item.paragraph.text
    end = item.unit.parts[-1] if item.unit.parts else ""
    last = end.split()[-1] if isinstance(end, str) and end.split() else ""
    return item.text.text.rpartition(last)[2] if last and not item.missing and last in item.text.text else ""


_ENTRY = 15
"""Letters; what is shorter is dirt and no entry of a list: of 8,274 agreed steps of documents made for measuring none has fewer than 26."""


def _are_told_apart(one: Placed, other: Placed, placing: Placing) -> bool:
    """Whether bullets, or full stops at the ends, show that a list ends and another begins."""
    path = one.slots[0].path
    entries = [block for block in placing.blocks if not block.missing and block.slots and block.slots[0].path == path]
    ends = [bool(_ENDS.search(block.text.text)) for block in entries]
    stopped = bool(_ENDS.search(other.text.text))
    if stopped and not any(ends):
        return True
    return one.kinds == {"punkt"} and other.kinds == {"text"} and (stopped or any(ends))


def _mixed_up(values: Values, placing: Placing) -> Iterator[tuple[str, Doubt]]:
    """What may belong to another signature, or be another line of its own: lines lost under ink put the others in their places."""
    swapped = _signed_crosswise(values)
    for path, found in values.found.items():
        signature, _, last = path.rpartition(".")
        if not signature.startswith("unterschriften."):
            continue
        if placing.columns_swapped or swapped:
            yield path, Doubt("spalten-vertauscht")
        elif last == "ort" and _is_others_place(path, found.wert, values):
            yield path, Doubt("ort-der-anderen")
        elif last == "stelle" and isinstance(found.wert, str) and not _is_known_office(path, found.wert, values):
            yield path, Doubt("stelle-sonst-nicht-genannt")
        elif last == "datum" and found.wert is None and any(map(_may_be_a_day, _doubted_lines(values, signature))):
            yield path, Doubt("andere-zeile-der-tag")


def _unknown_ministries(values: Values) -> Iterator[tuple[str, Doubt]]:
    """Ministries of the opening that neither the Land's table nor a signature has so: a letter of dirt may stand behind the name."""
    row = _row(values)
    known = ministries_known(land_with(row.ags), values.context.jahr) if row else frozenset()
    offices = (text for path, text in values.by_path.items() if re.fullmatch(r"unterschriften\.land\.\d+\.stelle", path))
    names = {*map(_office, known), *(_office(office) for office in offices if isinstance(office, str))}
    for path, found in values.found.items():
        if MINISTRY.fullmatch(path) and isinstance(found.wert, str) and _office(found.wert) not in names:
            yield path, Doubt("ministerium-unbestaetigt")


def _signed_crosswise(values: Values) -> bool:
    """Whether somebody signs for the Land where the Träger is, and nobody for the Träger there: two columns are one for the other."""
    orte = {party: {each for path, each in values.by_path.items() if re.fullmatch(rf"unterschriften\.{party}\.\d+\.ort", path)}
            for party in ("land", "traeger")}  # fmt: skip
    row = _row(values)
    return row is not None and row.ort in orte["land"] and not orte["traeger"] & {row.ort, row.sitz}


def _is_others_place(path: str, ort: object, values: Values) -> bool:
    """Whether somebody signs for the Land where the Träger is, or for the Träger where it is not."""
    row = _row(values)
    at_traegers = row is not None and ort in (row.ort, row.sitz)
    return row is not None and isinstance(ort, str) and at_traegers is path.startswith("unterschriften.land.")


def _row(values: Values) -> Traeger | None:
    """The Träger in the register; None where it is not known."""
    traeger = values.by_path.get("traeger")
    return values.context.register.find(traeger, values.context.jahr) if isinstance(traeger, str) else None


def _by_itself(found: Found, values: Values) -> Found:
    """A line of a signature that says what it is is so, whatever line beside it is lost: its side's office, a function, an addition."""
    if UNSURE_LINE not in found.doubts or not isinstance(found.wert, str):
        return found
    key = found.feld.rpartition(".")[2]
    office = key == "stelle" and _is_known_office(found.feld, found.wert, values)
    told = office or (key in ("zusatz", "funktion") and is_plainly(key, found.wert))
    return Found(found.feld, found.wert, found.locations) if told else found


def _is_known_office(path: str, text: str, values: Values) -> bool:
    """Whether a signature's office is its side's: a ministry as the opening or the table names it, or the Träger."""
    row = _row(values)
    if path.startswith("unterschriften.land."):
        names = [name for path, name in values.by_path.items() if path.startswith("ministerien.") and isinstance(name, str)]
        names += ministries_known(land_with(row.ags), values.context.jahr) if row else ()
    else:
        names = [row.name] if row else []
    return _office(text) in map(_office, names)


def _office(text: str) -> str:
    """An office as it is compared, of a ministry what stands behind its kind: the word before is inflected."""
    ministry = MINISTRY_INFLECTED.match(text)
    return bare(text[ministry.end() :] if ministry else text)


def _doubted_lines(values: Values, signature: str) -> Iterator[str]:
    lines = (found for path, found in values.found.items() if path.startswith(f"{signature}."))
    return (found.wert for found in lines if found.doubtful and isinstance(found.wert, str))


def _may_be_a_day(text: str) -> bool:
    return bool(digits(text)) or not re.search(r"[^\W\d_]{3}", text)


_ENDS = re.compile(r"[.!?:]$")


def _flag(values: Values, path: str, doubt: Doubt) -> None:
    if path in values.found:
        values.found[path] = values.found[path].doubted(doubt)


def _places(placing: Placing) -> Mapping[str, list[tuple[Sequence[Word], bool]]]:
    """For each field the words it was read from, place by place, and whether all places count or one is enough."""
    places: dict[str, list[tuple[Sequence[Word], bool]]] = defaultdict(list)
    for block in placing.blocks:
        for slot in block.slots:
            if slot.text is not None and not slot.slot.key:
                places[slot.path].append((block.text.between(slot.start, slot.end), slot.slot.entry))
    return places


def _weighed(found: Found, places: Sequence[tuple[Sequence[Word], bool]], repaired: Repaired) -> Found:
    if found.feld in repaired.unread_dates:
        return Found.unread(found.feld, Doubt("von-hand-unlesbar", worte=repaired.unread_dates[found.feld]), found.locations)
    if found.doubtful or found.wert is OFFEN:
        return found
    doubtful = [(list(_doubts(words, repaired)), surely(words)) for words, _ in places]
    if not places[0][1]:  # one sure place is enough for a value that stands at several
        doubtful = [min(doubtful, key=lambda place: (bool(place[0]), -place[1]))]
    doubts = list(dict.fromkeys(doubt for several, _ in doubtful for doubt in several))
    least = min((sure for _, sure in doubtful), default=SUREST)
    return replace(found, confidence=round(least, 3)).doubted(*doubts)


def _doubts(words: Sequence[Word], repaired: Repaired) -> Iterator[Doubt]:
    return (doubt for word in words if (doubt := repaired.doubts.get(word)))


def _foreseen(body: Sequence[Node]) -> Iterator[str]:
    """What a wording has only where the agreement has it, signatures and numbered goals apart."""
    for node in body:
        if not isinstance(node, Unit):
            if not node.path.startswith("unterschriften.") and not getattr(node, "key", None) and "{" not in node.path:
                yield node.path
            yield from _foreseen(node.body)


def _gone(placing: Placing) -> Iterator[Befund]:
    """A finding for each long run of blocks whose words stand nowhere in the document, in no order of its lines."""
    said = {row for paragraph in placing.paragraphs for row in _rows(shapes(paragraph.text))}
    run: list[str] = []
    before: int | None = None
    for item in (*placing.blocks, None):
        if item is not None and item.missing:
            if sum(row in said for row in _rows(item.unit.literal)) <= _ELSEWHERE * len(item.unit.literal):
                run.append(" ".join("".join(part if isinstance(part, str) else "…" for part in item.unit.parts).split()))
            continue
        if sum(map(len, run)) >= _PAGE:
            where = f"nach Seite {before}" if before else "am Anfang"
            text = f"Es fehlt wohl eine Seite {where}: der Text von „{shortened(run[0])}“ bis „{shortened(run[-1])}“."
            yield Befund("fehlt", "fehler", text, location=Location(before, None, ""))
        run = []
        if item is not None:
            before = _page(item.text.words) or before


def _rows(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Three words or marks in a row, each time."""
    return zip(tokens, tokens[1:], tokens[2:], strict=False)


_PAGE = 700
"""Letters of the wording in a row that are not there: less than half a page."""
_ELSEWHERE = 0.3
"""A block of which so great a part stands somewhere is not on a page that is missing; of one that is not there the rows are chance."""


def _page(words: Sequence[Word]) -> int | None:
    return next((place.page for word in words for place in word.places), None)
