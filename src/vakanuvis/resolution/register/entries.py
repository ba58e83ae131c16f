"""The records of the register: what each table's row is. Field names are the tables' column names.

Days may be known to the year or the month only: "2023", "2023-06", "2023-06-05".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

LANGUAGES = ("en", "tr", "ar")

# What a polity is.
POLITY_KINDS = ("state", "territory", "partial", "bloc", "nonstate")

# What an organisation is, and the sectors it has where its row gives none.
ORGANISATION_KINDS: dict[str, tuple[str, ...]] = {
    "igo": (),
    "government": ("GOV",),
    "presidency": ("GOV",),
    "ministry": ("GOV",),
    "agency": ("GOV",),
    "central-bank": ("GOV", "BUS"),
    "parliament": ("LEG",),
    "court": ("JUD",),
    "prosecution": ("JUD",),
    "armed-forces": ("MIL",),
    "police": ("COP",),
    "intelligence": ("SPY",),
    "party": ("PTY",),
    "armed-group": ("REB",),
    "paramilitary": ("PRM",),
    "criminal": ("CRM",),
    "coalition": ("OPP",),
    "movement": ("SOC",),
    "religious": ("REL",),
    "union": ("LAB",),
    "media": ("JRN",),
    "company": ("BUS",),
    "ngo": ("SOC",),
    "health": ("MED",),
    "university": ("EDU",),
}

# What an office is, and the sectors of who holds it where its row gives none.
OFFICE_KINDS: dict[str, tuple[str, ...]] = {
    "head-of-state": ("GOV",),
    "deputy-head-of-state": ("GOV",),
    "head-of-government": ("GOV",),
    "deputy-head-of-government": ("GOV",),
    "foreign-minister": ("GOV",),
    "defence-minister": ("GOV", "MIL"),
    "interior-minister": ("GOV",),
    "finance-minister": ("GOV",),
    "justice-minister": ("GOV",),
    "minister": ("GOV",),
    "deputy-minister": ("GOV",),
    "security-adviser": ("GOV",),
    "spokesperson": ("GOV",),
    "official": ("GOV",),
    "ambassador": ("GOV",),
    "governor": ("GOV",),
    "mayor": ("GOV",),
    "central-bank-governor": ("GOV", "BUS"),
    "religious-affairs": ("GOV", "REL"),
    "religious-leader": ("REL",),
    "speaker": ("LEG",),
    "legislator": ("LEG",),
    "judge": ("JUD",),
    "prosecutor": ("JUD",),
    "head-of-intelligence": ("SPY",),
    "head-of-armed-forces": ("MIL",),
    "commander": ("MIL",),
    "head-of-police": ("COP",),
    "party-leader": ("PTY",),
    "group-leader": ("REB",),
    "head-of-organisation": (),
}

# How much the press writes of who holds an office, from 0 to 5; sets apart people who share a family name.
RANK = {
    "head-of-state": 5.0,
    "head-of-government": 5.0,
    "foreign-minister": 4.0,
    "group-leader": 4.0,
    "defence-minister": 3.5,
    "head-of-intelligence": 3.5,
    "head-of-organisation": 3.5,
    "party-leader": 3.0,
    "deputy-head-of-state": 3.0,
    "interior-minister": 3.0,
    "speaker": 2.5,
    "head-of-armed-forces": 2.5,
    "security-adviser": 2.5,
    "religious-leader": 2.5,
    "finance-minister": 2.0,
    "mayor": 2.0,
    "spokesperson": 2.0,
    "justice-minister": 1.5,
    "deputy-head-of-government": 1.5,
}
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@lru_cache(maxsize=16384)
def first_day(text: str) -> date:
    """The first day that a year, month or day may mean.

    Raises:
        ValueError: it is none of these.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no ISO year, month or day")
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


@lru_cache(maxsize=16384)
def last_day(text: str) -> date:
    """The last day that a year, month or day may mean.

    Raises:
        ValueError: it is none of these.
    """
    first = first_day(text)
    if len(text) == 10:
        return first
    if len(text) == 4:
        return first.replace(month=12, day=31)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Polity:
    """A state, a territory or a code of the ontology's `nonstate`.

    Attributes:
        code: ISO 3166-1 alpha-3, KOS for Kosovo, or a code of `nonstate`.
        kind: one of `POLITY_KINDS`.
        iso2: ISO 3166-1 alpha-2, XK for Kosovo; empty for blocs and `nonstate`.
        cow: state abbreviation of the Correlates of War project; empty where it has none.
        name_en, name_tr, name_ar: its name.
        aliases_en, aliases_tr, aliases_ar: its other names, long forms and abbreviations.
        demonyms_en, demonyms_tr, demonyms_ar: its adjectives and what its people are called.
        capitals_en, capitals_tr, capitals_ar: its capital, or the seats of its government.
        metonyms_en, metonyms_tr, metonyms_ar: places and houses that stand for its government.
        parent: code of the polity that it belongs to, for territories.
        blocs: ids of organisations that it is a member of.
    """

    code: str
    kind: str
    iso2: str
    cow: str
    name_en: str
    name_tr: str
    name_ar: str
    aliases_en: tuple[str, ...]
    aliases_tr: tuple[str, ...]
    aliases_ar: tuple[str, ...]
    demonyms_en: tuple[str, ...]
    demonyms_tr: tuple[str, ...]
    demonyms_ar: tuple[str, ...]
    capitals_en: tuple[str, ...]
    capitals_tr: tuple[str, ...]
    capitals_ar: tuple[str, ...]
    metonyms_en: tuple[str, ...]
    metonyms_tr: tuple[str, ...]
    metonyms_ar: tuple[str, ...]
    parent: str
    blocs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that acts: of a state, of states, or of none.

    Attributes:
        id: a slug, e.g. `tur.mit`, `hamas`.
        kind: one of `ORGANISATION_KINDS`.
        polity: code of the polity that it acts for or lives in.
        sectors: codes of the ontology's sectors, the primary one first; empty in the table where its kind says it.
        parent: id of the organisation above it.
        name_en, name_tr, name_ar: its name.
        aliases_en, aliases_tr, aliases_ar: its other names and abbreviations.
        founded, dissolved: year, month or day; empty where unknown or not dissolved.
        wikidata: its Wikidata id, where known.
    """

    id: str
    kind: str
    polity: str
    sectors: tuple[str, ...]
    parent: str
    name_en: str
    name_tr: str
    name_ar: str
    aliases_en: tuple[str, ...]
    aliases_tr: tuple[str, ...]
    aliases_ar: tuple[str, ...]
    founded: str
    dissolved: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class Person:
    """One who holds or held a public office. Nobody else has an entry.

    Attributes:
        id: Wikidata id where known, else a slug.
        name_en, name_tr, name_ar: the name as the press of that language writes it; empty where it is as in English.
        aliases: other spellings, transliterations and short forms, in any language.
        born, died: year, month or day; empty where unknown.
    """

    id: str
    name_en: str
    name_tr: str
    name_ar: str
    aliases: tuple[str, ...]
    born: str
    died: str


@dataclass(frozen=True, slots=True)
class Office:
    """A public office.

    Attributes:
        id: a slug that starts with the polity's or the organisation's, e.g. `tur.head-of-intelligence`.
        polity: code of the polity that its holder acts for.
        organisation: id of the organisation that it leads or belongs to, where the register has it.
        kind: one of `OFFICE_KINDS`.
        sectors: codes of the ontology's sectors, the primary one first; empty in the table where its kind says it.
        name_en, name_tr, name_ar: its title.
        aliases: its other titles, in any language.
        single: whether it has one holder at a time.
    """

    id: str
    polity: str
    organisation: str
    kind: str
    sectors: tuple[str, ...]
    name_en: str
    name_tr: str
    name_ar: str
    aliases: tuple[str, ...]
    single: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Who held which office from when to when.

    Attributes:
        office: id of the office.
        person: id of the person.
        start: first year, month or day (the table's column `from`); empty where unknown.
        end: last year, month or day (the table's column `to`); empty where the term was still running at `checked`.
        source: id of a row in sources.csv, or the address of a page.
        checked: the day that the source speaks for: an open term is known to run until then, not longer.
        status: "verified" where the source says so, "unverified" where it is only remembered.
    """

    office: str
    person: str
    start: str
    end: str
    source: str
    checked: str
    status: str

    @property
    def verified(self) -> bool:
        """Whether a source that can be looked up says so."""
        return self.status == "verified"

    def covers(self, day: date) -> bool:
        """Whether the office may have been held on that day: the widest reading of its dates; open terms run on."""
        if self.start and day < first_day(self.start):
            return False
        return not self.end or day <= last_day(self.end)

    def known(self, day: date) -> bool:
        """Whether the source vouches for that day: it is covered, and not later than `checked`."""
        return self.covers(day) and (bool(self.end) or day <= last_day(self.checked))


@dataclass(frozen=True, slots=True)
class Source:
    """Where terms were taken from.

    Attributes:
        id: a short name that terms give as their source.
        title: what it is and who published it.
        licence: its licence.
        day: the day that it speaks for.
    """

    id: str
    title: str
    licence: str
    day: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may mean.

    Attributes:
        kind: "polity", "organisation", "person" or "office".
        id: its id (code) in that table.
        weight: 0 to 1: 1 for a main name that nothing else of its kind has, less for aliases and shared names.
        via: what the name is to it: "name", "alias", "demonym", "capital" or "metonym".
    """

    kind: str
    id: str
    weight: float
    via: str
