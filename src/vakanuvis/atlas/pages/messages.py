"""What other rooms say in English sentences, in the language of a page.

Findings, warnings and errors are written in English, for logs, programs and the command line. As in gettext's
catalogues, the English message is the key of its translation. Placeholders are found again in the finished sentence,
and their values are put into the other language as well, as their names say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from vakanuvis.atlas.i18n import Locale
from vakanuvis.atlas.pages.sentences import inflect

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DAY = r"\d{4}(?:-\d{2}){0,2}|\?"
_SHAPES = {"day": _DAY, "start": _DAY, "end": _DAY, "died": _DAY, "number": r"[\d.,]+", "most": r"[\d.,]+"}
_OFFICE = re.compile(r"(.*) \(([A-Z]{3})\)")


def translated(text: str, l: Locale) -> str | None:  # noqa: E741
    """A message in the language of a page; None where it has no words for it, and the English ones must do."""
    if l.language == "en":
        return text
    for pattern, template in _patterns(l.language):
        if match := pattern.fullmatch(text):
            values = {name: _VALUES.get(name, _as_it_is)(value, l) for name, value in match.groupdict().items()}
            return template.format_map(values)
    return None


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """The messages as patterns, those with most words of their own first: `{words}: {day}` fits much."""
    path = files("vakanuvis.atlas").joinpath(f"locales/messages.{language}.toml")
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [pair for group in groups.values() for pair in group.items()]
    pairs.sort(key=lambda pair: -len(_PLACEHOLDER.sub("", pair[0])))
    return [(_pattern(message), template) for message, template in pairs]


def _pattern(message: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(message)
    shaped = [
        f"(?P<{part}>{_SHAPES.get(part, '.+?')})" if i % 2 else re.escape(part) for i, part in enumerate(parts)
    ]  # fmt: skip
    return re.compile("".join(shaped), re.DOTALL)


def _as_it_is(text: str, _: Locale) -> str:
    return text


def _day(text: str, l: Locale) -> str:  # noqa: E741
    return l.partial(text)


def _office(text: str, l: Locale) -> str:  # noqa: E741
    match = _OFFICE.fullmatch(text)
    return f"{l.name(match[1])} ({match[2]})" if match else l.name(text)


def _in(text: str, l: Locale) -> str:  # noqa: E741
    return inflect(l.polity(text), "loc")


def _quoted(text: str, _: Locale) -> str:
    return f"“{text[1:-1]}”" if text[:1] in "'\"" else text


def _filter(text: str, l: Locale) -> str:  # noqa: E741
    return l.get(f"filter.{text}") or text


_VALUES: dict[str, Callable[[str, Locale], str]] = {
    "day": _day, "start": _day, "end": _day, "died": _day, "weekday": lambda text, to: to.weekday(text),
    "name": lambda text, to: to.name(text), "other": lambda text, to: to.name(text), "office": _office,
    "place": lambda text, to: to.place(text), "region": lambda text, to: to.polity(text), "in_told": _in,
    "in_truth": _in, "filter": _filter, "text": _quoted,
}  # fmt: skip
