"""Persons by their names: whole, by the family name alone, and across spellings (Netanyahu, Netanyahou, نتنياهو)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.register import Office, Person, Register, Term
from vakanuvis.words import lower_turkish

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
_ARABIC = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهپچڤگ", "bttchhddrzsssdtz\0gfkklmnhbcfg", strict=True))
    | dict.fromkeys("اويىءئؤأإآةﻻ")
)
_SPELLINGS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ç|tch|ch|ts|tz", "c"),
        ("ş|sch|sh", "s"),
        ("zh|dzh|dj|j", "c"),
        ("kh", "h"),
        ("gh|ğ", "g"),
        ("ph|v|ff", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("c(?=[eiy])", "c"),
        ("q|ck", "k"),
        ("^x", "s"),
        ("x", "ks"),
        ("p", "b"),
        ("w", ""),
    )
]
_HARD_C = re.compile("c(?![eiyhkcj])")
_ONE_SOUND = str.maketrans("gzcj", "ksss")
_VOWELS = frozenset("aeıioöuüâîûéáíóúàèاأإآع")
# Articles inside Arabic names, as Latin script spells them.
_ORDINALS = frozenset(
    ("ii", "iii", "iv", "v", "vi", "vii", "viii", "x", "xiv", "xvi", "الاول", "الثاني", "الثالث", "الرابع", "السادس")
)
_ARTICLES = frozenset(["al", "el", "es", "er", "en", "ez", "as", "ad", "at", "an", "ash", "eş"])


@lru_cache(maxsize=65536)
def skeletons(word: str) -> tuple[str, ...]:
    """The consonants of a name, alike for its spellings in Turkish, English and Arabic.

    Vowels and w are left out, but for a sign that the word begins with a vowel; voiced and voiceless sounds, sibilants
    and affricates count as one. A word may be read in several ways: with c as in Turkish or as in English, w as a
    vowel or as v, with an Arabic article or without.
    """
    lower = lower_turkish(word)
    if is_arabic(lower):
        bare = key(lower)
        readings = {bare, bare.removeprefix("ال")} | ({"ف" + bare[1:]} if bare[0] == "و" else set())
        return tuple(sorted(_bones(r, r.translate(_ARABIC).replace("\0", "")) for r in readings if r))
    readings = {lower, _HARD_C.sub("k", lower), lower.replace("w", "v"), lower.replace("v", "w")}
    return tuple(sorted({_bones(reading, _latin(reading)) for reading in readings}))


def _latin(lower: str) -> str:
    for pattern, letter in _SPELLINGS:
        lower = pattern.sub(letter, lower)
    return re.sub("[aeiouy ]", "", key(lower))


def _bones(word: str, consonants: str) -> str:
    squeezed = re.sub(r"(.)\1+", r"\1", consonants.translate(_ONE_SOUND).replace("ts", "s"))
    if len(squeezed) > 2:
        squeezed = squeezed.removesuffix("h")
    return ("'" if word[:1] in _VOWELS else "") + squeezed


def alike(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name: equal as keys, or of one skeleton of three signs or more."""
    if key(a) == key(b):
        return True
    return any(_near(first, second, key(a), key(b)) for first in skeletons(a) for second in skeletons(b))


def _near(first: str, second: str, a: str, b: str) -> bool:
    if len(first) < 3 or len(second) < 3:
        # Two consonants say little: the vowels have to fit as well, where the script writes them.
        arabic = is_arabic(a) or is_arabic(b)
        return first == second and len(first) == 2 and (arabic or SequenceMatcher(None, a, b).ratio() >= 0.7)
    return first == second or (
        min(len(first), len(second)) > 3 and len(first + second) > 8 and _one_apart(first, second)
    )


def _one_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at:] == long[at + 1 :] or (len(a) == len(b) and short[at + 1 :] == long[at + 1 :])


@dataclass(frozen=True, slots=True)
class Post:
    """A term with its office."""

    term: Term
    office: Office


class People:
    """The persons of a register, with what they held. Remembers what it has looked up."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._careers: dict[str, tuple[Post, ...]] = {}
        self._names: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._fame: dict[str, float] = {}
        self._holders: dict[str, tuple[Post, ...]] = {}
        self._families: dict[str, list[str]] = {}
        self._sounds_of: dict[str, list[str]] | None = None

    def career(self, person: str) -> tuple[Post, ...]:
        """All posts of a person, the oldest first."""
        found = self._careers.get(person)
        if found is None:
            posts = ((term, self.register.office(term.office)) for term in self.register.terms_of(person))
            found = self._careers[person] = tuple(Post(term, office) for term, office in posts if office)
        return found

    def terms(self, office: Office) -> tuple[Post, ...]:
        """All posts of an office, the oldest first."""
        found = self._holders.get(office.id)
        if found is None:
            found = self._holders[office.id] = tuple(Post(t, office) for t in self.register.terms(office.id))
        return found

    def names(self, person: str) -> tuple[tuple[str, ...], ...]:
        """The names of a person, each as its words."""
        found = self._names.get(person)
        if found is None:
            entry = self.register.person(person)
            texts = (entry.name_en, entry.name_tr, entry.name_ar, *entry.aliases) if entry else ()
            found = self._names[person] = tuple(name_words(text.replace("-", " ").split()) for text in texts if text)
        return found

    def fame(self, person: str) -> float:
        """How likely the press means this one of all who share the name, from 0 to about 8."""
        found = self._fame.get(person)
        if found is None:
            ranks = [RANK.get(post.office.kind, 1.0) for post in self.career(person)]
            entry = self.register.person(person)
            kept = bool(entry and (entry.name_ar or entry.name_tr or entry.aliases))
            found = self._fame[person] = max(ranks, default=0.0) + 2.0 * kept + 0.1 * min(len(ranks), 5)
        return found

    def bears(self, person: str, words: Sequence[Sequence[str]], *, loosely: bool = False) -> bool:
        """Whether a person may be called so: each word (with its forms) is one of a name's, or its initial.

        A given name without the family name is not enough. Loosely, where the office speaks for the person as well, a
        given name need only begin alike (Binyamin, Benjamin).
        """
        arabic = is_arabic(words[0][0])
        return any(_fits(words, name, loosely) for name in self.names(person) if arabic or not is_arabic(name[0]))

    def _of_family(self, name: str) -> list[str]:
        found = self._families.get(name)
        if found is None:
            spelled = (name, *(f"{article}-{name}" for article in ("el", "al")))
            found = self._families[name] = [person for s in spelled for person in self.register.surname(s)]
        return found

    def called(self, words: Sequence[Sequence[str]]) -> list[str]:
        """Persons of whom the words (each with its forms) may be the name, the family name included."""
        found: dict[str, None] = {}
        for forms in (words[-1], words[0]) if len(words) > 1 else (words[-1],):
            for form in forms:
                for person in self._of_family(form):
                    if len(words) == 1 or self.bears(person, words):
                        found.setdefault(person)
                if found:
                    break
        return list(found) or self._sounding(words)

    def _sounding(self, words: Sequence[Sequence[str]]) -> list[str]:
        """Holders of the offices that the press names most, whose name sounds like the words in another spelling."""
        found: dict[str, None] = {}
        for form in words[-1][:3]:
            for bones in skeletons(form):
                for person in self._well_known().get(bones, ()) if len(bones) > 2 else ():
                    if self.bears(person, words) if len(words) > 1 else self._sounds(person, form, bones):
                        found.setdefault(person)
        return list(found)

    def _sounds(self, person: str, word: str, bones: str) -> bool:
        """Whether a family name alone sounds like a person's: by its consonants, and by vowels where both have them."""
        if len(bones) < 4:
            return False
        if is_arabic(word):
            return True
        return any(SequenceMatcher(None, word, key(name[-1])).ratio() >= 0.6 for name in self.names(person))

    def _well_known(self) -> dict[str, list[str]]:
        if self._sounds_of is None:
            self._sounds_of = {}
            posts = [
                post
                for office in self.register.offices()
                if RANK.get(office.kind, 0) >= 3.0 and "-" not in office.id.partition(".")[0]
                for post in self.terms(office)
            ]
            for person in dict.fromkeys(post.term.person for post in posts):
                for bones in {b for name in self.names(person) for b in skeletons(name[-1])}:
                    self._sounds_of.setdefault(bones, []).append(person)
        return self._sounds_of


def name_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that tell: without articles, an Abdul with what it belongs to (Abdel Fattah, Abdülfettah)."""
    kept: list[str] = []
    for word in words:
        if kept and key(kept[-1]) in ("abd", "abdul", "abdel", "abdal", "abdol", "عبد"):
            kept[-1] += word
        elif key(word) not in _ARTICLES:
            kept.append(word)
    return tuple(kept or words)


def _fits(words: Sequence[Sequence[str]], name: tuple[str, ...], loosely: bool) -> bool:
    keys = [key(word) for word in name]
    words = telling(words)
    family = False
    taken: set[int] = set()
    for forms in words:
        place = next((i for i, k in enumerate(keys) if i not in taken and k in forms), None)
        if place is None and len(forms[0]) == 1:
            place = next((i for i, k in enumerate(keys) if i not in taken and k.startswith(forms[0])), None)
        if place is None:
            place = next(
                (i for i, word in enumerate(name) if i not in taken and any(alike(form, word) for form in forms)), None
            )
        if place is None and loosely and 0 not in taken and forms is not words[-1] and begin_alike(forms[0], name[0]):
            place = 0
        if place is None:
            return False
        taken.add(place)
        family |= place in (0, len(keys) - 1) and len(forms[0]) > 1
    return family


def telling(words: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The words of a phrase's name in the way of `name_words`."""
    kept: list[Sequence[str]] = []
    for forms in words:
        if kept and kept[-1][0] in ("abd", "abdul", "abdel", "abdal", "abdol", "عبد"):
            kept[-1] = [kept[-1][0] + form for form in forms]
        elif forms[0] not in _ARTICLES and forms[0] not in _ORDINALS:
            kept.append(forms)
    return kept or list(words)


def begin_alike(a: str, b: str) -> bool:
    """Whether two given names begin with one sound."""
    return bool({bones[:1] for bones in skeletons(a)} & {bones[:1] for bones in skeletons(b)} - {""})


def whole_alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two whole names sound alike, however they part their words."""
    first, second = ("".join(skeletons(word)[0] for word in name).replace("'", "") for name in (a, b))
    return len(first) > 3 and len(second) > 3 and SequenceMatcher(None, first, second).ratio() >= 0.8


def is_arabic(word: str) -> bool:
    """Whether a word begins with a letter of Arabic script."""
    return "\u0600" <= word[:1] <= "\u06ff"


def posts_on(posts: Iterable[Post], day: date | None) -> list[Post]:
    """Those of the posts that cover a day (open ones without a day), those vouched for first, then by rank."""
    if day is None:
        held = [post for post in posts if not post.term.end]
        return sorted(held, key=lambda post: -RANK.get(post.office.kind, 1.0))
    held = [post for post in posts if post.term.covers(day)]
    return sorted(held, key=lambda post: (not post.term.known(day), -RANK.get(post.office.kind, 1.0)))


def lived(person: Person, day: date) -> bool:
    """Whether a person was not yet dead on a day, as far as the register knows."""
    return not person.died or day.isoformat()[: len(person.died)] <= person.died
