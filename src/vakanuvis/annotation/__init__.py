"""Annotated passages: their format, the checker, and how a reading compares with them."""

from vakanuvis.annotation.evaluation import Evaluation, evaluate
from vakanuvis.annotation.format import Passage, passages, write
from vakanuvis.annotation.rows import load, reading

__all__ = ["Evaluation", "Passage", "evaluate", "load", "passages", "reading", "write"]
