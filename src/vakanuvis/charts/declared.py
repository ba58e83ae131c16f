"""The charts. Each says what it asks of the chronicle and how it is drawn; everything else is the same for all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any

import altair as alt
import pyarrow as pa
from altair.utils.schemapi import debug_mode

from vakanuvis.charts.looks import COLOURS, QUADS, Language, Theme, config, ink, word
from vakanuvis.ontology import ontology

if TYPE_CHECKING:
    from vakanuvis.store import Chronicle

Row = dict[str, Any]
Drawn = alt.TopLevelMixin
MOST = 5000  # points of a map
_DRAWING = Lock()  # the checks of Altair are turned off for the whole process


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        name: how it is called.
        about: what it shows, in a sentence.
        arguments: what must be named to draw it, e.g. two parties.
        ask: gives its data; takes the chronicle, the arguments and filters.
        draw: gives the picture; takes rows, language, theme and title.
        filters: whether it takes the filters that all questions share.
    """

    name: str
    about: str
    arguments: tuple[str, ...]
    ask: Callable[..., pa.Table]
    draw: Callable[[Sequence[Row], Language, Theme], Any]
    filters: bool = True

    def of(
        self, chronicle: Chronicle, *arguments: str, language: Language = "en", theme: Theme = "light", **filters: Any
    ) -> Drawn:
        """The chart of a chronicle.

        Raises:
            FilterError: a filter or an argument is not understood.
        """
        return self.drawn(self.ask(chronicle, *arguments, **filters), language=language, theme=theme,
                          title=" – ".join(arguments))  # fmt: skip

    def drawn(
        self, table: pa.Table, *, language: Language = "en", theme: Theme = "light", title: str = ""
    ) -> Drawn:  # fmt: skip
        """The chart of a table that `ask` gave."""
        rows = _plain(table.to_pylist())
        # Altair checks each part against Vega-Lite's schema, which takes longer than all else. Ours are known to fit.
        with _DRAWING, debug_mode(False):
            picture = self.draw(rows, language, theme) if rows else _nothing(language)
            picture = picture.properties(title=title) if title else picture
            configured: Drawn = picture.configure(**config(theme))
        return configured


def _plain(rows: Sequence[Row]) -> list[Row]:
    """Rows with days as ISO 8601, as Vega reads them."""
    return [{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()} for row in rows]


def _nothing(language: Language) -> Any:
    data = _data([{"text": word("nothing", language)}])
    return alt.Chart(data, width=480, height=80).mark_text(fontSize=14).encode(text="text:N")


def _data(rows: Sequence[Row]) -> Any:
    # A tuple, as Altair copies lists at every step.
    return alt.InlineData(values=tuple(rows))


def _quad_colour(language: Language, theme: Theme) -> alt.Color:
    names = [word(quad, language) for quad in QUADS]
    scale = alt.Scale(domain=names, range=list(COLOURS[theme]))
    return alt.Color("category:N", scale=scale, title=None, sort=names)


def _long(rows: Sequence[Row], columns: Sequence[str], language: Language, keep: Sequence[str]) -> list[Row]:
    """One row for each of the columns of each row, in the order of the columns."""
    return [
        {**{name: row[name] for name in keep}, "category": word(column, language), "number": row[column], "rank": rank}
        for row in rows
        for rank, column in enumerate(columns)
    ]


def _months(language: Language) -> alt.X:
    axis = alt.Axis(format="%Y-%m", labelAngle=0, labelOverlap="greedy", labelSeparation=8, labelFlush=True)
    return alt.X("month:T", title=None, axis=axis)


# ---------------------------------------------------------------- two parties over time


def _stacked(rows: Sequence[Row], order: str, height: int, language: Language, theme: Theme) -> Any:
    """A bar for each month, its parts the quad categories."""
    return (
        alt.Chart(_data(rows), width=720, height=height)
        .mark_bar(binSpacing=2)
        .encode(
            x=_months(language).timeUnit("yearmonth"),
            y=alt.Y("number:Q", title=word("happenings", language), axis=alt.Axis(tickMinStep=1)),
            color=_quad_colour(language, theme),
            order=order,
            tooltip=[alt.Tooltip("month:T", title=word("month", language), format="%Y-%m"),
                     alt.Tooltip("category:N", title=word("quad", language)),
                     alt.Tooltip("number:Q", title=word("happenings", language))],
        )
    )  # fmt: skip


def _dyad(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    bars = _stacked(_long(rows, QUADS, language, ["month"]), "rank:O", 200, language, theme)
    scored = [row for row in rows if row["score_mean"] is not None]
    line = (
        alt.Chart(_data(scored), width=720, height=110)
        .mark_line(point=alt.OverlayMarkDef(size=26, filled=True, color=ink("text", theme)), strokeWidth=1.4,
                   color=ink("text", theme))
        .encode(
            x=_months(language),
            y=alt.Y("score_mean:Q", title=word("score", language), scale=alt.Scale(domain=[-10, 10])),
            tooltip=[alt.Tooltip("month:T", format="%Y-%m", title=word("month", language)),
                     alt.Tooltip("score_mean:Q", format=".1f", title=word("score", language))],
        )
    )  # fmt: skip
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(color=ink("soft", theme), strokeWidth=0.8).encode(y="zero:Q")
    changed = [{"month": row["month"], "text": word("change", language)} for row in rows if row["changed"]]
    rule = alt.Chart(_data(changed)).mark_rule(strokeDash=[4, 3], strokeWidth=1.6, color=COLOURS[theme][3]).encode(
        x="month:T", tooltip=[alt.Tooltip("text:N", title=" "), alt.Tooltip("month:T", format="%Y-%m", title=" ")]
    )  # fmt: skip
    return alt.vconcat(bars, alt.layer(zero, line, rule), spacing=16).resolve_scale(x="shared")


# ---------------------------------------------------------------- a selection over time, by type, in space


def _timeline(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    named = [{**row, "category": word(QUADS[row["quad"] - 1], language)} for row in rows if row["month"]]
    return _stacked(named, "quad:O", 240, language, theme)


def _types(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    kinds = ontology()
    named = [{**row, "category": word(QUADS[kinds.quad_code(row["type"]) - 1], language)} for row in rows]
    return (
        alt.Chart(_data(named), width=560, height=alt.Step(24))
        .mark_bar(binSpacing=2)
        .encode(
            x=alt.X("number:Q", title=word("happenings", language), axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("type:N", sort="-x", title=None),
            color=_quad_colour(language, theme),
            tooltip=[alt.Tooltip("type:N", title=word("type", language)),
                     alt.Tooltip("number:Q", title=word("happenings", language))],
        )
    )  # fmt: skip


@cache
def _land() -> dict[str, Any]:
    """Natural Earth's land at 1:110 million (public domain), by way of the package world-atlas."""
    text = files("vakanuvis.charts").joinpath("data/land-110m.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _map(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    land = alt.InlineData(values=_land(), format=alt.TopoDataFormat(type="topojson", feature="land"))
    ground = alt.Chart(land).mark_geoshape(fill=ink("land", theme), stroke=None)
    points = (
        alt.Chart(_data(rows))
        .mark_circle(opacity=0.75, color=COLOURS[theme][1], stroke=ink("land", theme), strokeWidth=0.6)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("happenings:Q", title=word("happenings", language), scale=alt.Scale(range=[14, 700]),
                          legend=alt.Legend(symbolType="circle", tickCount=4, format="d")),
            tooltip=[alt.Tooltip("name:N", title=word("place", language)),
                     alt.Tooltip("happenings:Q", title=word("happenings", language))],
        )
    )  # fmt: skip
    return alt.layer(ground, points).properties(width=760, height=380).project("equalEarth")


def _matrix(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    named = [row for row in rows if row["actor_polity"] and row["recipient_polity"]]
    ramp = alt.Scale(range=[ink("land", theme), COLOURS[theme][1]])
    return (
        alt.Chart(_data(named), width=alt.Step(26), height=alt.Step(26))
        .mark_rect()
        .encode(
            x=alt.X("recipient_polity:N", title=word("recipient", language),
                    axis=alt.Axis(orient="top", labelAngle=-60)),
            y=alt.Y("actor_polity:N", title=word("actor", language)),
            color=alt.Color("number:Q", scale=ramp, title=word("happenings", language)),
            tooltip=[alt.Tooltip("actor_polity:N", title=word("actor", language)),
                     alt.Tooltip("recipient_polity:N", title=word("recipient", language)),
                     alt.Tooltip("number:Q", title=word("happenings", language))],
        )
    )  # fmt: skip


# ---------------------------------------------------------------- expectations and tolls

_OUTCOMES = ("fulfilled", "lapsed", "withdrawn", "open")


def _record(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    side = "outlet" if "outlet" in rows[0] else "actor"
    colours = COLOURS[theme]
    names = [word(outcome, language) for outcome in _OUTCOMES]
    scale = alt.Scale(domain=names, range=[colours[1], colours[3], colours[2], ink("soft", theme)])
    return (
        alt.Chart(_data(_long(rows[:30], _OUTCOMES, language, [side])), width=560, height=alt.Step(24))
        .mark_bar(binSpacing=2)
        .encode(
            x=alt.X("number:Q", title=word("announced", language), axis=alt.Axis(tickMinStep=1)),
            y=alt.Y(f"{side}:N", sort="-x", title=None),
            color=alt.Color("category:N", scale=scale, sort=names, title=None),
            order="rank:O",
            tooltip=[alt.Tooltip(f"{side}:N", title=word(side, language)),
                     alt.Tooltip("category:N", title=word("outcome", language)),
                     alt.Tooltip("number:Q", title=word("announced", language))],
        )
    )  # fmt: skip


def _tolls(rows: Sequence[Row], language: Language, theme: Theme) -> Any:
    told = [row for row in _long(rows, ("dead", "injured"), language, ["published", "outlet"])
            if row["number"] is not None and row["published"]]  # fmt: skip
    names = [word("dead", language), word("injured", language)]
    colour = alt.Color("category:N", sort=names, title=None,
                       scale=alt.Scale(domain=names, range=[COLOURS[theme][3], COLOURS[theme][2]]))  # fmt: skip
    return (
        alt.Chart(_data(told), width=640, height=200)
        .mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=40, filled=True))
        .encode(
            x=alt.X("published:T", title=word("day", language),
                    axis=alt.Axis(format="%m-%d %H:%M", labelOverlap="greedy")),
            y=alt.Y("number:Q", title=word("toll", language), axis=alt.Axis(tickMinStep=1)),
            color=colour,
            tooltip=[alt.Tooltip("published:T", title=word("day", language), format="%Y-%m-%d %H:%M"),
                     alt.Tooltip("outlet:N", title=word("outlet", language)),
                     alt.Tooltip("category:N", title=" "), alt.Tooltip("number:Q", title=word("toll", language))],
        )
    )  # fmt: skip


def _ask_tolls(chronicle: Chronicle, happening: str) -> pa.Table:
    kinds = [("published", pa.string()), ("outlet", pa.string()), ("report", pa.string()), ("dead", pa.int64()),
             ("injured", pa.int64())]  # fmt: skip
    return pa.Table.from_pylist(chronicle.happening(happening)["tolls"], pa.schema(kinds))


CHARTS: dict[str, Chart] = {
    chart.name: chart
    for chart in (
        Chart("dyad", "What passed between two parties, month by month, and when it changed.", ("a", "b"),
              lambda chronicle, a, b, **filters: chronicle.dyad(a, b, **filters), _dyad),
        Chart("timeline", "Happenings by month and quad category.", (),
              lambda chronicle, **filters: chronicle.count(["month", "quad"], **filters), _timeline),
        Chart("types", "Happenings by type.", (),
              lambda chronicle, **filters: chronicle.count("type", **filters), _types),
        Chart("map", "Where happenings lie.", (),
              lambda chronicle, **filters: chronicle.places(limit=MOST, **filters), _map),
        Chart("matrix", "Who acts upon whom, by polity.", (),
              lambda chronicle, **filters: chronicle.count(["actor_polity", "recipient_polity"], limit=150, **filters),
              _matrix),
        Chart("record", "What became of what each outlet announced.", (),
              lambda chronicle, **filters: chronicle.track_record(**filters), _record),
        Chart("tolls", "The dead and injured of a happening, as told over time.", ("happening",), _ask_tolls, _tolls,
              filters=False),
    )
}  # fmt: skip
