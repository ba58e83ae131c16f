"""The page that takes the token of an atlas that is not open, and keeps proof of it in a cookie."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vakanuvis.atlas.pages import view
from vakanuvis.atlas.safety import COOKIE, cookie


async def token(request: Request) -> Response:
    """The form, and what it leads to."""
    if request.method != "POST":
        return view.page(request, "token.html", wrong=False, back="/")
    async with request.form(max_files=0, max_fields=4) as sent:
        given, back = str(sent.get("token") or "").strip(), str(sent.get("back") or "/")
    secret = request.app.state.settings.token
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return view.page(request, "token.html", 401, wrong=True, back=back)
    # Only to a page of ours: `//host` and `/\\host` would lead elsewhere.
    home = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    response = RedirectResponse(home, 303)
    response.set_cookie(COOKIE, cookie(secret), httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


routes = [Route("/token", token, methods=["GET", "POST"], name="token")]
