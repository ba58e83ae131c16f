"""The map of happenings, with the months in which they fall."""

from __future__ import annotations

import re
from math import sqrt
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.i18n import Locale, chosen, locale
from vakanuvis.atlas.pages import view
from vakanuvis.atlas.pages.marks import plain
from vakanuvis.atlas.projection import HEIGHT, WIDTH, project

PLACES, LISTED = 400, 30  # on the map, in the list beside it
_NEAR = 260.0  # width of a view from which the finer coast is drawn
_LEAST = 90.0  # width of the narrowest view that is shown unasked
_MANY = 5  # happenings at one place, from which its circle may be the largest
_NARROWEST = 10.0  # width of the narrowest one that a reader may come to
_VIEW = re.compile(r"(\d{1,4}(?:\.\d)?)_(\d{1,3}(?:\.\d)?)_(\d{1,4}(?:\.\d)?)", re.ASCII)

Box = tuple[float, float, float, float]
WORLD: Box = (0.0, 0.0, float(WIDTH), float(HEIGHT))
"""A part of the map: x, y, width and height, in its own measure."""


def shown(request: Request) -> Response:
    """The map, filtered."""
    chronicle, given = request.app.state.chronicle, view.filters(request, "view")
    to = locale(chosen(request))
    places = chronicle.places(limit=PLACES, **given).to_pylist()
    outside = {name: value for name, value in given.items() if name not in ("since", "until")}
    months = [row for row in chronicle.count("month", **outside).to_pylist() if row["month"]]
    time = {name: given.get(name) for name in ("since", "until")}
    points = [_point(place, time, to) for place in places]
    wish = request.query_params.get("view", "")
    box = asked_for(wish) or around([(p["x"], p["y"]) for p in points])
    scale = box[2] / WIDTH
    most = max(_MANY, *(place["happenings"] for place in places)) if places else _MANY
    for point in points:
        point["r"] = round((2.5 + 15 * sqrt(point["happenings"] / most)) * scale, 3)
    return view.page(
        request, "map.html", points=points, box=box, scale=scale, detail=detail(box), wish=wish, given=given,
        moves=moves(box), months=_bars(months, time, to), listed=points[:LISTED],
    )  # fmt: skip


def _point(place: dict[str, Any], time: dict[str, Any], to: Locale) -> dict[str, Any]:
    x, y = project(place["longitude"], place["latitude"])
    name = plain(to.place(place["name"]))
    label = f"{name}: {to('happenings.found', n=place['happenings'])}"
    address = view.address("happenings", place=place["name"], **time)
    return {**place, "x": round(x, 2), "y": round(y, 2), "shown": name, "label": label, "address": address}


def asked_for(wish: str) -> Box | None:
    """The view that an address asks for: the world, or a middle and a width; None where it asks for none."""
    if wish == "world":
        return WORLD
    match = _VIEW.fullmatch(wish)
    return _box(*map(float, match.groups())) if match else None


def _box(x: float, y: float, width: float) -> Box:
    """The view of a width around a point, as near to it as the map's edges let it be."""
    width = min(max(width, _NARROWEST), float(WIDTH))
    height = width * HEIGHT / WIDTH
    left = min(max(x - width / 2, 0.0), WIDTH - width)
    top = min(max(y - height / 2, 0.0), HEIGHT - height)
    return round(left, 2), round(top, 2), round(width, 2), round(height, 2)


def moves(box: Box) -> dict[str, str]:
    """Where one may go from a view, as addresses have it: nearer, farther, and to all sides."""
    left, top, width, height = box
    x, y = left + width / 2, top + height / 2
    steps = {
        "in": (x, y, width / 2), "out": (x, y, width * 2), "left": (x - width / 4, y, width),
        "right": (x + width / 4, y, width), "up": (x, y - height / 4, width), "down": (x, y + height / 4, width),
    }  # fmt: skip
    found = {name: _box(*step) for name, step in steps.items()}
    return {name: _written(to) for name, to in found.items() if to != box}


def _written(box: Box) -> str:
    left, top, width, height = box
    return f"{left + width / 2:.1f}_{top + height / 2:.1f}_{width:.1f}"


def around(points: list[tuple[float, float]]) -> Box:
    """The view that holds most points; the world where there are none.

    A few that lie far from all others do not make it wide: of 20 points one may stay outside.
    """
    if not points:
        return WORLD
    spared = len(points) // 40
    xs, ys = (sorted(values)[spared : len(points) - spared] for values in zip(*points, strict=True))
    width = max((xs[-1] - xs[0]) * 1.25, (ys[-1] - ys[0]) * 1.25 * WIDTH / HEIGHT, _LEAST)
    return _box((xs[0] + xs[-1]) / 2, (ys[0] + ys[-1]) / 2, width)


def detail(box: Box) -> str:
    """The scale of Natural Earth that a view needs."""
    return "50m" if box[2] < _NEAR else "110m"


def spot(latitude: float, longitude: float) -> dict[str, Any]:
    """One place on a small map of what lies around it."""
    x, y = project(longitude, latitude)
    width, height = _LEAST, _LEAST * 0.62
    left, top = min(max(x - width / 2, 0), WIDTH - width), min(max(y - height / 2, 0), HEIGHT - height)
    box = (round(left, 2), round(top, 2), width, height)
    return {"x": round(x, 2), "y": round(y, 2), "box": box, "line": round(0.7 * width / WIDTH, 4), "detail": "50m"}


def _bars(rows: list[dict[str, Any]], time: dict[str, Any], to: Locale) -> list[dict[str, Any]]:
    """The months from the first to the last: number, height from 0 to 1, and whether they are in the time chosen."""
    if not rows:
        return []
    number = {row["month"]: row["number"] for row in rows}
    month, last, most = min(number), max(number), max(number.values())
    first, final = (_month(time["since"], "01"), _month(time["until"], "12"))
    bars = []
    while month <= last:
        key, many = f"{month:%Y-%m}", number.get(month, 0)
        name = to.month(month)
        bars.append({
            "key": key, "name": name, "label": f"{name}: {to('happenings.found', n=many)}", "height": many / most,
            "in": (not first or first <= key) and (not final or key <= final),
            "first": key == first, "last": key == final,
        })  # fmt: skip
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return bars


def _month(day: str | None, of_a_year: str) -> str:
    """The month of a filter's day; of a year alone, the one given."""
    if not day:
        return ""
    year, _, rest = day.partition("-")
    return f"{year}-{(rest.partition('-')[0] or of_a_year).zfill(2)}"


routes = [Route("/map", threaded(shown), name="map")]
