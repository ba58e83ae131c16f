"""What the exports of whole JSON documents share: answers page by page, members written one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any

import pyarrow as pa

PAGE = 2000


def pages(question: Callable[..., pa.Table], **filters: Any) -> Iterator[list[dict[str, Any]]]:
    """The rows that a method of a chronicle answers with, in pages, so that memory stays bounded."""
    offset = 0
    while rows := question(limit=PAGE, offset=offset, **filters).to_pylist():
        yield rows
        offset += PAGE


def write_document(stream: IO[str], head: str, members: Iterable[dict[str, Any]]) -> int:
    """Write a JSON object whose last field is a list, one member a line.

    Args:
        head: its text up to the list.

    Returns:
        How many members were written.
    """
    stream.write(f"{head}[")
    number = 0
    for number, member in enumerate(members, 1):
        stream.write(("," if number > 1 else "") + "\n" + json.dumps(member, ensure_ascii=False, default=_iso))
    stream.write("\n]}\n")
    return number


def _iso(value: date) -> str:
    return value.isoformat()
