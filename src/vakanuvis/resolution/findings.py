"""What a report says that does not add up with the register or with itself."""

from __future__ import annotations

from vakanuvis.records import Finding, Place, Reading, When
from vakanuvis.resolution.actors import Actor, Resolver


def find(
    reading: Reading,
    actors: dict[str, Actor],
    places: dict[str, Place],
    times: dict[str, When],
    resolver: Resolver,
) -> tuple[Finding, ...]:
    """What does not add up in a reading, in the order of the text."""
    return ()
