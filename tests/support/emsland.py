"""The real agreement's record, its wording and the register, for tests that change a real document."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from agreements.filling.fill import fill
from agreements.library.library import open_library
from agreements.model.document import Document
from agreements.model.record import Akte, Vereinbarung
from agreements.register.register import load_register
from agreements.wording.units import Wording
from agreements.wording.wording import load_wording

ROOT = Path(__file__).parents[2]
REGISTER = load_register()


@cache
def wording() -> Wording:
    """The wording ni/2024."""
    return load_wording(ROOT / "templates" / "ni" / "2024.j2", "ni/2024")


@cache
def emsland() -> Vereinbarung:
    """The record of Landkreis Emsland 2024, effective, without what its document does not say."""
    library = open_library(ROOT)
    stored = library.store.load((2024, "lk-emsland"))
    return library.effective(stored.record).model_copy(update={"akte": Akte()})


@cache
def document() -> Document:
    """Its document."""
    return fill(wording(), emsland(), REGISTER)
