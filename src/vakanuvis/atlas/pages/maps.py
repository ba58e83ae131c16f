"""The map of happenings, with the months in which they fall."""

from __future__ import annotations

from math import sqrt
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view
from vakanuvis.atlas.projection import HEIGHT, WIDTH, project

PLACES, LISTED = 400, 30  # on the map, in the list beside it
_NEAR = 260.0  # width of a view from which the finer coast is drawn
_LEAST = 90.0  # width of the narrowest view


def shown(request: Request) -> Response:
    """The map, filtered."""
    chronicle, given = request.app.state.chronicle, view.filters(request, "view")
    places = chronicle.places(limit=PLACES, **given).to_pylist()
    outside = {name: value for name, value in given.items() if name not in ("since", "until")}
    months = [row for row in chronicle.count("month", **outside).to_pylist() if row["month"]]
    world = request.query_params.get("view") == "world"
    points = [_point(place) for place in places]
    box = (0.0, 0.0, float(WIDTH), float(HEIGHT)) if world or not points else around([(p["x"], p["y"]) for p in points])
    scale = box[2] / WIDTH
    most = max((place["happenings"] for place in places), default=1)
    for point in points:
        point["r"] = round((2.5 + 15 * sqrt(point["happenings"] / most)) * scale, 3)
    return view.page(
        request, "map.html", points=points, box=box, scale=scale, detail=detail(box), world=world, given=given,
        months=_bars(months), listed=points[:LISTED],
    )  # fmt: skip


def _point(place: dict[str, Any]) -> dict[str, Any]:
    x, y = project(place["longitude"], place["latitude"])
    return {**place, "x": round(x, 2), "y": round(y, 2)}


def around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The view that holds most points: x, y, width and height, in the map's own measure.

    A few that lie far from all others do not make it wide: of 20 points one may stay outside.
    """
    spared = len(points) // 40
    xs, ys = (sorted(values)[spared : len(points) - spared] for values in zip(*points, strict=True))
    width = max((xs[-1] - xs[0]) * 1.25, (ys[-1] - ys[0]) * 1.25 * WIDTH / HEIGHT, _LEAST)
    width = min(width, float(WIDTH))
    height = width * HEIGHT / WIDTH
    x = min(max((xs[0] + xs[-1] - width) / 2, 0.0), WIDTH - width)
    y = min(max((ys[0] + ys[-1] - height) / 2, 0.0), HEIGHT - height)
    return round(x, 2), round(y, 2), round(width, 2), round(height, 2)


def detail(box: tuple[float, float, float, float]) -> str:
    """The scale of Natural Earth that a view needs."""
    return "50m" if box[2] < _NEAR else "110m"


def spot(latitude: float, longitude: float) -> dict[str, Any]:
    """One place on a small map of what lies around it."""
    x, y = project(longitude, latitude)
    width, height = _LEAST, _LEAST * 0.62
    left, top = min(max(x - width / 2, 0), WIDTH - width), min(max(y - height / 2, 0), HEIGHT - height)
    box = (round(left, 2), round(top, 2), width, height)
    return {"x": round(x, 2), "y": round(y, 2), "box": box, "detail": "50m"}


def _bars(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months from the first to the last, each with its number and its height from 0 to 1."""
    if not months:
        return []
    number = {row["month"]: row["number"] for row in months}
    month, last, most = min(number), max(number), max(number.values())
    bars = []
    while month <= last:
        bars.append({"month": month, "number": number.get(month, 0), "height": number.get(month, 0) / most})
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return bars


routes = [Route("/map", threaded(shown), name="map")]
