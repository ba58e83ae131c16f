"""How a reading compares with an annotated one.

A mention is right where it overlaps a gold mention of its type by half of the longer one. A trigger is right where it
overlaps a gold trigger of its type. Both are paired one to one, the largest overlaps first. An argument is right where
its trigger is, the role is the same and the two mentions overlap by half of the longer one; in CONSULT, AGREE and
COOPERATE actor and recipient may change places. A *deed* is a whole event: trigger, status, and every actor and
recipient right. *Untyped* triggers are right whatever their type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from vakanuvis.ontology import RECIPROCAL, ROLES
from vakanuvis.records import Event, Mention, Reading

MEASURES: Final = ("mention", "untyped", "trigger", "argument", "context", "deed")
"""What has precision, recall and F1."""

ACCURACIES: Final = {
    "status": ("status right", "trigger right"),
    "mode": ("mode right", "mode gold"),
    "relevance": ("relevant right", "records"),
}
"""What has an accuracy: the count of right ones, and the count of those it is out of."""

_PARTIES: Final = ("actor", "recipient")


class _Span(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention in a role of an event."""

    event: Event
    role: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Comparison:
    """One record, gold against found: the pairs of what is right, and the counts over which measures are taken.

    Attributes:
        mentions, triggers: pairs (gold, found).
        arguments: pairs (gold, found).
        counts: for each of `MEASURES` its `gold`, `found` and `right`; those of `ACCURACIES`; and for breakdowns
            `trigger`, `argument` and `status` with a type, role or status before the last word.
    """

    gold: Reading
    found: Reading
    mentions: tuple[tuple[Mention, Mention], ...]
    triggers: tuple[tuple[Event, Event], ...]
    arguments: tuple[tuple[Argument, Argument], ...]
    counts: Counter[str]


def compare(gold: Reading, found: Reading) -> Comparison:
    """Compare what was found in a report with what is annotated in it."""
    mentions = pair(gold.mentions, found.mentions, lambda a, b: a.type == b.type and _same_span(a, b))
    triggers = pair(gold.events, found.events, lambda a, b: a.type == b.type and _overlap(a, b) > 0)
    untyped = pair(gold.events, found.events, lambda a, b: _overlap(a, b) > 0)
    wanted, given = arguments(gold), arguments(found)
    matched = [match for a, b in triggers for match in _match(_of(wanted, a), _of(given, b))]

    n: Counter[str] = Counter(records=1)
    _add(n, "mention", len(gold.mentions), len(found.mentions), len(mentions))
    _add(n, "untyped", len(gold.events), len(found.events), len(untyped))
    _add(n, "trigger", len(gold.events), len(found.events), len(triggers))
    _add(n, "argument", len(wanted), len(given), len(matched))
    n["relevant right"] += bool(gold.events) == bool(found.events)
    deeds = 0
    for a, b in triggers:
        n["status right"] += a.status == b.status
        if a.mode:
            n["mode gold"] += 1
            n["mode right"] += a.mode == b.mode
        _add(n, "context", len(set(a.context)), len(set(b.context)), len({*a.context} & {*b.context}))
        theirs, ours = (_of(items, event, _PARTIES) for items, event in ((wanted, a), (given, b)))
        deeds += a.status == b.status and len(_match(theirs, ours)) == len(theirs) == len(ours)
        n[f"status {a.status} gold"] += 1
        n[f"status {b.status} found"] += 1
        n[f"status {a.status} right"] += a.status == b.status
    _add(n, "deed", len(gold.events), len(found.events), deeds)
    _add_by(n, "trigger", "gold", (event.type for event in gold.events))
    _add_by(n, "trigger", "found", (event.type for event in found.events))
    _add_by(n, "trigger", "right", (a.type for a, _ in triggers))
    _add_by(n, "argument", "gold", (argument.role for argument in wanted))
    _add_by(n, "argument", "found", (argument.role for argument in given))
    # Of two parties that changed places, each role counts as its gold one.
    _add_by(n, "argument", "right", (a.role for a, _ in matched))
    return Comparison(gold, found, tuple(mentions), tuple(triggers), tuple(matched), n)


def measures(counts: Counter[str]) -> dict[str, float]:
    """The measures over the summed counts of records, under the names that they are reported by, 0 to 1.

    `mention P`, `mention R`, `mention F1` and so on for each of `MEASURES`, `status accuracy` and so on for each of
    `ACCURACIES`, and `events gold`, the number of annotated events.
    """
    result: dict[str, float] = {}
    for name in MEASURES:
        p = counts[f"{name} right"] / max(1, counts[f"{name} found"])
        r = counts[f"{name} right"] / max(1, counts[f"{name} gold"])
        result |= {f"{name} P": p, f"{name} R": r, f"{name} F1": 2 * p * r / max(1e-9, p + r)}
    for name, (right, of) in ACCURACIES.items():
        result[f"{name} accuracy"] = counts[right] / max(1, counts[of])
    return result | {"events gold": counts["trigger gold"]}


def arguments(reading: Reading) -> list[Argument]:
    """Every mention in every role of every event."""
    mentions = {mention.id: mention for mention in reading.mentions}
    return [
        Argument(event, role, mentions[key])
        for event in reading.events
        for role in ROLES
        for key in getattr(event, role)
        if key in mentions
    ]


def pair(gold: Sequence[S], found: Sequence[S], alike: Callable[[S, S], bool]) -> list[tuple[S, S]]:
    """Pair each gold span with at most one found span for which `alike` holds, the largest overlaps first."""
    scored = sorted(
        ((_overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if alike(g, f)),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _of(items: list[Argument], event: Event, roles: Sequence[str] = ROLES) -> list[Argument]:
    return [item for item in items if item.event is event and item.role in roles]


def _match(gold: list[Argument], found: list[Argument]) -> list[tuple[Argument, Argument]]:
    left, pairs = list(found), []
    for wanted in gold:
        for item in left:
            if _folded(item) == _folded(wanted) and _same_span(item.mention, wanted.mention):
                left.remove(item)
                pairs.append((wanted, item))
                break
    return pairs


def _folded(argument: Argument) -> str:
    return "party" if argument.event.type in RECIPROCAL and argument.role in _PARTIES else argument.role


def _overlap(a: _Span, b: _Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _same_span(a: _Span, b: _Span) -> bool:
    return 2 * _overlap(a, b) >= max(a.end - a.start, b.end - b.start)


def _add(n: Counter[str], name: str, gold: int, found: int, right: int) -> None:
    n.update({f"{name} gold": gold, f"{name} found": found, f"{name} right": right})


def _add_by(n: Counter[str], name: str, part: str, groups: Iterable[str]) -> None:
    n.update(f"{name} {group} {part}" for group in groups)
