"""`vakanuvis read`: the events of reports, with their evidence marked in the text."""

from __future__ import annotations

import sys
import textwrap
from typing import Final

import click
from rich.console import Console
from rich.text import Text

from vakanuvis.cli._inputs import Inputs, input_options
from vakanuvis.cli._terminal import console, printable
from vakanuvis.records import Event, Reading

_ROLES: Final = ("actor", "recipient", "place", "time", "source")
_STATUS_STYLES: Final = {"actual": "bold green", "negated": "bold red"}


@click.command("read")
@input_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a report, in the shape of docs/record.md.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out events and mentions of less confidence (0 to 1).",
)
def command(inputs: Inputs, as_json: bool, min_confidence: float) -> int:
    """Read reports and print their events.

    SOURCES are files (plain text, saved HTML pages, JSON, JSON Lines), folders, or - for standard input.

    Exit code 0: all was read; 1: something could not be read; 2: nothing could.

    \b
    Examples:
      vakanuvis read report.txt --published 2025-01-05
      vakanuvis read saved-pages/ feed.jsonl --json > readings.jsonl
      vakanuvis read - --language tr < report.txt
    """
    # Its libraries take a while to import, and `--help` needs none of them.
    from vakanuvis.extraction import Extractor

    screen = console()
    # Output that scrolls by shows progress enough, and would tear the bar.
    reports = inputs.reports(progress=not sys.stdout.isatty())
    for number, reading in enumerate(Extractor.load().read_many(reports, min_confidence=min_confidence)):
        if as_json:
            click.echo(reading.to_json())
        else:
            if number:
                screen.print()
            show(reading, screen)
    return inputs.finish(languages=False)


def show(reading: Reading, screen: Console) -> None:
    """Print a reading for a person: the text with `[mention](m1)` and `{trigger}(e1)`, then each event."""
    report = reading.report
    known = (report.day and report.day.isoformat(), report.outlet, report.language, report.url)
    _print(screen, Text(" · ".join(printable(part) for part in (report.title or report.id, *known) if part), "bold"))
    for warning in reading.warnings:
        _print(screen, Text(f"Warning: {printable(warning)}", "yellow"))
    _print(screen, Text())
    _print(screen, _marked(reading))
    _print(screen, Text())
    if not reading.events:
        _print(screen, Text("No events found."))
    for event in reading.events:
        _print(screen, _event(reading, event, screen))


def _marked(reading: Reading) -> Text:
    text = Text()
    for words, span in reading.segments():
        words = printable(words)
        if span is None:
            text.append(words)
        elif isinstance(span, Event):
            text.append(f"{{{words}}}", "bold yellow").append(f"({span.id})", "dim")
        else:
            text.append(f"[{words}]", "cyan").append(f"({span.id})", "dim")
    text.rstrip()
    return text


def _event(reading: Reading, event: Event, screen: Console) -> Text:
    text = Text()
    text.append(f"{event.id:4}", "dim").append(event.type, "bold")
    text.append(f" {event.mode}" if event.mode else "").append(", ")
    text.append(event.status, _STATUS_STYLES.get(event.status, "bold"))
    text.append(f"  “{printable(reading.words(event))}”", "yellow").append(f"  {event.confidence:.2f}", "dim")
    rows = [(role, ", ".join(f"{words}" for words in reading.party(event, role))) for role in _ROLES]
    rows.append(("context", ", ".join(event.context)))
    rows += [
        (name, str(count)) for name, count in (("dead", event.dead), ("injured", event.injured)) if count is not None
    ]
    for name, words in rows:
        if words:
            text.append(f"\n      {name:10}", "dim").append(_wrapped(printable(words), 16, screen))
    return text


def _wrapped(words: str, indent: int, screen: Console) -> str:
    """Words in one paragraph; on a terminal its lines stand under each other."""
    words = " ".join(words.split())
    if not screen.is_terminal:
        return words
    return f"\n{' ' * indent}".join(textwrap.wrap(words, max(20, screen.width - indent)))


def _print(screen: Console, text: Text) -> None:
    # Into a file or a pipe lines go whole: wrapped ones cannot be searched.
    screen.print(text, soft_wrap=not screen.is_terminal)
