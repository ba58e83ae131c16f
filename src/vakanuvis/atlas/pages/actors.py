"""Actors: the list, and one with offices, happenings, partners and months."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas import questions
from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view
from vakanuvis.resolution.people import RANK
from vakanuvis.resolution.register import Register, load

ORDERS = ("-events", "name", "-last")


def listed(request: Request) -> Response:
    """The list, filtered."""
    chronicle, given = request.app.state.chronicle, view.filters(request)
    number, order = view.number(request), view.order(request, ORDERS)
    rows = chronicle.actors(order=order, limit=view.ROWS + 1, offset=(number - 1) * view.ROWS, **given).to_pylist()
    return view.page(
        request, "actors.html", rows=rows[: view.ROWS], more=len(rows) > view.ROWS, number=number, order=order,
        orders=ORDERS, given=given,
    )  # fmt: skip


def one(request: Request) -> Response:
    """One actor, by a polity's code, an id of the register, or a name."""
    key = request.path_params["key"]
    found = questions.actor(request.app.state.chronicle, key)
    register, sheet = load(), found["register"]
    if sheet and sheet["kind"] != "person":
        sheet["offices"].sort(key=lambda office: (_apart(register, office["id"]), -RANK.get(office["kind"], 0)))
    info = request.app.state.chronicle.info()
    return view.page(
        request, "actor.html", key=key, found=found, sheet=sheet, day=view.last_day(info),
        more=_more(register, key), total=sum(row["number"] for row in found["months"]),
    )  # fmt: skip


def _apart(register: Register, id: str) -> bool:
    """Whether an office belongs to a party or a group, and not to the state: those come last on a polity's page."""
    office = register.office(id)
    organisation = register.organisation(office.organisation) if office else None
    return organisation is not None and organisation.kind in _APART


_APART = ("party", "armed-group", "paramilitary", "criminal", "coalition", "movement", "ngo", "union", "company")


def _more(register: Register, key: str) -> dict[str, Any]:
    """What the register's page shows beyond `questions.entry_sheet`."""
    entry = register.polity(key) or register.organisation(key)
    if entry is None:
        person = register.person(key)
        return {"aliases": person.aliases[:8] if person else (), "blocs": (), "founded": "", "dissolved": ""}
    aliases = {code: getattr(entry, f"aliases_{code}")[:6] for code in ("en", "tr")}
    blocs = [(key, organisation) for key in getattr(entry, "blocs", ()) if (organisation := register.organisation(key))]
    return {
        "aliases": aliases, "blocs": blocs, "founded": getattr(entry, "founded", ""),
        "dissolved": getattr(entry, "dissolved", ""),
    }  # fmt: skip


routes = [
    Route("/actors", threaded(listed), name="actors"),
    Route("/actors/{key:path}", threaded(one), name="actor"),
]
