"""A text as words with exact offsets, and words as subwords of the model.

The text itself is never changed: a word keeps the offsets that it has in the report, and only the form that is looked
up in the vocabulary is normalised (NFKC, no invisible characters, all-capital headlines in title case).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from vakanuvis.words import APOSTROPHES, INVISIBLE, lower_turkish

# Combining marks, variation selectors and invisible characters may stand within a word.
_WITHIN = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_HIDDEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"\w(?:[\w{_WITHIN}{_HIDDEN}]*[\w{_WITHIN}])?|[^\s\w]")
# Marks that are written in several ways and mean one thing.
_ALIKE = dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—", "-")
_SENTENCE_END = frozenset(".!?؟…")
_TURKISH_LETTERS = re.compile("[ıİşŞğĞ]")
# A run of this many capitalised words is a headline in capitals; words up to the second number of letters in it may be
# abbreviations and stay.
_CAPITAL_RUN, _ABBREVIATION = 4, 3


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: spans [start, end) in it, the form of each for the vocabulary, the sentence each is in."""

    starts: list[int]
    ends: list[int]
    forms: list[str]
    sentences: list[int]

    def __len__(self) -> int:
        return len(self.starts)


def split_words(text: str) -> Words:
    """Split a text into words: runs of letters and digits, and single marks of punctuation.

    Words that hold nothing but invisible characters are left out.
    """
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for match in _WORD.finditer(text):
        form = INVISIBLE.sub("", unicodedata.normalize("NFKC", match[0])).replace("i\u0307", "i")
        if not form.strip():
            continue
        at = match.start()
        joined = bool(ends) and ends[-1] == at
        starts.append(at)
        ends.append(match.end())
        form = _ALIKE.get(form, form)
        forms.append(form if joined else "▁" + form)
    _lower_headlines(forms, bool(_TURKISH_LETTERS.search(text)))
    return Words(starts, ends, forms, _sentences(forms))


def _lower_headlines(forms: list[str], turkish: bool) -> None:
    """Put runs of words in capitals into title case, in place."""
    lettered = [i for i, form in enumerate(forms) if any(c.isalpha() for c in form)]
    run: list[int] = []
    for i in [*lettered, -1]:
        if i >= 0 and forms[i].lstrip("▁").isupper():
            run.append(i)
            continue
        if len(run) >= _CAPITAL_RUN:
            for j in run:
                mark, word = ("▁", forms[j][1:]) if forms[j][0] == "▁" else ("", forms[j])
                if len(word) > _ABBREVIATION:
                    forms[j] = mark + word[0] + (lower_turkish(word[1:]) if turkish else word[1:].lower())
        run = []


def _sentences(forms: Sequence[str]) -> list[int]:
    """The number of the sentence that each word is in. A full stop inside a number or name (3.5, d.d) ends none."""
    numbers: list[int] = []
    current = 0
    for i, form in enumerate(forms):
        numbers.append(current)
        spaced = i + 1 == len(forms) or forms[i + 1][0] == "▁" or not forms[i + 1].isalnum()
        if form.lstrip("▁") in _SENTENCE_END and spaced:
            current += 1
    return numbers


class Subwords:
    """The model's vocabulary: word forms to piece ids, remembered for frequent words."""

    _REMEMBER = 200_000

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, forms: Iterable[str]) -> list[tuple[int, ...]]:
        """The piece ids of each word form, at least one each."""
        forms = list(forms)
        # A full memory is exchanged, not cleared: other threads may be reading it.
        known = self._known
        new = [form for form in dict.fromkeys(forms) if form not in known]
        if len(known) + len(new) > self._REMEMBER:
            known = self._known = {}
            new = list(dict.fromkeys(forms))
        for form, encoded in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            known[form] = tuple(encoded.ids)
        return [known[form] for form in forms]
