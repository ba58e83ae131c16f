"""Writers of coded events, one a format; each writes coding by coding, so that memory stays bounded."""

from __future__ import annotations

import csv
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from types import TracebackType
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from vakanuvis.exports.rules import Published, publish
from vakanuvis.ontology import QUAD_CATEGORIES
from vakanuvis.records import Coding, Identity, Place, Report
from vakanuvis.resolution.register import load

FORMATS = ("plover", "polecat", "icews", "parquet")
"""Names of the formats that `writer` knows."""
BINARY = frozenset({"parquet"})
"""Those of them that need a binary stream."""

_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'”’»)]*\s+|\n+")
# The root of CAMEO that a PLOVER type was made of (PLOVER codebook, "Migrating from CAMEO"), with a zero: not further
# specified. ICEWS has codes of three and four digits only.
CAMEO = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "COOPERATE": "060", "AID": "070", "CONCEDE": "080",
    "RETREAT": "080", "REQUEST": "100", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "MOBILIZE": "150", "SANCTION": "160", "COERCE": "170", "ASSAULT": "180",
}  # fmt: skip
# The first 40, and the first 20 of ICEWS's, stand in the order of the published files, as some scripts count columns.
POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
    "Headline", "Event Status", "Evidence Start", "Evidence End",
)  # fmt: skip
ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "Event Status", "Evidence Start", "Evidence End",
)  # fmt: skip


class Writer(Protocol):
    """Writes codings to a stream, one by one; to be closed, or used in a `with` statement."""

    def write(self, coding: Coding) -> int:
        """Write the events of a coding.

        Returns:
            how many records were written.
        """

    def close(self) -> None:
        """Write what is left. The stream stays open."""

    def __enter__(self) -> Writer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def writer(kind: str, stream: IO[Any], *, coded: date | None = None) -> Writer:
    """A writer of one of the `FORMATS`.

    Args:
        kind: the format.
        stream: where to; binary for those in `BINARY`, else text with newline="".
        coded: the day of coding that the records give; today without one.

    Raises:
        ValueError: there is no such format.
    """
    makers: dict[str, Callable[[], Writer]] = {
        "plover": lambda: _Plover(stream, coded or date.today()),
        "polecat": lambda: _Table(stream, POLECAT_COLUMNS, _polecat),
        "icews": lambda: _Table(stream, ICEWS_COLUMNS, _icews),
        "parquet": lambda: _Parquet(stream),
    }
    if kind not in makers:
        raise ValueError(f"no format {kind!r}: choose one of {', '.join(FORMATS)}")
    return makers[kind]()


class _Closing:
    def close(self) -> None:
        """Nothing is left to write."""

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


# ---------------------------------------------------------------- PLOVER


class _Plover(_Closing):
    def __init__(self, stream: IO[str], coded: date) -> None:
        self.stream, self.coded = stream, coded.isoformat()

    def write(self, coding: Coding) -> int:
        for event in coding.events:
            row = plover(coding, publish(coding, event), self.coded)
            self.stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        return len(coding.events)


def plover(coding: Coding, record: Published, coded: str) -> dict[str, Any]:
    """An event in PLOVER's exchange format; its further fields are `status`, `dead`, `injured` and `confidence`."""
    event, report = record.event, coding.reading.report
    start, end, number = _sentence(report.text, event.start)
    row: dict[str, Any] = {
        "id": record.id,
        "date": _first_day(record, report),
        "enddate": _last_day(record, report),
        "actor": [_entity(identity) for identity in record.actors],
        "recipient": [_entity(identity) for identity in record.recipients],
        "event": record.type,
        "mode": [record.mode] if record.mode else [],
        "context": list(event.context),
        "event_loc": _location(event.place),
        "event_text": report.text[event.start : event.end],
        "quad_code": record.quad,
        "event_scale": record.score,
        "link": report.url,
        "text": report.text[start:end].strip(),
        "text_info": {"sequence": number, "start": event.start, "end": event.end},
        "cite_info": {
            "id": report.id,
            "url": report.url,
            "publication": report.outlet,
            "title": report.title,
            "date": report.day.isoformat() if report.day else None,
            "language": report.language,
        },
        "coder": _coder(),
        "coded_date": coded,
        "status": event.status,
        "dead": event.dead,
        "injured": event.injured,
        "confidence": round(event.confidence, 4),
    }
    # The codebook asks for a date; where none is known it is null, and other unknown fields are left out.
    return {key: value for key, value in row.items() if value is not None or key == "date"}


def _entity(identity: Identity) -> dict[str, Any]:
    row = {
        "code": identity.polity,
        # One primary sector code and an optional secondary one.
        "sector": "".join(identity.sectors[:2]) or None,
        "entity_text": identity.text,
        "identifier_id": identity.entity,
        "identifier_text": identity.name,
        "office": identity.office,
    }
    return {key: value for key, value in row.items() if value is not None}


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    row = {
        "geonameid": place.geonames,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "feature code": place.kind or None,
        "cc3": place.country,
        "admin1 name": place.region,
        "admin2 name": place.district,
    }
    return {key: value for key, value in row.items() if value is not None}


# ---------------------------------------------------------------- tables


class _Table(_Closing):
    """Tab-separated values with a header, as POLECAT and ICEWS are published; `; ` parts the values of one cell."""

    def __init__(
        self, stream: IO[str], columns: tuple[str, ...], row: Callable[[Coding, Published], list[object]]
    ) -> None:
        self.csv = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        self.row = row
        self.csv.writerow(columns)

    def write(self, coding: Coding) -> int:
        for event in coding.events:
            self.csv.writerow([_cell(value) for value in self.row(coding, publish(coding, event))])
        return len(coding.events)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return " ".join(str(value).split())


def _polecat(coding: Coding, record: Published) -> list[object]:
    event, report, place = record.event, coding.reading.report, record.event.place
    return [
        record.id, _first_day(record, report), record.type, record.mode, record.score,
        QUAD_CATEGORIES[record.quad - 1].upper(), "; ".join(event.context),
        *_polecat_party(record.actors), *_polecat_party(record.recipients),
        *(_placed(place) if place else [None] * 10),
        report.outlet, report.day, *(_named(coding, types) for types in (("PER",), ("ORG",), ("GPE", "LOC"))),
        report.language, _coder(),
        report.title, event.status, event.start, event.end,
    ]  # fmt: skip


def _polecat_party(party: tuple[Identity, ...]) -> list[object]:
    sectors = dict.fromkeys(code for identity in party for code in identity.sectors)
    return [
        _joined(identity.name for identity in party),
        _joined(identity.polity for identity in party),
        _joined(_cow(identity.polity) for identity in party),
        party[0].sectors[0] if party and party[0].sectors else None,
        "; ".join(sectors),
        _joined(identity.office for identity in party),
        _joined(identity.text for identity in party),
        None,  # the register knows no pages of Wikipedia
    ]


def _named(coding: Coding, types: tuple[str, ...]) -> str:
    reading = coding.reading
    words = (" ".join(reading.words(m).split()) for m in reading.mentions if m.type in types)
    return _joined(dict.fromkeys(words))


def _placed(place: Place) -> list[object]:
    return [
        place.name, place.city, place.district, place.region, place.country, place.latitude, place.longitude,
        place.geonames, place.text, place.kind,
    ]  # fmt: skip


def _icews(coding: Coding, record: Published) -> list[object]:
    event, report, place = record.event, coding.reading.report, record.event.place
    # ICEWS has one source and one target: of an event with all parties as actors the second is the target.
    parties = record.actors[:1], record.recipients[:1] or record.actors[1:2]
    source, target = [_icews_party(party[0]) if party else [None] * 3 for party in parties]
    return [
        record.id, _first_day(record, report), *source, record.type.capitalize(), CAMEO[record.type], record.score,
        *target, report.id, _sentence(report.text, event.start)[2], report.outlet,
        *([place.city, place.district, place.region, _country(place.country), place.latitude, place.longitude]
          if place else [None] * 6),
        event.status, event.start, event.end,
    ]  # fmt: skip


def _icews_party(identity: Identity) -> list[object]:
    return [identity.name or identity.text, ",".join(identity.sectors), _country(identity.polity)]


# ---------------------------------------------------------------- Parquet

_PARTY = pa.list_(
    pa.struct(
        [
            ("text", pa.string()), ("entity", pa.string()), ("name", pa.string()), ("office", pa.string()),
            ("polity", pa.string()), ("sectors", pa.list_(pa.string())), ("confidence", pa.float64()),
        ]
    )
)  # fmt: skip
SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("report", pa.string()), ("type", pa.string()), ("mode", pa.string()),
        ("plover_type", pa.string()), ("plover_mode", pa.string()), ("quad", pa.int8()), ("score", pa.float64()),
        ("status", pa.string()), ("context", pa.list_(pa.string())), ("actors", _PARTY), ("recipients", _PARTY),
        ("sources", _PARTY), ("place", pa.string()), ("place_text", pa.string()), ("geonames", pa.int64()),
        ("latitude", pa.float64()), ("longitude", pa.float64()), ("country", pa.string()), ("region", pa.string()),
        ("precision", pa.string()), ("start_day", pa.date32()), ("end_day", pa.date32()), ("day_basis", pa.string()),
        ("dead", pa.int64()), ("injured", pa.int64()), ("trigger", pa.string()), ("start", pa.int64()),
        ("end", pa.int64()), ("confidence", pa.float64()), ("published", pa.timestamp("s")), ("outlet", pa.string()),
        ("title", pa.string()), ("url", pa.string()), ("language", pa.string()), ("coder", pa.string()),
    ]
)  # fmt: skip
"""Columns of the Parquet export: types, roles, status as told; `plover_type`, `plover_mode` by the rules of export."""
_GROUP = 10_000


class _Parquet(_Closing):
    def __init__(self, stream: IO[bytes]) -> None:
        self.file = pq.ParquetWriter(stream, SCHEMA, compression="zstd")
        self.rows: list[dict[str, Any]] = []

    def write(self, coding: Coding) -> int:
        self.rows += [_parquet(coding, publish(coding, event)) for event in coding.events]
        if len(self.rows) >= _GROUP:
            self._flush()
        return len(coding.events)

    def _flush(self) -> None:
        self.file.write_table(pa.Table.from_pylist(self.rows, schema=SCHEMA))
        self.rows = []

    def close(self) -> None:
        if self.rows:
            self._flush()
        self.file.close()


def _parquet(coding: Coding, record: Published) -> dict[str, Any]:
    event, report, place = record.event, coding.reading.report, record.event.place
    when = event.when
    row: dict[str, Any] = {
        "id": record.id, "report": report.id, "type": event.type, "mode": event.mode, "plover_type": record.type,
        "plover_mode": record.mode, "quad": record.quad, "score": record.score, "status": event.status,
        "context": list(event.context), "actors": _parties(event.actors), "recipients": _parties(event.recipients),
        "sources": _parties(event.sources), "dead": event.dead, "injured": event.injured,
        "trigger": report.text[event.start : event.end], "start": event.start, "end": event.end,
        "confidence": event.confidence, "outlet": report.outlet, "title": report.title, "url": report.url,
        "published": report.published.replace(tzinfo=None) if report.published else None,
        "language": report.language, "coder": _coder(),
    }  # fmt: skip
    if place:
        row |= {
            "place": place.name, "place_text": place.text, "geonames": place.geonames, "latitude": place.latitude,
            "longitude": place.longitude, "country": place.country, "region": place.region,
            "precision": place.precision,
        }  # fmt: skip
    if when:
        row |= {"start_day": when.start, "end_day": when.end, "day_basis": when.basis}
    return row


def _parties(party: tuple[Identity, ...]) -> list[dict[str, Any]]:
    keys = ("text", "entity", "name", "office", "polity", "confidence")
    return [{key: getattr(i, key) for key in keys} | {"sectors": list(i.sectors)} for i in party]


# ---------------------------------------------------------------- shared


def _first_day(record: Published, report: Report) -> str | None:
    when = record.event.when
    day = when.start if when else report.day
    return day.isoformat() if day else None


def _last_day(record: Published, report: Report) -> str | None:
    when = record.event.when
    day = when.end if when else report.day
    return day.isoformat() if day else None


def _sentence(text: str, at: int) -> tuple[int, int, int]:
    """Start and end of the sentence at a place of a text, and its number from 1."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    number = bisect_right(ends, at)
    return ends[number - 1] if number else 0, ends[number] if number < len(ends) else len(text), number + 1


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in values if value)


def _cow(code: str | None) -> str | None:
    polity = load().polity(code) if code else None
    return _cow_numbers().get(polity.cow) if polity else None


@cache
def _cow_numbers() -> dict[str, str]:
    """Numbers of the Correlates of War project's list of states, by its abbreviations."""
    with files(__package__).joinpath("cow.csv").open(encoding="utf-8") as file:
        return {row["abbreviation"]: row["number"] for row in csv.DictReader(file)}


def _country(code: str | None) -> str | None:
    polity = load().polity(code) if code else None
    return polity.name_en if polity else code


@cache
def _coder() -> str:
    return f"Vakanüvis {version('vakanuvis')}"
