"""The numbers of dead and injured that a report gives for an event.

A statement is a number with a word of death or injury near it in one sentence: *37 kişi öldü*, *killing at least 73*,
*مقتل 12 شخصا*. It belongs to the nearest violent event of its sentence, else to the last one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vakanuvis.records import Event, Mention
from vakanuvis.words import lower_turkish

_VIOLENT: Final = ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE")

_UNITS: Final = {
    word: value
    for words, value in (
        ("bir one واحد", 1), ("iki two اثنين اثنان", 2), ("üç three ثلاثة ثلاث", 3), ("dört four أربعة أربع", 4),
        ("beş five خمسة خمس", 5), ("altı six ستة ست", 6), ("yedi seven سبعة سبع", 7), ("sekiz eight ثمانية ثماني", 8),
        ("dokuz nine تسعة تسع", 9), ("ten عشرة عشر", 10), ("on", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13),
        ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19),
        ("yirmi twenty عشرين عشرون", 20), ("otuz thirty ثلاثين ثلاثون", 30), ("kırk forty أربعين أربعون", 40),
        ("elli fifty خمسين خمسون", 50), ("altmış sixty ستين ستون", 60), ("yetmiş seventy سبعين سبعون", 70),
        ("seksen eighty ثمانين ثمانون", 80), ("doksan ninety تسعين تسعون", 90),
    )
    for word in words.split()
}  # fmt: skip
_SCALES: Final = {"yüz": 100, "hundred": 100, "bin": 1000, "thousand": 1000, "مئة": 100, "مائة": 100, "ألف": 1000}
_DIGITS: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_ARABIC_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

# Stems of words that tell of death and of injury; in Turkish and Arabic the word follows or precedes with affixes.
_DEAD: Final = re.compile(
    r"\b(?:öl(?:dü|en|ürken|mesi|düğü|müş|ü\b|üm|ü\s+sayısı)\w*|öldür\w*|hayatını\s+(?:kaybet|yitir)\w*|hayatlarını\s+kaybet\w*"
    r"|yaşamını\s+(?:yitir|kaybet)\w*|can\s+(?:verdi|kaybı|verme)\w*|şehit\w*|etkisiz\s+hale\s+getiril\w*|katledil\w*"
    r"|killed|killing|kills|dead|died|deaths?|death\s+toll|slain|executed|lost\s+their\s+lives|fatalities"
    r"|و?ب?(?:مقتل|قتل|قتلت|قتلى|قتيلا?|قتلوا|استشهد|استشهاد|شهيدا?|شهداء|وفاة|مصرع|اغتيال))\b",
)
_INJURED: Final = re.compile(
    r"\b(?:yaralan\w*|yaralı\w*|yaralandı\w*|injured|injuring|injuries|injures|wounded|wounding|wounds|hurt"
    r"|و?ب?(?:إصابة|أصيب|أصيبوا|جرح|جريحا?|جرحى|مصابا?|مصابين|إصابات))\b",
)
_SENTENCE: Final = re.compile(r"[^.!?؟…\n]*(?:[.!?؟…](?=\d)[^.!?؟…\n]*)*[.!?؟…\n]?")
# Words between a number and its word of death that show that the number counts something else.
_OTHER: Final = re.compile(
    r"\b(?:yaşında\w*|yıl\w*|ay(?:lık|dır)?|gün\w*|saat\w*|dakika\w*|kilometre\w*|years?|days?|hours?|months?|weeks?|minutes?"
    r"|kilometres?|yüzde|percent|milyon\w*|million|dolar\w*|dollars?|lira\w*|euros?|avro\w*|عام\w*|سنة|أيام|يوم\w*|ساعة)\b"
)
_REACH: Final = 45  # characters between a number and its word


def count_casualties(text: str, mentions: Sequence[Mention], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with `dead` and `injured` where the report tells the numbers."""
    counts: dict[str, dict[str, int]] = {}
    violent = [e for e in events if e.type in _VIOLENT and e.status in ("actual", "historical")]
    times = [(m.start, m.end) for m in mentions if m.type == "TIME"]
    if not violent:
        return tuple(events)
    for sentence in _SENTENCE.finditer(text):
        words = lower_turkish(sentence[0])
        if len(words) != len(sentence[0]):  # decomposed letters: places in it would be off
            continue
        inside = [e for e in violent if sentence.start() <= e.start < sentence.end()]
        before = [e for e in violent if e.end <= sentence.start() and e.type == "ASSAULT"]
        numbers = [
            n for n in _numbers(words)
            if not any(a <= sentence.start() + n[0] < z for a, z in times)
        ]  # fmt: skip
        for kind, pattern in (("dead", _DEAD), ("injured", _INJURED)):
            told = _told(words, numbers, pattern, _INJURED if kind == "dead" else _DEAD)
            if told is None:
                continue
            at, value = told
            near = sorted(inside, key=lambda e: abs(e.start - sentence.start() - at)) or before[-1:]
            if near and kind not in counts.setdefault(near[0].id, {}):
                counts[near[0].id][kind] = value
    return tuple(
        replace(e, dead=counts[e.id].get("dead"), injured=counts[e.id].get("injured")) if e.id in counts else e
        for e in events
    )


def _numbers(words: str) -> list[tuple[int, int, int]]:
    """The numbers of a sentence in lower case: start, end, value."""
    found = []
    plain = words.translate(_ARABIC_DIGITS)
    for match in re.finditer(rf"(?:{_DIGITS.pattern})(?:\s+(?:bin|thousand|ألف))?|\b[^\W\d_]+\b", plain):
        token = match[0]
        digits = _DIGITS.match(token)
        if digits:
            value = int(re.sub(r"[.,]", "", digits[0])) * (1000 if len(token) > len(digits[0]) else 1)
            found.append((match.start(), match.end(), value))
        elif token in _UNITS or token in _SCALES:
            last = found[-1] if found else None
            joined = last is not None and plain[last[1] : match.start()] in (" ", "-", " and ", " و")
            if last and joined and not _DIGITS.match(plain, last[0]):
                value = last[2] * _SCALES[token] if token in _SCALES else last[2] + _UNITS[token]
                found[-1] = (last[0], match.end(), value)
            elif token in _UNITS:
                found.append((match.start(), match.end(), _UNITS[token]))
    return found


def _told(
    words: str, numbers: list[tuple[int, int, int]], pattern: re.Pattern[str], rival: re.Pattern[str]
) -> tuple[int, int] | None:
    """Where a sentence tells a number of this kind, and the number: the nearest that no rival word stands nearer to."""
    best: tuple[int, int, int] | None = None
    for match in pattern.finditer(words):
        for start, end, value in numbers:
            gap = words[end : match.start()] if end <= match.start() else words[match.end() : start]
            if len(gap) > _REACH or _OTHER.search(gap) or rival.search(gap) or ";" in gap:
                continue
            if end > match.start() and _OTHER.match(words[end : end + 14].lstrip()):
                continue
            far = len(gap) + _REACH * ("," in gap)  # a comma parts a statement from the next
            if best is None or far < best[0]:
                best = (far, match.start(), value)
    return (best[1], best[2]) if best else None
