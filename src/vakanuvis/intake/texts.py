"""What counts as the text of a report, and how bytes become text."""

from __future__ import annotations

import codecs
import re
from typing import Final

from vakanuvis.words import INVISIBLE

# One report may be this long, some 40,000 words: the model holds all mentions and triggers of a report at once, and
# needs 0.8 GB for one of this length. What is longer is a collection.
MAX_CHARACTERS: Final = 250_000
# No text of that length has more bytes than this.
MAX_BYTES: Final = 4 * MAX_CHARACTERS

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
_VISIBLE: Final = re.compile(rf"[^\s{INVISIBLE.pattern[1:-1]}]")
_CONTROLS: Final = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\x0c\r\x1b"]
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Signs that touch a letter: rare in Windows-1254, common where another code page's letters are read as Windows-1254.
_SIGN_AT_LETTER: Final = re.compile(
    r"(?<=[^\W\d_])[\u0080-\u009f¡-¦¨-ª¬®-³µ¶¸-º¼-¿]|[\u0080-\u009f¡-¦¨-ª¬®-³µ¶¸-º¼-¿](?=[^\W\d_])"
)
_NON_LATIN: Final = ["cp1256", "iso8859_6", "cp1251", "koi8_r", "iso8859_5", "cp1253", "iso8859_7", "cp1255"]
# What browsers take these labels for (WHATWG Encoding Standard).
_BROWSER_LABELS: Final = {"iso8859-9": "cp1254", "iso8859-1": "cp1252", "ascii": "cp1252"}


def fault(text: str) -> str | None:
    """What keeps a text from being read as one report, in words for a user; None if nothing does."""
    if len(text) > MAX_CHARACTERS:
        return (
            f"{len(text):,} characters in one report; at most {MAX_CHARACTERS:,} are read as one. "
            "Split it, for example into JSON Lines with one report a line"
        )
    if not _VISIBLE.search(text):
        return "empty: there is no text in it"
    broken = _SURROGATE.search(text)
    if broken:
        return f"broken text: half a character (a lone surrogate) at offset {broken.start()}"
    if "\0" in text or _too_many(sum(map(text.count, _CONTROLS)), len(text)):
        return "binary data, no text"
    return None


def decode(data: bytes, declared: str | None = None) -> str:
    """Turn bytes into text without changing a character: byte-order mark and line ends stay.

    UTF-8, or what a byte-order mark says; else the encoding that the data declare; else the most likely one:
    Windows-1254 (which holds ISO-8859-9) for Latin script, otherwise what charset-normalizer finds. UTF-8 with a few
    broken bytes stays UTF-8, with U+FFFD in the place of each.

    Args:
        data: the bytes.
        declared: the encoding's name that the data give for themselves, such as a page's `charset`.

    Raises:
        ValueError: it is no text; the message says what it seems to be.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ValueError(f"{name}, no text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if b"\0" in data or _too_many(sum(data.count(c.encode()) for c in _CONTROLS), len(data)):
        raise ValueError("binary data, no text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    if whole > broken and broken <= max(1, whole // 10):
        return text
    if declared:
        try:
            codec = codecs.lookup(declared).name
            return data.decode(_BROWSER_LABELS.get(codec, codec))
        except (LookupError, UnicodeDecodeError):
            pass
    return _guess(data)


def _too_many(controls: int, characters: int) -> bool:
    """Whether so many control characters speak against a text."""
    return controls > 8 and controls * 50 > characters


def _guess(data: bytes) -> str:
    high = sum(1 for byte in data if byte > 0x7F)
    latin = sum(1 for byte in data if chr(byte).isascii() and chr(byte).isalpha())
    if latin > high:
        text = data.decode("cp1254", errors="replace")
        if len(_SIGN_AT_LETTER.findall(text)) * 10 <= high:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=None if latin > high else _NON_LATIN).best()
    if best is None:
        raise ValueError("binary data, or text in an encoding that is not known")
    return data.decode(best.encoding, errors="replace")
