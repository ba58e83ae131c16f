"""The ledger of expectations, and how often what was announced came true."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view
from vakanuvis.chronicle.expectations import KINDS

OUTCOMES = ("fulfilled", "lapsed", "withdrawn", "open")
RECORDS = 15


def shown(request: Request) -> Response:
    """The ledger, filtered."""
    given = view.filters(request, "kind", "outcome")
    kinds, outcomes = _chosen(request, "kind", KINDS), _chosen(request, "outcome", OUTCOMES)
    number = view.number(request)
    rows = request.app.state.chronicle.expectations(
        kind=kinds or None, outcome=outcomes or None, limit=view.ROWS + 1, offset=(number - 1) * view.ROWS, **given
    ).to_pylist()  # fmt: skip
    return view.page(
        request, "expectations.html", rows=rows[: view.ROWS], more=len(rows) > view.ROWS, number=number, given=given,
        kinds=KINDS, outcomes=OUTCOMES, kind=kinds, outcome=outcomes,
    )  # fmt: skip


def record(request: Request) -> Response:
    """The track record of outlets and of those who announced."""
    given = view.filters(request)
    chronicle = request.app.state.chronicle
    tables: dict[str, list[dict[str, Any]]] = {
        by: chronicle.track_record(by, **given).to_pylist()[:RECORDS] for by in ("outlet", "actor")
    }
    return view.page(request, "record.html", tables=tables, given=given, outcomes=OUTCOMES)


def _chosen(request: Request, name: str, known: tuple[str, ...]) -> list[str]:
    return [value for value in request.query_params.getlist(name) if value in known]


routes = [
    Route("/expectations", threaded(shown), name="expectations"),
    Route("/expectations/record", threaded(record), name="record"),
]
