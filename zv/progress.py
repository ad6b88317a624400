"""The bar that shows, on a terminal only, how far many files are and which are being read."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from zv.terminal import Console


class Bar:
    """Goes to standard error; it draws when told to and has no thread of its own, since processes are split off meanwhile."""

    def __init__(self, total: int, verb: str = "liest") -> None:
        self.verb = verb
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
        self.progress = Progress(*columns, console=console, auto_refresh=False, transient=True, disable=not console.is_terminal)
        self.task = self.progress.add_task("", total=total)
        self.reading: list[str] = []

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.progress.stop()

    def begins(self, datei: Path | str) -> None:
        """A file, or what bears a name, is at work from now on."""
        self.reading.append(_name(datei))
        self._say()

    def ends(self, datei: Path | str) -> None:
        """It is done."""
        if _name(datei) in self.reading:
            self.reading.remove(_name(datei))
        self.progress.advance(self.task)
        self._say()

    def refresh(self) -> None:
        """Draws anew, so that the time is seen to pass."""
        self.progress.refresh()

    def _say(self) -> None:
        self.progress.update(self.task, description=f"{self.verb} {', '.join(self.reading)}" if self.reading else "", refresh=True)


def _name(datei: Path | str) -> str:
    return datei if isinstance(datei, str) else datei.name
