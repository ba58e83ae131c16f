"""One report in, its mentions and events out: one multilingual model, one pass, on the CPU."""

from vakanuvis.extraction.extractor import Extractor, confident

__all__ = ["Extractor", "confident"]
