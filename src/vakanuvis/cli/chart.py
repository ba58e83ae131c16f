"""`vakanuvis chart`: a chart of a chronicle as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vakanuvis.cli._filters import chronicle_option, filter_options
from vakanuvis.cli._outputs import opened, output_option
from vakanuvis.store import Chronicle

# Each chart with its arguments, as `vakanuvis.charts` declares them; spelt out for a help that loads no libraries.
NAMES = ("dyad", "timeline", "types", "map", "matrix", "record", "tolls")
FORMATS = ("svg", "png", "html", "json")


@click.command("chart")
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.argument("arguments", nargs=-1, metavar="[ARGUMENT]...")
@filter_options
@output_option("File to write: .svg, .png, .html or .json (Vega-Lite); else SVG on standard output.")
@click.option(
    "--words", type=click.Choice(("en", "tr")), default="en", show_default=True, help="Language of the chart's words."
)
@click.option("--theme", type=click.Choice(("light", "dark")), default="light", show_default=True, help="Its ground.")
@chronicle_option
def command(
    chronicle: Chronicle,
    name: str,
    arguments: tuple[str, ...],
    filters: dict[str, Any],
    output: Path | None,
    words: Any,
    theme: Any,
) -> None:
    """Draw a chart of a chronicle, with the filters that all questions share.

    \b
    NAME is one of
      dyad A B          what passed between two parties, month by month
      timeline          happenings by month and quad category
      types             happenings by type
      map               where happenings lie
      matrix            who acts upon whom, by polity
      record            what became of what each outlet announced
      tolls HAPPENING   dead and injured of a happening, as told over time

    \b
    Examples:
      vakanuvis chart dyad TUR ISR --since 2023 -o dyad.svg
      vakanuvis chart map --type ASSAULT -o map.png
    """
    from vakanuvis.charts import CHARTS, render

    chart = CHARTS[name]
    if len(arguments) != len(chart.arguments):
        wanted = " ".join(argument.upper() for argument in chart.arguments) or "no argument"
        raise click.UsageError(f"chart {name} takes {wanted}")
    if filters and not chart.filters:
        raise click.UsageError(f"chart {name} takes no filters")
    kind = "svg" if output is None else output.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise click.UsageError(f"{output}: its name must end in {', '.join(f'.{f}' for f in FORMATS)}")
    drawn = render(chart.of(chronicle, *arguments, language=words, theme=theme, **filters), kind)
    with opened(output, binary=output is not None) as stream:
        stream.write(drawn.decode() if output is None else drawn)
