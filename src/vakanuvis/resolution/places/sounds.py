"""The consonants of a place name, alike for its Turkish and English spellings: Cinderes, Jindires; Halep, Haleb."""

from __future__ import annotations

import re

from vakanuvis.resolution.phrases import key
from vakanuvis.words import lower_turkish

_ARTICLE = re.compile(r"\b(?:al|el|ad|ar|as|at|az|an|ash|eş|es|ed|er|et|ez|en)[ -]")
# Letters and groups of letters that write one sound, in this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("dzh|dj|tch|ch|ç|j|zh|c(?![k])", "c"),
        ("sch|sh|ş", "s"),
        ("kh", "h"),
        ("gh|ğ", "g"),
        ("ph|v|w(?=[aeiou])", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("q|ck", "k"),
        ("x", "ks"),
        ("p", "b"),
    )
]


def consonants(name: str) -> str:
    """The consonants of a name, without article, vowels, w and y, double ones once."""
    bare = _ARTICLE.sub("", lower_turkish(name))
    for pattern, sound in _SOUNDS:
        bare = pattern.sub(sound, bare)
    bare = re.sub("[aeiouwy ]", "", key(bare))
    return re.sub(r"(.)\1+", r"\1", bare)
