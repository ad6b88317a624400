"""The command `zv`: finds the command, and turns every error into one German sentence and an exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from agreements import __version__
from agreements.errors import UsageError, ZvError
from agreements.register.tables import work_in
from zv.common import ordner_option
from zv.german import Group, sentence
from zv.shown import doors

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no other package has a say in what a record is; none is looked for
COMMANDS = {
    "drucke": "Aus Datensätzen PDF und Word machen.",
    "lies": "Eine Vereinbarung (PDF, Word) als Datensatz lesen.",
    "einlesen": "Viele Vereinbarungen einlesen, mit Prüfbogen zu jeder.",
    "entwirf": "Entwürfe eines neuen Jahres aus dem Vorjahr anlegen.",
    "planung": "Werte für viele Träger aus einer Tabelle übernehmen.",
    "wortlaut": "Den Wortlaut eines Jahres lernen oder prüfen.",
    "pruefe": "Datensätze prüfen: Zahlen, Jahre, Namen, Sprache.",
    "vergleiche": "Zwei Vereinbarungen oder Jahre vergleichen (Synopse).",
    "uebersicht": "Alle Träger eines Jahres oder mehrerer im Überblick.",
    "kennzahlen": "Die Zahlen hinter den Prozenten hinterlegen.",
    "arbeitsplatz": "Den Arbeitsplatz im Browser öffnen.",
    "offen": "Alles nennen, was noch zu entscheiden ist.",
    "bogen": "Den Prüfbogen eines Datensatzes neu machen.",
    "bestaetige": "Offene Punkte entscheiden: bestätigen, berichtigen.",
    "durchgesehen": "Übernommene Texte als durchgesehen vermerken.",
    "stilllegen": "Eine Prüfregel für eine Vereinbarung stilllegen.",
    "setze": "Eine Angabe setzen: „2,5“, „1. Februar 2024“, „offen“.",
    "zurueck": "Den letzten Schritt zurücknehmen; das Journal zeigen.",
    "uebernimm": "Übernehmen, was von einer Vereinbarung zurückkam.",
    "antworte": "Die Word-Datei für die nächste Runde ausgeben.",
    "gilt": "Zeigen, was nach den Änderungen eines Jahres gilt.",
    "setze-stand": "Vermerken, was versandt oder unterzeichnet ist.",
    "paket": "PDF, Word und Synopse in einer Datei für den Landkreis.",
    "aenderung": "Eine Änderung während des Jahres anlegen.",
    "umstellen": "Ältere Datensätze eines Jahres auf offene Punkte umstellen.",
    "runde": "Einen Datensatz ausgeben, zurücklesen und vergleichen.",
    "traeger": "Die zugelassenen kommunalen Träger eines Jahres nennen.",
    "land": "Für ein anderes Land arbeiten: seine Kreise anlegen.",
    "vergiss": "Löschen, was vom Lesen von Dateien aufbewahrt ist.",
    "schema": "Das JSON-Schema der Datensätze ausgeben (für Editoren).",
}

OTHER_NAMES = {
    "render": "drucke",
    "extract": "lies",
    "import": "einlesen",
    "draft": "entwirf",
    "fill": "planung",
    "check": "pruefe",
    "compare": "vergleiche",
    "overview": "uebersicht",
    "stand": "gilt",
}
"""What else a command is understood by, the short and English names of before among them; help lists none of them."""
REPLACED = ("stand",)
"""Those of them that are answered with the name of today, since they have come to mean something else."""


def version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """Names the version, that no pictures are read where that is so, and what part of the jail this system lacks."""
    if not asked or context.resilient_parsing:
        return
    from extract.files import jail
    from extract.ocr.engines.extra import SCAN

    click.echo(f"zv {__version__}")
    if not SCAN.is_installed():
        click.echo(f"Scans werden hier nicht gelesen, und Seitenbilder nicht gegengelesen. {SCAN.remedy}")
    if missing := jail.missing():
        click.echo(f"Dateien von außen sind hier nur teilweise eingeschlossen: {' und '.join(missing)} fehlt (docs/sicherheit.md).")
    context.exit()


@click.group(
    "zv",
    cls=Group,
    eintraege=COMMANDS,
    auch=OTHER_NAMES,
    abgeloest=REPLACED,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    beispiele=("zv drucke 2024 lk-emsland", "zv lies Vereinbarung.pdf > lk-emsland.yaml", "zv drucke --help"),
)
@ordner_option
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=version, help="Die Version nennen.")
def cli() -> None:
    """Zielvereinbarungen nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II: schreiben, lesen, prüfen.

    Datensätze stehen unter agreements/JAHR/TRAEGER.yaml, Ergebnisse unter out/JAHR/.
    """


def main() -> None:
    """Runs one command; exit codes: 0 done, 1 a check failed, 2 usage, 3 unreadable input, 4 another kind of document."""
    os.environ["PYTHONSAFEPATH"] = "1"  # processes that it begins look for no module among the user's files
    for stream in (sys.stdout, sys.stderr):
        # records are UTF-8, also where a Windows console would write its own code page into a redirected file
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # the name of a file may be no UTF-8
    gc.set_threshold(_LOADED)
    code = run(sys.argv[1:])
    gc.freeze()  # of a process that ends all goes back at once: Python looks for garbage while it ends, whether or not that is disabled
    sys.exit(code)


_LOADED = 200_000
"""Objects after which garbage is looked for first: a command loads half as many, and none of them is any. With the searches at the end
that takes a fifth of the time of a short command."""


@doors()
def run(args: list[str]) -> int:
    """The exit code of one call; messages go to standard error."""
    try:
        work_in(Path())  # until the call names another folder
        code = cli.main(args, standalone_mode=False)
        _let_go(sys.stdout)
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.message)  # the help itself
        return UsageError.exit_code
    except click.ClickException as error:
        say(sentence(error))
        say("Hilfe: zv --help")
        return UsageError.exit_code
    except click.Abort:
        say("Abgebrochen.")
        return 130
    except ZvError as error:
        say(str(error))
        return error.exit_code
    except BrokenPipeError:
        _print_nowhere()  # whoever read our output has read enough
        return 0
    except OSError as error:
        refused = _refused(error)
        say(str(refused))
        return refused.exit_code


def say(message: str) -> None:
    """One message to standard error; where that is full or gone, the exit code says it alone."""
    with suppress(OSError):
        click.echo(message, err=True)


def _let_go(stream: TextIO | None) -> None:
    """Prints what is kept back: what cannot be printed is to be told here, not by Python when all is over."""
    if stream is not None:
        stream.flush()


def _refused(error: OSError) -> ZvError:
    """What the system refused and no room has told by itself: a file that is in the way of all, or, where it names none, the output."""
    from agreements.files import disk, opening

    if error.filename is not None:
        return opening.refused(error)
    _print_nowhere()
    return ZvError(f"Die Ausgabe konnte nicht geschrieben werden. {disk.reason(error)}", abhilfe="Sie in einen anderen Ordner umleiten.")


def _print_nowhere() -> None:
    """Lets go what is kept back for a standard output that takes nothing any more, so that Python does not try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
