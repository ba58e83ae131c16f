"""Spellings of names across languages: what sounds alike (Netanyahou, نتنياهو), which words of a name tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from vakanuvis.resolution.phrases import key
from vakanuvis.words import lower_turkish

_ARABIC = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهپچڤگ", "bttchhddrzsssdtz\0gfkklmnhbcfg", strict=True))
    | dict.fromkeys("اويىءئؤأإآةﻻ")
)
# Letters and groups of letters that write one sound, in this order.
_SPELLINGS = (
    ("tch", "c"),
    ("ch", "c"),
    ("ts", "c"),
    ("tz", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("dzh", "c"),
    ("zh", "c"),
    ("dj", "c"),
    ("j", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("ğ", "g"),
    ("ph", "f"),
    ("v", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("q", "k"),
    ("ck", "k"),
    ("x", "ks"),
    ("p", "b"),
    ("w", ""),
    # After the pairs of letters: the h of `Meşhed` is one.
    ("ç", "c"),
    ("ş", "s"),
)
_HARD_C = re.compile("c(?![eiyhkcj])")
_NO_VOWELS = str.maketrans("", "", "aeiouy ")
_TWICE = re.compile(r"(.)\1+")
_ALIKE = 0.8
# Vowels by their sound, as far as Arabic script tells them apart.
_SOUNDED = str.maketrans("oöuüûıieéâáy", "uuuuuiiiiaai")
_LONG = str.maketrans("اوي", "123")
_LONG_SOUNDED = str.maketrans("123", "aui")
_ONE_SOUND = str.maketrans("gzcj", "ksss")
_VOWELS = frozenset("aeıioöuüâîûéáíóúàèاأإآع")
# Articles inside Arabic names, as Latin script spells them.
_ORDINALS = frozenset(
    ("ii", "iii", "iv", "v", "vi", "vii", "viii", "x", "xiv", "xvi", "الاول", "الثاني", "الثالث", "الرابع", "السادس")
)
# Of respect or descent, before a whole name.
_HONORIFICS = frozenset(
    ["seyyid", "seyyit", "seyit", "seyid", "seyed", "seyyed", "sayyid", "sayyed", "sayed", "السيد", "سيد"]
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
    if lower.startswith("x"):
        lower = "s" + lower[1:]
    for spelling, letter in _SPELLINGS:
        lower = lower.replace(spelling, letter)
    return key(lower).translate(_NO_VOWELS)


def _bones(word: str, consonants: str) -> str:
    squeezed = _TWICE.sub(r"\1", consonants.translate(_ONE_SOUND).replace("ts", "s"))
    if len(squeezed) > 2:
        squeezed = squeezed.removesuffix("h")
    return ("'" if word[:1] in _VOWELS else "") + squeezed


def alike(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name: equal as keys, or of one skeleton of three signs or more."""
    first, second = key(a), key(b)
    return first == second or any(_near(x, y, first, second) for x in skeletons(a) for y in skeletons(b))


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


def name_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that tell: without articles, an Abdul with what it belongs to (Abdel Fattah, Abdülfettah)."""
    kept: list[str] = []
    if len(words) > 2 and key(words[0]) in _HONORIFICS:
        words = words[1:]
    for word in words:
        if kept and key(kept[-1]) in ("abd", "abdul", "abdel", "abdal", "abdol", "عبد"):
            kept[-1] += word
        elif key(word) not in _ARTICLES:
            kept.append(word)
    return tuple(kept or words)


def telling(words: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The words of a phrase's name in the way of `name_words`."""
    kept: list[Sequence[str]] = []
    if len(words) > 2 and words[0][0] in _HONORIFICS:
        words = words[1:]
    for forms in words:
        if kept and kept[-1][0] in ("abd", "abdul", "abdel", "abdal", "abdol", "عبد"):
            kept[-1] = [kept[-1][0] + form for form in forms]
        elif forms[0] not in _ARTICLES and forms[0] not in _ORDINALS:
            kept.append(forms)
    return kept or list(words)


def voicing(arabic: str, latin: str) -> float:
    """How alike a word in Arabic script is to one in Latin script with the vowels that both write, 0 to 1.

    `غراندي` has the consonants of Grandi and of Grenade, but the vowels of Grandi.
    """
    bare = key(arabic).removeprefix("ال").translate(_LONG).translate(_ARABIC).replace("\0", "")
    first = bare.translate(_LONG_SOUNDED)
    lower = lower_turkish(latin)
    for spelling, letter in _SPELLINGS:
        if letter:
            lower = lower.replace(spelling, letter)
    second = key(lower).translate(_SOUNDED)
    return SequenceMatcher(None, first.translate(_ONE_SOUND), second.translate(_ONE_SOUND)).ratio()


def begin_alike(a: str, b: str) -> bool:
    """Whether two given names begin with one sound."""
    return bool({bones[:1] for bones in skeletons(a)} & {bones[:1] for bones in skeletons(b)} - {""})


def onsets(word: str) -> set[str]:
    """The consonants that a name may begin with, whatever vowel stands before: Iştiyye, Shtayyeh."""
    return {bones.lstrip("'")[:1] for bones in skeletons(word)}


def whole_alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two whole names sound alike, however they part their words."""
    return likeness(a, b) >= _ALIKE


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike two whole names sound, 0 to 1, however they part their words; 0 where they are too short to tell."""
    first, second = ("".join(skeletons(word)[0] for word in name).replace("'", "") for name in (a, b))
    return SequenceMatcher(None, first, second).ratio() if len(first) > 3 and len(second) > 3 else 0.0


def is_arabic(word: str) -> bool:
    """Whether a word begins with a letter of Arabic script."""
    return "\u0600" <= word[:1] <= "\u06ff"
