"""Who has to do with whom."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.i18n import Locale, chosen, locale
from vakanuvis.atlas.pages import view
from vakanuvis.store import Chronicle

PAIRS, TABLE, ASKED = 60, 24, 400  # drawn, in the table, asked for by quad category
NODES = 32  # drawn: of more, most could not be named
STEPS = 150
NAMED = 8  # of the weightiest nodes are named wherever they lie
LETTERS = 26  # of a label
_BEYOND = 30  # how far labels may reach beyond the drawing's edges
LETTER = {"wide": 19.0, "narrow": 44.0}  # height of a label's letters on a screen and on a telephone, as in atlas.css


def shown(request: Request) -> Response:
    """The network, filtered."""
    given = view.filters(request, "by")
    by = "actor" if request.query_params.get("by") == "actor" else "polity"
    found = pairs(request.app.state.chronicle, by, **given)[:PAIRS]
    drawn = _drawn(_few(found), locale(chosen(request)))
    return view.page(request, "network.html", pairs=found[:TABLE], by=by, given=given, drawn=drawn)


def pairs(chronicle: Chronicle, by: str, **given: Any) -> list[dict[str, Any]]:
    """The pairs with most happenings, whichever of the two acted. So many people are no party: `21 people`, `48 kişi`.

    Returns:
        For each pair `a`, `b`, `happenings` and `lean`: from -1 (all conflict) to 1 (all cooperation).
    """
    sides = ("actor_polity", "recipient_polity") if by == "polity" else ("actor", "recipient")
    counted: dict[tuple[str, str], list[int]] = {}
    for row in chronicle.count([*sides, "quad"], limit=ASKED, **given).to_pylist():
        a, b = row[sides[0]], row[sides[1]]
        if a and b and a != b and not (_counted(a) or _counted(b)):
            counted.setdefault((min(a, b), max(a, b)), [0, 0])[row["quad"] > 2] += row["number"]
    found = [
        {"a": a, "b": b, "happenings": good + bad, "lean": (good - bad) / (good + bad)}
        for (a, b), (good, bad) in counted.items()
    ]
    return sorted(found, key=lambda pair: (-pair["happenings"], pair["a"], pair["b"]))


def _counted(name: str) -> bool:
    return name[:1].isdigit()


def _few(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first pairs, as long as they name few enough."""
    names: set[str] = set()
    kept = []
    for pair in found:
        if len(names | {pair["a"], pair["b"]}) <= NODES:
            names |= {pair["a"], pair["b"]}
            kept.append(pair)
    return kept


def _drawn(found: list[dict[str, Any]], to: Locale) -> dict[str, Any]:
    """Nodes and links in a square of 1000, the weightiest nodes first."""
    weight: dict[str, int] = {}
    for pair in found:
        for side in ("a", "b"):
            weight[pair[side]] = weight.get(pair[side], 0) + pair["happenings"]
    names = sorted(weight, key=lambda name: (-weight[name], name))
    at = {name: i for i, name in enumerate(names)}
    ends = [(at[pair["a"]], at[pair["b"]], pair["happenings"]) for pair in found]
    places = layout(len(names), ends)
    most = max(weight.values(), default=1)
    nodes = [
        {"name": name, "x": x, "y": y, "r": round(8 + 26 * sqrt(weight[name] / most), 1), "happenings": weight[name],
         "label": view.short(to.polity(name), LETTERS)}
        for name, (x, y) in zip(names, places, strict=True)
    ]  # fmt: skip
    for size in ("wide", "narrow"):
        for node, line in zip(nodes, readable(nodes, LETTER[size]), strict=True):
            node[size] = line
    heaviest = max((pair["happenings"] for pair in found), default=1)
    links = [
        {**pair, "from": places[at[pair["a"]]], "to": places[at[pair["b"]]],
         "width": round(1.5 + 10 * sqrt(pair["happenings"] / heaviest), 1)}
        for pair in found
    ]  # fmt: skip
    return {"nodes": nodes, "links": links}


def readable(nodes: Sequence[dict[str, Any]], size: float) -> list[float | None]:
    """Where the nodes' labels stand so that none covers another one, the first nodes first.

    Only the labels of the first few may cover nodes: without them nobody would know what is in the midst of a crowd.

    Args:
        nodes: with x, y, r and label.
        size: height of a letter.

    Returns:
        The label's base line, below the node or above it; None where there is no room for it.
    """
    circles = [(n["x"] - n["r"], n["y"] - n["r"], n["x"] + n["r"], n["y"] + n["r"]) for n in nodes]
    taken: list[tuple[float, float, float, float]] = []
    found: list[float | None] = []
    for rank, node in enumerate(nodes):
        half, high = len(node["label"]) * size * 0.29, size * 1.2
        for top in (node["y"] + node["r"], node["y"] - node["r"] - high):
            box = (node["x"] - half, top, node["x"] + half, top + high)
            others = taken if rank < NAMED else [*taken, *circles[:rank], *circles[rank + 1 :]]
            if box[0] < -_BEYOND or box[2] > 1000 + _BEYOND:
                continue
            if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in others):
                taken.append(box)
                found.append(round(top + size, 1))
                break
        else:
            found.append(None)
    return found


def layout(number: int, links: list[tuple[int, int, int]]) -> list[tuple[float, float]]:
    """Where to draw nodes so that linked ones are near: Fruchterman and Reingold, Software: Practice and Experience
    21 (1991), from a circle, so that the same network is always drawn alike.

    Args:
        number: nodes.
        links: pairs of nodes with their weights.
    """
    if not number:
        return []
    angles = np.arange(number) * 2.399963  # the golden angle
    spread = np.sqrt(np.arange(number) + 0.5)[:, None]
    places = spread * np.stack([np.cos(angles), np.sin(angles)], axis=1) / max(1.0, sqrt(number))
    pull = np.zeros((number, number))
    for a, b, weight in links:
        pull[a, b] = pull[b, a] = 1 + np.log(weight)
    ideal = 1.6 / sqrt(number)
    for step in range(STEPS):
        apart = places[:, None] - places[None, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = (ideal**2 / distance**2 - 0.35 * pull * distance / ideal)[:, :, None] * apart / distance[:, :, None]
        moved = force.sum(axis=1) - 0.25 * places
        length = np.maximum(np.sqrt((moved**2).sum(axis=1)), 1e-9)[:, None]
        places = places + moved / length * np.minimum(length, 0.15 * (1 - step / STEPS))
    low, high = places.min(axis=0), places.max(axis=0)
    scaled = 70 + 860 * (places - low) / np.maximum(high - low, 1e-9) if number > 1 else places * 0 + 500
    return [(round(float(x), 1), round(float(y), 1)) for x, y in scaled]


routes = [Route("/network", threaded(shown), name="network")]
