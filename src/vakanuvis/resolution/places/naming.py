"""Place phrases taken apart: which of their words name a place, and which say what sort of place or which part of it.

`data/words.csv` has the sorts: `division` (il, city, محافظة), `direction` (kuzey, outskirts, ريف), `town facility`
(what is commonly called after its town: airport, hospital, port), `facility` (what seldom is: square, street, bridge),
`camp` (called after its town or after those who live in it), `capital` (alone it is that of the country spoken of),
`mission` (an embassy is called after the state that it does not lie in) and `none` (what only looks like a name).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from vakanuvis.resolution.phrases import Token, key, tokens
from vakanuvis.resolution.places.gazetteer import Meaning, gazetteer
from vakanuvis.resolution.places.sounds import consonants

_LONGEST = 6
# Groups of words that, alone and in capitals, are no towns called so: the West is no Bati.
_NO_NAMES = frozenset({"none", "capital", "direction", "facility"})
_KNOWN = 15_000
WELL_KNOWN = 100_000
# Arabic vowel signs and tatweel, which the press sets now and then and which would part a word.
_TOWN_OF = re.compile(r"\b(?:city|town|village|capital|suburb|province|governorate|district|state|port|camp)\s+of\s")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_IN = re.compile(r"\w[\w'’-]*?['’]?[dt][ae]ki\b|\b(?:in|near|at)\s+\S+|(?:^|\s)في\s+\S+")


class Word(NamedTuple):
    """A word that tells of a sort of place: its group, and the GeoNames feature code it asks for (empty for most)."""

    group: str
    kind: str


class Part(NamedTuple):
    """A run of a phrase's words: what they may name, or the word for a sort, or neither."""

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    word: Word | None = None
    located: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase understood.

    Attributes:
        head: what its name may mean; empty for a capital without a name.
        within: what the other names in it may mean: the places that it lies in.
        words: the words for sorts that stand with the head.
        strange: how many words of it are neither names nor sorts.
    """

    head: tuple[Meaning, ...]
    within: tuple[tuple[Meaning, ...], ...] = ()
    words: tuple[Word, ...] = ()
    strange: int = 0

    def asks(self, kind: str) -> bool:
        """Whether a word with the head asks for a feature code that begins so."""
        return any(word.kind.startswith(kind) for word in self.words if word.kind)

    def has(self, group: str) -> bool:
        """Whether a word of a group stands with the head."""
        return any(word.group == group for word in self.words)


@cache
def _words() -> dict[str, Word]:
    text = files(__package__).joinpath("data", "words.csv").read_text(encoding="utf-8")
    return {key(row["word"]): Word(row["group"], row["kind"]) for row in csv.DictReader(io.StringIO(text, newline=""))}


@lru_cache(maxsize=16384)
def understand(text: str) -> Phrase | None:
    """A place phrase taken apart; None where nothing in it names a place that the gazetteer knows."""
    words = tokens(_MARKS.sub("", text))
    located = " ".join(found.group() for found in _IN.finditer(text))
    parts = list(_parts(words, located))
    capitals = tuple(part.word for part in parts if part.word and part.word.group == "capital")
    named_by_sort = any(p.word and p.word.kind for p in parts) and not any(_strange(p, words) for p in parts)
    if not any(part.meanings for part in parts) and not capitals and named_by_sort:
        # Districts called Kale, Güney or Adalar: what looks like a sort is the name.
        parts = list(_parts(words, located, sorts_first=False))
    named = [part for part in parts if part.meanings]
    if not named:
        return Phrase((), (), capitals) if capitals and not any(_strange(part, words) for part in parts) else None
    head = _head(text, words, parts, named)
    if head is None:
        return None
    near = [part.word for part in parts if part.word and _belongs(part, head, named, arabic=words[0].arabic)]
    strange = sum(_strange(part, words) for part in parts)
    others = tuple(part.meanings for part in named if part is not head)
    if head.located:
        near, others = [], ()
    return Phrase(head.meanings, others, tuple(near), strange)


def names(text: str) -> list[Phrase]:
    """The states and the well-known places that a text names, each as a phrase of its own."""
    parts = _parts(tokens(_MARKS.sub("", text)), "")
    found = [tuple(m for m in part.meanings if m.spot.kind == "PCLI" or _known(m)) for part in parts]
    return [Phrase(meanings) for meanings in found if meanings]


def _parts(words: list[Token], located: str, *, sorts_first: bool = True) -> Iterator[Part]:
    """The parts of a phrase, longest first; as written, a word for a sort goes before a name, a name before a stem."""
    sorts = _words()
    places_in = {form for word in tokens(located) for form in word.forms}
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            run = words[at:end]
            place, word = next(((i, sorts[name]) for i, name in enumerate(_spellings(run)) if name in sorts), (0, None))
            meanings = _meanings(run) if run[0].capital else ()
            exact = place > 0 and not run[0].arabic and any(m.via not in ("stem", "sound") for m in meanings)
            named = bool(meanings) and (exact or not sorts_first)
            if word and not named and (len(words) > 1 or not run[0].capital or word.group in _NO_NAMES):
                yield Part(at, end, word=word)
                break
            if meanings:
                yield Part(at, end, meanings, located=key(run[-1].text) in places_in)
                break
        else:
            yield Part(at, at + 1)
            end = at + 1
        at = end


def _meanings(run: list[Token]) -> tuple[Meaning, ...]:
    """What a run of words may name: as written, else without the endings of its last word."""
    places = gazetteer()
    found: dict[int, Meaning] = {}
    for place, name in enumerate(_spellings(run)):
        for meaning in places.lookup(name):
            # An ending may be part of the name: what was found without it needs a place that is well known.
            if place < 2 or meaning.via == "chosen" or meaning.spot.population >= _KNOWN or run[-1].arabic:
                via = meaning.via if place < 2 or meaning.via == "chosen" else "stem"
                found.setdefault(meaning.spot.index, Meaning(meaning.spot, via))
        # The stem before an apostrophe and the whole word are equally near to what is written.
        if found and place >= 1:
            break
    if not found and not run[0].arabic and run[-1].capital:
        sound = consonants(" ".join(word.text for word in run))
        return places.sounding(sound) if len(sound) > 3 else ()
    return tuple(found.values())


def _spellings(run: list[Token]) -> Iterator[str]:
    first, last = run[0], run[-1]
    inner = [key(word.text) for word in run[:-1]]
    seen = set()
    for ending in (key(last.text), *last.forms):
        starts = [inner] if not first.arabic or not inner else [[form, *inner[1:]] for form in first.forms]
        for start in starts:
            name = " ".join([*start, ending])
            if name not in seen:
                seen.add(name)
                yield name


def _head(text: str, words: list[Token], parts: list[Part], named: list[Part]) -> Part | None:
    """The part that a phrase is about: the last name in Turkish and English, the first in Arabic and before a comma."""
    groups = {part.word.group for part in parts if part.word}
    located = [part for part in named if part.located]
    if located and ("mission" in groups or "facility" in groups or _only_sorts_follow(parts, named, located[0])):
        return located[0]
    if "mission" in groups:
        # `Türkiye'nin Stockholm Büyükelçiliği` lies in Stockholm, a `Türk Büyükelçiliği` anywhere.
        towns = [part for part in named if not _state(part)]
        return towns[-1] if towns and not words[0].arabic else None
    if "direction" in groups and len(named) > 1 and all(_state(part) for part in named):
        # `Türkiye-Suriye sınırında` is in neither; `Suriye'nin Türkiye sınırında` is in Syria.
        return named[0] if words[named[0].end - 1].genitive else None
    if "camp" in groups:
        # `Ayn el-Hilve Filistin mülteci kampı`: a state only says who lives there.
        named = [part for part in named if not _state(part)] or named
    if any(_strange(part, words) for part in parts):
        # Beside words that the gazetteer does not know, the well-known name is the likelier one.
        named = [part for part in named if any(_known(meaning) for meaning in part.meanings)] or named
    if words[0].arabic:
        # `The Syrian capital Damascus`: adjectives of states stand before the name that counts.
        return next((part for part in named if not _state(part)), named[0])
    first = re.search(r"[,/(–]|\s(?:in|near|of)\s", text) and not _TOWN_OF.search(text)
    return named[0] if first else named[-1]


def _strange(part: Part, words: list[Token]) -> bool:
    return not part.meanings and not part.word and words[part.start].capital


def _known(meaning: Meaning) -> bool:
    return meaning.via == "chosen" or meaning.spot.population >= WELL_KNOWN


def _state(part: Part) -> bool:
    return any(meaning.spot.kind == "PCLI" for meaning in part.meanings)


def _only_sorts_follow(parts: list[Part], named: list[Part], located: Part) -> bool:
    """Whether what follows a place told with `-daki` is only sorts of places, beside other names before it."""
    if located is parts[-1] or len(named) == 1:
        return False
    return all(part.word or part is located for part in parts if part.start >= located.start)


def _belongs(part: Part, head: Part, named: list[Part], *, arabic: bool) -> bool:
    """Whether a word for a sort stands with the head: next to it, with no other name between."""
    if part.start >= head.end:
        return not any(head.end <= other.start < part.start for other in named) and not (arabic and len(named) > 1)
    return not any(part.end <= other.start < head.start for other in named)
