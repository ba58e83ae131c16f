"""The command line: one module a command, loaded only when it is called, so that each starts fast."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from vakanuvis.cli._terminal import printable
from vakanuvis.errors import VakanuvisError

# What each says of itself in `vakanuvis --help`; command `x` is the click command `command` of the module `x`.
COMMANDS = {
    "read": "Read reports and print their events.",
    "check": "Find what does not add up in reports.",
    "code": "Code reports as PLOVER, POLECAT or ICEWS events.",
    "who": "Say who an actor phrase means.",
    "register": "Look into, check and widen the register of offices.",
    "add": "Read reports into a chronicle.",
    "recode": "Redo what an older model or register read.",
    "happenings": "List happenings: what the events of many reports tell of.",
    "events": "List events.",
    "reports": "List reports.",
    "actors": "List actors.",
    "contradictions": "List what reports tell differently.",
    "expectations": "Show what was expected, and how often it came true.",
    "reactions": "Show who reacted to a happening.",
    "dyad": "Show the relation of two actors over time.",
    "count": "Count a selection by time, type, actor or place.",
    "sql": "Run read-only SQL over a chronicle.",
    "export": "Export a chronicle.",
    "serve": "Show a chronicle in the browser, and answer programs over HTTP.",
    "mcp": "Offer a chronicle to agents over the Model Context Protocol.",
    "chart": "Draw a chart of a chronicle.",
    "demo": "Build a chronicle to try things on.",
    "evaluate": "Score readings against annotated passages.",
    "annotations": "Check and convert annotated passages.",
}


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for, and not for its line in the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = importlib.import_module(f"{__name__}.{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vakanuvis")
def cli() -> None:
    """Read political news and keep a chronicle of events that can be checked."""


def main() -> None:
    """Entry point: errors meant for the user's eyes end in one line and exit code 2, Ctrl-C in 130."""
    _open_streams()
    with _interrupts() as interrupted:
        try:
            code = cli.main(prog_name="vakanuvis", standalone_mode=False)
            sys.stdout.flush()
        except (Exception, KeyboardInterrupt) as error:
            # Libraries in C turn Ctrl-C into errors of their own.
            if interrupted or isinstance(error, (KeyboardInterrupt, click.Abort)):
                click.echo("vakanuvis: interrupted", err=True)
                sys.exit(130)
            sys.exit(_told(error))
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Make the three streams fit to use: none is missing, and all letters come through."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed by who started us
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            # Turkish and Arabic must come through whatever a pipe's or an old terminal's encoding is.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """A list that is empty until Ctrl-C comes."""
    came: list[int] = []

    def note(number: int, frame: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, note)
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)


def _told(error: BaseException) -> int:
    """Tell a user what went wrong; gives the exit code. What nobody expected is raised again."""
    if isinstance(error, click.ClickException):
        error.show()
    elif isinstance(error, VakanuvisError):
        click.echo(f"vakanuvis: {printable(str(error))}", err=True)
    elif isinstance(error, BrokenPipeError):  # as `| head` does
        return 1
    elif isinstance(error, OSError):
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
        click.echo(f"vakanuvis: {printable(what)}", err=True)
    else:
        raise error
    return 2
