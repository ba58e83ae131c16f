"""The codes of the PLOVER ontology, read once from plover.toml beside this module.

Source: PLOVER codebook, Open Event Data Alliance, 2021; scores and quad categories as published there.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

MENTION_TYPES = ("PER", "ORG", "GPE", "LOC", "GRP", "TIME")
ROLES = ("actor", "recipient", "place", "time", "source")
STATUSES = ("actual", "historical", "future", "hypothetical", "negated")
QUAD_CATEGORIES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
# Types in which actor and recipient may change places.
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER event type.

    Attributes:
        code: its name, e.g. ``CONSULT``.
        quad: its quad category, one of `QUAD_CATEGORIES`.
        score: its conflict-cooperation score, from -10 (conflict) to +10 (cooperation).
        modes: the score of each of its modes.
    """

    code: str
    quad: str
    score: float
    modes: MappingProxyType[str, float]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All codes: event types, contexts, non-state polity codes, sectors."""

    events: MappingProxyType[str, EventType]
    contexts: tuple[str, ...]
    nonstate: MappingProxyType[str, str]
    sectors: MappingProxyType[str, str]

    def score(self, event_type: str, mode: str | None = None) -> float:
        """The published score of an event, by its mode where the mode has one (-10 to +10)."""
        kind = self.events[event_type]
        return kind.modes.get(mode, kind.score) if mode else kind.score

    def quad_code(self, event_type: str) -> int:
        """The quad category as the number that event data sets use, 1 (verbal cooperation) to 4 (material conflict)."""
        return QUAD_CATEGORIES.index(self.events[event_type].quad) + 1


@cache
def ontology() -> Ontology:
    """The ontology, loaded at the first call."""
    table = tomllib.loads(files("vakanuvis").joinpath("plover.toml").read_text(encoding="utf-8"))
    events = {
        code: EventType(code, row["quad"], float(row["score"]), MappingProxyType(row["modes"]))
        for code, row in table["events"].items()
    }
    return Ontology(
        MappingProxyType(events),
        tuple(table["contexts"]["values"]),
        MappingProxyType(table["nonstate"]),
        MappingProxyType(table["sectors"]),
    )
