"""The lists of the API: one declaration each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.api import cursors, formats
from vakanuvis.atlas.api.parameters import FILTERS, SINCE, UNTIL, Parameter, Query
from vakanuvis.atlas.handlers import threaded
from vakanuvis.chronicle.contradictions import KINDS as CONTRADICTIONS
from vakanuvis.chronicle.expectations import KINDS as EXPECTATIONS
from vakanuvis.resolution.findings import KINDS as FINDINGS
from vakanuvis.store import Chronicle

Ask = Callable[..., pa.Table]


@dataclass(frozen=True, slots=True)
class List:
    """One list of the API.

    Attributes:
        path: where it lies under /api/v1.
        about: what it holds, in a sentence.
        ask: gives the rows; takes the chronicle, the parameters by name, and where it has `keys` a limit and an offset.
        parameters: what it takes beside limit, cursor and format.
        keys: columns that name a row; none where the list is short and comes whole.
        orders: columns it can be sorted by, the usual one first.
        places: whether its rows have coordinates.
    """

    path: str
    about: str
    ask: Ask
    parameters: tuple[Parameter, ...]
    keys: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    places: bool = False

    @property
    def offered(self) -> tuple[str, ...]:
        """The media types that it comes in."""
        return (formats.JSON, formats.CSV, *([formats.GEOJSON] if self.places else []))

    @property
    def query(self) -> Query:
        """All parameters that it takes."""
        found = [*self.parameters]
        if self.orders:
            orders = tuple(sign + name for name in (o.removeprefix("-") for o in self.orders) for sign in ("", "-"))
            about = "Column to sort by, - for the largest first."
            found.append(Parameter("order", about, self.orders[0], choices=orders))
        if self.keys:
            found.append(Parameter("limit", "Rows on a page.", 20, kind="integer", least=1, most=1000))
            found.append(Parameter("cursor", "Where the page begins: the `next` of the page before."))
        names = tuple(name for name, kind in formats.NAMES.items() if kind in self.offered)
        found.append(Parameter("format", "The format, for those who cannot set `Accept`.", "json", choices=names))
        return Query(tuple(found))


def _method(name: str) -> Ask:
    def ask(chronicle: Chronicle, **given: Any) -> pa.Table:
        found: pa.Table = getattr(chronicle, name)(**given)
        return found

    return ask


def _dyad(chronicle: Chronicle, **given: Any) -> pa.Table:
    return chronicle.dyad(given.pop("a"), given.pop("b"), **given)


def _reactions(chronicle: Chronicle, **given: Any) -> pa.Table:
    return chronicle.reactions(given.pop("id"), **given)


_BY = (
    "year", "month", "week", "day", "type", "mode", "status", "quad", "context", "actor", "recipient", "actor_polity",
    "recipient_polity", "place", "country", "outlet", "language",
)  # fmt: skip
_AS_OF = Parameter("as_of", "The day on which what has passed counts as lapsed; today by default.", "2025-06-30")
_KIND = Parameter("kind", "Kind of contradiction.", many=True, choices=(*CONTRADICTIONS, *FINDINGS), example="status")
_OUTCOMES = ("fulfilled", "lapsed", "withdrawn", "open")
_PAIR = (
    Parameter("a", "One party: a polity, an organisation or a person.", "TUR", required=True),
    Parameter("b", "The other party.", "PSE", required=True),
)
_BESIDES = tuple(p for p in FILTERS if p not in (SINCE, UNTIL))

LISTS: tuple[List, ...] = (
    List("/reports", "Reports, without their texts.", _method("reports"), FILTERS, ("key",),
         ("-published", "day", "outlet", "added")),
    List("/happenings", "Happenings: what the events of many reports tell of.", _method("happenings"), FILTERS, ("id",),
         ("-day", "voices", "confidence", "dead", "last_report", "reports"), places=True),
    List("/happenings/{id}/reactions", "Who reacted to a happening, with the words.", _reactions,
         (Parameter("days", "Days after the happening.", 30, kind="integer", least=0, most=3650),)),
    List("/events", "Events: one telling each.", _method("events"), FILTERS, ("report", "event"),
         ("-day", "confidence", "dead", "published"), places=True),
    List("/actors", "Who acts, is acted upon or is cited.", _method("actors"), FILTERS, ("entity", "polity", "name"),
         ("-events", "name", "first", "last")),
    List("/places", "Where happenings lie, and how many.", _method("places"), FILTERS,
         ("name", "country", "latitude", "longitude"), ("-happenings", "name", "first", "last"), places=True),
    List("/expectations", "The ledger: what was expected, and what became of it.", _method("expectations"), (
        *FILTERS,
        Parameter("kind", "Kind of expectation.", many=True, choices=EXPECTATIONS, example="planned"),
        Parameter("outcome", "What became of it.", many=True, choices=_OUTCOMES, example="fulfilled"),
        _AS_OF,
    ), ("id",)),
    List("/expectations/record", "How often what each outlet or actor announced came true.", _method("track_record"), (
        *FILTERS, Parameter("by", "Whose record.", "outlet", choices=("outlet", "actor")), _AS_OF,
    )),
    List("/contradictions", "What reports tell differently, or against the register.", _method("contradictions"),
         (*FILTERS, _KIND), ("happening", "report", "kind", "a", "b")),
    List("/series", "Month by month what passed between two parties, and when it changed.", _dyad,
         (*_PAIR, SINCE, UNTIL, *_BESIDES)),
    List("/counts", "How many happenings or events there are by one or more of their sides.", _method("count"), (
        Parameter("by", "Side to count by; several make a table of all combinations.", "type", many=True, choices=_BY),
        Parameter("of", "What to count.", "happenings", choices=("happenings", "events")),
        Parameter("limit", "Rows at most.", 100, kind="integer", least=1, most=10_000),
        *FILTERS,
    )),
)  # fmt: skip


def _answer(spec: List, request: Request) -> Response:
    query = spec.query
    given = query.read(request.query_params)
    kind = formats.chosen(request, spec.offered, given.pop("format", None))
    chronicle: Chronicle = request.app.state.chronicle
    cursor, limit = given.pop("cursor", None), given.pop("limit", 100)
    if spec.path == "/counts":
        given["limit"] = limit
    if spec.orders:
        given.setdefault("order", spec.orders[0])
    asked = partial(spec.ask, chronicle, **request.path_params, **given)
    columns: list[str] = []

    def fetch(rows: int, offset: int) -> list[cursors.Row]:
        table = asked(limit=rows, offset=offset) if spec.keys else asked()
        columns[:] = table.column_names
        found: list[cursors.Row] = table.to_pylist()
        return found

    following = None
    if spec.keys:
        question = cursors.print_of([spec.path, sorted(request.path_params.items()), sorted(given.items())])
        rows, following = cursors.page(fetch, limit, spec.keys, question, cursor)
    else:
        rows = fetch(0, 0)
    headers: dict[str, str] = {}
    if following:
        pairs = [(name, v) for name, v in request.query_params.multi_items() if name != "cursor"]
        headers["link"] = f'<{request.url.path}?{urlencode([*pairs, ("cursor", following)])}>; rel="next"'
    if kind == formats.CSV:
        return formats.respond(formats.to_csv(rows, columns), "text/csv; charset=utf-8", headers=headers)
    if kind == formats.GEOJSON:
        return formats.respond(formats.to_geojson(rows, next=following), kind, headers=headers)
    return formats.respond(formats.to_json({"items": rows, "next": following}), kind, headers=headers)


def _endpoint(spec: List) -> Callable[[Request], Awaitable[Response]]:
    return threaded(lambda request: _answer(spec, request))


routes: list[Route] = [Route(spec.path, _endpoint(spec), name=f"api{spec.path}") for spec in LISTS]
