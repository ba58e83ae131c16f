"""Vakanüvis reads political news and keeps a chronicle that can be checked.

    >>> import vakanuvis
    >>> reading = vakanuvis.read("Fidan, Kahire'de Mısırlı mevkidaşı Abdulati ile görüştü.", published="2025-01-05")
    >>> print(reading)

The same things as commands: `vakanuvis --help`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

# Where each name lies: imported when it is asked for, so that a command does not wait for what it has no use for.
_HOMES = {
    "Event": "records",
    "InputError": "errors",
    "Mention": "records",
    "ModelError": "errors",
    "Reading": "records",
    "Readings": "readings",
    "Report": "records",
    "VakanuvisError": "errors",
    "gather": "intake",
    "open": "api",
    "read": "api",
    "read_many": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
