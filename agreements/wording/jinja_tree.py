"""A wording as Jinja parses it; what it says of a text that it cannot parse, in German and as one who writes a wording sees it."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from agreements.errors import WordingError


def environment() -> Environment:
    """Jinja's parser as wordings are read with it."""
    return Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


def tree(source: str, datei: Path) -> nodes.Template:
    """What Jinja makes of a text; WordingError with file and line where it makes nothing of it."""
    try:
        return environment().parse(source)
    except TemplateSyntaxError as error:
        raise no_text(error, datei, error.lineno) from error
    except (RecursionError, ValueError) as error:  # it calls itself for each bracket; Python reads no number of thousands of digits
        raise WordingError("Der Wortlaut ist so nicht zu lesen: Eine Klammer enthält zu viele Klammern oder eine zu lange Zahl.",
                           datei=datei, abhilfe=_REMEDY) from error  # fmt: skip


def no_text(error: TemplateSyntaxError, datei: Path, zeile: int) -> WordingError:
    """What Jinja has to say against a text, in German."""
    return WordingError(
        f"Der Wortlaut ist so nicht zu lesen. {_in_german(error.message or '')}",
        datei=datei,
        zeile=zeile,
        abhilfe=_REMEDY,
    )


_REMEDY = "Klammern und Anweisungen an dieser Stelle prüfen."


_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"innermost block that needs to be closed is '(\w+)'"),
        "Eine Anweisung {{% {0} … %}} ist nicht mit {{% end{0} %}} geschlossen.",
    ),
    (re.compile(r"Encountered unknown tag '(end\w+)'|Unexpected tag '(end\w+)'"), "Zu {{% {0} %}} fehlt der Anfang."),
    (re.compile(r"Encountered unknown tag '(\w+)'"), "Die Anweisung „{0}“ gibt es nicht."),
    (
        re.compile(r"expected token 'end of (?:print statement|statement block)', got '(.+)'"),
        "In einer Klammer steht „{0}“, wo sie enden müsste.",
    ),
    (re.compile(r"unexpected char '(.+?)' at"), "In einer Klammer steht das Zeichen „{0}“, das dort nicht stehen kann."),
    (re.compile(r"Missing end of comment tag"), "Eine Anmerkung {{# ist nicht mit #}} geschlossen."),
    (re.compile(r"No filter named '(\w+)'"), "Eine Schreibweise „{0}“ gibt es nicht."),
    (re.compile(r"unexpected '(.+?)'|got '(.+?)'"), "In einer Klammer steht „{0}“ an der falschen Stelle."),
)
"""What stands in Jinja's messages (3.1), and what is said for it."""


def _in_german(message: str) -> str:
    """One German sentence for a message of Jinja's."""
    for pattern, said in _SAID:
        if found := pattern.search(message):
            return said.format(next((group for group in found.groups() if group), ""))
    return "Eine Klammer {{ … }} oder {% … %} ist nicht vollständig."
