"""The register in memory: loaded from its tables, or from the compiled form that the first load leaves in the cache."""

from __future__ import annotations

import os
from collections.abc import Iterator, KeysView, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from vakanuvis.resolution import compiled
from vakanuvis.resolution.register import names, tables
from vakanuvis.resolution.register.entries import (
    OFFICE_KINDS,
    ORGANISATION_KINDS,
    Entry,
    Office,
    Organisation,
    Person,
    Polity,
    Source,
    Term,
)
from vakanuvis.words import fold

# Between the cells of a row and between rows, in the compiled form.
_CELL, _ROW = "\x1f", "\x1e"
# The modules that shape the compiled form.
_MODULES = (
    "words.py",
    "resolution/phrases.py",
    "resolution/spellings.py",
    *(f"resolution/register/{name}.py" for name in ("entries", "names", "store", "tables")),
)


def user_folder() -> Path:
    """Where the user's own register lies: $VAKANUVIS_REGISTER, else `register` in the user's data folder."""
    given = os.environ.get("VAKANUVIS_REGISTER")
    return Path(given) if given else platformdirs.user_data_path("vakanuvis") / "register"


def shipped_folder() -> Path:
    """The folder of the tables that come with Vakanüvis."""
    return Path(__file__).parent / "data"


def load(folder: Path | None = None) -> Register:
    """The register: the tables that come with Vakanüvis, with the user's own laid over them.

    Args:
        folder: the user's register; `user_folder()` where none is given. Its rows replace rows with the same key.

    Raises:
        RegisterError: a table is damaged.
    """
    return _load(folder or user_folder())


def forget() -> None:
    """Let the next `load()` read the tables anew, after they have been written."""
    _load.cache_clear()


@cache
def _load(folder: Path) -> Register:
    folders = [shipped_folder(), folder] if folder.is_dir() else [shipped_folder()]
    paths = [folder / f"{table}.csv" for folder in folders for table in tables.TABLES]
    return Register(compiled.kept("register", _MODULES, paths, lambda: compile_folders(folders)))


def compile_folders(folders: list[Path]) -> dict[str, Any]:
    """Read the tables, later folders laid over earlier ones, and index them.

    What it gives is made for loading fast: one string a row or a set of meanings, taken apart when it is asked for; the
    rows of a table in a section of its own.

    Raises:
        RegisterError: a table is damaged.
    """
    merged: dict[str, list[tables.Row]] = {}
    for table, (_, key) in tables.TABLES.items():
        rows: dict[tables.Row, tables.Row] = {}
        for folder in folders:
            rows.update({row[:key]: row for row in tables.read(folder, table)})
        merged[table] = list(rows.values())
    by_office: dict[str, list[tables.Row]] = {}
    by_person: dict[str, list[tables.Row]] = {}
    for row in merged["terms"]:
        by_office.setdefault(row[0], []).append(row)
        by_person.setdefault(row[1], []).append(row)
    offices_of: dict[str, list[str]] = {}
    for row in merged["offices"]:
        for owner in filter(None, row[1:3]):
            offices_of.setdefault(owner, []).append(row[0])
    index = names.index(merged)
    spelled = names.spelled(index)
    return {
        **{table: {row[0]: _CELL.join(row) for row in of} for table, of in merged.items() if table != "terms"},
        "counts": {table: len(of) for table, of in merged.items()},
        "names": {
            name: _ROW.join(_CELL.join(map(str, meaning)) for meaning in meanings) for name, meanings in index.items()
        },
        "spelled": spelled,
        "longest": names.longest((*index, *spelled)),
        "surnames": {name: _CELL.join(ids) for name, ids in names.surnames(merged).items()},
        "sounding": {bones: _CELL.join(ids) for bones, ids in names.sounding(merged).items()},
        "by_office": {key: _ROW.join(map(_CELL.join, rows)) for key, rows in by_office.items()},
        "by_person": {key: _ROW.join(map(_CELL.join, rows)) for key, rows in by_person.items()},
        "offices_of": {key: _CELL.join(ids) for key, ids in offices_of.items()},
        "version": f"{max((row[5] for row in merged['terms']), default='')}.{_digest(merged)}",
    }


def _digest(merged: dict[str, list[tables.Row]]) -> str:
    import hashlib

    digest = hashlib.blake2b(digest_size=6)
    for rows in merged.values():
        for row in sorted(rows):
            digest.update(_CELL.join((*row, _ROW)).encode())
    return digest.hexdigest()


class Register:
    """Who is who, and who held which office when. Immutable; get it with `load()`."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._sections = sections
        self._names: dict[str, str] = sections["names"]
        self._records: dict[tuple[str, str], Any] = {}
        self._terms: dict[str, list[Term]] = {}
        self.version: str = sections["version"]
        """The newest day that any term was checked for, and a digest of all tables."""
        self.spelled: Mapping[str, list[str]] = sections["spelled"]
        """The names with hyphens and the like that `phrases.key` makes of each."""
        self.longest: Mapping[str, int] = sections["longest"]
        """How many words the longest name has that begins with a word, where that is more than one."""

    def _get(self, table: str, key: str) -> Any:
        made = self._records.get((table, key))
        if made is None and (row := self._sections[table].get(key)) is not None:
            made = self._records[table, key] = tables.record(table, tuple(row.split(_CELL)))
        return made

    def polity(self, code: str) -> Polity | None:
        """The polity with this code."""
        found: Polity | None = self._get("polities", code)
        return found

    def organisation(self, key: str) -> Organisation | None:
        """The organisation with this id."""
        found: Organisation | None = self._get("organisations", key)
        return found

    def person(self, key: str) -> Person | None:
        """The person with this id."""
        found: Person | None = self._get("persons", key)
        return found

    def office(self, key: str) -> Office | None:
        """The office with this id."""
        found: Office | None = self._get("offices", key)
        return found

    def source(self, key: str) -> Source | None:
        """The source with this id; None for one that is the address of a page."""
        found: Source | None = self._get("sources", key)
        return found

    def polities(self) -> Iterator[Polity]:
        """All polities, by code."""
        return (self._get("polities", key) for key in self._sections["polities"])

    def organisations(self) -> Iterator[Organisation]:
        """All organisations, by id."""
        return (self._get("organisations", key) for key in self._sections["organisations"])

    def persons(self) -> Iterator[Person]:
        """All persons, by id."""
        return (self._get("persons", key) for key in self._sections["persons"])

    def offices(self, of: str | None = None, kind: str | None = None) -> list[Office]:
        """The offices of a polity (its code) or an organisation (its id), of a kind, or all."""
        keys = _split(self._sections["offices_of"].get(of)) if of is not None else list(self._sections["offices"])
        found: list[Office] = [self._get("offices", key) for key in keys]
        return [office for office in found if kind is None or office.kind == kind]

    def sectors(self, entry: Organisation | Office) -> tuple[str, ...]:
        """The sectors of an organisation or an office, the primary one first: its own, else those of its kind."""
        if entry.sectors:
            return entry.sectors
        return (ORGANISATION_KINDS if isinstance(entry, Organisation) else OFFICE_KINDS).get(entry.kind, ())

    def terms(self, office: str) -> list[Term]:
        """All terms of an office, the oldest first."""
        return list(self._of("office " + office, self._sections["by_office"].get(office)))

    def terms_of(self, person: str) -> list[Term]:
        """All terms of a person, the oldest first."""
        return list(self._of("person " + person, self._sections["by_person"].get(person)))

    def _of(self, key: str, rows: str | None) -> list[Term]:
        made = self._terms.get(key)
        if made is None:
            found: list[Term] = [tables.record("terms", tuple(row.split(_CELL))) for row in _split(rows, _ROW)]
            made = self._terms[key] = sorted(found, key=lambda term: (term.start, term.end or "9999"))
        return made

    def holders(self, office: str, on: date | None = None) -> list[Term]:
        """The terms of an office that cover a day: those that their source vouches for first, then the newer.

        Args:
            office: id of the office.
            on: the day; without one, the terms that are open.
        """
        found = self.terms(office)
        if on is None:
            return [term for term in reversed(found) if not term.end]
        covering = [term for term in reversed(found) if term.covers(on)]
        return sorted(covering, key=lambda term: not term.known(on))

    def lookup(self, name: str) -> list[Entry]:
        """What a name may mean, the likeliest first. It is folded here; a folded one stays as it is."""
        meanings = (meaning.split(_CELL) for meaning in _split(self._names.get(fold(name)), _ROW))
        return [Entry(kind, key, float(weight), via) for kind, key, weight, via in meanings]

    def surname(self, name: str) -> list[str]:
        """Ids of the persons with this family name, in no order of likelihood."""
        return _split(self._sections["surnames"].get(fold(name)))

    def sounding(self, bones: str) -> list[str]:
        """Ids of the holders of much-named offices whose family name has these consonants (`spellings.skeletons`)."""
        return _split(self._sections["sounding"].get(bones))

    def names(self) -> KeysView[str]:
        """Every folded name of the index."""
        return self._names.keys()

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return dict(self._sections["counts"])


def _split(text: str | None, mark: str = _CELL) -> list[str]:
    return text.split(mark) if text else []
