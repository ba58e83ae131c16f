"""What may be shown in a terminal, and how."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

# Escape sequences and backspaces could rewrite the screen; overrides and embeddings could turn round what was said.
_HOSTILE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PICTURES: Final = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}


def printable(text: str) -> str:
    """A text with nothing in it that a terminal would obey: control characters as pictures, the others left out.

    Line ends of every kind become `\\n`; tabs stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HOSTILE.sub(lambda match: _PICTURES.get(ord(match[0]), ""), text)


def console(file: IO[str] | None = None) -> Console:
    """A console on standard output, or another stream: colours only on a terminal (and not with NO_COLOR set)."""
    from rich.console import Console

    return Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False)


@contextmanager
def progress_bar(total: int, *, shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, where that is a terminal; gives the function that moves it.

    The function takes how much of `total` is done (a `total` of 0: nobody knows how much there is) and how many
    reports were read so far. The bar is gone when all is done.

    Args:
        shown: False for none.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda done, reports: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.fields[reports]} reports"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=total or None, reports=0)
        yield lambda done, reports: bar.update(task, completed=done, reports=reports)
