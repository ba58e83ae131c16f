"""Actor phrases as tokens, each with the forms under which the lexica may know it.

Turkish words lose case, possessive, plural, -lı, -deki and the apostrophe's suffix where vowel harmony allows it;
English words their possessive and plural; Arabic words the proclitics (و ف ب ل ك), the article and endings of number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from vakanuvis.words import APOSTROPHES, INVISIBLE, fold, lower_turkish

_WORD = re.compile(r"[^\W_]+(?:[.&" + APOSTROPHES + r"][^\W_]+)*\.?")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_MARKS = str.maketrans(dict.fromkeys(".'’`,()\"“”", "") | dict.fromkeys("-–/", " "))
_MARK = re.compile("[" + "".join(map(re.escape, map(chr, _MARKS))) + "]")
_VOWELS = "aeıioöuüâîû"
_BACK = frozenset("aıouâû")
_ROUND = frozenset("oöuüû")
_HARD = {"ğ": "k", "b": "p", "c": "ç", "d": "t", "g": "k"}


def _spelled(*patterns: str) -> frozenset[str]:
    """Every spelling of suffix patterns in which A is a or e, I is ı, i, u or ü, and D is d or t."""
    letters = {"A": "ae", "I": "ıiuü", "D": "dt"}
    return frozenset("".join(word) for p in patterns for word in product(*(letters.get(sign, sign) for sign in p)))


# From the word's end inwards: -deki, case, possessive, plural, -lı and -sız.
_SLOTS = [
    (slot, frozenset(suffix[-1] for suffix in slot))
    for slot in (
        _spelled("DAki", "nDAki"),
        _spelled(
            "nIn", "In", "yI", "nI", "I", "yA", "nA", "A", "nDA", "DA", "nDAn", "DAn", "ylA", "lA", "ncA", "cA", "çA"
        ),
        _spelled("lArI", "sI", "I", "ImIz", "mIz"),
        _spelled("lAr"),
        _spelled("lI", "sIz"),
    )
]
_SHORTEST = 2


@lru_cache(maxsize=131072)
def key(text: str) -> str:
    """The form under which names and terms are compared: folded, without dots and apostrophes, hyphens as blanks."""
    folded = fold(text)
    if not _MARK.search(folded):
        return folded
    return " ".join(folded.translate(_MARKS).split())


class Token(NamedTuple):
    """One word of a phrase.

    Attributes:
        text: the word as written, without the suffix behind its apostrophe.
        forms: keys it may be known by, the one nearest to the writing first.
        capital: whether it begins with a capital letter, or is of a script that has none.
        arabic: whether it is of Arabic script.
        genitive: whether it ends in a Turkish genitive or an English possessive.
    """

    text: str
    forms: tuple[str, ...]
    capital: bool
    arabic: bool
    genitive: bool


def tokens(phrase: str) -> list[Token]:
    """The words of a phrase. A hyphen parts words (`DHKP-C`, `El-Fetih`), as it does in `key`."""
    if not phrase.isascii():
        phrase = unicodedata.normalize("NFC", INVISIBLE.sub("", phrase))
    made: list[Token] = []
    for found in _WORD.finditer(phrase):
        # What a hyphen joins to a capital counts as one: Yoon Suk-yeol.
        joined = bool(made) and made[-1].capital and phrase[found.start() - 1] == "-"
        made.append(_token(found.group(), joined))
    return made


@lru_cache(maxsize=65536)
def _token(text: str, joined: bool) -> Token:
    stem, suffix = _split(text)
    arabic = bool(_ARABIC.match(text))
    forms = arabic_forms(text) if arabic else latin_forms(text, stem)
    genitive = bool(suffix) and (suffix == "s" or suffix.endswith(("in", "ın", "un", "ün")))
    return Token(stem, forms, arabic or joined or not text[0].islower(), arabic, genitive)


def _split(word: str) -> tuple[str, str]:
    """Word and suffix, where an apostrophe parts a Turkish suffix or an English possessive from the word."""
    parts = _APOSTROPHE.split(word)
    if len(parts) == 1:
        return word, ""
    suffix = lower_turkish(parts[-1])
    stem = word[: len(word) - len(parts[-1]) - 1]
    if suffix == "s" or _is_suffix(stem, suffix):
        return stem, suffix
    return word, ""


@lru_cache(maxsize=4096)
def _is_suffix(stem: str, suffix: str) -> bool:
    # Abbreviations are read letter by letter, so harmony with their last letter cannot be asked for.
    return any(not rest for rest in _strip(suffix, harmony=False, shortest=0))


def latin_forms(text: str, stem: str) -> tuple[str, ...]:
    """Keys of a word of Latin script: as written, without its suffixes, without an English plural."""
    found = {key(text): None, key(stem): None}
    for form in turkish_stems(lower_turkish(stem)):
        found.setdefault(key(form))
    for form in english_stems(key(stem)):
        found.setdefault(form)
    return tuple(form for form in found if form)


def english_stems(word: str) -> Iterator[str]:
    """Singular forms of an English plural, by rule."""
    if word.endswith("men") and len(word) > 4:
        yield word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def turkish_stems(word: str) -> list[str]:
    """What a Turkish word (in lower case) may be without its inflection, the least shortened first."""
    found: dict[str, None] = {}
    for rest in sorted(_strip(word), key=len, reverse=True):
        found.setdefault(rest)
        if rest != word and rest[-1] in _HARD:
            found.setdefault(rest[:-1] + _HARD[rest[-1]])
    return list(found)


def _strip(word: str, *, harmony: bool = True, shortest: int = _SHORTEST) -> set[str]:
    reached = {word}
    for slot, last in _SLOTS:
        for whole in tuple(reached):
            for cut in range(max(shortest, len(whole) - 5), len(whole)) if whole[-1:] in last else ():
                if whole[cut:] in slot and (not harmony or _harmonises(whole[:cut], whole[cut:])):
                    reached.add(whole[:cut])
    return reached


def _harmonises(stem: str, suffix: str) -> bool:
    """Whether the suffix's first vowel may follow the stem's last one; and a bare vowel only a consonant."""
    last = next((letter for letter in reversed(stem) if letter in _VOWELS), "")
    first = next((letter for letter in suffix if letter in _VOWELS), "")
    if not last or not first:
        return False
    if suffix[0] in _VOWELS and stem[-1] in _VOWELS:
        return False
    if suffix[0] == "m" and stem[-1] not in _VOWELS:
        # Of `bizim`: bakan-ımız, bakanı-mız.
        return False
    if (first in _BACK) != (last in _BACK):
        return False
    return first in "ae" or (first in _ROUND) == (last in _ROUND)


def arabic_forms(text: str) -> tuple[str, ...]:
    """Keys of an Arabic word: as written, without proclitics, without article, without endings of number and gender."""
    word = key(text)
    found = {word: None}
    for form in tuple(_without_clitics(word)):
        found.setdefault(form)
    for form in tuple(found):
        found.setdefault(article_off(form))
    for form in tuple(found):
        for ending in ("يون", "يين", "ون", "ين", "ات", "ان", "يه", "ه", "و", "ا"):
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                found.setdefault(form[: -len(ending)])
                if ending in ("يون", "يين", "يه"):
                    found.setdefault(form[: -len(ending)] + "ي")
                if ending == "ات":
                    found.setdefault(form[:-2] + "ه")
    return tuple(found)


def _without_clitics(word: str) -> Iterator[str]:
    rest = word
    if rest[:1] in "وف" and len(rest) > 3:
        rest = rest[1:]
        yield rest
    if rest.startswith("لل") and len(rest) > 4:
        yield "ال" + rest[2:]
        yield rest[1:]
    elif rest[:1] in "بلك" and len(rest) > 3:
        yield rest[1:]


def article_off(word: str) -> str:
    """An Arabic word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
