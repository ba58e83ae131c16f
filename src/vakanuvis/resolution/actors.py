"""Who an actor phrase means: its parts put together into an entity, a polity and sectors.

The head of a phrase decides: a person by name, else an office, a ministry, an organisation, an agent noun, a polity.
What stands beside it fills what it leaves open: `Turkish riot police` is COP of TUR, `Hamas delegation` is Hamas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from vakanuvis.records import Identity
from vakanuvis.resolution.lexicon import Term
from vakanuvis.resolution.parsing import Parsed, Parser, Segment, is_filler
from vakanuvis.resolution.people import RANK, People, Post, begin_alike, posts_on, telling, whole_alike
from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.register import Entry, Office, Organisation, Register
from vakanuvis.resolution.register.entries import OFFICE_KINDS

# The polity whose organs a language's press means where it names none.
HOME = {"tr": "TUR"}
# Offices that lead an organisation.
LEADING = frozenset(
    [
        "head-of-organisation",
        "party-leader",
        "group-leader",
        "head-of-armed-forces",
        "head-of-intelligence",
        "head-of-police",
        "speaker",
        "central-bank-governor",
        "religious-leader",
        "religious-affairs",
        "head-of-government",
        "head-of-state",
        "commander",
        "judge",
        "prosecutor",
        "mayor",
    ]
)
# Titles that every state has; where a phrase names no polity, it is the home's.
STATE_TITLES = frozenset(
    [
        "head-of-state",
        "deputy-head-of-state",
        "head-of-government",
        "deputy-head-of-government",
        "foreign-minister",
        "defence-minister",
        "interior-minister",
        "finance-minister",
        "justice-minister",
        "minister",
        "deputy-minister",
        "security-adviser",
        "speaker",
        "governor",
        "central-bank-governor",
        "religious-affairs",
        "head-of-armed-forces",
        "head-of-intelligence",
        "head-of-police",
        "prosecutor",
        "judge",
    ]
)
# Titles that give their holder the sectors of the organisation they stand with.
_OF_ORGANISATION = frozenset(
    {"head", "figure", "spokesperson", "official", "party-leader", "head-of-state", "commander", "ambassador"}
)
# Offices that a state has one of, whatever its title.
_ONE_A_STATE = frozenset(
    [
        "head-of-state",
        "head-of-government",
        "foreign-minister",
        "defence-minister",
        "interior-minister",
        "finance-minister",
        "justice-minister",
        "central-bank-governor",
        "head",
        "head-of-intelligence",
    ]
)
_DEPUTIES = {"head-of-state": "deputy-head-of-state", "head-of-government": "deputy-head-of-government"}
_SUPRANATIONAL = frozenset({"UNO", "EUR", "IGO"})
# Sectors of the organs of a state.
ORGANS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# What the register's names may be in a mention of a type, and what they rather are.
_ANY = frozenset({"polity", "organisation", "person"})
_MEANINGS = {"GPE": frozenset({"polity"}), "GRP": frozenset({"polity", "organisation"})}
_FIRST = {"PER": "person", "ORG": "organisation", "GPE": "polity", "GRP": "polity"}
_RANKS = frozenset(
    [
        "general",
        "gen",
        "lieutenant",
        "lt",
        "major",
        "maj",
        "brigadier",
        "colonel",
        "col",
        "captain",
        "capt",
        "sergeant",
        "admiral",
        "adm",
        "rear",
        "marshal",
        "field",
        "orgeneral",
        "korgeneral",
        "tümgeneral",
        "tuğgeneral",
        "albay",
        "yarbay",
        "binbaşı",
        "yüzbaşı",
        "teğmen",
        "üsteğmen",
        "amiral",
        "oramiral",
        "mareşal",
        "astsubay",
        "الفريق",
        "فريق",
        "اللواء",
        "العميد",
        "العقيد",
        "الجنرال",
        "المشير",
        "الرائد",
        "النقيب",
        "الاميرال",
    ]
)
_AND = frozenset({"ve", "and", "ile", "و"})
_TURKISH = re.compile("[ışğçöüİŞĞÇÖÜâî]")
_KNOWN_FACE = 6.0
_SURE_PLACE = 0.6
# Of more people than this who share a name only the best known are weighed.
_MANY = 12
# Whom a town's name may stand before, of those who are no organs of a state: no `Kaya ailesi`.
_PEOPLE = frozenset(
    {"halk", "sakin", "ahali", "resident", "people", "inhabitant", "population", "villager", "köylü", "esnaf"}
)
# Organs that the press writes of abroad.
_ELSEWHERE = frozenset({"cunta", "askeri cunta", "rejim", "junta", "military junta", "regime"})
# Titles of towns and provinces.
_LOCAL = frozenset({"governor", "mayor", "head-of-police", "prosecutor"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A phrase understood.

    Attributes:
        identity: who it is.
        parsed: its parts.
        title: the title in it, if any.
        offices: the offices that the title may mean.
        name: the words of the person's name (each with its forms), empty where it names none.
        spelled: that name as written.
        former: whether it calls the actor a former one.
        told: the polity that the phrase itself tells of, None where it tells of none.
        language: the language that its words are taken for.
        close: whether the title stands next to the polity or organisation that it is of.
        organ: whether it is an office or an organ of some state, named by nouns that say so.
    """

    identity: Identity
    parsed: Parsed
    title: Term | None = None
    offices: tuple[Office, ...] = ()
    name: tuple[tuple[str, ...], ...] = ()
    spelled: str = ""
    former: bool = False
    told: str | None = None
    language: str = "en"
    close: bool = False
    organ: bool = False

    @property
    def bare_name(self) -> bool:
        """Whether it is a name and nothing else."""
        return bool(self.name) and self.title is None and self.told is None


class Resolver:
    """Says who is who, by one register. Remembers names it has looked up; holds nothing else."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.parser = Parser(register)
        self.people = People(register)
        self._offices: dict[tuple[str, str, str], tuple[Office, ...]] = {}
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
        return _Phrase(self, text, self.parser.parse(text), on, language, kind).actor()

    def polity_of(self, town: str, language: str) -> str | None:
        """The polity that a town or a region lies in, as far as its name alone tells."""
        if (town, language) not in self._towns:
            # The gazetteer takes a while to import, and few phrases need it.
            from vakanuvis.resolution import places

            place = places.where(town, language=language)
            sure = place is not None and place.confidence >= _SURE_PLACE
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

    def titled(self, polity: str, title: Term) -> bool:
        """Whether a polity's office of the title's kind has the title's words in its name: no `kral` in a republic."""
        words = set(key(title.words).split())
        return any(words <= name for office in self.offices(polity, title.name) for name in _office_words(office))

    def _find_offices(self, of: str, kind: str, words: str) -> list[Office]:
        offices = self.register.offices(of)
        if self.register.polity(of):
            # Offices of a federal state's members have ids of their own: usa-alabama.governor.
            offices = [office for office in offices if office.id.startswith(f"{of.lower()}.")]
            wanted = frozenset({"head-of-state" if kind == "head" else kind})
        else:
            wanted = LEADING if kind in ("head", "head-of-state", "party-leader", "commander") else frozenset({kind})
        offices = [office for office in offices if office.kind in wanted]
        asked = set(key(words).split()) - {"of", "the", "for", "minister", "bakani", "bakan", "وزير", "وزيره"}
        named = [office for office in offices if any(asked <= words for words in _office_words(office))]
        if kind in ("minister", "deputy-minister") and not asked:
            return []
        return named or (offices if kind in _ONE_A_STATE or not words else [])


def _office_words(office: Office) -> list[set[str]]:
    return [
        set(key(name).split()) for name in (office.name_en, office.name_tr, office.name_ar, *office.aliases) if name
    ]


class _Phrase:
    """One phrase on its way from parts to an identity."""

    def __init__(
        self, resolver: Resolver, text: str, parsed: Parsed, on: date | None, language: str | None, kind: str | None
    ) -> None:
        self.resolver, self.register, self.people = resolver, resolver.register, resolver.people
        self.text, self.parsed, self.on, self.kind = text, parsed, on, kind
        self.segments = _without_sponsors(parsed.segments)
        self.language = language or _language(text, self.segments, arabic=parsed.arabic)
        self.modifiers = {term.name for segment in self.segments for term in segment.terms if term.kind == "modifier"}
        self.former = "former" in self.modifiers
        self.person: tuple[int, int] | None = None
        self.persons: list[tuple[Segment, list[str]]] = []
        self.organisations: list[tuple[Segment, Organisation]] = []
        self.polities: list[tuple[Segment, Entry]] = []
        self.titles: list[tuple[Segment, Term]] = []
        self.bodies: list[tuple[Segment, Term]] = []
        self.agents: list[tuple[Segment, Term]] = []
        self.given_offices: list[tuple[Segment, list[Office]]] = []
        for segment in self.segments:
            self._sort(segment)
        self._foreign_organs()
        self._surnames()

    def _sort(self, segment: Segment) -> None:
        """Decide which of its meanings a segment has here."""
        title, body, agent = segment.term("title"), segment.term("body"), segment.term("agent")
        things = sorted(
            (entry for entry in segment.entries if entry.kind in _MEANINGS.get(self.kind or "", _ANY)),
            key=lambda entry: entry.kind != _FIRST.get(self.kind or ""),
        )
        offices = [office for entry in segment.of("office") if (office := self.register.office(entry.id))]
        if agent and things and things[0].kind == "person" and not segment.exact:
            # `çiftçiler` are farmers, whoever is called Çiftçi.
            things = []
        if things and not (title or body):
            best = things[0]
            if best.kind == "polity":
                self.polities.append((segment, best))
            elif best.kind == "organisation":
                self._organisation(segment, [entry.id for entry in things if entry.kind == "organisation"])
            else:
                self.persons.append((segment, [entry.id for entry in things if entry.kind == "person"]))
        elif title:
            self.titles.append((segment, title))
            if offices and len(offices) < 4:
                self.given_offices.append((segment, offices))
        elif body:
            self.bodies.append((segment, body))
        elif offices:
            self.given_offices.append((segment, offices))
        elif agent:
            self.agents.append((segment, agent))

    def _foreign_organs(self) -> None:
        """Of another state, what is also a common noun is that noun: `Yunanistan Sahil Güvenliği` is not Türkiye's."""
        told = {entry.id for _, entry in self.polities}
        for polity in self.polities[1:]:
            # `Suriyeli Türkmenler` are no Turkmenistan.
            people = polity[0].term("agent")
            if people and polity[1].via == "demonym":
                self.polities.remove(polity)
                self.agents.append((polity[0], people))
        for pair in list(self.organisations):
            agent = pair[0].term("agent")
            if agent and told and pair[1].polity not in told | _SUPRANATIONAL:
                self.organisations.remove(pair)
                self.agents.append((pair[0], agent))
        self.agents.sort(key=lambda pair: pair[0].start)

    def _surnames(self) -> None:
        """Give a person's name back what is also something else.

        A demonym right behind a name (`محمد شياع السوداني` of Iraq, `Michael Jordan`), and between a title and the rest
        of the name an organisation of one word (`Kuveyt Emiri Sabah el-Ahmed` is no newspaper).
        """
        if self.kind not in (None, "PER"):
            return
        ends = {end: start for start, end in self.parsed.names}
        starts = dict(self.parsed.names)
        for pair in list(self.polities):
            start = ends.get(pair[0].start)
            if start is not None and pair[0].end == len(self.parsed.tokens):
                self.polities.remove(pair)
                self._rename((start, pair[0].start), (start, pair[0].end))
        for agent in list(self.agents):
            # `Taliban Sözcüsü Zabihullah Mücahid`
            segment = agent[0]
            start = ends.get(segment.start)
            last = segment.end == len(self.parsed.tokens) and self.parsed.tokens[segment.start].capital
            if start is not None and last and self.titles and not self.parsed.arabic:
                self.agents.remove(agent)
                self._rename((start, segment.start), (start, segment.end))
        titled = {segment.end for segment, _ in self.titles}
        for organisation in list(self.organisations):
            segment = organisation[0]
            end = starts.get(segment.end)
            if end is not None and segment.start in titled and segment.end - segment.start == 1 and self.kind == "PER":
                self.organisations.remove(organisation)
                self._rename((segment.end, end), (segment.start, end))

    def _rename(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        names = sorted(new if run == old else run for run in self.parsed.names)
        self.parsed = replace(self.parsed, names=tuple(names))

    def _organisation(self, segment: Segment, ids: Sequence[str]) -> None:
        found = [entry for key in ids if (entry := self.register.organisation(key))]
        home = HOME.get(self.language)
        found.sort(key=lambda entry: entry.polity != home)
        told = {entry.id for s, entry in self.polities}
        found.sort(key=lambda entry: entry.polity not in told)
        if found:
            self.organisations.append((segment, found[0]))

    # ------------------------------------------------------------ the whole

    def actor(self) -> Actor:
        run, name = self._name()
        self.person = run
        title = self._title(run)
        offices = self._claimed_offices(title, run)
        told = self._told()
        persons = self._candidates(run, name, title, offices)
        tail = self._head_behind(run)
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
        return actor if tail is None else replace(actor, name=(), spelled="")

    def _name(self) -> tuple[tuple[int, int] | None, list[tuple[str, ...]]]:
        """The words that name a person: what the register has as one, with the unknown words that touch it."""
        runs = [(segment.start, segment.end) for segment, _ in self.persons] + list(self.parsed.names)
        if not runs:
            return None, []
        runs.sort()
        joined = [runs[0]]
        for start, end in runs[1:]:
            if start == joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        whole = [run for run in joined if any(run[0] <= s.start < run[1] for s, _ in self.persons)]
        run = (whole or joined)[0 if self.parsed.arabic and whole else -1]
        if not whole and not self._may_be_person(run):
            return None, []
        return run, self.parsed.forms(run)

    def _may_be_person(self, run: tuple[int, int]) -> bool:
        """Whether unknown words are a person's name: after a title or an agent, or when alone."""
        if self.organisations or self.bodies:
            before = [s for s, _ in (*self.organisations, *self.bodies)]
            return bool(self.titles) and any(s.end <= run[0] for s in before)
        if self.titles or self.given_offices:
            return True
        if self.agents:
            # `gazeteci X`; and as the owner of what follows: `Esad rejimi`, `Trump's lawyer`.
            behind = any(s.start == run[1] for s, _ in self.agents)
            return behind or any(s.end == run[0] and not _plural(s, self.parsed) for s, _ in self.agents)
        return not self.polities or run[1] - run[0] > 1

    def _title(self, run: tuple[int, int] | None) -> tuple[Segment, Term] | None:
        """The title that counts: the one next to the name (`Cumhurbaşkanı Danışmanı X`), in Arabic the first.

        Of joined ones the first counts, and a military rank only where it is the only one.
        """
        titles = [pair for pair in self.titles if run is None or pair[0].end <= run[0]] or self.titles
        titles = [pair for pair in titles if not _is_rank(pair[1])] or titles
        if len(titles) < 2:
            return titles[0] if titles else None
        if self.parsed.arabic:
            return titles[0]
        at = len(titles) - 1
        words = self.parsed.tokens
        while at and any(t.forms[0] in _AND for t in words[titles[at - 1][0].end : titles[at][0].start]):
            at -= 1
        return titles[at]

    def _told(self) -> str | None:
        """The polity that the words tell of; none where they join several."""
        if self._joins_polities():
            return None
        explicit = self.polities[0][1].id if self.polities else None
        if self.organisations:
            segment, organisation = self.organisations[0]
            if explicit and organisation.polity in _SUPRANATIONAL and self.polities[0][0].start < segment.start:
                return explicit
            return organisation.polity or explicit
        return explicit or self.town

    @cached_property
    def town(self) -> str | None:
        """The polity of a town or a region that an unknown name before an office may be: `Texas governor`."""
        organs = [pair for pair in self.agents if ORGANS.intersection(pair[1].sectors[:1])]
        people = [pair for pair in self.agents if pair[1].words in _PEOPLE]
        nouns = [segment for segment, _ in (*self.titles, *self.bodies, *organs, *people)]
        local = any(term.name in _LOCAL for _, term in self.titles)
        tokens = self.parsed.tokens
        for run in self.parsed.names:
            before = any(segment.start == run[1] for segment in nouns)
            # `the governor of Kirkuk`, `Istanbul's jailed mayor`
            before |= run[0] > 0 and tokens[run[0] - 1].forms[0] == "of" and any(s.end < run[0] for s in nouns)
            before |= tokens[run[1] - 1].genitive and any(segment.start > run[1] for segment in nouns)
            behind = any(segment.end == run[0] for segment in nouns) and self.parsed.arabic and local
            if before or behind:
                return self.resolver.polity_of(self.parsed.text(run), self.language)
        return None

    def _joins_polities(self) -> bool:
        """Whether the words join polities: `Mısırlı ve Katarlı arabulucular`."""
        if len(self.polities) < 2 or self.polities[0][1].id == self.polities[1][1].id:
            return False
        between = self.parsed.tokens[self.polities[0][0].end : self.polities[1][0].start]
        return any(token.forms[0] in _AND for token in between)

    def _claimed_offices(self, title: tuple[Segment, Term] | None, run: tuple[int, int] | None) -> tuple[Office, ...]:
        told = self._told()
        deputy = "deputy" in self.modifiers
        if self.given_offices and not deputy:
            offices = self.given_offices[0][1]
            ours = [office for office in offices if told is None or office.polity == told]
            if ours and len(ours) < 4:
                return tuple(ours)
        if title is None or not self._touches(title[0], run):
            return ()
        kind = title[1].name
        if kind == "head" and not self._stands_by(title[0]):
            return ()
        if deputy:
            kind = _DEPUTIES.get(kind, "deputy-minister" if kind.endswith("minister") else "")
        if not kind:
            return ()
        if self.organisations and kind in LEADING | _OF_ORGANISATION:
            found = self.resolver.offices(self.organisations[0][1].id, kind, "")
            if found or kind in _OF_ORGANISATION:
                return found
        polity = told or self._home(title[1])
        if polity is None or (self.organisations and kind == "head"):
            return ()
        return self.resolver.offices(polity, kind, title[1].words)

    def _home(self, title: Term) -> str | None:
        """The polity whose office a title means that stands without one: the home's, where it has such an office."""
        home = HOME.get(self.language)
        if home is None or title.name not in STATE_TITLES:
            return None
        if title.name == "head-of-state" and not self.resolver.titled(home, title):
            return None
        return home

    def _touches(self, title: Segment, run: tuple[int, int] | None) -> bool:
        """Whether nothing unknown stands between a title and the name: `Başbakan'ın eşi X` is no prime minister."""
        if run is None or run[0] < title.end:
            return True
        known = {at for segment in self.parsed.segments for at in range(segment.start, segment.end)}
        return all(at in known or is_filler(self.parsed.tokens[at]) for at in range(title.end, run[0]))

    def _organ(self) -> bool:
        """Whether the words name an office or an organ of a state, and nothing that is none (`iki Arap yetkili`)."""
        if self.organisations or self.persons:
            return False
        strong = [term for _, term in self.agents if not term.weak]
        if any(not ORGANS.intersection(term.sectors[:1]) or term.words in _ELSEWHERE for term in strong):
            return False
        return bool(strong or self.bodies) or any(term.name in STATE_TITLES for _, term in self.titles)

    def _stands_by(self, title: Segment) -> bool:
        """Whether a title stands next to what it is of: a `Türkiye Güreş Federasyonu Başkanı` does not lead Türkiye."""
        known = [segment for segment, _ in (*self.polities, *self.organisations)]
        if self.parsed.arabic:
            return any(segment.start == title.end for segment in known)
        if any(segment.end == title.start for segment in known):
            return True
        behind = [t.forms[0] for t in self.parsed.tokens[title.end : title.end + 1]]
        return behind == ["of"] and any(title.end < segment.start <= title.end + 2 for segment in known)

    def _head_behind(self, run: tuple[int, int] | None) -> Segment | None:
        """The noun that a name only qualifies: `Erdoğan hükümeti`, `supporters of Viktor Yushchenko`."""
        if run is None:
            return None
        nouns = [s for s, _ in (*self.agents, *self.bodies, *self.titles)]
        if self.parsed.arabic:
            return next((s for s, term in self.agents if s.end <= run[0] and _plural(s, self.parsed)), None)
        behind = [s for s in nouns if s.start >= run[1]]
        if behind:
            return behind[-1]
        between = [t.forms[0] for t in self.parsed.tokens[: run[0]]]
        if "of" in between[-1:]:
            return next((s for s, _ in self.agents if s.end <= run[0]), None)
        return None

    # ------------------------------------------------------------ persons

    def _candidates(
        self,
        run: tuple[int, int] | None,
        name: Sequence[tuple[str, ...]],
        title: tuple[Segment, Term] | None,
        offices: Sequence[Office],
    ) -> list[str]:
        """Persons who may be meant, the likeliest first."""
        if run is None:
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
            found.update(dict.fromkeys(self.people.called(name)))
        for office in offices:
            for post in self.people.terms(office):
                person = post.term.person
                if person not in found and (
                    self.people.bears(person, name, loosely=True) or self._sounds(person, name)
                ):
                    found.setdefault(person)
        if len(found) > _MANY:
            kept = sorted(found, key=lambda person: (-self.people.fame(person), person))[:_MANY]
            claimed = {post.term.person for office in offices for post in self.people.terms(office)}
            found = dict.fromkeys([*kept, *(person for person in found if person in claimed)])
        told = self._told()
        if len(telling(name)) == 1 and offices and told:
            # A family name alone, with an office of a polity: nobody from elsewhere.
            found = {p: None for p in found if any(post.office.polity == told for post in self.people.career(p))}
        if len(telling(name)) == 1 and title is not None and title[1].name in STATE_TITLES:
            kind = title[1].name
            found = {p: None for p in found if any(kind in post.office.kind for post in self.people.career(p))}
        ranked = sorted(found, key=lambda person: (-self._likelihood(person, title, offices), person))
        if len(name) == 1 and not whole and ranked and not self._famous(ranked, title, offices):
            return []
        return ranked

    def _sounds(self, person: str, name: Sequence[tuple[str, ...]]) -> bool:
        """Whether a whole name sounds like a person's: enough where the office speaks for the person as well."""
        if len(name) < 2:
            return False
        spelled = [[*(forms[0] for forms in name[:-1]), last] for last in name[-1][:3]]
        return any(
            begin_alike(words[0], known[0]) and whole_alike(words, known)
            for words in spelled
            for known in self.people.names(person)
        )

    def _likelihood(self, person: str, title: tuple[Segment, Term] | None, offices: Sequence[Office]) -> float:
        """How well a person fits the phrase: fame, the office and the polity told, and office on the day."""
        career = self.people.career(person)
        claimed = {office.id for office in offices}
        kind = title[1].name if title else ""
        told = self._told()
        score = self.people.fame(person)
        score += 6.0 * any(post.office.id in claimed for post in career)
        score += 2.0 * any(post.office.kind == kind for post in career)
        score += 3.0 * any(post.office.polity == told for post in career) if told else 0.0
        score += 1.0 * any(post.office.polity == HOME.get(self.language) for post in career)
        held = posts_on(career, self.on)
        return score + (2.0 if held else 0.0)

    def _famous(self, ranked: Sequence[str], title: tuple[Segment, Term] | None, offices: Sequence[Office]) -> bool:
        """Whether a family name alone is enough to mean the first of those who bear it."""
        scores = [self._likelihood(person, title, offices) for person in ranked[:2]]
        return scores[0] >= _KNOWN_FACE and (len(scores) == 1 or scores[0] - scores[1] >= 1.0)

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
        post = told_of[0] if told_of else None
        told_former = self.former and title is not None
        if told_former:
            post = next((p for p in reversed(career) if p.office.id in claimed), career[-1] if career else None)
            polity, sectors, office = (post.office.polity if post else self._told()), self._sectors_of(post), None
        elif post:
            polity, sectors, office = post.office.polity, self._sectors_of(post), post.office.name_en
        else:
            polity, sectors, office = self._off_duty(career, title, claimed)
        if told_former:
            sectors = _former(sectors)
        if title is not None and not sectors:
            sectors = self._title_sectors(title[1])
        polity = polity or self._told()
        name = entry.name_en if entry else None
        return Identity("", self.text, person, name, office, polity, _opposing(sectors, self.modifiers))

    def _off_duty(
        self, career: Sequence[Post], title: tuple[Segment, Term] | None, claimed: set[str]
    ) -> tuple[str | None, tuple[str, ...], str | None]:
        """A person with no office on the day: a former official, or one whose first office is still to come."""
        if not career:
            return self._told(), (), None
        day = self.on or date.today()
        ended = [post for post in career if post.term.end and post.term.end < day.isoformat()]
        named = next((post for post in reversed(career) if post.office.id in claimed), None)
        if self.on is None and named:
            # No day is given: the title says when.
            return named.office.polity, self._sectors_of(named), named.office.name_en
        if title is not None and named is None:
            # Another office than those that the register knows of.
            return self._told() or career[-1].office.polity, self._title_sectors(title[1]), None
        if ended:
            return ended[-1].office.polity, _former(self._sectors_of(ended[-1])), None
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
        told = self._told()
        if title is not None and not self._agent_decides():
            return self._office_holder(title, offices, told)
        owner = self._as_identity(persons[0], None, ()) if persons else None
        told = told or (owner.polity if owner else None)
        if self.bodies:
            return self._body(told)
        if self.organisations:
            return self._of_organisation(told)
        if self.agents:
            return self._group(told)
        if self.given_offices:
            return self._office_holder(None, offices or tuple(self.given_offices[0][1]), told)
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
            return Identity("", self.text, polity=office.polity, sectors=_former(sectors), confidence=0.85)
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
        if self.organisations and title.name in _OF_ORGANISATION and title.name != "ambassador":
            return self.register.sectors(self.organisations[0][1])
        sectors = title.sectors or OFFICE_KINDS.get(title.name, ())
        if title.name in ("head", "figure", "spokesperson") and not self.organisations:
            other = [term for _, term in self.agents if not term.weak and term.sectors[:1] != ("CVL",)]
            own = [agent for segment, term in self.titles if term == title and (agent := segment.term("agent"))]
            found = other or [term for _, term in self.bodies] or own
            if found:
                return found[0].sectors
            sectors = ("GOV",) if self.polities else ()
        if title.name == "party-leader" and any("OPP" in term.sectors for s in self.segments for term in s.terms):
            return ("PTY", "OPP")
        if title.name == "legislator" and self.organisations:
            return _merged(sectors, self.register.sectors(self.organisations[0][1]))
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
        strong = [term for _, term in self.agents if not term.weak]
        if strong:
            # `UN peacekeepers`, `PKK sympathisers`: what they are comes before whose they are.
            sectors = _merged(*(term.sectors for term in strong), sectors)
        elif not sectors:
            sectors = _merged(*(term.sectors for _, term in self.agents if told not in _SUPRANATIONAL))
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
        sectors = _merged(*(term.sectors for term in strong or ordered))
        if "REB" in sectors and sectors[0] in ("MIL", "UAF"):
            # `rebel soldiers`, `isyancı askerler`
            sectors = _merged(("REB",), tuple(code for code in sectors if code not in ("MIL", "UAF")))
        if sectors == ("UNK",) and told:
            sectors = ()
        polity = told or next((term.polity for term in terms if term.polity), None)
        return Identity("", self.text, polity=polity, sectors=self._modified(sectors), confidence=self._trust(0.9))

    def _polity(self, told: str | None) -> Identity:
        if told is None:
            return Identity("", self.text)
        segment, entry = self.polities[0]
        polity = self.register.polity(entry.id)
        sectors: tuple[str, ...] = ("GOV",) if entry.via in ("capital", "metonym") else ()
        people = _plural(segment, self.parsed) or (self.kind == "GRP" and not self.parsed.loose)
        if entry.via == "demonym" and people:
            sectors = ("CVL",)
        name = polity.name_en if polity else None
        return Identity("", self.text, entry.id, name, None, told, self._modified(sectors), self._trust(0.96))

    def _modified(self, sectors: tuple[str, ...]) -> tuple[str, ...]:
        return _opposing(_former(sectors) if self.former else sectors, self.modifiers)

    def _trust(self, most: float) -> float:
        """The confidence, lowered for every word that nothing is known of."""
        unknown = self.parsed.loose + sum(run[1] - run[0] for run in self.parsed.names if run != self.person)
        return round(most * 0.92 ** min(unknown, 4), 3)


def _is_rank(title: Term) -> bool:
    return title.name == "commander" and title.words.partition(" ")[0] in _RANKS


def _without_sponsors(segments: Iterable[Segment]) -> list[Segment]:
    """The segments but for polities that only back, oppose or gave birth to the actor: `Iran-backed`, `pro-Russian`."""
    kept: list[Segment] = []
    against = False
    for segment in segments:
        modifier = segment.term("modifier")
        if modifier and modifier.name == "backed" and kept:
            kept.pop()
        elif modifier and modifier.name == "against":
            against = True
        elif against:
            against = False
        else:
            kept.append(segment)
    return kept


def _language(text: str, segments: Sequence[Segment], *, arabic: bool) -> str:
    if arabic:
        return "ar"
    languages = [{term.language for term in segment.terms} for segment in segments if segment.terms]
    turkish = sum("tr" in found and "en" not in found for found in languages)
    english = sum("en" in found and "tr" not in found for found in languages)
    if turkish != english:
        return "tr" if turkish > english else "en"
    return "tr" if _TURKISH.search(text) else "en"


def _plural(segment: Segment, parsed: Parsed) -> bool:
    token = parsed.tokens[segment.start if parsed.arabic else segment.end - 1]
    if token.arabic:
        return token.forms[0].endswith(("ون", "ين", "ات", "انصار")) or token.forms[0] == "مؤيدو"
    return token.forms[0].endswith("s") or any(form.endswith(("ler", "lar", "leri", "lari")) for form in token.forms)


def _former(sectors: tuple[str, ...]) -> tuple[str, ...]:
    return _merged(("ELI",), sectors)


def _opposing(sectors: tuple[str, ...], modifiers: set[str]) -> tuple[str, ...]:
    if "opposition" in modifiers and "OPP" not in sectors:
        # Leaders, envoys and spokesmen of the opposition are of a party, not of the government.
        party = tuple("PTY" if code == "GOV" else code for code in sectors)
        return _merged(party or ("PTY",), ("OPP",))
    return sectors


def _merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))


__all__ = ["HOME", "LEADING", "ORGANS", "RANK", "STATE_TITLES", "Actor", "Resolver"]
