"""The grammar of time expressions, over the kinds of their words: one for Turkish, English and Arabic.

Each item of an expression (`words.py`) becomes a letter; a rule is a pattern of letters with what it means. The first
rule that covers the whole expression holds. Parts of the day fall away, as a day is the finest that a `When` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vakanuvis.resolution.times import spans
from vakanuvis.resolution.times.spans import Span, plus
from vakanuvis.resolution.times.words import Item

_LETTERS = {
    "number": "N", "month": "M", "weekday": "W", "unit": "U", "units": "V", "lasting": "Z", "length": "Q", "day": "D",
    "same": "G", "ago": "A", "later": "L", "last": "P", "recent": "R", "next": "F", "this": "T", "nextunit": "X",
    "until": "u", "since": "s", "past": "s", "within": "w", "for": "f", "link": "r", "dash": "r", "edge": "E",
    "part": "p", "season": "S", "weekend": "K", "few": "q", "vague": "v", "holiday": "H", "year": "Y", "decade": "C",
    "clock": "c", "overnight": "O", "dual": "B", "in": "i", "eve": "e",
}  # fmt: skip
# Days from publication to a date of another year than the nearest that its weekday may still tell.
_ABOUT_AS_NEAR = 270
# Days around the publication that `a few` of a unit spans.
_FEW = {
    "hour": (0, 0),
    "day": (2, 5),
    "week": (14, 35),
    "month": (60, 150),
    "year": (730, 2190),
    "decade": (7300, 18250),
    "century": (73000, 182500),
    "fortnight": (28, 70),
}
_UNITS = {
    "day": 7,
    "week": 28,
    "month": 120,
    "year": 1825,
    "decade": 7300,
    "century": 73000,
    "fortnight": 56,
    "hour": 1,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against.

    Attributes:
        published: the day of publication.
        before: the day told last before the expression, to which `the next day` refers; None where none was.
        tense: 1 where the words say that it is yet to come, -1 that it has passed, 0 where they do not say.
    """

    published: date
    before: date | None = None
    tense: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that an expression means and how sure that is."""

    span: Span
    confidence: float


class Unreadable(Exception):
    """A rule's pattern fits, but there are no such days: 31 June."""


Rule = Callable[[list[Item], Setting], Meaning]
_RULES: list[tuple[re.Pattern[str], Rule]] = []
_FROM_TO = re.compile("(NMY?)(NMY?)|(MY?)(MY?)|(Y)(Y)|(W)(W)")
_DATE = re.compile("(?<!M)N(?:rN)*M|MN(?:rN)*(?!M)")


def read(items: Sequence[Item], setting: Setting) -> Meaning | None:
    """What the items of an expression mean; None where no rule covers them."""
    strange = sum(item.kind in ("?", "break") for item in items)
    known = _plain([item for item in items if item.kind not in ("?", "break")])
    if not known or strange > len(known) or _of(known, "else"):
        return None
    if strange and _of(items, "break") and _of(items, "unit", "units", "length", "lasting", "dual"):
        # After a break of three years: how long it was, not when.
        return None
    found = _bounded(known, setting)
    if found is None:
        return None
    return replace(found, confidence=round(found.confidence * 0.8**strange, 3))


def _plain(items: list[Item]) -> list[Item]:
    """The items without `day`, `month` and `year` that only say what a weekday, a month or a year is."""
    said = {"day": {"weekday"}, "month": {"month", "holiday"}, "year": {"year", "decade"}}
    kept: list[Item] = []
    while items and items[0].kind == "link":
        items = items[1:]
    while items and items[-1].kind == "link":
        items = items[:-1]
    for at, item in enumerate(items):
        following = items[at + 1].kind if at + 1 < len(items) else ""
        if item == Item("unit", "hour") and following == "clock":
            continue
        if item.kind in ("ago", "later") and not at and following in ("day", "weekday", "same"):
            continue
        if item.kind == "edge" and item.value in ("early", "late") and following in ("day", "weekday", "part", "clock"):
            continue
        # An hour of the day: 3 p.m.; but not `bir gece önce`.
        if item.kind == "number" and following == "part" and not _of(items, "ago", "later"):
            continue
        # Two calendars' names of one month: تشرين الأول/أكتوبر.
        if item.kind == "month" and kept and kept[-1].kind == "dash" and kept[-2:-1] == [item]:
            kept.pop()
            continue
        near = {other.kind for other in items[max(at - 1, 0) : at + 2]}
        if item.kind in ("unit", "units") and near & said.get(item.value, set()):
            continue
        if item == Item("unit", "day") and [other.kind for other in items[at + 1 : at + 3]] == ["number", "month"]:
            continue
        kept.append(item)
    return kept


def _bounded(items: list[Item], setting: Setting) -> Meaning | None:
    """An expression with `until` or `since`, or without."""
    bounds = {item.kind for item in items} & {"until", "since", "past"}
    if not bounds:
        return _whole(items, setting)
    rest = [item for item in items if item.kind not in bounds]
    if bounds == {"until"} and (two := _FROM_TO.fullmatch(_spell(rest))):
        # The case that says `from` came off with the word: `10 Ekim'den 5 Kasım'a kadar`.
        at = two.start(two.lastindex or 0)
        return _whole([*rest[:at], Item("dash"), *rest[at:]], setting)
    if re.fullmatch("N?UsW", _spell(items)):
        return _whole(items, setting)
    if _of(rest, "link", "dash") or re.fullmatch("N?[UV]|B|q[UV]", _spell(rest)):
        # `from 3 to 5 May` bounds itself; `for three days` counts back.
        return _whole(rest if _of(rest, "link", "dash") else [Item("past"), *rest], setting)
    if "until" in bounds:
        found = _whole(rest, replace(setting, tense=setting.tense or 1))
        if found and found.span.end > setting.published:
            return Meaning(
                Span(setting.published, found.span.end, _kept(found.span, setting.published)), found.confidence
            )
        return found
    past = any(item.value == "past" for item in items if item.kind in bounds)
    found = _whole(rest, replace(setting, tense=-1 if past else setting.tense))
    if found and found.span.start < setting.published:
        return Meaning(Span(found.span.start, setting.published, "span"), found.confidence)
    return found


def _kept(span: Span, day: date) -> str:
    return span.precision if span.start <= day else "span"


def _whole(items: list[Item], setting: Setting) -> Meaning | None:
    for drop in ((), ("in",), ("in", "within", "for"), ("in", "within", "for", "part", "clock")):
        kept = [item for item in items if item.kind not in drop]
        letters = _spell(kept)
        if drop and not letters:
            return Meaning(Span(setting.published, setting.published, "day"), 0.8)
        for pattern, rule in _RULES:
            if pattern.fullmatch(letters):
                try:
                    return rule(kept, setting)
                except (Unreadable, ValueError, OverflowError):
                    continue
    return None


def _spell(items: Iterable[Item]) -> str:
    return "".join(_LETTERS[item.kind] for item in items)


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    def keep(rule: Rule) -> Rule:
        _RULES.append((re.compile(pattern), rule))
        return rule

    return keep


def _of(items: Iterable[Item], *kinds: str) -> list[Item]:
    return [item for item in items if item.kind in kinds]


def _one(items: Iterable[Item], *kinds: str) -> Item:
    found = _of(items, *kinds)
    if not found:
        raise Unreadable
    return found[0]


def _nearest(found: Iterable[Span], setting: Setting, *, slack: int = 31) -> Span:
    """Of like spans in several years the one meant: by tense where the words tell it, else the nearest.

    What is told as past may lie `slack` days ahead at most: beyond that the year before is meant.
    """
    day, every = setting.published, list(found)
    if setting.tense > 0:
        every = [span for span in every if span.end >= day] or every
    elif setting.tense < 0:
        every = [span for span in every if span.start <= plus(day, slack)] or every
    if not every:
        raise Unreadable
    return min(every, key=lambda span: (_gap(span, day), span.start > day))


def _gap(span: Span, day: date) -> int:
    if span.start <= day <= span.end:
        return 0
    return min(abs((span.start - day).days), abs((span.end - day).days))


def _last(found: Iterable[Span], day: date) -> Span:
    return max((span for span in found if span.end < day), key=lambda span: span.end)


def _next(found: Iterable[Span], day: date) -> Span:
    return min((span for span in found if span.start > day), key=lambda span: span.start)


def _turned(found: list[Span], items: list[Item], setting: Setting) -> Span:
    """Of like spans the last, the next or this one as the words say, else the nearest."""
    kinds = {item.kind for item in items}
    if "last" in kinds:
        return _last(found, setting.published)
    if "next" in kinds:
        return _next(found, setting.published)
    return _nearest(found, setting)


# ------------------------------------------------------------ dates


def impossible(items: Sequence[Item]) -> bool:
    """Whether the items tell a date of a day that there is not: 31 November, 29 February 2025."""
    items = [item for item in _plain(list(items)) if item.kind in ("number", "month", "year", "link", "dash")]
    letters = _spell(items)
    years = [item.number for item in _of(items, "year")]
    for match in _DATE.finditer(letters):
        month = next(item.number for item in items[match.start() : match.end()] if item.kind == "month")
        # A leap year, where none is told.
        of = years[0] if len(set(years)) == 1 else 2024
        last = spans.month(of, month).end.day
        # Behind the month it may be a year: May 68.
        most = 99 if letters[match.end() - 1] == "M" else 31
        days = _of(items[match.start() : match.end()], "number")
        if any(last < item.number <= most for item in days):
            return True
    return False


def _date(day: int, month: int, year: int | None, setting: Setting) -> Span:
    if year is not None:
        told = date(year, month, day)
        return Span(told, told, "day")
    of = setting.published.year
    every = []
    for candidate in (of - 1, of, of + 1):
        try:
            told = date(candidate, month, day)
        except ValueError:
            continue
        every.append(Span(told, told, "day"))
    return _nearest(every, setting)


@_rule("[WT]?(NM{1,2}Y?|MNY?|YMN|YNM|NM[PFT])W?")
def _day_of_month(items: list[Item], setting: Setting) -> Meaning:
    months = {item.number for item in _of(items, "month")}
    years = _of(items, "year")
    if len(months) != 1:
        raise Unreadable
    number, month = _one(items, "number").number, months.pop()
    if _of(items, "last", "next"):
        of = setting.published.year
        every = [_date(number, month, year, setting) for year in (of - 1, of, of + 1)]
        return Meaning(_turned(every, items, setting), 0.93)
    span = _date(number, month, years[0].number if years else None, setting)
    days = _of(items, "weekday")
    if days and not years and not setting.tense and span.start.weekday() != days[0].number:
        span = _by_weekday(span, days[0].number, setting.published)
    return Meaning(span, 0.98 if years else 0.93)


def _by_weekday(span: Span, weekday: int, published: date) -> Span:
    """A date of the year in which it has the weekday told with it, where that is about as near as the nearest."""
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            other = span.start.replace(year=year)
        except ValueError:
            continue
        if other.weekday() == weekday and abs((other - published).days) <= _ABOUT_AS_NEAR:
            return Span(other, other, "day")
    return span


@_rule("p*DW?(NM|MN)Y?W?p*|(NM|MN)Y?W?DW?p*")
def _relative_day_and_date(items: list[Item], setting: Setting) -> Meaning:
    """Yesterday, 3 November: the date, of the year in which it is nearest to the day."""
    day = plus(setting.published, _one(items, "day").number)
    years = _of(items, "year")
    number, month = _one(items, "number").number, _one(items, "month").number
    span = _date(number, month, years[0].number if years else None, Setting(day))
    return Meaning(span, 0.97 if span.start == day else 0.7)


@_rule("N(r?N)+MY?|MN(r?N)+Y?|NMr?NMY?|NMYrNMY|MNrMNY?|NM?r?NM?Yr?")
def _days_of_month(items: list[Item], setting: Setting) -> Meaning:
    numbers, months = [i.number for i in _of(items, "number")], [i.number for i in _of(items, "month")]
    if not months:
        raise Unreadable
    years: list[int | None] = [i.number for i in _of(items, "year")] or [None]
    last = _date(numbers[-1], months[-1], years[-1], setting)
    first = _date(numbers[0], months[0], years[0] if years[0] else last.start.year, setting)
    if first.start > last.start:
        raise Unreadable
    return Meaning(Span(first.start, last.start, "span"), 0.93)


@_rule("[EPFT]?M{1,2}U?Y|YM{1,2}|E?M{1,2}YE?")
def _month_of_year(items: list[Item], setting: Setting) -> Meaning:
    span = spans.month(_one(items, "year").number, _one(items, "month").number)
    return Meaning(_edged(span, items), 0.97)


@_rule("[ETPFR]?[PFTR]?M{1,2}[UV]?[EPFwTf]{0,2}")
def _month_alone(items: list[Item], setting: Setting) -> Meaning:
    number, of = _one(items, "month").number, setting.published.year
    if any(item.number != number for item in _of(items, "month")):
        raise Unreadable
    found = [spans.month(year, number) for year in (of - 1, of, of + 1)]
    return Meaning(_edged(_turned(found, items, setting), items), 0.9)


@_rule("Mr?MY?|MYrMY")
def _months(items: list[Item], setting: Setting) -> Meaning:
    months, years = [i.number for i in _of(items, "month")], [i.number for i in _of(items, "year")]
    of = setting.published.year
    if years:
        first, last = spans.month(years[0], months[0]), spans.month(years[-1], months[-1])
        return Meaning(Span(first.start, last.end, "span"), 0.9)
    every = []
    for year in (of - 1, of, of + 1):
        after = year + (months[1] < months[0])
        every.append(Span(spans.month(year, months[0]).start, spans.month(after, months[1]).end, "span"))
    return Meaning(_nearest(every, setting), 0.85)


@_rule("[ETw]?YU?[EwT]?")
def _year(items: list[Item], setting: Setting) -> Meaning:
    return Meaning(_edged(spans.year(_one(items, "year").number), items), 0.97)


@_rule("[TPF]?E[TPF]?")
def _part_of_this_year(items: list[Item], setting: Setting) -> Meaning:
    """The third quarter, the first half: of the year of publication."""
    if not _one(items, "edge").value.endswith(("quarter", "half")):
        raise Unreadable
    if _one(items, "edge").value == "previous quarter":
        end = plus(setting.published.replace(month=(setting.published.month - 1) // 3 * 3 + 1, day=1), -1)
        return Meaning(Span(spans.month(end.year, end.month - 2).start, end, "span"), 0.85)
    return Meaning(_edged(spans.unit("year", setting.published), items), 0.8)


@_rule("w?Yr(Y|N)w?")
def _years(items: list[Item], setting: Setting) -> Meaning:
    first = _one(items, "year").number
    tail = [item for item in items if item.kind in ("year", "number")][1]
    last = tail.number if tail.kind == "year" else first - first % 100 + tail.number
    if last < first:
        raise Unreadable
    return Meaning(spans.years(first, last), 0.95)


@_rule("CrC")
def _decades(items: list[Item], setting: Setting) -> Meaning:
    first, last = (item.number for item in _of(items, "decade"))
    if last < first:
        raise Unreadable
    return Meaning(spans.years(first, last + 9), 0.9)


@_rule("E?C(UP)?E?")
def _decade(items: list[Item], setting: Setting) -> Meaning:
    first = _one(items, "decade").number
    return Meaning(_edged(spans.years(first, first + (99 if first % 100 == 0 and first < 1900 else 9)), items), 0.95)


@_rule("YA|AY|LY|YL")
def _around_year(items: list[Item], setting: Setting) -> Meaning:
    # What came before or after a year has no other end.
    raise Unreadable


def _edged(span: Span, items: list[Item]) -> Span:
    edges = _of(items, "edge")
    return spans.edge(span, edges[0].value) if edges else span


# ------------------------------------------------------------ days and weeks around the publication


@_rule("(N[wi])?c?p*(D|DW|WD|DrD|DD|WrD)p?c?p?")
def _relative_day(items: list[Item], setting: Setting) -> Meaning:
    shifts = [item.number for item in _of(items, "day")]
    days = [plus(setting.published, shift) for shift in shifts]
    return Meaning(Span(min(days), max(days), "day" if min(days) == max(days) else "span"), 0.97)


@_rule("[TP]?Up[UE]?|[AL]p|Tp+c?p?|Pp+|pP|pT|p+T|cTp|N?[wi]?p[pNcwi]*|c")
def _part_of_day(items: list[Item], setting: Setting) -> Meaning:
    day = plus(setting.published, -1) if _of(items, "last") else setting.published
    return Meaning(Span(day, day, "day"), 0.9)


@_rule("p?O")
def _overnight(items: list[Item], setting: Setting) -> Meaning:
    return Meaning(Span(plus(setting.published, -1), setting.published, "day"), 0.8)


@_rule("p*G[pUT]*p?|[Up]G|Gp*W")
def _same_day(items: list[Item], setting: Setting) -> Meaning:
    units = _of(items, "unit")
    name = units[0].value if units else "day"
    span = spans.unit(name, setting.before or setting.published, _one(items, "same").number)
    return Meaning(span, 0.75 if setting.before else 0.5)


@_rule("w?[TPF]{0,2}W[TPF]?")
def _weekday(items: list[Item], setting: Setting) -> Meaning:
    number, day = _one(items, "weekday").number, setting.published
    kinds = {item.kind for item in items}
    if "last" in kinds:
        told = spans.weekday_near(number, plus(day, -1), -1)
    elif "next" in kinds:
        told = spans.weekday_near(number, plus(day, 1), 1)
    elif "this" in kinds:
        told = plus(day, number - day.weekday())
    else:
        told = spans.weekday_near(number, day, 1 if setting.tense > 0 else -1)
    return Meaning(Span(told, told, "day"), 0.93)


@_rule("OW|WO")
def _overnight_on(items: list[Item], setting: Setting) -> Meaning:
    return _weekday(_of(items, "weekday"), setting)


@_rule("[NP]WMY?|M[NP]WY?")
def _weekday_of_month(items: list[Item], setting: Setting) -> Meaning:
    """The second Tuesday of November, the last Sunday of March 2024."""
    number, years = _one(items, "month").number, _of(items, "year")
    of = setting.published.year
    every = [spans.month(year, number) for year in ((years[0].number,) if years else (of - 1, of, of + 1))]
    month, weekday = _nearest(every, setting), _one(items, "weekday").number
    if _of(items, "last"):
        told = spans.weekday_near(weekday, month.end, -1)
    else:
        told = plus(spans.weekday_near(weekday, month.start, 1), 7 * _one(items, "number").number - 7)
    return Meaning(Span(told, told, "day"), 0.9)


@_rule("WrW|WW")
def _weekdays(items: list[Item], setting: Setting) -> Meaning:
    first, last = (item.number for item in _of(items, "weekday"))
    direction = 1 if setting.tense > 0 else -1
    end = spans.weekday_near(last, setting.published, direction)
    return Meaning(Span(spans.weekday_near(first, end, -1), end, "span"), 0.85)


@_rule("[PFT]UW|W[PFT]U|WU[PFT]|U[PFT]W|WX|XW|EU[PFT]W")
def _weekday_of_week(items: list[Item], setting: Setting) -> Meaning:
    unit = _one(items, "unit", "nextunit")
    if unit.value != "week":
        raise Unreadable
    week = spans.unit("week", setting.published, _shift(items))
    told = plus(week.start, _one(items, "weekday").number)
    return Meaning(Span(told, told, "day"), 0.93)


@_rule("N?U[sA]W")
def _weeks_from_weekday(items: list[Item], setting: Setting) -> Meaning:
    """A week from Monday, a week ago Friday."""
    direction = -1 if _of(items, "ago") else 1
    count, name = _count(items)
    if name != "week":
        raise Unreadable
    near = spans.weekday_near(_one(items, "weekday").number, plus(setting.published, direction), direction)
    told = plus(near, 7 * count * direction)
    return Meaning(Span(told, told, "day"), 0.85)


@_rule("w?[PFT]{0,2}K[PFT]?")
def _weekend(items: list[Item], setting: Setting) -> Meaning:
    day, shift = setting.published, _shift(items)
    if not shift and not _of(items, "this") and setting.tense <= 0 and day.weekday() < 5:
        # Told from Monday to Friday and not as yet to come, the weekend is the one gone by.
        shift = 0 if setting.tense == 0 and day.weekday() > 2 else -1
    if any(item.value == "near" for item in _of(items, "next")) and day.weekday() < 5:
        shift = 0
    return Meaning(spans.weekend(plus(day, 7 * shift)), 0.8)


def _shift(items: list[Item]) -> int:
    kinds = {item.kind for item in items}
    return -1 if "last" in kinds else 1 if kinds & {"next", "nextunit"} else 0


@_rule("E?([PFT]U|U[PFT])[EwL]?|E[PFT]?U|U[PFT]?E|EU[PFT]|UE|Uw|wU|wU[PFT]|X")
def _unit(items: list[Item], setting: Setting) -> Meaning:
    item = _one(items, "unit", "nextunit")
    shift = _shift(items)
    if item.value == "hour" and _of(items, "last", "next"):
        raise Unreadable
    if item.value == "day" and _of(items, "last"):
        return Meaning(Span(plus(setting.published, -7), plus(setting.published, -1), "span"), 0.5)
    if item.value == "decade" and _of(items, "last") and not _of(items, "edge"):
        return Meaning(Span(spans.moved("decade", setting.published, -1), setting.published, "span"), 0.8)
    span = spans.unit(item.value, setting.published, shift)
    if item.value == "week" and _of(items, "edge") and _one(items, "edge").value == "end" and not _of(items, "this"):
        return _weekend([Item("weekend")], setting)
    return Meaning(_edged(span, items), 0.93)


@_rule("[AL][Ti]U")
def _part_of_unit(items: list[Item], setting: Setting) -> Meaning:
    span, day = spans.unit(_one(items, "unit").value, setting.published), setting.published
    start, end = (day, span.end) if _of(items, "later") else (span.start, day)
    return Meaning(Span(start, end, "day" if start == end else "span"), 0.85)


@_rule("[PFT]?UN|NU[PFT]|NU")
def _day_of_unit(items: list[Item], setting: Setting) -> Meaning:
    name, number = _one(items, "unit").value, _one(items, "number").number
    if name == "century" and _spell(items) == "NU":
        return Meaning(Span(date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "span"), 0.9)
    if name == "hour" and _spell(items) == "UN":
        return Meaning(spans.unit("day", setting.published), 0.8)
    if name != "month" or _spell(items) == "NU":
        raise Unreadable
    day = spans.unit("month", setting.published, _shift(items)).start.replace(day=number)
    return Meaning(Span(day, day, "day"), 0.9)


@_rule("[PFT]U(NM|MN|M)|(NM|MN|M)(U[PFT]|[PFT]U)")
def _in_turned_year(items: list[Item], setting: Setting) -> Meaning:
    """A month or a day of last year or of the next: `geçen yılın kasım ayında`."""
    if _one(items, "unit").value != "year":
        raise Unreadable
    of, month = setting.published.year + _shift(items), _one(items, "month").number
    if not _of(items, "number"):
        return Meaning(spans.month(of, month), 0.93)
    day = date(of, month, _one(items, "number").number)
    return Meaning(Span(day, day, "day"), 0.93)


@_rule("(MNU|UNM|NUM|UMN)Y?")
def _week_of_month(items: list[Item], setting: Setting) -> Meaning:
    """The second week of November: days 8 to 14; the week of November 10: that which holds the day."""
    if _one(items, "unit").value != "week":
        raise Unreadable
    number, month = _one(items, "number").number, _one(items, "month").number
    years = _of(items, "year")
    if _spell(items).startswith("UMN") or number > 5:
        day = _date(number, month, years[0].number if years else None, setting)
        return Meaning(spans.unit("week", day.start), 0.9)
    of = setting.published.year
    every = [spans.month(y, month) for y in ((years[0].number,) if years else (of - 1, of, of + 1))]
    start = plus(_nearest(every, setting).start, 7 * number - 7)
    return Meaning(Span(start, plus(start, 6), "week"), 0.85)


# ------------------------------------------------------------ so many units


def _count(items: list[Item]) -> tuple[int, str]:
    duals = _of(items, "dual")
    if duals:
        return 2, duals[0].value
    numbers = _of(items, "number")
    return (numbers[0].number if numbers else 1), _one(items, "unit", "units", "lasting", "length").value


def _away(count: int, name: str, setting: Setting) -> Span:
    """So many units before (negative) or after: the day, or the week, month or year that it lies in."""
    if name == "hour":
        return spans.unit("day", setting.published, int(count / 24))
    if name in ("decade", "century"):
        return spans.unit("year", setting.published, count * (10 if name == "decade" else 100))
    return spans.unit(name, setting.published, count)


@_rule("N?[UV]A|AN?[UV]|AVN|[AB]{2}|N?[UV]AE?|AUN?|NVA|NpA")
def _ago(items: list[Item], setting: Setting) -> Meaning:
    items = [Item("unit", "day") if item.kind == "part" else item for item in items]
    count, name = _count(items)
    if _of(items, "units") and not _of(items, "number"):
        raise Unreadable
    return Meaning(_away(-count, name, setting), 0.93)


@_rule("N?[UV]L|LN?[UV]|LVN|L?BL?|LUN?|NUVL|iN[UV]|NpL")
def _after(items: list[Item], setting: Setting) -> Meaning:
    items = [Item("unit", "day") if item.kind == "part" else item for item in items]
    if not _of(items, "later", "in") or (_of(items, "units") and not _of(items, "number")):
        raise Unreadable
    if setting.tense < 0:
        return _after_past(items, setting)
    count, name = _count(items)
    return Meaning(_away(count, name, setting), 0.88)


def _after_past(items: list[Item], setting: Setting) -> Meaning:
    """What has happened `three days later` counts from the day told before it; `in three days` it took them."""
    count, name = _count(items)
    if _of(items, "in"):
        return Meaning(Span(_back(-count, name, setting), setting.published, "span"), 0.7)
    if setting.before is None:
        raise Unreadable
    span = _away(count, name, replace(setting, published=setting.before))
    if span.start > setting.published:
        raise Unreadable
    return Meaning(span, 0.75)


@_rule("q[UV]A|Aq[UV]|AV|VA|sq[UV]|sV")
def _few_ago(items: list[Item], setting: Setting) -> Meaning:
    near, far = _FEW[_one(items, "unit", "units").value]
    end = setting.published if _of(items, "past") else plus(setting.published, -near)
    return Meaning(Span(plus(setting.published, -far), end, "span"), 0.7)


@_rule("q[UV][Lw]|[Lwi]q[UV]|[UV]L|L[UV]|wV|Vw")
def _few_after(items: list[Item], setting: Setting) -> Meaning:
    if setting.tense < 0 and _of(items, "later"):
        raise Unreadable
    near, far = _FEW[_one(items, "unit", "units").value]
    start = setting.published if _of(items, "within") else plus(setting.published, near)
    return Meaning(Span(start, plus(setting.published, far), "span"), 0.7)


@_rule("w?[TPRF]?q?V[PRFw]?w?|w?[PRF]q[UV]w?|w?[UV]q?[PRF]")
def _units(items: list[Item], setting: Setting) -> Meaning:
    far, day = _UNITS[_one(items, "unit", "units").value], setting.published
    if _of(items, "next"):
        return Meaning(Span(plus(day, 1), plus(day, far), "span"), 0.7)
    if not _of(items, "last", "recent", "this"):
        raise Unreadable
    end = plus(day, -1) if _of(items, "last") else day
    return Meaning(Span(plus(day, -far), end, "span"), 0.7)


@_rule("w?[PR]N?[UVB]w?|w?VN[PR]|w?[PR]N?Z|N?Z|w?N[PR][UV]|sN[UV]|sU|sB|w?[UVB]N?[PR]|w?N[UV][PR]|[PR]NUf")
def _past_units(items: list[Item], setting: Setting) -> Meaning:
    count, name = _count(items)
    if items[-1] == Item("last", "before"):
        return Meaning(_away(-count, name, setting), 0.88)  # `iki gün önceki`
    return Meaning(Span(_back(-count, name, setting), setting.published, "span"), 0.88)


@_rule("w?FN[UVB]w?|w?VNF|N[UVB]w|wN[UVB]|w?BFw?|w?NVF|wVN|w?VNF|wN?U|wB|FN?Uw?")
def _coming_units(items: list[Item], setting: Setting) -> Meaning:
    count, name = _count(items)
    if setting.tense < 0 and not _of(items, "next"):
        return _past_units(items, setting)
    return Meaning(Span(setting.published, _back(count, name, setting), "span"), 0.85)


@_rule("N[UV]f|fN?[UVB]|N?Q|fNV|N[UV]|B|NUfU?")
def _lasting(items: list[Item], setting: Setting) -> Meaning:
    count, name = _count(items)
    bounds = _of(items, "for", "length")
    if not bounds or (bounds[0].value == "long" and not setting.tense):
        # `two days`, `iki gün boyunca` tell how long, not when.
        raise Unreadable
    if _of(items, "units") and not _of(items, "number"):
        return Meaning(Span(plus(setting.published, -_FEW[name][1]), setting.published, "span"), 0.6)
    other = _back(count * (setting.tense or (-1 if bounds[0].value == "past" else 1)), name, setting)
    return Meaning(Span(min(other, setting.published), max(other, setting.published), "span"), 0.6)


def _back(count: int, name: str, setting: Setting) -> date:
    if name == "hour":
        return plus(
            setting.published, -(-count // 24) if count > 0 else -(-count // 24) if count % 24 == 0 else count // 24
        )
    return spans.moved(name, setting.published, count)


# ------------------------------------------------------------ seasons, feasts, vague words


@_rule("E?[PFT]?S[UV]?[PFT]?E?|[PFT]USs?|EP?S")
def _season(items: list[Item], setting: Setting) -> Meaning:
    name, of = _one(items, "season").value, setting.published.year
    found = [spans.season(name, year) for year in range(of - 2, of + 2)]
    return Meaning(_edged(_turned(found, items, setting), items), 0.85)


@_rule("E?SU?Y(rN)?|YU?SE?|E?SYE?")
def _season_of_year(items: list[Item], setting: Setting) -> Meaning:
    return Meaning(_edged(spans.season(_one(items, "season").value, _one(items, "year").number), items), 0.93)


@_rule("[ETPF]?H[UV]?[EPFT]?p?|p?H|EHY")
def _feast(items: list[Item], setting: Setting) -> Meaning:
    found = list(spans.feasts(_one(items, "holiday").value, setting.published))
    return Meaning(_edged(_turned(found, items, setting), items), 0.9)


@_rule("HA|HL|AH|LH")
def _around_feast(items: list[Item], setting: Setting) -> Meaning:
    """The week before or after a feast."""
    feast = _nearest(spans.feasts(_one(items, "holiday").value, setting.published), setting)
    if _of(items, "ago"):
        return Meaning(Span(plus(feast.start, -7), plus(feast.start, -1), "span"), 0.6)
    return Meaning(Span(plus(feast.end, 1), plus(feast.end, 7), "span"), 0.6)


@_rule("eH")
def _eve_of_feast(items: list[Item], setting: Setting) -> Meaning:
    first = _nearest(spans.feasts(_one(items, "holiday").value, setting.published), setting).start
    return Meaning(Span(plus(first, -1), plus(first, -1), "day"), 0.85)


@_rule("HN[UV]?|N[UV]?H|HNU?")
def _day_of_feast(items: list[Item], setting: Setting) -> Meaning:
    found = list(spans.feasts(_one(items, "holiday").value, setting.published))
    first = _nearest(found, setting).start
    day = plus(first, _one(items, "number").number - 1)
    return Meaning(Span(day, day, "day"), 0.85)


@_rule("N?HY|H(NY|Y)")
def _hijri_date(items: list[Item], setting: Setting) -> Meaning:
    """A month, feast or day of a hijri year: Ramazan 1446, 15 رمضان 1446."""
    code, of = _one(items, "holiday").value, _one(items, "year").number
    numbers = _of(items, "number")
    if not code.startswith("h") or (numbers and "-" in code):
        raise Unreadable
    found = list(spans.feasts_of_hijri(f"{code[1:]}-{numbers[0].value}" if numbers else code[1:], of))
    if not found:
        raise Unreadable
    return Meaning(found[0], 0.93)


@_rule("[UY]NN[UV]|NN[UV][UY]")
def _first_months(items: list[Item], setting: Setting) -> Meaning:
    """The first months of a year: `yılın ilk dokuz ayında`, the first nine months of 2025."""
    first, count = (item.number for item in _of(items, "number"))
    named = {item.value for item in _of(items, "unit", "units")}
    if first != 1 or named not in ({"month"}, {"month", "year"}):
        raise Unreadable
    of = _one(items, "year").number if _of(items, "year") else setting.published.year
    last = spans.month(of, count)
    return Meaning(Span(date(of, 1, 1), last.end, "span"), 0.9)


@_rule("HY|YH|NMYH|NMHY?|HNMY?")
def _feast_of_year(items: list[Item], setting: Setting) -> Meaning:
    if _of(items, "month"):
        return _day_of_month([item for item in items if item.kind != "holiday"], setting)
    of = _one(items, "year").number
    found = [s for s in spans.feasts(_one(items, "holiday").value, date(of, 7, 1)) if s.start.year == of]
    if not found:
        raise Unreadable
    return Meaning(found[0], 0.93)


@_rule("w?v[wT]?|[wRT]?v")
def _vague(items: list[Item], setting: Setting) -> Meaning:
    first, last = map(int, _one(items, "vague").value.split())
    return Meaning(
        Span(plus(setting.published, first), plus(setting.published, last), "day" if first == last else "span"), 0.6
    )
