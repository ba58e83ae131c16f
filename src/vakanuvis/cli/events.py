"""`vakanuvis events`: the tellings of a chronicle."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, order_option, output_options
from vakanuvis.store import Chronicle

COLUMNS = ("day", "type", "mode", "status", "actor", "recipient", "place", "country", "report", "words", "voices")


@click.command("events")
@filter_options
@order_option("day, confidence, dead or published")
@output_options(COLUMNS)
@chronicle_option
def command(chronicle: Chronicle, filters: dict[str, Any], order: str, show: Show) -> None:
    """List events, one row a telling: who did what to whom, where, when, as which report says.

    \b
    Examples:
      vakanuvis events --text ateşkes --status actual
      vakanuvis events --type ASSAULT --place SYR --format csv -o attacks.csv
    """
    show(chronicle.events(limit=show.limit, offset=show.offset, order=order, **filters))
