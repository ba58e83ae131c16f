"""Happenings as GeoJSON (RFC 7946), for maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from vakanuvis.exports.documents import pages, write_document
from vakanuvis.store import Chronicle

_PROPERTIES = (
    "id", "type", "mode", "status", "context", "actor", "recipient", "place", "country", "day", "last_day", "dead",
    "injured", "confidence", "quad", "score", "voices", "reports", "outlets", "languages",
)  # fmt: skip


def geojson(chronicle: Chronicle, stream: IO[str], **filters: Any) -> int:
    """Write the happenings that have a place as one FeatureCollection.

    Returns:
        How many were written.
    """
    return write_document(stream, '{"type": "FeatureCollection", "features": ', _features(chronicle, filters))


def _features(chronicle: Chronicle, filters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for page in pages(chronicle.happenings, **filters):
        for row in page:
            if row["longitude"] is not None and row["latitude"] is not None:
                yield {
                    "type": "Feature",
                    "id": row["id"],
                    "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
                    "properties": {name: row[name] for name in _PROPERTIES},
                }
