"""`vakanuvis demo`: a chronicle to try things on."""

from __future__ import annotations

from importlib.resources import as_file, files

import click

from vakanuvis.cli._inputs import Inputs
from vakanuvis.intake import Defaults
from vakanuvis.store import Chronicle

DEFAULT = "vakanuvis-demo.duckdb"


@click.command("demo")
@click.option(
    "--chronicle",
    "kept_at",
    default=DEFAULT,
    show_default=True,
    metavar="FILE|URL",
    help="Where to build it: a DuckDB file, or postgresql://user@host/database.",
)
def command(kept_at: str) -> int:
    """Build a chronicle from the demo reports, and say what to try next.

    The reports, in Turkish, English and Arabic, were written for this project; their outlets are invented.

    \b
    Examples:
      vakanuvis demo
      vakanuvis demo --chronicle trial.duckdb
    """
    with as_file(files("vakanuvis.demo").joinpath("reports.jsonl")) as path, Chronicle(kept_at) as chronicle:
        inputs = Inputs((str(path),), Defaults())
        chronicle.add(inputs.reports())
        info = chronicle.info()
        told = chronicle.happenings(order="-voices", limit=1)
    happening = told["id"][0].as_py() if told.num_rows else "ID"
    at = f" --chronicle {kept_at}"
    click.echo(
        f"{kept_at}: {info['reports']} reports of {info['outlets']} outlets, {info['events']} events, "
        f"{info['happenings']} happenings, {info['contradictions']} contradictions, "
        f"{info['expectations']} expectations\n"
    )
    click.echo("Try:")
    for words, what in (
        ("happenings --voices 3", "what at least three independent voices tell"),
        ("happenings --actor TUR --type CONSULT", "whom Türkiye met"),
        ("contradictions", "what reports give differently, and what the register knows better"),
        ("expectations --outcome lapsed", "what was announced and never came"),
        ("expectations --record outlet", "how often what an outlet told ahead came true"),
        (f"reactions {happening}", "how others took the happening told most often"),
        ("dyad TUR SWE", "two countries month by month"),
        ("events --text ateşkes --format json", "every telling in reports that speak of a ceasefire"),
    ):
        click.echo(f"  vakanuvis {words}{at}\n      {what}")
    return inputs.finish()
