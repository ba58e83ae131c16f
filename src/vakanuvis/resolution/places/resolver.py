"""Places of a reading: each mention that tells where, read in the light of what else the report names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from vakanuvis.records import Identity, Mention, Place, Reading
from vakanuvis.resolution.kinds import HOME
from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.places.gazetteer import Spot, gazetteer
from vakanuvis.resolution.places.naming import Phrase, names, understand
from vakanuvis.resolution.places.ranking import Surroundings, best, countries

_TYPES = frozenset({"GPE", "LOC"})
# Below this the gazetteer most likely lacks what is meant; no place is better than a wrong one.
_LEAST = 0.3
# Above this a place tells which country the report speaks of.
_SURE = 0.85
# What a state named before it may do (`İsrail suikastında`), unless they are done to it (`ABD'nin İran saldırısı`).
_DEED = re.compile(r"\s+(?:(?:hava|kara|İHA|SİHA|füze|roket|topçu|insansız|silahlı)\s+)*(?:saldırı|suikast|bombardıman"
                   r"|operasyon|baskın|abluka|ateşi|işgal)")  # fmt: skip
_DONE_TO = re.compile(r"['’]?n?[ıiuü]n\s+$")
# What follows a name, or in Arabic stands before it, and makes it that of a division: `Harkiv bölgesine`, `ريف دمشق`.
_DIVISION = re.compile(
    r"\s+(?:(?:ili|ilçesi|bölgesi|eyaleti|vilayeti|kantonu|oblastı|kırsalı)(?:n\w{1,6}|yle)?"
    r"|region|oblast|province|governorate|prefecture|countryside)\b", re.IGNORECASE)  # fmt: skip
_DIVISION_BEFORE = re.compile(r"(?:محافظة|ولاية|مقاطعة|إقليم|منطقة|ريف|قضاء|مديرية)\s+$")


def where(text: str, *, context: Iterable[str] = (), language: str | None = None) -> Place | None:
    """The place that a phrase means; None where it means none that the gazetteer knows.

    Args:
        text: the phrase, in Turkish, English or Arabic: `Kiğı ilçesinde`, `Refah Sınır Kapısı`, `شمال حلب`.
        context: other places that are spoken of with it, as phrases.
        language: ISO 639-1 code of its language; guessed from the script and the letters where it is not given.
    """
    around = Surroundings(language=language or _language(text))
    for other in map(understand, context):
        if other and (spot := _sure(other, around.language)):
            _speak(spot, around)
    phrase = understand(text)
    return _place("", text, phrase, around) if phrase else None


def resolve(reading: Reading, identities: dict[str, Identity], *, adjectives: Collection[str] = ()) -> dict[str, Place]:
    """Where the mentions of a reading lie, by the mention's id.

    A mention gets a place if it plays the role `place` in an event, or if it is a GPE or LOC that is no party to any: a
    capital that acts is a polity, not a place. One that the gazetteer does not know gets none.

    Args:
        reading: the report read.
        identities: who its mentions are, by the mention's id; their polities tell which countries are spoken of.
        adjectives: ids of mentions that only say whose something is (`Israeli`, `الإسرائيلية`): they tell no place.
    """
    told = {key for event in reading.events for key in event.place}
    parties = {key for event in reading.events for key in (*event.actor, *event.recipient, *event.source)}
    phrases = {m.id: _phrase(reading, m) for m in reading.mentions if m.type in _TYPES or m.id in told}
    speaking = _Speaking(reading, identities, phrases)
    found = {}
    for mention in reading.mentions:
        if mention.id not in phrases or (mention.id in parties and mention.id not in told):
            continue
        phrase, identity = phrases[mention.id], identities.get(mention.id)
        words = reading.words(mention)
        if mention.id in adjectives or (identity and _does(reading, mention, identity)):
            continue
        if phrase and phrase.has("capital") and (state := speaking.capital_of(mention, phrase)):
            found[mention.id] = _made(mention.id, words, state, 0.9 if phrase.head else 0.7)
            continue
        place = _place(mention.id, words, phrase, speaking.around(phrase)) if phrase else None
        if place is None and identity and not (phrase and (phrase.has("camp") or not phrase.head)):
            place = _polity(mention, words, identity)
        if place:
            found[mention.id] = place
    return found


class _Speaking:
    """What the parts of a reading speak of, so that each can be read in the light of the others."""

    def __init__(self, reading: Reading, identities: dict[str, Identity], phrases: dict[str, Phrase | None]) -> None:
        self.reading, self.identities, self.phrases = reading, identities, phrases
        self.language = reading.report.language or _language(reading.report.text)
        self.polities = [i.polity for i in identities.values() if i.polity and i.mention not in phrases]
        told = {phrase for phrase in phrases.values() if phrase}
        self.spots = {phrase: spot for phrase in told if (spot := _sure(phrase, self.language))}

    def around(self, phrase: Phrase) -> Surroundings:
        """The surroundings of a phrase: all but itself."""
        around = Surroundings(language=self.language)
        for polity in self.polities:
            around.speak(polity, 0.5)
        for other, spot in self.spots.items():
            if other != phrase:
                _speak(spot, around)
        return around

    def capital_of(self, mention: Mention, phrase: Phrase) -> Spot | None:
        """The capital that a mention means: of the state it names, else of the one that is spoken of before it.

        None where a town is named, or where more than one state may be meant.
        """
        if phrase.head:
            state = self.spots.get(phrase) or _sure(phrase, self.language)
            return gazetteer().capitals.get(state.country) if state and state.kind == "PCLI" else None
        told = {key for event in self.reading.events for key in event.place}
        before = [m for m in self.reading.mentions if m.start < mention.start]
        named = [(m.id, spot.country) for m in before if (spot := self._spot(m))]
        headline = (_sure(part, self.language) for part in names(self.reading.report.title or ""))
        title = [spot.country for spot in headline if spot]
        polities = [i.polity for m in before if (i := self.identities.get(m.id)) and i.polity in gazetteer().capitals]
        for countries_told in ([c for m, c in named if m in told], title, [c for _, c in named], polities):
            if countries_told:
                return gazetteer().capitals.get(countries_told[0]) if len(set(countries_told)) == 1 else None
        home = HOME.get(self.language or "")
        return gazetteer().capitals[home] if home else None

    def _spot(self, mention: Mention) -> Spot | None:
        phrase = self.phrases.get(mention.id)
        return self.spots.get(phrase) if phrase else None


def _phrase(reading: Reading, mention: Mention) -> Phrase | None:
    """A mention understood together with the word for a division next to it."""
    text, words = reading.report.text, reading.words(mention)
    plain = understand(words)
    if plain is None or plain.words:
        return plain
    if after := _DIVISION.match(text, mention.end):
        words += after.group()
    elif before := _DIVISION_BEFORE.search(text[max(0, mention.start - 20) : mention.start]):
        words = before.group() + words
    else:
        return plain
    wider = understand(words)
    return wider if wider and wider.strange <= plain.strange else plain


def _does(reading: Reading, mention: Mention, identity: Identity) -> bool:
    """Whether a state is named only as who does what follows: `İsrail suikastında`."""
    text = reading.report.text
    return (
        identity.entity is not None
        and identity.entity == identity.polity
        and bool(_DEED.match(text, mention.end))
        and not _DONE_TO.search(text[max(0, mention.start - 20) : mention.start])
    )


def _sure(phrase: Phrase, language: str | None) -> Spot | None:
    """The place that a phrase means whatever else is spoken of: it has no rival elsewhere, or weak ones only."""
    found = best(phrase, Surroundings(language=language))
    if found is None or not found[0].country:
        return None
    return found[0] if len(countries(phrase.head)) == 1 or found[1] > _SURE else None


def _speak(spot: Spot, around: Surroundings) -> None:
    around.speak(spot.country)
    if spot.region_index >= 0:
        around.regions.add(spot.region_index)


def _place(mention: str, text: str, phrase: Phrase, around: Surroundings) -> Place | None:
    found = best(phrase, around)
    if found is None or found[1] < _LEAST:
        return None
    spot, confidence = found
    if spot.region_index >= 0 and phrase.asks("ADM"):
        spot = _called_after(spot, phrase)
    precision = spot.precision
    if phrase.has("camp") and spot.precision == "country":
        # A `Filistin mülteci kampı` lies anywhere.
        return None
    if phrase.has("capital") and spot.precision == "country":
        spot = gazetteer().capitals.get(spot.country, spot)
        precision = spot.precision
    if phrase.has("facility") and spot.precision not in ("point", "area"):
        return None
    if (phrase.has("town facility") or phrase.has("camp")) and spot.precision != "point":
        site = _airport(spot) if _is_airport(phrase, text) else None
        if site:
            spot, precision = replace(spot, geonames=None, name=site.name, kind=site.kind, latitude=site.latitude,
                                      longitude=site.longitude), "point"  # fmt: skip
        confidence *= 0.8
    return _made(mention, text, spot, confidence, precision)


def _called_after(spot: Spot, phrase: Phrase) -> Spot:
    """The division that is called after its seat, where a division is asked for: the `Kursk region`."""
    region = gazetteer().spot(spot.region_index)
    if spot.kind == "ADM2":
        return region if not phrase.asks("ADM2") and key(region.name).startswith(key(spot.name)) else spot
    return region if spot.kind == "PPLA" else spot


def _made(mention: str, text: str, spot: Spot, confidence: float, precision: str | None = None) -> Place:
    return Place(
        mention=mention,
        text=text,
        geonames=spot.geonames,
        name=spot.name,
        latitude=spot.latitude,
        longitude=spot.longitude,
        country=spot.country or None,
        region=spot.region,
        district=spot.district,
        city=spot.city,
        kind=spot.kind,
        precision=precision or spot.precision,
        confidence=round(confidence, 3),
    )


def _is_airport(phrase: Phrase, text: str) -> bool:
    return any(word in key(text) for word in ("havaliman", "havaalan", "hava liman", "airport", "مطار"))


def _airport(spot: Spot) -> Spot | None:
    """The airport that is called after a town."""
    named = gazetteer().lookup(key(f"{spot.name} airport"))
    return next((m.spot for m in named if m.spot.kind == "AIRP" and m.spot.country == spot.country), None)


def _polity(mention: Mention, text: str, identity: Identity) -> Place | None:
    """The country that a mention is known to mean by the register alone."""
    if mention.type != "GPE" or identity.polity is None or identity.entity != identity.polity:
        return None
    spot = gazetteer().country(identity.polity)
    if spot is None:
        return None
    return _made(mention.id, text, spot, 0.9 * identity.confidence)


def _language(text: str) -> str:
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return "ar"
    return "tr" if any(letter in "ışğçöüİŞĞÇÖÜ" for letter in text) else "en"
