"""Happenings as GeoJSON (RFC 7946), for maps."""

from __future__ import annotations

import json
from datetime import date
from typing import IO, Any

from vakanuvis.store import Chronicle

_PROPERTIES = (
    "id", "type", "mode", "status", "context", "actor", "recipient", "place", "country", "day", "last_day", "dead",
    "injured", "confidence", "quad", "score", "voices", "reports", "outlets", "languages",
)  # fmt: skip
PAGE = 5000


def geojson(chronicle: Chronicle, stream: IO[str], **filters: Any) -> int:
    """Write the happenings that have a place as one FeatureCollection.

    Returns:
        How many were written.
    """
    stream.write('{"type": "FeatureCollection", "features": [')
    written = offset = 0
    while True:
        page = chronicle.happenings(limit=PAGE, offset=offset, **filters).to_pylist()
        for row in page:
            if row["longitude"] is None or row["latitude"] is None:
                continue
            feature = {
                "type": "Feature",
                "id": row["id"],
                "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
                "properties": {name: row[name] for name in _PROPERTIES},
            }
            stream.write(("," if written else "") + "\n" + json.dumps(feature, ensure_ascii=False, default=_iso))
            written += 1
        offset += PAGE
        if len(page) < PAGE:
            break
    stream.write("\n]}\n")
    return written


def _iso(value: date) -> str:
    return value.isoformat()
