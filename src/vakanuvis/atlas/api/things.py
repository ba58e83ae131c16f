"""Single things, questions to the register, reading a text, and adding reports."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas import questions
from vakanuvis.atlas.api import formats
from vakanuvis.atlas.api.parameters import Parameter, Query
from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.problems import Problem
from vakanuvis.atlas.safety import TRUSTED, token_needed
from vakanuvis.errors import FilterError, InputError
from vakanuvis.intake.reports import from_row
from vakanuvis.records import Report
from vakanuvis.store.filters import first_day

REPORTS = 50  # that one request may add

ON = Parameter("on", "The day that it is about; without one, as of today.", "2024-01-15",
               pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")  # fmt: skip
WHO = Query((
    Parameter("text", "The phrase, in Turkish, English or Arabic.", "MİT Başkanı", required=True),
    ON,
    Parameter("language", "Its language, guessed where not given.", "tr", choices=("tr", "en", "ar")),
))  # fmt: skip
NOTHING = Query()


@dataclass(frozen=True, slots=True)
class Thing:
    """A question that is answered by one object.

    Attributes:
        path: where it lies under /api/v1.
        about: what it is.
        ask: gives the object; takes the request's state, its path parameters and its query parameters.
        query: the query parameters.
    """

    path: str
    about: str
    ask: Callable[..., Any]
    query: Query = NOTHING


def _who(state: Any, *, text: str, on: str | None = None, language: str | None = None) -> Any:
    day = first_day(on, "on")
    return questions.who(text, day, language=language)


def _report(state: Any, *, id: str) -> Any:
    return state.chronicle.report(id) | questions.coded(state.chronicle.coding(id))


THINGS: tuple[Thing, ...] = (
    Thing("/info", "What the chronicle holds, and what read it.", lambda state: state.chronicle.info()),
    Thing("/happenings/{id}", "A happening with all its tellings.", lambda state, id: state.chronicle.happening(id)),
    Thing("/reports/{id:path}", "A report: its text, mentions, events and findings.", _report),
    Thing("/actors/{id:path}", "An actor: what the register knows, its happenings, partners and months.",
          lambda state, id: questions.actor(state.chronicle, id)),
    Thing("/who", "Who an actor phrase means on a day.", _who, WHO),
)  # fmt: skip


def _answer(thing: Thing, request: Request) -> Response:
    given = thing.query.read(request.query_params)
    formats.chosen(request, (formats.JSON,))
    for name, value in request.path_params.items():
        if "\0" in value or len(value) > 1000:
            raise FilterError(f"{name}: nothing is called that")
    found = thing.ask(request.app.state, **request.path_params, **given)
    return formats.respond(formats.to_json(found), formats.JSON)


def _endpoint(thing: Thing) -> Callable[[Request], Awaitable[Response]]:
    return threaded(lambda request: _answer(thing, request))


# ---------------------------------------------------------------- reading and adding


async def _rows(request: Request) -> list[Any]:
    """The reports of a body: plain text, an object, a list of objects or JSON Lines.

    Raises:
        Problem: it is none of these.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    try:
        text = body.decode("utf-8-sig")
        if kind == "text/plain":
            return [{"text": text}]
        if kind == "application/x-ndjson":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        if kind == "application/json":
            rows = json.loads(text)
            return rows if isinstance(rows, list) else [rows]
    except UnicodeDecodeError:
        raise Problem(422, "input", "The body is not UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise Problem(422, "input", f"The body is no JSON: {str(error)[:200]}") from None
    raise Problem(415, "media-type", "Send application/json, application/x-ndjson or text/plain.")


def report_of(row: Any, longest: int, number: int = 1) -> Report:
    """The report that an object of a body is.

    Raises:
        InputError: it is none, or its text is too long to be read here.
    """
    source = f"report {number}"
    text = row.get("text") if isinstance(row, dict) else None
    if isinstance(text, str) and len(text) > longest:
        raise InputError(source, f"the text has {len(text):,} characters; {longest:,} are read here, the rest by "
                                 "`vakanuvis read`")  # fmt: skip
    digest = blake2b(text.encode(errors="replace"), digest_size=6).hexdigest() if isinstance(text, str) else ""
    return from_row(row, id=f"text-{digest}", source=source)


async def in_turn(request: Request, work: Callable[[], Any]) -> Any:
    """Run what needs the model: one at a time, within the time that reading may take.

    Raises:
        Problem: too many wait already.
    """
    state = request.app.state
    if state.readers.statistics().tasks_waiting >= 8:
        raise Problem(503, "busy", "Other texts are being read; try again soon.", headers={"retry-after": "10"})
    with anyio.fail_after(state.settings.reading):
        return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=state.readers)


async def _read(request: Request) -> Response:
    NOTHING.read(request.query_params)
    rows = await _rows(request)
    if len(rows) != 1:
        raise Problem(422, "input", "Send one report at a time.")
    report = report_of(rows[0], request.app.state.settings.text)
    coding = await in_turn(request, partial(questions.read, report))
    return formats.respond(formats.to_json(questions.coded(coding)), formats.JSON)


async def _add(request: Request) -> Response:
    if not request.scope[TRUSTED]:
        raise token_needed("Adding reports needs the token that `vakanuvis serve` shows.")
    NOTHING.read(request.query_params)
    rows = await _rows(request)
    if len(rows) > REPORTS:
        raise Problem(413, "too-large", f"Send {REPORTS} reports at a time; `vakanuvis add` takes any number.")
    reports, faults = [], []
    for number, row in enumerate(rows, 1):
        try:
            reports.append(report_of(row, request.app.state.settings.text, number))
        except InputError as error:
            faults.append({"report": number, "detail": error.reason})
    if faults and not reports:
        raise Problem(422, "input", str(faults[0]["detail"]), faults=faults)
    added = await in_turn(request, partial(request.app.state.chronicle.add, reports))
    result = {"reports": added.reports, "known": added.known, "events": added.events, "faults": faults}
    return formats.respond(formats.to_json(result), formats.JSON, 201 if added.reports else 200)


routes: list[Route] = [
    Route("/read", _read, methods=["POST"], name="api/read"),
    Route("/reports", _add, methods=["POST"], name="api/add"),
    *(Route(thing.path, _endpoint(thing), name=f"api{thing.path}") for thing in THINGS),
]
