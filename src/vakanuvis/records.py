"""The records that flow between the rooms. This module imports nothing of the project.

    Report ─extraction→ Reading ─resolution→ Coding ─chronicle→ Happening

Offsets count Unicode code points of `Report.text` exactly as it was given; `end` is exclusive.
Confidences lie between 0 and 1 and are calibrated: of the things given 0.8, about 80 in 100 are right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any

# ---------------------------------------------------------------- report and reading


@dataclass(frozen=True, slots=True)
class Report:
    """One published text.

    Attributes:
        id: the id it came with, else one that intake made from its source.
        text: the text, exactly as given.
        title: its headline, where known.
        published: time of publication; midnight where only the day is known. Naive times are the outlet's own.
        url: its address, where known.
        outlet: who published it, where known.
        language: ISO 639-1 code, given or detected.
        source: the file (and line) that it was read from; for messages only.
    """

    id: str
    text: str
    title: str | None = None
    published: datetime | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    source: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, where known."""
        return self.published.date() if self.published else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names who, where or when. `type` is one of `ontology.MENTION_TYPES`."""

    id: str
    type: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """One telling of an event: the trigger's span, its codes, and its roles as ids of mentions."""

    id: str
    type: str
    start: int
    end: int
    status: str
    mode: str | None = None
    context: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    dead: int | None = None
    injured: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What the model found in one report.

    Attributes:
        report: the report read.
        mentions: its mentions, in the order of the text.
        events: its events, in the order of the text.
        warnings: what a user should know of this reading (another language, text cut, ...).
    """

    report: Report
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()

    def mention(self, key: str) -> Mention:
        """The mention with this id.

        Raises:
            KeyError: there is none.
        """
        for mention in self.mentions:
            if mention.id == key:
                return mention
        raise KeyError(key)

    def words(self, span: Mention | Event) -> str:
        """The words of the report that a mention or a trigger covers."""
        return self.report.text[span.start : span.end]

    def party(self, event: Event, role: str) -> tuple[str, ...]:
        """The words of the mentions that play a role (`actor`, `recipient`, `place`, `time`, `source`) in an event."""
        return tuple(self.words(self.mention(key)) for key in getattr(event, role))

    def segments(self) -> Iterator[tuple[str, Mention | Event | None]]:
        """The whole text in pieces, in order, each with the mention or event that it is a mark of, if any.

        Of two marks that overlap, the one that begins first is given.
        """
        text, at = self.report.text, 0
        spans: list[Mention | Event] = [*self.mentions, *self.events]
        for span in sorted(spans, key=lambda span: (span.start, span.end)):
            if span.start < at:
                continue
            if span.start > at:
                yield text[at : span.start], None
            yield text[span.start : span.end], span
            at = span.end
        if at < len(text):
            yield text[at:], None

    def to_dict(self) -> dict[str, Any]:
        """The record shape of the annotation checker (docs/record.md), with confidences."""
        report = self.report
        row: dict[str, Any] = {"id": report.id, "lang": report.language}
        row["date"] = report.day.isoformat() if report.day else None
        row |= {key: getattr(report, key) for key in ("title", "url", "outlet") if getattr(report, key) is not None}
        row["text"] = report.text
        row["mentions"] = [
            {"id": m.id, "type": m.type, "start": m.start, "end": m.end, "confidence": round(m.confidence, 4)}
            for m in self.mentions
        ]
        row["events"] = [_event_row(e) for e in self.events]
        if self.warnings:
            row["warnings"] = list(self.warnings)
        return row

    def to_json(self) -> str:
        """`to_dict` as JSON in one line."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __repr__(self) -> str:
        counts = f"{_number(len(self.events), 'event')}, {_number(len(self.mentions), 'mention')}"
        return f"<Reading {self.report.id!r}: {counts}>"

    def __str__(self) -> str:
        """One line for the report and one for each event."""
        return "\n".join([f"{self.report.id}: {_number(len(self.events), 'event')}", *map(self._line, self.events)])

    def _line(self, event: Event) -> str:
        roles = [f"{role}: {', '.join(self.party(event, role))}" for role in _ROLES if getattr(event, role)]
        code = f"{event.type} {event.mode}" if event.mode else event.type
        return "; ".join([f"  {event.id} {code}, {event.status}: “{self.words(event)}”", *roles])

    def _repr_html_(self) -> str:
        """The marked text and a table of the events, for notebooks; all that comes from the report is escaped."""
        marks = "".join(
            f'<mark style="{_STYLES[type(span)]}" title="{escape(f"{span.id} {span.type}")}">{escape(words)}</mark>'
            if span
            else escape(words)
            for words, span in self.segments()
        )
        head = ("event", "type", "status", *_ROLES, "confidence")
        rows = [
            (
                self.words(event),
                f"{event.type} {event.mode or ''}",
                event.status,
                *(", ".join(self.party(event, role)) for role in _ROLES),
                f"{event.confidence:.2f}",
            )
            for event in self.events
        ]
        table = "".join(f"<tr>{''.join(f'<td dir=auto>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        notes = "".join(f"<p><em>{escape(warning)}</em></p>" for warning in self.warnings)
        title = escape(self.report.title or self.report.id)
        return (
            f'<div><strong dir="auto">{title}</strong>{notes}'
            f'<p dir="auto" style="white-space: pre-wrap; line-height: 1.6">{marks}</p>'
            f"<table><tr>{''.join(f'<th>{name}</th>' for name in head)}</tr>{table}</table></div>"
        )


_ROLES = ("actor", "recipient", "place", "time", "source")
_STYLES = {Mention: "background: #dbe9f6; color: #000", Event: "background: #fbe3a6; color: #000; font-weight: 600"}


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _event_row(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"id": event.id, "type": event.type, "start": event.start, "end": event.end}
    row["status"] = event.status
    row |= {k: getattr(event, k) for k in ("mode", "dead", "injured") if getattr(event, k) is not None}
    for key in ("context", "actor", "recipient", "place", "time", "source"):
        if getattr(event, key):
            row[key] = list(getattr(event, key))
    row["confidence"] = round(event.confidence, 4)
    return row


# ---------------------------------------------------------------- coding


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a mention is, on the day of its event.

    Attributes:
        mention: id of the mention in its reading; empty for a phrase asked for by itself.
        text: the words.
        entity: id in the register (person, organisation, polity or office), None where unknown.
        name: the entity's name in English, None where unknown.
        office: the office held *on that day* (its English name), None where none is known or held.
        polity: ISO 3166-1 alpha-3 or a code of the ontology's `nonstate`, None where unknown.
        sectors: sector codes, the primary one first.
        confidence: that polity and primary sector are right.
        alternatives: the runners-up, best first, without alternatives of their own.
    """

    mention: str
    text: str
    entity: str | None = None
    name: str | None = None
    office: str | None = None
    polity: str | None = None
    sectors: tuple[str, ...] = ()
    confidence: float = 0.0
    alternatives: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention lies.

    Attributes:
        mention: id of the mention; empty for a phrase asked for by itself.
        text: the words.
        geonames: GeoNames id, None where GeoNames has none.
        name: its name in English.
        latitude, longitude: degrees, WGS 84.
        country: ISO 3166-1 alpha-3, None for seas and regions across borders.
        region: first-level division (il, governorate, state).
        district: second-level division or district, where known.
        city: the populated place, where the place is or lies in one.
        kind: GeoNames feature code (PPLC, ADM1, ADM2, SEA, CMP, ...).
        precision: "point", "city", "district", "region", "country" or "area".
        confidence: that the place is the right one.
    """

    mention: str
    text: str
    geonames: int | None
    name: str
    latitude: float
    longitude: float
    country: str | None
    region: str | None = None
    district: str | None = None
    city: str | None = None
    kind: str = ""
    precision: str = "point"
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class When:
    """The days that a time expression means.

    Attributes:
        mention: id of the mention; empty where the report's own day stands in.
        text: the words; empty where the report's own day stands in.
        start, end: first and last day, both included.
        precision: "day", "week", "month", "season", "year", "decade" or "span" (vague: geçtiğimiz günlerde).
        basis: "expression", or "publication" where the report's day stands in for none told.
        confidence: that the interval is right.
    """

    mention: str
    text: str
    start: date
    end: date
    precision: str
    basis: str = "expression"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One telling of an event with its parties, place and days resolved. `id`, `start`, `end` are the event's."""

    id: str
    type: str
    start: int
    end: int
    status: str
    mode: str | None
    context: tuple[str, ...]
    actors: tuple[Identity, ...]
    recipients: tuple[Identity, ...]
    sources: tuple[Identity, ...]
    place: Place | None
    when: When | None
    dead: int | None = None
    injured: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a report that does not add up.

    Attributes:
        report: id of the report.
        kind: a code of `resolution.findings.KINDS`.
        start, end: the span it is about; both 0 where it is about the report as a whole.
        claim: what the report says, in English words.
        evidence: what the register knows against it, each a line with its source.
        candidates: who may be meant, best first.
        severity: "error", "warning" or "note".
    """

    report: str
    kind: str
    start: int
    end: int
    claim: str
    evidence: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    severity: str = "warning"


@dataclass(frozen=True, slots=True)
class Coding:
    """One report, coded.

    Attributes:
        reading: what was read.
        events: its events with resolved parties, place and days.
        identities: every PER, ORG, GPE and GRP mention, by the mention's id.
        places: every place mention that was resolved, by the mention's id.
        times: every time mention that was resolved, by the mention's id.
        findings: what does not add up.
    """

    reading: Reading
    events: tuple[CodedEvent, ...]
    identities: dict[str, Identity] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    times: dict[str, When] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
