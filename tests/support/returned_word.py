"""A Word file of ours as a Landkreis sends it back: words changed, tracked or not, entries added and struck, comments made."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

AUTHOR = "Erika Muster"


class Change(NamedTuple):
    """Words of the file and what takes their place; None where the whole paragraph goes."""

    old: str
    new: str | None
    tracked: bool = False


def returned(
    source: Path, target: Path, changes: Sequence[Change], comment: tuple[str, str] | None = None, added: Sequence[Change] = ()
) -> Path:
    """The file with these changes; `comment` are words and what is said of them; `added` puts a paragraph `new` behind that of `old`."""
    document = docx.Document(str(source))
    body = document.element.body
    for number, change in enumerate(changes):
        _change(body, change, number)
    for change in added:
        paragraph = _paragraph_of(_run(body, change.old)[0])
        copy = deepcopy(paragraph)
        texts = list(copy.iter(qn("w:t")))
        texts[0].text = change.new
        for each in texts[1:]:
            each.text = ""
        paragraph.addnext(copy)
    if comment:
        words, said = comment
        run, _ = _run(body, words)
        document.add_comment(Run(run, Paragraph(_paragraph_of(run), document)), said, AUTHOR, "EM")
    document.save(str(target))
    return target


def _run(body: Any, words: str) -> tuple[Any, Any]:
    """The run that holds some words, and its text."""
    found = [each for each in body.iter(qn("w:t")) if words in _plain(each)]
    assert found, words
    return found[0].getparent(), found[0]


def _plain(text: Any) -> str:
    return (text.text or "").replace("\N{NO-BREAK SPACE}", " ")


def _paragraph_of(element: Any) -> Any:
    while element.tag != qn("w:p"):
        element = element.getparent()
    return element


def _change(body: Any, change: Change, number: int) -> None:
    run, text = _run(body, change.old)
    if change.new is None:
        paragraph = _paragraph_of(run)
        paragraph.getparent().remove(paragraph)
        return
    before, _, after = _plain(text).partition(change.old)
    if not change.tracked:
        text.text = before + change.new + after
        return
    for words, kind in ((before, None), (change.old, "del"), (change.new, "ins"), (after, None)):
        if words:
            run.addprevious(_piece(run, words, kind, number))
    run.getparent().remove(run)


def _piece(run: Any, words: str, kind: str | None, number: int) -> Any:
    """A run like another with other words, within a tracked change where it is one."""
    piece = deepcopy(run)
    text = piece.find(qn("w:t"))
    text.text = words
    text.set(qn("xml:space"), "preserve")
    if kind is None:
        return piece
    if kind == "del":
        text.tag = qn("w:delText")
    change = OxmlElement(f"w:{kind}")
    for name, value in (("id", str(900 + 2 * number + (kind == "ins"))), ("author", AUTHOR), ("date", "2024-01-30T09:15:00Z")):
        change.set(qn(f"w:{name}"), value)
    change.append(piece)
    return change
