"""`vakanuvis reports`: the reports of a chronicle."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, order_option, output_options
from vakanuvis.store import Chronicle

COLUMNS = ("id", "day", "outlet", "language", "title", "events", "voice")


@click.command("reports")
@filter_options
@order_option("day, published, outlet or added")
@output_options(COLUMNS)
@chronicle_option
def command(chronicle: Chronicle, filters: dict[str, Any], order: str, show: Show) -> None:
    """List reports.

    \b
    Examples:
      vakanuvis reports --outlet "Örnek Gazetesi" --since 2025-01
      vakanuvis reports --text saldırı --format json
    """
    show(chronicle.reports(limit=show.limit, offset=show.offset, order=order, **filters))
