"""Happenings: the list, and one with all its tellings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.i18n import Locale, chosen, locale
from vakanuvis.atlas.pages import maps, view
from vakanuvis.atlas.pages.marks import Mark, pieces

ORDERS = ("-day", "day", "-last_report", "-voices", "-reports", "-dead", "-confidence")
TELLINGS = 60  # that are shown
DAYS = 30  # in which reactions count
_MARKS = 24  # have room side by side on a line of time, on a telephone


def listed(request: Request) -> Response:
    """The list, filtered."""
    return view.listed(request, "happenings", ORDERS)


def one(request: Request) -> Response:
    """One happening."""
    chronicle = request.app.state.chronicle
    row = chronicle.happening(request.path_params["id"], reactions=DAYS)
    row["actor"], row["recipient"] = list(row["actor"] or ()), list(row["recipient"] or ())
    tellings = row["tellings"]
    for telling in tellings[:TELLINGS]:
        telling["pieces"] = _evidence(telling)
    place = maps.spot(row["latitude"], row["longitude"]) if row["latitude"] is not None else None
    return view.page(
        request, "happening.html", row=row, tellings=tellings[:TELLINGS], more=max(0, len(tellings) - TELLINGS),
        line=_line(tellings, locale(chosen(request))), place=place, days=DAYS,
        parties=_parties(row["parties"]), pair=_pair(row["parties"]), denied=_voices(tellings, "negated"),
    )  # fmt: skip


def _evidence(telling: dict[str, Any]) -> Any:
    """The sentence of a telling with its trigger marked."""
    sentence, words = telling["sentence"], telling["words"]
    at = sentence.find(words)
    marks = [Mark("here", telling["event"], at, at + len(words), code=telling["type"])] if at >= 0 else []
    return pieces(sentence, marks)


def _voices(tellings: Sequence[dict[str, Any]], status: str) -> int:
    return len({telling["voice"] for telling in tellings if telling["status"] == status})


def _parties(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"actor": [], "recipient": []}
    for row in rows:
        found.setdefault(row["role"], []).append(row)
    return found


def _pair(rows: Sequence[dict[str, Any]]) -> tuple[str, str] | None:
    """The polities of the two sides, where each has one of its own."""
    sides: list[set[str]] = [
        {row["polity"] for row in rows if row["role"] == role and row["polity"]} for role in ("actor", "recipient")
    ]
    one, other = sides[0] - sides[1], sides[1] - sides[0]
    if len(sides[0]) > 1 and not sides[1]:
        first, second, *_ = sorted(sides[0])
        return first, second
    return (min(one), min(other)) if one and other else None


def _line(tellings: Sequence[dict[str, Any]], l: Locale) -> dict[str, Any] | None:  # noqa: E741
    """The tellings on a line of time, from 0 to 1; None where no two are of different times."""
    dated = [(datetime.fromisoformat(t["published"]), t) for t in tellings if t["published"]]
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    for moment, _ in dated:
        first, last = min(first, moment), max(last, moment)
    length = (last - first).total_seconds()
    if not length:
        return None
    rows: dict[float, int] = {}
    points = []
    for moment, telling in dated:
        at = round((moment - first).total_seconds() / length, 3)
        level = rows.get(round(at * _MARKS), 0)
        rows[round(at * _MARKS)] = level + 1
        points.append({"at": at, "level": level, "telling": telling})
    within = first.date() == last.date()
    ends = [moment.strftime("%H:%M") if within else l.day(moment.date(), "medium") for moment in (first, last)]
    return {"first": ends[0], "last": ends[1], "points": points, "levels": max(rows.values())}


routes = [
    Route("/happenings", threaded(listed), name="happenings"),
    Route("/happenings/{id}", threaded(one), name="happening"),
]
