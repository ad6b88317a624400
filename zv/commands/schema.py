"""`zv schema`: the JSON Schema of the records."""

from __future__ import annotations

import click

from zv.german import Command


@click.command("schema", cls=Command, beispiele=("zv schema > vereinbarung.schema.json",))
def command() -> None:
    """Das JSON-Schema der Datensätze ausgeben.

    Ein Editor, der es kennt, prüft Datensätze beim Schreiben und schlägt die Namen der Angaben vor. VS Code (Erweiterung
    „YAML“) findet es durch die erste Zeile des Datensatzes, mit dem Weg vom Datensatz aus:

    \b
    # yaml-language-server: $schema=../../vereinbarung.schema.json
    """
    import json

    from agreements.store.json_schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
