"""The charts over HTTP: as Vega-Lite, SVG or PNG, and their data as CSV."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.api import formats
from vakanuvis.atlas.api.parameters import FILTERS, Parameter, Query
from vakanuvis.atlas.handlers import threaded
from vakanuvis.charts import CHARTS, Chart, render
from vakanuvis.charts.looks import LANGUAGES, THEMES

VEGA_LITE, SVG, PNG = "application/json", "image/svg+xml", "image/png"
OFFERED = {"svg": SVG, "png": PNG, "json": VEGA_LITE, "csv": formats.CSV}

_ABOUT = {
    "a": Parameter("a", "One party: a polity, an organisation or a person.", "TUR", required=True),
    "b": Parameter("b", "The other party.", "ISR", required=True),
    "happening": Parameter("happening", "Id of the happening.", "h0123456789abcdef", required=True),
}


def query(chart: Chart) -> Query:
    """The parameters of a chart."""
    return Query((
        *(_ABOUT[name] for name in chart.arguments),
        Parameter("words", "Language of its words.", "tr", choices=LANGUAGES),
        Parameter("theme", "Its ground.", "light", choices=THEMES),
        Parameter("format", "svg, png, json (Vega-Lite), or csv for its data.", "svg", choices=tuple(OFFERED)),
        *(FILTERS if chart.filters else ()),
    ))  # fmt: skip


def _answer(chart: Chart, request: Request) -> Response:
    given = query(chart).read(request.query_params)
    name = given.pop("format", None)
    kind = OFFERED[name] if name else formats.chosen(request, tuple(OFFERED.values()))
    arguments = [given.pop(argument) for argument in chart.arguments]
    looks: dict[str, Any] = {"language": given.pop("words", "en"), "theme": given.pop("theme", "light")}
    table = chart.ask(request.app.state.chronicle, *arguments, **given)
    if kind == formats.CSV:
        return formats.respond(formats.to_csv(table.to_pylist(), table.column_names), kind)
    drawn = chart.drawn(table, title=" – ".join(arguments), **looks)
    suffix = next(suffix for suffix, media_type in OFFERED.items() if media_type == kind)
    return Response(render(drawn, suffix), media_type=kind)


def _endpoint(chart: Chart) -> Callable[[Request], Awaitable[Response]]:
    return threaded(lambda request: _answer(chart, request))


def _index(request: Request) -> Response:
    Query().read(request.query_params)
    rows = [{"name": c.name, "about": c.about, "arguments": list(c.arguments)} for c in CHARTS.values()]
    return formats.respond(formats.to_json({"items": rows, "next": None}), formats.JSON)


routes: list[Route] = [
    Route("/charts", threaded(_index), name="api/charts"),
    *(Route(f"/charts/{chart.name}", _endpoint(chart), name=f"api/charts/{chart.name}") for chart in CHARTS.values()),
]
