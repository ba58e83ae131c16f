"""Time expressions that cannot be: days that no calendar has, weekdays that a date did not have.

What is told side by side (`dün, 3 Kasım Salı günü`) is held together. A date without a year is held against its weekday
only near the publication, and not where another year that the report tells of makes it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from vakanuvis.records import Mention, Reading, When
from vakanuvis.resolution.times import resolver
from vakanuvis.resolution.times.grammar import impossible
from vakanuvis.resolution.times.words import Item

# Days around the publication in which a date without a year is sure to be of that year.
_NEAR = 92
# Reports come out a day after they were written, so that `yesterday` may be a day off.
_LATE = 1
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BESIDE = re.compile(r"\s*[,،(]?\s*(?:(?:on|the|yani|olan|أي|الموافق|يوم)\s+)?")
_LISTED = re.compile(r"\s*(?:[,،]|ve\b|ile\b|and\b|or\b|to\b|ila\b|و|[-–—])\s*")


@dataclass(frozen=True, slots=True)
class Slip:
    """A time expression that cannot be.

    Attributes:
        start, end: its place in the text of the report.
        claim: what does not add up, in a sentence.
        day: the day told; None where there is no such day.
        right: the weekday that the day had, where the weekday is wrong; empty otherwise.
    """

    start: int
    end: int
    claim: str
    day: date | None
    right: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A time mention with its words' kinds and, where it is a single day, that day."""

    mention: Mention
    items: tuple[Item, ...]
    figures: bool
    day: date | None

    @property
    def dated(self) -> bool:
        """Whether it tells a day of a month."""
        return self.figures or {"number", "month"} <= {item.kind for item in self.items}

    @property
    def with_year(self) -> bool:
        """Whether it tells the year of its date."""
        return self.figures or any(item.kind == "year" for item in self.items)

    @property
    def weekdays(self) -> set[int]:
        """The weekdays it names."""
        return {item.number for item in self.items if item.kind == "weekday"}

    @property
    def alone(self) -> bool:
        """Whether it tells a day by its weekday or by the publication, and nothing from or until it."""
        return {item.kind for item in self.items} <= {"weekday", "day", "part", "clock", "in", "this", "unit"}

    @property
    def relative(self) -> bool:
        """Whether it tells a day counted from the publication: yesterday."""
        return any(item.kind == "day" for item in self.items)


def slips(reading: Reading, times: Mapping[str, When]) -> Iterator[Slip]:
    """The time expressions of a reading that cannot be.

    Args:
        reading: the reading.
        times: its days as `resolve` gives them.
    """
    told = [_told(reading, mention, times) for mention in _mentions(reading)]
    for one in told:
        if _no_such_day(one, reading):
            yield _slip(reading, one, one, None, "there is no such day.")
    years = {when.start.year for when in times.values()} | {
        item.number for one in told for item in one.items if item.kind == "year"
    }
    held = [(one, one) for one in told]
    held += [(a, b) for a, b in pairwise(told) if _beside(reading, a, b, told)]
    for first, second in held:
        yield from _weekday(reading, first, second, years)
        yield from _relative(reading, first, second)


def _mentions(reading: Reading) -> list[Mention]:
    return sorted((m for m in reading.mentions if m.type == "TIME"), key=lambda mention: (mention.start, mention.end))


def _told(reading: Reading, mention: Mention, times: Mapping[str, When]) -> _Told:
    words, when = reading.words(mention), times.get(mention.id)
    items = resolver.itemised(words, reading.report.language)
    day = when.start if when and when.start == when.end else None
    return _Told(mention, items, resolver.in_figures(words), day)


def _slip(reading: Reading, first: _Told, second: _Told, day: date | None, claim: str, right: str = "") -> Slip:
    start, end = first.mention.start, second.mention.end
    return Slip(start, end, f"“{reading.report.text[start:end]}”: {claim}", day, right)


def _no_such_day(one: _Told, reading: Reading) -> bool:
    if one.day is not None:
        return False
    return resolver.impossible_figures(reading.words(one.mention)) if one.figures else impossible(one.items)


def _beside(reading: Reading, first: _Told, second: _Told, told: Sequence[_Told]) -> bool:
    """Whether two mentions tell one day: side by side, and not two of a list."""
    text = reading.report.text
    if not _BESIDE.fullmatch(text, first.mention.end, second.mention.start):
        return False
    behind = [one.mention for one in told if one.mention.start >= second.mention.end]
    before = [one.mention for one in told if one.mention.end <= first.mention.start]
    return not (
        (behind and _LISTED.fullmatch(text, second.mention.end, behind[0].start))
        or (before and _LISTED.fullmatch(text, before[-1].end, first.mention.start))
    )


def _weekday(reading: Reading, first: _Told, second: _Told, years: set[int]) -> Iterator[Slip]:
    """A weekday told with a day that it was not."""
    one, other = _ordered(first, second)
    if one.day is None or not other.weekdays or (other is not one and (one.weekdays or not other.alone)):
        return
    if one.dated:
        days = {one.day} if one.with_year else _days(reading, one, one.day, years)
        wrong = bool(days) and not {day.weekday() for day in days} & other.weekdays
    else:
        near = {one.day + timedelta(shift) for shift in range(-_LATE, _LATE + 1)}
        wrong = one.relative and not {day.weekday() for day in near} & other.weekdays
    if wrong:
        weekday = _WEEKDAYS[one.day.weekday()]
        yield _slip(reading, first, second, one.day, f"{one.day} was a {weekday}.", weekday)


def _days(reading: Reading, one: _Told, day: date, years: set[int]) -> set[date]:
    """The days that a date without a year may be in a report that tells of some years; none where that is open."""
    published = reading.report.day
    historical = any(event.status == "historical" for event in reading.events if one.mention.id in event.time)
    if published is None or historical or abs((day - published).days) > _NEAR:
        return set()
    # 29 February is no day of most years.
    return {day} | {day.replace(year=year) for year in years if (day.month, day.day) != (2, 29)}


def _relative(reading: Reading, first: _Told, second: _Told) -> Iterator[Slip]:
    """A date told with `yesterday` that was not."""
    published = reading.report.day
    other, one = _ordered(first, second)
    if published is None or other.day is None or not (one.relative and other.dated):
        return
    if other is not one and (other.relative or not one.alone):
        return
    shifts = [item.number for item in one.items if item.kind == "day"]
    if len(shifts) == 1 and abs((other.day - published).days - shifts[0]) > _LATE:
        yield _slip(reading, first, second, other.day, f"that is {other.day}; the report was published on {published}.")


def _ordered(first: _Told, second: _Told) -> tuple[_Told, _Told]:
    """The one that tells its day more surely, and the other."""
    if (second.dated, second.relative) > (first.dated, first.relative):
        return second, first
    return first, second
