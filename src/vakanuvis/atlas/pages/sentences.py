"""A happening told in one sentence made from its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vakanuvis.atlas.i18n import Locale
from vakanuvis.words import lower_turkish

_FORMS = {"actual": 0, "historical": 0, "future": 1, "hypothetical": 2, "negated": 3}
_MOST = 3  # names in a row; of more, one fewer and how many others there are


def sentence(row: Mapping[str, Any], l: Locale) -> str:  # noqa: E741
    """The sentence for an event or a happening, without its place and day, which stand before it.

    Args:
        row: with type, mode, status, actor and recipient.
        l: the language.
    """
    who = _names(row["actor"] or (), l) or l("nobody")
    text = (_turkish if l.language == "tr" else _english)(row, who, l)
    tolls = [l(f"happening.{name}", n=row[name]) for name in ("dead", "injured") if row.get(name)]
    return "; ".join([text, *tolls]) + "."


def _names(names: Sequence[str], l: Locale, others: str = "others") -> str:  # noqa: E741
    found = list(dict.fromkeys(l.name(_short(name)) for name in names))
    if len(found) > _MOST:
        found[_MOST - 1 :] = [l(others, n=len(found) - _MOST + 1)]
    return l.listed(found)


def _short(name: str) -> str:
    return name if len(name) < 80 else name[:78] + " …"


def _act(row: Mapping[str, Any], part: str, l: Locale) -> str | None:  # noqa: E741
    return l.get(f"act.{row['type']}.{row['mode']}.{part}") or l.get(f"act.{row['type']}.{part}")


def _english(row: Mapping[str, Any], who: str, l: Locale) -> str:  # noqa: E741
    whom = _names(row["recipient"] or (), l)
    own = bool(l.get(f"act.{row['type']}.{row['mode']}.past"))
    to = l.get(f"act.{row['type']}.{row['mode']}.to") if own else l.get(f"act.{row['type']}.to")
    return l(
        f"sentence.{row['status']}", who=who, past=_act(row, "past", l), base=_act(row, "base", l),
        whom=(to or " {}").replace("{}", whom) if whom else "",
    )  # fmt: skip


def _turkish(row: Mapping[str, Any], who: str, l: Locale) -> str:  # noqa: E741
    verb = (_act(row, "forms", l) or "|||").split("|")[_FORMS[row["status"]]]
    names = row["recipient"] or ()
    whom, to = _names(names, l), _act(row, "to", l)
    if not whom or not to:
        text = l("sentence.alone", who=who, verb=verb)
    elif len(names) <= _MOST and not all(l.known(name) for name in names):
        # Words of a report may end in a suffix of their own, and take no second one.
        text = l("sentence.reported", who=who, whom=whom, verb=verb)
    else:
        text = l("sentence.whom", who=who, whom=_inflected(to, names, l), verb=verb)
    return l("sentence.denied", text=text) if row["status"] == "negated" else text


def _inflected(to: str, names: Sequence[str], l: Locale) -> str:  # noqa: E741
    for case in ("nom", "acc", "dat", "abl", "ins"):
        if f"{{{case}}}" in to:
            whom, others = _names(names, l), _names(names, l, f"others_{case}")
            if whom == others:  # all are named, so that the last name takes the ending
                others = inflect(whom, case, compound=l.compound(whom.rpartition(f" {l('and')} ")[2]))
            return to.replace(f"{{{case}}}", others)
    return to


_BACK, _ROUND = "aıou", "oöuü"
_VOWELS = "aeıioöuüâîû"
_HARD = "fstkçşhp"


def inflect(name: str, case: str, *, compound: bool = False) -> str:
    """A proper name in a case of Turkish, after an apostrophe, by vowel and consonant harmony.

    Args:
        name: as it is written; a foreign one is inflected as if it were read in Turkish.
        case: nom, acc, dat, loc, abl or ins.
        compound: whether its last word has a possessive ending (`Dışişleri Bakanlığı`), after which an n comes.
    """
    if case == "nom":
        return name
    if case == "ins":
        return f"{name} ile"
    bare = lower_turkish(re.sub(r"\W*\([^)]*\)$|\W+$", "", name))
    vowels = [letter for letter in bare if letter in _VOWELS]
    last = {"â": "a", "î": "i", "û": "u"}.get(vowels[-1], vowels[-1]) if vowels else "e"
    wide = "a" if last in _BACK else "e"
    narrow = ("u" if last in _ROUND else "ı") if last in _BACK else ("ü" if last in _ROUND else "i")
    after_vowel = bare[-1:] in _VOWELS
    hard = bare[-1:] in _HARD and bare != ""
    link = ("n" if compound else "y") if after_vowel else ""
    dental = "nd" if compound and after_vowel else ("t" if hard else "d")
    ending = {"acc": link + narrow, "dat": link + wide, "loc": dental + wide, "abl": f"{dental}{wide}n"}[case]
    return f"{name}’{ending}"
