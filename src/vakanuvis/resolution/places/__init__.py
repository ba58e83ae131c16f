"""Where: place mentions with coordinates, country and divisions, from the gazetteer in `data/` (docs/places.md)."""

from vakanuvis.resolution.places.resolver import resolve, where

__all__ = ["resolve", "where"]
