"""`vakanuvis add`: read reports, code them and keep them in a chronicle."""

from __future__ import annotations

import click

from vakanuvis.cli._filters import chronicle_option
from vakanuvis.cli._inputs import Inputs, input_options
from vakanuvis.store import Chronicle


@click.command("add")
@input_options
@chronicle_option
def command(inputs: Inputs, chronicle: Chronicle) -> int:
    """Read reports and keep them in a chronicle.

    SOURCES are files (plain text, saved HTML pages, JSON, JSON Lines), folders, or - for standard input. What the
    chronicle holds already changes nothing, and is not read again; cut off, run the same command again.

    Exit code 0: all was read; 1: something could not be read; 2: nothing could.

    \b
    Examples:
      vakanuvis add feed.jsonl
      vakanuvis add saved-pages/ --chronicle news.duckdb --outlet "Örnek Gazetesi"
    """
    added = chronicle.add(inputs.reports())
    if inputs.count:
        click.echo(
            f"{chronicle.name}: {added.reports} new {_plural('report', added.reports)} with {added.events} "
            f"{_plural('event', added.events)}; {added.known} known already",
            err=True,
        )
    return inputs.finish()


def _plural(word: str, number: int) -> str:
    return word if number == 1 else word + "s"
