"""The name in a person's words, where the register does not know him."""

from __future__ import annotations

import re
from functools import lru_cache

from vakanuvis.resolution.spellings import alike, is_arabic, name_words
from vakanuvis.words import fold

# Words of titles and offices, folded: what is left of a person's words without them is a name.
_TITLES = re.compile(
    r"^(?:(?:genel|eski|yeni|yardimci\w*|bas|mit|turkiye\w*|turk|abd|eu|ab|bm|un|us|uk|the|of|for|and|ve|son|"
    r"former|new|deputy|vice|prime|chief|head|foreign|interior|defen[cs]e|intelligence|general|state|special|"
    r"disisleri|icisleri|milli|savunma|istihbarat|ic|dis|mr|mrs|dr|sayin|el|al|seyh|sheikh|shaikh|emiri?|krali?)|"
    r"(?:bakan|baskan|mustesar|sekreter|temsilci|sozcu|lider|cumhurbaskan|basbakan|buyukelci|elci|komutan|siyasetci|"
    r"minister|president|secretar|leader|director|spokes|envoy|ambassador|chancellor|commander|king|politician)\w*|"
    r"[وبلف]?(?:ال)?(?:وزير|وزراء|وزاره|رييس|رياسه|خارجيه|داخليه|دفاع|عدل|ماليه|مخابرات|استخبارات|جهاز|سياسي|حكومه|"
    r"دوله|برلمان|مجلس|نواب|امير|ملك|شيخ|قايد|نايب|سفير|مبعوث|امين|عام|زعيم|متحدث|ناطق|مستشار|مدير|حركه|حزب)ه?)$"
)


# An article that is written with the name: `eş-Şara`, `Al-Sudani`.
_ARTICLE = re.compile(r"\b[AaEe][a-zş]{1,2}-(?=[^\W\d_a-z])")


def name_in(words: str) -> tuple[str, ...]:
    """The folded words of a name, without titles, articles and suffixes after an apostrophe."""
    bare = _ARTICLE.sub("", words).split()
    found = [word.split("'")[0] for word in bare if word[:1].isupper() or not word[:1].isascii()]
    return tuple(word for word in map(fold, found) if word and not _TITLES.match(word))


def full_name(words: str) -> tuple[str, ...] | None:
    """The words of a name, the family name last; None where the words hold only one or none."""
    name = name_words(name_in(words))
    return name if len(name) > 1 else None


@lru_cache(maxsize=1 << 16)
def one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names are spellings of one: their family names sound alike, and so do two given names."""
    return alike(a[-1], b[-1]) and any(alike(one, other) for one in a[:-1] for other in b[:-1])


def one_script(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names are written in one script."""
    return is_arabic(a[-1]) == is_arabic(b[-1])


# Offices by the words for them, folded, in three languages.
_ROLES = {
    "foreign": r"disisleri|dis isleri|foreign|خارجيه",
    "defence": r"savunma|defen[cs]e|دفاع",
    "interior": r"icisleri|ic isleri|interior|home secretary|داخليه",
    "finance": r"maliye|finance|treasury|ماليه",
    "justice": r"adalet|justice|عدل",
    "intelligence": r"\bmit\b|istihbarat|intelligence|mossad|\bcia\b|استخبارات|مخابرات",
    "state": r"cumhurbaskan|devlet baskan|\b(?<!vice )(?<!former )president\b|head of state|king|emir|رييس الجمهوريه",
    "government": r"basbakan|prime minister|head of government|chancellor|premier|رييس الوزراء|رييس الحكومه",
    "secretary-general": r"genel sekreter|secretary.general|الامين العام|امين عام",
    "parliament": r"meclis baskan|tbmm baskan|speaker|رييس البرلمان|رييس مجلس",
}
_ROLE = {role: re.compile(words) for role, words in _ROLES.items()}


@lru_cache(maxsize=1 << 14)
def roles(words: str, office: str | None = None) -> frozenset[str]:
    """The offices that a person's words, or the name of his office, speak of."""
    text = fold(f"{words} {(office or '').replace('-', ' ')}")
    return frozenset(role for role, pattern in _ROLE.items() if pattern.search(text))
