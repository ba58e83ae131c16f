"""Which of their meanings the parts of an actor phrase have, and how they stand to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from vakanuvis.resolution.kinds import (
    AND,
    ANY,
    DEPUTIES,
    ELSEWHERE,
    FIRST,
    FORCES,
    HOME,
    LEADING,
    LOCAL,
    MEANINGS,
    OF_ORGANISATION,
    ORGANS,
    PEOPLE,
    RANKS,
    RULING,
    STATE_TITLES,
    SUPRANATIONAL,
    TURKISH,
)
from vakanuvis.resolution.lexicon import Term
from vakanuvis.resolution.parsing import Parsed, Segment, is_filler
from vakanuvis.resolution.phrases import Token, article_off, english_stems, key
from vakanuvis.resolution.register import Entry, Office, Organisation

if TYPE_CHECKING:
    from vakanuvis.resolution.actors import Resolver

# A state of which the register has fewer organisations is not meant by a general title alone.
_MEANT = 10


class Senses:
    """One phrase with the meaning that each of its parts has in it, and how the parts stand to each other."""

    def __init__(
        self, resolver: Resolver, text: str, parsed: Parsed, on: date | None, language: str | None, kind: str | None
    ) -> None:
        self.resolver, self.register, self.people = resolver, resolver.register, resolver.people
        self.text, self.parsed, self.kind = text, parsed, kind
        self._on = on
        self.dated = False
        """Whether the day had a say."""
        self.segments = without_sponsors(parsed.segments)
        self.language = language or guess_language(text, self.segments, arabic=parsed.arabic)
        self.modifiers = {term.name for segment in self.segments for term in segment.terms if term.kind == "modifier"}
        self.former = "former" in self.modifiers
        self.person: tuple[int, int] | None = None
        self.spelled: set[str] = set()
        """Persons whose name is spelled just so."""
        self.owner: tuple[int, int] | None = None
        """The name before another's, to whom that one belongs."""
        self.persons: list[tuple[Segment, list[str]]] = []
        self.organisations: list[tuple[Segment, Organisation]] = []
        self.polities: list[tuple[Segment, Entry]] = []
        self.titles: list[tuple[Segment, Term]] = []
        self.bodies: list[tuple[Segment, Term]] = []
        self.agents: list[tuple[Segment, Term]] = []
        self.given_offices: list[tuple[Segment, list[Office]]] = []
        for segment in self.segments:
            self._sort(segment)
        self._government_forces()
        self._state_forces()
        self._foreign_organs()
        self._surnames()
        self._offices_of_many()
        self._told: str | None = None

    @property
    def on(self) -> date | None:
        """The day that the phrase is about."""
        self.dated = True
        return self._on

    def _sort(self, segment: Segment) -> None:
        """Decide which of its meanings a segment has here."""
        title, body, agent = segment.term("title"), segment.term("body"), segment.term("agent")
        things = sorted(
            (entry for entry in segment.entries if entry.kind in MEANINGS.get(self.kind or "", ANY)),
            key=lambda entry: entry.kind != FIRST.get(self.kind or ""),
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

    def _government_forces(self) -> None:
        """A government that only says whose forces they are: `Syrian government forces` are its army."""
        for pair in list(self.organisations):
            segment, organisation = pair
            if organisation.kind != "government" or "government" not in organisation.name_en.lower():
                continue
            for at, (behind, term) in enumerate(self.agents):
                beside = behind.start == segment.end or (self.parsed.arabic and behind.end == segment.start)
                if beside and term.sectors[:1] in (("UAF",), ("MIL",)):
                    self.organisations.remove(pair)
                    self.polities.append((segment, Entry("polity", organisation.polity, 1.0, "demonym")))
                    self.agents[at] = (behind, replace(term, sectors=("MIL",), weak=False))
                    break

    def _state_forces(self) -> None:
        """A state's own forces are its army: `US forces`, `Türk güçleri`; not those in it (`Suriye'deki güçler`)."""
        for segment, entry in self.polities:
            polity = self.register.polity(entry.id)
            inside = self.parsed.tokens[segment.end - 1].forms[0].endswith(("deki", "daki", "teki", "taki"))
            if polity is None or polity.kind != "state" or inside:
                continue
            for at, (behind, term) in enumerate(self.agents):
                forms = self.parsed.tokens[behind.end - 1].forms
                if behind.start == segment.end and term.words in FORCES and forms[0].startswith(FORCES[term.words]):
                    self.agents[at] = (behind, replace(term, sectors=("MIL",), weak=False))

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
            if agent and told and pair[1].polity not in told | SUPRANATIONAL:
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
        titled_or_person = self.kind == "PER" or bool(self.titles or self.given_offices)
        for agent in list(self.agents):
            # `Taliban Sözcüsü Zabihullah Mücahid`, `Cemil Tugay`
            segment = agent[0]
            start = ends.get(segment.start)
            last = segment.end == len(self.parsed.tokens) and self.parsed.tokens[segment.start].capital
            if start is not None and last and titled_or_person and not self.parsed.arabic:
                self.agents.remove(agent)
                self._rename((start, segment.start), (start, segment.end))
            elif agent[1].sectors[:1] == ("REL",) and self._given_name(segment, starts):
                self.agents.remove(agent)
                self._rename((segment.end, starts[segment.end]), (segment.start, starts[segment.end]))
        titled = {segment.end for segment, _ in self.titles}
        for organisation in list(self.organisations):
            segment = organisation[0]
            if segment.start not in titled or segment.end - segment.start > 1:
                continue
            end = starts.get(segment.end)
            if end is not None and self.kind == "PER":
                self.organisations.remove(organisation)
                self._rename((segment.end, end), (segment.start, end))
            elif self._last_of_ruler(segment):
                self.organisations.remove(organisation)
                names = (*self.parsed.names, (segment.start, segment.end))
                self.parsed = self.parsed._replace(names=tuple(sorted(names)))

    def _offices_of_many(self) -> None:
        """An office whose words many states have is none's where nothing says whose.

        `Veliaht Prens` is of several states, `chief of police` of one that few reports mean; `the Chancellor` is of
        that of which the register has by far the most organisations.
        """
        if self.polities or self.organisations or self.persons:
            return
        for at, (segment, offices) in reversed(list(enumerate(self.given_offices))):
            weights = Counter({office.polity: self.resolver.organisations_of(office.polity) for office in offices})
            (first, most), *others = weights.most_common(2)
            general = segment.term("title") and segment.end - segment.start > 1
            alone = bool(others) and not self.parsed.names
            if alone and most >= max(_MEANT, 2 * others[0][1]):
                self.given_offices[at] = (segment, [office for office in offices if office.polity == first])
            elif alone or (general and most < _MEANT):
                del self.given_offices[at]
                agent = segment.term("agent")
                if agent and not segment.term("title"):
                    self.agents.append((segment, agent))

    def _given_name(self, segment: Segment, names: Mapping[int, int]) -> bool:
        """Whether a capital between a title and the rest of a name is part of it: `Şansölye Christian Stocker`."""
        behind_title = any(title.end == segment.start for title, _ in self.titles)
        return behind_title and segment.end in names and self.parsed.tokens[segment.start].capital

    def _last_of_ruler(self, segment: Segment) -> bool:
        """Whether a word ends a phrase behind the title of who rules the state named before: `Kuveyt Emiri Sabah`."""
        title = next(term for behind, term in self.titles if behind.end == segment.start)
        last = segment.end == len(self.parsed.tokens)
        return last and title.name in RULING and bool(self.polities)

    def _rename(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        names = sorted(new if run == old else run for run in self.parsed.names)
        self.parsed = self.parsed._replace(names=tuple(names))

    def _organisation(self, segment: Segment, ids: Sequence[str]) -> None:
        found = [entry for key in ids if (entry := self.register.organisation(key))]
        home = HOME.get(self.language)
        found.sort(key=lambda entry: entry.polity != home)
        told = {entry.id for s, entry in self.polities}
        found.sort(key=lambda entry: entry.polity not in told)
        if found:
            self.organisations.append((segment, self._successor(found[0])))

    def _successor(self, organisation: Organisation) -> Organisation:
        """The state's government, where the words name an opposition's that had ended by the day."""
        ended = organisation.dissolved
        if organisation.kind != "government" or "OPP" not in self.register.sectors(organisation) or not ended:
            return organisation
        day = (self.on or date.today()).isoformat()
        if day[: len(ended)] <= ended:
            return organisation
        return self.register.organisation(f"{organisation.polity.lower()}.government") or organisation

    # ------------------------------------------------------------ how the parts stand to each other

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
        if joined[-1][0] > run[1] and self.parsed.tokens[run[1] - 1].genitive:
            # `Trump'ın damadı Jared Kushner` is Kushner.
            self.owner, run = run, joined[-1]
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
            return behind or any(s.end == run[0] and not plural(s, self.parsed) for s, _ in self.agents)
        return not self.polities or run[1] - run[0] > 1

    def _title(self, run: tuple[int, int] | None) -> tuple[Segment, Term] | None:
        """The title that counts: the one next to the name (`Cumhurbaşkanı Danışmanı X`), in Arabic the first.

        Of joined ones the first counts, and a military rank only where it is the only one.
        """
        titles = [pair for pair in self.titles if self.owner is None or pair[0].start >= self.owner[1]]
        titles = [pair for pair in titles if run is None or pair[0].end <= run[0]] or titles
        titles = [pair for pair in titles if not is_rank(pair[1])] or titles
        if len(titles) < 2:
            return titles[0] if titles else None
        if self.parsed.arabic:
            return titles[0]
        at = len(titles) - 1
        words = self.parsed.tokens
        while at and any(t.forms[0] in AND for t in words[titles[at - 1][0].end : titles[at][0].start]):
            at -= 1
        return titles[at]

    @property
    def told(self) -> str | None:
        """The polity that the words tell of; none where they join several."""
        if self._told is None:
            self._told = self._tells() or ""
        return self._told or None

    def _tells(self) -> str | None:
        if self._joins_polities():
            return None
        explicit = self.polities[0][1].id if self.polities else None
        if self.organisations:
            segment, organisation = self.organisations[0]
            if self._joins_organisations():
                polities = {one.polity for _, one in self.organisations}
                return polities.pop() if len(polities) == 1 else None
            if explicit and organisation.polity in SUPRANATIONAL and self.polities[0][0].start < segment.start:
                return explicit
            return organisation.polity or explicit
        return explicit or self.town or self._owned()

    def _owned(self) -> str | None:
        """The polity of the best-known person to whom the name belongs: `Trump's son-in-law Jared Kushner`."""
        if self.owner is None:
            return None
        start, end = self.owner
        persons = [person for segment, ids in self.persons if start <= segment.start < end for person in ids]
        career = self.people.career(max(persons, key=self.people.fame)) if persons else ()
        return career[-1].office.polity if career else None

    @cached_property
    def town(self) -> str | None:
        """The polity of a town or a region that an unknown name before an office may be: `Texas governor`."""
        organs = [pair for pair in self.agents if ORGANS.intersection(pair[1].sectors[:1])]
        people = [pair for pair in self.agents if pair[1].words in PEOPLE]
        nouns = [segment for segment, _ in (*self.titles, *self.bodies, *organs, *people)]
        local = any(term.name in LOCAL for _, term in self.titles)
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
        return any(one.id != other.id and self._joined(a, b) for (a, one), (b, other) in pairwise(self.polities))

    def _joins_organisations(self) -> bool:
        """Whether the words join organisations: `Hamas ve İslami Cihad`."""
        return any(one.id != other.id and self._joined(a, b) for (a, one), (b, other) in pairwise(self.organisations))

    def _joined(self, first: Segment, second: Segment) -> bool:
        """Whether `and` stands between two segments; Arabic writes it to the word."""
        between = self.parsed.tokens[first.end : second.start]
        head = self.parsed.tokens[second.start]
        written_to = head.arabic and not between and not second.exact and head.text.startswith("و")
        return written_to or any(token.forms[0] in AND for token in between)

    def _joins_persons(self) -> bool:
        """Whether the words join persons that the register knows: `Erdoğan ve Putin`."""
        for (a, first), (b, second) in pairwise(self.persons):
            if not set(first) & set(second) and self._joined(a, b):
                return True
        return False

    def _of_town(self) -> bool:
        """Whether an office is told to be a town's."""
        return self.polities[0][1].via == "capital" if self.polities else self.town is not None

    def _claimed_offices(self, title: tuple[Segment, Term] | None, run: tuple[int, int] | None) -> tuple[Office, ...]:
        told = self.told
        deputy = "deputy" in self.modifiers
        if title is not None and title[1].name in LOCAL and self._of_town():
            # `Ankara's police chief` is the town's, if the register does not know the very words.
            return tuple(self.given_offices[0][1]) if self.given_offices else ()
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
            kind = DEPUTIES.get(kind, "deputy-minister" if kind.endswith("minister") else "")
        if not kind:
            return ()
        if self.organisations and kind in LEADING | OF_ORGANISATION:
            found = self.resolver.offices(self.organisations[0][1].id, kind, title[1].words if kind == "head" else "")
            if found or kind in OF_ORGANISATION:
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
        if title.name in RULING and not self.resolver.titled(home, title):
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
        if any(not ORGANS.intersection(term.sectors[:1]) or term.words in ELSEWHERE for term in strong):
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

    def _several_holders(self, title: Segment, term: Term) -> bool:
        """Whether a title tells of more than one who bear it: `dışişleri bakanları`, `وزيرا الخارجية`."""
        words = key(term.words).split()
        return any(_more_than_one(token, words) for token in self.parsed.tokens[title.start : title.end])

    def _head_behind(self, run: tuple[int, int] | None) -> Segment | None:
        """The noun that a name only qualifies: `Erdoğan hükümeti`, `supporters of Viktor Yushchenko`."""
        if run is None:
            return None
        nouns = [s for s, _ in (*self.agents, *self.bodies, *self.titles)]
        if self.parsed.arabic:
            return next((s for s, term in self.agents if s.end <= run[0] and plural(s, self.parsed)), None)
        behind = [s for s in nouns if s.start >= run[1]]
        if behind:
            return behind[-1]
        between = [t.forms[0] for t in self.parsed.tokens[: run[0]]]
        if between[-1:] in (["of"], ["to"], ["by"], ["under"]):
            return next((s for s, _ in self.agents if s.end <= run[0]), None)
        return None


def is_rank(title: Term) -> bool:
    return title.name == "commander" and title.words.partition(" ")[0] in RANKS


def without_sponsors(segments: Iterable[Segment]) -> list[Segment]:
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


def guess_language(text: str, segments: Sequence[Segment], *, arabic: bool) -> str:
    if arabic:
        return "ar"
    languages = [{term.language for term in segment.terms} for segment in segments if segment.terms]
    turkish = sum("tr" in found and "en" not in found for found in languages)
    english = sum("en" in found and "tr" not in found for found in languages)
    if turkish != english:
        return "tr" if turkish > english else "en"
    return "tr" if TURKISH.search(text) else "en"


def _more_than_one(token: Token, words: Sequence[str]) -> bool:
    """Whether a word of a title stands in the plural or the dual, and not so in the title as the lexicon has it."""
    if token.arabic:
        bare = article_off(token.forms[0])
        ending = bare.endswith(("ان", "ين", "ون", "ا", "ي"))
        return ending and bare not in words and any(form in words for form in token.forms[1:])
    if token.forms[0] in words:
        return False
    if any(form.endswith(("ler", "lar", "leri", "lari")) for form in token.forms):
        return True
    return any(stem in words for stem in english_stems(token.forms[0]))


def plural(segment: Segment, parsed: Parsed) -> bool:
    token = parsed.tokens[segment.start if parsed.arabic else segment.end - 1]
    if token.arabic:
        return token.forms[0].endswith(("ون", "ين", "ات", "انصار")) or token.forms[0] == "مؤيدو"
    return token.forms[0].endswith("s") or any(form.endswith(("ler", "lar", "leri", "lari")) for form in token.forms)
