"""What became of happenings: who told them otherwise, what was expected and came, who reacted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import pyarrow as pa

from vakanuvis.chronicle import reactions
from vakanuvis.chronicle.accounts import sentence_of, sentences
from vakanuvis.errors import FilterError, NotFound
from vakanuvis.store.drawable import Drawable
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import INTEGERS, TEXTS, Filters, Part, Words, conditions, last_day, many, public, where
from vakanuvis.store.paging import TELLING, Asking, limited

_PAIR = pa.list_(pa.struct([("report", pa.string()), ("event", pa.string())]))


class Following(Asking):
    """The questions about contradictions, expectations and reactions."""

    def expectations(
        self,
        *,
        kind: str | Sequence[str] | None = None,
        outcome: str | Sequence[str] | None = None,
        as_of: str | date | None = None,
        limit: int | None = None,
        offset: int = 0,
        **filters: Any,
    ) -> pa.Table:
        """The ledger: what was expected, by whom, by when, and what became of it.

        Args:
            kind: planned, threatened, feared, possible or called for.
            outcome: fulfilled, lapsed, withdrawn or open.
            as_of: the ledger as it stood at the end of this day; today by default.
            limit, offset: the page.
            filters: as everywhere.
        """
        day = last_day(as_of, "as_of")
        with self._reading() as session:
            parts = _ledger_conditions(session, filters, kind, outcome, day)
            return ledger_table(session, parts, day or date.today(), limit, offset)

    def track_record(
        self,
        by: Literal["outlet", "actor"] = "outlet",
        *,
        kind: str | Sequence[str] | None = None,
        outcome: str | Sequence[str] | None = None,
        as_of: str | date | None = None,
        **filters: Any,
    ) -> Drawable:
        """For each outlet or each actor, what came of what they announced, and the share that came true.

        It takes what `expectations` takes, and counts the same rows. The share is of those that ended, one way or
        another; it is empty where none has. Of actors private persons are left out.
        """
        if by not in ("outlet", "actor"):
            raise FilterError(f"by: there is no {by!r}; there are: outlet, actor")
        day, names = last_day(as_of, "as_of"), "h.outlets" if by == "outlet" else "l.expecters"
        of_whom = f" WHERE x.name NOT IN (SELECT a.name FROM actor a WHERE NOT {public('a')})" if by == "actor" else ""
        with self._reading() as session:
            clause, parameters = where(_ledger_conditions(session, filters, kind, outcome, day))
            counted = session.rows(
                "SELECT x.name, count(*), count(*) FILTER (WHERE x.outcome = 'fulfilled'), "
                "count(*) FILTER (WHERE x.outcome = 'lapsed'), count(*) FILTER (WHERE x.outcome = 'withdrawn'), "
                "count(*) FILTER (WHERE x.outcome = 'open'), avg(x.lead) FILTER (WHERE x.outcome = 'fulfilled') "
                f"FROM (SELECT unnest({names}) AS name, {_outcome(day or date.today())} AS outcome, "
                "l.outcome_day - l.announced AS lead "
                f"FROM ledger l JOIN happening h ON h.no = l.happening{clause}) AS x{of_whom} GROUP BY 1",
                parameters,
            )
        table = [
            (name, total, fulfilled, lapsed, withdrawn, still, fulfilled / (total - still) if total > still else None,
             None if lead is None else float(lead))
            for name, total, fulfilled, lapsed, withdrawn, still, lead in sorted(counted, key=lambda r: (-r[1], r[0]))
        ]  # fmt: skip
        columns = (by, "announced", "fulfilled", "lapsed", "withdrawn", "open", "came_true", "mean_lead_days")
        kinds = (pa.string(), *[pa.int64()] * 5, pa.float64(), pa.float64())
        record = pa.table(
            {c: pa.array([row[i] for row in table], k) for i, (c, k) in enumerate(zip(columns, kinds, strict=True))}
        )
        return Drawable(record, "record")

    def contradictions(
        self, *, kind: str | Sequence[str] | None = None, limit: int | None = None, offset: int = 0, **filters: Any
    ) -> pa.Table:
        """What reports of one happening give differently, and what reports say against the register.

        Args:
            kind: status, dead, injured, place, day, party, office-holder, or a kind of finding.
            limit, offset: the page.
            filters: as everywhere.
        """
        with self._reading() as session:
            parts = [*conditions(Filters.of(filters), session).happening]
            return contradictions_table(session, parts, many(kind), limit, offset, findings_too=not filters)

    def reactions(self, id: str, *, days: int = 30) -> pa.Table:
        """Who supported, condemned, rejected, mourned or threatened because of a happening, with the words.

        A reaction is told in a report that tells of the happening, close to it, and comes within `days` of it. Who
        condemns or threatens those that it was done to does not react to it.

        Args:
            id: the happening's id.
            days: days after its first day.
        """
        with self._reading() as session:
            return reactions_table(session, happening_number(session, id), days)


def contradictions_table(
    session: Session,
    parts: Sequence[Part],
    kinds: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
    *,
    findings_too: bool = False,
) -> pa.Table:
    """The contradictions that fulfil conditions on a happening `h`."""
    clause, parameters = where(parts)
    only = f" WHERE kind IN {TEXTS}" if kinds else ""
    # Findings that touch no event are shown where nothing is filtered: no filter could speak for them.
    join = "LEFT JOIN" if findings_too else "JOIN"
    table = session.table(
        "SELECT * FROM (SELECT h.id AS happening, c.kind, c.a, c.b, c.tellings_a, c.tellings_b, h.type, "
        "h.day_first AS day, h.voices, CAST(NULL AS TEXT[]) AS evidence, CAST(NULL AS TEXT[]) AS candidates, "
        "CAST(NULL AS TEXT) AS severity, CAST(NULL AS TEXT) AS report, 'reports' AS found_by "
        f"FROM contradiction c JOIN happening h ON h.no = c.happening{clause} "
        "UNION ALL SELECT h.id, f.kind, f.claim, f.evidence[1], "
        "'[[\"' || replace(r.id, '\"', '') || '\", \"' || coalesce(f.event, '') || '\"]]', '[]', h.type, "
        "coalesce(h.day_first, r.day), h.voices, f.evidence, f.candidates, f.severity, r.id, 'register' "
        "FROM finding f JOIN report r ON r.no = f.report "
        "LEFT JOIN event e ON e.report = f.report AND e.id = f.event "
        f"{join} happening h ON h.no = e.happening{clause}"
        f") AS x{only} ORDER BY day DESC NULLS LAST, happening, kind, a, b" + limited(limit, offset),
        [*parameters, *parameters, *([list(kinds)] if kinds else [])],
    )
    for side in ("tellings_a", "tellings_b"):
        pairs = [
            [{"report": report, "event": event} for report, event in json.loads(text)]
            for text in table[side].to_pylist()
        ]
        table = table.set_column(table.schema.get_field_index(side), side, pa.array(pairs, _PAIR))
    return table


def reactions_table(session: Session, number: int, days: int) -> pa.Table:
    """Who reacted to the happening of a number within so many days.

    Raises:
        FilterError: the days are below 0.
    """
    if days < 0:
        raise FilterError(f"days: 0 or more, not {days}")
    ((begin, done),) = session.rows("SELECT day_first, type FROM happening WHERE no = ?", [number])
    rows = session.rows(
        "SELECT e.no, e.id, e.type, e.start_at, e.end_at, e.actors, e.day_first, e.confidence, r.id, r.outlet, "
        "r.published, r.text, t.start_at, h.id "
        "FROM event t JOIN event e ON e.report = t.report AND e.no <> t.no JOIN report r ON r.no = e.report "
        f"JOIN happening h ON h.no = e.happening WHERE t.happening = ? AND e.type IN {TEXTS} "
        "AND e.happening <> ? AND e.status = 'actual' ORDER BY r.published, r.key, e.start_at, t.start_at",
        [number, list(reactions.BY_TYPE), number],
    )
    sides: dict[str, set[str]] = {"actors": set(), "recipients": set()}
    for role, *known in session.rows(
        "SELECT x.role, a.polity, a.entity FROM happening_party x JOIN actor a ON a.no = x.actor "
        "WHERE x.role IN ('actor', 'recipient') AND x.happening = ?",
        [number],
    ):
        sides[role + "s"].update(filter(None, known))
    parties: dict[int, list[tuple[str, str | None, str | None]]] = {}
    at_whom: dict[int, set[str]] = {}
    for event, role, name, polity, entity in session.rows(
        "SELECT x.event, x.role, a.name, a.polity, a.entity FROM event_party x JOIN actor a ON a.no = x.actor "
        f"WHERE x.role IN ('actor', 'recipient') AND x.event IN {INTEGERS} ORDER BY x.event, a.no",
        [sorted({row[0] for row in rows})],
    ):
        if role == "actor":
            parties.setdefault(event, []).append((name, polity, entity))
        else:
            at_whom.setdefault(event, set()).update(filter(None, (polity, entity)))
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    for no, event, kind, start, end, _, day, confidence, report, outlet, published, text, at, happening in rows:
        if no in seen or abs(start - at) > reactions.NEAR:
            continue
        if begin and day and not begin - timedelta(days=1) <= day <= begin + timedelta(days=days):
            continue
        seen.add(no)
        first, last = sentence_of(start, sentences(text))
        words = text[first:last].strip()
        reaction = reactions.kind(kind, words)
        if not reactions.meant(reaction, at_whom.get(no, set()), done, **sides):
            continue
        for name, polity, entity in parties.get(no, [(None, None, None)]):
            found.append({
                "reaction": reaction, "who": name, "polity": polity, "blocs": _blocs(polity),
                "entity": entity, "day": day, "days_after": (day - begin).days if begin and day else None,
                "words": words, "report": report, "event": event, "start": start, "end": end, "outlet": outlet,
                "published": published, "happening": happening, "confidence": confidence,
            })  # fmt: skip
    return pa.Table.from_pylist(found, _REACTIONS)


def happening_number(session: Session, id: str) -> int:
    rows = session.rows("SELECT no FROM happening WHERE id = ?", [id]) or session.rows(
        "SELECT happening FROM account WHERE self = ?", [id]
    )
    if not rows:
        raise NotFound(f"there is no happening {id!r}")
    return int(rows[0][0])


def _ledger_conditions(
    session: Session, filters: dict[str, Any], kind: Words, outcome: Words, as_of: date | None
) -> list[Part]:
    parts = [*conditions(Filters.of(filters), session).happening]
    if as_of:
        parts.append(("coalesce(l.announced <= CAST(? AS DATE), TRUE)", [as_of]))
    if kinds := many(kind):
        parts.append((f"l.kind IN {TEXTS}", [kinds]))
    if outcomes := many(outcome):
        parts.append((f"{_outcome(as_of or date.today())} IN {TEXTS}", [outcomes]))
    return parts


def ledger_table(
    session: Session, parts: Sequence[Part], as_of: date, limit: int | None = None, offset: int = 0
) -> pa.Table:
    """The entries of the ledger that fulfil conditions, as they stood at the end of a day."""
    clause, parameters = where(parts)
    sort = " ORDER BY l.announced DESC NULLS LAST, h.id"
    if limit is not None:
        chosen = f"SELECT h.no FROM ledger l JOIN happening h ON h.no = l.happening{clause}{sort}"
        chosen += limited(limit, offset)
        numbers = [no for (no,) in session.rows(chosen, parameters)]
        clause, parameters = f" WHERE h.no IN {INTEGERS} AND l.happening IN {INTEGERS}", [numbers, numbers]

    def ended(value: str) -> str:
        return f"CASE WHEN {_over(as_of)} THEN {value} END"

    table = session.table(
        f"SELECT h.id, l.kind, h.type, h.status, {_outcome(as_of)} AS outcome, l.expecters, h.actors AS actor, "
        "h.recipients AS recipient, p.name AS place, p.country, l.announced, l.due_first AS due, l.due_last, l.lapses, "
        f"{ended('l.outcome_happening')} AS outcome_happening, {ended('l.outcome_day')} AS outcome_day, "
        f"{ended('l.outcome_day - l.announced')} AS lead_days, h.voices, h.outlets, h.languages, h.confidence, "
        "h.tellings "
        f"FROM ledger l JOIN happening h ON h.no = l.happening LEFT JOIN place p ON p.no = h.place{clause}{sort}"
        + limited(None, offset if limit is None else 0),
        parameters,
    )
    tellings = pa.array([json.loads(text) for text in table["tellings"].to_pylist()], TELLING)
    table = table.set_column(table.schema.get_field_index("tellings"), "tellings", tellings)
    outcomes = table["outcome_happening"].to_pylist()
    known = [no for no in outcomes if no is not None]
    ids: dict[Any, str] = dict(session.rows(f"SELECT no, id FROM happening WHERE no IN {INTEGERS}", [known]))
    ended_by = pa.array([ids.get(no) for no in outcomes], pa.string())
    table = table.set_column(table.schema.get_field_index("outcome_happening"), "outcome_happening", ended_by)
    lead = table["lead_days"].cast(pa.int64())
    return table.set_column(table.schema.get_field_index("lead_days"), "lead_days", lead)


def _blocs(polity: str | None) -> list[str]:
    from vakanuvis.resolution.register import load

    found = load().polity(polity) if polity else None
    return list(found.blocs) if found else []


def _over(as_of: date) -> str:
    """Whether an entry had come to its outcome by a day."""
    return f"(l.outcome IS NOT NULL AND coalesce(l.outcome_day <= DATE '{as_of}', TRUE))"


def _outcome(as_of: date) -> str:
    """What had become of an entry by a day."""
    return f"CASE WHEN {_over(as_of)} THEN l.outcome WHEN l.lapses < DATE '{as_of}' THEN 'lapsed' ELSE 'open' END"


_REACTIONS = pa.schema([
    ("reaction", pa.string()), ("who", pa.string()), ("polity", pa.string()), ("blocs", pa.list_(pa.string())),
    ("entity", pa.string()), ("day", pa.date32()), ("days_after", pa.int64()), ("words", pa.string()),
    ("report", pa.string()), ("event", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
    ("outlet", pa.string()), ("published", pa.string()), ("happening", pa.string()), ("confidence", pa.float64()),
])  # fmt: skip
