"""An entry in the start menu, so that nobody needs a terminal to open the workbench."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from agreements.errors import ZvError
from agreements.files.disk import in_german, write_atomic

NAME = "zv Arbeitsplatz"


def shortcut(ordner: Path) -> Path:
    """Where the entry lies now that opens the workbench of a folder; ZvError where it cannot be made."""
    folder = ordner.resolve()
    match sys.platform:
        case "win32":
            return _windows(folder)
        case "darwin":
            return _macos(folder)
    return _linux(folder)


def _linux(folder: Path) -> Path:
    """A desktop entry (Desktop Entry Specification 1.5)."""
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    words = " ".join(map(_quoted, (sys.executable, "-P", "-m", "zv", "arbeitsplatz", "--ordner", str(folder))))
    lines = ("[Desktop Entry]", "Type=Application", f"Name={NAME}", "Comment=Zielvereinbarungen nachsehen und entscheiden",
             f"Exec={_escaped(words)}", f"Path={_escaped(str(folder))}", "Icon=x-office-document", "Terminal=false",
             "Categories=Office;")  # fmt: skip
    path = base / "applications" / "zv-arbeitsplatz.desktop"
    write_atomic(path, ("\n".join(lines) + "\n").encode())
    return path


def _quoted(word: str) -> str:
    """A word of `Exec`, as its quoting rule asks for; a percent sign would begin a field code."""
    inner = "".join(f"\\{each}" if each in '"`$\\' else each for each in word).replace("%", "%%")
    return f'"{inner}"'


def _escaped(text: str) -> str:
    """A value of the file: the backslash is its own escape, and no line ends within."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _macos(folder: Path) -> Path:
    """A file that the Finder opens in a terminal window of its own."""
    path = Path.home() / "Applications" / f"{NAME}.command"
    quoted = " ".join(_shell(word) for word in (sys.executable, "-P", "-m", "zv", "arbeitsplatz", "--ordner", str(folder)))
    write_atomic(path, f"#!/bin/sh\nexec {quoted}\n".encode())
    with in_german(path):
        path.chmod(0o755)
    return path


def _shell(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _windows(folder: Path) -> Path:
    """A shortcut, which only the system's own interface writes; without a console window."""
    menu = Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / "Microsoft/Windows/Start Menu/Programs"
    path, program = menu / f"{NAME}.lnk", Path(sys.executable).with_name("pythonw.exe")
    # what is said to PowerShell comes by the environment: no name of a folder can become a command
    script = ("$l=(New-Object -ComObject WScript.Shell).CreateShortcut($env:ZV_LNK);$l.TargetPath=$env:ZV_PROGRAM;"
              "$l.Arguments='-P -m zv arbeitsplatz --ordner \"'+$env:ZV_FOLDER+'\"';$l.WorkingDirectory=$env:ZV_FOLDER;"
              "$l.Save()")  # fmt: skip
    said = {"ZV_LNK": str(path), "ZV_PROGRAM": str(program), "ZV_FOLDER": str(folder)}
    try:
        subprocess.run(["powershell", "-NoProfile", "-Command", script], env=os.environ | said, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise ZvError("Der Eintrag im Startmenü ließ sich nicht anlegen.", datei=path,
                      abhilfe="Eine Verknüpfung mit „zv arbeitsplatz“ von Hand anlegen.") from error  # fmt: skip
    return path
