"""Resolution: who is who on which day, where, when, which code, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from vakanuvis.records import Coding, Identity, Reading
from vakanuvis.resolution.actors import Resolver
from vakanuvis.resolution.register import Register, load

# The rooms of places and times take a while to import; a phrase alone is answered without them.
__all__ = ["code", "code_many", "resolver", "who"]


@lru_cache(maxsize=4)
def resolver(register: Register | None = None) -> Resolver:
    """The resolver over a register; without one, over that of Vakanüvis with the user's own laid over it."""
    return Resolver(register or load())


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
    return resolver(register).who(text, on, language=language)


def code(reading: Reading, *, register: Register | None = None) -> Coding:
    """A reading coded: who its mentions are, where, when, its events with all that, and what does not add up."""
    from vakanuvis.resolution import coding

    return coding.code(reading, resolver(register))


def code_many(readings: Iterable[Reading], *, register: Register | None = None) -> Iterator[Coding]:
    """Readings coded one by one, in their order."""
    from vakanuvis.resolution import coding

    return coding.code_many(readings, resolver(register))
