"""Coded events in the formats of the field: PLOVER's exchange format, POLECAT's and ICEWS's tables, Parquet."""

from vakanuvis.exports.formats import FORMATS, Writer, writer
from vakanuvis.exports.rules import Published, publish

__all__ = ["FORMATS", "Published", "Writer", "publish", "writer"]
