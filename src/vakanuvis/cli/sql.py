"""`vakanuvis sql`: read-only SQL over the views of a chronicle."""

from __future__ import annotations

import sys

import click

from vakanuvis.cli._filters import Show, chronicle_option, output_options
from vakanuvis.store import Chronicle


@click.command("sql")
@click.argument("query")
@output_options(pages=False)
@chronicle_option
def command(chronicle: Chronicle, query: str, show: Show) -> None:
    """Run QUERY, one SELECT over the views reports, events, happenings, parties, places, contradictions, findings and
    expectations; - reads it from standard input.

    \b
    Examples:
      vakanuvis sql "SELECT country, count(*) FROM happenings GROUP BY 1 ORDER BY 2 DESC"
      vakanuvis sql - --format csv -o answer.csv < query.sql
    """
    show(chronicle.sql(sys.stdin.read() if query == "-" else query))
