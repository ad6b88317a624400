"""Content controls of a Word file: what they are called, and whether they show a prompt, or data beside the text."""

from __future__ import annotations

import re

from lxml import etree

from agreements.language.notation import OPEN
from agreements.reading.doubts import Doubt
from extract.word.bound_data import Stores
from extract.word.styles import Styles, W, is_on, value
from extract.word.surroundings import Prompt, Where

_PROMPTS = ("placeholder text", "platzhaltertext")
_PROMPT = re.compile(r"\s*(?:Klicken|Tippen|Wählen Sie|Click|Tap|Choose|Enter)\b")


class Controls:
    """Tells of the content controls of one part of a file what holds inside them."""

    def __init__(self, styles: Styles, stores: Stores, skipped: list[str]) -> None:
        self._styles, self._stores = styles, stores
        self.skipped = skipped
        """German sentences on what was not read, added to."""

    def within(self, control: etree._Element, where: Where) -> Where:
        """What holds inside a content control."""
        properties = control.find(W + "sdtPr")
        if properties is None:
            return where
        tag = value(properties.find(W + "tag")) or where.tag
        contents = value(properties.find(f"{W}docPartObj/{W}docPartGallery")) == "Table of Contents"
        where = where._replace(tag=tag, contents=where.contents or contents)
        text = "".join(found.text or "" for found in control.iterfind(f"{W}sdtContent//{W}t"))
        shown = self._stores.otherwise(properties, text)
        if shown is not None:
            where = where._replace(seen=(Doubt("zeigt-word-als", worte=shown) if shown else Doubt("zeigt-word-leer"),))
        showing = properties.find(W + "showingPlcHdr")
        if showing is None or not is_on(showing) or not text.strip() or OPEN.fullmatch(text.strip()):
            return where
        if not self._is_prompt(control, text):
            return where._replace(seen=where.seen or (Doubt("gilt-als-platzhalter"),))
        name = re.sub(r"[\[\]]", "", value(properties.find(W + "alias")) or "").rpartition(":")[2].strip()[:60] or "Angabe"
        self.skipped.append(f"Ein Inhaltssteuerelement („{name}“) ist leer; es zeigt nur den Platzhalter „{' '.join(text.split())}“.")
        return where._replace(prompt=Prompt(f"[{name} offen]"))

    def _is_prompt(self, control: etree._Element, text: str) -> bool:
        """Whether a control shows what asks for a value: in the style for that, or in Word's words."""
        styles = (value(style) or "" for style in control.iterfind(f"{W}sdtContent//{W}rStyle"))
        return _PROMPT.match(text) is not None or any(self._styles.name_of(style) in _PROMPTS for style in styles)
