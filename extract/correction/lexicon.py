"""The words that a document may have: those of German, and of the wording it follows and the register."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.language.dictionary import Dictionary
from agreements.register.register import Register
from agreements.rules.tables import wortliste
from agreements.wording.units import Wording


def fixed_words(*wordings: Wording) -> Dictionary:
    """The words of fixed texts, and beside them those of the field."""
    return _of(wordings)


def dictionary_of(register: Register, *wordings: Wording) -> Dictionary:
    """The dictionary for one document: the words of the register, and of the wordings that it follows or is like.

    Beside them stand the words of the field, as for whoever looks over the spelling: places of Niedersachsen among them.
    """
    return _of(
        wordings, (name for row in register.rows for name in (row.nominativ, row.genitiv, row.dativ, row.akkusativ, row.sitz, row.ort))
    )


def _of(wordings: Iterable[Wording], names: Iterable[str] = ()) -> Dictionary:
    return Dictionary((*(word for wording in wordings for word in wording.vocabulary), *names), wortliste().woerter.split())
