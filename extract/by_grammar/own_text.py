"""The text of a document in no known wording, with a field where each of its Angaben was read.

No passage is left out: what cannot carry a field stays as it is. Whatever is tied is tried by both directions before it is kept: filled,
the text must be the document's letter by letter; aligned, it must say the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from agreements.errors import WordingError
from agreements.filling.fill import Filling, fill
from agreements.language.tokens import Tokens
from agreements.library.proof import differing_in, paragraphs_of
from agreements.matching.record import match
from agreements.matching.words import fits
from agreements.model.record import Textblock, Vereinbarung
from agreements.reading.findings import Befund
from agreements.register.register import Register
from agreements.wording.own import FRONT, escaped, own_wording, wording_of_blocks
from extract.by_grammar.budget import Amount
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.signature_lines import Signature
from extract.by_grammar.stated_places import Form, Place, Run, Stated, with_whole_lines
from extract.by_grammar.targets import Candidate


def with_own_text(
    record: Vereinbarung,
    register: Register,
    pieces: Sequence[Piece],
    sections: Sequence[Section],
    targets: Mapping[str, Sequence[Candidate]],
    amounts: Mapping[str, Sequence[tuple[Piece, int, Amount]]],
    signatures: Sequence[tuple[str, Signature]],
) -> tuple[Vereinbarung, tuple[Befund, ...]]:
    """The record, each block of its text a piece, with fields where its Angaben were read; a finding for each place that says otherwise.

    Targets and amounts are all that the text states, by their fields; the signatures go by their names in the record.
    """
    record, lines = with_whole_lines(record, pieces, signatures)
    where = Stated(record, register, lines, sections, targets, amounts, signatures)
    return with_fields(record, where.places(), where.runs(), register), tuple(where.contradictions())


def with_fields(record: Vereinbarung, places: Sequence[Place], runs: Sequence[Run], register: Register) -> Vereinbarung:
    """The record, whose text has no fields, with a field in it at each of the places that can carry one."""
    tying = _Tying(record, register)
    for run in runs:
        tying.tie_list(run)
    for place in places:
        tying.put(place)
    tying.settle()
    while wrong := tying.wrong(tied := tying.tied()):
        tying.release(wrong)
    return tied


@dataclass(slots=True)
class _Tying:
    """One record's blocks, and what stands in them, by the number of the block."""

    record: Vereinbarung
    register: Register
    places: dict[int, list[Place]] = field(default_factory=dict)
    chosen: dict[int, dict[Place, Form]] = field(default_factory=dict)
    lists: dict[int, Run] = field(default_factory=dict)
    """Lists of which a block is the first, each entry a block."""

    def tie_list(self, run: Run) -> None:
        """Ties a list as one group of blocks where each entry is a whole one, else entry by entry."""
        blocks = self.record.text
        whole = all((start, end) == (0, len(blocks[number].text)) for number, start, end in run.entries)
        numbers = [number for number, _, _ in run.entries]
        arts = {(blocks[number].art, blocks[number].ebene) for number in numbers}
        if (
            whole
            and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            and len(arts) == 1
            and not arts & {(art, 0) for art in FRONT}
        ):
            self.lists[numbers[0]] = run
        else:
            for place in run.by_entry:
                self.put(place)

    def put(self, place: Place) -> None:
        """Takes a place unless another overlaps it, or its block is an entry of a list."""
        listed = any(first <= place.block < first + len(run.entries) for first, run in self.lists.items())
        others = self.places.setdefault(place.block, [])
        if not listed and not any(place.overlaps(other) for other in others):
            others.append(place)

    def settle(self) -> None:
        """Chooses for each place the first form that gives the document's own letters; the last place of a sentence first, for what
        stands before it may leave words to it."""
        filling = Filling(self.record, self.register)
        for art, several in groupby(enumerate(self.record.text), key=lambda pair: pair[1].art):
            numbers = [number for number, _ in several]
            for run in [numbers] if art in FRONT else [[number] for number in numbers]:
                self._settle(run, filling)

    def _settle(self, run: Sequence[int], filling: Filling) -> None:
        for number in reversed(run):
            self.chosen[number] = {}
            for place in sorted(self.places.get(number, ()), key=lambda place: place.start, reverse=True):
                for form in place.forms:
                    self.chosen[number][place] = form
                    if self._says_the_same(run, filling):
                        break
                    del self.chosen[number][place]

    def _says_the_same(self, run: Sequence[int], filling: Filling) -> bool:
        """Whether some blocks, filled, are the document's, and can be read back."""
        blocks = tuple(self.record.text[number].model_copy(update={"text": self._text(number)}) for number in run)
        text = " ".join(self.record.text[number].text for number in run)
        try:
            (unit,) = wording_of_blocks(self.record.model_copy(update={"text": blocks})).units
            filled = "".join(span.text for span in filling.spans(unit, {}))
        except WordingError:
            return False
        return _letters(filled) == _letters(text) and fits(unit, Tokens(text), filling.context("jahr"))

    def _text(self, number: int) -> str:
        """The text of a block with the chosen fields."""
        text, found, at = self.record.text[number].text, "", 0
        for form in sorted(self.chosen.get(number, {}).values(), key=lambda form: form.start):
            found += escaped(text[at : form.start], before_field=True) + form.field
            at = form.end
        return found + escaped(text[at:])

    def _blocks(self) -> Iterator[tuple[int, Textblock]]:
        """The blocks as the record gets them, each with the number it had."""
        ends = 0
        for number, block in enumerate(self.record.text):
            if run := self.lists.get(number):
                ends = number + len(run.entries)
                yield number, block.model_copy(update={"text": run.field})
            elif number >= ends:
                yield number, block.model_copy(update={"text": self._text(number)})

    def tied(self) -> Vereinbarung:
        """The record with its text, the fields taken out again of blocks that could not be read back beside each other."""
        while True:
            several = list(self._blocks())
            record = self.record.model_copy(update={"text": tuple(block for _, block in several)})
            try:
                own_wording(record)
            except WordingError as error:
                number = several[(error.zeile or 1) - 1][0]
                if self.chosen.get(number) or number in self.lists:
                    self.chosen[number] = {}
                    self.lists.pop(number, None)
                else:
                    self.chosen, self.lists = {}, {}  # the block is not to be told; without a field nothing is refused
            else:
                return record

    def wrong(self, tied: Vereinbarung) -> set[str]:
        """The Angaben that the text would say otherwise; all where the text itself would be read otherwise."""
        wording = own_wording(tied)
        read = match(wording, paragraphs_of(fill(wording, tied, self.register)), self.register)
        lost = read.record.abweichungen or any(befund.schwere == "fehler" for befund in read.befunde)
        return {path for path, _, _ in differing_in(wording, tied, read.record)} or (set(wording.paths) if lost else set())

    def release(self, paths: set[str]) -> None:
        """Takes the fields of some Angaben out again."""
        for number, several in self.chosen.items():
            self.chosen[number] = {place: form for place, form in several.items() if place.path not in paths}
        self.lists = {number: run for number, run in self.lists.items() if run.path not in paths}


def _letters(text: str) -> list[str]:
    return _FOR_THE_PEN.sub(" ", text).split()


_FOR_THE_PEN = re.compile(r"_{2,}|\.{3,}|…+")
"""A line that the text has for the pen; the field of a day draws its own."""
