"""The text of a report in pieces, each with what is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 60_000  # characters of a text that are shown
# Characters that turn the direction of what follows could make evidence read as something else.
_TURNING = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069], "\ufffd")
_TURNING |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")


def plain(text: str | None) -> str:
    """A text with what would turn its direction or control a screen shown as �, one for one, so that offsets hold."""
    return (text or "").translate(_TURNING)


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked.

    Attributes:
        kind: "event", "mention", "finding" or "here" (the trigger that a telling is about).
        key: id of what it marks.
        start, end: offsets in the text.
        label: what a screen reader and a tooltip say of it.
        code: the event's or the mention's type.
    """

    kind: str
    key: str
    start: int
    end: int
    label: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text. `mark` is its link; `kinds` says what all covers it, `finding` which finding does."""

    text: str
    mark: Mark | None = None
    kinds: frozenset[str] = frozenset()
    first: bool = False
    finding: str | None = None


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """A text cut at the borders of its marks. Of marks that overlap, an event goes before a mention before a finding.

    Args:
        text: the whole text.
        marks: the marks, in any order.
        start, end: the part of the text that is wanted.
    """
    end = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < m.end and m.start < end and m.end > start]
    borders = sorted({start, end, *(b for m in inside for b in (m.start, m.end) if start < b < end)})
    ranked = sorted(inside, key=lambda m: (_RANK[m.kind], m.start))
    starts = _by_start(ranked)
    found: list[Piece] = []
    active: list[Mark] = []
    seen: set[tuple[str, str]] = set()
    for left, right in pairwise(borders):
        active = [m for m in active if m.end > left] + starts.pop(left, [])
        if left == start:
            active += [m for m in ranked if m.start < start and m not in active]
        active.sort(key=lambda m: _RANK[m.kind])
        mark = next((m for m in active if m.kind != "finding"), active[0] if active else None)
        first = mark is not None and (mark.kind, mark.key) not in seen
        if mark:
            seen.add((mark.kind, mark.key))
        finding = next((m.key for m in active if m.kind == "finding"), None)
        found.append(Piece(plain(text[left:right]), mark, frozenset(m.kind for m in active), first, finding))
    return found


_RANK = {"here": 0, "event": 1, "mention": 2, "finding": 3}


def _by_start(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.start, []).append(mark)
    return found
