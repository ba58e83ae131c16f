"""Train the extraction model from the annotated passages.

    python training/train.py --out build/model [--corpora FOLDER] [--minutes 75]

Writes OUT/model.pt (weights and vocabulary) and OUT/dev.json (measures on the development part, every fourth epoch).
`export.py` turns them into the files that the package carries.
"""

import argparse
import copy
import json
import math
import random
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import torch
from torch.nn import functional as F

from data import (
    MENTION_KINDS,
    MOST_SUBWORDS,
    batches,
    collate_spans,
    collate_words,
    encode,
    join,
    tokenizer,
)
from decode import predict
from encoder import Encoder, load_pretrained
from model import Reader
from split import load_records, read_split
from vakanuvis.annotation import reading
from vakanuvis.annotation.scoring import compare
from vakanuvis.annotation.scoring import measures as measure
from vakanuvis.extraction.labels import MODES, SPAN_TYPES
from vakanuvis.extraction.tokens import Subwords, split_words
from vocabulary import kept_pieces
from warmup import warm_up

ROOT = Path(__file__).parent.parent
MOST = 1536  # subwords a batch
NAMED = (SPAN_TYPES.index("PER"), SPAN_TYPES.index("GPE"))
SPECIAL = (0, 2, 1)  # bos, eos, pad after pruning
JOINED = 0.35  # share of passages that are joined into longer reports
SWAPPED = 0.2  # share of the names of persons and places that are swapped for others
UPPER = 0.03  # share of passages set in capitals
HIDDEN = 0.06  # share of subwords that the model does not get to see
UNKNOWN = 3
SHOWN = ("mention F1", "trigger P", "trigger R", "trigger F1", "argument F1", "deed F1", "status accuracy")


def losses(model: Reader, group, rng: random.Random) -> dict[str, torch.Tensor]:
    """The parts of the loss on one batch."""
    x = collate_words(group, *SPECIAL)
    x["ids"] = torch.where((torch.rand(x["ids"].shape) < HIDDEN) & (x["ids"] > UNKNOWN), UNKNOWN, x["ids"])
    y = collate_spans(group, x["word_mask"].shape[1])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words, scores = model.read(x["ids"], x["mask"], x["first"], x["last"])
    words, scores = words.float(), scores.float()
    tagging = model.crf.loss(scores, y["tags"], x["word_mask"])
    spans, real = _with_wrong_triggers(y, scores.detach(), x["word_mask"], rng)
    roles, status, mode, contexts, valid, types = model.relate(
        words,
        x["sentences"],
        spans["triggers"],
        spans["trigger_types"],
        y["mentions"],
        y["mention_types"],
        y["mention_mask"],
    )
    sure = F.binary_cross_entropy_with_logits(valid, spans["good"], reduction="none")
    gold = y["trigger_mask"]
    n = gold.sum().clamp(min=1.0)
    t = y["roles"].shape[1]
    pairs = gold[:, :, None, None] * y["mention_mask"][:, None, :, None]
    role = F.binary_cross_entropy_with_logits(roles[:, :t], y["roles"], reduction="none", pos_weight=torch.tensor(1.5))
    told = gold > 0
    kinds = torch.tensor([SPAN_TYPES.index(code) for code, _ in MODES])
    other = (kinds[None, None] != y["trigger_types"][..., None]) * -1e4
    context = F.binary_cross_entropy_with_logits(contexts[:, :t], y["contexts"], reduction="none")
    event_types = (y["trigger_types"] - MENTION_KINDS).clamp(min=0)
    any_told = bool(told.any())
    zero = scores.sum() * 0.0
    return {
        "tag": tagging.sum() / x["word_mask"].sum() * 8,
        "role": (role * pairs).sum() / n,
        "status": F.cross_entropy(status[:, :t][told], y["status"][told]) if any_told else zero,
        "mode": F.cross_entropy((mode[:, :t] + other)[told], y["mode"][told]) * 0.5 if any_told else zero,
        "context": (context * gold[..., None]).sum() / n * 0.3,
        "type": F.cross_entropy(types[:, :t][told], event_types[told]) * 0.7 if any_told else zero,
        "valid": (sure * real).sum() / real.sum().clamp(min=1.0),
    }


def _with_wrong_triggers(y, scores, mask, rng):
    """The gold triggers and, to learn which to doubt, words where the tagger sees a trigger and gold has none."""
    trigger_tags = torch.zeros(scores.shape[-1], dtype=torch.bool)
    trigger_tags[1 + 2 * MENTION_KINDS :: 2] = True  # B- tags of event types
    best = torch.softmax(scores, -1)
    best = best.masked_fill(~trigger_tags, 0.0)
    best = best.masked_fill((y["tags"] != 0)[..., None] | (mask == 0)[..., None], 0.0)
    top, where = best.amax(-1).topk(min(4, best.shape[1]), dim=1)
    kind = (best.gather(1, where[..., None].expand(-1, -1, best.shape[-1])).argmax(-1) - 1) // 2
    keep = (top > 0.05).float()
    kind = torch.where(keep > 0, kind, torch.full_like(kind, MENTION_KINDS))
    spans = {
        "triggers": torch.cat([y["triggers"], where[..., None].expand(-1, -1, 2)], 1),
        "trigger_types": torch.cat([y["trigger_types"], kind], 1),
        "good": torch.cat([y["trigger_mask"], torch.zeros_like(top)], 1),
    }
    return spans, torch.cat([y["trigger_mask"], keep], 1)


def names_by_kind(passages):
    """Pieces of the names of persons and places, by language, type and number of words."""
    names = defaultdict(list)
    for p in passages:
        for a, z, kind in p.mentions:
            if kind in NAMED:
                names[p.lang, kind, z - a].append(p.pieces[a : z + 1])
    return names


def swap_names(passage, names, rng):
    """A passage with some of its persons and places called by names from other passages."""
    pieces = list(passage.pieces)
    for a, z, kind in passage.mentions:
        if kind in NAMED and rng.random() < SWAPPED:
            pieces[a : z + 1] = rng.choice(names[passage.lang, kind, z - a])
    swapped = replace(passage, pieces=pieces)
    return swapped if swapped.length <= MOST_SUBWORDS + 2 else passage


def epoch_passages(plain, capitals, names, rng):
    """The passages of one epoch: some in capitals, some with other names, some joined into longer reports."""
    picked = [capitals.get(p.id, p) if rng.random() < UPPER else swap_names(p, names, rng) for p in plain]
    rng.shuffle(picked)
    out, i = [], 0
    while i < len(picked):
        count = rng.choice((2, 3, 4, 5)) if rng.random() < JOINED / 3 else 1
        group = picked[i : i + count]
        while len(group) > 1 and sum(p.length for p in group) > MOST_SUBWORDS:
            group = group[:-1]
        out.append(join(group) if len(group) > 1 else group[0])
        i += len(group)
    return out


def encode_all(train, subwords):
    """The passages, and those of them that can be set in capitals, by id."""
    plain = [encode(r, subwords) for r in train]
    plain = [p for p in plain if p.length <= MOST_SUBWORDS + 2]
    capitals = {}
    for r in train:
        try:
            capitals[r["id"]] = encode(r, subwords, upper=True)
        except KeyError:  # capitals moved an offset
            continue
    return plain, capitals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build/model")
    parser.add_argument("--corpora", type=Path, help="folder of the warm-up corpora; without it there is no warm-up")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--minutes", type=float, default=85.0, help="shorten the schedule to end within this time")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--encoder", type=Path, help="weights to start from instead of the warm-up (a model.pt)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5, help="order of the passages; the heads start alike with any")
    args = parser.parse_args()
    began = time.time()
    torch.manual_seed(5)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    records, _ = load_records(ROOT / "data/annotations")
    parts = read_split(ROOT / "data/annotations/split.csv")
    train = [r for r in records if parts.get(r["id"]) == "train"]
    dev = [reading(r, "dev") for r in records if parts.get(r["id"]) == "dev"]
    source = load_pretrained()
    keep = kept_pieces(source, (form for r in train for form in split_words(r["text"]).forms))
    pieces = [source.pieces[i] for i in keep]
    subwords = Subwords(tokenizer(pieces, 3))
    plain, capitals = encode_all(train, subwords)
    names = names_by_kind(plain)
    print(f"{len(plain)} passages, {sum(p.length for p in plain)} subwords, {len(keep)} pieces", flush=True)

    model = Reader(Encoder(source, keep))
    model.encoder.word.weight.requires_grad_(False)
    if args.encoder:
        # The embeddings are never trained, so the kept vocabulary may differ.
        warm = {k: v for k, v in torch.load(args.encoder)["model"].items() if k != "encoder.word.weight"}
        model.load_state_dict(warm, strict=False)
    elif args.corpora:
        warm_up(model, subwords, args.corpora, SPECIAL, epochs=2, entities=6000, most=MOST)
        torch.save({"model": model.state_dict(), "pieces": pieces, "keep": keep}, args.out / "warm.pt")
    torch.manual_seed(args.seed)
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": args.rate}, {"params": fast, "lr": args.rate * 5}], weight_decay=0.02, fused=True
    )
    peaks = [g["lr"] for g in optimizer.param_groups]
    average = copy.deepcopy(model).eval()
    history, progress, epoch, step = [], 0.0, 0, 0
    left = args.minutes * 60 - (time.time() - began)
    started = time.time()
    while progress < 1.0 and epoch < args.epochs:
        model.train()
        totals: dict[str, float] = {}
        groups = batches(epoch_passages(plain, capitals, names, rng), MOST, rng)
        for i, group in enumerate(groups):
            # The schedule follows whichever ends first, the epochs or the time.
            progress = max((epoch + i / len(groups)) / args.epochs, (time.time() - started) / left)
            if progress >= 1.0:
                break
            if step % 50 == 0:
                print(f"  step {step} {time.time() - began:.0f} s", flush=True)
            factor = min(1.0, step / 150) * 0.5 * (1 + math.cos(math.pi * progress))
            for g, peak in zip(optimizer.param_groups, peaks, strict=True):
                g["lr"] = peak * factor
            parts_of_loss = losses(model, group, rng)
            loss = sum(parts_of_loss.values())
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*slow, *fast], 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            decay = min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters(), strict=True):
                    if b.requires_grad:
                        a.lerp_(b, 1 - decay)
            for name, value in parts_of_loss.items():
                totals[name] = totals.get(name, 0.0) + value.item() / len(groups)
        epoch += 1
        text = " ".join(f"{name} {value:.3f}" for name, value in totals.items())
        print(f"epoch {epoch} {time.time() - began:.0f} s progress {progress:.2f} | {text}", flush=True)
        if epoch % 4 == 0 or progress >= 1.0 or epoch == args.epochs:  # a minute each, taken from the training
            found = predict(average, dev, subwords)
            counts = sum((compare(a, b).counts for a, b in zip(dev, found, strict=True)), Counter())
            measures = measure(counts)
            history.append({"epoch": epoch, **measures})
            print("  dev " + " ".join(f"{k} {measures[k]:.3f}" for k in SHOWN), flush=True)
            torch.save({"model": average.state_dict(), "pieces": pieces, "keep": keep}, args.out / "model.pt")
            (args.out / "dev.json").write_text(json.dumps(history, indent=1))


if __name__ == "__main__":
    main()
