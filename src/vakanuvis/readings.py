"""Many readings, and the tables they turn into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from vakanuvis.errors import InputError
from vakanuvis.records import Event, Mention, Reading

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Of = Literal["events", "mentions"]
_ROLES = ("actor", "recipient", "place", "time", "source")


class Readings(Sequence[Reading]):
    """The readings of several reports, in the order in which the reports were given.

    Attributes:
        faults: what could not be read, in order.
    """

    def __init__(self, readings: Iterable[Reading], faults: Iterable[InputError] = ()) -> None:
        self._readings = tuple(readings)
        self.faults = tuple(faults)

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> Readings: ...
    def __getitem__(self, index: int | slice) -> Reading | Readings:
        return Readings(self._readings[index]) if isinstance(index, slice) else self._readings[index]

    def __len__(self) -> int:
        return len(self._readings)

    def __repr__(self) -> str:
        events = sum(len(reading.events) for reading in self)
        unread = f", {len(self.faults)} not read" if self.faults else ""
        return f"<Readings: {len(self)} reports, {events} events{unread}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        return "".join(reading._repr_html_() for reading in self)

    def to_json(self) -> str:
        """JSON Lines, one object a report (docs/record.md)."""
        return "".join(reading.to_json() + "\n" for reading in self)

    def to_arrow(self, of: Of = "events") -> pyarrow.Table:
        """An Arrow table with one row an event, or one a mention.

        Roles hold the words of their mentions; `start` and `end` are offsets into the report's text.

        Raises:
            ValueError: `of` is neither `events` nor `mentions`.
        """
        import pyarrow as pa

        if of not in ("events", "mentions"):
            raise ValueError(f"of is {of!r}; write 'events' or 'mentions'")
        words, number = pa.list_(pa.string()), pa.int32()
        report = [("report", pa.string()), ("published", pa.date32()), ("outlet", pa.string()), ("lang", pa.string())]
        span = [("id", pa.string()), ("type", pa.string()), ("start", number), ("end", number), ("words", pa.string())]
        event = [
            ("mode", pa.string()),
            ("status", pa.string()),
            ("context", words),
            *((role, words) for role in _ROLES),
        ]
        counts = [("dead", number), ("injured", number)]
        end = [("confidence", pa.float64())]
        if of == "mentions":
            rows = [_row(reading, mention) for reading in self for mention in reading.mentions]
            return pa.Table.from_pylist(rows, schema=pa.schema([*report, *span, *end]))
        rows = [row for reading in self for row in _event_rows(reading)]
        return pa.Table.from_pylist(rows, schema=pa.schema([*report, *span, *event, *counts, *end]))

    def to_pandas(self, of: Of = "events") -> pandas.DataFrame:
        """The same as a pandas frame.

        Raises:
            ImportError: pandas is not installed.
            ValueError: as `to_arrow`.
        """
        try:
            import pandas  # noqa: F401
        except ImportError:
            raise ImportError("to_pandas needs pandas: pip install pandas") from None
        return self.to_arrow(of).to_pandas()

    def to_polars(self, of: Of = "events") -> polars.DataFrame:
        """The same as a polars frame.

        Raises:
            ImportError: polars is not installed.
            ValueError: as `to_arrow`.
        """
        try:
            import polars
        except ImportError:
            raise ImportError("to_polars needs polars: pip install polars") from None
        frame = polars.from_arrow(self.to_arrow(of))
        assert isinstance(frame, polars.DataFrame)
        return frame


def _row(reading: Reading, span: Mention | Event) -> dict[str, Any]:
    report = reading.report
    return {
        "report": report.id,
        "published": report.day,
        "outlet": report.outlet,
        "lang": report.language,
        "id": span.id,
        "type": span.type,
        "start": span.start,
        "end": span.end,
        "words": reading.words(span),
        "confidence": span.confidence,
    }


def _event_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    words = {mention.id: reading.words(mention) for mention in reading.mentions}
    for event in reading.events:
        row = _row(reading, event)
        row |= {key: getattr(event, key) for key in ("mode", "status", "context", "dead", "injured")}
        yield row | {role: [words[key] for key in getattr(event, role)] for role in _ROLES}
