"""What two records say differently, Angabe by Angabe: how officials call it, what each says, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any

from rapidfuzz.distance import Levenshtein

from agreements.errors import WordingError
from agreements.filling.fill import fill
from agreements.language.numbers import write_number
from agreements.language.said import ABSENT, said_of, say
from agreements.language.tokens import apart, shortened
from agreements.model.fields import angaben, label
from agreements.model.record import Textblock, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import Register
from agreements.wording.own import has_fields, shown, wording_of_blocks


@dataclass(frozen=True, slots=True)
class Difference:
    """What the old record says, and what the new one says, one text a paragraph."""

    name: str
    """Of an Angabe, for officials; of a departure or of kept text where there is no Angabe."""
    alt: tuple[str, ...]
    neu: tuple[str, ...]
    feld: str | None = None
    um: str = ""
    """By how much, where both are numbers of one kind: "+128.500 (+1,0 %)", "−1,9 Prozentpunkte"."""


def differences(register: Register, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    """Where two effective records say something else: Angaben, wording, departures, kept text."""
    return (*differing_values(register, old, new), *_departures(old, new), *_texts(register, old, new))


def differing_values(register: Register, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    """The Angaben and the wording alone, for those who compare the text word by word."""
    return (*_values(register, old, new), *_wording(old, new))


def otherwise_before(old: Vereinbarung, new: Vereinbarung, register: Register) -> dict[str, str]:
    """What an earlier state of a document says otherwise, in short, by the Angaben of the later one, or by its kept text."""
    values = {each.feld: apart(" / ".join(each.alt), " / ".join(each.neu), 60)[0] for each in _values(register, old, new) if each.feld}
    gone = next((text for block, text in zip(old.text, shown(old), strict=True) if block not in new.text), ABSENT)
    return values | ({"text": shortened(gone)} if new.text and old.text != new.text else {})


def _values(register: Register, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    before, after = angaben(old), angaben(new)
    changed = [feld for feld in dict.fromkeys((*before, *after)) if before.get(feld) != after.get(feld)]

    def differing(feld: str) -> Difference:
        one, other = before.get(feld), after.get(feld)
        return Difference(label(feld), say(feld, one, register, old.jahr), say(feld, other, register, new.jahr), feld,
                          "" if feld == "jahr" else change(one, other))  # fmt: skip

    return tuple(differing(feld) for feld in changed if not _is_blank(feld, before, after))


def _is_blank(feld: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a date waits for the pen in the one, and the other does not speak of it."""
    return feld.endswith(".datum") and {before.get(feld), after.get(feld)} <= {None, OFFEN}


def _wording(old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    if old.wortlaut == new.wortlaut:
        return ()
    return (Difference("Wortlaut", (old.wortlaut or ABSENT,), (new.wortlaut or ABSENT,)),)


def _departures(old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    gone = [each for each in old.abweichungen if each not in new.abweichungen]
    come = [each for each in new.abweichungen if each not in old.abweichungen]
    return (*(Difference(f"Abweichung {each.stelle}", (said_of(each, str),), (ABSENT,)) for each in gone),
            *(Difference(f"Abweichung {each.stelle}", (ABSENT,), (said_of(each, str),)) for each in come))  # fmt: skip


def _texts(register: Register, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    """Where own texts differ, block by block; only where both have theirs. What stands in a field differs as an Angabe."""
    if not (old.text and new.text):
        return ()
    both = has_fields(old) and has_fields(new)
    before, after = (_paragraphs(record, register, by_block=both) for record in (old, new))
    steps = Levenshtein.opcodes([text for text, _ in before], [text for text, _ in after])
    runs = ((before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]) for step in steps if step.tag != "equal")
    pairs = (pair for gone, come in runs for pair in zip_longest(gone, come, fillvalue=(ABSENT, ABSENT)))
    return tuple(Difference("Text", (left,), (right,)) for (_, left), (_, right) in pairs if left != right)


def _paragraphs(record: Vereinbarung, register: Register, by_block: bool) -> list[tuple[str, str]]:
    """What is compared, and what is shown of it: block by block the text without its values, else each paragraph as it is printed."""
    if by_block:
        filled = (" ".join(_filled(record, block, register)) for block in record.text)
        return list(zip(shown(record), filled, strict=True))
    return [(text, text) for block in record.text for text in _filled(record, block, register)]


def _filled(record: Vereinbarung, block: Textblock, register: Register) -> list[str]:
    """The paragraphs of a block as they are printed; one that cannot be filled as it stands."""
    try:
        alone = wording_of_blocks(record.model_copy(update={"text": (block,)}))
        return [" ".join(each.text.split()) for each in fill(alone, record, register).blocks]
    except WordingError:
        return [block.text]  # said where it is printed


# ---------------------------------------------------------------- by how much


_UNITS = {"personen": "Personen", "euro": "Euro"}
"""What the difference of two values is counted in; that of any two percentages in percentage points."""


def change(old: Any, new: Any) -> str:
    """By how much a number or a Zielwert changes; nothing where the two are not of one kind, so that their difference would mislead."""
    match old, new:
        case int() | Decimal(), int() | Decimal():
            return f"{_signed(Decimal(new) - Decimal(old))}{_share(Decimal(old), Decimal(new))}"
        case Zielwert(), Zielwert() if _comparable(old) == _comparable(new):
            return _of_values(old, new)
    return ""


def _comparable(value: Zielwert) -> tuple[Any, ...]:
    """What two targets must have in common for their difference to mean something; 3,9 % over 2023 is nothing beside 2,5 % over 2024."""
    return value.richtung, value.schranke, value.einheit, value.bezug


def _of_values(old: Zielwert, new: Zielwert) -> str:
    if not isinstance(old.wert, Decimal | int) or not isinstance(new.wert, Decimal | int) or old.wert == new.wert:
        return ""
    return f"{_signed(Decimal(new.wert) - Decimal(old.wert))} {_UNITS.get(old.einheit, 'Prozentpunkte')}"


def _signed(number: Decimal) -> str:
    return f"{'−' if number < 0 else '+'}{write_number(abs(number))}"


def _share(old: Decimal, new: Decimal) -> str:
    if not old:
        return ""
    share = (100 * (new - old) / abs(old)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({_signed(share)} %)"
