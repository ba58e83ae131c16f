"""The chronicle as Python sees it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import pyarrow as pa

from vakanuvis.chronicle import reactions, series
from vakanuvis.chronicle.accounts import sentence_of, sentences
from vakanuvis.chronicle.merging import coded_event, merge
from vakanuvis.errors import ChronicleError, FilterError, InputError, NotFound
from vakanuvis.ontology import QUAD_CATEGORIES
from vakanuvis.records import Coding, Report
from vakanuvis.store import schema
from vakanuvis.store.codec import unpack
from vakanuvis.store.drawable import Drawable
from vakanuvis.store.engines import WAIT, Row, Session, engine
from vakanuvis.store.filters import (
    INTEGERS,
    TEXTS,
    Filters,
    Part,
    Words,
    actor_numbers,
    conditions,
    first_day,
    last_day,
    many,
    where,
)
from vakanuvis.store.held import Accounts
from vakanuvis.store.pipeline import Coder, Source, gathered
from vakanuvis.store.rows import storable
from vakanuvis.store.writing import Added, Versions, Writer, report_key
from vakanuvis.store.writing import known as already

BATCH = 256  # reports in one transaction at most
CHUNK = 32  # reports of which is asked at once whether they are known
TURN = 1.0  # seconds that a transaction should not outlast
PATIENCE = 1.0  # seconds after which a transaction is closed though more reports could be taken in
_TELLING = pa.list_(
    pa.struct([("report", pa.string()), ("event", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
)
_PAIR = pa.list_(pa.struct([("report", pa.string()), ("event", pa.string())]))
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
        "aa.name", " JOIN {t}_party ap ON ap.{t} = {x}.no AND ap.role = 'actor' JOIN actor aa ON aa.no = ap.actor"
    ),
    "recipient": (
        "ra.name", " JOIN {t}_party rp ON rp.{t} = {x}.no AND rp.role = 'recipient' JOIN actor ra ON ra.no = rp.actor"
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


class Chronicle:
    """A chronicle in a DuckDB file or a PostgreSQL database.

    All questions take the filters of `Filters` as keyword arguments and give Arrow tables. Where they take them,
    `limit` and `offset` cut a page out of the rows, and `order` names the column to sort by, `-` before it for the
    largest first; rows that are equal in it come in a fixed order. Nothing is open between two calls, so that other
    processes can read and write.

    Args:
        url: a file's path, or `postgresql://user@host/database`.
        wait: seconds to wait for another writer.
    """

    def __init__(self, url: str | Path, *, wait: float = WAIT) -> None:
        self._engine = engine(url)
        self._wait = wait
        self._checked = False

    @property
    def name(self) -> str:
        """The path or address, without a password."""
        return self._engine.name

    def __repr__(self) -> str:
        return f"<Chronicle {self.name}>"

    def __enter__(self) -> Chronicle:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def keep_open(self) -> Chronicle:
        """Stay open between two calls until `close`, for a server that asks often; others can write nevertheless."""
        self._engine.keep_open()
        return self

    def close(self) -> None:
        """Let go of connections. The chronicle can be used again afterwards."""
        self._engine.close()

    def revision(self) -> str:
        """What names the chronicle's state: another one after every change. Costs next to nothing."""
        return self._engine.revision()

    def exists(self) -> bool:
        """Whether there is something at this place already."""
        return self._engine.exists()

    # ------------------------------------------------------------ writing

    def add(self, items: Iterable[Source] | str | Path, *, versions: Versions | None = None) -> Added:
        """Add reports; those that the chronicle holds already change nothing, and are not read again.

        Each transaction takes in whole reports only. Cut off at any moment, the chronicle holds the reports of the
        transactions that ended, and adding the same reports again completes it.

        Args:
            items: `Coding` records; `Report` records, files or folders, which are read and coded first. Taken one by
                one, so that they may still be being made.
            versions: of the model and of the register, where codings were made by others than today's.

        Raises:
            ChronicleBusy: another process is writing, for longer than the chronicle waits.
            ChronicleError: the place cannot be written.
        """
        faults: list[InputError] = []
        coder, known = Coder(), 0

        def fresh(reports: Iterable[Report]) -> Iterator[Report]:
            nonlocal known
            stream = iter(reports)
            while chunk := list(islice(stream, CHUNK)):
                keys = [report_key(report) for report in chunk]
                with self._reading() as session:
                    held = already(session, keys)
                known += sum(key in held for key in keys)
                yield from (report for report, key in zip(chunk, keys, strict=True) if key not in held)

        def coded() -> Iterator[tuple[Coding, Versions]]:
            for raw, group in groupby(gathered(items, faults), key=lambda item: isinstance(item, Report)):
                if raw:
                    for coding in coder(fresh(item for item in group if isinstance(item, Report))):
                        yield coding, coder.versions
                else:
                    yield from ((item, versions or ("", "")) for item in group if isinstance(item, Coding))

        total, pace = Added(), _Pace()
        with self._writing() as write:
            for batch in _batches(coded(), pace):
                began = time.monotonic()
                total += write(partial(_add, batch))
                pace.took(time.monotonic() - began)
        return total + Added(known=known, faults=tuple(faults))

    @contextmanager
    def writing(self) -> Iterator[Callable[[Sequence[Coding]], Added]]:
        """Be the writer for a while: gives what adds coded reports, each call one transaction.

        For a process that adds reports as they come in; other writers wait until it is done.
        """
        with self._writing() as write:
            yield lambda codings: write(partial(_add, [(_clean(coding), ("", "")) for coding in codings]))

    def recode(
        self,
        code: Callable[[Iterable[Report]], Iterable[Coding]],
        versions: Versions,
        *,
        everything: bool = False,
    ) -> int:
        """Read and code anew the reports that were coded by other versions of model or register.

        Args:
            code: reads and codes reports, in order.
            versions: the versions that `code` stands for.
            everything: all reports, not only the ones coded by other versions.

        Returns:
            The number of reports coded anew.
        """
        done = 0
        with self._writing() as write:
            condition = "" if everything else " WHERE model IS DISTINCT FROM ? OR register IS DISTINCT FROM ?"
            with self._reading() as session:
                old = [no for (no,) in session.rows(
                    f"SELECT no FROM report{condition} ORDER BY no", [] if everything else list(versions)
                )]  # fmt: skip
            for start in range(0, len(old), BATCH):
                numbers = old[start : start + BATCH]
                codings = list(code([coding.reading.report for coding in self._codings(numbers)]))
                done += write(partial(_redo, numbers, [(coding, versions) for coding in codings])).reports
        return done

    def stale(self, versions: Versions) -> int:
        """How many reports were coded by other versions of model or register than these."""
        with self._reading() as session:
            sql = "SELECT count(*) FROM report WHERE model IS DISTINCT FROM ? OR register IS DISTINCT FROM ?"
            return int(session.rows(sql, list(versions))[0][0])

    def rematch(self) -> int:
        """Match all reports anew, as they were coded, where an earlier version of the matching made the happenings.

        Cut off at any moment, call it again: it goes on where it was. Until it is done, questions are answered from
        what is matched so far, and nothing can be added.

        Returns:
            The number of reports matched anew; 0 where the chronicle is up to date.
        """
        done = 0
        with self._writing(matched=False) as write:
            while True:
                with self._reading() as session:
                    after = schema.unmatched_after(schema.noted(session))
                    if after is None:
                        return done
                    rows = [] if after < 0 else session.rows(
                        "SELECT r.no, r.key, r.voice, c.doc, r.text FROM report r JOIN coding c ON c.report = r.no "
                        f"WHERE r.no > ? ORDER BY r.no LIMIT {BATCH}", [after]
                    )  # fmt: skip
                again = [(no, key, voice, unpack(doc, text)) for no, key, voice, doc, text in rows]
                write(partial(_match_again, after, again))
                done += len(again)

    def unmatched(self) -> int:
        """How many reports wait for `rematch`."""
        with self._reading() as session:
            after = schema.unmatched_after(schema.noted(session))
            if after is None:
                return 0
            return int(session.rows("SELECT count(*) FROM report WHERE no > ?", [after])[0][0])

    @contextmanager
    def _writing(self, *, matched: bool = True) -> Iterator[Callable[[Callable[[Session, Writer], Added]], Added]]:
        with self._engine.writer(self._wait):
            if not self._engine.exists():
                self._engine.create(schema.script())
            self._check(writing=True)
            writer = Writer(self.name, matched=matched)

            def write(change: Callable[[Session, Writer], Added]) -> Added:
                nonlocal writer
                began = time.monotonic()
                try:
                    with self._engine.write() as session:
                        result = change(session, writer)
                except BaseException:
                    writer = Writer(self.name, matched=matched)  # what this one remembers was not kept
                    raise
                # Readers that waited get their turn before the next transaction.
                time.sleep(min(0.02, (time.monotonic() - began) / 20))
                return result

            yield write
            if writer.much:
                self._engine.tune()

    def _check(self, *, writing: bool = False) -> None:
        """See that this is a chronicle, and bring it up to today's schema.

        Raises:
            NotAChronicle: it is something else.
            ChronicleTooNew: a later version of Vakanüvis wrote it.
        """
        if self._checked:
            return
        with self._engine.read() as session:
            found = schema.version_of(session, self.name)
        if found < schema.version():
            if writing:
                self._migrate()
            else:
                with self._engine.writer(self._wait):
                    self._migrate()
        self._checked = True

    def _migrate(self) -> None:
        with self._engine.write() as session:
            found = schema.version_of(session, self.name)
            if found < schema.version():
                session.run(schema.script(after=found))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        if not self._checked:
            if not self._engine.exists():
                raise ChronicleError(f"{self.name}: there is no chronicle here; `vakanuvis add SOURCES` makes one")
            self._check()
        with self._engine.read() as session:
            yield session

    # ------------------------------------------------------------ asking

    def info(self) -> dict[str, Any]:
        """What the chronicle holds: numbers of rows, first and last day, versions of model and register."""
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
            "chronicle": self.name, "schema": schema.version(), **counts, "outlets": outlets, "first_day": first,
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
            clause, parameters = where(conditions(Filters.of(filters), session).event)
            sort = _order(order, _EVENT_ORDERS, "e.tie, e.start_at, e.id")
            if limit is not None:
                reports = " JOIN report r ON r.no = e.report" if "r." in sort else ""
                chosen = f"SELECT e.no FROM event e{reports}{clause}{sort}{_limit(limit, offset)}"
                return _event_rows(session, [no for (no,) in session.rows(chosen, parameters)], sort)
            everything = {f"{table}_only": "" for table in "erhp"}
            return session.table(
                _EVENTS.format(where=clause, order=sort, limit=_limit(None, offset), **everything), parameters
            )

    def happenings(
        self, *, limit: int | None = None, offset: int = 0, order: str = "day", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Happenings, one row each, with their tellings and the support of each field."""
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).happening)
            sort = _order(order, _HAPPENING_ORDERS, "h.id")
            if limit is not None:
                chosen = f"SELECT h.no FROM happening h{clause}{sort}{_limit(limit, offset)}"
                clause, parameters = _these("h", session.rows(chosen, parameters))
            page = sort + _limit(None, offset if limit is None else 0)
            return _structured(session.table(_HAPPENINGS.format(where=clause, page=page), parameters))

    def happening(self, id: str) -> dict[str, Any]:
        """One happening with all that is known of it: its tellings with their words, contradictions, what it fulfilled.

        Args:
            id: its id, or one that it had before more was known.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = _happening_number(session, id)
            one = session.table(_HAPPENINGS.format(where=" WHERE h.no = ?", page=" ORDER BY h.id"), [number])
            row: dict[str, Any] = _structured(one).to_pylist()[0]
            tellings = session.table(_TELLINGS, [number]).to_pylist()
            for telling in tellings:
                text = telling.pop("text")
                first, end = sentence_of(telling["start"], sentences(text))
                telling["sentence"] = text[first:end].strip()
            row["tellings"] = tellings
            row["parties"] = session.table(
                "SELECT x.role, a.name, a.entity, a.office, a.polity, a.sectors FROM happening_party x "
                "JOIN actor a ON a.no = x.actor WHERE x.happening = ? ORDER BY x.role, a.name, a.no", [number]
            ).to_pylist()  # fmt: skip
            row["tolls"] = [
                {k: t[k] for k in ("published", "outlet", "report", "dead", "injured")}
                for t in tellings if t["dead"] is not None or t["injured"] is not None
            ]  # fmt: skip
            row["contradictions"] = self._contradictions(session, [("h.no = ?", [number])]).to_pylist()
            row["expectations"] = _ledger_table(session, [("h.no = ?", [number])], date.today()).to_pylist()
            row["fulfils"] = _ledger_table(session, [("l.outcome_happening = ?", [number])], date.today()).to_pylist()
            return row

    def reports(
        self, *, limit: int | None = None, offset: int = 0, order: str = "day", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Reports, one row each, without their texts."""
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).report)
            sort = _order(order, _REPORT_ORDERS, "r.key")
            if limit is not None:
                chosen = f"SELECT r.no FROM report r{clause}{sort}{_limit(limit, offset)}"
                return _report_rows(session, [no for (no,) in session.rows(chosen, parameters)], sort)
            return session.table(
                _REPORTS.format(where=clause, order=sort, limit=_limit(None, offset), counted=""), parameters
            )  # fmt: skip

    def report(self, id: str) -> dict[str, Any]:
        """One report with its text, events and findings, by the id it came with or its key.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = _report_number(session, id)
            row: dict[str, Any] = session.table(
                "SELECT r.id, r.key, r.outlet, r.language, r.published, r.title, r.url, r.text, r.warnings, "
                "v.id AS voice, r.model, r.register FROM report r JOIN report v ON v.no = r.voice WHERE r.no = ?",
                [number],
            ).to_pylist()[0]
            told = [no for (no,) in session.rows("SELECT no FROM event WHERE report = ?", [number])]
            row["events"] = _event_rows(session, told, " ORDER BY e.start_at, e.id").to_pylist()
            row["findings"] = session.table(
                "SELECT kind, start_at AS start, end_at AS end_, claim, evidence, candidates, severity, event "
                "FROM finding WHERE report = ? ORDER BY start_at, kind", [number]
            ).to_pylist()  # fmt: skip
            return row

    def coding(self, id: str) -> Coding:
        """One report as it was coded, with its mentions, by the id it came with or its key.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = _report_number(session, id)
        (found,) = self._codings([number])
        return found

    def actors(
        self, *, limit: int | None = None, offset: int = 0, order: str = "-events", **filters: Any
    ) -> pa.Table:  # fmt: skip
        """Who acts, is acted upon or is cited in the events chosen, with how often and when."""
        orders = {"events": "events", "name": "a.name", "first": "first_day", "last": "last_day"}
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).event)
            # Counted by number first, and only then by who that is: there are few actors to many events.
            return session.table(
                "SELECT min(a.name) AS name, a.entity, min(a.office) AS office, a.polity, min(a.sectors) AS sectors, "
                "CAST(sum(n.acting) AS BIGINT) AS as_actor, CAST(sum(n.receiving) AS BIGINT) AS as_recipient, "
                "CAST(sum(n.cited) AS BIGINT) AS as_source, CAST(sum(n.told) AS BIGINT) AS events, "
                "min(n.since) AS first_day, max(n.until) AS last_day FROM (SELECT x.actor, "
                "count(*) FILTER (WHERE x.role = 'actor') AS acting, "
                "count(*) FILTER (WHERE x.role = 'recipient') AS receiving, "
                "count(*) FILTER (WHERE x.role = 'source') AS cited, "
                "count(*) FILTER (WHERE x.again IS NOT TRUE) AS told, "
                "min(e.day_first) AS since, max(e.day_last) AS until "
                f"FROM event e JOIN event_party x ON x.event = e.no{clause} GROUP BY x.actor) AS n "
                "JOIN actor a ON a.no = n.actor GROUP BY a.entity, a.polity, coalesce(a.entity, a.key)"
                + _page(order, {**orders, "name": "min(a.name)"}, "min(a.name), a.polity", limit, offset),
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
                + _page(order, orders, "p.name, p.country, p.latitude, p.longitude", limit, offset),
                parameters,
            )
        return Drawable(found, "map")

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
            as_of: the day on which what has passed counts as lapsed; today by default.
            limit, offset: the page.
            filters: as everywhere.
        """
        day = last_day(as_of, "as_of") or date.today()
        with self._reading() as session:
            parts = _ledger_conditions(session, filters, kind, outcome, day)
            return _ledger_table(session, parts, day, limit, offset)

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
        another; it is empty where none has.
        """
        if by not in ("outlet", "actor"):
            raise FilterError(f"by: there is no {by!r}; there are: outlet, actor")
        day, names = last_day(as_of, "as_of") or date.today(), "h.outlets" if by == "outlet" else "l.expecters"
        with self._reading() as session:
            clause, parameters = where(_ledger_conditions(session, filters, kind, outcome, day))
            counted = session.rows(
                "SELECT x.name, count(*), count(*) FILTER (WHERE x.outcome = 'fulfilled'), "
                "count(*) FILTER (WHERE x.outcome = 'lapsed'), count(*) FILTER (WHERE x.outcome = 'withdrawn'), "
                "count(*) FILTER (WHERE x.outcome = 'open'), avg(x.lead) FILTER (WHERE x.outcome = 'fulfilled') "
                f"FROM (SELECT unnest({names}) AS name, {_OUTCOME} AS outcome, l.outcome_day - l.announced AS lead "
                f"FROM ledger l JOIN happening h ON h.no = l.happening{clause}) AS x GROUP BY 1",
                [day, *parameters],
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
            return self._contradictions(session, parts, many(kind), limit, offset, findings_too=not filters)

    def _contradictions(
        self,
        session: Session,
        parts: Sequence[Part],
        kinds: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
        *,
        findings_too: bool = False,
    ) -> pa.Table:
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
            f") AS x{only} ORDER BY day DESC NULLS LAST, happening, kind, a, b" + _limit(limit, offset),
            [*parameters, *parameters, *([list(kinds)] if kinds else [])],
        )
        for side in ("tellings_a", "tellings_b"):
            pairs = [
                [{"report": report, "event": event} for report, event in json.loads(text)]
                for text in table[side].to_pylist()
            ]
            table = table.set_column(table.schema.get_field_index(side), side, pa.array(pairs, _PAIR))
        return table

    def reactions(self, id: str, *, days: int = 30) -> pa.Table:
        """Who supported, condemned, rejected, mourned or threatened because of a happening, with the words.

        A reaction is told in a report that tells of the happening, close to it, and comes within `days` of it.

        Args:
            id: the happening's id.
            days: days after its first day.
        """
        if days < 0:
            raise FilterError(f"days: 0 or more, not {days}")
        with self._reading() as session:
            number = _happening_number(session, id)
            ((begin,),) = session.rows("SELECT day_first FROM happening WHERE no = ?", [number])
            rows = session.rows(
                "SELECT e.no, e.id, e.type, e.start_at, e.end_at, e.actors, e.day_first, e.confidence, r.id, r.outlet, "
                "r.published, r.text, t.start_at, h.id "
                "FROM event t JOIN event e ON e.report = t.report AND e.no <> t.no JOIN report r ON r.no = e.report "
                f"JOIN happening h ON h.no = e.happening WHERE t.happening = ? AND e.type IN {TEXTS} "
                "AND e.happening <> ? AND e.status = 'actual' ORDER BY r.published, r.key, e.start_at, t.start_at",
                [number, list(reactions.BY_TYPE), number],
            )
            parties: dict[int, list[tuple[str, str | None, str | None]]] = {}
            for event, name, polity, entity in session.rows(
                "SELECT x.event, a.name, a.polity, a.entity FROM event_party x JOIN actor a ON a.no = x.actor "
                f"WHERE x.role = 'actor' AND x.event IN {INTEGERS} ORDER BY x.event, a.no",
                [sorted({row[0] for row in rows})],
            ):
                parties.setdefault(event, []).append((name, polity, entity))
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
            for name, polity, entity in parties.get(no, [(None, None, None)]):
                found.append({
                    "reaction": reactions.kind(kind, words), "who": name, "polity": polity, "blocs": _blocs(polity),
                    "entity": entity, "day": day, "days_after": (day - begin).days if begin and day else None,
                    "words": words, "report": report, "event": event, "start": start, "end": end, "outlet": outlet,
                    "published": published, "happening": happening, "confidence": confidence,
                })  # fmt: skip
        return pa.Table.from_pylist(found, _REACTIONS)

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
                "JOIN happening_party y ON y.happening = x.happening "
                f"WHERE x.actor IN {INTEGERS} AND y.actor IN {INTEGERS} AND (x.role <> y.role OR "
                "(x.actor <> y.actor AND x.role = 'actor' AND h.type IN ('CONSULT', 'AGREE', 'COOPERATE'))))"
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
                f"GROUP BY {places} ORDER BY {order}" + _limit(limit, 0),
                parameters,
            )
        drawn = {("type",): "types", ("month", "quad"): "timeline", ("actor_polity", "recipient_polity"): "matrix"}
        chart = drawn.get(tuple(names)) if of == "happenings" else None
        return Drawable(found.rename_columns([*names, "number"]), chart)

    def sql(self, query: str) -> pa.Table:
        """Run one read-only SQL statement over the views of docs/store.md.

        Raises:
            FilterError: it fails, or is more than one SELECT.
        """
        with self._reading():
            pass  # sees that it is a chronicle, of this version
        return self._engine.query(query)

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
                "JOIN happening_party x ON x.happening = h.no AND x.role = 'actor' JOIN actor a ON a.no = x.actor "
                "JOIN happening_party y ON y.happening = h.no AND y.role = 'recipient' JOIN actor b ON b.no = y.actor"
                f"{clause} GROUP BY coalesce(a.entity, a.key), coalesce(b.entity, b.key) "
                "ORDER BY happenings DESC, actor_key, recipient_key",
                parameters,
            )

    def reports_by_id(self, ids: Sequence[str]) -> pa.Table:
        """The reports that came with these ids, as `reports` gives them."""
        with self._reading() as session:
            numbers = [no for (no,) in session.rows(f"SELECT no FROM report WHERE id IN {TEXTS}", [list(ids)])]
            return _report_rows(session, numbers, " ORDER BY r.id, r.key")

    def selected(self, *, per: Literal["happening", "event"] = "happening", **filters: Any) -> Iterator[Coding]:
        """What the filters choose as coded reports, for the exports.

        Args:
            per: "event": each report with those of its events that are chosen; "happening": for each happening the
                report that tells of it most surely, with one event that has the happening's id and merged fields.
            filters: as everywhere.
        """
        if per not in ("happening", "event"):
            raise FilterError(f"per: there is no {per!r}; there are: happening, event")
        table = "event" if per == "event" else "happening"
        with self._reading() as session:
            clause, parameters = where(getattr(conditions(Filters.of(filters), session), table))
            if per == "event":
                chosen: dict[int, set[str]] = {}
                sql = f"SELECT e.report, e.id FROM event e{clause} ORDER BY e.report, e.start_at"
                for report, id_ in session.rows(sql, parameters):
                    chosen.setdefault(report, set()).add(id_)
                numbers = list(chosen)
            else:
                sql = f"SELECT h.no FROM happening h{clause} ORDER BY h.day_first, h.id"
                numbers = [no for (no,) in session.rows(sql, parameters)]
        for start in range(0, len(numbers), BATCH):
            page = numbers[start : start + BATCH]
            if per == "event":
                for number, coding in zip(page, self._codings(page), strict=True):
                    kept = tuple(event for event in coding.events if event.id in chosen[number])
                    yield replace(coding, events=kept)
            else:
                with self._reading() as session:
                    yield from self._merged(session, page)

    def _merged(self, session: Session, numbers: Sequence[int]) -> Iterator[Coding]:
        tellings = Accounts().tellings(session, numbers, {})
        leads = {no: max(them, key=lambda x: x.telling.confidence) for no, them in tellings.items()}
        docs = {
            key: unpack(doc, text) for key, doc, text in session.rows(
                "SELECT r.key, c.doc, r.text FROM coding c JOIN report r ON r.no = c.report "
                f"WHERE r.key IN {TEXTS}", [sorted({x.account.report for x in leads.values()})]
            )
        }  # fmt: skip
        for number in numbers:
            lead = leads[number]
            coding = docs[lead.account.report]
            yield replace(coding, events=(coded_event(merge(tellings[number]), lead),))

    def codings(self, **filters: Any) -> Iterator[Coding]:
        """The coded reports that hold what the filters choose, in the order in which they came; for exports."""
        with self._reading() as session:
            clause, parameters = where(conditions(Filters.of(filters), session).report)
            numbers = [no for (no,) in session.rows(f"SELECT r.no FROM report r{clause} ORDER BY r.no", parameters)]
        for start in range(0, len(numbers), BATCH):
            yield from self._codings(numbers[start : start + BATCH])

    def _codings(self, numbers: Sequence[int]) -> list[Coding]:
        with self._reading() as session:
            rows = session.rows(
                "SELECT c.doc, r.text FROM coding c JOIN report r ON r.no = c.report "
                f"WHERE r.no IN {INTEGERS} ORDER BY r.no",
                [list(numbers)],
            )
        return [unpack(doc, text) for doc, text in rows]


def _add(codings: Sequence[tuple[Coding, Versions]], session: Session, writer: Writer) -> Added:
    return writer.add(session, codings)


def _redo(
    reports: Sequence[int], codings: Sequence[tuple[Coding, Versions]], session: Session, writer: Writer
) -> Added:
    writer.remove(session, reports)
    return writer.add(session, codings)


def _match_again(
    after: int, reports: Sequence[tuple[int, str, int, Coding]], session: Session, writer: Writer
) -> Added:
    if after < 0:
        writer.clear(session)
        schema.matched_up_to(session, 0)
    elif reports:
        writer.tell_again(session, reports)
        schema.matched_up_to(session, reports[-1][0])
    else:
        schema.matched_up_to(session, None)
    return Added()


class _Pace:
    """How many reports a transaction takes in: fewer where the machine is slow, as readers wait for its end."""

    def __init__(self) -> None:
        self.size = BATCH

    def took(self, seconds: float) -> None:
        """Learn how long the last one took."""
        self.size = max(1, self.size // 2) if seconds > TURN else min(BATCH, self.size * 2)


def _batches(codings: Iterable[tuple[Coding, Versions]], pace: _Pace) -> Iterator[list[tuple[Coding, Versions]]]:
    """Batches of codings that come quickly; a slow stream is cut so that what is read is soon safe."""
    stream = iter(codings)
    while True:
        began = time.monotonic()
        batch = list(islice(stream, 1))
        while batch and len(batch) < pace.size and time.monotonic() - began < PATIENCE:
            further = list(islice(stream, 1))
            if not further:
                break
            batch += further
        if not batch:
            return
        yield [(_clean(coding), versions) for coding, versions in batch]


def _clean(coding: Coding) -> Coding:
    """The coding as it can be stored."""
    report = coding.reading.report
    text = storable(report.text)
    if text == report.text:
        return coding
    return replace(coding, reading=replace(coding.reading, report=replace(report, text=text)))


def _limit(limit: int | None, offset: int) -> str:
    for name, value in (("limit", limit), ("offset", offset)):
        if value is not None and (not isinstance(value, int) or value < 0):
            raise FilterError(f"{name}: a whole number, 0 or more, not {value!r}")
    return ("" if limit is None else f" LIMIT {limit}") + (f" OFFSET {offset}" if offset else "")


def _page(order: str, orders: dict[str, str], tie: str, limit: int | None, offset: int) -> str:
    return _order(order, orders, tie) + _limit(limit, offset)


def _order(order: str, orders: dict[str, str], tie: str) -> str:
    name = order.removeprefix("-")
    if name not in orders:
        raise FilterError(f"order: there is no {name!r}; there are: {', '.join(orders)} (-{name} turns it round)")
    way = "DESC" if order.startswith("-") else "ASC"
    return f" ORDER BY {orders[name]} {way} NULLS LAST, {tie}"


def _structured(table: pa.Table) -> pa.Table:
    """The happenings with what is kept as JSON turned into lists and structs."""
    for name, kind in (("tellings", _TELLING), ("support", _SUPPORT)):
        values = pa.array([json.loads(text) for text in table[name].to_pylist()], kind)
        table = table.set_column(table.schema.get_field_index(name), name, values)
    return table


def _happening_number(session: Session, id: str) -> int:
    rows = session.rows("SELECT no FROM happening WHERE id = ?", [id]) or session.rows(
        "SELECT happening FROM account WHERE self = ?", [id]
    )
    if not rows:
        raise NotFound(f"there is no happening {id!r}")
    return int(rows[0][0])


def _report_number(session: Session, id: str) -> int:
    # The text is not read with these: a scan of ids and keys is quick, one of texts is not.
    rows = session.rows("SELECT no FROM report WHERE id = ? OR key = ? ORDER BY no LIMIT 1", [id, id])
    if not rows:
        raise NotFound(f"there is no report {id!r}")
    return int(rows[0][0])


def _these(table: str, rows: Iterable[Row]) -> tuple[str, list[Any]]:
    """The WHERE clause of some rows, by their numbers.

    A page is chosen first by the columns that choose and sort it, and its rows are read then: in one go, all columns
    of all rows would be read.
    """
    return f" WHERE {table}.no IN {INTEGERS}", [[no for (no,) in rows]]


def _event_rows(session: Session, numbers: list[int], sort: str) -> pa.Table:
    """Some events, by their numbers. What they refer to is asked for by number too: a join would read all of it."""
    rows = session.rows(f"SELECT report, happening, place FROM event WHERE no IN {INTEGERS}", [numbers])
    referred = [sorted({row[i] for row in rows if row[i] is not None}) for i in range(3)]
    only = {f"{table}_only": f" WHERE no IN {INTEGERS}" for table in "erhp"}
    return session.table(_EVENTS.format(where="", order=sort, limit="", **only), [numbers, *referred])


def _report_rows(session: Session, numbers: list[int], sort: str) -> pa.Table:
    clause = f" WHERE r.no IN {INTEGERS}"
    sql = _REPORTS.format(where=clause, order=sort, limit="", counted=f" WHERE report IN {INTEGERS}")
    return session.table(sql, [numbers, numbers])


def _ledger_conditions(session: Session, filters: dict[str, Any], kind: Words, outcome: Words, day: date) -> list[Part]:
    parts = [*conditions(Filters.of(filters), session).happening]
    if kinds := many(kind):
        parts.append((f"l.kind IN {TEXTS}", [kinds]))
    if outcomes := many(outcome):
        parts.append((f"{_OUTCOME} IN {TEXTS}", [day, outcomes]))
    return parts


def _ledger_table(
    session: Session, parts: Sequence[Part], as_of: date, limit: int | None = None, offset: int = 0
) -> pa.Table:
    clause, parameters = where(parts)
    sort = " ORDER BY l.announced DESC NULLS LAST, h.id"
    if limit is not None:
        chosen = f"SELECT h.no FROM ledger l JOIN happening h ON h.no = l.happening{clause}{sort}"
        chosen += _limit(limit, offset)
        numbers = [no for (no,) in session.rows(chosen, parameters)]
        clause, parameters = f" WHERE h.no IN {INTEGERS} AND l.happening IN {INTEGERS}", [numbers, numbers]
    table = session.table(
        f"SELECT h.id, l.kind, h.type, h.status, {_OUTCOME} AS outcome, l.expecters, h.actors AS actor, "
        "h.recipients AS recipient, p.name AS place, p.country, l.announced, l.due_first AS due, l.due_last, l.lapses, "
        "l.outcome_happening, l.outcome_day, l.outcome_day - l.announced AS lead_days, h.voices, h.outlets, "
        "h.languages, h.confidence, h.tellings "
        f"FROM ledger l JOIN happening h ON h.no = l.happening LEFT JOIN place p ON p.no = h.place{clause}{sort}"
        + _limit(None, offset if limit is None else 0),
        [as_of, *parameters],
    )
    tellings = pa.array([json.loads(text) for text in table["tellings"].to_pylist()], _TELLING)
    table = table.set_column(table.schema.get_field_index("tellings"), "tellings", tellings)
    outcomes = table["outcome_happening"].to_pylist()
    known = [no for no in outcomes if no is not None]
    ids: dict[Any, str] = dict(session.rows(f"SELECT no, id FROM happening WHERE no IN {INTEGERS}", [known]))
    ended_by = pa.array([ids.get(no) for no in outcomes], pa.string())
    table = table.set_column(table.schema.get_field_index("outcome_happening"), "outcome_happening", ended_by)
    lead = table["lead_days"].cast(pa.int64())
    return table.set_column(table.schema.get_field_index("lead_days"), "lead_days", lead)


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


def _blocs(polity: str | None) -> list[str]:
    from vakanuvis.resolution.register import load

    found = load().polity(polity) if polity else None
    return list(found.blocs) if found else []


_OUTCOME = (
    "CASE WHEN l.outcome IS NOT NULL THEN l.outcome WHEN l.lapses < CAST(? AS DATE) THEN 'lapsed' ELSE 'open' END"
)

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

_HAPPENINGS = """
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

_TELLINGS = """
SELECT r.id AS report, e.id AS event, e.start_at AS start, e.end_at AS "end", e.words, e.type, e.mode, e.status,
  e.actors AS actor, e.recipients AS recipient, e.sources AS source, p.name AS place, e.day_first AS day,
  e.day_last AS last_day, e.stated, e.dead, e.injured, e.confidence, r.outlet, r.language, r.published, r.title, r.url,
  v.id AS voice, r.text
FROM event e JOIN report r ON r.no = e.report JOIN report v ON v.no = r.voice LEFT JOIN place p ON p.no = e.place
WHERE e.happening = ? ORDER BY r.published NULLS LAST, r.key, e.start_at
"""

_REACTIONS = pa.schema([
    ("reaction", pa.string()), ("who", pa.string()), ("polity", pa.string()), ("blocs", pa.list_(pa.string())),
    ("entity", pa.string()), ("day", pa.date32()), ("days_after", pa.int64()), ("words", pa.string()),
    ("report", pa.string()), ("event", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
    ("outlet", pa.string()), ("published", pa.string()), ("happening", pa.string()), ("confidence", pa.float64()),
])  # fmt: skip
