"""From what a source says of a report to a `Report`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from vakanuvis.errors import InputError
from vakanuvis.intake import language, texts
from vakanuvis.records import Report

# The record that Vakanüvis prints calls two fields by shorter names, so that its output can be its input.
_OTHER_NAMES: Final = {"published": "date", "language": "lang"}
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a report that does not say it itself. `language` is an ISO 639-1 code."""

    published: datetime | None = None
    title: str | None = None
    outlet: str | None = None
    language: str | None = None


UNKNOWN: Final = Defaults()


def make(
    text: str,
    *,
    id: str,
    source: str,
    line: int | None = None,
    title: str | None = None,
    published: datetime | None = None,
    url: str | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    defaults: Defaults = UNKNOWN,
) -> Report:
    """A report, its text checked and its language detected where none is given.

    Args:
        source: the file or stream it came from.
        line: the line in it, from 1.
        lang: a language tag; one that is not understood counts as none.
        defaults: what holds where the arguments are None.

    Raises:
        InputError: the text cannot be read as one report.
    """
    fault = texts.fault(text)
    if fault:
        raise InputError(source, fault, line)
    return Report(
        id=id,
        text=text,
        title=title or defaults.title,
        published=published or defaults.published,
        url=url,
        outlet=outlet or defaults.outlet,
        language=(lang and language.normalise(lang)) or defaults.language or language.detect(text),
        source=source if line is None else f"{source}:{line}",
    )


def from_row(row: object, *, id: str, source: str, line: int | None = None, defaults: Defaults = UNKNOWN) -> Report:
    """A report from an object with `text` and, where known, `id`, `title`, `published`, `url`, `outlet`, `language`.

    Args:
        row: the object; a field that is null or missing counts as unknown, others than these are passed over.
        id: the id of a row that has none.

    Raises:
        InputError: it is no object, has no text, or a field is of a wrong kind.
    """
    if not isinstance(row, Mapping):
        raise InputError(source, f"a JSON object is expected, here is {_kind(row)}", line)
    values: dict[str, str | None] = {}
    for key in ("text", "id", "title", "published", "url", "outlet", "language"):
        value = row.get(key)
        if value is None and key in _OTHER_NAMES:
            value = row.get(_OTHER_NAMES[key])
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputError(source, f"field {key!r}: a string is expected, here is {_kind(value)}", line)
        values[key] = value
    if values["text"] is None:
        raise InputError(source, "no field 'text'", line)
    try:
        published = parse_published(values["published"]) if values["published"] else None
    except ValueError as error:
        raise InputError(source, f"field 'published': {error}", line) from None
    clean = {key: _UNSTORABLE.sub("\ufffd", value).strip() if value else "" for key, value in values.items()}
    return make(
        values["text"],
        id=clean["id"] or id,
        source=source,
        line=line,
        title=clean["title"] or None,
        published=published,
        url=clean["url"] or None,
        outlet=clean["outlet"] or None,
        lang=clean["language"] or None,
        defaults=defaults,
    )


def parse_json(data: bytes | str, source: str, line: int | None = None) -> Any:
    """A JSON value.

    Raises:
        InputError: it is none, with what is wrong and where.
    """
    try:
        text = data if isinstance(data, str) else texts.decode(data)
        return json.loads(text.removeprefix("\ufeff").rstrip())
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if line is not None else f"line {error.lineno}, column {error.colno}"
        raise InputError(source, f"broken JSON at {place}: {error.msg}", line) from None
    except RecursionError:
        raise InputError(source, "JSON nested too deeply", line) from None
    except ValueError as error:
        raise InputError(source, str(error), line) from None


def parse_published(text: str) -> datetime:
    """The time that an ISO 8601 date or time, or an e-mail date as feeds have it, means. A day alone is its midnight.

    Raises:
        ValueError: it is neither.
    """
    text = text.strip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no date; write 2025-01-05 or 2025-01-05T14:30+03:00") from None


def as_datetime(published: date | datetime | str | None) -> datetime | None:
    """A time of publication as users give it, as a datetime.

    Raises:
        ValueError: a string that is no date.
    """
    if published is None or isinstance(published, datetime):
        return published
    if isinstance(published, date):
        return datetime(published.year, published.month, published.day)
    return parse_published(published)


def warnings(report: Report) -> tuple[str, ...]:
    """What a user should know of reading this report: another language, broken bytes."""
    found = [language.warning(report.language)]
    broken = report.text.count("\ufffd")
    if broken:
        found.append(f"{broken} broken character{'s' * (broken > 1)} in the text, shown as \ufffd")
    return tuple(line for line in found if line)


def unique(id: str, longer: str, seen: set[str]) -> str:
    """The first of `id`, `longer`, `longer-2`, `longer-3` ... that is not in `seen`; adds it there."""
    for candidate in _candidates(id, longer):
        if candidate not in seen:
            seen.add(candidate)
            return candidate
    raise AssertionError("unreachable")


def _candidates(id: str, longer: str) -> Iterator[str]:
    yield id
    yield longer
    number = 2
    while True:
        yield f"{longer}-{number}"
        number += 1


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)  # Python's users give other things than JSON has
