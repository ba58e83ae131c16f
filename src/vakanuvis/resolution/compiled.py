"""Tables in a form that loads fast: made at first use, kept in the user's cache folder, made anew after a change."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import platformdirs

_PACKAGE = Path(__file__).parents[1]


def kept(name: str, modules: Iterable[str], tables: Iterable[Path], make: Callable[[], dict[str, Any]]) -> Any:
    """What `make` gives: sections by name, from the cache where it lies there for these tables and this code.

    Like Python's own compiled modules, tables and modules are known by size and time of change: to read them all again
    would take longer than the answer.

    Args:
        name: of the cache file.
        modules: those of the package that shape what is made ("words.py").
        tables: the files that it is made of; they need not exist.
        make: gives plain data (what `marshal` writes). A section is read from the cache when it is asked for.
    """
    stamps = "".join(map(_stamp, (*(_PACKAGE / module for module in modules), *tables)))
    digest = f"{zlib.crc32(stamps.encode()):08x}"
    folder = platformdirs.user_cache_path("vakanuvis")
    path = folder / f"{name}-{digest}.{sys.implementation.cache_tag}"
    try:
        return _Sections(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        pass
    made = make()
    # A cache that cannot be written costs time, nothing else.
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(_written(made))
        part.replace(path)
        for old in folder.glob(f"{name}-*"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        pass
    return made


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return f"{path} -\n"
    return f"{path} {found.st_size} {found.st_mtime_ns}\n"


def _written(sections: dict[str, Any]) -> bytes:
    """The sections one after another, behind a table of their lengths."""
    blocks = {name: marshal.dumps(section) for name, section in sections.items()}
    head = marshal.dumps({name: len(block) for name, block in blocks.items()})
    return len(head).to_bytes(4, "big") + head + b"".join(blocks.values())


class _Sections(dict[str, Any]):
    """Sections of a cache file, each read when it is asked for."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = memoryview(data)
        at = 4 + int.from_bytes(data[:4], "big")
        self._places: dict[str, slice] = {}
        for name, length in marshal.loads(self._data[4:at]).items():
            self._places[name] = slice(at, at + length)
            at += length
        if at != len(data):
            raise ValueError("not as long as it says")

    def __missing__(self, name: str) -> Any:
        section = self[name] = marshal.loads(self._data[self._places[name]])
        return section
