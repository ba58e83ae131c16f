"""Decoding against a search through all sequences of tags."""

import itertools

import numpy as np
import pytest

from vakanuvis.extraction.decode import decode, marginals

K = 5  # O, B-x, I-x, B-y, I-y


def table(rng: np.random.Generator) -> np.ndarray:
    moves = rng.normal(size=(K + 1, K)).astype(np.float32)
    for inside in (2, 4):
        allowed = {inside, inside - 1}
        for before in range(K + 1):
            if before not in allowed:
                moves[before, inside] = -1e4
    return moves


def weigh(path: tuple[int, ...], scores: np.ndarray, moves: np.ndarray) -> float:
    total = moves[K, path[0]] + scores[0, path[0]]
    return float(total + sum(moves[a, b] + scores[t + 1, b] for t, (a, b) in enumerate(itertools.pairwise(path))))


@pytest.mark.parametrize("seed", range(6))
def test_best_spans_and_probabilities_are_those_of_the_full_search(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, moves = rng.normal(size=(5, K)).astype(np.float32) * 2, table(rng)
    paths = list(itertools.product(range(K), repeat=5))
    weights = np.array([weigh(p, scores, moves) for p in paths])
    best = paths[int(weights.argmax())]
    found = [0] * 5
    for span in decode(scores, moves):
        found[span.first] = 1 + 2 * span.kind
        found[span.first + 1 : span.last + 1] = [2 + 2 * span.kind] * (span.last - span.first)
    assert tuple(found) == best
    chances = np.exp(weights - weights.max())
    chances /= chances.sum()
    expected = np.zeros((5, K))
    for path, chance in zip(paths, chances, strict=True):
        expected[np.arange(5), path] += chance
    np.testing.assert_allclose(marginals(scores, moves), expected, atol=1e-5)


def test_no_words_give_no_spans() -> None:
    assert decode(np.zeros((0, K), np.float32), np.zeros((K + 1, K), np.float32)) == []


def test_a_bias_against_outside_finds_more() -> None:
    scores, moves = np.zeros((3, K), np.float32), np.zeros((K + 1, K), np.float32)
    scores[:, 0] = 1.0
    scores[1, 1] = 0.5
    assert not decode(scores, moves)
    assert len(decode(scores, moves, outside_bias=1.0)) >= 1
