"""The index of names: every name of every entry, folded, with what it may mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.register.entries import LANGUAGES, RANK
from vakanuvis.resolution.register.tables import Row, columns
from vakanuvis.resolution.spellings import name_words, skeletons
from vakanuvis.words import fold

# Titles recur by the hundred.
_folded = cache(fold)

_MARKS = re.compile("[-.,'’`()/–]")

# (kind, id, weight, via): an Entry as plain data
Meaning = tuple[str, str, float, str]

# The rank of an office from which on its holders are known by the sound of their names.
_FAMOUS = 3.0
_BASE = {"name": 1.0, "alias": 0.9, "demonym": 0.8, "metonym": 0.7, "capital": 0.7}
_COLUMNS = {
    "name": tuple(f"name_{language}" for language in LANGUAGES),
    "alias": (*(f"aliases_{language}" for language in LANGUAGES), "aliases"),
    "demonym": tuple(f"demonyms_{language}" for language in LANGUAGES),
    "metonym": tuple(f"metonyms_{language}" for language in LANGUAGES),
    "capital": tuple(f"capitals_{language}" for language in LANGUAGES),
}
_KINDS = {"polities": "polity", "organisations": "organisation", "persons": "person", "offices": "office"}
# Where the family name comes first.
_FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN", "VNM"})


def index(tables: dict[str, list[Row]]) -> dict[str, list[Meaning]]:
    """Folded name -> meanings, best first. A name shared by several of one kind weighs less for each."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for table, kind in _KINDS.items():
        header = columns(table)
        places = [(via, header.index(c)) for via, cs in _COLUMNS.items() for c in cs if c in header]
        for row in tables[table]:
            for via, place in places:
                for name in row[place].split("|") if row[place] else ():
                    found.setdefault(_folded(name), {}).setdefault((kind, row[0]), via)
    return {name: _weighed(meanings) for name, meanings in found.items()}


def spelled(names: Iterable[str]) -> dict[str, list[str]]:
    """The names with hyphens, dots or apostrophes that `phrases.key` makes of each."""
    found: dict[str, list[str]] = {}
    for name in names:
        if _MARKS.search(name):
            found.setdefault(key(name), []).append(name)
    return {form: sorted(of) for form, of in found.items()}


def longest(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest name has that begins with a word, where that is more than one."""
    found: dict[str, int] = {}
    for name in names:
        first, blank, _ = name.partition(" ")
        if blank:
            found[first] = max(found.get(first, 0), name.count(" ") + 1)
    return found


def _weighed(meanings: dict[tuple[str, str], str]) -> list[Meaning]:
    shared = Counter(kind for kind, _ in meanings)
    made = [(kind, key, round(_BASE[via] / shared[kind], 4), via) for (kind, key), via in meanings.items()]
    return sorted(made, key=lambda meaning: (-meaning[2], meaning))


def sounding(tables: dict[str, list[Row]]) -> dict[str, list[str]]:
    """Skeleton of a family name (`spellings.skeletons`) -> ids of holders of the offices that the press names most."""
    # Offices of a federal state's members have ids like usa-alabama.governor.
    famous = {
        row[0] for row in tables["offices"] if RANK.get(row[3], 0.0) >= _FAMOUS and "-" not in row[0].partition(".")[0]
    }
    held = {row[1] for row in tables["terms"] if row[0] in famous}
    found: dict[str, list[str]] = {}
    for row in tables["persons"]:
        texts = (*row[1:4], *row[4].split("|")) if row[0] in held else ()
        families = (name_words(text.replace("-", " ").split())[-1] for text in texts if text)
        for bones in {bones for family in families for bones in skeletons(family)}:
            found.setdefault(bones, []).append(row[0])
    return found


def surnames(tables: dict[str, list[Row]]) -> dict[str, list[str]]:
    """Folded family name -> ids of persons. Family names stand last, but first in Chinese, Korean and Vietnamese.

    Who held nothing but offices of the kind "official" is left out: the press gives them their full name.
    """
    offices = {row[0]: (row[1], row[3]) for row in tables["offices"]}
    polities: dict[str, set[str]] = {}
    for row in tables["terms"]:
        polity, kind = offices.get(row[0], ("", ""))
        if kind != "official":
            polities.setdefault(row[1], set()).add(polity)
    found: dict[str, dict[str, None]] = {}
    for row in tables["persons"]:
        if row[0] not in polities:
            continue
        first = bool(polities[row[0]] & _FAMILY_FIRST)
        for name in row[1:4]:
            for word in _family_names(_folded(name).split(), first):
                found.setdefault(word, {})[row[0]] = None
    return {word: list(ids) for word, ids in found.items()}


def _family_names(words: list[str], first: bool) -> Iterable[str]:
    if len(words) < 2:
        return
    yield words[0] if first else words[-1]
