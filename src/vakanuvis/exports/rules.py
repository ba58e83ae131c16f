"""The rules by which a telling of an event becomes a record of the PLOVER ontology (plover.toml, `[exchange]`)."""

from __future__ import annotations

from dataclasses import dataclass

from vakanuvis.ontology import ontology
from vakanuvis.records import CodedEvent, Coding, Identity

# What is only planned or promised is another type.
_PROMISED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Published:
    """An event as it is published.

    Attributes:
        id: unique over reports: the report's id and the event's.
        type, mode: by the rules of export.
        actors, recipients: by the rules of export.
        quad: quad category, 1 (verbal cooperation) to 4 (material conflict).
        score: conflict-cooperation score, -10 to +10.
        event: the event it was made of.
    """

    id: str
    type: str
    mode: str | None
    actors: tuple[Identity, ...]
    recipients: tuple[Identity, ...]
    quad: int
    score: float
    event: CodedEvent


def publish(coding: Coding, event: CodedEvent) -> Published:
    """An event by the rules of export.

    - CONSULT, SUPPORT, COOPERATE and AID still to come are AGREE, RETREAT still to come is CONCEDE; such have no mode.
    - A CONSULT that is no visit has all its parties as actors.
    - In a visit the visitor is the actor, the host the recipient: the host is at home where it takes place.
    """
    codes = ontology()
    kind, mode = event.type, event.mode
    if event.status == "future" and kind in _PROMISED:
        kind, mode = _PROMISED[kind], None
    actors, recipients = event.actors, event.recipients
    if kind == "CONSULT" and mode != "visit":
        actors, recipients = tuple(dict.fromkeys(actors + recipients)), ()
    elif mode == "visit" and _received(event):
        actors, recipients = recipients, actors
    key = f"{coding.reading.report.id}:{event.id}"
    return Published(key, kind, mode, actors, recipients, codes.quad_code(kind), codes.score(kind, mode), event)


def _received(event: CodedEvent) -> bool:
    """Whether the actor of a visit is at home and its recipient is not."""
    home = event.place.country if event.place else None
    if home is None or not event.recipients:
        return False
    return all(actor.polity == home for actor in event.actors) and all(
        guest.polity not in (None, home) for guest in event.recipients
    )
