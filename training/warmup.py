"""Warm-up of the encoder on annotated corpora of others (not committed; docs/model-card.md says where to get them):
dependency parsing on Universal Dependencies treebanks and named entities of Turkish Wikipedia."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from data import batches, collate_words
from model import Reader
from vakanuvis.extraction.tokens import Subwords

ARC = 192


@dataclass
class Sentence:
    """A sentence of a corpus; heads (0 = root, words counted from 1) and relations, or entity tags."""

    pieces: list[tuple[int, ...]]
    sentences: list[int]
    heads: list[int] | None
    labels: list[int]

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces)) + 2


def _forms(tokens: list[str], glued: list[bool]) -> list[str]:
    return [token if joined else "▁" + token for token, joined in zip(tokens, glued, strict=True)]


def read_treebank(path: Path, subwords: Subwords, labels: dict[str, int]) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
        rows = [row for row in rows if row[0].isdigit()]
        if not 3 <= len(rows) <= 80:
            continue
        tokens = [row[1] for row in rows]
        glued = [i > 0 and "SpaceAfter=No" in rows[i - 1][9] for i in range(len(rows))]
        relations = [labels.setdefault(row[7].split(":")[0], len(labels)) for row in rows]
        yield Sentence(subwords(_forms(tokens, glued)), [0] * len(rows), [int(row[6]) for row in rows], relations)


def read_entities(path: Path, subwords: Subwords, labels: dict[str, int]) -> Iterator[Sentence]:
    """Sentences of a two-column file: token, BIO tag."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if len(line.split()) == 2]
        if not 3 <= len(rows) <= 80:
            continue
        tokens = [row[0] for row in rows]
        tags = [labels.setdefault(row[1], len(labels)) for row in rows]
        yield Sentence(subwords(_forms(tokens, [False] * len(rows))), [0] * len(rows), None, tags)


class Heads(nn.Module):
    """Throw-away heads: a biaffine parser (Dozat and Manning, 2017) and an entity tagger."""

    def __init__(self, relations: int, entities: int, hidden: int = 384) -> None:
        super().__init__()
        self.head, self.dependent = nn.Linear(hidden, ARC), nn.Linear(hidden, ARC)
        self.root = nn.Parameter(torch.zeros(ARC))
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.relation = nn.Linear(2 * ARC, relations)
        self.entity = nn.Linear(hidden, entities)

    def parse_loss(self, words: Tensor, mask: Tensor, heads: Tensor, relations: Tensor) -> Tensor:
        d = F.gelu(self.dependent(words))
        h = torch.cat([self.root.expand(len(words), 1, -1), F.gelu(self.head(words))], 1)
        scores = d @ self.arc @ h.transpose(1, 2)
        allowed = torch.cat([torch.ones(len(words), 1), mask], 1)[:, None]
        scores = scores + (1 - allowed) * -1e4
        gold = torch.gather(h, 1, heads[..., None].expand(-1, -1, ARC))
        kinds = self.relation(torch.cat([d, gold], -1))
        real = mask > 0
        return F.cross_entropy(scores[real], heads[real]) + F.cross_entropy(kinds[real], relations[real])

    def entity_loss(self, words: Tensor, mask: Tensor, tags: Tensor) -> Tensor:
        real = mask > 0
        return F.cross_entropy(self.entity(words)[real], tags[real])


def warm_up(
    model: Reader,
    subwords: Subwords,
    folder: Path,
    special: tuple[int, int, int],
    *,
    epochs: int,
    entities: int,
    most: int,
) -> None:
    """Train the encoder on the corpora in `folder`: `epochs` of the treebanks among `entities` sentences of NER."""
    rng = random.Random(7)
    relations: dict[str, int] = {}
    tags: dict[str, int] = {}
    trees = [s for path in sorted(folder.glob("*ud*.conllu")) for s in read_treebank(path, subwords, relations)]
    named = list(read_entities(folder / "wikiner_train.conll", subwords, tags))
    rng.shuffle(named)
    heads = Heads(len(relations), len(tags))
    plan: list[list[Sentence]] = []
    for _ in range(epochs):
        plan += batches(trees, most, rng)
    plan += batches(named[:entities], most, rng)
    rng.shuffle(plan)
    parameters = [*(p for p in model.parameters() if p.requires_grad), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1.5e-4], total_steps=len(plan) + 1, pct_start=0.1)
    model.train()
    began = time.time()
    for step, group in enumerate(plan):
        x = collate_words(group, *special)
        width = x["word_mask"].shape[1]
        label = torch.tensor([s.labels + [0] * (width - len(s.labels)) for s in group])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words, _ = model.read(x["ids"], x["mask"], x["first"], x["last"])
        words = words.float()
        if group[0].heads is not None:
            head = torch.tensor([s.heads + [0] * (width - len(s.heads)) for s in group])
            loss = heads.parse_loss(words, x["word_mask"], head, label)
        else:
            loss = heads.entity_loss(words, x["word_mask"], label)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 50 == 0:
            kind = "tree" if group[0].heads is not None else "entity"
            print(f"warm-up {step}/{len(plan)} {kind} loss {loss.item():.3f} {time.time() - began:.0f} s", flush=True)
