"""What is asked again of an unchanged chronicle is not asked of it again."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Repeats:
    """Entity tags, and answers that are kept.

    A tag is made of the chronicle's revision and of all in a request that its answer depends on. A client that has
    the answer already is told 304. Others get the answer from memory where somebody had it before; where several ask
    for the same at one time, one is answered and the others wait for that answer.

    Files under /static/ are kept likewise; they are the same for all, and for every state of the chronicle. What is
    kept is kept as it was sent, compressed once for all who take it so.

    Args:
        app: what answers.
        salt: what differs between two runs of the server.
        size: bytes of answers that are kept; the longest unused go first.
    """

    DEPENDS = ("accept", "accept-language", "cookie", "authorization", "host")
    VARY = ("accept", "accept-language", "cookie", "accept-encoding")
    LONGEST = 1_000_000  # bytes of an answer that is kept

    def __init__(self, app: ASGIApp, salt: str, size: int = 64_000_000) -> None:
        self._app, self._salt, self._size = app, salt, size
        self._kept: OrderedDict[str, list[Message]] = OrderedDict()
        self._held = 0
        self._coming: dict[str, anyio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        tag = await self._tag(scope, headers)
        if tag in (given.strip() for given in headers.get("if-none-match", "").split(",")):
            start = {"type": "http.response.start", "status": 304, "headers": []}
            await self._tagged(start, tag, scope, send)
            return await send({"type": "http.response.body", "body": b""})
        if scope["method"] == "HEAD":
            return await self._app(scope, receive, lambda message: self._tagged(message, tag, scope, send))
        while tag not in self._kept and tag in self._coming:
            await self._coming[tag].wait()
        if tag in self._kept:
            self._kept.move_to_end(tag)
            for message in self._kept[tag]:
                await send(dict(message))
            return None
        self._coming[tag] = anyio.Event()
        try:
            return await self._answer(tag, scope, receive, send)
        finally:
            self._coming.pop(tag).set()

    async def _tag(self, scope: Scope, headers: Headers) -> str:
        parts = [self._salt, scope["path"], scope["query_string"].decode("latin-1")]
        parts.append("gzip" if "gzip" in headers.get("accept-encoding", "") else "")
        if not _is_file(scope):
            parts.append(await anyio.to_thread.run_sync(scope["app"].state.revision))
            parts += [headers.get(name, "") for name in self.DEPENDS]
        return f'W/"{blake2b(chr(31).join(parts).encode(), digest_size=16).hexdigest()}"'

    async def _tagged(self, message: Message, tag: str, scope: Scope, send: Send) -> None:
        if message["type"] == "http.response.start" and message["status"] in (200, 304):
            headers = MutableHeaders(scope=message)
            headers.setdefault("etag", tag)
            headers.setdefault("cache-control", "private, no-cache")
            for name in ("accept-encoding",) if _is_file(scope) else self.VARY:
                headers.add_vary_header(name)
        await send(message)

    async def _answer(self, tag: str, scope: Scope, receive: Receive, send: Send) -> None:
        said: list[Message] = []

        async def keep(message: Message) -> None:
            await self._tagged(message, tag, scope, send)
            said.append({**message, "headers": list(message["headers"])} if "headers" in message else message)

        await self._app(scope, receive, keep)
        size = sum(len(message.get("body", b"")) for message in said)
        start = MutableHeaders(raw=said[0]["headers"]) if said else MutableHeaders()
        fixed = start.get("etag") == tag and "set-cookie" not in start and "no-store" not in start["cache-control"]
        if fixed and size <= self.LONGEST:
            self._kept[tag] = said
            self._held += size
            while self._held > self._size:
                _, old = self._kept.popitem(last=False)
                self._held -= sum(len(message.get("body", b"")) for message in old)


def _is_file(scope: Scope) -> bool:
    return bool(scope["path"].startswith("/static/"))
