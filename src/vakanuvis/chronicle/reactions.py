"""How others took a happening: who backed, condemned, rejected, mourned or threatened because of it."""

from __future__ import annotations

import re
from collections.abc import Set

from vakanuvis.ontology import RECIPROCAL
from vakanuvis.words import fold

KINDS = ("supported", "condemned", "rejected", "mourned", "threatened")
BY_TYPE = {"SUPPORT": "supported", "ACCUSE": "condemned", "REJECT": "rejected", "THREATEN": "threatened"}
NEAR = 300  # characters between the words of a reaction and those of what it reacts to

# Words of mourning, folded: the ontology has no type of its own for it.
_MOURNING = re.compile(
    r"taziye|bassagli|rahmet|yas ilan|acisini paylas|condolenc|mourn|sympath|grief|sorrow|تعاز|العزاء|مواسا|حداد"
)


def kind(event_type: str, words: str) -> str | None:
    """What kind of reaction an event is by its type and its sentence; None for none."""
    found = BY_TYPE.get(event_type)
    return "mourned" if found == "supported" and _MOURNING.search(fold(words)) else found


def meant(kind: str | None, at: Set[str], event_type: str, actors: Set[str], recipients: Set[str]) -> bool:
    """Whether a reaction can be one to a happening, by whom it is directed at.

    Who condemns or threatens those that something was done to does not mean those who did it. Where both sides act, as
    in a meeting, either may be meant.

    Args:
        kind: one of `KINDS`.
        at: polities and entities of those the reaction is directed at.
        event_type, actors, recipients: those of the happening.
    """
    if kind not in ("condemned", "threatened") or event_type in RECIPROCAL:
        return True
    return not at & (recipients - actors) or bool(at & actors)
