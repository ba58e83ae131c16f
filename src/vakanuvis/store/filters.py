"""The filters that all questions share, and the SQL that they mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from vakanuvis.chronicle import wording
from vakanuvis.errors import FilterError
from vakanuvis.ontology import STATUSES, ontology
from vakanuvis.store.engines import Session
from vakanuvis.words import fold

Words = str | Sequence[str] | None
Day = str | date | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for. Several values of one filter mean any of them; several filters mean all of them.

    Attributes:
        actor, recipient, either: a polity's code (TUR) or name, an entity's id in the register, or words of a name.
        type, mode, context, status: codes of the ontology, in any case.
        place: a country's code or name, or the name of a region, district, town or site.
        since, until: first and last day, `2023`, `2023-05` or `2023-05-17`; of reports, of their publication.
        outlet, language: of a report; a happening needs one such report.
        text: words of a report's title or text, in any inflection; all of them must be there.
        confidence: at least this much, 0 to 1.
        voices: at least this many independent voices tell of the happening.
    """

    actor: Words = None
    recipient: Words = None
    either: Words = None
    type: Words = None
    mode: Words = None
    context: Words = None
    status: Words = None
    place: Words = None
    since: Day = None
    until: Day = None
    outlet: Words = None
    language: Words = None
    text: Words = None
    confidence: float | None = None
    voices: int | None = None

    @classmethod
    def of(cls, given: dict[str, Any]) -> Filters:
        """The filters of keyword arguments.

        Raises:
            FilterError: there is no such filter; the message says which there are.
        """
        known = [f.name for f in fields(cls)]
        for name in given:
            if name not in known:
                raise FilterError(f"there is no filter {name!r}{_nearest(name, known)}; filters: {', '.join(known)}")
        return cls(**given)


Part = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Conditions:
    """A filter as SQL: conditions on an event, a happening and a report, each with its parameters."""

    event: tuple[Part, ...]
    happening: tuple[Part, ...]
    report: tuple[Part, ...]


def where(parts: Iterable[Part]) -> tuple[str, list[Any]]:
    """A WHERE clause of all conditions, with its parameters."""
    parts = list(parts)
    if not parts:
        return "", []
    return " WHERE " + " AND ".join(f"({sql})" for sql, _ in parts), [p for _, parameters in parts for p in parameters]


ENDS = "{x}.day_last >= ?"
"""What `since` asks of an event or a happening."""
FEW = 1_000  # reports up to which a word is looked for by their numbers
INTEGERS = "(SELECT unnest(CAST(? AS INTEGER[])))"
NUMBERS = "(SELECT unnest(CAST(? AS BIGINT[])))"
TEXTS = "(SELECT unnest(CAST(? AS TEXT[])))"


def conditions(filters: Filters, session: Session) -> Conditions:
    """The SQL of the filters, for an event `e`, a happening `h` and a report `r`.

    Raises:
        FilterError: a value is not understood.
    """
    both: list[Part] = []  # conditions on columns that events and happenings share, as {x}.column
    codes = ontology()
    modes = sorted({mode for kind in codes.events.values() for mode in kind.modes})
    for name, column, known in (
        ("type", "type", list(codes.events)),
        ("mode", "mode", modes),
        ("status", "status", list(STATUSES)),
    ):
        values = _codes(name, many(getattr(filters, name)), known)
        if values:
            both.append((f"{{x}}.{column} IN {TEXTS}", [values]))
    contexts = _codes("context", many(filters.context), list(codes.contexts))
    if contexts:
        both.append(("{x}.contexts && CAST(? AS TEXT[])", [contexts]))
    places = many(filters.place)
    if places:
        both.append((f"{{x}}.place IN {INTEGERS}", [place_numbers(places, session)]))
    since, until = first_day(filters.since, "since"), last_day(filters.until, "until")
    if since and until and since > until:
        raise FilterError(f"since {since} is after until {until}")
    if since:
        both.append((ENDS, [since]))
    if until:
        both.append(("{x}.day_first <= ?", [until]))
    if filters.confidence is not None:
        if not 0 <= filters.confidence <= 1:
            raise FilterError(f"confidence is between 0 and 1, not {filters.confidence:g}")
        both.append(("{x}.confidence >= ?", [filters.confidence]))
    event = [(sql.format(x="e"), parameters) for sql, parameters in both]
    happening = [(sql.format(x="h"), parameters) for sql, parameters in both]
    for name, roles in (("actor", "('actor')"), ("recipient", "('recipient')"), ("either", "('actor', 'recipient')")):
        values = many(getattr(filters, name))
        if values:
            numbers = actor_numbers(values, session)
            for into, table in ((event, "event"), (happening, "happening")):
                into.append((
                    f"{table[0]}.no IN (SELECT {table} FROM {table}_party WHERE role IN {roles} "
                    f"AND actor IN {INTEGERS})",
                    [numbers],
                ))  # fmt: skip
    if filters.voices is not None:
        event.append(("e.happening IN (SELECT no FROM happening WHERE voices >= ?)", [filters.voices]))
        happening.append(("h.voices >= ?", [filters.voices]))
    report = _of_reports(filters, session)
    if report:
        clause, parameters = where(report)
        chosen = f"SELECT r.no FROM report r{clause}"
        event.append((f"e.report IN ({chosen})", parameters))
        happening.append((f"h.no IN (SELECT x.happening FROM event x WHERE x.report IN ({chosen}))", parameters))
    only_reports = {"outlet", "language", "text", "since", "until"}
    if any(getattr(filters, f.name) is not None for f in fields(filters) if f.name not in only_reports):
        told = [part for part in event if "e.report IN" not in part[0] and "day_" not in part[0]]
        clause, parameters = where(told)
        report.append((f"r.no IN (SELECT e.report FROM event e{clause})", parameters))
    if since:
        report.append(("r.day >= ?", [since]))
    if until:
        report.append(("r.day <= ?", [until]))
    return Conditions(tuple(event), tuple(happening), tuple(report))


def _of_reports(filters: Filters, session: Session) -> list[Part]:
    found: list[Part] = []
    if outlets := many(filters.outlet):
        found.append((f"r.outlet_fold IN {TEXTS}", [[fold(outlet) for outlet in outlets]]))
    if languages := many(filters.language):
        found.append((f"r.language IN {TEXTS}", [[language.lower() for language in languages]]))
    for text in many(filters.text):
        tokens = dict.fromkeys(wording.stems(text)) or dict.fromkeys(map(wording.stem, wording.words(text)))
        if not tokens:
            raise FilterError(f"text: {text!r} has no words to look for")
        for number in map(wording.token_number, tokens):
            # The numbers themselves tell PostgreSQL whether a word is rare, and not to go through all events for it.
            rows = session.rows("SELECT report FROM posting WHERE token = ? LIMIT ?", [number, FEW + 1])
            if len(rows) <= FEW:
                found.append((f"r.no IN {INTEGERS}", [[no for (no,) in rows]]))
            else:
                found.append(("r.no IN (SELECT report FROM posting WHERE token = ?)", [number]))
    return found


def many(value: Words) -> list[str]:
    """The values of a filter, without empty ones."""
    values = [value] if isinstance(value, str) else list(value or ())
    return [v.strip() for v in values if v.strip()]


def _codes(name: str, values: list[str], known: list[str]) -> list[str]:
    by_fold = {code.casefold(): code for code in known}
    found = []
    for value in values:
        code = by_fold.get(value.casefold())
        if code is None:
            raise FilterError(f"{name}: there is no {value!r}{_nearest(value, known)}; there are: {', '.join(known)}")
        found.append(code)
    return found


def _nearest(value: str, known: Sequence[str]) -> str:
    by_fold = {code.casefold(): code for code in known}
    near = difflib.get_close_matches(value.casefold(), by_fold, 1)
    return f" (did you mean {by_fold[near[0]]}?)" if near else ""


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def first_day(value: Day, name: str) -> date | None:
    """The first day that a filter's date means.

    Raises:
        FilterError: it is no date.
    """
    if value is None or isinstance(value, date):
        return value
    return _span(value, name)[0]


def last_day(value: Day, name: str) -> date | None:
    """The last day that a filter's date means.

    Raises:
        FilterError: it is no date.
    """
    if value is None or isinstance(value, date):
        return value
    return _span(value, name)[1]


def _span(text: str, name: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            if month is None:
                return date(year, 1, 1), date(year, 12, 31)
            if day is None:
                following = date(year + month // 12, month % 12 + 1, 1)
                return date(year, month, 1), following - timedelta(days=1)
            return date(year, month, day), date(year, month, day)
    except ValueError:
        pass
    raise FilterError(f"{name}: {text!r} is no date; write 2023, 2023-05 or 2023-05-17")


_CODE = re.compile(r"[A-Z]{3}")


def public(actor: str) -> str:
    """The condition that a row of the table of actors is no private person: one is told of, but not listed or found."""
    return f"({actor}.kind IS DISTINCT FROM 'PER' OR {actor}.entity IS NOT NULL OR {actor}.office IS NOT NULL)"


def actor_numbers(values: Sequence[str], session: Session) -> list[int]:
    """The rows of the table of actors that any of the values means."""
    found: set[int] = set()
    for value in values:
        if _CODE.fullmatch(value):
            rows = session.rows("SELECT no FROM actor WHERE polity = ? OR entity = ?", [value, value])
            found.update(no for (no,) in rows)
            if rows:
                continue
        polities, entities = named(value)
        rows = session.rows(
            f"SELECT a.no FROM actor a WHERE a.entity = ? OR a.entity IN {TEXTS} OR a.polity IN {TEXTS} "
            f"OR ' ' || a.fold LIKE ? ESCAPE '!' AND {public('a')}",
            [value, entities, polities, f"% {_like(fold(value))}%"],
        )
        found.update(no for (no,) in rows)
    return sorted(found)


def place_numbers(values: Sequence[str], session: Session) -> list[int]:
    """The rows of the table of places that any of the values means."""
    found: set[int] = set()
    for value in values:
        if _CODE.fullmatch(value):
            rows = session.rows("SELECT no FROM place WHERE country = ?", [value])
        else:
            polities, _ = named(value)
            rows = session.rows(
                f"SELECT no FROM place WHERE country IN {TEXTS} OR ' ' || fold LIKE ? ESCAPE '!'",
                [polities, f"% {_like(fold(value))}%"],
            )
        found.update(no for (no,) in rows)
    return sorted(found)


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def named(value: str) -> tuple[list[str], list[str]]:
    """The polities and the other entities of the register that bear a name."""
    from vakanuvis.resolution.register import load

    entries = load().lookup(fold(value))
    polities = [entry.id for entry in entries if entry.kind == "polity"]
    return polities, [entry.id for entry in entries if entry.kind != "polity"]
