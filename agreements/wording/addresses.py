"""How a place in a wording is called: chapter, paragraph and what is counted below them."""

from __future__ import annotations

from dataclasses import replace

from agreements.wording.units import Condition, Loop, Node, Unit


def with_addresses(body: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts of a wording, each unit with its address."""
    return _Addresses().assign(body)


class _Addresses:
    """Counts units below their headings: chapter "III", "III.§2", Absatz "III.§3.1", goal "III.§2.Nr4", its paragraphs "III.§2.Nr4.2"."""

    def __init__(self) -> None:
        self.chapter = self.section = self.absatz = self.goal = ""
        self.count = 0
        self.signature = 0

    def assign(self, body: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(replace(node, stelle=self._address(node)) if isinstance(node, Unit) else self._within(node) for node in body)

    def _within(self, node: Condition | Loop) -> Condition | Loop:
        """The same with addresses below it; of what is counted by the number of an entry, nothing counts behind the last."""
        before = self.chapter, self.section, self.absatz, self.goal, self.count
        within = replace(node, body=self.assign(node.body))
        if isinstance(node, Loop) and node.key:
            self.chapter, self.section, self.absatz, self.goal, self.count = before
        return within

    def _address(self, unit: Unit) -> str:
        match unit.art:
            case "titelseite" | "eingang":
                return str(unit.art)
            case "unterschrift":
                self.signature += 1
                return f"unterschriften.{self.signature}"
            case "ueberschrift":
                self.count = 0
                return self._heading(unit)
            case "absatz":
                self.absatz, self.goal, self.count = f".{self._opening(unit)[1:-1]}", "", 0
                return self.chapter + self.section + self.absatz
            case _:
                self.count += 1
                under = self.goal or self.absatz
                last = f"Text{self._opening(unit)}" if unit.begins_with_number else self.count
                return f"{self.chapter}{self.section}{under}.{last}".lstrip(".")

    def _heading(self, unit: Unit) -> str:
        opening = self._opening(unit)
        if unit.level == 1:
            self.chapter, self.section, self.absatz, self.goal = opening.rstrip("."), "", "", ""
            return self.chapter
        if unit.level == 2:
            self.section, self.absatz, self.goal = f".{opening}", "", ""
            return self.chapter + self.section
        self.goal = f".Nr{opening.rstrip('.')}"
        return self.chapter + self.section + self.goal

    def _opening(self, unit: Unit) -> str:
        """The number a unit begins with: "III.", "§2", "(1)", "4."; "{nummer}" where it prints that of a loop."""
        if unit.begins_with_number:
            return unit.slots[0].path.rpartition(".")[2]
        text = "".join(part.translate(_BRACES) if isinstance(part, str) else "…" for part in unit.parts)
        words = text.split()
        return words[0] + words[1] if words[0] == "§" and len(words) > 1 else words[0]


_BRACES = str.maketrans("{}", "()")
"""In an address they hold the number of a loop's entry, and nothing else."""
