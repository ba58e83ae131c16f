"""Persons by their names: whole, by the family name alone, and across spellings (Netanyahu, Netanyahou, نتنياهو)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.register import Office, Person, Register, Term
from vakanuvis.resolution.register.entries import RANK as RANK
from vakanuvis.resolution.spellings import alike, begin_alike, is_arabic, name_words, skeletons, telling, voicing

# Of those who sound alike, whoever sounds less like it by this much is not meant.
_NEAR_BEST = 0.1
# `Son of`, inside a name.
_SON = frozenset(["bin", "ben", "ibn", "bint", "بن", "ابن", "بنت"])


class Post(NamedTuple):
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
        self._called: dict[tuple[tuple[tuple[str, ...], ...], bool], list[str]] = {}
        self._families: dict[str, list[str]] = {}

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

    def given_only(self, person: str, forms: Sequence[str]) -> bool:
        """Whether a word (with its forms) is the first of a person's names, and nothing that the person goes by."""
        names = self.names(person)
        alone = any(key(name[-1]) in forms or alike(forms[0], name[-1]) for name in names)
        return not alone and any(len(name) > 1 and key(name[0]) in forms for name in names)

    def exactly(self, person: str, words: Sequence[Sequence[str]]) -> bool:
        """Whether a name of a person is spelled as the words (each with its forms) are."""
        return any(
            len(name) == len(words) and all(key(word) in forms for word, forms in zip(name, words, strict=True))
            for name in self.names(person)
        )

    def _of_family(self, name: str) -> list[str]:
        found = self._families.get(name)
        if found is None:
            spelled = (name, *(f"{article}-{name}" for article in ("el", "al")))
            found = self._families[name] = [person for s in spelled for person in self.register.surname(s)]
        return found

    def called(self, words: Sequence[Sequence[str]], *, loosely: bool = True) -> list[str]:
        """Persons of whom the words (each with its forms) may be the name, the family name included.

        Args:
            words: the words of the name.
            loosely: whether a name that only sounds like it will do, where nobody bears it.
        """
        asked = (tuple(map(tuple, words)), loosely)
        known = self._called.get(asked)
        if known is None:
            known = self._called[asked] = self._search(*asked)
        return known

    def _search(self, words: Sequence[Sequence[str]], loosely: bool) -> list[str]:
        found: dict[str, None] = {}
        for forms in (words[-1], words[0]) if len(words) > 1 else (words[-1],):
            for form in forms:
                for person in self._of_family(form):
                    if len(words) == 1 or self.bears(person, words):
                        found.setdefault(person)
                if found:
                    break
        return list(found) or (self._sounding(words) if loosely else [])

    def _sounding(self, words: Sequence[Sequence[str]]) -> list[str]:
        """Holders of the offices that the press names most, whose name sounds like the words in another spelling."""
        found: dict[str, float] = {}
        for form in words[-1][:3]:
            for bones in skeletons(form):
                for person in self.register.sounding(bones) if len(bones) > 2 else ():
                    if len(words) > 1:
                        alike = float(self.bears(person, words))
                    else:
                        alike = self._sounds(person, form) if len(bones) > 3 else 0.0
                    if alike:
                        found[person] = max(alike, found.get(person, 0.0))
        best = max(found.values(), default=0.0)
        return [person for person, alike in found.items() if alike > best - _NEAR_BEST]

    def _sounds(self, person: str, word: str) -> float:
        """How a family name alone sounds like a person's, with the vowels that both scripts write; 0 for not at all."""
        families = [name[-1] for name in self.names(person)]
        if is_arabic(word):
            alike = max((voicing(word, family) for family in families if not is_arabic(family)), default=0.0)
            return alike if alike >= 0.7 else 0.0
        alike = max(SequenceMatcher(None, word, key(family)).ratio() for family in families)
        return alike if alike >= 0.6 else 0.0


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
    if taken == {len(keys) - 1} and keys[-2:-1] and keys[-2] in _SON:
        # `Hamad` is no `Tamim bin Hamad`: that is the father's name.
        return False
    return family


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
