"""What resolution tells apart: kinds of offices and groups, and what an actor phrase was understood to say."""

from __future__ import annotations

import re
from typing import NamedTuple

from vakanuvis.records import Identity
from vakanuvis.resolution.lexicon import Term
from vakanuvis.resolution.parsing import Parsed
from vakanuvis.resolution.register import Office

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
OF_ORGANISATION = frozenset(
    {"head", "figure", "spokesperson", "official", "party-leader", "head-of-state", "commander", "ambassador"}
)
# Offices that a state has one of, whatever its title.
ONE_A_STATE = frozenset(
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
# Offices whose words tell whose they are: not every state has a king, a chancellor or a Fed.
RULING = frozenset({"head-of-state", "head-of-government", "central-bank-governor"})
DEPUTIES = {"head-of-state": "deputy-head-of-state", "head-of-government": "deputy-head-of-government"}
SUPRANATIONAL = frozenset({"UNO", "EUR", "IGO"})
# Sectors of the organs of a state.
ORGANS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# What the register's names may be in a mention of a type, and what they rather are.
ANY = frozenset({"polity", "organisation", "person"})
MEANINGS = {"GPE": frozenset({"polity"}), "GRP": frozenset({"polity", "organisation"})}
FIRST = {"PER": "person", "ORG": "organisation", "GPE": "polity", "GRP": "polity"}
RANKS = frozenset(
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
AND = frozenset({"ve", "and", "ile", "و"})
TURKISH = re.compile("[ışğçöüİŞĞÇÖÜâî]")
KNOWN_FACE = 6.0
SURE_PLACE = 0.6
# Of more people than this who share a name only the best known are weighed.
MANY = 12
# Whom a town's name may stand before, of those who are no organs of a state: no `Kaya ailesi`.
PEOPLE = frozenset(
    {"halk", "sakin", "ahali", "resident", "people", "inhabitant", "population", "villager", "köylü", "esnaf"}
)
# Organs that the press writes of abroad.
ELSEWHERE = frozenset({"cunta", "askeri cunta", "rejim", "junta", "military junta", "regime"})
# Words for forces that tell of no kind, and how they begin where a state has them.
FORCES = {"forces": "forces", "güç": "gucler", "kuvvet": "kuvvetler"}
# Titles of towns and provinces.
LOCAL = frozenset({"governor", "mayor", "head-of-police", "prosecutor"})


class Actor(NamedTuple):
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
        several: whether it tells of several holders of an office without naming them.
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
    several: bool = False

    def of(self, mention: str) -> Actor:
        """The same for a mention (its id)."""
        # As `dataclasses.replace` would do it, in a third of the time: every mention comes here.
        i = self.identity
        identity = Identity(
            mention, i.text, i.entity, i.name, i.office, i.polity, i.sectors, i.confidence, i.alternatives
        )
        return self._replace(identity=identity)

    @property
    def adjective(self) -> bool:
        """Whether it is a state's adjective or people and nothing else: `Israeli`, `الإسرائيلية`, `Rus`."""
        segments = self.parsed.segments
        if len(segments) != 1 or self.parsed.names or self.parsed.loose:
            return False
        polities = segments[0].of("polity")
        return bool(polities) and self.identity.entity == polities[0].id and polities[0].via == "demonym"

    @property
    def bare_name(self) -> bool:
        """Whether it is a name and nothing else."""
        return bool(self.name) and self.title is None and self.told is None
