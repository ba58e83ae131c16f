"""The words of time expressions: a phrase as a row of items, each a kind and a value, alike in all three languages.

`data/words.csv` lists the words of each language with their kinds; the grammar (`grammar.py`) knows kinds only.
"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from vakanuvis.resolution.phrases import arabic_forms, key, latin_forms
from vakanuvis.words import APOSTROPHES

_LONGEST = 4
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_CLOCK = re.compile(r"(?<![\d.:/])(?:[01]?\d|2[0-4])[.:][0-5]\d(?![\d./]\d|\d)")
# A case behind a figure's apostrophe; that of a decade (1980'ler) is kept.
_CASE = re.compile(rf"(?<=\d)[{APOSTROPHES}](?!l(?:[ae]r|[ıiuü]\b))[^\W\d]+")
_PIECE = re.compile(rf"\d{{1,9}}|[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*|[-–—/]")
_COMPOUND = re.compile(r"(?<=[^\W\d_])[-–](?=[^\W\d_])")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_DECADE = re.compile(r"(?:s|l[ae]r.*|l[ıiuü])$")
_ORDINAL = {"st", "nd", "rd", "th"}
# What a part of a unit is counted in.
_PARTS = {
    "century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "month": ("day", 30),
    "fortnight": ("day", 14), "week": ("day", 7), "day": ("hour", 24), "hour": ("hour", 1),
}  # fmt: skip
_QUANTITY = {
    "number": "N", "fraction": "F", "half more": "H", "link": "r", "dual": "B",
    "unit": "U", "units": "U", "lasting": "U", "length": "U",
}  # fmt: skip
# A year and a half, two and a half years (iki buçuk yıl), half a year (three quarters of a year).
_BROKEN = re.compile("(?P<behind>(N?U|B)r?N?FU?)|(?P<between>NrN?FN?U|NHU)|N?FN?U")


@dataclass(frozen=True, slots=True)
class Item:
    """One or more words of an expression: a kind of `data/words.csv`, `year`, `clock`, `dash` or `?`, and a value."""

    kind: str
    value: str = ""

    @property
    def number(self) -> int:
        """The value as a number."""
        return int(self.value)


@cache
def _table(language: str) -> dict[str, Item]:
    text = files(__package__).joinpath("data", "words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {key(row["word"]): Item(row["kind"], row["value"]) for row in rows if row["language"] == language}


@cache
def _named_days(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Days that name what happened on them, as `6 Şubat depremleri`, and the year in which it did."""
    text = files(__package__).joinpath("data", "named_days.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [
        (re.compile(rf"\b{row['day']}(?=(?:[{APOSTROPHES}]\w+)? (?:{row['followed_by']}))", re.IGNORECASE), row["year"])
        for row in rows
        if row["language"] == language
    ]


def items(text: str, language: str) -> list[Item]:
    """The items of an expression, words that only fill left out; words that are not known are `?`."""
    text = re.sub(r"\b(mid)-", r"\1 ", text, flags=re.IGNORECASE)
    text = _COMPOUND.sub(" ", _MARKS.sub("", text.translate(_DIGITS)))
    text = _CASE.sub("", text)
    for told, year in _named_days(language):
        text = told.sub(rf"\g<0> {year}", text)
    text = _CLOCK.sub(" \N{ALARM CLOCK} ", text) if not re.search(r"\d[./]\d{1,2}[./]\d{4}", text) else text
    pieces: list[str] = []
    for chunk in text.split("\N{ALARM CLOCK}"):
        pieces += [*_PIECE.findall(chunk), "\N{ALARM CLOCK}"]
    return _whole(_joined(_items(pieces[:-1], language), language))


def _items(pieces: list[str], language: str) -> list[Item]:
    table, found, at = _table(language), [], 0
    while at < len(pieces):
        piece = pieces[at]
        if piece == "\N{ALARM CLOCK}":
            found.append(Item("clock"))
        elif piece.isdecimal():
            at = _digits(pieces, at, found)
            continue
        elif piece in "-–—/":
            found.append(Item("dash"))
        else:
            for end in range(min(len(pieces), at + _LONGEST), at, -1):
                item = _known(pieces[at:end], table, language)
                if item:
                    found.append(item)
                    break
            else:
                found.append(Item("?", piece))
                end = at + 1
            at = end
            continue
        at += 1
    return [item for item in found if item.kind != "fill"]


def _digits(pieces: list[str], at: int, found: list[Item]) -> int:
    """Take in a number with what is glued to it: an ordinal's or a decade's ending, a case."""
    piece, following = pieces[at], pieces[at + 1].casefold() if at + 1 < len(pieces) else ""
    number = int(piece)
    if number in range(20, 100, 10) and _DECADE.match(following):
        found.append(Item("decade", str(1900 + number)))
        return at + 2
    if 1000 <= number <= 2199 and len(piece) == 4:
        if number % 10 == 0 and _DECADE.match(following):
            found.append(Item("decade", piece))
            return at + 2
        found.append(Item("year", piece))
        return at + 1
    found.append(Item("number" if number < 1000 else "?", piece))
    return at + 2 if following in _ORDINAL else at + 1


def _known(run: list[str], table: dict[str, Item], language: str) -> Item | None:
    *first, last = run
    if any(piece.isdecimal() or not piece[0].isalpha() for piece in run):
        return None
    starts = [key(piece) for piece in first]
    for form in _forms(last, language):
        item = table.get(" ".join([*starts, form]))
        if item:
            return item
    if language == "ar" and first:
        for form in _forms(first[0], language)[1:]:
            item = table.get(" ".join([form, *starts[1:], key(last)]))
            if item:
                return item
    return None


def _forms(word: str, language: str) -> tuple[str, ...]:
    if language == "ar":
        return arabic_forms(word)
    if language == "en":
        return (key(_APOSTROPHE.sub(" ", word)), key(_APOSTROPHE.split(word)[0]))
    parts = _APOSTROPHE.split(word)
    return latin_forms(parts[0], parts[0])


def _joined(found: list[Item], language: str) -> list[Item]:
    """Number words that make up one number as one item: on sekiz, twenty-five, خمسة وعشرين."""
    joined: list[Item] = []
    for item in found:
        before = joined[-1] if joined else None
        if before and before.kind == item.kind == "number":
            total = _sum(before.number, item.number, language)
            if total:
                joined[-1] = Item("number", str(total))
                continue
        joined.append(item)
    return joined


def _sum(a: int, b: int, language: str) -> int:
    if b == 100 and a < 10:
        return a * 100
    if a % 10 == 0 and a >= 10 and b < 10:
        return a + b
    if language == "ar" and a < 10 and b % 10 == 0 and b >= 10:
        return a + b
    return 0


def _whole(found: list[Item]) -> list[Item]:
    """Units in fractions as whole ones of a smaller unit: half a century as 50 years, iki buçuk yıl as 30 months."""
    letters = "".join(_QUANTITY.get(item.kind, " ") for item in found)
    made, at = [], 0
    for match in _BROKEN.finditer(letters):
        made += found[at : match.start()] + _counted(found[match.start() : match.end()], match)
        at = match.end()
    made += found[at:]
    return [Item("?", item.value) if item.kind in ("fraction", "half more") else item for item in made]


def _counted(run: list[Item], match: re.Match[str]) -> list[Item]:
    letters = match.group()
    units = [item for item in run if _QUANTITY[item.kind] in "UB"]
    if len({item.value for item in units}) > 1:
        return run
    broken = next(at for at, letter in enumerate(letters) if letter in "FH")
    count = Fraction(run[0].number if letters[0] == "N" else 2 if letters[0] == "B" else 1)
    part = Fraction(1, run[broken].number)
    count = count + part if match["behind"] or match["between"] else count * part
    name, size = _PARTS[units[0].value]
    kind = units[0].kind if units[0].kind in ("lasting", "length") else "unit"
    return [Item("number", str(math.ceil(count * size))), Item(kind, name)]
