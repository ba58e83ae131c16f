"""The page of a request that went wrong."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vakanuvis.atlas.problems import Problem


def page(request: Request, problem: Problem) -> Response:
    """The page that says what went wrong."""
    title, detail = escape(problem.title), escape(problem.detail)
    return HTMLResponse(f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{detail}", problem.status)
