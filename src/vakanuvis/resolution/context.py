"""Who the mentions of one report are, each read in the light of the others.

A family name alone is whoever the report names in full; a title alone is its nearest bearer; a counterpart holds in its
own polity the office of the other party; a bracketed abbreviation is what stands before it; a state's organ without a
state belongs to the polity that is spoken of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from vakanuvis.records import Identity, Mention, Place, Reading
from vakanuvis.resolution import places
from vakanuvis.resolution.actors import Resolver
from vakanuvis.resolution.kinds import HOME, LEADING, ORGANS, RULING, Actor
from vakanuvis.resolution.phrases import key

PARTIES = frozenset({"PER", "ORG", "GPE", "GRP"})
_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'”’»)]*\s+|\n+")
_FORMER = re.compile(r"\b(?:ex-|(?:ex|former|late|eski|sabık|merhum)\s)$", re.IGNORECASE)
_COUNTERPARTS = frozenset({"mevkidaş", "muhatap", "meslektaş", "counterpart", "نظير"})
_MISSION = re.compile(r"['’]\w+\s+(?:\w+\s+)?(?:Büyükelçili|Başkonsoloslu|Konsoloslu|Elçili)", re.IGNORECASE)
# What stands between two who meet.
_WITH = frozenset({"ile", "'la", "'le", "’la", "’le", "'yla", "'yle", "’yla", "’yle"})
_OWN_COUNTRY = frozenset(
    map(key, ("بلاده", "بلادها", "لبلاده", "لبلادها", "ببلاده", "وبلاده", "ülkesi", "his country", "her country"))
)
_NO_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
_GENERAL = {"minister": "-minister", "head": ""}


def actors(reading: Reading, resolver: Resolver) -> dict[str, Actor]:
    """What every PER, ORG, GPE and GRP mention of a reading means, by the mention's id."""
    return _Context(reading, resolver).actors()


class _Context:
    def __init__(self, reading: Reading, resolver: Resolver) -> None:
        self.reading, self.resolver = reading, resolver
        report = reading.report
        self.text, self.day, self.language = report.text, report.day, report.language
        self.mentions = sorted((m for m in reading.mentions if m.type in PARTIES), key=lambda m: m.start)
        self.found = {m.id: self._understood(m) for m in self.mentions}
        self.near = [reading.words(m) for m in self.mentions if m.type == "GPE"]
        self.towns: dict[str, Place | None] = {}
        self.headline = self._headline(report.title) if report.title else []

    def actors(self) -> dict[str, Actor]:
        for number, mention in enumerate(self.mentions):
            actor = self.found[mention.id]
            earlier = self.mentions[:number]
            better = (
                self._counterpart(actor, earlier)
                or self._namesake(mention, actor)
                or self._bearer(mention, actor, earlier)
                or self._bracketed(mention, actor, earlier)
            )
            if better:
                self.found[mention.id] = actor._replace(identity=replace(better, text=actor.identity.text))
        # Towns first: they tell which polity is spoken of.
        for mention in sorted(self.mentions, key=lambda m: m.type != "GPE"):
            self._settle(mention)
        for mention in self.mentions:
            self._abroad(mention)
        return {m.id: self.found[m.id].of(m.id) for m in self.mentions}

    def _understood(self, mention: Mention) -> Actor:
        """A mention by itself, with the `Ex-` or `former` that stands before it."""
        words = self.reading.words(mention)
        before = _FORMER.search(self.text[max(0, mention.start - 12) : mention.start])
        asked = f"{before.group()}{words}" if before else words
        actor = self.resolver.understand(asked, self.day, language=self.language, kind=mention.type)
        return actor._replace(identity=replace(actor.identity, text=words)) if before else actor

    def _headline(self, title: str) -> list[Actor]:
        """The persons that the title names in full."""
        parsed = self.resolver.parser.parse(title)
        runs = [(s.start, s.end) for s in parsed.segments if s.of("person") and s.end - s.start > 1]
        return [
            self.resolver.understand(parsed.text(run), self.day, language=self.language, kind="PER") for run in runs
        ]

    # ------------------------------------------------------------ persons

    def _namesake(self, mention: Mention, actor: Actor) -> Identity | None:
        """The person whom the report names more fully elsewhere."""
        if mention.type != "PER" or not actor.name:
            return None
        fuller = [
            (other, self.found[other.id])
            for other in self.mentions
            if other.type == "PER" and other.id != mention.id and _is_fuller(self.found[other.id], actor)
        ]
        if not fuller:
            named = next((a for a in self.headline if actor.bare_name and _is_fuller(a, actor)), None)
            return named.identity if named else None
        before = [pair for pair in fuller if pair[0].start < mention.start]
        other = (before[-1] if before else fuller[0])[1]
        if other.identity.entity is None and actor.identity.entity is not None and not _agree(actor, other):
            return None
        return other.identity

    def _bearer(self, mention: Mention, actor: Actor, earlier: Iterable[Mention]) -> Identity | None:
        """The nearest person before who bears the title that stands here alone."""
        if mention.type != "PER" or actor.name or actor.title is None:
            return None
        if actor.told or actor.former or actor.several:
            return None
        for other in reversed(list(earlier)):
            bearer = self.found[other.id]
            if other.type != "PER" or not bearer.name:
                continue
            kind = bearer.title.name if bearer.title else self._kind(bearer.identity)
            if kind and _covers(actor.title.name, kind):
                return bearer.identity
        return None

    def _counterpart(self, actor: Actor, earlier: Iterable[Mention]) -> Identity | None:
        """The holder of the other party's office in the polity that the phrase tells of."""
        if not _is_counterpart(actor):
            return None
        if actor.identity.entity and actor.name:
            return None
        for other in reversed(list(earlier)):
            party = self.found[other.id]
            kind = party.title.name if party.title else self._kind(party.identity)
            if kind in _GENERAL:
                # `Bakan Fidan` is of one ministry, and so is whom he met.
                kind = self._kind(party.identity) or kind
            if other.type != "PER" or not kind or kind == "head":
                continue
            if actor.told is None:
                return replace(party.identity, entity=None, name=None, office=None, polity=None, confidence=0.3)
            found = self.resolver.holder(actor.told, kind, actor.identity.text, self.day)
            if found and actor.name:
                found = replace(found, entity=None, name=None, office=None, confidence=0.7)
            return found or replace(
                party.identity, entity=None, name=None, office=None, polity=actor.told, confidence=0.7, alternatives=()
            )
        return None

    def _kind(self, identity: Identity) -> str | None:
        """The kind of the office that a person holds on the day."""
        if identity.entity is None or identity.office is None:
            return None
        posts = self.resolver.people.career(identity.entity)
        return next((post.office.kind for post in posts if post.office.name_en == identity.office), None)

    # ------------------------------------------------------------ organisations and groups

    def _bracketed(self, mention: Mention, actor: Actor, earlier: list[Mention]) -> Identity | None:
        """What an abbreviation in brackets stands for; what is known of either counts for both, here and later on."""
        if actor.identity.entity is not None and not self._in_brackets(mention):
            return None
        if self._in_brackets(mention) and earlier:
            before = earlier[-1]
            if self.text[before.end : mention.start].strip(" '’") in ("(", "[") or self._suffix_only(before, mention):
                other = self.found[before.id]
                if other.identity.entity is None and actor.identity.entity is not None:
                    self.found[before.id] = other._replace(identity=replace(actor.identity, text=other.identity.text))
                    return None
                return other.identity if actor.identity.entity is None else None
        same = key(self.reading.words(mention))
        for other_mention in reversed(earlier):
            if key(self.reading.words(other_mention)) == same and self._in_brackets(other_mention):
                return self.found[other_mention.id].identity
        return None

    def _in_brackets(self, mention: Mention) -> bool:
        return self.text[mention.start - 1 : mention.start] in ("(", "[")

    def _suffix_only(self, before: Mention, mention: Mention) -> bool:
        return bool(re.fullmatch(r"['’]?\w{0,5}\s*[(\[]", self.text[before.end : mention.start]))

    def _settle(self, mention: Mention) -> None:
        """Give an organ of a state, named without the state, the polity that is spoken of."""
        actor = self.found[mention.id]
        identity = actor.identity
        if identity.polity or identity.entity:
            return
        if mention.type == "GPE":
            own = self._own_country(mention) if key(identity.text) in _OWN_COUNTRY else None
            self.found[mention.id] = actor._replace(identity=own or self._town(identity))
            return
        if not actor.organ or not identity.sectors or identity.sectors[0] not in ORGANS:
            return
        polity, trust = self._spoken_of(mention)
        title = actor.title
        held = None
        if polity and title and title.name in RULING:
            if polity == HOME.get(self.language or "") and not self.resolver.titled(polity, title):
                return  # no emir rules Türkiye
            if not (actor.name or actor.former or actor.several):
                held = self.resolver.holder(polity, title.name, identity.text, self.day)
        if polity:
            settled = replace(held or identity, polity=polity, confidence=round(min(identity.confidence, trust), 3))
            self.found[mention.id] = actor._replace(identity=settled)

    def _abroad(self, mention: Mention) -> None:
        """Give what only the language made the home's to the polity that the report speaks of, if it leaves home out.

        `Meclis Başkanı` in a report from Tehran is Iran's.
        """
        actor = self.found[mention.id]
        home = HOME.get(self.language or "")
        if home is None or actor.told or (actor.identity.entity and actor.name):
            return
        if actor.identity.polity != home or not actor.organ:
            return
        spoken = Counter(
            found.identity.polity
            for other, found in ((m, self.found[m.id]) for m in self.mentions if m.id != mention.id)
            if not self._owns_mission(other)
            and found.identity.polity
            and (found.told or found.identity.entity)
            and not (found.organ and not found.told)
        )
        states = {polity: count for polity, count in spoken.items() if polity not in _NO_STATES}
        for other in self._met(mention):
            states.pop(other, None)
        # A name that no holder of home's office bears is rather of abroad, even where home is spoken of.
        if actor.name:
            states.pop(home, None)
        if not states or home in states:
            return
        most = {code for code, count in states.items() if count == max(states.values())}
        polity = next(code for code in self._nearest(mention) if code in most)
        kind = actor.title.name if actor.title else ""
        held = self.resolver.holder(polity, kind, actor.identity.text, self.day) if kind and not actor.name else None
        identity = held or replace(actor.identity, entity=None, name=None, office=None, polity=polity, alternatives=())
        self.found[mention.id] = actor._replace(offices=(), identity=replace(identity, confidence=0.6))

    def _owns_mission(self, mention: Mention) -> bool:
        """Whether it only says whose mission abroad is told of: `Suudi Arabistan'ın İstanbul Başkonsolosluğu`."""
        return mention.type == "GPE" and _MISSION.match(self.text, mention.end) is not None

    def _met(self, mention: Mention) -> set[str]:
        """The polities, told with a party of the same sentence, that this party is not of.

        Nobody is of the state of his counterpart or of an ambassador, and no ministry meets itself (`Suudi Dışişleri
        Bakanı X ile Dışişleri Bakan Yardımcısı Y`).
        """
        met: set[str] = set()
        for other in self.mentions:
            found = self.found[other.id]
            polity = found.identity.polity
            if other.id == mention.id or polity is None or self._sentence(other.start) != self._sentence(mention.start):
                continue
            ambassador = found.title is not None and found.title.name == "ambassador"
            first, second = sorted((other, mention), key=lambda m: m.start)
            met_by = found.title is not None and self.text[first.end : second.start].strip() in _WITH
            if found.told and (ambassador or met_by or _is_counterpart(found)):
                met.add(polity)
        return met

    def _nearest(self, mention: Mention) -> list[str]:
        """The polities of the other mentions, the nearest before it first."""
        others = sorted((m for m in self.mentions if m.id != mention.id), key=lambda m: _distance(m, mention))
        return [polity for m in others if (polity := self.found[m.id].identity.polity)]

    def _own_country(self, mention: Mention) -> Identity | None:
        """`بلاده`, `his country`: that of the person or the office named last."""
        for other in reversed([m for m in self.mentions if m.start < mention.start and m.type in ("PER", "ORG")]):
            polity = self.resolver.register.polity(self.found[other.id].identity.polity or "")
            if polity and polity.code not in _NO_STATES:
                return Identity(
                    "", self.reading.words(mention), polity.code, polity.name_en, None, polity.code, (), 0.7
                )
        return None

    def _town(self, identity: Identity) -> Identity:
        """A town, province or region: of the polity that it lies in."""
        if identity.text not in self.towns:
            self.towns[identity.text] = places.where(identity.text, context=self.near, language=self.language)
        place = self.towns[identity.text]
        if place is None or place.country is None:
            return identity
        return replace(identity, name=place.name, polity=place.country, confidence=round(0.9 * place.confidence, 3))

    def _spoken_of(self, mention: Mention) -> tuple[str | None, float]:
        """Whose organ a mention means, and how surely.

        That of the last organ of the kind that was named with its state (`İsrail ordusu ... Ordu`), else the polity of
        the nearest place in the sentence, else the one the report speaks most of, else the home.
        """
        sort = self.found[mention.id].identity.sectors[0]
        organs = [self.found[m.id] for m in self.mentions if m.start < mention.start]
        told = [a.told for a in organs if a.told and a.told not in _NO_STATES and a.identity.sectors[:1] == (sort,)]
        if told and sort in ("MIL", "COP") and mention.type != "PER":
            return told[-1], 0.75
        gpes = [m for m in self.mentions if m.type == "GPE" and not self._owns_mission(m)]
        places = [(m, self.found[m.id].identity.polity) for m in gpes]
        # The Palestinian Authority has no army (Oslo II, annex I): soldiers there are another's.
        known = [(m, polity) for m, polity in places if polity and (polity, sort) != ("PSE", "MIL")]
        sentence = self._sentence(mention.start)
        near = [(m, polity) for m, polity in known if self._sentence(m.start) == sentence]
        if near:
            return min(near, key=lambda pair: _distance(pair[0], mention))[1], 0.75
        if known:
            counted = Counter(polity for _, polity in known).most_common(2)
            if len(counted) == 1 or counted[0][1] > counted[1][1]:
                return counted[0][0], 0.6
        elif told and self.language not in HOME:
            return told[-1], 0.6
        return HOME.get(self.language or ""), 0.65

    @cached_property
    def ends(self) -> list[int]:
        """Where sentences begin."""
        return [0, *(match.end() for match in _SENTENCE_END.finditer(self.text))]

    def _sentence(self, at: int) -> int:
        return bisect_right(self.ends, at)


def _is_counterpart(actor: Actor) -> bool:
    return any(term.words in _COUNTERPARTS for segment in actor.parsed.segments for term in segment.terms)


def _is_fuller(other: Actor, actor: Actor) -> bool:
    """Whether another mention names the same person more fully: with more names, or as fully and with a title."""
    if not other.name or len(other.name) < len(actor.name):
        return False
    if len(other.name) == len(actor.name) and not (actor.bare_name and not other.bare_name):
        return False
    if len(actor.name) == 1 and not set(actor.name[0]) & set(other.name[-1]):
        # Of a longer name the last word is meant, or the first where the family's stands first.
        return bool(set(actor.name[0]) & set(other.name[0])) and actor.identity.entity is not None
    return all(any(set(forms) & set(others) for others in other.name) for forms in actor.name)


def _agree(actor: Actor, other: Actor) -> bool:
    """Whether two mentions tell of one office, or one of them of none."""
    if not actor.offices or not other.offices:
        return True
    return bool({office.id for office in actor.offices} & {office.id for office in other.offices})


def _covers(title: str, other: str) -> bool:
    """Whether a general title (`Bakan`, `Başkan`) may mean the bearer of a particular one."""
    if title == other:
        return True
    if title == "head":
        return other in LEADING
    return title in _GENERAL and other.endswith(_GENERAL[title])


def _distance(a: Mention, b: Mention) -> int:
    return b.start - a.end if a.end <= b.start else 2 * (a.start - b.end)
