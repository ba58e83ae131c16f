"""Where commands write to: a file that is whole or not there, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from vakanuvis.errors import OutputError


def output_option(text: str = "File to write; else standard output.") -> Callable[[Callable[..., Any]], Any]:
    """Give a command the option -o; it is called with `output`, a `Path` or None.

    Args:
        text: its line in the help.
    """
    return click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=text)


@contextmanager
def opened(output: Path | None, *, binary: bool = False) -> Iterator[IO[Any]]:
    """The stream to write to. A file appears under its name only when it is whole; text is UTF-8.

    Args:
        output: the file; None for standard output.
        binary: for bytes; they are not written to a terminal.

    Raises:
        OutputError: the file cannot be made or written.
        click.UsageError: bytes were to go to a terminal.
    """
    if output is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is binary: give a file with -o FILE")
        yield sys.stdout.buffer if binary else sys.stdout
        return
    try:
        with _file(output, binary) as file:
            yield file
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _file(output: Path, binary: bool) -> Iterator[IO[Any]]:
    # A device or a named pipe is written to; only a file can be put in the place of another.
    whole = output.is_file() or not output.exists()
    target = Path(os.path.realpath(output))
    path = target.with_name(f".{target.name}.part") if whole else output
    try:
        with path.open("wb") if binary else path.open("w", encoding="utf-8", newline="") as file:
            yield file
        if whole:
            path.replace(target)
    except BaseException:
        if whole:
            path.unlink(missing_ok=True)
        raise
