"""The joint model: words -> tags, and spans -> roles, status, mode, contexts. PyTorch; runs only in training.

Two parts, exported as two ONNX graphs:

* `Reader.read`: subwords -> one vector a word and its tag scores. A linear-chain CRF (Lafferty et al., 2001) over the
  tags keeps spans whole; mentions and triggers share it, so they never overlap.
* `Reader.relate`: the spans of a window -> for each trigger the roles of every mention (biaffine scores, Dozat and
  Manning, 2017, beside a small network over pairs, in which the mentions of one trigger attend to one another), status,
  mode and contexts, and a second opinion on its type, from the whole span and the sentences around it.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from encoder import Dropout, Encoder
from vakanuvis.extraction.labels import CONTEXTS, EVENT_TYPES, MODES, ROLES, SPAN_TYPES, STATUSES, TAGS

FORBIDDEN = -1e4
NODE, PAIR = 256, 128
DISTANCES = 24  # buckets of a signed distance in words
SENTENCES = 9  # buckets of a signed distance in sentences, -4..4


def transition_mask() -> Tensor:
    """Which tag may follow which: I-x only after B-x or I-x. (from, to); the last row is the start."""
    n = len(TAGS)
    allowed = torch.zeros(n + 1, n)
    for j, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            allowed[:, j] = FORBIDDEN
            allowed[j, j] = allowed[j - 1, j] = 0.0
    return allowed


class Crf(nn.Module):
    """Linear-chain CRF. Scores (B, W, K) with word mask (B, W); tags (B, W)."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS) + 1, len(TAGS)))
        self.register_buffer("mask", transition_mask(), persistent=False)

    def table(self) -> Tensor:
        return self.transitions + self.mask

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of each sequence, (B,)."""
        table = self.table()
        start, move = table[-1], table[:-1]
        gold = scores.gather(2, tags[..., None])[..., 0]
        steps = move[tags[:, :-1], tags[:, 1:]]
        path = start[tags[:, 0]] + (gold * mask).sum(1) + (steps * mask[:, 1:]).sum(1)
        alpha = start + scores[:, 0]
        for t in range(1, scores.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + move, dim=1) + scores[:, t]
            alpha = torch.where(mask[:, t, None] > 0, step, alpha)
        return torch.logsumexp(alpha, dim=1) - path


def bucket_distance(distance: Tensor) -> Tensor:
    """Signed distances in words to `DISTANCES` buckets, exact when near and logarithmic when far."""
    size = distance.abs()
    far = 4 + torch.floor(torch.log2(size.clamp(min=1).float() / 4.0) * 2).long()
    value = torch.where(size < 5, size, far.clamp(4, DISTANCES // 2 - 1))
    return torch.where(distance < 0, value, value + DISTANCES // 2)


def pool(words: Tensor, spans: Tensor) -> Tensor:
    """First word, last word and mean of spans. words (B, W, H), spans (B, N, 2), inclusive -> (B, N, 3 H)."""
    h = words.shape[-1]
    start = torch.gather(words, 1, spans[..., :1].expand(-1, -1, h))
    end = torch.gather(words, 1, spans[..., 1:].expand(-1, -1, h))
    where = torch.arange(words.shape[1], device=words.device)
    inside = ((where >= spans[..., :1]) & (where <= spans[..., 1:])).to(words.dtype)
    return torch.cat([start, end, inside @ words / inside.sum(-1, keepdim=True).clamp(min=1.0)], -1)


class RowAttention(nn.Module):
    """The mentions of one trigger attend to one another. (B, T, M, PAIR) -> the same."""

    def __init__(self, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(PAIR), nn.LayerNorm(PAIR)
        self.qkv, self.out = nn.Linear(PAIR, 3 * PAIR), nn.Linear(PAIR, PAIR)
        self.up, self.down = nn.Linear(PAIR, 2 * PAIR), nn.Linear(2 * PAIR, PAIR)

    def forward(self, z: Tensor, bias: Tensor) -> Tensor:
        b, t, m, d = z.shape
        qkv = self.qkv(self.norm1(z)).view(b, t, m, 3, self.heads, d // self.heads)
        q, k, v = (qkv[:, :, :, i].transpose(2, 3) for i in range(3))  # (B, T, heads, M, d)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5 + bias[:, None, None, None], -1)
        z = z + self.out((weights @ v).transpose(2, 3).reshape(b, t, m, d))
        return z + self.down(F.gelu(self.up(self.norm2(z))))


class Reader(nn.Module):
    """The whole model."""

    def __init__(self, encoder: Encoder, hidden: int = 384, dropout: float = 0.15) -> None:
        super().__init__()
        self.encoder = encoder
        self.first, self.last = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        with torch.no_grad():
            for linear in (self.first, self.last):
                linear.weight.copy_(torch.eye(hidden) * 0.5)
                linear.bias.zero_()
        self.word_norm = nn.LayerNorm(hidden)
        self.dropout = Dropout(dropout)
        self.tag_hidden, self.tag_out = nn.Linear(hidden, hidden), nn.Linear(hidden, len(TAGS))
        self.crf = Crf()
        self.type_embedding = nn.Embedding(len(SPAN_TYPES), 64)
        self.trigger = nn.Linear(3 * hidden + 64, NODE)
        self.mention = nn.Linear(3 * hidden + 64, NODE)
        self.biaffine = nn.Parameter(torch.zeros(len(ROLES), NODE, NODE))
        self.pair_trigger, self.pair_mention = nn.Linear(NODE, PAIR), nn.Linear(NODE, PAIR)
        self.pair_product = nn.Linear(NODE, PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.sentence = nn.Embedding(SENTENCES, PAIR)
        self.rows = nn.ModuleList(RowAttention() for _ in range(2))
        self.role_norm = nn.LayerNorm(PAIR)
        self.role_out = nn.Linear(PAIR, len(ROLES))
        self.event_hidden = nn.Linear(NODE + PAIR, NODE)
        self.status_out = nn.Linear(NODE, len(STATUSES))
        self.mode_out = nn.Linear(NODE, len(MODES))
        self.context_out = nn.Linear(NODE, len(CONTEXTS))
        self.valid_out = nn.Linear(NODE, 1)
        self.type_query, self.type_key = nn.Linear(3 * hidden, PAIR), nn.Linear(hidden, PAIR)
        self.type_hidden, self.type_out = nn.Linear(4 * hidden, NODE), nn.Linear(NODE, len(EVENT_TYPES))

    def read(self, ids: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask (B, S); first, last subword of each word (B, W) -> word vectors (B, W, H), tag scores (B, W, K)."""
        x = self.encoder(ids, mask)
        h = x.shape[-1]
        a = torch.gather(x, 1, first[..., None].expand(-1, -1, h))
        b = torch.gather(x, 1, last[..., None].expand(-1, -1, h))
        words = self.dropout(self.word_norm(self.first(a) + self.last(b)))
        return words, self.tag_out(self.dropout(F.gelu(self.tag_hidden(words))))

    def _types(self, words: Tensor, sentences: Tensor, pooled: Tensor, sentence: Tensor) -> Tensor:
        """Scores of the types of triggers, (B, T, types). The type that the tagger gave is kept from it."""
        scores = self.type_query(pooled) @ self.type_key(words).transpose(1, 2) * PAIR**-0.5
        near = (sentences[:, None, :] - sentence[..., None]).abs() <= 1
        around = torch.softmax(scores.masked_fill(~near, FORBIDDEN), -1) @ words
        return self.type_out(self.dropout(F.gelu(self.type_hidden(torch.cat([pooled, around], -1)))))

    def relate(
        self,
        words: Tensor,
        sentences: Tensor,
        triggers: Tensor,
        trigger_types: Tensor,
        mentions: Tensor,
        mention_types: Tensor,
        mention_mask: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Spans (B, T, 2), (B, M, 2) -> roles (B, T, M, R), status (B, T, S), mode (B, T, O), contexts (B, T, C),
        valid (B, T), types (B, T, E): scores before softmax or sigmoid. `sentences` (B, W): number of the sentence of
        each word, far below 0 for padding."""
        of_triggers, of_mentions = pool(words, triggers), pool(words, mentions)
        t = F.gelu(self.trigger(torch.cat([of_triggers, self.type_embedding(trigger_types)], -1)))
        m = F.gelu(self.mention(torch.cat([of_mentions, self.type_embedding(mention_types)], -1)))
        t, m = self.dropout(t), self.dropout(m)
        before = mentions[:, None, :, 0] - triggers[:, :, None, 1]
        after = triggers[:, :, None, 0] - mentions[:, None, :, 1]
        distance = torch.where(before > 0, before, torch.where(after > 0, -after, torch.zeros_like(after)))
        s_t = torch.gather(sentences, 1, triggers[..., 0])
        s_m = torch.gather(sentences, 1, mentions[..., 0])
        apart = (s_m[:, None, :] - s_t[:, :, None]).clamp(-(SENTENCES // 2), SENTENCES // 2) + SENTENCES // 2
        z = self.pair_trigger(t)[:, :, None] + self.pair_mention(m)[:, None]
        z = z + self.pair_product(t[:, :, None] * m[:, None])
        z = F.gelu(z + self.distance(bucket_distance(distance)) + self.sentence(apart))
        bias = (1.0 - mention_mask) * FORBIDDEN
        for layer in self.rows:
            z = layer(z, bias)
        z = self.dropout(self.role_norm(z))
        asked = t @ self.biaffine.permute(1, 0, 2).reshape(NODE, -1)  # (B, T, R * NODE)
        asked = asked.view(t.shape[0], -1, NODE) @ m.transpose(1, 2)  # (B, T * R, M)
        asked = asked.view(t.shape[0], t.shape[1], len(ROLES), -1).transpose(2, 3)
        roles = self.role_out(z) + asked * NODE**-0.5
        present = mention_mask[:, None, :, None]
        pooled = (z * present + (1.0 - present) * FORBIDDEN).amax(2).clamp(min=-10.0)
        pooled = pooled * mention_mask.amax(-1)[:, None, None]
        e = self.dropout(F.gelu(self.event_hidden(torch.cat([t, pooled], -1))))
        types = self._types(words, sentences, of_triggers, s_t)
        return roles, self.status_out(e), self.mode_out(e), self.context_out(e), self.valid_out(e)[..., 0], types
