"""What an output depends on, by content: record, rahmen, wording, the program, its packages, fonts, and the libraries that set them."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from agreements.files.disk import sha256
from agreements.files.places import PACKAGED, Places, parted
from extract.ocr.engines.models import installed

PROGRAM = ("agreements", "extract", "render", "zv", "templates/layout")
"""The program's own files: whatever is changed there, everything is made again."""

FONTS = re.compile(r"(?:LiberationSans|DejaVuSans)(?:-[A-Za-z]+)?\.(?:ttf|otf|ttc)")
"""The fonts that the layout names; whichever else the system has is never used (`render.pdf` refuses it)."""

FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip

LIBRARIES = re.compile(r"/lib(?:pango|harfbuzz|fontconfig|freetype|fribidi)[^/]*\.so[^/]*$")
"""What sets the lines of a PDF and is no Python package."""

SET_BY_LIBRARIES = ("pdf",)
"""The formats whose outputs depend on them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all outputs of a run have in common: SHA-256 by name."""

    programm: str
    python: str
    pakete: str
    schriften: Mapping[str, str]
    bibliotheken: Mapping[str, str]

    def sum_for(self, form: str) -> str:
        """One SHA-256 for all that an output of this format depends on."""
        parts = asdict(self)
        if form not in SET_BY_LIBRARIES:
            del parts["bibliotheken"]
        return sha256(repr(sorted(parts.items())).encode())

    def with_libraries(self, libraries: Iterable[str]) -> Surroundings:
        """The same with these libraries alone; one that is gone has no SHA-256."""
        return replace(self, bibliotheken={name: content(Path(name)) for name in sorted(libraries)})

    def as_data(self) -> dict[str, Any]:
        """The same for a file."""
        return asdict(self)


def surroundings(libraries: Iterable[str]) -> Surroundings:
    """The surroundings with these libraries, which only a process knows that has set a page."""
    here = Surroundings(
        programm=_sum_of(_program()),
        python=f"{sys.version.partition(' ')[0]}, zlib {zlib.ZLIB_RUNTIME_VERSION}",
        pakete=sha256("\n".join(_packages()).encode()),
        schriften=dict(sorted((str(path), content(path)) for path in set(_fonts()))),
        bibliotheken={},
    )
    return here.with_libraries(libraries)


def libraries_in_use() -> frozenset[str]:
    """The libraries that this process sets pages with; none where the system does not tell (other than Linux).

    Those that a Python package brings for itself (Pillow its own FreeType) set no page, and their package is known by its version.
    """
    maps = Path("/proc/self/maps")
    lines = maps.read_text(errors="replace").splitlines() if maps.is_file() else []
    loaded = {name for line in lines if LIBRARIES.search(name := line.partition("/")[1] + line.partition("/")[2])}
    packages = [Path(folder).resolve() for folder in sys.path if folder]
    return frozenset(name for name in loaded if not any(map(Path(name).is_relative_to, packages)))


def inputs(places: Places, jahr: int, record: Path, vorlage: Path | None = None) -> dict[str, str]:
    """SHA-256 of what one agreement is made from, by the name it has in its folder: record, rahmen, the year's wordings, house template;
    of an amendment also what it amends.
    """
    traeger, amendment = parted(record.stem)
    several = (places.path(jahr, traeger), *places.amendments(jahr, traeger)) if amendment else ()
    files = {f"agreements/{jahr}/{path.name}": path for path in (*several, record)}
    wordings = (f"templates/*/{jahr}.j2", *([f"templates/*/aenderung-{jahr}.j2"] if amendment else []))
    patterns = (f"agreements/{jahr}/rahmen*.yaml", *wordings, f"templates/*/{jahr}.rahmen.yaml")
    for root in reversed(places.roots):  # the folder's own files hide those that came with the program
        files |= {path.relative_to(root).as_posix(): path for pattern in patterns for path in root.glob(pattern)}
    if vorlage:
        files["vorlage"] = vorlage
    return {name: content(files[name]) for name in sorted(files)}


def of_reading(places: Places) -> str:
    """One SHA-256 for all that reads: the program, its packages and models, the wordings and registers of the folder."""
    patterns = ("templates/*/*.j2", "agreements/*/rahmen*.yaml", "agreements/register/*")
    files = sorted({path for root in places.roots for pattern in patterns for path in root.glob(pattern)})
    models = [(str(path := folder / f"{model}.traineddata"), path.stat().st_size, path.stat().st_mtime_ns) for folder, model in installed()]
    beside = [(str(path), content(path)) for path in files]
    return sha256(repr((_sum_of(_program()), sys.version, _packages(), beside, models)).encode())


def _program() -> Iterator[Path]:
    for folder in PROGRAM:
        for path in sorted((PACKAGED / folder).rglob("*")):
            if path.suffix in (".py", ".csv", ".yaml", ".css", ".j2", ".xml") and not path.parent.name.isdigit():
                yield path


def _packages() -> list[str]:
    """Name and version of every installed package, as its folder is called: asking each one takes a hundred times as long."""
    return sorted({path.name for folder in sys.path if folder for path in Path(folder).glob("*.dist-info")})


def _fonts() -> Iterator[Path]:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return (path for folder in folders if folder.is_dir() for path in folder.rglob("*") if FONTS.fullmatch(path.name))


def _sum_of(paths: Iterable[Path]) -> str:
    return sha256("\n".join(f"{path.relative_to(PACKAGED).as_posix()} {content(path)}" for path in paths).encode())


def content(path: Path) -> str:
    """The SHA-256 of a file; empty where it is gone or cannot be read, which is another content too."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
