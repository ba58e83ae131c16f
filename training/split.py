"""Write data/annotations/split.csv: the part ("train", "dev", "test") of every annotated passage.

    python training/split.py

By file, in the order of a seeded digest of the id: 10 % test, 6 % development. Passages of the file keep their part.
"""

import csv
from pathlib import Path

from data import load_records, read_split, split

FOLDER = Path(__file__).parent.parent / "data/annotations"


def main() -> None:
    _, by_file = load_records(FOLDER)
    path = FOLDER / "split.csv"
    known = read_split(path) if path.exists() else {}
    new = {name: [key for key in ids if key not in known] for name, ids in by_file.items()}
    parts = known | split(new)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "part"))
        writer.writerows((key, parts[key]) for ids in by_file.values() for key in ids)


if __name__ == "__main__":
    main()
