"""Readings for tests, written in the annotation format."""

from __future__ import annotations

from dataclasses import replace

from vakanuvis.annotation.format import parse
from vakanuvis.records import Reading


def reading(passage: str, *events: str, language: str = "tr", day: str | None = "2025-11-05", **report: str) -> Reading:
    """One passage with its marks and its event lines; without a day, a report of unknown date."""
    text = "\n".join((f"## t-0001 | lang={language} | date={day or '2025-01-01'}", passage, *events)) + "\n"
    (found,) = parse(text, "test")
    assert not found.faults, found.faults
    assert found.reading is not None
    changed = replace(found.reading.report, **report) if report else found.reading.report
    return replace(found.reading, report=changed if day else replace(changed, published=None))
