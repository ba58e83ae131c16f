"""How others took a happening: who backed, condemned, rejected, mourned or threatened because of it."""

from __future__ import annotations

import re

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
