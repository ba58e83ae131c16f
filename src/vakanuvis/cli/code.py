"""`vakanuvis code`: reports as coded events in the formats of the field."""

from __future__ import annotations

from pathlib import Path

import click

from vakanuvis.cli._inputs import Inputs, input_options
from vakanuvis.cli._outputs import opened, output_option

_FORMATS = ("plover", "polecat", "icews", "parquet")


@click.command("code")
@input_options
@click.option(
    "--format",
    "kind",
    type=click.Choice(_FORMATS),
    default="plover",
    show_default=True,
    help="plover: PLOVER's exchange format, JSON Lines; polecat, icews: tab-separated tables; parquet.",
)
@output_option()
def command(inputs: Inputs, kind: str, output: Path | None) -> int:
    """Code the events of reports: who did what to whom, where, when.

    SOURCES are files (plain text, saved HTML pages, JSON, JSON Lines), folders, or - for standard input.

    Exit code 0: all was read; 1: something could not be read; 2: nothing could.

    \b
    Examples:
      vakanuvis code feed.jsonl -o events.jsonl
      vakanuvis code feed.jsonl --format polecat -o events.tsv
    """
    from vakanuvis.exports import writer
    from vakanuvis.extraction import Extractor
    from vakanuvis.resolution import code_many

    with opened(output, binary=kind == "parquet") as stream, writer(kind, stream) as out:
        extractor = Extractor.load()
        for coding in code_many(extractor.read_many(inputs.reports(progress=output is not None or None))):
            out.write(coding)
    return inputs.finish()
