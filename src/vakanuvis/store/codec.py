"""A coded report as compressed JSON, and back."""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from vakanuvis.records import Coding


def pack(coding: Coding) -> bytes:
    """The coding without its report's text, which is kept by itself."""
    reading = replace(coding.reading, report=replace(coding.reading.report, text=""))
    plain = _plain(replace(coding, reading=reading))
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1)


def unpack(doc: bytes, text: str) -> Coding:
    """The coding that `pack` made, with its report's text."""
    coding = _restorer(Coding)(json.loads(zlib.decompress(doc)))
    assert isinstance(coding, Coding)
    return replace(coding, reading=replace(coding.reading, report=replace(coding.reading.report, text=text)))


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in (str, int, float, bool):
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    if kind is dict:
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    # What is empty is left out; every such field has an empty default or none at all.
    return {name: _plain(v) for name in _names(kind) if (v := getattr(value, name)) is not None and v not in ((), {})}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


@cache
def _restorer(kind: Any) -> Callable[[Any], Any]:
    """What turns plain JSON back into a value of a type."""
    if kind in (str, int, float, bool, Any):
        return lambda value: value
    if kind is datetime:
        return datetime.fromisoformat
    if kind is date:
        return date.fromisoformat
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = _restorer(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _restorer(arguments[0])
        return lambda value: tuple(item(v) for v in value)
    if origin is dict:
        entry = _restorer(arguments[1])
        return lambda value: {key: entry(v) for key, v in value.items()}
    empty: dict[Any, Any] = {tuple: (), dict: {}}
    # Looked up at the first use, as a record may hold records of its own kind.
    hints = {f.name: get_type_hints(kind)[f.name] for f in fields(kind)}
    blank = {name: empty.get(get_origin(hint)) for name, hint in hints.items()}
    blank = {f.name: blank[f.name] for f in fields(kind) if f.name in _required(kind)}

    def restore(value: dict[str, Any]) -> Any:
        given = {name: _restorer(hints[name])(v) for name, v in value.items() if name in hints}
        return kind(**{**blank, **given})

    return restore


def _required(kind: Any) -> set[str]:
    return {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
