"""Fits how sure the Angaben of a scan are to how often such ones are right: makes `extract/confidence/calibration.yaml`.

    calibrating.py FILE.json …      of reports that `treffer.py` and `outside.py` have written

Fitted by isotonic regression (pool adjacent violators): a share of right ones that never falls while the readers are surer. A step holds
at least so many Angaben that one more wrong one moves it by little; a rate is told with the wrong ones that chance may have spared it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from round_trip import ROOT

from extract.confidence.calibration import Steps
from extract.ocr.page import SUREST

TABLE = ROOT / "extract" / "confidence" / "calibration.yaml"
ENOUGH = 1000
"""Angaben without which no table is written."""
FEWEST, FEWEST_DOUBTED = 40, 20
"""Angaben that a step must hold, and a step of those in doubt, which are few and lie far apart."""
SPARED = 0.5
"""Right and wrong ones that are added to each step (Jeffreys): none is right always."""
Case = tuple[float, bool]
"""What the readers said, and whether it was right."""


class Step(NamedTuple):
    """Angaben beside each other: from what the readers said on, how many, how many of them right."""

    least: float
    values: int
    right: int

    @property
    def share(self) -> float:
        """How many of them are right, about."""
        return (self.right + SPARED) / (self.values + 2 * SPARED)

    def joined(self, other: Step) -> Step:
        """Both together."""
        return Step(self.least, self.values + other.values, self.right + other.right)


def fitted(cases: Iterable[Case], fewest: int = FEWEST) -> list[Step]:
    """The steps, their shares rising; the first one begins at 0, and none parts Angaben of which the readers said the same."""
    pooled: list[Step] = []
    for sure, several in groupby(sorted(cases), key=itemgetter(0)):
        rights = [right for _, right in several]
        step = Step(sure, len(rights), sum(rights))
        if pooled and pooled[-1].values < fewest:
            pooled[-1] = pooled[-1].joined(step)
        else:
            pooled.append(step)
    steps, pooled = pooled, []
    for step in steps:
        pooled.append(step)
        while len(pooled) > 1 and (pooled[-2].share >= pooled[-1].share or pooled[-1].values < fewest):
            pooled[-2:] = [pooled[-2].joined(pooled[-1])]
    return [step._replace(least=0.0) if not at else step for at, step in enumerate(pooled)]


def cases_of(paths: Sequence[Path]) -> dict[tuple[str, bool], list[Case]]:
    """What was said and whether it was right, by the group of the Angaben and whether they were doubted."""
    cases: dict[tuple[str, bool], list[Case]] = defaultdict(list)
    for path in paths:
        for group, doubted, sure, right in json.loads(path.read_text(encoding="utf-8"))["said"]:
            cases[group, doubted].append((sure, right))
    return cases


def written(cases: dict[tuple[str, bool], list[Case]]) -> Iterator[str]:
    """The table, line by line."""
    count = sum(map(len, cases.values()))
    yield "# Wie oft Angaben aus Scans stimmten, von denen die Texterkennungen so viel oder mehr sagten; gemacht von"
    yield f"# tests/support/calibrating.py, an {count} Angaben."
    yield ""
    yield "gruppen:"
    for group in dict.fromkeys(group for group, _ in sorted(cases)):
        yield f"  {group}:"
        for name, doubted in (("sicher", False), ("zweifel", True)):
            yield f"    {name}:  # {len(cases[group, doubted])} Angaben"
            most = table_of(_enough(cases, group, False), False)[0][1] - 0.01 if doubted else SUREST
            yield from (
                f"      - [{least:g}, {min(share, most):.3f}]" for least, share in table_of(_enough(cases, group, doubted), doubted)
            )


def _enough(cases: dict[tuple[str, bool], list[Case]], group: str, doubted: bool) -> list[Case]:
    """The cases of a group; those of all groups where its own would make no step."""
    own = cases[group, doubted]
    if len(own) >= _fewest(doubted):
        return own
    return [case for (_, also), several in cases.items() if also == doubted for case in several]


def _fewest(doubted: bool) -> int:
    return FEWEST_DOUBTED if doubted else FEWEST


def table_of(cases: Sequence[Case], doubted: bool) -> Steps:
    """The steps of a group as the table has them."""
    return tuple((step.least, step.share) for step in fitted(cases, _fewest(doubted))) or ((0.0, 0.5 if doubted else 0.9),)


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+", metavar="FILE.json")
    args = parser.parse_args()
    cases = cases_of(args.reports)
    if sum(map(len, cases.values())) < ENOUGH:
        print(f"{TABLE.name} stays as it is: fewer than {ENOUGH} Angaben", file=sys.stderr)
        return
    TABLE.write_text("\n".join(written(cases)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
