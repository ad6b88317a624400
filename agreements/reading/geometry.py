"""Maps of the plane: from a page as it is read, upright and straight, to the page as it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple


class Plane(NamedTuple):
    """A map of the plane: x' = a x + b y + c, y' = d x + e y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    @property
    def turn(self) -> int:
        """By how many degrees, clockwise, it turns the plane, to the next quarter: 0, 90, 180 or 270."""
        return 90 * round(math.degrees(math.atan2(self.d, self.a)) / 90) % 360

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """The upright box around where a box comes to lie."""
        a, b, c, d, e, f = self
        low_x, high_x = _sum(a * left, a * right, b * top, b * bottom)
        low_y, high_y = _sum(d * left, d * right, e * top, e * bottom)
        return low_x + c, low_y + f, high_x + c, high_y + f

    def after(self, other: Plane) -> Plane:
        """The map that does the other one first."""
        (a, b, c, d, e, f), o = self, other
        return Plane(a * o.a + b * o.d, a * o.b + b * o.e, a * o.c + b * o.f + c,
                      d * o.a + e * o.d, d * o.b + e * o.e, d * o.c + e * o.f + f)  # fmt: skip

    def back(self) -> Plane:
        """The map that undoes this one, which must not press the plane flat."""
        flat = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / flat, -self.b / flat, -self.d / flat, self.a / flat
        return Plane(a, b, -a * self.c - b * self.f, d, e, -d * self.c - e * self.f)


def _sum(one: float, other: float, up: float, down: float) -> tuple[float, float]:
    """The least and the greatest sum of one of the first two and one of the last two."""
    low, high = (one, other) if one <= other else (other, one)
    lower, higher = (up, down) if up <= down else (down, up)
    return low + lower, high + higher


UNMOVED = Plane(1, 0, 0, 0, 1, 0)


def around(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The upright box around some points: its least and its greatest values."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def turned_back(box: tuple[float, float, float, float], turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    """Where a box lies once the page, `width` by `height` as it is shown and turned by so many degrees clockwise, is set upright."""
    left, top, right, bottom = box
    match turn:
        case 90:
            return top, width - right, bottom, width - left
        case 180:
            return width - right, height - bottom, width - left, height - top
        case 270:
            return height - bottom, left, height - top, right
    return box
