"""Errors as RFC 9457 problem details for programs, and as a page for people."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakanuvis.errors import ChronicleBusy, ChronicleError, FilterError, InputError, NotFound, VakanuvisError

log = logging.getLogger("vakanuvis.atlas")

# Kinds of problems: the last part of their `type`, with the title that goes with it.
TITLES = {
    "filter": "A filter or value is not understood",
    "input": "The report cannot be read",
    "not-found": "There is no such thing in this chronicle",
    "busy": "The chronicle is busy",
    "chronicle": "The chronicle cannot be read",
    "too-slow": "The answer took too long",
    "rate": "Too many requests",
    "too-large": "The request is too large",
    "token": "A token is needed",
    "origin": "The request came from another site",
    "host": "The atlas is not served under this name",
    "method": "This cannot be done here",
    "not-acceptable": "None of the formats asked for can be given",
    "media-type": "The body is in a format that cannot be read",
    "cursor": "The cursor is not one of this list",
    "model": "The model is missing",
    "internal": "Something went wrong here",
}


class Problem(Exception):
    """What went wrong with a request.

    Args:
        status: the HTTP status.
        kind: one of `TITLES`.
        detail: what is wrong, in words for a user.
        headers: headers of the answer.
        more: further members of the problem object.
    """

    def __init__(
        self, status: int, kind: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.headers, self.more = status, kind, detail, headers or {}, more

    @property
    def title(self) -> str:
        """The kind in words."""
        return TITLES[self.kind]

    def to_dict(self) -> dict[str, Any]:
        """The members of the problem object."""
        return {
            "type": f"urn:vakanuvis:problem:{self.kind}", "title": self.title, "status": self.status,
            "detail": self.detail, **self.more,
        }  # fmt: skip


def problem_of(error: Exception) -> Problem:
    """The problem that an error is to whoever asked."""
    match error:
        case Problem():
            return error
        case NotFound():
            return Problem(404, "not-found", str(error))
        case FilterError():
            return Problem(422, "filter", str(error))
        case InputError():
            return Problem(422, "input", error.reason)
        case ChronicleBusy():
            return Problem(503, "busy", str(error), headers={"retry-after": "5"})
        case ChronicleError():
            log.error("%s", error)
            return Problem(503, "chronicle", str(error), headers={"retry-after": "30"})
        case TimeoutError():
            return Problem(503, "too-slow", "Ask for less: fewer rows, a shorter time, a shorter text.")
        case VakanuvisError():
            log.error("%s", error)
            return Problem(500, "model", str(error))
        case HTTPException():
            kinds = {404: "not-found", 405: "method", 406: "not-acceptable", 413: "too-large", 415: "media-type"}
            kind = kinds.get(error.status_code, "internal" if error.status_code >= 500 else "filter")
            phrase = HTTPStatus(error.status_code).phrase
            detail = _SAID.get(phrase, phrase) if error.detail in ("", phrase) else error.detail
            return Problem(error.status_code, kind, detail, headers=dict(error.headers or {}))
    log.exception("an error that nobody foresaw", exc_info=error)
    return Problem(500, "internal", "The server's log says more.")


# What the framework says in two words, in a sentence.
_SAID = {
    "Not Found": "There is no page at this address.",
    "Method Not Allowed": "Nothing can be sent to this address in this way.",
}


def for_program(request: Request) -> bool:
    """Whether it is a program that asks, and not a person with a browser."""
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "")


async def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that ended in an error."""
    problem = problem_of(error)
    if for_program(request):
        return JSONResponse(
            problem.to_dict(), problem.status, problem.headers, media_type="application/problem+json"
        )  # fmt: skip
    from vakanuvis.atlas.pages.faults import page

    response = page(request, problem)
    response.headers.update(problem.headers)
    return response
