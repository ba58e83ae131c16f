"""What reports tell differently, and against the register."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view
from vakanuvis.chronicle.contradictions import KINDS
from vakanuvis.resolution.findings import KINDS as FINDINGS

ALL = (*KINDS, *FINDINGS)


def shown(request: Request) -> Response:
    """The list, filtered."""
    given, number = view.filters(request, "kind"), view.number(request)
    kinds = [value for value in request.query_params.getlist("kind") if value in ALL]
    rows = request.app.state.chronicle.contradictions(
        kind=kinds or None, limit=view.ROWS + 1, offset=(number - 1) * view.ROWS, **given
    ).to_pylist()  # fmt: skip
    return view.page(
        request, "contradictions.html", rows=rows[: view.ROWS], more=len(rows) > view.ROWS, number=number, given=given,
        kinds=ALL, kind=kinds,
    )  # fmt: skip


routes = [Route("/contradictions", threaded(shown), name="contradictions")]
