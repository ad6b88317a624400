"""From a file to its Angaben: read, recognised, laid on its wording, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from agreements.comparing.returned import returned
from agreements.errors import OtherKindError, UnreadableError, ZvError, visible
from agreements.files.disk import sha256
from agreements.filling.annex import without_annex
from agreements.filling.fill import fill
from agreements.language.said import ABSENT
from agreements.language.tokens import shortened
from agreements.library.consistency import misfits
from agreements.library.differences import otherwise_before
from agreements.library.embedded import contradictions as enclosed_contradictions
from agreements.library.embedded_wording import used, with_inside
from agreements.library.library import Library
from agreements.library.open_points import Read, parted, points_of
from agreements.model.fields import angaben
from agreements.model.record import Akte, Quelle, Vereinbarung
from agreements.model.values import of_other_script
from agreements.reading.extraction import Extraction as Extraction
from agreements.reading.findings import Befund, Departing, Found, locations_of, seen_otherwise
from agreements.reading.reading import SCANNED as _SCANNED
from agreements.reading.reading import Change, Reading
from agreements.wording.units import Wording
from extract.accounting.account import Accountable, account
from extract.accounting.fixed import FixedText
from extract.by_grammar.record import read_structure
from extract.by_wording.amendments import against_agreement
from extract.by_wording.checks import contradictions, unforeseen
from extract.by_wording.choice import follow, without_pen_lines, wording_of
from extract.confidence.by_absence import where_they_stand, with_blank_days_proven, with_nameless, with_parts_in_others
from extract.confidence.by_bounds import with_unsure_bounds
from extract.confidence.by_chapter import foreseen_in, lost_in_lines
from extract.confidence.by_ink import doubted, unread_lines, written_over
from extract.confidence.by_place import MORE_GOALS
from extract.confidence.by_spelling import taken_for_known, unlike_their_kind, unlikely
from extract.confidence.calibration import calibrated, certain
from extract.correction.lexicon import fixed_words
from extract.files.attachments import Enclosure, enclosure
from extract.files.container import sniff
from extract.files.electronic_signature import befunde as signed_befunde
from extract.files.electronic_signature import signatures, with_signatures, with_states
from extract.files.shells import instead
from extract.pages.document_type import is_rest, require_agreement
from extract.pages.order import Sheets, sheets_of
from extract.pages.papers import require_no_paper
from extract.pages.split import Part, among_others, others, parts_of, require_parties, torn, without_certainty
from extract.pdf import read_pdf
from extract.picture.judge import judged
from extract.word.reader import read_word

READERS: dict[str, Callable[[Path], Reading]] = {"pdf": read_pdf, "word": read_word}
"""What reads which form of file."""


def extract(datei: Path, library: Library, own: bool = False) -> Extraction:
    """Everything that stands in a file, of several agreements the first; a finding names the pages of the others.

    `own`: this program has just made the file, or knows it by its SHA-256; else its pages are held against its letters.

    UnreadableError: not there, broken, encrypted, a scan. OtherKindError: no agreement of a Land with a zkT.
    """
    document = Document(datei, library, own)
    first = document.extraction(document.parts[0])
    return replace(first, befunde=(*others(document.parts), *first.befunde))


class Document:
    """A file that was read, and the agreements in it. Errors as for `extract`."""

    def __init__(self, datei: Path, library: Library, own: bool = False) -> None:
        self.datei, self.library = datei, library
        form = sniff(datei)
        self.foreign = form == "pdf" and not own
        data = datei.read_bytes()
        self.sha256 = sha256(data)
        reading = READERS[form](datei)
        self.signed = signatures(data) if form == "pdf" else ()
        self.enclosure = enclosure(data) if form == "pdf" else Enclosure()
        self.of_wording: tuple[Befund, ...] = ()
        if self.enclosure.wortlaut:
            self.library, self.of_wording = with_inside(library, *self.enclosure.wortlaut)
        self.parts = parts_of(reading, library.register)

    def extraction(self, part: Part) -> Extraction:
        """What one of the agreements says."""
        sheets = sheets_of(without_annex(part.reading))
        reading = sheets.reading
        try:
            said = _said(self.datei, sheets, self.library)
        except (OtherKindError, UnreadableError) as fault:
            raise instead(fault, self.datei, self.enclosure.names, form=self.enclosure.form) from fault
        record, befunde = said.record, said.befunde
        found = tuple(one.as_seen() for one in said.found)
        if sheets.gone and all(befund.feld != MORE_GOALS.feld for befund in befunde):
            befunde = (*befunde, MORE_GOALS)
        quelle = Quelle(datei=visible(self.datei.name), sha256=self.sha256, seiten=part.extent, lesart=reading.lesart)
        record = with_signatures(record.model_copy(update={"akte": Akte(quelle=quelle)}), self.signed)
        ruled = tuple(misfits(record))  # `zv pruefe` tells these of any record
        unfit = (*ruled, *against_agreement(self.library, record))
        places = self.library.register.places
        if reading.lesart in _SCANNED:
            known = fixed_words(*map(self.library.wording, self.library.wordings()))
            found = with_unsure_bounds(taken_for_known(unlikely(found, places), known))
            named = (*places, *self.library.register.names)
            found, befunde = doubted(found, reading.unread, named), (*befunde, *unread_lines(reading.unread))
            found = with_blank_days_proven(where_they_stand(found), reading.paragraphs, reading.unread)
            found, lost = lost_in_lines(found, reading.unread, reading.paragraphs, foreseen_in(self._wording(record)))
            found, elsewhere = with_parts_in_others(found)
            befunde = (*befunde, *lost, *elsewhere)
        else:
            befunde = (*befunde, *unlike_their_kind(found, places))
        found, written = written_over(found, reading.unread)
        found, unjudged = judged(self.datei, reading, found) if self.foreign else (found, ())
        found = without_certainty(found) if sheets.lack_start else found
        accounts = account(Accountable(reading, record.jahr, found, (*befunde, *unfit), said.departing, self._fixed(record)))
        found, befunde = accounts.found, (*befunde, *accounts.befunde)
        found = calibrated(found) if reading.lesart in _SCANNED else certain(found)
        told = {(befund.art, befund.location.page) for befund in befunde if befund.location.page}
        untold = (befund for befund in sheets.befunde if (befund.art, befund.location.page) not in told)
        pages = (*among_others(part), *torn(reading, found, sheets.lack_start), *untold)
        sheet = returned(self.library, reading, record, found).befunde
        of_file = (*signed_befunde(self.signed), *self._enclosed(part, record, found), *sheet)
        befunde = (
            *pages,
            *befunde,
            *unfit,
            *of_file,
            *written,
            *unjudged,
            *_inked(reading),
            *_seen(reading),
            *_scripts(reading),
            *_notes(reading),
        )
        found = tuple(one.shown(reading.as_shown) for one in with_states(found, record))
        befunde = tuple(befund.shown(reading.as_shown) for befund in befunde)
        shown = {befund.shown(reading.as_shown) for befund in ruled}
        left = tuple(befund for befund in befunde if befund not in shown)
        record = self._with_points(reading, record, found, left, said.departing)
        posten = tuple(each.shown(reading.as_shown) for each in accounts.posten)
        return Extraction(self.datei, self.sha256, reading, record, found, befunde, posten)

    def _wording(self, record: Vereinbarung) -> Wording | None:
        """The wording that the agreement follows, if any."""
        return self.library.wording(record.wortlaut) if record.wortlaut else None

    def _fixed(self, record: Vereinbarung) -> FixedText | None:
        """The fixed text, where the agreement follows a wording."""
        wording = self._wording(record)
        return FixedText(wording) if wording else None

    def _with_points(
        self, reading: Reading, record: Vereinbarung, found: Sequence[Found], befunde: Sequence[Befund], departing: Sequence[Departing]
    ) -> Vereinbarung:
        """The record with what is to be decided of it; its departures are those that are agreed."""
        before = self._before_changes(reading)
        known = before.abweichungen if before else ()
        sure, unsure = parted(departing, lambda each: not each.certain)
        agreed, tracked = parted(sure, lambda each: bool(reading.changes) and each.abweichung not in known)
        record = record.model_copy(update={"abweichungen": tuple(each.abweichung for each in agreed)})
        points = points_of(
            Read(
                record, self.datei.name, self.sha256, found, befunde,
                unsure=[each.shown(reading.as_shown) for each in unsure], tracked=tracked,
                before=self._changed(reading, record, before), comments=[each.said for each in reading.comments], shown=reading.as_shown,
            ),
            self.library.register,
        )  # fmt: skip
        return record.model_copy(update={"akte": record.akte.model_copy(update={"offen": points})})

    def _before_changes(self, reading: Reading) -> Vereinbarung | None:
        """What a Word file said before its tracked changes; None where it has none, or where that cannot be read."""
        if not reading.changes:
            return None
        try:
            return _said(self.datei, Sheets(without_annex(read_word(self.datei, rejected=True))), self.library).record
        except ZvError:
            return None

    def _changed(self, reading: Reading, record: Vereinbarung, before: Vereinbarung | None) -> dict[str, str]:
        """What stood there before tracked changes, by what they change; all of it where that cannot be read."""
        if not reading.changes:
            return {}
        return otherwise_before(before, record, self.library.register) if before else dict.fromkeys(angaben(record), ABSENT)

    def _enclosed(self, part: Part, record: Vereinbarung, found: tuple[Found, ...]) -> tuple[Befund, ...]:
        """Findings on the files inside the PDF; a record inside is held against the pages where they hold one agreement alone."""
        said = self.enclosure.satz
        befunde = (*self.enclosure.befunde, *self.of_wording, *used(self.library.foreign, record.wortlaut))
        if said is None or part.of > 1:
            return befunde
        return (*befunde, *enclosed_contradictions(said, record, found, self.library.register))


class _Said(NamedTuple):
    """What the pages of an agreement say, before anything is known of the file around them."""

    record: Vereinbarung
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]
    departing: tuple[Departing, ...] = ()


def _said(datei: Path, sheets: Sheets, library: Library) -> _Said:
    """The record, its Angaben and findings, with the wording that the document follows or without one."""
    reading, wording = sheets.reading, wording_of(library, sheets)
    if wording is None:
        if sheets.lack_start and is_rest(reading.paragraphs):
            require_parties(datei, reading, library.register)
        else:
            require_agreement(datei, reading.paragraphs)
            require_no_paper(datei, reading)
        return _Said(*read_structure(datei, reading, library))
    matched = follow(wording, sheets, library.register)
    lost = tuple(unforeseen(matched, reading, library.register))
    if reading.lesart == "word" and not any(befund.schwere == "fehler" for befund in matched.befunde):
        printed = contradictions(without_pen_lines(reading.paragraphs), fill(wording, matched.record, library.register))
        return _Said(matched.record, matched.found, (*with_nameless(matched.befunde, matched.found), *lost, *printed), matched.departing)
    return _Said(matched.record, matched.found, (*with_nameless(matched.befunde, matched.found), *lost), matched.departing)


def _inked(reading: Reading) -> Iterator[Befund]:
    """Of a scan's signatures a person compares every line: ink and stamps lie over them, and a line that is lost leaves no trace."""
    if reading.lesart in _SCANNED:
        for party in ("unterschriften.land", "unterschriften.traeger"):
            yield Befund("unterschrift", "hinweis", "Aus dem Bild gelesen; alle Zeilen um die Unterschrift am Bild vergleichen.", party)


def _seen(reading: Reading) -> Iterator[Befund]:
    """Words that a person may see otherwise than they were read, within the Angaben and outside of them."""
    for paragraph in reading.paragraphs:
        for doubt, words in seen_otherwise(paragraph.words):
            yield Befund("anmerkung", "warnung", f"{doubt} Es steht in „{shortened(paragraph.text)}“.", location=locations_of(words)[0])


def _scripts(reading: Reading) -> Iterator[Befund]:
    """Words in letters that cannot be agreed on: told here, where they came in, and not by the fonts when they are to be printed."""
    for paragraph in reading.paragraphs:
        words = [word for word in paragraph.words if of_other_script(word.text)]
        if words:
            said = f"„{shortened(' '.join(word.text for word in words))}“ in „{shortened(paragraph.text)}“"
            text = f"{said} steht in fremder Schrift oder ist ein Bildzeichen und lässt sich so nicht drucken. Beim Absender nachfragen."
            yield Befund("anmerkung", "warnung", text, location=locations_of(words)[0])


def _notes(reading: Reading) -> tuple[Befund, ...]:
    """What the reader itself met: tracked changes, footnotes, hidden text, comments."""
    warnings = (Befund("anmerkung", "warnung", warning) for warning in reading.warnings)
    notes = (Befund("anmerkung", "hinweis", note) for note in (*reading.notes, *(each.said for each in reading.comments)))
    return (*(_changed(change) for change in reading.changes), *warnings, *notes)


def _changed(change: Change) -> Befund:
    when = re.sub(r"^(\d{4})-(\d\d)-(\d\d).*", r" am \3.\2.\1", change.wann)
    done = f"{_DONE[change.art]} von {change.wer or 'unbekannt'}{when}"
    return Befund("geaendert", "warnung", f"„{change.text}“ {done} in „{shortened(change.absatz)}“")


_DONE = {"eingefuegt": "eingefügt", "gestrichen": "gestrichen"}
