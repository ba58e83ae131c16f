"""`vakanuvis reactions`: how others took a happening."""

from __future__ import annotations

import click

from vakanuvis.cli._filters import Show, chronicle_option, output_options
from vakanuvis.store import Chronicle

COLUMNS = ("day", "reaction", "who", "polity", "blocs", "words", "report", "outlet")


@click.command("reactions")
@click.argument("happening")
@click.option("--days", type=click.IntRange(0), default=30, show_default=True, help="Days after the happening.")
@output_options(COLUMNS, pages=False)
@chronicle_option
def command(chronicle: Chronicle, happening: str, days: int, show: Show) -> None:
    """List who supported, condemned, rejected, mourned or threatened because of HAPPENING (its id).

    \b
    Examples:
      vakanuvis reactions h394a0b7bc1f099eb --days 14
    """
    show(chronicle.reactions(happening, days=days), empty="no reactions found")
