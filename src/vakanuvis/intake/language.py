"""Which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

READ: Final = ("tr", "en", "ar")
"""The languages that the model was trained on."""

# Frequent words that the other two languages, and their neighbours in script (Azerbaijani, Persian, Dutch ...), lack.
_FREQUENT: Final = {
    code: frozenset(words.split())
    for code, words in (
        ("tr", "ve bir için olarak olan dedi etti nın nin değil göre arasında sonra kadar tarafından oldu yaptı"),
        ("en", "the and that with from said has was were have their been which would after"),
        ("ar", "في على إلى التي الذي هذا هذه وقال عن ذلك بعد خلال أمس كما بين"),
    )
}
# Letters that other languages of the news lack (in Turkish not in names, which travel), and letters that tell the
# neighbours apart that have them.
_LETTERS: Final = {
    "tr": (re.compile(r"\b[a-zçöşü]\w*[ğı]"), re.compile("[əƏñÑňŇžŽ]")),
    "ar": (re.compile("[ةأإ]"), re.compile("[پچژگکیەڕڵۆێۇ]")),
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOK_AT: Final = 1_000  # characters
_SURE: Final = 0.6


def detect(text: str) -> str | None:
    """The ISO 639-1 code of a text's language (639-3 where there is no shorter one), None where it cannot be told.

    Turkish, English and Arabic are known by their frequent words or letters; only a text without them is put to
    py3langid, as its model takes 0.8 s to load.
    """
    text = text[:_LOOK_AT]
    # As `words.lower_turkish`, which takes ten times as long.
    words = _WORD.findall(unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "ı").lower())
    counts = {code: sum(1 for word in words if word in frequent) for code, frequent in _FREQUENT.items()}
    best, second, _ = sorted(counts, key=lambda code: -counts[code])
    if counts[best] >= 2 and counts[best] * 20 >= len(words) and counts[best] >= 4 * counts[second]:
        return best
    for code, (own, foreign) in _LETTERS.items():
        if own.search(text) and not foreign.search(text):
            return code
    if not words:
        return None
    code, probability = _identifier().classify(text)
    return str(code) if probability >= _SURE else None


def name(code: str) -> str:
    """The English name of a language code; the code itself where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


def normalise(code: str) -> str | None:
    """The language of a tag as in `tr`, `tr-TR`, `en_GB` or `tur`; None where it is no language tag."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_].*)?", code.strip())
    if not match:
        return None
    short = match[1].lower()
    return {"tur": "tr", "eng": "en", "ara": "ar"}.get(short, short)


def warning(code: str | None) -> str | None:
    """What a user should know of reading a report in this language; None for the languages that the model knows."""
    if code is None or code in READ:
        return None
    return f"the text seems to be in {name(code)} ({code}); the model was trained on Turkish, English and Arabic only"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
