"""An actor phrase parted into what the register and the lexica know in it, and what is left as a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from vakanuvis.resolution.lexicon import Term, lexicon
from vakanuvis.resolution.phrases import Token, article_off, key, tokens
from vakanuvis.resolution.register import Entry, Register

# More entries than this are not looked at one by one where a term says what they have in common.
_MANY = 8


class Segment(NamedTuple):
    """Some words of a phrase and what they may mean.

    Attributes:
        start, end: tokens, the end exclusive.
        entries: what the register has under these words, the likeliest first.
        terms: what the lexica have under these words.
        exact: whether no ending had to be taken off.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    terms: tuple[Term, ...]
    exact: bool

    def of(self, kind: str) -> list[Entry]:
        """The entries of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]

    def term(self, kind: str) -> Term | None:
        """The first term of one kind."""
        return next((term for term in self.terms if term.kind == kind), None)


class Parsed(NamedTuple):
    """A phrase, parted.

    Attributes:
        tokens: its words.
        segments: what is known in it, in the order of the phrase.
        names: runs of words that nothing is known of and that look like a name: (start, end).
        loose: how many words nothing is known of and that look like no name.
        arabic: whether it is of Arabic script.
    """

    tokens: tuple[Token, ...]
    segments: tuple[Segment, ...]
    names: tuple[tuple[int, int], ...]
    loose: int
    arabic: bool = False

    def forms(self, run: tuple[int, int]) -> list[tuple[str, ...]]:
        """The forms of the words of a run, as a name: short stems of longer words are none (`Sisi` is not `Şi`)."""
        return [
            tuple(form for n, form in enumerate(token.forms) if n == 0 or form == key(token.text) or len(form) > 4)
            for token in self.tokens[run[0] : run[1]]
        ]

    def text(self, run: tuple[int, int]) -> str:
        """The words of a run."""
        return " ".join(token.text for token in self.tokens[run[0] : run[1]])


class Parser:
    """Parts phrases by the names of a register and the lexica's terms."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._lexicon = lexicon()
        self._plain = register.names()
        self._spelled = register.spelled
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self.parse = lru_cache(maxsize=16384)(self._parse)
        self._one = lru_cache(maxsize=16384)(self._find_one)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """What the register has under a key, the likeliest first."""
        found = self._entries.get(name)
        if found is None:
            spelled = [*([name] if name in self._plain else ()), *self._spelled.get(name, ())]
            unique: dict[tuple[str, str], Entry] = {}
            for spelling in spelled:
                for entry in self.register.lookup(spelling):
                    unique.setdefault((entry.kind, entry.id), entry)
            found = self._entries[name] = tuple(sorted(unique.values(), key=lambda e: (-e.weight, e.kind, e.id)))
        return found

    def _parse(self, phrase: str) -> Parsed:
        """The phrase, parted: from left to right, always the longest words that are known."""
        words = tokens(phrase)
        lower = not any(token.capital for token in words)
        segments: list[Segment] = []
        at = 0
        while at < len(words):
            found = self._several(words, at)
            if found is None and (known := self._one(words[at], lower)):
                found = Segment(at, at + 1, *known)
            if found:
                segments.append(found)
            at = found.end if found else at + 1
        names, loose = _rest(words, segments)
        return Parsed(tuple(words), tuple(segments), tuple(names), loose, any(token.arabic for token in words))

    def _several(self, words: Sequence[Token], at: int) -> Segment | None:
        """The longest run of two words or more from a word on that something is known of."""
        first = words[at]
        # Only Arabic changes a phrase's first word (its clitics); elsewhere the inflection stands at the end.
        starts = {form: self._most(form) for form in (first.forms if first.arabic else first.forms[:1])}
        starts = {form: most for form, most in starts.items() if most > 1}
        for end in range(min(len(words), at + max(starts.values(), default=1)), at + 1, -1):
            inner = "".join(f" {token.forms[0]}" for token in words[at + 1 : end - 1])
            for n, last in enumerate(words[end - 1].forms):
                for m, head in enumerate(starts):
                    entries, terms = self._known(f"{head}{inner} {last}", arabic=first.arabic)
                    if entries and end < len(words) and not words[end - 1].capital and self._term_from(words, end - 1):
                        # `Türk iş insanları` are not of Türk-İş.
                        entries = ()
                    if entries or terms:
                        return Segment(at, end, entries, terms, n == m == 0)
        return None

    def _term_from(self, words: Sequence[Token], at: int) -> bool:
        """Whether a term of several words begins with a word."""
        longer = self._several(words, at)
        return longer is not None and bool(longer.terms)

    def _find_one(self, word: Token, lower: bool) -> tuple[tuple[Entry, ...], tuple[Term, ...], bool] | None:
        """What is known of one word, and whether as written: else without its endings."""
        for n, form in enumerate(word.forms):
            entries, terms = self._known(form, arabic=word.arabic)
            if entries:
                entries = tuple(entry for entry in entries if _may_be(entry, word, form, n == 0, lower))
            if entries or terms:
                return entries, terms, n == 0
        return None

    def _known(self, form: str, *, arabic: bool) -> tuple[tuple[Entry, ...], tuple[Term, ...]]:
        """What the register and the lexica have under a key."""
        entries = self.entries(form) if form in self._plain or form in self._spelled else ()
        terms = self._lexicon.terms(_article_free(form) if arabic else form)
        if len(entries) > _MANY and terms:
            # A title that hundreds of offices share says no more than its kind does.
            entries = tuple(entry for entry in entries if entry.kind != "office")
        return entries, terms

    def _most(self, word: str) -> int:
        """How many words the longest name or term has that begins with a word."""
        bare = article_off(word)
        longest = max(self.register.longest.get(word, 1), self._lexicon.longest.get(word, 1))
        return longest if bare == word else max(longest, self._most(bare))


def _article_free(form: str) -> str:
    return " ".join(article_off(word) for word in form.split())


def _may_be(entry: Entry, token: Token, form: str, exact: bool, lower: bool) -> bool:
    """Whether one word may be this name: names are capitals, and short stems of longer words are no names."""
    if token.arabic:
        return exact or len(form) > 2
    if lower:
        return len(form) > 3 and entry.kind != "person"
    if entry.via == "alias" and len(form) < (4 if exact else 5) and sum(map(str.isupper, token.text)) < 2:
        # ABD is the United States, Abd a name; AfD is a party; MOIS is a service, Moise a name.
        return False
    return token.capital and (exact or len(form) > 2)


def _rest(words: Sequence[Token], segments: Sequence[Segment]) -> tuple[list[tuple[int, int]], int]:
    known = {at for segment in segments for at in range(segment.start, segment.end)}
    names: list[tuple[int, int]] = []
    loose, at = 0, 0
    while at < len(words):
        if at in known or not _is_name(words[at]):
            loose += at not in known and not is_filler(words[at])
            at += 1
            continue
        end = at + 1
        while (
            end < len(words)
            and end not in known
            and (_is_name(words[end]) or words[end].forms[0] in lexicon().particles)
        ):
            end += 1
        names.append((at, end))
        at = end
    return names, loose


def _is_name(token: Token) -> bool:
    return token.capital and not token.text[0].isdigit() and not is_filler(token)


def is_filler(token: Token) -> bool:
    """Whether a word says nothing of who the actor is: articles, numbers, `several`, `bazı`."""
    fillers = lexicon().fillers
    return token.forms[0] in fillers or token.forms[-1] in fillers or token.text[0].isdigit()
