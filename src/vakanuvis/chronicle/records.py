"""The chronicle's own records: tellings, the accounts that a report gives, and what is made of them.

    Coding ─accounts→ Account ─matching→ happenings ─merging→ Happening

Days are proleptic ordinals (`datetime.date.toordinal`) here, as matching counts with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

REALISED = frozenset({"actual", "historical", "negated"})
"""Statuses that say of a thing that it happened, or that it did not. The others say what is only expected."""


@dataclass(frozen=True, slots=True)
class Party:
    """One party of a telling.

    Attributes:
        text: the words of the report.
        kind: type of the mention: PER, ORG, GPE, LOC or GRP.
        entity, name, office, polity: as in `records.Identity`.
        sectors: sector codes, the primary one first.
    """

    text: str
    kind: str = ""
    entity: str | None = None
    name: str | None = None
    office: str | None = None
    polity: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def sector(self) -> str | None:
        """The primary sector."""
        return self.sectors[0] if self.sectors else None

    @property
    def named(self) -> bool:
        """Whether it is known, and more than a polity as a whole."""
        return self.entity is not None and self.entity != self.polity and self.kind != "GPE"


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a telling: the attributes of `records.Place` that the chronicle keeps."""

    name: str
    latitude: float
    longitude: float
    geonames: int | None = None
    country: str | None = None
    region: str | None = None
    district: str | None = None
    city: str | None = None
    kind: str = ""
    precision: str = "point"

    @property
    def local(self) -> bool:
        """Whether it is a town, a district or something in one."""
        return self.precision in ("point", "city", "district")


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it.

    Attributes:
        event, start, end: the event's id and its trigger's span.
        words: the trigger.
        first, last: its days as ordinals; None where not even the report has one.
        precision: as in `records.When`; "" without days.
        stated: whether the report says the day, rather than its own day standing in.
    """

    event: str
    start: int
    end: int
    words: str
    type: str
    status: str
    mode: str | None = None
    context: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    sources: tuple[Party, ...] = ()
    place: Spot | None = None
    first: int | None = None
    last: int | None = None
    precision: str = ""
    stated: bool = False
    dead: int | None = None
    injured: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Account:
    """What one report tells of one thing: its tellings of it, the first one first.

    Attributes:
        report: the report's key in the chronicle.
        language: the report's language.
        published: day of publication as an ordinal.
        tellings: the tellings, in the order of the text.
        stems: numbers of the stems of the sentences that tell of it.
        implied: parties of what is told just before, where the tellings name none themselves; for matching only.
    """

    report: str
    language: str | None
    published: int | None
    tellings: tuple[Telling, ...]
    stems: frozenset[int] = frozenset()
    implied: tuple[Party, ...] = ()

    @property
    def key(self) -> str:
        """What names it in every chronicle alike: the report's key and the first telling's event."""
        return f"{self.report}:{self.tellings[0].event}"

    @property
    def realised(self) -> bool:
        """Whether it is told as having happened (or as denied), not as expected."""
        return self.tellings[0].status in REALISED

    def to_json(self) -> str:
        """The form in which a store keeps it."""
        rows = [_compact(t) for t in self.tellings]
        return json.dumps(
            [self.report, self.language, self.published, rows, sorted(self.stems), _plain_parties(self.implied)],
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Account:
        """The account that `to_json` wrote; the first version of it knew of no parties implied."""
        report, language, published, rows, stems, *rest = json.loads(text)
        tellings = tuple(_telling(row) for row in rows)
        return cls(report, language, published, tellings, frozenset(stems), tuple(map(_party, rest[0] if rest else ())))


def _compact(telling: Telling) -> list[Any]:
    row: list[Any] = [getattr(telling, name) for name in _TELLING]
    for i in _PARTIES:
        row[i] = _plain_parties(row[i])
    place = telling.place
    row[_PLACE] = None if place is None else [getattr(place, name) for name in _SPOT]
    return row


def _plain_parties(parties: tuple[Party, ...]) -> list[list[Any]]:
    return [[getattr(party, name) for name in _PARTY] for party in parties]


def _telling(row: list[Any]) -> Telling:
    for i in _PARTIES:
        row[i] = tuple(_party(party) for party in row[i])
    row[_CONTEXT] = tuple(row[_CONTEXT])
    if row[_PLACE] is not None:
        row[_PLACE] = Spot(*row[_PLACE])
    return Telling(*row)


def _party(row: list[Any]) -> Party:
    text, kind, entity, name, office, polity, sectors = row
    return Party(text, kind, entity, name, office, polity, tuple(sectors))


_TELLING = tuple(Telling.__dataclass_fields__)
_PARTY = tuple(Party.__dataclass_fields__)
_SPOT = tuple(Spot.__dataclass_fields__)
_PARTIES = tuple(_TELLING.index(name) for name in ("actors", "recipients", "sources"))
_CONTEXT, _PLACE = _TELLING.index("context"), _TELLING.index("place")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the chronicle knows of a report beside its accounts.

    Attributes:
        key: its key in the chronicle.
        id: the id it came with.
        outlet, language: as in `records.Report`.
        published: time of publication, ISO 8601, None where unknown.
        voice: key of the first report with this text or a near-duplicate of it.
    """

    key: str
    id: str
    outlet: str | None
    language: str | None
    published: str | None
    voice: str


@dataclass(frozen=True, slots=True)
class Support:
    """How many independent voices speak for the value chosen, and how many for another."""

    for_: int
    against: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What the tellings of many reports tell of.

    Attributes:
        id: made of the first telling; an id given out earlier still finds the happening that its telling is now in.
        type, mode, status, context: the codes that most voices give.
        actors, recipients: the parties, those named by most voices first; a country gives way to its minister.
        place: the most exact place that most voices agree on.
        first, last: its days as ordinals.
        precision: of the days, as in `records.When`.
        stated: whether some report states the day.
        dead, injured: the latest numbers.
        confidence: of the best telling.
        voices: independent voices: outlets, near-duplicate texts counted once.
        outlets, languages: sorted.
        first_report, last_report: times of publication of the earliest and the latest report, ISO 8601.
        tellings: report's key and event's id, in order of publication.
        support: by field, the voices for and against the value chosen.
    """

    id: str
    type: str
    mode: str | None
    status: str
    context: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Spot | None
    first: int | None
    last: int | None
    precision: str
    stated: bool
    dead: int | None
    injured: int | None
    confidence: float
    voices: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    first_report: str | None
    last_report: str | None
    tellings: tuple[tuple[str, str], ...]
    support: dict[str, Support] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values that reports of one happening give for the same thing.

    Attributes:
        kind: status, dead, injured, place, day, party or office-holder.
        a, b: the two values, in words.
        tellings_a, tellings_b: the tellings (report's key, event's id) that give them.
    """

    kind: str
    a: str
    b: str
    tellings_a: tuple[tuple[str, str], ...]
    tellings_b: tuple[tuple[str, str], ...]
