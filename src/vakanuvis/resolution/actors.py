"""Who an actor phrase means, by one register: what a phrase is asked by, and what phrases ask of the register."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from vakanuvis.records import Identity
from vakanuvis.resolution.kinds import LEADING, ONE_A_STATE, SURE_PLACE, Actor
from vakanuvis.resolution.lexicon import Term
from vakanuvis.resolution.parsing import Parser
from vakanuvis.resolution.people import People, posts_on
from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.register import Office, Organisation, Register
from vakanuvis.resolution.understanding import Phrase

_REMEMBERED = 16384
_SECRETARY = re.compile("secretary|sekreter|امين")
# Words for the head of an organisation that are none for that of a state: a country director leads no country.
_DIRECTOR = re.compile(rf"dire[ck]t|mudur|chair|yonetim kurulu|مدير|executive|\bceo\b|{_SECRETARY.pattern}")


class Resolver:
    """Says who is who, by one register. Remembers names it has looked up; holds nothing else."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.parser = Parser(register)
        self.people = People(register)
        # What has nothing to do with the day: peoples, groups, organisations.
        self._dateless: dict[tuple[str, str | None, str | None], Actor] = {}
        self._offices: dict[tuple[str, str, str], tuple[Office, ...]] = {}
        self._office_words: dict[str, list[set[str]]] = {}
        self._organisations_of: Counter[str] = Counter()
        self._ministries: dict[str, list[Organisation]] = {}
        self._towns: dict[tuple[str, str], str | None] = {}

    def who(self, text: str, on: date | None = None, *, language: str | None = None) -> Identity:
        """Who a phrase means on a day; today's state of the register without one."""
        return self.understand(text, on, language=language).identity

    def understand(
        self, text: str, on: date | None = None, *, language: str | None = None, kind: str | None = None
    ) -> Actor:
        """A phrase with all that was understood of it.

        Args:
            text: the phrase.
            on: the day that it is about.
            language: of the phrase; guessed where not given.
            kind: the mention's type, where known: a GPE is a polity, a PER rather a person.
        """
        asked = (text, language, kind)
        known = self._dateless.get(asked)
        if known is None:
            phrase = Phrase(self, text, self.parser.parse(text), on, language, kind)
            known = phrase.actor()
            if not phrase.dated:
                if len(self._dateless) >= _REMEMBERED:
                    self._dateless.clear()
                self._dateless[asked] = known
        return known

    def polity_of(self, town: str, language: str) -> str | None:
        """The polity that a town or a region lies in, as far as its name alone tells."""
        if (town, language) not in self._towns:
            # The gazetteer takes a while to import, and few phrases need it.
            from vakanuvis.resolution import places

            place = places.where(town, language=language)
            sure = place is not None and place.confidence >= SURE_PLACE
            self._towns[town, language] = place.country if place and sure else None
        return self._towns[town, language]

    def holder(self, polity: str, kind: str, text: str, on: date | None) -> Identity | None:
        """Who holds a polity's office of a kind on a day; None where it has no such office."""
        offices = self.offices(polity, kind)
        if not offices:
            return None
        office = offices[0]
        sectors = self.register.sectors(office)
        posts = posts_on([post for o in offices for post in self.people.terms(o)], on)
        if not posts:
            return Identity("", text, office.id, office.name_en, office.name_en, polity, sectors, 0.8)
        person = self.register.person(posts[0].term.person)
        name = person.name_en if person else None
        return Identity("", text, posts[0].term.person, name, posts[0].office.name_en, polity, sectors, 0.85)

    def near(self, name: Sequence[tuple[str, ...]], offices: Iterable[Office], on: date | None) -> list[str]:
        """Holders of offices who share a word with a name: those in office on the day first, then the newest."""
        found: dict[str, None] = {}
        for office in offices:
            posts = self.people.terms(office)
            held = {post.term.person for post in posts_on(posts, on)}
            for post in sorted(posts, key=lambda post: (post.term.person in held, post.term.start), reverse=True):
                words = {key(word) for spelled in self.people.names(post.term.person) for word in spelled}
                if post.term.person in held or any(set(forms) & words for forms in name):
                    found.setdefault(post.term.person)
        return list(found)[:4]

    def offices(self, of: str, kind: str, words: str = "") -> tuple[Office, ...]:
        """The offices of a polity or an organisation that a title may mean."""
        found = self._offices.get((of, kind, words))
        if found is None:
            found = self._offices[of, kind, words] = tuple(self._find_offices(of, kind, words))
        return found

    def ministry(self, polity: str, body: Term) -> Organisation | None:
        """A polity's ministry that a name without the polity means."""
        if not self._ministries:
            for organisation in self.register.organisations():
                if organisation.kind == "ministry":
                    self._ministries.setdefault(organisation.polity, []).append(organisation)
        asked = set(key(body.words).split())
        for ministry in self._ministries.get(polity, ()):
            names = (ministry.name_en, ministry.name_tr, ministry.name_ar, *ministry.aliases_en, *ministry.aliases_tr)
            if any(asked <= set(key(name).split()) for name in names if name):
                return ministry
        return None

    def organisations_of(self, polity: str) -> int:
        """How many organisations of a polity the register has."""
        if not self._organisations_of:
            self._organisations_of.update(organisation.polity for organisation in self.register.organisations())
        return self._organisations_of[polity]

    def titled(self, polity: str, title: Term) -> bool:
        """Whether a polity's office of the title's kind has the title's words in its name: no `kral` in a republic."""
        words = set(key(title.words).split())
        return any(words <= name for office in self.offices(polity, title.name) for name in self._words_of(office))

    def _find_offices(self, of: str, kind: str, words: str) -> list[Office]:
        offices = self.register.offices(of)
        if self.register.polity(of):
            if kind == "head" and _DIRECTOR.search(key(words)):
                return []
            # Offices of a federal state's members have ids of their own: usa-alabama.governor.
            offices = [office for office in offices if office.id.startswith(f"{of.lower()}.")]
            wanted = frozenset({"head-of-state" if kind == "head" else kind})
        else:
            wanted = LEADING if kind in ("head", "head-of-state", "party-leader", "commander") else frozenset({kind})
        offices = [office for office in offices if office.kind in wanted]
        if kind in ONE_A_STATE:
            # A region within the state has a prime minister of its own: the state's goes first.
            offices = [office for office in offices if not self._regional(office)] or offices
        if kind == "head" and _SECRETARY.search(key(words)) and self._party(of):
            # A party's secretary-general seldom leads it.
            offices = [office for office in offices if _SECRETARY.search(key(f"{office.name_en} {office.name_ar}"))]
        if not self.register.polity(of):
            return offices
        asked = set(key(words).split()) - {"of", "the", "for", "minister", "bakani", "bakan", "وزير", "وزيره"}
        named = [office for office in offices if any(asked <= words for words in self._words_of(office))]
        if kind in ("minister", "deputy-minister") and not asked:
            return []
        return named or (offices if kind in ONE_A_STATE or not words else [])

    def _party(self, of: str) -> bool:
        organisation = self.register.organisation(of)
        return organisation is not None and organisation.kind == "party"

    def _regional(self, office: Office) -> bool:
        organisation = self.register.organisation(office.organisation)
        return organisation is not None and organisation.kind == "government"

    def _words_of(self, office: Office) -> list[set[str]]:
        """The words of each of an office's names."""
        found = self._office_words.get(office.id)
        if found is None:
            names = (office.name_en, office.name_tr, office.name_ar, *office.aliases)
            found = self._office_words[office.id] = [set(key(name).split()) for name in names if name]
        return found
