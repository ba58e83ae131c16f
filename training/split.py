"""Write data/annotations/split.csv: the part ("train", "dev", "test") of every annotated passage.

    python training/split.py                 add the passages that have no part yet
    python training/split.py test FILE       write the passages of a part as JSON Lines, to evaluate on

By file, in the order of a seeded digest of the id: 10 % test, 6 % development. Passages of the file keep their part.
"""

import csv
import json
import sys
from pathlib import Path

from data import load_records, read_split, split

FOLDER = Path(__file__).parent.parent / "data/annotations"


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
