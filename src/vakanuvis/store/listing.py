"""Lists: events, happenings, reports, actors and places that filters choose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import pyarrow as pa

from vakanuvis.errors import FilterError
from vakanuvis.store.drawable import Drawable
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import INTEGERS, TEXTS, Filters, conditions, public, where
from vakanuvis.store.paging import TELLING, Asking, chosen, limited, ordered, paged, these

_FIELDS = ("type", "mode", "status", "actors", "recipients", "place", "day", "dead", "injured")
_SUPPORT = pa.struct(
    [(name, pa.struct([("for", pa.int32()), ("against", pa.int32())])) for name in _FIELDS]
)  # fmt: skip

# Orders in which rows can be asked for; a minus before the name turns it round.
_EVENT_ORDERS = {"day": "e.day_first", "confidence": "e.confidence", "dead": "e.dead", "published": "r.published"}
_HAPPENING_ORDERS = {
    "day": "h.day_first", "voices": "h.voices", "confidence": "h.confidence", "dead": "h.dead",
    "last_report": "h.last_report", "reports": "h.reports",
}  # fmt: skip
_REPORT_ORDERS = {"day": "r.day", "published": "r.published", "outlet": "r.outlet", "added": "r.added"}


class Listing(Asking):
    """The questions that give rows of one kind."""

    def _held(self) -> dict[str, Any]:
        """Numbers of rows, first and last day, versions of model and register."""
        with self._reading() as session:
            tables = {"reports": "report", "events": "event", "happenings": "happening", "actors": "actor",
                      "contradictions": "contradiction", "findings": "finding", "expectations": "ledger"}  # fmt: skip
            counts = {name: session.rows(f"SELECT count(*) FROM {table}")[0][0] for name, table in tables.items()}
            first, last = session.rows("SELECT min(day), max(day) FROM report")[0]
            versions = session.rows(
                "SELECT coalesce(model, ''), coalesce(register, ''), count(*) FROM report "
                "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
            )
            outlets = session.rows("SELECT count(DISTINCT outlet_fold) FROM report")[0][0]
        return {
            **counts, "outlets": outlets, "first_day": first,
            "last_day": last,
            "versions": [{"model": m or None, "register": r or None, "reports": n} for m, r, n in versions],
        }  # fmt: skip

    def total(self, of: Literal["events", "happenings", "reports"], **filters: Any) -> int:
        """How many rows a question has in all, whatever page of it is asked for."""
        table = {"events": ("event", "e"), "happenings": ("happening", "h"), "reports": ("report", "r")}
        if of not in table:
            raise FilterError(f"of: there is no {of!r}; there are: {', '.join(table)}")
        with self._reading() as session:
            found = conditions(Filters.of(filters), session)
            clause, parameters = where(getattr(found, table[of][0]))
            sql = f"SELECT count(*) FROM {table[of][0]} {table[of][1]}{clause}"
            return int(session.rows(sql, parameters)[0][0])

    def events(
        self, *, limit: int | None = None, offset: int = 0, order: str = "day", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Events, one row a telling."""
        with self._reading() as session:
            parts = conditions(Filters.of(filters), session).event
            sort = ordered(order, _EVENT_ORDERS, "e.tie, e.start_at, e.id")
            if limit is not None:
                reports = " JOIN report r ON r.no = e.report" if "r." in sort else ""
                return event_rows(session, chosen(session, "event", parts, sort, limit, offset, reports), sort)
            clause, parameters = where(parts)
            everything = {f"{table}_only": "" for table in "erhp"}
            return session.table(
                _EVENTS.format(where=clause, order=sort, limit=limited(None, offset), **everything), parameters
            )

    def happenings(
        self,
        *,
        told_by: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
        order: str = "day",
        **filters: Any,
    ) -> pa.Table:
        """Happenings, one row each, with their tellings and the support of each field.

        Args:
            told_by: ids of reports: only what one of them tells.
            limit, offset, order, filters: as everywhere.
        """
        with self._reading() as session:
            parts = [*conditions(Filters.of(filters), session).happening]
            if told_by is not None:
                parts.append((_TOLD_BY, [list(told_by)]))
            clause, parameters = where(parts)
            sort = ordered(order, _HAPPENING_ORDERS, "h.id")
            if limit is not None:
                clause, parameters = these("h", chosen(session, "happening", parts, sort, limit, offset))
            page = sort + limited(None, offset if limit is None else 0)
            return structured(session.table(HAPPENINGS.format(where=clause, page=page), parameters))

    def reports(
        self, *, limit: int | None = None, offset: int = 0, order: str = "day", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Reports, one row each, without their texts."""
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).report)
            sort = ordered(order, _REPORT_ORDERS, "r.key")
            if limit is not None:
                page = f"SELECT r.no FROM report r{clause}{sort}{limited(limit, offset)}"
                return report_rows(session, [no for (no,) in session.rows(page, parameters)], sort)
            return session.table(
                _REPORTS.format(where=clause, order=sort, limit=limited(None, offset), counted=""), parameters
            )  # fmt: skip

    def reports_by_id(self, ids: Sequence[str]) -> pa.Table:
        """The reports that came with these ids, as `reports` gives them."""
        with self._reading() as session:
            numbers = [no for (no,) in session.rows(f"SELECT no FROM report WHERE id IN {TEXTS}", [list(ids)])]
            return report_rows(session, numbers, " ORDER BY r.id, r.key")

    def actors(
        self, *, limit: int | None = None, offset: int = 0, order: str = "-events", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Who acts, is acted upon or is cited in the events chosen, with how often and when; but no private person."""
        orders = {"events": "events", "name": "a.name", "first": "first_day", "last": "last_day"}
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).event)
            # Counted by number and role first, and only then by who that is: there are few actors to many events, and
            # a count with a condition for each role takes twice as long. A count(*) would have DuckDB 2.0 group the
            # events by their numbers before it joins them.
            return session.table(
                "SELECT min(a.name) AS name, a.entity, min(a.office) AS office, a.polity, min(a.sectors) AS sectors, "
                "CAST(coalesce(sum(n.told) FILTER (WHERE n.role = 'actor'), 0) AS BIGINT) AS as_actor, "
                "CAST(coalesce(sum(n.told) FILTER (WHERE n.role = 'recipient'), 0) AS BIGINT) AS as_recipient, "
                "CAST(coalesce(sum(n.told) FILTER (WHERE n.role = 'source'), 0) AS BIGINT) AS as_source, "
                "CAST(coalesce(sum(n.told) FILTER (WHERE n.again IS NOT TRUE), 0) AS BIGINT) AS events, "
                "min(n.since) AS first_day, max(n.until) AS last_day FROM (SELECT x.actor, x.role, x.again, "
                "count(x.actor) AS told, min(e.day_first) AS since, max(e.day_last) AS until "
                f"FROM event e JOIN event_party x ON x.event = e.no{clause} GROUP BY 1, 2, 3) AS n "
                f"JOIN actor a ON a.no = n.actor AND {public('a')} "
                "GROUP BY a.entity, a.polity, coalesce(a.entity, a.key)"
                + paged(order, {**orders, "name": "min(a.name)"}, "min(a.name), a.polity", limit, offset),
                parameters,
            )

    def places(
        self, *, limit: int | None = None, offset: int = 0, order: str = "-happenings", **filters: Any
    ) -> Drawable:  # fmt: skip
        """Where the happenings chosen lie, one row a place, with how many and when."""
        orders = {"happenings": "happenings", "name": "p.name", "first": "first_day", "last": "last_day"}
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).happening)
            found = session.table(
                "SELECT p.name, p.geonames, p.country, p.region, p.district, p.city, p.kind, "
                "p.precision_ AS precision, p.latitude, p.longitude, count(*) AS happenings, "
                "min(h.day_first) AS first_day, max(h.day_last) AS last_day "
                f"FROM happening h JOIN place p ON p.no = h.place{clause} "
                "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
                + paged(order, orders, "p.name, p.country, p.latitude, p.longitude", limit, offset),
                parameters,
            )
        return Drawable(found, "map")


_TOLD_BY = f"h.no IN (SELECT x.happening FROM event x WHERE x.report IN (SELECT no FROM report WHERE id IN {TEXTS}))"


def structured(table: pa.Table) -> pa.Table:
    """The happenings with what is kept as JSON turned into lists and structs."""
    for name, kind in (("tellings", TELLING), ("support", _SUPPORT)):
        values = pa.array([json.loads(text) for text in table[name].to_pylist()], kind)
        table = table.set_column(table.schema.get_field_index(name), name, values)
    return table


def event_rows(session: Session, numbers: list[int], sort: str) -> pa.Table:
    """Some events, by their numbers. What they refer to is asked for by number too: a join would read all of it."""
    rows = session.rows(f"SELECT report, happening, place FROM event WHERE no IN {INTEGERS}", [numbers])
    referred = [sorted({row[i] for row in rows if row[i] is not None}) for i in range(3)]
    only = {f"{table}_only": f" WHERE no IN {INTEGERS}" for table in "erhp"}
    return session.table(_EVENTS.format(where="", order=sort, limit="", **only), [numbers, *referred])


def report_rows(session: Session, numbers: list[int], sort: str) -> pa.Table:
    clause = f" WHERE r.no IN {INTEGERS}"
    sql = _REPORTS.format(where=clause, order=sort, limit="", counted=f" WHERE report IN {INTEGERS}")
    return session.table(sql, [numbers, numbers])


_EVENTS = """
WITH e AS (SELECT * FROM event{e_only}), r AS (SELECT * FROM report{r_only}), h AS (SELECT * FROM happening{h_only}),
  p AS (SELECT * FROM place{p_only})
SELECT r.id AS report, e.id AS event, h.id AS happening, e.type, e.mode, e.status, e.contexts AS context,
  e.actors AS actor, e.recipients AS recipient, e.sources AS source, p.name AS place, p.country, p.latitude,
  p.longitude, e.day_first AS day, e.day_last AS last_day, e.precision_ AS precision, e.stated, e.dead, e.injured,
  e.words, e.start_at AS start, e.end_at AS "end", e.confidence, e.quad, e.score, h.voices, r.outlet, r.language,
  r.published, r.url, r.title
FROM e JOIN r ON r.no = e.report LEFT JOIN h ON h.no = e.happening LEFT JOIN p ON p.no = e.place{where}{order}{limit}
"""

HAPPENINGS = """
SELECT h.id, h.type, h.mode, h.status, h.contexts AS context, h.actors AS actor, h.recipients AS recipient,
  p.name AS place, p.country, p.latitude, p.longitude, h.day_first AS day, h.day_last AS last_day,
  h.precision_ AS precision, h.stated, h.dead, h.injured, h.confidence, h.quad, h.score, h.voices, h.reports, h.outlets,
  h.languages, h.first_report, h.last_report, h.tellings, h.support
FROM happening h LEFT JOIN place p ON p.no = h.place{where}{page}
"""

_REPORTS = """
SELECT r.id, r.key, r.outlet, r.language, r.published, r.day, r.title, r.url,
  coalesce(n.events, 0) AS events, v.id AS voice, r.model, r.register
FROM (SELECT r.* FROM report r{where}{order}{limit}) AS r LEFT JOIN report v ON v.no = r.voice
  LEFT JOIN (SELECT report, count(*) AS events FROM event{counted} GROUP BY report) AS n ON n.report = r.no
{order}
"""
