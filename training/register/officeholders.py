"""Takes a table of current office-holders into the register's tables; rows that they have already stay as they are.

    python training/register/officeholders.py training/register/officeholders-2025-01.csv --checked 2025-01-30

The table has the columns polity, office, person, wikidata, in_office_since and born. officeholders-2025-01.csv is
Wikidata by way of Peppercat, CC0. Titles run together in it ("Prime MinisterMinister of Finance") are taken apart.
`parts.csv` beside this file has the divisions that have no code of their own.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from vakanuvis.resolution.register import tables
from vakanuvis.resolution.register.entries import OFFICE_KINDS
from vakanuvis.resolution.register.titles import describe, slug
from vakanuvis.words import fold

DATA = Path(__file__).parents[2] / "src/vakanuvis/resolution/register/data"
SOURCE = ("peppercat-2025-01", "Office-holders of January 2025, Wikidata by way of Peppercat", "CC0-1.0", "2025-01-30")

HERE = Path(__file__).parent
# Divisions and entities without a code of their own -> the polity that they are coded under.
PART_OF = {part: polity for polity, part in csv.reader((HERE / "parts.csv").open(encoding="utf-8"))}
PARTLY_RECOGNISED = frozenset(
    {"Abkhazia", "Artsakh", "Donetsk", "Luhansk", "Northern Cyprus", "Somaliland", "South Ossetia", "Transnistria"}
)
# Offices that the register keeps by hand, with their organisation.
KEPT = {"eur.president-of-the-european-council": "eu.council-president"}
MANY = frozenset({"deputy-minister", "deputy-head-of-government", "legislator", "ambassador"})


def apart(title: str) -> list[str]:
    """The titles that one cell runs together."""
    return [part.strip() for part in re.split(r"(?<=[a-z)])(?=[A-Z])", title) if part.strip()]


def office(polity: str, part: str, title: str) -> tables.Row:
    """The row of an office, less `single`."""
    kind, key, turkish, arabic = describe(title, "" if part else polity)
    place = f"{polity}-{slug(part)}".lower() if part else polity.lower()
    english = f"{title} of {part.replace(' (US)', '')}" if part else title
    sectors = "GOV|PRE" if part in PARTLY_RECOGNISED and OFFICE_KINDS[kind][:1] == ("GOV",) else ""
    return (f"{place}.{key}", polity, "", kind, sectors, english, "" if part else turkish, "" if part else arabic, "")


def convert(path: Path, checked: str, data: Path) -> dict[str, dict[tuple[str, ...], tables.Row]]:
    """The rows that a table of office-holders makes, by table and key."""
    polities = {
        fold(name): row[0] for row in tables.read(data, "polities") for name in (*row[7].split("|"), row[4]) if name
    }
    made: dict[str, dict[tuple[str, ...], tables.Row]] = {"persons": {}, "offices": {}, "terms": {}}
    holders: Counter[str] = Counter()
    with path.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            name = line["polity"]
            if name == "World":
                continue  # heads of international organisations: their offices belong to the organisations
            polity = PART_OF.get(name) or polities[fold(name)]
            part = name if name in PART_OF else ""
            person = line["wikidata"] or slug(f"{line['person']} {polity}")
            row = (person, line["person"], "", "", "", line["born"], "")
            made["persons"].setdefault((person,), row)
            for title in apart(line["office"]):
                found = office(polity, part, title)
                key = KEPT.get(found[0], found[0])
                if key == found[0]:
                    made["offices"].setdefault((key,), found)
                holders[key] += 1
                term = (key, person, line["in_office_since"], "", SOURCE[0], checked, "verified")
                made["terms"].setdefault(term[:3], term)
    for at, row in made["offices"].items():
        many = holders[row[0]] > 1 or row[3] in MANY
        made["offices"][at] = (*row, "no" if many else "yes")
    return made


def main() -> None:
    """Add the rows that the tables lack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--checked", required=True, help="the day that the table speaks for")
    parser.add_argument("--to", type=Path, default=DATA, help="the folder of the register's tables")
    given = parser.parse_args()
    made = convert(given.table, given.checked, given.to)
    made["sources"] = {SOURCE[:1]: SOURCE}
    for table, rows in made.items():
        key = tables.TABLES[table][1]
        had = {row[:key]: row for row in tables.read(given.to, table)}
        added = [row for new, row in rows.items() if new not in had]
        tables.write(given.to, table, [*had.values(), *added])
        print(f"{table}: {len(added)} added, {len(had)} had")


if __name__ == "__main__":
    main()
