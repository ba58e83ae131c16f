"""Takes the dated roles of Phoenix actor dictionaries into the register's tables: who was in which government when.

    python training/register/phoenix.py Phoenix.Countries.actors.txt Phoenix.International.actors.txt

The dictionaries (Open Event Data Alliance, 2014, MIT licence) give a name, a country, a sector and days, but no title;
so each becomes a term in a general office ("Member of the government"). Of those only the facts are taken: roles
since 2000 of people in public office whom the register does not have yet in that polity. Whoever leads or led an
international body keeps the id from there. Rows that are there stay as they are.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vakanuvis.resolution.register import tables
from vakanuvis.resolution.register.titles import slug
from vakanuvis.words import fold

DATA = Path(__file__).parents[2] / "src/vakanuvis/resolution/register/data"
CHECKED = "2014-01-30"
SOURCE = ("phoenix-2014", "Dated roles of the Phoenix actor dictionaries, Open Event Data Alliance", "MIT", CHECKED)
SINCE = "2000-01-01"
INTERNATIONAL = {"UNO", "IGO", "EUR"}
# The code's first sector that is here -> the office's last part, its sectors and titles.
OFFICES = {
    "MIL": ("defence-official", "GOV|MIL", "Member of the government for defence", "Hükûmet üyesi (savunma)"),
    "JUD": ("justice-official", "GOV|JUD", "Member of the government for justice", "Hükûmet üyesi (adalet)"),
    "LEG": ("member-of-parliament", "LEG", "Member of parliament", "Milletvekili"),
    "SPY": ("intelligence-official", "SPY", "Member of the intelligence service", "İstihbarat görevlisi"),
    "COP": ("police-official", "GOV|COP", "Member of the government for police", "Hükûmet üyesi (emniyet)"),
    "GOV": ("member-of-the-government", "GOV", "Member of the government", "Hükûmet üyesi"),
}


def roles(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Name, code, first and last day ("" where it was still so) of each dated role in a dictionary."""
    name = ""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            line = line.split("#")[0].rstrip()
            if line and line[0] not in "+\t [":
                name = line.split("[")[0].strip(" _").replace("_", " ")
            for code, days in re.findall(r"\[([A-Z]{6,}) +([<>]? ?\d{6,8}(?:-\d{6,8})?)\]", line):
                first, _, last = days.replace(" ", "").partition("-")
                if first[0] == "<":
                    first, last = "", first
                yield name, code, _day(first), _day(last)


def _day(text: str) -> str:
    """yymmdd or yyyymmdd as an ISO day, or as its year where the calendar has no such day; years to 20 are 2000s."""
    digits = text.strip("<>")
    if not digits:
        return ""
    if len(digits) == 6:
        digits = ("20" if digits < "21" else "19") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return digits[:4]


def main() -> None:
    """Add the rows that the tables lack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionaries", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=DATA, help="the folder of the register's tables")
    given = parser.parse_args()
    had = {table: {row[: key[1]]: row for row in tables.read(given.to, table)} for table, key in tables.TABLES.items()}
    polities = {row[0] for row in had["polities"].values()}
    polity_of = {row[0]: row[1] for row in had["offices"].values()}
    held: dict[str, set[str]] = {}
    for row in had["terms"].values():
        held.setdefault(row[1], set()).add(polity_of[row[0]])
    known = {(_key(row[1]), polity) for row in had["persons"].values() for polity in held.get(row[0], ())}
    abroad = {_key(row[1]): row[0] for row in had["persons"].values() if held.get(row[0], set()) & INTERNATIONAL}
    for path in given.dictionaries:
        for name, code, first, last in roles(path):
            polity = code[:3]
            sector = next((sector for sector in OFFICES if sector in re.findall("...", code[3:])), None)
            if polity not in polities or sector is None or (last and last < SINCE) or " " not in name:
                continue
            if (_key(name), polity) in known:
                continue
            person = abroad.get(_key(name)) or slug(f"{name} {polity}")
            part, sectors, english, turkish = OFFICES[sector]
            office = f"{polity.lower()}.{part}"
            new = (office, polity, "", "official", sectors, english, turkish, "", "", "no")
            had["offices"].setdefault((office,), new)
            had["persons"].setdefault((person,), (person, name.title(), "", "", "", "", ""))
            term = (office, person, first, last, SOURCE[0], CHECKED, "verified")
            had["terms"].setdefault(term[:3], term)
    had["sources"].setdefault(SOURCE[:1], SOURCE)
    for table in ("persons", "offices", "terms", "sources"):
        tables.write(given.to, table, had[table].values())
        print(f"{table}: {len(had[table])}")


def _key(name: str) -> str:
    """The words of a name in any order, less its marks."""
    return " ".join(sorted(re.findall(r"\w+", fold(name).replace("'", ""))))


if __name__ == "__main__":
    main()
