"""What may be wrong in the register: `vakanuvis register check`, and the test that CI runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vakanuvis.ontology import ontology
from vakanuvis.resolution.register import tables
from vakanuvis.resolution.register.entries import (
    OFFICE_KINDS,
    ORGANISATION_KINDS,
    POLITY_KINDS,
    Office,
    Organisation,
    Person,
    Polity,
    Source,
    Term,
    first_day,
    last_day,
)
from vakanuvis.words import fold

# Two holders of a single office may share so many days: sources date a handover by its decree or by its ceremony.
HANDOVER_DAYS = 31
# An office without a holder for longer than this is worth a look.
GAP_DAYS = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the register.

    Attributes:
        severity: "error" for what makes it contradict itself, "warning" for what is missing or doubtful.
        kind: a short code, e.g. "overlap".
        table: the table it is in.
        id: the row's id; of a term, its office's.
        message: what is wrong, in words for the person who will mend it.
    """

    severity: str
    kind: str
    table: str
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.table}.csv: {self.id}: {self.message} [{self.kind}]"


class _Tables:
    def __init__(self, folders: Iterable[Path]) -> None:
        rows: dict[str, dict[tables.Row, tables.Row]] = {}
        self.repeated: list[Fault] = []
        for table, (_, key) in tables.TABLES.items():
            found = rows.setdefault(table, {})
            for folder in folders:
                seen: set[tables.Row] = set()
                for row in tables.read(folder, table):
                    if row[:key] in seen:
                        self.repeated.append(Fault("error", "repeated", table, row[0], "stands there twice"))
                    seen.add(row[:key])
                    found[row[:key]] = row
        self.polities: dict[str, Polity] = self._records("polities", rows)
        self.organisations: dict[str, Organisation] = self._records("organisations", rows)
        self.persons: dict[str, Person] = self._records("persons", rows)
        self.offices: dict[str, Office] = self._records("offices", rows)
        self.sources: dict[str, Source] = self._records("sources", rows)
        self.terms: list[Term] = [tables.record("terms", row) for row in rows["terms"].values()]

    @staticmethod
    def _records(table: str, rows: dict[str, dict[tables.Row, tables.Row]]) -> dict[str, Any]:
        return {row[0]: tables.record(table, row) for row in rows[table].values()}


def check(folders: Iterable[Path]) -> list[Fault]:
    """All faults of the tables in these folders, later ones laid over earlier ones; errors first.

    Raises:
        RegisterError: a file is no table at all.
    """
    data = _Tables(list(folders))
    found = [
        *data.repeated,
        *_codes(data),
        *_names(data),
        *_dates(data),
        *_sources(data),
        *_holders(data),
    ]
    return sorted(found, key=lambda fault: (fault.severity, fault.table, fault.id, fault.kind, fault.message))


def _codes(data: _Tables) -> Iterator[Fault]:
    """Codes that nobody knows, ids that lead nowhere."""
    sectors = ontology().sectors
    for polity in data.polities.values():
        if polity.kind not in POLITY_KINDS:
            yield Fault("error", "unknown-code", "polities", polity.code, f"kind {polity.kind!r}")
        if polity.parent and polity.parent not in data.polities:
            yield Fault("error", "dangling", "polities", polity.code, f"parent {polity.parent!r}")
        for bloc in polity.blocs:
            if bloc not in data.organisations:
                yield Fault("error", "dangling", "polities", polity.code, f"bloc {bloc!r}")
    for table, kinds, entries in (
        ("organisations", ORGANISATION_KINDS, data.organisations.values()),
        ("offices", OFFICE_KINDS, data.offices.values()),
    ):
        for entry in entries:
            assert isinstance(entry, Organisation | Office)
            if entry.kind not in kinds:
                yield Fault("error", "unknown-code", table, entry.id, f"kind {entry.kind!r}")
            if entry.polity not in data.polities:
                yield Fault("error", "unknown-code", table, entry.id, f"polity {entry.polity!r}")
            for sector in entry.sectors:
                if sector not in sectors:
                    yield Fault("error", "unknown-code", table, entry.id, f"sector {sector!r}")
            above = entry.parent if isinstance(entry, Organisation) else entry.organisation
            if above and above not in data.organisations:
                yield Fault("error", "dangling", table, entry.id, f"organisation {above!r}")
    for term in data.terms:
        if term.office not in data.offices:
            yield Fault("error", "dangling", "terms", term.office, "no such office")
        if term.person not in data.persons:
            yield Fault("error", "dangling", "terms", term.office, f"no such person: {term.person!r}")
        if term.status not in ("verified", "unverified"):
            yield Fault("error", "unknown-code", "terms", term.office, f"status {term.status!r}")
    held = {term.person for term in data.terms}
    for person in data.persons.values():
        if person.id not in held:
            yield Fault("error", "no-office", "persons", person.id, "holds no office: the register has no such persons")


def _names(data: _Tables) -> Iterator[Fault]:
    """Nameless entries, and two of a kind with one name."""
    named: list[tuple[str, str, str, str]] = [
        *(("polities", p.code, "", p.name_en) for p in data.polities.values()),
        *(("organisations", o.id, o.polity, o.name_en) for o in data.organisations.values()),
        *(("persons", p.id, p.born[:4], p.name_en) for p in data.persons.values()),
    ]
    first: dict[tuple[str, str, str], str] = {}
    for table, key, scope, name in named:
        if not name:
            yield Fault("error", "nameless", table, key, "has no English name")
            continue
        other = first.setdefault((table, scope, fold(name)), key)
        if other != key:
            yield Fault("warning", "duplicate-name", table, key, f"{name} is also {other}")
    for office in data.offices.values():
        if not office.name_en:
            yield Fault("error", "nameless", "offices", office.id, "has no English name")


def _dates(data: _Tables) -> Iterator[Fault]:
    """Days that are none, terms that end before they start or run past a death."""
    days = [
        *(("persons", p.id, day) for p in data.persons.values() for day in (p.born, p.died)),
        *(("organisations", o.id, day) for o in data.organisations.values() for day in (o.founded, o.dissolved)),
        *(("terms", t.office, day) for t in data.terms for day in (t.start, t.end, t.checked)),
    ]
    bad = False
    for table, key, day in days:
        try:
            if day:
                first_day(day)
        except ValueError as error:
            bad = True
            yield Fault("error", "date", table, key, str(error))
    if bad:
        return  # the rest reads the days
    for term in data.terms:
        who = data.persons.get(term.person)
        if term.start and term.end and last_day(term.end) < first_day(term.start):
            yield Fault("error", "date", "terms", term.office, f"{term.person}: ends before it starts")
        if who and who.died and first_day(term.end or term.checked) > last_day(who.died):
            yield Fault("error", "after-death", "terms", term.office, f"{who.name_en} died {who.died}")


def _sources(data: _Tables) -> Iterator[Fault]:
    for term in data.terms:
        if not term.source:
            yield Fault("error", "no-source", "terms", term.office, f"{term.person}: states no source")
        elif term.source not in data.sources and not term.source.startswith(("http://", "https://")):
            yield Fault("error", "no-source", "terms", term.office, f"{term.source!r} is in no row of sources.csv")
        if not term.checked:
            yield Fault("error", "no-source", "terms", term.office, f"{term.person}: states no day of checking")
        if term.verified and term.source == "memory":
            yield Fault("error", "no-source", "terms", term.office, f"{term.person}: what is remembered is unverified")


def _holders(data: _Tables) -> Iterator[Fault]:
    """Offices of one holder that have two on a day, or none for long."""
    by_office: dict[str, list[Term]] = {}
    for term in data.terms:
        by_office.setdefault(term.office, []).append(term)
    for key, terms in by_office.items():
        office = data.offices.get(key)
        if office is None or not office.single:
            continue
        try:
            dated = sorted((term for term in terms if term.start), key=lambda term: (last_day(term.start), term.end))
            yield from _clashes(key, dated, data.persons)
        except ValueError:
            continue  # said by _dates


def _clashes(key: str, terms: list[Term], persons: dict[str, Person]) -> Iterator[Fault]:
    holding: Term | None = None  # the term so far that runs the longest
    for term in terms:
        if holding and holding.person != term.person:
            names = " and ".join(
                persons[t.person].name_en if t.person in persons else t.person for t in (holding, term)
            )
            start = last_day(term.start)
            if (first_day(holding.end or holding.checked) - start).days > HANDOVER_DAYS:
                # What is only remembered contradicts nothing.
                severity = "error" if holding.verified and term.verified else "warning"
                yield Fault(severity, "overlap", "terms", key, f"{names} both hold it on {start}")
            elif holding.end and (first_day(term.start) - last_day(holding.end)).days > GAP_DAYS:
                yield Fault("warning", "gap", "terms", key, f"nobody holds it from {holding.end} to {term.start}")
        if holding is None or (term.end or term.checked) >= (holding.end or holding.checked):
            holding = term
