"""Counts: how many there are by time, type, party or place, and what passed between two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import pyarrow as pa

from vakanuvis.chronicle import series
from vakanuvis.errors import FilterError
from vakanuvis.ontology import QUAD_CATEGORIES
from vakanuvis.store.drawable import Drawable
from vakanuvis.store.filters import (
    INTEGERS,
    Filters,
    actor_numbers,
    conditions,
    first_day,
    last_day,
    many,
    public,
    where,
)
from vakanuvis.store.paging import Asking, limited

_BY: dict[str, tuple[str, str]] = {
    "year": ("CAST(extract(year FROM {x}.day_first) AS INTEGER)", ""),
    "month": ("CAST(date_trunc('month', {x}.day_first) AS DATE)", ""),
    "week": ("CAST(date_trunc('week', {x}.day_first) AS DATE)", ""),
    "day": ("{x}.day_first", ""),
    "type": ("{x}.type", ""),
    "mode": ("{x}.mode", ""),
    "status": ("{x}.status", ""),
    "quad": ("{x}.quad", ""),
    "context": ("c.context", " CROSS JOIN LATERAL (SELECT unnest({x}.contexts) AS context) AS c"),
    "place": ("pl.name", " LEFT JOIN place pl ON pl.no = {x}.place"),
    "country": ("pc.country", " LEFT JOIN place pc ON pc.no = {x}.place"),
    "actor": (
        "aa.name",
        " JOIN {t}_party ap ON ap.{t} = {x}.no AND ap.role = 'actor' "
        f"JOIN actor aa ON aa.no = ap.actor AND {public('aa')}",
    ),
    "recipient": (
        "ra.name",
        " JOIN {t}_party rp ON rp.{t} = {x}.no AND rp.role = 'recipient' "
        f"JOIN actor ra ON ra.no = rp.actor AND {public('ra')}",
    ),
    "actor_polity": (
        "ba.polity", " JOIN {t}_party bp ON bp.{t} = {x}.no AND bp.role = 'actor' JOIN actor ba ON ba.no = bp.actor"
    ),
    "recipient_polity": (
        "da.polity", " JOIN {t}_party dp ON dp.{t} = {x}.no AND dp.role = 'recipient' JOIN actor da ON da.no = dp.actor"
    ),
    "outlet": ("o.outlet", " JOIN report o ON o.no = {x}.report"),
    "language": ("g.language", " JOIN report g ON g.no = {x}.report"),
}  # fmt: skip
"""What a selection can be counted by: the expression and the join that it needs."""


class Counting(Asking):
    """The questions that count."""

    def dyad(
        self,
        a: str,
        b: str,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        **filters: Any,
    ) -> Drawable:
        """Month by month what passed between two parties: happenings by quad category, their mean score, and changes.

        Happenings that are told as having happened count, in both directions. `changed` marks the months in which a
        new level of the monthly sum of scores begins (PELT; see `chronicle.series`).

        Args:
            a, b: polities, organisations or persons, as in the filter `either`.
            since, until: the months; by default all between the first and the last happening.
            filters: as everywhere.
        """
        with self._reading() as session:
            parts = [*conditions(Filters.of({"since": since, "until": until, **filters}), session).happening]
            sides = [actor_numbers([name], session) for name in (a, b)]
            for name, numbers in zip((a, b), sides, strict=True):
                if not numbers:
                    raise FilterError(f"nobody in the chronicle is called {name!r}")
            between = (
                "h.no IN (SELECT x.happening FROM happening_party x "
                "JOIN happening_party y ON y.happening = x.happening JOIN happening t ON t.no = x.happening "
                f"WHERE x.actor IN {INTEGERS} AND y.actor IN {INTEGERS} AND (x.role <> y.role OR "
                "(x.actor <> y.actor AND x.role = 'actor' AND t.type IN ('CONSULT', 'AGREE', 'COOPERATE'))))"
            )
            parts += [(between, [*sides]), ("h.status IN ('actual', 'historical') AND h.day_first IS NOT NULL", [])]
            clause, parameters = where(parts)
            rows = session.rows(
                "SELECT CAST(date_trunc('month', h.day_first) AS DATE) AS month, h.quad, count(*), sum(h.score) "
                f"FROM happening h{clause} GROUP BY 1, 2 ORDER BY 1, 2",
                parameters,
            )
        months = _months([row[0] for row in rows], first_day(since, "since"), last_day(until, "until"))
        counts = {month: [0] * 4 for month in months}
        scores = dict.fromkeys(months, 0.0)
        for month, quad, number, score in rows:
            counts[month][quad - 1] += number
            scores[month] += score
        changes = set(series.change_points([scores[month] for month in months]))
        names = [quad.replace(" ", "_") for quad in QUAD_CATEGORIES]
        columns: dict[str, pa.Array] = {"month": pa.array(months, pa.date32())}
        for i, name in enumerate(names):
            columns[name] = pa.array([counts[month][i] for month in months], pa.int64())
        columns["happenings"] = pa.array([sum(counts[month]) for month in months], pa.int64())
        columns["score_sum"] = pa.array([scores[month] for month in months], pa.float64())
        columns["score_mean"] = pa.array(
            [scores[month] / sum(counts[month]) if sum(counts[month]) else None for month in months], pa.float64()
        )
        columns["changed"] = pa.array([i in changes for i in range(len(months))], pa.bool_())
        return Drawable(pa.table(columns), "dyad", a, b)

    def count(
        self,
        by: str | Sequence[str] = "type",
        *,
        of: Literal["happenings", "events"] = "happenings",
        limit: int | None = None,
        **filters: Any,
    ) -> Drawable:
        """How many happenings or events there are by one or more of their sides, the most frequent first.

        Args:
            by: year, month, week, day, type, mode, status, quad, context, actor, recipient, actor_polity,
                recipient_polity, place, country; of events also outlet, language. By time alone the order is of time.
            of: what to count.
            limit: rows at most.
            filters: as everywhere.
        """
        if of not in ("happenings", "events"):
            raise FilterError(f"of: there is no {of!r}; there are: happenings, events")
        names = list(dict.fromkeys(many(by)))
        table, x = ("happening", "h") if of == "happenings" else ("event", "e")
        known = [name for name in _BY if of == "events" or name not in ("outlet", "language")]
        for name in names:
            if name not in known:
                raise FilterError(f"by: there is no {name!r}; there are: {', '.join(known)}")
        if not names:
            raise FilterError(f"by: name at least one of {', '.join(known)}")
        columns = [f"{_BY[name][0].format(x=x)} AS {name}_" for name in names]
        joins = "".join(_BY[name][1].format(x=x, t=table) for name in names)
        places = ", ".join(str(i + 1) for i in range(len(names)))
        in_time = names[0] in ("year", "month", "week", "day")
        order = f"{places}" if in_time else f"number DESC, {places}"
        with self._reading() as session:
            clause, parameters = where(getattr(conditions(Filters.of(filters), session), table))
            found = session.table(
                f"SELECT {', '.join(columns)}, count(*) AS number FROM {table} {x}{joins}{clause} "
                f"GROUP BY {places} ORDER BY {order}" + limited(limit, 0),
                parameters,
            )
        drawn = {("type",): "types", ("month", "quad"): "timeline", ("actor_polity", "recipient_polity"): "matrix"}
        chart = drawn.get(tuple(names)) if of == "happenings" else None
        return Drawable(found.rename_columns([*names, "number"]), chart)

    def edges(self, **filters: Any) -> pa.Table:
        """Who acts upon whom in the happenings chosen: one row for each actor and recipient, with what passed."""
        sides = ", ".join(
            f"min({x}.name) AS {side}_name, min({x}.entity) AS {side}_entity, min({x}.polity) AS {side}_polity, "
            f"min({x}.sectors) AS {side}_sectors, coalesce({x}.entity, {x}.key) AS {side}_key"
            for x, side in (("a", "actor"), ("b", "recipient"))
        )
        quads = ", ".join(
            f"count(*) FILTER (WHERE h.quad = {i}) AS {quad.replace(' ', '_')}"
            for i, quad in enumerate(QUAD_CATEGORIES, 1)
        )
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).happening)
            return session.table(
                f"SELECT {sides}, count(*) AS happenings, avg(h.score) AS score_mean, {quads}, "
                "min(h.day_first) AS first_day, max(h.day_last) AS last_day FROM happening h "
                "JOIN happening_party x ON x.happening = h.no AND x.role = 'actor' "
                "JOIN happening_party y ON y.happening = h.no AND y.role = 'recipient' "
                f"JOIN actor a ON a.no = x.actor AND {public('a')} JOIN actor b ON b.no = y.actor AND {public('b')}"
                f"{clause} GROUP BY coalesce(a.entity, a.key), coalesce(b.entity, b.key) "
                "ORDER BY happenings DESC, actor_key, recipient_key",
                parameters,
            )


def _months(found: Sequence[date], since: date | None, until: date | None) -> list[date]:
    """All months between the first and the last, without a hole."""
    if not found:
        return []
    month, last = min(found), max(found)
    if since:
        month = since.replace(day=1)
    if until:
        last = max(last, min(until, date.today()).replace(day=1))
    months = []
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months
