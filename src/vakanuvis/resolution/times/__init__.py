"""When: time expressions of Turkish, English and Arabic, and the days that they mean (docs/times.md)."""

from vakanuvis.resolution.times.resolver import publication, resolve, when

__all__ = ["publication", "resolve", "when"]
