"""The gazetteer: what a name may lie at.

`data/geonames.npz` holds GeoNames' places (training/gazetteer/build.py makes it), `data/exonyms.csv` what the Turkish,
Arabic and English press calls some of them, `data/places.csv` the seas, crossings, camps, bases and squares of the
news that GeoNames' packages lack, written by hand with coordinates in degrees, WGS 84.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from vakanuvis.errors import RegisterError
from vakanuvis.resolution.phrases import key, tokens

_PRECISION = {"PCLI": "country", "ADM1": "region", "ADM2": "district", "AIRP": "point"}
# From this many people on the table has the places of every country (training/gazetteer/build.py).
_BIGGER = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One place of the gazetteer, which has each once.

    Attributes:
        index: its number in the gazetteer.
        geonames: GeoNames id, None where it has none here.
        name: its name in English or as written there.
        kind: GeoNames feature code.
        precision: as in `records.Place`.
        country: ISO 3166-1 alpha-3 (the register's code), empty for what lies in none or in several.
        latitude, longitude: degrees, WGS 84.
        population: people, as GeoNames has it; 0 where unknown.
        region, district, city: names of what it lies in, None where unknown.
        region_index: number of its first-level division, -1 where it has none.
    """

    index: int
    geonames: int | None
    name: str
    kind: str
    precision: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    region: str | None = None
    district: str | None = None
    city: str | None = None
    region_index: int = -1


class Meaning(NamedTuple):
    """What a name may mean: a spot, and how it is called so: "main", "other", "stem" (only without its
    ending), "sound" (another spelling of it) or "chosen" (a table kept by hand)."""

    spot: Spot
    via: str


class Gazetteer:
    """Looks names up. Immutable but for what it remembers; get it with `gazetteer()`."""

    def __init__(self, columns: dict[str, Any]) -> None:
        self._columns = columns
        self._texts: dict[str, bytes] = {title: columns[title].tobytes() for title in ("names", "sounds")}
        # One number is read from a memoryview in a fifth of the time that numpy takes to make a scalar.
        self._cells = {name: memoryview(column) for name, column in columns.items() if column.dtype.kind in "biuf"}
        self._shown: bytes = columns["shown"].tobytes()
        self._kinds = [str(kind) for kind in columns["kinds"]]
        self._country = self._kinds.index("PCLI")
        self._countries = [str(country) for country in columns["countries"]]
        self._spots: dict[int, Spot] = {}
        self._found: dict[str, tuple[Meaning, ...]] = {}
        self._chosen: dict[str, list[int]] = {}
        self.renamed: dict[int, str] = {}
        self.count = len(columns["id"])
        """How many places the table of GeoNames has; spots kept by hand have higher numbers."""

    def choose(self, name: str, index: int) -> None:
        """Let a name mean a spot before others."""
        # `Fırat'ın doğusu` is looked up without the ending behind its apostrophe.
        for form in {key(name), " ".join(key(word.text) for word in tokens(name))} if "'" in name else {key(name)}:
            known = self._chosen.setdefault(form, [])
            if index not in known:
                known.append(index)

    def rename(self, index: int, name: str) -> None:
        """Give a spot the name that the English press has for it; before it is looked up first."""
        self.renamed[index] = name

    def add(self, spot: Spot) -> None:
        """Take in a spot that is not in the table; its index must be `count` or above."""
        self._spots[spot.index] = spot

    def lookup(self, name: str) -> tuple[Meaning, ...]:
        """What a name (as `phrases.key` makes it) may mean, in no order."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = tuple(self._look(name))
        return found

    def _look(self, name: str) -> Iterator[Meaning]:
        chosen = self._chosen.get(name, [])
        for index in chosen:
            yield Meaning(self.spot(index), "chosen")
        kinds, country = self._cells["kind"], self._country
        for index, main in self._rows("names", name):
            # The register calls Gaza and others by the name of their state; a hand-kept name is nearer.
            if index not in chosen and (main or not chosen or kinds[index] != country):
                yield Meaning(self.spot(index), "main" if main else "other")

    def sounding(self, sound: str) -> tuple[Meaning, ...]:
        """What may be called so in another spelling: places with these consonants (`sounds.consonants`)."""
        return tuple(Meaning(self.spot(index), "sound") for index, _ in self._rows("sounds", sound))

    def _rows(self, title: str, name: str) -> Iterator[tuple[int, bool]]:
        """The rows that an index has for a name, each with whether it is the row's own."""
        cells, wanted, text, ends = self._cells, name.encode(), self._texts[title], self._cells[f"{title}_ends"]
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if text[ends[middle - 1] if middle else 0 : ends[middle]] < wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(ends) or text[ends[low - 1] if low else 0 : ends[low]] != wanted:
            return
        posts, rows, main = (cells[f"{title}_{name}"] for name in ("rows_ends", "rows", "main"))
        for post in range(posts[low - 1] if low else 0, posts[low]):
            yield rows[post], bool(main[post])

    def spot(self, index: int) -> Spot:
        """The spot with this number."""
        found = self._spots.get(index)
        if found is None:
            found = self._spots[index] = self._make(index)
        return found

    def _make(self, index: int) -> Spot:
        columns = self._cells
        kind = self._kinds[columns["kind"][index]]
        name = self._name(index)
        region, district = columns["region"][index], columns["district"][index]
        settled = kind.startswith("PPL")
        return Spot(
            index=index,
            geonames=columns["id"][index] or None,
            name=name,
            kind=kind,
            precision="city" if settled else _PRECISION[kind],
            country=self._countries[columns["country"][index]],
            latitude=round(columns["latitude"][index], 5),
            longitude=round(columns["longitude"][index], 5),
            population=columns["population"][index],
            region=name if kind == "ADM1" else self._name(region) if region >= 0 else None,
            district=name if kind == "ADM2" else self._name(district) if district >= 0 else None,
            city=name if settled else None,
            region_index=index if kind == "ADM1" else region,
        )

    def _name(self, index: int) -> str:
        if index in self.renamed:
            return self.renamed[index]
        ends = self._cells["shown_ends"]
        return self._shown[ends[index - 1] if index else 0 : ends[index]].decode()

    def indices(self, geonames: list[int]) -> list[int]:
        """The numbers of the spots with these GeoNames ids.

        Raises:
            KeyError: there is none with one of them; it is the error's argument.
        """
        ids = self._columns["id"]
        order = np.argsort(ids)
        wanted = np.array(geonames, ids.dtype)
        at = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
        for index, one in zip(at, wanted, strict=True):
            if ids[index] != one:
                raise KeyError(int(one))
        return [int(index) for index in at]

    def country(self, code: str) -> Spot | None:
        """The country with a code of the register; None where the gazetteer has no such country."""
        if code not in self._countries:
            return None
        at = self._columns["kind"] == self._kinds.index("PCLI")
        rows = np.flatnonzero(at & (self._columns["country"] == self._countries.index(code)))
        return self.spot(int(rows[0])) if len(rows) else None

    @cached_property
    def capitals(self) -> dict[str, Spot]:
        """The capital of each country, by the register's code."""
        rows = np.flatnonzero(self._columns["kind"] == self._kinds.index("PPLC"))
        return {spot.country: spot for spot in (self.spot(int(row)) for row in rows)}

    @cached_property
    def close(self) -> frozenset[str]:
        """The countries (codes of the register) of which the table has every village, not only the bigger towns."""
        columns = self._columns
        small = (columns["kind"] == self._kinds.index("PPL")) & (columns["population"] < _BIGGER)
        return frozenset(self._countries[int(at)] for at in np.unique(columns["country"][small]))

    def nearest(self, latitude: float, longitude: float, country: str) -> Spot | None:
        """The nearest populated place of a country; None where it has none."""
        columns = self._columns
        if country not in self._countries:
            return None
        kinds = [i for i, kind in enumerate(self._kinds) if kind.startswith("PPL")]
        here = columns["country"] == self._countries.index(country)
        rows = np.flatnonzero(here & np.isin(columns["kind"], kinds))
        if not len(rows):
            return None
        east = (columns["longitude"][rows] - longitude) * np.cos(np.radians(latitude))
        apart = (columns["latitude"][rows] - latitude) ** 2 + east**2
        return self.spot(int(rows[apart.argmin()]))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded at the first call.

    Raises:
        RegisterError: one of its files is damaged.
    """
    folder = files(__package__).joinpath("data")
    try:
        with np.load(io.BytesIO(folder.joinpath("geonames.npz").read_bytes())) as arrays:
            found = Gazetteer({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise RegisterError(f"geonames.npz: the gazetteer is damaged: {error}") from error
    exonyms = [row for _, row in table("exonyms.csv")]
    try:
        indices = found.indices([int(row["geonames"]) for row in exonyms])
    except (KeyError, ValueError) as error:
        raise RegisterError(f"exonyms.csv: no place has the GeoNames id {error}") from None
    for index, row in zip(indices, exonyms, strict=True):
        found.rename(index, row["name"])
        for name in _names(row):
            found.choose(name, index)
    for number, (line, row) in enumerate(table("places.csv")):
        try:
            spot = _handmade(found.count + number, row)
        except ValueError as error:
            raise RegisterError(f"places.csv:{line}: {error}") from None
        found.add(spot)
        for name in (row["name"], *_names(row)):
            found.choose(name, spot.index)
    return found


def _handmade(index: int, row: dict[str, str]) -> Spot:
    return Spot(
        index=index,
        geonames=int(row["geonames"]) if row["geonames"] else None,
        name=row["name"],
        kind=row["kind"],
        precision=row["precision"],
        country=row["country"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        region=row["region"] or None,
        city=row["city"] or None,
    )


def _names(row: dict[str, str]) -> list[str]:
    return [name for language in ("en", "tr", "ar") for name in row[language].split("|") if name]


def table(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table kept by hand (`exonyms.csv`, `places.csv`), each with its line.

    Raises:
        RegisterError: a row has not as many cells as the header; names the file and the line.
    """
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        if None in row or None in row.values():
            raise RegisterError(f"{name}:{reader.line_num}: not as many cells as the header has")
        yield reader.line_num, row
