"""The front page, and the search that its box leads to."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas import questions
from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view

WEEK, AHEAD = timedelta(days=7), timedelta(days=14)
LONGEST = 200  # characters of what is searched for


def today(request: Request) -> Response:
    """The latest happenings, what grew, what is contradicted, what was expected for these days."""
    chronicle = request.app.state.chronicle
    info = chronicle.info()
    day = view.last_day(info)
    since, until = day - timedelta(days=2), day + AHEAD
    told = ["actual", "historical", "negated"]
    grew = chronicle.happenings(
        since=day - WEEK, until=day, voices=2, status=told, order="-voices", limit=6
    ).to_pylist()  # fmt: skip
    latest = chronicle.happenings(status=told, order="-last_report", limit=15).to_pylist()
    lead = grew[0] if grew else (latest[0] if latest else None)
    return view.page(
        request, "today.html", info=info, day=day, since=since, until=until, lead=lead,
        latest=[row for row in latest if lead is None or row["id"] != lead["id"]][:12], grew=grew[1:],
        contradicted=chronicle.contradictions(limit=6).to_pylist(),
        expected=chronicle.expectations(since=since, until=until, as_of=day, limit=6).to_pylist(),
    )  # fmt: skip


def search(request: Request) -> Response:
    """Actors, happenings and reports that fit what was written into the box."""
    text = request.query_params.get("q", "").strip()[:LONGEST]
    found = questions.search(request.app.state.chronicle, text) if text else None
    return view.page(request, "search.html", q=text, found=found)


routes = [Route("/", threaded(today), name="today"), Route("/search", threaded(search), name="search")]
