"""What an actor phrase says: its parts put together into an entity, a polity and sectors.

The head of a phrase decides: a person by name, else an office, a ministry, an organisation, an agent noun, a polity.
What stands beside it fills what it leaves open: `Turkish riot police` is COP of TUR, `Hamas delegation` is Hamas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vakanuvis.records import Identity
from vakanuvis.resolution.kinds import (
    HOME,
    KNOWN_FACE,
    MANY,
    OF_ORGANISATION,
    ONE_A_STATE,
    ORGANS,
    STATE_TITLES,
    SUPRANATIONAL,
    Actor,
)
from vakanuvis.resolution.lexicon import Term
from vakanuvis.resolution.parsing import Segment
from vakanuvis.resolution.people import Post, posts_on
from vakanuvis.resolution.register import Office
from vakanuvis.resolution.register.entries import OFFICE_KINDS, RANK
from vakanuvis.resolution.senses import Senses, plural
from vakanuvis.resolution.spellings import begin_alike, likeness, onsets, telling, whole_alike


class Phrase(Senses):
    """One phrase on its way from parts to an identity."""

    def actor(self) -> Actor:
        run, name = self._name()
        self.person = run
        title = self._title(run)
        offices = self._claimed_offices(title, run)
        told = self.told
        persons = self._candidates(run, name, title, offices)
        if self._joins_persons():
            return Actor(self._several(), self.parsed, title[1] if title else None, told=told, language=self.language)
        if title is not None and run is None and self._several_holders(*title):
            identity = self._holders(title[1]) if not self._agent_decides() else self._unnamed(title, (), ())
            return Actor(identity, self.parsed, title[1], (), told=told, language=self.language, several=True)
        tail = self._head_behind(run)
        if tail is not None and title is not None and run is not None and title[0].end <= run[0] < tail.start:
            # `general X'e bağlı milisler`: the title is the name's, not the head's.
            title, offices = None, ()
        if persons and tail is None:
            identity = self._person(persons, title, offices)
        elif run is not None and tail is None:
            identity = self._unknown_person(name, title, offices)
        else:
            identity = self._unnamed(title, offices, persons)
        spelled = self.parsed.text(run) if run else ""
        term = title[1] if title else None
        close = title is None or self._stands_by(title[0])
        actor = Actor(
            identity,
            self.parsed,
            term,
            offices,
            tuple(name),
            spelled,
            self.former,
            told,
            self.language,
            close,
            self._organ(),
        )
        return actor if tail is None else actor._replace(name=(), spelled="")

    # ------------------------------------------------------------ persons

    def _several(self) -> Identity:
        """Several persons in one phrase: what they share, and none of them for the others."""
        each = [self._as_identity(max(ids, key=self.people.fame), None, ()) for _, ids in self.persons]
        polities, sectors = {i.polity for i in each}, {i.sectors for i in each}
        polity = polities.pop() if len(polities) == 1 else None
        shared = sectors.pop() if len(sectors) == 1 else ()
        return Identity("", self.text, polity=polity, sectors=shared, confidence=0.7)

    def _holders(self, title: Term) -> Identity:
        """Several holders of a kind of office, named by it: none of them, and of no one state that has only one."""
        # Arabic writes `and` to the word: the states are counted.
        told = self.told if len({entry.id for _, entry in self.polities}) < 2 else None
        home = None if title.name in ONE_A_STATE or self.polities else self._home(title)
        sectors = self._modified(self._title_sectors(title))
        return Identity(
            "", self.text, polity=told or home, sectors=sectors, confidence=self._trust(0.9 if told else 0.7)
        )

    def _candidates(
        self,
        run: tuple[int, int] | None,
        name: Sequence[tuple[str, ...]],
        title: tuple[Segment, Term] | None,
        offices: Sequence[Office],
    ) -> list[str]:
        """Persons who may be meant, the likeliest first."""
        if run is None or self.kind == "GPE":
            return []
        inside = [ids for segment, ids in self.persons if run[0] <= segment.start < run[1]]
        whole = any((s.start, s.end) == run for s, _ in self.persons)
        found: dict[str, None] = {}
        if whole:
            found.update(dict.fromkeys(inside[0]))
        else:
            for person in (person for ids in inside for person in ids):
                if self.people.bears(person, name):
                    found.setdefault(person)
            if len(inside) > 1:
                # `العاهل الأردني` and `الملك عبد الله الثاني` are one.
                shared = set(inside[0]).intersection(*inside[1:])
                found.update((person, None) for person in inside[0] if person in shared)
        if not found or len(name) == 1:
            found.update(dict.fromkeys(self.people.called(name, loosely=self.kind in (None, "PER"))))
        sounding: dict[str, float] = {}
        for office in offices:
            for post in self.people.terms(office):
                person = post.term.person
                if person in found or person in sounding:
                    continue
                if self.people.bears(person, name, loosely=True):
                    if len(name) > 1 or self._in_office(post) or not self.people.given_only(person, name[0]):
                        found.setdefault(person)
                elif alike := self._sounds(person, name):
                    sounding[person] = alike
        found.update((person, None) for person, alike in sounding.items() if alike == max(sounding.values()))
        if len(found) > MANY:
            kept = sorted(found, key=lambda person: (-self.people.fame(person), person))[:MANY]
            claimed = {post.term.person for office in offices for post in self.people.terms(office)}
            found = dict.fromkeys([*kept, *(person for person in found if person in claimed)])
        told = self.told
        if len(telling(name)) == 1 and offices and told:
            # A family name alone, with an office of a polity: nobody from elsewhere.
            found = {p: None for p in found if any(post.office.polity == told for post in self.people.career(p))}
        if len(telling(name)) == 1 and title is not None and title[1].name in STATE_TITLES:
            kind = title[1].name
            found = {p: None for p in found if any(kind in post.office.kind for post in self.people.career(p))}
        if len(name) > 1:
            self.spelled = {person for person in found if self.people.exactly(person, telling(name))}
        ranked = sorted(found, key=lambda person: (-self._likelihood(person, title, offices), person))
        if len(name) == 1 and not whole and ranked and not self._famous(ranked, title, offices):
            return []
        return ranked

    def _in_office(self, post: Post) -> bool:
        return bool(posts_on((post,), self.on))

    def _sounds(self, person: str, name: Sequence[tuple[str, ...]]) -> float:
        """How a whole name sounds like a person's, 0 for not: enough where the office speaks for the person as well."""
        if len(name) < 2:
            return 0.0
        spelled = [[*(forms[0] for forms in name[:-1]), last] for last in name[-1][:3]]
        found = [
            likeness(words, known)
            for words in spelled
            for known in self.people.names(person)
            if begin_alike(words[0], known[0])
            and any(onsets(mine) & onsets(theirs) for mine in words[1:] for theirs in known[1:] or known)
            and whole_alike(words, known)
        ]
        return max(found, default=0.0)

    def _likelihood(self, person: str, title: tuple[Segment, Term] | None, offices: Sequence[Office]) -> float:
        """How well a person fits the phrase: fame, the office and the polity told, and office on the day."""
        career = self.people.career(person)
        claimed = {office.id for office in offices}
        kind = title[1].name if title else ""
        told = self.told
        score = self.people.fame(person)
        score += 3.0 * (person in self.spelled)
        score += 6.0 * any(post.office.id in claimed for post in career)
        score += 2.0 * any(post.office.kind == kind for post in career)
        score += 3.0 * any(post.office.polity == told for post in career) if told else 0.0
        score += 1.0 * any(post.office.polity == HOME.get(self.language) for post in career)
        held = posts_on(career, self.on)
        # Of two who are known as well, the one whose office of that day the press names more.
        return score + (2.0 + 0.5 * RANK.get(held[0].office.kind, 1.0) if held else 0.0)

    def _famous(self, ranked: Sequence[str], title: tuple[Segment, Term] | None, offices: Sequence[Office]) -> bool:
        """Whether a family name alone is enough to mean the first of those who bear it."""
        scores = [self._likelihood(person, title, offices) for person in ranked[:2]]
        return scores[0] >= KNOWN_FACE and (len(scores) == 1 or scores[0] - scores[1] >= 1.0)

    def _person(
        self, persons: Sequence[str], title: tuple[Segment, Term] | None, offices: Sequence[Office]
    ) -> Identity:
        made = [self._as_identity(person, title, offices) for person in persons[:4]]
        scores = [self._likelihood(person, title, offices) for person in persons[:2]]
        sure = 0.97 if len(scores) == 1 else min(0.97, 0.6 + 0.06 * (scores[0] - scores[1]))
        if len(self.parsed.tokens) == 1 and len(scores) > 1:
            sure *= 0.95
        return replace(
            made[0], confidence=round(sure, 3), alternatives=tuple(replace(i, confidence=0.1) for i in made[1:])
        )

    def _as_identity(self, person: str, title: tuple[Segment, Term] | None, offices: Sequence[Office]) -> Identity:
        entry = self.register.person(person)
        career = self.people.career(person)
        held = posts_on(career, self.on)
        claimed = {office.id for office in offices}
        kind = title[1].name if title else ""
        told_of = [p for p in held if p.office.id in claimed] or [p for p in held if p.office.kind == kind] or held
        post = self._foremost(told_of) if told_of else None
        told_former = self.former and title is not None
        if told_former:
            post = next((p for p in reversed(career) if p.office.id in claimed), career[-1] if career else None)
            polity, sectors, office = (post.office.polity if post else self.told), self._sectors_of(post), None
        elif post:
            polity, sectors, office = post.office.polity, self._sectors_of(post), post.office.name_en
        else:
            polity, sectors, office = self._off_duty(career, title, claimed)
        if told_former:
            sectors = former(sectors)
        if title is not None and not sectors:
            sectors = self._title_sectors(title[1])
        polity = polity or self.told
        name = entry.name_en if entry else None
        return Identity("", self.text, person, name, office, polity, opposing(sectors, self.modifiers))

    def _foremost(self, posts: Sequence[Post]) -> Post:
        """The post meant of several; of a head of several states that in the state with most organisations.

        The President of France is Andorra's co-prince by that office, the King of the United Kingdom Antigua's king.
        """
        heads = [post for post in posts if post.office.kind == "head-of-state"]
        if posts[0] not in heads or len(heads) == 1:
            return posts[0]
        return max(heads, key=lambda post: self.resolver.organisations_of(post.office.polity))

    def _off_duty(
        self, career: Sequence[Post], title: tuple[Segment, Term] | None, claimed: set[str]
    ) -> tuple[str | None, tuple[str, ...], str | None]:
        """A person with no office on the day: a former official, or one whose first office is still to come."""
        if not career:
            return self.told, (), None
        day = self.on or date.today()
        ended = [post for post in career if post.term.end and post.term.end < day.isoformat()]
        named = next((post for post in reversed(career) if post.office.id in claimed), None)
        if self.on is None and named:
            # No day is given: the title says when.
            return named.office.polity, self._sectors_of(named), named.office.name_en
        if title is not None and named is None:
            # Another office than those that the register knows of.
            return self.told or career[-1].office.polity, self._title_sectors(title[1]), None
        if ended:
            return ended[-1].office.polity, former(self._sectors_of(ended[-1])), None
        return career[0].office.polity, (), None

    def _sectors_of(self, post: Post | None) -> tuple[str, ...]:
        if post is None:
            return ()
        sectors = self.register.sectors(post.office)
        if not sectors and (organisation := self.register.organisation(post.office.organisation)):
            sectors = self.register.sectors(organisation)
        return () if sectors == ("UNK",) else sectors

    def _unknown_person(
        self, name: Sequence[tuple[str, ...]], title: tuple[Segment, Term] | None, offices: Sequence[Office]
    ) -> Identity:
        """A name that is not in the register: coded by what stands beside it, the office's holders as runners-up."""
        identity = self._unnamed(title, (), [])
        near = self.resolver.near(name, offices, self.on)
        made = tuple(replace(self._as_identity(person, title, offices), confidence=0.2) for person in near)
        if not (identity.polity or identity.sectors):
            return replace(identity, confidence=0.0, entity=None, name=None, alternatives=made)
        return replace(
            identity, entity=None, name=None, confidence=round(identity.confidence * 0.95, 3), alternatives=made
        )

    # ------------------------------------------------------------ without a name

    def _unnamed(
        self, title: tuple[Segment, Term] | None, offices: Sequence[Office], persons: Sequence[str]
    ) -> Identity:
        owner = self._as_identity(persons[0], None, ()) if persons else None
        told = self.told or (owner.polity if owner else None)
        if title is not None and not self._agent_decides():
            return self._office_holder(title, offices, told)
        if self.bodies:
            return self._body(told)
        if self.organisations:
            return self._of_organisation(told)
        if self.agents:
            return self._group(told)
        given = offices or tuple(self.given_offices[0][1] if self.given_offices else ())
        if len({office.polity for office in given}) == 1:
            return self._office_holder(None, given, told)
        if self.polities:
            return self._polity(told)
        if self.modifiers & {"opposition"}:
            return Identity("", self.text, polity=told, sectors=("PTY", "OPP"), confidence=0.7)
        return Identity("", self.text)

    def _agent_decides(self) -> bool:
        """Whether an agent noun behind the title is the head: `presidential guard`, `ministers' wives`."""
        if self.parsed.arabic or not self.agents:
            return False
        return self.agents[-1][0].start > self.titles[-1][0].start and not self.agents[-1][1].weak

    def _office_holder(
        self, title: tuple[Segment, Term] | None, offices: Sequence[Office], told: str | None
    ) -> Identity:
        sectors = self._title_sectors(title[1]) if title else ()
        polity = told or (self._home(title[1]) if title else None)
        if not offices:
            return Identity(
                "",
                self.text,
                polity=polity,
                sectors=self._modified(sectors),
                confidence=self._trust(0.9 if told else 0.7),
            )
        office = offices[0]
        sectors = self.register.sectors(office) or self._title_sectors(title[1] if title else None)
        if self.former:
            return Identity("", self.text, polity=office.polity, sectors=former(sectors), confidence=0.85)
        holders = [post for office in offices for post in posts_on(self.people.terms(office), self.on)]
        unique = {post.term.person: post for post in holders}
        if not unique:
            return Identity("", self.text, office.id, office.name_en, office.name_en, office.polity, sectors, 0.85)
        made = []
        for person, post in list(unique.items())[:4]:
            entry = self.register.person(person)
            own = self._sectors_of(post) or sectors
            name = entry.name_en if entry else None
            made.append(Identity("", self.text, person, name, post.office.name_en, post.office.polity, own, 0.1))
        sure = 0.93 if len(made) == 1 else 0.75
        return replace(made[0], sectors=self._modified(made[0].sectors), confidence=sure, alternatives=tuple(made[1:]))

    def _title_sectors(self, title: Term | None) -> tuple[str, ...]:
        if title is None:
            return ()
        if self.organisations and title.name in OF_ORGANISATION and title.name != "ambassador":
            return self.register.sectors(self.organisations[0][1])
        sectors = title.sectors or OFFICE_KINDS.get(title.name, ())
        if title.name in ("head", "figure", "spokesperson", "official") and not self.organisations:
            other = [term for _, term in self.agents if term.sectors[:1] not in (("CVL",), ("UNK",))]
            other = [term for term in other if not term.weak] or other
            found = other or [term for _, term in self.bodies]
            if found:
                return found[0].sectors
            if title.name != "official":
                # Of a state or its leader: `Putin's spokesman`. Else what the word alone says.
                own = [agent for segment, term in self.titles if term == title and (agent := segment.term("agent"))]
                of_state = bool(self.polities or self.persons)
                sectors = ("GOV",) if of_state else own[0].sectors if own else ()
        if title.name == "party-leader" and any("OPP" in term.sectors for s in self.segments for term in s.terms):
            return ("PTY", "OPP")
        if title.name == "legislator" and self.organisations:
            return merged(sectors, self.register.sectors(self.organisations[0][1]))
        return sectors

    def _body(self, told: str | None) -> Identity:
        body = self.bodies[0][1]
        polity = told or HOME.get(self.language)
        sectors = self._modified(body.sectors)
        ministry = self.resolver.ministry(polity, body) if polity else None
        return Identity(
            "",
            self.text,
            ministry.id if ministry else None,
            ministry.name_en if ministry else None,
            polity=polity,
            sectors=sectors,
            confidence=self._trust(0.93 if told else 0.75),
        )

    def _of_organisation(self, told: str | None) -> Identity:
        organisation = self.organisations[0][1]
        sectors = self.register.sectors(organisation)
        if self._joins_organisations():
            others = [self.register.sectors(other) for _, other in self.organisations[1:]]
            shared = tuple(code for code in sectors if all(code in them for them in others))
            return Identity("", self.text, polity=told, sectors=self._modified(shared), confidence=self._trust(0.9))
        strong = [
            term
            for segment, term in self.agents
            if not term.weak and (term.sectors[:1] != ("CVL",) or plural(segment, self.parsed))
        ]
        if strong:
            # `UN peacekeepers`, `PKK sympathisers`: what they are comes before whose they are.
            sectors = merged(*(term.sectors for term in strong), sectors)
        elif not sectors:
            sectors = merged(*(term.sectors for _, term in self.agents if told not in SUPRANATIONAL))
        polity = told if told else None
        return Identity(
            "",
            self.text,
            organisation.id,
            organisation.name_en,
            None,
            polity,
            self._modified(sectors),
            self._trust(0.95),
        )

    def _group(self, told: str | None) -> Identity:
        terms = [term for _, term in self.agents]
        ordered = terms if self.parsed.arabic else terms[::-1]
        strong = [term for term in ordered if not term.weak]
        if ordered[0].weak and ordered[0].sectors != ("UNK",) and all(term.sectors[:1] == ("CVL",) for term in strong):
            # `African leaders`, `Kurdish fighters`: a people only says which.
            strong = []
            ordered = [term for term in ordered if term.weak]
        sectors = merged(*(term.sectors for term in strong or ordered))
        if "REB" in sectors and sectors[0] in ("MIL", "UAF"):
            # `rebel soldiers`, `isyancı askerler`
            sectors = merged(("REB",), tuple(code for code in sectors if code not in ("MIL", "UAF")))
        if (sectors == ("UNK",) and told) or (self.kind == "GPE" and not ORGANS.intersection(sectors[:1])):
            # A village is no villagers: `Cebaa köyü`.
            sectors = ()
        polity = told or next((term.polity for term in terms if term.polity), None)
        return Identity("", self.text, polity=polity, sectors=self._modified(sectors), confidence=self._trust(0.9))

    def _polity(self, told: str | None) -> Identity:
        if told is None:
            return Identity("", self.text)
        segment, entry = self.polities[0]
        polity = self.register.polity(entry.id)
        sectors: tuple[str, ...] = ("GOV",) if entry.via in ("capital", "metonym") else ()
        people = plural(segment, self.parsed) or (self.kind == "GRP" and not self.parsed.loose)
        if entry.via == "demonym" and people:
            sectors = ("CVL",)
        if self.kind == "ORG" and self.parsed.names:
            # `الأهلي المصري`, `Visit Turkey`: something of the country's, not the country.
            return Identity("", self.text, polity=told, confidence=self._trust(0.9))
        name = polity.name_en if polity else None
        return Identity("", self.text, entry.id, name, None, told, self._modified(sectors), self._trust(0.96))

    def _modified(self, sectors: tuple[str, ...]) -> tuple[str, ...]:
        return opposing(former(sectors) if self.former else sectors, self.modifiers)

    def _trust(self, most: float) -> float:
        """The confidence, lowered for every word that nothing is known of."""
        unknown = self.parsed.loose + sum(run[1] - run[0] for run in self.parsed.names if run != self.person)
        return round(most * 0.92 ** min(unknown, 4), 3)


def former(sectors: tuple[str, ...]) -> tuple[str, ...]:
    return merged(("ELI",), sectors)


def opposing(sectors: tuple[str, ...], modifiers: set[str]) -> tuple[str, ...]:
    if "opposition" in modifiers and "OPP" not in sectors:
        # Leaders, envoys and spokesmen of the opposition are of a party, not of the government.
        party = tuple("PTY" if code == "GOV" else code for code in sectors)
        return merged(party or ("PTY",), ("OPP",))
    return sectors


def merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
