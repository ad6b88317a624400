"""What a word is: the words and signs of a text, and when two of them are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHAPES = str.maketrans({**dict.fromkeys("„“”‟«»", '"'), **dict.fromkeys("‚‘’‹›", "'"), **dict.fromkeys("–—‐‑−", "-")})


def shape(text: str) -> str:
    """A text with every quote and dash in its plainest form: another shape of them is no other wording."""
    return text.translate(_SHAPES)


@dataclass(frozen=True)
class Tokens:
    """A text and its words and signs; white space only parts them."""

    text: str

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(_TOKEN.finditer(self.text))

    @cached_property
    def starts(self) -> list[int]:
        return [found.start() for found in self._found]

    @cached_property
    def ends(self) -> list[int]:
        return [found.end() for found in self._found]

    @cached_property
    def written(self) -> list[str]:
        """The tokens as they stand."""
        return [found.group() for found in self._found]

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The tokens in their plainest form, for comparing."""
        return shapes(self.text)

    @cached_property
    def after(self) -> dict[int, int]:
        """The number of the token that follows, by the letter at which a token ends."""
        return {end: number for number, end in enumerate(self.ends, 1)}

    def __len__(self) -> int:
        return len(self.plain)


@lru_cache(maxsize=4096)
def shapes(text: str) -> tuple[str, ...]:
    """The tokens of a text in their plainest form."""
    return tuple(_TOKEN.findall(shape(text)))


def shortened(text: str) -> str:
    """A text short enough for a message: 60 letters at the most, its end left out."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def excerpt(text: str) -> str:
    """What a person should know of a text that was not read: 80 letters at the most, its end left out."""
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def apart(one: str, other: str, letters: int = 100) -> tuple[str, str]:
    """Two texts short enough to stand beside each other, each from a few words before the first place where they differ."""
    if max(len(one), len(other)) <= letters:
        return one, other
    shorter = min(len(one), len(other))
    same = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    begin = one.rfind(" ", 0, same - letters // 4) + 1 if same > letters // 2 else 0
    return _from(one, begin, letters), _from(other, begin, letters)


def _from(text: str, begin: int, letters: int) -> str:
    part = f"{'…' if begin else ''}{text[begin:]}"
    return part if len(part) <= letters else f"{part[: letters - 1]}…"


def around(text: str, start: int, end: int, letters: int = 25) -> str:
    """The words at a place with a few beside them, so that a person finds them."""
    left = text.rfind(" ", 0, max(0, start - letters)) + 1 if start > letters else 0
    right = text.find(" ", min(len(text), end + letters))
    return text[left : right if right >= 0 else len(text)]
