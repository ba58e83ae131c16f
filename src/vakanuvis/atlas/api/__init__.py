"""The HTTP API under /api/v1 (docs/api.md).

    parameters  what may be asked, declared once: checked here, described by OpenAPI, refused where unknown
    formats     JSON, CSV and GeoJSON by content negotiation
    cursors     pages of long lists
    lists       the lists: reports, happenings, events, actors, places, expectations, contradictions, series, counts
    charts      the charts, as pictures, specifications and data
    things      single things, who, read, adding
    openapi     the description of all that
"""

from starlette.routing import Route

from vakanuvis.atlas.api import charts, lists, openapi, things

routes: list[Route] = [*openapi.routes, *lists.routes, *charts.routes, *things.routes]

__all__ = ["routes"]
