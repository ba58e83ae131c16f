"""The relation of two: months, changes, happenings."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import networks, view
from vakanuvis.store import Chronicle

LATEST = 15  # happenings that are shown


def choose(request: Request) -> Response:
    """The form that asks for two, and the pairs with most happenings."""
    a, b = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    if a and b:
        return RedirectResponse(view.address("dyads", a, b), 303)
    return view.page(request, "dyads.html", a=a, b=b, pairs=networks.pairs(request.app.state.chronicle, "polity")[:20])


def one(request: Request) -> Response:
    """The relation of two."""
    chronicle: Chronicle = request.app.state.chronicle
    a, b = request.path_params["a"], request.path_params["b"]
    given = {name: value for name, value in view.filters(request).items() if name in ("since", "until")}
    months = chronicle.dyad(a, b, **given).to_pylist()
    return view.page(
        request, "dyad.html", a=a, b=b, months=months, changes=_levels(months), given=given,
        happenings=_between(chronicle, a, b, given), total=sum(month["happenings"] for month in months),
        sums=[sum(month[name] for month in months) for name in _QUADS],
    )  # fmt: skip


_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def _between(chronicle: Chronicle, a: str, b: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The latest happenings in which one acts and the other takes part."""
    found: dict[str, dict[str, Any]] = {}
    for one, other in ((a, b), (b, a)):
        rows = chronicle.happenings(actor=one, either=other, order="-day", limit=LATEST, **given).to_pylist()
        found.update((row["id"], row) for row in rows if _takes_part(row))
    return sorted(found.values(), key=lambda row: (str(row["day"] or ""), row["id"]), reverse=True)[:LATEST]


def _takes_part(row: dict[str, Any]) -> bool:
    """Whether there are two sides at all: a minister and his own polity are one."""
    return len(row["actor"] or ()) + len(row["recipient"] or ()) > 1


def _levels(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a new level begins, with the mean monthly sum of scores before and after."""
    number = 0
    numbered = []
    for month in months:
        number += month["changed"]
        numbered.append((number, month))
    levels = [[month for _, month in group] for _, group in groupby(numbered, key=lambda pair: pair[0])]
    means = [sum(month["score_sum"] for month in level) / len(level) for level in levels]
    return [
        {"month": level[0]["month"], "before": before, "after": after}
        for level, before, after in zip(levels[1:], means, means[1:], strict=False)
    ]


routes = [
    Route("/dyads", threaded(choose), name="dyads"),
    Route("/dyads/{a}/{b}", threaded(one), name="dyad"),
]
