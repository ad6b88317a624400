"""What people do to the pages of an outside document with a pen, and what is true of it then."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from outside_setting import Printed, Spot
from outside_texts import Text, spans_of
from pen import STRUCK, Box, Hand, Pixels, Stroke, drawn, marked, signature, struck, width, written

CHANGED = "von Hand geändert"
"""What is true of an Angabe that a pen has struck or added to: only a flag is right."""
_MONTHS = ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
_HIGHLIGHTERS = ((90, 250, 255), (255, 200, 120), (140, 255, 150), (200, 150, 255), (80, 180, 255))
_FIGURES = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_MONEY_AND_TARGETS = re.compile(r"haushalt\.|ziele\.(?!individuell)")
_ROOM = 85.0
"""Points that a whole date takes behind "den"."""


@dataclass
class Desk:
    """The pages of a document where people write on them, and what is true of it."""

    text: Text
    printed: Printed
    pages: list[Pixels]
    scale: float
    chance: np.random.Generator
    truth: dict[str, Any] = field(default_factory=dict)
    by_hand: list[str] = field(default_factory=list)
    """Angaben that a pen has written."""
    changed: dict[str, str] = field(default_factory=dict)
    """Angaben that a pen has changed, and how."""

    def __post_init__(self) -> None:
        self.truth |= dict(self.text.truth)

    def _draw(self, spot: Spot, strokes: Sequence[Stroke], hand: Hand) -> None:
        drawn(self.pages[spot.page - 1], strokes, hand.ink, self.scale, self.chance)

    def _likely(self, share: float) -> bool:
        return bool(self.chance.random() < share)

    # ------------------------------------------------------------ the signature block

    def sign(self, dated: float, signed: float = 0.85) -> None:
        """Days written where they were left blank, in so many of them; names signed, in so many."""
        for feld, den in self._day_lines():
            hand = Hand.drawn(self.chance)
            if self._likely(dated):
                self._write_day(feld, den, hand)
            name = self._name(feld.replace(".datum", ".name"))
            if name and self._likely(signed):
                self._draw(name, signature(hand, self._above(name), self.chance), hand)

    def _day_lines(self) -> Iterator[tuple[str, Spot]]:
        """Each signature whose day was left blank, and where its "den" stands."""
        seen: Counter[str] = Counter()
        for feld, ort in self.text.truth.items():
            if not (feld.startswith("unterschriften.") and feld.endswith(".ort")):
                continue
            spots = self.printed.every("den", before=f"{ort},")
            number, seen[ort] = seen[ort], seen[ort] + 1
            datum = feld.replace(".ort", ".datum")
            if self.text.truth.get(datum) is None and number < len(spots):
                yield datum, spots[number]

    def _name(self, feld: str) -> Spot | None:
        """Where a name stands below the text; the last one of several."""
        return next(reversed(self.printed.every(str(self.text.truth.get(feld, "")))), None)

    def _above(self, name: Spot) -> Box:
        """Where a name is signed: over it or above it."""
        left, _, _, bottom = name.box
        high, up = self.chance.uniform(14, 30), self.chance.choice([self.chance.uniform(0, 8), self.chance.uniform(10, 22)])
        wide = self.chance.uniform(55, 120)
        left += self.chance.uniform(-8, 15)
        return (left, bottom - up - high, left + wide, bottom - up)

    def _write_day(self, feld: str, den: Spot, hand: Hand) -> None:
        day = date(self.text.jahr, int(self.chance.integers(1, 13)), int(self.chance.integers(1, 29)))
        left, right = den.box[2] + 3, self.printed.next_to(den)
        text = self._day(day, whole=not self._has_year(feld))
        height = self.chance.uniform(8.5, 13)
        room = (right or left + _ROOM) - left - 2
        if width(text, hand, height) > room and self._likely(0.85):
            height = max(6.5, height * room / width(text, hand, height))
        where = self.chance.choice(["on", "above", "beside"], p=[0.6, 0.25, 0.15])
        foot = den.box[3] - 2.4 + self.chance.normal(0, 0.7)
        if where == "above":
            foot -= self.chance.uniform(3, 9)
        elif where == "beside":
            left += self.chance.uniform(4, 14)
        else:
            left += self.chance.uniform(0, max(0.0, room - width(text, hand, height)))
        self._draw(den, written(text, hand, left, foot, height, self.chance), hand)
        self.truth[feld] = day
        self.by_hand.append(feld)

    def _has_year(self, feld: str) -> bool:
        """Whether the year is printed behind the gap."""
        return any(str(self.text.jahr) in block.text for block in self.text.blocks for span in block.spans if span.feld == feld)

    def _day(self, day: date, whole: bool) -> str:
        """A day as it is written by hand, with its year where none is printed."""
        spaces = " " if self._likely(0.3) else ""
        month = int(self.chance.integers(3))
        said = (f"{day:%d.}{spaces}{day:%m.}", f"{day.day}.{spaces}{day.month}.", f"{day.day}. {_MONTHS[day.month - 1]}")[month]
        if not whole:
            return said
        year = str(day.year) if self._likely(0.7) else f"{day:%y}"
        return f"{said} {year}" if month == 2 else f"{said}{spaces}{year}"

    # ------------------------------------------------------------ numbers

    def numbers(self) -> list[tuple[str, Spot, str]]:
        """Figures of money and targets that stand where nobody mistakes them: the Angabe, the place, the figure."""
        found = []
        for block, at, span in spans_of(self.text.blocks):
            number = _FIGURES.search(span.text)
            if number and span.feld and _MONEY_AND_TARGETS.match(span.feld):
                start, end = at + number.start(), at + number.end()
                spot = self.printed.find(block.text[max(0, start - 30) : start], number[0], block.text[end : end + 12])
                if spot:
                    found.append((span.feld, spot, number[0]))
        return found

    def correct(self, most: int) -> None:
        """Changes some figures: struck, with another above or beside, or a figure squeezed before it."""
        numbers = self.numbers()
        hand = Hand.drawn(self.chance)
        for index in self.chance.permutation(len(numbers))[:most]:
            feld, spot, number = numbers[index]
            hand = Hand.drawn(self.chance) if self._likely(0.2) else hand
            self.changed[feld] = self._squeeze(spot, hand) if self._likely(0.15) else self._strike(spot, number, hand)
            self.truth[feld] = CHANGED
        name = self._name(next((feld for feld in self.truth if feld.endswith(".funktion")), ""))
        if name and self._likely(0.3):
            feld = next(feld for feld in self.truth if feld.endswith(".funktion"))
            how = str(self.chance.choice(["straight", "double", "slanted"]))
            self._draw(name, struck(how, name.box, hand, self.chance), hand)
            self.changed[feld], self.truth[feld] = f"{how}, a word", CHANGED

    def _squeeze(self, spot: Spot, hand: Hand) -> str:
        """A figure before a number."""
        left, top, _, bottom = spot.box
        height = (bottom - top) * self.chance.uniform(0.55, 0.75)
        figure = str(self.chance.integers(1, 10))
        self._draw(spot, written(figure, hand, left - width(figure, hand, height) - 0.6, bottom - 2.6, height, self.chance), hand)
        return "squeezed before"

    def _strike(self, spot: Spot, number: str, hand: Hand) -> str:
        """A number struck, and another one where there is room."""
        how = str(self.chance.choice(STRUCK))
        left, top, right, bottom = spot.box
        core = (left, top + 0.12 * (bottom - top), right, bottom - 0.18 * (bottom - top))
        self._draw(spot, struck(how, core, hand, self.chance), hand)
        other = "".join(str(self.chance.integers(10)) if sign.isdigit() else sign for sign in number)
        where = str(self.chance.choice(["above", "beside", "margin", "nowhere"], p=[0.55, 0.2, 0.15, 0.1]))
        height = self.chance.uniform(6.5, 9.5)
        wide = width(other, hand, height)
        at = {"above": ((left + right - wide) / 2 + self.chance.uniform(-4, 8), top + self.chance.uniform(-1, 2)),
              "beside": (right + self.chance.uniform(1, 4), bottom - 2 - self.chance.uniform(0, 5)),
              "margin": (self.pages[0].shape[1] / self.scale - wide - self.chance.uniform(12, 30), bottom - 2)}  # fmt: skip
        if where in at:
            self._draw(spot, written(other, hand, *at[where], height, self.chance), hand)
        return f"{how}, {where}"

    # ------------------------------------------------------------ reading with a pen in one's hand

    def mark_up(self) -> None:
        """Highlighter, lines under words, signs in the margin: nothing of it changes what stands there."""
        hand, colour = Hand.drawn(self.chance), _HIGHLIGHTERS[self.chance.integers(len(_HIGHLIGHTERS))]
        for _, spot, _ in self.numbers():
            if self._likely(0.6):
                left, top, right, bottom = spot.box
                more = self.chance.uniform(0, 40)
                marked(self.pages[spot.page - 1], (left - more, top, right + more / 2, bottom), colour, self.scale, self.chance)
        for block in self.text.blocks:
            words = block.text.split()
            if block.art == "text" and len(words) > 6 and self._likely(0.3):
                start = int(self.chance.integers(0, len(words) - 4))
                under = self.printed.find("", " ".join(words[start : start + 4]))
                if under:
                    self._underline(under, hand)

    def _underline(self, spot: Spot, hand: Hand) -> None:
        left, _, right, bottom = spot.box
        line = np.array([[left, bottom - 0.6], [(left + right) / 2, bottom], [right, bottom - 0.3]]) + self.chance.normal(0, 0.4, (3, 2))
        self._draw(spot, [Stroke(line, hand.pen)], hand)
        if self._likely(0.3):
            at = 22 + self.chance.uniform(0, 12)
            self._draw(spot, written(str(self.chance.choice(["?", "7", "v"])), hand, at, bottom, 11, self.chance), hand)

    def initial(self) -> None:
        """A paraph at the foot of every page."""
        hand = Hand.drawn(self.chance)
        for number, page in enumerate(self.pages, 1):
            wide, high = page.shape[1] / self.scale, page.shape[0] / self.scale
            left, top = wide - self.chance.uniform(50, 90), high - self.chance.uniform(40, 60)
            box = (left, top, left + self.chance.uniform(14, 26), top + self.chance.uniform(12, 20))
            strokes = signature(hand, box, self.chance)[:1]
            self._draw(Spot(number, box), [Stroke(strokes[0].path[:30], hand.pen)], hand)
