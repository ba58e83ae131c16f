"""The atlas as an ASGI application: what is served where, and what stands before it."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vakanuvis.atlas import api, pages, questions, safety
from vakanuvis.atlas.i18n import LANGUAGES
from vakanuvis.atlas.memory import Remembering
from vakanuvis.atlas.pages import today, view
from vakanuvis.atlas.problems import Problem, answer
from vakanuvis.atlas.repeats import Repeats
from vakanuvis.atlas.settings import Settings
from vakanuvis.charts import CHARTS
from vakanuvis.charts.drawing import specification
from vakanuvis.errors import VakanuvisError
from vakanuvis.store import Chronicle

STATIC = Path(__file__).with_name("static")
LASTING = "public, max-age=31536000, immutable"  # for addresses that change with what the file holds


def create(chronicle: Chronicle, settings: Settings | None = None) -> Starlette:
    """The application that serves a chronicle.

    What handlers find in `request.app.state`: `chronicle`, `settings`, `revision` (a function that names the
    chronicle's state at this moment, at little cost) and `threads` (the limiter of questions at one time).
    """
    settings = settings or Settings()
    app = Starlette(
        routes=[
            Mount("/api/v1", routes=api.routes),
            Mount("/static", _Static(directory=STATIC), name="static"),
            *pages.routes,
        ],
        middleware=[
            Middleware(safety.BrowserRules),
            Middleware(_Faults),
            Middleware(safety.Gate, settings),
            Middleware(safety.Rate, settings),
            Middleware(safety.Body, settings),
            Middleware(Repeats, f"{version('vakanuvis')} {time.time_ns()}"),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
        ],
        exception_handlers={HTTPException: _fault, Problem: _fault, VakanuvisError: _fault, TimeoutError: _fault},
    )
    app.state.settings = settings
    app.state.revision = partial(revision, chronicle)
    app.state.chronicle = Remembering(chronicle, app.state.revision)
    app.state.threads = anyio.CapacityLimiter(settings.threads)
    app.state.readers = anyio.CapacityLimiter(1)
    return app


def prepare(app: Starlette) -> None:
    """Load what pages need, and ask what the front page asks, so that the first reader does not wait for it."""
    view.prepare()
    questions.search(app.state.chronicle, "Ankara")  # the register's names, and the words of all reports
    specification(CHARTS["types"].of(app.state.chronicle))
    for language in LANGUAGES:
        headers = [(b"accept-language", language.encode())]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "app": app}
        today.today(Request(scope))


def revision(chronicle: Chronicle) -> str:
    """What changes whenever the chronicle does; and every day, as what has passed by counts as lapsed."""
    return f"{date.today()} {chronicle.revision()}"


class _Static(StaticFiles):
    """Files that come with the program. The address of one changes with what it holds (`pages.view.static`)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        # `Repeats` tags what is sent, and tells a client that has it already.
        del response.headers["etag"], response.headers["last-modified"]
        response.headers["cache-control"] = LASTING if scope["query_string"] else "no-cache"
        return response

    def is_not_modified(self, *_: Any) -> bool:
        return False


async def _fault(request: Request, error: Exception) -> Response:
    return await answer(request, error)


class _Faults:
    """Answers what nobody foresaw, with the same headers as all else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            response = await answer(Request(scope), error)
            await response(scope, receive, send)
