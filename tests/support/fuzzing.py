"""`make fuzz`: records, wordings, tables, calls and documents spoilt at random, by a seed; what ends as it should not is kept.

    make fuzz FUZZ="--minutes 10 --only yaml --only wording --seed 5"

Without a seed each run goes on behind the last, and out/fuzz/gezaehlt.json counts over all of them. A finding lies in out/fuzz with what
was said, its like told once; put into tests/proben/fuzz/KIND it is a test.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from dataclasses import asdict, dataclass, field

from fuzzing_trials import DRAWN, ROOT, Workspace, Wrong, tried, workspace

OUT = ROOT / "out/fuzz"
COUNTED = OUT / "gezaehlt.json"
SLICE = 20.0
"""Seconds for one kind before it is the next one's turn."""


@dataclass
class Count:
    """What was tried of one kind, over all runs."""

    inputs: int = 0
    seconds: float = 0.0
    since: int = 0
    """Inputs since the last finding."""
    findings: dict[str, int] = field(default_factory=dict)


def counted() -> dict[str, Count]:
    """What earlier runs counted."""
    known = json.loads(COUNTED.read_bytes()) if COUNTED.is_file() else {}
    return {kind: Count(**known.get(kind, {})) for kind in DRAWN}


def keep(kind: str, seed: int, wrong: Wrong) -> None:
    """Puts a finding where a person finds it: the input, and what was said."""
    OUT.mkdir(parents=True, exist_ok=True)
    given = DRAWN[kind][0](seed)
    data = given if isinstance(given, bytes) else "\n".join(given).encode("utf-8", "surrogateescape")
    (OUT / f"{kind}-{seed}").write_bytes(data)
    (OUT / f"{kind}-{seed}.txt").write_text(f"{wrong.kind}\n{wrong.at_length}\n", encoding="utf-8", errors="backslashreplace")


def slice_of(kind: str, seed: int, until: float, count: Count, work: Workspace) -> int:
    """Tries a kind for a while; the seed that comes next."""
    begun = time.monotonic()
    while time.monotonic() < until:
        count.inputs, count.since = count.inputs + 1, count.since + 1
        try:
            tried(kind, seed, work)
        except Wrong as wrong:
            if not count.findings.get(wrong.kind):
                keep(kind, seed, wrong)
                print(f"{kind} {seed}: {wrong.kind}", flush=True)
            count.findings[wrong.kind], count.since = count.findings.get(wrong.kind, 0) + 1, 0
        seed += 1
    count.seconds += time.monotonic() - begun
    return seed


def told(kind: str, run: Count, count: Count) -> str:
    """What was tried of a kind."""
    pace = f"{run.inputs / run.seconds * 60:10,.0f}" if run.seconds else " " * 10
    return f"{kind:10}{run.inputs:12,}{pace}{count.inputs:12,}{count.since:12,}{DRAWN[kind][2]:12,}{sum(run.findings.values()):8,}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", action="append", choices=list(DRAWN))
    parser.add_argument("--seed", type=int, help="begin with this one instead of behind the last run")
    parser.add_argument("--uncounted", action="store_true", help="do not count this run among the others")
    parser.add_argument("--one", action="store_true", help="try this seed alone and print what is wrong")
    asked = parser.parse_args()
    kinds, before = asked.only or list(DRAWN), counted()
    logging.disable()  # of the libraries that make the documents
    with workspace() as work:
        if asked.one:
            tried(kinds[0], asked.seed or 0, work)
            return 0
        run = {kind: Count() for kind in kinds}
        seeds = {kind: before[kind].inputs if asked.seed is None else asked.seed for kind in kinds}
        end = time.monotonic() + 60 * asked.minutes
        while (now := time.monotonic()) < end:
            for kind in kinds:
                seeds[kind] = slice_of(kind, seeds[kind], min(now + SLICE, end), run[kind], work)
                now = time.monotonic()
    for kind, each in run.items():
        total = before[kind]
        total.inputs, total.seconds = total.inputs + each.inputs, total.seconds + each.seconds
        total.since = each.since if each.findings else total.since + each.inputs
        total.findings = {**total.findings, **{what: total.findings.get(what, 0) + number for what, number in each.findings.items()}}
    OUT.mkdir(parents=True, exist_ok=True)
    if not asked.uncounted:
        COUNTED.write_text(
            json.dumps({kind: asdict(count) for kind, count in before.items()}, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    print(f"{'':10}{'inputs':>12}{'a minute':>10}{'in all':>12}{'since wrong':>12}{'goal':>12}{'wrong':>8}")
    print("\n".join(told(kind, each, before[kind]) for kind, each in run.items()))
    return 1 if any(each.findings for each in run.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
