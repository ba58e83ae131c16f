"""Words as the chronicle compares them: light stems for search and matching, MinHash for near-duplicate texts.

MinHash and its bands: Broder, "On the resemblance and containment of documents", 1997; Leskovec, Rajaraman, Ullman,
"Mining of Massive Datasets", chapter 3. Everything here is stored, so it must give the same numbers in every version;
that is why it stands on CRC-32 and BLAKE2 and not on a library's hash.
"""

from __future__ import annotations

import itertools
import re
import zlib
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from vakanuvis.words import fold

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ARABIC = re.compile("[\u0600-\u06ff]")

# Endings of Turkish nouns and verbs, then of English, in folded letters (ı=i, ş=s, ğ=g), longest tried first.
_LATIN = """
lar ler lari leri larin lerin larda lerde lardan lerden larini lerini larina lerine larinin lerinin larla
lerle nin nun in un i u yi yu si su sini sunu sina suna sinin sunun sinda sunda sindan sundan siyla suyla yla
yle la le da de ta te dan den tan ten nda nde ndan nden na ne ya ye a e ini unu ina una inda unda indan undan
inin unun daki deki taki teki ki li lu di du ti tu dilar diler tilar tiler mis mus mistir mustur yor iyor uyor
ecek acak yecek yacak digi dugu tigi tugu digini dugunu tigini tugunu en an yen yan erek arak yerek yarak mak
mek ma me masi mesi masini mesini masina mesine manin menin mayi meyi ildi uldu indi undu t d s es ed ing ly
"""
_LATIN_ENDINGS = sorted(_LATIN.split(), key=len, reverse=True)
_ARABIC_STARTS = ("وال", "بال", "فال", "كال", "لل", "ال")
_ARABIC_ENDS = ("ات", "ون", "ين", "ان", "ها", "هم", "ية", "ه", "ة", "ي", "ا")
_SOFT = str.maketrans({"b": "p", "d": "t", "g": "k"})
# Words that tell nothing apart, in folded letters.
_STOP = """
ve ile bir bu da de icin olarak olan oldu ise gibi daha en cok kadar sonra once ancak ki ya veya her o su ne
mi the a an of to in on and for with by at from as that is was were has have had be been it its his her their
he she they after before which who this not في من على الى عن مع ان التي الذي هذا هذه بين بعد قبل قد كان كانت
او و ما لا
"""
STOPWORDS = frozenset(_STOP.split())
LONGEST = 80  # letters of a word that count


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The light stem of one folded word: inflection stripped, at least four letters kept (three in Arabic).

    Turkish endings and their English neighbours are taken off together, as a query rarely says its language. A word
    without end, as hostile texts have, is cut first: taking ending after ending off it would take hours.
    """
    word = word[:LONGEST]
    if _ARABIC.search(word):
        for start in _ARABIC_STARTS:
            if word.startswith(start) and len(word) - len(start) >= 3:
                word = word[len(start) :]
                break
        for end in _ARABIC_ENDS:
            if word.endswith(end) and len(word) - len(end) >= 3:
                return word[: -len(end)]
        return word
    while True:
        for ending in _LATIN_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
        else:
            break
    return word[:-1] + word[-1].translate(_SOFT) if len(word) > 3 else word


def words(text: str) -> list[str]:
    """The folded words of a text in order; what follows an apostrophe (a suffix, a possessive s) is left off."""
    return [token.split("'")[0] for token in _TOKEN.findall(fold(text))]


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without stop words."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


def number(text: str) -> int:
    """A stable signed 64-bit number for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=1 << 17)
def token_number(token: str) -> int:
    """The number under which a stem is kept (cached `number`)."""
    return number(token)


# Number words from two to twelve, and the tens, folded.
_NUMBER_WORDS = """
iki two اثنان اثنين | uc three ثلاث ثلاثه | dort four اربع اربعه | bes five خمس خمسه | alti six ست سته |
yedi seven سبع سبعه | sekiz eight ثماني ثمانيه | dokuz nine تسع تسعه | ten عشر عشره | onbir eleven | oniki twelve
"""
_NUMBERS = {word: n for n, words in enumerate(_NUMBER_WORDS.split("|"), start=2) for word in words.split()}
_TENS_WORDS = """
on | yirmi twenty عشرون عشرين | otuz thirty ثلاثون ثلاثين | kirk forty اربعون اربعين | elli fifty خمسون خمسين |
altmis sixty ستون ستين | yetmis seventy سبعون سبعين | seksen eighty ثمانون ثمانين | doksan ninety تسعون تسعين
"""
_TENS = {word: 10 * n for n, words in enumerate(_TENS_WORDS.split("|"), start=1) for word in words.split()}
_UNITS = {**{word: n for word, n in _NUMBERS.items() if n < 10}, "bir": 1, "one": 1}
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}\b)")


@lru_cache(maxsize=1 << 14)
def figure(text: str) -> int | None:
    """The number of people that words for a group begin with or hold (`11 suspects`, `yirmi üç kişi`), or None."""
    found = words(_THOUSANDS.sub("", text))
    for word, after in itertools.zip_longest(found, found[1:], fillvalue=""):
        if word.isdecimal() and len(word) < 10:
            return int(word)
        if after.startswith("و") and word in _UNITS and after[1:] in _TENS:
            return _TENS[after[1:]] + _UNITS[word]
        if word in _NUMBERS:
            return _NUMBERS[word]
        tens = _TENS.get(word.removeprefix("ال"))
        if tens is not None:
            return tens + _UNITS.get(after, 0)
    return None


_CUSTODY = re.compile(r"\b(?:tutuklan|tutuklad|tutuklam|remand|jail|pre-?trial|حبس|سجن|بحبس|بسجن)")


@lru_cache(maxsize=1 << 14)
def custody(text: str) -> bool:
    """Whether words for an arrest speak of the court's order that comes after it."""
    return _CUSTODY.search(fold(text)) is not None


# ---------------------------------------------------------------- near-duplicates

BANDS, ROWS = 20, 3  # a pair of resemblance 0.5 shares a band in 93 of 100 cases, one of 0.6 in 99
SAME_TEXT = 0.5  # resemblance from which two texts count as one voice
CONTAINED = 0.8  # or the share of the shorter text's shingles that the longer one holds
_PRIME = (1 << 31) - 1
_RANDOM = np.random.RandomState(1299)
_A = _RANDOM.randint(1, _PRIME, BANDS * ROWS).astype(np.uint64)
_B = _RANDOM.randint(0, _PRIME, BANDS * ROWS).astype(np.uint64)


def shingles(text: str) -> frozenset[int]:
    """Numbers of all runs of three words of a text; of the whole text where it has fewer."""
    tokens = words(text)
    if len(tokens) < 3:
        return frozenset({zlib.crc32(" ".join(tokens).encode())}) if tokens else frozenset()
    return frozenset(zlib.crc32(" ".join(tokens[i : i + 3]).encode()) for i in range(len(tokens) - 2))


def bands(shingled: frozenset[int]) -> list[int]:
    """The 64-bit numbers of a text's MinHash bands; texts that share one are compared in full."""
    if not shingled:
        return []
    values = np.fromiter(shingled, dtype=np.uint64, count=len(shingled)) % _PRIME
    lowest = ((values[:, None] * _A + _B) % _PRIME).min(axis=0).reshape(BANDS, ROWS)
    return [number(f"{band}:{row.tolist()}") for band, row in enumerate(lowest)]


def same_text(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two texts are near-duplicates, so that one was copied from the other or both from a third."""
    shared, shorter = len(a & b), min(len(a), len(b))
    if not shared:
        return False
    return shared / len(a | b) >= SAME_TEXT or (shorter >= 15 and shared / shorter >= CONTAINED)
