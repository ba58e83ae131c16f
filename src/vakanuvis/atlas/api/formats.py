"""Tables and objects as JSON, CSV or GeoJSON, whichever was asked for."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vakanuvis.atlas.problems import Problem

JSON, CSV, GEOJSON = "application/json", "text/csv", "application/geo+json"
NAMES = {"json": JSON, "csv": CSV, "geojson": GEOJSON}
Row = dict[str, Any]

# What a spreadsheet would take for a formula, were it the beginning of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def chosen(request: Request, offered: Sequence[str], name: str | None = None) -> str:
    """The media type to answer in: that of the parameter `format`, else the one that `Accept` likes best.

    Raises:
        Problem: none of those offered is wanted.
    """
    if name is not None:
        return NAMES[name]
    wanted = request.headers.get("accept") or "*/*"
    ranges = [_range(part) for part in wanted.split(",")]
    best, liked = 0.0, None
    for kind in offered:
        weight = _weight(kind, ranges)
        if weight > best:
            best, liked = weight, kind
    if liked is None:
        raise Problem(406, "not-acceptable", f"There are: {', '.join(offered)}.")
    return liked


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = float(parameter[2:])
            except ValueError:
                weight = 0.0
    return kind.lower(), weight


def _weight(kind: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The weight of the most exact range that a media type is in."""
    exact = {kind: 3, kind.split("/")[0] + "/*": 2, "*/*": 1}
    found = [(exact[name], weight) for name, weight in ranges if name in exact]
    return max(found)[1] if found else 0.0


def plain(value: Any) -> Any:
    """What `json` cannot write by itself."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value)} is no JSON")


def to_json(value: Any) -> str:
    """JSON; numbers that it has no word for become null."""
    return json.dumps(_finite(value), ensure_ascii=False, default=plain, separators=(",", ":"))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """CSV after RFC 4180, by column; lists are joined by "; ", what has more structure is JSON.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "; ".join(value)
    elif not isinstance(value, str):
        return to_json(value)
    return f"'{value}" if value.startswith(_FORMULA) else value


def to_geojson(rows: Sequence[Row], **members: Any) -> str:
    """A feature collection (RFC 7946) of rows with `latitude` and `longitude`; without them the geometry is null."""
    features = []
    for row in rows:
        row = dict(row)
        latitude, longitude = row.pop("latitude", None), row.pop("longitude", None)
        known = latitude is not None and longitude is not None
        geometry = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
        features.append({"type": "Feature", "geometry": geometry, "properties": row})
    return to_json({"type": "FeatureCollection", "features": features, **members})


def respond(text: str, media_type: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The answer with a body of this type."""
    return Response(text, status, headers, media_type=media_type)
