"""The server around the atlas: uvicorn, patient with nobody for long."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from vakanuvis.errors import VakanuvisError

HEADERS = 10.0  # seconds in which a request's head must have come
CONNECTIONS = 512  # at one time; further ones are answered by 503


class Impatient(H11Protocol):
    """Closes a connection on which no request begins in time, however slowly its bytes trickle in."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect()

    def _expect(self) -> None:
        self.loop.call_later(HEADERS, self._late, self.cycle)

    def _late(self, before: object) -> None:
        if self.cycle is before:
            self.transport.close()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or an address.
        port: 0 for any that is free.

    Raises:
        VakanuvisError: it cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, protocol)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
    except OSError as error:
        reason = "another program listens there; give another --port" if error.errno == 98 else error.strerror
        raise VakanuvisError(f"cannot listen on {host}:{port}: {reason}") from None
    opened.listen(1024)
    return opened


def serve(app: ASGIApp, opened: socket.socket, **options: Any) -> None:
    """Serve until Ctrl-C; then answer what was asked, for 5 s at most, and end."""
    config = uvicorn.Config(
        app, http=Impatient, ws="none", lifespan="off", log_level=logging.WARNING, access_log=False,
        limit_concurrency=CONNECTIONS, timeout_keep_alive=5, timeout_graceful_shutdown=5, server_header=False,
        proxy_headers=False, backlog=1024, **options,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[opened])
