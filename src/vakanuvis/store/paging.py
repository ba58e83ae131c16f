"""Which part of an answer is asked for, in which order; and what answers share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import pyarrow as pa

from vakanuvis.errors import FilterError
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import ENDS, INTEGERS, Part, where

MOST = 10**12  # no chronicle has so many rows, and both stores take the number
TELLING = pa.list_(
    pa.struct([("report", pa.string()), ("event", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
)


class Asking(ABC):
    """Something that can be asked: the questions of `Chronicle` are spread over classes by what they are about."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Session]:
        """A session that sees one moment's state."""


def limited(limit: int | None, offset: int) -> str:
    """The LIMIT and OFFSET of a page; a number beyond all rows is as good as their number.

    Raises:
        FilterError: one of them is no whole number, or below 0.
    """
    for name, value in (("limit", limit), ("offset", offset)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise FilterError(f"{name}: a whole number, 0 or more, not {value!r}")
    return ("" if limit is None else f" LIMIT {min(limit, MOST)}") + (f" OFFSET {min(offset, MOST)}" if offset else "")


def chosen(
    session: Session, table: str, parts: Sequence[Part], sort: str, limit: int, offset: int, joined: str = ""
) -> list[int]:
    """The numbers of a page's rows of a table, of which the first letter stands for its name in all SQL.

    Args:
        session: where to ask.
        table: the table.
        parts: the conditions.
        sort: the ORDER BY.
        limit, offset: the page.
        joined: further tables that the order needs.
    """
    x, page = table[0], limited(limit, offset)

    def ask(parts: Sequence[Part], rest: str) -> list[int]:
        clause, parameters = where(parts)
        return [no for (no,) in session.rows(f"SELECT {x}.no FROM {table} {x}{joined}{clause}{rest}", parameters)]

    since = next((part for part in parts if part[0] == ENDS.format(x=x)), None)
    if since is None:
        return ask(parts, sort + page)
    # In the order of their first days, all that was before would have to be gone through for what has not ended yet. So
    # that is asked for apart: there is little of it, as most last a day.
    (day,), others = since[1], [part for part in parts if part is not since]
    found = ask([*others, (f"{x}.day_first >= ?", [day])], sort + limited(limit + offset, 0))
    lasting = f"{x}.day_last > {x}.day_first AND {x}.day_first < ? AND {x}.day_last >= ?"
    begun = ask([*others, (lasting, [day, day])], "")
    if begun or offset:
        found = ask([(f"{x}.no IN {INTEGERS}", [found + begun])], sort + page)
    return found


def paged(order: str, orders: dict[str, str], tie: str, limit: int | None, offset: int) -> str:
    """The order of rows, and the page of them."""
    return ordered(order, orders, tie) + limited(limit, offset)


def ordered(order: str, orders: dict[str, str], tie: str) -> str:
    """The ORDER BY of a name, with `-` before it for the largest first, and of what tells equal rows apart.

    Raises:
        FilterError: rows cannot be ordered by that.
    """
    name = order.removeprefix("-")
    if name not in orders:
        raise FilterError(f"order: there is no {name!r}; there are: {', '.join(orders)} (-{name} turns it round)")
    way = "DESC" if order.startswith("-") else "ASC"
    return f" ORDER BY {orders[name]} {way} NULLS LAST, {tie}"


def these(table: str, numbers: Iterable[int]) -> tuple[str, list[Any]]:
    """The WHERE clause of some rows, by their numbers.

    A page is chosen first by the columns that choose and sort it, and its rows are read then: in one go, all columns
    of all rows would be read.
    """
    return f" WHERE {table}.no IN {INTEGERS}", [list(numbers)]
