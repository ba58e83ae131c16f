"""What stands before every request: who may ask, how much, how often, and what a browser may do with the answer.

Plain ASGI middleware; the order in which they stand is that of `app.create`.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from hashlib import sha256
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vakanuvis.atlas.problems import Problem, answer
from vakanuvis.atlas.settings import Settings

COOKIE = "vakanuvis-token"
TRUSTED = "vakanuvis.trusted"  # set in a request's scope where the token came with it
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    response = await answer(Request(scope), problem)
    await response(scope, receive, send)


class BrowserRules:
    """Sends `HEADERS` with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Gate:
    """Lets in who may ask: under a name of ours, from our own pages, with the token where one is needed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        problem = self._wrong_name(headers) or self._other_site(scope["method"], headers)
        if problem is None:
            scope[TRUSTED] = trusted(headers, self._settings.token)
            free = scope["path"] == "/token" or scope["path"].startswith("/static/")
            if not (self._settings.open or scope[TRUSTED] or free):
                problem = token_needed("This atlas is not on your own machine: send its token.")
        if problem is not None:
            return await _refuse(problem, scope, receive, send)
        return await self._app(scope, receive, send)

    def _wrong_name(self, headers: Headers) -> Problem | None:
        name = urlsplit(f"//{headers.get('host', '')}").netloc.rsplit("@", 1)[-1]
        name = name[: name.index("]") + 1] if "]" in name else name.split(":")[0]
        if self._settings.hosts and name.lower() not in self._settings.hosts:
            return Problem(421, "host", f"It answers to {', '.join(self._settings.hosts)}.")
        return None

    def _other_site(self, method: str, headers: Headers) -> Problem | None:
        """Whether a browser sends something here on behalf of another site's page."""
        if method in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
        if foreign or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return Problem(403, "origin", "Only the atlas's own pages may send forms here.")
        return None


def token_needed(detail: str) -> Problem:
    """The problem of a request without the token."""
    return Problem(401, "token", detail, headers={"www-authenticate": 'Bearer realm="vakanuvis"'})


def trusted(headers: Headers, token: str) -> bool:
    """Whether the token came with a request, as a bearer token or in the cookie that the token's page sets."""
    kind, _, given = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and _same(given.strip(), token):
        return True
    return _same(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""), cookie(token))


def cookie(token: str) -> str:
    """What the cookie holds: proof of the token that does not tell it."""
    return hmac.new(token.encode(), b"vakanuvis cookie", sha256).hexdigest()


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), secret.encode())


class Rate:
    """Lets each address ask so often and no more: a bucket for all requests, and one for texts to be read."""

    KEPT = 4096  # addresses whose buckets are remembered

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._buckets: OrderedDict[tuple[str, bool], tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        address = scope["client"][0] if scope.get("client") else ""
        s = self._settings
        wait = self._wait((address, False), s.rate, s.burst)
        if not wait and scope["method"] not in SAFE_METHODS:
            wait = self._wait((address, True), s.reads, s.reads_burst)
        if wait:
            seconds = str(max(1, round(wait + 0.5)))
            problem = Problem(429, "rate", f"Ask again in {seconds} s.", headers={"retry-after": seconds})
            return await _refuse(problem, scope, receive, send)
        return await self._app(scope, receive, send)

    def _wait(self, key: tuple[str, bool], rate: float, burst: int) -> float:
        """Take one token out of a bucket; seconds until there is one where it is empty."""
        now = time.monotonic()
        left, then = self._buckets.pop(key, (float(burst), now))
        left = min(float(burst), left + (now - then) * rate)
        wait = 0.0 if left >= 1 else (1 - left) / rate
        self._buckets[key] = (left if wait else left - 1, now)
        while len(self._buckets) > self.KEPT:
            self._buckets.popitem(last=False)
        return wait


class Body:
    """Bounds what a request brings, and how long it takes to bring it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        limit = self._settings.body
        too_large = Problem(413, "too-large", f"A request may bring {limit:,} bytes.", headers={"connection": "close"})
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 15 or int(length) > limit:
            return await _refuse(too_large, scope, receive, send)
        deadline = anyio.current_time() + self._settings.patience
        brought, whole = 0, False

        async def bounded() -> Message:
            nonlocal brought, whole
            if whole:  # what comes now is the client's leaving, for which one may wait long
                return await receive()
            try:
                with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                    message = await receive()
            except TimeoutError:
                raise Problem(
                    408, "too-slow", "The body did not come in time.", headers={"connection": "close"}
                ) from None
            if message["type"] == "http.request":
                brought += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if brought > limit:
                    raise too_large
            return message

        try:
            await self._app(scope, bounded, send)
        except ClientDisconnect:  # it left before its body was whole: there is nobody to answer
            return None
