"""`vakanuvis happenings`: what the reports of a chronicle tell of."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, order_option, output_options
from vakanuvis.store import Chronicle

COLUMNS = (
    "day",
    "type",
    "status",
    "actor",
    "recipient",
    "place",
    "country",
    "dead",
    "injured",
    "voices",
    "reports",
    "id",
)


@click.command("happenings")
@filter_options
@order_option("day, voices, reports, confidence, dead or last_report")
@output_options(COLUMNS)
@chronicle_option
def command(chronicle: Chronicle, filters: dict[str, Any], order: str, show: Show) -> None:
    """List happenings: what the events of many reports tell of, with the voices that tell it.

    \b
    Examples:
      vakanuvis happenings --actor TUR --type CONSULT --since 2024
      vakanuvis happenings --voices 3 --order -voices --format json
    """
    show(chronicle.happenings(limit=show.limit, offset=show.offset, order=order, **filters))
