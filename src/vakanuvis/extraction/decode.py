"""From tag scores to spans: Viterbi decoding of the linear-chain CRF and the probability of each span found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vakanuvis.extraction.labels import EVENT_TYPES, SPAN_TYPES

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Span:
    """A decoded span.

    Attributes:
        first, last: its words, both included.
        kind: its type as a number of `SPAN_TYPES`.
        probability: of a span of this type.
        chances: of each event type, in the order of `EVENT_TYPES`.
    """

    first: int
    last: int
    kind: int
    probability: float
    chances: npt.NDArray[np.float64] = field(compare=False, repr=False)


def decode(scores: Array, transitions: Array, outside_bias: float = 0.0) -> list[Span]:
    """The best spans of one report.

    Args:
        scores: tag scores of each word, (W, K).
        transitions: CRF transition scores (K + 1, K); the last row starts a report; forbidden steps are very negative.
        outside_bias: taken from the score of "outside"; above 0 finds more spans, below 0 fewer.
    """
    if not len(scores):
        return []
    biased = scores.copy()
    biased[:, 0] -= outside_bias
    path = _viterbi(biased, transitions)
    chances = marginals(biased, transitions)
    of_types = chances[:, 1::2] + chances[:, 2::2]
    spans: list[Span] = []
    at = 0
    while at < len(path):
        tag = path[at]
        if tag == 0:
            at += 1
            continue
        kind, last = (tag - 1) // 2, at
        while last + 1 < len(path) and path[last + 1] == 2 + 2 * kind:
            last += 1
        mean = of_types[at : last + 1].mean(axis=0)
        spans.append(Span(at, last, kind, float(mean[kind]), mean[-len(EVENT_TYPES) :]))
        at = last + 1
    assert all(span.kind < len(SPAN_TYPES) for span in spans)
    return spans


def _viterbi(scores: Array, transitions: Array) -> list[int]:
    """The best sequence of tags."""
    move = np.ascontiguousarray(transitions[:-1].T)  # (to, from)
    best = transitions[-1] + scores[0]
    back = np.empty(scores.shape, dtype=np.int64)
    rows = np.arange(len(best))
    for t in range(1, len(scores)):
        step = move + best
        back[t] = step.argmax(axis=1)
        best = step[rows, back[t]] + scores[t]
    path = [int(best.argmax())]
    for t in range(len(scores) - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def marginals(scores: Array, transitions: Array) -> npt.NDArray[np.float64]:
    """The probability of each tag at each word by the forward-backward algorithm, (W, K)."""
    emission = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    step = np.exp(transitions[:-1].astype(np.float64))
    forward = np.empty_like(emission)
    backward = np.ones_like(emission)
    a = np.exp(transitions[-1].astype(np.float64)) * emission[0]
    forward[0] = a / a.sum()
    for t in range(1, len(emission)):
        a = (forward[t - 1] @ step) * emission[t]
        forward[t] = a / a.sum()
    for t in range(len(emission) - 2, -1, -1):
        b = step @ (emission[t + 1] * backward[t + 1])
        backward[t] = b / b.sum()
    joint = forward * backward
    chances: npt.NDArray[np.float64] = joint / joint.sum(axis=1, keepdims=True)
    return chances
