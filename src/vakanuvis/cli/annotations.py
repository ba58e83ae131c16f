"""`vakanuvis annotations`: check annotated passages, and turn them into JSON Lines and back."""

from __future__ import annotations

from collections import Counter

import click

from vakanuvis.annotation import load, passages, write
from vakanuvis.cli._terminal import printable
from vakanuvis.errors import AnnotationError, InputError


@click.group("annotations")
def command() -> None:
    """Check and convert annotated passages.

    docs/annotating.md has the format.

    \b
    Examples:
      vakanuvis annotations check own.ann
      vakanuvis annotations draft readings.jsonl > own.ann
    """


@command.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
def check(files: tuple[str, ...]) -> int:
    """Check annotation files.

    Prints each fault with its file and line, and at the end what the good records hold. Exit code 1 if there are
    faults.

    \b
    Examples:
      vakanuvis annotations check own.ann
    """
    counts: Counter[str] = Counter()
    types: Counter[str] = Counter()
    seen: dict[str, str] = {}
    for name in files:
        for passage in passages(name):
            faults = list(passage.faults)
            if passage.reading:
                key = passage.reading.report.id
                if seen.setdefault(key, name) != name:
                    faults.append(f"{name}:{passage.line}: the id {key} stands in {seen[key]} already")
            for fault in faults:
                click.echo(printable(fault), err=True)
            counts["faults"] += len(faults)
            if passage.reading and not faults:
                counts["records"] += 1
                counts["mentions"] += len(passage.reading.mentions)
                counts["without events"] += not passage.reading.events
                types.update(event.type for event in passage.reading.events)
    events = f"{types.total()} events" + (
        f" ({', '.join(f'{k} {n}' for k, n in types.most_common())})" if types else ""
    )
    click.echo(
        f"{counts['records']} records, {counts['without events']} of them without events; "
        f"{counts['mentions']} mentions, {events}; {counts['faults']} faults"
    )
    return 1 if counts["faults"] else 0


@command.command("json")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
def to_json(files: tuple[str, ...]) -> int:
    """Print the good records of annotation files as JSON Lines; exit code 1 if there are faults.

    \b
    Examples:
      vakanuvis annotations json own.ann > own.jsonl
    """
    faulty = False
    for name in files:
        for passage in passages(name):
            for fault in passage.faults:
                click.echo(printable(fault), err=True)
            faulty = faulty or bool(passage.faults)
            if passage.reading and not passage.faults:
                click.echo(passage.reading.to_json())
    return int(faulty)


@command.command("draft")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
def draft(files: tuple[str, ...]) -> int:
    """Print readings (JSON Lines, as `read --json` gives them) as annotation records, a draft to correct by hand.

    Each passage is put in one line, and its square and curly brackets become round ones.

    \b
    Examples:
      vakanuvis annotations draft readings.jsonl > own.ann
    """
    faulty = False
    for name in files:
        for reading in load(name):
            try:
                click.echo(write(reading))
            except AnnotationError as error:
                faulty = True
                click.echo(printable(str(InputError(name, str(error)))), err=True)
    return int(faulty)
