"""The rows of the tables: their columns, and what records look like in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from vakanuvis.chronicle.merging import Told, party_key
from vakanuvis.chronicle.records import Happening, Party, Spot, Support, Telling
from vakanuvis.chronicle.wording import number
from vakanuvis.ontology import ontology
from vakanuvis.store.engines import Row
from vakanuvis.words import fold

_CONTROL = {0: "\u2400", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
TIE = 12  # letters of a report's key that tell events of one day apart


def storable(text: str) -> str:
    """The text as both stores can keep it: NUL and lone surrogates replaced, one for one, so that offsets hold."""
    return text.translate(_CONTROL)


@lru_cache(maxsize=1 << 16)
def actor_key(party: Party) -> str:
    """What makes two parties one row of the table of actors."""
    kind, value, sector = party_key(party)
    parts = (kind, value, party.office or "") if kind == "E" else (kind, value, sector, fold(storable(party.text)))
    return json.dumps(parts, ensure_ascii=False)


def place_key(spot: Spot) -> str:
    """What makes two places one row of the table of places."""
    return f"{spot.geonames}:{spot.name}:{spot.country}"


@lru_cache(maxsize=1 << 16)
def mark(table: str, key: str) -> int:
    """The number under which a row of a table is filed by its key."""
    return number(f"{table}\x1f{key}")


def actor_row(no: int, party: Party) -> Row:
    """The row of an actor."""
    name = storable(party.name or party.text)
    return (
        no, actor_key(party), party.entity, name, party.office, party.polity, list(party.sectors), party.kind or None,
        fold(f"{name} {storable(party.text)}"),
    )  # fmt: skip


def place_row(no: int, spot: Spot) -> Row:
    """The row of a place."""
    return (
        no, place_key(spot), spot.geonames, spot.name, spot.latitude, spot.longitude, spot.country, spot.region,
        spot.district, spot.city, spot.kind, spot.precision,
        fold(" | ".join(n for n in (spot.name, spot.city, spot.district, spot.region) if n)),
    )  # fmt: skip


def event_row(
    no: int, report: int, key: str, account: int, happening: int | None, t: Telling, place: int | None
) -> Row:
    """The row of a telling; `key` is that of its report."""
    kind = ontology()
    return (
        no, report, account, happening, t.event, t.type, t.mode, t.status, list(t.context), t.start, t.end,
        storable(t.words), names(t.actors), names(t.recipients), names(t.sources), place, day(t.first), day(t.last),
        t.precision or None, t.stated, t.dead, t.injured, t.confidence, kind.quad_code(t.type),
        kind.score(t.type, t.mode), key[:TIE],
    )  # fmt: skip


def happening_row(no: int, h: Happening, tellings: Sequence[Told], place: int | None) -> Row:
    """The row of a happening and its tellings."""
    told_by = [
        {"report": x.origin.id, "event": x.telling.event, "start": x.telling.start, "end": x.telling.end}
        for x in tellings
    ]
    kind = ontology()
    return (
        no, h.id, h.type, h.mode, h.status, list(h.context), names(h.actors), names(h.recipients), place, day(h.first),
        day(h.last), h.precision or None, h.stated, h.dead, h.injured, h.confidence, kind.quad_code(h.type),
        kind.score(h.type, h.mode), h.voices, len({report for report, _ in h.tellings}), list(h.outlets),
        list(h.languages), h.first_report, h.last_report, json.dumps(told_by),
        json.dumps({name: _support(support) for name, support in h.support.items()}),
    )  # fmt: skip


def party_rows(event: int, t: Telling, numbers: Mapping[str, int]) -> list[Row]:
    """The rows of a telling's parties; `numbers` are those of the actors, by key."""
    rows: list[Row] = []
    seen: set[tuple[str | None, str]] = set()
    for role, parties in (("actor", t.actors), ("recipient", t.recipients), ("source", t.sources)):
        for key, party in {actor_key(party): party for party in parties}.items():
            one = (party.polity, party.entity or key)
            rows.append((event, role, numbers[key], one in seen))
            seen.add(one)
    return rows


def names(parties: Iterable[Party]) -> list[str]:
    """The names of parties, each once."""
    return list(dict.fromkeys(storable(party.name or party.text) for party in parties))


def day(ordinal: int | None) -> date | None:
    """The day of an ordinal."""
    return date.fromordinal(ordinal) if ordinal else None


def _support(support: Support) -> dict[str, int]:
    return {"for": support.for_, "against": support.against}


COLUMNS: dict[str, tuple[str, ...]] = {
    "report": (
        "no", "key", "id", "outlet", "outlet_fold", "language", "published", "day", "title", "url", "text", "voice",
        "warnings", "model", "register", "added",
    ),
    "mark": ("hash", "no"),
    "posting": ("token", "report"),
    "coding": ("report", "doc"),
    "finding": (
        "report", "kind", "start_at", "end_at", "claim", "evidence", "candidates", "severity", "event",
    ),
    "account": ("no", "report", "happening", "self", "doc"),
    "pivot_anchor": ("key", "account"),
    "anchor": ("key", "account"),
    "actor": ("no", "key", "entity", "name", "office", "polity", "sectors", "kind", "fold"),
    "place": (
        "no", "key", "geonames", "name", "latitude", "longitude", "country", "region", "district", "city", "kind",
        "precision_", "fold",
    ),
    "event": (
        "no", "report", "account", "happening", "id", "type", "mode", "status", "contexts", "start_at", "end_at",
        "words", "actors", "recipients", "sources", "place", "day_first", "day_last", "precision_", "stated", "dead",
        "injured", "confidence", "quad", "score", "tie",
    ),
    "event_party": ("event", "role", "actor", "again"),
    "happening": (
        "no", "id", "type", "mode", "status", "contexts", "actors", "recipients", "place", "day_first", "day_last",
        "precision_", "stated", "dead", "injured", "confidence", "quad", "score", "voices", "reports", "outlets",
        "languages", "first_report", "last_report", "tellings", "support",
    ),
    "happening_party": ("happening", "role", "actor"),
    "contradiction": ("happening", "kind", "a", "b", "tellings_a", "tellings_b"),
    "ledger": (
        "happening", "kind", "types", "expecters", "due_first", "due_last", "lapses", "announced", "outcome",
        "outcome_happening", "outcome_day",
    ),
    "ledger_anchor": ("key", "happening"),
}  # fmt: skip
"""The columns of each table in the order in which a writer gives them."""
