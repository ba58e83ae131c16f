"""The labels that the model predicts, in the order of its outputs."""

from vakanuvis.ontology import MENTION_TYPES, ROLES, STATUSES, ontology

EVENT_TYPES: tuple[str, ...] = tuple(ontology().events)
SPAN_TYPES: tuple[str, ...] = (*MENTION_TYPES, *EVENT_TYPES)
# 0 is "outside"; span type k begins with 1 + 2k and goes on with 2 + 2k.
TAGS: tuple[str, ...] = ("O", *(f"{part}-{kind}" for kind in SPAN_TYPES for part in "BI"))
MODES: tuple[tuple[str, str | None], ...] = tuple(
    (code, mode) for code, event in ontology().events.items() for mode in (None, *event.modes)
)
CONTEXTS: tuple[str, ...] = ontology().contexts
__all__ = ["CONTEXTS", "EVENT_TYPES", "MENTION_TYPES", "MODES", "ROLES", "SPAN_TYPES", "STATUSES", "TAGS"]
