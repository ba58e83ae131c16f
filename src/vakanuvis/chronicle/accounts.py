"""From a coded report to its accounts: the repeated tellings of one thing within one report put together."""

from __future__ import annotations

import re
from datetime import date

from vakanuvis.chronicle.matching import Features, told_within
from vakanuvis.chronicle.records import REALISED, Account, Party, Spot, Telling
from vakanuvis.chronicle.wording import stems, token_number
from vakanuvis.records import CodedEvent, Coding, Identity, Place, When

_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'”’)\]]*\s+|\n+")
MAX_STEMS = 18  # of one account: those of the lowest numbers, so that accounts of like words keep like ones


def accounts(coding: Coding, key: str) -> tuple[Account, ...]:
    """The accounts of a coded report.

    Args:
        coding: the coded report.
        key: the report's key in the chronicle.
    """
    text, day = coding.reading.report.text, coding.reading.report.day
    language = coding.reading.report.language
    published = day.toordinal() if day else None
    limits = sentences(text)
    kinds = {mention.id: mention.type for mention in coding.reading.mentions}
    groups: list[list[Telling]] = []
    for event in sorted(coding.events, key=lambda e: (e.start, e.end, e.id)):
        telling = _telling(event, text, kinds, day)
        home = _home(telling, groups)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return tuple(
        Account(key, language, published, tuple(group), _stems(group, text, limits), _implied(group, groups, limits))
        for group in groups
    )  # fmt: skip


def _implied(group: list[Telling], groups: list[list[Telling]], limits: list[tuple[int, int]]) -> tuple[Party, ...]:
    """The parties of what the report tells just before, where what is expected, or a truce, names none of its own."""
    lead = group[0]
    if lead.status in REALISED and lead.mode not in ("ceasefire", "release"):
        return ()
    if any(party.polity for telling in group for party in (*telling.actors, *telling.recipients)):
        return ()
    here = sentence_of(lead.start, limits)
    near = [limits[max(0, limits.index(here) - 1)], here] if here in limits else [here]
    before = [
        telling for other in groups if other is not group for telling in other
        if telling.start < lead.start and any(first <= telling.start < end for first, end in near)
    ]  # fmt: skip
    parties = ((*telling.actors, *telling.recipients) for telling in sorted(before, key=lambda t: -t.start))
    return next((tuple(p for p in them if p.polity) for them in parties if any(p.polity for p in them)), ())


def _home(telling: Telling, groups: list[list[Telling]]) -> list[Telling] | None:
    """The group that tells of the same thing: the best one, of equals the last."""
    best, home = 0.0, None
    one = Features.of_tellings((telling,))
    for group in groups:
        if (group[0].status in REALISED) != (telling.status in REALISED):
            continue
        fit = told_within(Features.of_tellings(tuple(group)), one)
        if fit > 0 and fit >= best:
            best, home = fit, group
    return home


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of a text's sentences, by its punctuation."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def sentence_of(start: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The sentence that holds an offset; an empty span where there is none."""
    for first, end in spans:
        if first <= start < end:
            return first, end
    return start, start


def _stems(group: list[Telling], text: str, limits: list[tuple[int, int]]) -> frozenset[int]:
    spans = dict.fromkeys(sentence_of(telling.start, limits) for telling in group)
    found = {token_number(stem) for start, end in spans for stem in stems(text[start:end])}
    return frozenset(sorted(found)[:MAX_STEMS])


def _when(event: CodedEvent, published: date | None) -> When | None:
    """The event's days; where the report does not say them its own day, unless it is told as background."""
    if event.when is not None and event.when.basis == "expression":
        return event.when
    if event.status == "historical":
        return None
    if event.when is None and published is not None:
        return When("", "", published, published, "day", "publication")
    return event.when


def _telling(event: CodedEvent, text: str, kinds: dict[str, str], published: date | None) -> Telling:
    when = _when(event, published)
    return Telling(
        event=event.id,
        start=event.start,
        end=event.end,
        words=text[event.start : event.end],
        type=event.type,
        status=event.status,
        mode=event.mode,
        context=event.context,
        actors=tuple(_party(i, kinds) for i in event.actors),
        recipients=tuple(_party(i, kinds) for i in event.recipients),
        sources=tuple(_party(i, kinds) for i in event.sources),
        place=spot(event.place) if event.place else None,
        first=when.start.toordinal() if when else None,
        last=when.end.toordinal() if when else None,
        precision=when.precision if when else "",
        stated=bool(when and when.basis == "expression"),
        dead=event.dead,
        injured=event.injured,
        confidence=event.confidence,
    )


def _party(identity: Identity, kinds: dict[str, str]) -> Party:
    return Party(
        identity.text,
        kinds.get(identity.mention, ""),
        identity.entity,
        identity.name,
        identity.office,
        identity.polity,
        identity.sectors,
    )


def spot(place: Place) -> Spot:
    """What the chronicle keeps of a resolved place."""
    return Spot(
        place.name,
        place.latitude,
        place.longitude,
        place.geonames,
        place.country,
        place.region,
        place.district,
        place.city,
        place.kind,
        place.precision,
    )
