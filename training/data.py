"""Annotated passages as tensors: the vocabulary, the batches."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import torch
from tokenizers import Tokenizer, models
from torch import Tensor

from vakanuvis.extraction.labels import CONTEXTS, MENTION_TYPES, MODES, ROLES, SPAN_TYPES, STATUSES
from vakanuvis.extraction.tokens import Subwords, split_words

MOST_SUBWORDS = 510
NOWHERE = -1000  # number of the sentence of padding


@dataclass
class Passage:
    """One record: its words as piece ids, and its marks as spans of words (last word included)."""

    id: str
    lang: str
    pieces: list[tuple[int, ...]]
    sentences: list[int]
    mentions: list[tuple[int, int, int]]  # first word, last word, type
    triggers: list[tuple[int, int, int]]
    roles: list[tuple[int, int, int]]  # trigger, mention, role
    status: list[int]
    mode: list[int]
    contexts: list[list[int]]

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces)) + 2


def tokenizer(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    """A Unigram tokenizer that takes word forms as `extraction.tokens` makes them."""
    return Tokenizer(models.Unigram(pieces, unk_id=unknown))


def encode(record: dict, subwords: Subwords, *, upper: bool = False) -> Passage:
    """A record of the annotation format as a passage.

    With `upper` its words are set in capitals first, as in headlines; offsets don't change for the words that stay as
    long as they were, others are left as they are.
    """
    text = record["text"]
    if upper:
        raised = "".join("İ" if c == "i" and record["lang"] == "tr" else c.upper() for c in text)
        text = raised if len(raised) == len(text) else text
    words = split_words(text)
    first = {start: i for i, start in enumerate(words.starts)}
    last = {end: i for i, end in enumerate(words.ends)}

    def place(item: dict) -> tuple[int, int, int]:
        return first[item["start"]], last[item["end"]], SPAN_TYPES.index(item["type"])

    mentions = [place(m) for m in record["mentions"]]
    number = {m["id"]: i for i, m in enumerate(record["mentions"])}
    roles = [
        (i, number[key], r)
        for i, event in enumerate(record["events"])
        for r, role in enumerate(ROLES)
        for key in event.get(role, ())
    ]
    return Passage(
        record["id"],
        record["lang"],
        subwords(words.forms),
        words.sentences,
        mentions,
        [place(e) for e in record["events"]],
        roles,
        [STATUSES.index(e["status"]) for e in record["events"]],
        [MODES.index((e["type"], e.get("mode"))) for e in record["events"]],
        [[CONTEXTS.index(c) for c in e["context"]] for e in record["events"]],
    )


def join(passages: Sequence[Passage]) -> Passage:
    """Several passages as one longer report, with no role across their borders."""
    names = ("pieces", "sentences", "mentions", "triggers", "roles", "status", "mode", "contexts")
    whole = replace(passages[0], **{name: [] for name in names})
    for p in passages:
        at, m, t = len(whole.pieces), len(whole.mentions), len(whole.triggers)
        s = whole.sentences[-1] + 1 if whole.sentences else 0
        whole.pieces += p.pieces
        whole.sentences += [s + n for n in p.sentences]
        whole.mentions += [(a + at, b + at, k) for a, b, k in p.mentions]
        whole.triggers += [(a + at, b + at, k) for a, b, k in p.triggers]
        whole.roles += [(i + t, j + m, r) for i, j, r in p.roles]
        whole.status += p.status
        whole.mode += p.mode
        whole.contexts += p.contexts
    return whole


T = TypeVar("T", bound="Sized")


class Sized(Protocol):
    """Anything with a length in subwords."""

    @property
    def length(self) -> int: ...


def width(length: int) -> int:
    """The width that a passage is padded to: few widths, because oneDNN prepares a kernel for each new shape."""
    step = 8 if length <= 128 else 32 if length <= 256 else 64
    return (length + step - 1) // step * step


def batches(passages: Sequence[T], most: int, rng: random.Random) -> list[list[T]]:
    """Passages of one width together, `most` subwords a batch with the padding, in random order."""
    by_width: dict[int, list[T]] = defaultdict(list)
    for p in rng.sample(passages, len(passages)):
        by_width[width(p.length)].append(p)
    groups = []
    for size, members in by_width.items():
        count = max(1, most // size)
        groups += [members[i : i + count] for i in range(0, len(members), count)]
    rng.shuffle(groups)
    return groups


def collate_words(group: Sequence[Passage], bos: int, eos: int, pad: int) -> dict[str, Tensor]:
    """ids, mask (B, S); first, last, word_mask, sentences (B, W)."""
    size, words = width(max(p.length for p in group)), max(len(p.pieces) for p in group)
    ids = torch.full((len(group), size), pad)
    mask = torch.zeros(len(group), size)
    first, last = (torch.zeros(len(group), words, dtype=torch.long) for _ in range(2))
    sentences = torch.full((len(group), words), NOWHERE)
    word_mask = torch.zeros(len(group), words)
    for b, p in enumerate(group):
        row = [bos]
        for w, piece in enumerate(p.pieces):
            first[b, w], last[b, w] = len(row), len(row) + len(piece) - 1
            row += piece
        row.append(eos)
        ids[b, : len(row)] = torch.tensor(row)
        mask[b, : len(row)] = 1
        word_mask[b, : len(p.pieces)] = 1
        sentences[b, : len(p.pieces)] = torch.tensor(p.sentences)
    return {"ids": ids, "mask": mask, "first": first, "last": last, "word_mask": word_mask, "sentences": sentences}


def collate_spans(group: Sequence[Passage], words: int) -> dict[str, Tensor]:
    """tags (B, W) and the spans with what they should give."""
    n = len(group)
    t = max(1, *(len(p.triggers) for p in group)) if n > 1 else max(1, len(group[0].triggers))
    m = max(1, *(len(p.mentions) for p in group)) if n > 1 else max(1, len(group[0].mentions))
    out = {
        "tags": torch.zeros(n, words, dtype=torch.long),
        "triggers": torch.zeros(n, t, 2, dtype=torch.long),
        "trigger_types": torch.zeros(n, t, dtype=torch.long),
        "trigger_mask": torch.zeros(n, t),
        "mentions": torch.zeros(n, m, 2, dtype=torch.long),
        "mention_types": torch.zeros(n, m, dtype=torch.long),
        "mention_mask": torch.zeros(n, m),
        "roles": torch.zeros(n, t, m, len(ROLES)),
        "status": torch.zeros(n, t, dtype=torch.long),
        "mode": torch.zeros(n, t, dtype=torch.long),
        "contexts": torch.zeros(n, t, len(CONTEXTS)),
    }
    for b, p in enumerate(group):
        for spans, key in ((p.triggers, "trigger"), (p.mentions, "mention")):
            for i, (a, z, kind) in enumerate(spans):
                out[f"{key}s"][b, i] = torch.tensor([a, z])
                out[f"{key}_types"][b, i] = kind
                out[f"{key}_mask"][b, i] = 1
                out["tags"][b, a] = 1 + 2 * kind
                out["tags"][b, a + 1 : z + 1] = 2 + 2 * kind
        for i, j, r in p.roles:
            out["roles"][b, i, j, r] = 1
        for i, (status, mode, contexts) in enumerate(zip(p.status, p.mode, p.contexts, strict=True)):
            out["status"][b, i], out["mode"][b, i] = status, mode
            out["contexts"][b, i, contexts] = 1
    return out


MENTION_KINDS = len(MENTION_TYPES)
