"""What all commands on a chronicle share: where it is, the filters, how rows are shown.

@click.command("events")
@chronicle_option
@filter_options
@output_options()
def command(chronicle: Chronicle, filters: dict[str, Any], show: Show) -> None:
    show(chronicle.events(limit=show.limit, offset=show.offset, **filters))
"""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vakanuvis.cli._outputs import opened, output_option
from vakanuvis.cli._terminal import console, printable
from vakanuvis.errors import FilterError

if TYPE_CHECKING:
    import pyarrow as pa

    from vakanuvis.store.drawable import Drawable

DEFAULT = "vakanuvis.duckdb"
FORMATS = ("table", "json", "csv", "parquet")
ROWS = 50  # of a table for people, where no limit is given
MOST = 10**12  # no chronicle has so many rows, and a database takes the number

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def chronicle_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --chronicle; it is called with `chronicle`, a `Chronicle`."""

    @click.option(
        "--chronicle",
        "kept_at",
        envvar="VAKANUVIS_CHRONICLE",
        default=DEFAULT,
        show_default=True,
        show_envvar=True,
        metavar="FILE|URL",
        help="A DuckDB file, or postgresql://user@host/database.",
    )
    @functools.wraps(function)
    def wrapped(*args: Any, kept_at: str, **options: Any) -> Any:
        from vakanuvis.store import Chronicle

        with Chronicle(kept_at) as chronicle:
            return function(*args, chronicle=chronicle, **options)

    return wrapped


_MANY: dict[str, str] = {
    "actor": "Who acts: a polity (TUR, Türkiye), an id of the register, or words of a name.",
    "recipient": "Who is acted upon.",
    "either": "Who acts or is acted upon.",
    "type": "Event type, e.g. CONSULT.",
    "mode": "Mode, e.g. visit.",
    "context": "Context, e.g. diplomatic.",
    "status": "actual, historical, future, hypothetical or negated.",
    "place": "A country (TUR), region, district, town or site.",
    "outlet": "Who published it.",
    "language": "Language of the report: tr, en, ar, ...",
    "text": "Words of the report, in any inflection.",
}


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters that all questions share; it is called with `filters`, a dict."""

    @functools.wraps(function)
    def wrapped(*args: Any, **options: Any) -> Any:
        names = [*_MANY, "since", "until", "confidence", "voices"]
        filters = {name: options.pop(name) for name in names}
        for name in _MANY:
            if any(not value.strip() for value in filters[name]):
                raise FilterError(f"{name}: a value is empty")
        return function(*args, filters={k: v for k, v in filters.items() if v not in (None, ())}, **options)

    decorated: Callable[..., Any] = wrapped
    decorated = click.option("--voices", type=click.IntRange(1), metavar="N", help="At least N independent voices.")(
        decorated
    )
    decorated = click.option(
        "--confidence", type=click.FloatRange(0, 1), metavar="X", help="At least this confidence, 0 to 1."
    )(decorated)
    decorated = click.option("--until", metavar="DATE", help="Last day: 2023, 2023-05 or 2023-05-17.")(decorated)
    decorated = click.option("--since", metavar="DATE", help="First day: 2023, 2023-05 or 2023-05-17.")(decorated)
    for name, text in reversed(_MANY.items()):
        decorated = click.option(f"--{name}", multiple=True, metavar=name.upper(), help=text)(decorated)
    return decorated


class Show:
    """How a command's rows are to be shown.

    Attributes:
        limit, offset: the page of rows to ask for.
    """

    def __init__(
        self, kind: str, output: Path | None, limit: int | None, offset: int, columns: Sequence[str] | None
    ) -> None:
        self._kind, self._output, self._columns = kind, output, columns
        self._cut = limit is None and kind == "table"
        # One row more than is shown tells whether there are more.
        self.limit = ROWS + 1 if self._cut else limit and min(limit, MOST)
        self.offset = min(offset, MOST)

    def __call__(self, table: pa.Table | Drawable, *, empty: str = "nothing found") -> None:
        """Write the rows to the output, or to standard output."""
        import pyarrow as pa

        table = pa.table(table)
        if self._kind == "table":
            self._table(table, empty)
            return
        with opened(self._output, binary=self._kind == "parquet") as file:
            if self._kind == "parquet":
                import pyarrow.parquet as pq

                pq.write_table(table, file)
            else:
                write_text(table, self._kind, file)

    def _table(self, table: pa.Table, empty: str) -> None:
        from rich.table import Table

        if not table.num_rows:
            click.echo(f"vakanuvis: {empty}", err=True)
            return
        more = self._cut and table.num_rows > ROWS
        if more:
            table = table.slice(0, ROWS)
        names = [name for name in self._columns or table.column_names if name in table.column_names]
        drawn = Table(box=None, pad_edge=False, header_style="bold")
        for name in names:
            number = str(table.schema.field(name).type) in ("int32", "int64", "double")
            drawn.add_column(name.replace("_", " "), justify="right" if number else "left", overflow="fold")
        for row in table.select(names).to_pylist():
            drawn.add_row(*(printable(cell(value)) for value in row.values()))
        with opened(self._output) as file:
            out = console(file)
            if not out.is_terminal:
                out.width = 200
            out.print(drawn)
        if more:
            click.echo(f"vakanuvis: the first {ROWS} rows; --limit N shows more, --format json all", err=True)


def output_options(columns: Sequence[str] | None = None, *, pages: bool = True) -> Decorator:
    """Give a command --format, -o and, for `pages`, --limit and --offset; it is called with `show`, a `Show`.

    Args:
        columns: those of the table for people; the other formats have all.
        pages: whether the command can cut out a page.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(
            *args: Any, kind: str, output: Path | None, limit: int | None = None, offset: int = 0, **options: Any
        ) -> Any:
            return function(*args, show=Show(kind, output, limit, offset, columns), **options)

        decorated: Callable[..., Any] = wrapped
        if pages:
            decorated = click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help="Skip N rows.")(
                decorated
            )
            decorated = click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N rows.")(decorated)
        decorated = output_option()(decorated)
        return click.option(
            "--format",
            "kind",
            type=click.Choice(FORMATS),
            default="table",
            show_default=True,
            help="json: JSON Lines, one object a row.",
        )(decorated)

    return decorate


def order_option(columns: str, *, default: str = "day") -> Decorator:
    """Give a command the option --order; it is called with `order`.

    Args:
        columns: what rows can be ordered by, in words.
    """
    return click.option(
        "--order",
        default=default,
        show_default=True,
        metavar="COLUMN",
        help=f"{columns}; -COLUMN: largest first.",
    )


def write_text(table: pa.Table, kind: str, file: Any) -> None:
    """Write rows as JSON Lines ("json") or CSV ("csv")."""
    if kind == "json":
        for batch in table.to_batches(1000):
            for row in batch.to_pylist():
                file.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
        return
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.column_names)
    for batch in table.to_batches(1000):
        for row in batch.to_pylist():
            writer.writerow([cell(value, dots=False) for value in row.values()])


def cell(value: Any, *, dots: bool = True) -> str:
    """A value in one cell: lists joined by semicolons, records as JSON, nothing for what is missing.

    Args:
        value: the value.
        dots: cut what is longer than a screen holds.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value and dots else "" if dots else str(value).lower()
    if isinstance(value, float):
        return f"{value:.3g}" if dots else repr(value)
    if isinstance(value, list):
        shown = value[:5] if dots else value
        more = [f"+{len(value) - 5}"] if len(value) > len(shown) else []
        return "; ".join([*(cell(item, dots=dots) for item in shown), *more])
    if isinstance(value, dict) and dots and {"report", "event"} <= value.keys():
        return f"{value['report']} {value['event']}".strip()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    text = str(value)
    return text[:297] + "..." if dots and len(text) > 300 else text


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
