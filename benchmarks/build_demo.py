"""Build the demo corpus and its gold from `data/demo`.

Usage: python benchmarks/build_demo.py

Reads the annotated reports (`data/demo/*.txt`) and `judgements.toml`; writes `reports.jsonl` and `gold.json` under
`src/vakanuvis/demo`. A report is a record of an annotation file (docs/annotating.md) with three additions:

- the line after its header, `@ OUTLET HH:MM | title`;
- `is=HAPPENING` on an event's line: what it tells of. The first use adds the day and the place,
  `is=KEY@2024-04-17@Doha`, `-` where there is none. An event without it is a happening of its own;
- `out=OUTCOME` or `out=OUTCOME:HAPPENING` on one telling of what is expected: what became of it, and by what.

A record of two lines more, `= ID` or `= ID | sentence`, is a syndicated copy of that report, the sentence added.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from vakanuvis.annotation.format import parse

ROOT = Path(__file__).parent.parent
SOURCE, TARGET = ROOT / "data" / "demo", ROOT / "src" / "vakanuvis" / "demo"
EXTRA = re.compile(r" (is|out)=(\S+)")
EXPECTED = ("future", "hypothetical")
Row = dict[str, Any]
Telling = tuple[str, str]


def main() -> None:
    """Write both files and print what they hold.

    Raises:
        SystemExit: the sources contradict themselves.
    """
    judged = tomllib.loads((SOURCE / "judgements.toml").read_text(encoding="utf-8"))
    corpus = Corpus(judged["outlets"])
    for path in sorted(SOURCE.glob("*.txt")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
            corpus.add(block.splitlines())
    gold = corpus.gold(judged)
    TARGET.mkdir(exist_ok=True)
    ordered = sorted(corpus.reports.values(), key=lambda row: (row["published"], row["id"]))
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in ordered]
    (TARGET / "reports.jsonl").write_text("".join(lines), encoding="utf-8")
    (TARGET / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(lines)} reports {dict(Counter(row['language'] for row in ordered))}, {len(gold['copies'])} copies")
    print(", ".join(f"{len(value)} {key}" for key, value in gold.items() if isinstance(value, list)))


class Corpus:
    """The reports as they are read, with the happenings that their events tell of."""

    def __init__(self, outlets: dict[str, str]) -> None:
        self.outlets = outlets
        self.reports: dict[str, Row] = {}
        self.records: dict[str, Row] = {}
        self.copies: dict[str, str] = {}
        self.happenings: dict[str, list[Telling]] = {}
        self.where: dict[str, tuple[str | None, str | None]] = {}
        self.outcomes: dict[str, tuple[str, str | None]] = {}
        self.of: dict[Telling, str] = {}

    def add(self, lines: list[str]) -> None:
        """Take one record."""
        header, about, passage, *rest = lines
        key = header.split()[1]
        if passage.startswith("= "):
            original, _, tail = passage[2:].partition(" | ")
            self.copy(key, header, about, original.strip(), tail)
            return
        plain = "\n".join([header, passage, *(EXTRA.sub("", line) for line in rest)])
        (found,) = parse(plain, key)
        if found.faults or found.reading is None:
            raise SystemExit("\n".join(found.faults))
        record = found.reading.to_dict()
        for span in record["mentions"] + record["events"]:
            del span["confidence"]
        self.put(key, record, about)
        told = {line.partition(":")[0]: dict(EXTRA.findall(line)) for line in rest}
        for event in record["events"]:
            self.tell((key, event["id"]), told[event["id"]])

    def copy(self, key: str, header: str, about: str, original: str, tail: str) -> None:
        """Take a syndicated copy: the same events at another outlet."""
        record = json.loads(json.dumps(self.records[original]))
        record |= {"id": key, "date": header.rsplit("=", 1)[1]}
        record["text"] += f" {tail}" if tail else ""
        self.put(key, record, about)
        self.copies[key] = original
        for event in record["events"]:
            whole = self.of[original, event["id"]]
            if whole not in self.where:  # the original's own happening is now told twice
                self.where[whole] = (None, None)
            self.happenings[whole].append((key, event["id"]))
            self.of[key, event["id"]] = whole

    def put(self, key: str, record: Row, about: str) -> None:
        """Keep a report and its record."""
        if key in self.records:
            raise SystemExit(f"{key} stands twice")
        slug, clock = about.split()[1:3]
        self.records[key] = record
        self.reports[key] = {
            "id": key,
            "outlet": self.outlets[slug],
            "language": record["lang"],
            "published": f"{record['date']}T{clock}:00",
            "title": about.partition(" | ")[2],
            "url": f"https://{slug}.example/{record['date'].replace('-', '/')}/{key}",
            "text": record["text"],
        }

    def tell(self, telling: Telling, extra: dict[str, str]) -> None:
        """File an event under its happening."""
        name, *details = extra.get("is", ":".join(telling)).split("@")
        if details:
            day, place = (None if value == "-" else value.replace("_", " ") for value in details)
            if name in self.where:
                raise SystemExit(f"{name} has its day and place twice")
            self.where[name] = (day, place)
        self.happenings.setdefault(name, []).append(telling)
        self.of[telling] = name
        if "out" in extra:
            outcome, _, by = extra["out"].partition(":")
            self.outcomes[name] = (outcome, by or None)

    def event(self, telling: Telling) -> Row:
        """The record of an event."""
        row: Row = next(e for e in self.records[telling[0]]["events"] if e["id"] == telling[1])
        return row

    def in_order(self, name: str) -> list[Telling]:
        """The tellings of a happening, the earliest first."""
        return sorted(self.happenings[name], key=lambda telling: (self.reports[telling[0]]["published"], telling))

    def gold(self, judged: Row) -> Row:
        """The gold as `gold.json` has it."""
        happenings, expectations = [], []
        for name in sorted(self.happenings):
            told = self.in_order(name)
            statuses = {self.event(telling)["status"] for telling in told}
            if statuses & set(EXPECTED) and statuses - set(EXPECTED):
                raise SystemExit(f"{name} is told as expected and as having happened")
            day, place = self.where.get(name, (None, None))
            kind = Counter(self.event(telling)["type"] for telling in told).most_common(1)[0][0]
            tellings = [{"report": report, "event": event} for report, event in told]
            happenings.append({"id": name, "type": kind, "day": day, "place": place, "tellings": tellings})
            if statuses & set(EXPECTED) or kind == "REQUEST":
                expectations += self.expectations(name, told, judged["as_of"].isoformat())
        return {
            "as_of": judged["as_of"].isoformat(),
            "events": [self.records[key] for key in sorted(self.records)],
            "happenings": happenings,
            "contradictions": [self.contradiction(*row) for row in judged["contradictions"]["rows"]],
            "expectations": expectations,
            "findings": [
                {"report": report, "kind": "office-holder", "mention": mention, "holder": holder}
                for report, mention, holder in judged["office-holders"]["rows"]
            ],
            "copies": self.copies,
            "unseen": sorted(key for key in self.records if key.startswith(tuple(judged["unseen"]))),
        }

    def expectations(self, name: str, told: list[Telling], as_of: str) -> list[Row]:
        """One entry for each telling of what is expected."""
        outcome, by = self.outcomes.get(name, ("open", None))
        done = list(self.in_order(by)[0]) if by else None
        return [
            {"report": report, "event": event, "outcome": outcome, "by": done, "as_of": as_of} for report, event in told
        ]

    def contradiction(self, name: str, kind: str, one: str, other: str) -> Row:
        """A contradiction between two tellings of a happening."""
        pair = [one.split(":"), other.split(":")]
        for report, event in pair:
            if self.of[report, event] != name:
                raise SystemExit(f"{report}:{event} does not tell of {name}")
        return {"happening": name, "kind": kind, "tellings": pair}


if __name__ == "__main__":
    main()
