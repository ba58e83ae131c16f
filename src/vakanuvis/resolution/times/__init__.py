"""When: time expressions of Turkish, English and Arabic, and the days that they mean (docs/times.md)."""

from vakanuvis.resolution.times.checks import Slip, slips
from vakanuvis.resolution.times.resolver import publication, resolve, when

__all__ = ["Slip", "publication", "resolve", "slips", "when"]
