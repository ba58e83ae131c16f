"""Resolution: who is who on which day, where, when, which code, and what does not add up."""

from __future__ import annotations

from datetime import date
from functools import cache

from vakanuvis.records import Identity
from vakanuvis.resolution.actors import Resolver
from vakanuvis.resolution.register import Register, load


@cache
def resolver() -> Resolver:
    """The resolver over the register that comes with Vakanüvis and the user's own."""
    return Resolver(load())


def who(
    text: str, on: date | None = None, *, language: str | None = None, register: Register | None = None
) -> Identity:
    """Who an actor phrase in Turkish, English or Arabic means.

    Args:
        text: the phrase, of any shape.
        on: the day that it is about; without one, the offices held as far as the register knows.
        language: ISO 639-1 code of its language; guessed where it is not given.
        register: another register than the usual one.
    """
    return (Resolver(register) if register else resolver()).who(text, on, language=language)
