"""What may be shown in a terminal, and how."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final, TextIO

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


def console(file: TextIO | None = None) -> Console:
    """A console on standard output, or another stream: colours only on a terminal (and not with NO_COLOR set)."""
    from rich.console import Console

    return Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False)
