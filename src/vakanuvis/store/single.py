"""One happening or report with all that is known of it, and reports as they were coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from vakanuvis.chronicle.accounts import sentence_of, sentences
from vakanuvis.chronicle.merging import coded_event, merge
from vakanuvis.errors import FilterError, NotFound
from vakanuvis.records import Coding
from vakanuvis.store.codec import unpack
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import INTEGERS, TEXTS, Filters, conditions, where
from vakanuvis.store.following import contradictions_table, happening_number, ledger_table, reactions_table
from vakanuvis.store.held import Accounts
from vakanuvis.store.listing import HAPPENINGS, event_rows, structured
from vakanuvis.store.paging import Asking

PAGE = 256  # codings that are read at once


class Single(Asking):
    """The questions for one thing, and for codings."""

    def happening(self, id: str, *, reactions: int | None = None) -> dict[str, Any]:
        """One happening with all that is known of it: its tellings with their words, contradictions, what it fulfilled.

        Args:
            id: its id, or one that it had before more was known.
            reactions: with the reactions within so many days, as `reactions` gives them.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = happening_number(session, id)
            one = session.table(HAPPENINGS.format(where=" WHERE h.no = ?", page=" ORDER BY h.id"), [number])
            row: dict[str, Any] = structured(one).to_pylist()[0]
            tellings = session.table(_TELLINGS, [number]).to_pylist()
            for telling in tellings:
                text = telling.pop("text")
                first, end = sentence_of(telling["start"], sentences(text))
                telling["sentence"] = text[first:end].strip()
            row["tellings"] = tellings
            row["parties"] = session.table(
                "SELECT x.role, a.name, a.entity, a.office, a.polity, a.sectors, a.kind FROM happening_party x "
                "JOIN actor a ON a.no = x.actor WHERE x.happening = ? ORDER BY x.role, a.name, a.no", [number]
            ).to_pylist()  # fmt: skip
            row["tolls"] = [
                {k: t[k] for k in ("published", "outlet", "report", "dead", "injured")}
                for t in tellings if t["dead"] is not None or t["injured"] is not None
            ]  # fmt: skip
            row["contradictions"] = contradictions_table(session, [("h.no = ?", [number])]).to_pylist()
            row["expectations"] = ledger_table(session, [("h.no = ?", [number])], date.today()).to_pylist()
            row["fulfils"] = ledger_table(session, [("l.outcome_happening = ?", [number])], date.today()).to_pylist()
            if reactions is not None:
                row["reactions"] = reactions_table(session, number, reactions).to_pylist()
            return row

    def report(self, id: str, *, coding: bool = False) -> dict[str, Any]:
        """One report with its text, events and findings, by the id it came with or its key.

        Args:
            id: its id or key.
            coding: with the report as it was coded, as `coding` gives it.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = report_number(session, id)
            row: dict[str, Any] = session.table(
                "SELECT r.id, r.key, r.outlet, r.language, r.published, r.title, r.url, r.text, r.warnings, "
                "v.id AS voice, r.model, r.register FROM report r JOIN report v ON v.no = r.voice WHERE r.no = ?",
                [number],
            ).to_pylist()[0]
            told = [no for (no,) in session.rows("SELECT no FROM event WHERE report = ?", [number])]
            row["events"] = event_rows(session, told, " ORDER BY e.start_at, e.id").to_pylist()
            row["findings"] = session.table(
                "SELECT kind, start_at AS start, end_at AS end_, claim, evidence, candidates, severity, event "
                "FROM finding WHERE report = ? ORDER BY start_at, kind", [number]
            ).to_pylist()  # fmt: skip
        if coding:
            (row["coding"],) = self._codings([number])
        return row

    def coding(self, id: str) -> Coding:
        """One report as it was coded, with its mentions, by the id it came with or its key.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as session:
            number = report_number(session, id)
        (found,) = self._codings([number])
        return found

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
        for start in range(0, len(numbers), PAGE):
            page = numbers[start : start + PAGE]
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
        for start in range(0, len(numbers), PAGE):
            yield from self._codings(numbers[start : start + PAGE])

    def _codings(self, numbers: Sequence[int]) -> list[Coding]:
        with self._reading() as session:
            rows = session.rows(
                "SELECT c.doc, r.text FROM coding c JOIN report r ON r.no = c.report "
                f"WHERE r.no IN {INTEGERS} ORDER BY r.no",
                [list(numbers)],
            )
        return [unpack(doc, text) for doc, text in rows]


def report_number(session: Session, id: str) -> int:
    # The text is not read with these: a scan of ids and keys is quick, one of texts is not.
    rows = session.rows("SELECT no FROM report WHERE id = ? OR key = ? ORDER BY no LIMIT 1", [id, id])
    if not rows:
        raise NotFound(f"there is no report {id!r}")
    return int(rows[0][0])


_TELLINGS = """
SELECT r.id AS report, e.id AS event, e.start_at AS start, e.end_at AS "end", e.words, e.type, e.mode, e.status,
  e.actors AS actor, e.recipients AS recipient, e.sources AS source, p.name AS place, e.day_first AS day,
  e.day_last AS last_day, e.stated, e.dead, e.injured, e.confidence, r.outlet, r.language, r.published, r.title, r.url,
  v.id AS voice, r.text
FROM event e JOIN report r ON r.no = e.report JOIN report v ON v.no = r.voice LEFT JOIN place p ON p.no = e.place
WHERE e.happening = ? ORDER BY r.published NULLS LAST, r.key, e.start_at
"""
