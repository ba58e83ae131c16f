"""The name in a person's words, where the register does not know him."""

from __future__ import annotations

import re

from vakanuvis.words import fold

# Words of titles and offices, folded: what is left of a person's words without them is a name.
_TITLES = re.compile(
    r"^(?:(?:genel|eski|yeni|yardimci\w*|bas|mit|turkiye\w*|turk|abd|eu|ab|bm|un|us|uk|the|of|for|and|ve|son|"
    r"former|new|deputy|vice|prime|chief|head|foreign|interior|defen[cs]e|intelligence|general|state|special|"
    r"disisleri|icisleri|milli|savunma|istihbarat|ic|dis|mr|mrs|dr|sayin|el|al)|"
    r"(?:bakan|baskan|mustesar|sekreter|temsilci|sozcu|lider|cumhurbaskan|basbakan|buyukelci|elci|komutan|siyasetci|"
    r"minister|president|secretar|leader|director|spokes|envoy|ambassador|chancellor|commander|king|emir|politician|"
    r"وزير|رئيس|الرئيس|الوزير|الخارجية|الدفاع|المخابرات|السياسي)\w*)$"
)


def name_in(words: str) -> tuple[str, ...]:
    """The folded words of a name, without titles and suffixes after an apostrophe."""
    found = [word.split("'")[0] for word in words.split() if word[:1].isupper() or not word[:1].isascii()]
    return tuple(word for word in map(fold, found) if word and not _TITLES.match(word))


def full_name(words: str) -> str | None:
    """Given and family name, the last two words of a name; None where the words hold only one or none."""
    name = name_in(words)
    return " ".join(name[-2:]) if len(name) > 1 else None
