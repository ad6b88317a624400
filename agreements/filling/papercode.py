"""The code that survives paper: which agreement was printed, by which version of zv, and a fingerprint of its text."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass

from agreements import __version__
from agreements.model.document import Document

_FORM = re.compile(
    r"ZV1/(?P<jahr>[12]\d{3})/(?P<kennung>[A-Z]+(?:-[A-Z]+)*(?:-\d+)?)/(?P<version>[0-9A-Z.+-]{1,20})/(?P<summe>[A-Z2-7]{20})"
)
ALT = "Papiercode "
"""Before the code's letters, what a picture of it is called for those who do not see it."""
_LETTERS = 20
"""Of the fingerprint: 100 bits, so that no two texts have the same by chance."""


@dataclass(frozen=True, slots=True)
class Papercode:
    """What the code says; `kennung` is the record's name in its year, "lk-emsland-1"."""

    jahr: int
    kennung: str
    summe: str
    version: str = __version__

    @property
    def text(self) -> str:
        """The letters of the code: capitals, figures and signs that such a code holds most densely (ISO/IEC 18004, alphanumeric)."""
        return f"ZV1/{self.jahr}/{self.kennung}/{self.version}/{self.summe}".upper()


def parse(text: str) -> Papercode | None:
    """What a code's letters say; None for a code that is none of ours."""
    found = _FORM.fullmatch(text)
    return Papercode(int(found["jahr"]), found["kennung"].lower(), found["summe"], found["version"].lower()) if found else None


def fingerprint(document: Document) -> str:
    """The same for documents that say the same, whatever they look like: a part of the SHA-256 of their blocks' text."""
    text = "\n".join(" ".join(block.text.split()) for block in document.blocks)
    return b32encode(hashlib.sha256(text.encode()).digest()).decode()[:_LETTERS]
