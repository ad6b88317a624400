"""A wording's source as prose for a person to change: its text paragraph by paragraph, every field a token that cannot be broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agreements.errors import UsageError
from agreements.model.fields import kind_at, label

_FIELD = re.compile(r"\{\{.*?\}\}", re.S)
_CONTROL = re.compile(r"\s*(?:\{%|:::|\+\+\+)")
_CONDITION = re.compile(r"\{%-?\s*(if|elif|for|else|endif|endfor)\b(.*?)-?%\}")
_PATH = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+|\[\d+\])+|traeger|jahr")
_OPEN, _CLOSE = "⟨", "⟩"
"""Around a token; no wording has them."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A field as it is shown: its name, and the token that stands for it while one types."""

    name: str
    token: str
    source: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The text between two blank lines."""

    zeile: int
    """Its first line of text, from 1."""
    pieces: tuple[str | Chip, ...]
    nur_wenn: tuple[str, ...]
    """What must be so that it stands there; of a list, what it goes through."""

    @property
    def typed(self) -> str:
        """The text as a person changes it."""
        return "".join(piece if isinstance(piece, str) else piece.token for piece in self.pieces)


def passages(source: str) -> Iterator[Passage]:
    """All passages of a wording's source, in order; comments are none."""
    conditions: list[str] = []
    for first, lines in _blocks(source):
        for line in lines:
            for kind, said in _CONDITION.findall(line):
                _follow(conditions, kind, said)
        text = [(number, line) for number, line in enumerate(lines, first) if line.strip() and not _CONTROL.match(line)]
        if text:
            yield Passage(text[0][0], tuple(_pieces("\n".join(line for _, line in text))), tuple(conditions))


def _blocks(source: str) -> Iterator[tuple[int, list[str]]]:
    """The lines between blank ones or control lines, each run with the number of its first."""
    without = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), source, flags=re.S)
    run: list[str] = []
    for number, line in enumerate(without.split("\n"), 1):
        if not line.strip() or _CONTROL.match(line):
            if run:
                yield number - len(run), run
            run = []
            if line.strip():
                yield number, [line]
        else:
            run.append(line)
    if run:
        yield len(without.split("\n")) - len(run) + 1, run


def _follow(conditions: list[str], kind: str, said: str) -> None:
    """The conditions under which what comes next stands."""
    if kind in ("endif", "endfor"):
        conditions.pop()
    elif kind in ("else", "elif"):
        conditions[-1] = f"sonst: {conditions[-1]}"
    else:
        names = [_named(path) for path in _PATH.findall(said)] or [" ".join(said.split())]
        conditions.append(f"{'je Eintrag: ' if kind == 'for' else ''}{', '.join(dict.fromkeys(names))}")


def _pieces(text: str) -> Iterator[str | Chip]:
    seen: Counter[str] = Counter()
    at = 0
    for found in _FIELD.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        name = _named(found[0].strip("{} ").partition("|")[0].strip())
        seen[name] += 1
        yield Chip(name, f"{_OPEN}{name}{f' {seen[name]}' if seen[name] > 1 else ''}{_CLOSE}", found[0])
        at = found.end()
    if at < len(text):
        yield text[at:]


def _named(path: str) -> str:
    """What officials call a field; of an entry of a list, or a part of one, what the wording calls it: "Schritt", "Ziel: Titel"."""
    plain = re.sub(r"\[(\d+)\]", r".\1", path).removesuffix(".items")
    if kind_at(plain) is not None:
        return label(plain)
    return ": ".join(part[:1].upper() + part[1:].replace("_", " ") for part in plain.split("."))


def changed(source: str, zeile: int, typed: str) -> str:
    """The source with one passage as a person has typed it.

    UsageError: there is no passage at that line, a field is missing or doubled, or markup of the source stands in the text.
    """
    passage = next((each for each in passages(source) if each.zeile == zeile), None)
    if passage is None:
        raise UsageError(f"In Zeile {zeile} beginnt kein Absatz.")
    chips = {piece.token: piece.source for piece in passage.pieces if isinstance(piece, Chip)}
    text = "\n".join(" ".join(line.split()) for line in typed.strip().splitlines())
    if not text:
        raise UsageError("Der Absatz wäre leer.", abhilfe="Einen ganzen Absatz streicht man in der Datei des Wortlauts.")
    if re.search(r"\{[{%#]|[%#}]\}", text) or "\n\n" in text:
        raise UsageError("Hier stehen Zeichen, die im Wortlaut etwas anderes bedeuten: {{ }} {% %} {# #}.")
    for token in chips:
        if (count := text.count(token)) != 1:
            raise UsageError(
                f"Das Feld {token} {'fehlt' if not count else 'steht mehrmals da'}.", abhilfe="Jedes Feld bleibt einmal stehen."
            )
    for token, field in chips.items():
        text = text.replace(token, field)
    if _OPEN in text or _CLOSE in text:
        raise UsageError(f"Die Zeichen {_OPEN} {_CLOSE} stehen nur um Felder.")
    lines = source.split("\n")
    count = passage.typed.count("\n") + 1
    return "\n".join([*lines[: zeile - 1], *text.split("\n"), *lines[zeile - 1 + count :]])
