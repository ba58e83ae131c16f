"""Reports that are longer than the model's window are read in windows that begin and end where sentences do.

Each window begins a little before the words that are taken from it, so that these see what they refer back to, and
nothing shows where one window ends and the next begins.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

# Subwords a window, without the two that mark its ends. The model could take 510, but attention's cost grows with the
# square, and hardly anything that a word is decided by lies farther off than this.
LONGEST = 208
BEFORE = 8  # the part of a window, one in so many, that earlier words may take


@dataclass(frozen=True, slots=True)
class Window:
    """The words [first, last) of a report that are read together, and those [take_first, take_last) taken from it."""

    first: int
    last: int
    take_first: int
    take_last: int


def windows(sizes: Sequence[int], sentences: Sequence[int], longest: int = LONGEST) -> list[Window]:
    """Cut words into windows of whole sentences, each with the sentence before, or its end where it is long.

    A sentence that is too long for a window is read in parts.

    Args:
        sizes: subwords of each word; none is larger than half of `longest`.
        sentences: the number of the sentence that each word is in.
        longest: most subwords in a window.
    """
    starts = [i for i, number in enumerate(sentences) if i == 0 or number != sentences[i - 1]]
    found: list[Window] = []
    first = filled = 0  # of the window in the making, which takes the words from `begin`
    begin = 0
    for start, end in itertools.pairwise([*starts, len(sizes)]):
        size = sum(sizes[start:end])
        if start > begin and filled + size > longest:
            found.append(Window(first, start, begin, start))
            begin = start
        if start == begin:
            if size > longest:
                found += _parts(sizes, start, end, longest)
                begin = end
                continue
            first, filled = _context(sizes, sentences, start, min(longest // BEFORE, longest - size))
        filled += size
    if begin < len(sizes):
        found.append(Window(first, len(sizes), begin, len(sizes)))
    return found


def _context(sizes: Sequence[int], sentences: Sequence[int], start: int, room: int) -> tuple[int, int]:
    """From where to read before the sentence at `start`, and how many subwords that takes."""
    first, filled = start, 0
    while first > 0 and sentences[first - 1] >= sentences[start - 1] and filled + sizes[first - 1] <= room:
        first -= 1
        filled += sizes[first]
    return first, filled


def _parts(sizes: Sequence[int], start: int, end: int, longest: int) -> list[Window]:
    """Windows over one long sentence that overlap by half; each word is taken where it stands farthest from a cut."""
    edges: list[tuple[int, int]] = []
    first = start
    while first < end:
        last, filled = first, 0
        while last < end and filled + sizes[last] <= longest:
            filled += sizes[last]
            last += 1
        edges.append((first, last))
        if last == end:
            break
        back, first = 0, last
        while first - 1 > edges[-1][0] and back + sizes[first - 1] <= longest // 2:
            first -= 1
            back += sizes[first]
    cuts = [start, *((a[1] + b[0]) // 2 for a, b in itertools.pairwise(edges)), end]
    return [Window(a, b, cuts[i], cuts[i + 1]) for i, (a, b) in enumerate(edges)]
