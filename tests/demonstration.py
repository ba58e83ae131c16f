"""The demo's chronicle for tests: made from the gold events, so that no model is needed."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from fakes import FakeExtractor
from vakanuvis import resolution
from vakanuvis.annotation.rows import reading
from vakanuvis.intake import from_row
from vakanuvis.records import Reading, Report
from vakanuvis.store import Chronicle

DEMO = files("vakanuvis.demo")

NAMED = 'a/../<b>"x"?&#%41'
SCRIPT = "<script>window.stolen = 1</script><img src=x onerror='window.stolen = 2'>"
# Texts that would do harm if a page took them for anything but text.
HOSTILE = (
    Report("hostile-script", f"Fidan {SCRIPT} Abdulati ile görüştü.", title=f"Başlık {SCRIPT}",
           outlet=f"Gazete {SCRIPT}", url="javascript:window.stolen=3", language="tr"),
    Report("hostile-turned", "Fidan \u202e ilattaludbA \u2066 ile görüştü.", title="\u202egnihtemos\u202d",
           language="tr"),
    Report(NAMED, "Fidan Lavrov ile görüştü.", title="{{ 7 * 7 }} ${7*7} %(x)s", url="data:text/html,x", language="tr"),
    Report("hostile-long", "Fidan Kuleba ile görüştü. " + "uzun " * 400, title="A" * 10_000_000, language="tr"),
)  # fmt: skip


def gold() -> list[Reading]:
    """The readings that the demo's gold has, with what is known of their reports."""
    lines = DEMO.joinpath("reports.jsonl").read_text(encoding="utf-8").splitlines()
    reports = {row["id"]: from_row(row, id=row["id"], source="demo") for row in map(json.loads, lines)}
    events = json.loads(DEMO.joinpath("gold.json").read_text(encoding="utf-8"))["events"]
    return [replace(found, report=reports[found.report.id]) for found in (reading(row, "gold") for row in events)]


def chronicle(file: Path) -> Chronicle:
    """A new chronicle of the demo, with the hostile reports."""
    made = Chronicle(file)
    made.add(resolution.code_many([*gold(), *map(FakeExtractor().read, HOSTILE)]), versions=("gold", "test"))
    return made
