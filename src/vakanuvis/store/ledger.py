"""The ledger of expectations, kept up to date with the happenings that a transaction writes.

What became of an entry is decided by the first of all acts that fit it. So a new act is only held against the one that
decided so far, and all acts are looked for anew only where that one has changed, or the entry itself has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vakanuvis.chronicle import expectations
from vakanuvis.chronicle.expectations import Act, Expectation, Outcome
from vakanuvis.chronicle.merging import Told
from vakanuvis.chronicle.records import REALISED, Happening
from vakanuvis.store.engines import Row, Session
from vakanuvis.store.filters import INTEGERS, NUMBERS
from vakanuvis.store.held import PIVOTS, Accounts
from vakanuvis.store.rows import COLUMNS, day, names

Written = Mapping[int, tuple[Happening, Sequence[Told]]]
_Ended = tuple[Outcome, int]  # what became of an entry, and the number of the happening that did it


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that stands in the ledger: as much of it as an act is held against."""

    expectation: Expectation
    what: str | None
    by: int | None
    on: int


def update(session: Session, accounts: Accounts, before: Mapping[int, str], written: Written, latest: int) -> None:
    """Enter what is expected, and see what the happenings just written do to what was expected before.

    Args:
        session: the transaction.
        accounts: the accounts in memory, the pivots of the happenings written among them.
        before: the happenings that stood there before and are changed or gone, with their ids.
        written: the happenings written.
        latest: the last day, as an ordinal, of which anything is known to have happened.
    """
    acts = {
        number: Act(h.id, h.status, _day(h.first_report), accounts[number].features)
        for number, (h, _) in written.items() if h.status in REALISED
    }  # fmt: skip
    mine = {
        number: expectations.expectation(h, tellings)
        for number, (h, tellings) in written.items() if expectations.expected(h)
    }  # fmt: skip
    gone, entries = _ended_by(session, before)
    near, fits = _concerned(session, acts)
    entries = {number: entry for number, entry in {**entries, **near}.items() if number not in gone}
    accounts.load(session, entries)
    ended = _ended(session, entries, before)
    again: dict[int, Expectation] = {}
    changed: dict[int, _Ended | None] = {}
    for number, entry in entries.items():
        features, candidates = accounts[number].features, [acts[no] for no in fits.get(number, ())]
        best = expectations.outcome(entry.expectation, features, candidates)
        found = (best, next(no for no in fits[number] if acts[no].id == best.by)) if best else None
        if entry.by in before:
            if found != ended[number]:
                again[number] = entry.expectation
        elif found and (ended[number] is None or _order(found) < _order(ended[number])):
            changed[number] = found
    outcomes = _outcomes(session, accounts, {**mine, **again}, latest)
    changed.update((number, outcomes[number]) for number in again if outcomes[number] != ended[number])
    if gone:
        for table in ("ledger", "ledger_anchor"):
            session.rows(f"DELETE FROM {table} WHERE happening IN {INTEGERS}", [sorted(gone)])
    _change(session, changed)
    _enter(session, accounts, mine, outcomes)


def _order(ended: _Ended | None) -> tuple[bool, int, str]:
    """What comes first decides: a fulfilment before a withdrawal, then the earlier day."""
    assert ended is not None
    return ended[0].what != "fulfilled", ended[0].day, ended[0].by


_COLUMNS = (
    "l.happening, l.kind, l.types, l.announced, l.due_first, l.due_last, l.lapses, l.outcome, l.outcome_happening, "
    "l.outcome_day"
)


def _entry(row: Row) -> tuple[int, _Entry]:
    number, kind, types, announced, first, last, lapses, what, by, on = row
    grace = (lapses - last).days if lapses and last else 0
    expectation = Expectation(kind, tuple(types), (), (), _ordinal(announced), _ordinal(first), _ordinal(last), grace)
    return number, _Entry(expectation, what, by, _ordinal(on) or 0)


def _ordinal(on: date | None) -> int | None:
    return None if on is None else on.toordinal()


def _ended_by(session: Session, before: Mapping[int, str]) -> tuple[set[int], dict[int, _Entry]]:
    """Which of some happenings stand in the ledger themselves, and the entries that any of them ended."""
    if not before:
        return set(), {}
    rows = session.rows(
        f"SELECT TRUE, {_COLUMNS} FROM ledger l WHERE l.happening IN {INTEGERS} "
        f"UNION ALL SELECT FALSE, {_COLUMNS} FROM ledger l WHERE l.outcome_happening IN {INTEGERS}",
        [list(before)] * 2,
    )
    return {row[1] for row in rows if row[0]}, dict(_entry(row[1:]) for row in rows if not row[0])


def _concerned(session: Session, acts: Mapping[int, Act]) -> tuple[dict[int, _Entry], dict[int, list[int]]]:
    """The entries that some acts may end, as far as nothing earlier has; and for each the acts that may."""
    asking: dict[int, list[int]] = {}
    for number, act in acts.items():
        for key in dict.fromkeys(expectations.keys_of_act(act.features)):
            asking.setdefault(key, []).append(number)
    if not asking:
        return {}, {}
    days = [acts[number].features for them in asking.values() for number in them]
    first, last = min(f.first or 0 for f in days), max(f.last or 0 for f in days)
    entries: dict[int, _Entry] = {}
    fits: dict[int, dict[int, None]] = {}
    for key, number in session.rows(f"SELECT key, happening FROM ledger_anchor WHERE key IN {NUMBERS}", [list(asking)]):
        fits.setdefault(number, {}).update(dict.fromkeys(asking[key]))
    if fits:
        entries = dict(
            _entry(row) for row in session.rows(
                f"SELECT {_COLUMNS} FROM ledger l WHERE l.happening IN {INTEGERS} AND l.announced <= ? "
                "AND (l.outcome_day IS NULL OR l.outcome_day >= ? OR l.outcome = 'withdrawn') "
                "AND coalesce(l.lapses, l.announced + ?) >= ?",
                [sorted(fits), day(last), day(first), expectations.HORIZON, day(first)],
            )
        )  # fmt: skip
    return entries, {number: list(fits[number]) for number in entries}


def _ended(session: Session, entries: Mapping[int, _Entry], before: Mapping[int, str]) -> dict[int, _Ended | None]:
    """What became of each entry so far."""
    ids = dict(before)
    missing = sorted({e.by for e in entries.values() if e.by is not None and e.by not in ids})
    if missing:
        ids.update(session.rows(f"SELECT no, id FROM happening WHERE no IN {INTEGERS}", [missing]))
    return {
        number: (Outcome(e.what, ids[e.by], e.on), e.by) if e.what is not None and e.by is not None else None
        for number, e in entries.items()
    }  # fmt: skip


def _outcomes(
    session: Session, accounts: Accounts, made: Mapping[int, Expectation], latest: int
) -> dict[int, _Ended | None]:
    """What became of some expectations, by all acts that the chronicle knows."""
    asking: dict[int, list[int]] = {}
    for number, entry in made.items():
        for key in dict.fromkeys(expectations.keys_of_acts(entry, accounts[number].features, latest)):
            asking.setdefault(key, []).append(number)
    found: dict[int, set[int]] = {number: set() for number in made}
    if asking:
        for key, no in session.rows(f"SELECT key, account FROM {PIVOTS} WHERE key IN {NUMBERS}", [list(asking)]):
            for number in asking[key]:
                found[number].add(no)
    # Only pivots stand for happenings. They are asked for by number, as a join would read all happenings.
    filed = sorted({no for them in found.values() for no in them})
    known: dict[int, tuple[str, str, int | None]] = {}
    if filed:
        rows = session.rows(f"SELECT no, id, status, first_report FROM happening WHERE no IN {INTEGERS}", [filed])
        known = {no: (id_, status, _day(told)) for no, id_, status, told in rows}
    accounts.load(session, known)
    outcomes: dict[int, _Ended | None] = {}
    for number, entry in made.items():
        acts = {known[no][0]: no for no in found[number] if no != number and no in known}
        candidates = (Act(*known[no], accounts[no].features) for no in acts.values())
        best = expectations.outcome(entry, accounts[number].features, candidates)
        outcomes[number] = (best, acts[best.by]) if best else None
    return outcomes


def _day(published: str | None) -> int | None:
    return date.fromisoformat(published[:10]).toordinal() if published else None


def _change(session: Session, changed: Mapping[int, _Ended | None]) -> None:
    """Write what became of entries that stand in the ledger."""
    if not changed:
        return
    endings = list(changed.values())
    session.rows(
        "UPDATE ledger SET outcome = x.o, outcome_happening = x.h, outcome_day = x.d FROM (SELECT "
        "unnest(CAST(? AS INTEGER[])) AS n, unnest(CAST(? AS TEXT[])) AS o, unnest(CAST(? AS INTEGER[])) AS h, "
        "unnest(CAST(? AS DATE[])) AS d) AS x WHERE ledger.happening = x.n",
        [
            list(changed), [e and e[0].what for e in endings], [e and e[1] for e in endings],
            [e and day(e[0].day) for e in endings],
        ],
    )  # fmt: skip


def _enter(
    session: Session, accounts: Accounts, made: Mapping[int, Expectation], outcomes: Mapping[int, _Ended | None]
) -> None:
    """Write new entries."""
    rows: list[Row] = []
    anchors: list[Row] = []
    for number, entry in made.items():
        ended, window = outcomes[number], entry.window
        rows.append((
            number, entry.kind, list(entry.types), names(entry.by), day(entry.due_first), day(entry.due_last),
            day(window[1]) if window and entry.due_last else None, day(entry.announced), ended and ended[0].what,
            ended and ended[1], day(ended[0].day) if ended else None,
        ))  # fmt: skip
        keys: Iterable[int] = expectations.ledger_keys(entry, accounts[number].features)
        anchors += ((key, number) for key in dict.fromkeys(keys))
    session.insert("ledger", COLUMNS["ledger"], rows)
    session.insert("ledger_anchor", COLUMNS["ledger_anchor"], anchors)
