"""How often who, where and when are right, on the test sets under `data/resolution` (see GUIDE.md there).

Usage: python benchmarks/resolution_accuracy.py [--wrong] [--fresh] [--only mentions|places|times]

Prints the share of right answers for the half that the code was developed with (`dev`) and the unseen one (`test`).
`--fresh` scores the sets of `data/resolution/fresh` instead, written when the code had been finished once.
`--wrong` lists the wrong answers of the dev half; those of the unseen half are never shown.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from vakanuvis.records import Place, When
from vakanuvis.resolution import places, times, who
from vakanuvis.words import fold

DATA = Path(__file__).parent.parent / "data" / "resolution"
Row = dict[str, Any]


def main() -> None:
    """Score the three sets and print one line for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the wrong answers of the dev half")
    parser.add_argument("--only", choices=sorted(CHECKS), help="one of the three sets")
    parser.add_argument("--fresh", action="store_true", help="the sets written after the code")
    options = parser.parse_args()
    folder = DATA / "fresh" if options.fresh else DATA
    print(f"{'measure':28} {'split':5} {'lang':4} {'right':>5} {'of':>5} {'share':>6}")
    for name, check in CHECKS.items():
        if options.only not in (None, name):
            continue
        counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        wrong: list[str] = []
        for row in rows(folder / f"{name}.jsonl"):
            for measure, right, answer in check(row):
                for lang in ("all", row["lang"]):
                    count = counts[measure, row["split"], lang]
                    count[0] += right
                    count[1] += 1
                if not right and row["split"] == "dev":
                    day = row.get("on") or row.get("published") or ""
                    wrong.append(f"  {measure}: {row['text']} ({day}): {answer}")
        for (measure, split, lang), (found, total) in sorted(counts.items()):
            print(f"{measure:28} {split:5} {lang:4} {found:5} {total:5} {found / total:6.3f}")
        if options.wrong:
            print("\n".join(wrong))


def rows(path: Path) -> Iterator[Row]:
    """The rows of a set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def mention(row: Row) -> Iterator[tuple[str, bool, str]]:
    """Polity, primary sector and entity, each right or not, with the answer."""
    identity = who(row["text"], date.fromisoformat(row["on"]), language=row["lang"])
    primary = identity.sectors[0] if identity.sectors else None
    polity = identity.polity in (row["polity"], *row.get("polity_also", ()))
    sector = primary in (row["sectors"][0] if row["sectors"] else None, *row.get("sector_also", ()))
    yield "polity", polity, f"{identity.polity}, not {row['polity']}"
    yield "primary sector", sector, f"{primary}, not {row['sectors']}"
    yield "polity and primary sector", polity and sector, f"{identity.polity} {primary}"
    if row.get("any_entity"):
        return
    names = (row["entity"], *row.get("entity_also", ()))
    known = identity.name if identity.entity is not None else None
    entity = spelled(known) in {spelled(name) for name in names}
    yield "entity" if any(names) else "no entity", entity, f"{known}, not {row['entity']}"


def spelled(name: str | None) -> str | None:
    """A name without what spellings differ in: case, accents, hyphens, apostrophes, blanks."""
    return "".join(filter(str.isalnum, fold(name))) if name else None


def place(row: Row) -> Iterator[tuple[str, bool, str]]:
    """Whether it is the place, with the answer."""
    answer = places.where(row["text"], context=row.get("context", ()), language=row["lang"])
    yield "place", answer is not None and there(answer, row), str(answer)


def there(answer: Place, row: Row) -> bool:
    """The same GeoNames id, or the same country and near enough."""
    if row["geonames"] is not None and answer.geonames == row["geonames"]:
        return True
    if answer.country not in (row["country"], *row.get("country_also", ())):
        return False
    if row["kind"] == "country":
        return True
    return kilometres(answer.latitude, answer.longitude, row["lat"], row["lon"]) <= float(row["km"])


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance in km of two points in degrees (haversine formula, Earth's radius 6,371 km)."""
    phi, other_phi = radians(lat), radians(other_lat)
    half = sin((other_phi - phi) / 2) ** 2 + cos(phi) * cos(other_phi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def time(row: Row) -> Iterator[tuple[str, bool, str]]:
    """Whether the days are right, with the answer."""
    answer: When | None = times.when(row["text"], date.fromisoformat(row["published"]))
    said = f"{answer.start} to {answer.end}" if answer else "none"
    yield "time", answer is not None and days(answer, row), f"{said}, not {row['start']} to {row['end']}"


def days(answer: When, row: Row) -> bool:
    """Both ends within the row's slack."""
    pairs = ((answer.start, row["start"]), (answer.end, row["end"]))
    return all(abs((one - date.fromisoformat(other)).days) <= row.get("slack", 0) for one, other in pairs)


CHECKS = {"mentions": mention, "places": place, "times": time}


if __name__ == "__main__":
    main()
