"""From the accounts of one thing to one happening: its voices, and for each field the value that most of them give."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from vakanuvis.chronicle.matching import party_points, place_points, who
from vakanuvis.chronicle.records import Account, Happening, Origin, Party, Spot, Support, Telling
from vakanuvis.chronicle.wording import number
from vakanuvis.ontology import RECIPROCAL
from vakanuvis.records import CodedEvent, Identity, Place, When
from vakanuvis.words import fold

_T = TypeVar("_T")
MINOR = 3  # a party named by fewer than one in MINOR of the leading party's voices is left out


@dataclass(frozen=True, slots=True)
class Told:
    """A telling with its report and the voice that it belongs to."""

    telling: Telling
    account: Account
    origin: Origin
    voice: str

    @property
    def key(self) -> tuple[str, str]:
        """Report's key and event's id."""
        return self.account.report, self.telling.event


def happening_id(report: str, event: str) -> str:
    """The id of a happening whose first telling is this one."""
    return f"h{number(f'{report}:{event}') & (1 << 64) - 1:016x}"


def voices(origins: Iterable[Origin]) -> dict[str, str]:
    """The voice of each report, by key: reports of one outlet, and near-duplicate texts, are one voice."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    origins = list(origins)
    for origin in origins:
        names = [f"text:{origin.voice}"]
        if origin.outlet:
            names.append(f"outlet:{fold(origin.outlet)}")
        for name in names[1:]:
            one, other = sorted((root(names[0]), root(name)))
            parent[other] = one
    return {origin.key: root(f"text:{origin.voice}") for origin in origins}


def told(accounts: Iterable[Account], origins: dict[str, Origin]) -> list[Told]:
    """All tellings of some accounts, in order of publication, with their voices."""
    accounts = list(accounts)
    voice = voices(origins[account.report] for account in accounts)
    return sorted(
        (Told(t, a, origins[a.report], voice[a.report]) for a in accounts for t in a.tellings),
        key=lambda x: (x.origin.published or "9999", x.account.report, x.telling.start, x.telling.event),
    )


def merge(tellings: Sequence[Told]) -> Happening:
    """The happening that these tellings, from `told`, tell of."""
    first = tellings[0]
    origins = {x.account.report: x.origin for x in tellings}
    support: dict[str, Support] = {}
    event_type, support["type"] = _choose(tellings, lambda t: t.type)
    assert event_type is not None
    mode, support["mode"] = _choose([x for x in tellings if x.telling.type == event_type], lambda t: t.mode)
    status, support["status"] = _status(tellings)
    actors, recipients = _parties(tellings, event_type, support)
    place, support["place"] = _place(tellings)
    days, support["day"] = _days(tellings, expected=status in ("future", "hypothetical"))
    dead, support["dead"] = _toll(tellings, lambda t: t.dead)
    injured, support["injured"] = _toll(tellings, lambda t: t.injured)
    published = sorted(o.published for o in origins.values() if o.published)
    return Happening(
        id=happening_id(*first.key),
        type=event_type,
        mode=mode,
        status=status,
        context=_contexts(tellings),
        actors=actors,
        recipients=recipients,
        place=place,
        first=days.telling.first if days else None,
        last=days.telling.last if days else None,
        precision=days.telling.precision if days else "",
        stated=bool(days and days.telling.stated),
        dead=dead,
        injured=injured,
        confidence=max(x.telling.confidence for x in tellings),
        voices=len({x.voice for x in tellings}),
        outlets=tuple(sorted({o.outlet for o in origins.values() if o.outlet})),
        languages=tuple(sorted({o.language for o in origins.values() if o.language})),
        first_report=published[0] if published else None,
        last_report=published[-1] if published else None,
        tellings=tuple(x.key for x in tellings),
        support=support,
    )


def coded_event(happening: Happening, lead: Told) -> CodedEvent:
    """A happening as an event of the report that tells of it most surely, under the happening's id."""

    def identities(parties: tuple[Party, ...]) -> tuple[Identity, ...]:
        return tuple(
            Identity("", p.text, p.entity, p.name, p.office, p.polity, p.sectors, happening.confidence)
            for p in parties
        )  # fmt: skip

    spot, when = happening.place, None
    if happening.first is not None and happening.last is not None:
        days = date.fromordinal(happening.first), date.fromordinal(happening.last)
        when = When("", "", *days, happening.precision, "expression" if happening.stated else "publication")
    place = None
    if spot is not None:
        place = Place(
            "", spot.name, spot.geonames, spot.name, spot.latitude, spot.longitude, spot.country, spot.region,
            spot.district, spot.city, spot.kind, spot.precision, happening.confidence,
        )  # fmt: skip
    return CodedEvent(
        id=happening.id,
        type=happening.type,
        start=lead.telling.start,
        end=lead.telling.end,
        status=happening.status,
        mode=happening.mode,
        context=happening.context,
        actors=identities(happening.actors),
        recipients=identities(happening.recipients),
        sources=identities(lead.telling.sources),
        place=place,
        when=when,
        dead=happening.dead,
        injured=happening.injured,
        confidence=happening.confidence,
    )


def _count(tellings: Iterable[Told], of: Callable[[Told], bool]) -> int:
    return len({x.voice for x in tellings if of(x)})


def _choose(tellings: Sequence[Told], value: Callable[[Telling], _T | None]) -> tuple[_T | None, Support]:
    """The value with most voices; of equals the most confident, then the first one told."""
    names: dict[_T, set[str]] = {}
    sure: dict[_T, float] = {}
    for x in tellings:
        given = value(x.telling)
        if given is not None:
            names.setdefault(given, set()).add(x.voice)
            sure[given] = max(sure.get(given, 0.0), x.telling.confidence)
    if not names:
        return None, Support(0, 0)
    best = max(names, key=lambda v: (len(names[v]), sure[v]))
    rest = {voice for given, them in names.items() if given != best for voice in them} - names[best]
    return best, Support(len(names[best]), len(rest))


def _status(tellings: Sequence[Told]) -> tuple[str, Support]:
    """What most voices say; a reference back counts with those that tell it as fact."""
    denied = _count(tellings, lambda x: x.telling.status == "negated")
    happened = _count(tellings, lambda x: x.telling.status in ("actual", "historical"))
    if denied > happened:
        return "negated", Support(denied, happened)
    if happened:
        actual = any(x.telling.status == "actual" for x in tellings)
        return "actual" if actual else "historical", Support(happened, denied)
    status, support = _choose(tellings, lambda t: t.status)
    assert status is not None
    return status, support


def _contexts(tellings: Sequence[Told]) -> tuple[str, ...]:
    given: dict[str, set[str]] = {}
    for x in tellings:
        for context in x.telling.context:
            given.setdefault(context, set()).add(x.voice)
    top = max((len(v) for v in given.values()), default=0)
    return tuple(sorted((c for c in given if len(given[c]) * MINOR >= top), key=lambda c: (-len(given[c]), c)))


def _toll(tellings: Sequence[Told], value: Callable[[Telling], int | None]) -> tuple[int | None, Support]:
    """The number that the reports arrive at: tolls are counted on, so a later one supersedes; of one time the higher.

    A lower one corrects those before it if as many voices give it. One that was superseded before is an old report's.
    """
    given = sorted((x.origin.published or "", value(x.telling) or 0) for x in tellings if value(x.telling) is not None)
    if not given:
        return None, Support(0, 0)
    voices_for = {toll: {x.voice for x in tellings if value(x.telling) == toll} for _, toll in given}
    latest, superseded = given[0][1], set[int]()
    for _, toll in given:
        if toll in superseded or (toll < latest and len(voices_for[toll]) < len(voices_for[latest])):
            continue
        if toll != latest:
            superseded.add(latest)
            latest = toll
    other = {voice for toll, them in voices_for.items() if toll != latest for voice in them} - voices_for[latest]
    return latest, Support(len(voices_for[latest]), len(other))


def _days(tellings: Sequence[Told], *, expected: bool) -> tuple[Told | None, Support]:
    """The telling whose days hold: those stated by most voices, the shortest of equals, else the first publication.

    What is only expected may be put off: of days that as many voices state the one stated last holds.
    """
    dated = [x for x in tellings if x.telling.first is not None]
    stated = [x for x in dated if x.telling.stated]
    if not stated:
        best = min(dated, key=lambda x: x.telling.first or 0, default=None)
        first = best.telling.first if best else None
        return best, Support(_count(dated, lambda x: x.telling.first == first), 0)

    def span(x: Told) -> tuple[int, int]:
        return x.telling.first or 0, x.telling.last or 0

    def agrees(x: Told, chosen: tuple[int, int]) -> bool:
        return span(x)[0] <= chosen[1] and chosen[0] <= span(x)[1]

    def stated_last(c: tuple[int, int]) -> int:
        return max(i for i, x in enumerate(stated) if span(x) == c) if expected else 0

    chosen = max(
        sorted({span(x) for x in stated}),
        key=lambda c: (_count(stated, lambda x: span(x) == c), stated_last(c), c[0] - c[1], -c[0]),
    )
    best = next(x for x in stated if span(x) == chosen)
    for_ = {x.voice for x in stated if agrees(x, chosen)}
    against = {x.voice for x in stated if not agrees(x, chosen)} - for_
    return best, Support(len(for_), len(against))


def _place(tellings: Sequence[Told]) -> tuple[Spot | None, Support]:
    """The most exact place that most voices give; a country speaks for its towns."""
    placed = [(x.telling.place, x.voice) for x in tellings if x.telling.place]
    if not placed:
        return None, Support(0, 0)
    spots = [spot for spot, _ in placed if spot.local] or [spot for spot, _ in placed]

    def named(spot: Spot) -> Hashable:
        return spot.geonames if spot.geonames is not None else (spot.name, spot.country)

    unlike: dict[Hashable, Spot] = {}
    for spot in spots:
        unlike.setdefault(named(spot), spot)
    count = {k: len({voice for spot, voice in placed if named(spot) == k}) for k in unlike}
    best = max(unlike, key=lambda k: (count[k], unlike[k].precision == "point", str(k)))
    for_ = {voice for spot, voice in placed if place_points(spot, unlike[best]) >= 0}
    against = {voice for spot, voice in placed if place_points(spot, unlike[best]) < 0} - for_
    return unlike[best], Support(len(for_), len(against))


_ORGANS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})  # sectors that act for a state


@dataclass(slots=True)
class _Group:
    """Parties that are one, with the voices that name them on each side."""

    best: Party
    sides: tuple[set[str], set[str]]

    @property
    def voices(self) -> set[str]:
        return self.sides[0] | self.sides[1]


def party_key(party: Party) -> tuple[str, str, str]:
    """What makes two parties one in a merged happening."""
    if party.named:
        return "E", party.entity or "", ""
    if party.polity:
        return "P", party.polity, party.sector or ""
    return "T", who(party).text, ""


def _parties(
    tellings: Sequence[Told], event_type: str, support: dict[str, Support]
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    groups: dict[tuple[str, str, str], _Group] = {}
    for x in tellings:
        for side, parties in enumerate((x.telling.actors, x.telling.recipients)):
            for party in parties:
                group = groups.setdefault(party_key(party), _Group(party, (set(), set())))
                group.sides[side].add(x.voice)
    together = cache(lambda: _together(tellings))
    swap = event_type in RECIPROCAL
    # A country, or an unnamed part of it, speaks for the one whom others name.
    named = [key for key in groups if key[0] == "E"]
    for key in [key for key in groups if key[0] == "P"]:
        heirs = [
            n for n in named
            if groups[n].best.polity == key[1] and _heir(groups[n], groups[key], swap)
            and frozenset((n, key)) not in together()
        ]  # fmt: skip
        if heirs:
            heir = max(heirs, key=lambda n: (len(groups[n].voices), n))
            for side in (0, 1):
                groups[heir].sides[side].update(groups[key].sides[side])
            del groups[key]
    _join_counted(groups, together)
    chosen: tuple[list[_Group], list[_Group]] = ([], [])
    for group in groups.values():
        sides = (len(group.sides[0]), len(group.sides[1]))
        if swap or not (sides[0] and sides[1]):
            chosen[0 if sides[0] >= sides[1] else 1].append(group)
        else:
            for side in (0, 1):
                chosen[side].append(group)
    result = []
    for side, name in enumerate(("actors", "recipients")):
        counted = {id(g): len(g.voices if swap else g.sides[side]) for g in chosen[side]}
        top = max(counted.values(), default=0)
        kept = [g for g in chosen[side] if counted[id(g)] * MINOR >= top]
        if not swap:
            kept = [g for g in kept if not any(_outvoted(g, h, counted, together) for h in kept)]
        kept.sort(key=lambda g: (-counted[id(g)], party_key(g.best)))
        for_ = {v for g in kept for v in (g.voices if swap else g.sides[side])}
        others = {v for g in chosen[side] for v in g.sides[side]} - for_
        support[name] = Support(len(for_), len(others))
        result.append(tuple(g.best for g in kept))
    return result[0], result[1]


def _outvoted(
    one: _Group, other: _Group, counted: Mapping[int, int], together: Callable[[], set[frozenset[tuple[str, str, str]]]]
) -> bool:
    """Whether more voices name another party in the place of this one: it was not both, as no telling has both."""
    if counted[id(one)] >= counted[id(other)] or party_points(who(one.best), who(other.best)) >= 0:
        return False
    return frozenset((party_key(one.best), party_key(other.best))) not in together()


def _together(tellings: Sequence[Told]) -> set[frozenset[tuple[str, str, str]]]:
    """The pairs of parties that one telling has both of: these are two."""
    return {
        frozenset((party_key(a), party_key(b)))
        for x in tellings
        for a, b in itertools.combinations((*x.telling.actors, *x.telling.recipients), 2)
    }


def _join_counted(
    groups: dict[tuple[str, str, str], _Group], together: Callable[[], set[frozenset[tuple[str, str, str]]]]
) -> None:
    """Make one of the unnamed groups of one number of people: `20 hostages`, `20 rehineyi`."""
    counted: dict[int, list[tuple[str, str, str]]] = {}
    for key, group in groups.items():
        count = who(group.best).figure
        if count is not None and key[0] != "E":
            counted.setdefault(count, []).append(key)
    for keys in counted.values():
        keep, *rest = sorted(keys, key=lambda k: (k[0] != "P", -len(groups[k].voices), k))
        for key in rest:
            one, other = groups[keep], groups[key]
            polities = {one.best.polity, other.best.polity} - {None}
            if len(polities) == 2 or frozenset((keep, key)) in together():
                continue  # ten soldiers and ten others in one telling are twenty
            if any(one.sides[side] and other.sides[side] for side in (0, 1)):
                for side in (0, 1):
                    one.sides[side].update(other.sides[side])
                del groups[key]


def _heir(named: _Group, generic: _Group, swap: bool) -> bool:
    """Whether a named party may stand for a generic one: of the same sector, or of the state's organs for the state.

    Who acts is not whom it is done to: a state that detains its own mayor is not the mayor.
    """
    if not swap and not any(named.sides[side] and generic.sides[side] for side in (0, 1)):
        return False
    if not generic.best.sector or generic.best.kind == "GPE":
        return bool(_ORGANS.intersection(named.best.sectors))
    return generic.best.sector in named.best.sectors
