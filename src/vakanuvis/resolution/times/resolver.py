"""Time mentions of a reading, read against its day of publication."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from vakanuvis.records import Mention, Reading, When
from vakanuvis.resolution.times.grammar import Meaning, Setting, read
from vakanuvis.resolution.times.spans import Span
from vakanuvis.resolution.times.words import Item, items

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?![\d./]*\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LANGUAGES = ("tr", "en", "ar")
_TENSES = {"future": 1, "hypothetical": 0, "actual": -1, "historical": -1, "negated": 0}


def when(text: str, published: date, *, language: str | None = None) -> When | None:
    """The days that a time expression means; None where it tells no days.

    Args:
        text: the expression, in Turkish, English or Arabic: `geçen hafta salı`, `two years ago`, `تشرين الأول 2023`.
        published: the day that it is read against.
        language: ISO 639-1 code of its language; guessed where it is not given.
    """
    return _when("", text, Setting(published), language)


def publication(day: date) -> When:
    """The report's own day, standing in for one that is told."""
    return When("", "", day, day, "day", "publication", 0.6)


def resolve(reading: Reading) -> dict[str, When]:
    """When the TIME mentions of a reading are, by the mention's id; those that tell no days are left out.

    An event that is told as yet to come looks ahead (`salı günü`, `15 Ocak`), one told as past looks back; `ertesi gün`
    counts from the day told before it. A reading without a day of publication has absolute dates only.
    """
    day = reading.report.day
    tenses = {key: _TENSES[event.status] for event in reading.events for key in event.time if event.status in _TENSES}
    found: dict[str, When] = {}
    before: date | None = None
    for mention in sorted(reading.mentions, key=lambda mention: mention.start):
        if mention.type != "TIME":
            continue
        told = _told(reading, mention, Setting(day, before, tenses.get(mention.id, 0)) if day else None)
        if told:
            found[mention.id] = told
            if told.precision == "day" and told.start == told.end:
                before = told.start
    return found


def _told(reading: Reading, mention: Mention, setting: Setting | None) -> When | None:
    text, language = reading.words(mention), reading.report.language
    if setting:
        return _when(mention.id, text, setting, language)
    # Without a day of publication only what means the same read from two far days is told.
    early, late = (_when(mention.id, text, Setting(date(year, 6, 15)), language) for year in (1970, 2020))
    return early if early and late and (early.start, early.end) == (late.start, late.end) else None


def _when(mention: str, text: str, setting: Setting, language: str | None) -> When | None:
    figures = text.translate(_DIGITS)
    if _ISO.search(figures) or _DOTTED.search(figures):
        found = _numeric(figures, setting)
    else:
        found = _read(text, setting, language or _script(text))
    if found is None:
        return None
    span = found.span
    return When(mention, text, span.start, span.end, span.precision, "expression", found.confidence)


def itemised(text: str, language: str | None) -> tuple[Item, ...]:
    """The items of an expression, in its language or, where that is not known, in the one that knows most of it."""
    language = language or _script(text)
    every = [tuple(items(text, other)) for other in ((language,) if language in _LANGUAGES else ("tr", "en"))]
    return min(every, key=lambda found: sum(item.kind == "?" for item in found))


def in_figures(text: str) -> bool:
    """Whether an expression has a date all in figures: 05.11.2025."""
    figures = text.translate(_DIGITS)
    return bool(_ISO.search(figures) or _DOTTED.search(figures))


def impossible_figures(text: str) -> bool:
    """Whether a date all in figures is of a day that there is not: 31.11.2025."""
    return in_figures(text) and _numeric(text.translate(_DIGITS), Setting(date(2000, 1, 1))) is None


def _numeric(text: str, setting: Setting) -> Meaning | None:
    """A date all in figures; of 11/05/2025, which may be May or November, what is nearer to the report."""
    iso, dotted = _ISO.search(text), _DOTTED.search(text)
    try:
        if iso:
            day = date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
        elif dotted:
            a, b, year = (int(dotted[i]) for i in (1, 3, 4))
            if year < 100:  # the century in which it is no more than ten years ahead
                year += 2000 if 2000 + year <= setting.published.year + 10 else 1900
            every = [date(year, month, number) for number, month in ((a, b), (b, a)) if month <= 12]
            day = min(every[: 2 if "/" in dotted.group() else 1], key=lambda day: abs(day - setting.published))
        else:
            return None
    except ValueError:
        return None
    return Meaning(Span(day, day, "day"), 0.98)


@lru_cache(maxsize=16384)
def _read(text: str, setting: Setting, language: str | None) -> Meaning | None:
    if language in _LANGUAGES:
        found = read(items(text, language), setting)
        if found:
            return found
    readings = [read(items(text, other), setting) for other in ("tr", "en") if other != language]
    return max((found for found in readings if found), key=lambda found: found.confidence, default=None)


def _script(text: str) -> str | None:
    return "ar" if re.search("[\u0600-\u06ff]", text) else None
