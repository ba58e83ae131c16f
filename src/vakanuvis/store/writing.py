"""How coded reports come into a chronicle: one transaction takes a batch, and leaves the chronicle whole.

What a report costs depends on what it has to do with, not on how much the chronicle holds: everything is found by a
number that an index, or the order of the rows, leads to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from vakanuvis.chronicle import wording
from vakanuvis.chronicle.accounts import accounts as accounts_of
from vakanuvis.chronicle.contradictions import contradictions
from vakanuvis.chronicle.matching import anchors, settle
from vakanuvis.chronicle.merging import Told, happening_id, merge
from vakanuvis.chronicle.records import Account, Happening, Origin, Party, Spot, Telling
from vakanuvis.errors import InputError
from vakanuvis.records import Coding, Report
from vakanuvis.store import ledger, schema, voices
from vakanuvis.store.codec import pack
from vakanuvis.store.engines import Row, Session
from vakanuvis.store.filters import INTEGERS, NUMBERS
from vakanuvis.store.held import MEMBERS, PIVOTS, Accounts, Around
from vakanuvis.store.rows import (
    COLUMNS,
    actor_key,
    actor_row,
    event_row,
    happening_row,
    mark,
    party_rows,
    place_key,
    place_row,
    storable,
)
from vakanuvis.words import fold

MANY = 1000  # reports after which a store is tuned
Versions = tuple[str, str]  # of the model and of the register
_NUMBERED = ("report", "account", "event", "actor", "place")
_DERIVED = (
    "mark", "pivot_anchor", "anchor", "account", "event_party", "event", "happening_party", "happening",
    "contradiction", "ledger_anchor", "ledger", "actor", "place",
)  # fmt: skip
"""The tables that are made from the reports' codings."""


def report_key(report: Report) -> str:
    """What makes two reports the same one: text, outlet and day of publication; not its id, nor the file's name."""
    parts = (storable(report.text).strip(), fold(report.outlet or ""), str(report.day or ""))
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def known(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of some reports the chronicle holds already, by their keys."""
    marks = {mark("report", key): key for key in keys}
    rows = session.rows(f"SELECT hash FROM mark WHERE hash IN {NUMBERS}", [list(marks)])
    return {marks[number] for (number,) in rows}


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` did.

    Attributes:
        reports: reports that were new.
        known: reports that were in the chronicle already.
        events: tellings that came with the new ones.
        faults: what could not be read.
    """

    reports: int = 0
    known: int = 0
    events: int = 0
    faults: tuple[InputError, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(
            self.reports + other.reports,
            self.known + other.known,
            self.events + other.events,
            self.faults + other.faults,
        )


@dataclass(frozen=True, slots=True)
class _New:
    """A report on its way in.

    Attributes:
        number: its row's.
        key: what makes it the same report everywhere.
        coding: what was read.
        voice: number of the first report with this text or a near-duplicate of it.
    """

    number: int
    key: str
    coding: Coding
    voice: int

    @property
    def origin(self) -> Origin:
        """What happenings know of it."""
        report = self.coding.reading.report
        published = report.published.isoformat() if report.published else None
        return Origin(self.key, storable(report.id), report.outlet, report.language, published, str(self.voice))


class _Named:
    """The parties and places of tellings and happenings, each once, by their keys."""

    def __init__(self, things: Iterable[Telling | Happening]) -> None:
        self.parties: dict[str, Party] = {}
        self.spots: dict[str, Spot] = {}
        for thing in things:
            sources = thing.sources if isinstance(thing, Telling) else ()
            for party in (*thing.actors, *thing.recipients, *sources):
                self.parties.setdefault(actor_key(party), party)
            if thing.place:
                self.spots.setdefault(place_key(thing.place), thing.place)


class Writer:
    """Adds batches of coded reports. Lives as long as its process is the only writer."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._next: dict[str, int] = {}
        self._first: int | None = None
        self._actors: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._absent: set[int] = set()  # marks that this transaction has looked for in vain
        self._rows: dict[str, list[Row]] = {}

    def add(self, session: Session, codings: Sequence[tuple[Coding, Versions]]) -> Added:
        """Add a batch, each with the versions that made it; what the chronicle holds already is left alone."""
        self._begin(session)
        keyed: dict[str, tuple[Coding, Versions]] = {}
        for coding, versions in codings:
            keyed.setdefault(report_key(coding.reading.report), (coding, versions))
        for key in known(session, keyed):
            del keyed[key]
        if not keyed:
            return Added(known=len(codings))
        numbers = {self._number("report"): key for key in keyed}
        told = {number: accounts_of(keyed[key][0], key) for number, key in numbers.items()}
        texts = {n: wording.shingles(keyed[key][0].reading.report.text) for n, key in numbers.items()}
        bands = {number: wording.bands(shingles) for number, shingles in texts.items()}
        named = _Named(t for accounts in told.values() for account in accounts for t in account.tellings)
        marked = self._known(session, named, (band for them in bands.values() for band in them))
        voice, moved = voices.find(session, texts, bands, marked)
        reports = [_New(number, key, keyed[key][0], voice[number]) for number, key in numbers.items()]
        for report in reports:
            self._report(report, keyed[report.key][1])
            self._marks(report, bands[report.number])
        self._findings(reports)
        events = self._tell(session, reports, told, moved)
        self._end(session)
        return Added(len(reports), len(codings) - len(reports), events)

    def remove(self, session: Session, reports: Sequence[int]) -> None:
        """Take reports out, by number, with everything that they told."""
        self._begin(session)
        gone: dict[int, int | None] = dict(
            session.rows(f"SELECT no, happening FROM account WHERE report IN {INTEGERS}", [list(reports)])
        )
        self._accounts.load(session, gone)
        around = Around(session, self._accounts, {})
        pivots = [no for no, happening in gone.items() if no == happening]
        around.pivots(pivots)
        around.prepare(pivots)
        orphans = {other for no in pivots for other in around.around(no)} - set(gone)
        keys = session.rows(f"SELECT key, voice FROM report WHERE no IN {INTEGERS}", [list(reports)])
        self._accounts.drop(gone)
        session.rows(
            f"DELETE FROM event_party WHERE event IN (SELECT no FROM event WHERE report IN {INTEGERS})", [list(reports)]
        )
        for table in (PIVOTS, MEMBERS):
            session.rows(f"DELETE FROM {table} WHERE account IN {INTEGERS}", [list(gone)])
        for table in ("event", "account", "posting", "coding", "finding"):
            session.rows(f"DELETE FROM {table} WHERE report IN {INTEGERS}", [list(reports)])
        self._unmark(session, reports, [key for key, _ in keys])
        session.rows(f"DELETE FROM report WHERE no IN {INTEGERS}", [list(reports)])
        moved = voices.regroup(session, sorted({voice for _, voice in keys}))
        stale = {happening for happening in gone.values() if happening is not None}
        self._settle(session, sorted(orphans), {}, self._tellers(session, moved), stale)
        self._end(session)

    def clear(self, session: Session) -> None:
        """Take away all that is made from the reports' codings, for `tell_again` to make it anew."""
        self._begin(session)
        for table in _DERIVED:
            session.rows(f"DELETE FROM {table}")
        self._end(session)

    def tell_again(self, session: Session, reports: Sequence[tuple[int, str, int, Coding]]) -> None:
        """Match reports anew that the chronicle holds: number, key, voice and coding of each."""
        self._begin(session)
        again = [_New(number, key, coding, voice) for number, key, voice, coding in reports]
        for report in again:
            self._marks(report, wording.bands(wording.shingles(report.coding.reading.report.text)))
        told = {new.number: accounts_of(new.coding, new.key) for new in again}
        self._tell(session, again, told, set())
        self._end(session)

    @property
    def much(self) -> bool:
        """Whether so much has come that the store should be tuned: the first reports of all, or another thousand."""
        return self._first is not None and (not self._first or self._first // MANY != self._next["report"] // MANY)

    # ------------------------------------------------------------ numbers and rows

    def _begin(self, session: Session) -> None:
        self._rows.clear()
        self._absent.clear()
        if not self._next:
            meta = schema.noted(session)
            self._next = dict.fromkeys((*_NUMBERED, "latest"), 0)
            if "numbers" in meta:
                self._next.update(json.loads(meta["numbers"]))
            else:
                session.rows("INSERT INTO meta VALUES ('numbers', '{}')")
                for table in _NUMBERED:  # a chronicle of the first version
                    self._next[table] = session.rows(f"SELECT coalesce(max(no), 0) FROM {table}")[0][0]
            self._first = self._next["report"]

    def _end(self, session: Session) -> None:
        self._flush(session)
        session.rows("UPDATE meta SET value = ? WHERE name = 'numbers'", [json.dumps(self._next)])
        self._accounts.shrink()

    def _number(self, table: str) -> int:
        self._next[table] += 1
        return self._next[table]

    def _put(self, table: str, *rows: Row) -> None:
        self._rows.setdefault(table, []).extend(rows)

    def _flush(self, session: Session, *tables: str) -> None:
        """Store what was put into some tables, or into all."""
        for table in tables or tuple(self._rows):
            session.insert(table, COLUMNS[table], self._rows.pop(table, []))

    # ------------------------------------------------------------ reports

    def _report(self, new: _New, versions: Versions) -> None:
        report = new.coding.reading.report
        self._put("report", (
            new.number, new.key, storable(report.id), report.outlet, fold(report.outlet) if report.outlet else None,
            report.language, new.origin.published, report.day,
            None if report.title is None else storable(report.title), report.url, storable(report.text), new.voice,
            list(new.coding.reading.warnings), *versions, datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        ))  # fmt: skip
        self._put("coding", (new.number, pack(new.coding)))
        tokens = {*wording.stems(report.text), *wording.stems(report.title or "")}
        self._put("posting", *((wording.token_number(token), new.number) for token in tokens))

    def _marks(self, new: _New, bands: Iterable[int]) -> None:
        self._put("mark", (mark("report", new.key), new.number), *((band, new.number) for band in bands))

    def _unmark(self, session: Session, reports: Sequence[int], keys: Sequence[str]) -> None:
        """Take the marks of reports away; those of an actor or a place may have the number of a report."""
        hashes = [mark("report", key) for key in keys]
        for (text,) in session.rows(f"SELECT text FROM report WHERE no IN {INTEGERS}", [list(reports)]):
            hashes += wording.bands(wording.shingles(text))
        session.rows(
            f"DELETE FROM mark WHERE hash IN {NUMBERS} AND no IN {INTEGERS}", [sorted(set(hashes)), list(reports)]
        )

    def _findings(self, reports: Sequence[_New]) -> None:
        for new in reports:
            coding = new.coding
            spans = {m.id: (m.start, m.end) for m in coding.reading.mentions}
            for f in coding.findings:
                about = next(
                    (e.id for e in coding.events if any(
                        spans.get(p.mention, (-1, -1))[0] < f.end and f.start < spans.get(p.mention, (-1, -1))[1]
                        for p in (*e.actors, *e.recipients, *e.sources)
                    )), None,
                )  # fmt: skip
                self._put("finding", (
                    new.number, f.kind, f.start, f.end, storable(f.claim), [storable(x) for x in f.evidence],
                    list(f.candidates), f.severity, about,
                ))  # fmt: skip

    # ------------------------------------------------------------ what they tell

    def _tell(
        self, session: Session, reports: Sequence[_New], told: Mapping[int, Sequence[Account]], moved: Iterable[int]
    ) -> int:
        """Store what reports tell and match it; gives the number of events.

        Args:
            session: the transaction.
            reports: the new reports.
            told: their accounts, by the reports' numbers.
            moved: reports of the chronicle whose voice has changed.
        """
        numbered: dict[int, tuple[_New, Account]] = {}
        for new in reports:
            for account in told[new.number]:
                number = self._number("account")
                numbered[number] = new, account
                self._accounts.put(number, account)
                if account.realised:
                    self._next["latest"] = max(self._next["latest"], *(t.last or 0 for t in account.tellings))
        self._settle(session, list(numbered), numbered, self._tellers(session, moved), set())
        return sum(len(account.tellings) for _, account in numbered.values())

    def _tellers(self, session: Session, reports: Iterable[int]) -> set[int]:
        """The happenings that some reports tell of."""
        wanted = sorted(reports)
        if not wanted:
            return set()
        rows = session.rows(f"SELECT DISTINCT happening FROM account WHERE report IN {INTEGERS}", [wanted])
        return {happening for (happening,) in rows if happening is not None}

    def _settle(
        self,
        session: Session,
        touched: Sequence[int],
        new: Mapping[int, tuple[_New, Account]],
        also: set[int],
        stale: set[int],
    ) -> None:
        """Match some accounts and write the happenings that this changes.

        Args:
            session: the transaction.
            touched: accounts to be decided.
            new: those of them that are not stored yet, with their reports.
            also: happenings to be written anew though no account comes or goes: their voices have changed.
            stale: happenings that lost an account.
        """
        accounts = self._accounts
        accounts.load(session, touched)
        filed = {number: list(dict.fromkeys(anchors(accounts[number].features))) for number in new}
        decided = settle(touched, Around(session, accounts, filed))
        left = {n: accounts[n].happening for n, to in decided.items() if accounts[n].happening not in (None, to)}
        for number, keys in filed.items():
            self._put(PIVOTS if decided[number] == number else MEMBERS, *((key, number) for key in keys))
        self._refile(session, [n for n, was in left.items() if n in (was, decided[n])], decided)
        for number, to in decided.items():
            accounts[number].happening = to
        self._move(session, {number: decided[number] for number in left})
        affected = also | stale | {h for h in left.values() if h is not None}
        affected.update(to for number, to in decided.items() if number in new or number in left)
        tellings = accounts.tellings(session, affected, {number: report.origin for number, (report, _) in new.items()})
        merged = {number: merge(them) for number, them in sorted(tellings.items())}
        self._know(session, _Named((*merged.values(), *(t for _, a in new.values() for t in a.tellings))))
        for number, (report, account) in new.items():
            self._account(number, report, account, decided[number])
        self._write(session, affected, {number: (merged[number], tellings[number]) for number in merged})

    def _refile(self, session: Session, numbers: Iterable[int], decided: Mapping[int, int]) -> None:
        """File stored accounts that have become pivots, or are none any more, where they belong now."""
        for into, out in ((PIVOTS, MEMBERS), (MEMBERS, PIVOTS)):
            rows = [
                (key, number) for number in numbers if (decided[number] == number) == (into == PIVOTS)
                for key in dict.fromkeys(anchors(self._accounts[number].features))
            ]  # fmt: skip
            if rows:
                keys, moved = ({row[i] for row in rows} for i in (0, 1))
                session.rows(
                    f"DELETE FROM {out} WHERE key IN {NUMBERS} AND account IN {INTEGERS}", [list(keys), list(moved)]
                )
                self._put(into, *rows)

    def _move(self, session: Session, changed: Mapping[int, int]) -> None:
        """Write down that accounts of the chronicle belong to other happenings now."""
        if changed:
            pairs = "(SELECT unnest(CAST(? AS INTEGER[])) AS n, unnest(CAST(? AS INTEGER[])) AS h) AS x"
            lists: list[Any] = [list(changed), list(changed.values())]
            session.rows(f"UPDATE account SET happening = x.h FROM {pairs} WHERE account.no = x.n", lists)
            session.rows(f"UPDATE event SET happening = x.h FROM {pairs} WHERE event.account = x.n", lists)

    def _account(self, number: int, new: _New, account: Account, happening: int) -> None:
        self_id = happening_id(account.report, account.tellings[0].event)
        self._put("account", (number, new.number, happening, self_id, account.to_json()))
        for telling in account.tellings:
            no = self._number("event")
            spot = telling.place
            place = self._places[place_key(spot)] if spot else None
            self._put("event", event_row(no, new.number, new.key, number, happening, telling, place))
            self._put("event_party", *party_rows(no, telling, self._actors))

    def _write(self, session: Session, numbers: set[int], written: Mapping[int, tuple[Happening, list[Told]]]) -> None:
        """Write happenings anew; those of the numbers that nobody tells of any more go."""
        before: dict[int, str] = dict(
            session.rows(f"SELECT no, id FROM happening WHERE no IN {INTEGERS}", [sorted(numbers)])
        )
        if before:
            for table, column in (
                ("happening", "no"), ("happening_party", "happening"), ("contradiction", "happening")
            ):  # fmt: skip
                session.rows(f"DELETE FROM {table} WHERE {column} IN {INTEGERS}", [list(before)])
        for number, (happening, tellings) in written.items():
            place = self._places[place_key(happening.place)] if happening.place else None
            self._put("happening", happening_row(number, happening, tellings, place))
            for role, parties in (("actor", happening.actors), ("recipient", happening.recipients)):
                self._put("happening_party", *((number, role, actor) for actor in self._numbers(parties)))
            ids = {x.account.report: x.origin.id for x in tellings}
            for c in contradictions(tellings) if len(tellings) > 1 else ():
                sides = [json.dumps([[ids[r], e] for r, e in t]) for t in (c.tellings_a, c.tellings_b)]
                self._put("contradiction", (number, c.kind, storable(c.a), storable(c.b), *sides))
        self._flush(session)
        ledger.update(session, self._accounts, before, written, self._next["latest"])

    # ------------------------------------------------------------ actors and places

    def _known(self, session: Session, named: _Named, further: Iterable[int] = ()) -> list[Row]:
        """Learn which rows parties and places have; gives what is filed under their numbers and some further ones."""
        missing = {mark("actor", key): key for key in named.parties if key not in self._actors}
        unseen = {mark("place", key): key for key in named.spots if key not in self._places}
        wanted = [*({*missing, *unseen} - self._absent), *further]
        rows = session.rows(f"SELECT hash, no FROM mark WHERE hash IN {NUMBERS}", [wanted]) if wanted else []
        for number, no in rows:
            if number in missing:
                self._actors[missing.pop(number)] = no
            elif number in unseen:
                self._places[unseen.pop(number)] = no
        self._absent.update(missing, unseen)
        return rows

    def _know(self, session: Session, named: _Named) -> None:
        """See to it that parties and places have rows."""
        self._known(session, named)
        for key, party in named.parties.items():
            if key not in self._actors:
                self._actors[key] = no = self._number("actor")
                self._put("actor", actor_row(no, party))
                self._put("mark", (mark("actor", key), no))
        for key, spot in named.spots.items():
            if key not in self._places:
                self._places[key] = no = self._number("place")
                self._put("place", place_row(no, spot))
                self._put("mark", (mark("place", key), no))

    def _numbers(self, parties: Iterable[Party]) -> dict[int, None]:
        """The rows of parties, each once."""
        return dict.fromkeys(self._actors[actor_key(party)] for party in parties)
