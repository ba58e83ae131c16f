"""How many mentions a second resolution codes on one core, over the annotated passages.

    python benchmarks/resolution.py

Counted is processor time of whole codings (who, where, when, findings), after the register, the lexica and the
gazetteer are loaded: once with nothing remembered, once with all names met before.
"""

from __future__ import annotations

import time
from pathlib import Path

from vakanuvis.annotation import load
from vakanuvis.records import Reading
from vakanuvis.resolution import code_many, resolver, who
from vakanuvis.resolution.places.gazetteer import gazetteer

ROOT = Path(__file__).parents[1]


def main() -> None:
    start = time.process_time()
    who("MİT Başkanı")
    print(f"first answer after {time.process_time() - start:.2f} s of processor time, imports apart")
    readings = [reading for path in sorted((ROOT / "data" / "annotations").glob("*.ann")) for reading in load(path)]
    resolver()
    gazetteer()
    print(f"{_rate(readings):,.0f} mentions a second at first, {_rate(readings):,.0f} with all names met before")


def _rate(readings: list[Reading]) -> float:
    start = time.process_time()
    mentions = sum(len(coding.identities) for coding in code_many(readings))
    return mentions / (time.process_time() - start)


if __name__ == "__main__":
    main()
