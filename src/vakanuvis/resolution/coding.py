"""A reading coded: its events with parties, place and days resolved, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vakanuvis.records import CodedEvent, Coding, Event, Identity, Place, Reading, When
from vakanuvis.resolution import context, findings, places
from vakanuvis.resolution.actors import Resolver


def code(reading: Reading, resolver: Resolver) -> Coding:
    """One reading, coded."""
    actors = context.actors(reading, resolver)
    identities = {key: actor.identity for key, actor in actors.items()}
    spots = places.resolve(reading, identities)
    times: dict[str, When] = {}
    events = tuple(_coded(event, identities, spots, times, None) for event in reading.events)
    return Coding(reading, events, identities, spots, times, findings.find(reading, actors, spots, times, resolver))


def code_many(readings: Iterable[Reading], resolver: Resolver) -> Iterator[Coding]:
    """Readings, coded one by one, in their order."""
    return (code(reading, resolver) for reading in readings)


def _coded(
    event: Event,
    identities: dict[str, Identity],
    spots: dict[str, Place],
    times: dict[str, When],
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
        when=next((times[key] for key in event.time if key in times), published),
        dead=event.dead,
        injured=event.injured,
        confidence=event.confidence,
    )
