"""Takes a table of current office-holders into the register's tables; rows that they have already stay as they are.

    python training/register/officeholders.py training/register/officeholders-2025-01.csv --checked 2025-01-30

The table has the columns polity, office, person, wikidata, in_office_since and born. officeholders-2025-01.csv is
Wikidata by way of Peppercat, CC0. Titles run together in it ("Prime MinisterMinister of Finance") are taken apart.
`titles.csv` beside this file has the Turkish and Arabic titles of ministers and their kinds, `kinds.csv` the kinds
of all others, `parts.csv` the divisions that have no code of their own.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from vakanuvis.resolution.register import tables
from vakanuvis.words import fold

DATA = Path(__file__).parents[2] / "src/vakanuvis/resolution/register/data"
SOURCE = ("peppercat-2025-01", "Office-holders of January 2025, Wikidata by way of Peppercat", "CC0-1.0", "2025-01-30")

HERE = Path(__file__).parent
# Divisions and entities without a code of their own -> the polity that they are coded under.
PART_OF = {part: polity for polity, part in csv.reader((HERE / "parts.csv").open(encoding="utf-8"))}
# The first pattern that fits a title, after the titles of titles.csv, says its kind.
KINDS = list(csv.reader((HERE / "kinds.csv").open(encoding="utf-8")))[1:]
PARTLY_RECOGNISED = frozenset(
    {"Abkhazia", "Artsakh", "Donetsk", "Luhansk", "Northern Cyprus", "Somaliland", "South Ossetia", "Transnistria"}
)

# What countries of their own words call the ministers of titles.csv.
OWN_TITLES = {
    ("USA", "secretary of state"): "foreign affairs",
    ("USA", "secretary of defence"): "defence",
    ("USA", "secretary of the treasury"): "finance",
    ("USA", "attorney general"): "justice",
    ("GBR", "secretary of state for foreign and commonwealth affairs"): "foreign affairs",
    ("GBR", "secretary of state for the home department"): "interior",
    ("GBR", "secretary of state for defence"): "defence",
    ("GBR", "chancellor of the exchequer"): "finance",
    ("GBR", "secretary of state for justice"): "justice",
    ("PHL", "secretary of foreign affairs"): "foreign affairs",
    ("PHL", "secretary of national defence"): "defence",
    ("MEX", "secretary of foreign affairs"): "foreign affairs",
    ("MEX", "secretary of national defence"): "defence",
    ("MEX", "secretary of the interior"): "interior",
}
PORTFOLIOS = {
    "europe and foreign affairs": "foreign affairs",
    "external affairs": "foreign affairs",
    "external relations": "foreign affairs",
    "foreign relations": "foreign affairs",
    "foreign affairs and international cooperation": "foreign affairs",
    "foreign affairs and cooperation": "foreign affairs",
    "foreign affairs and trade": "foreign affairs",
    "armed forces": "defence",
    "defence and armed forces logistics": "defence",
    "defense": "defence",
    "internal affairs": "interior",
    "home affairs": "interior",
    "interior affairs": "interior",
    "interior and municipalities": "interior",
    "interior and for community": "interior",
    "economic affairs and finance": "economy and finance",
    "law and justice": "justice",
    "labor": "labour",
    "labor and social affairs": "labour and social affairs",
}
MANY = frozenset({"deputy-minister", "deputy-head-of-government", "legislator", "ambassador"})
TITLES = {
    "president": ("Cumhurbaşkanı", "الرئيس"),
    "vice president": ("Cumhurbaşkanı Yardımcısı", "نائب الرئيس"),
    "prime minister": ("Başbakan", "رئيس الوزراء"),
    "deputy prime minister": ("Başbakan Yardımcısı", "نائب رئيس الوزراء"),
    "king": ("Kral", "الملك"),
    "chancellor": ("Başbakan", "المستشار"),
    "governor": ("Vali", "الحاكم"),
    "crown prince": ("Veliaht Prens", "ولي العهد"),
    "supreme leader": ("Dini Lider", "المرشد الأعلى"),
    "national security advisor": ("Ulusal Güvenlik Danışmanı", "مستشار الأمن القومي"),
    "chief of the general staff": ("Genelkurmay Başkanı", "رئيس هيئة الأركان العامة"),
    "attorney general": ("Başsavcı", "المدعي العام"),
    "prosecutor general": ("Başsavcı", "المدعي العام"),
    "central-bank-governor": ("Merkez Bankası Başkanı", "محافظ البنك المركزي"),
    "speaker": ("Meclis Başkanı", "رئيس البرلمان"),
    "head-of-armed-forces": ("Genelkurmay Başkanı", "رئيس الأركان"),
    "spokesperson": ("Sözcü", "المتحدث"),
}


def slug(text: str) -> str:
    """Letters and digits of a folded text, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")


def apart(title: str) -> list[str]:
    """The titles that one cell runs together."""
    return [part.strip() for part in re.split(r"(?<=[a-z)])(?=[A-Z])", title) if part.strip()]


def _portfolio(title: str) -> str | None:
    found = re.fullmatch(r"minister (?:of|for)(?: the)? (.+)", title.lower())
    name = found[1] if found else ""
    return PORTFOLIOS.get(name, name) or None


def office(polity: str, part: str, title: str, ministers: dict[str, tables.Row]) -> tables.Row:
    """The row of an office, less `single`."""
    lower = re.sub(r"\s*\((plc|spc)\)$", "", title.lower())
    portfolio = (None if part else OWN_TITLES.get((polity, lower))) or _portfolio(lower)
    row = ministers.get(portfolio or "")
    kind = row[1] if row else next((kind for pattern, kind in KINDS if re.search(pattern, lower)), "official")
    place = f"{polity}-{slug(part)}".lower() if part else polity.lower()
    # The kinds that are the same office under any title carry the kind as their id, so that sources meet.
    canonical = row and not re.search(r"\(", title) and kind.endswith("-minister")
    key = kind if canonical or (kind == "central-bank-governor") else slug(title)
    turkish, arabic = (row[2], row[3]) if row else TITLES.get(lower, TITLES.get(kind, ("", "")))
    sectors = ""
    if part in PARTLY_RECOGNISED:
        sectors = "GOV|PRE" if kind not in ("speaker", "judge", "prosecutor") else ""
    english = f"{title} of {part.replace(' (US)', '')}" if part else title
    return (f"{place}.{key}", polity, "", kind, sectors, english, "" if part else turkish, "" if part else arabic, "")


def convert(path: Path, checked: str) -> dict[str, dict[tuple[str, ...], tables.Row]]:
    """The rows that a table of office-holders makes, by table and key."""
    polities = {
        fold(name): row[0] for row in tables.read(DATA, "polities") for name in (*row[7].split("|"), row[4]) if name
    }
    with (HERE / "titles.csv").open(encoding="utf-8") as file:
        ministers = {row[0]: tuple(row) for row in list(csv.reader(file))[1:]}
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
                found = office(polity, part, title, ministers)
                made["offices"].setdefault((found[0],), found)
                holders[found[0]] += 1
                term = (found[0], person, line["in_office_since"], "", SOURCE[0], checked, "verified")
                made["terms"].setdefault(term[:3], term)
    for key, row in made["offices"].items():
        many = holders[row[0]] > 1 or row[3] in MANY
        made["offices"][key] = (*row, "no" if many else "yes")
    return made


def main() -> None:
    """Add the rows that the tables lack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--checked", required=True, help="the day that the table speaks for")
    given = parser.parse_args()
    made = convert(given.table, given.checked)
    made["sources"] = {SOURCE[:1]: SOURCE}
    for table, rows in made.items():
        key = tables.TABLES[table][1]
        had = {row[:key]: row for row in tables.read(DATA, table)}
        added = [row for new, row in rows.items() if new not in had]
        tables.write(DATA, table, [*had.values(), *added])
        print(f"{table}: {len(added)} added, {len(had)} had")


if __name__ == "__main__":
    main()
