"""The ledger of what is planned, promised, threatened, feared or called for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vakanuvis.chronicle.matching import (
    KIN,
    LONG,
    Features,
    Who,
    filed,
    gap,
    parties_points,
    party_points,
    place_points,
    subjects,
    wording_points,
)
from vakanuvis.chronicle.merging import Told
from vakanuvis.chronicle.records import Happening, Party
from vakanuvis.ontology import RECIPROCAL, ontology

HORIZON = 730  # days after the announcement in which an act without a stated time may still fulfil it
PERIOD = 364  # days of a period by which the ledger is filed: what a year holds is what an act has to look through
GRACE = {"day": 2, "week": 5, "span": 7, "month": 7, "season": 15, "year": 31, "decade": 31}
"""Days by which an act may come later than said and still fulfil, by the precision of what was said."""

# What one does who does what was asked of him, by the mode of the request.
_GRANTED: dict[str | None, tuple[str, ...]] = {
    "assist": ("AID", "SUPPORT", "COOPERATE", "AGREE"),
    "change": ("CONCEDE", "AGREE", "SUPPORT", "RETREAT"),
    "yield": ("RETREAT", "CONCEDE", "AGREE"),
    "meet": ("CONSULT",),
    None: ("CONCEDE", "AGREE", "RETREAT", "AID", "SUPPORT", "COOPERATE"),
}
KINDS = ("planned", "threatened", "feared", "possible", "called for")
KNOWN = 1.4  # points for parties, and words in common, without which no act is taken for the one expected
ENOUGH = 2.0  # points for parties and place from which an act is the one that was expected


def _deed(event_type: str) -> bool:
    return ontology().events[event_type].quad.startswith("material") or event_type == "CONCEDE"


# Who has agreed to do something has not done it.
_FULFILS = {t: tuple(u for u in kin if _deed(u) or not _deed(t)) for t, kin in KIN.items()}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What somebody expects.

    Attributes:
        kind: planned, threatened, feared, possible or called for.
        types: event types that would fulfil it.
        by: who expects it: the source named, else who announces it himself, else nobody (the outlets do).
        of: who is to act.
        announced: day of the first report as an ordinal.
        due_first, due_last: when it is to come, as ordinals; None where that is not said.
        grace: days before `due_first` and after `due_last` in which it may come as well.
    """

    kind: str
    types: tuple[str, ...]
    by: tuple[Party, ...]
    of: tuple[Party, ...]
    announced: int | None
    due_first: int | None
    due_last: int | None
    grace: int

    @property
    def window(self) -> tuple[int, int] | None:
        """The days in which a fulfilment must come; None where the day of the announcement is not known."""
        if self.announced is None:
            return None
        if self.due_last is None:
            return self.announced, self.announced + HORIZON
        return self.announced, max(self.announced, self.due_last + self.grace)


def expected(happening: Happening) -> bool:
    """Whether a happening belongs in the ledger: it is only expected, or it is a request."""
    return happening.status in ("future", "hypothetical") or (
        happening.type == "REQUEST" and happening.status in ("actual", "historical")
    )


def expectation(happening: Happening, tellings: Sequence[Told]) -> Expectation:
    """The ledger's entry for a happening that is `expected`."""
    announced = min((x.account.published for x in tellings if x.account.published is not None), default=None)
    if happening.type == "REQUEST":
        types, of, kind = _GRANTED.get(happening.mode, _GRANTED[None]), happening.recipients, "called for"
        due = None
    else:
        types, of, due = _FULFILS[happening.type], happening.actors, happening if happening.stated else None
        conflict = ontology().events[happening.type].quad.endswith("conflict")
        kind = {(True, True): "threatened", (True, False): "planned", (False, True): "feared"}.get(
            (happening.status == "future", conflict), "possible"
        )
    by = tuple(dict.fromkeys(party for x in tellings for party in x.telling.sources)) or happening.actors
    if due is not None and due.last is not None and announced is not None and due.last < announced - 1:
        due = None  # what was said cannot be when it is to come
    return Expectation(
        kind,
        types,
        by,
        of,
        announced,
        due.first if due else None,
        due.last if due else None,
        GRACE.get(due.precision, 7) if due else 0,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an expectation.

    Attributes:
        what: "fulfilled" or "withdrawn".
        by: the happening that did it.
        day: its day as an ordinal.
    """

    what: str
    by: str
    day: int


@dataclass(frozen=True, slots=True)
class Act:
    """What may fulfil an expectation: a realised happening's id and status, the day of its first report as an ordinal,
    and the features of its pivot."""

    id: str
    status: str
    told: int | None
    features: Features


def outcome(entry: Expectation, features: Features, acts: Iterable[Act]) -> Outcome | None:
    """What became of an expectation: the first act that fulfils it, else the first that calls it off.

    An act fulfils where it is of a fitting type, comes within the window and about when it was to come, is done by
    those of whom it was expected and does not exclude the place. It is called off where such an act is denied, or a
    meeting is refused.
    """
    window = entry.window
    if window is None:
        return None
    found: dict[str, list[tuple[int, str]]] = {"fulfilled": [], "withdrawn": []}
    for act in acts:
        what, day = act.features, act.features.first
        if day is None or what.last is None or not (window[0] <= what.last and day <= window[1]):
            continue
        refused = what.type == "REJECT" and "CONSULT" in entry.types and what.mode in ("meet", None)
        if what.type not in entry.types and not refused:
            continue
        if _fit(entry, features, what) < ENOUGH:
            continue
        denied = act.status == "negated" or refused
        if denied and entry.kind == "feared":
            continue  # what is only feared nobody can call off
        if not denied and entry.due_first is not None and what.last < entry.due_first - entry.grace:
            continue  # what came well before the day named is another thing
        if not denied and entry.due_first is None and what.last <= window[0]:
            continue  # what came before, as far as a day tells: a strike that is answered, a talk to be gone on with
        if denied and act.told is not None:
            day = act.told  # what is called off has no day but that of the news
        found["withdrawn" if denied else "fulfilled"].append((max(day, window[0]), act.id))
    for name, days in found.items():
        if days:
            day, by = min(days)
            return Outcome(name, by, day)
    return None


def _all(features: Features) -> tuple[Who, ...]:
    return features.actors + features.recipients


_YIELDING = frozenset({"RETREAT", "CONCEDE"})  # what somebody does alone who is asked to stop something
_ASKED_SECTORS = ("", "GOV", "MIL")  # of a polity asked for something, whoever of it may do it


def _entry_subjects(features: Features) -> list[tuple[str, str]]:
    if features.type == "REQUEST":
        found = [("E", w.entity) for w in features.recipients if w.named and w.entity]
        found += [
            ("P", f"{w.polity}|{sector}")
            for w in features.recipients
            if w.polity
            for sector in (*_ASKED_SECTORS, w.sector or "")
        ]
        return list(dict.fromkeys(found))
    strong, weak = subjects(features)
    parties = [(kind, value) for kind, value in strong if kind in "ED"]
    parties = parties or [(kind, value) for kind, value in weak if kind == "P"]
    return parties or [(kind, value) for kind, value in strong if kind == "C"]


def _entry_types(entry: Expectation) -> tuple[str, ...]:
    return (*entry.types, "REJECT") if "CONSULT" in entry.types else entry.types


def ledger_keys(entry: Expectation, features: Features) -> list[int]:
    """The numbers under which the ledger files an entry, for acts to find it: once for each period of its window."""
    if entry.window is None:
        return []
    periods = range(entry.window[0] // PERIOD, entry.window[1] // PERIOD + 1)
    filed_under = [(kind, t, value) for kind, value in _entry_subjects(features) for t in _entry_types(entry)]
    return [filed("l" + kind, t, value, period) for kind, t, value in filed_under for period in periods]


def keys_of_act(features: Features) -> list[int]:
    """The numbers under which an act finds the entries that it may fulfil."""
    if features.first is None or features.last is None or features.last - features.first > LONG:
        return []
    strong, weak = subjects(features)
    found = [(kind, value) for kind, value in (*strong, *weak) if kind in "EDPC"]
    periods = range(features.first // PERIOD, features.last // PERIOD + 1)
    return [filed("l" + kind, features.type, value, period) for kind, value in found for period in periods]


def keys_of_acts(entry: Expectation, features: Features, latest: int) -> list[int]:
    """The numbers of `matching.anchors` under which the acts are filed that may fulfil an entry.

    Args:
        entry, features: the entry.
        latest: the last day, as an ordinal, of which anything is known to have happened.
    """
    if entry.window is None:
        return []
    weeks = range(entry.window[0] // 7, min(entry.window[1], latest) // 7 + 1)
    kinds = {"E": ("rE",), "D": ("rD",), "P": ("rWP", "rSP"), "C": ("rC",)}
    return [
        filed(state, t, value, week)
        for kind, value in _entry_subjects(features)
        for state in kinds[kind]
        for t in _entry_types(entry)
        for week in weeks
    ]


def _fit(entry: Expectation, features: Features, act: Features) -> float:
    """Points for an act being the one expected."""
    if act.type == "REJECT" and "REJECT" not in entry.types:
        closest = max((party_points(a, b) for a in _all(features) for b in _all(act)), default=0.0)
        return 2.0 if closest >= 2.8 else 0.0  # the same person refuses, or is refused
    if features.type != "REQUEST":
        if gap(features, act) is None:
            return 0.0
        parties, shared = parties_points(features, act)
        there = place_points(features.place, act.place)
        if {features.mode, act.mode} == {"phone", "visit"}:
            return 0.0
        if not any(w.polity for w in _all(features)) or (there >= 2 and features.mode == "multilateral"):
            # Nobody is named who is known: the day and the town must do.
            return 2.0 if there >= 2 and gap(features, act) == 0 and features.stated else 0.0
        if features.mode == act.mode == "ceasefire" and act.place and not _all(act):
            return 2.0 if act.place.country in {w.polity for w in _all(features)} else 0.0
        if not shared or parties + wording_points(features, act) < KNOWN:
            return 0.0
        return parties + place_points(features.place, act.place) + (1.2 if _alone(entry, features, act) else 0.5)
    acting = act.actors + act.recipients if features.mode == "meet" else act.actors
    if act.type in RECIPROCAL and _meets(features.actors, _all(act)):
        acting = _all(act)
    elif act.type not in _YIELDING and not _meets(features.actors, _all(act)):
        return 0.0  # an act of theirs, but nothing to do with whoever asked
    return 2.0 + max(party_points(a, b) for a in features.recipients for b in acting) if _meets(
        features.recipients, acting
    ) else 0.0  # fmt: skip


def _alone(entry: Expectation, features: Features, act: Features) -> bool:
    """Whether somebody does, about when it was to come, just what he alone was to do: a withdrawal, a strike."""
    same = (features.type, features.mode) == (act.type, act.mode)
    return same and entry.due_first is not None and len(_all(features)) == len(_all(act)) == 1


def _meets(some: tuple[Who, ...], others: tuple[Who, ...]) -> bool:
    """Whether one of the some is one of the others."""
    return any(party_points(a, b) > 0.5 for a in some for b in others)
