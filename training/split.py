"""Write data/annotations/split.csv: the part ("train", "dev", "test") of every annotated passage.

    python training/split.py                 add the passages that have no part yet
    python training/split.py test FILE       write the passages of a part as JSON Lines, to evaluate on

By file, in the order of a seeded digest of the id: 10 % test, 6 % development. Passages of the file keep their part.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from vakanuvis.annotation import load

SEED = 1299
TEST_SHARE, DEV_SHARE = 0.10, 0.06
FOLDER = Path(__file__).parent.parent / "data/annotations"


def load_records(folder: Path) -> tuple[list[dict], dict[str, list[str]]]:
    """All records of the folder's .ann files in the annotation's record shape, and their ids by file."""
    by_file = {path.name: load(path) for path in sorted(folder.glob("*.ann"))}
    records = [reading.to_dict() for readings in by_file.values() for reading in readings]
    return records, {name: [reading.report.id for reading in readings] for name, readings in by_file.items()}


def split(ids_by_file: dict[str, Sequence[str]]) -> dict[str, str]:
    """Part ("train", "dev", "test") of every passage: by file, in the order of a seeded digest of the id."""
    parts = {}
    for ids in ids_by_file.values():
        order = sorted(ids, key=lambda key: hashlib.sha256(f"{SEED}:{key}".encode()).digest())
        test, dev = round(TEST_SHARE * len(order)), round(DEV_SHARE * len(order))
        for i, key in enumerate(order):
            parts[key] = "test" if i < test else "dev" if i < test + dev else "train"
    return parts


def read_split(path: Path) -> dict[str, str]:
    """The written split: rows of id, part."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["part"] for row in csv.DictReader(file)}


def main() -> None:
    records, by_file = load_records(FOLDER)
    path = FOLDER / "split.csv"
    known = read_split(path) if path.exists() else {}
    if len(sys.argv) == 3:
        rows = [json.dumps(r, ensure_ascii=False) for r in records if known.get(r["id"]) == sys.argv[1]]
        Path(sys.argv[2]).write_text("\n".join(rows) + "\n", encoding="utf-8")
        return
    new = {name: [key for key in ids if key not in known] for name, ids in by_file.items()}
    parts = known | split(new)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "part"))
        writer.writerows((key, parts[key]) for ids in by_file.values() for key in ids)


if __name__ == "__main__":
    main()
