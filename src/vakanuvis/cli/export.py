"""`vakanuvis export`: a chronicle, whole or filtered, in the formats of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from vakanuvis.cli._filters import chronicle_option, filter_options
from vakanuvis.cli._outputs import opened, output_option
from vakanuvis.errors import FilterError
from vakanuvis.store import Chronicle

CODED = ("plover", "polecat", "icews", "parquet")
FORMATS = (*CODED, "geojson", "graphml", "claims")


@click.command("export")
@filter_options
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="plover",
    show_default=True,
    help="plover: exchange format, JSON Lines; polecat, icews: tab-separated tables; parquet; geojson: happenings "
    "with a place; graphml: who acts upon whom; claims: contradictions as ClaimReview JSON-LD.",
)
@click.option(
    "--per",
    type=click.Choice(("happening", "event")),
    help="One record a happening (as without it) or one an event: of plover, polecat, icews and parquet.",
)
@output_option()
@chronicle_option
def command(
    chronicle: Chronicle,
    filters: dict[str, Any],
    kind: str,
    per: Literal["happening", "event"] | None,
    output: Path | None,
) -> None:
    """Export a chronicle, or what the filters choose of it.

    \b
    Examples:
      vakanuvis export --format polecat -o turkiye.tsv --actor TUR --since 2024
      vakanuvis export --format geojson --type ASSAULT -o attacks.geojson
    """
    if per and kind not in CODED:
        raise FilterError(f"--per is for {', '.join(CODED)}; {kind} has records of its own")
    chronicle.info()  # says what is wrong with the place before a file is touched
    with opened(output, binary=kind == "parquet") as stream:
        number = _export(chronicle, kind, per or "happening", stream, filters)
    if output is not None:
        click.echo(f"{output}: {number} {'record' if number == 1 else 'records'}", err=True)


def _export(
    chronicle: Chronicle,
    kind: str,
    per: Literal["happening", "event"],
    stream: Any,
    filters: dict[str, Any],
) -> int:
    if kind in CODED:
        from vakanuvis.exports import writer

        with writer(kind, stream) as out:
            return sum(out.write(coding) for coding in chronicle.selected(per=per, **filters))
    if kind == "geojson":
        from vakanuvis.exports.geojson import geojson

        return geojson(chronicle, stream, **filters)
    if kind == "graphml":
        from vakanuvis.exports.graphml import graphml

        return graphml(chronicle, stream, **filters)
    from vakanuvis.exports.claims import claims

    return claims(chronicle, stream, **filters)
