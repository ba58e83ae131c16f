"""Files, folders and streams -> reports."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, cast

from vakanuvis.errors import InputError
from vakanuvis.intake import pages, reports, texts
from vakanuvis.intake.reports import UNKNOWN, Defaults
from vakanuvis.records import Report

SUFFIXES: Final = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json")
"""The files that are taken from a folder."""

_LINES: Final = (".jsonl", ".ndjson")
_PAGES: Final = (".html", ".htm")
_NOT_READ: Final = {
    ".csv": "a table is not read; turn it into JSON Lines with a field 'text'",
    ".tsv": "a table is not read; turn it into JSON Lines with a field 'text'",
    ".xml": "XML is not read; turn it into JSON Lines with a field 'text'",
    ".ann": "an annotation file; `vakanuvis annotations json FILE` turns it into JSON Lines",
}
_MAX_JSON_BYTES: Final = 256_000_000
_MAX_LINE_BYTES: Final = 16_000_000
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _Source:
    """One file, or standard input.

    Attributes:
        name: how messages call it.
        path: None for standard input.
        size: bytes.
        longer: the id to fall back on where two files have one stem.
    """

    name: str
    path: Path | None
    size: int = 0
    longer: str = ""

    @property
    def stem(self) -> str:
        return _readable(self.path.stem) if self.path else "stdin"


def gather(
    sources: Iterable[str | os.PathLike[str]], *, defaults: Defaults = UNKNOWN, stdin: BinaryIO | None = None
) -> Gathering:
    """Read reports from files, folders (all that is below, in the order of the names) and `-`, standard input.

    Files: plain text, saved HTML pages, JSON (an object or a list of them) and JSON Lines. A bad one does not stop the
    rest: the iteration gives an `InputError` in its place.

    Args:
        defaults: date of publication, title, outlet and language of reports that do not tell theirs.
        stdin: read in the place of standard input.
    """
    return Gathering(sources, defaults, stdin)


class Gathering:
    """The reports of some sources, one by one, and among them an `InputError` for each thing that cannot be read.

    Attributes:
        total: bytes of all files, known from the start (0 for standard input).
        done: bytes of the files, and of the lines, that were read so far.
    """

    def __init__(
        self, sources: Iterable[str | os.PathLike[str]], defaults: Defaults, stdin: BinaryIO | None = None
    ) -> None:
        self._defaults, self._stdin = defaults, stdin
        self._sources = [item for name in sources for item in _expand(os.fspath(name))]
        self._ids: set[str] = set()
        self.total = sum(item.size for item in self._sources if isinstance(item, _Source))
        self.done = 0

    def __iter__(self) -> Iterator[Report | InputError]:
        self._ids.clear()
        self.done = 0
        for item in self._sources:
            if isinstance(item, InputError):
                yield item
                continue
            before = self.done
            try:
                yield from self._read(item)
            except InputError as error:
                yield error
            except OSError as error:
                yield InputError(item.name, error.strerror or str(error))
            self.done = before + item.size

    def _read(self, item: _Source) -> Iterator[Report | InputError]:
        if item.path is None:
            # Not closed here: standard input is not ours.
            stream = self._stdin or sys.stdin.buffer
            if not isinstance(stream, io.BufferedReader):
                stream = io.BufferedReader(cast(io.RawIOBase, stream))
            yield from self._from_stream(stream, item, "")
            return
        suffix = item.path.suffix.lower()
        if suffix in _NOT_READ:
            raise InputError(item.name, _NOT_READ[suffix])
        with item.path.open("rb") as file:
            yield from self._from_stream(file, item, suffix)

    def _from_stream(self, stream: io.BufferedReader, item: _Source, suffix: str) -> Iterator[Report | InputError]:
        start = stream.peek(4_096)[:4_096].removeprefix(codecs.BOM_UTF8).lstrip()
        # A pipe has no suffix to tell JSON by.
        unnamed = suffix not in SUFFIXES
        if suffix in _LINES or (unnamed and start.startswith(b"{")):
            yield from self._from_lines(stream, item)
        elif suffix == ".json" or (unnamed and start.startswith(b"[{")):
            yield from self._from_json(_whole(stream, _MAX_JSON_BYTES, item.name), item)
        elif suffix in _PAGES or pages.is_page(start.decode("latin-1")):
            yield self._from_page(_whole(stream, pages.MAX_BYTES, item.name), item)
        else:
            yield self._from_text(_whole(stream, texts.MAX_BYTES, item.name), item)

    def _from_text(self, data: bytes, item: _Source) -> Report:
        try:
            text = texts.decode(data)
        except ValueError as error:
            raise InputError(item.name, str(error)) from None
        return reports.make(text, id=self._id(item), source=item.name, defaults=self._defaults)

    def _from_page(self, data: bytes, item: _Source) -> Report:
        try:
            page = pages.extract(data)
        except ValueError as error:
            raise InputError(item.name, str(error)) from None
        return reports.make(
            page.text,
            id=self._id(item),
            source=item.name,
            title=page.title,
            published=reports.as_datetime(page.published),
            url=page.url,
            outlet=page.outlet,
            lang=page.language,
            defaults=self._defaults,
        )

    def _from_json(self, data: bytes, item: _Source) -> Iterator[Report | InputError]:
        """One object, a list of them, or JSON Lines under another suffix."""
        try:
            value = reports.parse_json(data, item.name)
        except InputError:
            first, _, rest = data.lstrip().partition(b"\n")
            if not (rest.strip() and first.rstrip().endswith(b"}")):
                raise
            yield from self._from_lines(io.BufferedReader(io.BytesIO(data)), item)
            return
        if not isinstance(value, list):
            yield self._from_row(value, item)
            return
        if not value:
            raise InputError(item.name, "empty: there is no report in the list")
        for number, row in enumerate(value, 1):
            try:
                yield self._from_row(row, item, number)
            except InputError as error:
                yield InputError(item.name, f"item {number} of the list: {error.reason}")

    def _from_lines(self, stream: io.BufferedReader, item: _Source) -> Iterator[Report | InputError]:
        if stream.peek(2).startswith(_UTF16):
            text = texts.decode(_whole(stream, _MAX_JSON_BYTES, item.name))
            stream = io.BufferedReader(io.BytesIO(text.encode()))
        empty = True
        for number, data in enumerate(_lines(stream), 1):
            self.done += len(data)
            if not data.strip() or data.strip() == codecs.BOM_UTF8:
                continue
            empty = False
            try:
                if len(data) > _MAX_LINE_BYTES:
                    raise InputError(item.name, f"a line of more than {_MAX_LINE_BYTES // 1_000_000} MB", number)
                yield self._from_row(reports.parse_json(data, item.name, number), item, number, line=number)
            except InputError as error:
                yield error
        if empty:
            raise InputError(item.name, "empty: there is no report in it")

    def _from_row(self, row: object, item: _Source, number: int | None = None, line: int | None = None) -> Report:
        report = reports.from_row(row, id="", source=item.name, line=line, defaults=self._defaults)
        if report.id:
            self._ids.add(report.id)
            return report
        place = "" if number is None else f":{number}"
        return replace(report, id=reports.unique(item.stem + place, item.longer + place, self._ids))

    def _id(self, item: _Source) -> str:
        return reports.unique(item.stem, item.longer, self._ids)


def _expand(name: str) -> Iterator[_Source | InputError]:
    """The files that a source means: itself, or all readable ones below a folder."""
    if name == "-":
        yield _Source("standard input", None)
        return
    if "://" in name:
        yield InputError(name, "addresses are not fetched; save the page and give the file")
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield _Source(name, path, path.stat().st_size)
    except OSError as error:
        yield InputError(name, "no such file or folder" if not path.exists() else error.strerror or str(error))
    except ValueError:
        yield InputError(name.replace("\0", "\ufffd"), "no such file or folder")


def _readable(name: str) -> str:
    """The name of a file, with U+FFFD for each byte of it that is no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(folder: Path) -> Iterator[_Source | InputError]:
    found = False
    faults: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                found = True
                try:
                    size = path.stat().st_size
                except OSError as error:
                    yield InputError(str(path), error.strerror or str(error))
                    continue
                yield _Source(str(path), path, size, _readable(path.relative_to(folder).with_suffix("").as_posix()))
    for fault in faults:
        yield InputError(str(fault.filename), fault.strerror or str(fault))
    if not found and not faults:
        yield InputError(str(folder), f"no {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file in this folder")


def _whole(stream: io.BufferedReader, most: int, name: str) -> bytes:
    """All bytes of a stream.

    Raises:
        InputError: there are none, or more than `most`.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(
            name,
            f"more than {most // 1_000_000} MB in one piece, too long for one report ({texts.MAX_CHARACTERS:,} "
            "characters). Split it, for example into JSON Lines with one report a line",
        )
    if not data:
        raise InputError(name, "empty: there is no text in it")
    return data


def _lines(stream: io.BufferedReader) -> Iterator[bytes]:
    """The lines of a stream; of one longer than `_MAX_LINE_BYTES` its beginning, one byte too long, and no more."""
    while data := stream.readline(_MAX_LINE_BYTES + 1):
        yield data
        rest = data
        while len(rest) > _MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(_MAX_LINE_BYTES + 1)
