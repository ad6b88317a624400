"""Law 6: every figure of a document is an Angabe, fixed text, told as what it is not, or an open point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agreements.language.tokens import around, shortened
from agreements.reading.accounts import Art, Posten
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Departing, Found, Location, locations_of
from agreements.reading.reading import Paragraph, Reading, Word
from extract.accounting.claims import Claims, is_said_by
from extract.accounting.contexts import Context, contexts, whole, words_between
from extract.accounting.figures import figures_in
from extract.accounting.fixed import FixedText
from extract.accounting.goals import explained
from extract.accounting.missing import fields_meant, is_missing, named_together
from extract.accounting.outline import Heading, Place, outline
from extract.accounting.sentences import sentences
from extract.accounting.subjects import MOVES, agrees, kennzahl_of, may_agree, names_indicator
from extract.accounting.telling import Told, told


class Accountable(NamedTuple):
    """What was read of a document before its figures are accounted for."""

    reading: Reading
    jahr: int
    found: Sequence[Found]
    befunde: Sequence[Befund] = ()
    departing: Sequence[Departing] = ()
    fixed: FixedText | None = None
    """None where the document follows no known wording."""


class Accounts(NamedTuple):
    """The figures of a document, each accounted for; its Angaben, those doubted that a figure leaves open; findings on the others."""

    posten: tuple[Posten, ...]
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]


def account(read: Accountable) -> Accounts:
    """Every figure of a document accounted for."""
    paragraphs = whole(read.reading.paragraphs)
    texts = [paragraph.text for paragraph in paragraphs]
    places = outline(paragraphs, texts)
    book = _Book(read, [place.heading for place in places if place.is_heading and place.heading and place.heading.goal])
    for at, text in enumerate(texts):
        book.paragraph(paragraphs[at], text, places[at], contexts(paragraphs, at, text, lost=bool(places[at].zone)))
    for name, text in _aside(read.reading):
        book.aside(name, text)
    return Accounts(tuple(book.posten), tuple(book.found.values()), tuple(book.befunde))


def _aside(reading: Reading) -> Iterator[tuple[str, str]]:
    """What stands beside the text, and what it is: notes, headers."""
    for each in reading.beiwerk:
        if each.art in _NAMES:
            yield _NAMES[each.art], each.text


_NAMES = {
    "fusszeile": "Fußzeile", "kopfzeile": "Kopfzeile", "stempel": "Stempel",
    "fussnote": "Fußnote", "endnote": "Endnote", "textfeld": "Textfeld",
}  # fmt: skip
_ON_LETTERS = ("abweichung", "anmerkung")
"""Findings on how words look or differ from a wording: they do not say what a figure is."""


class _Book:
    """The account of one document while it is made."""

    def __init__(self, read: Accountable, goals: Sequence[Heading]) -> None:
        self.read = read
        stated = {each.feld for each in read.found if each.wert is not None}
        self.goals = dict(zip(map(id, goals), explained(goals, stated), strict=True))
        self.posten: list[Posten] = []
        self.befunde: list[Befund] = []
        self.found = {each.feld: each for each in read.found}
        self.angaben = Claims((each.feld, each.locations) for each in read.found)
        self.told_of = Claims(
            (each, (each.location,)) for each in read.befunde if each.schwere != "hinweis" and each.art not in _ON_LETTERS
        )
        self.departing = Claims((each, (each.location,)) for each in read.departing)
        self.text = ""
        self.above: list[str] = []
        """The paragraphs since the last heading."""
        self.open_goal: str | None = None

    def paragraph(self, paragraph: Paragraph, text: str, place: Place, figures: Iterable[Context]) -> None:
        """What a paragraph says, accounted for."""
        self.text = text
        if place.is_heading:
            self.above, self.open_goal = [], None
            if place.heading and place.heading.goal:
                self._goal(paragraph, place.heading)
        for context in figures:
            if context.figure.einheit or place.zone:
                self._figure(context, place)
        if place.zone == "ziele":
            if not place.is_heading and not paragraph.column and names_indicator(text):
                self._target_words(paragraph, text, place)
            self.above.append(text)

    def aside(self, name: str, text: str) -> None:
        """The figures of a text that stands beside the agreement's, as notes do: no Angabe is read from it."""
        for figure in figures_in(text):
            if not figure.einheit:
                continue
            start, end = next((start, end) for start, end in sentences(text) if start <= figure.start < end)
            sentence = text[start:end]
            said = told(sentence, figure.start - start, figure.end - start, figure.einheit, self.read.jahr)
            if said is None and not may_agree(sentence):
                said = Told(name, shortened(text))
            location = Location(None, None, figure.text)
            if said:
                self._told("zahl", said, location)
            else:
                self._open("zahl", around(text, figure.start, figure.end), location, self._meant(Context(figure, (), sentence, 0, 0), None))

    # ------------------------------------------------------------ figures

    def _figure(self, context: Context, place: Place) -> None:
        figure, words = context.figure, context.words
        location = locations_of(words, figure.text)[0]
        claims = self.angaben.on(words)
        doubted = next((feld for feld in claims if self.found[feld].doubtful), None)
        if feld := next((feld for feld in claims if self._says(context, feld, place)), None):
            self._doubt_by_neighbour(feld, context)
            self.posten.append(Posten("zahl", "angabe", figure.text, location, feld))
        elif not claims and self._is_fixed(figure.text, words):
            self.posten.append(Posten("zahl", "wortlaut", figure.text, location))
        elif any(isinstance(self.found[each].wert, (str, tuple)) for each in claims):  # a target read nowhere, that a free text says
            self._otherwise(() if doubted else claims, f"{figure.vorzeichen}{figure.text}")
            self._unassigned(context, place, location)
        elif not (doubted and self.read.fixed) and (said := self._what_it_is(context, place)):
            self._told("zahl", said, location)
        elif doubted:
            self.posten.append(Posten("zahl", "offen", figure.text, location, doubted))
        elif befund := next(iter(self.told_of.on(words)), None):
            self.posten.append(Posten("zahl", "offen", figure.text, location, befund.feld))
        elif claims:
            self._otherwise(claims, f"{figure.vorzeichen}{figure.text}")
            self.posten.append(Posten("zahl", "offen", figure.text, location, claims[0]))
        else:
            self._unassigned(context, place, location)

    def _unassigned(self, context: Context, place: Place, location: Location) -> None:
        self._open("zahl", around(context.sentence, context.start, context.end).strip(), location, self._meant(context, place))

    def _says(self, context: Context, feld: str, place: Place) -> bool:
        """Whether a figure in the place of an Angabe says it; in a picture its place does."""
        wert = self.found[feld].wert
        if isinstance(wert, (str, tuple)):
            return not self._may_be_target(context, place)
        return wert is not None and (is_said_by(context.figure, feld, wert) or not all(word.certain for word in context.words))

    def _may_be_target(self, context: Context, place: Place) -> bool:
        """Whether a figure of a free text agrees a statutory target that was read nowhere."""
        if not (agrees(context.sentence) and names_indicator(context.sentence)) or self._what_it_is(context, place):
            return False
        meant = fields_meant(context.sentence, context.figure.einheit, place.zone, None, self.found)
        return bool(meant) and all(is_missing(feld, self.found) for feld in meant)

    def _is_fixed(self, text: str, words: Sequence[Word]) -> bool:
        """Whether a figure is one of the wording's own; in a picture the place says it, and what differs there is a departure."""
        if self.read.fixed is None or self.departing.on(words):
            return False
        return self.read.fixed.has(text) or not all(word.certain for word in words)

    def _doubt_by_neighbour(self, feld: str, context: Context) -> None:
        """Doubts a target or amount, read without a wording, if the word before it or the head of its column says that it is none."""
        said = None if self.read.fixed or isinstance(self.found[feld].wert, (str, tuple)) else self._words_say(context)
        if said and said.beside:
            doubt = Doubt("zahl-erklaert", worte=said.worte, zahl=context.figure.text)
            self.found[feld] = self.found[feld].doubted(doubt)

    def _words_say(self, context: Context) -> Told | None:
        """What a figure is by the words around it, or by the head of its column."""
        figure, jahr = context.figure, self.read.jahr
        said = told(context.sentence, context.start, context.end, figure.einheit, jahr)
        if said or not context.head or agrees(context.head):
            return said
        line = f"{context.head}: {figure.text}"
        return told(line, len(context.head) + 2, len(line), figure.einheit, jahr)

    def _what_it_is(self, context: Context, place: Place) -> Told | None:
        """What a figure is that is no Angabe, by the words around it, the head of its column, the goal or chapter it stands in."""
        said = self._words_say(context)
        if said is None and self.open_goal and not names_indicator(context.sentence):
            return Told("Teil eines offenen Ziels", self.open_goal)
        if said or place.zone or may_agree(context.sentence):
            return said
        return Told("anderer Abschnitt", place.heading.text if place.heading else "Eingang")

    def _meant(self, context: Context, place: Place | None) -> tuple[str, ...]:
        """The Angaben that a figure may be; what the paragraph does not name, a heading or the nearest paragraph above does."""
        if place is None:
            return fields_meant(context.sentence, context.figure.einheit, "", None, self.found)
        above = place.kennzahl or next((named for text in (self.text, *reversed(self.above)) if (named := kennzahl_of(text))), None)
        return fields_meant(context.sentence, context.figure.einheit, place.zone, above, self.found)

    def _otherwise(self, felder: Sequence[str], text: str) -> None:
        """Doubts each Angabe in whose place a figure says something else."""
        for feld in felder:
            self.found[feld] = self.found[feld].doubted(Doubt("zahl-anders", worte=text))

    # ------------------------------------------------------------ targets without a figure, goals

    def _target_words(self, paragraph: Paragraph, whole_text: str, place: Place) -> None:
        """Each sentence that agrees how an indicator moves and has no figure."""
        for start, end in sentences(whole_text):
            text = whole_text[start:end].strip()
            if not (names_indicator(text) and agrees(text) and MOVES.search(text)) or figures_in(text):
                continue
            words = words_between(paragraph, start, end)
            location = locations_of(words, text)[0]
            claimed = {feld for word in words for feld in self.angaben.on((word,))}
            if feld := next(iter(claimed), None):
                self.posten.append(Posten("zielwort", "offen" if self.found[feld].wert is None else "angabe", text, location, feld))
            elif self.read.fixed is not None and not any(self.departing.on((word,)) for word in words):
                self.posten.append(Posten("zielwort", "wortlaut", text, location))
            elif said := told(text, 0, len(text), "", self.read.jahr):
                self._told("zielwort", said, location)
            else:
                self._target_without_figure(text, location, fields_meant(text, "", place.zone, place.kennzahl, self.found))

    def _target_without_figure(self, text: str, location: Location, felder: Sequence[str]) -> None:
        """A sentence that leads to a target that was read, or agrees one that was not."""
        if read := next((feld for feld in felder if not is_missing(feld, self.found)), None):
            self.posten.append(Posten("zielwort", "erklaert", text, location, read, "führt zu einem Zielwert hin"))
        else:
            self._open("zielwort", text, location, felder)

    def _goal(self, paragraph: Paragraph, heading: Heading) -> None:
        """The numbered heading of a goal."""
        location = locations_of(paragraph.words, heading.text)[0]
        claimed = (feld for word in paragraph.words[-1:] for feld in self.angaben.on((word,)))
        feld = next((feld for feld in claimed if feld.startswith("ziele.individuell.")), None)
        said = self.goals[id(heading)]
        if feld:
            self.posten.append(Posten("ueberschrift", "offen" if self.found[feld].wert is None else "angabe", heading.text, location, feld))
        elif self.read.fixed is not None and not any(self.departing.on((word,)) for word in paragraph.words):
            self.posten.append(Posten("ueberschrift", "wortlaut", heading.text, location))
        elif said:
            self._told("ueberschrift", said, location)
        else:
            self.open_goal = heading.text
            self._open("ueberschrift", heading.text, location, (f"ziele.individuell.{heading.nummer}",))

    # ------------------------------------------------------------ entries

    def _told(self, art: Art, said: Told, location: Location) -> None:
        self.posten.append(Posten(art, "erklaert", location.text, location, None, f"{said.art}: „{said.worte}“"))

    def _open(self, art: Art, worte: str, location: Location, felder: Sequence[str]) -> None:
        """An open point: on the Angaben that were not read and that it may be, else a finding of its own."""
        doubt = Doubt("nicht-zugeordnet", worte=worte)
        left = [feld for feld in felder if is_missing(feld, self.found) or self.found[feld].doubtful]
        asked = [feld for feld in left if feld in self.found]
        for feld in asked:
            self.found[feld] = self.found[feld].asked(doubt, location)
        name = named_together([feld for feld in left if feld not in asked] or left or felder)
        if len(asked) < len(left) or not asked:
            self.befunde.append(Befund("fehlt", "warnung", str(doubt), name, location=location))
        self.posten.append(Posten(art, "offen", location.text, location, name))
