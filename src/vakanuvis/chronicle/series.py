"""When a monthly series changed for good.

PELT: Killick, Fearnhead, Eckley, "Optimal detection of changepoints with a linear computational cost", JASA 2012. The
cost of a segment is its squared distance from its mean; the penalty of a change is 3 σ² ln n, with σ from the median
absolute difference of neighbours, so that a change of level does not widen it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

SHORTEST = 3  # months that a level must hold
PENALTY = 3.0


def change_points(series: Sequence[float]) -> list[int]:
    """Positions at which a new level begins, none in a series that never changes or is shorter than two levels."""
    n = len(series)
    if n < 2 * SHORTEST:
        return []
    spread = _spread(series)
    if spread == 0:
        return []
    penalty = PENALTY * spread**2 * math.log(n)
    sums, squares = [0.0], [0.0]
    for value in series:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)

    def cost(start: int, end: int) -> float:
        return squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)

    best = [-penalty] + [math.inf] * n
    before = [0] * (n + 1)
    starts = [0]
    for end in range(SHORTEST, n + 1):
        costs = [(best[start] + cost(start, end) + penalty, start) for start in starts]
        best[end], before[end] = min(costs)
        # A start that is beaten by now even without a further penalty can never win again.
        starts = [start for total, start in costs if total - penalty <= best[end]]
        if end - SHORTEST + 1 >= SHORTEST:
            starts.append(end - SHORTEST + 1)
    found = []
    end = n
    while before[end]:
        end = before[end]
        found.append(end)
    return found[::-1]


def _spread(series: Sequence[float]) -> float:
    """The standard deviation about the level, robust against changes of it."""
    steps = [abs(b - a) for a, b in pairwise(series)]
    middle = median(steps)
    if middle == 0:
        middle = sum(steps) / len(steps)
    return middle * 1.4826 / math.sqrt(2)
