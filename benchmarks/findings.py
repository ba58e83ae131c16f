"""How often a right report raises a finding: every alarm on the annotated passages, for a person to judge.

    python benchmarks/findings.py

The passages were written for the project in the manner of news; names and numbers in them may be invented, so that an
alarm can be right. `benchmarks/findings_judged.csv` holds the judgement on each alarm that was ever looked at.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from vakanuvis.annotation import load
from vakanuvis.resolution import code_many

ROOT = Path(__file__).parents[1]
JUDGED = Path(__file__).with_name("findings_judged.csv")


def main() -> None:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {(row["report"], row["kind"]): row["judgement"] for row in csv.DictReader(file)}
    readings = [reading for path in sorted((ROOT / "data" / "annotations").glob("*.ann")) for reading in load(path)]
    verdicts: Counter[str] = Counter()
    for coding in code_many(readings):
        for finding in coding.findings:
            verdict = judged.get((finding.report, finding.kind), "not judged")
            verdicts[verdict] += 1
            words = coding.reading.report.text[finding.start : finding.end]
            where = f"{finding.report} {coding.reading.report.day}"
            print(f"{verdict:10}  {finding.kind:18} {where}  “{words}”  {finding.claim}")
    wrong = verdicts["false"] + verdicts["not judged"]
    print(f"{len(readings)} passages, {verdicts.total()} findings: {dict(verdicts)}")
    print(f"false alarms: {100 * wrong / len(readings):.2f} in 100 passages (what is not judged counts as false)")


if __name__ == "__main__":
    main()
