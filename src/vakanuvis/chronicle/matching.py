"""Which accounts of different reports tell of one thing.

Three steps, each a function of the accounts alone, so that the order in which they came never counts:

1. *Anchors*: every account is filed under what it would share with another telling: a named party, a town, a pair of
   polities; by type and week. Only accounts that share an anchor are compared, so the cost stays close to linear.
2. *Score*: points for and against, summed over type, parties, place, days, numbers and wording (`score`).
3. *Pivots*: accounts are ranked by how much they tell. One becomes a pivot unless a richer pivot matches it; the
   others join the pivot that they match best. This is the pivot algorithm of correlation clustering (Ailon, Charikar,
   Newman, "Aggregating inconsistent information: ranking and clustering", 2008), kept up to date as a greedy maximal
   independent set (Behnezhad et al., "Fully dynamic maximal independent set with polylogarithmic update time", 2019):
   every member matches its pivot directly, so happenings do not grow into chains, and a new account changes only its
   own surroundings.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from vakanuvis.chronicle.names import full_name, one_name, one_script, roles
from vakanuvis.chronicle.records import REALISED, Account, Party, Spot, Telling
from vakanuvis.chronicle.wording import custody, figure, number
from vakanuvis.ontology import RECIPROCAL, ontology
from vakanuvis.resolution.spellings import skeletons
from vakanuvis.words import fold

VERSION = 7  # of what a store keeps of all this; to be raised whenever it makes other anchors, accounts or happenings
THRESHOLD = 4.0  # points from which two accounts match
OTHER_TYPE = 2.5  # points more that accounts of different types need
REACH = 7  # days between two accounts that may still match
MANY = 100  # dead from which two tolls in one place are seldom of two acts
BACKGROUND = 30  # days before a report in which the background that it tells without a time is looked for
VAGUE = 10  # days of an interval from which it says little of the day
WAVE = 3  # days between the first and the last from which blows are told as a wave, not as one
LARGE = 10  # people from which a number is seldom that of two groups
SUMMIT = 5  # parties from which a meeting is one of many
LONG = 45  # days from which an interval is too wide to be filed by its weeks

# Types under which one thing may be told, and what the pair is worth; the same type is worth SAME_TYPE.
SAME_TYPE = 2.0
_KIN: dict[frozenset[str], float] = {
    frozenset(pair.split("/")): worth
    for pair, worth in {
        "CONSULT/AGREE": 0.5,
        "CONSULT/COOPERATE": 0.5,
        "AGREE/COOPERATE": 1.0,
        "AGREE/SUPPORT": 0.5,
        "COOPERATE/SUPPORT": 0.3,
        "AID/COOPERATE": 0.3,
        "AID/SUPPORT": 0.3,
        "AGREE/CONCEDE": 0.5,
        "AGREE/RETREAT": 0.8,
        "CONCEDE/RETREAT": 1.2,
        "ACCUSE/REJECT": 2.2,
        "ACCUSE/THREATEN": 0.5,
        "ACCUSE/SANCTION": 0.3,
        "COERCE/SANCTION": 0.8,
        "COERCE/ASSAULT": 0.8,
        "COERCE/ACCUSE": 0.3,
        "MOBILIZE/ASSAULT": 0.5,
        "PROTEST/ASSAULT": 0.3,
    }.items()
}
_TYPES = tuple(ontology().events)
KIN: dict[str, tuple[str, ...]] = {
    t: (t, *(u for u in _TYPES if frozenset((t, u)) in _KIN and u != t)) for t in _TYPES
}  # fmt: skip
# Acts that the same parties repeat day after day: a day's difference weighs more.
_REPEATED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
_BLOWS = frozenset({"ASSAULT", "COERCE"})  # of which many make a wave, and one is not the wave
_NONSTATE = frozenset(ontology().nonstate)
_ANY = frozenset({None, "CVL", "UNK", "GOV"})  # sectors that say little of who it was
# Modes under which one act may be told: a raid and the arrests in it, a killing and its means.
_NEAR_MODES = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "seize/arrest", "assassinate/aerial", "assassinate/drone", "assassinate/firearms", "assassinate/explosives",
        "aerial/drone", "destroy/primitive", "disapprove/allege",
    )
)  # fmt: skip


class Who(NamedTuple):
    """A party as matching sees it."""

    entity: str | None
    polity: str | None
    sector: str | None
    kind: str
    named: bool
    text: str
    full_name: tuple[str, ...] | None
    roles: frozenset[str]
    figure: int | None


@lru_cache(maxsize=1 << 16)
def who(party: Party) -> Who:
    """The party as matching sees it."""
    unknown = party.kind == "PER" and party.entity is None
    name = full_name(party.text) if unknown else None
    held = roles(party.text, party.office) if party.kind == "PER" else frozenset()
    count = figure(party.text) if party.kind == "GRP" else None
    return Who(party.entity, party.polity, party.sector, party.kind, party.named, fold(party.text), name, held, count)


@dataclass(frozen=True, slots=True)
class Features:
    """What matching knows of an account. Days are ordinals; `rank` orders the accounts, the richest first."""

    key: str
    report: str
    realised: bool
    status: str
    type: str
    mode: str | None
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    place: Spot | None
    first: int | None
    last: int | None
    stated: bool
    background: bool
    dead: int | None
    injured: int | None
    context: frozenset[str]
    language: str | None
    stems: tuple[int, ...]
    implied: bool
    custody: bool
    rank: tuple[int, int]

    @classmethod
    def of(cls, account: Account) -> Features:
        """The features of an account."""
        return cls.of_tellings(
            account.tellings,
            account.key,
            account.report,
            account.language,
            account.stems,
            account.implied,
            account.published,
        )

    @classmethod
    def of_tellings(
        cls,
        tellings: tuple[Telling, ...],
        key: str = "",
        report: str = "",
        language: str | None = None,
        stems: frozenset[int] = frozenset(),
        implied: tuple[Party, ...] = (),
        published: int | None = None,
    ) -> Features:
        """The features of tellings of one thing."""
        lead = tellings[0]
        actors = tuple(dict.fromkeys(who(p) for t in tellings for p in t.actors))
        borrowed = bool(implied) and not any(p.polity for t in tellings for p in (*t.actors, *t.recipients))
        if borrowed:
            actors += tuple(who(p) for p in implied)
        recipients = tuple(dict.fromkeys(who(p) for t in tellings for p in t.recipients))
        places = [t.place for t in tellings if t.place]
        place = next((p for p in places if p.local), places[0] if places else None)
        dated = [t for t in tellings if t.first is not None and t.last is not None]
        stated = [t for t in dated if t.stated]
        when = min(stated or dated, key=lambda t: (t.last or 0) - (t.first or 0), default=None)
        dead = max((t.dead for t in tellings if t.dead is not None), default=None)
        injured = max((t.injured for t in tellings if t.injured is not None), default=None)
        background = all(t.status == "historical" for t in tellings) and not stated
        first, last = (when.first, when.last) if when else (None, None)
        if when is None and background and published is not None:
            first, last = published - BACKGROUND, published
        # Who says in which town and on which day stands for an act better than who names many that were in it.
        richness = (
            2 * any(w.named for w in actors + recipients)
            + bool(actors)
            + bool(recipients)
            + (4 if place and place.local else bool(place))
            + 2 * bool(stated)
            + 2 * bool(stated and first == last)
            + (dead is not None)
            + bool(lead.mode)
        )
        return cls(
            key,
            report,
            lead.status in REALISED,
            lead.status,
            lead.type,
            next((t.mode for t in tellings if t.mode), None),
            actors,
            recipients,
            place,
            first,
            last,
            bool(stated),
            background,
            dead,
            injured,
            _contexts(tuple(dict.fromkeys(c for t in tellings for c in t.context))),
            language,
            tuple(stems),
            borrowed,
            lead.mode == "arrest" and custody(lead.words),
            (-richness, number(key)),
        )


@lru_cache(maxsize=1 << 10)
def _contexts(codes: tuple[str, ...]) -> frozenset[str]:
    """The codes as a set; there are few different ones, and many accounts."""
    return frozenset(codes)


# ---------------------------------------------------------------- score


def party_points(a: Who, b: Who) -> float:
    """Points for two parties being one: 3 for one person or organisation, below 0 where they exclude each other."""
    points = _known_points(a, b)
    if a.figure is None or a.figure != b.figure or points < 0:
        return points
    return points + _figure_points(a.figure)


def _figure_points(count: int) -> float:
    """Points for two groups of one number of people: a large number is seldom that of two groups."""
    return 1.5 if count >= LARGE else 1.0 if count > 2 else 0.4


def _known_points(a: Who, b: Who) -> float:
    if a.entity is not None and a.entity == b.entity:
        return 3.0 if a.named or b.named else 0.9
    if a.full_name is not None and b.full_name is not None:
        if one_name(a.full_name, b.full_name):
            return 2.8
        if one_script(a.full_name, b.full_name):
            return -3.0 if a.polity != b.polity and a.polity and b.polity else -1.5
    if a.polity is not None and b.polity is not None:
        if a.polity != b.polity:
            return -3.0
        if a.named and b.named:
            if a.polity in _NONSTATE:
                return -3.0
            if a.kind == b.kind == "PER":
                return 0.3 if a.roles & b.roles else -2.0  # one of two names is wrong, or they are two persons
            if a.kind == b.kind:
                return -1.0
            return 1.2 if a.sector == b.sector else 0.5
        if a.text == b.text:
            return 1.5 if a.kind in ("PER", "ORG") else 0.9
        if a.sector == b.sector or "GPE" in (a.kind, b.kind):
            return 0.9
        return 0.1 if a.sector in _ANY or b.sector in _ANY else -1.5
    if a.text == b.text:
        return 1.5 if a.kind != "GRP" else 0.6
    if a.sector == b.sector and a.sector not in _ANY:
        return 0.6
    return 0.0


def side_points(one: tuple[Who, ...], other: tuple[Who, ...], most: float = 3.0) -> float | None:
    """Points for two sides being one: the mean of the best partners of the smaller side; None where one is empty.

    Args:
        one, other: the sides.
        most: what two parties can be worth at most, unless they are one person.
    """
    if not one or not other:
        return None
    if len(one) == len(other) == 1:
        points = party_points(one[0], other[0])
        return points if _own(one[0], other[0]) else min(points, most)
    if len(one) > len(other):
        one, other = other, one
    best = (max((party_points(a, b), _own(a, b)) for b in other) for a in one)
    return sum(points if own else min(points, most) for points, own in best) / len(one)


def _own(a: Who, b: Who) -> bool:
    """Whether two parties mark one act, as a person or a number of people does, but no army that acts every day."""
    return b.kind == "PER" or (a.figure is not None and a.figure == b.figure)


def parties_points(a: Features, b: Features) -> tuple[float, bool]:
    """Points for the parties of two accounts, and whether they share any at all."""
    if mutual(a) and mutual(b):
        points, shared = _talk_points(a.actors + a.recipients, b.actors + b.recipients)
        return (min(points, -2.0) if _aside(a, b) or _aside(b, a) else points), shared
    total, shared = 0.0, False
    # An army or a police that acts every day is no mark of one act.
    most = 1.5 if a.type in _REPEATED else 3.0
    for side in (side_points(a.actors, b.actors, most), side_points(a.recipients, b.recipients, most)):
        if side is not None:
            total += side
            shared = shared or side > 0.5
    return total, shared


def _aside(a: Features, b: Features) -> bool:
    """Whether one account is of two who talked, the other of a summit, where such two talk aside as well."""
    two = len(a.actors + a.recipients) == 2 and a.mode != "multilateral"
    return two and (b.mode == "multilateral" or len(b.actors + b.recipients) >= SUMMIT)


def mutual(a: Features) -> bool:
    """Whether all parties do the same thing, so that it does not count who is named as doing it to whom."""
    return a.type in RECIPROCAL or a.mode == "ceasefire"


def _talk_points(one: tuple[Who, ...], other: tuple[Who, ...]) -> tuple[float, bool]:
    """Points for those who talked: that is what tells one meeting from another."""
    if not one or not other:
        return 0.0, False
    if len(one) > len(other):
        one, other = other, one
    best = [max(party_points(x, y) for y in other) for x in one]
    mean = sum(best) / len(best)
    total = mean * min(len(one), 2)
    if len(one) == 1 < len(other):
        total *= 0.8  # he talked to others as well
    # Somebody whom the other account excludes counts in full, unless two that are known agree.
    if min(best) < 0 and sum(points == 3.0 for points in best) < 2:
        total += 2 * min(best)
    return total, mean > 0.5


def place_points(a: Spot | None, b: Spot | None) -> float:
    """Points for two places: the same, one in the other, or apart."""
    if a is None or b is None:
        return 0.0
    if a.geonames is not None and a.geonames == b.geonames:
        return 2.0 if a.local else 0.8
    if a.country and b.country and a.country != b.country:
        return -3.0
    if a.city and a.city == b.city:
        return 2.0
    same_region = a.region is not None and a.region == b.region
    if same_region and a.country == b.country and (_seat(a) != _seat(b)):
        return 0.6  # the town's name may stand for its province
    if a.local and b.local:
        return 1.0 if _near(a, b) else -1.7
    if same_region:
        return 1.5
    if a.region and b.region:
        return -1.0
    return 0.4 if a.country and a.country == b.country else 0.0


def _near(a: Spot, b: Spot) -> bool:
    return abs(a.latitude - b.latitude) < 0.2 and abs(a.longitude - b.longitude) < 0.25


def _neighbours(a: Spot | None, b: Spot | None) -> bool:
    """Whether two places are towns side by side, where one force may strike both on one day."""
    if a is None or b is None or not (a.city and b.city) or a.city == b.city or _seat(a) or _seat(b):
        return False
    return a.country == b.country and a.local and b.local and _near(a, b)


def _names(a: Features, place: Spot | None) -> bool:
    """Whether the words for a party name a town, as those for its police or its council do."""
    if a.place is not None or place is None or not place.local:
        return False
    names = _place_words(place.name, place.city, place.district, place.region)
    return any(not names.isdisjoint(w.text.split()) for w in a.actors + a.recipients if w.kind in ("ORG", "GRP"))


@lru_cache(maxsize=1 << 14)
def _place_words(*names: str | None) -> frozenset[str]:
    return frozenset(fold(name) for name in names if name)


def _seat(a: Spot) -> bool:
    """Whether it is a town that has its name from its province."""
    return a.precision == "city" and a.city is not None and a.region is not None and _one_name(a.city, a.region)


@lru_cache(maxsize=1 << 14)
def _one_name(a: str, b: str) -> bool:
    return fold(a) == fold(b)


def gap(a: Features, b: Features) -> int | None:
    """Days between two accounts' intervals, 0 where they overlap; None where one has no day."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(a.first - b.last, b.first - a.last, 0)


def day_points(a: Features, b: Features, days: int) -> float:
    """Points for the days, `days` apart: what a report states counts more than the day it was published on."""
    repeated = a.type in _REPEATED
    if days == 0:
        short, long = sorted((x.last or 0) - (x.first or 0) for x in (a, b))
        if long > VAGUE:
            return -1.0 if repeated else 0.3
        if a.type in _BLOWS and short <= 1 and long >= WAVE:
            return -1.0
    if a.stated and b.stated:
        if days == 0:
            return 2.0 if a.first == a.last and b.first == b.last else 1.0
        return (-1.5, -5.0)[repeated] if days == 1 else (-5.0, -6.0)[repeated]
    if a.stated or b.stated:
        published = a if b.stated else b
        told = b if b.stated else a
        if days and (published.last or 0) < (told.first or 0):
            return -4.0  # published before it happened
        return (1.5, 0.8, 0.0, -0.8, -2.0)[min(days, 4)] - (0.8 if repeated and days > 1 else 0.0)
    if repeated:
        return (1.2, -0.3, -1.5, -3.5)[min(days, 3)]
    return (1.2, 0.8, 0.0, -2.0, -4.0)[min(days, 4)]  # what is told as news is news of the day


def wording_points(a: Features, b: Features) -> float:
    """Points for the words that two accounts share; across languages there are few beside names and numbers."""
    if not a.stems or not b.stems:
        return 0.0
    shared = len(set(a.stems).intersection(b.stems))
    if a.language != b.language:
        return min(1.0, 0.4 * shared)
    part = shared / min(len(a.stems), len(b.stems))
    return -0.8 + 4 * part if part < 0.2 else min(2.0, (part - 0.2) * 4)


def mode_points(a: Features, b: Features) -> float:
    """Points for the modes; a call is no visit."""
    if a.mode is None or b.mode is None or a.type != b.type:
        return 0.0
    if a.mode == b.mode:
        return 0.5
    if a.type == "CONSULT":
        return -2.0 if {a.mode, b.mode} == {"phone", "visit"} else 0.0  # a call may have three sides
    return 0.0 if frozenset((a.mode, b.mode)) in _NEAR_MODES else -1.0


def toll_points(a: Features, b: Features) -> float:
    """Points for the dead and injured; tolls rise, so a difference weighs little, and many die seldom twice."""
    points = 0.0
    for one, other in ((a.dead, b.dead), (a.injured, b.injured)):
        if one is not None and other is not None:
            if one == other:
                points += 1.0 if one else 0.3
            elif max(one, other) > 5 * min(one, other) + 5:
                points -= 0.8
    if a.dead and b.dead and min(a.dead, b.dead) >= MANY:
        points += 2.5
    return points


def score(a: Features, b: Features) -> float | None:
    """Points for two accounts telling of one thing, above `THRESHOLD` where they match; None where they never can."""
    if a.report == b.report or a.realised != b.realised:
        return None
    kinship = SAME_TYPE if a.type == b.type else _KIN.get(frozenset((a.type, b.type)))
    if kinship is None:
        return None
    days = gap(a, b)
    denied = (a.status == "negated") != (b.status == "negated")
    if (days is not None and days > REACH) or ((a.first is None) != (b.first is None)):
        return None
    points = kinship - (OTHER_TYPE if a.type != b.type else 0.0)
    if days is not None:
        # A denial comes after what it denies.
        unstated = not (a.stated and b.stated)
        points += 0.6 + max(day_points(a, b, days), -1.0) if denied and unstated else day_points(a, b, days)
    parties, shared = parties_points(a, b)
    places = place_points(a.place, b.place)
    if not places and (_names(a, b.place) or _names(b, a.place)):
        places = 1.0
    if a.type in _REPEATED and _neighbours(a.place, b.place):
        places = -0.5
    elif places < 0 and a.type in _REPEATED and parties < 2.5:
        places *= 3  # they act here and there on one day
    if a.implied or b.implied:
        parties = max(parties, 0.0)  # what a report tells before may have others for parties
    points += parties + places + mode_points(a, b)
    if a.custody != b.custody and a.mode == b.mode == "arrest":
        points -= 1.5
    if not shared and (a.actors or a.recipients) and (b.actors or b.recipients):
        points -= 1.0
    if points < THRESHOLD - 6.7:  # all that is still to come cannot make up for it
        return points
    if a.context and b.context:
        points += 0.2 if a.context & b.context else -0.3
    return points + toll_points(a, b) + wording_points(a, b)


def told_within(group: Features, telling: Features) -> float:
    """How well a further telling of the same report fits a group of tellings; 0 where it tells of something else."""
    if group.type != telling.type or group.background != telling.background:
        return 0.0
    if group.custody != telling.custody:
        return 0.0
    # An attack that is only referred to has no mode of its own, whatever the reading took it for.
    bare = telling.type == "ASSAULT" and not telling.actors and telling.place is None and not telling.stated
    towns = group.type in _REPEATED and _neighbours(group.place, telling.place)
    if towns or place_points(group.place, telling.place) < 0 or (mode_points(group, telling) < 0 and not bare):
        return 0.0
    days = gap(group, telling)
    if group.stated and telling.stated and days:
        return 0.0
    sides = (side_points(group.actors, telling.actors), side_points(group.recipients, telling.recipients))
    if mutual(group):
        one, other = group.actors + group.recipients, telling.actors + telling.recipients
        sides = (_talk_points(one, other)[0] if one and other else None, None)
    # A raid may name whom it was against, and the arrests in it how many they were.
    least = -0.01 if {group.mode, telling.mode} == {"seize", "arrest"} else 0.05
    if any(side is not None and side <= least for side in sides):
        return 0.0
    if group.dead is not None and telling.dead is not None and group.dead != telling.dead and not group.place:
        return 0.0
    return 1.0 + sum(side for side in sides if side is not None)


# ---------------------------------------------------------------- anchors

_WEEK_BITS = 20  # the weeks of ten thousand years
_HASH_BITS = 43
_MASK = (1 << _HASH_BITS) - 1
_STEP = 0x9E3779B97F4A7C15


@lru_cache(maxsize=1 << 18)
def _subject(kind: str, value: str) -> int:
    return number(f"{kind}:{value}") & _MASK


_TYPED = {t: number(f"type:{t}") & _MASK for t in _TYPES}


def filed(kind: str, event_type: str, value: str, bucket: int) -> int:
    """The number under which one subject of an account is filed in one bucket.

    It begins with the week, so that what a new report is compared with lies side by side in a store.
    """
    return _place_in(bucket) ^ _subject(kind, value) ^ _TYPED[event_type]


def _place_in(bucket: int) -> int:
    """What a bucket gives to the numbers filed in it: a week in front, and what makes a wide interval another one."""
    week, width = bucket & (1 << _WEEK_BITS) - 1, bucket >> _WEEK_BITS
    return week << _HASH_BITS | width * _STEP & _MASK


def buckets(first: int | None, last: int | None, reach: int = 0) -> list[int]:
    """The weeks that an interval touches, `reach` days wider on both sides; for a wide interval one of its own."""
    if first is None or last is None:
        return [0]
    if last - first > LONG:
        return [first // 7 | (1 + first % 7 + 7 * (last - first)) << _WEEK_BITS]
    return list(range((first - reach) // 7, (last + reach) // 7 + 1))


def subjects(a: Features) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What an account is filed under, and what others that tell less of it would be filed under."""
    parties = a.actors + a.recipients
    where = fold(a.place.region) if a.place and a.place.region else ""
    strong = [("E", w.entity) for w in parties if w.named and w.entity]
    strong += [("E", f"~{sound}") for w in parties if w.full_name for sound in skeletons(w.full_name[-1])]
    if a.place and _known_town(a.place):
        strong.append(("C", fold(a.place.city or a.place.name)))
        if a.place.precision == "district" and where:
            strong.append(("C", where))  # a town's name may stand for its province
    sides = ({w.polity for w in a.actors}, {w.polity for w in a.recipients})
    for one in sides[0]:
        for other in sides[1]:
            if one and other and one != other:
                strong.append(("D", "|".join(sorted((one, other)))))
    if len(a.actors) > 1 and a.type in RECIPROCAL:
        known = sorted({w.polity for w in a.actors if w.polity})
        strong += [("D", f"{one}|{other}") for i, one in enumerate(known) for other in known[i + 1 :]]
    if a.dead or (a.injured or 0) > 3:
        strong.append(("N", f"{a.dead}|{a.injured}"))
    weak = [("P", f"{w.polity}|{w.sector or ''}") for w in parties if w.polity]
    # A leader and his force: a polity has few that are armed against it.
    strong += [("A", w.polity) for w in parties if w.polity and w.sector == "REB" and w.named]
    for w in parties:
        if w.figure is not None:
            strong += [("F", f"{w.figure}|{mark}") for mark in _marks(w, where)]
            if w.figure > 2:
                weak.append(("F", f"{w.figure}"))
        if w.polity is None and w.sector is not None and w.sector not in _ANY:
            weak.append(("G", w.sector))
    if where:  # an attack is told to be now in a town, now in the town's region
        (strong if a.type in _REPEATED else weak).append(("R", where))
    elif a.place and not a.place.local and a.place.precision != "country":
        weak.append(("R", fold(a.place.name)))
    if a.place and a.place.country:
        weak.append(("L", a.place.country))
    weak += [("T", w.text) for w in parties if w.polity is None and w.kind in ("PER", "ORG") and w.text]
    if not _marked(a, strong):
        strong += [("B", band) for band in _bands(a.stems)]
    return list(dict.fromkeys(strong)), list(dict.fromkeys(weak))


def _bands(stems: tuple[int, ...]) -> list[str]:
    """Anchors that accounts of nearly the same words share: the two lowest of their stems, in several orders."""
    if len(stems) < 4:
        return []
    orders = (sorted(stems, key=lambda stem: (stem >> shift) & 0xFFFF)[:2] for shift in (0, 16, 32))
    return [f"{i}|{min(two)}|{max(two)}" for i, two in enumerate(orders)]


def _marks(w: Who, where: str) -> list[str]:
    """What makes a number of people that of few acts: a large one by itself, others with who they were or where."""
    assert w.figure is not None
    found = [""] if w.figure >= LARGE else []
    if w.sector not in _ANY and w.sector is not None:
        found.append(w.sector)
    return [*found, where] if where else found


def _marked(a: Features, strong: list[tuple[str, str]]) -> bool:
    """Whether an account has an anchor that is its own: a toll changes, and parties told before may be others."""
    if a.place and _known_town(a.place):
        return True
    return not a.implied and any(kind in "ED" for kind, _ in strong)


def _known_town(place: Spot) -> bool:
    return place.local and (place.geonames is not None or place.city is not None)


def _polities(weak: list[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(value.split("|")[0] for kind, value in weak if kind == "P"))


def anchors(a: Features) -> list[int]:
    """The numbers that an account is filed under."""
    found, weeks = filing(a)
    return [week ^ subject for subject in found for week in weeks]


def filing(a: Features) -> tuple[list[int], list[int]]:
    """The numbers of an account's subjects and those of its weeks and type: each two make an anchor."""
    strong, weak = subjects(a)
    state = "r" if a.realised else "x"
    # A telling with no anchor but a polity or an unknown name is filed apart, so that the rich ones pass it by quickly.
    apart = "W" if _marked(a, strong) else "S"
    found = [*strong, *((apart + kind, value) for kind, value in weak), *((apart + "Q", p) for p in _polities(weak))]
    weeks = [_place_in(bucket) ^ _TYPED[a.type] for bucket in buckets(a.first, a.last)]
    return [_subject(state + kind, value) for kind, value in found], weeks


def lookups(a: Features) -> list[int]:
    """The numbers under which an account's possible partners are filed."""
    found, weeks = looking(a)
    return [week ^ subject for week in weeks for subject in found]


def looking(a: Features) -> tuple[list[int], list[int]]:
    """The numbers of the subjects, and of the weeks and types, under which an account's possible partners are filed."""
    strong, weak = subjects(a)
    state = "r" if a.realised else "x"
    # A part of a polity may be told as the polity as a whole, filed without a sector, and the other way round.
    weak += [("P", f"{polity}|") for polity in _polities(weak)]
    weak += [("Q", value[:-1]) for kind, value in weak if kind == "P" and value.endswith("|")]
    weak = list(dict.fromkeys(weak))
    wanted = [*strong, *(("S" + kind, value) for kind, value in weak)]
    if not _marked(a, strong):
        wanted += [("W" + kind, value) for kind, value in weak]
    weeks = [_place_in(bucket) ^ _TYPED[t] for bucket in buckets(a.first, a.last, REACH) for t in KIN[a.type]]
    return [_subject(state + kind, value) for kind, value in wanted], weeks


# ---------------------------------------------------------------- pivots


class Surroundings(Protocol):
    """What `settle` asks about accounts and who matches them: of an account and another, the points are `score`'s with
    the account first and the pivot second."""

    def pivot_of(self, number: int) -> int | None:
        """The pivot that an account had before, itself where it was one; None for a new account."""
        ...

    def rank(self, number: int) -> tuple[int, int]:
        """An account's rank; the lowest is the richest."""
        ...

    def pivots(self, numbers: Collection[int]) -> Mapping[int, Mapping[int, float]]:
        """For each of some accounts, those that it matches among the pivots of before, with the points."""
        ...

    def prepare(self, numbers: Collection[int]) -> None:
        """Get ready to be asked `around` for any of these."""
        ...

    def around(self, number: int) -> Mapping[int, float]:
        """All accounts that match one, with the points that it would have as their pivot."""
        ...

    def points(self, pairs: Collection[tuple[int, int]]) -> Mapping[int, float]:
        """For accounts, each with its pivot of before, the points between the two."""
        ...


def settle(touched: Iterable[int], near: Surroundings) -> dict[int, int]:
    """Decide anew which accounts are pivots and whom the others join.

    An account is held against pivots only; all that match it are looked for where it becomes a pivot or ceases to be
    one. So a further copy of what thousands have told is compared with the few that stand for them.

    Args:
        touched: accounts that are new, or whose pivot was taken away.
        near: the accounts and who matches them, as they were before.

    Returns:
        The pivot of every account that had to be decided, itself for a pivot, whether it changed or not.
    """
    rank = near.rank
    state: dict[int, bool] = {}
    seen: dict[int, Mapping[int, float]] = {}  # the pivots of before that an account matches
    gained: dict[int, dict[int, float]] = {}  # and the pivots that there are since

    def is_pivot(number: int) -> bool:
        return state[number] if number in state else near.pivot_of(number) == number

    def pivots(number: int) -> dict[int, float]:
        both = {**seen[number], **gained.get(number, {})}
        return {other: points for other, points in both.items() if is_pivot(other)}

    waiting = set(touched)
    queue = [(rank(number), number) for number in waiting]
    heapq.heapify(queue)
    seen.update(near.pivots(waiting))
    near.prepare([number for mine, number in queue if not any(rank(other) < mine for other in seen[number])])
    changed: dict[int, Mapping[int, float]] = {}
    while queue:
        mine, number = heapq.heappop(queue)
        waiting.discard(number)
        was, now = is_pivot(number), not any(rank(other) < mine for other in pivots(number))
        state[number] = now
        if was == now:
            continue
        around = changed[number] = near.around(number)
        if now:
            for other, points in around.items():
                gained.setdefault(other, {})[number] = points
        # A new pivot can only unseat poorer pivots; one that is none any more can only free poorer members.
        poorer = [n for n in around if n not in waiting and rank(n) > mine and is_pivot(n) == now]
        seen.update(near.pivots([other for other in poorer if other not in seen]))
        for other in poorer:
            heapq.heappush(queue, (rank(other), other))
            waiting.add(other)
    undecided = {*state, *(other for around in changed.values() for other in around)}
    members = [number for number in undecided if not is_pivot(number)]
    # Who keeps his pivot can only be drawn away by a new one, so no other has to be looked for.
    stay = {n: to for n in members if n not in seen and (to := near.pivot_of(n)) is not None and state.get(to, True)}
    seen.update({number: {stay[number]: points} for number, points in near.points(list(stay.items())).items()})
    seen.update(near.pivots([number for number in members if number not in seen]))
    decided = {number: number for number in undecided if is_pivot(number)}
    for number in members:
        found = pivots(number)
        decided[number] = min(found, key=lambda other: (-found[other], rank(other)))
    return decided


class Index:
    """Accounts in memory, filed under their anchors; finds the ones that match."""

    def __init__(self) -> None:
        self.features: dict[int, Features] = {}
        # By subject, then by week and type: nobody has told of most subjects in most weeks. Most anchors are those of
        # one account: a list would cost more.
        self._filed: dict[int, dict[int, int | list[int]]] = {}

    def put(self, number: int, features: Features) -> None:
        """File an account under a number of the caller's."""
        self.features[number] = features
        subjects, weeks = filing(features)
        for subject in subjects:
            filed_here = self._filed.setdefault(subject, {})
            for week in weeks:
                before = filed_here.get(week)
                if before is None:
                    filed_here[week] = number
                elif isinstance(before, list):
                    before.append(number)
                else:
                    filed_here[week] = [before, number]

    def candidates(self, features: Features) -> set[int]:
        """The accounts that share an anchor."""
        found: set[int] = set()
        subjects, weeks = looking(features)
        for filed_here in map(self._filed.get, subjects):
            if filed_here is None:
                continue
            for numbers in map(filed_here.get, weeks):
                if numbers is None:
                    continue
                if isinstance(numbers, int):
                    found.add(numbers)
                else:
                    found.update(numbers)
        return found

    def matches(self, features: Features, *, poorer: bool = False) -> dict[int, float]:
        """The accounts that match, with their points; with `poorer` only those that tell less."""
        found = {}
        for other in self.candidates(features):
            if poorer and self.features[other].rank < features.rank:
                continue
            points = score(features, self.features[other])
            if points is not None and points >= THRESHOLD:
                found[other] = points
        return found


def match(features: Iterable[Features]) -> list[int]:
    """Match all accounts at once: for each, the position of its pivot, its own where it is one.

    The outcome is the one that `settle` reaches when the accounts come one by one, in any order.
    """
    accounts = list(features)
    pivots = Index()
    pivot_of = [0] * len(accounts)
    joined: dict[int, tuple[int, float]] = {}  # to the best of the pivots that tell more

    def best(found: Mapping[int, float]) -> tuple[int, float]:
        pivot = min(found, key=lambda j: (-found[j], accounts[j].rank))
        return pivot, found[pivot]

    for i in sorted(range(len(accounts)), key=lambda i: accounts[i].rank):
        if found := pivots.matches(accounts[i]):
            joined[i] = best(found)
        else:
            pivots.put(i, accounts[i])
            pivot_of[i] = i
    for i, (pivot, points) in joined.items():
        pivot_of[i], _ = best({pivot: points, **pivots.matches(accounts[i], poorer=True)})
    return pivot_of
