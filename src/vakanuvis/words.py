"""How words are compared: letters of Turkish, Latin and Arabic script folded to one form.

Imports nothing of the project.
"""

import re
import unicodedata

APOSTROPHES = "'’‘ʼ`´′＇"
# Soft hyphen, zero-width characters, joiners, bidirectional controls, byte-order mark.
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_TO_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ARABIC = dict(zip("أإآٱىةؤئ", "اااايهوي", strict=True)) | {"\u0640": ""}
_PLAIN = {"ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "œ": "oe"}


class _Plain(dict[int, str]):
    """What each character (its code) is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.combining(letter) or INVISIBLE.match(letter):
            plain = ""
        else:
            plain = "'" if letter in APOSTROPHES else (_ARABIC | _PLAIN).get(letter, letter)
        self[code] = plain
        return plain


_FOLDED = _Plain()


def lower_turkish(text: str) -> str:
    """Lower case by Turkish rules: İ becomes i, I becomes ı."""
    return unicodedata.normalize("NFC", text).translate(_TO_LOWER).lower()


def fold(text: str) -> str:
    """The form under which names are compared, equal for `İSRAİL`, `Israil` and `İsrail`; for `أنقرة` and `انقره`.

    Case, diacritics, the dots of ı and i, Arabic vowel signs, hamza carriers and tatweel, invisible characters and the
    kind of apostrophe do not count; runs of white space count as one blank. America's two Arabic spellings are one.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    folded = " ".join(unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED).split())
    return folded.replace("اميرك", "امريك")
