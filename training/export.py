"""Turn a trained model into the files that the package carries.

    python training/export.py build/model/model.pt [--to src/vakanuvis/extraction/model]

Writes reader.onnx and relate.onnx (int8), tokenizer.json and model.json; the thresholds and the calibration of the
confidences in model.json are chosen on the development part. With --float FOLDER also both graphs in float32, to
measure what int8 costs.
"""

import argparse
import hashlib
import itertools
import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import onnx
import torch

from data import tokenizer
from encoder import Encoder, load_pretrained
from graphs import reader_graph, relate_graph
from model import Reader
from split import read_split
from vakanuvis.annotation import load
from vakanuvis.annotation.scoring import compare, measures
from vakanuvis.extraction import Extractor
from vakanuvis.extraction.assemble import Settings, assemble, logit
from vakanuvis.extraction.labels import ROLES, TAGS
from vakanuvis.extraction.tokens import split_words
from vakanuvis.records import Reading

ROOT = Path(__file__).parent.parent
# What the thresholds are chosen by: the sum of these measures.
CHOSEN_BY = ("mention F1", "trigger F1", "argument F1", "deed F1")
# Of a word alone it takes more than an even chance to be an event: it tells a reader nothing else. On the development
# part that costs 0.1 point of trigger F1 and leaves the other measures as they are.
BARE = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--to", type=Path, default=ROOT / "src/vakanuvis/extraction/model")
    parser.add_argument("--float", type=Path, help="a folder that also gets the float32 graphs")
    args = parser.parse_args()
    saved = torch.load(args.weights)
    model = Reader(Encoder(load_pretrained(), saved["keep"]))
    model.load_state_dict(saved["model"])
    model.eval()
    for folder, quantised in ((args.to, True), (args.float, False)):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            onnx.save(reader_graph(model, quantised=quantised), folder / "reader.onnx")
            relate_graph(model, folder / "relate.onnx", quantised=quantised)
    tokenizer(saved["pieces"], 3).save(str(args.to / "tokenizer.json"), pretty=False)
    digest = hashlib.sha256()
    for name in ("reader.onnx", "relate.onnx", "tokenizer.json"):
        digest.update((args.to / name).read_bytes())
    transitions = np.round(model.crf.table().detach().numpy().astype(float), 4).tolist()
    card = {"version": digest.hexdigest()[:12], "tags": TAGS, "settings": asdict(Settings())}
    card["transitions"] = transitions
    write(args.to, card)

    parts = read_split(ROOT / "data/annotations/split.csv")
    files = sorted((ROOT / "data/annotations").glob("*.ann"))
    dev = [r for path in files for r in load(path) if parts.get(r.report.id) == "dev"]
    card["settings"] = asdict(replace(tune(Extractor(args.to), dev), bare=BARE))
    write(args.to, card)
    print(json.dumps(card["settings"]))


def write(folder: Path, card: dict) -> None:
    """model.json."""
    (folder / "model.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


def tune(extractor: Extractor, dev: list[Reading]) -> Settings:
    """Thresholds that serve `CHOSEN_BY` best on these passages, and the calibration of confidences by them."""
    read = {}
    for bias in (-0.5, 0.0, 0.5, 1.0, 1.5):
        read[bias] = [_raw(extractor, gold, bias) for gold in dev]
    best, chosen = -1.0, Settings()
    grid = itertools.product(read, (0.35, 0.4, 0.45, 0.5, 0.55, 0.6), (0.0, 0.2, 0.3, 0.4, 0.5))
    for bias, role, valid in grid:
        settings = Settings(outside_bias=bias, roles=(role,) * len(ROLES), valid=valid)
        result = _measure(dev, read[bias], settings)
        value = sum(result[name] for name in CHOSEN_BY)
        if value > best:
            best, chosen = value, settings
    rows = read[chosen.outside_bias]
    for r, _ in enumerate(ROLES):

        def with_threshold(value: float, at: int = r, base: Settings = chosen) -> Settings:
            return replace(base, roles=(*base.roles[:at], value, *base.roles[at + 1 :]))

        tried = [with_threshold(value) for value in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)]
        chosen = max(tried, key=lambda s: sum(_measure(dev, rows, s)[name] for name in CHOSEN_BY))
    weights = (0.0, 0.5, 1.0, 1.5, 2.0)
    chosen = max(
        (replace(chosen, type_weight=w) for w in weights),
        key=lambda s: sum(_measure(dev, rows, s)[name] for name in CHOSEN_BY),
    )
    levels = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
    context = max(levels, key=lambda c: _measure(dev, rows, replace(chosen, context=c))["context F1"])
    return calibrate(dev, rows, replace(chosen, context=context))


def _raw(extractor: Extractor, gold: Reading, bias: float) -> tuple:
    words = split_words(gold.report.text)
    seen = extractor.see(words)
    mentions, triggers = extractor.spans(seen, words, bias)
    scores = extractor.related(seen, words, mentions, triggers) if triggers else None
    return words, mentions, triggers, scores


def _measure(dev: list[Reading], rows: list[tuple], settings: Settings) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for gold, row in zip(dev, rows, strict=True):
        counts += compare(gold, Reading(gold.report, *assemble(*row, settings))).counts
    return measures(counts)


def calibrate(dev: list[Reading], rows: list[tuple], settings: Settings) -> Settings:
    """Logistic regressions (by Newton's method) of being right on the log odds that the model gives."""
    mention_x, mention_y, event_x, event_y = [], [], [], []
    for gold, (words, mentions, triggers, scores) in zip(dev, rows, strict=True):
        # Raw odds travel as confidences: weight 1 on one of them and 0 on the rest.
        by_span = replace(settings, mention_confidence=(1.0, 0.0), event_confidence=(1.0, 0.0, 0.0))
        by_valid = replace(settings, event_confidence=(0.0, 1.0, 0.0))
        reading = Reading(gold.report, *assemble(words, mentions, triggers, scores, by_span))
        other = assemble(words, mentions, triggers, scores, by_valid)[1]
        result = compare(gold, reading)
        right = {id(found) for _, found in result.mentions}
        for mention in reading.mentions:
            mention_x.append([logit(mention.confidence), 1.0])
            mention_y.append(id(mention) in right)
        right = {id(found) for _, found in result.triggers}
        for event, twin in zip(reading.events, other, strict=True):
            event_x.append([logit(event.confidence), logit(twin.confidence), 1.0])
            event_y.append(id(event) in right)
    return replace(
        settings,
        mention_confidence=tuple(_logistic(np.array(mention_x), np.array(mention_y, float))),
        event_confidence=tuple(_logistic(np.array(event_x), np.array(event_y, float))),
    )


def _logistic(x: np.ndarray, y: np.ndarray, ridge: float = 1e-3) -> list[float]:
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
    return [round(float(v), 4) for v in w]


if __name__ == "__main__":
    main()
