"""A chronicle that is asked each question once, until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any

from vakanuvis.store import Chronicle


class Remembering:
    """A chronicle whose answers are kept until it changes: all that it offers, and the same answers, sooner.

    Different pages ask alike: the months under a map's brush are the same whatever time the map shows, the number of
    rows is the same on every page of a list, and a page in Turkish asks what the same page in English did. Where
    several ask the same at one time, one waits for the chronicle and the others for that one.

    Args:
        chronicle: the chronicle.
        revision: names its state at this moment, at little cost.
        size: bytes of answers that are kept; the longest unused go first.
    """

    # Questions whose answers nobody can change: Arrow tables, numbers, and `info`, which is given out as a copy.
    QUESTIONS = frozenset({
        "actors", "contradictions", "count", "dyad", "events", "expectations", "happenings", "info", "places",
        "reactions", "reports", "total", "track_record",
    })  # fmt: skip

    def __init__(self, chronicle: Chronicle, revision: Callable[[], str], size: int = 64_000_000) -> None:
        self._chronicle, self._revision, self._size = chronicle, revision, size
        self._of = ""  # the state whose answers are kept
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._held = 0
        self._coming: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._chronicle, name)
        if name not in self.QUESTIONS:
            return ask

        def asked(*args: Any, **given: Any) -> Any:
            return self._asked((name, _fixed(args), _fixed(given)), lambda: ask(*args, **given))

        return asked

    def _asked(self, question: tuple[Hashable, ...], ask: Callable[[], Any]) -> Any:
        revision = self._revision()
        key = (revision, *question)
        with self._lock:
            if revision != self._of:
                self._kept.clear()
                self._held, self._of = 0, revision
            if key in self._kept:
                self._kept.move_to_end(key)
                return _given(self._kept[key][0])
            coming = self._coming.get(key)
            if coming is None:
                mine = self._coming[key] = Future()
        if coming is not None:
            return _given(coming.result())
        try:
            answer = ask()
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            mine.set_exception(error)
            raise
        # Where the chronicle changed meanwhile, nobody knows which of its states it was.
        fresh = self._revision() == revision
        with self._lock:
            del self._coming[key]
            if fresh and revision == self._of:
                self._keep(key, answer)
        mine.set_result(answer)
        return _given(answer)

    def _keep(self, key: Hashable, answer: Any) -> None:
        size = 1000 + int(getattr(answer, "nbytes", 0))
        self._kept[key] = answer, size
        self._held += size
        while self._held > self._size:
            _, (_, old) = self._kept.popitem(last=False)
            self._held -= old


def _fixed(value: Any) -> Hashable:
    """A value as it can be part of a key."""
    if isinstance(value, dict):
        return tuple(sorted((name, _fixed(item)) for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(_fixed(item) for item in value)
    found: Hashable = value
    return found


def _given(answer: Any) -> Any:
    return dict(answer) if isinstance(answer, dict) else answer
