from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from vakanuvis import intake
from vakanuvis.ontology import MENTION_TYPES, ROLES, STATUSES, ontology
from vakanuvis.records import Report

ROOT = Path(__file__).parents[2]
DEMO = files("vakanuvis.demo")
REPORTS = [json.loads(line) for line in (DEMO / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
GOLD: dict[str, Any] = json.loads((DEMO / "gold.json").read_text(encoding="utf-8"))
BY_ID = {row["id"]: row for row in REPORTS}
EVENTS = {(record["id"], event["id"]): event for record in GOLD["events"] for event in record["events"]}
HAPPENINGS = {row["id"]: [(t["report"], t["event"]) for t in row["tellings"]] for row in GOLD["happenings"]}
KINDS = {"status", "dead", "injured", "place", "day", "party", "office-holder"}


def test_the_reports_are_enough_and_of_several_outlets_and_languages():
    languages = Counter(row["language"] for row in REPORTS)
    assert len(BY_ID) == len(REPORTS) >= 90
    assert languages["tr"] >= 55
    assert languages["en"] >= 22
    assert languages["ar"] >= 15
    assert len({row["outlet"] for row in REPORTS}) >= 8
    assert all(row["url"].split("/")[2].endswith(".example") for row in REPORTS)
    months = {datetime.fromisoformat(row["published"]).strftime("%Y-%m") for row in REPORTS}
    assert len(months) > 12


def test_intake_reads_every_report_as_it_stands():
    read = list(intake.gather([ROOT / "src" / "vakanuvis" / "demo" / "reports.jsonl"]))
    found = {report.id: report for report in read if isinstance(report, Report)}
    assert len(read) == len(found)
    assert found.keys() == BY_ID.keys()
    for key, row in BY_ID.items():
        assert found[key].text == row["text"]
        assert found[key].language == row["language"]
        assert found[key].outlet == row["outlet"]
        assert found[key].published == datetime.fromisoformat(row["published"])


def test_the_gold_events_are_sound_annotations_of_the_reports():
    assert {record["id"] for record in GOLD["events"]} == BY_ID.keys()
    for record in GOLD["events"]:
        assert record["text"] == BY_ID[record["id"]]["text"]
        keys = {mention["id"] for mention in record["mentions"]}
        for span in record["mentions"] + record["events"]:
            words = record["text"][span["start"] : span["end"]]
            assert words
            assert words == words.strip()
        assert all(mention["type"] in MENTION_TYPES for mention in record["mentions"])
        for event in record["events"]:
            assert event["status"] in STATUSES
            assert event.get("mode") in (None, *ontology().events[event["type"]].modes)
            assert {key for role in ROLES for key in event.get(role, ())} <= keys


def test_every_event_belongs_to_one_happening():
    told = [telling for tellings in HAPPENINGS.values() for telling in tellings]
    assert sorted(told) == sorted(EVENTS)
    assert max(Counter(told).values()) == 1


def test_what_is_expected_is_apart_from_what_happened():
    for tellings in HAPPENINGS.values():
        assert len({EVENTS[telling]["status"] in ("future", "hypothetical") for telling in tellings}) == 1
    days = [row["day"] for row in GOLD["happenings"] if row["day"]]
    assert all(date(2022, 3, 1) < date.fromisoformat(day) < date(2025, 11, 1) for day in days)


def test_contradictions_are_between_tellings_of_their_happening():
    assert {row["kind"] for row in GOLD["contradictions"]} == KINDS
    for row in GOLD["contradictions"]:
        one, other = map(tuple, row["tellings"])
        assert one != other
        assert {one, other} <= set(HAPPENINGS[row["happening"]])
        if row["kind"] in ("dead", "injured"):
            assert EVENTS[one][row["kind"]] != EVENTS[other][row["kind"]]
        if row["kind"] == "status":
            assert "negated" in (EVENTS[one]["status"], EVENTS[other]["status"])


def test_expectations_are_all_there_and_end_after_they_began():
    expected = {
        key
        for key, event in EVENTS.items()
        if event["status"] in ("future", "hypothetical") or event["type"] == "REQUEST"
    }
    assert {(row["report"], row["event"]) for row in GOLD["expectations"]} == expected
    assert {row["outcome"] for row in GOLD["expectations"]} == {"fulfilled", "lapsed", "withdrawn", "open"}
    for row in GOLD["expectations"]:
        assert (row["by"] is not None) == (row["outcome"] in ("fulfilled", "withdrawn"))
        assert BY_ID[row["report"]]["published"][:10] <= row["as_of"] == GOLD["as_of"]
        if row["by"]:
            assert BY_ID[row["by"][0]]["published"] > BY_ID[row["report"]]["published"]
            assert EVENTS[tuple(row["by"])]["status"] in ("actual", "historical")


def test_copies_have_the_text_of_another_outlet():
    assert len(GOLD["copies"]) >= 5
    for copy, original in GOLD["copies"].items():
        assert BY_ID[copy]["text"].startswith(BY_ID[original]["text"])
        assert BY_ID[copy]["outlet"] != BY_ID[original]["outlet"]


def test_the_unseen_storyline_keeps_to_itself():
    unseen = set(GOLD["unseen"])
    assert len(unseen) >= 20
    for tellings in HAPPENINGS.values():
        assert len({report in unseen for report, _ in tellings}) == 1


def test_findings_name_a_mention_that_does_not_name_the_holder():
    records = {record["id"]: record for record in GOLD["events"]}
    for row in GOLD["findings"]:
        record = records[row["report"]]
        (mention,) = (m for m in record["mentions"] if m["id"] == row["mention"])
        assert row["holder"].split()[-1] not in record["text"][mention["start"] : mention["end"]]


def test_the_files_are_what_the_sources_give(tmp_path: Path):
    script = (ROOT / "benchmarks" / "build_demo.py").read_text(encoding="utf-8")
    copied = tmp_path / "benchmarks" / "build_demo.py"
    copied.parent.mkdir()
    copied.write_text(script, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo").symlink_to(ROOT / "data" / "demo")
    (tmp_path / "src" / "vakanuvis").mkdir(parents=True)
    subprocess.run([sys.executable, str(copied)], check=True, capture_output=True)
    for name in ("reports.jsonl", "gold.json"):
        built = (tmp_path / "src" / "vakanuvis" / "demo" / name).read_text(encoding="utf-8")
        assert built == (DEMO / name).read_text(encoding="utf-8")
