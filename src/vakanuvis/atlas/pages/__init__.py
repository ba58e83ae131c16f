"""What people read: one module a subject, each page with an address that can be shared."""

from starlette.routing import Route

from vakanuvis.atlas.pages import (
    about,
    actors,
    contradictions,
    dyads,
    expectations,
    happenings,
    maps,
    networks,
    reading,
    reports,
    today,
    tokens,
)

routes: list[Route] = [
    *today.routes,
    *happenings.routes,
    *reports.routes,
    *actors.routes,
    *dyads.routes,
    *maps.routes,
    *networks.routes,
    *expectations.routes,
    *contradictions.routes,
    *reading.routes,
    *about.routes,
    *tokens.routes,
]

__all__ = ["routes"]
