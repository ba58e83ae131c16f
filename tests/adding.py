"""What a process that is to be killed does. A module of its own, so that it can be imported by its name there."""

from __future__ import annotations

import made_up
from vakanuvis.store import Chronicle, chronicle

REPORTS = 24


def add_all(url: str) -> None:
    """Add the whole corpus, a few reports in each transaction."""
    chronicle.BATCH = 2
    Chronicle(url).add(made_up.codings(REPORTS, days=30))
