"""How well the chronicle puts the demo's reports together, on their gold (src/vakanuvis/demo/README.md).

Usage: python benchmarks/demo_accuracy.py [--text] [--wrong]

Gives the gold events to the chronicle; with `--text`, the reports, so that the model's faults count too. Prints

- MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF-e (Luo 2005) of the happenings, and their mean, the
  CoNLL score (Pradhan et al. 2014). An event found in the text is the gold event whose trigger it overlaps; one that
  overlaps none counts against precision, one not found against recall;
- how many of the gold's contradictions are found, and how many are found at all;
- how many entries of the gold's ledger of expectations have the right outcome, and the share of the most frequent one;
- how many of the names that do not fit their office are found;

each for the storylines that may be looked at, and for the one whose faults are never listed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import vakanuvis
from vakanuvis import resolution
from vakanuvis.annotation.rows import reading
from vakanuvis.intake import gather
from vakanuvis.records import Reading, Report
from vakanuvis.store import Chronicle

DEMO = files("vakanuvis.demo")
Telling = tuple[str, str]
Cluster = frozenset[Hashable]


def main() -> None:
    """Score the chronicle of the demo and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", action="store_true", help="from the text, with the model, instead of the gold events")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the seen storylines")
    options = parser.parse_args()
    gold = json.loads((DEMO / "gold.json").read_text(encoding="utf-8"))
    readings = from_text(demo()) if options.text else from_gold(gold, demo())
    same = aligned(readings, gold)
    with tempfile.TemporaryDirectory() as folder, Chronicle(Path(folder) / "demo.duckdb") as chronicle:
        chronicle.add(resolution.code_many(readings))
        found = chronicle.happenings().to_pylist()
        contradictions = chronicle.contradictions().to_pylist()
        ledger = chronicle.expectations(as_of=gold["as_of"]).to_pylist()
    unseen = set(gold["unseen"])
    for title, keys in (("seen storylines", set(reports_of(gold)) - unseen), ("unseen storyline", unseen)):
        part = narrowed(gold, keys)
        clusters = clustered(found, same, keys)
        expected = clustered(part["happenings"], {key: key for key in tellings_of(part)}, keys)
        print(f"{title}: {len(keys)} reports")
        show(expected, clusters)
        wrong = disputes(part, contradictions, same) + outcomes(part, ledger, same) + holders(part, contradictions)
        if options.wrong and keys != unseen:
            print("\n".join(f"  {line}" for line in wrong + divided(part, expected, clusters)))


def show(expected: Sequence[Cluster], clusters: Sequence[Cluster]) -> None:
    """Print the measures and their mean."""
    print(f"  {'measure':10} {'precision':>9} {'recall':>7} {'F1':>7}")
    scores = {name: measure(expected, clusters) for name, measure in MEASURES.items()}
    for name, (precision, recall) in scores.items():
        print(f"  {name:10} {precision:9.3f} {recall:7.3f} {f1(precision, recall):7.3f}")
    print(f"  {'CoNLL':10} {'':9} {'':7} {sum(f1(*pair) for pair in scores.values()) / len(scores):7.3f}")


def reports_of(gold: dict[str, Any]) -> list[str]:
    """The ids of the reports."""
    return [record["id"] for record in gold["events"]]


def tellings_of(gold: dict[str, Any]) -> list[Telling]:
    """The gold's tellings."""
    return [(record["id"], event["id"]) for record in gold["events"] for event in record["events"]]


def narrowed(gold: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """What the gold says of some of the reports."""
    return {
        "events": [row for row in gold["events"] if row["id"] in keys],
        "happenings": gold["happenings"],
        "contradictions": [row for row in gold["contradictions"] if row["tellings"][0][0] in keys],
        "expectations": [row for row in gold["expectations"] if row["report"] in keys],
        "findings": [row for row in gold["findings"] if row["report"] in keys],
    }


def clustered(rows: Iterable[dict[str, Any]], same: dict[Telling, Hashable], keys: set[str]) -> list[Cluster]:
    """Happenings as sets of events, as far as they are told by some of the reports."""
    found = (frozenset(same[key] for key in tellings(row["tellings"]) if key[0] in keys) for row in rows)
    return [cluster for cluster in found if cluster]


def divided(gold: dict[str, Any], expected: Sequence[Cluster], clusters: Sequence[Cluster]) -> list[str]:
    """What should be one happening and is several, or the reverse, in words."""
    texts = {
        (record["id"], event["id"]): record["text"][event["start"] : event["end"]]
        for record in gold["events"]
        for event in record["events"]
    }
    lines = []
    for title, ones, others in (("apart", expected, clusters), ("together", clusters, expected)):
        for one in ones:
            parts = [part for part in (one & other for other in others) if part]
            if len(parts) > 1:
                lines.append(f"{title}: " + " | ".join(named(part, texts) for part in parts))
    return lines


def from_gold(gold: dict[str, Any], published: Iterable[Report]) -> list[Reading]:
    """The gold events as readings of the reports."""
    reports = {report.id: report for report in published}
    found = [reading(record, "gold.json") for record in gold["events"]]
    return [Reading(reports[one.report.id], one.mentions, one.events) for one in found]


def from_text(published: Iterable[Report]) -> list[Reading]:
    """The reports as the model reads them."""
    return list(vakanuvis.read_many(published))


def demo() -> list[Report]:
    """The demo's reports."""
    return [report for report in gather([str(DEMO / "reports.jsonl")]) if isinstance(report, Report)]


def aligned(readings: Iterable[Reading], gold: dict[str, Any]) -> dict[Telling, Hashable]:
    """For each event found the gold event whose trigger it overlaps, or something of its own."""
    spans = {record["id"]: record["events"] for record in gold["events"]}
    same: dict[Telling, Hashable] = {}
    for one in readings:
        free = list(spans[one.report.id])
        for event in one.events:
            fits = [e for e in free if e["start"] < event.end and event.start < e["end"]]
            best = max(fits, key=lambda e: min(e["end"], event.end) - max(e["start"], event.start), default=None)
            key = (one.report.id, event.id)
            same[key] = ("found", *key) if best is None else (one.report.id, best["id"])
            if best is not None:
                free.remove(best)
    return same


def tellings(rows: Iterable[dict[str, Any]]) -> list[Telling]:
    """The tellings of a happening."""
    return [(row["report"], row["event"]) for row in rows]


# ---------------------------------------------------------------- happenings


def muc(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float]:
    """Precision and recall of links."""

    def share(ones: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        home = {item: number for number, cluster in enumerate(others) for item in cluster}
        kept = sum(len(one) - len({home.get(item, item) for item in one}) for one in ones)
        links = sum(len(one) - 1 for one in ones)
        return kept / links if links else 0.0

    return share(found, gold), share(gold, found)


def b_cubed(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float]:
    """Precision and recall, averaged over events."""

    def share(ones: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        home = {item: other for other in others for item in other}
        none: Cluster = frozenset()
        right = sum(len(one & home.get(item, none)) / len(one) for one in ones for item in one)
        return right / sum(map(len, ones)) if ones else 0.0

    return share(found, gold), share(gold, found)


def ceaf_e(gold: Sequence[Cluster], found: Sequence[Cluster]) -> tuple[float, float]:
    """Precision and recall of happenings under the best one-to-one assignment."""
    if not gold or not found:
        return 0.0, 0.0
    likeness = np.array([[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold])
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    total = float(likeness[rows, columns].sum())
    return total / len(found), total / len(gold)


MEASURES = {"MUC": muc, "B3": b_cubed, "CEAF-e": ceaf_e}


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def named(part: Iterable[Any], texts: dict[Telling, str]) -> str:
    """Events in words."""
    return ", ".join(sorted(f"{item[0]}:{item[1]} “{texts[item]}”" for item in part if item in texts))


# ---------------------------------------------------------------- the rest


def disputes(gold: dict[str, Any], found: Sequence[dict[str, Any]], same: dict[Telling, Hashable]) -> list[str]:
    """Print how many contradictions are found; those missed, in words."""
    by_kind: dict[str, list[tuple[set[Any], set[Any]]]] = {}
    for row in found:
        sides = [
            {same[key] for key in tellings(row[side] or ()) if key in same} for side in ("tellings_a", "tellings_b")
        ]
        if all(sides):
            by_kind.setdefault(row["kind"], []).append((sides[0], sides[1]))
    missed = []
    for row in gold["contradictions"]:
        one, other = (tuple(telling) for telling in row["tellings"])
        if not any((one in a and other in b) or (one in b and other in a) for a, b in by_kind.get(row["kind"], ())):
            missed.append(f"missed: {row['kind']} of {row['happening']}, {':'.join(one)} and {':'.join(other)}")
    total = len(gold["contradictions"])
    keys = {record["id"] for record in gold["events"]}
    made = sum(any(item[0] in keys for item in a | b) for pairs in by_kind.values() for a, b in pairs)
    print(f"  contradictions: {total - len(missed)} of {total}; {made} found in all")
    return missed


def outcomes(gold: dict[str, Any], found: Sequence[dict[str, Any]], same: dict[Telling, Hashable]) -> list[str]:
    """Print how many expectations have the right outcome; the others, in words."""
    outcome = {same[key]: row["outcome"] for row in found for key in tellings(row["tellings"])}
    wrong = []
    for row in gold["expectations"]:
        answer = outcome.get((row["report"], row["event"]), "missing")
        if answer != row["outcome"]:
            wrong.append(f"outcome: {row['report']}:{row['event']} {answer}, not {row['outcome']}")
    total = len(gold["expectations"])
    most = Counter(row["outcome"] for row in gold["expectations"]).most_common(1)[0][1]
    print(f"  expectations: {total - len(wrong)} of {total}; {most} if all were called alike")
    return wrong


def holders(gold: dict[str, Any], found: Sequence[dict[str, Any]]) -> list[str]:
    """Print how many names that do not fit their office are found; the others, in words."""
    keys = {record["id"] for record in gold["events"]}
    raised = {row["report"] for row in found if row.get("found_by") == "register"} & keys
    missed = [row for row in gold["findings"] if row["report"] not in raised]
    others = sorted(raised - {row["report"] for row in gold["findings"]})
    total = len(gold["findings"])
    print(f"  names and offices: {total - len(missed)} of {total}; other reports with findings: {len(others)}")
    return [f"missed: office of {row['mention']} in {row['report']}" for row in missed] + [
        f"other finding in {report}" for report in others
    ]


if __name__ == "__main__":
    main()
