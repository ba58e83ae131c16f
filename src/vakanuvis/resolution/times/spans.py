"""Days on the calendar: units that contain a day, units shifted, feasts that move."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

# First and last month of each season, of the northern hemisphere; winter ends in the year after it began.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_NTH_WEEKDAY = re.compile(r"(?P<month>\d\d)-(?P<count>\d)w(?P<weekday>\d)(?:\+(?P<after>\d))?")
_HIJRI_FIRST, _HIJRI_LAST = date(1924, 8, 1), date(2077, 11, 16)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from start to end, both included, and how exactly they are told (`records.When.precision`)."""

    start: date
    end: date
    precision: str


def plus(day: date, days: int) -> date:
    """A day so many days later; the calendar's first or last day where it would leave it."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def month(year: int, number: int) -> Span:
    """A month of a year, 1 to 12."""
    return Span(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Span:
    """A year."""
    return Span(date(number, 1, 1), date(number, 12, 31), "year")


def years(first: int, last: int) -> Span:
    """All days of some years."""
    return Span(date(first, 1, 1), date(last, 12, 31), "decade" if last - first == 9 else "span")


def season(name: str, of: int) -> Span:
    """A season of a year; winter is that which begins in its December."""
    first, last = _SEASONS[name]
    return Span(date(of, first, 1), month(of + (last < first), last).end, "season")


def weekend(day: date) -> Span:
    """Saturday and Sunday of the week of a day."""
    saturday = plus(day, 5 - day.weekday())
    return Span(saturday, plus(saturday, 1), "span")


def unit(name: str, day: date, shift: int = 0) -> Span:
    """The day, week (from Monday), month, year or decade that contains a day, or one so many later.

    Raises:
        ValueError: it lies beyond the calendar (years 1 to 9999).
    """
    if name in ("day", "hour"):
        return Span(plus(day, shift), plus(day, shift), "day")
    if name in ("week", "fortnight"):
        monday = plus(day, 7 * shift * (2 if name == "fortnight" else 1) - day.weekday())
        return Span(monday, plus(monday, 6), "week")
    if name == "month":
        of, number = divmod(day.year * 12 + day.month - 1 + shift, 12)
        return month(of, number + 1)
    if name == "year":
        return year(day.year + shift)
    size = 10 if name == "decade" else 100
    first = max((day.year // size + shift) * size, 1)
    return years(first, first + size - 1)


def moved(name: str, day: date, shift: int) -> date:
    """The day so many units later: the same day of another month or year, or its last one."""
    if name in ("day", "week", "fortnight", "hour"):
        return plus(day, shift * {"day": 1, "week": 7, "fortnight": 14, "hour": 1}[name])
    target = unit(name, day, shift)
    if name == "month":
        return target.start.replace(day=min(day.day, target.end.day))
    if name == "year":
        return date(target.start.year, day.month, min(day.day, calendar.monthrange(target.start.year, day.month)[1]))
    return moved("year", day, shift * (10 if name == "decade" else 100))


def edge(span: Span, which: str) -> Span:
    """The beginning, middle or end of a span: thirds of a month; of a year its first month, or three if `early`."""
    start, days = span.start, (span.end - span.start).days + 1
    if span.precision != "year":
        which = {"early": "begin", "late": "end"}.get(which, which)
    if which in ("first week", "last week"):
        first = start if which == "first week" else plus(span.end, -6)
        return Span(first, plus(first, 6), "week")
    if which in ("first days", "last days"):
        return (
            Span(start, plus(start, 4), "span") if which == "first days" else Span(plus(span.end, -4), span.end, "span")
        )
    if span.precision == "year" and which.endswith(("half", "quarter")):
        which = "last quarter" if which == "previous quarter" else which
        firsts = {
            "first half": (1, 6),
            "second half": (7, 12),
            "first quarter": (1, 3),
            "second quarter": (4, 6),
            "third quarter": (7, 9),
            "last quarter": (10, 12),
        }
        a, b = firsts[which]
        return Span(date(start.year, a, 1), month(start.year, b).end, "span")
    if span.precision == "year":
        parts = {"begin": (1, 1), "early": (1, 3), "middle": (6, 7), "late": (10, 12), "end": (12, 12)}
        a, b = parts.get(which, (1, 12))
        return Span(date(start.year, a, 1), month(start.year, b).end, "month" if a == b else "span")
    if span.precision == "month":
        days_of = {
            "begin": (1, 10),
            "middle": (11, 20),
            "end": (21, days),
            "first half": (1, 15),
            "second half": (16, days),
        }
        a, b = days_of.get(which, (1, days))
        return Span(start.replace(day=a), start.replace(day=b), "span")
    if span.precision == "week":
        a, b = {"begin": (0, 1), "middle": (2, 3), "end": (5, 6)}.get(which, (0, 6))
        return Span(plus(start, a), plus(start, b), "span")
    if span.precision == "decade":
        a, b = {"begin": (0, 3), "middle": (4, 6), "end": (7, 9)}.get(which, (0, 9))
        return years(start.year + a, start.year + b)
    third = max(days // 3, 1)
    if which == "begin":
        return Span(start, plus(start, third - 1), "span")
    if which == "end":
        return Span(plus(span.end, 1 - third), span.end, "span")
    return Span(plus(start, third), plus(span.end, -third), "span") if days >= 3 else span


def easter(of: int) -> date:
    """Easter Sunday of the western churches (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = of % 19, divmod(of, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    number, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(of, number, day + 1)


def feasts(code: str, near: date) -> Iterator[Span]:
    """A feast in the years around a day.

    Args:
        code: `MM-DD`; `MM-NwD` for the Nth weekday D (Monday is 0) of a month, `+N` for days after it; `e` and days
            from Easter; `hM` for a hijri month, `hM-D` or `hM-D..D` for days of it, `hM-last` for its last day;
            `eid` for both of the great feasts, `eve` for the days before them. Hijri days are those of the Umm al-Qura
            calendar (package hijridate, 1924 to 2077), from which a country may differ by a day.
        near: the day around which the feast is looked for.
    """
    if code == "eid":
        yield from feasts("h10-1..3", near)
        yield from feasts("h12-10..13", near)
    elif code == "eve":
        yield from feasts("h9-last", near)
        yield from feasts("h12-9", near)
    elif code.startswith("h"):
        if _HIJRI_FIRST <= near <= _HIJRI_LAST:
            yield from _hijri(code[1:], near)
    else:
        for of in range(max(near.year - 1, 1), min(near.year + 2, 9999)):
            day = plus(easter(of), int(code[1:])) if code.startswith("e") else _of_month(code, of)
            yield Span(day, day, "day")


def _of_month(code: str, of: int) -> date:
    if not (nth := _NTH_WEEKDAY.fullmatch(code)):
        return date(of, int(code[:2]), int(code[3:]))
    first = weekday_near(int(nth["weekday"]), date(of, int(nth["month"]), 1), 1)
    return plus(first, 7 * int(nth["count"]) - 7 + int(nth["after"] or 0))


def _hijri(code: str, near: date) -> Iterator[Span]:
    now = Gregorian.fromdate(near).to_hijri().year
    for of in (now - 1, now, now + 1):
        yield from feasts_of_hijri(code, of)


def feasts_of_hijri(code: str, *years: int) -> Iterator[Span]:
    """A feast's days in some hijri years, those that the calendar has; its code without the `h`."""
    number, _, days = code.partition("-")
    for of in years:
        if not 1343 <= of <= 1500:
            continue
        length = Hijri(of, int(number), 1).month_length()
        first, _, last = (
            ("1", "", str(length)) if not days else (str(length), "", "") if days == "last" else days.partition("..")
        )
        start, end = (Hijri(of, int(number), int(day)).to_gregorian() for day in (first, last or first))
        precision = "month" if not days else "day" if start == end else "span"
        yield Span(date(*start.datetuple()), date(*end.datetuple()), precision)


def weekday_near(number: int, day: date, direction: int) -> date:
    """The weekday (Monday is 0) nearest to a day: on or before it (-1), on or after it (1)."""
    if direction < 0:
        return plus(day, -((day.weekday() - number) % 7))
    return plus(day, (number - day.weekday()) % 7)
