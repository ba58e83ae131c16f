"""`vakanuvis recode`: redo what an older model, register or matching has made."""

from __future__ import annotations

import click

from vakanuvis.cli._filters import chronicle_option
from vakanuvis.store import Chronicle


@click.command("recode")
@chronicle_option
@click.option("--all", "everything", is_flag=True, help="Redo every report, whatever version coded it.")
@click.option("--dry-run", is_flag=True, help="Only say how many reports would be done.")
def command(chronicle: Chronicle, everything: bool, dry_run: bool) -> None:
    """Read and code anew the reports that another version of the model or the register has coded.

    Where an earlier version of Vakanüvis put the happenings together, all reports are matched anew first, as they were
    coded. Cut off, run the same command again: it goes on where it was.

    \b
    Examples:
      vakanuvis recode --dry-run
      vakanuvis recode --chronicle news.duckdb
    """
    from vakanuvis.store.pipeline import Coder

    if waiting := chronicle.unmatched():
        click.echo(f"{chronicle.name}: {waiting} reports to be matched anew, as an earlier version made the happenings")
        if not dry_run:
            chronicle.rematch()
    coder = Coder()
    versions = coder.versions
    number = chronicle.info()["reports"] if everything else chronicle.stale(versions)
    if dry_run or not number:
        click.echo(f"{chronicle.name}: {number} to be coded anew (model {versions[0]}, register {versions[1]})")
        return
    done = chronicle.recode(coder, versions, everything=everything)
    click.echo(f"{chronicle.name}: {done} coded anew (model {versions[0]}, register {versions[1]})")
