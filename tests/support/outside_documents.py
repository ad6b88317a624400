"""Makes the documents of the outside half, each with what is true of it, in a folder: what `outside.py` reads afterwards.

Set by LibreOffice and Typst, written on with a pen by its path, damaged by augraphy: no part of it is a part of zv's, and none of its
seeds comes twice, since they change with each release.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from outside_damage import DAMAGES, damaged
from outside_marks import Desk
from outside_plan import PLAN, Plan, planned
from outside_setting import Looks, Printed, as_word, by_libreoffice, by_typst
from outside_texts import OldText, Text, of_2024
from treffer import normal


def text_of(plan: Plan) -> Text:
    """What a document says."""
    return OldText(plan.seed).text() if plan.older else of_2024(plan.seed)


def looks_of(plan: Plan) -> Looks:
    """How its pages look."""
    return Looks.drawn(random.Random(f"looks {plan.seed}"), plan.setter)


def made(plan: Plan, pdf: bytes, folder: Path) -> str:
    """Writes a document and what is true of it; its name comes back."""
    warnings.simplefilter("ignore")
    damage, text = DAMAGES[plan.damage], text_of(plan)
    with pdfium.PdfDocument(pdf) as document:
        pages = [np.ascontiguousarray(page.render(scale=damage.dpi / 72).to_numpy()[..., :3]) for page in document]
    desk = Desk(text, Printed.of(pdf), pages, damage.dpi / 72, np.random.default_rng(plan.seed))
    match plan.pen:
        case "corrections":
            desk.correct(6)
        case "markup":
            desk.mark_up()
            desk.initial()
    desk.sign(dated=0.85)
    scan, names = damaged(pages, damage, plan.seed)
    name = f"{plan.number:03}-{plan.kind.replace(' ', '-')}-{text.traeger}-{text.jahr}"
    (folder / f"{name}.pdf").write_bytes(scan)
    said = {**{feld: normal(wert) for feld, wert in desk.truth.items()}, **_about(plan, desk, names)}
    (folder / f"{name}.json").write_text(json.dumps(said, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    return name


def _about(plan: Plan, desk: Desk, names: Sequence[str]) -> dict[str, Any]:
    """What is kept beside the truth, under names that no Angabe has."""
    return {"_kind": plan.kind, "_seed": plan.seed, "_dpi": DAMAGES[plan.damage].dpi, "_augraphy": list(names), "_setter": plan.setter,
            "_older": plan.older, "_by_hand": desk.by_hand, "_changed": desk.changed}  # fmt: skip


def set_in_print(plans: Sequence[Plan], folder: Path) -> dict[int, Path]:
    """The documents before anything befalls them, by their numbers."""
    words = []
    for plan in plans:
        blocks, looks = text_of(plan).blocks, looks_of(plan)
        if plan.setter == "typst":
            (folder / f"{plan.number}.pdf").write_bytes(by_typst(blocks, looks))
        else:
            (folder / f"{plan.number}.docx").write_bytes(as_word(blocks, looks))
            words.append(folder / f"{plan.number}.docx")
    by_libreoffice(words, folder)
    return {plan.number: folder / f"{plan.number}.pdf" for plan in plans}


def make(plans: Sequence[Plan], folder: Path, processes: int = 2) -> None:
    """Makes all documents; those that lie there already are made no more."""
    folder.mkdir(parents=True, exist_ok=True)
    plans = [plan for plan in plans if not list(folder.glob(f"{plan.number:03}-*.json"))]
    with TemporaryDirectory() as temporary, ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        printed = set_in_print(plans, Path(temporary))
        for number, name in enumerate(
            pool.map(made, plans, (printed[plan.number].read_bytes() for plan in plans), [folder] * len(plans)), 1
        ):
            print(f"{number}/{len(plans)} {name}", file=sys.stderr, flush=True)


def main() -> None:
    """Makes the documents of a seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=5 * len(PLAN))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], metavar="KIND")
    args = parser.parse_args()
    make(planned(args.documents, args.seed, args.only), args.folder)


if __name__ == "__main__":
    main()
