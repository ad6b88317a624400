"""Law 2 where no year's wording is known: every printed file of a record that carries its own text reads back as its record."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from older_documents import FIRST_NAMES, STEPS, SURNAMES
from own_texts import older, read_values, without_fields
from round_trip import LIBRARY, RENDERERS, said
from sampling import seeds

from agreements.model.record import Vereinbarung, Zielwert, plain
from agreements.wording.foreseen import put
from agreements.wording.own import own_wording
from extract.by_wording.choice import follow
from extract.extraction import extract
from extract.pages.order import Sheets
from extract.results.proof import prove_file


def varied(record: Vereinbarung, draw: random.Random) -> Vereinbarung:
    """The record with another value for most of what stands in its text as a field."""
    data = plain(record)
    for feld, wert in read_values(record).items():
        if feld in own_wording(record).paths and draw.random() < 0.7:
            put(data, feld, another(feld, wert, draw))
    return Vereinbarung.model_validate(data)


def another(feld: str, wert: Any, draw: random.Random) -> Any:
    match wert:
        case Zielwert() if wert.wert is not None:
            return wert.model_copy(update={"wert": Decimal(draw.randint(1, 299)) if wert.einheit == "personen" else tenths(draw, 399)})
        case int() if feld.startswith("haushalt."):
            return draw.randint(1_000_000, 20_000_000)
        case Decimal() if feld.startswith("haushalt."):
            return (
                tenths(draw, 399) if feld.endswith("_mio") else Decimal(f"{draw.randint(1_000_000, 20_000_000)}.{draw.randint(0, 99):02}")
            )
        case date():
            return wert + timedelta(days=draw.randint(-5, 5))
        case tuple() if feld.endswith(".schritte"):
            return draw.sample(STEPS, draw.randint(1, 4))
        case str() if feld.endswith(".name") and feld.startswith("unterschriften."):
            return f"{draw.choice(FIRST_NAMES)} {draw.choice(SURNAMES)}"
    return wert


def tenths(draw: random.Random, most: int) -> Decimal:
    return Decimal(draw.randint(1, most)) / 10


@pytest.mark.law
@pytest.mark.parametrize("seed", seeds(5, 100))
def test_every_printed_file_reads_back_as_its_record_by_its_own_text_and_without_it(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    record = varied(older(LIBRARY, 3000 + seed, tmp_path), draw)
    document = LIBRARY.document(record)
    for form, render in RENDERERS.items():
        data = render(document)
        prove_file(data, form, record, document, LIBRARY)
        (tmp_path / f"neu.{form}").write_bytes(data)
        read = extract(tmp_path / f"neu.{form}", LIBRARY, own=True)
        aligned = follow(own_wording(record), Sheets(read.reading), LIBRARY.register).record
        assert said(aligned) == {feld: wert for feld, wert in said(record).items() if feld in said(aligned)}
        assert set(said(record)) - set(said(aligned)) <= set(LIBRARY.without_place(record))
        unsure = {found.feld for found in read.found if found.doubtful}
        assert [feld for feld, wert in said(read.record).items() if said(record).get(feld) != wert and feld not in unsure] == []


@pytest.mark.law
@pytest.mark.parametrize("seed", seeds(2, 40))
def test_a_record_whose_text_knows_no_fields_prints_the_same_pages(seed: int, tmp_path: Path) -> None:
    record = older(LIBRARY, 4000 + seed, tmp_path)
    before = without_fields(LIBRARY, record)
    document = LIBRARY.document(before)
    assert [" ".join(block.text.split()) for block in document.blocks] == [block.text for block in before.text]
    for form, render in RENDERERS.items():
        prove_file(render(document), form, before, document, LIBRARY)
