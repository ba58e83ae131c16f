"""Widens a user's register from public dumps: Wikidata JSON, OpenSanctions FollowTheMoney JSON Lines.

Both are read line by line, twice: first who holds what, then the names of those alone. Nobody without a public office
is taken. Formats: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html,
https://followthemoney.tech/explorer/ (schemata Person, Position, Occupancy).
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from vakanuvis.errors import InputError
from vakanuvis.resolution.register import tables
from vakanuvis.resolution.register.entries import LANGUAGES
from vakanuvis.resolution.register.store import Register, forget, load
from vakanuvis.resolution.register.titles import describe, slug
from vakanuvis.words import fold

_PROGRESS_LINES = 100_000
Entity = dict[str, Any]


@dataclass
class Counts:
    """What an import did.

    Attributes:
        read: entries of the file.
        without_office: persons that were left out because they hold no public office.
        without_polity: positions that were left out because their polity is not told.
        damaged: lines that are no JSON object.
        added: table -> rows new, rows changed.
    """

    read: int = 0
    without_office: int = 0
    without_polity: int = 0
    damaged: int = 0
    added: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class _Held:
    """One statement that a person holds a position; ids are the file's."""

    person: str
    position: str
    start: str
    end: str


@dataclass
class _Named:
    """A person or a position of the file."""

    names: dict[str, str]
    aliases: list[str]
    polity: str = ""
    born: str = ""
    died: str = ""


def import_file(
    path: Path,
    folder: Path,
    checked: date | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> Counts:
    """Take the office-holders of a file into the register in a folder. Doing it again changes nothing.

    Args:
        path: a Wikidata JSON dump or extract, or FollowTheMoney JSON Lines; plain, .gz or .bz2.
        folder: the user's register; made where it does not exist.
        checked: the day that the file speaks for; the day it was last written where none is given.
        progress: called now and then with a line of text.

    Raises:
        InputError: the file cannot be read or is neither of the two.
        RegisterError: the tables in the folder are damaged.
    """
    counts = Counts()
    try:
        kind = _kind(path)
        day = (checked or datetime.fromtimestamp(path.stat().st_mtime, UTC).date()).isoformat()
        reader = _wikidata if kind == "wikidata" else _ftm
        held, persons, positions = reader(path, load(folder), counts, progress)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
    title, licence = {
        "wikidata": ("Wikidata JSON dump", "CC0-1.0"),
        "ftm": ("OpenSanctions, FollowTheMoney", "CC-BY-NC-4.0"),
    }[kind]
    source = (f"{kind}-{day}", f"{title}: {path.name}", licence, day)
    counts.added = _write(folder, held, persons, positions, source)
    return counts


# ---------------------------------------------------------------- reading


def _open(path: Path) -> Any:
    opener = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)
    return cast(Any, opener)(path, "rt", encoding="utf-8")


def _kind(path: Path) -> str:
    for entity in _entities(path, Counts(), re.compile("")):
        if entity.get("type") in ("item", "property", "lexeme") and "id" in entity:
            return "wikidata"
        if "schema" in entity and "properties" in entity:
            return "ftm"
        break
    raise InputError(str(path), "neither a Wikidata JSON dump nor FollowTheMoney JSON Lines")


def _entities(
    path: Path, counts: Counts, wanted: re.Pattern[str], progress: Callable[[str], None] = lambda text: None
) -> Iterator[Entity]:
    """The objects of the lines that a pattern is found in. A dump is one array with an object a line."""
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            if number % _PROGRESS_LINES == 0:
                progress(f"{path.name}: {number:,} lines")
            line = line.strip().rstrip(",")
            if line in ("", "[", "]"):
                continue
            counts.read += 1
            if not wanted.search(line) and line.startswith("{") and line.endswith("}"):
                continue
            try:
                entity = json.loads(line)
            except ValueError:
                entity = None
            if isinstance(entity, dict) and isinstance(entity.get("id"), str):
                yield entity
            else:
                counts.damaged += 1


_Read = tuple[list[_Held], dict[str, _Named], dict[str, _Named]]


def _wikidata(path: Path, register: Register, counts: Counts, progress: Callable[[str], None]) -> _Read:
    held: list[_Held] = []
    persons: dict[str, _Named] = {}
    for entity in _entities(path, counts, re.compile('"Q5"|"P39"'), progress):
        if "Q5" not in _ids(entity, "P31"):
            continue
        terms = list(_terms(entity))
        if not terms:
            counts.without_office += 1
            continue
        held += terms
        born, died = (_first(_times(entity.get("claims", {}).get(key, []))) for key in ("P569", "P570"))
        persons[entity["id"]] = _Named(_labels(entity), _aliases(entity), born=born, died=died)
    wanted = {term.position for term in held}
    positions: dict[str, _Named] = {}
    places: dict[str, list[str]] = {}
    countries: dict[str, str] = {}
    for entity in _entities(path, Counts(), _one_of(wanted, '"P298"'), progress):
        code = _first([str(value) for value in _values(entity.get("claims", {}).get("P298", []))])
        if register.polity(code):
            countries[entity["id"]] = code
        elif entity.get("id") in wanted:
            positions[entity["id"]] = _Named(_labels(entity), _aliases(entity))
            places[entity["id"]] = _ids(entity, "P1001")
            if describe(positions[entity["id"]].names.get("en", ""), "")[0] != "official":
                # A country alone makes no public office of a post: companies and universities have one too.
                places[entity["id"]] += _ids(entity, "P17")
    for key, position in positions.items():
        known = (countries[place] for place in places[key] if place in countries)
        position.polity = next(known, "") or _polity_in(position.names.get("en", ""), register)
    return _with_polity(held, persons, positions, counts)


def _ftm(path: Path, register: Register, counts: Counts, progress: Callable[[str], None]) -> _Read:
    by_iso2 = {polity.iso2.lower(): polity.code for polity in register.polities() if polity.iso2}
    held: list[_Held] = []
    positions: dict[str, _Named] = {}
    for entity in _entities(path, counts, re.compile('"(Occupancy|Position)"'), progress):
        given = entity.get("properties", {})
        if entity.get("schema") == "Position":
            names = {"en": _first(given.get("name", [])) or str(entity.get("caption", ""))}
            code = next((by_iso2[c] for c in given.get("country", []) if c in by_iso2), "")
            positions[entity["id"]] = _Named(names, [], polity=code or _polity_in(names["en"], register))
        elif entity.get("schema") == "Occupancy":
            days = [_day(_first(given.get(key, []))) for key in ("startDate", "endDate")]
            held += [
                _Held(person, post, days[0], days[1])
                for person in given.get("holder", [])
                for post in given.get("post", [])
            ]
    wanted = {term.person for term in held}
    persons: dict[str, _Named] = {}
    for entity in _entities(path, Counts(), re.compile('"Person"'), progress):
        if entity.get("schema") != "Person":
            continue
        if entity["id"] not in wanted:
            counts.without_office += 1
            continue
        given = entity.get("properties", {})
        name = str(entity.get("caption") or _first(given.get("name", [])))
        others = [*given.get("name", []), *given.get("alias", [])]
        born, died = (_day(_first(given.get(key, []))) for key in ("birthDate", "deathDate"))
        persons[entity["id"]] = _Named({"en": name}, others, born=born, died=died)
        wikidata = _first(given.get("wikidataId", []))
        if wikidata and wikidata != entity["id"]:
            persons[wikidata] = persons.pop(entity["id"])
            for term in held:
                term.person = wikidata if term.person == entity["id"] else term.person
    return _with_polity(held, persons, positions, counts)


def _with_polity(held: list[_Held], persons: dict[str, _Named], positions: dict[str, _Named], counts: Counts) -> _Read:
    known = {key: position for key, position in positions.items() if position.polity and position.names.get("en")}
    counts.without_polity = len(positions) - len(known)
    kept = [term for term in held if term.position in known and term.person in persons]
    holders = {term.person for term in kept}
    counts.without_office += sum(key not in holders for key in persons)
    return kept, {key: person for key, person in persons.items() if key in holders}, known


def _one_of(ids: set[str], other: str) -> re.Pattern[str]:
    # An entity of a dump starts with its type and id; a set of thousands of ids is no pattern, so take every item then.
    if len(ids) > 500:
        return re.compile('"id": ?"Q')
    return re.compile("|".join([other, *(f'"id": ?"{key}"' for key in sorted(ids))]))


def _labels(entity: Entity) -> dict[str, str]:
    labels = entity.get("labels") or {}
    found = {language: str(labels[language]["value"]) for language in LANGUAGES if language in labels}
    if "en" not in found and "mul" in labels:
        found["en"] = str(labels["mul"]["value"])
    return found


def _aliases(entity: Entity) -> list[str]:
    aliases = entity.get("aliases") or {}
    return [str(alias["value"]) for language in LANGUAGES for alias in aliases.get(language, [])]


def _values(statements: list[Entity]) -> list[Any]:
    best = [s for s in statements if s.get("rank") == "preferred"] or [
        s for s in statements if s.get("rank") != "deprecated"
    ]
    snaks = [statement.get("mainsnak", {}) for statement in best]
    return [snak["datavalue"]["value"] for snak in snaks if snak.get("snaktype") == "value" and "datavalue" in snak]


def _ids(entity: Entity, claim: str) -> list[str]:
    values = _values(entity.get("claims", {}).get(claim, []))
    return [str(value["id"]) for value in values if isinstance(value, dict) and "id" in value]


def _times(statements: list[Entity]) -> list[str]:
    return [text for value in _values(statements) if isinstance(value, dict) and (text := _time(value))]


def _time(value: Entity) -> str:
    """A Wikibase time as year, month or day; empty where it is coarser or before the common era."""
    found = re.match(r"\+(\d{4})-(\d\d)-(\d\d)T", str(value.get("time", "")))
    length = {9: 4, 10: 7, 11: 10}.get(value.get("precision", 0), 0)
    return _day("-".join(found.groups())[:length]) if found else ""


def _terms(entity: Entity) -> Iterator[_Held]:
    for statement in entity.get("claims", {}).get("P39", []):
        if statement.get("rank") == "deprecated":
            continue
        position = _ids({"claims": {"P39": [statement]}}, "P39")
        qualifiers = statement.get("qualifiers") or {}
        # Qualifiers are bare snaks, not statements.
        start, end = (_first(_times([{"mainsnak": s} for s in qualifiers.get(key, [])])) for key in ("P580", "P582"))
        yield from (_Held(entity["id"], key, start, end) for key in position)


def _day(text: str) -> str:
    """A year, month or day as the register writes it; empty where it is none."""
    text = text[:10]
    for length in (10, 7, 4):
        part = text[:length]
        if len(part) == length and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part):
            try:
                date.fromisoformat(part + "-01-01"[length - 4 :] if length < 10 else part)
            except ValueError:
                continue
            return part
    return ""


def _first(texts: list[Any]) -> str:
    return str(texts[0]) if texts else ""


def _polity_in(title: str, register: Register) -> str:
    """The polity that a title ends with: "Minister of Health of Kenya", "Prime Minister of the Netherlands"."""
    for found in re.finditer(r"\b(?:of|for|in)(?: the)? ", title):
        for entry in register.lookup(title[found.end() :]):
            if entry.kind == "polity" and entry.via in ("name", "alias"):
                return entry.id
    return ""


# ---------------------------------------------------------------- writing


def _write(
    folder: Path, held: list[_Held], persons: dict[str, _Named], positions: dict[str, _Named], source: tables.Row
) -> dict[str, tuple[int, int]]:
    register = load(folder)
    offices = {key: _office(position, register) for key, position in positions.items()}
    holders: dict[str, set[str]] = {}
    for term in held:
        if not term.end:
            holders.setdefault(offices[term.position][0], set()).add(term.person)
    made: dict[str, list[tables.Row]] = {"sources": [source], "persons": [], "offices": [], "terms": []}
    made["persons"] = [_person(key, person, register) for key, person in persons.items()]
    for row in offices.values():
        if register.office(row[0]) is None:
            made["offices"].append((*row, "no" if len(holders.get(row[0], ())) > 1 else "yes"))
    for term in held:
        office = offices[term.position][0]
        known = any(t.person == term.person and t.start[:4] == term.start[:4] for t in register.terms(office))
        if not known or _ours(folder, office, term):
            made["terms"].append((office, term.person, term.start, term.end, source[0], source[3], "verified"))
    added = {table: _merge(folder, table, rows) for table, rows in made.items()}
    forget()
    return added


def _ours(folder: Path, office: str, term: _Held) -> bool:
    return any(row[:3] == (office, term.person, term.start) for row in tables.read(folder, "terms"))


def _office(position: _Named, register: Register) -> tables.Row:
    """The row of a position's office, less `single`. The polity's name is no part of the title."""
    polity = register.polity(position.polity)
    assert polity is not None
    title = position.names["en"]
    for name in sorted((polity.name_en, *polity.aliases_en), key=len, reverse=True):
        title = re.sub(rf"(?:,? (?:of|for|in)(?: the)?| -) {re.escape(name)}$", "", title, flags=re.IGNORECASE)
    for word in sorted(polity.demonyms_en, key=len, reverse=True):
        title = re.sub(rf"^{re.escape(word)} ", "", title)
    title = title[:1].upper() + title[1:]
    kind, key, turkish, arabic = describe(title, polity.code)
    turkish, arabic = position.names.get("tr", turkish), position.names.get("ar", arabic)
    aliases = [name for name in (position.names["en"], *position.aliases) if fold(name) != fold(title)]
    joined = "|".join(dict.fromkeys(_clean(name) for name in aliases))
    return (f"{polity.code.lower()}.{key}", polity.code, "", kind, "", title, turkish, arabic, joined)


def _person(key: str, person: _Named, register: Register) -> tables.Row:
    """A person's row: what the register has already stays, what it lacks is added."""
    had = register.person(key)
    english, turkish, arabic = (_clean(person.names.get(language, "")) for language in LANGUAGES)
    main = (had.name_en if had else "") or english or turkish or arabic
    named = (main, (had.name_tr if had else "") or turkish, (had.name_ar if had else "") or arabic)
    others = [*(had.aliases if had else ()), english, turkish, arabic, *map(_clean, person.aliases)]
    seen = {fold(name) for name in named}
    aliases = []
    for name in others:
        if name and fold(name) not in seen:
            seen.add(fold(name))
            aliases.append(name)
    short = tuple("" if i and fold(name) == fold(main) and name == main else name for i, name in enumerate(named))
    born, died = (had.born, had.died) if had else ("", "")
    born, died = max(born, person.born, key=len), max(died, person.died, key=len)
    return (key if re.fullmatch(r"Q\d+", key) else slug(key), *short, "|".join(aliases), born, died)


def _clean(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def _merge(folder: Path, table: str, rows: list[tables.Row]) -> tuple[int, int]:
    """Lay rows over a table of the user's register.

    Returns:
        How many are new, how many changed.
    """
    key = tables.TABLES[table][1]
    kept = {row[:key]: row for row in tables.read(folder, table)}
    new = changed = 0
    for row in rows:
        old = kept.get(row[:key])
        new += old is None
        changed += old is not None and old != row
        kept[row[:key]] = row
    if new or changed:
        tables.write(folder, table, kept.values())
    return new, changed
