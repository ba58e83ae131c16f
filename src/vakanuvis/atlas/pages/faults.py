"""What a person sees where a page cannot be shown."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from vakanuvis.atlas.pages import view
from vakanuvis.atlas.problems import Problem


def page(request: Request, problem: Problem) -> Response:
    """The page of a problem; where the token is missing, with the form that takes it."""
    if problem.kind == "token":
        return view.page(request, "token.html", problem.status, wrong=False, back=request.url.path)
    return view.page(request, "fault.html", problem.status, problem=problem)
