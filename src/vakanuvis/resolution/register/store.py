"""The register in memory: loaded from its tables, or from the compiled form that the first load leaves in the cache."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import platformdirs

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
# Raise it when the compiled form changes.
_FORM = 2


def user_folder() -> Path:
    """Where the user's own register lies: $VAKANUVIS_REGISTER, else `register` in the user's data folder."""
    given = os.environ.get("VAKANUVIS_REGISTER")
    return Path(given) if given else platformdirs.user_data_path("vakanuvis") / "register"


def shipped_folder() -> AbstractContextManager[Path]:
    """The folder of the tables that come with Vakanüvis."""
    return as_file(files("vakanuvis.resolution.register").joinpath("data"))


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
    with shipped_folder() as shipped:
        folders = [shipped, folder] if folder.is_dir() else [shipped]
        digest = _digest(folders)
        kept = platformdirs.user_cache_path("vakanuvis") / f"register-{digest}.{sys.implementation.cache_tag}"
        compiled = _read_compiled(kept)
        if compiled is None:
            compiled = compile_folders(folders)
            _keep(kept, compiled)
    return Register(compiled, digest)


def _digest(folders: list[Path]) -> str:
    digest = hashlib.blake2b(str(_FORM).encode(), digest_size=6)
    for folder in folders:
        for table in tables.TABLES:
            path = folder / f"{table}.csv"
            digest.update(path.read_bytes() if path.is_file() else b"\0")
    return digest.hexdigest()


def _read_compiled(path: Path) -> dict[str, Any] | None:
    try:
        compiled = marshal.loads(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return compiled if isinstance(compiled, dict) else None


def _keep(path: Path, compiled: dict[str, Any]) -> None:
    # A cache that cannot be written costs time, nothing else.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(marshal.dumps(compiled))
        part.replace(path)
        for old in path.parent.glob("register-*"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        pass


def compile_folders(folders: list[Path]) -> dict[str, Any]:
    """Read the tables, later folders laid over earlier ones, and index them.

    What it gives is made for loading fast: one string a row or a set of meanings, taken apart when it is asked for.

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
    return {
        "rows": {t: {row[0]: _CELL.join(row) for row in of} for t, of in merged.items() if t != "terms"},
        "names": {
            name: _ROW.join(_CELL.join(map(str, meaning)) for meaning in meanings)
            for name, meanings in names.index(merged).items()
        },
        "surnames": {name: _CELL.join(ids) for name, ids in names.surnames(merged).items()},
        "by_office": {key: _ROW.join(map(_CELL.join, rows)) for key, rows in by_office.items()},
        "by_person": {key: _ROW.join(map(_CELL.join, rows)) for key, rows in by_person.items()},
        "offices_of": {key: _CELL.join(ids) for key, ids in offices_of.items()},
        "terms": len(merged["terms"]),
        "newest": max((row[5] for row in merged["terms"]), default=""),
    }


class Register:
    """Who is who, and who held which office when. Immutable; get it with `load()`."""

    def __init__(self, compiled: dict[str, Any], digest: str) -> None:
        self._rows: dict[str, dict[str, str]] = compiled["rows"]
        self._names: dict[str, str] = compiled["names"]
        self._surnames: dict[str, str] = compiled["surnames"]
        self._by_office: dict[str, str] = compiled["by_office"]
        self._by_person: dict[str, str] = compiled["by_person"]
        self._offices_of: dict[str, str] = compiled["offices_of"]
        self._term_count: int = compiled["terms"]
        self._records: dict[tuple[str, str], Any] = {}
        self._terms: dict[str, list[Term]] = {}
        self.version = f"{compiled['newest']}.{digest}"
        """The newest day that any term was checked for, and a digest of all tables."""

    def _get(self, table: str, key: str) -> Any:
        made = self._records.get((table, key))
        if made is None and (row := self._rows[table].get(key)) is not None:
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
        return (self._get("polities", key) for key in self._rows["polities"])

    def organisations(self) -> Iterator[Organisation]:
        """All organisations, by id."""
        return (self._get("organisations", key) for key in self._rows["organisations"])

    def persons(self) -> Iterator[Person]:
        """All persons, by id."""
        return (self._get("persons", key) for key in self._rows["persons"])

    def offices(self, of: str | None = None, kind: str | None = None) -> list[Office]:
        """The offices of a polity (its code) or an organisation (its id), of a kind, or all."""
        keys = _split(self._offices_of.get(of)) if of is not None else list(self._rows["offices"])
        found: list[Office] = [self._get("offices", key) for key in keys]
        return [office for office in found if kind is None or office.kind == kind]

    def sectors(self, entry: Organisation | Office) -> tuple[str, ...]:
        """The sectors of an organisation or an office, the primary one first: its own, else those of its kind."""
        if entry.sectors:
            return entry.sectors
        return (ORGANISATION_KINDS if isinstance(entry, Organisation) else OFFICE_KINDS).get(entry.kind, ())

    def terms(self, office: str) -> list[Term]:
        """All terms of an office, the oldest first."""
        return list(self._of("office " + office, self._by_office.get(office)))

    def terms_of(self, person: str) -> list[Term]:
        """All terms of a person, the oldest first."""
        return list(self._of("person " + person, self._by_person.get(person)))

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
        return _split(self._surnames.get(fold(name)))

    def names(self) -> Iterator[str]:
        """Every folded name of the index."""
        return iter(self._names)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return {**{name: len(rows) for name, rows in self._rows.items()}, "terms": self._term_count}


def _split(text: str | None, mark: str = _CELL) -> list[str]:
    return text.split(mark) if text else []
