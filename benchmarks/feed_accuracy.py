"""How well the chronicle tells apart and puts together what many outlets told of the same days.

Usage: python benchmarks/feed_accuracy.py [--text] [--wrong] [FEED...]

Builds a chronicle of each feed under data/chronicle/feeds (README.md there says what they are), or of those named, from
its gold events; with `--text`, from the reports, so that the model's faults count too. Prints MUC, B³, CEAF-e and their
mean, as `demo_accuracy.py` has them, for the seen reports of all feeds and for the unseen ones.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Hashable
from pathlib import Path
from typing import NamedTuple

import demo_accuracy as demo
from vakanuvis import resolution
from vakanuvis.intake import gather
from vakanuvis.records import Report
from vakanuvis.store import Chronicle

FEEDS = Path(__file__).parent.parent / "data" / "chronicle" / "feeds"


class Part(NamedTuple):
    """What is scored together of one feed."""

    title: str
    reports: int
    expected: list[demo.Cluster]
    found: list[demo.Cluster]
    wrong: list[str]


def main() -> None:
    """Score the chronicle of every feed and print it."""
    names = sorted(path.stem for path in FEEDS.glob("*.jsonl"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", action="store_true", help="from the text, with the model, instead of the gold events")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the seen reports")
    parser.add_argument("feeds", nargs="*", metavar="FEED", help=f"of {', '.join(names)}; all where none is named")
    options = parser.parse_args()
    if unknown := set(options.feeds) - set(names):
        parser.error(f"no feed {', '.join(sorted(unknown))}: there are {', '.join(names)}")
    parts = [part for name in options.feeds or names for part in scored(name, options.text, options.wrong)]
    for title in ("seen", "unseen"):
        chosen = [part for part in parts if part.title == title]
        if not chosen:
            continue
        expected = [cluster for part in chosen for cluster in part.expected]
        print(f"{title}: {sum(part.reports for part in chosen)} reports, {len(expected)} happenings")
        demo.show(expected, [cluster for part in chosen for cluster in part.found])
        for line in (line for part in chosen for line in part.wrong):
            print(f"  {line}")


def scored(name: str, text: bool, wrong: bool) -> list[Part]:
    """For the seen and for the unseen reports of a feed: number, happenings of the gold, those found, what is wrong."""
    gold = json.loads((FEEDS / f"{name}.gold.json").read_text(encoding="utf-8"))
    reports = [report for report in gather([str(FEEDS / f"{name}.jsonl")]) if isinstance(report, Report)]
    readings = demo.from_text(reports) if text else demo.from_gold(gold, reports)
    same = demo.aligned(readings, gold)
    with tempfile.TemporaryDirectory() as folder, Chronicle(Path(folder) / "feed.duckdb") as chronicle:
        chronicle.add(resolution.code_many(readings))
        found = chronicle.happenings().to_pylist()
    unseen = set(gold["unseen"])
    own: dict[demo.Telling, Hashable] = {key: key for key in demo.tellings_of(gold)}
    parts = []
    for title, keys in (("seen", set(demo.reports_of(gold)) - unseen), ("unseen", unseen)):
        if keys:
            expected, clusters = demo.clustered(gold["happenings"], own, keys), demo.clustered(found, same, keys)
            listed = demo.divided(gold, expected, clusters) if wrong and title == "seen" else []
            parts.append(Part(title, len(keys), expected, clusters, listed))
    return parts


if __name__ == "__main__":
    main()
