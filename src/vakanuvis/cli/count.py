"""`vakanuvis count`: how many, by time, type, actor, place."""

from __future__ import annotations

from typing import Any, Literal

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, output_options
from vakanuvis.store import Chronicle


@click.command("count")
@filter_options
@click.option(
    "--by",
    multiple=True,
    default=("type",),
    show_default=True,
    metavar="SIDE",
    help="year, month, week, day, type, mode, status, quad, context, actor, recipient, actor_polity, recipient_polity, "
    "place, country; of events also outlet, language. Several make a table of all of them.",
)
@click.option(
    "--of", type=click.Choice(("happenings", "events")), default="happenings", show_default=True, help="What to count."
)
@output_options()
@chronicle_option
def command(
    chronicle: Chronicle,
    filters: dict[str, Any],
    by: tuple[str, ...],
    of: Literal["happenings", "events"],
    show: Show,
) -> None:
    """Count happenings or events by one or more of their sides.

    \b
    Examples:
      vakanuvis count --by month --by type --either PSE
      vakanuvis count --of events --by outlet
    """
    show(chronicle.count(by, of=of, limit=show.limit, **filters))
