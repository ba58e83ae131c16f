"""Answers that can draw themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vakanuvis.errors import FilterError

if TYPE_CHECKING:
    import altair


class Drawable:
    """An Arrow table that can be drawn: it has all that a table has, and `chart`.

    What takes Arrow data (`pyarrow.table`, `polars.DataFrame`, DuckDB) takes it as well.

    Attributes:
        table: the table itself.
    """

    def __init__(self, table: pa.Table, chart: str | None, *title: str) -> None:
        """Args:
        table: the table.
        chart: the chart of `vakanuvis.charts` that its columns are made for; None where there is none.
        title: what stands above the chart.
        """
        self.table, self._chart, self._title = table, chart, " – ".join(title)

    def chart(self, *, language: str = "en", theme: str = "light") -> altair.TopLevelMixin:
        """The chart of it, an Altair chart that notebooks show.

        Args:
            language: of its words: "en" or "tr".
            theme: "light" or "dark".

        Raises:
            FilterError: there is no chart for these columns.
        """
        # Imported here, as charts are a face that comes after the store, and load much.
        from vakanuvis.charts import CHARTS
        from vakanuvis.charts.looks import LANGUAGES, THEMES

        if self._chart is None:
            raise FilterError(
                "no chart is declared for these columns; count by 'type', by ['month', 'quad'] or by "
                "['actor_polity', 'recipient_polity'], or draw the table yourself"
            )
        if language not in LANGUAGES or theme not in THEMES:
            raise FilterError(f"language is {' or '.join(LANGUAGES)}, theme is {' or '.join(THEMES)}")
        return CHARTS[self._chart].drawn(self.table, language=language, theme=theme, title=self._title)

    def equals(self, other: Any) -> bool:
        """Whether the other holds the same rows."""
        return bool(self.table.equals(other.table if isinstance(other, Drawable) else other))

    def __eq__(self, other: object) -> bool:
        return self.equals(other) if isinstance(other, (Drawable, pa.Table)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "table":
            raise AttributeError(name)
        return getattr(self.table, name)

    def __getitem__(self, key: Any) -> Any:
        return self.table[key]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __repr__(self) -> str:
        return repr(self.table)
