"""Which of the places of one name is meant.

As in Mordecai 3 (Halterman 2023, arXiv:2303.13675) what counts is how people and administrations weigh a place, how the
name is its name, and which countries and regions the rest of the report speaks of. Here these are added up with fixed
weights instead of being fed to a network, so that each choice can be followed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vakanuvis.resolution.places.gazetteer import Meaning, Spot
from vakanuvis.resolution.places.naming import WELL_KNOWN, Phrase

_KIND = {"PCLI": 5.0, "PPLC": 3.0, "PPLA": 1.7, "ADM1": 1.0, "PPLA2": 0.7, "ADM2": 0.9, "PPL": 0.0}
_VIA = {"chosen": 3.5, "main": 1.5, "other": 0.0, "stem": -1.5, "sound": -1.0}
# Countries whose places a language's press names without saying where they lie.
_NEAR = {
    "tr": (2.5, frozenset({"TUR"})),
    "ar": (
        1.5,
        frozenset(
            [
                "EGY",
                "SYR",
                "IRQ",
                "LBN",
                "PSE",
                "JOR",
                "SAU",
                "YEM",
                "OMN",
                "ARE",
                "QAT",
                "BHR",
                "KWT",
                "LBY",
                "TUN",
                "DZA",
                "MAR",
                "SDN",
            ]
        ),
    ),
}
_SPEAKS = 4.0
_BESIDE = 3.0
_WITHIN = 12.0
_DISTRICT = 10_000
_HANDMADE = 5.0
_ASKED = 3.0
# A town where a division is asked for: `Odesa bölgesi` is not Odesa, however well known.
_UNASKED = -3.5
# A degree and a half apart, two rows of one name are one place for a reader: a city and its province.
_TOGETHER = 1.5
# Scores are this much sharper than logits; fitted on the development half of data/resolution/places.jsonl.
_SHARPNESS = 1.2


@dataclass(slots=True)
class Surroundings:
    """What a report speaks of: how often of which country, and of which regions (numbers of spots)."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: set[int] = field(default_factory=set)
    language: str | None = None

    def speak(self, country: str, weight: float = 1.0) -> None:
        """Count a country."""
        self.countries[country] = self.countries.get(country, 0.0) + weight


def best(phrase: Phrase, around: Surroundings) -> tuple[Spot, float] | None:
    """The place that a phrase means most likely, and how likely it does; None where it may mean none."""
    # Consonants alone are too little to go by: they count for countries only that are spoken of.
    heads = [m for m in phrase.head if m.via != "sound" or m.spot.country in around.countries]
    if phrase.within and phrase.asks("PPLX"):
        # A quarter lies in the town named with it: of one that the gazetteer lacks the town is left.
        inside = [m for m in heads if any(_lies_in(m.spot, other) for other in phrase.within)]
        if not inside:
            return best(replace(phrase, head=phrase.within[-1], within=phrase.within[:-1]), around)
        heads = inside
    scored = sorted(((_score(m, phrase, around), m) for m in heads), key=lambda pair: -pair[0])
    if not scored:
        return None
    top, meaning = scored[0]
    spot = meaning.spot
    rivals = [score for score, other in scored[1:] if not _together(spot, other.spot)]
    doubt = sum(math.exp(_SHARPNESS * (score - top)) for score in rivals)
    # A hamlet far from everything that the report speaks of is rather a name that the gazetteer lacks.
    known = 1 / (1 + math.exp(-(top - 2.5)))
    # A square or a house is called by its whole name; of a town's or a region's, more words may tell of a part.
    part = spot.population >= WELL_KNOWN or (meaning.via == "chosen" and spot.precision != "point")
    strange = 0.5 if part else 0.25
    return spot, known / (1 + doubt) * strange**phrase.strange


def _score(meaning: Meaning, phrase: Phrase, around: Surroundings) -> float:
    spot = meaning.spot
    score = _VIA[meaning.via] + _KIND.get(spot.kind, 0.0)
    if spot.kind == "PCLI":
        score += 5.0
    else:
        # Places kept by hand have no population; they are kept because the news names them. GeoNames lacks that of many
        # a district's towns.
        population = max(spot.population, _DISTRICT if spot.kind == "ADM2" else 10)
        score += math.log10(population) - 1 if spot.population or meaning.via != "chosen" else _HANDMADE
    bonus, near = _NEAR.get(around.language or "", (0.0, frozenset()))
    if spot.country in near:
        score += bonus
    if around.countries and spot.country in around.countries:
        score += _SPEAKS * (0.5 + 0.5 * around.countries[spot.country] / max(around.countries.values()))
    if spot.region_index in around.regions and (spot.kind != "ADM1" or meaning.via == "chosen"):
        score += _BESIDE
    if any(_lies_in(spot, other) for other in phrase.within):
        score += _WITHIN
    return score + _asked(spot, phrase) if phrase.words else score


def _asked(spot: Spot, phrase: Phrase) -> float:
    """How well a spot is of the sort that the words with it ask for."""
    if phrase.asks("PPL"):
        return _ASKED if spot.kind.startswith("PPL") else -_ASKED if spot.kind == "PCLI" else 0.0
    if phrase.asks("ADM1") or phrase.asks("ADM2"):
        wanted = {word.kind for word in phrase.words}
        return _ASKED if spot.kind in wanted else 1.0 if spot.kind.startswith("ADM") else _unasked(spot, phrase)
    if phrase.asks("ADM"):
        return _unasked(spot, phrase) if spot.kind.startswith("PPL") else 1.0
    return 0.0


def _unasked(spot: Spot, phrase: Phrase) -> float:
    """How little a spot is meant where a division is asked for and its country has one of the name."""
    divisions = (m.spot for m in phrase.head if m.spot.kind.startswith("ADM"))
    return _UNASKED if any(division.country == spot.country for division in divisions) else 0.0


def _lies_in(spot: Spot, others: Sequence[Meaning]) -> bool:
    return any(
        other.spot.index != spot.index
        and other.spot.country == spot.country
        and (other.spot.precision == "country" or other.spot.name in (spot.region, spot.district, spot.city)
             or other.spot.region_index == spot.region_index >= 0)
        for other in others
    )  # fmt: skip


def _together(a: Spot, b: Spot) -> bool:
    return a.country == b.country and math.dist((a.latitude, a.longitude), (b.latitude, b.longitude)) < _TOGETHER


def countries(meanings: Iterable[Meaning]) -> set[str]:
    """The countries in which a name may lie."""
    return {meaning.spot.country for meaning in meanings}
