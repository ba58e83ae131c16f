"""What somebody is only willing, ready or minded to do: it has not been done, whatever the act's own word looks like.

Of the annotated events outside the test part 83 are so told, and none of them is annotated as actual (a test counts).
"""

from __future__ import annotations

import re

from vakanuvis.extraction.tokens import Words
from vakanuvis.words import fold

_AROUND = 8  # words before or after a trigger that are looked at
_INVISIBLE_START = "▁"  # begins the form of a word that does not touch the one before

# Turkish: the act, where need be with a light verb, in -maya or -meye, and then the will. Folded letters.
_LIGHT = r"(?:yap|ed|et|ustlen|oyna|ver|sagla|sun|basla|katil|gonder|yurut|bulun|don|otur|gir)"
_WILL_AFTER = re.compile(
    rf"(?:\w*m[ae]y[ae]|\w+(?: (?:rolu|gorevi|girisimi|girisiminde))?(?: devam)? {_LIGHT}[iu]?y?m[ae]y[ae])"
    r" (?:\w+ )?(?:istekli|niyetli|talip|gonullu|hevesli|hazir)"
)
# English: the will, and then the act as a verb, or as the noun of a light verb.
_WILL_BEFORE = re.compile(
    r"\b(?:(?:willing|ready|prepared|keen|eager|poised|willingness|readiness) to(?: \w+ly)?"
    r"(?: (?:hold|host|provide|send|offer|give|resume|start|begin|join|play|launch|make)(?: \w+)?)?"
    r"|(?:ready|willingness|readiness) for(?: \w+)?)$"
)
# Arabic: the will, and then the act after a preposition, which may be a letter of the same word.
_ARABIC_WILL = re.compile(r"\b\w{0,3}(?:مستعد|استعداد|راغب|رغب)\w*(?: \w+)?(?P<apart> في| ل)?$")


def only_willing(words: Words, first: int, last: int) -> bool:
    """Whether the words around a trigger, the words from `first` to `last`, say that somebody would do it."""
    sentence = words.sentences[first]
    before = max(0, first - _AROUND)
    while words.sentences[before] != sentence:
        before += 1
    end = min(len(words), last + 1 + _AROUND)
    left, trigger = _told(words, before, first), _told(words, first, last + 1)
    if _WILL_BEFORE.search(left):
        return True
    if arabic := _ARABIC_WILL.search(left):
        return bool(arabic["apart"]) or trigger.startswith("ل")
    return bool(_WILL_AFTER.match(_told(words, last, end)))


def _told(words: Words, first: int, end: int) -> str:
    """Words as a text of folded letters; a word that touches the one before it is not set apart."""
    return fold("".join(words.forms[first:end]).replace(_INVISIBLE_START, " "))
