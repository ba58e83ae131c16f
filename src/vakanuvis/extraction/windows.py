"""Reports that are longer than the model's window are read in windows that overlap.

Each word is taken from the window in which it stands farthest from an edge, so that nothing shows where one window ends
and the next begins.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

# Subwords a window, without the two that mark its ends. The model could take 510, but attention's cost grows with the
# square, and hardly anything that a word is decided by lies farther off than this.
LONGEST = 384
SHARED = 96  # subwords that neighbouring windows share, about


@dataclass(frozen=True, slots=True)
class Window:
    """The words [first, last) of a report that are read together, and those [take_first, take_last) taken from it."""

    first: int
    last: int
    take_first: int
    take_last: int


def windows(sizes: Sequence[int], longest: int = LONGEST, shared: int = SHARED) -> list[Window]:
    """Cut words into windows, as few as can be and all about as long.

    Args:
        sizes: subwords of each word; none is larger than `longest`.
        longest: most subwords in a window.
        shared: subwords that a window shares with the one before, at least where words allow.
    """
    count = max(1, -(-(sum(sizes) - shared) // (longest - shared)))
    even = -(-(sum(sizes) + (count - 1) * shared) // count)
    longest = min(longest, even + max(sizes, default=0))
    edges: list[tuple[int, int]] = []
    first = 0
    while first < len(sizes):
        last, filled = first, 0
        while last < len(sizes) and filled + sizes[last] <= longest:
            filled += sizes[last]
            last += 1
        edges.append((first, last))
        if last == len(sizes):
            break
        back, first = 0, last
        while first - 1 > edges[-1][0] and back < shared:
            first -= 1
            back += sizes[first]
    # Each border lies in the middle of what two windows share.
    cuts = [0, *((a[1] + b[0]) // 2 for a, b in itertools.pairwise(edges)), len(sizes)]
    return [Window(a, b, cuts[i], cuts[i + 1]) for i, (a, b) in enumerate(edges)]
