"""How handlers are written: plain functions that may wait for the chronicle, run in threads, few at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps

import anyio
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Response]


def threaded(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler that runs in a thread and answers within the time of the settings.

    One that takes longer is answered by 503; its thread ends by itself, and counts among the threads until then.
    """

    @wraps(handler)
    async def answered(request: Request) -> Response:
        state = request.app.state
        with anyio.fail_after(state.settings.time):
            return await anyio.to_thread.run_sync(
                partial(handler, request), abandon_on_cancel=True, limiter=state.threads
            )

    return answered
