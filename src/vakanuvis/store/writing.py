"""How coded reports come into a chronicle: one transaction takes a batch, and leaves the chronicle whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from vakanuvis.chronicle import expectations, wording
from vakanuvis.chronicle.accounts import accounts as accounts_of
from vakanuvis.chronicle.contradictions import contradictions
from vakanuvis.chronicle.matching import (
    THRESHOLD,
    Features,
    anchors,
    lookups,
    score,
    settle,
)
from vakanuvis.chronicle.merging import Told, happening_id, merge, party_key, told
from vakanuvis.chronicle.records import REALISED, Account, Happening, Origin, Party, Spot, Support, Telling
from vakanuvis.errors import InputError
from vakanuvis.ontology import ontology
from vakanuvis.records import Coding, Report
from vakanuvis.store.codec import pack
from vakanuvis.store.engines import Row, Session
from vakanuvis.words import fold

Versions = tuple[str, str]  # of the model and of the register
KEPT = 50_000  # accounts that a writer keeps in memory
_CONTROL = {0: "\u2400", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def storable(text: str) -> str:
    """The text as both stores can keep it: NUL and lone surrogates replaced, one for one, so that offsets hold."""
    return text.translate(_CONTROL)


def report_key(report: Report) -> str:
    """What makes two reports the same one: text, outlet and day of publication; not its id, nor the file's name."""
    parts = (storable(report.text).strip(), fold(report.outlet or ""), str(report.day or ""))
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


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


@dataclass(slots=True)
class _Kept:
    """An account in memory."""

    account: Account
    features: Features
    happening: int | None
    self_id: str


class Writer:
    """Adds batches of coded reports. Lives as long as its process is the only writer."""

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}
        self._next: dict[str, int] = {}
        self._actors: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._latest = 0

    def add(self, session: Session, codings: Sequence[tuple[Coding, Versions]]) -> Added:
        """Add a batch, each with the versions that made it; what the chronicle holds already is left alone."""
        self._begin(session)
        batch = dict.fromkeys(report_key(coding.reading.report) for coding, _ in codings)
        held = {
            key for (key,) in session.rows(
                "SELECT key FROM report WHERE key IN (SELECT unnest(CAST(? AS TEXT[])))", [list(batch)]
            )
        }  # fmt: skip
        fresh, made_by = [], []
        for coding, versions in codings:
            key = report_key(coding.reading.report)
            if key in batch and key not in held:
                del batch[key]  # the second of two alike is known by now
                fresh.append((key, coding))
                made_by.append(versions)
        if not fresh:
            return Added(known=len(codings))
        numbers = [self._number("report") for _ in fresh]
        touched_voices = self._reports(session, numbers, fresh, made_by)
        made: list[int] = []
        events = 0
        found = [accounts_of(coding, key) for key, coding in fresh]
        tellings = [t for accounts in found for a in accounts for t in a.tellings]
        self._know(session, (p for t in tellings for p in (*t.actors, *t.recipients, *t.sources)),
                   (t.place for t in tellings))  # fmt: skip
        for number, accounts in zip(numbers, found, strict=True):
            made += self._accounts(session, number, accounts)
            events += sum(len(a.tellings) for a in accounts)
        self._flush(session)
        self._settle(session, made, also=touched_voices)
        self._findings(session, numbers, fresh)
        return Added(len(fresh), len(codings) - len(fresh), events)

    def remove(self, session: Session, reports: Sequence[int]) -> None:
        """Take reports out, by number, with everything that they told."""
        self._begin(session)
        chosen = "(SELECT unnest(CAST(? AS INTEGER[])))"
        gone = session.rows(f"SELECT no, happening FROM account WHERE report IN {chosen}", [list(reports)])
        numbers = [no for no, _ in gone]
        self._load(session, numbers)
        around = self._neighbours(session, numbers)
        orphans = {n for no in numbers for n in around[no]} - set(numbers)
        stale = {happening for _, happening in gone if happening is not None}
        voices = session.rows(
            f"SELECT DISTINCT voice FROM report WHERE no IN {chosen}", [list(reports)]
        )  # fmt: skip
        for no in numbers:
            self._kept.pop(no, None)
        session.rows(
            f"DELETE FROM event_party WHERE event IN (SELECT no FROM event WHERE report IN {chosen})", [list(reports)]
        )
        session.rows(f"DELETE FROM anchor WHERE account IN {chosen}", [numbers])
        for table in ("event", "account", "band", "posting", "coding", "finding"):
            session.rows(f"DELETE FROM {table} WHERE report IN {chosen}", [list(reports)])
        session.rows(f"DELETE FROM report WHERE no IN {chosen}", [list(reports)])
        touched = self._regroup(session, [voice for (voice,) in voices])
        self._settle(session, sorted(orphans), also=touched, stale=stale)

    # ------------------------------------------------------------ reports and voices

    def _begin(self, session: Session) -> None:
        self._rows: dict[str, list[Row]] = {}
        if not self._next:
            tables = ("report", "account", "event", "actor", "place")
            (last,) = session.rows("SELECT " + ", ".join(f"(SELECT coalesce(max(no), 0) FROM {t})" for t in tables))
            self._next = {table: number + 1 for table, number in zip(tables, last, strict=True)}
            ((latest,),) = session.rows(
                "SELECT max(day_last) FROM event WHERE status IN ('actual', 'historical', 'negated')"
            )
            self._latest = latest.toordinal() if latest else 0

    def _number(self, table: str) -> int:
        number = self._next[table]
        self._next[table] += 1
        return number

    def _put(self, table: str, *row: Any) -> None:
        self._rows.setdefault(table, []).append(row)

    def _flush(self, session: Session) -> None:
        for table, rows in self._rows.items():
            session.insert(table, COLUMNS[table], rows)
        self._rows.clear()

    def _reports(
        self,
        session: Session,
        numbers: Sequence[int],
        fresh: Sequence[tuple[str, Coding]],
        made_by: Sequence[Versions],
    ) -> set[int]:
        """Store the reports; gives the accounts of earlier ones whose voice has changed."""
        shingled, banded = {}, {}
        filed: dict[int, list[int]] = {}
        for number, (_, coding) in zip(numbers, fresh, strict=True):
            shingled[number] = wording.shingles(coding.reading.report.text)
            banded[number] = wording.bands(shingled[number])
            for band in banded[number]:
                filed.setdefault(band, []).append(number)
        pairs: set[tuple[int, int]] = {(a, b) for them in filed.values() for a in them for b in them if a < b}
        for band, report in session.rows(
            "SELECT hash, report FROM band WHERE hash IN (SELECT unnest(CAST(? AS BIGINT[])))", [list(filed)]
        ):
            pairs.update((report, number) for number in filed[band])
        earlier = sorted({a for a, _ in pairs if a not in shingled})
        voice = dict(zip(numbers, numbers, strict=True))
        for no, group, text in session.rows(
            "SELECT no, voice, text FROM report WHERE no IN (SELECT unnest(CAST(? AS INTEGER[])))", [earlier]
        ) if earlier else ():  # fmt: skip
            shingled[no], voice[no] = wording.shingles(text), group
        joined: dict[int, int] = {}

        def root(group: int) -> int:
            while group in joined:
                group = joined[group]
            return group

        for a, b in sorted(pairs):
            if wording.same_text(shingled[a], shingled[b]):
                one, other = sorted((root(voice[a]), root(voice[b])))
                if one != other:
                    joined[other] = one
        new = set(numbers)
        touched = self._move_voices(session, {group: root(group) for group in joined if group not in new})
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        for number, (key, coding), versions in zip(numbers, fresh, made_by, strict=True):
            report = coding.reading.report
            self._put(
                "report", number, key, storable(report.id), report.outlet,
                fold(report.outlet) if report.outlet else None, report.language,
                report.published.isoformat() if report.published else None, report.day,
                None if report.title is None else storable(report.title), report.url, storable(report.text),
                root(number), list(coding.reading.warnings), *versions, now,
            )  # fmt: skip
            self._put("coding", number, pack(coding))
            for band in banded[number]:
                self._put("band", band, number)
            for token in {*wording.stems(report.text), *wording.stems(report.title or "")}:
                self._put("posting", wording.token_number(token), number)
        self._flush(session)
        return touched

    def _move_voices(self, session: Session, groups: Mapping[int, int]) -> set[int]:
        """Put groups of near-duplicates together; gives the accounts that this concerns."""
        touched: set[int] = set()
        for old, new in groups.items():
            touched |= {
                no for (no,) in session.rows(
                    "SELECT a.no FROM account a JOIN report r ON r.no = a.report WHERE r.voice = ?", [old]
                )
            }  # fmt: skip
            session.rows("UPDATE report SET voice = ? WHERE voice = ?", [new, old])
        return touched

    def _regroup(self, session: Session, voices: Sequence[int]) -> set[int]:
        """Group the reports of some voices anew, after some of them were taken away."""
        members = session.rows(
            "SELECT no, text FROM report WHERE voice IN (SELECT unnest(CAST(? AS INTEGER[]))) ORDER BY no",
            [list(voices)],
        )
        texts = {no: wording.shingles(text) for no, text in members}
        bands = {no: set(wording.bands(shingled)) for no, shingled in texts.items()}
        group = {no: no for no in texts}

        def root(no: int) -> int:
            while group[no] != no:
                no = group[no]
            return no

        for b in texts:
            for a in texts:
                if a < b and bands[a] & bands[b] and wording.same_text(texts[a], texts[b]):
                    one, other = sorted((root(a), root(b)))
                    group[other] = one
        for no in texts:
            session.rows("UPDATE report SET voice = ? WHERE no = ?", [root(no), no])
        return {
            no for (no,) in session.rows(
                "SELECT no FROM account WHERE report IN (SELECT unnest(CAST(? AS INTEGER[])))", [list(texts)]
            )
        }  # fmt: skip

    # ------------------------------------------------------------ accounts and events

    def _accounts(self, session: Session, report: int, found: Sequence[Account]) -> list[int]:
        made = []
        for account in found:
            number = self._number("account")
            features = Features.of(account)
            self_id = happening_id(account.report, account.tellings[0].event)
            self._kept[number] = _Kept(account, features, None, self_id)
            if account.realised:
                self._latest = max(self._latest, *(t.last or 0 for t in account.tellings))
            self._put("account", number, report, None, self_id, account.to_json())
            for key in set(anchors(features)):
                self._put("anchor", key, number)
            for telling in account.tellings:
                self._event(report, number, telling)
            made.append(number)
        return made

    def _event(self, report: int, account: int, t: Telling) -> None:
        number = self._number("event")
        for role, parties in (("actor", t.actors), ("recipient", t.recipients), ("source", t.sources)):
            for actor in dict.fromkeys(self._actor(party) for party in parties):
                self._put("event_party", number, role, actor)
        kind = ontology()
        self._put(
            "event", number, report, account, None, t.event, t.type, t.mode, t.status, list(t.context), t.start, t.end,
            storable(t.words), _names(t.actors), _names(t.recipients), _names(t.sources), self._place(t.place),
            _day(t.first), _day(t.last), t.precision or None, t.stated, t.dead, t.injured, t.confidence,
            kind.quad_code(t.type), kind.score(t.type, t.mode),
        )  # fmt: skip

    def _know(self, session: Session, parties: Iterable[Party], spots: Iterable[Spot | None]) -> None:
        """Look up the rows that parties and places have already."""
        for table, known, keys in (
            ("actor", self._actors, {actor_key(party) for party in parties}),
            ("place", self._places, {place_key(spot) for spot in spots if spot}),
        ):
            missing = [key for key in keys if key not in known]
            if missing:
                known.update(session.rows(
                    f"SELECT key, no FROM {table} WHERE key IN (SELECT unnest(CAST(? AS TEXT[])))", [missing]
                ))  # fmt: skip

    def _actor(self, party: Party) -> int:
        key = actor_key(party)
        if key not in self._actors:
            self._actors[key] = number = self._number("actor")
            name = storable(party.name or party.text)
            self._put(
                "actor", number, key, party.entity, name, party.office, party.polity, list(party.sectors),
                party.kind or None, fold(f"{name} {storable(party.text)}"),
            )  # fmt: skip
        return self._actors[key]

    def _place(self, spot: Spot | None) -> int | None:
        if spot is None:
            return None
        key = place_key(spot)
        if key not in self._places:
            self._places[key] = number = self._number("place")
            self._put(
                "place", number, key, spot.geonames, spot.name, spot.latitude, spot.longitude, spot.country,
                spot.region, spot.district, spot.city, spot.kind, spot.precision,
                fold(" | ".join(n for n in (spot.name, spot.city, spot.district, spot.region) if n)),
            )  # fmt: skip
        return self._places[key]

    # ------------------------------------------------------------ matching

    def _load(self, session: Session, numbers: Iterable[int]) -> None:
        missing = [number for number in set(numbers) if number not in self._kept]
        if not missing:
            return
        if len(self._kept) > KEPT:
            for number in list(self._kept)[: KEPT // 2]:
                if number not in self._pinned:
                    del self._kept[number]
        for number, happening, self_id, doc in session.rows(
            "SELECT no, happening, self, doc FROM account WHERE no IN (SELECT unnest(CAST(? AS INTEGER[])))", [missing]
        ):
            account = Account.from_json(doc)
            self._kept[number] = _Kept(account, Features.of(account), happening, self_id)

    _pinned: frozenset[int] = frozenset()

    def _neighbours(self, session: Session, numbers: Iterable[int]) -> dict[int, dict[int, float]]:
        numbers = list(numbers)
        asked: dict[int, list[int]] = {}
        for number in numbers:
            for key in set(lookups(self._kept[number].features)):
                asked.setdefault(key, []).append(number)
        pairs: dict[int, set[int]] = {number: set() for number in numbers}
        if asked:
            for key, other in session.rows(
                "SELECT key, account FROM anchor WHERE key IN (SELECT unnest(CAST(? AS BIGINT[])))", [list(asked)]
            ):
                for number in asked[key]:
                    pairs[number].add(other)
        others = {other for them in pairs.values() for other in them}
        self._pinned = frozenset((*self._pinned, *numbers, *others))
        self._load(session, others)
        found: dict[int, dict[int, float]] = {}
        for number, them in pairs.items():
            mine = self._kept[number].features
            points = ((other, score(mine, self._kept[other].features)) for other in them if other in self._kept)
            found[number] = {other: p for other, p in points if p is not None and p >= THRESHOLD}
        return found

    def _settle(
        self, session: Session, touched: Sequence[int], *, also: Iterable[int] = (), stale: Iterable[int] = ()
    ) -> None:
        """Match some accounts anew and write the happenings that this changes.

        Args:
            session: the transaction.
            touched: accounts to be decided.
            also: accounts whose happenings are to be written anew though they stay where they are.
            stale: numbers of happenings that lost an account.
        """
        also = list(also)
        self._pinned = frozenset(touched)
        self._load(session, [*touched, *also])
        kept = self._kept
        decided = settle(
            touched,
            _Lookup(kept),
            lambda number: kept[number].features.rank,
            lambda numbers: self._neighbours(session, numbers),
        )
        changed = {number: to for number, to in decided.items() if kept[number].happening != to}
        affected = set(stale) | {kept[n].happening for n in changed} | set(changed.values())
        affected |= {kept[n].happening for n in also if n in kept}
        numbers = {number for number in affected if number is not None}
        if changed:
            self._assign(session, changed)
        self._write_happenings(session, numbers)
        self._pinned = frozenset()

    def _assign(self, session: Session, changed: Mapping[int, int]) -> None:
        by_happening: dict[int, list[int]] = {}
        for number, to in changed.items():
            self._kept[number].happening = to
            by_happening.setdefault(to, []).append(number)
        pairs = "(SELECT unnest(CAST(? AS INTEGER[])) AS n, unnest(CAST(? AS INTEGER[])) AS h) AS x"
        lists = [list(changed), list(changed.values())]
        session.rows(f"UPDATE account SET happening = x.h FROM {pairs} WHERE account.no = x.n", lists)
        session.rows(f"UPDATE event SET happening = x.h FROM {pairs} WHERE event.account = x.n", lists)

    def _write_happenings(self, session: Session, numbers: set[int]) -> None:
        if not numbers:
            return
        chosen = "(SELECT unnest(CAST(? AS INTEGER[])))"
        together = self.tellings(session, numbers)
        before = [no for (no,) in session.rows(f"SELECT no FROM happening WHERE no IN {chosen}", [list(numbers)])]
        for table, column in (("happening", "no"), ("happening_party", "happening"), ("contradiction", "happening")):
            if before:
                session.rows(f"DELETE FROM {table} WHERE {column} IN {chosen}", [before])
        entries: dict[int, tuple[Happening, list[Told]]] = {}
        merged = {number: merge(tellings) for number, tellings in sorted(together.items())}
        self._know(session, (p for h in merged.values() for p in (*h.actors, *h.recipients)),
                   (h.place for h in merged.values()))  # fmt: skip
        for number, happening in merged.items():
            tellings = together[number]
            entries[number] = happening, tellings
            self._happening(number, happening, tellings)
            ids = {x.account.report: x.origin.id for x in tellings}
            for c in contradictions(tellings) if len(tellings) > 1 else ():
                sides = [json.dumps([[ids[r], e] for r, e in t]) for t in (c.tellings_a, c.tellings_b)]
                self._put("contradiction", number, c.kind, storable(c.a), storable(c.b), *sides)
        self._flush(session)
        self._ledger(session, numbers, entries)

    def tellings(self, session: Session, numbers: Iterable[int]) -> dict[int, list[Told]]:
        """The tellings of some happenings, by the happening's number."""
        members: dict[int, list[int]] = {}
        for no, happening in session.rows(
            "SELECT no, happening FROM account WHERE happening IN (SELECT unnest(CAST(? AS INTEGER[])))",
            [list(numbers)],
        ):
            members.setdefault(happening, []).append(no)
        everybody = [no for them in members.values() for no in them]
        self._pinned = frozenset((*self._pinned, *everybody))
        self._load(session, everybody)
        origins = self._origins(session, {self._kept[no].account.report for no in everybody})
        return {
            number: told((self._kept[no].account for no in them), origins) for number, them in members.items()
        }  # fmt: skip

    def _origins(self, session: Session, keys: set[str]) -> dict[str, Origin]:
        return {
            key: Origin(key, id_, outlet, language, published, str(voice))
            for key, id_, outlet, language, published, voice in session.rows(
                "SELECT key, id, outlet, language, published, voice FROM report "
                "WHERE key IN (SELECT unnest(CAST(? AS TEXT[])))",
                [sorted(keys)],
            )
        }

    def _happening(self, number: int, h: Happening, tellings: Sequence[Told]) -> None:
        for role, parties in (("actor", h.actors), ("recipient", h.recipients)):
            for actor in dict.fromkeys(self._actor(party) for party in parties):
                self._put("happening_party", number, role, actor)
        told_by = [
            {"report": x.origin.id, "event": x.telling.event, "start": x.telling.start, "end": x.telling.end}
            for x in tellings
        ]
        kind = ontology()
        self._put(
            "happening", number, h.id, h.type, h.mode, h.status, list(h.context), _names(h.actors),
            _names(h.recipients), self._place(h.place), _day(h.first), _day(h.last), h.precision or None, h.stated,
            h.dead, h.injured, h.confidence, kind.quad_code(h.type), kind.score(h.type, h.mode), h.voices,
            len({report for report, _ in h.tellings}), list(h.outlets), list(h.languages), h.first_report,
            h.last_report, json.dumps(told_by), json.dumps({k: _support(v) for k, v in h.support.items()}),
        )  # fmt: skip

    # ------------------------------------------------------------ findings and the ledger

    def _findings(self, session: Session, numbers: Sequence[int], fresh: Sequence[tuple[str, Coding]]) -> None:
        for number, (_, coding) in zip(numbers, fresh, strict=True):
            spans = {m.id: (m.start, m.end) for m in coding.reading.mentions}
            for f in coding.findings:
                about = next(
                    (e.id for e in coding.events if any(
                        spans.get(p.mention, (-1, -1))[0] < f.end and f.start < spans.get(p.mention, (-1, -1))[1]
                        for p in (*e.actors, *e.recipients, *e.sources)
                    )), None,
                )  # fmt: skip
                self._put(
                    "finding", number, f.kind, f.start, f.end, storable(f.claim), [storable(x) for x in f.evidence],
                    list(f.candidates), f.severity, about,
                )  # fmt: skip
        self._flush(session)

    def _ledger(self, session: Session, numbers: set[int], entries: Mapping[int, tuple[Happening, list[Told]]]) -> None:
        """Enter what is expected, and see what the happenings just written do to what was expected before."""
        chosen = "(SELECT unnest(CAST(? AS INTEGER[])))"
        again = {
            no for (no,) in session.rows(
                f"SELECT happening FROM ledger WHERE outcome_happening IN {chosen} OR happening IN {chosen}",
                [list(numbers)] * 2,
            )
        }  # fmt: skip
        acts = {
            number: expectations.Act(h.id, h.status, self._kept[number].features)
            for number, (h, _) in entries.items() if h.status in REALISED
        }  # fmt: skip
        again |= self._concerned(session, acts)
        mine = {number: entry for number, entry in entries.items() if expectations.expected(entry[0])}
        others = self._entries(session, again - numbers)
        due = {**others, **mine}
        stale = again | set(mine)
        if again:
            for table in ("ledger", "ledger_anchor"):
                session.rows(f"DELETE FROM {table} WHERE happening IN {chosen}", [list(stale)])
        if not due:
            return
        made = {number: expectations.expectation(*entry) for number, entry in due.items()}
        outcomes = self._outcomes(session, made)
        for number, entry in made.items():
            found = outcomes[number]
            window = entry.window
            self._put(
                "ledger", number, entry.kind, list(entry.types), _names(entry.by), _day(entry.due_first),
                _day(entry.due_last), _day(window[1]) if window and entry.due_last else None, _day(entry.announced),
                found[0].what if found else None, found[1] if found else None, _day(found[0].day) if found else None,
            )  # fmt: skip
            for key in set(expectations.ledger_keys(entry, self._kept[number].features)):
                self._put("ledger_anchor", key, number)
        self._flush(session)

    def _concerned(self, session: Session, acts: Mapping[int, expectations.Act]) -> set[int]:
        """The entries of the ledger that some acts may change: those that they fit, and that nothing earlier ended."""
        asking: dict[int, list[int]] = {}
        for number, act in acts.items():
            for key in expectations.keys_of_act(act.features):
                asking.setdefault(key, []).append(number)
        if not asking:
            return set()
        first = min(acts[n].features.first or 0 for them in asking.values() for n in them)
        found = session.rows(
            "SELECT DISTINCT a.key, a.happening FROM ledger_anchor a JOIN ledger l ON l.happening = a.happening "
            "WHERE a.key IN (SELECT unnest(CAST(? AS BIGINT[]))) AND (l.outcome_day IS NULL OR l.outcome_day >= ? "
            "OR l.outcome = 'withdrawn') AND coalesce(l.lapses, l.announced + ?) >= ?",
            [list(asking), _day(first), expectations.HORIZON, _day(first)],
        )
        pairs = {(happening, number) for key, happening in found for number in asking[key]}
        entries = {
            number: (expectations.expectation(*entry), self._kept[number].features)
            for number, entry in self._entries(session, {happening for happening, _ in pairs}).items()
        }
        return {
            happening for happening, number in pairs
            if happening in entries and expectations.outcome(*entries[happening], [acts[number]])
        }  # fmt: skip

    def _entries(self, session: Session, numbers: Iterable[int]) -> dict[int, tuple[Happening, list[Told]]]:
        """Happenings that are in the chronicle already, with their tellings."""
        return {number: (merge(tellings), tellings) for number, tellings in self.tellings(session, numbers).items()}

    def _outcomes(
        self, session: Session, made: Mapping[int, expectations.Expectation]
    ) -> dict[int, tuple[expectations.Outcome, int] | None]:
        asking: dict[int, list[int]] = {}
        for number, entry in made.items():
            for key in expectations.keys_of_acts(entry, self._kept[number].features, self._latest):
                asking.setdefault(key, []).append(number)
        acts: dict[int, dict[str, int]] = {number: {} for number in made}
        known: dict[int, expectations.Act] = {}
        if asking:
            found = session.rows(
                "SELECT a.key, h.no, h.id, h.status FROM anchor a JOIN happening h ON h.no = a.account "
                "WHERE a.key IN (SELECT unnest(CAST(? AS BIGINT[])))",
                [list(asking)],
            )
            self._pinned = frozenset((*self._pinned, *(no for _, no, _, _ in found)))
            self._load(session, (no for _, no, _, _ in found))
            for key, no, id_, status in found:
                known[no] = expectations.Act(id_, status, self._kept[no].features)
                for number in asking[key]:
                    acts[number][id_] = no
        outcomes: dict[int, tuple[expectations.Outcome, int] | None] = {}
        for number, entry in made.items():
            candidates = [known[no] for no in acts[number].values() if no != number]
            result = expectations.outcome(entry, self._kept[number].features, candidates)
            outcomes[number] = (result, acts[number][result.by]) if result else None
        return outcomes


@lru_cache(maxsize=1 << 16)
def actor_key(party: Party) -> str:
    """What makes two parties one row of the table of actors."""
    kind, value, sector = party_key(party)
    parts = (kind, value, party.office or "") if kind == "E" else (kind, value, sector, fold(storable(party.text)))
    return json.dumps(parts, ensure_ascii=False)


def place_key(spot: Spot) -> str:
    """What makes two places one row of the table of places."""
    return f"{spot.geonames}:{spot.name}:{spot.country}"


class _Lookup(Mapping[int, "int | None"]):
    """The happening that each account in memory belongs to."""

    def __init__(self, kept: Mapping[int, _Kept]) -> None:
        self._kept = kept

    def __getitem__(self, number: int) -> int | None:
        return self._kept[number].happening

    def __iter__(self) -> Any:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _names(parties: Iterable[Party]) -> list[str]:
    return list(dict.fromkeys(storable(party.name or party.text) for party in parties))


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _support(support: Support) -> dict[str, int]:
    return {"for": support.for_, "against": support.against}


COLUMNS: dict[str, tuple[str, ...]] = {
    "report": (
        "no", "key", "id", "outlet", "outlet_fold", "language", "published", "day", "title", "url", "text", "voice",
        "warnings", "model", "register", "added",
    ),
    "band": ("hash", "report"),
    "posting": ("token", "report"),
    "coding": ("report", "doc"),
    "finding": (
        "report", "kind", "start_at", "end_at", "claim", "evidence", "candidates", "severity", "event",
    ),
    "account": ("no", "report", "happening", "self", "doc"),
    "anchor": ("key", "account"),
    "actor": ("no", "key", "entity", "name", "office", "polity", "sectors", "kind", "fold"),
    "place": (
        "no", "key", "geonames", "name", "latitude", "longitude", "country", "region", "district", "city", "kind",
        "precision_", "fold",
    ),
    "event": (
        "no", "report", "account", "happening", "id", "type", "mode", "status", "contexts", "start_at", "end_at",
        "words", "actors", "recipients", "sources", "place", "day_first", "day_last", "precision_", "stated", "dead",
        "injured", "confidence", "quad", "score",
    ),
    "event_party": ("event", "role", "actor"),
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
