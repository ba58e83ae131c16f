"""How an atlas is served."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from secrets import token_urlsafe


@dataclass(frozen=True, slots=True)
class Settings:
    """How an atlas is served.

    Attributes:
        token: the secret that writing needs, and everything where the atlas is not `open`.
        open: whether reading needs no token: true on loopback only.
        hosts: names under which it may be asked, without ports; any where empty. Guards an open atlas against pages
            that point a name of their own at this machine (DNS rebinding).
        body: bytes that a request may bring.
        patience: seconds in which a request's body must have come.
        time: seconds that an answer may take.
        reading: seconds that the reading of one text may take.
        text: characters of a text to be read.
        rate, burst: requests a second that one address may make in the long run, and at once.
        reads, reads_burst: the same for texts to be read, which cost more.
        threads: questions to the chronicle at one time, more of which would only make each other late.
    """

    token: str = field(default_factory=lambda: token_urlsafe(24), repr=False)
    open: bool = True
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    body: int = 8_000_000
    patience: float = 20.0
    time: float = 30.0
    reading: float = 60.0
    text: int = 100_000
    rate: float = 100.0
    burst: int = 400
    reads: float = 1.0
    reads_burst: int = 20
    threads: int = field(default_factory=lambda: 2 * (os.cpu_count() or 1))
