"""The Python face: each function imports what it needs when it is called, so that `import vakanuvis` stays cheap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vakanuvis.errors import InputError
from vakanuvis.readings import Readings
from vakanuvis.records import Reading, Report

if TYPE_CHECKING:
    from vakanuvis.extraction import Extractor
    from vakanuvis.store import Chronicle


def read(
    text: str | Report,
    *,
    published: date | datetime | str | None = None,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
    id: str | None = None,
    min_confidence: float = 0.0,
) -> Reading:
    """Read one report.

    Args:
        text: the report's text; offsets of the reading count its characters as they are. A `Report` is read as it is.
        published: day or time of publication; a string is in ISO 8601.
        title, url, outlet: where known.
        language: ISO 639-1 code; detected where it is not given.
        id: how the report is called; made from the text where it is not given.
        min_confidence: events and mentions of less are left out (0 to 1).

    Raises:
        InputError: the text is empty, binary or too long, or `published` is no date.
        ModelError: the model's files are missing or damaged.
    """
    if not isinstance(text, Report):
        text = _report(
            {
                "text": text,
                "published": published,
                "title": title,
                "url": url,
                "outlet": outlet,
                "language": language,
                "id": id,
            }
        )
    return _extractor().read(text, min_confidence=min_confidence)


def read_many(
    reports: Iterable[str | Report | Mapping[str, Any] | InputError], *, min_confidence: float = 0.0
) -> Readings:
    """Read reports: texts, `Report` records, objects with the fields of `read`, or what `gather` gives.

    One that cannot be read does not stop the rest; it is found in `Readings.faults`.

    Raises:
        ModelError: the model's files are missing or damaged.
        TypeError: one report is given in the place of many.
    """
    if isinstance(reports, (str, Report, Mapping)):
        raise TypeError("read_many takes a list of reports, or what gather gives; read takes one report")
    faults: list[InputError] = []

    def good() -> Iterator[Report]:
        for number, item in enumerate(reports, 1):
            try:
                if isinstance(item, InputError):
                    raise item
                yield item if isinstance(item, Report) else _report(item, number)
            except InputError as error:
                faults.append(error)

    readings = list(_extractor().read_many(good(), min_confidence=min_confidence))
    return Readings(readings, faults)


def _report(item: object, number: int | None = None) -> Report:
    from vakanuvis.intake import as_datetime, from_row

    source = "text" if number is None else f"report {number}"
    if not isinstance(item, (str, Mapping)):
        raise InputError(source, f"a text, a Report or a dictionary is expected, here is {type(item).__name__}")
    row: dict[str, Any] = {"text": item} if isinstance(item, str) else dict(item)
    if isinstance(row.get("published"), date):
        row["published"] = str(as_datetime(row["published"]))
    text = row.get("text")
    digest = blake2b(text.encode(errors="replace"), digest_size=6).hexdigest() if isinstance(text, str) else ""
    return from_row(row, id=f"text-{digest}", source=source)


def open(chronicle: str | Path, *, wait: float = 60.0) -> Chronicle:
    """Open a chronicle, or make one with the first `add`.

    Args:
        chronicle: a DuckDB file, or `postgresql://user@host/database`.
        wait: seconds to wait for another writer.
    """
    from vakanuvis.store import Chronicle

    return Chronicle(chronicle, wait=wait)


@cache
def _extractor() -> Extractor:
    from vakanuvis.extraction import Extractor

    return Extractor.load()
