"""How pages are made: templates that escape all, the reader's language, and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from vakanuvis.atlas import i18n
from vakanuvis.atlas.api.parameters import FILTERS, Query
from vakanuvis.atlas.pages.marks import plain
from vakanuvis.atlas.pages.messages import translated
from vakanuvis.atlas.pages.sentences import sentence
from vakanuvis.ontology import ontology

NAVIGATION = (
    ("today", "/"),
    ("happenings", "/happenings"),
    ("reports", "/reports"),
    ("actors", "/actors"),
    ("dyad", "/dyads"),
    ("map", "/map"),
    ("network", "/network"),
    ("expectations", "/expectations"),
    ("contradictions", "/contradictions"),
    ("read", "/read"),
    ("about", "/about"),
)
KEPT = 365 * 24 * 3600  # seconds that the choice of a language is kept
ROWS = 25  # of a list, on one page
_LAST_PAGE = 4000

Row = dict[str, Any]


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("vakanuvis.atlas"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"plain": plain, "part": part, "short": short, "isolated": isolated, "code": code}
    made.globals |= {
        "address": address, "quad": quad, "is_web": is_web, "sentence": sentence, "translated": translated,
        "navigation": NAVIGATION, "static": static, "version": version("vakanuvis"), "ontology": ontology(),
        "min": min, "max": max,
    }  # fmt: skip
    return made


def prepare() -> None:
    """Load templates, words and names, so that the first reader does not wait for them."""
    for name in _templates().list_templates():
        _templates().get_template(name)
    for language in i18n.LANGUAGES:
        i18n.prepare(language)


def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of a template, in the reader's language."""
    language = i18n.chosen(request)
    html = _templates().get_template(template).render(
        values, l=i18n.locale(language), request=request, path=request.url.path, here=_Here(request),
        languages=i18n.LANGUAGES,
    )  # fmt: skip
    response = HTMLResponse(html, status, {"content-language": language})
    if request.query_params.get("lang") in i18n.LANGUAGES:
        response.set_cookie(i18n.COOKIE, language, max_age=KEPT, samesite="lax", httponly=True)
    return response


def listed(request: Request, of: str, orders: tuple[str, ...]) -> HTMLResponse:
    """The page of a list that takes all filters, an order, and the number of a page.

    Args:
        request: the request.
        of: the question to the chronicle, after which the template is called as well.
        orders: the orders that it can have, the usual one first.
    """
    chronicle, given = request.app.state.chronicle, filters(request)
    at, by = number(request), order(request, orders)
    rows = getattr(chronicle, of)(order=by, limit=ROWS, offset=(at - 1) * ROWS, **given).to_pylist()
    return page(
        request, f"{of}.html", rows=rows, total=chronicle.total(of, **given), number=at, rows_a_page=ROWS, order=by,
        orders=orders, given=given,
    )  # fmt: skip


class _Here:
    """The address of the page that is asked for, with parameters changed: `here(page=2)`; None takes one away."""

    def __init__(self, request: Request) -> None:
        self._path, self._query = request.scope["path"], request.query_params

    def __call__(self, path: str | None = None, /, **changes: Any) -> str:
        pairs = [(k, v) for k, v in self._query.multi_items() if k not in changes and v]
        pairs += [(k, str(v)) for k, v in changes.items() if v is not None]
        if "lang" not in changes:
            pairs = [(k, v) for k, v in pairs if k != "lang"]
        # The path is encoded anew: it may hold what an address may not.
        return (quote(self._path) if path is None else path) + (f"?{urlencode(pairs)}" if pairs else "")


def address(*parts: str, **query: Any) -> str:
    """An address of the atlas from parts of any characters: `address("reports", id)`."""
    path = "/" + "/".join(quote(p, safe="") for p in parts)
    pairs = {key: value for key, value in query.items() if value not in (None, "")}
    return path + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")


@cache
def static(name: str) -> str:
    """The address of a file under static/, which changes with what the file holds."""
    data = files("vakanuvis.atlas").joinpath("static", name).read_bytes()
    return f"/static/{name}?{blake2b(data, digest_size=6).hexdigest()}"


def part(text: str) -> str:
    """A text as one part of an address."""
    return quote(text, safe="")


def short(text: str, longest: int = 160) -> str:
    """A text cut at a blank."""
    shown = plain(text[: longest + 1])
    return shown if len(shown) <= longest else shown[:longest].rsplit(" ", 1)[0] + " …"


def isolated(text: str) -> Markup:
    """A text in whose lines words of right-to-left scripts change nothing but themselves."""
    return Markup(_RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", str(escape(text))))


def code(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


# Hebrew, Arabic and their neighbours: a word, or several in a row.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]+(?:[\\s\u200c-\u200f]+[{_LETTERS}]+)*")


def quad(event_type: str) -> int:
    """The number of a type's quad category."""
    return ontology().quad_code(event_type)


def is_web(url: str | None) -> bool:
    """Whether an address leads to the web, and not to a script."""
    if not url:
        return False
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def filters(request: Request, *also: str) -> dict[str, Any]:
    """The filters of a page's address. Empty fields of its form do not count.

    Args:
        request: the request.
        also: names of further parameters, of no concern here.

    Raises:
        FilterError: one is unknown or not understood.
    """
    ours = {"page", "lang", "order", *also}
    given = [(k, v) for k, v in request.query_params.multi_items() if v and k not in ours]
    return Query(FILTERS).read(type(request.query_params)(given))


def number(request: Request) -> int:
    """The number of the page of a list that is asked for."""
    text = request.query_params.get("page", "1")
    return min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1


def order(request: Request, orders: Iterable[str]) -> str:
    """The order that is asked for, the first one where it is none of those."""
    orders = list(orders)
    asked = request.query_params.get("order", "")
    return asked if asked in orders else orders[0]


def last_day(info: Mapping[str, Any]) -> date:
    """The day that a chronicle counts as its today: its last one, or the real one where that comes earlier."""
    return min(info["last_day"] or date.today(), date.today())
