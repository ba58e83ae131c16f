"""The words for actors without a name: agents, titles, ministries and modifiers, read from the tables in `data/`.

agents.csv says which nouns are which sector, titles.csv which titles belong to which kind of office, domains.csv what
ministers and ministries are there, modifiers.csv which words change an actor (former, opposition, backed by ...) or say
nothing (fillers, particles of names).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vakanuvis.errors import RegisterError
from vakanuvis.resolution import compiled
from vakanuvis.resolution.phrases import article_off, key, turkish_stems
from vakanuvis.resolution.register.names import longest
from vakanuvis.words import lower_turkish

# The modules that shape the compiled form.
_MODULES = ("words.py", *(f"resolution/{name}.py" for name in ("lexicon", "phrases", "register/names")))
_TABLES = ("agents", "domains", "modifiers", "titles")
LANGUAGES = ("en", "tr", "ar")
# What a ministry and its minister are called, {} being the domain.
_MINISTERS = {
    "en": ("{} minister", "minister of {}", "minister of the {}", "minister for {}", "{} secretary", "secretary of {}",
           "secretary for {}"),
    "tr": ("{} bakanı",),
    "ar": ("وزير {}", "وزيرة {}", "وزراء {}"),
}  # fmt: skip
_MINISTRIES = {
    "en": ("{} ministry", "ministry of {}", "ministry of the {}", "ministry for {}", "{} department",
           "department of {}", "department of the {}"),
    "tr": ("{} bakanlığı",),
    "ar": ("وزارة {}",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or a group of words says of an actor.

    Attributes:
        kind: "agent", "title", "body" (a ministry) or "modifier".
        name: the office's kind of a title or a ministry's minister, the modifier's kind; the base form of an agent.
        sectors: codes of sectors, the primary one first.
        polity: a code of the ontology's `nonstate` that the word alone implies; empty for most.
        weak: whether a more particular word beside it decides (`Hamas official`, `army spokesman`).
        language: of the word.
        words: the base form, as the table has it.
    """

    kind: str
    name: str
    sectors: tuple[str, ...]
    polity: str
    weak: bool
    language: str
    words: str


class Lexicon:
    """The terms under their keys."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._rows: dict[str, tuple[tuple[Any, ...], ...]] = sections["terms"]
        self._made: dict[str, tuple[Term, ...]] = {}
        self.longest: Mapping[str, int] = sections["longest"]
        """How many words the longest key has that begins with a word, where that is more than one."""
        self.fillers = frozenset(sections["fillers"])
        """Keys of words that say nothing of who an actor is: articles, numbers, `several`, `bazı`."""
        self.particles = frozenset(sections["particles"])
        """Keys of words inside names that begin with a small letter: `bin`, `von`, `el`."""

    def terms(self, form: str) -> tuple[Term, ...]:
        """The terms under a key; titles before modifiers before agents where it means several."""
        made = self._made.get(form)
        if made is None:
            rows = self._rows.get(form)
            if rows is None:
                return ()
            made = self._made[form] = tuple(Term(*row) for row in rows)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)


@cache
def lexicon() -> Lexicon:
    """The lexicon.

    Raises:
        RegisterError: a table is damaged.
    """
    return Lexicon(compiled.kept("lexicon", _MODULES, (_path(table) for table in _TABLES), _compile))


def _compile() -> dict[str, Any]:
    found: dict[str, dict[Term, None]] = {}
    for term in (*_titles(), *_ministries(), *_modifiers(), *_agents()):
        for form in keys(term.words, term.language):
            found.setdefault(form, {}).setdefault(term)
    return {
        "terms": {form: tuple(astuple(term) for term in terms) for form, terms in found.items()},
        "longest": longest(found),
        "fillers": sorted(_loose("filler")),
        "particles": sorted(_loose("particle")),
    }


def keys(words: str, language: str) -> set[str]:
    """The keys a term is found under: without articles in Arabic, and without the head's possessive in Turkish."""
    form = key(words)
    if language == "ar":
        return {" ".join(article_off(word) for word in form.split())}
    if language == "tr" and " " in form:
        *before, head = lower_turkish(words).split()
        return {form} | {key(" ".join((*before, stem))) for stem in turkish_stems(head)}
    return {form}


def _rows(table: str, width: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(_path(table).read_text(encoding="utf-8")))
    next(reader)
    for row in reader:
        if len(row) != width:
            raise RegisterError(f"{table}.csv:{reader.line_num}: {len(row)} cells, not {width}")
        yield row


def _path(table: str) -> Path:
    return Path(__file__).parent / "data" / f"{table}.csv"


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _agents() -> Iterator[Term]:
    for sectors, polity, weak, *cells in _rows("agents", 6):
        codes = tuple(code for code in _codes(sectors) if code not in ("IGO", "NGO", "MNC"))
        for language, cell in zip(LANGUAGES, cells, strict=True):
            for words in _codes(cell):
                yield Term("agent", words, codes, polity, bool(weak), language, words)


def _titles() -> Iterator[Term]:
    for kind, sectors, *cells in _rows("titles", 5):
        for language, cell in zip(LANGUAGES, cells, strict=True):
            for words in _codes(cell):
                yield Term("title", kind, _codes(sectors), "", False, language, words)


def _ministries() -> Iterator[Term]:
    for kind, sectors, *cells in _rows("domains", 5):
        for language, cell in zip(LANGUAGES, cells, strict=True):
            for domain in _codes(cell):
                for pattern in _MINISTERS[language]:
                    yield Term("title", kind, _codes(sectors), "", False, language, pattern.format(domain))
                for pattern in _MINISTRIES[language]:
                    yield Term("body", kind, _codes(sectors), "", False, language, pattern.format(domain))


def _modifiers() -> Iterator[Term]:
    for kind, *cells in _rows("modifiers", 4):
        for language, cell in zip(LANGUAGES, cells, strict=True):
            for words in _codes(cell) if kind not in ("filler", "particle") else ():
                yield Term("modifier", kind, (), "", False, language, words)


def _loose(wanted: str) -> frozenset[str]:
    return frozenset(
        key(word) for kind, *cells in _rows("modifiers", 4) if kind == wanted for cell in cells for word in _codes(cell)
    )
