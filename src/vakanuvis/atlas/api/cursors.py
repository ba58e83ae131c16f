"""Pages of long lists: a cursor names the row after which the next page begins.

A cursor holds where that row stood and a print of it. Where the chronicle has grown in between, the row is looked for
near its old place, so that a reader who goes on misses nothing and sees nothing twice.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from vakanuvis.atlas.problems import Problem

Row = dict[str, Any]
Fetch = Callable[[int, int], list[Row]]  # limit, offset -> rows
_FAR = 100_000_000  # rows that nobody pages through
_AROUND = 500  # rows around its old place in which a row is looked for


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a row.

    Attributes:
        after: how many rows stood before the next one.
        row: a print of the last row.
        question: a print of the question, as a cursor is good for one only.
    """

    after: int
    row: str
    question: str

    def __str__(self) -> str:
        text = json.dumps([self.after, self.row, self.question], separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, question: str) -> Cursor:
        """The cursor that was given out for a question.

        Raises:
            Problem: it is another question's, or none at all.
        """
        try:
            after, row, asked = json.loads(urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        except (ValueError, TypeError):
            after = row = asked = None
        if type(after) is not int or not 0 < after < _FAR or not isinstance(row, str) or asked != question:
            raise Problem(422, "cursor", "Use a cursor only with the question whose answer gave it.")
        return cls(after, row, question)


def print_of(values: Any) -> str:
    """A short print of something."""
    return blake2b(json.dumps(values, default=str).encode(), digest_size=6).hexdigest()


def page(
    fetch: Fetch, limit: int, keys: Sequence[str], question: str, cursor: str | None
) -> tuple[list[Row], str | None]:
    """A page and the cursor of the next one, if there is one.

    Args:
        fetch: gives rows by limit and offset.
        limit: rows on the page.
        keys: columns that name a row.
        question: a print of what is asked.
        cursor: where the page begins; at the beginning without one.
    """

    def name(row: Row) -> str:
        return print_of([row[key] for key in keys])

    start = 0
    if cursor is None:
        rows = fetch(limit + 1, 0)
    else:
        place = Cursor.read(cursor, question)
        rows = fetch(limit + 2, place.after - 1)
        start = place.after
        if rows and name(rows[0]) == place.row:
            rows = rows[1:]
        else:
            first = max(0, place.after - _AROUND)
            for at, row in enumerate(fetch(2 * _AROUND, first), first):
                if name(row) == place.row:
                    start = at + 1
                    break
            rows = fetch(limit + 1, start)
    shown = rows[:limit]
    more = len(rows) > limit and start + limit < _FAR
    return shown, str(Cursor(start + len(shown), name(shown[-1]), question)) if more and shown else None
