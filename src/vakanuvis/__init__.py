"""Vakanüvis reads political news and keeps a chronicle that can be checked.

    >>> import vakanuvis
    >>> reading = vakanuvis.read("Fidan, Kahire'de Mısırlı mevkidaşı Abdulati ile görüştü.", published="2025-01-05")
    >>> print(reading)

The same things as commands: `vakanuvis --help`.
"""

from vakanuvis.api import open, read, read_many
from vakanuvis.errors import InputError, ModelError, VakanuvisError
from vakanuvis.intake import gather
from vakanuvis.readings import Readings
from vakanuvis.records import Event, Mention, Reading, Report

__all__ = [
    "Event",
    "InputError",
    "Mention",
    "ModelError",
    "Reading",
    "Readings",
    "Report",
    "VakanuvisError",
    "gather",
    "open",
    "read",
    "read_many",
]
