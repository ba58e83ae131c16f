"""Readings out of JSON Lines in the shape of docs/record.md, the inverse of `Reading.to_dict`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from vakanuvis.annotation import format
from vakanuvis.errors import InputError
from vakanuvis.intake import from_row
from vakanuvis.intake.reports import parse_json
from vakanuvis.ontology import ROLES
from vakanuvis.records import Event, Mention, Reading

_WORDS: Final = ("mode", "status")
_COUNTS: Final = ("dead", "injured")


def load(path: str | PathLike[str]) -> list[Reading]:
    """The readings of an annotation file (`.ann`) or of JSON Lines, each id once.

    Raises:
        InputError: the file cannot be read, or a line of it is no record.
        AnnotationError: an annotation file breaks the format.
    """
    name = fspath(path)
    readings = format.load(path) if Path(path).suffix == ".ann" else list(_lines(name))
    if not readings:
        raise InputError(name, "empty: there is no record in it")
    return readings


def reading(row: object, source: str, line: int | None = None) -> Reading:
    """A reading from a JSON object.

    Args:
        source: the file it came from, for messages.
        line: the line in it.

    Raises:
        InputError: a field is missing or of a wrong kind, a span lies outside of the text, or a role names no mention.
    """
    report = from_row(row, id="", source=source, line=line)
    assert isinstance(row, Mapping)
    if not report.id:
        raise InputError(source, "no field 'id'", line)
    try:
        mentions = tuple(_mention(item, len(report.text)) for item in _items(row, "mentions"))
        keys = {mention.id for mention in mentions}
        events = tuple(_event(item, len(report.text), keys) for item in _items(row, "events"))
    except ValueError as error:
        raise InputError(source, str(error), line) from None
    return Reading(report, mentions, events, tuple(row.get("warnings", ())))


def _lines(name: str) -> Iterator[Reading]:
    seen: dict[str, int] = {}
    try:
        with Path(name).open("rb") as file:
            for number, data in enumerate(file, 1):
                if not data.strip():
                    continue
                if not seen and data.lstrip(b"\xef\xbb\xbf \t")[:1] != b"{":
                    raise InputError(name, "neither an annotation file (.ann) nor JSON Lines", number)
                found = reading(parse_json(data, name, number), name, number)
                key = found.report.id
                if key in seen:
                    raise InputError(name, f"the id {key!r} stands in line {seen[key]} already", number)
                seen[key] = number
                yield found
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from None


def _items(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = row.get(name)
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ValueError(f"field {name!r}: a list of objects is expected")
    return items


def _mention(item: Mapping[str, Any], length: int) -> Mention:
    return Mention(*_span(item, length), confidence=_confidence(item))


def _event(item: Mapping[str, Any], length: int, mentions: set[str]) -> Event:
    span = _span(item, length)
    where = f"event {span[0]}"
    fields: dict[str, Any] = {"status": ""}
    for name in (*_WORDS, *_COUNTS):
        value = item.get(name)
        if value is not None:
            kind = str if name in _WORDS else int
            if not isinstance(value, kind):
                raise ValueError(f"{where}: {name} is {value!r}")
            fields[name] = value
    for name in ("context", *ROLES):
        values = item.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError(f"{where}: {name} is {values!r}, a list of strings is expected")
        unknown = [value for value in values if name != "context" and value not in mentions]
        if unknown:
            raise ValueError(f"{where}: {name} names no mention: {unknown[0]!r}")
        fields[name] = tuple(values)
    return Event(*span, **fields, confidence=_confidence(item))


def _span(item: Mapping[str, Any], length: int) -> tuple[str, str, int, int]:
    key, kind, start, end = (item.get(name) for name in ("id", "type", "start", "end"))
    if not (isinstance(key, str) and isinstance(kind, str)):
        raise ValueError(f"a mention or an event has no id or no type: {dict(item)!r:.80}")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise ValueError(f"{key}: from {start} to {end} is no span of a text of {length} characters")
    return key, kind, start, end


def _confidence(item: Mapping[str, Any]) -> float:
    value = item.get("confidence", 1.0)
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError(f"{item.get('id')}: confidence is {value!r}, a number from 0 to 1 is expected")
    return float(value)
