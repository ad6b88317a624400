"""Where records and wordings lie: names and folders alone, nothing is read."""

from __future__ import annotations

import re
from pathlib import Path

from agreements.files.opening import real

PACKAGED = Path(__file__).parents[2]
"""Where `agreements/` and `templates/` lie side by side: the repository, or site-packages (there without the years' records)."""

YEAR = re.compile("[12][0-9]{3}")


class Places:
    """The files of a folder: its own records; of wordings, and of what a year has in common, behind its own those of the program.

    Records that came with the program are nobody else's: in another folder they would stand among the user's own.
    """

    def __init__(self, ordner: Path, packaged: Path = PACKAGED) -> None:
        self.ordner = ordner
        self.roots = tuple(dict.fromkeys((real(ordner), real(packaged))))

    def find(self, name: str) -> Path | None:
        """The file of a relative name ("templates/ni/2024.j2"), the folder's own first; None where there is none."""
        return next((path for root in self.roots if (path := root / name).is_file()), None)

    def path(self, jahr: int, traeger: str) -> Path:
        """Where a record stands, or would be written: in the folder."""
        return self.ordner / f"agreements/{jahr}/{traeger}.yaml"

    def years(self) -> tuple[int, ...]:
        """The years that have records, sorted."""
        folders = self.ordner.glob("agreements/*/")
        return tuple(sorted({int(path.name) for path in folders if YEAR.fullmatch(path.name) and any(path.glob("*.yaml"))}))

    def records(self, jahr: int) -> tuple[Path, ...]:
        """The files of a year's agreements, sorted by Träger, without their amendments."""
        return tuple(path for path in self.of_year(jahr) if parted(path.stem)[1] == 0)

    def amendments(self, jahr: int, traeger: str | None = None) -> tuple[Path, ...]:
        """The files of a year's amendments, of one Träger or of all, in their order."""
        found = [path for path in self.of_year(jahr) if parted(path.stem)[1] and traeger in (None, parted(path.stem)[0])]
        return tuple(sorted(found, key=lambda path: parted(path.stem)))

    def of_year(self, jahr: int) -> tuple[Path, ...]:
        """The files of a year's agreements and amendments, sorted by name."""
        return tuple(path for path in sorted(self.ordner.glob(f"agreements/{jahr}/*.yaml")) if not path.name.startswith("rahmen"))


def parted(name: str) -> tuple[str, int]:
    """The Träger of a record's name and the number of the amendment, 0 for the agreement itself: no key of a Träger ends in a number."""
    found = _AMENDMENT.fullmatch(name)
    return (found["traeger"], int(found["nummer"])) if found else (name, 0)


_AMENDMENT = re.compile("(?P<traeger>.+)-(?P<nummer>[0-9]+)")
