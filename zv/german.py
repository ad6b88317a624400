"""The command line in German: click's own words for help and mistakes."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from agreements.errors import shortened


class Command(click.Command):
    """A command whose help page is German; `beispiele` are shown at its end."""

    def __init__(self, *args: Any, beispiele: Iterable[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        super().__init__(*args, **kwargs)
        self.beispiele = tuple(beispiele)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Aufruf: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = filter(None, (option.get_help_record(ctx) for option in options))
        rows = [(name, text.replace("[required]", "[nötig]")) for name, text in records]
        with formatter.section("Optionen"):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.beispiele:
            with formatter.section("Beispiele"):
                for line in self.beispiele:
                    formatter.write(f"  {line}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Diese Hilfe zeigen."
        return option


UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Group(Command, click.Group):
    """Commands that are loaded when called: `eintraege` gives each one's module, in the package `ort`, and short help.

    `auch` gives other names that are understood and not listed; of those in `abgeloest` the name of today is said. Upper case
    and umlauts may be typed: "Prüfe" is "pruefe".
    """

    def __init__(
        self,
        *args: Any,
        eintraege: Mapping[str, str],
        auch: Mapping[str, str] | None = None,
        abgeloest: Container[str] = (),
        ort: str = "zv.commands",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("subcommand_metavar", "BEFEHL …")
        super().__init__(*args, **kwargs)
        self.eintraege, self.auch, self.abgeloest, self.ort = eintraege, auch or {}, abgeloest, ort

    def meant(self, typed: str) -> str:
        """The name of the command that a word means; the word itself where it means none."""
        plain = unicodedata.normalize("NFC", typed).casefold().translate(UMLAUTS)
        return self.auch.get(plain, plain if plain in self.eintraege else typed)

    def nearest(self, typed: str) -> str | None:
        """The command whose name, or other name, is most like a word; None where none is."""
        near = get_close_matches(self.meant(typed).casefold().translate(UMLAUTS), [*self.eintraege, *self.auch], 1)
        return self.meant(near[0]) if near else None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.eintraege)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command under its own name, whatever was typed; UsageError where there is none, the nearest named."""
        command = self.get_command(ctx, args[0])
        if command is None:
            near = self.nearest(args[0])
            raise click.UsageError(f"Einen Befehl „{args[0]}“ gibt es nicht." + (f" Gemeint ist vielleicht „{near}“." if near else ""), ctx)
        if args[0] in self.abgeloest:
            click.echo(f"„zv {args[0]}“ heißt jetzt „zv {command.name}“.", err=True)
        return command.name, command, args[1:]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = self.meant(cmd_name)
        if name not in self.eintraege:
            return None
        command: click.Command = import_module(f"{self.ort}.{name.replace('-', '_')}").command
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Befehle"):
            formatter.write_dl(list(self.eintraege.items()))
        super().format_options(ctx, formatter)


def sentence(error: click.ClickException) -> str:
    """What was wrong with a call, in German."""
    return shortened(_sentence(error))


def _sentence(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            meant = f" Gemeint ist vielleicht {', '.join(error.possibilities)}." if error.possibilities else ""
            return f"Eine Option „{error.option_name}“ gibt es nicht.{meant}"
        case click.MissingParameter() if error.param is not None:
            return f"Es fehlt: {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}."
        case click.BadParameter() if error.param is not None:
            if isinstance(error.param.type, click.Choice):
                return f"{_name(error.param)}: Möglich sind {', '.join(map(str, error.param.type.choices))}."
            if isinstance(error.param.type, click.IntRange):
                return f"{_name(error.param)}: Möglich sind {error.param.type.min} bis {error.param.type.max}."
            return f"{_name(error.param)}: Dieser Wert ist nicht möglich."
        case click.BadOptionUsage():
            return f"Die Option „{error.option_name}“ {'braucht einen' if 'requires' in error.message else 'nimmt keinen'} Wert."
        case click.UsageError() if "unexpected extra argument" in error.message:
            return f"Zu viele Angaben: „{error.message.partition('(')[2].removesuffix(')')}“."
        case click.UsageError() if "Missing command" in error.message:
            return "Es fehlt ein Befehl."
    return error.message


def _name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else str(param.human_readable_name).strip("[]")
