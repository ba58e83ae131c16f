"""A stand-in for the extraction model, for tests of what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vakanuvis import intake
from vakanuvis.records import Event, Mention, Reading, Report

_MET = re.compile(r"görüştü|bir araya geldi|\bmet\b|التقى")
_NAME = re.compile(r"\b[A-ZÇĞİÖŞÜ][a-zçğıöşü]{3,}")


class FakeExtractor:
    """Finds meetings by four verbs, and names by their capitals: the first is the actor, the second the recipient."""

    version = "fake"

    @classmethod
    def load(cls, threads: int | None = None) -> FakeExtractor:
        return cls()

    def read(self, report: Report, *, min_confidence: float = 0.0) -> Reading:
        names = _NAME.finditer(report.text)
        mentions = tuple(Mention(f"m{n}", "PER", m.start(), m.end(), 0.9) for n, m in enumerate(names, 1))
        keys = [m.id for m in mentions]
        events = tuple(
            Event(f"e{n}", "CONSULT", m.start(), m.end(), "actual", None, ("diplomatic",), tuple(keys[:1]),
                  tuple(keys[1:2]), confidence=0.6)
            for n, m in enumerate(_MET.finditer(report.text), 1)
        )  # fmt: skip
        kept = tuple(event for event in events if event.confidence >= min_confidence)
        return Reading(report, mentions, kept, intake.warnings(report))

    def read_many(self, reports: Iterable[Report], *, min_confidence: float = 0.0) -> Iterator[Reading]:
        for report in reports:
            yield self.read(report, min_confidence=min_confidence)
