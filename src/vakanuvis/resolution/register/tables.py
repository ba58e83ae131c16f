"""The tables on disk: CSV in UTF-8 with a header, `|` between the values of one cell. Reads and writes them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from vakanuvis.errors import RegisterError
from vakanuvis.resolution.register.entries import Office, Organisation, Person, Polity, Source, Term

# file name without .csv -> record, and how many leading columns make a row unique
TABLES: dict[str, tuple[type[Any], int]] = {
    "polities": (Polity, 1),
    "organisations": (Organisation, 1),
    "persons": (Person, 1),
    "offices": (Office, 1),
    "terms": (Term, 3),
    "sources": (Source, 1),
}
_COLUMN_OF_FIELD = {"start": "from", "end": "to"}

Row = tuple[str, ...]


@cache
def columns(table: str) -> tuple[str, ...]:
    """The header of a table."""
    return tuple(_COLUMN_OF_FIELD.get(f.name, f.name) for f in fields(TABLES[table][0]))


def read(folder: Path, table: str) -> list[Row]:
    """The rows of a table, as text; none where the folder has no such file.

    Raises:
        RegisterError: the file is no such table; names the file and the line.
    """
    path = folder / f"{table}.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = columns(table)
    if tuple(next(reader, ())) != header:
        raise RegisterError(f"{path}:1: the header must be {','.join(header)}")
    rows = []
    for cells in reader:
        if len(cells) != len(header):
            raise RegisterError(f"{path}:{reader.line_num}: {len(cells)} cells, not {len(header)}")
        rows.append(tuple(cells))
    return rows


def write(folder: Path, table: str, rows: Iterable[Row]) -> None:
    """Write a table, sorted, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{table}.csv.{os.getpid()}"
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns(table))
        writer.writerows(sorted(rows))
    part.replace(folder / f"{table}.csv")


def record(table: str, row: Row) -> Any:
    """The record of a row.

    Raises:
        RegisterError: a yes/no cell holds something else.
    """
    made: list[object] = []
    for kind, name, cell in zip(_kinds(table), columns(table), row, strict=True):
        if kind == "str":
            made.append(cell)
        elif kind == "bool":
            if cell not in ("yes", "no"):
                raise RegisterError(f"{table}.csv: {row[0]}: {name} must be yes or no, not {cell!r}")
            made.append(cell == "yes")
        else:
            made.append(tuple(cell.split("|")) if cell else ())
    return TABLES[table][0](*made)


@cache
def _kinds(table: str) -> tuple[str, ...]:
    return tuple(str(f.type) for f in fields(TABLES[table][0]))
