"""What the reports of one happening give differently."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import combinations, islice

from vakanuvis.chronicle.matching import party_points, place_points, who
from vakanuvis.chronicle.merging import Told
from vakanuvis.chronicle.names import name_in
from vakanuvis.chronicle.records import Contradiction, Party
from vakanuvis.ontology import RECIPROCAL
from vakanuvis.resolution.spellings import alike
from vakanuvis.words import fold

KINDS = ("status", "dead", "injured", "place", "day", "party", "office-holder")
AT_ONCE = timedelta(hours=3)  # two tolls told within this time are told of the same state of things


def contradictions(tellings: Sequence[Told]) -> list[Contradiction]:
    """All pairs of values that contradict each other, each with every telling that gives it.

    Tolls count as contradicting where a later one is lower, or where two are told within `AT_ONCE` of each other, or
    where it is not known when; a later, higher toll supersedes. A town does not contradict its country, nor a country
    its minister, nor a vague day an exact one within it.
    """
    found = _status(tellings)
    for kind in ("dead", "injured"):
        found += _tolls(kind, tellings)
    found += _pairs("place", tellings, lambda x: _place_name(x), _apart)
    found += [_with_silent(c, tellings) for c in _pairs("day", tellings, _days, _other_days)]
    found += _parties(tellings)
    return found


def _status(tellings: Sequence[Told]) -> list[Contradiction]:
    told = tuple(x.key for x in tellings if x.telling.status in ("actual", "historical"))
    denied = tuple(x.key for x in tellings if x.telling.status == "negated")
    return [Contradiction("status", "told as fact", "denied", told, denied)] if told and denied else []


def _tolls(kind: str, tellings: Sequence[Told]) -> list[Contradiction]:
    first_told: dict[int, str] = {}
    for x in tellings:  # in order of publication
        if x.origin.published is not None and (toll := getattr(x.telling, kind)) is not None:
            first_told.setdefault(toll, x.origin.published)

    def conflict(a: Told, b: Told) -> bool:
        one, other = getattr(a.telling, kind), getattr(b.telling, kind)
        if a.origin.published is None or b.origin.published is None:
            return True
        first, later = _time(a.origin.published), _time(b.origin.published)
        if (first.tzinfo is None) != (later.tzinfo is None):
            first, later = first.replace(tzinfo=None), later.replace(tzinfo=None)
        if first > later:
            one, other, first, later = other, one, later, first
        # A lower number that had been told before the higher one is an old report's, and no correction.
        return bool((other < one and first_told[other] > first_told[one]) or later - first <= AT_ONCE)

    def value(x: Told) -> str | None:
        number = getattr(x.telling, kind)
        return None if number is None else str(number)

    return _pairs(kind, tellings, value, conflict)


@lru_cache(maxsize=1 << 14)
def _time(published: str) -> datetime:
    return datetime.fromisoformat(published)


def _pairs(
    kind: str,
    tellings: Sequence[Told],
    value: Callable[[Told], str | None],
    conflict: Callable[[Told, Told], bool],
) -> list[Contradiction]:
    """One contradiction for each two values of which some tellings are in conflict, with those tellings."""
    by_value: dict[str, list[Told]] = {}
    for x in tellings:
        given = value(x)
        if given is not None:
            by_value.setdefault(given, []).append(x)
    found = []

    def clash(a: Told, b: Told) -> bool:
        return a.account.report != b.account.report and conflict(a, b)

    for one, other in combinations(by_value, 2):
        # No pair beyond a telling's first is looked at: of a thing told by thousands there would be millions.
        left = [a.key for a in by_value[one] if any(clash(a, b) for b in by_value[other])]
        if left:
            firsts = ((next((i for i, a in enumerate(by_value[one]) if clash(a, b)), -1), b) for b in by_value[other])
            right = [b.key for _, b in sorted((x for x in firsts if x[0] >= 0), key=lambda x: x[0])]
            found.append(Contradiction(kind, one, other, tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right))))
    return found


def _place_name(x: Told) -> str | None:
    place = x.telling.place
    return None if place is None else f"{place.name}, {place.country}" if place.country else place.name


def _apart(a: Told, b: Told) -> bool:
    return place_points(a.telling.place, b.telling.place) < 0


def _days(x: Told) -> str | None:
    telling = x.telling
    if not telling.stated or telling.first is None or telling.last is None:
        return None
    first, last = date.fromordinal(telling.first).isoformat(), date.fromordinal(telling.last).isoformat()
    return first if first == last else f"{first} to {last}"


def _with_silent(found: Contradiction, tellings: Sequence[Told]) -> Contradiction:
    """With the tellings that state no day, on the side whose day is that of their own report."""
    sides = []
    for value, keys in ((found.a, found.tellings_a), (found.b, found.tellings_b)):
        silent = [x.key for x in tellings if not x.telling.stated and _own_day(x) == value]
        sides.append(tuple(dict.fromkeys((*keys, *silent))))
    return replace(found, tellings_a=sides[0], tellings_b=sides[1])


def _own_day(x: Told) -> str | None:
    first = x.telling.first
    return date.fromordinal(first).isoformat() if first is not None and first == x.telling.last else None


def _other_days(a: Told, b: Told) -> bool:
    one, other = a.telling, b.telling  # both have days, or `_days` would have left them out
    return (one.last or 0) < (other.first or 0) or (other.last or 0) < (one.first or 0)


# ---------------------------------------------------------------- parties


def _parties(tellings: Sequence[Told]) -> list[Contradiction]:
    found: list[Contradiction] = []
    if any(x.telling.type in RECIPROCAL for x in tellings):
        sides: list[Callable[[Told], tuple[Party, ...]]] = [lambda x: x.telling.actors + x.telling.recipients]
    else:
        sides = [lambda x: x.telling.actors, lambda x: x.telling.recipients]
    for side in sides:
        # A person is shown in one wording, the longest, or each wording would be held against each.
        shown: dict[tuple[str, ...], str] = {}
        for party in (p for x in tellings for p in side(x)):
            name = _name(party)
            shown[name] = max(shown.get(name, ""), party.text, key=lambda text: (len(text), text))
        clashes: dict[tuple[str, str, str], tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]] = {}
        for a, b, clash in _clashing(tellings, side, shown):
            for kind, one, other in clash:
                key, swapped = (kind, one, other), (kind, other, one)
                first, second = (b.key, a.key) if swapped in clashes else (a.key, b.key)
                into = clashes.setdefault(swapped if swapped in clashes else key, ({}, {}))
                for keys, telling in zip(into, (first, second), strict=True):
                    keys.setdefault(telling)
        found += [
            Contradiction(kind, one, other, tuple(keys[0]), tuple(keys[1]))
            for (kind, one, other), keys in clashes.items()
        ]
    if any(x.telling.mode == "multilateral" for x in tellings):
        return [c for c in found if c.kind != "party"]  # of a summit's many, each report names others
    return found


def _clashing(
    tellings: Sequence[Told], side: Callable[[Told], tuple[Party, ...]], shown: Mapping[tuple[str, ...], str]
) -> list[tuple[Told, Told, list[tuple[str, str, str]]]]:
    """Pairs of tellings whose parties exclude each other, in order, so many that each such telling is among them.

    Copies name the same parties: so those are held against each other, and not every telling against every other. Of
    each telling the first two partners are given, as the first pair of a contradiction decides which side is which.
    """
    alike: dict[tuple[Party, ...], list[int]] = {}
    for i, x in enumerate(tellings):
        if parties := side(x):
            alike.setdefault(parties, []).append(i)

    def partners(i: int, among: Iterable[int]) -> Iterable[int]:
        return islice((j for j in among if tellings[j].account.report != tellings[i].account.report), 2)

    found: dict[tuple[int, int], list[tuple[str, str, str]]] = {}
    for one, earlier in alike.items():
        for other, later in alike.items():
            if earlier[0] < later[-1] and (clash := _clash(one, other, shown)):
                for i in earlier:
                    after = (later[n] for n in range(bisect_right(later, i), len(later)))
                    found.update(((i, j), clash) for j in partners(i, after))
                for j in later:
                    before = (earlier[n] for n in range(bisect_left(earlier, j)))
                    found.update(((i, j), clash) for i in partners(j, before))
    return [(tellings[i], tellings[j], clash) for (i, j), clash in sorted(found.items(), key=lambda x: x[0])]


def _clash(
    one: tuple[Party, ...], other: tuple[Party, ...], shown: Mapping[tuple[str, ...], str]
) -> list[tuple[str, str, str]]:
    """The parties of two tellings that exclude each other, as (kind, words, words)."""

    def words(party: Party) -> str:
        return shown[name] if (name := _name(party)) else party.text

    found = [("office-holder", words(a), words(b)) for a in one for b in other if _other_holder(a, b)]
    if found:
        return found
    left = [a for a in one if a.kind != "GRP" and not any(_compatible(a, b) for b in other)]
    right = [b for b in other if b.kind != "GRP" and not any(_compatible(a, b) for a in one)]
    if left and right:
        return [("party", ", ".join(p.text for p in left), ", ".join(p.text for p in right))]
    return []


def _compatible(a: Party, b: Party) -> bool:
    return party_points(who(a), who(b)) >= 0


def _other_holder(a: Party, b: Party) -> bool:
    """Whether two persons are given for one office."""
    if a.kind != "PER" or b.kind != "PER" or not a.polity or a.polity != b.polity:
        return False
    if a.entity and b.entity:
        return a.entity != b.entity and bool(who(a).roles & who(b).roles)
    if a.sector is None or a.sector != b.sector:
        return False
    one, other = _name(a), _name(b)
    # One name in two spellings (Temim, Tamim) is none; words that hold no name are not held against one.
    unlike = bool(one and other) and not any(alike(x, y) for x in one for y in other)
    return unlike or _same_family(one, other)


def _same_family(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names with one family name and unlike given names."""
    return len(one) > 1 and len(other) > 1 and one[-1] == other[-1] and not set(one[:-1]) & set(other[:-1])


def _name(party: Party) -> tuple[str, ...]:
    """A known person's own name, or that in a person's words, without titles; a word alone may be his country's."""
    if party.entity and party.name:
        return tuple(fold(party.name).split())
    name = name_in(party.text)
    return name if len(name) > 1 else ()
