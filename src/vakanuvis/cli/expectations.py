"""`vakanuvis expectations`: the ledger of what was expected, and what came of it."""

from __future__ import annotations

from typing import Any, Literal

import click

from vakanuvis.chronicle.expectations import KINDS
from vakanuvis.cli._filters import Show, chronicle_option, filter_options, output_options
from vakanuvis.store import Chronicle

COLUMNS = (
    "announced", "kind", "outcome", "type", "expecters", "actor", "recipient", "due_last", "outcome_day", "lead_days",
    "voices", "id", "outlet", "fulfilled", "lapsed", "withdrawn", "open", "came_true", "mean_lead_days",
)  # fmt: skip


@click.command("expectations")
@filter_options
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="What kind of expectation.")
@click.option(
    "--outcome", multiple=True, type=click.Choice(("fulfilled", "lapsed", "withdrawn", "open")), help="What came of it."
)
@click.option("--as-of", metavar="DATE", help="The ledger as it stood at the end of this day; today by default.")
@click.option(
    "--record", type=click.Choice(("outlet", "actor")), help="For each outlet or actor, how often it came true."
)
@output_options(COLUMNS)
@chronicle_option
def command(
    chronicle: Chronicle,
    filters: dict[str, Any],
    kinds: tuple[str, ...],
    outcome: tuple[str, ...],
    as_of: str | None,
    record: Literal["outlet", "actor"] | None,
    show: Show,
) -> None:
    """List what was planned, threatened, feared, possible or called for: by whom, by when, and what came of it.

    With --record, for each outlet or each actor, how often what they announced came true.

    \b
    Examples:
      vakanuvis expectations --outcome lapsed
      vakanuvis expectations --record outlet --as-of 2025-06-30
    """
    if record:
        show(chronicle.track_record(record, kind=kinds, outcome=outcome, as_of=as_of, **filters))
        return
    show(
        chronicle.expectations(
            kind=kinds, outcome=outcome, as_of=as_of, limit=show.limit, offset=show.offset, **filters
        )
    )
