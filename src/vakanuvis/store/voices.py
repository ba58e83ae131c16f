"""Near-duplicate texts: reports whose texts are copies of each other bear the number of one of them, their voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vakanuvis.chronicle import wording
from vakanuvis.store.engines import Row, Session
from vakanuvis.store.filters import INTEGERS


class _Groups:
    """Numbers put together; each group is named by its lowest."""

    def __init__(self) -> None:
        self._joined: dict[int, int] = {}

    def root(self, number: int) -> int:
        while number in self._joined:
            number = self._joined[number]
        return number

    def join(self, a: int, b: int) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        if one != other:
            self._joined[other] = one

    def joined(self) -> Iterable[int]:
        return self._joined


def find(
    session: Session, shingled: dict[int, frozenset[int]], bands: Mapping[int, Sequence[int]], marked: Iterable[Row]
) -> tuple[dict[int, int], set[int]]:
    """Find out which voices some new reports belong to.

    Args:
        session: the transaction.
        shingled: the shingles of the new reports' texts, by number; the numbers are higher than the chronicle's.
        bands: the numbers of their MinHash bands.
        marked: what the chronicle has filed under these numbers, and perhaps under others.

    Returns:
        The voice of each; and the reports of the chronicle whose voice has changed, as a new text is a copy of two that
        were none of each other.
    """
    shingled = dict(shingled)
    voice = {number: number for number in shingled}
    new = frozenset(voice)
    filed: dict[int, list[int]] = {}
    for number, numbers in bands.items():
        for band in numbers:
            filed.setdefault(band, []).append(number)
    pairs = {(a, b) for them in filed.values() for a in them for b in them if a < b}
    for band, report in marked:
        pairs.update((report, number) for number in filed.get(band, ()))
    earlier = sorted({a for a, _ in pairs if a not in new})
    if earlier:
        voice.update(session.rows(f"SELECT no, voice FROM report WHERE no IN {INTEGERS}", [earlier]))
    groups = _Groups()

    def compare(some: Iterable[tuple[int, int]]) -> None:
        """Put together which of some pairs are copies, as far as others have not put them together already."""
        apart = sorted((a, b) for a, b in some if groups.root(voice[a]) != groups.root(voice[b]))
        unread = sorted({a for a, _ in apart} - shingled.keys())
        if unread:
            for no, text in session.rows(f"SELECT no, text FROM report WHERE no IN {INTEGERS}", [unread]):
                shingled[no] = wording.shingles(text)
        for a, b in apart:
            if groups.root(voice[a]) != groups.root(voice[b]) and wording.same_text(shingled[a], shingled[b]):
                groups.join(voice[a], voice[b])

    # A text with a thousand copies is a copy of the first of them as a rule, and the others need not be read.
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b in sorted(pairs):
        if a not in new:
            first.setdefault((voice[a], b), (a, b))
    compare(first.values())
    compare(pairs)
    moved: set[int] = set()
    for old in [group for group in groups.joined() if group not in new]:
        moved.update(no for (no,) in session.rows("SELECT no FROM report WHERE voice = ?", [old]))
        session.rows("UPDATE report SET voice = ? WHERE voice = ?", [groups.root(old), old])
    return {number: groups.root(number) for number in new}, moved


def regroup(session: Session, voices: Sequence[int]) -> set[int]:
    """Group the reports of some voices anew, after some of them were taken away; gives all of them."""
    texts = {
        no: wording.shingles(text) for no, text in session.rows(
            f"SELECT no, text FROM report WHERE voice IN {INTEGERS} ORDER BY no", [list(voices)]
        )
    }  # fmt: skip
    bands = {no: set(wording.bands(shingled)) for no, shingled in texts.items()}
    groups = _Groups()
    for b in texts:
        for a in texts:
            if (
                a < b
                and groups.root(a) != groups.root(b)
                and bands[a] & bands[b]
                and wording.same_text(texts[a], texts[b])
            ):
                groups.join(a, b)
    changes: list[list[Any]] = [list(texts), [groups.root(no) for no in texts]]
    session.rows(
        "UPDATE report SET voice = x.v FROM (SELECT unnest(CAST(? AS INTEGER[])) AS n, "
        "unnest(CAST(? AS INTEGER[])) AS v) AS x WHERE report.no = x.n",
        changes,
    )
    return set(texts)
