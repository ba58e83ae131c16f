"""What the atlas says in Turkish and in English: its words, names, numbers and dates.

The words lie in `locales/{tr,en}.toml`. A value with `|` has the form for one before it and that for many behind it.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal, format_percent
from starlette.requests import Request

from vakanuvis.ontology import STATUSES
from vakanuvis.words import lower_turkish

if TYPE_CHECKING:
    from vakanuvis.resolution.register import Register

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")
LANGUAGES = {"tr": "Türkçe", "en": "English"}
COOKIE = "vakanuvis-language"


def chosen(request: Request) -> str:
    """The language of an answer: the address's, else the one kept, else the browser's first that we have."""
    wishes = [request.query_params.get("lang", ""), request.cookies.get(COOKIE, "")]
    accepted = request.headers.get("accept-language", "").split(",")
    wishes += [wish.partition(";")[0].strip()[:2].lower() for wish in accepted]
    return next((wish for wish in wishes if wish in LANGUAGES), "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """All words of a language, by their dotted keys."""
    table = tomllib.loads(files(__package__).joinpath(f"locales/{language}.toml").read_text(encoding="utf-8"))
    return dict(_flat(table))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


class Locale:
    """One language as templates use it: `l("key", n=3)`, `l.day(...)`, `l.number(...)`, `l.name(...)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = words(language)

    def __call__(self, key: str, /, n: int | None = None, **values: Any) -> str:
        """The words of a key.

        Args:
            key: dotted key of the locale's table.
            n: the number that the words are about.
            values: what stands in the words' braces.

        Raises:
            KeyError: the locale has no such words.
        """
        text = self._words[key]
        if n is not None:
            one, _, many = text.partition("|")
            text = one if n == 1 or not many else many
            values["n"] = self.number(n)
        return text.format_map(values) if values else text

    def get(self, key: str) -> str | None:
        """The words of a key as they stand in the table; None where it has none."""
        return self._words.get(key)

    def code(self, table: str, code: str | None) -> str:
        """What a code of the ontology is called; the code itself where it has no name here."""
        if code is None:
            return ""
        return self._words.get(f"{table}.{code}", code.replace("_", " "))

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number, grouped; empty for none."""
        return "" if value is None else _number(value, digits, self.language)

    def percent(self, value: float | None) -> str:
        """A share in percent; empty for none."""
        return "" if value is None else format_percent(value, locale=self.language)

    def day(self, value: date | str | None, width: str = "long") -> str:
        """A day; empty for none."""
        if isinstance(value, str):
            value = datetime.fromisoformat(value).date()
        return "" if value is None else _date(value, width, self.language)

    def partial(self, text: str | None, width: str = "long") -> str:
        """A day of which the month or the day may be unknown: `2023`, `2023-06` or `2023-06-03`; all else as it is."""
        if text and _ISO_DAY.fullmatch(text):
            return self.day(text, width)
        if text and _ISO_MONTH.fullmatch(text):
            return self.month(date.fromisoformat(f"{text}-01"))
        return text or ""

    def weekday(self, english: str) -> str:
        """A day of the week, by its English name, as it stands within a sentence."""
        if self.language == "en":
            return english
        number = list(get_day_names("wide", locale="en").values()).index(english)
        return lower_turkish(list(get_day_names("wide", locale=self.language).values())[number])

    def month(self, value: date) -> str:
        """A month of a year."""
        return _date(value, "LLLL yyyy", self.language)

    def time(self, value: str | None) -> str:
        """A time of publication in ISO 8601; the day alone where it is midnight; empty for none."""
        if not value:
            return ""
        moment = datetime.fromisoformat(value)
        if not (moment.hour or moment.minute):
            return self.day(moment.date())
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def days(self, row: Mapping[str, Any]) -> str:
        """The days of an event or a happening, from its `day`, `last_day` and `precision`."""
        first, last = row["day"], row["last_day"] or row["day"]
        if first is None:
            return self("when.unknown")
        match row.get("precision"):
            case "month":
                return self.month(first)
            case "year":
                return str(first.year)
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            if self.language == "tr":
                return f"{first.day}–{self.day(last)}"
            return f"{_date(first, 'MMMM d', 'en')}–{_date(last, 'd, yyyy', 'en')}"
        return f"{self.day(first)} – {self.day(last)}"

    def name(self, name: str | None) -> str:
        """A name of the register in this language; any other as it is."""
        if not name:
            return ""
        return names(self.language).get(name, name)

    def side(self, kind: str, value: str) -> str:
        """What one side of a contradiction says: a status, a day or a place in this language, all else as it is."""
        if kind == "status":
            english = {words("en")[f"status.{code}"]: code for code in STATUSES}
            return self.code("status", english.get(value, value))
        if kind == "day" and _ISO_DAY.fullmatch(value):
            return self.day(value)
        if kind == "place":
            name, comma, country = value.rpartition(", ")
            return f"{self.place(name)}, {country}" if comma else self.place(value)
        return value

    def place(self, name: str | None) -> str:
        """A place of the gazetteer by its English name; a country as the register has it."""
        return _place(name, self.language) if name else ""

    def polity(self, key: str) -> str:
        """A polity by its code, an organisation or a person by its id, anything else by its name."""
        return _polity(key, self.language)

    def compound(self, name: str) -> bool:
        """Whether a name is an organisation's whose last word has a possessive ending, as most in Turkish have."""
        return name in _compounds() and name[-1:] in "ıiuü"

    def known(self, name: str) -> bool:
        """Whether the register has this name, so that it may be inflected."""
        return name in names(self.language)

    def listed(self, names_: Iterable[str]) -> str:
        """Names as a list in words."""
        found = list(dict.fromkeys(self.name(name) for name in names_))
        if len(found) < 2:
            return "".join(found)
        return f"{', '.join(found[:-1])} {self('and')} {found[-1]}"


@cache
def _register() -> Register:
    from vakanuvis.resolution.register import load

    return load()


# A page writes the same few names, days and numbers over and over.
@lru_cache(maxsize=1 << 14)
def _place(name: str, language: str) -> str:
    return places(language).get(name) or _polity(_country(name) or name, language)


@lru_cache(maxsize=1 << 14)
def _polity(key: str, language: str) -> str:
    register = _register()
    entry = register.polity(key) or register.organisation(key) or register.person(key)
    return locale(language).name(entry.name_en if entry else key)


@lru_cache(maxsize=1 << 14)
def _number(value: float, digits: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=language).replace("-", "−")


@lru_cache(maxsize=1 << 14)
def _date(value: date, width: str, language: str) -> str:
    return format_date(value, width, locale=language)


@cache
def locale(language: str) -> Locale:
    """The locale of a language."""
    return Locale(language)


def prepare(language: str) -> None:
    """Load all that a locale needs."""
    made = locale(language)
    made.day(date.today(), "full")
    made.number(1)
    for load in (names, places):
        load(language)
    _compounds()
    _country("")


@cache
def places(language: str) -> Mapping[str, str]:
    """What the gazetteer's English names are in a language, where it has another name."""
    found: dict[str, str] = {}
    folder = files("vakanuvis.resolution.places").joinpath("data")
    for table in ("exonyms.csv", "places.csv"):
        for row in csv.DictReader(io.StringIO(folder.joinpath(table).read_text(encoding="utf-8"))):
            name = row[language].partition("|")[0]
            if name:
                found.setdefault(row["name"], name)
    return found


@cache
def _compounds() -> frozenset[str]:
    names = [organisation.name_tr for organisation in _register().organisations()]
    names += [polity.name_tr for polity in _register().polities() if polity.kind in ("bloc", "nonstate")]
    return frozenset(name for name in names if " " in name)


@cache
def _country(name: str) -> str | None:
    """The code of the country that has a name, as gazetteers write it."""
    return next((e.id for e in _register().lookup(name) if e.kind == "polity" and e.via in ("name", "alias")), None)


@cache
def names(language: str) -> Mapping[str, str]:
    """What the register's English names are in a language. Of two who share a name, either has it alike."""
    register = _register()
    found: dict[str, str] = {}
    for entries in (register.persons(), register.organisations(), register.polities()):
        for entry in entries:
            found[entry.name_en] = getattr(entry, f"name_{language}") or entry.name_en
    for office in register.offices():
        found.setdefault(office.name_en, getattr(office, f"name_{language}") or office.name_en)
    return found
