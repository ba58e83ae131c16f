"""`vakanuvis actors`: who acts in a chronicle."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, order_option, output_options
from vakanuvis.store import Chronicle

COLUMNS = (
    "name",
    "polity",
    "sectors",
    "office",
    "events",
    "as_actor",
    "as_recipient",
    "as_source",
    "first_day",
    "last_day",
)


@click.command("actors")
@filter_options
@order_option("events, name, first or last", default="-events")
@output_options(COLUMNS)
@chronicle_option
def command(chronicle: Chronicle, filters: dict[str, Any], order: str, show: Show) -> None:
    """List who acts, is acted upon or is cited, with how often.

    \b
    Examples:
      vakanuvis actors --place PSE --limit 20
      vakanuvis actors --type CONSULT --format csv -o actors.csv
    """
    show(chronicle.actors(limit=show.limit, offset=show.offset, order=order, **filters))
