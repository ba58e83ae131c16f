"""Text, saved pages, JSON, files, folders and streams -> reports."""

from vakanuvis.intake.reports import Defaults, as_datetime, from_row, make, warnings
from vakanuvis.intake.sources import SUFFIXES, Gathering, gather

__all__ = ["SUFFIXES", "Defaults", "Gathering", "as_datetime", "from_row", "gather", "make", "warnings"]
