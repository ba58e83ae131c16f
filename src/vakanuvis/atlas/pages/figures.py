"""The charts of `vakanuvis.charts` as the atlas shows them: a specification for scripts, a picture for the rest."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.i18n import chosen
from vakanuvis.atlas.pages import view
from vakanuvis.atlas.problems import Problem


def figure(request: Request) -> Response:
    """One chart, of the filters in the address, as a Vega-Lite specification or as SVG."""
    from vakanuvis.charts import CHARTS, render  # altair takes half a second to import
    from vakanuvis.charts.drawing import specification

    name, kind = request.path_params["name"], request.path_params["kind"]
    if name not in CHARTS or kind not in ("json", "svg"):
        raise Problem(404, "not-found", request.url.path)
    chart = CHARTS[name]
    query = request.query_params
    arguments = [query.get(argument, "") for argument in chart.arguments]
    given = view.filters(request, "theme", *chart.arguments) if chart.filters else {}
    table = chart.ask(request.app.state.chronicle, *arguments, **given)
    language: Any = chosen(request)
    drawn = chart.drawn(table, language=language, theme="dark" if query.get("theme") == "dark" else "light")
    if kind == "svg":
        return Response(render(drawn, "svg"), media_type="image/svg+xml")
    return Response(json.dumps(specification(drawn), ensure_ascii=False), media_type="application/json")


routes = [Route("/charts/{name}.{kind}", threaded(figure), name="chart")]
