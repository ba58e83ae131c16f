"""A reading coded: its events with parties, place and days resolved, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vakanuvis.records import CodedEvent, Coding, Event, Identity, Place, Reading, When
from vakanuvis.resolution import context, findings, places, times
from vakanuvis.resolution.actors import Resolver


def code(reading: Reading, resolver: Resolver) -> Coding:
    """One reading, coded."""
    actors = context.actors(reading, resolver)
    identities = {key: actor.identity for key, actor in actors.items()}
    adjectives = {key for key, actor in actors.items() if actor.adjective}
    spots = places.resolve(reading, identities, adjectives=adjectives)
    days = times.resolve(reading)
    published = times.publication(reading.report.day) if reading.report.day else None
    events = tuple(_coded(event, identities, spots, days, published) for event in reading.events)
    return Coding(reading, events, identities, spots, days, findings.find(reading, actors, spots, days, resolver))


def code_many(readings: Iterable[Reading], resolver: Resolver) -> Iterator[Coding]:
    """Readings, coded one by one, in their order."""
    return (code(reading, resolver) for reading in readings)


def _coded(
    event: Event,
    identities: dict[str, Identity],
    spots: dict[str, Place],
    days: dict[str, When],
    published: When | None,
) -> CodedEvent:
    def parties(keys: Iterable[str]) -> tuple[Identity, ...]:
        return tuple(identities[key] for key in keys if key in identities)

    return CodedEvent(
        id=event.id,
        type=event.type,
        start=event.start,
        end=event.end,
        status=event.status,
        mode=event.mode,
        context=event.context,
        actors=parties(event.actor),
        recipients=parties(event.recipient),
        sources=parties(event.source),
        place=next((spots[key] for key in event.place if key in spots), None),
        when=next((days[key] for key in event.time if key in days), published),
        dead=event.dead,
        injured=event.injured,
        confidence=event.confidence,
    )
