"""Draw how often things of a confidence are right: the reliability diagram of docs/model-card.md.

    python benchmarks/reliability.py GOLD [-o docs/images/reliability.svg]

GOLD: annotated passages that the model has not seen (`python training/split.py test build/test.jsonl` writes them).
"""

import argparse
from pathlib import Path

import altair as alt

from vakanuvis.annotation import evaluate, load
from vakanuvis.extraction import Extractor

TARGET = Path(__file__).parent.parent / "docs/images/reliability.svg"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", type=Path, default=TARGET)
    args = parser.parse_args()
    gold = load(args.gold)
    outcome = evaluate(gold, Extractor.load().read_many(r.report for r in gold), resamples=1)
    rows = []
    for calibration in outcome.calibration:
        label = f"{calibration.of}s (error {calibration.error:.3f})"
        print(label)
        for b in calibration.bins:
            print(f"  {b.low:.1f}-{b.high:.1f}  {b.count:5}  confidence {b.confidence:.3f}  right {b.right:.3f}")
            rows.append({"of": label, "confidence": b.confidence, "right": b.right, "count": b.count})
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("confidence:Q", scale=scale, title="mean confidence"),
        y=alt.Y("right:Q", scale=scale, title="share that is right"),
        color=alt.Color("of:N", title=None, scale=alt.Scale(range=["#0072B2", "#D55E00"])),
    )
    diagonal = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color="#999", strokeDash=[4, 4]
    )
    chart = diagonal.encode(x="x:Q", y="y:Q") + base.mark_line() + base.mark_circle(opacity=1).encode(size="count:Q")
    args.o.parent.mkdir(parents=True, exist_ok=True)
    chart.properties(width=360, height=360).save(args.o)


if __name__ == "__main__":
    main()
