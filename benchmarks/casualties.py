"""How many of the numbers of dead and injured in annotated passages the rules find, given the annotated events.

    python benchmarks/casualties.py [FILE ...] [--part train] [--wrong]

FILE: annotated passages, all of data/annotations unless given. `--part` keeps those that data/annotations/split.csv
puts into that part. Needs no model: mentions and events are the annotators', only their numbers are taken away and
counted anew. A number counts as found where it stands with the event that the annotator gave it to; any other number is
wrong. An annotated number that is not found is missed, whether or not a wrong one stands in its place.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from vakanuvis.annotation import load
from vakanuvis.extraction.casualties import count_casualties
from vakanuvis.records import Event, Reading

ANNOTATIONS = Path(__file__).parent.parent / "data/annotations"
KINDS = ("dead", "injured")


def recount(reading: Reading) -> list[tuple[Event, Event]]:
    """Each event as annotated, and with the numbers that the rules give it."""
    bare = [replace(e, dead=None, injured=None) for e in reading.events]
    return list(zip(reading.events, count_casualties(reading.report.text, reading.mentions, bare), strict=True))


def count(readings: Iterable[Reading], *, show: bool = False) -> Counter[str]:
    """How many numbers of each kind were found, wrong and missed; `show` prints each passage with a slip."""
    n: Counter[str] = Counter()
    for reading in readings:
        slips = []
        for gold, told in recount(reading):
            for kind in KINDS:
                want, got = getattr(gold, kind), getattr(told, kind)
                n[f"{kind} all"] += want is not None
                n[f"{kind} found"] += want is not None and want == got
                n[f"{kind} missed"] += want is not None and want != got
                n[f"{kind} wrong"] += got is not None and want != got
                if want != got:
                    trigger = reading.report.text[gold.start : gold.end]
                    slips.append(f"    {kind} of {trigger!r} ({gold.status}): {want}, told {got}")
        if show and slips:
            print(reading.report.id, reading.report.text, *slips, sep="\n")
    return n


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--part", choices=("train", "dev", "test"))
    parser.add_argument("--wrong", action="store_true", help="print each passage with a wrong or missed number")
    args = parser.parse_args()
    readings = [r for path in args.files or sorted(ANNOTATIONS.glob("*.ann")) for r in load(path)]
    if args.part:
        with open(ANNOTATIONS / "split.csv", encoding="utf-8", newline="") as rows:
            kept = {row["id"] for row in csv.DictReader(rows) if row["part"] == args.part}
        readings = [r for r in readings if r.report.id in kept]
    n = count(readings, show=args.wrong)
    print(f"{len(readings)} passages")
    for kind in KINDS:
        print(kind, *(f"{n[f'{kind} {what}']} {what}" for what in ("all", "found", "wrong", "missed")), sep="  ")


if __name__ == "__main__":
    main()
