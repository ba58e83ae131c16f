"""What the API, the pages and the MCP server ask alike, beyond what the chronicle answers in one question."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from vakanuvis.chronicle import wording
from vakanuvis.errors import NotFound
from vakanuvis.records import Coding, Identity, Report
from vakanuvis.resolution.register import Office, Register, Term, load
from vakanuvis.store import Chronicle

Row = dict[str, Any]

NEWEST = 50  # reports with the words of a search, whose happenings are found


def read(report: Report) -> Coding:
    """Read and code one report; nothing is kept.

    Raises:
        ModelError: the model's files are missing or damaged.
    """
    import vakanuvis
    from vakanuvis import resolution

    return resolution.code(vakanuvis.read(report))


def coded(coding: Coding) -> Row:
    """A coded report as one object: the reading as docs/record.md has it, and who, where and when its parts are."""
    row = coding.reading.to_dict()
    return {
        **row,
        "coded": [asdict(event) for event in coding.events],
        "identities": {key: asdict(identity) for key, identity in coding.identities.items()},
        "places": {key: asdict(place) for key, place in coding.places.items()},
        "times": {key: asdict(when) for key, when in coding.times.items()},
        "findings": [asdict(finding) for finding in coding.findings],
    }


def who(text: str, on: date | None = None, *, language: str | None = None) -> Row:
    """Who an actor phrase means, and of a person the offices held."""
    from vakanuvis import resolution

    identity = resolution.who(text, on, language=language)
    return {"on": on, **_identity(identity), "offices": _career(load(), identity.entity) if identity.entity else []}


def _identity(identity: Identity) -> Row:
    row = asdict(identity)
    del row["mention"]
    row["alternatives"] = [
        {key: asdict(other)[key] for key in ("entity", "name", "office", "polity", "sectors", "confidence")}
        for other in identity.alternatives
    ]
    return row


def search(chronicle: Chronicle, text: str, *, limit: int = 10, **filters: Any) -> Row:
    """What a searcher may mean: actors of that name, reports with the words, happenings with the actors or the words.

    Happenings with the words are those of the newest reports that have them: who wants all asks `happenings` for them.

    Raises:
        FilterError: a filter is not understood.
    """
    has_words = bool(wording.stems(text) or wording.words(text))
    reports: list[Row] = (
        chronicle.reports(limit=NEWEST, order="-published", text=text, **filters).to_pylist() if has_words else []
    )
    happenings: dict[str, Row] = {}
    for chosen in ({"either": text}, {"told_by": [row["id"] for row in reports]}):
        rows = chronicle.happenings(limit=limit, order="-last_report", **chosen, **filters).to_pylist()
        happenings |= {row["id"]: row for row in rows}
    newest = sorted(happenings.values(), key=lambda row: row["last_report"] or "", reverse=True)
    return {"actors": named(load(), text, limit=limit), "happenings": newest[:limit], "reports": reports[:limit]}


def named(register: Register, name: str, *, limit: int = 10) -> list[Row]:
    """The entries of the register that bear a name, the likeliest first."""
    rows: list[Row] = []
    for entry in register.lookup(name):
        sheet = entry_sheet(register, entry.id)
        if sheet and entry.kind != "office" and sheet["id"] not in [row["id"] for row in rows]:
            rows.append({key: sheet[key] for key in ("id", "kind", "name")})
    return rows[:limit]


def actor(chronicle: Chronicle, key: str, *, limit: int = 10) -> Row:
    """An actor: what the register knows of it, its latest happenings, its partners and its months.

    Args:
        chronicle: the chronicle.
        key: a polity's code, an id of the register, or a name as `actors` gives it.
        limit: happenings and partners at most.

    Raises:
        NotFound: neither the register nor the chronicle knows it.
    """
    sheet = entry_sheet(load(), key)
    happenings = chronicle.happenings(either=key, order="-day", limit=limit).to_pylist()
    if sheet is None and not happenings:
        raise NotFound(f"nobody is called {key!r}, in the register or in this chronicle")
    return {
        "id": key,
        "register": sheet,
        "happenings": happenings,
        "partners": partners(chronicle, key, sheet, limit=limit),
        "months": chronicle.count(["month", "quad"], either=key).to_pylist(),
    }


def partners(chronicle: Chronicle, key: str, sheet: Row | None, *, limit: int = 10) -> list[Row]:
    """With whom an actor's happenings are shared, the most frequent first.

    A polity's partners are polities; those of others are persons, organisations and polities.
    """
    polity = sheet is not None and sheet["kind"] == "polity"
    counted: Counter[str] = Counter()
    for mine, other in (("actor", "recipient"), ("recipient", "actor")):
        side = f"{other}_polity" if polity else other
        for row in chronicle.count(side, limit=limit + 1, **{mine: key}).to_pylist():  # type: ignore[arg-type]
            counted[row[side]] += row["number"]
    own = {key, sheet["name"]["en"] if sheet else key, None}
    return [{"name": name, "happenings": n} for name, n in counted.most_common() if name not in own][:limit]


def entry_sheet(register: Register, key: str) -> Row | None:
    """What the register knows of a polity (its code), an organisation or a person (its id); None where nothing."""
    if polity := register.polity(key):
        return {
            "id": key, "kind": "polity", "name": _names(polity), "is": polity.kind, "blocs": list(polity.blocs),
            "offices": _offices(register, register.offices(key)),
        }  # fmt: skip
    if organisation := register.organisation(key):
        return {
            "id": key, "kind": "organisation", "name": _names(organisation), "is": organisation.kind,
            "polity": organisation.polity, "parent": organisation.parent or None,
            "sectors": list(register.sectors(organisation)), "offices": _offices(register, register.offices(key)),
        }  # fmt: skip
    if person := register.person(key):
        name = {**_names(person)}
        return {
            "id": key, "kind": "person", "name": {code: text or name["en"] for code, text in name.items()},
            "born": person.born or None, "died": person.died or None, "offices": _career(register, key),
        }  # fmt: skip
    return None


def _names(entry: Any) -> dict[str, str]:
    return {code: getattr(entry, f"name_{code}") or entry.name_en for code in ("en", "tr", "ar")}


def _offices(register: Register, offices: list[Office]) -> list[Row]:
    """The offices that the register has holders of, with their terms, the newest first."""
    rows = []
    for office in offices:
        terms = [_term(register, term) for term in reversed(register.terms(office.id))]
        if terms:
            rows.append({"id": office.id, "name": _names(office), "kind": office.kind, "terms": terms})
    return rows


def _career(register: Register, person: str) -> list[Row]:
    """The terms of a person, the newest first."""
    rows = []
    for term in reversed(register.terms_of(person)):
        office = register.office(term.office)
        if office:
            rows.append({"office": office.id, "office_name": _names(office), "polity": office.polity,
                         **_term(register, term)})  # fmt: skip
    return rows


def _term(register: Register, term: Term) -> Row:
    holder = register.person(term.person)
    return {
        "person": term.person, "name": _names(holder) if holder else None, "from": term.start or None,
        "to": term.end or None, "source": term.source, "checked": term.checked, "verified": term.verified,
    }  # fmt: skip
