"""Reports: the list, and one with all its marks."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.i18n import Locale, chosen, locale
from vakanuvis.atlas.pages import view
from vakanuvis.atlas.pages.marks import LONGEST, Mark, pieces
from vakanuvis.ontology import ROLES
from vakanuvis.records import Coding

ORDERS = ("-published", "day", "outlet")


def listed(request: Request) -> Response:
    """The list, filtered."""
    return view.listed(request, "reports", ORDERS)


def one(request: Request) -> Response:
    """One report."""
    row = request.app.state.chronicle.report(request.path_params["id"], coding=True)
    happenings = {event["event"]: event["happening"] for event in row["events"]}
    sheet = marked(row["coding"], locale(chosen(request)), happenings)
    return view.page(request, "report.html", row=row, sheet=sheet)


def marked(coding: Coding, l: Locale, happenings: dict[str, str | None]) -> dict[str, Any]:  # noqa: E741
    """A coded report as its page shows it: the text in pieces, and a record for each mark.

    Args:
        coding: the coded report.
        l: the language.
        happenings: ids of the happenings that its events are in, by the event's id.
    """
    reading = coding.reading
    text = reading.report.text
    coded = {event.id: event for event in coding.events}
    marks = [
        Mark("event", e.id, e.start, e.end, f"{l.code('type', e.type)}, {l.code('status', e.status)}", e.type)
        for e in reading.events
    ]
    marks += [Mark("mention", m.id, m.start, m.end, l.code("mention", m.type), m.type) for m in reading.mentions]
    marks += [
        Mark("finding", str(n), f.start, f.end, l.code("contradiction", f.kind), f.severity)
        for n, f in enumerate(coding.findings, 1)
    ]
    roles: dict[str, list[tuple[str, str]]] = {}
    for event in reading.events:
        for role in ROLES:
            for key in getattr(event, role):
                roles.setdefault(key, []).append((role, event.id))
    events = [
        {
            "event": event, "words": reading.words(event), "coded": coded.get(event.id),
            "happening": happenings.get(event.id),
            "roles": {role: [(key, reading.words(reading.mention(key))) for key in getattr(event, role)]
                      for role in ROLES if getattr(event, role)},
        }
        for event in reading.events
    ]  # fmt: skip
    mentions = [
        {
            "mention": mention, "words": reading.words(mention), "identity": coding.identities.get(mention.id),
            "place": coding.places.get(mention.id), "when": coding.times.get(mention.id),
            "roles": roles.get(mention.id, []),
        }
        for mention in reading.mentions
    ]  # fmt: skip
    findings = [
        {"finding": finding, "number": n, "words": text[finding.start : finding.end]}
        for n, finding in enumerate(coding.findings, 1)
    ]
    return {
        "pieces": pieces(text, marks, end=LONGEST), "cut": len(text) > LONGEST, "longest": LONGEST, "events": events,
        "mentions": mentions, "findings": findings, "warnings": reading.warnings,
    }  # fmt: skip


routes = [
    Route("/reports", threaded(listed), name="reports"),
    Route("/reports/{id:path}", threaded(one), name="report"),
]
