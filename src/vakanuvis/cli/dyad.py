"""`vakanuvis dyad`: what passed between two parties, month by month."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, output_options
from vakanuvis.store import Chronicle


@click.command("dyad")
@click.argument("a")
@click.argument("b")
@filter_options
@output_options(pages=False)
@chronicle_option
def command(chronicle: Chronicle, a: str, b: str, filters: dict[str, Any], show: Show) -> None:
    """Count what passed between A and B month by month, with PLOVER scores and the months of change.

    A and B are polities (TUR), organisations or persons. `changed` marks where a new level of the monthly score begins
    (PELT, Killick et al. 2012).

    \b
    Examples:
      vakanuvis dyad TUR PSE --since 2023
      vakanuvis dyad TUR ISR --format csv -o months.csv
    """
    show(chronicle.dyad(a, b, **filters), empty=f"nothing between {a} and {b}")
