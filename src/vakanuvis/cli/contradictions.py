"""`vakanuvis contradictions`: what reports give differently, and what the register knows better."""

from __future__ import annotations

from typing import Any

import click

from vakanuvis.cli._filters import Show, chronicle_option, filter_options, output_options
from vakanuvis.store import Chronicle

COLUMNS = ("day", "kind", "a", "b", "tellings_a", "tellings_b", "candidates", "happening", "found_by")


@click.command("contradictions")
@filter_options
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="status, dead, injured, place, day, party, office-holder, or a kind of finding of `vakanuvis check`.",
)
@output_options(COLUMNS)
@chronicle_option
def command(chronicle: Chronicle, filters: dict[str, Any], kinds: tuple[str, ...], show: Show) -> None:
    """List contradictions: between reports of one happening, and between a report and the register.

    \b
    Examples:
      vakanuvis contradictions --kind dead --since 2025
      vakanuvis contradictions --actor TUR --format json
    """
    show(chronicle.contradictions(kind=kinds, limit=show.limit, offset=show.offset, **filters))
