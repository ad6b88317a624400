"""What zv reads of many documents, kept, and compared with what another state of the program reads of them. Not a test.

`readings.py FOLDER... --keep DIR` keeps the report (JSON) of each document of the folders; `--against DIR` compares with what
was kept: which reports are the same letter by letter, which Angaben differ, and which were doubted and are not any more.
Exit code 1 where an Angabe was doubted and is not any more, or a document is not read any more; with `--same` at any difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from round_trip import LIBRARY, ROOT

from agreements.errors import ZvError
from extract.files.sandbox import Job, run_many
from extract.results.report import as_json
from extract.results.transfer import Answer, read_answers

KINDS = (".pdf", ".docx")
PROCESSES = 2
NOW_SILENT = "was doubted, is not any more"


def documents(folders: Sequence[Path]) -> dict[str, Path]:
    """The documents of some folders by a name of their own, folder and file."""
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    return {f"{path.parent.name}-{path.name}": path for path in found}


def reports(named: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """The name and report of each document, of one that is refused the message."""
    names = {path: name for name, path in named.items()}
    jobs = [Job(path, "extract.results.worker:words", (path, ROOT)) for path in names]
    with closing(run_many(jobs, PROCESSES)) as answers:
        for job, answer in answers:
            yield names[job.datei], _report(job.datei, answer)


def _report(path: Path, answer: str | ZvError) -> str:
    if isinstance(answer, ZvError):
        return json.dumps({"refused": answer.message})
    (said,) = read_answers(answer, path)
    assert isinstance(said, Answer)
    return as_json(said.extraction, LIBRARY)


def differences(before: str, now: str) -> Iterator[str]:
    """What the report says otherwise than before, a line each; without the program's version."""
    old, new = json.loads(before), json.loads(now)
    if "refused" in old or "refused" in new:
        if old != new:
            yield f"refused: {old.get('refused')!r} -> {new.get('refused')!r}"
        return
    yield from _of_angaben(*({angabe["feld"]: angabe for angabe in each["angaben"]} for each in (old, new)))
    for key in ("befunde", "beiwerk"):
        yield from _of_list(key, old[key], new[key])
    for key in old.keys() | new.keys():
        if key not in ("zv", "angaben", "befunde", "beiwerk") and old.get(key) != new.get(key):
            yield f"{key}: {old.get(key)!r} -> {new.get(key)!r}"


def _of_angaben(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for feld in sorted(old.keys() | new.keys()):
        was, now = old.get(feld), new.get(feld)
        if was == now:
            continue
        if was and now:
            if was["pruefen"] and not now["pruefen"]:
                yield f"{feld}: {NOW_SILENT}: {now['wert']!r}"
            yield from (f"{feld}.{key}: {was.get(key)!r} -> {now.get(key)!r}" for key in now if was.get(key) != now.get(key))
        else:
            yield f"{feld}: {'gone' if was else 'new'}: {(was or now or {}).get('wert')!r}"


def _of_list(key: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    """What one list says more and less; or that its order is another."""
    was, now = (Counter(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in several) for several in (old, new))
    yield from (f"{key}: no more {each}" for each in (was - now).elements())
    yield from (f"{key}: new {each}" for each in (now - was).elements())
    if old != new and was == now:
        yield f"{key}: in another order"


def main() -> int:
    """Keeps or compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the reports are kept")
    parser.add_argument("--against", type=Path, metavar="DIR", help="reports that were kept before")
    parser.add_argument("--same", action="store_true", help="any difference counts as failure")
    args = parser.parse_args()
    same, lines = 0, list[str]()
    for name, report in reports(documents(args.folders)):
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{name}.json").write_text(report, encoding="utf-8")
        kept = args.against / f"{name}.json" if args.against else None
        if kept and kept.is_file():
            differs = [f"{name}: {line}" for line in differences(kept.read_text(encoding="utf-8"), report)]
            same += not differs
            lines += differs
            print(*differs, sep="\n", end="\n" if differs else "", flush=True)
    if args.against:
        print(f"{same} documents read as before, {len({line.partition(': ')[0] for line in lines})} otherwise")
    return int(any(args.same or NOW_SILENT in line or ": refused: None" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
