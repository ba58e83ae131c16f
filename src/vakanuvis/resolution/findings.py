"""What a report says that does not add up: with the register, with the calendar, with itself.

Only verified terms speak against a report, and only for days that their source vouches for. Names are compared over
spellings, and what may be a spelling of the right name is taken for it: a finding should be worth reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import pairwise

from vakanuvis.records import Event, Finding, Mention, Place, Reading, When
from vakanuvis.resolution import places
from vakanuvis.resolution.actors import Resolver
from vakanuvis.resolution.kinds import LEADING, Actor
from vakanuvis.resolution.people import Post
from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.places.gazetteer import gazetteer
from vakanuvis.resolution.register import Office
from vakanuvis.resolution.register.entries import RANK, first_day, last_day
from vakanuvis.resolution.spellings import alike, begin_alike, skeletons, telling, whole_alike
from vakanuvis.resolution.times import slips

KINDS = {
    "never-held": "a name that never held the office it is given",
    "wrong-office": "a known person with an office that somebody else holds",
    "not-in-office": "an office not yet, or no longer, held on that day",
    "after-death": "a person told as acting after their death",
    "two-holders": "two names for one office in one report",
    "place-elsewhere": "a place that lies elsewhere than told, or a capital that is none",
    "date-contradiction": "a date that contradicts the publication or its weekday, or a day that there is not",
    "no-source": "a whole report that names no source for anything it tells",
    "no-date": "a report without a date, of its own or in its text",
}
"""The kinds of findings."""

# Reports lag behind changes of office, and tell of the days before them.
_GRACE = timedelta(days=60)
_MOURNING = timedelta(days=120)
# From this length on (characters) a text is a whole report, that should say who says so.
_WHOLE_REPORT = 1000
_SIMILAR = 0.7
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[١٢][٠-٩]{3}")
# Who held an office once or will hold it: just before the name, just after it, anywhere in its sentence.
_NOT_NOW_BEFORE = re.compile(
    r"(?:\b(?:müstakbel|eski|sabık|merhum|rahmetli|dönemin|devrin|zamanın|seçilen"
    r"|seçilmiş|atanan|aday\w*|former|ex|then|future|incoming|outgoing|designated?|previous)\b"
    r"|السابقة?|الأسبق|الراحلة?|المقبلة?|القادمة?)[\s’'\"“-]+(?:[^\W\d]+[’']?[^\W\d]*\s+){0,2}$",
    re.IGNORECASE,
)
_NOT_NOW_AFTER = re.compile(
    r"[\s,(-]*(?:\b(?:designate|elect|then|former|formerly|aday\w*|merhum)\b"
    r"|السابقة?|الأسبق|الراحلة?|المكلفة?|المنتخبة?|المقبلة?|آنذاك|حينها|وقتها)",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:dönemin|devrin|o (?:dönem|tarih|zaman|gün|yıl|sıra)(?:ki|de|da|ler|lar)?\w*|müstakbel"
    r"|then-\w+|the then|at the time|back then|in those days)\b"
    r"|آنذاك|حينها|حينذاك|وقتها|وقتذاك|في ذلك (?:الوقت|الحين|العام|العهد)",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:dedi|diye|söyle[dny]|belirt[ti]|açıkla[dnmy]|kayde[td]|ifade e[dt]|aktar[dı]|duyur[du]|bildir[di]|vurguladı"
    r"|iddia e[dt]|öğrenil|konuştu|haberi|ajans|göre\b|kaynak|said|says|told|according to|reported|announced|stated"
    r"|added|warned|citing|quot)|[\"“”«»]|(?:قال|أعلن|أكد|ذكر|صرح|أفاد|نقلا|بحسب|وفقا|أضاف|مصدر)"
)
_OF = re.compile(r"['’]?(?:n?[ıiuü]n|s)\s+")
_TOWN = re.compile(r"\b(?:kent|il|ilçe|şehr|kasaba|köy|vilayet|eyalet|belde)[a-zçğıöşü]*$")
_DISTRICT = re.compile(r"\bilçe[a-zçğıöşü]*(?!\w)")
_CAPITAL = re.compile(r"(?:['’]?n?[ıiuü]n\s+başkenti|(?:['’]s)?\s+capital),?\s+(?:city\s+)?(?:of\s+)?")
_CLAUSE = re.compile(r"^[^.;!?]*?\w(?:[dt][ıiuü]ğ|[ae]ca[kğ]|[ae]ce[kğ])")
_IN = re.compile(r"\b(?:in|at|near|from|outside)\s+(?:the\s+\w+\s+of\s+)?$")
_APPOSED = re.compile(r"\s*(?:[.;)]|$|on\b|after\b|late\b|early\b|where\b|when\b)")
_SURE = 0.95
# States of two seats, or of one that not all acknowledge or that moved within the years of the news.
_CAPITAL_DOUBTED = frozenset((
    "ISR", "PSE", "YEM", "ZAF", "BOL", "BEN", "CIV", "LKA", "MYS", "NLD", "TZA", "SWZ", "ESH", "MMR", "KAZ", "BDI",
    "IDN", "GNQ", "NGA", "CYP", "CHE", "MNE", "PLW", "LBY", "AFG",
))  # fmt: skip
# Organisations whose offices are told apart by their titles.
_ORGANS = frozenset({"government", "ministry", "presidency"})
# The rank of heads of state and government.
_WORLD_KNOWN = 5.0
# Pairs of which both claim or hold places of the other.
_DISPUTED = frozenset(
    frozenset(pair)
    for pair in (
        ("ISR", "PSE"), ("ISR", "SYR"), ("ISR", "LBN"), ("RUS", "UKR"), ("RUS", "GEO"), ("RUS", "MDA"), ("AZE", "ARM"),
        ("SRB", "KOS"), ("CYP", "TUR"), ("MAR", "ESH"), ("CHN", "TWN"), ("CHN", "HKG"), ("CHN", "IND"), ("IND", "PAK"),
        ("SDN", "SSD"),
    )
)  # fmt: skip


def find(
    reading: Reading,
    actors: dict[str, Actor],
    spots: dict[str, Place],
    times: dict[str, When],
    resolver: Resolver,
) -> tuple[Finding, ...]:
    """What does not add up in a reading, in the order of the text; of the same kind and claim only the first."""
    check = _Check(reading, actors, spots, times, resolver)
    found = sorted(check.all(), key=lambda finding: (finding.start, finding.end, finding.kind))
    unique = {(finding.kind, finding.claim): finding for finding in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda finding: (finding.start, finding.end, finding.kind)))


class _Check:
    def __init__(
        self,
        reading: Reading,
        actors: dict[str, Actor],
        spots: dict[str, Place],
        times: dict[str, When],
        resolver: Resolver,
    ) -> None:
        self.reading, self.actors, self.spots, self.times, self.resolver = reading, actors, spots, times, resolver
        self.register, self.people = resolver.register, resolver.people
        day = reading.report.day
        # A year that no report was published in is no day to reckon with.
        self.day = day if day and 1000 < day.year < 9000 else None
        self.persons = [m for m in reading.mentions if m.type == "PER" and m.id in actors]

    def all(self) -> Iterator[Finding]:
        for mention in self.persons:
            yield from self._office(mention, self.actors[mention.id])
            yield from self._death(mention, self.actors[mention.id])
        yield from self._two_holders()
        yield from self._places()
        yield from self._dates()
        yield from self._whole()

    def _made(
        self,
        kind: str,
        span: Mention | Event | None,
        claim: str,
        evidence: Iterable[str] = (),
        candidates: Iterable[str] = (),
        severity: str = "warning",
    ) -> Finding:
        start, end = (span.start, span.end) if span else (0, 0)
        return Finding(self.reading.report.id, kind, start, end, claim, tuple(evidence), tuple(candidates), severity)

    # ------------------------------------------------------------ offices

    def _office(self, mention: Mention, actor: Actor) -> Iterator[Finding]:
        if actor.former or self._is_history(mention) or len(actor.offices) != 1 or not actor.offices[0].single:
            return
        office = actor.offices[0]
        posts = self.people.terms(office)
        entity = actor.identity.entity
        held = [post for post in posts if post.term.person == entity]
        if entity and self.register.person(entity) and held:
            yield from self._term(mention, actor, office, held, posts)
        elif len(telling(actor.name)) > 1:
            yield from self._holder(mention, actor, office, posts)

    def _term(
        self, mention: Mention, actor: Actor, office: Office, held: Sequence[Post], posts: Sequence[Post]
    ) -> Iterator[Finding]:
        """A person who held the office, but perhaps not on the day."""
        # With a number (`11. Cumhurbaşkanı`) it is meant so.
        if any(token.text[0].isdigit() for token in actor.parsed.tokens):
            return
        if self.day is None or any(_covers(post, self.day) for post in (*held, *self._leading(office, held))):
            return
        others = [post for post in posts if post not in held and post.term.verified and self._vouched(post)]
        remembered = [post for post in posts if post not in held and post.term.covers(self.day)]
        own = all(post.term.verified for post in held)
        ended = own and all(post.term.end and last_day(post.term.end) < self.day - _GRACE for post in held)
        # That a first term lies ahead says little alone: the register may lack an earlier one.
        ahead = own and all(post.term.start and first_day(post.term.start) > self.day + _GRACE for post in held)
        if not (others or ended or (ahead and remembered)):
            return
        name = self._name(held[0])
        when = "no longer" if ended else "not yet" if ahead else "not"
        yield self._made(
            "not-in-office",
            mention,
            f"{name} is told of as {_title(office)}; the office was {when} {name}'s on {self.day}.",
            [self._line(post) for post in (*reversed(held), *(others or remembered))],  # the last term says most
            dict.fromkeys(self._name(post) for post in others or remembered),
            "error" if others else "warning",
        )

    def _leading(self, office: Office, held: Sequence[Post]) -> list[Post]:
        """What else a person held at the head of an office's organisation: its `leader` may be any of its leaders."""
        organisation = self.register.organisation(office.organisation)
        if organisation is None or organisation.kind in _ORGANS or office.kind not in LEADING:
            return []
        career = self.people.career(held[0].term.person)
        return [post for post in career if post.office.organisation == organisation.id and post.office.kind in LEADING]

    def _holder(self, mention: Mention, actor: Actor, office: Office, posts: Sequence[Post]) -> Iterator[Finding]:
        """A name that none of the office's holders bears."""
        verified = [post for post in posts if post.term.verified]
        vouched = [post for post in verified if self._vouched(post)]
        reached = self.day is None or any(post.term.start and post.term.covers(self.day) for post in verified)
        near = reached and any(_same_family(actor, self.people.names(post.term.person)) for post in verified)
        if not verified or not (near or (vouched and self._means(actor, office))):
            return
        if self.day and not near and any(not post.term.verified and _covers(post, self.day) for post in posts):
            return
        if any(self._may_be(actor, post) for post in posts):
            return
        entity = actor.identity.entity
        known = self.register.person(entity) if entity else None
        if known:
            yield from self._other_office(mention, actor, office, vouched)
            return
        candidates = self.resolver.near(actor.name, (office,), self.day)
        shown = [post for post in verified if post.term.person in candidates] or vouched
        yield self._made(
            "never-held",
            mention,
            f"{actor.spelled} is told of as {_title(office)}; the register knows no {actor.spelled} in that office.",
            [self._line(post) for post in sorted(shown, key=lambda post: post.term.start, reverse=True)],
            [self._named(person) for person in candidates],
            "error",
        )

    def _means(self, actor: Actor, office: Office) -> bool:
        """Whether the words mean this polity's office: they or the person say so, or the report speaks of no other."""
        career = self.people.career(actor.identity.entity or "")
        if (actor.told and actor.close) or any(post.office.polity == office.polity for post in career):
            return True
        if actor.told:
            return False
        return {other.identity.polity for other in self.actors.values()} <= {None, office.polity}

    def _other_office(
        self, mention: Mention, actor: Actor, office: Office, vouched: Sequence[Post]
    ) -> Iterator[Finding]:
        """A known person with an office that somebody else holds."""
        if self.day is None or not vouched or actor.identity.entity is None:
            return
        own = [
            post
            for post in self.people.career(actor.identity.entity)
            if post.term.start and first_day(post.term.start) <= self.day and post.office.id != office.id
        ]
        if not any(post.term.verified and post.term.known(self.day) for post in own):
            # Whoever heads a region of a state may be told of by the same title.
            regional = any(post.office.kind == office.kind for post in own)
            if not own or regional or not self.people.exactly(actor.identity.entity, actor.name):
                return
        yield self._made(
            "wrong-office",
            mention,
            f"{actor.identity.name} is told of as {_title(office)}; that was {self._name(vouched[0])} on {self.day}.",
            [self._line(post) for post in (*own, *vouched)],
            dict.fromkeys(self._name(post) for post in vouched),
            "error",
        )

    def _two_holders(self) -> Iterator[Finding]:
        """Two full names with one office, neither called a former or a new one."""
        told: dict[str, tuple[Mention, Actor]] = {}
        for mention in self.persons:
            actor = self.actors[mention.id]
            if actor.former or len(actor.offices) != 1 or len(actor.name) < 2 or self._is_history(mention):
                continue
            office = actor.offices[0]
            if not office.single or not (actor.told or self._verified_holder(actor)) or _changing(actor):
                continue
            _, other = told.setdefault(office.id, (mention, actor))
            if other is actor or _same_name(actor, other) or self._same_person(actor, other):
                continue
            if self._handed_over(actor, other):
                continue
            yield self._made(
                "two-holders",
                mention,
                f"{other.spelled} and {actor.spelled} are both told of as {_title(office)}.",
                [self._line(post) for post in self.people.terms(office) if post.term.verified and self._near(post)],
            )

    def _vouched(self, post: Post) -> bool:
        """Whether a source vouches that the office was held on the day, and had been for a while."""
        return self.day is not None and post.term.known(self.day) and post.term.covers(self.day - _GRACE)

    def _near(self, post: Post) -> bool:
        return self.day is None or post.term.known(self.day)

    def _handed_over(self, *actors: Actor) -> bool:
        """Whether the register lets both hold the office around the day."""
        if self.day is None:
            return False
        return all(
            any(
                post.term.covers(self.day) or post.term.covers(self.day - _GRACE) or post.term.covers(self.day + _GRACE)
                for post in self.people.career(actor.identity.entity or "")
                if post.office.id == actor.offices[0].id
            )
            for actor in actors
        )

    def _verified_holder(self, actor: Actor) -> bool:
        return any(
            post.office.id == actor.offices[0].id and post.term.verified
            for post in self.people.career(actor.identity.entity or "")
        )

    def _same_person(self, a: Actor, b: Actor) -> bool:
        return a.identity.entity is not None and a.identity.entity == b.identity.entity

    def _may_be(self, actor: Actor, post: Post) -> bool:
        """Whether the name may be a spelling of the holder's."""
        names = self.people.names(post.term.person)
        # A family name that the press uses alone does not speak for a given name beside it.
        return any(_resembles(actor, name) for name in [name for name in names if len(name) > 1] or names)

    def _is_history(self, mention: Mention) -> bool:
        """Whether a mention stands in nothing but background: historical events, or a sentence of an earlier year."""
        events = [e for e in self.reading.events if mention.id in (*e.actor, *e.recipient, *e.source)]
        if events and all(event.status == "historical" for event in events):
            return True
        text = self.reading.report.text
        start = max(text.rfind(end, 0, mention.start) for end in (". ", "\n", "! ", "? ")) + 1
        stops = [at for end in (". ", "\n", "! ", "? ") if (at := text.find(end, mention.end)) >= 0]
        stop = min(stops, default=len(text))
        before, after = text[start : mention.start], text[mention.end : stop]
        if _NOT_NOW_BEFORE.search(before) or _NOT_NOW_AFTER.match(after) or _NOT_NOW.search(text[start:stop]):
            return True
        if self._is_told_of_before(start, stop):
            return True
        years = [int(year) for year in _YEAR.findall(text[start:stop]) if year.isdecimal()]
        return any(self.day is None or year < self.day.year for year in years)

    def _is_told_of_before(self, start: int, stop: int) -> bool:
        """Whether a stretch of the text tells a time well before the report."""
        told = [self.times.get(m.id) for m in self.reading.mentions if m.type == "TIME" and start <= m.start < stop]
        return any(when and self.day and when.end < self.day - _GRACE for when in told)

    # ------------------------------------------------------------ places

    def _places(self) -> Iterator[Finding]:
        mentions = sorted((m for m in self.reading.mentions if m.type in ("GPE", "LOC")), key=lambda m: m.start)
        for first, second in pairwise(mentions):
            for part, whole in ((second, first), (first, second)):
                place = self.spots.get(part.id)
                if place is None or place.confidence < 0.8 or self._country(part):
                    continue
                claim = self._elsewhere(place, part, whole)
                if claim is None and whole is first:
                    claim = self._no_capital(place, part, whole) or self._other_province(place, part, whole)
                if claim:
                    evidence = f"{place.name}, {place.region or place.country}: GeoNames {place.geonames}"
                    yield self._made("place-elsewhere", part, claim, [evidence])

    def _elsewhere(self, place: Place, town: Mention, polity: Mention) -> str | None:
        """A town that the words put into another country: `Suriye'nin Kilis kentinde`, `in Aleppo, Turkey`."""
        told = self._country(polity)
        if told is None or place.country in (None, told) or frozenset({told, place.country}) in _DISPUTED:
            return None
        if told not in gazetteer().close:
            return None  # of far countries the gazetteer lacks small towns: Mozambique has a Palma too
        if not self._puts(polity, town) or self._lies_in(place, polity, told):
            return None
        return f"{place.name} is told of as in {told}; it lies in {place.country}."

    def _no_capital(self, place: Place, town: Mention, polity: Mention) -> str | None:
        """A town that the words make a country's capital: `Suriye'nin başkenti Halep`."""
        told = self._country(polity)
        capital = gazetteer().capitals.get(told) if told and told not in _CAPITAL_DOUBTED else None
        if capital is None or not _CAPITAL.fullmatch(self.reading.report.text[polity.end : town.start]):
            return None
        if place.precision != "city" or (place.country == told and place.city == capital.name):
            return None
        return f"{place.name} is told of as the capital of {told}; that is {capital.name}."

    def _other_province(self, place: Place, district: Mention, province: Mention) -> str | None:
        """A Turkish district that the words put into another province: `Hatay'ın Yüksekova ilçesinde`."""
        whole = self.spots.get(province.id)
        if whole is None or place.kind != "ADM2" or place.country != "TUR" or place.country != whole.country:
            return None
        if whole.region in (None, place.region) or whole.district or not self._puts(province, district, _DISTRICT):
            return None
        return f"{place.name} is told of as in {whole.region}; it lies in {place.region}."

    def _country(self, mention: Mention) -> str | None:
        """The polity that a mention names as a country, not by its capital."""
        actor = self.actors.get(mention.id)
        if actor is None or actor.identity.entity != actor.identity.polity or "GOV" in actor.identity.sectors:
            return None
        return actor.identity.polity

    def _puts(self, polity: Mention, town: Mention, sort: re.Pattern[str] = _TOWN) -> bool:
        """Whether the words say that a town is a polity's, and of what sort it is."""
        text = self.reading.report.text
        between = text[min(polity.end, town.end) : max(polity.start, town.start)]
        if polity.start < town.start:
            # In a clause the genitive is who acts there: `İsrail'in Halep kentine düzenlediği saldırı`.
            of = _OF.fullmatch(between) and sort.search(self.reading.words(town))
            return bool(of) and not _CLAUSE.search(text[town.end : town.end + 90])
        return between == ", " and bool(_IN.search(text[: town.start])) and bool(_APPOSED.match(text[polity.end :]))

    def _lies_in(self, place: Place, polity: Mention, told: str) -> bool:
        """Whether a place of that name may lie in the country told of after all."""
        words = [self.reading.words(polity)]
        for name in (place.text, place.name):
            other = places.where(name, context=words, language=self.reading.report.language)
            if other is None or other.country == told or other.confidence < _SURE:
                return True
        return False

    # ------------------------------------------------------------ deaths, dates, the whole

    def _death(self, mention: Mention, actor: Actor) -> Iterator[Finding]:
        person = self.register.person(actor.identity.entity) if actor.identity.entity else None
        if person is None or not person.died or self.day is None or actor.identity.confidence < 0.8 or actor.former:
            return
        if last_day(person.died) + _MOURNING > self.day or self._is_history(mention):
            return
        # The dead have namesakes: a bare name alone speaks only of those whose name the world knows.
        known = any(RANK.get(post.office.kind, 0.0) >= _WORLD_KNOWN for post in self.people.career(person.id))
        if actor.bare_name and not known:
            return
        acting = [e for e in self.reading.events if mention.id in e.actor and e.status == "actual" and not e.time]
        for _ in acting[:1]:
            yield self._made(
                "after-death",
                mention,
                f"{person.name_en} is told of as acting on {self.day}; {person.name_en} died on {person.died}.",
                [f"{person.name_en}, died {person.died} [{person.id}]"],
                (),
                "error",
            )

    def _dates(self) -> Iterator[Finding]:
        for event in self.reading.events:
            for mention in (self.reading.mention(time) for time in event.time):
                when = self.times.get(mention.id)
                if when is None or self.day is None or event.status not in ("actual", "historical"):
                    continue
                words = self.reading.words(mention)
                ahead = when.precision == "day" and when.start > self.day + timedelta(days=1)
                if ahead and _YEAR.search(words):
                    yield self._made(
                        "date-contradiction",
                        mention,
                        f"“{words}” is told of as past; the report was published on {self.day}.",
                        [f"{words}: {when.start}"],
                        (),
                        "error",
                    )
        for slip in slips(self.reading, self.times):
            span = Mention("", "TIME", slip.start, slip.end)
            severity = "warning" if slip.day else "error"
            right = (slip.right,) if slip.right else ()
            yield self._made("date-contradiction", span, slip.claim, (), right, severity)

    def _whole(self) -> Iterator[Finding]:
        report = self.reading.report
        if self.day is None and not _YEAR.search(report.text) and self.reading.events:
            yield self._made(
                "no-date", None, "The report gives no date, neither its own nor in its text.", (), (), "note"
            )
        sources = any(event.source for event in self.reading.events)
        if (
            len(report.text) >= _WHOLE_REPORT
            and self.reading.events
            and not sources
            and not _SPEECH.search(report.text)
        ):
            yield self._made("no-source", None, "The report names no source for anything it tells.", (), (), "note")

    # ------------------------------------------------------------ words

    def _named(self, person: str) -> str:
        entry = self.register.person(person)
        return entry.name_en if entry else person

    def _name(self, post: Post) -> str:
        return self._named(post.term.person)

    def _line(self, post: Post) -> str:
        """A term in one line, with its source."""
        term = post.term
        source = self.register.source(term.source)
        until = f"to {term.end}" if term.end else f"still in office as of {term.checked}"
        shown = f"{self._name(post)}, {_title(post.office)}, from {term.start or '?'} {until}"
        mark = "" if term.verified else ", unverified"
        return f"{shown} [{source.title if source else term.source}{mark}]"


def _covers(post: Post, day: date) -> bool:
    return any(post.term.covers(day + shift) for shift in (timedelta(0), _GRACE, -_GRACE))


def _title(office: Office) -> str:
    return f"{office.name_en} ({office.polity})" if office.polity else office.name_en


def _changing(actor: Actor) -> bool:
    return any(term.name == "acting" for s in actor.parsed.segments for term in s.terms if term.kind == "modifier")


def _resembles(actor: Actor, name: tuple[str, ...]) -> bool:
    """Whether a full name may be a spelling of another: the family name alike and a given name not unlike it."""
    words = telling(actor.name)
    words = [forms for forms in words if max(map(len, skeletons(forms[0]))) > 1] or words
    if whole_alike([forms[0] for forms in words], name):
        return True
    family = any(_like(form, word) or _same_bones(form, word) for form in words[-1][:3] for word in name)
    given = any(_like(form, word) for forms in words[:-1] for form in forms[:2] for word in name)
    if family:
        return given or len(name) == 1 or len(words) == 1 or any(begin_alike(forms[0], name[0]) for forms in words[:-1])
    # In long names, Arabic and Asian ones above all, families go by several names.
    return given and (len(words) > 2 or len(name) > 2)


def _like(a: str, b: str) -> bool:
    return alike(a, b) or SequenceMatcher(None, key(a), key(b)).ratio() >= _SIMILAR


def _same_bones(a: str, b: str) -> bool:
    return any(len(bones) > 1 for bones in set(skeletons(a)) & set(skeletons(b)))


def _same_family(actor: Actor, names: Iterable[tuple[str, ...]]) -> bool:
    return any(key(name[-1]) in actor.name[-1] for name in names if len(name) > 1)


def _same_name(a: Actor, b: Actor) -> bool:
    return any(set(x) & set(y) for x in a.name[-1:] for y in b.name[-1:])
